"""What the running sender tells of itself, asked at its own port; nothing where nobody answers there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

_PATIENCE_SECONDS = 0.5
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  # where one listens, not where one asks


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderSays:
    """As core.rules.pulse.Pulse, read back from /metrics. holder: None when it tells nothing of itself."""

    holder: str | None = None
    pace: dict[str, float] = field(default_factory=dict)
    chats_held: float = 0
    bot_held_seconds: float = 0
    answers_waiting: float = 0


def ask_sender(host: str, port: int) -> SenderSays | None:
    """Ask once; None when nobody of ours answers in time."""
    connection = HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/metrics")
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        return read_metrics(text) if answer.status == 200 else None
    except (OSError, HTTPException, ValueError):  # nobody there, or another program at this port
        return None
    finally:
        connection.close()


def read_metrics(text: str) -> SenderSays | None:
    """Read what is shown out of a whole page of metrics; None if it is no office's. Raises ValueError if it is none."""
    samples = {family.name: family.samples for family in text_string_to_metric_families(text)}
    if "kabar_database_answers" not in samples:
        return None
    holders = [sample.labels.get("holder") for sample in samples.get("kabar_holder", [])]
    return SenderSays(
        holder=holders[0] if holders else None,
        pace=_by_channel(samples.get("kabar_pace_per_second", [])),
        chats_held=_one(samples.get("kabar_chats_held", [])),
        bot_held_seconds=_one(samples.get("kabar_bot_held_seconds", [])),
        answers_waiting=_one(samples.get("kabar_answers_waiting", [])),
    )


def _by_channel(samples: Iterable[Sample]) -> dict[str, float]:
    return {sample.labels["channel"]: sample.value for sample in samples if "channel" in sample.labels}


def _one(samples: Iterable[Sample]) -> float:
    return sum(sample.value for sample in samples)
