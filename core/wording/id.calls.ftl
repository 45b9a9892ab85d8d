### Calls of villages to a pickup day.

notice-called =
    { $kartu } SIAP DIAMBIL
    { $nomor }

    Hari: { $hari }
    Pukul: { $jam }
    Tempat: { $tempat }
    Bawa: resi atau suket asli, dan KK

    Boleh diambil anggota keluarga dalam satu KK. Berhalangan? KTP-el kami simpan: tekan Hari Lain.

    { -genuine }

notice-called-sms = { $k }: { $kartu } siap diambil { $hari }, { $jam }, di { $p }. { $nomor } Bawa resi & KK. GRATIS

notice-pickup-moved-call =
    HARI PENGAMBILAN { $kartu } BERUBAH
    { $nomor }

    Mohon maaf, jadwal yang kami sebut tidak berlaku lagi. Jadwal yang baru:

    Hari: { $hari }
    Pukul: { $jam }
    Tempat: { $tempat }
    Bawa: resi atau suket asli, dan KK

    { -genuine }

notice-pickup-moved-call-sms = { $k }: mohon maaf, jadwal ambil { $kartu } berubah: { $hari }, { $jam }, di { $p }. { $nomor } GRATIS

visit-called = KTP-el siap diambil, dipanggil pada hari tertentu

notice-pickup-moved-off =
    JADWAL PENGAMBILAN { $kartu } BATAL
    { $nomor }

    Mohon maaf, jadwal yang kami sebut tidak jadi. KTP-el tetap kami simpan.

    Mohon belum datang: begitu ada jadwal yang baru, kami kabari lagi.

    { -genuine }

notice-pickup-moved-off-sms = { $k }: mohon maaf, jadwal ambil { $kartu } batal. KTP-el kami simpan; mohon tunggu kabar jadwal baru. { $nomor } GRATIS
