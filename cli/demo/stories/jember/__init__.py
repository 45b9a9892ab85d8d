"""May 2017: the centre is down since October, 70,000 recordings wait for it, and 10,000 blanks come for older ones."""

from datetime import datetime

from cli.demo.clock import ZONE
from cli.demo.stories.jember.captions import CAPTIONS, PREPARING
from cli.demo.stories.jember.cast import REGENCY, JemberCast, choose, lists
from cli.demo.stories.jember.steps import POLICY, STEPS
from cli.demo.stories.story import Story
from core.rules.answer import PlaceKind

JEMBER: Story[JemberCast] = Story(
    name="jember",
    title="Jember, May 2017",
    waiting="Jember · 70,000 residents wait for the centre, 2,000 of them in this demo",
    regency=REGENCY,
    office="Dispendukcapil Kabupaten Jember",
    short_name="Dukcapil Jember",
    sms_sender="JEMBER",
    pickup=PlaceKind.DISTRICT,
    begins=datetime(2017, 5, 22, 8, 30, tzinfo=ZONE),
    preparing=PREPARING,
    captions=CAPTIONS,
    lists=lists,
    cast=choose,
    steps=STEPS,
    policy=POLICY,
)
