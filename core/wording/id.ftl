# Semua kalimat yang dibaca warga. Kantor dapat mengganti kalimat mana pun: lihat: kabar wording.
#
# Sebuah baris yang variabelnya semua kosong hilang bersama barisnya; variabel kosong di tengah kalimat
# hilang bersama satu spasi di depannya. Pesan yang namanya berakhir -sms hanya memakai huruf GSM-7.

## Tanggal

months = Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
weekdays = Senin Selasa Rabu Kamis Jumat Sabtu Minggu

## Tempat

place-desa = Balai Desa { $nama } Kec. { $kecamatan }
place-desa-short = Balai Desa { $nama }
place-desa-yours = balai desa Anda
place-kelurahan = Kantor Kelurahan { $nama } Kec. { $kecamatan }
place-kelurahan-abbreviated = Kantor Kel. { $nama } Kec. { $kecamatan }
place-kelurahan-short = Kantor Kel. { $nama }
place-kelurahan-yours = kantor lurah Anda
place-desa-adat = Balai Desa Adat { $nama } Kec. { $kecamatan }
place-desa-adat-short = Balai Desa Adat { $nama }
place-desa-adat-yours = balai desa Anda
place-district = Kantor Kecamatan { $kecamatan }
place-district-yours = kantor kecamatan Anda
place-office = Kantor Dukcapil { $wilayah }
place-office-yours = kantor Dukcapil
place-unknown = tempat pengambilan

general-place-office = kantor Dukcapil
general-place-district = kantor kecamatan
general-place-village = kantor desa/kelurahan domisili

# Tempat melapor, paling banyak 12 huruf.
report-to-desa = kantor desa
report-to-kelurahan = kantor lurah
report-to-desa-adat = kantor desa
report-to-office = kantor kami

## Layanan yang dapat berhenti, dan sebabnya

service-centre = pengiriman data ke pusat
service-recording = perekaman
service-printing = cetak
service-letters = suket
service-pickup = pengambilan
service-centre-sms = kirim data
service-all-sms = semua layanan

cause-server = gangguan server
cause-power = gangguan listrik
cause-network = jaringan putus
cause-blanks = blangko habis
cause-centre = gangguan server pusat
# Paling banyak 16 huruf.
cause-server-sms = gangguan server
cause-power-sms = gangguan listrik
cause-network-sms = jaringan putus
cause-blanks-sms = blangko habis
cause-centre-sms = server pusat

## Bagian yang dipakai berulang

-genuine = GRATIS, tanpa perantara. Kami tidak pernah meminta data, uang, atau mengirim tautan. Ragu? Tanyakan langsung di kantor desa atau kelurahan.
-no-fast-lane = Semua layanan GRATIS; tidak ada jalur cepat berbayar.

data-as-of = Data per { $data }. Layanan ini GRATIS.
data-as-of-unknown = Layanan ini GRATIS.

recovery-expected = Perkiraan pulih: { $pulih }.
recovery-unknown = Perkiraan pulih belum diketahui.

letter-SUKET = Surat keterangan pengganti KTP-el (suket)
letter-BIODATA_WNI = Biodata WNI
letter-SUKET-short = Suket
letter-BIODATA_WNI-short = Biodata WNI
letters-one-sms = surat pengganti KTP-el
letters-many = { $n } surat pengganti KTP-el

## Jawaban atas NIK: satu naskah per tahap

invitation = Ingin dikabari otomatis? Tekan Kabari Saya.

suspended-centre = Pengiriman data ke pusat sedang berhenti sejak { $mulai } karena { $sebab }. { $pulih } Urutan Bapak/Ibu tidak berubah.
suspended-recording = Perekaman sedang berhenti karena { $sebab }. { $pulih } Mohon datang sesudahnya.
suspended-printing = Pencetakan sedang berhenti sejak { $mulai } karena { $sebab }. { $pulih } Urutan Bapak/Ibu tidak berubah.
suspended-letters = Pembuatan suket sedang berhenti sejak { $mulai }; mohon belum datang untuk itu.
suspended-pickup = Pengambilan sedang berhenti sejak { $mulai } karena { $sebab }. { $pulih } Mohon belum datang dulu; KTP-el tetap kami simpan.

running-centre = Lamanya ditentukan oleh pusat, dapat beberapa hari atau beberapa bulan, sehingga kami tidak dapat menjanjikan tanggal.
running-printing = Lama menunggu giliran cetak bergantung pada jumlah blangko (bahan kartu), sehingga kami tidak dapat menjanjikan tanggal. Nomor antrean tidak dijual; bila ada yang meminta uang, mohon laporkan ke kantor kami.
running-letters = Bila perlu bukti identitas sementara, petugas loket dapat membantu.
running-pickup = KTP-el dapat diambil pada jam kerja.

# Antrean cetak, bila sudah ada catatan hasil cetak; perkiraan menggantikan running-printing.
queue-position = Antrean: sekitar { $posisi } KTP-el di depan.
queue-next = Antrean: giliran cetak berikutnya.
queue-too-young = KTP-el dicetak mulai umur 17 tahun, atau sesudah menikah. Sudah menikah? Mohon beri tahu petugas.
queue-estimate = Perkiraan: { $jarak } lagi, dari hasil cetak { $hari_cetak } hari kerja terakhir. Ini bukan janji: blangko terbatas. { $prioritas } Nomor antrean tidak dijual.
queue-priority = Didahulukan: { $siapa }.
queue-blanks = Blangko (bahan kartu) yang tersedia, { $keping } keping, belum mencapai giliran Bapak/Ibu, sehingga kami belum dapat memberi perkiraan. Nomor antrean tidak dijual; bila ada yang meminta uang, mohon laporkan.
line-recorded-before = perekaman lama
line-urgent = mendesak
line-first-timer = pemohon pertama
line-elderly-first-timer = lansia
line-ordinary = pemohon lain
line-replacement = ganti KTP
wait-range = { $dari } sampai { $ke } { $satuan }
wait-about = sekitar { $dari } { $satuan }
wait-at-least = paling cepat { $dari } { $satuan }
wait-days = hari kerja
wait-days-one = hari kerja
wait-weeks = minggu
wait-weeks-one = minggu
wait-months = bulan
wait-months-one = bulan

answer-letter-ready = { $surat } sudah siap diambil di kantor Dukcapil; bawa resi dan KK.

answer-recorded =
    Langkah 1 dari 6: SUDAH DIREKAM
    Sejak { $sejak }

    Data Bapak/Ibu sudah kami terima dan menunggu giliran dikirim ke server pusat.

    { $pusat }

    Yang perlu dilakukan: menunggu kabar. Tidak perlu merekam ulang dan belum perlu datang. Mohon simpan resi baik-baik.

    { $suket }

    { $ajakan }

    { data-as-of }

answer-at-centre =
    Langkah 2 dari 6: DIPERIKSA DI PUSAT
    Sejak { $sejak }

    Data Bapak/Ibu sudah dikirim dan sedang diperiksa di server pusat, Kementerian Dalam Negeri.

    { $pusat }

    Yang perlu dilakukan: menunggu kabar. Tidak perlu merekam ulang dan belum perlu datang. { $suket }

    { $ajakan }

    { data-as-of }

answer-print-ready =
    Langkah 3 dari 6: SIAP DICETAK
    Sejak { $sejak }

    Data Bapak/Ibu sudah lolos pemeriksaan pusat.
    { $antrean }
    { $cetak }

    Yang perlu dilakukan: menunggu kabar, belum perlu datang.

    { $suket }

    { $ajakan }

    { data-as-of }

answer-printed =
    Langkah 4 dari 6: SUDAH DICETAK
    Sejak { $sejak }

    KTP-el Bapak/Ibu sudah dicetak dan akan dikirim ke { $tempat }.

    Yang perlu dilakukan: menunggu kabar. Mohon belum datang dulu, karena KTP-el belum ada di tempat pengambilan.

    { $surat }

    { $ajakan }

    { data-as-of }

