"""The receipt code of a recording: what a person types of it, and how it is compared."""

#: A shorter one ("-", "1", "ADA") is a clerk's placeholder and proves nothing.
SHORTEST_CODE = 4


def bare_code(text: str) -> str | None:
    """Return the letters and digits of a receipt code in capitals: nobody fails for a dash or a space.

    None when what is left is too short to be a code.
    """
    code = "".join(filter(str.isalnum, text)).upper()
    return code if len(code) >= SHORTEST_CODE else None
