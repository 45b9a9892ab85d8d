"""Inviting one official for each of many regions: in chunks, and each takes the place of what is open there.

Killed in between and run again, it begins anew: a link whose paper is not finished is void from then on, and what it
was for has another.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from core.actions.invites import invite_all, void_invites_made_by
from core.rules.officials import Role
from core.store.office import OpenOffice

#: Invitations in one transaction, so that none holds the writer for longer than 50 ms.
_CHUNK = 25
_REST_TIMES = 2


def invite_many(
    office: OpenOffice,
    role: Role,
    drawn: Sequence[tuple[str, str]],
    *,
    now: datetime,
    by: str,
    polite: bool,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Make them; return how many earlier ones, of the same maker and not opened, are void now.

    drawn: regions, checked before, each with the secret that stands on its paper.
    """
    replaced = 0
    for start in range(0, len(drawn), _CHUNK):
        began = time.monotonic()
        some = drawn[start : start + _CHUNK]
        replaced += office.write(partial(_invite_some, role=role, drawn=some, now=now, by=by))
        progress(start + len(some))
        time.sleep(_REST_TIMES * (time.monotonic() - began) if polite and office.backend == "sqlite" else 0)
    return replaced


def _invite_some(session: Session, *, role: Role, drawn: Sequence[tuple[str, str]], now: datetime, by: str) -> int:
    regions = [region for region, _ in drawn]
    replaced = void_invites_made_by(session, by, role=role, regions=regions, now=now, by=by)
    invite_all(session, role, drawn, now=now, by=by)
    return replaced
