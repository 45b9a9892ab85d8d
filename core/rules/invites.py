"""Inviting officials: whom, for which region, who confirms it, and the link that is handed on."""

from core.rules.officials import INVITES, Acting, Deed, Role

#: How many digits and dots the code of a role's region has: a village's, a district's, the regency's.
REGION_LENGTH = {Role.VILLAGE: len("35.22.15.2003"), Role.DISTRICT: len("35.22.15"), Role.OFFICE: 5, Role.HEAD: 5}
#: What the link begins with after `start=`; a receipt's has another.
LINK_MARK = "o_"
_CONFIRM_OTHERS = frozenset({Role.OFFICE, Role.HEAD})


def fits(role: Role, region: str) -> bool:
    """Whether a region is of the size that this role is for."""
    return len(region) == REGION_LENGTH[role]


def has_charge_of(acting: Acting, role: Role, region: str) -> bool:
    """Whether she may invite, suspend and remove officials of this role there: never anybody above or beside her."""
    return acting.may(Deed.INVITE, region) and role in INVITES.get(acting.role, frozenset())


def may_confirm(acting: Acting, role: Role, region: str, *, invited_by: str) -> bool:
    """Whether it is for her to say who opened the link: who invited, the office, any operator of the settings."""
    if not acting.may(Deed.INVITE, region):
        return False
    return (
        acting.id is None
        or acting.by == invited_by
        or (acting.role in _CONFIRM_OTHERS and has_charge_of(acting, role, region))
    )


def invite_link(bot: str, secret: str) -> str:
    """Return the link that whoever is invited opens. bot: what Telegram calls it."""
    return f"https://t.me/{bot}?start={LINK_MARK}{secret}"
