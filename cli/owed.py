"""What an act made us owe a resident, in one sentence."""

from collections.abc import Sequence

from core.questions.notices import NoticeLine


def owed(notices: Sequence[NoticeLine]) -> str:
    """Say which notices wait for which channel, and which reach nobody."""
    if not notices:
        return "Nobody is told of this."
    return " ".join(
        f"Notice {notice.id} ({notice.kind}) waits to leave by {notice.channel}."
        if notice.channel
        else f"Notice {notice.id} ({notice.kind}) reaches nobody: no address; she has to be visited."
        for notice in notices
    )
