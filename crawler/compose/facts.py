"""What an article says that another one on the same subject says, too: names, versions, vulnerabilities, sources.

Words of a title alone never make a story; these are the hard facts that stories are joined by.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

from crawler.model import Article
from crawler.text import words_of
from crawler.urls import host_of, is_web_url, url_key

_OPENING = 900  # characters in which an article says what it is about
_LINKED = 6_000  # characters of markup in which it names the source that it reports on
_MOST_CVES = 3  # more are a changelog, which is about none of them

_CVE = re.compile(r"\bCVE-\d{4}-\d{4,7}\b", re.IGNORECASE)
_WORD = re.compile(r"[\w.+-]*\w")
_CODED = re.compile(r"[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]")
_VERSION = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)+)(?![\w.]*\d)")
_NUMBERS = re.compile(r"\d+")
_HREF = re.compile(r"<a\b[^>]*?\bhref\s*=\s*[\"']([^\"'<>\s]+)", re.IGNORECASE)
_ENDINGS = re.compile(r"(?:['’]s?|(?<=\w{3})(?:ing|ed|es|s|e))$")
# An article that tells of an event: what came out, was found, broke, was bought.
_NEWS = re.compile(
    r"\b(?:today|yesterday|this week|announc\w+|releas\w+|launch\w+|introduc\w+|available|general availability|joins?"
    r"|joined|graduat\w+|acquir\w+|acquisition|open.sourc\w+|disclos\w+|vulnerab\w+|0-day|zero.day|outage|incident"
    r"|patch(?:es|ed)?|what['’]s new|new in|is out|ships|shipped|published|deprecat\w+|sunset\w*|retir\w+)\b",
    re.IGNORECASE,
)
# Where things are first told: papers, advisories, tagged releases, standards, posts. Documentation is none.
_PRIMARY = re.compile(
    r"arxiv\.org/|doi\.org/|/releases?/tag/|/security/advisories/|/(?:issues|pull|discussions)/\d+|nvd\.nist\.gov/vuln"
    r"|cve\.(?:org|mitre\.org)/|rfc-editor\.org/|datatracker\.ietf\.org/doc/|/20\d\d/[01]?\d/"
    r"|/(?:blog|news|posts?|announcements?|press|incidents?|advisor(?:y|ies))/.*[\w]-[\w]",
    re.IGNORECASE,
)
# Words that titles share without telling of the same thing.
_COMMON = """
    about after announcing another apache april august based basic basics best better blog build building built
    case change changes cloud code community data december deep design developer developers different easy engineer
    engineering engineers every faster february first from great guide high improving inside into introducing
    introduction january july june know large learning less life little long machine make making march more most much
    need news next november october open part performance platform practical production project releas release
    released report running scale scaling second security september series service services should simple software
    some source start state story system systems team test testing than that their them there these they things this
    three through time tools under understanding update updated updates using version very week well were what when
    where which while will with without work working world writing year your
