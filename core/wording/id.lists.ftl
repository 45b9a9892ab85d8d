### Lists that an office official sends in the chat: counts and reasons, never what stands in a row.

list-home =
    Kirim berkasnya ke sini: XLSX, XLS, ODS, CSV, atau halaman web SIAK, paling besar 20 MB. Jenisnya dikenali dari judul kolom:

    - ekspor KTP-el: NIK, NAMA, DESA, STATUS
    - kedatangan: yang tiba di tempat ambil
    - serah terima: yang sudah diambil
    - surat: suket dan biodata
    - blangko: terima, rusak, cetak

    Kami tunjukkan dulu apa yang akan berubah; tanpa tekan Impor tidak ada yang diubah. Karena berisi NIK, berkas kami hapus dari percakapan begitu dibaca.

    Contoh kosong: tekan jenisnya.
list-kind-cards = Ekspor KTP-el
list-kind-arrivals = Kedatangan
list-kind-handovers = Serah terima
list-kind-letters = Surat
list-kind-blanks = Blangko
list-template-caption = Contoh kosong: { $jenis }. Isi lembar Data, lalu kirim ke sini.

list-being-read = Berkas diterima dan sedang dibaca. Belum ada yang diubah. Karena berisi NIK, berkas itu kami hapus dari percakapan ini begitu dibaca.
list-too-large = Berkas itu lebih besar dari 20 MB, batas Telegram. Simpan sebagai XLSX tanpa gambar, atau bagi menjadi beberapa berkas. Operator juga dapat mengimpornya di komputer kantor.
list-which-kind = Daftar apa yang Anda kirim? Kolomnya cocok untuk lebih dari satu jenis, atau belum jelas.

list-plan =
    { $jenis }: hasil pembacaan
    { $data }

    { $cacah }
    { $tolak }

    { $kabar }

    Belum ada yang diubah. Diimpor?
list-plan-nothing =
    { $jenis }: tidak ada baris yang dapat diambil, jadi tidak ada yang diubah.

    { $tolak }

    Perbaiki berkasnya, lalu kirim lagi.
list-done =
    { $jenis }: selesai diimpor.

    { $cacah }
    { $tolak }

    { $kabar }
list-data = Data per { $tanggal }.
list-data-assumed = Judulnya tidak menyebut tanggal, jadi dianggap data hari ini, { $tanggal }. Bila lebih lama, JANGAN diimpor: tulis PER dan tanggalnya di atas tabel, lalu kirim lagi.

list-does-new = Baru bagi kami: { $n }
list-does-reissued = KTP-el baru dari warga yang dikenal: { $n }
list-does-moved = Pindah tahap: { $n }
list-does-noted = Status dicatat, tahap tetap: { $n }
list-does-corrected = Data lain dibetulkan: { $n }
list-does-unchanged = Sama dengan data kami: { $n }
list-does-older = Lebih lama dari data kami: { $n }
list-does-taken = Dikerjakan: { $n }
list-does-over = Sudah berakhir sebelumnya: { $n }
list-does-refused-meanwhile = Berubah sementara dibaca, tidak diambil: { $n }
list-refused = Ditolak: { $n } baris. Nomor baris dan alasannya ada di berkas baris-ditolak.csv.
list-refused-sort = { $n } baris, { $kolom }: { $alasan }
list-whole-row = baris itu

list-tells = Akan dikabari: { $n } orang, yaitu { $telegram } lewat Telegram dan { $sms } lewat SMS. Tidak terjangkau: { $tanpa }.
list-told = Dikabari: { $n } orang, yaitu { $telegram } lewat Telegram dan { $sms } lewat SMS. Tidak terjangkau: { $tanpa }.
list-sms-cost = Biaya SMS sekitar { $biaya }.
list-tells-nobody = Tidak ada warga yang akan dikabari.
list-told-nobody = Tidak ada warga yang dikabari.
list-quiet = Sesuai pilihan Anda, tidak ada warga yang dikabari.

