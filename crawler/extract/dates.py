"""Publication dates as pages write them: ISO 8601, RFC 5322, and the forms that people read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_MONTHS = {m: n for n, m in enumerate(("jan feb mar apr may jun jul aug sep oct nov dec").split(), 1)}  # noqa: SIM905
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?(?!\d)",
    re.IGNORECASE,
)
_YMD = re.compile(r"(?<!\d)(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_MDY_WORDS = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,|\s)\s*(\d{{4}})\b", re.IGNORECASE)
_DMY_WORDS = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s.-]*(?:of\s+)?{_MONTH}[\s,.-]+(\d{{4}})\b", re.IGNORECASE
)
_YMD_WORDS = re.compile(rf"(?<!\d)(\d{{4}})[\s,-]+{_MONTH}[\s-]+(\d{{1,2}})(?!\d)", re.IGNORECASE)
_MONTHS_ABROAD = """
    januar jänner janvier enero gennaio janeiro januari
    februar février fevrier febrero febbraio fevereiro februari
    märz maerz mars marzo março marco maart
    april avril abril aprile
    mai mayo maggio maio mei
    juni juin junio giugno junho
    juli juillet julio luglio julho
    august août aout agosto augustus
    september septembre septiembre settembre setembro
    oktober octobre octubre ottobre outubro
    november novembre noviembre novembro
    dezember décembre decembre diciembre dicembre dezembro december
"""
_ABROAD = {name: n for n, line in enumerate(_MONTHS_ABROAD.strip().splitlines(), 1) for name in line.split()}
_DMY_ABROAD = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:\.|er|º)?\s+(?:de\s+)?({'|'.join(_ABROAD)})\s+(?:de\s+|del\s+)?(\d{{4}})\b", re.IGNORECASE
)
_YMD_EAST = re.compile(r"(?<!\d)(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})[a-z]{{0,6}}\.?,?\s*$", re.IGNORECASE)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})Z?)?$")
_URL = re.compile(r"(?:/|[-_])((?:19|20)\d{2})([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?=/|[-_.]|$)")
_URL_MONTH = re.compile(rf"/((?:19|20)\d{{2}})/{_MONTH}/(\d{{1,2}})(?=/|$)", re.IGNORECASE)


def parse_date(value: str) -> datetime | None:
    """The moment that a metadata value or a `datetime` attribute states, in aware UTC; a day is its midnight UTC."""
    value = value.strip()[:80]
    if match := _ISO.search(value):
        return _iso(match)
    if match := _COMPACT.match(value):
        hour, minute, second = (int(match[n] or 0) for n in (4, 5, 6))
        return _moment(int(match[1]), int(match[2]), int(match[3]), hour, minute, second)
    if re.search(r"\d:\d\d", value) and re.match(r"[A-Za-z]{3},?\s|\d{1,2}\s[A-Za-z]{3}\s\d{4}\s", value):
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, OverflowError, IndexError):
            moment = None
        if moment is not None:
            return _in_range(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    return find_date(value)


def find_date(text: str, language: str = "") -> datetime | None:
    """The first calendar day that stands in a line of text; None where the order of day and month is unclear.

    `language` is the text's (BCP 47): all but American English, and English of no country, write the day first.
    """
    text = text[:400]
    if match := _ISO.search(text):
        return _iso(match)
    if match := _MDY_WORDS.search(text):
        return _moment(int(match[3]), _MONTHS[match[1][:3].lower()], int(match[2]))
    if match := _DMY_WORDS.search(text):
        return _moment(int(match[3]), _MONTHS[match[2][:3].lower()], int(match[1]))
    if match := _YMD_WORDS.search(text):
        return _moment(int(match[1]), _MONTHS[match[2][:3].lower()], int(match[3]))
    if match := _YMD.search(text):
        return _moment(int(match[1]), int(match[2]), int(match[3]))
    if match := _DMY_ABROAD.search(text):
        return _moment(int(match[3]), _ABROAD[match[2].lower()], int(match[1]))
    if match := _YMD_EAST.search(text):
        return _moment(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.search(text):
        if told := _on_weekday(text[: match.start()], int(match[1]), int(match[3]), int(match[4])):
            return told
        return _numeric(
            int(match[1]), int(match[3]), int(match[4]), match[2] == ".", language.replace("_", "-").lower()
        )
    return None


def date_in_url(url: str) -> datetime | None:
    """The day in an address such as `/2019/05/03/title` or `/2019-05-03-title`."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0])
    if match := _URL.search(path):
        return _moment(int(match[1]), int(match[3]), int(match[4]))
    if match := _URL_MONTH.search(path):
        return _moment(int(match[1]), _MONTHS[match[2][:3].lower()], int(match[3]))
    return None


def _iso(match: re.Match[str]) -> datetime | None:
    zone = (match[7] or "").upper()
    moment = _moment(*(int(match[n] or 0) for n in range(1, 7)))
    if moment is None or not zone or zone in ("Z", "UTC", "GMT"):
        return moment
    sign = -1 if zone[0] == "-" else 1
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    if offset >= timedelta(hours=24):
        return moment
    return _in_range(moment.replace(tzinfo=timezone(sign * offset)))


def _on_weekday(before: str, first: int, second: int, year: int) -> datetime | None:
    """The day of two numbers in either order that falls on the weekday before them: `Fri, 02/09/2024`."""
    if not (named := _WEEKDAY.search(before)):
        return None
    days = [moment for month, day in ((first, second), (second, first)) if (moment := _moment(year, month, day))]
    fitting = [day for day in dict.fromkeys(days) if _WEEKDAYS[day.weekday()] == named[1].lower()]
    return fitting[0] if len(fitting) == 1 else None


def _numeric(first: int, second: int, year: int, dotted: bool, language: str) -> datetime | None:  # noqa: FBT001
    if first > 12 or dotted:  # day first: 23/05/2019, and every date with points
        return _moment(year, second, first)
    if second > 12 or first == second or language == "en-us":
        return _moment(year, first, second)
    return _moment(year, second, first) if language and language != "en" else None


def _moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime | None:
    try:
        return _in_range(datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC))
    except ValueError:
        return None


def _in_range(moment: datetime) -> datetime | None:
    # The web is no older than 1990; a later bound would need a clock.
    try:
        moment = moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return moment if 1990 <= moment.year < 2100 else None
