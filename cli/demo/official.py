"""The official of free play: invited, confirmed, and with a box on its way to where she works."""

from functools import partial

from bot.officials.news import News
from cli.demo.cast import Cast, Posting
from cli.demo.clock import ZONE
from cli.demo.office_work import BY, ship_all
from cli.demo.stage import Stage
from cli.demo.stories.exports import take_in, write_export
from core.actions.invites import invite
from core.questions.official_list import live_official
from core.questions.regions import office_words
from core.rules.invites import invite_link
from core.rules.siak import Siak
from core.wording.wordings import Wordings

#: What can be typed on her phone, in the order of an official's week.
HINTS = (
    ("Menu petugas", "/petugas"),
    ("Semua isi kotak datang", "semua"),
    ("Hari panggilan", "besok 8-12"),
    ("Serah terima", "1 2 keluarga"),
)
_PATIENCE_SECONDS = 60.0


def post_official(stage: Stage[Cast], posting: Posting) -> None:
    """Invite her, open the link on her phone, confirm her, and send a box to her; `kabar run` must be at work.

    Nobody else is told of anything: the box is hers to take in, and the people in it hers to call.
    """
    person = stage.simulator.telegram.person(posting.name)
    invited = stage.act(partial(invite, role=posting.role, region=posting.region, now=stage.clock(), by=BY))
    person.open_link(invite_link(stage.simulator.bot_username, invited.secret))
    stage.simulator.wait_until(lambda: person.received, _PATIENCE_SECONDS)
    line = stage.office.read(partial(live_official, account=str(person.id)))
    assert line is not None  # noqa: S101  # the answer on her phone says that she wants to be one
    news = News(Wordings(None), stage.office.read(office_words))
    stage.act(partial(news.confirm, official_id=line.id, now=stage.clock(), by=BY))
    today = stage.clock().astimezone(ZONE).date()
    path = write_export(stage.folder / "ekspor-kotak.csv", "KOTAK TERAKHIR", posting.coming, Siak.CARD_PRINTED)
    take_in(stage, path, as_of=today, tell=False)
    ship_all(stage.office, posting.region, now=stage.clock())
