"""When somebody is reminded of a card that waits for her (design.md, "Who is told what")."""

#: Days since the card is ready, in the office's zone; days on which pickup was suspended count too.
REMINDED_AFTER_DAYS = (14, 30, 60)


def reminders_due(days: int) -> int:
    """Return how many reminders are due after so many days."""
    return sum(days >= after for after in REMINDED_AFTER_DAYS)
