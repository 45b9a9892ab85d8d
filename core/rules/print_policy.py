"""The office's print policy as it writes it: which lines there are, in their order, checked before anybody is printed.

1. Every line of `order` stands there once; one that is missing would leave its people waiting for ever.
2. `recorded-before` stands there if, and only if, the day is given.
"""

from collections.abc import Mapping
from datetime import date, datetime

from core.rules.print_queue import USUAL_POLICY, Line, PrintPolicy

_ORDER, _DAY = "order", "recorded_before"

#: What a clerk needs to know of each line, in the example.
MEANINGS: Mapping[Line, str] = {
    Line.URGENT: "kabar print urgent NIK --reason …",
    Line.RECORDED_BEFORE: "recorded before the day below",
    Line.FIRST: "a first card, by the note PEMULA",
    Line.ELDERLY_FIRST: "a first card at 60 or more, by birth date or the note LANSIA",
    Line.ORDINARY: "whose list says no reason",
    Line.REPLACEMENT: "lost, damaged or changed, by the notes HILANG, RUSAK, UBAH DATA",
}


class PolicyFault(ValueError):
    """What is wrong with a policy, and its fix. word: what stands in the file there, to find its line by."""

    def __init__(self, said: str, word: str = "") -> None:
        super().__init__(said)
        self.word = word


def policy_of(written: Mapping[str, object]) -> PrintPolicy:
    """Return the policy that this table says; raise PolicyFault."""
    for key in written:
        if key not in (_ORDER, _DAY):
            raise PolicyFault(f"{key} is no key of a policy; the keys are {_ORDER} and {_DAY}", key)
    before = _day(written.get(_DAY))
    order = _order(written.get(_ORDER))
    wanted = [line for line in Line if before is not None or line is not Line.RECORDED_BEFORE]
    if Line.RECORDED_BEFORE in order and before is None:
        raise PolicyFault(f"{Line.RECORDED_BEFORE} needs its day; add a line like: {_DAY} = 2016-11-01", _ORDER)
    if missing := [line for line in wanted if line not in order]:
        raise PolicyFault(
            f"{_ORDER} leaves out {', '.join(missing)}, who would wait for ever; give each its place", _ORDER
        )
    return PrintPolicy(order, before)


def _day(written: object) -> date | None:
    if written is None:
        return None
    if not isinstance(written, date) or isinstance(written, datetime):
        raise PolicyFault(f"{_DAY} must be a day; write it without quotes: {_DAY} = 2016-11-01", _DAY)
    return written


def _order(written: object) -> tuple[Line, ...]:
    if not isinstance(written, list):
        usual = ", ".join(f'"{line}"' for line in USUAL_POLICY.order)
        raise PolicyFault(f"{_ORDER} must be a list of lines, as in: {_ORDER} = [{usual}]", _ORDER)
    lines: list[Line] = []
    for word in written:
        if word not in list(Line):
            raise PolicyFault(f"{word} is no line; the lines are: {', '.join(Line)}", str(word))
        if word in lines:
            raise PolicyFault(f"{word} stands in {_ORDER} twice; keep one of the two", str(word))
        lines.append(Line(word))
    return tuple(lines)


def example_policy(policy: PrintPolicy = USUAL_POLICY) -> str:
    """Return a file with this policy, which says of every key what it means."""
    width = max(len(line) for line in Line) + 3
    lines = [f"  {f'{chr(34)}{line}{chr(34)},':<{width}}  # {MEANINGS[line]}" for line in policy.order]
    day = policy.recorded_before
    return "\n".join(
        (
            "# Who is printed before whom. What was spoiled comes first of all; within a line, the oldest application.",
            "# Name this file in KABAR_PRINT_POLICY; to see what it does: kabar print policy",
            "",
            f"{_ORDER} = [",
            *lines,
            "]",
            "",
            f'# Printed as a line of their own, once "{Line.RECORDED_BEFORE}" stands in the order above:',
            f"{_DAY} = {day}" if day else f"# {_DAY} = 2016-11-01",
            "",
        )
    )
