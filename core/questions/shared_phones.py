"""Who shares a phone or a chat with whom, so that one of them can collect for all."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.questions.contacts import MOST_RESIDENTS_PER_ADDRESS
from core.store.tables import Contact

_IDS_PER_QUERY = 500


def sharing(session: Session, resident_ids: Sequence[int]) -> list[list[int]]:
    """Return these residents in groups that share an open address, in the order in which each group is first named.

    An address of more of them than a family has is a broker's or a clerk's, and binds nobody.
    """
    at: dict[tuple[str, bytes], list[int]] = defaultdict(list)
    for start in range(0, len(resident_ids), _IDS_PER_QUERY):
        some = resident_ids[start : start + _IDS_PER_QUERY]
        query = select(Contact.resident_id, Contact.channel, Contact.address_index).where(
            Contact.resident_id.in_(some), Contact.closed_at.is_(None)
        )
        for row in session.execute(query):
            at[row.channel, row.address_index].append(row.resident_id)
    return joined(resident_ids, [people for people in at.values() if len(people) <= MOST_RESIDENTS_PER_ADDRESS])


def joined(resident_ids: Sequence[int], circles: Collection[Sequence[int]]) -> list[list[int]]:
    """Two circles with a member in common are one."""
    head: dict[int, int] = {id_: id_ for id_ in resident_ids}
    for first, *others in circles:
        for other in others:
            head[_head(head, other)] = _head(head, first)
    groups: dict[int, list[int]] = defaultdict(list)
    for id_ in resident_ids:
        groups[_head(head, id_)].append(id_)
    return list(groups.values())


def _head(head: Mapping[int, int], id_: int) -> int:
    while head[id_] != id_:
        id_ = head[id_]
    return id_
