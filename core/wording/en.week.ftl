### The Friday card: counts for the village head, ready to be forwarded. Never a name or a number of a card.

friday-card =
    NEWS OF KTP-el
    { $tempat }
    { $hari }

    These seven days ({ $mulai } to { $sampai })
    - Arrived: { $tiba } KTP-el; { $kabar_baru }
    - Handed over: { $diambil }{ $rinci }

    Until today
    - Still waiting: { $menunggu }{ $terlama }
    - Of those waiting: { $kabar }
    - Handed over since the beginning: { $semua }
friday-told = { $dikabari } told, { $belum } not reached
friday-oldest = (oldest { $hari } days)
friday-part = { $nama }: arrived { $tiba }, handed over { $diambil }, waiting { $menunggu }{ $terlama }
friday-others = { $jumlah } other places
friday-taken-self = taken by the holder { $n }
friday-taken-family = taken by family { $n }
friday-taken-brought-home = brought home { $n }
friday-taken-left-with-rt = left with the RT { $n }
friday-taken-unsaid = not noted by whom { $n }
friday-foot = Collecting a KTP-el is FREE (GRATIS), without a middleman.
