### Announcements in four fixed forms, and what officials read on the way to one or to a suspension.

notice-announcement =
    PENGUMUMAN LAYANAN KTP-EL
    Untuk warga { $warga }.

    { $isi }

    { -genuine }

    { $kantor }

notice-announcement-sms = { $k }: { $isi } GRATIS

region-desa = Desa { $nama }, Kec. { $kecamatan }
region-desa-short = Desa { $nama }
region-kelurahan = Kelurahan { $nama }, Kec. { $kecamatan }
region-kelurahan-short = Kel. { $nama }
region-desa-adat = Desa Adat { $nama }, Kec. { $kecamatan }
region-desa-adat-short = Desa Adat { $nama }
region-district = Kecamatan { $kecamatan }
region-district-short = Kec. { $kecamatan }

announcement-hours-changed = Mulai { $hari }, jam layanan KTP-el berubah: pukul { $jam }.
announcement-hours-changed-sms = pengumuman { $dekat }: mulai { $hari } layanan KTP-el pukul { $jam }.
announcement-place-changed = Mulai { $hari }, tempat pengambilan KTP-el pindah ke: { $di }.
announcement-place-changed-sms = pengumuman { $dekat }: mulai { $hari } KTP-el diambil di { $di }.
announcement-service-day =
    Layanan KTP-el datang ke tempat Bapak/Ibu: { $layanan }.
    { $hari }, pukul { $jam }.
    Tempat: { $di }.
announcement-service-day-sms = pengumuman { $dekat }: { $hari } { $jam } di { $di }: { $layanan }.
announcement-general-reminder = Sebagian KTP-el sudah siap dan menunggu diambil. Bila sudah dikabari siap, silakan datang membawa resi dan KK.
announcement-general-reminder-sms = pengumuman { $dekat }: bila KTP-el sudah dikabari siap, silakan diambil. Bawa resi dan KK.
announcement-near-sms = { $warga }

form-which = Pengumuman apa? Isinya tetap, tinggal diisi hari, jam, dan tempat.
form-hours-changed = Jam berubah
form-place-changed = Tempat berubah
form-service-day = Hari layanan di desa
form-general-reminder = Ingatkan ambil KTP-el
field-day = Hari apa? Tekan tombol, atau ketik tanggal, misalnya 29/12.
field-hours = Pukul berapa? Tekan tombol, atau ketik, misalnya 8-12.
field-place = Di mana? Tekan tombol, atau ketik nama tempat, paling panjang 40 huruf.
field-services = Layanan apa saja? Tekan untuk memilih, lalu Lanjut.
field-day-wrong = Tanggal belum terbaca, sudah lewat, atau lebih dari 60 hari lagi. Ketik misalnya 29/12.
field-hours-wrong = Jam belum terbaca. Ketik misalnya 8-12 atau 08.30-14.00.
field-services-none = Pilih paling sedikit satu, lalu Lanjut.
place-fault-empty = Nama tempat belum diketik.
place-fault-long = Nama tempat terlalu panjang. Paling panjang 40 huruf.
place-fault-link = Nama tempat tidak boleh memuat tautan, dan beri spasi sesudah titik.
place-fault-number = Nama tempat tidak boleh memuat nomor telepon atau angka panjang.
place-fault-letters = Ketik nama tempat dengan huruf.
place-fault-signs = Ada tanda yang tidak bisa dikirim lewat SMS. Tulis dengan huruf biasa.
button-next = Lanjut
button-whole-region = Semua { $warga }
region-which = Untuk warga mana?

