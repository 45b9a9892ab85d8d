"""What a list sent in the chat would do, and did, in a few lines; and its refused rows as a file."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.wording import Wording
from core.wording.dates import long_date
from core.wording.list_reasons import row_reason

#: In the order of the summary.
_DOES = (
    *("new", "reissued", "moved", "noted", "corrected", "taken"),
    *("unchanged", "older", "over", "refused-meanwhile"),
)
_SHOWN_SORTS = 3


def list_plan(w: Wording, kind: str, report: Mapping[str, Any], *, sms_price: Decimal | None) -> str:
    """What it would do; without a row that can be taken, only why. sms_price: of one; None: no cost is shown."""
    listed, refused = w.text(f"list-kind-{kind}"), _refused(w, report)
    if not report["rows"]:
        return w.text("list-plan-nothing", jenis=listed, tolak=refused)
    return w.text(
        "list-plan",
        jenis=listed,
        data=_data(w, report),
        cacah=_counts(w, report["counts"]),
        tolak=refused,
        kabar=_tells(w, report["tells"], "tells", sms_price=sms_price),
    )


def list_done(w: Wording, kind: str, report: Mapping[str, Any], counts: Mapping[str, int]) -> str:
    """What it did."""
    told = _tells(w, report["tells"], "told", sms_price=None) if report["tell"] else w.text("list-quiet")
    return w.text(
        "list-done",
        jenis=w.text(f"list-kind-{kind}"),
        cacah=_counts(w, counts),
        tolak=_refused(w, report),
        kabar=told,
    )


def reaches_anybody(report: Mapping[str, Any]) -> bool:
    """Whether anybody would be told of it."""
    return any(count for channel, count in report["tells"].items() if channel != "none")


def refused_csv(w: Wording, refused: Sequence[Sequence[Any]]) -> bytes:
    """Row number, column and reason of each refused row, in the order of the rows; nothing that stands in one."""
    rows = sorted((number, column, reason) for column, reason, numbers in refused for number in numbers)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(("baris", "kolom", "alasan"))
    writer.writerows((number, column, row_reason(w, reason)) for number, column, reason in rows)
    return text.getvalue().encode("utf-8-sig")


def _data(w: Wording, report: Mapping[str, Any]) -> str:
    if "as_of" not in report:
        return ""
    day = long_date(w, date.fromisoformat(report["as_of"]))
    return w.text("list-data-assumed" if report["assumed"] else "list-data", tanggal=day)


def _counts(w: Wording, counts: Mapping[str, int]) -> str:
    named = {word.replace(" ", "-"): count for word, count in counts.items()}
    return "\n".join(w.text(f"list-does-{word}", n=named[word]) for word in _DOES if named.get(word))


def _refused(w: Wording, report: Mapping[str, Any]) -> str:
    if not report["refused_rows"]:
        return ""
    sorts: Counter[tuple[str, str]] = Counter()
    for column, reason, numbers in report["refused"]:
        sorts[column or w.text("list-whole-row"), row_reason(w, reason)] += len(numbers)
    lines = [
        w.text("list-refused-sort", n=count, kolom=column, alasan=why)
        for (column, why), count in sorts.most_common(_SHOWN_SORTS)
    ]
    return "\n".join((w.text("list-refused", n=report["refused_rows"]), *lines))


def _tells(w: Wording, tells: Mapping[str, int], word: str, *, sms_price: Decimal | None) -> str:
    telegram, sms, nobody = (tells.get(channel, 0) for channel in ("telegram", "sms", "none"))
    if not telegram + sms + nobody:
        return w.text(f"list-{word}-nobody")
    said = w.text(f"list-{word}", n=telegram + sms, telegram=telegram, sms=sms, tanpa=nobody)
    if sms_price is None or not sms:
        return said
    return f"{said} {w.text('list-sms-cost', biaya=int(sms_price * sms))}"
