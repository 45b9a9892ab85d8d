"""Whether what a notice says still holds, and if not, what happened since it was put."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from core.questions.letters import NOT_READY
from core.questions.moved_ends import newest_moves, told_ends
from core.questions.suspensions import services_back, services_of, told_already_by
from core.rules.card import OPEN, Stage
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Answer, Kind
from core.rules.suspension import WAITS_FOR, Service
from core.store.delivery_tables import Broadcast, Message, Notice
from core.store.many import by_key
from core.store.ready import run
from core.store.tables import Card, Contact, Letter, Suspension
from core.store.words import REACHED, LetterState, NoticeState

#: How the names begin of what is said when a call was called off; see call_plans.batch_of_calling_off.
_CALLED_OFF = "off:"
_NEWEST = (
    select(Notice.resident_id, Notice.card_id, func.max(Notice.id).label("newest"))
    .where(
        Notice.resident_id.in_(bindparam("residents", expanding=True)),
        Notice.kind == bindparam("kind"),
        Notice.card_id.is_not(None),
    )
    .group_by(Notice.resident_id, Notice.card_id)
)

Reasons = Iterator[tuple[int, str]]


def still_true(session: Session, notice: Notice) -> bool:
    """Whether what a notice says still holds."""
    return not why_overtaken(session, [notice])


def why_overtaken(session: Session, notices: Iterable[Notice]) -> dict[int, str]:
    """Return, per id of a notice that does not hold any more, what happened; one that still holds is left out."""
    of_kind: dict[Kind, list[Notice]] = defaultdict(list)
    for notice in notices:
        of_kind[notice.kind].append(notice)
    reasons: dict[int, str] = {}
    for kind, those in of_kind.items():
        reasons.update(_ASKED.get(kind, _of_cards)(session, those))
    return reasons


def suspensions_of(session: Session, notices: Iterable[Notice]) -> dict[int, Suspension]:
    """Return, per broadcast, the suspension that its notices speak of."""
    broadcasts = by_key(session, Broadcast, (notice.broadcast_id for notice in notices))
    known = by_key(session, Suspension, (one.suspension_id for one in broadcasts.values()))
    return {one.id: known[one.suspension_id] for one in broadcasts.values() if one.suspension_id is not None}


def told_ready_by(
    session: Session, resident_id: int, card_id: int | None, *, before: int | None = None
) -> Channel | None:
    """Return how she was told last, or may have been, that this card is ready; None if not, or if that was withdrawn.

    before: count only what was owed before this notice.
    """
    in_doubt = and_(Notice.state == NoticeState.WAITING, Message.doubts > 0)  # it waits to be sent once more
    query = (
        select(Notice.kind, Notice.channel)
        .outerjoin(Message, Message.id == Notice.message_id)
        .where(
            Notice.resident_id == resident_id,
            Notice.card_id == card_id,
            Notice.kind.in_((Kind.READY, Kind.CALLED, Kind.WITHDRAWN)),
            or_(Notice.state.in_(REACHED), in_doubt),
            Notice.answer.is_distinct_from(Answer.NOT_MINE),
        )
        .order_by(Notice.id.desc())
    )
    if before is not None:
        query = query.where(Notice.id < before)
    last = session.execute(query.limit(1)).first()
    return last.channel if last and last.kind is not Kind.WITHDRAWN else None


def _of_cards(session: Session, notices: Sequence[Notice]) -> Reasons:
    """The card left the stages in which this is true, or left and came back while this waited."""
    stages = TABLE[notices[0].kind].while_stage
    if not stages:
        return
    cards = by_key(session, Card, (notice.card_id for notice in notices))
    newest = _newest(session, notices)
    for notice in notices:
        stage = cards[notice.card_id].stage if notice.card_id is not None else None
        if stage not in stages:
            yield notice.id, _moved_to(stage)
        elif newest[notice.resident_id, notice.card_id] > notice.id:
            yield notice.id, "said anew"


def _of_calls(session: Session, notices: Sequence[Notice]) -> Reasons:
    """She has no day any more, or hears that it is another one now."""
    over = dict(_of_cards(session, notices))
    cards = by_key(session, Card, (notice.card_id for notice in notices))
    asked = {"residents": tuple({notice.resident_id for notice in notices}), "kind": Kind.PICKUP_MOVED}
    moved = {row.card_id: row.newest for row in run(session, _NEWEST, **asked)}
    for notice in notices:
        if notice.id in over:
            yield notice.id, over[notice.id]
        elif cards[notice.card_id].pickup_on is None or moved.get(notice.card_id, 0) > notice.id:
            yield notice.id, "day moved"


def _of_days(session: Session, notices: Sequence[Notice]) -> Reasons:
    """That a call is off is nothing to whom it was told in vain: what was on its way when it was called off."""
    over = dict(_of_cards(session, notices))
    yield from over.items()
    off = [notice for notice in notices if notice.id not in over and (notice.batch or "").startswith(_CALLED_OFF)]
    if not off:
        return
    told = (
        select(Notice.card_id, func.min(Notice.id).label("first"))
        .where(
            Notice.resident_id.in_({notice.resident_id for notice in off}),
            Notice.kind.in_((Kind.CALLED, Kind.PICKUP_MOVED)),
            Notice.state.in_(REACHED),
        )
        .group_by(Notice.card_id)
    )
    first = {row.card_id: row.first for row in session.execute(told)}
    for notice in off:
        if first.get(notice.card_id, notice.id) >= notice.id:
            yield notice.id, "not told before"


def _moved_to(stage: Stage | None) -> str:
    return {Stage.HANDED_OVER: "handed over", Stage.CLOSED: "closed"}.get(stage or Stage.CLOSED, "moved on")


def _newest(session: Session, notices: Sequence[Notice]) -> dict[tuple[int, int | None], int]:
    """Per resident and card the newest notice of this kind: what is owed for a card's coming back says the same."""
    asked = {"residents": tuple({notice.resident_id for notice in notices}), "kind": notices[0].kind}
    return {(row.resident_id, row.card_id): row.newest for row in run(session, _NEWEST, **asked)}


