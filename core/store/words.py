"""Closed lists of words that tables use and rules need not know."""

from enum import StrEnum


class CardReason(StrEnum):
    FIRST = "first"
    REPLACEMENT = "replacement"
    CHANGE = "change"
    UNKNOWN = "unknown"


class LetterState(StrEnum):
    ASKED = "asked"
    READY = "ready"
    COLLECTED = "collected"
    VOID = "void"


class DeskKind(StrEnum):
    """Why a person at the office has to look."""

    NOT_MINE = "not-mine"
    OTHER_DAY = "other-day"
    MANY_CARDS = "many-cards"


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
