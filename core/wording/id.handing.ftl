### What officials read when a box comes and when they hand cards over: pickup numbers, never a name or a NIK.

## A box came

in-none = Tidak ada kiriman yang sedang menuju wilayah Anda.
in-which-box = Kotak mana yang datang ke { $tempat }?
in-box-button = Kotak { $kotak }: { $jumlah } KTP-el, dikirim { $tanggal }
in-box =
    KIRIMAN: KOTAK { $kotak }
    Untuk { $tempat }
    { $jumlah } KTP-el, nomor { $nomor }
    Dikirim { $tanggal }
    { $lewat }

    Mohon cocokkan dengan daftar di dalam kotak.
    Lengkap? Tekan Semua datang.
    Ada yang kurang? Ketik nomor yang datang, misalnya: 1-60
    atau ketik yang tidak ada: semua kecuali 12, 40
in-passed = Sudah lewat kecamatan { $tanggal }
button-in-all = Semua datang
button-in-passed = Baru sampai kecamatan
in-preview =
    AKAN DICATAT: KOTAK { $kotak }
    Datang: { $datang } KTP-el
    Tidak ada: { $kurang }

    Sudah benar? Tekan Catat. Keliru? Ketik lagi nomornya.
in-missing = { $jumlah } KTP-el, nomor { $nomor }
in-missing-none = tidak ada yang kurang
button-in-note = Catat
in-noted =
    TERCATAT: KOTAK { $kotak }
    { $datang } KTP-el siap diambil di { $tempat }.
    { $kurang }
    { $lain }

    Warga belum dikabari. Lanjutkan dengan Panggil warga.
in-noted-missing = Tidak ada: { $jumlah } KTP-el, nomor { $nomor }. Kantor sudah diberi tahu.
in-elsewhere = { $jumlah } KTP-el sudah diurus sejak dikirim.
in-before = Kotak { $kotak } sudah dicatat datang { $tanggal } pukul { $jam }. Tidak ada yang berubah.
in-passed-done = Tercatat: kotak { $kotak } sampai di kecamatan dan diteruskan ke { $tempat }.
in-strange = Belum dicatat. Nomor { $nomor } tidak ada di kotak ini. Mohon periksa dan ketik lagi.
in-changed = Belum dicatat: isi kotak ini baru saja berubah. Mohon lihat lagi.
in-no-way = Belum dicatat. Untuk kiriman cukup ketik nomornya, tanpa kata lain.
in-example = semua kecuali 12, 40

## Words that were not understood

list-mistakes =
    Belum dicatat.
    { $salah }

    Contoh: { $contoh }
list-unknown = Kata "{ $kata }" tidak kami mengerti.
list-no-number = "{ $kata }" bukan nomor ambil. Nomor ambil: 1 sampai 999.
list-backwards = "{ $kata }" terbalik. Tulis yang kecil dulu.
list-no-range = "{ $kata }" belum lengkap. Tulis awal dan akhirnya, misalnya 1-60.
list-two-ways = "{ $kata }" adalah cara yang kedua. Kirim dalam dua pesan.
list-of-rt = "{ $kata }": nomor RT tidak perlu. Tulis: 147 titip RT
list-not-with-all = "{ $kata }" tidak cocok dengan yang lain. Tulis: semua kecuali 12, 40
list-nothing = Tidak ada nomor ambil dalam pesan ini.
list-long = Pesan ini terlalu panjang.

## Hand-over

hand-none = Tidak ada KTP-el yang menunggu di wilayah Anda.
hand-open =
    SERAH TERIMA di { $tempat }
    { $menunggu } KTP-el menunggu.

    Ketik nomor ambil, sebanyak yang Anda perlukan:
    147
    147 148 keluarga
    1-20

    Kata lain: diantar, titip RT, pindah, meninggal.
    Keliru? Ketik: batal 147
hand-example = 147 148 keluarga
hand-no-all = Belum dicatat. Untuk serah terima ketik nomornya, misalnya 1-20; kata "semua" tidak dipakai.
hand-done = ✓ { $nomor }: { $cara }
hand-done-many = ✓ { $jumlah } KTP-el: { $cara }. Nomor { $nomor }
hand-already = Sudah dicatat sebelumnya: { $nomor }
hand-on-way = Masih dalam kiriman, tekan Terima kiriman dulu: { $nomor }
hand-unknown = Tidak ada di sini: { $nomor }
hand-confirm =
    { $jumlah } KTP-el: { $nomor }
    { $cara }

    Catat sekarang?
hand-confirm-close =
    { $nomor }: { $cara }

    KTP-el ditutup, dan tidak ada yang dikabari. Catat sekarang?
button-hand-note = Ya, catat
button-undo = Batalkan
button-hand-end = Selesai
button-hand-record = Berita acara hari ini
hand-back = Dibatalkan, menunggu lagi: { $nomor }
hand-new-number = Nomor { $lama } sudah dipakai orang lain; sekarang nomornya { $baru }.
hand-gone = Sudah dibatalkan atau berubah sebelumnya: { $nomor }
hand-late = Sudah lewat 10 menit, mohon hubungi kantor: { $nomor }
hand-never = Tidak ada serah terima yang bisa dibatalkan: { $nomor }
press-undo-late = Sudah lewat 10 menit. Mohon hubungi kantor.
press-undo-gone = Sudah dibatalkan sebelumnya.
press-noted = Sudah dicatat.
press-record-none = Hari ini belum ada serah terima.
hand-end =
    SERAH TERIMA SELESAI
    { $tempat }, hari ini { $jumlah } KTP-el.
    { $rincian }
hand-way-count = { $jumlah } { $cara }
hand-record-caption = Berita acara serah terima { $tempat }, { $tanggal }. Mohon dicetak dan ditandatangani.
hand-idle = { $nomor } belum dicatat: serah terima sudah ditutup. Buka lagi di { $tempat } dan catat?
button-hand-again = Ya, buka dan catat
taken-self = diambil sendiri
taken-family = diambil keluarga
taken-brought-home = diantar ke rumah
taken-left-with-rt = dititipkan ke RT
taken-moved = ditutup karena pindah
taken-died = ditutup karena meninggal
taken-withdrawn = ditutup karena ditarik
taken-unsaid = cara tidak dicatat

## The record of hand-over, on paper

record-title = BERITA ACARA SERAH TERIMA KTP-el
record-place = Tempat: { $tempat }
record-day = Hari, tanggal: { $tanggal }
record-number = No. ambil
record-time = Pukul
record-way = Cara
record-by = Petugas
record-official = petugas { $nomor }
record-office = kantor
record-count = Jumlah { $jumlah } KTP-el:
record-words = Pada hari ini KTP-el dengan nomor ambil di atas telah diserahkan kepada yang berhak, atau ditutup, seperti tercatat. Pengambilan tidak dipungut biaya.
record-gave = Yang menyerahkan
record-knew = Mengetahui
record-empty = Pada hari ini tidak ada serah terima.
record-page = Halaman

## Operators

operators-box-missing = KOTAK { $kotak } ke { $tempat } sudah datang, tetapi { $jumlah } KTP-el tidak ada di dalamnya: nomor { $nomor }. Mohon dicari; lihat juga: kabar desk
