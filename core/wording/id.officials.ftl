### What officials read in the chat: counts and pickup numbers, never a name or a NIK.

official-menu =
    Menu petugas. Silakan pilih.
button-to-menu = Menu petugas
deed-in = Terima kiriman
deed-call = Panggil warga
deed-hand = Serah terima
deed-reach = Siapa terjangkau
deed-help = Bantu warga
deed-tell = Pengumuman
deed-week = Kartu Jumat
deed-ask = Undang petugas
deed-agree = Persetujuan
deed-agree-waiting = Persetujuan ({ $n })
deed-stop = Gangguan layanan
deed-list = Impor daftar
deed-figures = Angka
button-page-before = ◀ Sebelumnya
button-page-after = Berikutnya ▶
which-point = Tempat mana?
point-work = { $tempat }: { $menunggu } menunggu, { $kiriman } kiriman
