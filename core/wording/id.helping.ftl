### An official helps a neighbour: what she reads of somebody else's card, and reads to her.

help-whom = Ketik NIK atau kode resi warga yang bertanya, satu saja. Hanya warga di wilayah Anda; setiap pencarian dicatat. Ketikan itu kami hapus dari percakapan dalam satu jam.
help-one-only = Mohon satu NIK saja dalam satu pesan.
help-mistyped = Itu belum terbaca sebagai NIK (16 angka) atau kode resi. Cocokkan dengan KK atau resinya, lalu ketik lagi.
help-not-found = Tidak ditemukan di wilayah Anda. Cocokkan lagi dengan KK; sebelum KTP-el dicetak, pakai NIK, bukan resi. Bila tetap tidak ditemukan, silakan tanyakan ke { $kantor }.
help-too-many = Pencarian hari ini sudah mencapai batas, { $n } warga. Besok dapat dilanjutkan; bila mendesak, hubungi { $kantor }.
help-addresses = Untuk petugas: sudah ada { $n } alamat (HP atau Telegram) yang akan dikabari. Warga lain? Ketik NIK berikutnya.
help-no-address = Untuk petugas: belum ada alamat yang dapat dikabari. Tekan tombol di bawah untuk mendaftarkan HP-nya.
button-help-phone = Daftarkan nomor HP
help-phone = Ketik nomor HP warga itu atau keluarganya, misalnya 0812-0000-0001. Jangan nomor petugas.
help-own-phone = Itu nomor Anda sendiri. Ketik nomor HP warga itu atau keluarganya.
help-phone-mistyped = Itu belum terbaca sebagai nomor HP Indonesia. Ketik lagi, misalnya 0812-0000-0001.
help-consent =
    Nomor { $nomor }. Bacakan kepada warga:

    "Nomor HP ini kami simpan untuk satu resi KTP-el. Gunanya hanya kabar KTP-el, surat pengganti, dan gangguan layanan, lewat SMS; tidak diberikan kepada pihak lain. Disimpan sampai { $simpan } setelah KTP-el diserahkan. Berhenti atau membetulkan kapan saja, di kantor desa atau loket. Bila belum 18 tahun, perlu persetujuan orang tua atau wali. Tidak setuju pun, pertanyaan tetap kami jawab. GRATIS."

    Tekan hanya bila warga sendiri setuju.
button-help-agreed = Warga setuju
button-help-next = Warga berikutnya
help-added = Terdaftar. Nomor itu menerima SMS pemberitahuan, lalu kabar KTP-el-nya.
help-already = Nomor itu sudah terdaftar untuk warga ini. Tidak ada yang perlu dilakukan.
help-crowded = Nomor itu sudah terdaftar pada enam warga, jadi tidak dapat ditambah. Mintalah nomor keluarga itu sendiri.
help-not-now = Warga itu tidak dapat didaftarkan lagi: KTP-el sudah diserahkan, atau wilayahnya berubah.
