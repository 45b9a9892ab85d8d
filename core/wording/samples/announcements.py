"""Samples of announcements, and of what officials read on the way to one or to a suspension."""

from core.rules.announcements import Form
from core.rules.typed_places import LONGEST_PLACE
from core.wording.dates import day_date, weekday_date
from core.wording.samples.kinds import LONGEST_LONG_DAY, LONGEST_SHORT_DAY, TYPICAL_DAY, Sample, other_text, texts

_FORMS = tuple(f"announcement-{form}" for form in Form)
_FORMS_SMS = tuple(f"{key}-sms" for key in _FORMS)
_REGIONS = ("region-desa", "region-kelurahan", "region-desa-adat", "region-district")
_DAY = Sample("a day in words", lambda w: weekday_date(w, TYPICAL_DAY), lambda w: weekday_date(w, LONGEST_LONG_DAY))
_SHORT_DAY = Sample(
    "a day, at most 12 characters", lambda w: day_date(w, TYPICAL_DAY), lambda w: day_date(w, LONGEST_SHORT_DAY)
)
_NUMBER = Sample("the number of a proposal or a suspension", "12", "99999")

SAMPLES: dict[str, Sample] = {
    "isi": other_text("what is announced", *_FORMS),
    "notice-announcement-sms.isi": other_text("what is announced, briefly", *_FORMS_SMS),
    "warga": other_text("whose people are told: a village, a district, the regency", *_REGIONS),
    "announcement-near-sms.warga": other_text("a village or a district, briefly", "region-desa-short"),
    "dekat": other_text("for whom, where it fits; may be empty", "announcement-near-sms"),
    "jam": Sample("hours of a day", "08.00-12.00", "08.00-14.30"),
    "di": Sample("a place that was typed, at most 40", "Balai Desa Pajeng", "W" * LONGEST_PLACE),
    "layanan": Sample(
        "services, with commas",
        texts("service-recording", "service-pickup"),
        texts("service-recording", "service-letters", "service-pickup"),
    ),
    **{
        f"announcement-{form}{end}.hari": sample
        for form in Form
        if form is not Form.GENERAL_REMINDER
        for end, sample in (("", _DAY), ("-sms", _SHORT_DAY))
    },
    "telling-counts.orang": Sample("people", 37, 70000),
    "telling-counts.telegram": Sample("people", 30, 70000),
    "telling-counts.tidak": Sample("people whom no channel reaches", 7, 70000),
    "telling-sms.n": Sample("SMS", 12, 70000),
    "telling-cost.biaya": Sample("money, in the office's currency", "4.200", "24.500.000"),
    "telling-too-many.kapan": _DAY,
    "telling-sent.orang": Sample("people", 37, 70000),
    "telling-about-announcement.bentuk": other_text("which announcement", *(f"form-{form}" for form in Form)),
    "suspending-done-told.orang": Sample("people", 37, 70000),
    "telling-asks.orang": Sample("people", 37, 70000),
    "telling-asks.nomor": _NUMBER,
    "telling-will-hear.orang": Sample("people", 37, 70000),
    "agree-asked.nomor": _NUMBER,
    "agree-asked.orang": Sample("people", 37, 70000),
    "agree-early.menit": Sample("minutes", 12, 15),
    "agree-told-agreed.nomor": _NUMBER,
    "agree-told-refused.nomor": _NUMBER,
    "suspending-standing.nomor": _NUMBER,
    "suspending-new-confirm.sejak": Sample("since when", "09.30", "09.30"),
    "suspending-back-confirm.nomor": _NUMBER,
    "suspending-back-done.nomor": _NUMBER,
    "suspending-moved-done.nomor": _NUMBER,
    "button-back-number.nomor": _NUMBER,
    "button-move-number.nomor": _NUMBER,
    "button-since.pukul": Sample("a time of day", "09.00", "14.00"),
}