answer-shipped =
    Langkah 5 dari 6: DALAM PENGIRIMAN
    Sejak { $sejak }

    KTP-el Bapak/Ibu sudah dicetak dan sedang dikirim ke { $tempat }.

    Yang perlu dilakukan: menunggu kabar. Mohon belum datang dulu, karena KTP-el belum tentu sudah tiba.

    { $surat }

    { $ajakan }

    { data-as-of }

answer-ready =
    Langkah 6 dari 6: SIAP DIAMBIL
    Sejak { $sejak }

    Kabar baik: KTP-el sudah tersedia di { $tempat }.

    Bawa: resi atau suket asli, dan KK.
    Boleh diambil anggota keluarga dalam satu KK.

    { $ambil }
    { $tutup }

    Nama tempat, dan nomor ambil bila ada, hanya kami beritahukan kepada pemegang resi: tekan Kabari Saya.

    { data-as-of }

answer-ready-proven =
    Langkah 6 dari 6: SIAP DIAMBIL
    Sejak { $sejak }

    Kabar baik: KTP-el sudah dapat diambil.
    { $nomor }

    Tempat: { $tempat }
    { $panggil }
    Waktu: { $jam_kantor }
    Bawa: resi atau suket asli, dan KK

    { $ambil }
    { $tutup }

    Boleh diambil anggota keluarga dalam satu KK.

    { data-as-of }

answer-handed-over =
    KTP-el SUDAH DISERAHKAN
    Sejak { $sejak }

    Menurut catatan kami, KTP-el ini sudah diserahkan kepada pemiliknya atau keluarganya.

    Yang perlu dilakukan: tidak ada. Bila Bapak/Ibu merasa belum menerimanya, mohon segera datang ke { $kantor }, { $jam_kantor }, dengan membawa resi dan KK.

    { data-as-of }

answer-needs-officer-plain =
    PERLU BANTUAN PETUGAS
    Sejak { $sejak }

    Ada hal yang perlu diperiksa petugas sebelum KTP-el dapat dicetak. Hal ini dapat diselesaikan.

    Mohon JANGAN merekam ulang sebelum bertemu petugas.

    Yang perlu dilakukan: pemilik data datang sendiri ke { $kantor }, { $jam_kantor }. Bawa KK asli dan resi atau suket.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-duplicate =
    PERLU BANTUAN PETUGAS (kode DUP)
    Sejak { $sejak }

    Pusat menemukan lebih dari satu perekaman untuk data ini, sehingga KTP-el belum dapat dicetak. Misalnya karena pernah merekam di dua tempat. Hal ini dapat diselesaikan.

    Mohon JANGAN merekam ulang, agar tidak makin lama.

    Yang perlu dilakukan: datang sendiri ke { $kantor }, { $jam_kantor }. Bawa KK asli dan resi atau suket, lalu sebutkan kode DUP.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-biometrics =
    PERLU BANTUAN PETUGAS (kode EFAC)
    Sejak { $sejak }

    Foto, sidik jari, atau rekaman mata belum terbaca di pusat. Biasanya selesai dengan merekam ulang.

    Yang perlu dilakukan: datang sendiri ke { $kantor }, { $jam_kantor }. Bawa KK asli dan resi atau suket, lalu sebutkan kode EFAC.
    { $tutup }

    { $rekam }

    { $surat }

    { data-as-of }

answer-needs-officer-overdue =
    PERLU BANTUAN PETUGAS (kode SFE)
    Sejak { $sejak }

    Data Bapak/Ibu sudah lama dikirim ke pusat tetapi belum dijawab. Mungkin NIK ini sudah tercatat di pusat dari perekaman terdahulu. Hal ini dapat diselesaikan.

    Mohon JANGAN merekam ulang sebelum bertemu petugas.

    Yang perlu dilakukan: datang sendiri ke { $kantor }, { $jam_kantor }. Bawa KK asli dan resi atau suket, lalu sebutkan kode SFE.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-search =
    PERLU BANTUAN PETUGAS (kode SEARCH FAILURE)
    Sejak { $sejak }

    Pusat belum berhasil mencocokkan data ini, sehingga KTP-el belum dapat dicetak. Hal ini dapat diselesaikan.

    Mohon JANGAN merekam ulang sebelum bertemu petugas.

    Yang perlu dilakukan: datang sendiri ke { $kantor }, { $jam_kantor }. Bawa KK asli dan resi atau suket, lalu sebutkan kode SEARCH FAILURE.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-adjudicate =
    PERLU BANTUAN PETUGAS (kode ADJUDICATE)
    Sejak { $sejak }

    Rekaman ini mirip dengan rekaman orang lain, sehingga perlu diperiksa dahulu. Ini bukan tuduhan, dan dapat diselesaikan.

    Mohon JANGAN merekam ulang sebelum bertemu petugas.

    Yang perlu dilakukan: datang sendiri ke { $kantor }, { $jam_kantor }. Bawa KK asli dan resi atau suket, lalu sebutkan kode ADJUDICATE.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-validation =
    PERLU BANTUAN PETUGAS (kode REQUEST VALIDATION)
    Sejak { $sejak }

    Pusat meminta data ini dipastikan dahulu oleh petugas, sehingga KTP-el belum dapat dicetak. Hal ini dapat diselesaikan.

    Mohon JANGAN merekam ulang sebelum bertemu petugas.

    Yang perlu dilakukan: datang sendiri ke { $kantor }, { $jam_kantor }. Bawa KK asli dan resi atau suket, lalu sebutkan kode REQUEST VALIDATION.
    { $tutup }

    { $surat }

    { data-as-of }

answer-needs-officer-unknown =
    PERLU BANTUAN PETUGAS
    Sejak { $sejak }

    Keterangan dari pusat untuk data ini belum kami kenali, jadi petugas perlu memeriksanya. Hal ini dapat diselesaikan.

    Mohon JANGAN merekam ulang sebelum bertemu petugas.

    Yang perlu dilakukan: datang sendiri ke { $kantor }, { $jam_kantor }. Bawa KK asli dan resi atau suket.
    { $tutup }

    { $surat }

    { data-as-of }

answer-not-found =
    NIK tersebut tidak kami temukan dalam daftar tunggu KTP-el { $wilayah }. Ini tidak berarti data kependudukan Bapak/Ibu bermasalah.

    Kemungkinannya:
    - ada angka yang salah ketik;
    - yang diketik nomor KK, bukan NIK;
    - merekam di kabupaten/kota lain;
    - perekaman belum masuk data kami;
    - KTP-el sudah pernah diserahkan.

    Mohon cocokkan dengan NIK pada KK. Bila sudah benar, silakan tanyakan di loket ({ $jam_kantor }) dengan membawa KK.

    { $penutup }

## Pertanyaan yang belum dapat dijawab

answer-malformed =
    Mohon maaf, itu belum dapat kami baca sebagai NIK: { $salah }.

    NIK terdiri atas 16 angka dan tertulis di KK pada kolom NIK, bukan nomor KK di bagian atas. Spasi, titik, atau garis tidak masalah.

    Silakan dicoba lagi.

    Demi keamanan, mohon tidak mengirim foto KTP atau KK. Layanan ini GRATIS.

nik-fault-length = angkanya ada { $angka }, seharusnya 16
nik-fault-characters = ada huruf atau tanda di antara angkanya (huruf O bukan angka 0)
nik-fault-scientific = angkanya diringkas oleh Excel; mohon ketik ulang dari KK
nik-fault-month = angka ke-9 dan ke-10 bukan bulan (01 sampai 12)
nik-fault-day = angka ke-7 dan ke-8 bukan tanggal (01 sampai 31, atau 41 sampai 71 untuk perempuan)
nik-fault-date = angka ke-7 sampai ke-12 bukan tanggal yang ada di kalender
nik-fault-serial = empat angka terakhir tidak mungkin 0000
nik-fault-family-card = tampaknya itu nomor KK

