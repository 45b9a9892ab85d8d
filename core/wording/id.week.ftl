### Kartu Jumat: counts for the village head, ready to be forwarded. Never a name or a number of a card.

friday-card =
    KABAR KTP-el
    { $tempat }
    { $hari }

    Tujuh hari ini ({ $mulai } s.d. { $sampai })
    - Tiba: { $tiba } KTP-el; { $kabar_baru }
    - Diserahkan: { $diambil }{ $rinci }

    Sampai hari ini
    - Masih menunggu: { $menunggu }{ $terlama }
    - Dari yang menunggu: { $kabar }
    - Diserahkan sejak awal: { $semua }
friday-told = { $dikabari } sudah dikabari, { $belum } tidak terjangkau
friday-oldest = (terlama { $hari } hari)
friday-part = { $nama }: tiba { $tiba }, diserahkan { $diambil }, menunggu { $menunggu }{ $terlama }
friday-others = { $jumlah } tempat lain
friday-taken-self = diambil sendiri { $n }
friday-taken-family = diambil keluarga { $n }
friday-taken-brought-home = diantar { $n }
friday-taken-left-with-rt = dititipkan RT { $n }
friday-taken-unsaid = tanpa catatan { $n }
friday-foot = Pengambilan KTP-el GRATIS, tanpa perantara.