telling-preview = Begini isinya:
telling-preview-sms = Lewat SMS:
telling-counts = Dikabari: { $orang } orang. Lewat Telegram: { $telegram }. Tidak terjangkau: { $tidak }.
telling-sms = SMS: { $n }, satu SMS seorang.
telling-cost = Biaya SMS sekitar { $biaya }.
telling-needs-office = Sesudah dikirim, menunggu persetujuan kantor.
telling-needs-second = Banyak orang: petugas kedua dari kantor harus setuju dahulu.
telling-nobody = Belum ada warga yang bisa dikabari. Tidak ada yang dikirim.
telling-sent = Terkirim ke antrean: { $orang } orang segera dikabari.
telling-about-announcement = Pengumuman: { $bentuk }
telling-about-suspension-start = Kabar gangguan: { $henti }
telling-about-suspension-moved = Perkiraan pulih berubah: { $henti }
telling-about-resumed = Layanan pulih: { $henti }
telling-asks = Usulan nomor { $nomor } untuk { $orang } orang menunggu persetujuan. Hasilnya kami kabari di sini.
telling-too-many = Pengumuman untuk wilayah ini sudah cukup minggu ini. Bisa lagi { $kapan }.
telling-too-many-ever = Pengumuman tidak dipakai di kantor ini.
telling-withdrawn = Usulan ditarik. Tidak ada yang dikirim.
button-send-now = Kirim sekarang
button-ask-agree = Minta persetujuan
button-with-sms = Tambah SMS
button-without-sms = Tanpa SMS
button-withdraw = Tarik usulan

agree-none = Tidak ada usulan yang menunggu persetujuan.
agree-asked = Usulan nomor { $nomor } untuk { $orang } orang, { $warga }. Begini isinya:
button-agree = Setuju, kirim
button-refuse = Tolak
button-alone = Kirim tanpa petugas kedua
agree-done = Disetujui. Segera dikirim.
agree-refused = Ditolak. Tidak ada yang dikirim.
agree-decided = Usulan ini sudah diputuskan.
agree-own = Usulan sendiri harus disetujui petugas lain.
agree-early = Belum bisa sendiri. Tunggu { $menit } menit lagi, atau minta petugas lain.
agree-gone = Pengusul bukan petugas lagi. Usulan ditarik, tidak ada yang dikirim.
agree-over = Layanan sudah pulih. Usulan ditarik, tidak ada yang dikirim.
agree-told-agreed = Usulan nomor { $nomor } disetujui dan segera dikirim.
agree-told-refused = Usulan nomor { $nomor } ditolak. Tidak ada yang dikirim.

suspending-home = Gangguan layanan. Yang sedang berhenti:
suspending-none = Tidak ada layanan yang berhenti.
suspending-standing = Nomor { $nomor }: { $henti }, { $warga }, karena { $sebab }, sejak { $mulai }. { $pulih }
button-new-stop = Gangguan baru
button-back-number = Selesai { $nomor }
button-move-number = Ubah perkiraan { $nomor }
suspending-services = Layanan apa yang berhenti? Tekan untuk memilih, lalu Lanjut.
suspending-cause = Apa sebabnya?
suspending-since = Sejak kapan?
button-since-now = Sekarang
button-since = Pukul { $pukul }
suspending-until = Kapan kira-kira pulih? Tekan tombol, atau ketik tanggal, misalnya 29/12.
button-until-unknown = Belum diketahui
suspending-new-confirm = Berhenti sejak pukul { $sejak }. Jawaban kepada warga langsung berubah.
suspending-short = Kurang dari satu hari kerja: warga tidak dikabari, hanya jawaban yang berubah.
button-stop-now = Nyatakan berhenti
suspending-done = Sudah dicatat. Jawaban kepada warga sudah berubah.
suspending-done-told = Sudah dicatat, jawaban kepada warga sudah berubah. { $orang } orang segera dikabari.
suspending-back = Layanan apa yang sudah pulih? Tekan untuk mengubah, lalu Lanjut.
suspending-back-confirm = Gangguan nomor { $nomor }, yang pulih: { $henti }.
button-back-now = Nyatakan pulih
suspending-back-done = Gangguan nomor { $nomor }: sudah dicatat pulih.
suspending-moved-done = Gangguan nomor { $nomor }: perkiraan pulih diubah.
suspending-changed = Gangguan ini sudah berubah atau selesai. Tidak ada yang diubah.
suspending-move = Perkiraan pulih yang baru? Tekan hari: warga yang sudah dikabari langsung diberi tahu.
telling-will-hear = Yang dikabari: { $orang } orang.