answer-several-niks =
    Mohon maaf, kami menjawab satu NIK dalam satu pesan.

    Silakan kirim NIK yang pertama dahulu, lalu yang berikutnya setelah kami jawab. Layanan ini GRATIS.

answer-throttled =
    Mohon menunggu sebentar. Untuk melindungi data warga, jumlah NIK yang dapat ditanyakan dari satu akun kami batasi. Bapak/Ibu dapat bertanya lagi mulai pukul { $tanya_lagi }.

    KTP-el yang sudah didaftarkan tidak perlu ditanyakan berulang: begitu ada perubahan, kami yang mengabari.

    Membantu banyak warga? Ketua RT dan perangkat desa dapat meminta akses petugas ke { $kantor }.

    Bila mendesak, silakan ke loket: { $jam_kantor }. Layanan ini GRATIS.

clock-tomorrow = { $jam } besok

answer-receipt-needed =
    Untuk melindungi data warga, jawaban atas NIK ini memerlukan kode resi perekaman.

    Yang perlu dilakukan: ketik kode yang tertulis di resi. Ini berlaku bagi semua penanya dan tidak berarti ada masalah.

    Resi hilang? Silakan tanyakan di loket { $kantor }, { $jam_kantor }, dengan membawa KK.

    Layanan ini GRATIS.

answer-wrong-receipt =
    NIK dan kode resi itu tidak cocok dengan catatan kami. Mohon periksa keduanya, lalu coba lagi.

    Setelah lima kali salah, percobaan ditutup selama satu hari. Resi hilang? Petugas loket dapat membantu dengan KK. Layanan ini GRATIS.

answer-locked =
    Sudah lima kali NIK dan kode resi tidak cocok. Demi keamanan, percobaan untuk NIK itu kami tutup selama satu hari.

    Kode QR pada resi dari loket dan tombol Bagikan Nomor Saya tetap dapat dipakai. Atau coba lagi besok, atau tanyakan di loket { $kantor }, { $jam_kantor }, dengan membawa KK. Layanan ini GRATIS.

answer-locked-here =
    Dari akun ini sudah terlalu banyak NIK dan kode resi yang tidak cocok. Demi keamanan, percobaan dari akun ini kami tutup selama satu hari.

    Kode QR pada resi dari loket dan tombol Bagikan Nomor Saya tetap dapat dipakai. Atau coba lagi besok, atau tanyakan di loket { $kantor }, { $jam_kantor }, dengan membawa KK. Layanan ini GRATIS.

## Kode status yang diketik sendirian

answer-status-code =
    Arti kode { $kode }: { $arti }

    Ingin tahu keadaan KTP-el Bapak/Ibu sekarang? Ketik NIK 16 angka. Layanan ini GRATIS.

answer-status-code-unknown =
    Mohon maaf, kode itu belum kami kenal.

    Kode yang biasa tertulis pada surat: PRR, SFE, DUP, EFAC, PRO, BC. Ingin tahu keadaan KTP-el Bapak/Ibu? Ketik NIK 16 angka, atau tanyakan kode itu di loket. Layanan ini GRATIS.

code-UNREGISTERED = belum ada perekaman. Silakan datang ke tempat perekaman dengan membawa KK.
code-BIO_CAPTURED = foto, sidik jari, dan mata sudah direkam; data menunggu diolah. Tinggal menunggu.
code-PROCESSING = data perekaman sedang diolah sebelum dikirim ke pusat. Tinggal menunggu.
code-SENT_FOR_ENROLLMENT = data sudah dikirim ke pusat dan menunggu pemeriksaan. Bila sudah lebih dari dua bulan, mohon tanyakan ke petugas dan jangan merekam ulang.
code-RECEIVED_AT_CENTRAL = data sudah diterima di pusat dan sedang diperiksa. Tinggal menunggu.
code-PRINT_READY_RECORD = data sudah lolos pemeriksaan pusat dan siap dicetak. Tinggal menunggu giliran cetak dan blangko (bahan kartu).
code-SENT_FOR_CARD_PRINTING = data sudah dikirim ke bagian cetak. Tinggal menunggu.
code-CARD_PRINTED = KTP-el sudah dicetak. Mohon menunggu kabar pengambilan.
code-CARD_SHIPPED = KTP-el sedang dikirim ke tempat pengambilan. Mohon menunggu kabar.
code-CARD_ISSUED = KTP-el tercatat sudah terbit. Bila belum diterima, mohon tanyakan di loket.
code-ENROLL_FAILURE_AT_CENTRAL = foto, sidik jari, atau rekaman mata belum terbaca di pusat. Mohon temui petugas; biasanya perlu merekam ulang.
code-ENROLL_FAILURE_AT_REGIONAL = foto, sidik jari, atau rekaman mata belum terbaca. Mohon temui petugas; biasanya perlu merekam ulang.
code-SEARCH_FAILURE_AT_CENTRAL = pusat belum berhasil mencocokkan data. Mohon temui petugas dan jangan merekam ulang.
code-ADJUDICATE_RECORD = rekaman mirip dengan rekaman orang lain dan perlu diperiksa petugas. Mohon temui petugas dan jangan merekam ulang.
code-ADJUDICATE_IN_PROCESS = kemiripan dengan rekaman orang lain sedang diperiksa. Mohon jangan merekam ulang.
code-REQUEST_VALIDATION = data perlu dipastikan oleh petugas. Mohon temui petugas dengan membawa KK.
code-DUPLICATE_RECORD = ada lebih dari satu perekaman untuk orang yang sama. Mohon temui petugas dan JANGAN merekam ulang.

## Percakapan

button-check = Cek KTP-el
button-help = Bantuan
button-notify = Kabari Saya
button-stop = Berhenti Dikabari
button-my-cards = KTP-el Saya
button-share-phone = Bagikan Nomor Saya
button-agree = Setuju
button-decline = Tidak

welcome =
    Selamat datang di Kabar KTP { $wilayah }.

    Ketik NIK 16 angka untuk mengetahui sampai di mana KTP-el Bapak/Ibu. Tekan Kabari Saya bila ingin dikabari otomatis.

    Yang menjawab di sini mesin, siang dan malam. Petugas { $kantor } melayani di loket: { $jam_kantor }.

    Mohon tidak mengirim foto KTP atau KK. Layanan ini GRATIS.

help =
    Yang dapat dilakukan di sini:
    - ketik NIK 16 angka: sampai di mana KTP-el Bapak/Ibu;
    - ketik kode pada surat, misalnya PRR: apa artinya;
    - Kabari Saya: dikabari otomatis (siapkan resi);
    - /kartu: KTP-el yang kabarnya kami kirim ke sini;
    - Berhenti Dikabari atau /berhenti;
    - /riwayat, /bawa, /jam: riwayat, syarat, jam buka;
    - /stok: blangko dan antrean cetak;
    - /data, /hapus: data Bapak/Ibu;
    - /bahasa: ganti bahasa (/language).

    Yang menjawab di sini mesin. Perlu petugas? { $kantor }, { $jam_kantor }.

    Mohon tidak mengirim foto KTP atau KK. Layanan ini GRATIS.

# Pilihan bahasa: ditawarkan dalam semua bahasa sekaligus; -hint hanya bagi yang Telegram-nya berbahasa ini.
language-name = Bahasa Indonesia
language-choose = Bahasa apa yang Bapak/Ibu pilih untuk percakapan ini?
language-chosen = Baik, mulai sekarang kami memakai bahasa Indonesia di sini. Mengganti: /bahasa. Layanan ini GRATIS.
language-hint = Dalam bahasa Indonesia: /bahasa

ask-nik = Silakan ketik NIK 16 angka, seperti tertulis di KK pada kolom NIK.

