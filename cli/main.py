"""The `kabar` command: a table of commands, and one clear sentence for whatever goes wrong.

`kabar --help` reads the table only. A command's own module, and with it the database and the providers' libraries, is
imported when that command is called.
"""

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

PROGRAM = "kabar"

#: Ctrl-C, as shells count it (128 and the signal's number).
INTERRUPTED = 130

_REGENCY = re.compile(r"[0-9]{2}\.[0-9]{2}", re.ASCII)

_GOES_ON = "what was done stays, and the same command goes on from there"

_START = "To begin with"
_CARDS = "One resident"
_WORK = "The office's work, day by day"
_EVERYBODY = "Services that stop"
_LOOK = "Looking after it"


@dataclass(frozen=True, slots=True)
class Entry:
    """place: module:name of a function, or of a Typer app that holds several. stopped: what is said after Ctrl-C."""

    place: str
    panel: str
    help: str
    stopped: str = _GOES_ON


COMMANDS = {
    "init": Entry("cli.init:init", _START, "Found an office: its home, its key file, its database, its regions."),
    "template": Entry("cli.template:template", _START, "Write an empty file to fill and import."),
    "import": Entry("cli.importing:import_", _START, "Take an export of the office into the database."),
    "run": Entry("cli.run:run", _START, "Answer residents and send what is owed, until stopped."),
    "web": Entry("cli.web.command:web", _START, "Take in what Telegram and Twilio bring, for all offices."),
    "demo": Entry(
        "cli.demo.command:demo",
        _START,
        "Play September 2017 in Bojonegoro, without any account.",
        stopped="the demo is over, and the next one begins anew",
    ),
    "doctor": Entry("cli.doctor.command:doctor", _START, "Check settings, key, database, providers and clock."),
    "status": Entry("cli.status:status", _CARDS, "Where a card is, as its resident is told it."),
    "history": Entry("cli.history:history", _CARDS, "Everything that happened to a resident's card."),
    "move": Entry("cli.move:move", _CARDS, "Take a card to another stage."),
    "handover": Entry("cli.handover:handover", _CARDS, "Cards are handed over: by number, receipt or NIK."),
    "close": Entry("cli.closing:close", _CARDS, "A card nobody waits for: moved, died, withdrawn."),
    "reopen": Entry("cli.closing:reopen", _CARDS, "A closed card is awaited again."),
    "letter": Entry("cli.letter:app", _CARDS, "Substitute letters: from asked for to collected, and checked."),
    "contact": Entry("cli.contact:app", _CARDS, "A resident's addresses: add one, stop one, erase all."),
    "receipt": Entry("cli.receipt:receipt", _CARDS, "Print a receipt that proves whose card it is."),
    "blanks": Entry("cli.blanks:app", _WORK, "Blank cards: the stock, and every movement of it."),
    "print": Entry("cli.printing.command:app", _WORK, "Plan what is printed next, and note what was."),
    "ship": Entry("cli.shipping:ship", _WORK, "Pack printed cards: numbers, boxes, lists on paper."),
    "arrive": Entry("cli.arriving:arrive", _WORK, "A box is there: its cards are ready, people are told."),
    "shipments": Entry("cli.shipping:list_shipments", _WORK, "Boxes under way, late ones, missing cards."),
    "unclaimed": Entry("cli.unclaimed:unclaimed", _WORK, "Cards that nobody collects, by place and age."),
    "trouble": Entry("cli.trouble:trouble", _WORK, "Who needs an officer, why, and since when."),
    "poster": Entry("cli.poster.command:poster", _WORK, "A sheet for the village hall: how to ask, what is genuine."),
    "figures": Entry("cli.figures.command:figures", _WORK, "The office's work in numbers: screen, CSV, charts."),
    "official": Entry("cli.official.command:app", _WORK, "Who may act in the chat: invite, confirm, suspend, remove."),
    "suspend": Entry("cli.suspend:suspend", _EVERYBODY, "Services stop: answers say so, who waits is told."),
    "resume": Entry("cli.suspensions:resume", _EVERYBODY, "Services are back: who was told of the stop is told."),
    "suspensions": Entry("cli.suspensions:suspensions", _EVERYBODY, "Which services are stopped, and which were."),
    "suspension": Entry("cli.suspensions:app", _EVERYBODY, "Services are expected back on another day."),
    "proposals": Entry("cli.proposals:app", _EVERYBODY, "What officials want many to be told: agree, refuse."),
    "desk": Entry("cli.desk:app", _LOOK, "What waits for a person: to be looked into, or to be visited."),
    "notices": Entry("cli.notices:notices", _LOOK, "What people are owed and were told, newest first."),
    "notice": Entry("cli.notices:app", _LOOK, "One notice with every attempt to deliver it; end a doubt."),
    "batches": Entry("cli.batches:batches", _LOOK, "What many are told at once, and how far each batch is."),
    "batch": Entry("cli.batches:app", _LOOK, "Let a batch wait, go on, or end."),
    "watch": Entry("cli.watch.command:watch", _LOOK, "See the office at work, second by second."),
    "inbox": Entry("cli.inbox:app", _LOOK, "What residents wrote that waits, or could not be handled."),
    "backup": Entry("cli.backup:backup", _LOOK, "Write the whole office into one sealed file."),
    "restore": Entry("cli.restore:restore", _LOOK, "Put an office back from a backup, into an empty home."),
    "key": Entry("cli.key:app", _LOOK, "The key file: copy it to where no backup is."),
    "wording": Entry("cli.wording:app", _LOOK, "Every text that people read: see it, replace it, check it."),
    "service": Entry("cli.service.command:app", _LOOK, "Have kabar run started at boot, under systemd."),
    "worker": Entry("cli.worker.command:worker", _LOOK, "Answer and send for many offices; any number of them."),
    "office": Entry("cli.office.command:app", _LOOK, "Several offices on one machine: list, add, check, migrate."),
    "move-database": Entry("cli.moving:move_database", _LOOK, "From the SQLite file into a PostgreSQL schema."),
    "migrate": Entry("cli.migrate:migrate", _LOOK, "Bring the database to this program's schema."),
}


