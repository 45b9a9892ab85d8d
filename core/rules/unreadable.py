"""What the readers of single values raise: a reason and a fix, apart, so that a list of refusals can show both."""

from core.errors import InputError


class Unreadable(InputError):
    """A value cannot be read. reason, fix: English, for the operator; they never repeat the value itself."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(f"{reason}; {fix}")
        self.reason = reason
        self.fix = fix