ask-receipt =
    Silakan ketik kode resi, seperti tertulis pada resi perekaman KTP-el.

    Nomor HP akun ini tercatat di kantor kami? Cukup tekan Bagikan Nomor Saya.

ask-nik-for-receipt = Terima kasih, itu tampaknya kode resi. Silakan ketik juga NIK 16 angka, seperti tertulis di KK pada kolom NIK.

# Kode QR pada resi dari loket, dan nomor yang dibagikan oleh Telegram sendiri.
link-unknown =
    Mohon maaf, kode QR atau tautan itu tidak berlaku. Mungkin resi itu sudah diganti dengan yang baru, atau KTP-el sudah diserahkan.

    Silakan kirim NIK dan kode resi dalam satu pesan, atau tanyakan di loket { $kantor }, { $jam_kantor }, dengan membawa KK. Layanan ini GRATIS.

link-locked =
    Sudah lima kali kode QR atau tautan yang tidak kami kenal dibuka dari akun ini. Demi keamanan, tautan dari akun ini kami tutup selama satu hari.

    Bapak/Ibu tetap dapat mengirim NIK dan kode resi dalam satu pesan, atau bertanya di loket { $kantor }, { $jam_kantor }, dengan membawa KK. Layanan ini GRATIS.

phone-proves-nothing =
    Terima kasih, tetapi dari nomor itu kami belum dapat memastikan KTP-el mana yang dimaksud. Nomor itu tidak kami simpan.

    Silakan kirim NIK dan kode resi dalam satu pesan. Resi hilang? Petugas loket dapat membantu dengan KK. Layanan ini GRATIS.

contact-of-another = Mohon maaf, itu bukan nomor akun ini. Demi melindungi pemiliknya, nomor orang lain tidak kami baca dan tidak kami simpan. Untuk nomor sendiri: tekan Kabari Saya, lalu Bagikan Nomor Saya. Layanan ini GRATIS.

## Beberapa KTP-el pada satu akun

my-cards =
    KTP-el yang kabarnya kami kirim ke akun ini:

    { $daftar }

    Ketik NIK untuk jawaban lengkap. Layanan ini GRATIS.

my-cards-none = Belum ada KTP-el yang kabarnya kami kirim ke akun ini. Ingin dikabari? Tekan Kabari Saya. Layanan ini GRATIS.

# Tahapnya seperti di bawah Riwayat (story-…).
my-card = - resi berakhiran { $resi }: { $tahap }, sejak { $sejak } (data per { $data })
my-card-without-receipt = - { $tahap }, sejak { $sejak } (data per { $data })

too-many-cards =
    Kabar { $n } KTP-el sudah kami kirim ke akun ini, dan itu batas untuk satu akun, jadi KTP-el ini tidak kami tambahkan. Bapak/Ibu dapat bertanya kapan saja dengan mengetik NIK.

    Membantu banyak warga? Ketua RT dan perangkat desa dapat meminta akses petugas ke { $kantor }. Layanan ini GRATIS.

## Resi yang dicetak di loket: tanpa nama, tanpa NIK

slip-title = RESI KABAR KTP-el
slip-code = Kode resi
slip-scan = Pindai dengan kamera HP, lalu tekan Mulai di Telegram.
slip-bot = Telegram kami: @{ $bot }
slip-use = Tanpa kamera: kirim NIK dan kode resi ini ke @{ $bot }.
slip-use-without-bot = Kirim NIK dan kode resi ini ke Telegram kantor kami. Namanya ditulis petugas di sini:
slip-genuine = Kami tidak pernah meminta data atau uang, dan tidak pernah mengirim tautan. Pesan kami menyebut tiga tanda terakhir kode ini: { $akhir }
slip-bring = Saat mengambil KTP-el, bawa resi ini atau suket asli, dan KK.
slip-keep = Simpan baik-baik. Jangan difoto, jangan dibagikan. Hilang? Minta resi baru di loket dengan membawa KK; resi ini lalu tidak berlaku.
slip-free = GRATIS, tanpa perantara
slip-made = Dibuat { $tanggal }

consent =
    Sebelum kami mengabari, mohon persetujuan Bapak/Ibu.

    Disimpan: akun Telegram ini, untuk satu resi KTP-el.
    Gunanya: hanya kabar KTP-el, surat pengganti, dan gangguan layanan. Tidak diberikan kepada pihak lain.
    Server Telegram ada di luar negeri, jadi pesan kami tanpa nama dan NIK.
    Lamanya: sampai { $simpan } setelah KTP-el diserahkan.
    Berhenti kapan saja: /berhenti. Melihat atau membetulkan data: /data.

    Bila belum 18 tahun, mohon persetujuan orang tua atau wali. Tidak setuju pun, pertanyaan tetap kami jawab. GRATIS.

contact-kept = 30 hari

consent-thanks = Terima kasih. Begitu ada perubahan pada KTP-el itu, kami kabari lewat akun ini. Berhenti kapan saja: /berhenti. Layanan ini GRATIS.

consent-declined = Baik, kami tidak menyimpan akun ini dan tidak akan mengabari. Bapak/Ibu tetap dapat bertanya dengan mengetik NIK. Layanan ini GRATIS.

button-outdated = Tombol ini sudah dipakai atau sudah lama. Bila perlu, silakan tekan Kabari Saya lagi.

# Tombol di bawah pemberitahuan Telegram, dan yang muncul sesudah ditekan (paling banyak 200 huruf).
button-coming = Saya Datang
button-other-day = Hari Lain
button-not-mine = Bukan Saya
button-tell = Beri Tahu
button-moved = Sudah pindah
button-died = Sudah berpulang
button-taken = Sudah diambil
button-not-mine-indeed = Ya, bukan saya
button-back = Kembali
button-chosen = ✓ { $tombol }

press-coming = Terima kasih, sudah kami catat. Mohon bawa resi atau suket asli, dan KK.
press-other-day = Terima kasih, sudah kami catat.
press-moved = Terima kasih, sudah kami catat. Kami tidak akan mengingatkan lagi.
press-died = Kami turut berduka cita. Sudah kami catat, dan kami tidak akan mengingatkan lagi.
press-taken = Terima kasih, sudah kami catat. Kami tidak akan mengingatkan lagi.
press-not-mine = Apakah Bapak/Ibu yakin? Akun ini tidak akan kami kabari lagi tentang KTP-el itu.
press-not-yours = Akun ini tidak lagi terdaftar untuk KTP-el itu. Bila perlu, silakan tekan Kabari Saya.

and-with-number = dan dengan nomor ambil

answer-other-day =
    Baik, sudah kami catat. KTP-el tetap kami simpan, jadi tidak perlu terburu-buru dan tidak perlu membuat janji.

    Silakan datang pada hari kerja mana pun ({ $jam_kantor }), ke tempat { $nomor } yang tertulis di pesan kami tadi. Bawa resi atau suket asli, dan KK. Boleh diambil anggota keluarga dalam satu KK.

    Berubah pikiran? Tekan Saya Datang di pesan tadi. Layanan ini GRATIS.

answer-not-mine =
    Terima kasih sudah memberi tahu. Akun ini tidak akan kami kabari lagi tentang KTP-el itu, dan petugas kami akan memeriksanya. Mohon maaf atas gangguan ini.

    Bila ternyata keliru menekan, siapkan NIK dan resi, lalu tekan Kabari Saya. Layanan ini GRATIS.

answer-moved =
    Baik, sudah kami catat: pemilik KTP-el sudah pindah. Petugas akan memeriksanya. Selama itu KTP-el tetap kami simpan, dan kami tidak akan mengingatkan lagi.

    Tertekan keliru? Tekan Saya Datang di pesan tadi, atau ambil KTP-el pada jam kerja ({ $jam_kantor }). Layanan ini GRATIS.

