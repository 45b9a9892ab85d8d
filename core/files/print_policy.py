"""Reading the file of the print policy; what is wrong in it is said with the number of its line."""

import tomllib
from pathlib import Path

from core.errors import SetupError
from core.rules.print_policy import PolicyFault, policy_of
from core.rules.print_queue import USUAL_POLICY, PrintPolicy


def read_policy(path: Path | None) -> PrintPolicy:
    """Return the policy of this file, or the usual one without a file; SetupError names the line and the fix."""
    if path is None:
        return USUAL_POLICY
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return policy_of(tomllib.loads(text))
    except OSError as error:
        raise _wrong(path, f"it cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise _wrong(path, "it is no plain text; begin with: kabar print policy --example FILE") from None
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, f"{error}; begin with: kabar print policy --example FILE") from None
    except PolicyFault as fault:
        raise _wrong(path, f"{_line_of(text, fault.word)}{fault}") from None


def _line_of(text: str, word: str) -> str:
    """Where the word stands last: of two alike the second is the one too many."""
    lines = [line.partition("#")[0] for line in text.splitlines()]
    found = [number for number, line in enumerate(lines, start=1) if word and word in line]
    return f"line {found[-1]}: " if found else ""


def _wrong(path: Path, said: str) -> SetupError:
    return SetupError(f"KABAR_PRINT_POLICY, {path}: {said}")
