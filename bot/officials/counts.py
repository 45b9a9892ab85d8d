"""How many would be told by which channel, and what it costs, before it is sent."""

from decimal import Decimal

from bot.talk import Talk


def counts_paragraphs(talk: Talk, telegram: int, by_sms: int, nobody: int, *, sms: bool) -> list[str]:
    """How many people by which channel; where SMS leave, how many and at which cost."""
    said = [talk.text("telling-counts", orang=telegram + by_sms, telegram=telegram, tidak=nobody)]
    if sms:
        said.append(talk.text("telling-sms", n=by_sms))
        if (price := talk.house.telling.sms_price) is not None and by_sms:
            said.append(talk.text("telling-cost", biaya=_money(price * by_sms)))
    return said


def _money(amount: Decimal) -> str:
    return f"{amount:,.0f}".replace(",", ".")
