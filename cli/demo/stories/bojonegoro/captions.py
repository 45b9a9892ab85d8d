"""Bojonegoro in Indonesian, for the phones page: what happens at each step, by the step's name."""

PREPARING = "Kantor sedang disiapkan: 35.000 baris ekspor dari SIAK diimpor. Sebentar …"

CAPTIONS = {
    "joko_asks": "Pak Joko bertanya KTP-nya sampai di mana. Tahapnya boleh diketahui siapa pun; namanya tidak.",
    "siti_links": "Ibu Siti membuktikan dengan NIK dan resi bahwa kartu itu miliknya, lalu setuju dikabari.",
    "services_stop": "Ruang server kebanjiran: pencetakan dan suket berhenti. Siapa yang menunggu dikabari.",
    "joko_asks_again": "Pak Joko bertanya lagi: jawabannya menyebut sejak kapan pencetakan berhenti, dan mengapa.",
    "services_resume": "Layanan pulih. Hanya yang dikabari saat berhenti yang dikabari lagi.",
    "blanks_come": "36.000 keping blangko dicatat. Pak Joko membaca stoknya dengan /stok, seperti siapa pun.",
    "a_day_is_printed": "Satu hari cetak: 450 KTP-el, pemohon pertama dahulu, lalu lansia. Pemiliknya dikabari.",
    "a_week_is_printed": "Empat hari lagi 450 sehari: Pak Joko kini diberi tahu tempatnya di antrean, tanpa janji.",
    "cards_are_printed": "Kartu desa Ibu Siti selesai dicetak, kata ekspor berikutnya. Belum perlu datang.",
    "cards_travel": "Kotak kartu dikirim ke desa, tiap kartu dengan nomor ambil. Siapa yang bertanya diberi tahu.",
    "cards_are_ready": "Kotak tiba: setiap warga dikabari tempat dan nomor ambilnya, satu kali per HP.",
    "the_letter_is_ready": "Suket Ibu Wati selesai. Ia tidak memakai Telegram dan menerima SMS.",
    "siti_stops": "Ibu Siti mengambil kartunya dengan nomor ambil, dan menghentikan kabar.",
}
