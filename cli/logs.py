"""One log for the whole process, as text or as JSON lines: ids only, and nothing from libraries that log addresses.

How to log: the sentence says what happened and never varies; what varies goes into `extra=`, under one of FIELDS:

    log.error("the update failed", extra={"inbox_id": waiting.inbox_id, "error": type(error).__name__})

Ids are ours (an inbox id, never Telegram's); of an error its kind only, because its text may quote a person.
"""

import json
import logging
import re
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

#: What a line may carry beside its sentence; anything else is left out. hint: our own words about what to mend.
FIELDS = (
    "attempt_id",
    "message_id",
    "notice_id",
    "inbox_id",
    "batch",
    "channel",
    "outcome",
    "code",
    "error",
    "place",
    "office",
    "chore",
    "setting",
    "list",
    "file",
    "holder",
    "number",
    "seconds",
    "hint",
)

#: Libraries that write URLs with tokens, bodies with phone numbers or the arguments of a job, at their lower levels.
_TALKATIVE = (
    "aiogram",
    "aiohttp",
    "alembic",
    "arq",
    "asyncio",
    "filelock",
    "httpcore",
    "httpx",
    "redis",
    "telegram",
    "twilio",
)

#: A token, a NIK, a phone or an account number that got into a sentence after all, by a library's hand.
_PERSONAL = re.compile(r"[0-9]{6,}:[A-Za-z0-9_-]{20,}|[0-9]{9,}")
_HIDDEN = "…"


class _Lines(logging.Formatter):
    """One line for each record, never a traceback: of an exception its kind and its place."""

    def __init__(self) -> None:
        super().__init__()
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        said = _safe(record.getMessage())
        fields = {name: _value(record.__dict__[name]) for name in FIELDS if record.__dict__.get(name) is not None}
        return self.line(record, said, fields | _error(record))

    def line(self, record: logging.LogRecord, said: str, fields: dict[str, object]) -> str:
        raise NotImplementedError


class JsonLines(_Lines):
    """One JSON object a line: at (UTC), level, logger, message (the sentence), and the fields that it carries."""

    def line(self, record: logging.LogRecord, said: str, fields: dict[str, object]) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "logger": record.name, "message": said}
        return json.dumps(line | fields, ensure_ascii=False)


class TextLines(_Lines):
    """The same for a reader: the fields stand behind the sentence."""

    def line(self, record: logging.LogRecord, said: str, fields: dict[str, object]) -> str:
        at = f"{self.formatTime(record, '%Y-%m-%d %H:%M:%S')}.{int(record.msecs):03d} UTC"
        behind = ", ".join(f"{name} {value}" for name, value in fields.items())
        return f"{at} {record.levelname:<7} {record.name}: {said}{f' ({behind})' if behind else ''}"


def set_up_log(style: str, file: Path | None = None) -> None:
    """Log to standard error, or to a file. style: text or json."""
    handler = logging.FileHandler(file) if file else logging.StreamHandler()
    handler.setFormatter(JsonLines() if style == "json" else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)


def _error(record: logging.LogRecord) -> dict[str, object]:
    """What a library's own report of an exception comes to."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return {}
    frames = traceback.extract_tb(error.__traceback__)
    place = {"place": f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"} if frames else {}
    return {"error": type(error).__name__, **place}


def _value(value: object) -> object:
    return value if isinstance(value, bool | int | float) else _safe(str(value))


def _safe(text: str) -> str:
    return _PERSONAL.sub(_HIDDEN, " ".join(text.splitlines()))
