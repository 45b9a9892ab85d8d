"""What must hold after any storm, each as a function that names what is off: by numbers and ids, never by addresses.

1. Everyone who should be told was told, or stands on the operator's list with a reason.
2. Nobody was told twice, except on Telegram after a doubt that is recorded, at most once each. No SMS twice, ever.
3. Every update that somebody sent was answered, set aside, or overtaken by what the same person wrote later.
4. The office's ledger equals the providers'.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.store.delivery_tables import Notice
from core.store.words import LEFT, NoticeState, UpdateState
from simulator.faults import Kind as FaultKind
from simulator.ledger import Request
from tests.chaos.evidence import Evidence, kind_of
from tests.chaos.town import Town

Check = Callable[[Evidence, Town], Iterator[str]]

#: Kinds whose number the town knows by itself; of the others the office's own notices are taken.
COUNTED = (Kind.READY, Kind.LETTER_READY)
_ENDS = (
    NoticeState.TOLD,
    NoticeState.TOLD_ON_SHARED_PHONE,
    NoticeState.IN_DOUBT,
    NoticeState.OVERTAKEN,
    NoticeState.UNREACHABLE,
)
_ANSWERED = (UpdateState.DONE, UpdateState.SET_ASIDE, UpdateState.OVERTAKEN)


def compare(evidence: Evidence, town: Town) -> list[str]:
    """Every difference; none is what it should be."""
    return [f"{check.__name__}: {off}" for check in CHECKS for off in check(evidence, town)]


def owed_is_what_happened(evidence: Evidence, town: Town) -> Iterator[str]:
    """As many notices as things happened, whatever was killed while they did."""
    held = Counter(
        (evidence.number_of[one.resident_id], one.kind) for one in evidence.notices if one.id not in evidence.follow_ups
    )
    for one in evidence.residents:
        for kind in COUNTED:
            owes, owed = held[one.number, kind], town.owed[one.number, kind]
            if owes != owed:
                yield f"resident {one.number} is owed {owes} {kind}, not {owed}"
        printed = held[one.number, Kind.PRINTED] + held[one.number, Kind.WITHDRAWN]
        if printed != town.owed[one.number, Kind.PRINTED] + town.taken_back[one.number]:
            yield f"resident {one.number} is owed {printed} printed or withdrawn"


def every_notice_ended_with_a_reason(evidence: Evidence, town: Town) -> Iterator[str]:
    for one in evidence.notices:
        if one.state not in _ENDS:
            yield f"notice {one.id} ({one.kind}) is {one.state}"
        elif one.state is NoticeState.UNREACHABLE and (not one.why or "cannot be said" in one.why):
            yield f"notice {one.id} ({one.kind}) is unreachable: {one.why}"
        elif one.state is NoticeState.OVERTAKEN and not _may_be_overtaken(one, evidence, town):
            yield f"notice {one.id} ({one.kind}) was overtaken by nothing"


def _may_be_overtaken(notice: Notice, evidence: Evidence, town: Town) -> bool:
    resident = town.residents[evidence.number_of[notice.resident_id]]
    if notice.answer is not None:
        return True
    if notice.kind is Kind.PRINTED:
        return resident.steps > 1
    if notice.kind is Kind.READY:
        return resident.steps > 2
    return notice.kind is not Kind.LETTER_READY or resident.stage is Stage.HANDED_OVER


def who_is_told_was_told(evidence: Evidence, _: Town) -> Iterator[str]:
    """Whatever the office calls told was taken for that address, as that kind."""
    taken = {channel: evidence.taken(channel) for channel in Channel}
    for one in evidence.notices:
        if one.state is not NoticeState.TOLD:
            continue
        message = evidence.messages.get(one.message_id or 0)
        if message is None or not taken[message.channel][evidence.address_of[message.id], one.kind]:
            yield f"notice {one.id} ({one.kind}) is told, and nobody took it"


def who_is_not_told_is_excused(evidence: Evidence, town: Town) -> Iterator[str]:
    """By the town's own book: nothing of the kind arrived, so that no notice of it may be called told."""
    taken = evidence.taken(Channel.TELEGRAM) + evidence.taken(Channel.SMS)
    states: defaultdict[tuple[int, Kind], set[NoticeState]] = defaultdict(set)
    for one in evidence.notices:
        states[evidence.number_of[one.resident_id], one.kind].add(one.state)
    for (number, kind), _count in town.owed.items():
        resident = town.residents[number]
        addresses = [resident.phone, str(resident.chat.id) if resident.chat else None]
        arrived = sum(taken[address, kind] for address in addresses if address)
        excused = states[number, kind] - {NoticeState.TOLD}
        if not arrived and not excused:
            yield f"resident {number} was never told {kind}, and no list says why"


def nobody_was_told_twice(evidence: Evidence, town: Town) -> Iterator[str]:
    """What Twilio took, and reported later not to have arrived, may be said again."""
    telegram, unsure = evidence.taken(Channel.TELEGRAM), evidence.unsure()
    sms = evidence.taken(Channel.SMS, failed=False)
    noticed = Counter((evidence.number_of[one.resident_id], one.kind) for one in evidence.notices)
    followed = Counter(
        (evidence.number_of[one.resident_id], one.kind) for one in evidence.notices if one.id in evidence.follow_ups
    )
    for group in evidence.groups():
        phones = {one.phone for one in group if one.phone}
        chats = {str(one.chat.id) for one in group if one.chat}
        for kind in Kind:
            counted = town.owed if kind in COUNTED else noticed
            owed = sum(counted[one.number, kind] for one in group)
            owed += sum(followed[one.number, kind] for one in group) if kind in COUNTED else 0
            by_sms = sum(sms[phone, kind] for phone in phones)
            copies = by_sms + sum(telegram[chat, kind] for chat in chats)
            doubts = sum(unsure[chat, kind] for chat in chats)
            numbers = [one.number for one in group]
            if by_sms > owed:
                yield f"residents {numbers} had {by_sms} SMS of {kind}, and were owed {owed}"
            if copies > owed + doubts:
                yield f"residents {numbers} had {copies} of {kind}, were owed {owed}, and {doubts} were in doubt"


