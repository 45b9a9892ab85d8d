"""When an account may ask for another NIK, told by the clock of the office."""

from datetime import timedelta

from bot.talk import Talk
from core.rules.asking import Throttled
from core.wording.answers import throttled
from core.wording.dates import clock_time


def throttled_text(talk: Talk, asked: Throttled) -> str:
    """Rounded up to the minute: who comes at the time we named is not turned away again.

    Of a question of last night that time may be over.
    """
    zone = talk.house.zone
    again = (max(asked.again_at, talk.now) + timedelta(minutes=1)).replace(second=0, microsecond=0)
    clock = clock_time(again, zone)
    if again.astimezone(zone).date() > talk.now.astimezone(zone).date():
        clock = talk.text("clock-tomorrow", jam=clock)
    return throttled(talk.words, talk.office, clock)
