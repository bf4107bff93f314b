"""Which addresses of a site are articles: the source's own patterns, or what an address looks like by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from crawler.errors import ParseError
from crawler.model import Source

# Path segments under which sites keep what is no article.
_PLACES_WORDS = """
    about about-us account all archive archives articles author authors blog blog-archive blogs careers cart
    categories category checkout code-of-conduct community contact contact-us cookie-policy cookies docs
    documentation download downloads engineering events faq feed feeds gallery guides help home impressum imprint
    index jobs join keywords latest legal license licenses login logout news newsletter page pages people policies
    policy post posts press pricing privacy privacy-policy products profile projects register resources rss search
    section sections series share sign-in signin signup sitemap sponsors status stories subscribe support tag tags
    team terms terms-of-service terms-of-use topic topics user users videos
"""
_PLACES = frozenset(_PLACES_WORDS.split())
# Under these a further segment does not make an article of it either.
_LISTS_WORDS = """
    archive archives author authors careers categories category events feed feeds jobs keywords login page people
    profile search section sections signup tag tags team topic topics user users
"""
_LISTS = frozenset(_LISTS_WORDS.split())
_FILE = re.compile(
    r"\.(?:xml|rss|atom|json|txt|pdf|zip|gz|tar|png|jpe?g|gif|svg|webp|ico|css|js|mp3|mp4|ics|epub|csv|woff2?)$",
    re.IGNORECASE,
)
_PAGED = re.compile(r"/(?:page|p)/?\d+/?$|/\d{4}(?:/\d{1,2}){0,2}/?$|[?&](?:page|paged|p)=\d{1,4}$")


_DEEPEST = 40


class Wanted:
    """Judges addresses for one source. Raises ParseError at once where a pattern is no regular expression."""

    def __init__(self, source: Source | None) -> None:
        self._include = _compile(source.include if source else ())
        self.by_pattern = bool(self._include)
        self._exclude = _compile(source.exclude if source else ())

    def __call__(self, url: str) -> bool:
        if any(pattern.search(url) for pattern in self._exclude):
            return False
        if self._include:
            return any(pattern.search(url) for pattern in self._include)
        return is_article_address(url)


def is_article_address(url: str) -> bool:
    """Whether an address could be an article's: no home page, list, tag, person, file or standing page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    if not segments:
        return False
    last = re.sub(r"\.(?:html?|php|aspx?)$", "", segments[-1])
    if last in {"index", "default"}:
        segments.pop()
        last = segments[-1] if segments else ""
    if not last or last in _PLACES or _FILE.search(last) or _PAGED.search(url):
        return False
    return not any(segment in _LISTS for segment in segments[:-1])


def without_parents(urls: Iterable[str]) -> set[str]:
    """The addresses that are not folders of several others: `/guides/` beside `/guides/a` and `/guides/b` is a list."""
    found = list(urls)
    children: Counter[str] = Counter()
    for url in found:
        if url.count("/") > _DEEPEST:
            continue  # counting each folder of such an address costs its length squared
        parent = url.rstrip("/").rpartition("/")[0]
        while parent.count("/") > 2:
            children[parent] += 1
            parent = parent.rpartition("/")[0]
    return {url for url in found if children[re.sub(r"(?:/index\.html?)?/?$", "", url)] < 3}


def _compile(patterns: tuple[str, ...]) -> list[re.Pattern[str]]:
    try:
        return [re.compile(pattern) for pattern in patterns]
    except re.error as error:
        raise ParseError(f"the pattern {error.pattern!r} is no regular expression: mend it in sources.yaml") from error
