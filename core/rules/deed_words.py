"""The word that officials type for each deed; in the order of their menu of commands."""

from collections.abc import Mapping

from core.rules.officials import Deed

DEED_WORDS: Mapping[Deed, str] = {
    Deed.TAKE_IN: "terima",
    Deed.CALL: "panggil",
    Deed.HAND_OVER: "serah",
    Deed.REACHED: "terjangkau",
    Deed.HELP: "bantu",
    Deed.ANNOUNCE: "umum",
    Deed.WEEK: "jumat",
    Deed.INVITE: "undang",
    Deed.AGREE: "setuju",
    Deed.SUSPEND: "gangguan",
    Deed.IMPORT: "impor",
    Deed.FIGURES: "angka",
}