answer-died =
    Kami turut berduka cita. Sudah kami catat, dan kami tidak akan mengingatkan lagi. Petugas akan memeriksanya.

    Akta kematian dapat diurus di kantor desa atau kelurahan, atau di kantor Dukcapil ({ $jam_kantor }). Layanan ini GRATIS.

answer-taken =
    Baik, sudah kami catat: KTP-el sudah diambil. Petugas akan memeriksanya, dan kami tidak akan mengingatkan lagi.

    Tertekan keliru? Tekan Saya Datang di pesan tadi, atau ambil KTP-el pada jam kerja ({ $jam_kantor }). Layanan ini GRATIS.

answer-over =
    KTP-el itu menurut catatan kami sudah diambil, atau sedang tidak dapat diambil, jadi tombol di pesan lama itu tidak berlaku lagi.

    Ingin tahu keadaannya sekarang? Ketik NIK 16 angka. Layanan ini GRATIS.

stop-done = Baik, kami tidak akan mengabari akun ini lagi. Bila berubah pikiran, tekan Kabari Saya. Bapak/Ibu tetap dapat bertanya dengan mengetik NIK. Layanan ini GRATIS.

stop-nothing = Akun ini memang tidak terdaftar untuk dikabari, jadi tidak ada yang perlu dihentikan. Layanan ini GRATIS.

group-refusal =
    Mohon maaf, demi melindungi data warga, kami tidak menjawab pertanyaan tentang KTP-el di grup.

    Bila ada NIK atau foto KK/KTP di percakapan ini, mohon segera dihapus oleh pengirimnya.

    Silakan bertanya lewat percakapan pribadi: ketuk nama bot ini, lalu tekan Mulai. Layanan ini GRATIS.

trial =
    Mohon maaf, layanan ini masih diuji coba dan belum dibuka untuk umum.

    Silakan tanyakan di loket { $kantor }, { $jam_kantor }.

    Petugas uji coba: nomor akun ini { $akun }.

photo-received =
    Mohon maaf, foto tidak kami baca dan tidak kami simpan. Demi keamanan, mohon tidak mengirim foto KTP atau KK, dan mohon hapus foto itu dari percakapan ini.

    Silakan ketik NIK 16 angka. Layanan ini GRATIS.

media-not-understood = Mohon maaf, kami hanya dapat membaca tulisan, bukan suara, video, stiker, atau berkas. Silakan ketik NIK 16 angka. Layanan ini GRATIS.

not-understood = Mohon maaf, pesan itu belum kami pahami. Silakan ketik NIK 16 angka, atau tekan Bantuan. Layanan ini GRATIS.

# Obrolan pendek tanpa NIK: sudah jadi atau belum, biaya, suket, salam, dan terima kasih.
say-cost =
    GRATIS. Perekaman, pencetakan KTP-el, suket, dan layanan ini tidak dipungut biaya.

    Tidak seorang pun boleh meminta uang, baik petugas, perangkat desa, maupun perantara. Bila ada yang meminta uang, mohon laporkan ke { $kantor }, { $jam_kantor }.

say-suket =
    Suket adalah surat keterangan pengganti KTP-el: bukti identitas sementara selama KTP-el belum jadi.

    { $suket }

    Loket { $kantor }: { $jam_kantor }. Mohon bawa KK dan resi perekaman. Suket GRATIS.

say-thanks = Sama-sama, Bapak/Ibu. Bila KTP-el sudah didaftarkan untuk dikabari, tinggal menunggu kabar kami. Layanan ini GRATIS.

say-greeting =
    Salam, Bapak/Ibu. Ini Kabar KTP { $wilayah }; yang menjawab di sini mesin.

    Ketik NIK 16 angka untuk mengetahui sampai di mana KTP-el, tekan Kabari Saya bila ingin dikabari otomatis, atau tekan Bantuan untuk yang lain. Layanan ini GRATIS.

too-long = Mohon maaf, pesan itu terlalu panjang untuk kami baca. Silakan ketik NIK 16 angka saja. Layanan ini GRATIS.

edited = Mohon maaf, pesan yang diubah tidak kami baca lagi. Silakan kirim sebagai pesan baru. Layanan ini GRATIS.

forwarded = Mohon maaf, pesan terusan tidak kami baca, demi melindungi data pengirim aslinya. Silakan ketik NIK 16 angka. Layanan ini GRATIS.

apology = Mohon maaf, sistem kami sedang terganggu dan pertanyaan itu belum terjawab. Silakan coba lagi nanti. Layanan ini GRATIS.

## Yang dapat diminta: jam buka, syarat, riwayat, data yang disimpan, penghapusan

button-history = Riwayat
button-bring = Apa yang Dibawa
button-erase = Hapus
button-keep = Batal

# Daftar perintah di menu Telegram, paling banyak 256 huruf.
command-cek = Cek KTP-el dengan NIK
command-kartu = KTP-el yang kabarnya kami kirim ke sini
command-riwayat = Apa yang terjadi pada KTP-el saya
command-bawa = Apa yang perlu dibawa
command-jam = Jam buka dan alamat kantor
command-stok = Stok blangko, hasil cetak dan antrean
command-kabari = Dikabari otomatis
command-berhenti = Tidak dikabari lagi
command-data = Data saya yang disimpan
command-hapus = Hapus data saya dari catatan kantor
command-bahasa = Ganti bahasa (language)
command-bantuan = Yang dapat dilakukan di sini

# Stok blangko dan hasil cetak, untuk siapa saja
stock-report =
    STOK BLANGKO DAN ANTREAN CETAK

    { $stok }
    { $hasil }
    Menunggu dicetak: { $menunggu } KTP-el.
    { $urgensi }

    { $henti_cetak }

    Nomor antrean tidak dijual; tidak ada jalur cepat. Bila ada yang menawarkan, mohon laporkan ke kantor kami.

    { data-as-of }

stock-blanks = Blangko (bahan kartu): { $keping } keping.
stock-blanks-planned = Blangko (bahan kartu): { $keping } keping, { $rencana } di antaranya sudah untuk rencana cetak.
stock-blanks-unknown = Stok blangko (bahan kartu) belum dicatat di sini; silakan tanyakan di loket.
stock-unknown = Stok blangko (bahan kartu) dan hasil cetak belum dicatat di sini; silakan tanyakan di loket.
stock-printed = Dicetak { $hari }: { $cetakan } KTP-el.
stock-urgent = Didahulukan karena mendesak: { $mendesak } dari { $semua } yang dicetak dalam 20 hari kerja terakhir.

office-hours =
    JAM BUKA
    { $kantor }

    { $jam_kantor } { $zona }
    { $alamat }

    { $sekarang }

office-hours-closing = Yang menjawab di sini mesin, siang dan malam. Layanan ini GRATIS.
office-address = Alamat: { $alamat }
open-now = Sekarang buka, sampai pukul { $jam } { $zona }.
opens-today = Sekarang tutup; buka hari ini pukul { $jam } { $zona }.
opens-tomorrow = Sekarang tutup; buka besok, { $hari }, pukul { $jam } { $zona }.
opens-later = Sekarang tutup; buka lagi { $hari } pukul { $jam } { $zona }.
closed-on = Tutup { $hari }: { $nama }.
closing-soon = Kantor tutup { $hari } ({ $nama }); buka lagi { $lagi }.
collective-leave = cuti bersama { $nama }

bring-heading = YANG PERLU DIBAWA
bring =
    Mengambil KTP-el: resi atau suket asli, dan KK. Boleh diambil anggota keluarga dalam satu KK.
    Mengambil suket: resi dan KK.
    Merekam pertama kali: KK. Datang sendiri, mulai umur 16 tahun.
    KTP-el hilang: surat kehilangan dari kepolisian, dan KK.
    KTP-el rusak atau datanya berubah: KTP-el lama dan KK.

    Mohon tidak datang sebelum KTP-el dikabarkan siap. { $kantor }, { $jam_kantor }.
    { $tutup }

    Semuanya GRATIS, tanpa perantara.

