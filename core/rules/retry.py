"""When to try again: growing pauses with jitter, and the looks after a doubt.

Waiting because a provider asked for it is no failed try and never makes the next pause longer.
"""

from datetime import timedelta

_FIRST_SECONDS = 2.0
_LONGEST_SECONDS = 600.0

#: After an SMS whose answer was lost: when to look at the provider's own list, counted from each last look.
LOOKS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))

#: How often a message whose answer was lost is simply sent again on Telegram, where that is free and harmless.
TELEGRAM_AGAIN = 1

#: How long a stopped channel waits before it is tried whether our configuration is right again.
PROBE_EVERY = timedelta(seconds=60)


def pause_before_retry(failures: int, jitter: float) -> timedelta:
    """How long to wait after the nth failure in a row (from 1). jitter: 0 to 1, spreads it from half to all."""
    whole = min(_LONGEST_SECONDS, _FIRST_SECONDS * 2.0 ** min(failures - 1, 20))
    return timedelta(seconds=whole * (0.5 + jitter / 2))
