### Inviting officials: what is read by whoever invites, by whoever is invited, and on the slip.

role-village = Petugas desa/kelurahan
role-district = Petugas kecamatan
role-office = Petugas kantor
role-head = Kepala kantor
standing-waiting = menunggu dibenarkan
standing-active = aktif
standing-suspended = dihentikan sementara
standing-removed = sudah berakhir

# The menu of commands in Telegram, for officials

command-petugas = Menu petugas
command-terima = Kiriman KTP-el sudah datang
command-panggil = Panggil warga untuk mengambil
command-serah = Catat KTP-el yang diserahkan
command-terjangkau = Siapa yang sudah dikabari
command-bantu = Bantu warga mencari KTP-el
command-umum = Pengumuman untuk warga
command-jumat = Kartu Jumat untuk kepala desa
command-undang = Undang petugas, daftar petugas
command-setuju = Yang menunggu persetujuan
command-gangguan = Gangguan layanan
command-impor = Impor daftar
command-angka = Angka hari ini

# Inviting

invite-role =
    Undang petugas. Siapa yang diundang?

    Yang sudah bertugas ada di Daftar petugas.
invite-which-village = Desa atau kelurahan mana? Pilih di bawah, atau ketik sebagian namanya.
invite-which-district = Kecamatan mana? Pilih di bawah, atau ketik sebagian namanya.
invite-which-district-first = Desa atau kelurahan mana? Ketik sebagian namanya, atau pilih dulu kecamatannya.
invite-found = { $n } nama mengandung “{ $ketikan }”. Yang mana?
invite-no-region = Tidak ada nama seperti itu di { $daerah }. Silakan ketik sebagian namanya lagi, misalnya empat huruf pertama.
invite-check =
    Undang { $peran } untuk { $daerah }?

    Tautannya hanya dapat dipakai satu kali, selama 7 hari.
button-invite-make = Buat tautan
button-invite-void = Batalkan undangan
button-own-officials = Daftar petugas
invite-made =
    Undangan nomor { $nomor }: { $peran }, { $daerah }. Tautannya ada di pesan berikut ini.

    Teruskan pesan itu hanya kepada orangnya sendiri, jangan ke grup. Berlaku sampai { $hingga }, satu kali pakai.

    Begitu dibuka, kami tanyakan di sini siapa yang membukanya. Sebelum dibenarkan, ia belum dapat berbuat apa-apa.
invite-letter =
    Undangan dari { $kantor }

    Bapak/Ibu diminta membantu Kabar KTP sebagai { $peran } untuk { $daerah }.

    Ketuk tautan ini di HP yang ada Telegram-nya, lalu tekan Mulai:
    { $tautan }

    Berlaku sampai { $hingga }, satu kali pakai. Mohon tidak diteruskan kepada orang lain.
invite-voided = Undangan nomor { $nomor } dibatalkan. Tautannya tidak berlaku lagi.
invite-opened-already = Undangan nomor { $nomor } sudah dibuka, jadi tidak dapat dibatalkan. Lihat Daftar petugas.
invite-no-bot-name = Tautan belum dapat dibuat, karena nama bot ini belum kami kenal. Silakan coba lagi beberapa menit lagi.

# Opening a link

invite-wait =
    Terima kasih, Bapak/Ibu. Permintaan menjadi { $peran } untuk { $daerah } sudah kami teruskan.

    Mohon tunggu: yang mengundang memastikan dulu bahwa akun ini benar. Setelah itu kami kabari di sini.
invite-not-good =
    Mohon maaf, tautan undangan itu tidak berlaku. Mungkin sudah dipakai, dibatalkan, atau lewat tanggalnya.

    Silakan minta undangan baru kepada yang mengundang, atau kepada { $kantor }.
invite-locked =
    Sudah lima kali kode QR atau tautan yang tidak kami kenal dibuka dari akun ini. Demi keamanan, tautan dari akun ini kami tutup selama satu hari.

    Silakan coba lagi besok, atau hubungi { $kantor }, { $jam_kantor }.
invite-already =
    Akun ini sudah terdaftar sebagai { $peran } untuk { $daerah }, jadi undangan itu tidak terpakai.

    Untuk tugas lain, mohon hubungi { $kantor }.
