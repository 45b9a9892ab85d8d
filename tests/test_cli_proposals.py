"""kabar proposals: an operator is the second official of an office that has none in Telegram."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from core.actions.contacts import add_contact
from core.actions.proposals import Proposed, announce
from core.questions.cards import resident_by_nik
from core.questions.officials import telegram_index
from core.rules.announcements import Announcement, Form
from core.rules.delivery import Channel
from core.rules.officials import Acting, Role, TellingTerms
from core.store.office import seal_of
from core.store.official_tables import Official
from tests.cli_world import Terminal
from tests.offices import MORNING, SITI
from tests.official_world import DISTRICT, REGENCY


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def _proposed(kabar: Terminal, *, by_operator: bool = False) -> Proposed:
    def propose(session: Session) -> Proposed:
        resident = resident_by_nik(session, SITI)
        assert resident is not None
        terms = {"proof": "receipt", "how": "chat", "text": "2026-1", "now": MORNING, "by": "resident"}
        add_contact(session, resident.id, Channel.TELEGRAM, "99000042", **terms)
        row = Official(
            telegram_index=telegram_index(session, "801"),
            telegram_sealed=seal_of(session).seal("801"),
            role=Role.DISTRICT,
            region=DISTRICT,
            invited_by="operator",
            confirmed_at=MORNING,
        )
        session.add(row)
        session.flush()
        acting = Acting(row.id, Role.DISTRICT, DISTRICT, f"official:{row.id}")
        if by_operator:
            acting = Acting(None, Role.OFFICE, REGENCY, "operator")
        return announce(
            session,
            Announcement(form=Form.GENERAL_REMINDER),
            region=DISTRICT if not by_operator else REGENCY,
            acting=acting,
            terms=TellingTerms(agreed=True, agreed_above=0 if by_operator else 5000),
            now=MORNING,
        )

    with kabar.office() as office:
        return office.write(propose)


def test_what_waits_is_listed_with_its_text_and_agreed_to_once(kabar: Terminal) -> None:
    _proposed(kabar)
    listed = kabar("proposals")
    assert "1 proposal to be agreed to." in listed.out
    assert "PENGUMUMAN LAYANAN KTP-EL" in listed.out
    said = kabar("proposals", "agree", "1")
    assert said.code == 0
    assert "broadcast:1" in said.out
    assert "decided already" in kabar("proposals", "agree", "1").err
    assert "0 proposals to be agreed to." in kabar("proposals").out
    assert "agreed" in kabar("proposals", "--all").out
    assert "announcement, general-reminder, in 35.22.15" in kabar("batches").flat


def test_what_is_refused_goes_nowhere(kabar: Terminal) -> None:
    _proposed(kabar)
    assert kabar("proposals", "refuse", "1").code == 0
    assert "0 batches" in kabar("batches").out


def test_an_operator_does_not_agree_to_what_an_operator_proposed(kabar: Terminal) -> None:
    _proposed(kabar, by_operator=True)
    said = kabar("proposals", "agree", "1")
    assert said.code != 0
    assert "an official of the office has to agree" in said.flat


def test_a_number_that_nobody_proposed_is_named(kabar: Terminal) -> None:
    assert "there is no proposal 7" in kabar("proposals", "agree", "7").err
