"""Numbers of a text with what they count: digits, written-out numbers, fractions and multiples, with their units."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
    """.split()  # noqa: SIM905 - read as words
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905 - read as words
_ORDINALS = """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """.split()  # noqa: SIM905 - read as words
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12}
_SUFFIXES = {"k": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12}
_WORDS = (
    {word: float(n) for n, word in enumerate(_ONES)}
    | {word: 10.0 * n for n, word in enumerate(_TENS, 2)}
    | {f"{ten}-{one}": 10.0 * t + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_ONES[1:10], 1)}
)
_PLACES = {word: float(n) for n, word in enumerate(_ORDINALS)}
_MULTIPLES = {
    "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubles": 2.0, "doubling": 2.0, "twofold": 2.0, "thrice": 3.0,
    "triple": 3.0, "tripled": 3.0, "triples": 3.0, "tripling": 3.0, "threefold": 3.0, "quadruple": 4.0,
    "quadrupled": 4.0, "fourfold": 4.0, "fivefold": 5.0, "sixfold": 6.0, "tenfold": 10.0, "hundredfold": 100.0,
}  # fmt: skip
_PARTS = {
    "half": 0.5, "halves": 0.5, "halved": 0.5, "halving": 0.5, "halve": 0.5, "thirds": 1 / 3, "quarter": 0.25,
    "quarters": 0.25, "tenth": 0.1, "tenths": 0.1, "fifths": 0.2,
}  # fmt: skip
_UNITS = {
    unit: names[0]
    for names in (
        ("%", "percent", "percents", "percentage", "pct", "percentile"),
        ("x", "times", "fold", "×"),
        ("ns", "nanosecond", "nanoseconds"),
        ("us", "µs", "μs", "microsecond", "microseconds"),
        ("ms", "millisecond", "milliseconds", "msec", "msecs"),
        ("second", "s", "sec", "secs", "seconds"),
        ("minute", "min", "mins", "minutes"),
        ("hour", "h", "hr", "hrs", "hours"),
        ("day", "days"),
        ("week", "weeks"),
        ("month", "months"),
        ("year", "years", "yr", "yrs"),
        ("decade", "decades"),
        ("kb", "kib", "kilobyte", "kilobytes"),
        ("mb", "mib", "megabyte", "megabytes"),
        ("gb", "gib", "gigabyte", "gigabytes"),
        ("tb", "tib", "terabyte", "terabytes"),
        ("pb", "pib", "petabyte", "petabytes"),
        ("byte", "bytes"),
        ("bit", "bits"),
        ("hz", "hertz"),
        ("khz",),
        ("mhz",),
        ("ghz",),
        ("gbps",),
        ("mbps",),
        ("qps",),
        ("rps",),
        ("fps",),
        ("$", "usd", "dollar", "dollars"),
        ("€", "eur", "euro", "euros"),
        ("£", "gbp", "pound", "pounds"),
        ("km", "kilometre", "kilometres", "kilometer", "kilometers"),
        ("mile", "miles"),
        ("mw", "megawatt", "megawatts"),
        ("kw", "kilowatt", "kilowatts"),
        ("°c", "celsius"),
    )
    for unit in names
}
# "$4.5M", "v1.20.3", "225th", "30 %", "12ms": a sign of money, digits, and a place, a share or a unit.
_NUMERAL = re.compile(
    r"(?P<cur>[$€£])?(?:(?<=\bv)|(?<![\w.]))(?P<num>\d+(?:[,\u202f ]\d{3})*(?:\.\d+)*|\.\d+)"
    r"(?P<tail>(?:st|nd|rd|th)\b|\s?(?:%|×|°[cC])|-?(?:[kKmMbBtT]|mm|mn|bn|[xX])\b|-?[a-zA-Zµμ]{1,5}\b)?"
)
_WORD = re.compile(r"[A-Za-zµμ]+(?:-[A-Za-z]+)*")
_AFTER = re.compile(r"[\s-]*(?P<word>[A-Za-zµμ%×$€£]+)")
# What stands between the ends of a range: "2 to 3 ms", "ten or about twenty minutes".
_LINK = re.compile(
    r"\s*(?:-|–|—|to|and|or|through)\s*(?:around |about |over |nearly |only |roughly |just )?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Number:
    """`value` with its `unit` ("" where it counts things), from `start` to `end` of the text.

    `plain` is the number as it is written where it is no quantity: a version ("0.2.0") or a place ("225th").
    """

    value: float
    unit: str
    start: int
    end: int
    plain: str = ""


def numbers_of(text: str) -> list[Number]:
    """All numbers of a text in their order; a range gives its unit to both of its ends."""
    found = [*_numerals(text), *_words(text)]
    found.sort(key=lambda n: (n.start, -n.end))
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return _ranges(text, kept)


def _numerals(text: str) -> list[Number]:
    found = []
    for match in _NUMERAL.finditer(text):
        digits, tail, end = match["num"], (match["tail"] or "").strip().lstrip("-"), match.end()
        if digits.count(".") > 1:
            found.append(Number(0.0, "version", match.start("num"), match.end("num"), digits))
            continue
        value, unit = float(re.sub(r"[,\u202f ]", "", digits)), ""
        low = tail.lower()
        if low in ("st", "nd", "rd", "th"):
            found.append(Number(value, "place", match.start("num"), end, digits))
            continue
        if low in _UNITS and tail not in ("M", "B", "K", "T"):
            unit = _UNITS[low]
        elif low in _SUFFIXES:
            value *= _SUFFIXES[low]
        elif low:
            if not match["tail"].startswith((" ", "-")):
                continue  # "3d", "2fa": a name
            end = match.end("num")
        value, unit, end = _scaled(text, value, unit, end)
        unit = _UNITS[match["cur"]] if match["cur"] else unit
        found.append(Number(value, unit, match.start(), end, digits))
    return found


def _words(text: str) -> list[Number]:
    found = []
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word in _WORDS or (word in _SCALES and re.search(r"\b(?:a|several)\s$", text[: match.start()])):
            if word in ("one", "zero") and not _AFTER.match(text, match.end()):
                continue
            value, end = _WORDS.get(word, 1.0), match.end()
            if word in _SCALES:
                value = _SCALES[word]
            value, unit, end = _scaled(text, value, "", end)
            if word == "one" and not unit and value == 1:
                continue  # "one of them": no count
            found.append(Number(value, unit, match.start(), end))
        elif word in _PLACES and not (word == "second" and found and text[found[-1].end : match.start()] == " "):
            found.append(Number(_PLACES[word], "place", match.start(), match.end()))
        elif word in _MULTIPLES:
            found.append(Number(_MULTIPLES[word], "x", match.start(), match.end()))
        elif word in _PARTS:
            found.append(Number(_PARTS[word], "part", match.start(), match.end()))
        elif (head := word.split("-")[0]) in _WORDS and head not in ("one", "zero") and "-" in word:
            unit = _UNITS.get(word.split("-")[1], "")
            found.append(Number(_WORDS[head], unit, match.start(), match.start() + len(head)))
    return found


def _scaled(text: str, value: float, unit: str, end: int) -> tuple[float, str, int]:
    """A scale ("million") and a unit ("ms") that follow the number."""
    match = _AFTER.match(text, end)
    if match and match["word"].lower() in _SCALES:
        value, end = value * _SCALES[match["word"].lower()], match.end()
        match = _AFTER.match(text, end)
    if not unit and match:
        word = match["word"]
        low = word.lower()
        if low == "per" and re.match(r"\s+cent\b", text[match.end() :]):
            unit = "%"
        elif word in "$€£" and text[match.end() : match.end() + 1].isdigit():
            pass  # "one $600 project" counts projects
        elif low in _UNITS and not (len(word) == 1 and word.isalpha() and word not in ("s", "h")):
            unit = _UNITS[low]
    return value, unit, end


def _ranges(text: str, found: list[Number]) -> list[Number]:
    result = list(found)
    for at in range(len(result) - 2, -1, -1):
        here, after = result[at], result[at + 1]
        if (
            not here.unit
            and after.unit not in ("", "version", "place", "part")
            and _LINK.fullmatch(text[here.end : after.start])
        ):
            result[at] = Number(here.value, after.unit, here.start, here.end, here.plain)
    return result


def is_unit(word: str) -> bool:
    """Whether a word is the name of a unit, which is judged with its number."""
    return word in _UNITS and len(word) > 1


def is_crowd(word: str) -> bool:
    """Whether a word stands for a large number that nobody names: "millions"."""
    return word.removesuffix("s") in _SCALES and word.endswith("s")


def matches(said: Number, known: Number) -> bool:
    """Whether `known`, a number of the article, is what `said` says."""
    if "version" in (said.unit, known.unit):
        return said.plain == known.plain and bool(said.plain)
    if said.unit == "part" or known.unit == "part":
        return _close(_share(said), _share(known))
    if not _close(said.value, known.value):
        return False
    if said.unit == known.unit:
        return True
    # A count may be told without its unit, and a place as a count ("the third outage"), but no share and no money.
    return not said.unit and known.unit not in ("%", "x", "$", "€", "£", "place")


def _share(number: Number) -> float:
    return number.value / 100 if number.unit == "%" else number.value if number.unit == "part" else -1.0


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))
