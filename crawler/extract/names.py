"""Authors: strings in which sites name people become a list of names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.text import plain_line

_LEAD = re.compile(
    r"^(?:(?:written|posted|published|submitted|authored|words|story|article|guest post|contributed)\s+by"
    r"|by|authors?|from|von|par|por|di)\b\s*:?\s+|^authors?\s*:\s*|^by\s*:\s*|^(?:作者|著者|文)\s*[:：]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:;|\||•|·|\n)\s*|\s+(?:and|&|und|et(?! al\b)|y(?=\s+\S+\s+\S)|with|feat\.)\s+|\s+[–—-]+\s+"
    r"|[,，、]\s*(?:and\s+)?"
)
_SUFFIX = re.compile(r"^(?:jr|sr|phd|ph\.d|md|m\.d|esq|ii|iii|iv|msc|mba|cissp)\.?$", re.IGNORECASE)
_EMAIL = re.compile(r"<?\S+@\S+\.\w+>?|\(\s*\)|(?:\(at\)|@)\w+$")
_DAY_FIRST = re.compile(r"^[^|·•]{0,30}\b(?:19|20)\d{2}\s*(?:[·|•–—-]|by\b|$)\s*", re.IGNORECASE)
_TRAILER_WORDS = r"""
\s+(?:on|in|at|published|posted|updated|\||-|–|—)\s+.*\d.*$
\s*[-–—|,]\s*(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d).*$
\s+\d{1,2}[/.\s].*$
\s*\(.*?\)
\s+on behalf of\b.*$
,?\s+et al\b\.?$
"""
_TRAILER = re.compile("|".join(_TRAILER_WORDS.strip().splitlines()), re.IGNORECASE)
_NETWORK = re.compile(r"(?:\s+(?:github|twitter|linkedin|mastodon|bluesky))+\s*$", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:engineer|engineering manager|developer|architect|scientist|director|manager|lead|vp|cto|ceo|co-?founder"
    r"|founder|editor|writer|reporter|correspondent|contributor|intern|head of)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^(?:by|admin|administrator|root|user|editor|author|guest|anonymous|unknown|staff|webmaster|none|null|undefined|n/a"
    r"|test|blog|home|about|share|read more|view all.*|all posts.*|more from.*|posts?|(?:\d+ )?(?:min|comment)s?.*"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d.*|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|https?:.*|www\..*|@\w+|\W*|\d+)$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:teams?|staff|editors|editorial|blog|engineering|developers|group|inc|llc|ltd|gmbh|corp|corporation|labs?"
    r"|foundation|contributors|community|maintainers|project|committee|desk|newsroom|company|authors)\b\.?",
    re.IGNORECASE,
)


def is_group(name: str) -> bool:
    """Whether a name is a team's, a company's or a site's rather than a person's: `Example Engineering Team`."""
    return _GROUP.search(name) is not None


def states_role(line: str) -> bool:
    """Whether a line says what somebody does: `Staff Engineer`, `Head of Data`."""
    return _ROLE.search(line) is not None


def fuller_names(told: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Of two statements of an article's authors the one that tells more; `told` stands where neither does.

    Others tell more where they name people beside all that were told, spell out what was a handle or initials, or
    name a person where only a team was told.
    """
    people = tuple(name for name in others if " " in name and not is_group(name))
    if not people:
        return told or others
    if all(is_group(name) for name in told):
        return others
    if len(others) > len(told) and all(any(_same_person(name, other) for other in others) for name in told):
        return others
    if len(people) >= len(told) and all(" " not in name or re.match(r"(?:[A-Z]\.? )+", name) for name in told):
        spelled = all(any(_same_person(name, other) for other in people) for name in told)
        return others if spelled or all(name.islower() or name.isdigit() for name in told) else told
    return told


def _same_person(name: str, other: str) -> bool:
    """`Ann Lee`, `ann`, `annlee`, `A. Lee` are Ann Lee."""
    if name_key(name) == name_key(other):
        return True
    short, long = name.casefold().replace(".", " ").split(), other.casefold().split()
    return len(short) <= len(long) and all(any(full.startswith(part) for full in long) for part in short)


def clean_authors(values: Iterable[str], site_names: Iterable[str] = ()) -> tuple[str, ...]:
    """People in reading order, once each: `By Ann Lee and Bo Ek, May 3` gives Ann Lee and Bo Ek.

    A site's own name, addresses, job titles and placeholders are dropped, and teams and companies beside people.
    """
    sites = {name_key(s) for s in site_names if s}
    found: dict[str, str] = {}
    for value in values:
        for name in split_names(value):
            key = name_key(name)
            if key and key not in sites and key not in found:
                found[key] = name
    people = [name for name in found.values() if not is_group(name)]
    return tuple(people or found.values())[:20]


def split_names(value: str) -> list[str]:
    """The names in one string."""
    line = plain_line(value[:400])
    line = _EMAIL.sub(" ", line).strip()
    line = _DAY_FIRST.sub("", line) or line
    line = _TRAILER.sub("", _LEAD.sub("", line)).strip()
    names: list[str] = []
    for part in _SPLIT.split(line):
        name = re.sub(r"\s+", " ", _NETWORK.sub("", _LEAD.sub("", part))).strip(" ,;:.-–—|/•·&+\"'")
        if names and _SUFFIX.match(name):
            names[-1] = f"{names[-1]} {name}"
        elif _is_name(name):
            names.append(name)
    return names


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 60 or _NO_NAME.match(name) or len(name.split()) > 6:
        return False
    if _ROLE.search(name) or re.search(r"[{}<>=\[\]@/\\]|\d{3}", name):
        return False
    return any(c.isalpha() for c in name)


def name_key(value: str) -> str:
    """What two spellings of one name share: letters and digits, in one case."""
    return re.sub(r"[\W_]+", "", value).casefold()
