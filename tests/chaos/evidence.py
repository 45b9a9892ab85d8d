"""Both sides' books after the storm: what the providers took, and what the office says that it did."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.facts import Happened
from core.questions.cards import resident_by_nik
from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.store.delivery_tables import Attempt, Message, MessageNotice, Notice
from core.store.inbox_tables import InboxUpdate
from core.store.office import seal_of
from core.store.tables import Contact, Fact
from core.store.words import UpdateState
from simulator.ledger import Accepted, Ledger
from simulator.sms_state import Sms, SmsNetwork
from tests.chaos.cast import Resident

#: How each notice is told from an answer and from the others, by what is read on the phone.
_TELEGRAM = {
    Kind.PRINTED: r"Langkah 4 dari 6: .+ SUDAH DICETAK",
    Kind.WITHDRAWN: r".+ BELUM DAPAT DIAMBIL",
    Kind.REMINDER: r".+ MENUNGGU DIAMBIL",
    Kind.PICKUP_MOVED: r"HARI PENGAMBILAN .+ BERUBAH|JADWAL PENGAMBILAN .+ BATAL",
    Kind.LETTER_READY: r"SURAT PENGGANTI SIAP DIAMBIL",
    Kind.LETTER_EXPIRING: r"MASA BERLAKU SURAT PENGGANTI",
    Kind.CALLED: r"(?!Langkah).+ SIAP DIAMBIL\n(?:.*\n)*Pukul: ",
    Kind.READY: r"(?!Langkah).+ SIAP DIAMBIL",
    Kind.NEEDS_OFFICER: r".+ PERLU BANTUAN PETUGAS",
    Kind.SUSPENDED: r"PEMBERITAHUAN GANGGUAN LAYANAN",
    Kind.SUSPENSION_MOVED: r"KABAR GANGGUAN LAYANAN",
    Kind.RESUMED: r"LAYANAN BERJALAN KEMBALI",
    Kind.REGISTERED: r"TERDAFTAR UNTUK DIKABARI",
    Kind.ANNOUNCED: r"PENGUMUMAN LAYANAN KTP-EL",
}
_SMS = {
    Kind.PRINTED: r".*sudah dicetak",
    Kind.WITHDRAWN: r".*belum dapat diambil",
    Kind.REMINDER: r".*belum diambil di",
    Kind.PICKUP_MOVED: r".*ditunda|.*jadwal ambil",
    Kind.LETTER_READY: r".*[Ss]urat pengganti.* siap diambil",
    Kind.LETTER_EXPIRING: r".*surat pengganti.* berlaku s\.d\.",
    Kind.CALLED: r".*siap diambil \w+ \d+/\d+, \d\d\.\d\d-",
    Kind.READY: r".*siap diambil",
    Kind.NEEDS_OFFICER: r".*perlu bantuan petugas",
    Kind.SUSPENDED: r".*layanan KTP-el berhenti",
    Kind.SUSPENSION_MOVED: r".*layanan KTP-el belum pulih",
    Kind.RESUMED: r".*layanan KTP-el buka lagi",
    Kind.REGISTERED: r".*nomor ini didaftarkan",
    Kind.ANNOUNCED: r".*[Pp]engumuman",
}
_FAILED = ("failed", "undelivered")


def kind_of(one: Accepted) -> Kind | None:
    """Which notice this is; None for an answer to somebody who wrote."""
    table = _TELEGRAM if one.service == "telegram" else _SMS
    return next((kind for kind, pattern in table.items() if re.match(pattern, one.text)), None)


class Network(Protocol):
    """What is asked of whoever carried the SMS."""

    def sent(self) -> list[Sms]: ...

    def find(self, sid: str) -> Sms | None: ...


@dataclass(frozen=True, slots=True)
class SentBy:
    """Of a network that carries for several offices: what one of them sent."""

    network: SmsNetwork
    sender: str

    def sent(self) -> list[Sms]:
        return [sms for sms in self.network.sent() if sms.sender == self.sender]

    def find(self, sid: str) -> Sms | None:
        return self.network.find(sid)


@dataclass(slots=True, repr=False)
class Evidence:
    """Everything to be compared. Addresses are chat ids and phone numbers, and never leave this process."""

    residents: list[Resident]
    ledger: Ledger
    sms: Network
    number_of: dict[int, int] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    attempts: list[Attempt] = field(default_factory=list)
    covered: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    address_of: dict[int, str] = field(default_factory=dict)
    updates: dict[int, UpdateState] = field(default_factory=dict)
    follow_ups: set[int] = field(default_factory=set)

    def read(self, session: Session) -> "Evidence":
        """Take in the office's side."""
        for one in self.residents:
            resident = resident_by_nik(session, one.nik)
            assert resident is not None
            self.number_of[resident.id] = one.number
        self.notices = list(session.scalars(select(Notice).order_by(Notice.id)))
        self.messages = {message.id: message for message in session.scalars(select(Message))}
        self.attempts = list(session.scalars(select(Attempt).order_by(Attempt.id)))
        for message_id, notice_id in session.execute(select(MessageNotice.message_id, MessageNotice.notice_id)):
            self.covered[message_id].add(notice_id)
        seal = seal_of(session)
        contacts = {one.id: seal.open(one.address_sealed) for one in session.scalars(select(Contact))}
        self.address_of = {message.id: contacts[message.contact_id] for message in self.messages.values()}
        self.updates = dict(session.execute(select(InboxUpdate.update_id, InboxUpdate.state)).all())  # type: ignore[arg-type]
        silence = select(Notice.id).join(Fact, Fact.id == Notice.fact_id)
        self.follow_ups = set(session.scalars(silence.where(Fact.kind == Happened.PICKUP_UNANSWERED)))
        session.expunge_all()
        return self

    def groups(self) -> Iterable[list[Resident]]:
        """Who can be told apart by what arrives: each alone, or with those who share her phone."""
        together: defaultdict[str, list[Resident]] = defaultdict(list)
        for one in self.residents:
            together[one.phone or (str(one.chat.id) if one.chat else one.nik)].append(one)
        return together.values()

    def taken(self, channel: Channel, *, failed: bool = True) -> Counter[tuple[str, Kind]]:
        """How many notices of each kind were taken for each address; without failed: those that arrived, too."""
        return Counter(
            (one.to, kind)
            for one in self.ledger.accepted
            if one.service == ("telegram" if channel is Channel.TELEGRAM else "twilio")
            and (kind := kind_of(one)) is not None
            and (failed or not self.failed(one))
        )

    def failed(self, one: Accepted) -> bool:
        """Whether Twilio took it, and said later that it did not arrive."""
        sms = self.sms.find(one.provider_id) if one.service == "twilio" else None
        return sms is not None and sms.status in _FAILED

    def unsure(self) -> Counter[tuple[str, Kind]]:
        """How many attempts by Telegram the office knows to be in doubt, by address and kind."""
        return Counter(
            (self.address_of[one.message_id], self.messages[one.message_id].kind)
            for one in self.attempts
            if one.channel is Channel.TELEGRAM and one.outcome == "Unsure"
        )
