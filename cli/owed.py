"""What an act made us owe a resident, in one sentence."""

from collections.abc import Sequence

from core.questions.notices import NoticeLine
from core.rules.notices import TABLE


def owed(notices: Sequence[NoticeLine]) -> str:
    """Say which notices wait for which channel, and which reach nobody."""
    if not notices:
        return "Nobody is told of this."
    return " ".join(
        f"Notice {notice.id} ({notice.kind}) waits to leave by {notice.channel}."
        if notice.channel
        else f"Notice {notice.id} ({notice.kind}) reaches nobody: no address{_visit(notice)}."
        for notice in notices
    )


def _visit(notice: NoticeLine) -> str:
    return "; she has to be visited (kabar desk --visit)" if TABLE[notice.kind].worth_a_visit else ""
