"""One log for the whole process, as text or as JSON lines: ids only, and nothing from libraries that log addresses."""

import json
import logging
import time
from datetime import UTC, datetime
from pathlib import Path

#: Libraries that write URLs with tokens, or bodies with phone numbers, at their lower levels.
_TALKATIVE = ("aiogram", "aiohttp", "httpx", "httpcore", "telegram", "twilio", "alembic", "filelock", "asyncio")


class JsonLines(logging.Formatter):
    """One JSON object a line: at (UTC), level, logger, message."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        return json.dumps(line, ensure_ascii=False)


def set_up_log(style: str, file: Path | None = None) -> None:
    """Log to standard error, or to a file. style: text or json."""
    handler = logging.FileHandler(file) if file else logging.StreamHandler()
    text = logging.Formatter("%(asctime)s.%(msecs)03d UTC %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S")
    text.converter = time.gmtime
    handler.setFormatter(JsonLines() if style == "json" else text)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
