"""How people ask in their own words: a phrase is meant when all its words occur, in whatever order."""

HOURS = (
    "jam buka",
    "jam kerja",
    "jam layanan",
    "jam pelayanan",
    "jam operasional",
    "jam tutup",
    "kapan buka",
    "kapan tutup",
    "masih buka",
    "hari buka",
    "hari libur",
    "besok buka",
    "besok libur",
    "sabtu buka",
    "minggu buka",
    "alamat kantor",
    "alamatnya mana",
    "alamatnya dimana",
    "alamat dimana",
    "alamat mana",
    "lokasi kantor",
    "kantor mana",
    "kantor dimana",
    "kantornya mana",
    "kantornya dimana",
    "opening hours",
    "office hours",
    "office address",
)
BRING = (
    "bawa",
    "dibawa",
    "membawa",
    "bawanya",
    "syarat",
    "syaratnya",
    "persyaratan",
    "persyaratannya",
    "dokumen apa",
    "berkas apa",
    "what bring",
    "requirements",
)
HISTORY = ("riwayat", "riwayatnya")
HELD = ("data saya", "data disimpan")
ERASE = ("hapus data", "hapus akun", "hapuskan data", "hapuskan akun")
