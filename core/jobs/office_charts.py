"""What the three charts show, asked in one snapshot."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from core.charts.office import OUTPUT_DAYS, WAITING_DAYS, output_chart, stages_chart, waiting_chart
from core.charts.picture import Picture
from core.questions.blanks import output_by_day
from core.questions.regions import data_as_of, district_names, office_row
from core.questions.stages import cards_by_village
from core.questions.suspensions import standstills
from core.questions.waiting_history import waiting_by_day
from core.wording import Wording
from core.wording.dates import long_date


def charts_of(session: Session, w: Wording, today: date) -> Mapping[str, Picture]:
    """Return them by the names of their files."""
    office = office_row(session)
    source = w.text("chart-source", kantor=office.name, data=long_date(w, data_as_of(session) or today))
    stops = standstills(session, region=office.regency)
    days = [today - timedelta(days=number) for number in reversed(range(OUTPUT_DAYS))]
    output = output_by_day(session, first=days[0], last=today)
    waiting = waiting_by_day(session, first=today - timedelta(days=WAITING_DAYS - 1), last=today)
    names = district_names(session)
    return {
        "stages": stages_chart(w, cards_by_village(session).by_district(), names, source=source),
        "output": output_chart(w, output, days, stops, source=source),
        "waiting": waiting_chart(w, waiting, stops, source=source),
    }
