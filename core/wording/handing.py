"""What officials read of the numbers that they typed: as ranges, and what was not understood of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from core.rules.number_list import Mistake, runs_of, said
from core.wording import Wording

#: More ranges than this make a screen that nobody reads.
_MOST_RUNS = 40


def said_numbers(w: Wording, numbers: Collection[int]) -> str:
    """1-20, 23."""
    runs = runs_of(numbers)
    if len(runs) <= _MOST_RUNS:
        return said(sorted(numbers))
    last = runs[_MOST_RUNS - 1][1]
    return w.text("and-others", daftar=said([number for number in sorted(numbers) if number <= last]))


def numbers_line(w: Wording, key: str, numbers: Collection[int]) -> str:
    """A line about some numbers; nothing where there are none."""
    return w.text(key, nomor=said_numbers(w, numbers)) if numbers else ""


def mistakes_text(w: Wording, mistakes: Sequence[Mistake], *, example: str) -> str:
    """What was not understood, word by word. example: the name of the text with one."""
    told = [w.text(f"list-{mistake.why}", **_word(mistake)) for mistake in mistakes]
    return w.text("list-mistakes", salah="\n".join(told), contoh=w.text(example))


def way_text(w: Wording, taken: str | None) -> str:
    """How a card was taken; None where nobody said."""
    return w.text(f"taken-{taken or 'unsaid'}")


def ways_lines(w: Wording, ways: Iterable[str | None]) -> str:
    """How many were taken how, the most frequent first."""
    counts = Counter(ways)
    return "\n".join(
        w.text("hand-way-count", jumlah=count, cara=way_text(w, way)) for way, count in counts.most_common()
    )


def _word(mistake: Mistake) -> dict[str, str]:
    return {"kata": mistake.word} if mistake.word else {}
