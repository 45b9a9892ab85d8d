### The call as an official makes it in the chat: short screens, counts and pickup numbers, never a name or a NIK.

call-nobody =
    { $tempat }

    Tidak ada kartu yang menunggu panggilan di sini.
call-no-point = Belum ada kartu yang menunggu di wilayah tugas Anda. Begitu ada kiriman yang diterima, warga dapat dipanggil di sini.
call-waiting =
    PANGGIL WARGA
    { $tempat }

    { $kartu } kartu menunggu { $lama }.
call-waiting-long = ({ $n } lebih dari 30 hari)
call-ask-day =
    Mulai hari apa warga dipanggil?

    Tekan harinya, atau ketik, misalnya: Kamis 8-12, besok 08.00-11.30, atau 12/10 8-12
call-ask-hours =
    Mulai { $hari }. Pukul berapa?

    Tekan jamnya, atau ketik, misalnya: 8-12
    { $jumat }
call-friday = Hari Jumat selalu berakhir pukul 11.30.
call-ask-place =
    { $hari }, { $jam }.

    Di mana? Tekan tempatnya, atau ketik tempat lain, paling panjang 40 huruf, misalnya: Balai RW 3 Dusun Krajan
call-ask-people =
    { $tempat }

    Berapa orang sehari? { $kartu } kartu menunggu; yang paling lama menunggu dipanggil lebih dulu, sekeluarga satu HP pada hari yang sama.

    Tekan jumlahnya, atau ketik angka, misalnya: 75
call-unread-when =
    Maaf, hari atau jam itu belum dapat kami baca. Ketik misalnya: Kamis 8-12, besok 08.00-11.30, atau 12/10 8-12
call-unread-hours = Maaf, jam itu belum dapat kami baca. Ketik misalnya: 8-12, atau 08.00-11.30
call-unread-people = Maaf, kami perlu satu angka dari 1 sampai { $batas }. Ketik misalnya: 75
call-button-all-at-once = Semua ({ $n })
call-button-send = Kirim
call-button-send-change = Kirim perubahan
call-button-day = Ubah hari
call-button-hours = Ubah jam
call-button-place = Ubah tempat
call-button-people = Ubah jumlah
call-button-stop = Batal
call-stopped = Baik, tidak jadi. Tidak ada yang dikirim.
call-preview-new = PERIKSA DULU: belum ada yang dikirim.
call-preview-change = UBAH PANGGILAN: belum ada yang berubah.
call-preview-terms =
    { $tempat }
    { $jam }, paling banyak { $perhari } orang sehari
    Dipanggil: { $orang } orang dalam { $lama } hari
call-day-line = { $hari }: { $n } orang
call-day-line-hours = { $hari }: { $n } orang ({ $jam })
call-more-days = … dan { $n } hari lagi, sampai { $hari }
call-channels =
    Lewat Telegram: { $telegram } pesan
    Lewat SMS: { $sms } pesan { $biaya }
    Tidak terjangkau: { $tanpa } orang
call-channels-change =
    Paling banyak lewat Telegram: { $telegram } pesan
    Paling banyak lewat SMS: { $sms } pesan { $biaya }
    Tidak terjangkau: { $tanpa } orang
call-sms-cost = = { $n } SMS, sekitar Rp { $rupiah }
call-sms-in-place = Bila Telegram tidak menerima pesannya (misalnya diblokir), dikirim SMS: paling banyak { $n } lagi
call-unreachable-note = Yang tidak terjangkau tetap mendapat hari; nomornya ada di Siapa terjangkau, agar dapat didatangi atau dititipi kabar.
call-when-told = Warga dikabari pukul 15.00-17.30, satu hari kerja sebelum harinya. Yang sudah diambil tidak dikabari.
call-when-told-change = Yang sudah dikabari hanya dikabari lagi bila jadwalnya berubah.
call-exact-telegram = BUNYI DI TELEGRAM (contoh terpanjang):
call-exact-sms = BUNYI SMS (contoh terpanjang, { $n } dari 160 huruf):
call-cannot-send = Belum dapat dikirim; ubah dulu dengan tombol di bawah:
call-problem-past = Hari itu sudah lewat. Yang paling dekat: { $hari }.
call-problem-closed = Hari itu libur atau tidak ada pelayanan. Yang paling dekat: { $hari }.
call-problem-too-late = Untuk hari itu warga tidak sempat dikabari lagi. Yang paling dekat: { $hari }.
call-problem-stopped = Pengambilan sedang dihentikan pada hari itu. Panggil lagi sesudah layanan pulih.
call-problem-nobody = Tidak ada lagi kartu yang menunggu panggilan.
call-problem-per-day = Jumlah orang sehari belum cocok.
call-problem-hours = Pada jam itu tidak ada yang dapat dilayani; hari Jumat berakhir pukul 11.30.
call-problem-place-long = Nama tempat terlalu panjang untuk SMS. Ketik lagi, paling panjang 40 huruf.
call-problem-place-signs = Nama tempat memuat tanda yang tidak dapat dikirim lewat SMS. Ketik lagi dengan huruf biasa.
call-problem-place-fraud = Nama tempat mirip tautan atau NIK, dan dapat disangka penipuan. Ketik nama tempatnya saja.
call-other-first = Petugas lain sudah lebih dulu memanggil di sini. Ini panggilannya.
call-being-called-off = Panggilan sebelumnya masih sedang dibatalkan. Silakan tekan Kirim lagi sebentar lagi.
call-gone = Panggilan itu sudah selesai atau dibatalkan, jadi tidak dapat diubah. Untuk memanggil lagi: /petugas
call-heading =
    PANGGILAN WARGA
    { $tempat }
    { $jadwal }, { $jam }, { $perhari } orang sehari