def _of_withdrawals(session: Session, notices: Sequence[Notice]) -> Reasons:
    """What was on its way when the card was taken back did not leave after all."""
    yield from _of_cards(session, notices)
    for notice in notices:
        if not told_ready_by(session, notice.resident_id, notice.card_id, before=notice.id):
            yield notice.id, "not told before"


def _of_letters(session: Session, notices: Sequence[Notice]) -> Reasons:
    letters = by_key(session, Letter, (notice.letter_id for notice in notices))
    for notice in notices:
        state = letters[notice.letter_id].state if notice.letter_id is not None else LetterState.VOID
        if state is not LetterState.READY:
            yield notice.id, f"letter {state}"


def _of_expiring(session: Session, notices: Sequence[Notice]) -> Reasons:
    """It was extended or is void, or her card came, or is not to come any more."""
    letters = by_key(session, Letter, (notice.letter_id for notice in notices))
    stages = _stages(session, {notice.resident_id for notice in notices})
    for notice in notices:
        letter = letters.get(notice.letter_id)
        stage = stages.get(notice.resident_id, Stage.RECORDED)
        if letter is None or letter.state not in (LetterState.READY, LetterState.COLLECTED):
            yield notice.id, f"letter {letter.state if letter else LetterState.VOID}"
        elif letter.valid_until != letter.expiry_told:
            yield notice.id, "letter extended"
        elif stage not in OPEN:
            yield notice.id, _moved_to(stage)


def _of_addresses(session: Session, notices: Sequence[Notice]) -> Reasons:
    contacts = by_key(session, Contact, (notice.contact_id for notice in notices))
    for notice in notices:
        if notice.contact_id is None or contacts[notice.contact_id].closed_at is not None:
            yield notice.id, "address closed"


def _of_suspensions(session: Session, notices: Sequence[Notice]) -> Reasons:
    suspensions = suspensions_of(session, notices)
    residents = {notice.resident_id for notice in notices}
    stages = _stages(session, residents)
    asked = select(Letter.resident_id).where(Letter.resident_id.in_(residents), Letter.state.in_(NOT_READY))
    asks_for_letter = set(session.scalars(asked))
    told = _told_of_others(session, notices, suspensions)
    for notice in notices:
        suspension = suspensions[notice.broadcast_id or 0]
        stage = stages.get(notice.resident_id)
        waits = [service for service in services_of(suspension) if stage in OPEN and stage in WAITS_FOR[service]]
        if Service.LETTERS in services_of(suspension) and notice.resident_id in asks_for_letter:
            waits.append(Service.LETTERS)
        if suspension.resumed_at is not None:
            yield notice.id, "resumed"
        elif not waits:
            yield notice.id, "handed over" if stage is Stage.HANDED_OVER else "moved on"
        elif told[notice.id].issuperset(waits):
            yield notice.id, "told already"


