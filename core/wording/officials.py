"""What officials' tasks are called, and what stands on the slip that invites one."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from core.rules.answer import Place
from core.rules.deed_words import DEED_WORDS
from core.rules.officials import MAY, Role
from core.wording import Wording
from core.wording.dates import long_date
from core.wording.places import region_name


def tasks_of(w: Wording, role: Role) -> str:
    """What a role may do, a line each, with the command for it."""
    return "\n".join(f"- {w.text(f'deed-{deed}')}: /{word}" for deed, word in DEED_WORDS.items() if role in MAY[deed])


def last_day(w: Wording, expires_at: datetime, zone: tzinfo) -> str:
    """The day until which a link is good, by the office's clock."""
    return long_date(w, expires_at.astimezone(zone).date())


@dataclass(frozen=True, slots=True, repr=False)
class InviteSlip:
    """What stands on the slip of one invitation, from top to bottom. Without a representation: it holds the link."""

    title: str
    office: str
    area: str
    role: str
    scan: str
    link_label: str
    link: str
    until: str
    keep: str


def invite_slip(
    w: Wording, role: Role, place: Place, *, office: str, link: str, expires_at: datetime, zone: tzinfo
) -> InviteSlip:
    """Printed, so always in Indonesian, the language of the villages. link: what the QR code opens."""
    return InviteSlip(
        title=w.text("invite-slip-title"),
        office=office,
        area=region_name(w, place),
        role=w.text(f"role-{role}"),
        scan=w.text("invite-slip-scan"),
        link_label=w.text("invite-slip-link"),
        link=link.removeprefix("https://"),
        until=w.text("invite-slip-until", hingga=last_day(w, expires_at, zone)),
        keep=w.text("invite-slip-keep"),
    )