class LazyGroup(TyperGroup):
    """Shows every command from the table; imports the one that is called."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, entry in COMMANDS.items():
            self.commands[name] = TyperCommand(
                name, callback=None, help=entry.help, rich_help_panel=entry.panel, rich_markup_mode="rich"
            )

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, shown, rest = super().resolve_command(ctx, args)
        return (name, load(name), rest) if name else (name, shown, rest)


def load(name: str) -> Any:
    """Import a command and return it, ready to be invoked."""
    module, _, attribute = COMMANDS[name].place.partition(":")
    command = getattr(import_module(module), attribute)
    if isinstance(command, typer.Typer):
        return typer.main.get_command(command)
    alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
    alone.command(name)(command)
    return typer.main.get_command(alone)


def kabar() -> None:
    """Kabar KTP: news of your ID card.

    Tells residents of one regency where their KTP-el is.
    One home folder (KABAR_HOME, ./var) is one office. Settings come from
    the environment, or from a file .env in the folder where you stand.

    Examples, in the order of a first day:

      kabar demo                          see all of it, without any account
      kabar init --regency 35.22          found the office of Kabupaten Bojonegoro
      kabar import export.csv --dry-run   what the office's export would do
      kabar import export.csv             take it in
      kabar doctor                        is everything ready?
      kabar run                           answer and send, until Ctrl-C

    Of several offices (kabar office --help), name one: kabar --office 35.22 status NIK

    Each command explains itself: kabar import --help
    """


def build() -> TyperGroup:
    """The whole command line, ready to be invoked."""
    app = typer.Typer(cls=LazyGroup, add_completion=False, rich_markup_mode="rich")
    app.callback()(kabar)
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)  # noqa: S101  # a callback always makes a group
    return group


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code: 0 done, 1 refused, 2 set up or typed wrongly, 3 asks first."""
    office, words = _office_in(arguments)
    entry = COMMANDS.get(words[0]) if words else None
    stopped = entry.stopped if entry else _GOES_ON

    def command() -> Any:
        if office is None:
            return build().main(words or ["--help"], prog_name=PROGRAM, standalone_mode=False)
        from core.offices import chosen

        with chosen(office):
            return build().main(words or ["--help"], prog_name=PROGRAM, standalone_mode=False)

    return _guarded(command, stopped)


def _office_in(arguments: list[str]) -> tuple[str | None, list[str]]:
    """The office that `--office CODE` names anywhere in the line, and the line without it.

    `kabar status NIK --office` has an option of its own of that name, which no code follows.
    """
    for place, word in enumerate(arguments):
        name, _, value = word.partition("=")
        if name != "--office":
            continue
        if _REGENCY.fullmatch(value):
            return value, arguments[:place] + arguments[place + 1 :]
        following = arguments[place + 1] if place + 1 < len(arguments) else ""
        if not value and _REGENCY.fullmatch(following):
            return following, arguments[:place] + arguments[place + 2 :]
    return None, arguments


def _guarded(command: Callable[[], Any], stopped: str) -> int:
    try:
        result = command()
    except KeyboardInterrupt:
        result = INTERRUPTED
    except Exception as error:  # noqa: BLE001  # nothing leaves here as a traceback, unless it is asked for
        from cli.failures import report

        return report(error)
    if result == INTERRUPTED:
        sys.stderr.write(f"\nkabar: stopped; {stopped}\n")
    return result if isinstance(result, int) else 0


def main() -> None:
    """Entry point of the installed `kabar`."""
    os.umask(0o077)  # the database, its log and the refused rows are the owner's alone
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