bring-for = { $resi }: { $apa }
bring-RECORDED = belum perlu datang; mohon simpan resi baik-baik.
bring-AT_CENTRE = belum perlu datang; mohon simpan resi baik-baik.
bring-PRINT_READY = belum perlu datang; mohon simpan resi baik-baik.
bring-PRINTED = belum perlu datang; begitu dapat diambil, kami kabari.
bring-SHIPPED = belum perlu datang; begitu dapat diambil, kami kabari.
bring-READY_FOR_PICKUP = siap diambil di { $tempat }; bawa resi atau suket asli, dan KK.
bring-pickup-stopped = sudah siap, tetapi pengambilan sedang berhenti; mohon belum datang dulu.
bring-HANDED_OVER = sudah diserahkan; tidak ada yang perlu dibawa.
bring-NEEDS_OFFICER = pemilik data datang sendiri; bawa KK asli dan resi atau suket.
bring-letter = { $surat } siap diambil di kantor Dukcapil; bawa resi dan KK.

story-heading =
    RIWAYAT KTP-el
    { $resi }

story-line = { $tanggal }: { $apa }
story-earlier = (dan { $n } kabar sebelumnya)
story-needs-proof =
    Riwayat hanya kami perlihatkan kepada pemegang resi.

    Silakan tekan Kabari Saya, dan siapkan NIK serta kode resi. Layanan ini GRATIS.
story-choose = Riwayat KTP-el yang mana? Layanan ini GRATIS.
story-card = Resi berakhiran { $resi }
story-card-number = KTP-el ke-{ $nomor }

story-recorded = perekaman
story-RECORDED = tercatat sudah direkam
story-AT_CENTRE = diperiksa di pusat
story-PRINT_READY = siap dicetak
story-PRINTED = sudah dicetak
story-SHIPPED = dalam pengiriman
story-READY_FOR_PICKUP = siap diambil
story-HANDED_OVER = sudah diserahkan
story-NEEDS_OFFICER = perlu bantuan petugas
story-CLOSED = tidak lagi kami tangani; silakan tanyakan di loket
story-letter-asked = { $surat } diminta
story-letter-ready = { $surat } siap diambil
story-letter-issued = { $surat } diterbitkan
story-letter-collected = { $surat } sudah diambil
story-letter-extended = { $surat } diperpanjang sampai { $berlaku }
story-letter-voided = { $surat } tidak berlaku lagi
story-stopped = { $layanan } berhenti sementara karena { $sebab }
story-resumed = { $layanan } berjalan kembali
story-told-telegram = pesan Telegram terkirim ({ $tentang })
story-told-sms = SMS terkirim ({ $tentang })
told-printed = sudah dicetak
told-ready = siap diambil
told-reminder = belum diambil
told-ready-withdrawn = ternyata belum dapat diambil
told-pickup-moved = hari pengambilan berubah
told-called = dipanggil pada hari tertentu
told-announcement = pengumuman layanan
told-letter-ready = surat pengganti siap
told-letter-expiring = masa berlaku surat pengganti
told-needs-officer = perlu bantuan petugas
told-suspension-start = layanan berhenti
told-suspension-moved = layanan belum pulih
told-resumed = layanan berjalan kembali
told-registered = terdaftar untuk dikabari

held-heading =
    DATA YANG KAMI SIMPAN
    Dasarnya UU 27/2022 tentang Pelindungan Data Pribadi: keadaan KTP-el untuk tugas pelayanan, akun ini dengan persetujuan Bapak/Ibu.

held-questions =
    Tentang pertanyaan dari akun ini:
    - isi pesan: sampai terjawab; bila gagal kami jawab, tersegel paling lama { $hari_gagal } hari;
    - pesan yang memuat NIK, resi, foto, video, atau berkas: kami hapus juga dari percakapan ini setelah satu jam;
    - NIK yang ditanyakan: hanya kode acaknya, yang tidak dapat dibaca kembali, { $hari_tanya } hari, untuk membatasi pertanyaan;
    - kode resi: tidak disimpan; hanya kode acak dari NIK-nya dan akun ini, { $hari_resi } hari;
    - percakapan yang belum selesai: satu jam;
    - nomor urut pesan dan kode acak akun ini, tanpa isi pesan: { $hari_nomor } hari.

    Yang sudah dihapus masih ada dalam cadangan tersegel, paling lama { $hari_cadangan } hari.

    Membetulkan: di { $kantor }, { $jam_kantor }, dengan membawa KK dan resi; paling lama 3 x 24 jam. Tidak dikabari lagi: /berhenti. Menghapus: /hapus. Layanan ini GRATIS.

held-none = Akun ini tidak terdaftar untuk dikabari; tidak ada data KTP-el yang kami kaitkan dengannya.
held-stopped = Akun ini pernah terdaftar dan sudah berhenti dikabari. Nomor akunnya masih kami simpan dalam bentuk tersegel, paling lama { $simpan } setelah KTP-el diserahkan; dengan /hapus dihapus sekarang juga.
held-more = (dan { $n } KTP-el lainnya: silakan tanyakan di loket)
held-messages = Pesan kami yang sampai ke akun ini: { $n }; isinya disimpan tersegel { $hari_isi } hari.
held-language = Bahasa pilihan: { language-name }.
held-card =
    { $resi }
    - di kantor: { $isi }
    - akun ini: { $bukti }; setuju pada { $tanggal } { $cara }, naskah { $naskah }
    - disimpan sampai { $sampai }
    - akun yang dikabari: { $akun }{ $terbukti }
    - dilihat petugas: { $dilihat }
held-proven = ; dibuktikan { $n } kali, terakhir { $tanggal }
held-items = NIK, nama, desa/kelurahan
held-born = tanggal lahir
held-receipt = kode resi
held-phones = nomor HP berakhiran { $akhiran }
held-letters = surat pengganti ({ $n }) dan nomornya
held-until-after = { $simpan } setelah KTP-el diserahkan
held-never-seen = belum pernah
held-seen = { $tanggal } ({ $apa })
held-seen-more = { $daftar }, dan { $n } kali sebelumnya
held-shown-nik = NIK
held-shown-name = nama
held-shown-phone = nomor HP
held-proof-receipt = dibuktikan dengan NIK dan resi
held-proof-counter = dibuktikan di loket
held-proof-link = dibuktikan dengan kode pada resi dari loket
held-proof-phone = dibuktikan dengan nomor HP
held-proof-other = dibuktikan kepada petugas
held-how-telegram = lewat Telegram
held-how-counter = di loket
held-how-paper = di atas kertas
held-how-other = kepada petugas

erase-ask =
    Hapus akun Telegram ini dari catatan kantor kami? Akun Telegram-nya sendiri tidak terhapus.

    Dihapus: nomor akun ini pada { $n } KTP-el, isi pesan, pilihan bahasa, percakapan yang belum selesai. Sesudahnya kami tidak mengabari ke sini lagi; kabar yang masih perlu disampaikan lewat SMS, bila nomor HP terdaftar.

    Tetap ada: keadaan KTP-el, karena itu tugas pelayanan; catatan bahwa pernah ada akun, tanpa nomornya; kode acak dari NIK yang ditanyakan { $hari_tanya } hari, dari percobaan resi { $hari_resi } hari; nomor urut pesan { $hari_nomor } hari; cadangan tersegel, paling lama { $hari_cadangan } hari.

    Layanan ini GRATIS.

erase-done =
    Sudah dihapus dari { $n } KTP-el. Pesan yang memuat NIK segera kami hapus juga dari percakapan ini.

    Nomor HP yang tercatat di kantor tidak ikut terhapus; untuk itu silakan ke { $kantor }, { $jam_kantor }, paling lama 3 x 24 jam. Keadaan KTP-el tetap dapat ditanyakan dengan NIK.

    Berubah pikiran? Tekan Kabari Saya. Layanan ini GRATIS.

