"""The article's title without the site's name around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawler.extract.names import name_key
from crawler.text import words_of
from crawler.urls import host_of

_SEPARATOR = re.compile(
    r"\s+[|·•»«›–—:/\\~-]+\s+|\s*[|»·•]\s*|\s+::\s+|(?<=\w):\s+(?=[A-Z][\w.]*\s*(?:Blog|Engineering|Tech)\b)"
)

_BEGINS_APART = re.compile(r"^\s*(?:[|·•»«›‹–—:/\\~(\[]|-\s|\s-)")
_ENDS_APART = re.compile(r"(?:[|·•»«›‹–—:/\\~)\]]|\s-|-\s)\s*$")

_GENERIC = frozenset({"blog", "the blog", "news", "home", "home page", "engineering", "engineering blog", "tech blog"})


def choose_title(headings: Sequence[str], stated: Sequence[str], site_names: Iterable[str], url: str) -> str:
    """The title that a reader would give.

    `headings` are the page's own, most specific first; `stated` come from JSON-LD, OpenGraph and `title`, best
    first. A heading that stands in a stated title is the title without its suffix; else the stated one is cut.
    """
    sites = [s for s in site_names if s] + [_host_name(url)]
    stated = [s for s in stated if s]
    held = [h for h in headings if not _is_site(h, sites) and any(_holds(title, h, sites) for title in stated)]
    if held:
        return max(held, key=lambda h: len(name_key(h)))
    if stated:
        clean = strip_site(stated[0], sites, stated[1:])
        # One title for every page of a site: the address tells whose words are the article's.
        slug = _slug_words(url)
        rival = max(
            (h for h in headings if not _is_site(h, sites)), key=lambda h: len(slug & set(words_of(h))), default=""
        )
        return rival if slug & set(words_of(rival)) and not slug & set(words_of(clean)) else clean
    return next((h for h in headings if not _is_site(h, sites)), headings[0] if headings else "")


def strip_site(title: str, site_names: Iterable[str], others: Sequence[str] = ()) -> str:
    """`Title | Site` without the site: by its known name, or by what another statement of the title lacks."""
    sites = {name_key(s) for s in site_names if s}
    lead, colon, rest = title.partition(": ")
    if colon and rest.strip() and name_key(lead) in sites:
        return strip_site(rest.strip(), site_names, others)
    parts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(title)]
    if not parts:
        return title
    for other in others:
        if (
            len(other) >= 4
            and len(other) < len(title)
            and title.startswith(other)
            and any(start == len(other) for start, _ in parts)
        ):
            return other
    for begin, end in reversed(parts):
        tail, head = title[end:], title[:begin]
        if _names_site(tail, sites) and len(words_of(head)) >= 1:
            return strip_site(head, site_names, others)
    begin, end = parts[0]
    if _names_site(title[:begin], sites) and len(words_of(title[end:])) >= 1:
        return strip_site(title[end:], site_names, others)
    return title


def _holds(title: str, heading: str, sites: Sequence[str]) -> bool:
    """Whether the heading stands in the title whole: beside it there is nothing, a separator, or the site's name."""
    a, b = name_key(title), name_key(heading)
    if not b or b not in a:
        return False
    if a == b:
        return True
    at = title.casefold().find(heading.casefold())
    if at < 0:  # it differs in blanks or marks
        return a.startswith(b) or a.endswith(b) or len(b) >= 0.5 * len(a)
    before, after = title[:at], title[at + len(heading) :]
    return _is_beside(before, sites, _ENDS_APART) and _is_beside(after, sites, _BEGINS_APART)


def _is_beside(rest: str, sites: Sequence[str], apart: re.Pattern[str]) -> bool:
    return (
        not name_key(rest) or apart.search(rest) is not None or any(name_key(rest) == name_key(site) for site in sites)
    )


def _names_site(part: str, sites: set[str]) -> bool:
    key = name_key(part)
    if not key or part.strip().lower() in _GENERIC:
        return True
    return any(
        key == s
        or (
            len(key) >= 3
            and len(s) >= 3
            and (s.startswith(key) or key.startswith(s) or s.endswith(key) or key.endswith(s))
        )
        for s in sites
        if s
    )


def _is_site(heading: str, sites: Sequence[str]) -> bool:
    key = name_key(heading)
    return not key or any(key == name_key(s) for s in sites)


def _slug_words(url: str) -> set[str]:
    """The words of an address that tell the article, without those of the host."""
    host, _, path = url.rsplit("//", 1)[-1].partition("/")
    return set(re.findall(r"[^\W\d_]{3,}", path.lower())) - set(re.findall(r"[^\W_]+", host.lower()))


def _host_name(url: str) -> str:
    host = re.sub(r"^(?:www|blog|engineering|tech|eng|developers?|dev|news|labs?)\.", "", host_of(url))
    return host.split(".")[0]
