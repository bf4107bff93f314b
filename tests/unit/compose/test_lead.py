"""The lead paragraph reads as a person would write it, whatever the items say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.compose.clause import clause_of
from crawler.compose.lead import lead_paragraph
from crawler.compose.wording import cut_clause, split_sentences
from crawler.model import Item, Window


def _item(company: str | None, deck: str, kind: str = "case-study", **given: object) -> Item:
    values: dict[str, object] = {"title": "A title of its own", "url": "https://example.org/x", "summary": ""}
    return Item(company=company, deck=deck, kind=kind, **{**values, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("company", "deck", "kind", "clause"),
    [
        # The company did something: it shares how.
        ("Globex", "Globex built Atlas, a live map of its services.", "case-study", "Globex shares how it built Atlas, a live map of its services"),
        ("Globex", "Globex rebuilt its feed pipeline and halved the bill.", "case-study", "Globex shares how it rebuilt its feed pipeline and halved the bill"),
        ("Globex", "Globex was losing events at midnight until it pinned the clock.", "postmortem", "Globex recounts how it was losing events at midnight until it pinned the clock"),
        ("Globex", "Globex engineers moved 4,000 jobs to spot machines.", "case-study", "Globex shares how it moved 4,000 jobs to spot machines"),
        ("Globex", "The Globex team replaced cron with a queue.", "case-study", "Globex shares how it replaced cron with a queue"),
        # It reports already: its own verb stays.
        ("Globex", "Globex explains how signals from nearby roads rescue a forecast.", "case-study", "Globex explains how signals from nearby roads rescue a forecast"),
        ("Globex", "Globex describes how they handle schema drift.", "case-study", "Globex describes how they handle schema drift"),
        ("Globex", "Globex describes how Globex can drain its queues.", "case-study", "Globex describes how it can drain its queues"),
        ("Globex", "The queues were built with a small cache by two teams.", "opinion", "Globex explains how the queues were built with a small cache by two teams"),
        # What was told in the past is told in the article.
        ("Globex", "Globex took a closer look at how its queues drain.", "deep-dive", "Globex looks at how its queues drain"),
        ("Globex", "Globex discussed its queues with three teams.", "deep-dive", "Globex discusses its queues with three teams"),
        # A present verb, with or without the product's name.
        ("Globex", "Globex turns flaky tests into a budget.", "case-study", "Globex turns flaky tests into a budget"),
        ("Kestrel", "Kestrel 0.4.0 adds preloading and faster layout.", "release", "Kestrel 0.4.0 adds preloading and faster layout"),
        # The sentence does not begin with the company.
        ("Globex", "A clever index sent the planner into 13 million rows until a hint ended it.", "postmortem", "Globex recounts how a clever index sent the planner into 13 million rows until a hint ended it"),
        ("Globex", "How shared ring buffers avoid copies.", "deep-dive", "Globex explains how shared ring buffers avoid copies"),
        ("Globex", "Why Globex left the public cloud.", "case-study", "Globex shares why it left the public cloud"),
        ("Globex", "Learn how the planner picks an index.", "deep-dive", "Globex explains how the planner picks an index"),
        ("Globex", "A practical guide to schema changes without downtime.", "tutorial", "Globex shares a practical guide to schema changes without downtime"),
        ("Globex", "Globex's schedulers now share one queue for every region.", "case-study", "Globex shares how its schedulers now share one queue for every region"),
        # Nobody's company: the form of the article tells.
        (None, "A beginner-friendly walkthrough of the whole training pipeline.", "tutorial", "a beginner-friendly walkthrough of the whole training pipeline"),
        (None, "How to test a start-up script before it reaches a worker.", "tutorial", "a walkthrough shows how to test a start-up script before it reaches a worker"),
        (None, "Small models still pay off for style and rules.", "opinion", "an essay argues that small models still pay off for style and rules"),
        (None, "A small cache can make a large system slower.", "opinion", "an essay argues that a small cache can make a large system slower"),
        (None, "A compiler engineer compares two designs for return types.", "deep-dive", "a compiler engineer compares two designs for return types"),
        (None, "The author compares three site generators.", "case-study", "one author compares three site generators"),
        ("Globex Maps", "Globex rewrote its decoder in Rust.", "case-study", "Globex Maps shares how it rewrote its decoder in Rust"),
        # The company is named once.
        ("Globex", "Globex shares that several of Globex's models run on one machine.", "case-study", "Globex shares that several of its models run on one machine"),
        ("Globex", "Globex announces a new face for Globex.", "community", "Globex announces a new face"),
        # Projects take an article.
        ("Heron Project", "The Heron Project moved its governance to an elected board.", "community", "the Heron Project shares how it moved its governance to an elected board"),
    ],
)  # fmt: skip
def test_a_clause_of_each_kind_of_sentence(company: str | None, deck: str, kind: str, clause: str) -> None:
    """Who did what, in the third person, whole."""
    title = "On queues, indexes, caches, models and generators"
    assert clause in clause_of(_item(company, deck, kind, title=title)).text


@pytest.mark.parametrize(
    ("deck", "never"),
    [
        ("Accessing interactive models in a session, and what it could become.", "how accessing"),
        ("Many of the models already care about queues and caches.", "how many"),
        ("How the models moved all of their queues to using this project.", "this project"),
        ("Models of 4 billion rows, 90 queues, and one query that still scanned all of them.", "how models"),
        ("Globex wondered how its models hold, wrote a queue, and drained it.", "wondered"),
        ("A brief overview of the author's work on models and queues.", "the author's"),
        ("A couple months ago two people did an audit of its queues.", "couple"),
        ("Queues are not something new and have been told of by others.", "how queues"),
        ("Globex has partnered with them to drain its queues.", "them"),
        ("Queues are a versatile tool that can serve models.", "how queues"),
        ("Globex shows how to use this and how to drain queues.", "this"),
    ],
)
def test_what_does_not_follow_how_is_told_otherwise(deck: str, never: str) -> None:
    """Neither a heading without a verb nor a number nor a company's author."""
    assert never not in clause_of(_item("Globex", deck, title="On queues, models and generators")).text


