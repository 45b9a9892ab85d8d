"""The stock of blanks and what was printed, as everybody may read it."""

from core.rules.stock import PublicStock
from core.rules.suspension import Service
from core.wording import Wording
from core.wording.dates import day_date, long_date
from core.wording.suspensions import service_paragraphs


def stock_report(w: Wording, stock: PublicStock) -> str:
    """What is not noted here is left out, and the report says where to ask."""
    stopped = service_paragraphs(w, stock.suspensions)[Service.PRINTING] if stock.suspensions else ""
    return w.text(
        "stock-report",
        stok=_blanks(w, stock),
        hasil=_last_day(w, stock),
        menunggu=stock.waiting,
        urgensi=_urgent(w, stock),
        henti_cetak=stopped,
        data=long_date(w, stock.as_of),
    )


def _blanks(w: Wording, stock: PublicStock) -> str:
    if stock.blanks is None:
        return w.text("stock-blanks-unknown" if stock.printed is not None else "stock-unknown")
    if stock.planned:
        return w.text("stock-blanks-planned", keping=stock.blanks, rencana=stock.planned)
    return w.text("stock-blanks", keping=stock.blanks)


def _last_day(w: Wording, stock: PublicStock) -> str:
    if stock.printed is None:
        return ""
    return w.text("stock-printed", hari=day_date(w, stock.last_day), cetakan=stock.printed_last_day)


def _urgent(w: Wording, stock: PublicStock) -> str:
    if stock.printed is None:
        return ""
    return w.text("stock-urgent", mendesak=stock.urgent, semua=stock.printed)
