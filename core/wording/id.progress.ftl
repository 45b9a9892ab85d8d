### How far something is that many are told: one message in an official's chat, which edits itself.

progress-counts =
    { $bilah } { $persen } %
    Sudah dikabari: { $sudah }
    Menunggu dikabari: { $tunggu }
    Tidak terjangkau: { $gagal }
    { $gugur }
    { $uji }
progress-counts-cancelled = Sudah dikabari sebelumnya: { $sudah }
progress-dropped = Tidak perlu dikabari lagi: { $n }
progress-trial = Masa uji coba, tidak dikirim: { $n }
progress-going-on = Sedang berjalan. Pesan ini berubah sendiri.
progress-preparing = Sedang disiapkan. Pesan ini berubah sendiri.
progress-paused = DIJEDA: untuk sementara tidak ada yang dikirim. Tekan Lanjutkan bila sudah siap.
progress-done = Selesai: tidak ada lagi yang menunggu dikabari.
progress-cancelled = DIBATALKAN: tidak ada lagi yang dikirim.
progress-moved = Perkembangannya kini ada di pesan yang lebih baru, di bawah.
progress-button-pause = Jeda
progress-button-go-on = Lanjutkan
progress-button-cancel = Batalkan
progress-button-who = Siapa terjangkau
progress-paused-now = Dijeda. Yang sedang terkirim masih sampai; sesudah itu tidak ada yang dikirim sampai Anda menekan Lanjutkan.
progress-paused-before = Sudah dijeda sebelumnya.
progress-goes-on = Dilanjutkan.
progress-went-on = Memang sedang berjalan, tidak dijeda.
progress-ended = Sudah selesai; tidak ada lagi yang menunggu.
progress-cancelled-before = Sudah dibatalkan sebelumnya, dan itu tidak dapat diubah lagi.
progress-cancel-sure =
    Batalkan untuk seterusnya?

    { $sudah } orang sudah dikabari. { $tunggu } orang yang masih menunggu tidak akan dikabari. Ini tidak dapat diubah lagi.

    Bila hanya perlu berhenti sebentar, pakai Jeda.
progress-button-cancel-yes = Ya, batalkan
progress-button-cancel-no = Tidak jadi
progress-cancelled-now = Dibatalkan. Yang masih menunggu tidak dikabari lagi.
progress-cancel-not = Tidak jadi dibatalkan. Tidak ada yang berubah.
progress-not-yours = Ini bukan wilayah tugas Anda.
