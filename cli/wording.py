"""Every text that residents read: as they will see it, an office's own beside those that ship, and what is wrong."""

from pathlib import Path
from typing import Annotated

import typer

from cli.show import counted, say, table
from core.errors import InputError, Refused, SetupError
from core.settings import read_settings
from core.wording import Wording, languages
from core.wording.entries import source_of, used_by
from core.wording.gsm import sms_size
from core.wording.overrides import OwnFiles, OwnTexts, put_in_front, report_on
from core.wording.preview import longest, typical
from core.wording.samples import sample_of, spoken
from core.wording.samples.kinds import Sample
from core.wording.wordings import INDONESIAN

app = typer.Typer(
    name="wording",
    help="Every text that people read: see it, replace it, check it.\n\nExample:\n\n  kabar wording show welcome",
    add_completion=False,
    rich_markup_mode="rich",
)

_Language = Annotated[str, typer.Option(help=f"one of: {', '.join(languages())}")]
_NOWHERE = "KABAR_WORDING is not set; set it to a folder for the texts of your own"


@app.command()
def show(
    key: Annotated[str, typer.Argument(help="a text's name; without it all are listed")] = "",
    language: _Language = INDONESIAN,
    changed: Annotated[bool, typer.Option("--changed", help="list only those of your own")] = False,
) -> None:
    """Show a text with typical values and with the longest there are.

    It is counted as it is sent, and each variable is explained. Of a
    text of your own (KABAR_WORDING) the one that ships stands beside it.

    Examples:

      kabar wording show
      kabar wording show --changed
      kabar wording show notice-ready-sms --language en
    """
    w, own = _wording(language)
    if key:
        _show_text(w, own, key)
        return
    mine = own.files.keys() | {complaint.name for complaint in own.complaints if complaint.name}
    names = sorted(mine if changed else w.keys | mine)
    table(("", "text", "begins"), [_row(w, own, name) for name in names])
    say(f"{counted(len(names), 'text')}, {sum(name in own.files for name in names)} of your own.")


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="a folder of texts; without it KABAR_WORDING")] = None,
) -> None:
    """Say everything that is wrong with texts of your own, in every language.

    ✗ is refused at start; ! is yours to decide. The exit code is 1 when
    anything is wrong.

    Examples:

      kabar wording check
      kabar wording check /srv/kabar/wording
    """
    folder = folder or read_settings().wording
    if folder is None:
        raise SetupError(f"{_NOWHERE}, or name a folder")
    report = report_on(folder)
    say(*(f"✗ {complaint}" for complaint in report.complaints), *(f"! {remark}" for remark in report.remarks))
    wrong, remarks = counted(len(report.complaints), "thing"), len(report.remarks)
    say(f"{counted(report.texts, 'text')} of your own: {wrong} wrong, {remarks} to look at.")
    if report.complaints:
        raise typer.Exit(1)


@app.command()
def copy(
    keys: Annotated[list[str], typer.Argument(help="names of texts, as kabar wording show lists them")],
    language: _Language = INDONESIAN,
) -> None:
    """Copy texts that ship into your own folder, to be changed there.

    Example:

      kabar wording copy welcome help
    """
    folder = read_settings().wording
    if folder is None:
        raise SetupError(_NOWHERE)
    folder.mkdir(parents=True, exist_ok=True)
    shipped, files = Wording(language=language), OwnFiles(folder, language).files
    for key in keys:
        _known(shipped, key)
        if key in files:
            raise Refused(f"{key} stands in {files[key]} already; change it there")
    file = folder / f"{language}.ftl"
    before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    texts = [source_of(key, shipped.entries) for key in dict.fromkeys(keys)]
    whole = file.with_suffix(".new")
    whole.write_text("\n\n".join(filter(None, (before.rstrip("\n"), *texts))) + "\n", encoding="utf-8")
    whole.replace(file)  # a full disk must not cost her the texts that she wrote before
    say(f"{counted(len(texts), 'text')} copied to {file}. When it is changed: kabar wording check")


def _wording(language: str) -> tuple[Wording, OwnTexts]:
    """The texts of a language, with as many of the office's own in front as are sound."""
    w, folder = Wording(language=language), read_settings().wording
    return w, put_in_front(w, folder) if folder else OwnTexts({}, {}, (), ())


def _row(w: Wording, own: OwnTexts, name: str) -> tuple[str, str, str]:
    wrong = [f"✗ {complaint.what}" for complaint in own.complaints if complaint.name == name]
    if name in own.entries and (wrong or name not in w.keys):
        begins = source_of(name, own.entries)
    else:
        begins = typical(w, name) if name in w.keys else ""
    mark = "wrong" if wrong else "yours" if name in own.files else ""
    return mark, name, " ".join(filter(None, (begins.split("\n")[0], *wrong[:1])))


def _known(w: Wording, key: str) -> None:
    if key not in w.keys:
        raise InputError(f"there is no text {key!r}; see: kabar wording show")


def _show_text(w: Wording, own: OwnTexts, key: str) -> None:
    shipped = Wording(language=w.language)
    _known(shipped, key)
    if key in own.files:
        say(f"Yours, from {own.files[key]}:", "", source_of(key, own.entries), "")
        say(*(f"✗ {complaint.what}" for complaint in own.complaints if complaint.name == key))
    say("As it ships:", "", _with_what_it_uses(key, shipped), "")
    for values, text in (("typical", typical(w, key)), ("the longest", longest(w, key))):
        say(f"With {values} values, {_counted(key, text)}:", "", text, "")
    samples = [(name, sample_of(key, name)) for name in sorted(w.variables(key))]
    if samples:
        rows = [(f"${name}", sample.meaning, *_values(w, sample)) for name, sample in samples]
        table(("variable", "is", "typical", "longest"), rows)
    say(*(f"✗ {complaint}" for complaint in own.complaints if complaint.name == key))


def _with_what_it_uses(key: str, w: Wording) -> str:
    others = sorted(used_by(key, w.entries).texts)
    return "\n\n".join(source_of(name, w.entries) for name in (key, *others))


def _counted(key: str, text: str) -> str:
    if not key.endswith("-sms"):
        return counted(len(text), "character")
    alphabet, length, parts = sms_size(text)
    return f"{counted(length, 'character')} of {alphabet}, {parts} SMS"


def _values(w: Wording, sample: Sample) -> tuple[object, object]:
    return spoken(w, sample.typical), spoken(w, sample.longest, longest=True)
