"""The office's side of the phones page: what a clerk would do by command, on the demo's office, in a clerk's words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from cli.demo.clock import DemoClock
from cli.demo.office_files import sample_export, take_file
from cli.demo.office_status import status_of, tasks_of
from cli.demo.office_words import CAUSES, CHANNELS, LETTER_STEPS, REFUSALS, SERVICES, STAGES, TELL
from cli.demo.office_work import BY
from cli.demo.work_panel import WorkActions
from core.actions.cards import move_card_of
from core.actions.desk import settle
from core.actions.letters import ask_letter, letter_ready
from core.actions.slips import draw_secrets, make_slip
from core.actions.suspensions import resume, suspend
from core.errors import InputError
from core.files import ExportRow
from core.questions.notices import owed_since
from core.questions.residents import known_resident
from core.questions.suspensions import open_suspensions
from core.rules.answer import LetterKind
from core.rules.card import Stage
from core.rules.nik import read_nik
from core.rules.print_queue import PrintPolicy
from core.rules.receipt import grouped
from core.rules.suspension import Cause, Service
from core.rules.window import Window
from core.store.office import OpenOffice
from simulator.bodies import Upload
from simulator.page import Action, Desk, Director, Done, Field, Role, Values


class Panel:
    """people: whom to suggest where a NIK is asked for, by what the page calls them. bot: its user name."""

    def __init__(
        self,
        office: OpenOffice,
        clock: DemoClock,
        folder: Path,
        *,
        people: Mapping[str, ExportRow],
        bot: str,
        window: Window,
        policy: PrintPolicy,
    ) -> None:
        self._office = office
        self._clock = clock
        self._folder = folder
        self._people = people
        self._bot = bot
        self._window = window
        self._work = WorkActions(office, clock, policy)

    def director(self, cast: Sequence[Role]) -> Director:
        """Everything that the page needs; errors of ours are said as they are, after a word of Indonesian."""
        return Director(
            actions=self._actions(),
            cast=cast,
            status=lambda: status_of(self._office, self._clock(), self._window),
            clock=self._clock,
            desk=Desk(tasks=lambda: tasks_of(self._office), settle=self._settle),
            refusals=REFUSALS,
        )

    def _actions(self) -> list[Action]:
        nik = Field(name="nik", label="NIK", options=tuple((row.nik, who) for who, row in self._people.items()))
        file = Field(name="file", label="Berkas CSV atau XLSX", kind="file", sample=self._sample)
        until = Field(name="until", label="Perkiraan pulih (boleh kosong)", kind="date", optional=True)
        stage, step = _choice("stage", "Ke tahap", STAGES.items()), _choice("step", "Surat", LETTER_STEPS.items())
        service, cause = _choice("service", "Layanan", SERVICES.items()), _choice("cause", "Sebab", CAUSES.items())
        return [
            Action("move", "Pindahkan kartu", "Tahap baru untuk satu kartu.", (nik, stage), self._move),
            Action("letter", "Surat pengganti (suket)", "Diminta di loket, lalu siap.", (nik, step), self._letter),
            Action("slip", "Cetak resi", "Kode dan tautan QR baru untuk satu kartu.", (nik,), self._slip),
            Action(
                "import",
                "Impor berkas",
                "Ekspor dari SIAK: yang berubah dikabarkan.",
                (file, _choice("tell", "Kabari warga?", TELL.items())),
                self._import,
            ),
            Action(
                "suspend",
                "Hentikan layanan",
                "Siapa yang menunggu layanan itu dikabari.",
                (service, cause, until),
                self._suspend,
            ),
            Action("resume", "Pulihkan layanan", "Semua yang berhenti berjalan lagi.", (), self._resume),
            *self._work.actions(),
        ]

    def _move(self, values: Values) -> Done:
        nik, to, now = _nik(values), Stage(_text(values, "stage")), self._clock()
        came_from = self._office.write(partial(move_card_of, nik=nik, to=to, now=now, by=BY))
        return Done(f"Kartu pindah: {STAGES[came_from]} → {STAGES[to]}. {self._told(nik, since=now)}")

    def _letter(self, values: Values) -> Done:
        nik, step, now = _nik(values), _text(values, "step"), self._clock()
        act = letter_ready if step == "ready" else ask_letter
        self._office.write(partial(act, nik=nik, kind=LetterKind.SUKET, now=now, by=BY))
        return Done(f"Surat pengganti {LETTER_STEPS[step]}. {self._told(nik, since=now)}")

    def _slip(self, values: Values) -> Done:
        drawn = draw_secrets()
        self._office.write(partial(make_slip, nik=_nik(values), drawn=drawn, now=self._clock(), by=BY))
        link = f"t.me/{self._bot}?start=r_{drawn.link}"
        return Done(f"Kode resi: {grouped(drawn.code)}. Tautan QR: {link}", link)

    def _import(self, values: Values) -> Done:
        file = values["file"]
        if not isinstance(file, Upload):
            raise InputError("choose a file")
        tell = _text(values, "tell") == "yes"
        return Done(take_file(self._office, file, self._folder, now=self._clock(), tell=tell))

    def _suspend(self, values: Values) -> Done:
        service, until = Service(_text(values, "service")), _text(values, "until")
        stop = partial(
            suspend,
            services=(service,),
            cause=Cause(_text(values, "cause")),
            now=self._clock(),
            by=BY,
            until=date.fromisoformat(until) if until else None,
        )
        told = self._office.write(stop).broadcast_id is not None
        who = "Siapa yang menunggu dikabari." if told else "Kurang dari sehari: hanya jawaban yang berubah."
        return Done(f"Layanan berhenti: {SERVICES[service]}. {who}")

    def _resume(self, _: Values) -> Done:
        def all_of_them(session: Session) -> int:
            stopped = open_suspensions(session)
            for suspension in stopped:
                resume(session, suspension.id, now=self._clock(), by=BY)
            return len(stopped)

        count = self._office.write(all_of_them)
        return Done(f"Penghentian yang berakhir: {count}." if count else "Tidak ada layanan yang berhenti.")

    def _settle(self, key: str) -> Done:
        if not key.isdecimal():
            raise InputError("choose something on the desk's list")
        settled = self._office.write(partial(settle, item_id=int(key), now=self._clock(), by=BY))
        return Done("Selesai dicatat." if settled else "Sudah diselesaikan sebelumnya.")

    def _told(self, nik: str, *, since: datetime) -> str:
        notices = self._office.read(lambda session: owed_since(session, known_resident(session, nik).id, since))
        ways = ", ".join(CHANNELS[notice.channel] for notice in notices)
        return f"Pemberitahuan: {ways}." if ways else "Tidak ada pemberitahuan untuk ini."

    def _sample(self) -> Upload:
        return sample_export(self._people.values(), self._clock())


def _choice(name: str, label: str, words: Iterable[tuple[str, str]]) -> Field:
    return Field(name=name, label=label, kind="select", options=tuple((str(key), word) for key, word in words))


def _text(values: Values, name: str) -> str:
    return str(values.get(name) or "")


def _nik(values: Values) -> str:
    return read_nik(_text(values, "nik"))
