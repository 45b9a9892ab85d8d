"""Samples of what an office, its places and its people are called."""

from core.rules.notices import OfficeWords
from core.wording.samples.kinds import Sample, other_text

TYPICAL_OFFICE = OfficeWords(
    name="Dispendukcapil Kabupaten Bojonegoro",
    short_name="Dukcapil Bojonegoro",
    regency="Kabupaten Bojonegoro",
    hours="Senin-Jumat 08.00-15.00",
)

#: The longest regency name there is, the longest short name a setting accepts.
LONGEST_OFFICE = OfficeWords(
    name="Dispendukcapil Kabupaten Administrasi Kepulauan Seribu",
    short_name="Dukcapil Bojonegoro",
    regency="Kabupaten Administrasi Kepulauan Seribu",
    hours="Senin-Kamis 08.00-15.00, Jumat 08.00-11.00 WIB",
)

PLACES = ("place-desa", "place-kelurahan", "place-desa-adat", "place-district", "place-office")
KINDS_OF_PLACE = ("general-place-village", "general-place-district", "general-place-office")

SAMPLES: dict[str, Sample] = {
    "kantor": Sample("the office's name", TYPICAL_OFFICE.name, LONGEST_OFFICE.name),
    "k": Sample("the office's short name, at most 19", TYPICAL_OFFICE.short_name, LONGEST_OFFICE.short_name),
    "wilayah": Sample("the regency's name", TYPICAL_OFFICE.regency, LONGEST_OFFICE.regency),
    "jam_kantor": Sample("the office's opening hours", TYPICAL_OFFICE.hours, LONGEST_OFFICE.hours),
    "alamat": Sample(
        "the office's address", "Jl. Patimura No. 9, Bojonegoro", "Jl. Raya Basuki Rahmat No. 123, Gedung B"
    ),
    "zona": Sample("the time zone, empty where the hours name it", "WIB", "WITA"),
    "bot": Sample("what the bot is called on Telegram", "kabarktp_bojonegoro_bot", "kabarktp_kepulauan_seribu_1_bot"),
    "kecamatan": Sample("the district's name", "Gondang", "Buay Pematang Ribu Ranau Tengah"),
    "nama": Sample("the village's name", "Pajeng", "Kampuang Tanjuang Koto Mambang Sungai Durian"),
    "tempat": other_text("the pickup place; only its kind, where nothing is proven", *PLACES),
    "lapor": other_text("where to report", "report-to-desa", "report-to-kelurahan", "report-to-office"),
    "akun": Sample("the number of a Telegram account", "990000001", "9900000000001"),
}
