"""Which region is meant: an official's own, or a district or village within it."""

from aiogram.types import CallbackQuery, Message

from bot.officials.points import page_of
from bot.officials.screens import Button, Screens
from bot.replies import Reply
from core.questions.region_names import within_region
from core.questions.regions import places
from core.rules.suspension import within
from core.wording.places import region_name

_ON_A_SCREEN = 8
_WHOLE = "="


async def choose_region(
    screens: Screens, event: Message | CallbackQuery, value: str, *, own: str, then: str
) -> str | list[Reply]:
    """Return what was chosen, or the screen that asks; each press comes back to the screen `then`.

    What was chosen may be made up: the caller asks whether it is a region, and hers.

    value: what the press brought: nothing, a region to look into, another page of it, or the whole of one.
    """
    if value.startswith(_WHOLE):
        return value.removeprefix(_WHOLE)
    page = page_of(value)
    region: str = (value or own) if page is None else screens.known.get("in", own)
    inner = within_region(screens.talk.session, region)
    if not inner or not within(region, own):
        return region
    screens.known["in"] = region
    return await _ask(screens, event, region, inner, then=then, page=page or 0)


async def _ask(
    screens: Screens, event: Message | CallbackQuery, region: str, inner: list[str], *, then: str, page: int
) -> list[Reply]:
    talk = screens.talk
    some = inner[page * _ON_A_SCREEN : (page + 1) * _ON_A_SCREEN]
    names = {code: region_name(talk.words, place, short=True) for code, place in places(talk.session, some).items()}
    whole = region_name(talk.words, places(talk.session, [region])[region], short=True)
    rows: list[list[Button]] = [
        [screens.button(talk.text("button-whole-region", warga=whole), then, f"{_WHOLE}{region}")],
        *([screens.button(names[code], then, code)] for code in some),
    ]
    turns: list[Button] = []
    if page > 0:
        turns.append(screens.button(talk.text("button-page-before"), then, f"page-{page - 1}"))
    if len(inner) > (page + 1) * _ON_A_SCREEN:
        turns.append(screens.button(talk.text("button-page-after"), then, f"page-{page + 1}"))
    rows += [turns] if turns else []
    return await screens.show(event, talk.text("region-which"), [*rows, [screens.to_menu()]])
