"""What Twilio reports about a message later, believed only with its signature.

Receipts come in any order, repeat, and may come before our own commit; their rank says which way is forward.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from twilio.request_validator import RequestValidator

from core.rules.delivery import Outcome, Sent
from notifier.twilio_codes import resends, undelivered

RANK = {
    "accepted": 1,
    "scheduled": 1,
    "queued": 1,
    "sending": 2,
    "sent": 3,
    "delivered": 4,
    "read": 4,
    "undelivered": 4,
    "failed": 4,
    "canceled": 4,
}

NOT_DELIVERED = frozenset({"undelivered", "failed", "canceled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that Twilio has the message, and how far it came.

    provider_id: Twilio's id of the message.
    status: Twilio's own word.
    rank: only a higher one moves a message; 4 is final; 0 is a word that this version does not know.
    outcome: Sent until it is known not to have been delivered.
    resends: how often this outcome may be answered by sending again; None where there is no such limit.
    """

    provider_id: str
    status: str
    rank: int
    outcome: Outcome
    resends: int | None = None


def read_receipt(*, auth_token: str, url: str, form: Mapping[str, str], signature: str | None) -> Receipt | None:
    """The receipt in a request from Twilio; None if it is not signed by Twilio, or no receipt.

    url: the one we gave to Twilio, from the settings: a proxy changes what the request says of itself.
    form: every field of the body, blank ones too.
    """
    # Without a token anyone could sign; without a signature the library raises.
    if not auth_token or not signature or not RequestValidator(auth_token).validate(url, form, signature):
        return None
    provider_id, status = form.get("MessageSid", ""), form.get("MessageStatus", "")
    if not provider_id or not status:
        return None
    rank = RANK.get(status, 0)
    if status not in NOT_DELIVERED:
        return Receipt(provider_id=provider_id, status=status, rank=rank, outcome=Sent(provider_id))
    said = form.get("ErrorCode", "")
    code = int(said) if said.isascii() and said.isdecimal() and len(said) <= 6 else 0
    return Receipt(provider_id=provider_id, status=status, rank=rank, outcome=undelivered(code), resends=resends(code))
