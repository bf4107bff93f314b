"""The search: its steps one after the other, each only where the ones before gave nothing usable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from crawler.discovering.found import Discovery, Found, is_comments, is_narrow, is_of_articles, worth
from crawler.errors import ParseError
from crawler.extract import is_whole
from crawler.fetch.politeness import Dispatcher, Job, Stepping
from crawler.fetch.remembering import Remembering
from crawler.model import Entry, Failed, FeedDocument, Fetched, Outcome, Request, Source, SourceKind
from crawler.ports import Fetcher
from crawler.read import read_document, sniff
from crawler.read.links import PageLinks, feed_links
from crawler.settings import FetchSettings
from crawler.sources.guesses import is_platform, pages_below, platform_feeds, sitemap_addresses, usual_feeds
from crawler.urls import is_web_url, origin_of, url_key

MAX_DECLARED = 6
MAX_LINKED = 4
MAX_SITEMAPS = 3
MAX_CHILDREN = 2
FEWEST_LISTED = 3
_NO_ARTICLES = r"/(?:tags?|categor(?:y|ies)|authors?|topics?|page)(?:/|$)"


def discover(
    url: str,
    fetcher: Fetcher,
    settings: FetchSettings,
    user_agent: str,
    now: Callable[[], datetime],
    kind: SourceKind | None = None,
) -> Discovery:
    """Find out how to follow the site at `url`; `kind` looks for that kind alone."""
    return _Search(url, fetcher, settings, user_agent, now, kind).run()


@dataclass(slots=True)
class _Log:
    """What was asked, and what was found in it, in order."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)


