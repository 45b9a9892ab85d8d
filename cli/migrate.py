"""Bringing the database to the schema that this program needs."""

from cli.holding import refuse_at_work
from cli.show import say
from core.errors import SetupError
from core.questions.databases import database_state
from core.settings import read_settings
from core.store.engine import database_url
from core.store.office import SCHEMA


def migrate() -> None:
    """Bring the database to this program's schema.

    Each step happens as a whole or not at all.
    Back the database up first, and stop kabar run and kabar worker.

    Example:

      kabar migrate
    """
    settings = read_settings()
    url = database_url(settings.database_address, settings.home)
    before = database_state(url).schema
    if before is None:
        raise SetupError(f"there is no office in {settings.home} yet; run: kabar init --regency CODE")
    if before == SCHEMA:
        say(f"The database is at schema {SCHEMA}, as this program needs it; nothing to do.")
        return
    if before > SCHEMA:
        raise SetupError(
            f"the database is at schema {before}, made by a newer program than this one ({SCHEMA}); install the newest"
        )
    refuse_at_work(settings, to="migrate")
    from migrations import migrate as bring

    bring(url)
    say(f"The database went from schema {before} to {SCHEMA}.")
