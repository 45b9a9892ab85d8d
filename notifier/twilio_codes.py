"""What Twilio's error codes mean, whether they come as a refusal at once or in a receipt later.

Twilio keeps splitting codes into finer ones. An unknown refusal stops the channel rather than closing every contact it
meets; an unknown failure in a receipt is one message's trouble, and is tried once more hours later.
"""

from core.rules.delivery import GiveUp, Halt, OptedOut, TryLater
from notifier.exchange import Failure

#: Seconds until a phone that was off or out of reach is worth another SMS.
HOURS_LATER = 4 * 3600.0

#: Seconds until a full queue, ours at Twilio or the operator's, is worth another try.
QUEUE_FULL_SECONDS = 600.0

#: Seconds to wait after a 429; Twilio does not say how long.
THROTTLED_SECONDS = 10.0

#: Ours to repair, and fetching the account shows whether it is: credentials, or an account that is not active.
ACCOUNT_HINTS = {
    20003: "Twilio refuses the credentials: check KABAR_TWILIO_ACCOUNT_SID and KABAR_TWILIO_AUTH_TOKEN.",
    20005: "The Twilio account is not active, as when its balance is used up: see its console.",
    20404: "Twilio does not know this account: check KABAR_TWILIO_ACCOUNT_SID.",
    30002: "The Twilio account is suspended, as when its balance is used up: see its console.",
    90010: "The Twilio account is not active, as when its balance is used up: see its console.",
}

#: Ours to repair, and only a message shows whether it is: the sender and what it may do.
SENDER_HINTS = {
    21212: "Twilio does not accept the sender: check KABAR_SMS_SENDER.",
    21408: "This account may not send SMS to Indonesia: allow it under Geo permissions in Twilio's console.",
    21603: "Twilio misses the sender: set KABAR_SMS_SENDER.",
    21606: "The sender cannot send SMS: check KABAR_SMS_SENDER.",
    21608: "A trial account sends to verified numbers only: upgrade the Twilio account.",
    21609: "Twilio does not accept the address for receipts: check KABAR_PUBLIC_URL.",
    21612: "This sender cannot reach these numbers: check KABAR_SMS_SENDER and its registration for Indonesia.",
    21617: "A text is longer than Twilio takes: check the wording of SMS.",
    21659: "The sender is not one of this account's: check KABAR_SMS_SENDER.",
}

MEANING: dict[int, Failure] = {
    # Not a number, not a mobile, a landline; unknown or a landline, says the operator.
    **{code: GiveUp(str(code)) for code in (21211, 21614, 21635, 30005, 30006)},
    # Filtered for its content: never the same text again.
    30007: GiveUp("30007"),
    # Unsubscribed; had messages like ours blocked.
    **{code: OptedOut(str(code)) for code in (21610, 30004)},
    20429: TryLater("20429", after_seconds=THROTTLED_SECONDS, throttled=True),
    **{code: TryLater(str(code), after_seconds=QUEUE_FULL_SECONDS) for code in (21611, 30001)},
    **{code: TryLater(str(code), after_seconds=HOURS_LATER) for code in (30003, 30008)},
    # Our own validity ran out: whether it is still worth sending, and when, the sending loop asks anew.
    30036: TryLater("30036"),
    **{code: Halt(str(code), hint) for code, hint in ACCOUNT_HINTS.items()},
    **{code: Halt(str(code), hint, by_account=False) for code, hint in SENDER_HINTS.items()},
}

#: How often a code may be answered by sending again, where that costs money for little hope.
RESENDS = {30003: 2, 30008: 1}

#: As much for a code that is in no table.
UNKNOWN_RESENDS = 1


def refused(status: int, code: int) -> Failure:
    """What a create with a 4xx means; such a message was surely not sent. code: Twilio's, else the status again."""
    if outcome := MEANING.get(code):
        return outcome
    if status == 429:
        return MEANING[20429]
    if status == 401:
        return MEANING[20003]
    if code == status:
        return Halt(f"http-{status}", "Something that is not Twilio refuses our requests: check KABAR_TWILIO_API.")
    hint = f"Twilio refuses our messages with error {code}: look it up in its error dictionary."
    return Halt(str(code), hint, by_account=False)


def undelivered(code: int) -> Failure:
    """What a receipt means whose message failed. code: 0 when the receipt names none."""
    return MEANING.get(code) or TryLater(str(code) if code else "undelivered", after_seconds=HOURS_LATER)


def resends(code: int) -> int | None:
    """How often this failure in a receipt may be answered by sending again; None where there is no such limit."""
    return RESENDS.get(code) if code in MEANING else UNKNOWN_RESENDS
