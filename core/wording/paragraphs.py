"""Texts of several parts: a Fluent variable holds 2,500 characters at most, and a list of cards may be longer."""


def paragraphs(*parts: str) -> str:
    """The parts with an empty line between them; those that are empty leave no trace."""
    return "\n\n".join(filter(None, parts))
