"""Sentences that say what an article is about are told, however they go about it, and what a reader of the first one
alone has not heard of opens nothing.
"""

from __future__ import annotations

import pytest

from crawler.blocks import blocks_of_text
from crawler.label import load_taxonomy, speaker_of
from crawler.label.edits.opening import upright
from crawler.label.edits.rewrite import rewrite
from crawler.label.edits.shortening import shortened
from crawler.label.edits.word_order import told_last
from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.presupposed import doubt, known_thing
from crawler.label.sentences.splitting import clean_sentence
from crawler.label.sentences.verbless import is_heading
from crawler.label.speakers.actor import actor_of
from crawler.label.summary.deck import deck_of
from crawler.label.summary.summarising import opening_of, summarise
from crawler.label.summary.weigh import LONGEST
from crawler.label.view import view_of
from crawler.model import Document, Reason

ACME = actor_of("Acme", project=False)
AUTHOR = actor_of(None, project=False)
ADDS = (
    "Relay 3 adds a cache of keys for shops, moves the logs of all shops to disk, and promotes the planner that was "
    "built last year for some of the largest shops of the country to the default one of all."
)
BRINGS = (
    "Relay 3 brings a cache of keys for shops, upgrades to the latest planner of queries, and enhanced support for the "
    "shops of the country that had built theirs with the older ones and did not want to move on without it."
)
ANSWERS = (
    "With a cache of keys for all of the shops, Relay 3 answers all of them at once, and the shops that run it on their "
    "own machines in the cellar see hardly any of the waits that were known from the older ones."
)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("We'd like to announce the start of a new shop.", "Acme announces the start of a new shop."),
        ("I would thus like to explain in this post that caches are easy.", "Acme explains that caches are easy."),
        ("We want to lay out our view of caches and sketch a plan.", "Acme lays out its view of caches and sketches a plan."),
        ("That's why we're excited to share that reads are twice as fast.", "Acme shares that reads are twice as fast."),
        ("There were many talks, but this post focuses on one about caches.", "The post focuses on one about caches."),
        ("My name is Ana Lima, and in this guide you will learn how to warm a cache.", "The post explains how to warm a cache."),
        ("This second post in the series on caches explains how they warm.", "The post explains how they warm."),
        ("This first post will focus on caches that we've built.", "The post focuses on caches that Acme has built."),
        ("In this episode, Ana Lima and Bo Berg discuss cold caches.", "Ana Lima and Bo Berg discuss cold caches."),
        ("Here follows a list of caches that shops run.", "The post gives a list of caches that shops run."),
        ("In this post, we are looking at Relay, which sends mail.", "Acme looks at Relay, which sends mail."),
        ("In this post, we are exploring a queue of parcels.", "Acme explores a queue of parcels."),
        ("In this post we'll explain queues, and see how to drain one.", "Acme explains queues, and shows how to drain one."),
        ("This post explores queues and sees how they drain.", "The post explores queues and shows how they drain."),
        ("By May, however, most of the shops had a cache.", "By May, most of the shops had a cache."),
        ("Very recently we moved the queue.", "Acme moved the queue."),
        ("We rewrote the planner in Rust, and in this post we explain how.", "Acme rewrote the planner in Rust, and in this post it explains how."),
        ("In this post we explain how.", ""),
        ("We will begin with a simple queue.", ""),
        ("Gateway of Parcels From the side of shops, the focus is on warm caches and keys.", "From the side of shops, the focus is on warm caches and keys."),
        ("Parcels need Plan A as their last way out of the door of the shop.", "Parcels need Plan A as their last way out of the door of the shop."),
        ("Over the summer, Ana Lima and I have built a cache.", "Over the summer, Ana Lima and the author have built a cache."),
        ("Today marks the fourth year of the cache.", "Today marks the fourth year of the cache."),
        ("We moved the cache to disk (blog post) in May.", "Acme moved the cache to disk in May."),
        ("One of our tools for change at Acme is the letter.", "One of Acme's tools for change is the letter."),
        ('They call it "quick" in the shop we run, and "slow" at home.', 'They call it "quick" in the shop Acme runs, and "slow" at home.'),
        ('They said "we run it" in the shop.', ""),
    ],
)  # fmt: skip
def test_what_an_article_is_about_is_told(sentence: str, told: str) -> None:
    assert rewrite(sentence, ACME) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("By moving its queue, Acme cut its cost by half.", None),  # half of what?
        ("By moving its queue, Acme cut its cost.", "Acme cut its cost by moving its queue."),
        ("Thanks to an index, reads are fast.", None),
        ("Thanks to an index, the reads are fast.", "The reads are fast, thanks to an index."),
        ("Thanks to all testers, the release is out.", None),
        ("By Ana Lima, who runs the cache.", None),
        ("By moving its queue, its cache and its log, Acme cut its cost.", None),
    ],
)
def test_how_it_was_done_is_told_last(sentence: str, told: str | None) -> None:
    assert told_last(sentence) == (told or sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Cgo lets Go packages call C code.",
        "The author set out to warm the cache 1) for fun, and 2) for speed.",
        "Reads are three times as fast thanks to the new index.",
        "Created and maintained by Ana Lima, awesome-cache is easy to use and small.",
    ],
)
def test_no_fault_is_found_in(sentence: str) -> None:
    assert fault_of(sentence, lead=True) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "Lets go and warm the cache of the shop.",
        "The author bought a copy of, the well-known cache for shops.",
        "Instead of waiting for the cache, plan for a warm one.",
        "Thanks for all of the caches, they are warm.",
        "The post is a while overdue, but it was a busy summer.",
        "Acme built a cache to solve the above-mentioned problems.",
        "While the former is a queue of parcels, a core type is a shape.",
        "The highlights of Relay 3 include: Warm caches for all of the shops.",
        "A cache helps the shop by helping clerks to: Find what is slow.",
    ],
)
def test_a_fault_is_found_in(sentence: str) -> None:
    assert fault_of(sentence, lead=True)


