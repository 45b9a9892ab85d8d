"""Counting what became of attempts since the start, and how many a second: a few numbers, however long it runs."""

import time
from collections import Counter
from collections.abc import Callable

from core.rules.delivery import Channel, Outcome, Sent
from core.rules.pulse import OTHER, code_word

#: Over how long a speed is measured.
MEASURED_SECONDS = 10
#: Different codes that are counted one by one for a channel; a provider that makes up more of them shares "other".
MOST_CODES = 40


class Tally:
    """Used from one event loop; clock in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.attempts: Counter[tuple[Channel, str]] = Counter()
        self.codes: Counter[tuple[Channel, str]] = Counter()
        self._sent: Counter[tuple[Channel, int]] = Counter()

    def note(self, channel: Channel, outcome: Outcome) -> None:
        """Count what became of one attempt."""
        self.attempts[channel, type(outcome).__name__] += 1
        if isinstance(outcome, Sent):
            self._forget_old()
            self._sent[channel, int(self._clock())] += 1
        else:
            self.codes[channel, self._known(channel, outcome.code)] += 1

    def per_second(self, channel: Channel) -> float:
        """How many messages a second were accepted, over the last ten whole seconds."""
        last = int(self._clock())
        return sum(self._sent[channel, last - back] for back in range(1, MEASURED_SECONDS + 1)) / MEASURED_SECONDS

    def _known(self, channel: Channel, code: str) -> str:
        if (channel, code) in self.codes:
            return code
        room = sum(of is channel for of, _ in self.codes) < MOST_CODES
        return code_word(code) if room else OTHER

    def _forget_old(self) -> None:
        if len(self._sent) > 4 * MEASURED_SECONDS:
            oldest = int(self._clock()) - MEASURED_SECONDS
            self._sent = Counter({key: sent for key, sent in self._sent.items() if key[1] >= oldest})
