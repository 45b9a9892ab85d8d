"""The service that an office runs as: at boot, again after every end, and with hands on nothing but its own folders."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from bot.runner import DRAIN_SECONDS as BOT_DRAIN_SECONDS
from cli.service.command import must_be_theirs
from cli.service.unit import Service, unit_of
from core.errors import InputError, Refused
from core.settings import Settings
from notifier.loop import DRAIN_SECONDS
from tests.cli_world import Terminal

BOJONEGORO = Service(
    office="Dispendukcapil Kabupaten Bojonegoro",
    user="kabar",
    program=Path("/opt/kabar/bin/kabar"),
    stands_in=Path("/srv/kabar"),
    writes=[Path("/srv/kabar/var"), Path("/mnt/backups")],
    reads=[Path("/usr")],
)

Unit = dict[str, dict[str, list[str]]]


def read(text: str) -> Unit:
    """As systemd reads it: a key may stand more than once."""
    unit: Unit = {}
    for line in text.splitlines():
        if line.startswith("["):
            entries = unit[line.strip("[]")] = defaultdict(list)
        elif line:
            key, _, value = line.partition("=")
            entries[key].append(value)
    return unit


def service(**changes: object) -> dict[str, list[str]]:
    return read(unit_of(replace(BOJONEGORO, **changes)))["Service"]


@pytest.fixture
def kabar(
    founded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)


def test_it_starts_at_boot_and_again_after_every_failure_however_often() -> None:
    unit = read(unit_of(BOJONEGORO))
    assert unit["Install"]["WantedBy"] == ["multi-user.target"]
    assert unit["Unit"]["Wants"] == ["network-online.target"]
    assert unit["Unit"]["StartLimitIntervalSec"] == ["0"]
    assert unit["Service"]["Restart"] == ["on-failure"]
    assert int(unit["Service"]["RestartSec"][0]) >= 10


def test_a_stop_leaves_time_for_what_is_in_flight() -> None:
    assert int(service()["TimeoutStopSec"][0]) > DRAIN_SECONDS + BOT_DRAIN_SECONDS


def test_it_runs_this_program_in_the_folder_of_its_settings_on_this_home() -> None:
    entries = service()
    assert entries["ExecStart"] == ['"/opt/kabar/bin/kabar" run']
    assert entries["WorkingDirectory"] == ["/srv/kabar"]
    assert entries["Environment"] == ['"KABAR_HOME=/srv/kabar/var"']
    assert entries["User"] == ["kabar"]


def test_it_may_change_nothing_but_the_home_and_the_backups() -> None:
    entries = service()
    assert entries["ProtectSystem"] == ["strict"]
    assert entries["ReadWritePaths"] == ['"/srv/kabar/var"', '"-/mnt/backups"']
    assert entries["UMask"] == ["0077"]
    for closed in ("NoNewPrivileges", "PrivateDevices", "PrivateTmp", "ProtectHome", "MemoryDenyWriteExecute"):
        assert entries[closed] == ["yes"], closed
    assert entries["RestrictAddressFamilies"] == ["AF_INET AF_INET6 AF_UNIX"]
    assert entries["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]
    assert entries["CapabilityBoundingSet"] == [""]


@pytest.mark.parametrize("where", ["writes", "reads", "program", "stands_in"])
def test_what_lies_in_somebodys_home_can_still_be_read(where: str) -> None:
    path = Path("/home/rini/kabar")
    assert service(**{where: [path] if where in ("writes", "reads") else path})["ProtectHome"] == ["read-only"]


def test_what_lies_among_the_temporary_files_can_still_be_seen() -> None:
    assert service(stands_in=Path("/var/tmp/kabar"))["PrivateTmp"] == ["no"]  # noqa: S108  # nothing is put there


def test_a_low_port_is_the_only_thing_it_gets_a_right_for() -> None:
    assert service(port=443)["CapabilityBoundingSet"] == ["CAP_NET_BIND_SERVICE"]
    assert "PrivateUsers" not in service(port=443)
    assert service(port=8080)["PrivateUsers"] == ["yes"]


def test_spaces_and_percent_signs_in_folders_stay_what_they_are() -> None:
    entries = service(writes=[Path('/srv/a "b" 100%')], stands_in=Path("/srv/my office"))
    assert entries["ReadWritePaths"] == [r'"/srv/a \"b\" 100%%"']
    assert entries["WorkingDirectory"] == ["/srv/my office"]


def test_it_can_be_looked_at_without_installing_anything(kabar: Terminal) -> None:
    kabar.set(backup_folder="backups")
    said = kabar("service", "install", "--print", "--user", "kabar")
    entries = read(said.out)["Service"]
    assert entries["ReadWritePaths"] == [f'"{kabar.home}"', f'"-{kabar.folder / "backups"}"']
    assert entries["WorkingDirectory"] == [str(kabar.folder)]
    assert entries["User"] == ["kabar"]
    program = Path(entries["ExecStart"][0].split('"')[1])
    assert program.is_absolute()
    assert program.name == "kabar"


def test_it_can_be_written_for_another_machine(kabar: Terminal) -> None:
    units = kabar.folder / "units"
    units.mkdir()
    assert kabar("service", "install", "--user", "kabar", "--folder", "units").code == 0
    unit = units / "kabar-35.22.service"
    assert unit.read_text().rstrip() == kabar("service", "install", "--print", "--user", "kabar").out.rstrip()
    assert unit.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("command", ["install", "status", "uninstall"])
def test_where_systemd_is_not_it_says_what_to_do(
    kabar: Terminal, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(kabar.folder))
    said = kabar("service", command)
    assert (said.code, said.out) == (2, "")
    assert "start: kabar run" in said.err


def test_without_an_office_there_is_nothing_to_start(kabar: Terminal) -> None:
    kabar.set(home="nowhere")
    assert "run: kabar init" in kabar("service", "install", "--print", "--user", "kabar").err


def test_it_never_runs_as_root_nor_as_nobody_known() -> None:
    with pytest.raises(Refused, match="useradd --system kabar"):
        must_be_theirs(replace(BOJONEGORO, user="root"), Settings())
    with pytest.raises(InputError, match="there is no user"):
        must_be_theirs(replace(BOJONEGORO, user="nobody-of-that-name"), Settings())


def test_a_unit_is_never_written_for_root_nor_into_a_folder_that_is_not_there(kabar: Terminal) -> None:
    for words in (("--print",), ("--folder", ".")):
        said = kabar("service", "install", *words, "--user", "root")
        assert (said.code, said.out) == (1, "")
        assert "--user kabar" in said.err
    said = kabar("service", "install", "--user", "kabar", "--folder", "missing")
    assert said.code == 2
    assert "there is no folder missing" in said.err