call-cancel-note = Yang sudah dikabari akan kami beri tahu bahwa jadwalnya tidak berlaku lagi. Semua kartunya menunggu panggilan yang baru.
call-button-change = Ubah panggilan
call-button-copy-group = Salin untuk grup WA
call-button-copy-speaker = Salin untuk pengeras suara
call-automatic =
    PANGGILAN OTOMATIS

    Kartu di { $tempat } sudah lama menunggu dan belum ada panggilan, jadi sistem memanggil { $orang } orang:
    { $jadwal }, { $jam }, { $perhari } orang sehari

    Bila perlu diubah atau dibatalkan, tekan tombol di bawah.
call-button-show = Lihat panggilan

## Teks untuk disalin

copy-group =
    PENGAMBILAN KTP-el
    { $tempat }

    { $n } KTP-el sudah siap diambil:
copy-group-more =
    Yang mendapat giliran dikabari lewat Telegram atau SMS satu hari kerja sebelumnya, pukul 15.00-17.30. Belum dikabari padahal merasa siap? Tanyakan di tempat pengambilan{ $bot }.

    Bawa: resi atau suket asli, dan KK. Boleh diambil anggota keluarga dalam satu KK.

    GRATIS, tanpa perantara. Kami tidak pernah meminta data, uang, atau mengirim tautan.
    { $kantor }
copy-bot = , atau cek lewat Telegram: cari @{ $bot }
copy-speaker =
    Pengumuman dari { $kantor }.

    Kepada seluruh warga, diberitahukan bahwa { $n } KTP elektronik sudah siap diambil di { $tempat }.

    Waktunya: { $jadwal }, pukul { $jam }. { $jumat }

    Warga yang mendapat giliran dikabari lewat Telegram atau SMS sehari sebelumnya. Yang belum dikabari dapat bertanya di tempat pengambilan.

    Mohon membawa resi atau surat keterangan asli, dan Kartu Keluarga. Boleh diambil anggota keluarga dalam satu Kartu Keluarga.

    Pengambilan ini GRATIS, tidak dipungut biaya, dan tidak perlu perantara. Terima kasih.
copy-until = sampai
copy-one-day = { $hari }
copy-days = { $hari } sampai { $akhir }

## Siapa terjangkau

reached-no-call = Belum ada panggilan di { $tempat }.
reached-counts =
    SIAPA TERJANGKAU
    { $tempat }
    { $jadwal }

    Dikabari, tanda terima ada: { $tiba }
    Dikabari, tanpa tanda terima: { $sudah }
    Menekan Saya Datang: { $datang }
    Menekan Hari Lain: { $lain }
    Menunggu dikabari: { $tunggu }
    Gagal: { $gagal }
reached-why = - { $sebab }: { $n }
reached-unreachable = Tanpa HP atau akun: { $n }
reached-why-number = nomor HP salah atau tidak dapat menerima SMS
reached-why-blocked = penerima menolak atau memblokir pesan
reached-why-account = akun Telegram tidak ditemukan
reached-why-late = tidak sempat dikabari pada waktunya
reached-why-cancelled = panggilan dibatalkan
reached-why-trial = masa uji coba, tidak dikirim
reached-why-other = ditolak operator; kantor sudah diberi tahu
reached-numbers-heading = BELUM TERJANGKAU (nomor ambil):
reached-numbers = { $hari }: { $nomor }
reached-numbers-no-day = Belum ada hari: { $nomor }
reached-more = … dan { $n } nomor lagi
reached-all = Tidak ada yang perlu didatangi.
reached-button-again = Kabari lagi yang belum terjangkau
reached-again-sure =
    Kabari lagi { $n } orang yang belum terjangkau?

    Hanya mereka yang kini punya nomor HP atau akun yang dikirimi pesan. Yang sudah dikabari tidak dikabari lagi.
reached-button-again-yes = Ya, kabari lagi
reached-button-again-no = Tidak jadi
reached-again-done = { $n } orang akan dikabari lagi. Yang lain tetap perlu didatangi atau dititipi kabar.
reached-again-nobody = Tidak ada lagi yang dapat dikabari: yang punya nomor HP atau akun sudah menunggu gilirannya. Yang lain perlu didaftarkan nomornya lewat Bantu warga, atau didatangi.
reached-again-not = Baik, tidak ada yang dikirim.
