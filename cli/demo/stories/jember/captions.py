"""Jember in Indonesian, for the phones page: what happens at each step, by the step's name."""

PREPARING = (
    "Kantor sedang disiapkan: perekaman Jember sejak April 2017, dan 120 yang lebih lama daripada Oktober 2016 …"
)

CAPTIONS = {
    "rudi_links": "Mas Rudi direkam pada bulan April. Ia membuktikan dengan NIK dan resi, lalu setuju dikabari.",
    "the_stop_is_noted": (
        "Server pusat mati sejak 1 Oktober 2016: kantor mencatatnya, berlaku surut, untuk siapa pun yang direkam sejak "
        "itu. Siapa yang menunggu pusat dikabari."
    ),
    "the_recordings_are_taken_in": (
        "2.000 dari 70.000 perekaman sejak Oktober diimpor. 12 baris ditolak: angka terakhir NIK-nya hilang di Excel. "
        "Tidak seorang pun disuruh ke petugas karena lama di pusat."
    ),
    "rini_asks": (
        "Bu Rini bertanya: pengiriman ke pusat berhenti sejak 1 Oktober 2016. Tidak perlu merekam ulang, belum perlu "
        "datang: 70.000 warga menunggu sebab yang sama."
    ),
    "lastri_links": "Bu Lastri direkam sebelum Oktober 2016: ia tinggal menunggu dicetak, dan setuju dikabari.",
    "blanks_come": "10.000 keping blangko dicatat. Bu Lastri membaca stoknya dengan /stok, seperti siapa pun.",
    "the_oldest_come_first": (
        "Rencana cetak: yang mendesak, lalu perekaman sebelum Oktober 2016, yang terlama dahulu. "
        "Empat puluh keping sudah disisihkan."
    ),
    "cards_are_printed": "Rencana itu dicetak, satu keping rusak. Pemilik kartu dikabari; Pak Umar belum.",
    "the_spoiled_card_comes_first": "Kartu Pak Umar yang rusak mengawali rencana berikutnya, dan ia dikabari.",
    "boxes_travel": "Kotak dikirim ke kecamatan, tiap kartu dengan nomor ambil. Siapa yang bertanya diberi tahu.",
    "boxes_arrive": "Kotak tiba: tiap HP dikabari satu kali. Satu keluarga mendapat nomor ambil yang berurutan.",
    "the_letter_is_ready": "Pusat masih mati, tetapi suket berjalan terus, 70.000 lembar: suket Mas Rudi siap.",
    "lastri_takes_hers": "Bu Lastri mengambil KTP-el-nya di kecamatan, cukup dengan nomor ambil.",
    "ning_asks": "Mbak Ning juga menunggu dicetak: sesudah beberapa hari cetak ia diberi tahu tempatnya di antrean.",
    "the_end_moves": "Dalam cerita ini pusat menyebut 12 Juni. Yang dikabari saat berhenti dikabari lagi.",
    "the_centre_is_back": "Pusat pulih, data Mas Rudi kembali: ia sekarang di antrean cetak, di belakang yang lama.",
}
