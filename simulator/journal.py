"""Which phones changed, in order: who shows a few of many looks only at those that did."""

from itertools import takewhile


class Journal:
    """Each change of a phone has a number, and only a phone's newest one is kept; use it with the lock held."""

    def __init__(self) -> None:
        #: the number of the newest change
        self.version = 0
        self._changed: dict[str, int] = {}

    def note(self, phone: str) -> None:
        """Say that this phone shows something else now."""
        self.version += 1
        self._changed.pop(phone, None)
        self._changed[phone] = self.version

    def since(self, version: int) -> list[str]:
        """The phones that changed after that change, the newest first."""
        newest_first = reversed(self._changed.items())
        return [phone for phone, _ in takewhile(lambda entry: entry[1] > version, newest_first)]
