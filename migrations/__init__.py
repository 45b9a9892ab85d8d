"""Schema changes, applied in order on SQLite and PostgreSQL alike, and the functions that apply them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL

from core.store.engine import ensure_schema, writer_engine


def migrate(url: URL, revision: str = "head") -> None:
    """Bring the database to a revision, up or down; each step commits as a whole or not at all."""
    ensure_schema(url)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["engine"] = engine = writer_engine(url)
    try:
        if revision == "base" or revision.startswith("-"):
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)
    finally:
        engine.dispose()
