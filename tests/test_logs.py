"""What stands in the log: what happened, to which of our ids, and nobody's data, whoever writes the line."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.logs import FIELDS, JsonLines, TextLines, set_up_log
from core.rules.delivery import Channel, GiveUp, Halt, Unsure
from core.store.office import OpenOffice
from tests.bot_world import bot_world
from tests.offices import BUDI, SITI, SITI_PHONE, SITI_RECEIPT, WATI, WATI_PHONE, Clock
from tests.senders import FakeChannel, send_all
from tests.telling import done
from tests.test_sending import link, ready

pytestmark = pytest.mark.anyio

STYLES = pytest.mark.parametrize("style", ["text", "json"])
_TEXT = re.compile(
    r"2[0-9]{3}-[0-9]{2}-[0-9]{2} [0-9:]{8}\.[0-9]{3} UTC (INFO|WARNING|ERROR) +[\w.]+: [^()]+( \(.+\))?$"
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """Where a test's log goes; everybody else's logging is afterwards as it was before."""
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    before = [(one, one.level, list(one.handlers)) for one in loggers]
    yield tmp_path / "kabar.log"
    for handler in [one for one in logging.getLogger().handlers if one not in before[0][2]]:
        handler.close()
    for one, level, handlers in before:
        one.setLevel(level)
        one.handlers[:] = handlers


def lines(file: Path) -> list[str]:
    for handler in logging.getLogger().handlers:
        handler.flush()
    return file.read_text().splitlines()


@STYLES
async def test_a_send_an_answer_a_stop_and_a_refusal_leave_nobodys_data_in_the_log(
    office: OpenOffice, clock: Clock, file: Path, style: str
) -> None:
    set_up_log(style, file)
    async with bot_world(office, clock) as world:
        siti, budi = world.person("Ibu Siti"), world.person("Pak Budi")
        world.start()
        await world.says(siti, f"KTP {BUDI} sudah jadi?")
        budi.has_blocked = True
        budi.say(f"KTP {SITI} {SITI_RECEIPT}")
        await done(world)
        link(office, SITI, str(siti.id), clock)
        for nik in (SITI, WATI):
            ready(office, nik, clock)
        telegram = FakeChannel(Channel.TELEGRAM, Unsure("timeout"), GiveUp("forbidden"))
        sms = FakeChannel(Channel.SMS, Halt("20003", "Twilio refuses our account: check KABAR_TWILIO_AUTH_TOKEN."))
        await send_all(office, telegram, sms, now=clock)
        logging.getLogger("aiohttp.server").error("failed: %s", _problem(), exc_info=_problem())
        written = lines(file)
        token = world.simulator.bot_token
        private = (SITI, BUDI, WATI, SITI_PHONE, WATI_PHONE, SITI_RECEIPT, str(siti.id), str(budi.id), token)
    assert len(written) > 1
    assert any("20003" in line or "KABAR_TWILIO_AUTH_TOKEN" in line for line in written)
    text = "\n".join(written)
    for personal in (*private, SITI_PHONE[1:], "Siti", "Budi", "AMINAH", "siap diambil", "KTP"):
        assert personal not in text, personal
    for line in written:
        if style == "json":
            assert {"at", "level", "logger", "message"} <= json.loads(line).keys() <= {*_FIRST, *FIELDS}
        else:
            assert _TEXT.match(line), line


_FIRST = ("at", "level", "logger", "message")


def _problem() -> Exception:
    """What a library would write with its traceback."""
    try:
        raise ValueError(f"cannot send to {SITI_PHONE}")
    except ValueError as error:
        return error


# How a line reads


def record(message: str = "the update failed", **extra: object) -> logging.LogRecord:
    return logging.getLogger("kabar.bot").makeRecord(
        "kabar.bot", logging.ERROR, "work.py", 1, message, (), None, extra=extra
    )


def test_as_json_every_id_is_a_field_of_its_own() -> None:
    line = json.loads(JsonLines().format(record(inbox_id=12, error="TypeError", channel=Channel.SMS)))
    assert {name: value for name, value in line.items() if name != "at"} == {
        "level": "ERROR",
        "logger": "kabar.bot",
        "message": "the update failed",
        "channel": "sms",
        "error": "TypeError",
        "inbox_id": 12,
    }


def test_as_text_the_ids_stand_behind_the_sentence() -> None:
    line = TextLines().format(record(inbox_id=12, error="TypeError"))
    assert line.endswith(" UTC ERROR   kabar.bot: the update failed (inbox_id 12, error TypeError)")
    assert TextLines().format(record()).endswith("kabar.bot: the update failed")


def test_what_is_no_known_field_does_not_reach_the_log() -> None:
    for lines_ in (JsonLines(), TextLines()):
        assert "KAUMAN" not in lines_.format(record(village="KAUMAN", name_of_hers="KAUMAN"))


def test_no_field_takes_a_name_that_logging_keeps_for_itself() -> None:
    assert not {*FIELDS, "message"} & (record().__dict__.keys() | {"asctime"}) - {"message"}
    record(**dict.fromkeys(FIELDS, 1))  # raises KeyError if one is taken


def test_an_error_is_told_by_its_kind_and_its_place() -> None:
    one = record()
    problem = _problem()
    one.exc_info = (type(problem), problem, problem.__traceback__)
    line = json.loads(JsonLines().format(one))
    assert line["error"] == "ValueError"
    assert re.fullmatch(r"test_logs\.py:[0-9]+", line["place"])


@given(before=st.text(), number=st.from_regex(r"[0-9]{9,16}", fullmatch=True), after=st.text())
def test_a_long_number_reaches_no_line_whoever_wrote_it(before: str, number: str, after: str) -> None:
    word = before + number + after
    for lines_ in (JsonLines(), TextLines()):
        one = record("a library says %s", hint=word, code=word)
        one.args = (word,)
        line = lines_.format(one)
        assert len(line.splitlines()) == 1
        behind = line[len("2017-09-26T02:00:00.000+00:00") :]
        assert number not in behind


def test_a_token_reaches_no_line() -> None:
    token = "123456:AAF-abcdefghijklmnopqrstuvwxyz01234"
    for lines_ in (JsonLines(), TextLines()):
        assert "abcdef" not in lines_.format(record(f"https://api.telegram.org/bot{token}/getMe failed"))
