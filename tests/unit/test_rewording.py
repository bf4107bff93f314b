"""An issue worded by a model behind a real endpoint: honest, lying, broken, silent. What reaches readers is always
either checked against its article or ours."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.composing import compose, write_draft_file
from crawler.context import Crawl
from crawler.draft.write import write_draft
from crawler.fetch.client import HttpFetcher
from crawler.label.sentences.splitting import clean_sentence, split_sentences
from crawler.llm.check import unsupported
from crawler.llm.endpoint import OpenAiEndpoint
from crawler.llm.evidence import evidence_of
from crawler.llm.form import ill_formed
from crawler.llm.session import Session
from crawler.model import Issue
from crawler.reading import inspect_text
from crawler.rewording import Rewording, account_of_wording, reword
from crawler.rewording.asked import RULES
from crawler.settings import LlmSettings, Settings
from crawler.trust import believable
from crawler.workers import WorkerPool
from storage.memory import MemoryStore
from tests.support.bad_models import BAD, lying
from tests.support.model_server import Asked, ModelServer, Personality, honest
from tests.support.stores import NOW, WEEK, add_article, make_source
from tests.unit.llm.articles import CACHES, COMPILERS, INJECTED, QUEUES

ARTICLES = {
    "queues": ("How Tessellate gave its job queue a budget", QUEUES, "Tessellate"),
    "caches": ("A cache that nobody looked at", CACHES, "Orbitline"),
    "compilers": ("Type inference, function by function", COMPILERS, "Wrenlang"),
    "mail": ("Moving a mail archive to object storage", INJECTED, "Fernpost"),
}


@pytest.fixture
def crawl() -> Iterator[Crawl]:
    """A store in memory with four articles of the week; nothing is fetched."""
    settings = Settings()
    fetcher, workers = HttpFetcher(settings.fetch, user_agent="test/1", environ={}), WorkerPool()
    store = MemoryStore()
    for slug, (title, text, company) in ARTICLES.items():
        url = f"https://{slug}.example/post"
        read = inspect_text(text, url, title)
        kept = (
            "text",
            "summary",
            "deck",
            "audience",
            "tags",
            "roles",
            "kind",
            "language",
            "words",
            "minutes",
            "signals",
        )
        fields = {name: getattr(read, name) for name in kept}
        add_article(store, url, source=slug, title=title, company=company, **fields)
    sources = {slug: make_source(slug, company=ARTICLES[slug][2]) for slug in ARTICLES}
    made = replace(settings, issue=replace(settings.issue, floor=0.0))
    yield Crawl(store, fetcher, workers, made, sources, "test/1", lambda: NOW, random.Random(1))
    fetcher.close()
    workers.close()


@contextmanager
def worded(crawl: Crawl, personality: Personality, **settings: Any) -> Iterator[tuple[Rewording, ModelServer]]:
    """The issue of the week as the server words it."""
    with ModelServer(personality) as server:
        known = replace(LlmSettings(server.base_url, "small", timeout=60), **settings)

        def keep(key: str, text: str) -> None:
            crawl.store.save_answer(key, known.model, text, crawl.now())

        session = Session(known, OpenAiEndpoint(known, None), crawl.store.answers, keep)
        try:
            yield reword(crawl, compose(crawl, WEEK), session), server
        finally:
            session.close()


def checked_or_ours(crawl: Crawl, ours: Issue, issue: Issue) -> None:
    """The promise: each sentence passes against its article, or it is the one that we made."""
    for mine, item in zip(ours.items, issue.items, strict=True):
        article = crawl.store.article(item.article_id)
        assert article is not None
        found = evidence_of(
            believable(article.text.split("\n\n")),
            lambda block: split_sentences(clean_sentence(block)),
            (article.title, article.company or "", *article.authors, "9 November 2026, 10 November 2026"),
        )
        for text, own in ((item.summary, mine.summary), (item.deck, mine.deck)):
            for sentence in split_sentences(text) if text != own else ():
                assert unsupported(sentence, found) is None, sentence
                assert ill_formed(sentence, RULES, opens=False) is None, sentence
        assert item.audience.startswith("For ")
        assert item.title == mine.title
        assert item.url == mine.url
    assert len({item.audience for item in issue.items}) == len(issue.items)
    assert issue.lead.startswith("This week: ")


def test_an_honest_model_words_the_issue(crawl: Crawl) -> None:
    """Summaries, decks, audience lines and the lead; one question an item and one for the lead."""
    ours = compose(crawl, WEEK).issue
    with worded(crawl, honest) as (rewording, server):
        issue = rewording.composition.issue
        assert len(server.requests) == len(issue.items) + 1 == 5
    checked_or_ours(crawl, ours, issue)
    assert all(one.summary and one.deck for one in rewording.items)
    assert all(mine.summary != item.summary for mine, item in zip(ours.items, issue.items, strict=True))
    assert rewording.lead == issue.lead != ours.lead
    assert len(re.findall(r"[.](?: |$)", issue.lead)) == 4
    assert "And " in issue.lead
    assert [i.url for i in issue.items] == [i.url for i in ours.items]
    assert rewording.sentences()[-1].startswith("llm: small worded 4 of 4 summaries and the lead; 5 asked, 0 answered")


def test_composing_again_asks_nothing_and_gives_the_same_bytes(crawl: Crawl) -> None:
    with worded(crawl, honest) as (first, _):
        text = write_draft(first.composition.issue)
    with worded(crawl, lambda _: "something else") as (second, server):
        assert server.requests == []
    assert write_draft(second.composition.issue) == text
    assert second.spent.kept == 5


def test_a_changed_article_is_asked_about_again(crawl: Crawl) -> None:
    """And so are the lead that speaks of it, and everything of another model."""
    with worded(crawl, honest):
        pass
    article = crawl.store.article("https://queues.example/post")
    assert article is not None
    add_article(crawl.store, article.url, source="queues", title=article.title, company=article.company,
                text=article.text + "\n\nThe scheduler runs on 12 machines.", tags=article.tags, roles=article.roles,
                summary=article.summary, language="en", kind=article.kind, audience=article.audience)  # fmt: skip
    with worded(crawl, honest) as (_, server):
        assert 1 <= len(server.requests) <= 2
    with worded(crawl, honest, model="large") as (_, server):
        assert len(server.requests) == 5


@pytest.mark.parametrize("name", BAD)
def test_whatever_a_model_does_readers_get_what_is_true(crawl: Crawl, name: str) -> None:
    """Sentence by sentence; and the person is told why ours stands."""
    ours = compose(crawl, WEEK).issue
    with worded(crawl, BAD[name], timeout=0.5 if name in ("silence", "errors") else 60) as (rewording, server):
        checked_or_ours(crawl, ours, rewording.composition.issue)
        assert server.requests
    text = write_draft(rewording.composition.issue)
    for word in (
        "Globex",
        "evil",
        "Mallory",
        "script",
        "**",
        "bankrupt",
        "arrested",
        "AI language",
        "Ignore all",
        "lawyer",
    ):
        assert word not in text
    assert len(rewording.sentences()) > 1
    if name not in ("very long", "swapped numbers"):  # some of their sentences are true
        assert [i.summary for i in rewording.composition.issue.items] == [i.summary for i in ours.items]


def test_a_lie_is_told_with_its_sentence_and_the_model_is_asked_once_more(crawl: Crawl) -> None:
    """With what was wrong; an honest second answer is printed."""

    def repents(asked: Asked) -> str:
        return honest(asked) if asked.is_again or asked.is_lead else lying(asked)

    with worded(crawl, repents) as (rewording, server):
        assert all(one.summary for one in rewording.items)
        second = [asked for asked in server.requests if asked.is_again]
        assert len(second) == 4
        assert "number “97" in second[0].body["messages"][-1]["content"]
    with worded(crawl, lying, model="liar") as (rewording, server):
        assert not any(one.summary for one in rewording.items)
        assert len(server.requests) == 9
    told = "\n".join(rewording.sentences())
    assert "the extract stands" in told
    assert "Lisbon" in told or "97" in told
    assert rewording.as_json()["items"][0]["summary"] == "extract"
    assert rewording.as_json()["items"][0]["faults"]


def test_the_model_never_sees_what_speaks_to_it(crawl: Crawl) -> None:
    """Nor does anything of a key or of other articles go with a question."""
    with worded(crawl, honest) as (_, server):
        prompts = [asked.prompt for asked in server.requests]
    assert not any("Ignore all previous" in prompt or "Mallory" in prompt for prompt in prompts)
    assert sum("Fernpost" in prompt for prompt in prompts) == 2


def test_a_used_up_budget_leaves_the_rest_as_it_was(crawl: Crawl) -> None:
    ours = compose(crawl, WEEK).issue
    with worded(crawl, honest, max_requests=2) as (rewording, server):
        assert len(server.requests) == 2
    assert [bool(one.summary) for one in rewording.items] == [True, True, False, False]
    assert [one.asked for one in rewording.items] == [True, True, False, False]
    assert rewording.composition.issue.items[2:] == ours.items[2:]
    assert rewording.composition.issue.lead == ours.lead
    assert any("max_requests: 2" in sentence for sentence in rewording.sentences())
    with worded(crawl, honest, max_requests=3) as (rewording, server):
        assert len(server.requests) == 3
    assert all(one.summary for one in rewording.items)


@pytest.mark.parametrize(
    ("parts", "changed"),
    [
        (("summaries",), {"summary"}),
        (("audience",), {"audience"}),
        (("lead",), {"lead"}),
        (("summaries", "lead"), {"summary", "lead"}),
    ],
)
def test_only_what_is_wanted_is_worded(crawl: Crawl, parts: Any, changed: set[str]) -> None:
    ours = compose(crawl, WEEK).issue
    with worded(crawl, honest, parts=parts) as (rewording, _):
        issue = rewording.composition.issue
    differs = {"lead"} if issue.lead != ours.lead else set()
    for name in ("summary", "audience"):
        pairs = zip(ours.items, issue.items, strict=True)
        differs |= {name} if any(getattr(a, name) != getattr(b, name) for a, b in pairs) else set()
    assert differs == changed


def test_what_is_short_or_not_english_is_not_asked_about(crawl: Crawl) -> None:
    add_article(
        crawl.store, "https://kurz.example/a", title="Kurz", text="Ein Satz. " * 60, language="de", tags=("queues",)
    )
    add_article(crawl.store, "https://short.example/a", title="Short", text="One sentence. " * 3, tags=("queues",))
    crawl.settings = replace(crawl.settings, issue=replace(crawl.settings.issue, languages=("en", "de")))
    with worded(crawl, honest) as (rewording, server):
        assert len(rewording.items) == 6
        assert len(server.requests) == 5
    assert not any("Kurz" in asked.prompt for asked in server.requests)


def test_runners_up_are_worded_only_where_that_is_wanted(crawl: Crawl) -> None:
    crawl.settings = replace(crawl.settings, issue=replace(crawl.settings.issue, max_items=2, min_items=1))
    with worded(crawl, honest) as (rewording, _):
        assert len(rewording.items) == 2
    with worded(crawl, honest, runners_up=True) as (rewording, _):
        assert len(rewording.items) == 4
        assert all(one.summary for one in rewording.items)


def test_why_tells_who_worded_a_summary_and_what_was_refused(crawl: Crawl) -> None:
    """From what is kept; nothing is asked."""
    article = crawl.store.article("https://queues.example/post")
    assert article is not None
    known = LlmSettings("http://127.0.0.1:9/v1", "small", timeout=3)
    assert account_of_wording(crawl, article, known) == []
    with worded(crawl, honest):
        pass
    (reason,) = account_of_wording(crawl, article, known)
    assert reason.rule == "worded by small, checked"
    assert "Tessellate" in reason.evidence or "scheduler" in reason.evidence
    with worded(crawl, lying, model="liar"):
        pass
    first, *more = account_of_wording(crawl, article, replace(known, model="liar"))
    assert first.rule == "worded by liar, refused"
    assert more
    assert {reason.rule for reason in more} == {"failed the check"}


def test_an_editors_words_win_over_the_models(crawl: Crawl, tmp_path: Path) -> None:
    """A worded draft is merged like any other: edits stay, what was not touched follows, deletions stay deleted, and
    the lead is worded for the items that are left."""
    with worded(crawl, honest) as (rewording, _):
        path = write_draft_file(crawl.store, rewording.composition.issue, tmp_path, lead_of=rewording.lead_of).path
    first, second, *_ = rewording.composition.issue.items
    text = path.read_text()
    blocks = re.split(r"(?m)^(?=### )", text)
    edited = "".join(block for block in blocks if second.title not in block).replace(
        first.summary, "The editor's own words."
    )
    path.write_text(edited)
    with worded(crawl, honest, model="large") as (again, server):
        write_draft_file(crawl.store, again.composition.issue, tmp_path, lead_of=again.lead_of)
        leads = [asked for asked in server.requests if asked.is_lead]
    merged = path.read_text()
    assert "The editor's own words." in merged
    assert first.summary not in merged
    assert second.title not in merged.split("<!-- runners-up -->")[0]
    assert len(leads) == 2
    assert second.title not in leads[1].prompt
    assert path.read_text() == merged
