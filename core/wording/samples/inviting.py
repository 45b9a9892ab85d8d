"""Samples of what is read where officials are invited."""

from core.rules.officials import Role
from core.wording.officials import tasks_of
from core.wording.samples.kinds import Sample, a_date, other_text

_LINK = "https://t.me/kabarktp_bojonegoro_bot?start=o_3f8kQ0Zr5nVQxWJq0bTt1g"


SAMPLES: dict[str, Sample] = {
    "daerah": other_text("a region", "region-desa", "region-kelurahan", "region-desa-adat", "region-district"),
    "peran": other_text("a role", "role-village", "role-district", "role-office", "role-head"),
    "keadaan": other_text(
        "where an official stands", "standing-active", "standing-waiting", "standing-suspended", "standing-removed"
    ),
    "akun_nama": Sample("what Telegram calls an account, at most 100", "Rina Wulandari (@rina_pajeng)", "W" * 100),
    "ketikan": Sample("what was typed, at most 60", "kauman", "W" * 60),
    "hingga": a_date("the last day of an invitation"),
    "tautan": Sample("the link of an invitation", _LINK, _LINK.replace("kabarktp_bojonegoro_bot", "w" * 32)),
    "invite-found.n": Sample("how many regions", 12, 430),
    "own-officials.n": Sample("how many officials", 12, 999),
    **{
        f"{text}.nomor": Sample("a number of an invitation or an official", "12", "99999")
        for text in (
            "invite-made",
            "invite-voided",
            "invite-opened-already",
            "own-official-line",
            "own-official",
            "own-official-remove-check",
        )
    },
    "own-official.sejak": a_date("the day since when she is an official"),
    "official-welcome.daftar": Sample(
        "what she may do, in lines", lambda w: tasks_of(w, Role.VILLAGE), lambda w: tasks_of(w, Role.HEAD)
    ),
}
