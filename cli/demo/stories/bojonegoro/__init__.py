"""September 2017: an air conditioner floods the server room, 35,000 wait, printing and letters stop for nine days."""

from datetime import datetime

from cli.demo.clock import ZONE
from cli.demo.stories.bojonegoro.captions import CAPTIONS, PREPARING
from cli.demo.stories.bojonegoro.cast import REGENCY, BojonegoroCast, choose, lists
from cli.demo.stories.bojonegoro.steps import STEPS
from cli.demo.stories.story import Story
from core.rules.answer import PlaceKind

BOJONEGORO: Story[BojonegoroCast] = Story(
    name="bojonegoro",
    title="Bojonegoro, September 2017",
    waiting="Bojonegoro · 35,000 residents wait",
    regency=REGENCY,
    office="Dispendukcapil Kabupaten Bojonegoro",
    short_name="Dukcapil Bojonegoro",
    sms_sender="BOJONEGORO",
    pickup=PlaceKind.VILLAGE,
    begins=datetime(2017, 9, 27, 8, 30, tzinfo=ZONE),
    preparing=PREPARING,
    captions=CAPTIONS,
    lists=lists,
    cast=choose,
    steps=STEPS,
)