def no_sms_of_a_notice_arrived_twice(evidence: Evidence, _: Town) -> Iterator[str]:
    """By the address for receipts, which carries the message's number: whatever the office's books say."""
    arrived: Counter[int] = Counter()
    for sms in evidence.sms.sent():
        if sms.callback and sms.status not in ("failed", "undelivered"):
            arrived.update(evidence.covered[int(sms.callback.rsplit("/", 1)[1])])
    yield from (f"notice {id_} arrived {times} times by SMS" for id_, times in arrived.items() if times > 1)


def a_doubt_on_telegram_is_sent_again_once(evidence: Evidence, _: Town) -> Iterator[str]:
    doubts = Counter(
        one.message_id for one in evidence.attempts if one.channel is Channel.TELEGRAM and one.outcome == "Unsure"
    )
    yield from (f"message {id_} was in doubt {times} times" for id_, times in doubts.items() if times > 2)


def the_ledgers_are_equal(evidence: Evidence, _: Town) -> Iterator[str]:
    taken = {(one.service, one.provider_id): one for one in evidence.ledger.accepted}
    known: set[tuple[str, str]] = set()
    for attempt in evidence.attempts:
        if attempt.ended_at is None:
            yield f"attempt {attempt.id} never ended"
        if attempt.provider_id is None:
            continue
        entry = taken.get((_service(attempt.channel), attempt.provider_id))
        if entry is None or entry.to != evidence.address_of[attempt.message_id]:
            yield f"attempt {attempt.id} is said to be something that its provider did not take"
        elif (entry.service, entry.provider_id) in known:
            yield f"attempt {attempt.id} is said to be what another is"
        known.add((_service(attempt.channel), attempt.provider_id))
    for message in evidence.messages.values():
        if message.state in LEFT and message.provider_id is None:
            yield f"message {message.id} left without a provider's id"
        if message.provider_id is not None:
            known.add((_service(message.channel), message.provider_id))
    yield from _unknown(evidence, known)


def _unknown(evidence: Evidence, known: set[tuple[str, str]]) -> Iterator[str]:
    """Whatever a provider took and the office does not know of is one of its doubts."""
    strange: Counter[tuple[str, Kind]] = Counter()
    for one in evidence.ledger.accepted:
        kind = kind_of(one)
        if kind is None or (one.service, one.provider_id) in known:
            continue
        if one.service == "twilio":
            yield f"an SMS ({kind}, request {one.request}) was taken, and the office does not know it"
        strange[one.to, kind] += 1
    unsure = evidence.unsure()
    for (address, kind), times in strange.items():
        if address.isdigit() and times > unsure[address, kind]:
            yield f"{times} Telegram messages ({kind}) to one chat are in no book"


def every_update_was_answered(evidence: Evidence, town: Town) -> Iterator[str]:
    blocked = {one.chat.id for one in town.residents if one.chat and one.chat.has_blocked}
    done: Counter[int] = Counter()
    for one in evidence.ledger.written:
        state = evidence.updates.get(one.update_id)
        if state not in _ANSWERED:
            yield f"update {one.update_id} ({one.kind}) is {state or 'not in the inbox'}"
        elif state is UpdateState.DONE and one.kind == "message":
            done[one.chat_id] += 1
    said = Counter(int(one.to) for one in evidence.ledger.accepted if one.service == "telegram" and not kind_of(one))
    refused = Counter(
        int(one.to) for one in evidence.ledger.requests if one.to and one.service == "telegram" and _refused(one)
    )
    for chat_id, times in done.items():
        if chat_id not in blocked and said[chat_id] + refused[chat_id] < times:
            yield f"one chat wrote {times} times, and {said[chat_id]} answers arrived"


def what_is_in_doubt_was_lost(evidence: Evidence, _: Town) -> Iterator[str]:
    """An SMS that Twilio has is found in its list; none of those is left to an operator."""
    arrived = {
        sms.callback.rsplit("/", 1)[1] for sms in evidence.sms.sent() if sms.callback and sms.status == "delivered"
    }
    for one in evidence.notices:
        if one.state is NoticeState.IN_DOUBT and one.channel is Channel.SMS and str(one.message_id) in arrived:
            yield f"notice {one.id} is in doubt, and its SMS arrived"


def _refused(one: Request) -> bool:
    return one.fault is not None and one.fault.kind is FaultKind.ANSWER and one.fault.status in (400, 403)


def _service(channel: Channel) -> str:
    return "telegram" if channel is Channel.TELEGRAM else "twilio"


CHECKS: tuple[Check, ...] = (
    owed_is_what_happened,
    every_notice_ended_with_a_reason,
    who_is_told_was_told,
    who_is_not_told_is_excused,
    nobody_was_told_twice,
    no_sms_of_a_notice_arrived_twice,
    a_doubt_on_telegram_is_sent_again_once,
    the_ledgers_are_equal,
    every_update_was_answered,
    what_is_in_doubt_was_lost,
)