button-list-take = Impor
button-list-quiet = Impor, jangan kabari
button-list-drop = Jangan
list-taking = Sedang diimpor: { $n } dari { $dari } baris. Boleh ditinggal; hasilnya dikirim ke sini.
list-taken = Impor selesai; hasilnya di bawah.
list-dropped = Baik, daftar itu tidak diimpor dan sudah kami hapus. Tidak ada yang diubah.
list-over = Daftar ini sudah diputuskan atau sudah lama. Bila perlu, kirim lagi berkasnya.
list-expired = Daftar yang Anda kirim belum diputuskan selama sehari, jadi kami hapus. Tidak ada yang diubah; bila masih perlu, kirim lagi.
list-refused-caption = Baris yang ditolak: nomor baris, kolom, dan alasannya. Perbaiki di berkas Anda, lalu kirim lagi.

list-unreadable = Berkas itu tidak dapat diimpor: { $sebab }. Berkasnya sudah kami hapus.
list-stopped = Impor itu terhenti: { $sebab }. Yang sudah diambil tetap; baris lain tidak diubah.
list-fault-damaged = berkas rusak atau tidak utuh; simpan lagi sebagai XLSX, lalu kirim ulang
list-fault-locked = berkas memakai kata sandi; simpan tanpa kata sandi, lalu kirim ulang
list-fault-columns = judul kolom yang wajib tidak ditemukan; samakan dengan contoh di Impor daftar
list-fault-sheets = daftar ada di lebih dari satu lembar, atau di lembar tersembunyi; sisakan satu lembar saja
list-fault-empty = isinya kosong; ekspor atau isi dulu
list-fault-format = bukan lembar kerja atau teks yang kami kenal; simpan sebagai XLSX, lalu kirim ulang
list-fault-huge = jumlah selnya jauh melebihi daftar biasa; salin tabelnya saja ke buku kerja baru
list-fault-foreign = daftar itu tampaknya milik kabupaten atau kota lain
list-fault-future = tanggal di judulnya belum tiba; betulkan tanggal itu
list-fault-gone = Telegram tidak lagi menyimpan berkas itu; kirim ulang
list-fault-changed = isinya bukan lagi yang tadi ditunjukkan; kirim ulang
list-fault-disk = tempat penyimpanan di kantor penuh atau bermasalah; beri tahu operator
list-fault-memory = komputer kantor kehabisan memori; coba lagi nanti, atau bagi berkasnya
list-fault-unknown = ada hal yang tidak kami duga; operator dapat mencobanya dengan kabar import

list-why-nik-length = NIK tidak 16 angka
list-why-nik-lost = angka terakhir NIK hilang, karena kolomnya bilangan; ubah menjadi teks dan isi ulang
list-why-nik-wrong = angka NIK tidak masuk akal; cocokkan dengan KK
list-why-empty = wajib diisi, tetapi kosong
list-why-village = desa atau kecamatan itu tidak ada di sini, atau ada beberapa; tulis kode desanya
list-why-date = tanggal tidak terbaca; tulis seperti 05/01/2017
list-why-future = tanggalnya belum tiba
list-why-shape = jumlah sel atau tanda kutipnya tidak cocok dengan judul kolom
list-why-card = belum ada KTP-el yang dikenal dari isi baris ini
list-why-which = tidak jelas KTP-el yang mana
list-why-code = kodenya tidak terbaca atau tidak dikenal
list-why-number = angkanya tidak dapat dipakai
list-why-word = kata itu tidak dikenal di kolom ini
list-why-letter-number = nomor surat itu sudah dipakai surat orang lain
list-why-letters-stopped = layanan surat sedang dihentikan
list-why-stock = stok blangko tidak cukup untuk baris ini
list-why-other = tidak dapat diambil menurut aturan; tanyakan kepada operator

button-figures-stages = Grafik tahap
button-figures-output = Grafik cetak
button-figures-waiting = Grafik antrean
button-figures-now = Tabel sekarang
button-figures-day = Tabel hari ini
figures-coming = Sedang dibuat; dikirim ke sini sebentar lagi.