def test_a_release_that_is_called_like_its_project_is_no_news() -> None:
    """ "Hooli releases Hooli" says nothing; "Hooli::API" is something new."""
    assert "releases Globex" not in clause_of(_item("Globex", "", "release", title="Announcing Globex: it lives")).text
    assert "releases Globex::API" in clause_of(_item("Globex", "", "release", title="Introducing Globex::API")).text


def test_an_article_of_nobody_is_called_by_its_narrower_kind() -> None:
    """A list to look things up in teaches no steps, though it is a sort of tutorial."""
    lookup = _item(None, "", "tutorial", title="Flags of the Quillbase compiler", subkind="reference")
    assert clause_of(lookup).text.endswith("is a reference")
    assert clause_of(replace(lookup, subkind="kata")).text.endswith("is a walkthrough")


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("How we partition four billion rows", "how it partitions four billion rows"),
        ("How we have halved the bill of one queue", "how it has halved the bill of one queue"),
        ("How we moved the queue to one machine", "how it moved the queue to one machine"),
        ("Why we need fewer replicas", "why it needs fewer replicas"),
        ("How Globex's incremental views stay correct", "how its incremental views stay correct"),
        ("How we feed logs into Zork", "how it feeds logs into Zork"),
        ("How we fed logs into Zork", "how it fed logs into Zork"),
        ("How we agreed on one clock", "how it agreed on one clock"),
    ],
)
def test_a_title_in_the_first_person_agrees(title: str, told: str) -> None:
    """ "How we do" is how it does."""
    assert told in clause_of(_item("Globex", "", title=title)).text