def _told_of_others(
    session: Session, notices: Sequence[Notice], suspensions: Mapping[int, Suspension]
) -> dict[int, set[Service]]:
    """Per id of a notice of a start, what its resident knows to be stopped, for as long, by another suspension."""
    told: dict[int, set[Service]] = {notice.id: set() for notice in notices}
    if notices[0].kind is not Kind.SUSPENDED:
        return told
    said = {id_: told_already_by(session, suspension) for id_, suspension in suspensions.items()}
    broadcasts = {one for by_service in said.values() for ids in by_service.values() for one in ids}
    if not broadcasts:
        return told
    query = select(Notice.resident_id, Notice.broadcast_id).where(
        Notice.resident_id.in_({notice.resident_id for notice in notices}),
        Notice.broadcast_id.in_(broadcasts),
        Notice.state.in_(REACHED),
    )
    reached = {(row.resident_id, row.broadcast_id) for row in session.execute(query)}
    for notice in notices:
        for service, ids in said[notice.broadcast_id or 0].items():
            if any((notice.resident_id, id_) in reached for id_ in ids):
                told[notice.id].add(service)
    return told


def _of_announcements(session: Session, notices: Sequence[Notice]) -> Reasons:
    """She has her card, or is not to get it any more; what she was told to come for with it is nothing to her."""
    stages = _stages(session, {notice.resident_id for notice in notices})
    for notice in notices:
        if (stage := stages.get(notice.resident_id)) not in OPEN:
            yield notice.id, _moved_to(stage)


def _of_moves(session: Session, notices: Sequence[Notice]) -> Reasons:
    """It is over, she waits for it no more, it moved again since, or it moved back before she heard of it."""
    over = dict(_of_suspensions(session, notices))
    newest = newest_moves(session, suspensions_of(session, notices).values())
    ends = told_ends(session, notices)
    for notice in notices:
        if notice.id in over:
            yield notice.id, over[notice.id]
        elif notice.broadcast_id not in newest:
            yield notice.id, "moved again"
        elif ends[notice.id].was == ends[notice.id].now:
            yield notice.id, "as told before"


def _stages(session: Session, residents: Collection[int]) -> dict[int, Stage]:
    """Where each one's newest card is."""
    newest = select(func.max(Card.id)).where(Card.resident_id.in_(residents)).group_by(Card.resident_id)
    return {
        row.resident_id: row.stage
        for row in session.execute(select(Card.resident_id, Card.stage).where(Card.id.in_(newest)))
    }


def _of_resumptions(session: Session, notices: Sequence[Notice]) -> Reasons:
    for notice, services in back_for(session, notices).items():
        if not services:
            yield notice, "stopped again"


def back_for(session: Session, notices: Sequence[Notice]) -> Mapping[int, tuple[Service, ...]]:
    """Return, per id of a notice of a resumption, the services that run again for its resident."""
    suspensions = suspensions_of(session, notices)
    of_broadcast: dict[int, list[Notice]] = defaultdict(list)
    for notice in notices:
        of_broadcast[notice.broadcast_id or 0].append(notice)
    back = {}
    for broadcast_id, those in of_broadcast.items():
        found = services_back(session, suspensions[broadcast_id], [notice.resident_id for notice in those])
        back.update({notice.id: found[notice.resident_id] for notice in those})
    return back


#: Kinds whose truth is not only a matter of the card's stage.
_ASKED = {
    Kind.CALLED: _of_calls,
    Kind.PICKUP_MOVED: _of_days,
    Kind.LETTER_READY: _of_letters,
    Kind.LETTER_EXPIRING: _of_expiring,
    Kind.REGISTERED: _of_addresses,
    Kind.SUSPENDED: _of_suspensions,
    Kind.SUSPENSION_MOVED: _of_moves,
    Kind.RESUMED: _of_resumptions,
    Kind.WITHDRAWN: _of_withdrawals,
    Kind.ANNOUNCED: _of_announcements,
}
