"""The Bot API's methods that put something on a screen or change it there, with the real server's refusals."""

import math
from collections.abc import Callable
from typing import Any

from simulator.bodies import Params
from simulator.html_check import Entity, MarkupError, read_html, utf16_length
from simulator.keyboards import KeyboardError, Markup, check_markup
from simulator.telegram_chats import Chat, RefusalError
from simulator.telegram_messages import File, Json, Message
from simulator.telegram_people import Popup
from simulator.telegram_state import Telegram

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
DELETE_WITHIN_SECONDS = 48 * 3600
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def bad_request(complaint: str) -> RefusalError:
    """400 with these words."""
    return RefusalError(400, f"Bad Request: {complaint}")


class Sending:
    """Each method takes the parameters and gives the `result`, or raises RefusalError."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self.methods: dict[str, Callable[[Params], Any]] = {
            "sendmessage": self.send_message,
            "sendphoto": self.send_photo,
            "senddocument": self.send_document,
            "editmessagetext": self.edit_text,
            "editmessagereplymarkup": self.edit_markup,
            "deletemessage": self.delete_message,
            "deletemessages": self.delete_messages,
            "answercallbackquery": self.answer_callback,
        }

    def send_message(self, params: Params) -> Json:
        """sendMessage."""
        text, entities = self._text(params, "text", TEXT_LENGTH)
        if not text:
            raise bad_request("text must be non-empty" if params.text("text") else "message text is empty")
        return self._send(params, text=text, entities=entities)

    def send_photo(self, params: Params) -> Json:
        """sendPhoto."""
        file = self._file(params, "photo", "photos")
        return self._send_file(params, "photo", file, [self._telegram.files.photo_size(file)])

    def send_document(self, params: Params) -> Json:
        """sendDocument."""
        file = self._file(params, "document", "documents")
        return self._send_file(params, "document", file, self._telegram.files.document(file))

    def edit_text(self, params: Params) -> Json:
        """editMessageText; leaving the markup out removes the buttons, as in reality."""
        message = self._own_message(params)
        text, entities = self._text(params, "text", TEXT_LENGTH)
        if not text:
            raise bad_request("message text is empty")
        return self._edit(message, text, entities, self._markup(params))

    def edit_markup(self, params: Params) -> Json:
        """editMessageReplyMarkup."""
        message = self._own_message(params)
        return self._edit(message, message.text, message.entities, self._markup(params))

    def delete_message(self, params: Params) -> bool:
        """deleteMessage."""
        chat = self._chat(params)
        message = chat.messages.get(params.number("message_id"))
        if message is None or message.deleted:
            raise bad_request("message to delete not found")
        if (self._telegram.now() - message.sent_at).total_seconds() > DELETE_WITHIN_SECONDS:
            raise bad_request("message can't be deleted for everyone")
        message.deleted = True
        self._telegram.journal.note(chat.phone_key)
        return True

    def delete_messages(self, params: Params) -> bool:
        """deleteMessages: what is not there any more is passed over."""
        chat = self._chat(params)
        wanted = params.structure("message_ids")
        if not isinstance(wanted, list) or not wanted:
            raise bad_request("message identifiers are not specified")
        for number in wanted:
            if found := chat.messages.get(int(number)):
                found.deleted = True
        self._telegram.journal.note(chat.phone_key)
        return True

    def answer_callback(self, params: Params) -> bool:
        """answerCallbackQuery."""
        person = self._telegram.who_pressed(params.text("callback_query_id"))
        if person is None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if params.text("text"):
            person.popped_up.append(Popup(params.text("text"), alert=params.flag("show_alert")))
            self._telegram.journal.note(person.phone_key)
        return True

    def _send(self, params: Params, **content: Any) -> Json:
        markup = self._markup(params)
        chat = self._chat(params)
        reply_to = self._reply_to(params, chat)
        self._let_through(chat)
        message = self._telegram.new_message(
            chat,
            self._telegram.bot,
            keyboard=markup,
            silent=params.flag("disable_notification"),
            reply_to=reply_to,
            **content,
        )
        self._telegram.ledger.took(
            "telegram", str(chat.id), message.text, str(message.message_id), sender=self._telegram.bot_id
        )
        return message.as_json()

    def _send_file(self, params: Params, kind: str, file: File, shown: object) -> Json:
        caption, entities = self._text(params, "caption", CAPTION_LENGTH)
        return self._send(params, text=caption, entities=entities, kind=kind, extra={kind: shown}, file=file)

    def _edit(self, message: Message, text: str, entities: list[Entity], markup: Markup | None) -> Json:
        if (text, entities, markup) == (message.text, message.entities, message.keyboard):
            raise bad_request(_NOT_MODIFIED)
        message.rewritten |= (text, entities) != (message.text, message.entities)
        message.text, message.entities, message.keyboard = text, entities, markup
        message.edited_at = self._telegram.now()
        self._telegram.journal.note(message.chat.phone_key)
        return message.as_json()

    def _let_through(self, chat: Chat) -> None:
        # A blocked chat's message counts too: it reached the server before it was refused.
        wait = self._telegram.throttle.wait_seconds(chat.id, is_group=chat.is_group)
        if wait > 0:
            seconds = max(1, math.ceil(wait))
            raise RefusalError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        if refusal := chat.refusal():
            raise refusal

    def _chat(self, params: Params) -> Chat:
        if not params.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self._telegram.chats.get(params.number("chat_id"))
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def _own_message(self, params: Params) -> Message:
        chat = self._chat(params)
        if refusal := chat.refusal():
            raise refusal
        message = chat.messages.get(params.number("message_id"))
        if message is None or message.deleted:
            raise bad_request("message to edit not found")
        if not message.from_bot:
            raise bad_request("message can't be edited")
        return message

    def _reply_to(self, params: Params, chat: Chat) -> Message | None:
        wanted = params.structure("reply_parameters") or {}
        number = wanted.get("message_id") or params.number("reply_to_message_id")
        if not number:
            return None
        found = chat.messages.get(int(number))
        lenient = wanted.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
        if (found is None or found.deleted) and not lenient:
            raise bad_request("message to be replied not found")
        return found

    def _markup(self, params: Params) -> Markup | None:
        try:
            return check_markup(params.structure("reply_markup"))
        except KeyboardError as refused:
            raise bad_request(str(refused)) from None

    def _text(self, params: Params, name: str, most: int) -> tuple[str, list[Entity]]:
        text, mode = params.text(name), params.text("parse_mode").lower()
        entities: list[Entity] = []
        if mode == "html":
            try:
                text, entities = read_html(text)
            except MarkupError as complaint:
                raise bad_request(f"can't parse entities: {complaint}") from None
        elif mode not in ("", "none"):
            raise bad_request("unsupported parse_mode")  # the simulator reads HTML only
        elif given := params.structure("entities" if name == "text" else "caption_entities"):
            entities = list(given)
        if utf16_length(text) > most:
            raise bad_request("message is too long" if name == "text" else "message caption is too long")
        return _trimmed(text, entities)

    def _file(self, params: Params, name: str, folder: str) -> File:
        if upload := params.upload(name):
            return self._telegram.files.keep(folder, upload.name, upload.content)
        if not params.text(name):
            raise bad_request(f"there is no {name} in the request")
        found = self._telegram.files.by_id(params.text(name))
        if found is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return found


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    # Telegram cuts blanks at both ends; entities move along and never reach past the text.
    cut = len(text) - len(text.lstrip())
    text = text.strip()
    if not cut and not entities:
        return text, entities
    length = utf16_length(text)
    kept = []
    for entity in entities:
        start, end = max(0, entity["offset"] - cut), min(length, entity["offset"] - cut + entity["length"])
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return text, kept
