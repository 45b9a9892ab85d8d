"""Putting an office into the list: a section of its own at the end, so that what a person wrote stays as it is."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from core.errors import Refused
from core.regions import regency
from core.settings import read_offices
from core.whole_file import whole_file


def schema_for(code: str) -> str:
    """The schema of an office by its code: k3522."""
    return f"k{code.replace('.', '')}"


@contextmanager
def added_to_list(path: Path, code: str, entry: Mapping[str, str]) -> Iterator[None]:
    """Write the section, and take it out again when the block fails; an office that is there is refused."""
    was_there = path.exists()
    before = path.read_text(encoding="utf-8") if was_there else ""
    if before and code in read_offices(path).codes:
        raise Refused(f"{code} is in {path} already; to found it again where that failed: kabar --office {code} init")
    lines = [f'["{code}"]  # {regency(code).name}', *(f"{name} = {json.dumps(value)}" for name, value in entry.items())]
    _write(path, "\n\n".join(part for part in (before.rstrip(), "\n".join(lines)) if part) + "\n")
    try:
        yield
    except BaseException:
        if was_there:
            _write(path, before)
        else:
            path.unlink()
        raise


def _write(path: Path, text: str) -> None:
    with whole_file(path) as file:
        file.write(text.encode())
