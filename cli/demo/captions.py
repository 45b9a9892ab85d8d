"""The story in Indonesian, for the phones page: what happens at each step, by the step's name."""

PREPARING = "Kantor sedang disiapkan: 35.000 baris ekspor dari SIAK diimpor. Sebentar …"
LOCKED = "Cerita sedang diputar. Sesudahnya semua HP dan panel boleh dicoba."
YOURS = (
    "Giliran Anda: buka kartu contoh di atas sebuah HP, ketik NIK-nya, tekan Kabari Saya, kirim resinya, setuju; lalu "
    "pindahkan kartunya di panel Kantor."
)

CAPTIONS = {
    "joko_asks": "Pak Joko bertanya KTP-nya sampai di mana. Tahapnya boleh diketahui siapa pun; namanya tidak.",
    "siti_links": "Ibu Siti membuktikan dengan NIK dan resi bahwa kartu itu miliknya, lalu setuju dikabari.",
    "services_stop": "Ruang server kebanjiran: pencetakan dan suket berhenti. Siapa yang menunggu dikabari.",
    "joko_asks_again": "Pak Joko bertanya lagi: jawabannya menyebut sejak kapan pencetakan berhenti, dan mengapa.",
    "services_resume": "Layanan pulih. Hanya yang dikabari saat berhenti yang dikabari lagi.",
    "cards_are_printed": "Kartu desa Ibu Siti selesai dicetak, kata ekspor berikutnya. Belum perlu datang.",
    "cards_travel": "Kotak kartu dikirim ke desa. Siapa yang bertanya diberi tahu; tidak ada yang disurati.",
    "cards_are_ready": "Kotak kartu tiba: setiap warga dikabari tempatnya, satu kali per HP, lewat Telegram atau SMS.",
    "the_letter_is_ready": "Suket Ibu Wati selesai. Ia tidak memakai Telegram dan menerima SMS.",
    "siti_stops": "Ibu Siti mengambil kartunya dan menghentikan kabar.",
}
