"""Everything that can happen to an office's outbox, as steps of a state machine, and what the provider would know."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.answers import answer_notice, not_mine
from core.actions.broadcasts import prepare_some
from core.actions.cards import move_card
from core.actions.contacts import add_contact, close_address
from core.actions.halts import note_probe
from core.actions.letters import letter_ready
from core.actions.outcomes import adopt_orphans, note_look, record_outcome
from core.actions.receipts import FINAL_RANK, note_receipt
from core.actions.sending import Turn, expire_waiting, start_messages
from core.actions.suspensions import resume, suspend
from core.actions.unanswered import follow_up_unanswered
from core.questions.cards import current_card, resident_by_nik
from core.questions.health import unprepared
from core.questions.looks import due_looks
from core.questions.suspensions import open_suspensions
from core.rules.answer import LetterKind
from core.rules.card import Stage, may_step
from core.rules.delivery import Channel, GiveUp, Halt, OptedOut, Outcome, Outgoing, Sent, TryLater, Unsure
from core.rules.notices import Answer
from core.rules.suspension import Cause, Service
from core.rules.window import Window
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.words import MessageState, NoticeState
from tests.offices import BUDI, JOKO, SITI, SITI_PHONE, WATI, WATI_PHONE, Clock, copy_office
from tests.senders import terms

T = TypeVar("T")

PEOPLE = (SITI, BUDI, WATI, JOKO)
ADDRESSES = (
    (SITI, Channel.SMS, SITI_PHONE),
    (BUDI, Channel.SMS, SITI_PHONE),
    (WATI, Channel.SMS, WATI_PHONE),
    (WATI, Channel.TELEGRAM, "900000002"),
    (JOKO, Channel.TELEGRAM, "900000002"),
)
STAGES = (Stage.PRINT_READY, Stage.PRINTED, Stage.READY_FOR_PICKUP, Stage.HANDED_OVER)
OPEN = (NoticeState.WAITING, NoticeState.SENDING)
FINISHED = (MessageState.DELIVERED, MessageState.FAILED)
#: What a receipt may still change about an ended notice: it was not so, or the doubt is over.
ENDED_BUT_NOT_SURE = (NoticeState.TOLD, NoticeState.IN_DOUBT)

FAILURES = st.sampled_from(
    [
        TryLater("connect"),
        TryLater("429", after_seconds=30, throttled=True),
        GiveUp("wrong number"),
        OptedOut("blocked"),
        Unsure("timeout"),
        Halt("token", "check the token"),
    ]
)
#: What may become of a try until the next tick; None: it is still in flight.
BACK = st.none() | st.just(Sent("")) | FAILURES


def sid(outgoing: Outgoing) -> str:
    """What the provider calls this try."""
    return f"SM{outgoing.attempt_id}"


class Outbox(RuleBasedStateMachine):
    """Notices, messages and attempts of one office; what a provider would know is kept beside it."""

    founded: ClassVar[Path]
    address: ClassVar[Callable[[], str | None]]  # where an example's office lives, as it was founded

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.office: OpenOffice = copy_office(self.founded, self.folder / "home", type(self).address())
        self.clock = Clock()
        self.terms = terms(self.office, window=Window(None, None), sms_daily_cap=1000)
        self.turns = {channel: Turn() for channel in Channel}
        self.in_flight: dict[int, Outgoing] = {}
        self.sms: dict[int, Outgoing] = {}
        self.with_buttons: list[Outgoing] = []
        self.covered: dict[int, set[int]] = {}  # attempt -> notices it carried
        self.surely_unsent: set[int] = set()
        self.accepted: set[int] = set()
        self.reported: set[int] = set()  # had a receipt
        self.seen: dict[int, NoticeState] = {}
        self.messages: dict[int, MessageState] = {}
        self.a_receipt_came = False

    def teardown(self) -> None:
        self.office.close()
        shutil.rmtree(self.folder)

    def do(self, act: Callable[[Session], T]) -> T:
        return self.office.write(act)

    # What happens in the office

    @initialize()
    def a_busy_morning(self) -> None:
        """Siti and Budi share a phone, Wati and Joko a Telegram account; all four cards are ready."""

        def begin(session: Session) -> None:
            for nik, channel, address in ADDRESSES:
                resident = resident_by_nik(session, nik)
                assert resident is not None
                consent = {"proof": "receipt", "how": "telegram", "text": "1", "now": self.clock(), "by": "resident"}
                add_contact(session, resident.id, channel, address, **consent)

        self.do(begin)
        for nik in PEOPLE:
            self.a_card_moves(nik, Stage.READY_FOR_PICKUP)

    @rule(nik=st.sampled_from(PEOPLE), to=st.sampled_from(STAGES))
    def a_card_moves(self, nik: str, to: Stage) -> None:
        def move(session: Session) -> None:
            card = current_card(session, nik)
            assert card is not None
            if may_step(card.stage, to, by_import=False):
                move_card(session, card, to, now=self.clock(), by="operator")

        self.do(move)

    @rule(nik=st.sampled_from(PEOPLE))
    def a_letter_is_ready(self, nik: str) -> None:
        kind = LetterKind.SUKET
        self.do(lambda session: letter_ready(session, nik, kind, now=self.clock(), by="operator"))

    @rule(sms=st.booleans())
    def printing_stops_or_is_back(self, sms: bool) -> None:
        def change(session: Session) -> None:
            stops = open_suspensions(session)
            if stops:
                resume(session, stops[0].id, now=self.clock(), by="operator")
            else:
                suspend(session, [Service.PRINTING], cause=Cause.SERVER, now=self.clock(), by="operator", sms=sms)

        self.do(change)
        for broadcast in self.do(unprepared):
            while self.do(lambda session, id_=broadcast: prepare_some(session, id_, now=self.clock())) is not None:  # type: ignore[misc]
                pass

    @rule(address=st.sampled_from(ADDRESSES))
    def an_address_closes(self, address: tuple[str, Channel, str]) -> None:
        _, channel, text = address
        self.do(lambda session: close_address(session, channel, text, why="stopped", now=self.clock(), by="resident"))

    @precondition(lambda self: self.with_buttons)
    @rule(data=st.data(), answer=st.sampled_from(Answer))
    def somebody_presses(self, data: st.DataObject, answer: Answer) -> None:
        """However old the message is, and whatever became of it."""
        one = data.draw(st.sampled_from(self.with_buttons))
        if answer is Answer.NOT_MINE:
            self.do(lambda session: not_mine(session, one.message_id, one.address, now=self.clock()))
        else:
            self.do(lambda session: answer_notice(session, one.message_id, one.address, answer, now=self.clock()))

    # What happens to the sender

    @rule(slots=st.integers(1, 3), answers=st.lists(BACK, min_size=1, max_size=8))
    def the_sender_works(self, slots: int, answers: list[Outcome | None]) -> None:
        """Tick by tick what is due leaves, and of what is in flight some comes back, well or not."""
        while answers:
            for channel in Channel:
                self._start(channel, slots)
            for outgoing in list(self.in_flight.values()):
                outcome = answers.pop() if answers else None
                if outcome is not None:
                    self._comes_back(outgoing, Sent(sid(outgoing)) if isinstance(outcome, Sent) else outcome)
            if not self.in_flight:
                break
            self.clock.move(seconds=31)

    def _start(self, channel: Channel, slots: int) -> None:
        held = frozenset(one.address for one in self.in_flight.values() if one.channel is channel)
        turn = self.turns[channel]
        started = self.do(
            lambda session: start_messages(
                session, channel, slots=slots, held=held, turn=turn, now=self.clock(), terms=self.terms
            )
        )
        assert len({one.address for one in started} | held) == len(started) + len(held)
        for outgoing in started:
            self._leaves(outgoing)

    def _leaves(self, outgoing: Outgoing) -> None:
        query = select(Notice.id).where(Notice.message_id == outgoing.message_id, Notice.state == NoticeState.SENDING)
        notices = set(self.office.read(lambda session: session.scalars(query).all()))
        assert notices, "a message that carries nothing"
        if outgoing.buttons:
            self.with_buttons.append(outgoing)
        answered = select(Notice.id).where(Notice.id.in_(notices), Notice.answer.is_not(None))
        assert not self.office.read(lambda session: session.scalars(answered).all()), "said again after an answer"
        if outgoing.channel is Channel.SMS:
            for attempt in self.sms:
                assert attempt in self.surely_unsent or not notices & self.covered[attempt], "an SMS sent twice"
            self.sms[outgoing.attempt_id] = outgoing
        self.covered[outgoing.attempt_id] = notices
        self.in_flight[outgoing.attempt_id] = outgoing

    def _comes_back(self, outgoing: Outgoing, outcome: Outcome) -> None:
        """What had a receipt was there: its answer can be lost, but it was not refused."""
        if outgoing.attempt_id in self.reported and not isinstance(outcome, Sent):
            outcome = Unsure("timeout")
        del self.in_flight[outgoing.attempt_id]
        if isinstance(outcome, Sent):
            if outgoing.attempt_id not in self.surely_unsent:
                self.accepted.add(outgoing.attempt_id)
        elif not isinstance(outcome, Unsure):
            self.surely_unsent.add(outgoing.attempt_id)
        self.do(lambda session: record_outcome(session, outgoing.attempt_id, outcome, now=self.clock(), jitter=0.5))

    def _arrived(self) -> list[Outgoing]:
        """SMS that may have reached the provider, so that it may have something to say of them."""
        return [
            one for attempt, one in self.sms.items() if attempt in self.reported or attempt not in self.surely_unsent
        ]

    @precondition(lambda self: self._arrived())
    @rule(
        data=st.data(),
        rank=st.integers(1, 4),
        failure=st.none() | FAILURES.filter(lambda failure: not isinstance(failure, Unsure)),
        resends=st.none() | st.integers(0, 2),
    )
    def a_receipt_comes(self, data: st.DataObject, rank: int, failure: Outcome | None, resends: int | None) -> None:
        outgoing = data.draw(st.sampled_from(self._arrived()))
        attempt = outgoing.attempt_id
        if rank < FINAL_RANK:
            failure = None
        self.a_receipt_came = True
        moved = self.do(
            lambda session: note_receipt(
                session,
                outgoing.message_id,
                provider_id=sid(outgoing),
                rank=rank,
                outcome=failure or Sent(sid(outgoing)),
                resends=resends,
                now=self.clock(),
            )
        )
        self.reported.add(attempt)
        if moved and failure is None:
            self.accepted.add(attempt)
        elif moved:
            self.accepted.discard(attempt)
            self.surely_unsent.add(attempt)

    @rule()
    def the_sender_is_killed_and_started_again(self) -> None:
        self.in_flight.clear()
        for channel in Channel:
            self.do(lambda session, channel=channel: adopt_orphans(session, channel, now=self.clock()))  # type: ignore[misc]

    @rule(minutes=st.sampled_from([1, 5, 31, 600, 1440]), found=st.booleans())
    def time_goes_by(self, minutes: int, found: bool) -> None:
        """What is worthless ends, doubts are looked for in the provider's list, stopped channels are mended."""
        self.clock.move(minutes=minutes)
        self.do(lambda session: expire_waiting(session, now=self.clock()))
        self.do(lambda session: follow_up_unanswered(session, now=self.clock()))
        for outgoing in self.do(lambda session: due_looks(session, [Channel.SMS], now=self.clock())):
            if found:
                self.accepted.add(outgoing.attempt_id)
            said = [Sent(sid(outgoing))] if found else []
            self.do(lambda session, one=outgoing, said=said: note_look(session, one.message_id, said, now=self.clock()))  # type: ignore[misc]
        for channel in Channel:
            self.do(lambda session, channel=channel: note_probe(session, channel, well=True, now=self.clock()))  # type: ignore[misc]