@pytest.mark.parametrize(
    ("title", "deck", "clause"),
    [
        ("Kestrel 2.0: a new beginning", "", "Globex releases Kestrel 2.0"),
        ("What's New in Kestrel 8.4: faster joins", "", "Globex releases Kestrel 8.4"),
        ("Kestrel 8.4 is out", "Kestrel 8.4 was released on May 3, 2024.", "Globex releases Kestrel 8.4"),
    ],
)
def test_a_release_is_told_by_its_name(title: str, deck: str, clause: str) -> None:
    """Whatever its title adds to it; a sentence that says only that it is there says no more."""
    assert clause_of(_item("Globex", deck, "release", title=title)).text == clause
    assert (
        clause_of(_item(None, deck, "release", title=title)).text == f"{clause.removeprefix('Globex releases ')} is out"
    )


@pytest.mark.parametrize(
    ("company", "title", "clause"),
    [
        ("Globex", "Globex small grants", "Globex writes about its small grants"),
        ("Globex", "Writing small grants", "Globex details writing small grants"),
        ("Globex", "How Globex tests its queues", "Globex shares how it tests its queues"),
        ("Globex", "An update of Globex's mission", "Globex writes about an update of its mission"),
        (None, "A field guide to small grants", "a field guide to small grants"),
    ],
)
def test_a_title_continues_who_tells_it(company: str | None, title: str, clause: str) -> None:
    """Nobody writes about writing, names themselves twice, or gives a walkthrough of a guide."""
    assert clause_of(_item(company, "", title=title)).text == clause


def test_other_items_are_told_where_a_clause_says_nothing() -> None:
    """A paragraph has its five clauses while there are items that have something to say."""
    empty = _item(None, "", "tutorial", title="Zork, Later")
    told = [_item(f"Globex {n}", f"Globex {n} moved its queue to {n} machines.") for n in "ABCDE"]
    paragraph = lead_paragraph([empty, *told])
    assert "Zork" not in paragraph
    assert all(f"Globex {n}" in paragraph for n in "ABCDE")


def test_a_clause_that_says_nothing_is_left_out() -> None:
    """Where enough others are there: "a walkthrough for data engineers" tells only the form."""
    bare = "Seventeen thoughts of a very long summer that nobody would ever want to read aloud to others"
    empty = replace(_item(None, "", "tutorial", title=bare), audience="For data engineers who run queues")
    told = [_item(f"Globex {n}", f"Globex {n} moved its queue to {n} machines.") for n in ("One", "Two", "Six")]
    assert "for data engineers" in lead_paragraph([empty])
    assert "for data engineers" not in lead_paragraph([empty, *told])


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Globex built a map that joins three sources of truth about its services, which lets engineers follow a failure from one team to the next in seconds", "Globex built a map that joins three sources of truth about its services"),
        ("Globex moved every job to one queue; the old schedulers were switched off in March", "Globex moved every job to one queue"),
        ("Globex replaced a nightly job over all of its ships with a pipeline in memory that turns messages into positions within eight seconds", "Globex replaced a nightly job over all of its ships with a pipeline in memory"),
        ("Globex adds joins, lambdas and lazy scans", "Globex adds joins, lambdas and lazy scans"),
        ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty twentyone", None),
    ],
)  # fmt: skip
def test_clauses_are_cut_only_where_a_clause_ends(text: str, cut: str | None) -> None:
    """At most so many words, never in the middle of a thought; where none ends in time, no clause."""
    assert cut_clause(text, 20) == cut


@pytest.mark.parametrize(
    ("deck", "summary", "starts"),
    [
        ("We built a queue.", "Globex built a queue for its mail.", "Globex shares how it built a queue for its mail"),
        ("Ever wondered how queues work?", "Globex built a queue.", "Globex shares how it built a queue"),
        ("It was slow.", "Globex built a queue.", "Globex shares how it built a queue"),
        ("In this post the queue is shown.", "Globex built a queue.", "Globex shares how it built a queue"),
        ("", "Globex built Node.js tools. They are fast.", "Globex shares how it built Node.js tools"),
    ],
)
def test_unfit_sentences_are_passed_over(deck: str, summary: str, starts: str) -> None:
    """First person, questions, pronouns and talk about the post itself never stand in the lead."""
    assert clause_of(_item("Globex", deck, summary=summary)).text.startswith(starts)


