"""One tree of errors. Each message names the thing, its state and the fix, in English, for the operator.

What a resident or an official reads about the same trouble comes from the wording files.
No message ever carries a NIK, a name, a phone number, a chat id, a receipt code or a token.
"""


class KabarError(Exception):
    """The root: anything we refuse or cannot do, told in one sentence with a fix."""


class SetupError(KabarError):
    """This installation cannot run as it is: a setting, the key file, the database, a port, the clock."""


class InputError(KabarError):
    """What was typed or filed cannot be read as what it should be."""


class NotFound(KabarError):
    """The thing asked for is not in this office."""


class Refused(KabarError):
    """A rule of the field says no; nothing was changed."""


class Overtaken(KabarError):
    """The thing changed between being seen and being changed; nothing was changed, ask again."""


class WordingError(KabarError):
    """A text is missing, misses a variable, or does not fit where it must."""
