"""What Telegram calls the office's bot: links to it are printed when the bot itself is not at work."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.store.tables import Office


def keep_bot_name(session: Session, username: str) -> None:
    """Note the name; another token brings another."""
    changed = Office.bot_name.is_distinct_from(username)
    session.execute(update(Office).where(changed).values(bot_name=username))