erase-kept = Baik, tidak ada yang dihapus. Layanan ini GRATIS.

## Pemberitahuan: kita yang memulai. Tanpa tautan, tanpa nomor induk, selalu GRATIS.

cards-one = KTP-el
cards-many = { $n } KTP-el

# Baris nomor dan resi di Telegram.
number-and-receipt = Nomor ambil { $nomor } (resi berakhiran { $resi })
number-with-receipt = { $nomor } (resi { $resi })
numbers-only = Nomor ambil { $nomor }
receipts-only = Resi berakhiran { $resi }
and-others = { $daftar }, dan lainnya

# Nomor dan resi di SMS.
number-and-receipt-sms = No. ambil { $nomor }/{ $resi }.
numbers-only-sms = No. ambil { $nomor }.
receipts-only-sms = Resi { $resi }.
receipt-aside-sms = (resi { $resi })

notice-printed =
    Langkah 4 dari 6: { $kartu } SUDAH DICETAK
    { $resi }

    KTP-el Bapak/Ibu sudah dicetak dan akan dikirim ke { $tempat }. Mohon belum datang dulu: begitu dapat diambil, kami kabari lagi.

    { -genuine }

notice-printed-sms = { $k }: { $kartu } { $resi } sudah dicetak, akan dikirim ke { $p }. Mohon belum datang, tunggu kabar kami. GRATIS

notice-ready =
    { $kartu } SIAP DIAMBIL
    { $nomor }

    Tempat: { $tempat }
    { $panggil }
    Waktu: { $jam_kantor }
    Bawa: resi atau suket asli, dan KK

    Boleh diambil anggota keluarga dalam satu KK. Berhalangan? KTP-el kami simpan: tekan Hari Lain.

    { -genuine }

notice-ready-sms = { $k }: { $kartu } siap diambil di { $p } pada jam kerja. { $nomor } Bawa resi & KK. GRATIS

notice-ready-day-sms = { $k }: { $kartu } siap diambil { $kapan } di { $p }. { $nomor } Bawa resi & KK. GRATIS

pickup-day = Hari: { $kapan }

notice-reminder =
    { $kartu } MENUNGGU DIAMBIL
    { $nomor }
    { $tunggu }

    Tempat: { $tempat }
    Waktu: { $jam_kantor }
    Bawa: resi atau suket asli, dan KK; boleh keluarga satu KK

    Sakit? Mohon bantuan RT atau perangkat desa. Pemilik sudah pindah atau berpulang? Tekan Beri Tahu; kami tidak mengingatkan lagi.

    { -genuine }

waiting-days = Sudah { $lama } hari tersedia

notice-reminder-sms = { $k }: { $kartu } { $resi } belum diambil di { $p }, jam kerja. Bawa resi & KK, boleh diwakili keluarga. GRATIS

notice-ready-withdrawn =
    { $kartu } BELUM DAPAT DIAMBIL
    { $resi }

    Mohon maaf: kami sudah mengabarkan siap diambil, tetapi ternyata belum. Mohon belum datang: begitu dapat diambil, kami kabari lagi.

    { -genuine }

notice-ready-withdrawn-sms = { $k }: mohon maaf, { $kartu } { $resi } ternyata belum dapat diambil. Mohon belum datang, kami kabari lagi. GRATIS

notice-pickup-moved =
    HARI PENGAMBILAN { $kartu } BERUBAH
    { $nomor }

    Mohon maaf, pengambilan berhenti pada hari yang kami sebut. { $hari_baru }

    Tempat: { $tempat }
    Waktu: { $jam_kantor }

    { -genuine }

new-day = Hari yang baru: { $hari }.
new-day-unknown = Mohon belum datang: begitu hari yang baru diketahui, kami kabari lagi.

notice-pickup-moved-sms = { $k }: mohon maaf, pengambilan { $kartu } ditunda. { $hari_baru } { $nomor } GRATIS

new-day-sms = Hari baru: { $hari }.
new-day-unknown-sms = Mohon tunggu kabar kami.

notice-letter-ready =
    SURAT PENGGANTI SIAP DIAMBIL
    { $surat } sudah selesai.
    { $resi }

    Tempat: { $tempat }
    Waktu: { $jam_kantor }
    Bawa: resi dan KK

    { $berlaku } Mohon disimpan baik-baik, karena ditukar saat mengambil KTP-el. Urutan cetak Bapak/Ibu tidak berubah.

    { -genuine }

letter-valid-until = Surat berlaku sampai { $berlaku }.

notice-letter-ready-sms = { $k }: { $surat } { $resi } siap diambil di { $p } pada jam kerja. Bawa resi & KK. GRATIS

notice-letter-expiring =
    MASA BERLAKU SURAT PENGGANTI HAMPIR HABIS
    { $surat } berlaku sampai { $berlaku }. Bila KTP-el belum Bapak/Ibu terima, surat dapat diperpanjang.
    { $resi }

    Tempat: { $tempat }
    Waktu: { $jam_kantor }
    Bawa: surat itu, resi, dan KK

    Urutan cetak Bapak/Ibu tidak berubah.

    { -genuine }

notice-letter-expiring-sms = { $k }: { $surat } { $resi } berlaku s.d. { $t }. Dapat diperpanjang di { $p }: bawa surat, resi, KK. GRATIS

notice-needs-officer =
    { $kartu } PERLU BANTUAN PETUGAS
    { $resi }

    Ada hal yang perlu diperiksa petugas sebelum KTP-el dapat dicetak. Hal ini dapat diselesaikan. Mohon JANGAN merekam ulang sebelum bertemu petugas.

    Pemilik data mohon datang sendiri ke { $kantor }, { $jam_kantor }. Bawa KK asli dan resi atau suket.

    { -genuine }

notice-needs-officer-sms = { $k }: { $kartu } { $resi } perlu bantuan petugas. Mohon pemilik datang ke kantor Dukcapil, bawa resi & KK, jangan rekam ulang. GRATIS

notice-suspension-start =
    PEMBERITAHUAN GANGGUAN LAYANAN
    Karena { $sebab }, sejak { $mulai }:

    Berhenti sementara: { $henti }.
    { $buka }
    { $pulih }

    Bapak/Ibu belum perlu datang untuk layanan itu. Urutan antrean tidak berubah.

    Mohon maaf atas ketidaknyamanan ini. { -no-fast-lane }

    { $kantor }

still-open = Tetap buka: { $buka }.
next-word-on = Perkiraan pulih: { $pulih }. Hari itu kami kabari lagi, pulih atau belum.
next-word-unknown = Perkiraan pulih belum diketahui. Begitu ada kepastian, kami kabari lagi.

notice-suspension-start-sms = { $k }: layanan KTP-el berhenti sejak { $t }: { $henti } ({ $sebab }). { $buka } Mohon tunggu kabar { $u }. GRATIS

still-open-sms = Buka: { $buka }.
rest-open-sms = Lainnya buka.
our-word-sms = kami

notice-suspension-moved =
    KABAR GANGGUAN LAYANAN
    Mohon maaf, { $henti } belum dapat berjalan kembali karena { $sebab }.

    { $pulih }
    { $buka }

    Bapak/Ibu belum perlu datang untuk layanan yang berhenti. Urutan antrean tidak berubah. Terima kasih atas kesabarannya.

    { -no-fast-lane }

    { $kantor }

new-end = Perkiraan baru: { $baru } { $semula }. Hari itu kami kabari lagi.
new-end-unknown = Perkiraan pulih belum diketahui { $semula }. Begitu ada kepastian, kami kabari lagi.
was-expected = (semula { $semula })

notice-suspension-moved-sms = { $k }: layanan KTP-el belum pulih: { $henti }. { $pulih } { $semula }. Belum perlu datang. GRATIS

new-end-sms = Perkiraan { $u }
new-end-unknown-sms = Perkiraan belum diketahui

