"""A typical and the longest value of every variable, so that any text can be seen as residents will see it.

A variable that means another thing in one text than in the others has an entry of its own there: "text.variable".
"""

from core.errors import WordingError
from core.wording import Wording
from core.wording.samples import (
    announcements,
    answers,
    calling,
    calls,
    figures,
    handing,
    helping,
    inviting,
    lists,
    notices,
    offices,
    officials,
    operators,
    progress,
    requests,
    suspensions,
    week,
)
from core.wording.samples.kinds import OtherText, Sample, Value

SAMPLES: dict[str, Sample] = {
    **offices.SAMPLES,
    **answers.SAMPLES,
    **requests.SAMPLES,
    **suspensions.SAMPLES,
    **notices.SAMPLES,
    **operators.SAMPLES,
    **figures.SAMPLES,
    **officials.SAMPLES,
    **progress.SAMPLES,
    **calls.SAMPLES,
    **calling.SAMPLES,
    **inviting.SAMPLES,
    **lists.SAMPLES,
    **helping.SAMPLES,
    **handing.SAMPLES,
    **week.SAMPLES,
    **announcements.SAMPLES,
}


def sample_of(key: str, variable: str) -> Sample:
    """The sample of a variable in a text; raise WordingError when nobody gave it one."""
    found = SAMPLES.get(f"{key}.{variable}") or SAMPLES.get(variable)
    if found is None:
        raise WordingError(f"${variable} of text {key!r} has no sample values; add them to core/wording/samples")
    return found


def filled(w: Wording, key: str, *, longest: bool = False) -> str:
    """A text with the samples of all its variables."""
    samples = {variable: sample_of(key, variable) for variable in w.variables(key)}
    values = {name: sample.longest if longest else sample.typical for name, sample in samples.items()}
    return w.text(key, **{name: spoken(w, value, longest=longest) for name, value in values.items()})


def spoken(w: Wording, value: Value, *, longest: bool = False) -> str | int:
    """A sample's value in a language."""
    if isinstance(value, OtherText):
        keys = value.keys if longest else value.keys[:1]
        return max((filled(w, key, longest=longest) for key in keys), key=len)
    return value(w) if callable(value) else value
