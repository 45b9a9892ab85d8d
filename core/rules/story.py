"""What happened to a card, as its holder is told it: never a status code, a name or an address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.rules.suspension import WAITS_FOR, Cause, Service


class Chapter(StrEnum):
    RECORDED = "recorded"
    STAGE = "stage"
    LETTER_ASKED = "letter-asked"
    LETTER_ISSUED = "letter-issued"
    LETTER_READY = "letter-ready"
    LETTER_COLLECTED = "letter-collected"
    LETTER_EXTENDED = "letter-extended"
    LETTER_VOIDED = "letter-voided"
    STOPPED = "stopped"
    RESUMED = "resumed"
    TOLD = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One thing that happened. What belongs to its chapter is given: stage; letter; services, cause; kind, channel.

    until: the last day of a letter that was extended.
    """

    at: datetime
    chapter: Chapter
    stage: Stage | None = None
    letter: LetterKind | None = None
    until: date | None = None
    services: tuple[Service, ...] = ()
    cause: Cause | None = None
    kind: Kind | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A suspension as far as it concerns one resident. until: when it was resumed; None while it goes on."""

    services: tuple[Service, ...]
    cause: Cause
    since: datetime
    until: datetime | None


def stops_felt(stops: Iterable[Stop], lines: Sequence[StoryLine]) -> list[StoryLine]:
    """Return when services stopped, and came back, that the card or a letter waited for at some time meanwhile."""
    felt = []
    for stop in stops:
        services = tuple(service for service in stop.services if _waited(service, stop, lines))
        if services:
            felt.append(StoryLine(at=stop.since, chapter=Chapter.STOPPED, services=services, cause=stop.cause))
            if stop.until is not None:
                felt.append(StoryLine(at=stop.until, chapter=Chapter.RESUMED, services=services))
    return felt


def _waited(service: Service, stop: Stop, lines: Sequence[StoryLine]) -> bool:
    """lines: of a stage or a letter, in order; each holds until the next of its sort."""
    if service is Service.LETTERS:
        turns = [(line.at, line.chapter is Chapter.LETTER_ASKED) for line in lines if line.letter]
    else:
        turns = [(line.at, line.stage in WAITS_FOR[service]) for line in lines if line.stage]
    ends = [at for at, _ in turns[1:]]
    return any(
        waits and (stop.until is None or begin < stop.until) and (end is None or stop.since < end)
        for (begin, waits), end in zip(turns, [*ends, None], strict=False)
    )