notice-resumed =
    LAYANAN BERJALAN KEMBALI
    Mulai { $mulai }, layanan berikut berjalan lagi: { $henti }.

    Berkas kami kerjakan menurut urutan semula. Mohon tidak datang bersamaan: bila KTP-el sudah siap, Bapak/Ibu kami kabari.

    Terima kasih atas kesabaran Bapak/Ibu. { -no-fast-lane }

    { $kantor }

notice-resumed-sms = { $k }: layanan KTP-el buka lagi { $u }: { $henti }. Urutan tetap. Mohon tunggu kabar pengambilan. GRATIS

notice-registered =
    TERDAFTAR UNTUK DIKABARI
    { $resi }

    Akun Telegram ini didaftarkan untuk kabar { $kartu }, surat pengganti, dan gangguan layanan.

    Bukan Bapak/Ibu yang mendaftar? Tekan Bukan Saya, atau lapor ke { $lapor }. Berubah pikiran? Ketik /berhenti.

    { -genuine }

notice-registered-sms = { $k }: nomor ini didaftarkan untuk kabar KTP-el. Kami tak pernah meminta data/uang atau mengirim tautan. Bukan Anda? Lapor ke { $lapor }. GRATIS

## Daftar kunjungan: untuk perangkat desa, di atas kertas

visit-ready = KTP-el siap diambil
visit-pickup-moved = Hari pengambilan KTP-el berubah
visit-letter-ready = Surat pengganti siap diambil
visit-needs-officer = Perlu datang ke petugas Dukcapil

## Daftar di atas kertas yang menyertai kotak KTP-el, untuk petugas di tempat pengambilan

box-list-title = DAFTAR KTP-el DALAM KOTAK { $kotak }
box-list-place = Tempat pengambilan: { $tempat }
box-list-sent = Dikirim { $tanggal }, jumlah { $jumlah } keping
box-list-number = No. ambil
box-list-name = Nama
box-list-signature = Diambil tanggal, tanda tangan
box-list-page = Halaman
box-list-advice = Mohon cocokkan isi kotak dengan daftar ini dan laporkan nomor yang tidak ada. Serahkan kepada pemilik atau anggota keluarga dalam satu KK; suket ditarik kembali. Daftar ini memuat nama warga: jangan difoto, ditempel, atau dibagikan. Pengambilan GRATIS.

## Untuk petugas yang mengurus layanan ini (KABAR_OPERATORS), bukan untuk warga

operators-week =
    KABAR KTP: LAPORAN MINGGUAN
    { $kantor }

    { $impor }
    { $cadangan }
    { $ruang }
    { $sms }

    Perlu dilihat:
    { $perlu }

    Selengkapnya: kabar doctor

operators-import = Impor terakhir: { $kapan }, data per { $data }: { $baris } baris, { $pindah } kartu berubah tahap.
operators-import-never = Impor terakhir: belum pernah.
operators-backup = Cadangan terakhir: { $kapan }.
operators-backup-never = Cadangan terakhir: BELUM PERNAH. Mohon atur KABAR_BACKUP_FOLDER.
operators-disk = Ruang disk: { $mb } MB kosong.
operators-sms = SMS 7 hari terakhir: { $n } dari paling banyak { $batas }.
operators-moment = { $tanggal } pukul { $pukul }

operators-nothing = - tidak ada; semua berjalan baik
operators-waiting = - { $n } pemberitahuan masih menunggu dikirim
operators-unreachable = - { $n } warga tidak terjangkau dalam 7 hari terakhir
operators-in-doubt = - { $n } pemberitahuan dalam 7 hari terakhir tidak pasti sampai
operators-set-aside = - { $n } pesan warga gagal ditangani
operators-desk = - { $n } hal menunggu petugas loket
operators-halted = - saluran berhenti: { $saluran }
operators-overdue = - { $n } gangguan melewati perkiraan pulih: nomor { $nomor }

operators-stopped =
    SALURAN BERHENTI: { $saluran }
    Penyedia menolak pengaturan kita (kode { $kode }). Pemberitahuan tetap tersimpan dan menunggu; tidak ada yang hilang.

    { $petunjuk }
    Sistem mencoba sendiri tiap menit. Lihat juga: kabar doctor
operators-stopped-sms = { $k }: bot { $saluran } berhenti, warga tidak dijawab. Pemberitahuan menunggu. Mohon periksa di server: kabar doctor
operators-goes-on = SALURAN PULIH: { $saluran }. Yang menunggu sedang dikirim.

operators-not-mine = Seorang penerima menekan Bukan Saya di bawah pemberitahuan kami, jadi alamatnya sudah ditutup. Mohon diperiksa di loket: nomor { $nomor } pada kabar desk.

operators-promised =
    PENGINGAT GANGGUAN LAYANAN
    Menurut perkiraan, gangguan nomor { $nomor } ({ $henti }) pulih hari ini, dan warga diberi tahu bahwa hari ini ada kabar.

    Sudah pulih? kabar resume { $nomor }
    Belum? Mohon putuskan perkiraan baru dan kabari warga.

## Angka: paragraf untuk wartawan, pesan /angka untuk petugas, dan grafik

figures-sum = Data per { $data }.
figures-in-district = di Kecamatan { $kecamatan }
figures-in-village = di { $nama }, Kecamatan { $kecamatan }
figures-waiting = Di { $wilayah }, { $n } warga sudah merekam dan masih menunggu KTP-el.
figures-blanks = Sejak { $sejak } kantor menerima { $masuk } keping blangko dan mencetak { $cetak } KTP-el.
figures-printed = Sejak { $sejak } kantor mencetak { $cetak } KTP-el.
figures-pace = Pada hari kerja biasa tercetak { $kurang } sampai { $lebih } KTP-el sehari.
figures-pace-even = Pada hari kerja biasa tercetak { $lebih } KTP-el sehari.
figures-letters = Sejak { $sejak } diterbitkan { $n } surat keterangan pengganti KTP-el.
figures-stopped = Sejak { $sejak } layanan { $henti } { $di } berhenti karena { $sebab }.
figures-beyond = Blangko tersisa { $sisa } keping, sehingga { $n } warga masih harus menunggu blangko berikutnya.
figures-beyond-all = Blangko habis, sehingga { $n } warga masih harus menunggu blangko berikutnya.

figures-today =
    ANGKA { $tanggal }
    { $kantor }

    { $cacah }

    { $henti }

    Data per { $data }.
figures-line-waiting = Menunggu KTP-el: { $n }
figures-line-queue = Di antaranya siap dicetak: { $n }
figures-line-printed = Dicetak hari ini: { $n }
figures-line-pace = Biasanya sehari: { $kurang } sampai { $lebih }
figures-line-stock = Stok blangko: { $n }
figures-line-way = Dicetak, belum diserahkan: { $n }
figures-line-unclaimed = Belum diambil lebih dari 30 hari: { $n }
figures-line-late = Kotak terlambat tiba: { $n }
figures-line-letters = Suket diterbitkan: { $n }
figures-line-stopped = BERHENTI: { $henti } { $di } sejak { $sejak }, { $sebab }

stage-RECORDED = Direkam
stage-AT_CENTRE = Di pusat
stage-NEEDS_OFFICER = Perlu petugas
stage-PRINT_READY = Siap dicetak
stage-PRINTED = Dicetak
stage-SHIPPED = Dikirim
stage-READY_FOR_PICKUP = Siap diambil

chart-stages = KTP-el yang belum diserahkan, per kecamatan
chart-output = KTP-el yang dicetak tiap hari
chart-waiting = Warga yang menunggu KTP-el
chart-not-printed = menunggu dicetak
chart-on-the-way = sudah dicetak, belum diserahkan
chart-printing-stopped = cetak berhenti
chart-centre-stopped = kiriman ke pusat berhenti
chart-cards = jumlah KTP-el
chart-elsewhere = Luar wilayah
chart-source = { $kantor }. Data per { $data }.