@pytest.mark.parametrize(
    ("title", "clause"),
    [
        ("Announcing Kestrel 2.0: faster and smaller", "Globex releases Kestrel 2.0"),
        ("How to move mail to one queue", "Globex shares how to move mail to one queue"),
        ("Globex 54.0.0 Released", "Globex releases version 54.0.0"),
        ("How a clock stopped the mail", "Globex shares how a clock stopped the mail"),
        ("Fixing a clock: a deep dive (III)", "Globex details fixing a clock"),
        ("Globex 2.1.4", "Globex releases version 2.1.4"),
        ("How we moved our mail to one queue", "Globex presents “How we moved our mail to one queue”"),
        ("How we moved mail to one queue", "Globex shares how it moved mail to one queue"),
        ("Moving mail to one queue", "Globex details moving mail to one queue"),
        ("Moving Mail To One Queue", "Globex presents “Moving Mail To One Queue”"),
        ('The "simple" queue', "Globex presents “The ’simple’ queue”"),
    ],
)
def test_a_title_stands_in_where_no_sentence_can(title: str, clause: str) -> None:
    """Without a usable sentence the title tells, in quotation marks where it cannot continue a sentence."""
    assert clause_of(_item("Globex", "", title=title)).text == clause


def _issue_items() -> list[Item]:
    return [
        _item(None, "A beginner-friendly walkthrough of the whole training pipeline, from raw text to a served model.", "tutorial"),
        _item("Globex", "Globex built Atlas, a live map of its services that joins packet flows, metrics and traces in one graph."),
        _item("Initech", "Initech explains how signals from nearby roads rescue a forecast when local history breaks down."),
        _item("Hooli", "Hooli rebuilt its sequence store into one cost-efficient platform for ranking models."),
    ]  # fmt: skip


def test_the_paragraph_has_the_form_of_the_roundup() -> None:
    """ "This week: ...", a sentence an item, company first, "And ..." on the last, a full stop at the end."""
    assert lead_paragraph(_issue_items()) == (
        "This week: a beginner-friendly walkthrough of the whole training pipeline, from raw text to a served model. "
        "Globex shares how it built Atlas, a live map of its services that joins packet flows, metrics and traces in "
        "one graph. Initech explains how signals from nearby roads rescue a forecast when local history breaks down. "
        "And Hooli describes how it rebuilt its sequence store into one cost-efficient platform for ranking models."
    )


@pytest.mark.parametrize(
    ("given", "clause"),
    [
        ({"deck": "At the summit, a team told of its cases."}, "Globex presents “On queues”"),
        ({"deck": "Queues are a way to wait."}, "Globex presents “On queues”"),
        ({"deck": "Nothing of this has to do with it, as the moon shows the way."}, "Globex presents “On queues”"),
        ({"deck": "Globex is also on social media."}, "Globex presents “On queues”"),
        ({"company": None, "deck": "The author will show queues."}, "“On queues” is an article for SREs"),
        ({"company": None, "title": "Who needs queues?"}, "an article asks “Who needs queues?”"),
    ],
)
def test_what_only_fills_is_not_told(given: dict[str, str | None], clause: str) -> None:
    """Asides, definitions and sentences on another subject give way to the title."""
    values: dict[str, object] = {"title": "On queues", "audience": "For SREs, and all others", **given}
    item = _item(
        given.get("company", "Globex"),
        str(given.get("deck", "")),
        "",
        **{k: v for k, v in values.items() if k not in {"company", "deck"}},
    )
    assert clause_of(item).text == clause


def test_no_verb_and_no_noun_stands_twice() -> None:
    """Five of a kind are told with five verbs."""
    items = [_item(f"Company{n}", f"Company{n} built a store for events of kind {n}.") for n in range(5)]
    text = lead_paragraph(items)
    verbs = re.findall(r"Company\d (\w+(?: out)?) how", text)
    assert len(verbs) == len(set(verbs)) == 5
    dives = [_item(None, f"How the part number {n} of a compiler works inside.", "deep-dive") for n in range(3)]
    told = lead_paragraph(dives)
    assert "This week: a deep dive" in told
    assert "A close look" in told
    assert "And another deep dive" in told


