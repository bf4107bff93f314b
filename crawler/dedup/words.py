"""What two texts and two titles are compared by: their words, free of markup, and the marks that tell parts apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Markup that one copy has and another lost, each with a sign that tells cheaply whether it may be there.
_MARKUP = [
    (sign, re.compile(pattern, re.MULTILINE | re.DOTALL | re.IGNORECASE))
    for sign, pattern in [
        ("](", r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"),  # [text](target "title")
        ("][", r"\]\[[^\]]*\]"),  # [text][reference]
        ("]:", r"^\[[^\]]+\]:[ \t]+\S+[^\n]*$"),  # [reference]: target
        ("<", r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>"),
        ("```", r"^```[^\n]*$"),
        ("{", r"\{[#:%{][^{}]*\}+"),  # template tags, heading anchors
        ("://", r"https?://[^\s)\]>]+"),
        ("&", r"&(?:[a-z]{2,8}|#\d+|#x[0-9a-f]+);"),
    ]
]
_PUNCTUATION = "’‘“”„«»‹›–—―…•·→←©®™′″‐‑\u00a0\u2003\u2009\u202f。、，「」・：；！？（）"
_UNSPACED = re.compile(r"([\u3040-\u30ff\u3400-\u9fff])")
_BLANKS = bytes(c if c > 127 or chr(c).isalnum() else 32 for c in range(256))


def words_of_text(text: str) -> list[bytes]:
    """Words in order, lower case, UTF-8, without markup remains. A Chinese or Japanese character is a word."""
    for sign, pattern in _MARKUP:
        if sign in text:
            text = pattern.sub(" ", text)
    if not text.isascii():
        for mark in _PUNCTUATION:
            text = text.replace(mark, " ")
        if _UNSPACED.search(text):
            text = _UNSPACED.sub(r" \1 ", text)
    return text.lower().encode("utf-8", "replace").translate(_BLANKS).split()


# ---------------------------------------------------------------- titles

_MONTH_NAMES = """
    january jan|february feb|march|april apr|may|june jun|july jul|august aug
    |september sep sept|october oct|november nov|december dec
"""
_MONTHS = {name: n for n, names in enumerate(_MONTH_NAMES.split("|"), 1) for name in names.split()}
_NUMBER_NAMES = "one two three four five six seven eight nine ten"
_ORDINAL_NAMES = "first second third fourth fifth sixth seventh eighth ninth tenth"
_ROMAN_NAMES = "i ii iii iv v vi vii viii ix x"
_COUNTED = {name: str(n) for names in (_NUMBER_NAMES, _ROMAN_NAMES) for n, name in enumerate(names.split(), 1)}
_ORDINALS = {name: str(n) for n, name in enumerate(_ORDINAL_NAMES.split(), 1)}
_PART = r"(?:part|pt|vol|volume|chapter|episode|ep|phase|day|week|lesson|step|no|issue|edition|act|round|season)"
_PARTS = re.compile(rf"\b{_PART}\b[\s.#:-]*(?:(\d+)|({'|'.join(_COUNTED)})\b)")
_NUMBER = re.compile(r"(?<![^\W\d_])(?<!\d)v?(\d+(?:[.,]\d+)*)(?:st|nd|rd|th)?(?![^\W_])")
_YEAR = re.compile(r"(?<=[a-z])(?:19|20)\d\d\b")
_RELEASE = re.compile(r"\b(alpha|beta|rc|release candidate|preview|nightly|milestone|ga|final)[\s.-]*(\d*)\b")
_MAY = re.compile(r"^may\b(?! (not|be|have|i|we|you)\b)|\bmay(\s+\d|'s\b|\s*$)|\d\s+may\b|\b(in|of)\s+may\b")
_QUARTER = re.compile(r"\b([qh][1-4])\b")
_TITLE_WORD = re.compile(r"[^\W_]+")
_UPDATED = re.compile(
    r"[\[(]\s*(?:\d{4}\s+)?(?:(?:re-?)?updated?|repost(?:ed)?|revised|edited|archived?)(?:\s+[\w\s,.-]{1,20})?\s*[\])]\s*$"
    r"|^\s*[\[(]?(?:updated?|repost|re-?post(?:ed)?)[\])]?\s*[:–—-]\s+",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"^(.*\S)\s+(?:[|·•»]|::|[–—-])\s+(\S.{0,40})$")
# Words that any blog may have in a title: two titles made of them alone may be of two articles.
_GENERIC_WORDS = """
    a about again all an and announcement announcements announcing april archive at august best blog by changelog
    changes community contributors december digest edition engineering event events february first for from
    getting hello highlights hiring home how i in index info intro introducing introduction is issue it january
    jobs join july june latest launch launching links log march may meet meetup month monthly more my new news
    newsletter note notes november now october of on open our out overview part podcast post postmortem posts
    press product project quarterly quick reading recap release released releases report retrospective review
    roundup september sneak started state status story summary team test thank thanks that the these things this
    thoughts to today untitled update updates us version video was we week weekly welcome what whats where why
    with world year years you your
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart: `whole` and `core` are its words, the latter without the site's name at the end.

    `marks` are what tells one of a series from the next: numbers and versions, months, parts, stages of a release.
    """

    whole: tuple[str, ...]
    core: tuple[str, ...]
    marks: frozenset[str]

    @property
    def distinct(self) -> int:
        """How many words are there that not every blog has in its titles."""
        return sum(word not in _GENERIC and not word.isdigit() for word in set(self.core))


@lru_cache(maxsize=1024)
def read_title(title: str) -> Title:
    """Words, core and marks of a title. "(updated)" and its like say nothing about identity and are dropped."""
    plain = _UPDATED.sub("", title).strip()
    marks = frozenset(_marks(plain))
    whole = tuple(_title_words(plain))
    core = whole
    match = _SUFFIX.match(plain)
    if match and not any(_marks(match[2])):
        rest = tuple(_title_words(match[1]))
        if len(rest) >= 2 and len(_title_words(match[2])) <= 5:
            core = rest
    return Title(whole, core, marks)


def _title_words(title: str) -> list[str]:
    if not title.isascii():
        title = _UNSPACED.sub(r" \1 ", title)
    return _TITLE_WORD.findall(title.lower().replace("’", "'").replace("'s ", "s ").replace("'", ""))


def _marks(title: str) -> Iterator[str]:
    text = title.lower().replace("’", "'")
    for part in _PARTS.finditer(text):
        yield part[1] or _COUNTED[part[2]]
    for number in _NUMBER.finditer(text):
        yield number[1].replace(",", "").lstrip("0") or "0"
    yield from _YEAR.findall(text)
    for word in re.findall(r"[a-z]+", text):
        if word in _MONTHS and (word != "may" or _names_may(text)):
            yield f"month {_MONTHS[word]}"
        elif word in _ORDINALS:
            yield _ORDINALS[word]
        elif len(word) > 1 and word in _ROMAN_NAMES.split():
            yield _COUNTED[word]
    for stage in _RELEASE.finditer(text):
        yield "rc" + stage[2] if stage[1] == "release candidate" else stage[1] + stage[2]
    for quarter in _QUARTER.finditer(text):
        yield quarter[1]
    for word in ("redux", "revisited", "follow-up", "followup", "continued", "retrospective"):
        if word in text:
            yield word


def _names_may(text: str) -> bool:
    """The month rather than the verb: at an end, beside a number, or after a preposition."""
    return bool(_MAY.search(text))
