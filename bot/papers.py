"""Papers that the bot sends as documents, or as a long text: kept as what they are about, drawn when they leave.

A paper may take a tenth of a second, which must not hold up the writer; and a kill finds it drawn anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from sqlalchemy.orm import Session

from bot.talk import House

#: Its name for people, and its content; or a message's text.
Paper = tuple[str, bytes] | str


class Draw(Protocol):
    """Draws a paper from what it is about; runs on a snapshot, in a thread of its own."""

    def __call__(self, session: Session, *, house: House, about: Mapping[str, Any]) -> Paper: ...


#: By the name that a reply gives.
PAPERS: dict[str, Draw] = {}


@dataclass(frozen=True, slots=True)
class SendPaper:
    """A reply that is drawn. paper: a name of PAPERS; about: plain values, ids and days, that it is drawn from."""

    __api_method__: ClassVar[str] = "sendDocument"

    chat_id: int
    paper: str
    about: Mapping[str, Any] = field(default_factory=dict)
    caption: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        kept = {"method": self.__api_method__, "chat_id": self.chat_id, "paper": self.paper, "about": dict(self.about)}
        return kept | ({"caption": self.caption} if self.caption else {})
