"""Samples of what officials read in the chat."""

from core.wording.samples.kinds import Sample, other_text
from core.wording.samples.offices import PLACES

SAMPLES: dict[str, Sample] = {
    "deed-agree-waiting.n": Sample("proposals that wait to be agreed to", 2, 99),
    "point-work.tempat": other_text("a pickup place", *PLACES),
    "point-work.menunggu": Sample("cards that wait there", 37, 999),
    "point-work.kiriman": Sample("boxes on their way there", 1, 12),
}
