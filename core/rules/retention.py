"""How long what we know of people who write to us is kept; the text of /data says these numbers."""

from datetime import timedelta

from core.rules.asking import LOCKED_FOR, PREFIX_WITHIN

#: Addresses, after the hand-over of a resident's last card.
ADDRESS_KEPT = timedelta(days=30)
#: What our messages said, after they were written; that they were sent stays.
TEXT_KEPT = timedelta(days=30)
#: Questions, as codes: as long as they count for the throttles.
QUESTION_KEPT = PREFIX_WITHIN
#: Tries at proof: the day in which they count, and the day for which they lock then.
TRY_KEPT = LOCKED_FOR + LOCKED_FOR
#: The numbers of updates that were answered; Telegram may repeat one for a day.
UPDATE_KEPT = timedelta(days=7)
#: Updates that could not be handled, sealed, so that somebody can see why.
SET_ASIDE_KEPT = timedelta(days=30)
