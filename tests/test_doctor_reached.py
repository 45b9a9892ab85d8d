"""The doctor looks at how an office is reached: its public address, its webhook, and Redis."""

import json
import socket
from pathlib import Path

import pytest

from cli.doctor.finding import Mark
from tests.cli_world import Terminal
from tests.redis_server import RedisServer
from tests.test_offices_list import listed
from tests.test_run import free_port

PASSWORD = "S3CRET"


@pytest.fixture
def kabar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


def found(kabar: Terminal, name: str, *words: str) -> tuple[Mark, str] | None:
    """What the doctor finds under this name, and what it advises."""
    said = kabar(*words, "doctor", "--json")
    assert PASSWORD not in said.out + said.err
    of_name = [one for one in json.loads(said.out) if one["name"] == name]
    return (Mark(of_name[0]["mark"]), of_name[0]["said"] + of_name[0]["hint"]) if of_name else None


def test_a_webhook_without_an_address_is_broken(kabar: Terminal) -> None:
    assert found(kabar, "webhook") is None
    kabar.set(webhook="yes")
    mark, said = found(kabar, "webhook") or (None, "")
    assert mark is Mark.BROKEN
    assert "KABAR_PUBLIC_URL" in said
    kabar.set(public_url="http://kabar.example.id")
    assert (found(kabar, "webhook") or (None, ""))[0] is Mark.BROKEN
    kabar.set(public_url="https://kabar.example.id")
    assert (found(kabar, "webhook") or (None, ""))[0] is Mark.WELL


@pytest.mark.parametrize(
    ("text", "mark", "why"),
    [
        ("[all]\npublic_url='https://k.example'\n['35.22']\n['35.09']", Mark.WELL, "https://k.example/35.22"),
        ("['35.22']\npublic_url='https://k.example/35.22/'\n['35.09']", Mark.WELL, "https://k.example/35.22"),
        ("['35.22']\npublic_url='https://k.example/35.09'\n['35.09']", Mark.BROKEN, "another office"),
        ("['35.22']\npublic_url='https://k.example'\n['35.09']", Mark.LOOK, "kabar web takes nothing in"),
        ("['35.22']\n['35.09']", Mark.BROKEN, "each other's receipts"),
    ],
)
def test_an_office_of_a_list_needs_an_address_of_its_own(kabar: Terminal, text: str, mark: Mark, why: str) -> None:
    kabar.set(offices=str(listed(kabar.folder, text)), public_url="https://k.example")
    told = found(kabar, "public address", "--office", "35.22")
    assert told is not None
    assert told[0] is mark
    assert why in told[1]


def test_an_office_alone_may_be_reached_anywhere(kabar: Terminal) -> None:
    kabar.set(public_url="https://k.example")
    assert found(kabar, "public address") is None


def test_redis_is_asked_and_its_password_never_shown(kabar: Terminal) -> None:
    assert found(kabar, "redis") is None
    with RedisServer(kabar.folder, free_port()) as redis:
        kabar.set(redis_url=redis.address)
        assert found(kabar, "redis") == (Mark.WELL, "answers")
        kabar.set(redis_url=redis.address.replace("redis://", f"redis://:{PASSWORD}@"))
        assert (found(kabar, "redis") or (None, ""))[0] is Mark.BROKEN
    assert (found(kabar, "redis") or (None, ""))[0] is Mark.LOOK
    with socket.create_server(("127.0.0.1", 0)) as silent:
        kabar.set(redis_url=f"redis://:{PASSWORD}@127.0.0.1:{silent.getsockname()[1]}/0")
        assert (found(kabar, "redis") or (None, ""))[0] is Mark.LOOK
    kabar.set(redis_url=f"http://:{PASSWORD}@127.0.0.1/0")
    assert (found(kabar, "redis") or (None, ""))[0] is Mark.BROKEN
