"""An opening states the article's point: who did what the title names, what the post announces, or the title itself."""

from __future__ import annotations

import pytest

from crawler.blocks import blocks_of_text
from crawler.label.edits.rewrite import rewrite
from crawler.label.speakers.actor import actor_of
from crawler.label.summary.from_title import title_covering
from crawler.label.summary.summarising import summarise
from crawler.label.summary.thesis import beside_news, needs_point, states_point
from crawler.label.view import View, view_of
from crawler.model import Block, Document

AUTHOR = actor_of(None, project=False)
GLOBEX = actor_of("Globex", project=False)
BODY = (
    "Every cache of the shop is cold after a restart, and a cold cache answers very slowly. Warm caches are what Zork gives. "
    "Many shops have the queue and the cache on one machine, where Zork warms them together."
)


def _view(title: str, text: str = BODY) -> View:
    return view_of(Document("https://globex.example/blog/post", title, blocks_of_text(text)))


@pytest.mark.parametrize(
    ("sentence", "shared", "index", "states"),
    [
        ("This week, I have moved my shop to containers.", 2, 40, True),
        ("We've finally rebuilt the queue in Zork.", 2, 90, True),
        ("Globex has replaced its queue with Zork.", 2, 3, True),
        ("We rebuilt the office kitchen.", 1, 3, False),  # names too little of the title
        ("The queue was rebuilt in Zork.", 3, 3, False),  # nobody acts
        ("This post explains how a queue drains.", 0, 1, True),
        ("In this article, I'll compare two queues.", 0, 2, True),
        ("In this article, I'll compare two queues.", 0, 12, False),
        ("In this two-part series, I'll compare two queues.", 0, 4, True),
        ("We share a few of our shelves.", 0, 2, False),
        ("We compare two queues.", 1, 2, True),
        ("This post explains how to do it.", 1, 2, False),
        ("This post explains the queue, when not to use it, and what it costs.", 0, 5, True),
        ("This post will not explain the queue.", 0, 2, False),
        ("In the next section we explain the queue.", 2, 2, False),
        ("This post is closely related to my love of queues.", 1, 1, False),
    ],
)
def test_what_states_the_point(sentence: str, shared: int, index: int, *, states: bool) -> None:
    assert states_point(sentence, "globex", shared=shared, index=index, titled=4) is states


def test_an_opening_that_acts_or_has_the_titles_words_needs_no_other() -> None:
    assert needs_point({"title": 0.4})
    assert needs_point({"title": 0.9, "general": 1.0})
    assert not needs_point({"title": 0.7})
    assert needs_point({"title": 0.7}, 0.8)
    assert not needs_point({"title": 0.1, "acts": 1.0})


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("Warming Caches With Zork", "The post describes warming caches with Zork, covering keys and ports."),
        ("Finally warming the cache", "The post describes warming the cache, covering keys and ports."),
        ("Why a cold cache answers slowly", "The post explains why a cold cache answers slowly, covering keys and ports."),
        ("Getting Hands-on with Zork", "The post shows how to get started with Zork, covering keys and ports."),
        ("Understanding Cold Caches", "The post explains cold caches, covering keys and ports."),
        ("Understanding the Cold Cache", "The post explains the cold cache, covering keys and ports."),
        ("Zork: warming VERY COLD caches", "The post describes warming very cold caches, covering keys and ports."),
        ("Warming Caches With Zork Quibble", ""),  # nothing tells how its last word is written
        ("Warming the cache, part 2", "The post describes warming the cache, covering keys and ports."),
        ("Putting Out Fires Before Breakfast", ""),  # a figure of speech
        ("Is your cache cold?", ""),
        ("Warming our caches with Zork", ""),
        ("Hello World", ""),
        ("The cold cache and Zork", ""),
    ],
)  # fmt: skip
def test_a_title_opens_where_it_says_what_is_described(title: str, opening: str) -> None:
    assert title_covering(_view(title), "keys and ports") == opening


def test_in_what_manner_is_no_part_of_what_is_described() -> None:
    told = title_covering(_view("Warming Caches with Zork, Slowly"), "keys and ports")
    assert told == "The post describes warming caches with Zork, covering keys and ports."


def test_a_preposition_in_ing_is_nothing_that_is_described() -> None:
    assert title_covering(_view("Regarding Warm Caches in Zork"), "keys and ports") == ""


def test_a_language_keeps_its_capital_though_the_text_goes_on() -> None:
    """The text says "go" more often than "Go"."""
    view = _view("Warming Caches Using Go", f"{BODY} Keys go to the cache, and go from it, as they go to the shop.")
    assert title_covering(view, "keys") == "The post describes warming caches using Go, covering keys."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("This week, I have moved the shop to containers.", "The author has moved the shop to containers."),
        ("Over the last few weeks, I rebuilt the queue.", "The author rebuilt the queue."),
        ("In this post, I've derived a bound for queues.", "The author has derived a bound for queues."),
    ],
)
def test_when_it_was_done_is_not_told(sentence: str, told: str) -> None:
    assert rewrite(sentence, AUTHOR) == told


def test_what_was_done_opens_before_background() -> None:
    text = (
        "A container needs an image with all that the shop reads. Containers keep the machines of a shop apart.\n\n"
        "This week, I have moved the shop of my village to containers. "
        "A container that starts on one machine will start on any machine in the same way."
    )
    summary, _, _ = summarise(_view("Running the Shop of My Village in Containers", text), AUTHOR, "tutorial")
    assert summary.startswith("The author has moved the shop of their village to containers.")


def test_the_reason_for_an_opening_by_the_title_is_told() -> None:
    blocks = tuple(
        block
        for heading, text in (
            ("Cold Keys", "Cold storage has been around for years, and most of the shops know how slow cold keys are."),
            (
                "The List of Keys",
                "The machine reads the list of keys at night, and every key is asked for once by Zork.",
            ),
            ("Memory at Noon", "Caches that were asked for are in memory until noon, when the list is made again."),
        )
        for block in (Block("heading", heading, level=2), Block("paragraph", text))
    )
    view = view_of(Document(url="https://a.example/post", title="Warming caches with Zork", blocks=blocks))
    summary, _, reasons = summarise(view, AUTHOR, "tutorial")
    assert summary.startswith("The post describes warming caches with Zork, covering ")
    assert [r.rule for r in reasons][:1] == ["what the title says is described"]


@pytest.mark.parametrize(
    ("sentence", "beside"),
    [
        ("The support policy covers the last two minor versions.", True),
        ("There is best-effort support for six months.", True),
        ("Relay 3 can be installed from the usual places.", True),
        ("The team is grateful to everyone who helped, and thanks to the testers.", True),
        ("Relay 3 adds support for Redis clusters.", False),
        ("Relay 3 can be upgraded without downtime by the new planner.", False),
        ("The planner reads twice as many rows.", False),
    ],
)
def test_what_release_notes_have_beside_what_is_new(sentence: str, *, beside: bool) -> None:
    assert beside_news(sentence) is beside


def test_support_opens_no_release_notes() -> None:
    text = (
        "Commercial support for Relay 3.1 is offered by three vendors, and the community helps for six months.\n\n"
        "Relay 3.1 adds a planner that halves the time of a cold build, and it drops the old wire format."
    )
    summary, _, _ = summarise(_view("Relay 3.1", text), GLOBEX, "release")
    assert "planner" in summary
    assert "vendors" not in summary
