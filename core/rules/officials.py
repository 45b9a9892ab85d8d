"""Who may do what in the chat: a table; a missing entry is the refusal. Where, is a matter of the official's region."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from core.rules.suspension import within

#: A link that makes an official is good for so long.
INVITE_LASTS = timedelta(days=7)
#: A hand-over noted in the chat may be taken back there for so long.
UNDO_WITHIN = timedelta(minutes=10)


class Role(StrEnum):
    """HEAD: of the office, who may let many be told of a stop alone, after a while."""

    VILLAGE = "village"
    DISTRICT = "district"
    OFFICE = "office"
    HEAD = "head"


class Deed(StrEnum):
    """What can be done in the chat; short, because it stands in every button."""

    TAKE_IN = "in"
    CALL = "call"
    HAND_OVER = "hand"
    REACHED = "reach"
    HELP = "help"
    ANNOUNCE = "tell"
    WEEK = "week"
    INVITE = "ask"
    AGREE = "agree"
    SUSPEND = "stop"
    IMPORT = "list"
    FIGURES = "figures"


_EVERYBODY = frozenset(Role)
_OFFICE = frozenset({Role.OFFICE, Role.HEAD})

MAY: Mapping[Deed, frozenset[Role]] = {
    Deed.TAKE_IN: _EVERYBODY,
    Deed.CALL: _EVERYBODY,
    Deed.HAND_OVER: _EVERYBODY,
    Deed.REACHED: _EVERYBODY,
    Deed.HELP: _EVERYBODY,
    Deed.ANNOUNCE: _EVERYBODY,
    Deed.WEEK: _EVERYBODY,
    Deed.INVITE: _OFFICE | {Role.DISTRICT},
    Deed.AGREE: _OFFICE,
    Deed.SUSPEND: _OFFICE,
    Deed.IMPORT: _OFFICE,
    Deed.FIGURES: _OFFICE,
}

#: Whom an official of a role may invite: never anybody above herself.
INVITES: Mapping[Role, frozenset[Role]] = {
    Role.DISTRICT: frozenset({Role.VILLAGE}),
    Role.OFFICE: frozenset({Role.VILLAGE, Role.DISTRICT, Role.OFFICE}),
    Role.HEAD: _EVERYBODY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingTerms:
    """What the settings say of telling many. agreed_above: people; beyond that a second official has to agree.

    sms_price: of one, in the office's currency; None where no cost is shown.
    """

    a_week: int = 2
    agreed: bool = False
    agreed_above: int = 5000
    sms_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Acting:
    """An official who may act at this moment. id: None for an operator by the settings. by: as facts name her."""

    id: int | None
    role: Role
    region: str
    by: str

    def may(self, deed: Deed, region: str | None = None) -> bool:
        """Whether she may do this, in this region where one is given."""
        return self.role in MAY[deed] and (region is None or within(region, self.region))
