"""The service that an office runs as: at boot, again after every end, and with hands on nothing but its own folders."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from bot.runner import DRAIN_SECONDS as BOT_DRAIN_SECONDS
from cli.service.command import must_be_theirs
from cli.service.deployed import FOLDER, UNITS
from cli.service.planning import planned
from cli.service.unit import Service, Work, unit_of
from core.errors import InputError, Refused
from core.settings import Settings
from notifier.loop import DRAIN_SECONDS
from tests.cli_world import Terminal

BOJONEGORO = Service(
    about="Dispendukcapil Kabupaten Bojonegoro",
    user="kabar",
    program=Path("/opt/kabar/bin/kabar"),
    stands_in=Path("/srv/kabar"),
    home=Path("/srv/kabar/var"),
    writes=[Path("/mnt/backups")],
    reads=[Path("/usr")],
    environment={"KABAR_HOME": "/srv/kabar/var"},
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


@pytest.mark.parametrize("work", Work)
def test_it_starts_at_boot_and_again_after_every_end_however_often(work: Work) -> None:
    unit = read(unit_of(replace(BOJONEGORO, work=work)))
    assert unit["Install"]["WantedBy"] == ["multi-user.target"]
    assert unit["Unit"]["Wants"] == ["network-online.target"]
    assert unit["Unit"]["StartLimitIntervalSec"] == ["0"]
    assert unit["Service"]["Restart"] == ["always"]
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


@pytest.mark.parametrize("where", ["home", "writes", "keeps", "reads", "program", "stands_in"])
def test_what_lies_in_somebodys_home_can_still_be_read(where: str) -> None:
    path = Path("/home/rini/kabar")
    assert service(**{where: [path] if where in ("writes", "keeps", "reads") else path})["ProtectHome"] == ["read-only"]


def test_what_lies_among_the_temporary_files_can_still_be_seen() -> None:
    assert service(stands_in=Path("/var/tmp/kabar"))["PrivateTmp"] == ["no"]  # noqa: S108  # nothing is put there


def test_a_low_port_is_the_only_thing_it_gets_a_right_for() -> None:
    assert service(port=443)["CapabilityBoundingSet"] == ["CAP_NET_BIND_SERVICE"]
    assert "PrivateUsers" not in service(port=443)
    assert service(port=8080)["PrivateUsers"] == ["yes"]


def test_spaces_and_percent_signs_in_folders_stay_what_they_are() -> None:
    entries = service(home=Path('/srv/a "b" 100%'), writes=[], stands_in=Path("/srv/my office"))
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
        must_be_theirs(replace(BOJONEGORO, user="root"), [Settings()])
    with pytest.raises(InputError, match="there is no user"):
        must_be_theirs(replace(BOJONEGORO, user="nobody-of-that-name"), [Settings()])


def test_a_unit_is_never_written_for_root_nor_into_a_folder_that_is_not_there(kabar: Terminal) -> None:
    for words in (("--print",), ("--folder", ".")):
        said = kabar("service", "install", *words, "--user", "root")
        assert (said.code, said.out) == (1, "")
        assert "--user kabar" in said.err
    said = kabar("service", "install", "--user", "kabar", "--folder", "missing")
    assert said.code == 2
    assert "there is no folder missing" in said.err


def test_several_workers_on_one_machine_are_told_apart_by_the_ports_of_their_health() -> None:
    entries = service(work=Work.WORKER, environment={})
    assert entries["Environment"] == ['"KABAR_HTTP=127.0.0.1:%i"']
    assert entries["ExecStart"] == ['"/opt/kabar/bin/kabar" worker']


@pytest.mark.parametrize("work", [Work.WORKER, Work.WEB])
def test_what_serves_many_has_a_limit_of_memory_and_a_child_that_breaks_it_ends_alone(work: Work) -> None:
    entries = service(work=work)
    assert entries["MemoryMax"]
    assert entries["OOMPolicy"] == ["continue"]


def test_what_it_must_never_change_stays_read_only_among_what_it_may() -> None:
    entries = service(home=None, writes=[Path("/srv/kabar")], keeps=[Path("/srv/kabar/offices.toml")])
    assert entries["ReadWritePaths"] == ['"-/srv/kabar"']
    assert entries["ReadOnlyPaths"] == ['"-/srv/kabar/offices.toml"']


def test_the_units_in_deploy_are_what_is_made() -> None:
    held = {path.name: path.read_text() for path in FOLDER.glob("*.service")}
    assert held == UNITS, "renew them: python -m cli.service.deployed"


@pytest.fixture
def two_offices(kabar: Terminal) -> Terminal:
    """Bojonegoro in a database server, Jember in a file; the list is in the folder."""
    offices = kabar.folder / "offices.toml"
    offices.touch(mode=0o600)
    offices.write_text(
        '["35.22"]\nhome = "var"\ndatabase_url = "postgresql://kabar@db/kabar"\ndatabase_schema = "k3522"\n'
        '["35.09"]\nhome = "jember"\nbackup_folder = "backups"\n'
    )
    kabar.set(offices="offices.toml")
    return kabar


def test_workers_may_change_the_homes_and_backups_of_all_offices(two_offices: Terminal) -> None:
    said = two_offices("service", "install", "worker", "--print", "--user", "kabar")
    entries = read(said.out)["Service"]
    folder = two_offices.folder
    assert sorted(entries["ReadWritePaths"]) == [f'"-{folder / name}"' for name in ("backups", "jember", "var")]
    assert f'"KABAR_OFFICES={folder / "offices.toml"}"' in entries["Environment"]


def test_the_web_may_change_only_where_a_database_is_a_file(two_offices: Terminal) -> None:
    entries = read(two_offices("service", "install", "web", "--print", "--user", "kabar").out)["Service"]
    assert entries["ReadWritePaths"] == [f'"-{two_offices.folder / "jember"}"']
    assert entries["ExecStart"][0].endswith('" web')


def test_each_part_has_a_unit_of_its_own_name(two_offices: Terminal) -> None:
    units = two_offices.folder / "units"
    units.mkdir()
    for work in ("worker", "web"):
        assert two_offices("service", "install", work, "--user", "kabar", "--folder", "units").code == 0
    assert {path.name for path in units.iterdir()} == {"kabar-worker@.service", "kabar-web.service"}


def test_one_office_of_several_is_named_to_its_own_service(two_offices: Terminal) -> None:
    said = two_offices("--office", "35.09", "service", "install", "--print", "--user", "kabar")
    assert "no office in" in said.flat  # Jember is in the list, and not founded
    two_offices.home.rename(two_offices.folder / "jember")
    entries = read(two_offices("--office", "35.09", "service", "install", "--print", "--user", "kabar").out)["Service"]
    assert '"KABAR_OFFICE=35.09"' in entries["Environment"]


def test_without_any_office_there_is_no_service_for_many(two_offices: Terminal) -> None:
    (two_offices.folder / "offices.toml").write_text("")
    assert "kabar office add" in two_offices("service", "install", "web", "--print").err


@pytest.mark.parametrize(("work", "said"), [("worker", "127.0.0.1:%i"), ("web", "127.0.0.1:8090")])
def test_each_can_have_a_port_of_its_own_whatever_the_settings_say(two_offices: Terminal, work: str, said: str) -> None:
    shown = two_offices("service", "install", work, "--print", "--user", "kabar", "--port", "8090")
    assert f'"KABAR_HTTP={said}"' in read(shown.out)["Service"]["Environment"]


def test_the_worker_that_is_started_is_the_one_of_that_port(two_offices: Terminal) -> None:
    assert planned(Work.WORKER, "kabar", 8083).starts == "kabar-worker@8083.service"
    two_offices.set(http="127.0.0.1:8084")
    assert planned(Work.WORKER, "kabar").starts == "kabar-worker@8084.service"