"""
COMMON = frozenset(_COMMON.split())


@dataclass(frozen=True)
class Facts:
    """The facts of one article, each found when it is asked for."""

    article: Article

    @cached_property
    def words(self) -> frozenset[str]:
        """The content words of the title, without endings."""
        own = {stem(w) for w in words_of(self.article.company or "")}
        return title_stems(self.article.title) - own

    @cached_property
    def names(self) -> frozenset[str]:
        """Names in the title, in lower case: words with capitals or digits inside, and words that the text writes
        with a capital within its sentences. The company's own name is none."""
        return frozenset(t.lower() for t in self._capitals if self._is_name(t))

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Words of the title that may be names, in lower case; many titles write every word with a capital."""
        return frozenset(t.lower() for t in self._capitals)

    @cached_property
    def _capitals(self) -> frozenset[str]:
        own = set(words_of(self.article.company or ""))
        tokens = {t.removesuffix("'s").removesuffix("’s") for t in _WORD.findall(self.article.title)}
        return frozenset(t for t in tokens if _may_be_name(t) and t.lower() not in own)

    @cached_property
    def versions(self) -> frozenset[str]:
        """Version numbers in the title: 2.1, 1.31.0."""
        return frozenset(_VERSION.findall(self.article.title))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """All numbers in the title: years, parts, versions."""
        return frozenset(_NUMBERS.findall(self.article.title))

    @cached_property
    def cves(self) -> frozenset[str]:
        """The vulnerabilities that the article is about: named in title, summary or opening, or repeated."""
        article = self.article
        told = f"{article.title} {article.summary} {article.deck}"
        if "CVE-" not in article.text and "cve-" not in told.lower():
            return frozenset()
        counts = Counter(cves_in(f"{told} {article.text}"))
        if len(counts) > _MOST_CVES:
            return frozenset()
        near = cves_in(f"{told} {self.opening}")
        return frozenset(c for c, count in counts.items() if c in near or count >= 2)

    @cached_property
    def opening(self) -> str:
        """The beginning of the text."""
        return self.article.text[:_OPENING]

    @cached_property
    def is_news(self) -> bool:
        """Whether it tells of an event."""
        return bool(_NEWS.search(self.article.title) or _NEWS.search(self.opening[: _OPENING // 2]))

    @cached_property
    def telling(self) -> frozenset[str]:
        """Content words of title, summary and opening."""
        article = self.article
        told = f"{article.title} {article.summary} {self.opening}"
        return frozenset(stem(w) for w in words_of(told) if _tells(w))

    @cached_property
    def summary_words(self) -> frozenset[str]:
        """Content words of title and summary."""
        return frozenset(stem(w) for w in words_of(f"{self.article.title} {self.article.summary}") if _tells(w))

    @cached_property
    def links(self) -> dict[str, str]:
        """Where the article leads to: url_key to address."""
        return {url_key(u): u for u in _HREF.findall(self.article.content_html) if is_web_url(u)}

    @cached_property
    def primary(self) -> frozenset[str]:
        """Places where things are first told to which the article leads in its first part, as url_keys."""
        own = host_of(self.article.url)
        urls = _HREF.findall(self.article.content_html[:_LINKED])
        return frozenset(url_key(u) for u in urls if is_web_url(u) and host_of(u) != own and _PRIMARY.search(u))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What others may link to when they mean this article."""
        article = self.article
        return frozenset(url_key(u) for u in (article.url, article.canonical_url, *article.also_at))

    def mentions(self, name: str) -> bool:
        """Whether the text says a name (in lower case)."""
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.article.text, re.IGNORECASE) is not None

    def _is_name(self, token: str) -> bool:
        if _CODED.search(token):
            return True
        told = f"{self.article.summary} {self.article.deck} {self.article.text[:8000]}"
        word = re.escape(token)
        large = len(re.findall(rf"(?<=[a-z0-9,;:)] ){word}\b", told))
        return large > len(re.findall(rf"\b{word.lower()}\b", told)) if large else False


def cves_in(text: str) -> list[str]:
    """The vulnerabilities that a text names, each as often as it does, in the spelling of the CVE list (capitals)."""
    return [cve.upper() for cve in _CVE.findall(text)]


def common_names(a: Facts, b: Facts) -> list[str]:
    """Names in both titles, sorted; it is enough that one of the two texts shows that a word is a name."""
    return sorted((a.names & b.capitals) | (b.names & a.capitals))


def _may_be_name(token: str) -> bool:
    if len(token) < 3 or not (token[0].isupper() or _CODED.search(token)):
        return False
    return token.lower() not in COMMON and any(c.isalpha() for c in token)


@lru_cache(maxsize=8192)  # every rule about titles asks for them, and a week has some thousand
def title_stems(title: str) -> frozenset[str]:
    """The content words of a title, without endings."""
    return frozenset(stem(w) for w in words_of(title) if _tells(w))


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """A word without the endings that titles of one thing differ in: celebrate, celebrating, TiKV's."""
    return _ENDINGS.sub("", re.sub(r"['’]s$", "", word.lower()))


def _tells(word: str) -> bool:
    return (len(word) >= 4 or any(c.isdigit() for c in word)) and word not in COMMON and not word.isdigit()
