"""Dates as publishers write them: RFC 822 and RFC 5322, W3CDTF and ISO 8601, seconds since 1970, and plain text.

Whatever cannot be meant (a month 13, a year before the web) is None: a wrong date does more harm than none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

_FIRST_YEAR, _LAST_YEAR = 1990, 2200
_MONTH_NAMES = (
    "january januar janvier enero gennaio janeiro januari",
    "february februar février fevrier febrero febbraio fevereiro februari",
    "march märz mars marzo março maart mrz mrt",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août aout agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre decembre diciembre dicembre dezembro",
)
# Any beginning of three letters or more is an abbreviation; what two months share ("jui", "mar") goes to the first.
_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(_MONTH_NAMES, start=1):
    for _name in _names.split():
        for _length in range(3, len(_name) + 1):
            _MONTHS.setdefault(_name[:_length], _number)
# RFC 5322 section 4.3 and the zones that feeds really use, in hours.
_ZONES = {
    "z": 0.0, "ut": 0.0, "utc": 0.0, "gmt": 0.0, "wet": 0.0, "bst": 1.0, "west": 1.0, "cet": 1.0, "met": 1.0,
    "cest": 2.0, "mest": 2.0, "eet": 2.0, "sast": 2.0, "eest": 3.0, "msk": 3.0, "ist": 5.5, "hkt": 8.0, "sgt": 8.0,
    "awst": 8.0, "jst": 9.0, "kst": 9.0, "aest": 10.0, "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0, "ast": -4.0,
    "adt": -3.0, "brt": -3.0, "est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0,
    "pst": -8.0, "pdt": -7.0, "akst": -9.0, "akdt": -8.0, "hst": -10.0,
}  # fmt: skip
_TIME = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{1,2})(?:[.,]\d+)?)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_ZONE = r"\s*(?P<zone>(?:[A-Za-z]{1,5})?\s?[+-]\d{1,2}:?\d{0,2}|[A-Za-z]{1,5})?"
_RFC822 = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?[\s-]+(?:of\s+|de\s+)?(?P<month>[^\W\d_]{3,10})\.?,?[\s-]+(?:de\s+)?"
    r"(?P<year>\d{2,4})\b(?:,?\s+(?:at\s+)?" + _TIME + _ZONE + r")?"
)
_AMERICAN = re.compile(
    r"(?P<month>[^\W\d_]{3,10})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b(?:,?\s+(?:at\s+)?"
    + _TIME
    + _ZONE
    + r")?"
)
_ASCTIME = re.compile(
    r"(?P<month>[^\W\d_]{3})\s+(?P<day>\d{1,2})\s+" + _TIME + r"(?:\s+(?P<zone>[A-Z]{1,5}))?\s+(?P<year>\d{4})\b"
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?:[-/.]?(?P<month>\d{2})(?:[-/.]?(?P<day>\d{2}))?)?"
    r"(?:[Tt\s]\s*(?P<hour>\d{1,2})(?::?(?P<minute>\d{2})(?::?(?P<second>\d{1,2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<zone>[Zz]|(?:[A-Za-z]{1,4})?\s?[+-]\d{1,2}:?\d{0,2}|[A-Za-z]{2,4})?(?:\s+\(?[A-Za-z]{1,5}\)?)?)?$"
)
# Which number is the day tells one above twelve, points (day first) or a clock of twelve hours (American).
_NUMERIC = re.compile(
    r"(?P<one>\d{1,2})(?P<mark>[/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})(?:,?\s+" + _TIME + _ZONE + r")?$"
)
_SLASHED = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_CJK = re.compile(r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]")
_COMPACT = re.compile(
    r"(?P<year>(?:19|2[01])\d{2})(?P<month>\d{2})(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})$"
)
# What nearly all feeds write (RFC 5322 section 3.3, RFC 3339), every part in bounds but for the length of a month.
_USUAL_CLOCK = r"((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)"
_USUAL_MAIL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ((?:199|20\d)\d) "
    + _USUAL_CLOCK
    + r" (?:GMT|UTC|([+-])(0\d|1[0-3])([0-5]\d))",
    re.ASCII,
)
_USUAL_ISO = re.compile(
    r"((?:199|20\d)\d-\d{2}-\d{2})T" + _USUAL_CLOCK + r"(?:\.\d{1,9})?(?:Z|([+-])(0\d|1[0-3]):([0-5]\d))", re.ASCII
)
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?$|(\d{12,13})$")


def parse_date(value: str) -> datetime | None:
    """An aware UTC datetime, or None for what is no date. No zone means UTC; a date alone is its first second."""
    if usual := _usual(value):
        return usual
    value = " ".join(value[:120].split())
    if len(value) < 4:
        return None
    if epoch := _EPOCH.match(value):
        return _of_seconds(int(epoch[1]) if epoch[1] else int(epoch[2]) / 1000)
    match = _ISO.match(value) or _COMPACT.match(value) or _SLASHED.match(value) or _CJK.match(value)
    if match:
        return _of_match(match)
    if numeric := _NUMERIC.match(value):
        return _of_numeric(numeric)
    return date_in_text(value)


@lru_cache(maxsize=1024)
def _usual(value: str) -> datetime | None:
    """A date in one of the two usual forms; None for any other, which the patterns above take apart."""
    if match := _USUAL_ISO.fullmatch(value):
        day, clock, sign, hours, minutes = match.groups()
    elif match := _USUAL_MAIL.fullmatch(value):
        number, month, year, clock, sign, hours, minutes = match.groups()
        day = f"{year}-{_MONTHS[month.lower()]:02}-{number}"
    else:
        return None
    zone = f"{sign}{hours}:{minutes}" if sign else "+00:00"
    try:
        return datetime.fromisoformat(f"{day}T{clock}{zone}").astimezone(UTC)
    except ValueError:
        return None


def looks_like_date(value: str) -> bool:
    """Whether the form of a date is known here, even if no such day can be meant."""
    value = " ".join(value[:120].split())
    patterns = (_ISO, _COMPACT, _SLASHED, _CJK, _EPOCH, _NUMERIC)
    return any(p.match(value) for p in patterns) or any(p.search(value) for p in (_RFC822, _AMERICAN, _ASCTIME))


def date_in_text(value: str) -> datetime | None:
    """The first date with a month in words (or a numeric year-month-day) in a short text, such as a byline."""
    for pattern in (_RFC822, _AMERICAN, _ASCTIME, _SLASHED, _CJK):
        for match in pattern.finditer(value[:400]):
            if found := _of_match(match):
                return found
    return None


def _of_numeric(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    one, two = parts["one"], parts["two"]
    if parts["mark"] == "." or int(one) > 12:
        return _of_parts({**parts, "day": one, "month": two})
    if int(two) > 12 or parts["half"]:
        return _of_parts({**parts, "day": two, "month": one})
    return None


def _of_match(match: re.Match[str]) -> datetime | None:
    return _of_parts(match.groupdict())


def _of_parts(parts: Mapping[str, str | None]) -> datetime | None:
    month = _month(parts.get("month") or "1")
    year = _year(parts["year"] or "")
    if month is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    hour, minute = int(parts.get("hour") or 0), int(parts.get("minute") or 0)
    second = min(int(parts.get("second") or 0), 59)  # leap seconds
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half in "Pp" else 0)
    extra = timedelta(days=1) if hour == 24 else timedelta(0)
    zone = _zone(parts.get("zone") or "")
    try:
        local = datetime(year, month, int(parts.get("day") or 1), hour % 24 if hour == 24 else hour, minute, second)  # noqa: DTZ001 - the zone is applied below
        return (local + extra).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _month(value: str) -> int | None:
    if value.isdigit():
        return int(value)
    return _MONTHS.get(value.lower())


def _year(value: str) -> int:
    # RFC 5322 section 4.3: two digits up to 49 are this century, three digits count from 1900.
    year = int(value)
    if len(value) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(value) == 3 else year


def _zone(value: str) -> timezone:
    number = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", value)
    if number:
        minutes = int(number[2]) * 60 + int(number[3] or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=minutes if number[1] == "+" else -minutes))
        return UTC
    return timezone(timedelta(hours=_ZONES.get(value.strip().lower(), 0.0)))


def _of_seconds(seconds: float) -> datetime | None:
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None