invite-waiting = Permintaan dari akun ini sudah kami teruskan dan sedang menunggu dibenarkan. Mohon tunggu; kami kabari di sini.

# Whoever invited is asked

invite-opened =
    Undangan { $peran } untuk { $daerah } dibuka oleh akun Telegram ini:

    “{ $akun_nama }”

    Nama itu ditulis sendiri oleh pemilik akun. Pastikan dulu kepada orangnya, dengan bertemu atau menelepon. Benar dia?
button-right-one = Benar
button-wrong-one = Bukan
official-is-confirmed = { $peran } untuk { $daerah } sudah dibenarkan dan dapat mulai bertugas. Kami sudah memberi tahu orangnya.
official-is-refused =
    Permintaan menjadi { $peran } untuk { $daerah } ditolak. Akun itu tidak dapat berbuat apa-apa.

    Tautannya sudah terpakai; bila perlu, buat undangan baru.
official-was-decided = Hal ini sudah diputuskan sebelumnya. Keadaan sekarang: { $keadaan }.

# She is told

official-welcome =
    Selamat bertugas, Bapak/Ibu! Akun ini sekarang { $peran } untuk { $daerah }.

    Yang dapat dilakukan di sini:
    { $daftar }

    Ketik petugas untuk membuka menu. Di sini kita memakai nomor ambil: mohon tidak menulis nama atau NIK warga.
official-refused =
    Mohon maaf, permintaan menjadi petugas dari akun ini tidak dibenarkan.

    Bila menurut Bapak/Ibu ini keliru, mohon hubungi yang mengundang atau { $kantor }.
official-suspended =
    Tugas Bapak/Ibu sebagai { $peran } untuk { $daerah } dihentikan sementara, jadi menu petugas untuk saat ini tidak dapat dipakai.

    Bila ada pertanyaan, mohon hubungi { $kantor }, { $jam_kantor }. Sebagai warga, Bapak/Ibu tetap dapat bertanya di sini.
official-back = Tugas Bapak/Ibu sebagai { $peran } untuk { $daerah } sudah aktif kembali. Ketik petugas untuk membuka menu.
official-removed =
    Tugas Bapak/Ibu sebagai { $peran } untuk { $daerah } di Kabar KTP sudah berakhir. Terima kasih atas bantuannya selama ini.

    Bila ada pertanyaan, mohon hubungi { $kantor }, { $jam_kantor }. Sebagai warga, Bapak/Ibu tetap dapat bertanya di sini.

# The list of one's own officials

own-officials = { $n } petugas di { $daerah }. Pilih satu untuk melihat atau mengubahnya.
own-officials-none = Belum ada petugas di { $daerah }. Undang yang pertama.
own-official-line = { $daerah }: { $peran } no. { $nomor } ({ $keadaan })
own-official =
    Petugas nomor { $nomor }

    Nama akun: { $akun_nama }
    Tugas: { $peran }
    Wilayah: { $daerah }
    Sejak: { $sejak }
    Keadaan: { $keadaan }
button-official-suspend = Hentikan sementara
button-official-back = Aktifkan kembali
button-official-remove = Keluarkan
button-official-remove-sure = Ya, keluarkan
button-officials-list = Kembali ke daftar
own-official-remove-check =
    Keluarkan petugas nomor { $nomor } ({ $peran }, { $daerah })?

    Ia langsung tidak dapat berbuat apa-apa lagi, usulannya yang belum disetujui ditarik, dan undangan darinya dibatalkan. Untuk kembali ia perlu undangan baru.

# The slip on paper

invite-slip-title = UNDANGAN PETUGAS KABAR KTP
invite-slip-scan = Pindai dengan kamera HP yang ada Telegram-nya, lalu tekan Mulai. Setelah itu tunggu: kantor memastikan dulu orangnya.
invite-slip-link = Tanpa kamera, ketik di HP itu:
invite-slip-until = Berlaku sampai { $hingga }, satu kali pakai.
invite-slip-keep = Jangan difoto, jangan dibagikan. Hilang atau sudah dipakai orang lain? Minta yang baru kepada kantor. GRATIS.