def test_a_company_has_one_clause_unless_the_issue_is_short() -> None:
    """Other companies are told first; in a short issue the second clause says "also"."""
    twice = [_item("Globex", "Globex built a queue."), _item("Globex", "Globex built a cache.")]
    assert lead_paragraph(twice) == (
        "This week: Globex shares how it built a queue. And Globex also explains how it built a cache."
    )
    others = [_item(f"Other{n}", f"Other{n} built a store.") for n in range(3)]
    assert lead_paragraph([*twice, *others]).count("Globex") == 1


def test_also_stands_once() -> None:
    twice = [_item("Globex", "Globex built a queue."), _item("Globex", "Globex has also built a cache.")]
    assert lead_paragraph(twice).endswith("And Globex also explains how it has built a cache.")


def test_one_item_is_one_sentence() -> None:
    """No "And" without something before it."""
    assert (
        lead_paragraph([_item("Globex", "Globex built a queue.")]) == "This week: Globex shares how it built a queue."
    )


_words = st.lists(
    st.sampled_from(
        [
            "Globex",
            "built",
            "we",
            "our",
            "a",
            "the",
            "queue,",
            "and",
            "(so)",
            "which",
            "“x”",
            "it",
            "<b>",
            "https://x.y",
            "?",
            "3.5",
            "how",
            "—",
            ";",
            "Rust",
        ]
    ),
    max_size=40,
).map(" ".join)


@pytest.mark.parametrize(
    ("days", "opening"),
    [(1, "This week"), (7, "This week"), (14, "These weeks"), (31, "This month"), (92, "This time")],
)
def test_the_lead_says_of_what_time_it_is(days: int, opening: str) -> None:
    start = datetime(2026, 3, 2, tzinfo=UTC)
    told = lead_paragraph(_issue_items(), Window(start, start + timedelta(days=days)))
    assert told.partition(":")[0] == opening