@pytest.mark.parametrize(
    "sentence",
    [
        "The author talks about their time at the shop.",
        "The v2 release focuses on warm caches, small ports and queues.",
    ],
)
def test_who_tells_makes_no_heading(sentence: str) -> None:
    assert not is_heading(sentence)


def test_a_backslash_of_markdown_is_no_part_of_a_sentence() -> None:
    assert clean_sentence("The cache was cold, and \\(so far) slow.") == "The cache was cold, and (so far) slow."
    assert clean_sentence("The file has \\n at its end.") == "The file has \\n at its end."


def test_a_story_s_so_goes_where_somebody_set_out() -> None:
    told = "The author set out to warm every cache of the shop."
    assert upright(f"So t{told[1:]}", 30, frozenset()) == told
    assert upright("So the author thinks that every cache is cold.", 30, frozenset()) == ""


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        (
            "The cache of the shop is warm at noon on all days (as told in an older post).",
            ["The cache of the shop is warm at noon on all days."],
        ),
        ("The cache is warm (only at noon) on all of the machines.", []),
        (
            "The cache of the shop is warm at noon on all days — which the people of the shop call hot.",
            ["The cache of the shop is warm at noon on all days."],
        ),
        ("The cache of the shop is free for all of the people — though not for shops.", []),
        ("The cache of the shop is warm.", []),
    ],
)
def test_shorter_forms(text: str, forms: list[str]) -> None:
    assert list(shortened(text, LONGEST)) == forms


def test_a_long_sentence_ends_at_a_clause_that_it_can_do_without() -> None:
    text = f"The shop moved all of its caches to disk in May, which {'nobody there had seen before ' * 8}at all."
    assert list(shortened(text, 20)) == ["The shop moved all of its caches to disk in May."]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("The old dashboard is slow.", {"dashboard"}),
        ("This dashboard of the shop shows all.", {"dashboard"}),
        ("The Relay dashboard is slow.", set()),
        ("The author is slow.", set()),
        ("The v2 release is slow.", set()),
        ("A dashboard is slow.", set()),
        ("They are slow.", set()),
    ],
)
def test_what_a_sentence_takes_as_known(text: str, thing: set[str]) -> None:
    assert known_thing(text) == thing


def test_what_leans_on_more_that_was_not_told_is_more_doubtful() -> None:
    plain, told = doubt("Acme moved its caches to disk.", frozenset()), frozenset({"dashboard"})
    assert plain == 0
    assert doubt("The dashboard was slow.", told) > plain
    assert doubt("If the shop is open, it should be warm.", frozenset()) > doubt(
        "The shop said it was warm.", frozenset()
    )
    assert doubt("Caches are warm as of this month.", frozenset()) == 0


def test_a_thing_that_nobody_told_of_opens_no_summary() -> None:
    text = (
        "Parcels of the shop were late each morning. Each parcel waits for a scan of its label at the door. "
        "The dashboard shows how long the parcels of the shop wait for the scan of a label at the door. "
        "Acme moved the scan of all parcels to the van, so that nothing waits at the door of the shop."
    )
    view = view_of(Document("https://acme.example/a", "Why parcels of the shop wait", blocks_of_text(text)))
    assert not summarise(view, ACME, "case-study")[0].startswith("The dashboard")


@pytest.mark.parametrize(
    ("sentence", "deck"),
    [
        (BRINGS, "Relay 3 brings a cache of keys for shops and upgrades to the latest planner of queries."),
        (ADDS, "Relay 3 adds a cache of keys for shops and moves the logs of all shops to disk."),
        (ANSWERS, "With a cache of keys for all of the shops, Relay 3 answers all of them at once."),
    ],
)
def test_a_deck_that_ends_within_a_series_joins_its_last_two(sentence: str, deck: str) -> None:
    assert deck_of([], [sentence], [sentence], sentence) == deck


def test_how_surely_a_summary_opens_is_told_where_a_sentence_was_chosen() -> None:
    told, vague = (
        summarise(
            view_of(Document("https://acme.example/a", "Moving the cache of parcels", blocks_of_text(text))), ACME
        )[2]
        for text in (
            "We moved the cache of all parcels to the van, and reads are twice as fast. Parcels wait no more at the door.",
            "If it rains, they should wait at the door with an umbrella. It is what most people of the shop would do then.",
        )
    )
    assert (opening_of(told) or 0) > 2 > (opening_of(vague) or 0)
    assert (
        opening_of((Reason("summary", "sentence 1", "the author's own description", "", "description", 1.0),)) is None
    )
    assert opening_of(()) is None


@pytest.mark.parametrize(("mine", "who"), [(0, "The team"), (2, "The team"), (3, "The author")])
def test_a_text_that_says_i_is_somebody_s_own_however_often_we_are_at_work(mine: int, who: str) -> None:
    text = "We read the log and we write it. " * 10 + "I moved the shop to Kiel. " * mine
    view = view_of(Document("https://somebody.example/a", "Reading a log", blocks_of_text(text)))
    assert speaker_of(view, load_taxonomy(), None, None, None).name == who
