"""How the screens about officials describe one."""

from bot.talk import Talk
from core.questions.official_list import OfficialLine
from core.questions.regions import place, places
from core.rules.officials import Role
from core.wording.places import region_name


def task(talk: Talk, role: Role, region: str) -> dict[str, str]:
    """Role and region, as the texts have them."""
    return {"peran": talk.text(f"role-{role}"), "daerah": region_name(talk.words, place(talk.session, region))}


def task_of(talk: Talk, line: OfficialLine) -> dict[str, str]:
    """The same of an official."""
    return task(talk, line.role, line.region)


def areas(talk: Talk, regions: list[str]) -> dict[str, str]:
    """What several regions are called."""
    return {code: region_name(talk.words, where) for code, where in places(talk.session, regions).items()}
