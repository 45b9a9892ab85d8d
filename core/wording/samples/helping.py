"""Samples of what an official reads who helps a neighbour."""

from core.wording.samples.kinds import Sample

SAMPLES: dict[str, Sample] = {
    "help-addresses.n": Sample("addresses that will be told", 1, 12),
    "help-too-many.n": Sample("look-ups a day", 100, 1_000),
    "help-consent.nomor": Sample("the number, most of it hidden", "+62812••••001", "+62812••••001"),
}
