"""What the page does on a resident's phone, to the clock and to the providers: one function for each deed's name."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from simulator.bodies import Upload
from simulator.faults import Faults
from simulator.page.director import PageClock, Refusal
from simulator.page.phones import Phones
from simulator.page.switches import order
from simulator.telegram_people import Person
from simulator.telegram_state import Telegram

_LONGEST_TEXT = 4096
_LONGEST_NAME = 64
#: What getFile gives a bot at most.
_LARGEST_FILE = 20 * 1024 * 1024
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_STEPS = {"10m": timedelta(minutes=10), "1h": timedelta(hours=1), "1d": timedelta(days=1)}
_MORNING_HOUR = 8

Given = Mapping[str, Any]


class Deeds:
    """Each deed takes what the page sent, raises Refusal when it cannot be done, and may return the phone it is about.

    Call `do` with the simulator's lock held.
    """

    def __init__(self, telegram: Telegram, phones: Phones, faults: Faults) -> None:
        self._telegram = telegram
        self._phones = phones
        self._faults = faults
        self._deeds: dict[str, Callable[[Given], str | None]] = {
            "start": self._start,
            "say": self._say,
            "press": self._press,
            "key": self._key,
            "contact": self._contact,
            "photo": lambda given: self._send(given, Person.send_photo),
            "sticker": lambda given: self._send(given, Person.send_sticker),
            "voice": lambda given: self._send(given, Person.send_voice),
            "block": self._block,
            "unblock": self._unblock,
            "link": self._link,
            "person": self._new_person,
            "number": self._new_number,
            "fault": lambda given: order(faults, given.get("service"), given.get("fault"), given.get("times")),
            "faults-clear": lambda _: faults.clear(),
        }

    def do(self, name: str, given: Given, *, clock: PageClock | None) -> str | None:
        """Do it; the phone that it concerns, if it made one."""
        if name == "clock":
            _move(clock, given.get("step"))
            return None
        deed = self._deeds.get(name)
        if deed is None:
            raise Refusal("Tindakan ini tidak ada.")
        return deed(given)

    def _say(self, given: Given) -> None:
        self._writer(given).say(_text(given, "text", _LONGEST_TEXT))

    def _press(self, given: Given) -> None:
        person = self._person(given)
        try:
            person.press_below(_count(given, "message"), row=_count(given, "row"), column=_count(given, "column"))
        except LookupError:
            raise Refusal("Tombol ini sudah tidak ada.") from None
        except ValueError:
            raise Refusal("Tombol ini membuka alamat di luar simulator.") from None

    def _key(self, given: Given) -> None:
        try:
            self._writer(given).press_key(_text(given, "label", _LONGEST_TEXT))
        except LookupError:
            raise Refusal("Tombol ini sudah tidak ada.") from None
        except ValueError:
            raise Refusal("HP ini tidak punya nomor untuk dibagikan.") from None

    def _contact(self, given: Given) -> None:
        person = self._writer(given)
        if given.get("own"):
            if person.phone is None:
                raise Refusal("HP ini tidak punya nomor untuk dibagikan.")
            person.share_contact(person.phone)
        else:
            person.share_contact(_number(given), own=False)

    def _send(self, given: Given, send: Callable[[Person], object]) -> None:
        send(self._writer(given))

    def send_document(self, given: Given, file: Upload | None) -> None:
        """Send a file of this computer from a phone."""
        if file is None or not file.content:
            raise Refusal("Berkas ini kosong; pilih berkas lain.")
        if len(file.content) > _LARGEST_FILE:
            raise Refusal("Berkas ini terlalu besar; bot hanya dapat mengambil sampai 20 MB.")
        self._writer(given).send_document(file.name, file.content)

    def _block(self, given: Given) -> None:
        person = self._person(given)
        if not person.has_blocked:
            person.block()

    def _unblock(self, given: Given) -> None:
        person = self._person(given)
        if person.has_blocked:
            person.unblock()

    def _start(self, given: Given) -> None:
        self._unblock(given)  # as in Telegram, where a blocked bot's button says "Restart"
        self._person(given).start()

    def _link(self, given: Given) -> None:
        person = self._person(given)
        self._unblock(given)
        try:
            person.open_link(_text(given, "link", _LONGEST_TEXT))
        except ValueError:
            name = self._telegram.bot["username"]
            raise Refusal(f"Bukan tautan bot ini. Contoh: t.me/{name}?start=r_…") from None

    def _new_person(self, given: Given) -> str:
        name, number = _text(given, "name", _LONGEST_NAME), _number(given) if given.get("number") else None
        if any(isinstance(chat, Person) and chat.name == name for chat in self._telegram.chats.values()):
            raise Refusal("Nama ini sudah ada; pakailah nama lain.")
        if number and self._telegram.owner_of(number):
            raise Refusal("Nomor ini sudah dipakai orang lain.")
        return self._telegram.person(name, phone=number).phone_key

    def _new_number(self, given: Given) -> str:
        number = _number(given)
        owner = self._telegram.owner_of(number)
        phone = owner.phone_key if owner else f"s{number}"
        if given.get("name") and not owner:
            self._phones.names[phone] = _text(given, "name", _LONGEST_NAME)
        self._telegram.journal.note(phone)
        return phone

    def _person(self, given: Given) -> Person:
        person = self._phones.person(str(given.get("phone", "")))
        if person is None:
            raise Refusal("Di HP ini tidak ada Telegram.")
        return person

    def _writer(self, given: Given) -> Person:
        person = self._person(given)
        if person.has_blocked:
            raise Refusal("Bot ini diblokir; buka blokirnya dahulu.")
        return person


def _text(given: Given, name: str, longest: int) -> str:
    text = given.get(name)
    if not isinstance(text, str) or not text.strip():
        raise Refusal("Tulislah sesuatu dahulu.")
    if len(text) > longest:
        raise Refusal(f"Terlalu panjang; paling banyak {longest} huruf.")
    return text.strip()


def _count(given: Given, name: str) -> int:
    number = given.get(name)
    if not isinstance(number, int) or number < 0:
        raise Refusal("Tombol ini tidak dikenal.")
    return number


def _number(given: Given) -> str:
    """A phone number as people write it here: 0812 3456 7890 is +62 812 3456 7890."""
    typed = re.sub(r"[\s().-]", "", str(given.get("number", "")))
    number = f"+62{typed[1:]}" if typed.startswith("0") else typed if typed.startswith("+") else f"+{typed}"
    if not _NUMBER.fullmatch(number):
        raise Refusal("Nomor HP ini tidak terbaca. Contoh: 0812 0000 0001.")
    return number


def _move(clock: PageClock | None, step: object) -> None:
    if clock is None:
        raise Refusal("Jam ini adalah jam komputer dan tidak dapat digeser.")
    if step == "morning":
        clock.forward(_until_morning(clock()))
    elif isinstance(step, str) and step in _STEPS:
        clock.forward(_STEPS[step])
    else:
        raise Refusal("Langkah jam ini tidak dikenal.")


def _until_morning(now: datetime) -> timedelta:
    morning = now.replace(hour=_MORNING_HOUR, minute=0, second=0, microsecond=0)
    return (morning if now < morning else morning + timedelta(days=1)) - now
