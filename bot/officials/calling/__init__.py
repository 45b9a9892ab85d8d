"""The call: a village official says when, where and how many; sees what would leave; sends; and steers it then."""

from aiogram import Router

from bot.officials.calling import asking, begin, copying, follow, preview


def routes() -> Router:
    """All of it, in one router."""
    router = Router(name="calling")
    for part in (begin, asking, preview, follow, copying):
        part.add(router)
    return router