@given(
    st.lists(
        st.builds(
            lambda company, deck, summary, title, kind: _item(company, deck, kind, summary=summary, title=title),
            st.sampled_from([None, "Globex", "the Heron Project", "C++ (Inc.)"]),
            _words,
            _words,
            _words.filter(lambda t: bool(t.strip())),
            st.sampled_from(["tutorial", "release", "opinion", "", "case-study"]),
        ),
        min_size=1,
        max_size=8,
    )
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_any_items_give_a_bounded_paragraph(items: list[Item]) -> None:
    """Whatever comes in: begins with "This week: ", ends with a stop, is one line of at most 85 words."""
    text = lead_paragraph(items)
    assert text.startswith("This week: ")
    assert text.endswith((".", ".”", "!”", "?”"))
    assert "\n" not in text
    assert len(text.split()) <= 85


def test_sentences_are_not_split_inside_names_and_numbers() -> None:
    """A point in Node.js or 2.5 ends no sentence."""
    assert split_sentences('Node.js 2.5 is out. It runs 3.1x faster! "So it is." End.') == [
        "Node.js 2.5 is out.",
        "It runs 3.1x faster!",
        '"So it is."',
        "End.",
    ]


def test_the_post_is_told_by_its_form_or_its_company() -> None:
    """ "The post" of a deck is nobody a reader knows: the company tells, or an article of its kind."""
    deck = "The post explains how to size a connection pool from a week of samples."
    own = Item("Sizing Pools", "https://a.example/1", summary=deck, deck=deck, kind="tutorial")
    assert clause_of(own).text == "a walkthrough explains how to size a connection pool from a week of samples"
    theirs = replace(own, company="Tessera")
    assert clause_of(theirs).text == "Tessera explains how to size a connection pool from a week of samples"


def test_what_is_announced_and_no_release_is_announced() -> None:
    item = _item("Globex", "", "community", title="Announcing our commitment to open harbours")
    assert clause_of(item).text == "Globex announces its commitment to open harbours"


@pytest.mark.parametrize(
    ("title", "clause"),
    [
        (
            "Introducing Harbour Studio: a better way to draw ports",
            "Harbour Studio arrives, a better way to draw ports",
        ),
        ("Announcing Harbour Studio: drawing ports", "Harbour Studio arrives"),
        ("Introducing Harbour Studio", "Harbour Studio arrives"),
    ],
)
def test_what_is_introduced_arrives_where_nobody_is_named_who_made_it(title: str, clause: str) -> None:
    assert clause_of(_item(None, "", "release", title=title)).text == clause


def test_what_a_thing_is_there_for_is_told_of_its_release_alone() -> None:
    deck = "Globex enables users to run jobs on spot machines."
    assert "enables" not in clause_of(_item("Globex", deck)).text
    assert clause_of(_item("Globex", deck, "release")).text == deck.removesuffix(".")


def test_how_things_have_stood_for_years_is_no_story() -> None:
    deck = "Small models have shown strong results in recent years."
    clause = clause_of(_item(None, deck, "deep-dive", title="How small models rank queries"))
    assert clause.text == "a deep dive explains how small models rank queries"


def test_an_author_is_no_subject_beside_a_company() -> None:
    """ "Tessera explains how the author came up with ..." names nobody: the title is told instead."""
    deck = "The author came up with a checklist to run through before a risky release."
    item = Item("A Checklist for Risky Releases", "https://a.example/1", company="Tessera", deck=deck, summary=deck)
    assert "the author" not in clause_of(item).text


def test_titles_that_state_something_are_quoted() -> None:
    item = Item("Harbour pays its pilots only once a year", "https://a.example/1", kind="tutorial")
    assert clause_of(item).text.startswith("“Harbour pays its pilots only once a year”")


@pytest.mark.parametrize(
    ("title", "summary", "lead"),
    [
        ("Warming Caches With Zork", "The post describes warming caches with Zork: most caches are cold.", "This week: Globex describes warming caches with Zork."),
        ("Three Ways to Wait", "The post explains three patterns: polling, hooks and queues.", "This week: Globex explains three patterns: polling, hooks and queues."),
    ],
)  # fmt: skip
def test_of_a_description_by_the_title_only_the_title_is_told(title: str, summary: str, lead: str) -> None:
    assert lead_paragraph([_item("Globex", "", "deep-dive", title=title, summary=summary)]) == lead


def test_only_a_name_is_large_within_a_sentence() -> None:
    """ "This week: the ...", "and the ...", "shows how users ..."."""
    first = _item("Relay", "The Relay PMC announces version 2 of the planner.", "release", title="Relay 2")
    second = _item("Globex", "Globex built Atlas, a live map of its services.")
    third = _item(None, "The Kestrel team explains the new index.", "release", title="Kestrel 3")
    assert lead_paragraph([first, second, third]) == (
        "This week: the Relay PMC announces version 2 of the planner. Globex shares how it built Atlas, a live map of its "
        "services. And the Kestrel team explains the new index."
    )
    users = _item(
        None, "Users can now boot a board from a stick and read its log.", "tutorial", title="Boards and sticks"
    )
    assert "how users can now boot" in clause_of(users).text


def test_one_does_not_share_celebrating() -> None:
    """What one does is detailed, described, discussed or written about, whichever verb is free."""
    item = _item("Globex", "", "community", title="Celebrating our first year of quiet nights")
    assert clause_of(item, {"details"}).text == "Globex describes celebrating its first year of quiet nights"
    assert clause_of(item, {"details", "describes"}).text.startswith("Globex discusses celebrating")


def test_paragraphs_are_sentences_of_their_own() -> None:
    """Where an editor's paragraph has no stop, such as one above code, the next one does not run on from it."""
    assert split_sentences("Globex moved its ledger\n\nIt has 9 TB.\nIt grows.") == [
        "Globex moved its ledger",
        "It has 9 TB.",
        "It grows.",
    ]
