"""From answers to the store: what was asked is decided on and stored in portions, each one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler import schedule
from crawler.asking import Answer
from crawler.context import Crawl, Selection
from crawler.dedup.decide import Decision, decide_entries
from crawler.errors import StoreLocked
from crawler.extract import is_whole
from crawler.model import UNREACHABLE, Failed, Feed, FeedDocument, Fetched, Gone, NotModified, Source
from crawler.ports import FeedWrite, Known
from crawler.report import FEW, SourceOutcome, SourceResult
from crawler.urls import url_key

FEEDS_A_COMMIT = 50
CHARACTERS_A_COMMIT = 4_000_000  # of entries that wait to be stored
LONGEST_WAIT = timedelta(seconds=3)
DECISIONS = 20  # that other runs may overtake


@dataclass(frozen=True, slots=True)
class _Asked:
    """An answer that waits: the source's state before it, and when it came."""

    source: Source
    feed: Feed
    answer: Answer
    at: datetime

    @property
    def characters(self) -> int:
        entries = self.answer.document.entries if self.answer.document else ()
        return sum(len(entry.content_html) + len(entry.summary_html) for entry in entries)

    @property
    def named(self) -> tuple[set[str], set[str]]:
        """Addresses (url_key) and guids of the document's entries."""
        entries = self.answer.document.entries if self.answer.document else ()
        return {url_key(entry.url) for entry in entries}, {entry.guid for entry in entries}


class FeedWriter:
    """Decides and stores in portions: a feed's entries with its validators, several feeds in one transaction.

    Deciding and storing many at once costs a third of one by one; a run that is killed asks its last portion again.
    States of sources that could not be reached wait until one could; where none can, they are forgotten, so that
    everything is due again as soon as the network is back.
    """

    def __init__(self, crawl: Crawl, selection: Selection, *, began: datetime) -> None:
        self._crawl = crawl
        self._selection = selection
        self._seen_at = selection.seen_at or began
        self.reached = False
        self._waiting: dict[str, _Asked] = {}
        self._characters = 0

    def take(self, source: Source, feed: Feed, answer: Answer) -> list[SourceResult]:
        """Keep an answer; returns the results of those that are stored with it, in the order in which they came."""
        stored = self._flush() if source.slug in self._waiting else []
        if isinstance(answer.outcome, Fetched) and answer.outcome.body:
            answer = replace(answer, outcome=replace(answer.outcome, body=b""))  # it is read, and may be large
        asked = _Asked(source, feed, answer, self._crawl.now())
        self._waiting[source.slug] = asked
        self._characters += asked.characters
        self.reached = self.reached or not _is_unreachable(answer)
        first = next(iter(self._waiting.values()))
        full = len(self._waiting) >= FEEDS_A_COMMIT or self._characters >= CHARACTERS_A_COMMIT
        if self.reached and (full or asked.at - first.at > LONGEST_WAIT):
            stored += self._flush()
        return stored

    def end(self) -> list[SourceResult]:
        """Store the rest; what few sources asked alone were told is true of them."""
        few = self._selection.blame and len(self._waiting) < FEW
        return self._flush(store=self.reached or few)

    def _flush(self, *, store: bool = True) -> list[SourceResult]:
        waiting, self._waiting, self._characters = self._waiting, {}, 0
        results: dict[str, SourceResult] = {}
        open_ones = waiting
        for _ in range(DECISIONS):
            decided = self._decide(open_ones)
            results |= {slug: result for slug, (result, _) in decided.items()}
            writes = [write for _, write in decided.values()]
            refused = self._crawl.store.write_feeds(writes, self._seen_at) if store and writes else []
            open_ones = {slug: waiting[slug] for slug in refused}
            if not open_ones:
                break
        else:
            raise StoreLocked(f"{next(iter(open_ones))}: other runs keep storing the same articles; run again")
        if store:
            self._crawl.release(waiting)
        return list(results.values())

    def _decide(self, waiting: dict[str, _Asked]) -> dict[str, tuple[SourceResult, FeedWrite]]:
        documents = {slug: asked.named for slug, asked in waiting.items() if asked.answer.document is not None}
        known = self._crawl.store.known_all(documents) if documents else {}
        return {
            slug: _decide(self._crawl, self._selection, asked, known.get(slug) or Known())
            for slug, asked in waiting.items()
        }


def _is_unreachable(answer: Answer) -> bool:
    return isinstance(answer.outcome, Failed) and answer.outcome.kind in UNREACHABLE


def _decide(crawl: Crawl, selection: Selection, asked: _Asked, known: Known) -> tuple[SourceResult, FeedWrite]:
    """The result for the report, and what to write: the feed's new state, with the entries that were decided on."""
    source, feed, answer, now, settings = asked.source, asked.feed, asked.answer, asked.at, crawl.settings.fetch
    outcome, document = answer.outcome, answer.document
    dates = [e.published_at for e in document.entries if e.published_at] if document else []
    after = schedule.after_check(
        feed, outcome, document, now=now, settings=settings, dates=dates, rng=crawl.random, body_hash=answer.body_hash
    )
    url = feed.current_url or feed.url
    status = getattr(outcome, "status", 304 if isinstance(outcome, NotModified) else None)
    moved = bool(after.current_url and after.current_url != feed.current_url)
    if isinstance(outcome, Failed):
        result = SourceResult(source.slug, url, "failed", status, error_kind=outcome.kind, error=outcome.message)
        return result, FeedWrite(after)
    if isinstance(outcome, Gone):
        message = "the address answers 410 Gone: remove the source or give it a new address"
        return SourceResult(source.slug, url, "gone", status, error_kind="gone", error=message), FeedWrite(after)
    if document is None:
        return SourceResult(source.slug, url, "moved" if moved else "unchanged", status), FeedWrite(after)
    decision = decide_entries(
        source,
        document,
        feed,
        known,
        now=now,
        settings=settings,
        sources=crawl.sources,
        is_whole=is_whole,
        backfill=selection.backfill,
    )
    after = _learned(after, feed, document, decision, backfill=selection.backfill)
    if selection.backfill and not answer.older:
        after = replace(after, backfilled_at=feed.backfilled_at or now)
    word = _word(decision, moved=moved)
    result = SourceResult(source.slug, url, word, status, decision.new, decision.updated, decision.held)
    return result, FeedWrite(after, decision.writes)


def _learned(after: Feed, feed: Feed, document: FeedDocument, decision: Decision, *, backfill: bool) -> Feed:
    """The feed's state with what a document that was read tells of it: floods, what is usual, the language."""
    if decision.flood:
        after = replace(after, state="held")
    if decision.new and not decision.flood and not backfill and feed.last_success_at is not None:
        usual = feed.usual_new
        after = replace(after, usual_new=float(decision.new) if usual is None else 0.7 * usual + 0.3 * decision.new)
    if document.language and document.language != after.language:
        after = replace(after, language=document.language)
    return after


def _word(decision: Decision, *, moved: bool) -> SourceOutcome:
    if moved:
        return "moved"
    if decision.flood:
        return "held"
    if decision.new:
        return "new"
    return "updated" if decision.updated else "unchanged"
