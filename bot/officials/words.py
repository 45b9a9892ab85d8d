"""The words of an official's menu of commands: each leads into its room, from wherever she is in a conversation.

They stand before all rooms, because what is typed in one of these is taken for what that one asks.
"""

from collections.abc import Callable, Mapping
from typing import Any

from aiogram import Router

from bot.filters import MayDo, Wants
from bot.officials import announcing, figures, handing, helping, listing, reached, receiving, suspending, week
from bot.officials.calling import begin
from bot.officials.commands import command_of
from bot.officials.inviting import making
from core.rules.officials import Deed

#: Residents type "setuju" too, in a conversation of theirs: that word is bot/officials/agreeing.py's, after all these.
HOMES: Mapping[Deed, Callable[..., Any]] = {
    Deed.TAKE_IN: receiving.home,
    Deed.CALL: begin.home,
    Deed.HAND_OVER: handing.home,
    Deed.REACHED: reached.home,
    Deed.HELP: helping.home,
    Deed.ANNOUNCE: announcing.home,
    Deed.WEEK: week.week,
    Deed.INVITE: making.home,
    Deed.SUSPEND: suspending.home,
    Deed.IMPORT: listing.home,
    Deed.FIGURES: figures.figures,
}


#: What they may also be called.
_ALSO: Mapping[Deed, tuple[str, ...]] = {Deed.FIGURES: ("figures",), Deed.WEEK: ("friday",)}


def routes() -> Router:
    """With a slash or without."""
    router = Router(name="officials' words")
    for deed, home in HOMES.items():
        router.message.register(home, Wants(command_of(deed), *_ALSO.get(deed, ())), MayDo(deed))
    return router
