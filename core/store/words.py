"""Closed lists of words that tables use and rules need not know."""

from enum import StrEnum


class LetterState(StrEnum):
    """ISSUED: made out, with its number, and not at the counter yet."""

    ASKED = "asked"
    ISSUED = "issued"
    READY = "ready"
    COLLECTED = "collected"
    VOID = "void"


class DeskKind(StrEnum):
    """Why a person at the office has to look. MISSING_CARD: it was packed, and was not in the box that arrived.

    UNCLAIMED: the reminder was answered by saying that its holder moved, died, or has the card.
    """

    NOT_MINE = "not-mine"
    OTHER_DAY = "other-day"
    MANY_CARDS = "many-cards"
    MISSING_CARD = "missing-card"
    UNCLAIMED = "unclaimed"


class Taken(StrEnum):
    """Who took a card, or how it got to its holder (the first four), or why it is closed (the others)."""

    SELF = "self"
    FAMILY = "family"
    BROUGHT_HOME = "brought-home"
    LEFT_WITH_RT = "left-with-rt"
    MOVED = "moved"
    DIED = "died"
    WITHDRAWN = "withdrawn"


class BlankKind(StrEnum):
    """RECEIVED and GIVEN_BACK add, USED and SPOILED take, ADJUSTED does either."""

    RECEIVED = "received"
    USED = "used"
    SPOILED = "spoiled"
    GIVEN_BACK = "given-back"
    ADJUSTED = "adjusted"


class PlanState(StrEnum):
    """An OPEN plan holds its cards and their blanks; all others are ends."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class PlanOutcome(StrEnum):
    """ELSEWHERE: it moved without this plan, by an import or by hand. RELEASED: back in the queue, not printed."""

    PRINTED = "printed"
    SPOILED = "spoiled"
    ELSEWHERE = "elsewhere"
    RELEASED = "released"


class CallState(StrEnum):
    """An OPEN call is the only one of its point. DONE: its last day is over."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class ProposalKind(StrEnum):
    """What an official wants many to be told of. The first four are the forms of an announcement."""

    HOURS_CHANGED = "hours-changed"
    PLACE_CHANGED = "place-changed"
    SERVICE_DAY = "service-day"
    GENERAL_REMINDER = "general-reminder"
    SUSPENSION = "suspension"


class ProposalState(StrEnum):
    """OPEN: a second official has to agree. WITHDRAWN: by whoever made it, or because she is no official any more."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class FileState(StrEnum):
    """A list sent in the chat. SENT: to be fetched and looked through. LOOKED: its official was shown what it does.

    CONFIRMED: to be taken in. DONE, REFUSED (it cannot be used) and DROPPED (never mind) are ends.
    """

    SENT = "sent"
    LOOKED = "looked"
    CONFIRMED = "confirmed"
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"


class NoticeState(StrEnum):
    """WAITING and SENDING are open; all others are ends, and an ended notice never moves."""

    WAITING = "waiting"
    SENDING = "sending"
    TOLD = "told"
    TOLD_ON_SHARED_PHONE = "told-on-shared-phone"
    IN_DOUBT = "in-doubt"
    OVERTAKEN = "overtaken"
    EXPIRED = "expired"
    UNREACHABLE = "unreachable"
    TRIAL = "trial"
    CANCELLED = "cancelled"


#: She was told, or may have been.
REACHED = (NoticeState.TOLD, NoticeState.TOLD_ON_SHARED_PHONE, NoticeState.IN_DOUBT, NoticeState.SENDING)


class MessageState(StrEnum):
    """STARTED: a request may have left. UNSURE: it may have arrived. SENT and DELIVERED: the provider said so."""

    STARTED = "started"
    WAITING = "waiting"
    UNSURE = "unsure"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


#: A message in one of these states left, as far as anybody knows.
LEFT = (MessageState.SENT, MessageState.DELIVERED)


class BroadcastState(StrEnum):
    PREPARING = "preparing"
    READY = "ready"
    CANCELLED = "cancelled"


class BatchOrderWord(StrEnum):
    """PAUSED: its notices wait. CANCELLED: they end, in chunks, and none of them leaves meanwhile."""

    PAUSED = "paused"
    CANCELLED = "cancelled"


class UpdateState(StrEnum):
    """RECEIVED: handle it. DECIDED: only send its replies. SET_ASIDE: failed three times, kept for a look.

    OVERTAKEN: one of a flood, or answered in vain by now; what the same person wrote later was answered instead.
    """

    RECEIVED = "received"
    DECIDED = "decided"
    DONE = "done"
    SET_ASIDE = "set-aside"
    OVERTAKEN = "overtaken"
