"""How well the configured rate is kept at a provider that is strict, and how soon a single act leaves meanwhile.

The stand-in takes 30 messages in any stretch of a second and one a second from each chat, and every request reaches it
up to 60 ms late. Several senders speak side by side for two minutes, each with an office and a stand-in of its own: at
the default rate, at higher ones, at the default rate where one chat in fifty asks to wait for one to five seconds, and
with 70,000 people to be told while single cards become ready.
"""

import argparse
import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from benchmarks.offices import chat, founded, people
from benchmarks.owing import a_sender, ready_to_tell
from benchmarks.standin import Seen, StandInProcess, Terms
from core.rules.card import Stage
from core.store.office import OpenOffice, open_office

DEFAULT = 27.0
HIGHER = (28.0, 29.0, 30.0)
SECONDS = 120.0
SLOTS = 16
CROWD = 70_000
HELD_SHARE = 0.02
_STRICT = Terms(per_second=30, per_chat_second=True, jitter_ms=(0.0, 60.0))
_HOLDING = Terms(per_second=30, per_chat_second=True, jitter_ms=(0.0, 60.0), held_share=HELD_SHARE)
#: One every two thirds of a second, so that they fall at every point of the sender's half-second looks.
_ACT_EVERY_SECONDS = 0.67
_SETTLING_SECONDS = 1.0

Row = tuple[str, str, str, str]


@dataclass
class Course:
    """One sender at one stand-in. acts: when single acts were committed, by chat."""

    name: str
    rate: float
    office: OpenOffice
    standin: StandInProcess
    singles: range = range(0)
    acts: dict[int, float] = field(default_factory=dict)
    began: float = 0.0

    async def run(self, seconds: float) -> None:
        """Speak for so long, then stop as `kabar run` does."""
        sender, _ = a_sender(self.office, self.standin.url, per_second=self.rate, slots=SLOTS)
        self.began = time.time()
        running = asyncio.create_task(sender.run())
        for number in self.singles:
            await asyncio.sleep(_ACT_EVERY_SECONDS)
            if time.time() > self.began + seconds:
                break
            await asyncio.to_thread(ready_to_tell, self.office, [number], batch=None)
            self.acts[int(chat(number))] = time.time()
        await asyncio.sleep(max(0.0, self.began + seconds - time.time()))
        sender.stop()
        await running

    def rate_kept(self, seen: Seen, seconds: float) -> float:
        """Messages a second from the first full second to the last."""
        start, end = self.began + _SETTLING_SECONDS, self.began + seconds
        return sum(start <= at < end for _, at in seen.accepted) / (end - start)


def rows(seconds: float = SECONDS) -> Iterator[Row]:
    """What the table of benchmarks/README.md says."""
    with ExitStack() as stack:
        enough = round(max(HIGHER) * seconds * 1.2)
        at_default = _course(stack, "default", DEFAULT, _STRICT, enough)
        at_higher = [_course(stack, "higher", rate, _STRICT, enough) for rate in HIGHER]
        holding = _course(stack, "holding", DEFAULT, _HOLDING, enough)
        crowd = _course(stack, "crowd", DEFAULT, _STRICT, CROWD, singles=round(seconds / _ACT_EVERY_SECONDS) + 1)
        courses = (at_default, *at_higher, holding, crowd)
        asyncio.run(_side_by_side(courses, seconds))
        seen = {id(course): course.standin.seen() for course in courses}
    yield from _kept(at_default, seen[id(at_default)], seconds)
    for course in at_higher:
        kept, refused = course.rate_kept(seen[id(course)], seconds), seen[id(course)].refused
        yield (
            f"at {course.rate:.0f}/s",
            f"{kept:.2f}/s, {refused} times 429",
            f"{course.rate:.0f}/s",
            f"{kept / course.rate:.3f}",
        )
    yield from _held(holding, seen[id(holding)], seconds)
    yield from _soon(crowd, seen[id(crowd)])


def _kept(course: Course, seen: Seen, seconds: float) -> Iterator[Row]:
    kept = course.rate_kept(seen, seconds)
    yield (
        f"at the default, {seconds:.0f} s",
        f"{kept:.2f}/s",
        f"{course.rate:.0f}/s (limit 0.98)",
        f"{kept / course.rate:.3f}",
    )
    yield "429 meanwhile", str(seen.refused), "limit 0", "-"


def _held(course: Course, seen: Seen, seconds: float) -> Iterator[Row]:
    kept = course.rate_kept(seen, seconds)
    # What was refused took its turn as well: the rest is measured against what was left of the pace.
    left = course.rate - seen.ordered_to_wait / seconds
    said = f"{kept:.2f}/s, {seen.ordered_to_wait} chats held"
    yield "with chats that ask to wait", said, f"{left:.2f}/s left for the others (limit 0.95)", f"{kept / left:.3f}"
    late = max(seen.late_by, default=0.0)
    yield "held chats written to too early", str(seen.too_early), "limit 0", "-"
    yield "held chats written to late by, at most", f"{late:.2f} s", "a look of 0.5 s, and the line", "-"


def _soon(course: Course, seen: Seen) -> Iterator[Row]:
    arrived = dict(reversed(seen.accepted))
    waits = sorted(arrived[where] - at for where, at in course.acts.items() if where in arrived)
    assert len(waits) >= len(course.acts) - 3  # noqa: S101 - all but the last ones, which the end cut off
    p99 = waits[round(0.99 * (len(waits) - 1))]
    said = f"{p99:.2f} s (p50 {waits[len(waits) // 2]:.2f} s)"
    yield f"a single act while {CROWD:,} are told, p99 of {len(waits)}", said, "limit 2 s", f"{p99 / 2:.2f}"


def _course(stack: ExitStack, name: str, rate: float, terms: Terms, crowd: int, *, singles: int = 0) -> Course:
    place = stack.enter_context(founded("sqlite"))
    residents = people(place, crowd + singles, stages=(Stage.READY_FOR_PICKUP,))
    office = stack.enter_context(open_office(place.home, place.address))
    ready_to_tell(office, residents[:crowd], batch="import:1")
    return Course(name, rate, office, stack.enter_context(StandInProcess(terms)), residents[crowd:])


async def _side_by_side(courses: tuple[Course, ...], seconds: float) -> None:
    await asyncio.gather(*(course.run(seconds) for course in courses))


def main() -> None:
    """Print the rows of benchmarks/README.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    seconds = parser.parse_args().seconds
    print("| at a strict 30 in any second, 0 to 60 ms away | measured | beside | ratio |")
    print("|---|---|---|---|")
    for row in rows(seconds):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
