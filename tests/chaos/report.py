"""What came of a storm: counts for whoever reads along, and every difference."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from core.rules.delivery import Channel
from core.store.words import NoticeState
from simulator.faults import Kind
from tests.chaos.cast import Resident
from tests.chaos.comparison import compare
from tests.chaos.evidence import Evidence, kind_of
from tests.chaos.keeper import ASKED_TO_END
from tests.chaos.storm import CONTINUES_WITHIN_SECONDS, Storm

#: SMS that the embedded sender has in flight at most.
SMS_IN_FLIGHT = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """differences: what must not be; counts: what there was, in the order of reading."""

    counts: dict[str, object]
    differences: list[str]


def look(storm: Storm) -> Evidence:
    """Both sides' books, as they are now."""
    evidence = Evidence(storm.town.residents, storm.simulator.ledger, storm.simulator.sms)
    with storm.house.open() as office:
        return office.read(evidence.read)


def judge(storm: Storm) -> Verdict:
    """Hold both sides' books against each other."""
    evidence = look(storm)
    differences = compare(evidence, storm.town) + list(_of_the_process(storm, evidence))
    return Verdict(_counts(storm, evidence), differences)


def _of_the_process(storm: Storm, evidence: Evidence) -> Iterator[str]:
    if not storm.quiet:
        yield "after two minutes of good weather there was still something to do"
    if storm.keeper.last_code not in ASKED_TO_END:
        yield f"asked to end, the office ended with code {storm.keeper.last_code}"
    own_ends = [end for keeper in storm.keepers for end in keeper.own_ends]
    if storm.plan.sqlite and own_ends:  # without its server, or its lease, it may end and be started
        yield f"the office ended by itself: {own_ends[0].said[:80]}"
    for one in storm.interruptions:
        seconds = storm.continued(one)
        if one.waiting and seconds is not None and seconds > CONTINUES_WITHIN_SECONDS and _undisturbed(storm, one.at):
            yield f"after it was {one.how.value} nobody went on for {seconds:.0f} s"
    in_doubt, most = sms_in_doubt(evidence), most_in_doubt(evidence, killed=_killed(storm))
    if in_doubt > most:
        yield f"{in_doubt} SMS are in doubt; kills and lost answers allow {most}"
    said = (storm.folder / "office.said").read_text()
    yield from off_in_log(said, storm.town.residents)


def off_in_log(said: str, residents: list[Resident]) -> Iterator[str]:
    """What must not stand in what a process wrote."""
    yield from (f"the office wrote a traceback after: {line[:80]}" for line in _tracebacks(said))
    for one in residents:
        if one.nik in said or (one.phone and one.phone in said):
            yield f"the log of the office speaks of resident {one.number}"


def _tracebacks(said: str) -> Iterator[str]:
    """The entry of the log that each traceback belongs to."""
    entry = ""
    for line in said.splitlines():
        if line[:4].isdigit():
            entry = line
        elif line.startswith("Traceback"):
            yield entry


def _undisturbed(storm: Storm, at: float) -> bool:
    """Whether nothing else struck within the time that is allowed."""
    return not any(at < other.began <= at + CONTINUES_WITHIN_SECONDS for other in storm.interruptions)


def _struck_before(storm: Storm, at: float, seconds: float) -> bool:
    """Whether something else struck before it could go on."""
    return any(at < other.began < at + seconds for other in storm.interruptions)


def sms_in_doubt(evidence: Evidence) -> int:
    """How many notices by SMS are left to an operator."""
    return sum(one.state is NoticeState.IN_DOUBT and one.channel is Channel.SMS for one in evidence.notices)


def most_in_doubt(evidence: Evidence, *, killed: int) -> int:
    """One for each request whose answer was lost although nothing was processed, and all in flight for each kill."""
    lost = sum(
        (one.method == "create" and one.accepted is None and one.fault is not None and _is_silent(one.fault.kind))
        or (one.method == "create" and one.fault is not None and one.fault.status >= 500)
        for one in evidence.ledger.requests
    )
    return lost + SMS_IN_FLIGHT * killed


def _killed(storm: Storm) -> int:
    return sum(keeper.killed for keeper in storm.keepers)


def _is_silent(kind: Kind) -> bool:
    return kind in (Kind.DROP_BEFORE, Kind.DROP_AFTER)


def _counts(storm: Storm, evidence: Evidence) -> dict[str, object]:
    ledger = evidence.ledger
    took = Counter((one.service, "notices" if kind_of(one) else "answers") for one in ledger.accepted)
    outcomes = Counter(f"{one.channel} {one.outcome}" for one in evidence.attempts)
    went_on = sorted(
        seconds
        for one in storm.interruptions
        if one.waiting and (seconds := storm.continued(one)) is not None and not _struck_before(storm, one.at, seconds)
    )
    weather = Counter({f"{service} {name}": times for (service, name), times in storm.simulator.weather.counts.items()})
    return {
        "killed": _killed(storm),
        "started": sum(len(keeper.starts) for keeper in storm.keepers),
        "ended by itself": in_words(Counter(f"{end.code}" for keeper in storm.keepers for end in keeper.own_ends)),
        "troubles": in_words(Counter(one.how.value for one in storm.interruptions)),
        "weather": in_words(weather),
        "deeds": in_words(storm.town.done),
        "owed": f"{len(evidence.notices)} notices, {len(ledger.written)} updates",
        "taken": in_words(Counter({" ".join(key): times for key, times in took.items()})),
        "notices": in_words(Counter(str(one.state) for one in evidence.notices)),
        "attempts": in_words(outcomes),
        "updates": in_words(Counter(str(state) for state in evidence.updates.values())),
        "said again": sum(one.outcome == "Unsure" and one.channel is Channel.TELEGRAM for one in evidence.attempts),
        "SMS in doubt": f"{sms_in_doubt(evidence)} (at most {most_in_doubt(evidence, killed=_killed(storm))})",
        "went on after": seconds_of(went_on),
    }


def in_words(counts: Counter[str]) -> str:
    """Each with how often."""
    return ", ".join(f"{name} {times}" for name, times in sorted(counts.items())) or "–"


def seconds_of(values: list[float]) -> str:
    """The middle and the worst of sorted ones."""
    if not values:
        return "–"
    return f"{values[len(values) // 2]:.1f} s at the median, {values[-1]:.1f} s at most, of {len(values)}"
