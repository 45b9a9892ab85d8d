"""Telegram's HTML: which tags it takes, how it complains, and the plain text with entities that a phone shows.

Offsets in complaints count UTF-8 bytes, those in entities UTF-16 units, as in the real server. A named character
reference other than lt, gt, amp and quot is no error there: it stays in the text as it was written.
"""

import re
from typing import Any

ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_SPECIAL = re.compile(r"[<&]")
_NAME_END = re.compile(r"[\s>]")
_ATTRIBUTES = re.compile(r"""((?:\s+[^\s=>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*>""")
_ATTRIBUTE = re.compile(r"""\s+([^\s=>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")

Entity = dict[str, Any]


class MarkupError(ValueError):
    """The text cannot be read; the message is Telegram's complaint."""


def utf16_length(text: str) -> int:
    """Telegram counts characters beyond the basic plane twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def read_html(text: str) -> tuple[str, list[Entity]]:
    """The text as a phone shows it and its entities; MarkupError if Telegram would refuse it."""
    if "<" not in text and "&" not in text:
        return text, []
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.shown: list[str] = []
        self.length = 0
        self.open: list[tuple[str, int, dict[str, str]]] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        at = 0
        while at < len(self.text):
            if self.text[at] == "<":
                at = self._end_tag(at) if self.text.startswith("</", at) else self._start_tag(at)
            elif self.text[at] == "&":
                at = self._reference(at)
            else:
                stop = _SPECIAL.search(self.text, at)
                end = stop.start() if stop else len(self.text)
                self._show(self.text[at:end])
                at = end
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        return "".join(self.shown), sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def _show(self, piece: str) -> None:
        self.shown.append(piece)
        self.length += utf16_length(piece)

    def _reference(self, at: int) -> int:
        found = _REFERENCE.match(self.text, at)
        shown = ""
        if found and found[3]:
            shown = _NAMED.get(found[3], "")
        elif found:
            code = int(found[1], 16) if found[1] else int(found[2])
            shown = chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
        self._show(shown or "&")
        return found.end() if found and shown else at + 1

    def _start_tag(self, at: int) -> int:
        name_end = _NAME_END.search(self.text, at)
        if name_end is None:
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(at)}")
        name = self.text[at + 1 : name_end.start()].lower()
        if name not in ENTITY_OF_TAG:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {self._byte(at)}')
        rest = _ATTRIBUTES.match(self.text, name_end.start())
        if rest is None:
            raise MarkupError(f'Unclosed start tag "{name}" at byte offset {self._byte(at)}')
        attributes = {key.lower(): value.strip("\"'") for key, value in _ATTRIBUTE.findall(rest[1])}
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(at)}')
        self.open.append((name, self.length, attributes))
        return rest.end()

    def _end_tag(self, at: int) -> int:
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {self._byte(at)}")
        end = self.text.find(">", at)
        if end < 0:
            raise MarkupError(f"Unclosed end tag at byte offset {self._byte(at)}")
        found = self.text[at + 2 : end].strip().lower()
        name, offset, attributes = self.open.pop()
        if found not in ("", name):
            raise MarkupError(
                f'Unmatched end tag at byte offset {self._byte(at)}, expected "</{name}>", found "</{found}>"'
            )
        self._entity(name, offset, attributes)
        return end + 1

    def _entity(self, name: str, offset: int, attributes: dict[str, str]) -> None:
        entity: Entity = {"type": ENTITY_OF_TAG[name], "offset": offset, "length": self.length - offset}
        if name == "a":
            if not attributes.get("href"):
                return  # the real server takes the text itself as the address, and drops it when it is none
            entity["url"] = attributes["href"]
        if name == "tg-emoji":
            entity["custom_emoji_id"] = attributes.get("emoji-id", "")
        if entity["length"]:
            self.entities.append(entity)

    def _byte(self, at: int) -> int:
        return len(self.text[:at].encode())
