"""What came of a storm over many offices: counts for whoever reads along, and every difference."""

from collections import Counter
from collections.abc import Iterator

from core.rules.delivery import Channel
from tests.chaos.evidence import kind_of
from tests.chaos.fleet import FleetStorm
from tests.chaos.fleet_books import FleetBooks, compare_all, taken_over_after
from tests.chaos.keeper import ASKED_TO_END
from tests.chaos.report import Verdict, in_words, most_in_doubt, off_in_log, seconds_of, sms_in_doubt
from tests.chaos.schedule import KILLS, Trouble


def judge_fleet(storm: FleetStorm) -> Verdict:
    """Hold all books of all offices against the providers'."""
    books = FleetBooks.look(storm)
    return Verdict(_counts(books), compare_all(books) + list(_of_the_processes(books)))


def _of_the_processes(books: FleetBooks) -> Iterator[str]:
    storm = books.storm
    if not storm.quiet:
        yield "after two minutes of good weather there was still something to do"
    for keeper in storm.everybody:
        if keeper.last_code not in ASKED_TO_END:
            yield f"asked to end, a process ended with code {keeper.last_code}"
    for path in (*map(storm.said_by, storm.keepers), storm.folder / "door.said"):
        for seat in storm.seats:
            yield from off_in_log(path.read_text(), seat.town.residents)
    for seat, evidence, _ in books.seats():
        in_doubt, most = sms_in_doubt(evidence), most_in_doubt(evidence, killed=_killed(storm))
        if in_doubt > most:
            yield f"{seat.place.code}: {in_doubt} SMS are in doubt; kills and lost answers allow {most}"


def _killed(storm: FleetStorm) -> int:
    return sum(keeper.killed for keeper in storm.keepers.values())


def _counts(books: FleetBooks) -> dict[str, object]:
    storm, every = books.storm, list(books.of.values())
    took = Counter((one.service, "notices" if kind_of(one) else "answers") for one in books.accepted)
    updates = sum(len(one.ledger.written) for one in every)
    attempts = [one for evidence in every for one in evidence.attempts]
    paced = (
        sum(seat.telegram.throttled for seat in storm.seats) - storm.simulator.weather.counts["telegram", "throttled"]
    )
    return {
        "offices, workers": f"{len(storm.seats)}, {len(storm.keepers)}",
        "workers killed": _killed(storm),
        "started": sum(len(keeper.starts) for keeper in storm.everybody),
        "troubles": in_words(Counter(one.how.value for one in storm.interruptions)),
        "weather": in_words(Counter({" ".join(key): times for key, times in storm.simulator.weather.counts.items()})),
        "deeds": in_words(sum((seat.town.done for seat in storm.seats), Counter())),
        "owed": f"{sum(len(one.notices) for one in every)} notices, {updates} updates",
        "taken": in_words(Counter({" ".join(key): times for key, times in took.items()})),
        "notices": in_words(Counter(str(one.state) for evidence in every for one in evidence.notices)),
        "attempts": in_words(Counter(f"{one.channel} {one.outcome}" for one in attempts)),
        "updates": in_words(Counter(str(state) for evidence in every for state in evidence.updates.values())),
        "said again": sum(one.outcome == "Unsure" and one.channel is Channel.TELEGRAM for one in attempts),
        "SMS in doubt": sum(map(sms_in_doubt, every)),
        "handed on": sum(len(turns) - 1 for turns in books.turns.values()),
        "another's after a kill": seconds_of(_after(books, *KILLS)),
        "after a stop": seconds_of(_after(books, Trouble.STOP)),
        "after a word": seconds_of(_after(books, Trouble.DRAIN)),
        "ended after a word": seconds_of(sorted(storm.drained)),
        "too fast for a bot": paced,
    }


def _after(books: FleetBooks, *how: Trouble) -> list[float]:
    fallen = [one for one in books.storm.fallen if one.how.how in how]
    return sorted(seconds for one in fallen for _, seconds in taken_over_after(books, one))
