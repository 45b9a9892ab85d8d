"""The receipt code of a recording: what a person types of it, and how it is compared.

The code in an office's export may be anything. One on a slip that the counter prints is ours: ten signs drawn at
random, 45.8 bits, written K7M-4P2X-PR9 so that the last group is what our messages mention.
"""

#: Our messages mention so many of a code's last characters.
TAIL = 3
#: A shorter one proves nothing: a clerk's placeholder ("-", "ADA"), or too little that our messages do not give away.
SHORTEST_CODE = TAIL + 5

#: Of signs that look alike in print or in a hand only one is here: 8 not B, 6 not G, 5 not S, 2 not Z, V not U, and
#: none of 0 O Q and 1 I L.
SLIP_SIGNS = "23456789ACDEFHJKMNPRTVWXY"
SLIP_LENGTH = 10
_MEANT = str.maketrans("BGSZU", "8652V")
#: At least so many digits and so many letters: a word has no digits, a number no letters.
_FEWEST_OF_EACH = 3


def bare_code(text: str) -> str | None:
    """Return the letters and digits of a receipt code in capitals: nobody fails for a dash or a space.

    None when what is left is too short to be a code.
    """
    code = "".join(filter(str.isalnum, text)).upper()
    return code if len(code) >= SHORTEST_CODE else None


def read_slip_code(text: str) -> str | None:
    """Return a slip's code as it was drawn, whatever was read or typed for a sign that looks like another.

    None when the text cannot be one.
    """
    code = (bare_code(text) or "").translate(_MEANT)
    if len(code) != SLIP_LENGTH or not set(code) <= set(SLIP_SIGNS):
        return None
    digits = sum(map(str.isdigit, code))
    return code if _FEWEST_OF_EACH <= digits <= SLIP_LENGTH - _FEWEST_OF_EACH else None


def grouped(slip_code: str) -> str:
    """The code of a slip as it is printed: K7M-4P2X-PR9."""
    return f"{slip_code[:3]}-{slip_code[3:-TAIL]}-{slip_code[-TAIL:]}"
