### The poster in the village hall: large words, few of them, nothing that a swindler could use.

poster-title = KTP-el saya sudah sampai mana?
poster-for-desa = Desa { $nama }, Kecamatan { $kecamatan }
poster-for-kelurahan = Kelurahan { $nama }, Kecamatan { $kecamatan }
poster-for-desa-adat = Desa Adat { $nama }, Kecamatan { $kecamatan }
poster-for-district = Kecamatan { $kecamatan }
poster-for-office = { $wilayah }
poster-ask = Tanya lewat Telegram
poster-ask-scan = 1. Pindai gambar ini dengan kamera HP, atau cari @{ $bot } di Telegram.
poster-ask-nik = 2. Tekan Mulai, lalu ketik NIK (16 angka, ada di KK).
poster-ask-told = 3. Tekan Kabari Saya: kami yang mengabari, Bapak/Ibu cukup menunggu.
poster-register = Tidak punya Telegram?
poster-register-how = Daftarkan nomor HP di kantor desa atau kelurahan. Bawa KK. Kabar datang lewat SMS.
poster-genuine = Pesan asli dari kami
poster-genuine-link = TIDAK berisi tautan
poster-genuine-nik = TIDAK meminta NIK, kata sandi, atau uang
poster-genuine-receipt = Menyebut tiga tanda terakhir kode resi Bapak/Ibu
poster-genuine-doubt = Ragu? Jangan dijawab. Tanyakan langsung ke kantor desa, kelurahan, atau Dispendukcapil.
poster-pickup = Tempat mengambil KTP-el
poster-pickup-villages = Kantor desa atau kelurahan masing-masing
poster-pickup-said = Tempat yang kami sebutkan dalam pesan
poster-bring = Bawa resi atau suket asli, dan KK. Boleh diwakili keluarga satu KK.
poster-hours = Buka { $jam_kantor }
poster-free = GRATIS, tanpa perantara