class _Search:
    def __init__(
        self,
        url: str,
        fetcher: Fetcher,
        settings: FetchSettings,
        user_agent: str,
        now: Callable[[], datetime],
        kind: SourceKind | None,
    ) -> None:
        self.url = url
        self.kind = kind
        once = Remembering(fetcher) if isinstance(fetcher, Stepping) else fetcher
        self._dispatcher = Dispatcher(once, settings, user_agent=user_agent, hosts={}, now=now)
        self._log = _Log()
        self._page: Fetched | None = None

    def run(self) -> Discovery:
        """All steps, each only where the ones before gave nothing usable."""
        first = self._ask([self.url], "feed")[0]
        failed = first if isinstance(first, Failed) else None
        if isinstance(first, Fetched):
            self._judge_start(first)
        elif not isinstance(first, Failed):
            failed = Failed(self.url, "status", "410 Gone", 410, passing=False)
        if failed is not None:
            self._feeds(platform_feeds(self.url), "its platform's rule")
        elif self._page is not None:
            self._from_page(self._page)
        usable = [found for found in self._log.found if self.kind in (None, found.kind)]
        narrow_wanted = is_narrow(self.url.rstrip("/") + "/")
        ranked = sorted(usable, key=lambda found: worth(found, narrow_wanted=narrow_wanted), reverse=True)
        links = self._links if self._page is not None else PageLinks()
        return Discovery(self.url, tuple(ranked), tuple(self._log.asked), failed, links.title, links.site_name)

    def _judge_start(self, first: Fetched) -> None:
        sort = sniff(first.body, first.headers.get("content-type"))
        if sort == "page" and first.body[:2] != b"\x1f\x8b":
            self._page = first
        elif sort == "feed":
            self._note_feed(first, self.url, "the address itself")
        else:
            self._sitemap(first, self.url, "the address itself", ())

    def _from_page(self, page: Fetched) -> None:
        if self.kind in (None, "feed"):
            self._feeds(self._declared(), "declared by the page", MAX_DECLARED)
            if not self._has_feed():
                self._feeds((link.url for link in self._links.linked), "linked from the page", MAX_LINKED)
            if not self._has_feed():
                self._feeds(platform_feeds(page.url), "its platform's rule")
            if not self._has_feed() and not is_platform(page.url):
                self._guess(usual_feeds(page.url, self._links.generator))
        if self.kind in (None, "sitemap") and not self._has_feed():
            self._sitemaps(page)
        if self.kind in (None, "listing") and not self._has_feed():
            self._listing(page)

    @cached_property
    def _links(self) -> PageLinks:
        assert self._page is not None
        return feed_links(self._page.body, self._page.url, self._page.headers)

    def _declared(self) -> list[str]:
        """Declared feeds, the posts' own first; feeds of comments only where there is nothing else."""
        links = sorted(self._links.declared, key=lambda link: (is_comments(link.url, link.title), is_narrow(link.url)))
        good = [link for link in links if not is_comments(link.url, link.title)]
        return [link.url for link in good or links]

    def _has_feed(self) -> bool:
        return any(found.kind == "feed" and found.entries and not found.comments for found in self._log.found)

    # ------------------------------------------------ feeds

    def _feeds(self, urls: Iterable[str], how: str, most: int = 3) -> None:
        wanted = [url for url in dict.fromkeys(urls) if not self._was_asked(url)][:most]
        for url, outcome in zip(wanted, self._ask(wanted, "feed"), strict=True):
            if isinstance(outcome, Fetched):
                self._note_feed(outcome, url, how)

    def _guess(self, urls: Iterable[str]) -> None:
        """One after the other, until one is a feed or the host has had enough. robots.txt is obeyed."""
        for url in urls:
            if self._was_asked(url):
                continue
            outcome = self._ask([url], "page")[0]
            if isinstance(outcome, Fetched):
                self._note_feed(outcome, url, "at a usual address")
                if self._has_feed():
                    return
            elif isinstance(outcome, Failed) and (
                outcome.status in (403, 429) or outcome.kind not in ("status", "robots")
            ):
                return

    def _note_feed(self, answer: Fetched, asked: str, how: str) -> None:
        content_type = answer.headers.get("content-type")
        if sniff(answer.body, content_type) != "feed":
            self._tell(asked, "no feed")
            return
        try:
            document = read_document("feed", answer.body, answer.url, content_type=content_type)
        except ParseError as error:
            self._tell(asked, str(error))
            return
        url = answer.moved_to or asked
        if any(url_key(found.url) == url_key(url) for found in self._log.found):
            self._tell(asked, f"leads to {url}")
            return
        titles = {link.url: link.title for link in self._links.declared} if self._page else {}
        words = f"{url} {document.title} {titles.get(asked, '')}"
        found = Found(
            url=url,
            kind="feed",
            format=document.format,
            how=how,
            title=document.title,
            homepage=self._homepage(document, url),
            entries=document.entries,
            language=document.language,
            full=_share_full(document.entries),
            comments=is_comments(words),
            narrow=is_narrow(url),
        )
        self._log.found.append(found)
        self._tell(asked, f"{document.format}, {len(document.entries)} entries")

    def _homepage(self, document: FeedDocument, url: str) -> str | None:
        if document.url and is_web_url(document.url):
            return document.url
        if self._page is not None:
            return self._page.url
        return origin_of(url) or None

    # ------------------------------------------------ sitemaps, listings

    def _sitemaps(self, page: Fetched) -> None:
        robots = self._ask([origin_of(page.url) + "/robots.txt"], "robots")[0]
        text = robots.body.decode("utf-8-sig", "replace") if isinstance(robots, Fetched) else ""
        below = pages_below(page.url)
        include = (below,) if below else ()
        for url in sitemap_addresses(page.url, text)[:MAX_SITEMAPS]:
            if self._was_asked(url):
                continue
            answer = self._ask([url], "feed")[0]
            if isinstance(answer, Fetched):
                self._sitemap(answer, url, "the site's sitemap", include)

    def _sitemap(self, answer: Fetched, asked: str, how: str, include: tuple[str, ...]) -> None:
        exclude = (_NO_ARTICLES,) if include else ()
        source = Source("new", asked, "", kind="sitemap", include=include, exclude=exclude)
        document = self._read("sitemap", answer, asked, source)
        if document is None:
            return
        entries = document.entries
        if document.format == "sitemapindex":
            children = sorted(entries, key=lambda e: (is_of_articles(e.url), _when(e)), reverse=True)
            wanted = [child.url for child in children if not self._was_asked(child.url)][:MAX_CHILDREN]
            entries = ()
            for url, child in zip(wanted, self._ask(wanted, "feed"), strict=True):
                part = self._read("sitemap", child, url, source) if isinstance(child, Fetched) else None
                entries += part.entries if part is not None and part.format != "sitemapindex" else ()
        if entries:
            home = self._page.url if self._page else origin_of(asked)
            found = Found(asked, "sitemap", document.format, how, "", home, entries, include=include, exclude=exclude)
            self._log.found.append(found)

    def _listing(self, page: Fetched) -> None:
        document = self._read("listing", page, self.url, None)
        if document is not None and len(document.entries) >= FEWEST_LISTED:
            url = page.moved_to or self.url
            listing = Found(url, "listing", "listing", "the page itself", document.title, page.url, document.entries)
            self._log.found.append(replace(listing, language=document.language))

    def _read(self, kind: SourceKind, answer: Fetched, asked: str, source: Source | None) -> FeedDocument | None:
        content_type = answer.headers.get("content-type")
        try:
            document = read_document(kind, answer.body, answer.url, content_type=content_type, source=source)
        except ParseError as error:
            self._tell(asked, str(error))
            return None
        self._tell(asked, f"{document.format}, {len(document.entries)} entries")
        return document

    # ------------------------------------------------ asking

    def _ask(self, urls: Sequence[str], purpose: str) -> list[Outcome]:
        jobs = (Job(url, _request(url, purpose), _same) for url in urls)
        answers: dict[str, Outcome] = {
            url: Failed(url, "connection", "not asked: the budget of requests is spent (settings.fetch)")
            for url in urls
        }
        answers.update(self._dispatcher.run(jobs))
        for url in urls:
            self._log.asked.append((url, _told(answers[url])))
        return [answers[url] for url in urls]

    def _was_asked(self, url: str) -> bool:
        return any(asked == url for asked, _ in self._log.asked)

    def _tell(self, asked: str, what: str) -> None:
        self._log.asked = [(url, what if url == asked else before) for url, before in self._log.asked]


def _request(url: str, purpose: str) -> Request:
    if purpose == "robots":
        return Request(url, "robots")
    return Request(url, "page" if purpose == "page" else "feed")


def _same(outcome: Outcome) -> Outcome:
    return outcome


def _told(outcome: Outcome) -> str:
    if isinstance(outcome, Failed):
        return outcome.message
    return "answered" if isinstance(outcome, Fetched) else "410 Gone"


def _share_full(entries: Sequence[Entry]) -> float:
    return sum(is_whole(entry) for entry in entries) / len(entries) if entries else 0.0


def _when(entry: Entry) -> datetime:
    return entry.updated_at or entry.published_at or datetime.min.replace(tzinfo=UTC)
