"""What the phones page says around a story, in Indonesian."""

LOCKED = "Cerita sedang diputar. Sesudahnya semua HP dan panel boleh dicoba."
YOURS = (
    "Giliran Anda: buka kartu contoh di atas sebuah HP, ketik NIK-nya, tekan Kabari Saya, kirim resinya, setuju; lalu "
    "pindahkan kartunya di panel Kantor."
)
#: After it, where an official can be played.
POSTED = "Atau jadi petugas: di HP {name} ketik /petugas, terima kotaknya, panggil warganya, majukan jam lewat 15.00."
#: Below either: that there is another story, and how it is played.
OTHER = "Cerita lain: {title} (make demo STORY={name})."
