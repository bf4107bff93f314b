"""Faults of a sentence that no summary may have, whatever else speaks for it."""

from __future__ import annotations

import pytest

from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.verbless import is_heading


@pytest.mark.parametrize(
    "sentence",
    [
        "Averages do not represent the tail of a cold cache.",
        "In earlier parts of the pipeline, rows were read twice.",
        "Quick one-liners replaced the cache of the planner.",
        "No locks, no retries and no coordinator are needed by the cache.",
        "With the change data capture stream, the cache is warm.",
        "After the migration script ran, the cache was warm.",
        "ClickHouse reads a materialized column from the cache.",
        "Authorization checks now run before the cache is asked.",
        "Tables are partitioned by the day of the order.",
        "Figures from production show a drop of 40% in latency.",
        "Images are resized before the cache takes them.",
        "Version 2 stores all keys in one file of the disk.",
        "Published packages are kept in the cache for a year.",
        "Registers are allocated once for the whole planner.",
        "Requirements changed when the cache was moved.",
        "Follow-up queries reuse the cache of the first one.",
        "Users can now find links to demos next to each paper.",
        "A new plan (option 2) replaces two of the caches.",
        "Users download < 200 kb of scripts between any two pages.",
        "The team looked at slow queries (>3 seconds long) for a week.",
    ],
)
def test_what_only_looks_like_a_notice_is_a_statement(sentence: str) -> None:
    assert fault_of(sentence, lead=True) == ""


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The first thing that you should do is to warm the cache.", "to the reader"),
        ("Keep a cache warm, and time yourself while it cools.", "to the reader"),
        ("The author wrote about caches and their many ways last month.", "chatter"),
        ("The author will admit that the cache was cold for a week.", "chatter"),
        ("Before doing that, the author replaced the cache of the planner.", "chatter"),
        ("The author doesn't care about warm caches too much.", "chatter"),
        ("The author was pretty happy with the cache of the planner.", "chatter"),
        ("Before the author begins, they want to warm a cache.", "chatter"),
        ("The author has been busy with other caches for a week.", "chatter"),
        ("Updated on Jan 18th to remove two of the old caches.", "ceremony"),
        ("The author says this because the cache is cold.", "chatter"),
        ("The cache is cold, so the author will call it a night.", "chatter"),
        ("The posts can be read in any order, and only the first has a cache.", "chatter"),
        ("The author thought and of course they were wrong.", "chatter"),
        ("Teams warm a cache, and can't tell the author if it helps.", "chatter"),
        ("Every warm cache feeds the author's already large ego.", "chatter"),
        ("Updated on 2018-06-30: two more caches were added to the planner.", "ceremony"),
        ("Relay and Kestrel are registered trademarks of the Acme Foundation.", "chatter"),
        ("The opinions of Ana do not necessarily reflect the views of Acme.", "chatter"),
        ("Sorry about the cold caches of the last two weeks.", "chatter"),
        ("Quick note because the cache was cold again.", "chatter"),
        ("The author wrote about the cold caches of Acme before.", "chatter"),
        ("A cold cache does not count towards the limit, as.", "fragment"),
        ("The note represents only the author's own views of the cache.", "chatter"),
        ("In a follow-up post, the author tells how cold the cache was.", "ceremony"),
        ("Hat tip to Ana for the cache of the planner.", "ceremony"),
        ("Photo of the team beside the warm cache in Porto.", "ceremony"),
        ("Figure 2 shows how warm the cache of the planner is.", "ceremony"),
        ("Author: Ana Lima, who warms the cache of the planner.", "ceremony"),
        ("Follow-up to the post on cold caches of the planner.", "chatter"),
        ("By Ana Lima, who warms the cache of the planner.", "ceremony"),
        ("Acme is creating a better world for those who warm caches.", "ceremony"),
        ("Acme is aware that engineers are asked to warm a cache.", "chatter"),
        ("There's a feature request for warm caches of the planner.", "chatter"),
        ("Read the <b> element of the page that the cache made.", "code"),
        ("No order, no links that pay, some warm caches.", "ceremony"),
        ("The post is for Day 13 of the calendar of caches.", "chatter"),
        ("The author's mother called them because her cache was cold.", "chatter"),
        ("In earlier posts Acme has shown how it warms a cache.", "points at the page"),
        ("In last year's post Acme introduced its seventh cache.", "points at the page"),
        ("In tomorrow's post the author will show how a cache is read.", "points at the page"),
        ("In the author's previous post a cache was warmed by night.", "points at the page"),
        ("The cache is part of the planner, and its users learn more here.", "points at the page"),
    ],
)
def test_what_is_no_statement_of_the_article(sentence: str, fault: str) -> None:
    """Advice, remarks of its author on themselves, and dates of its changes."""
    assert fault_of(sentence, lead=False) == fault


def test_who_is_told_of_must_do_something() -> None:
    """A clause between commas, or at the end, carries no sentence."""
    assert is_heading("Research communities, who can rely on the tool to provide them with a cache.")
    assert not is_heading("Research communities, who can rely on the tool, share a cache.")
    assert not is_heading("Acme built a cache, which it shares with communities.")


@pytest.mark.parametrize(
    "line",
    [
        "A brief overview of the author's contributions to its re-planner this past semester.",
        "Since the author just wrapped up their semester.",
        "A quick demo showing how Acme warms its caches.",
        "A non-exhaustive list of things Acme and Brook did with caches last year.",
        "A new note about how Acme warms its caches at night.",
        "Through the use of a warm cache, the planner of last year.",
        "Threads without locks, safer defaults, and improved plans.",
        "Modernized layout for the pages of the planner.",
        "Average and median plan times for the planner on two disks, compared to older versions.",
        "Profiling result of a parallel build (12 jobs) of the planner with Meson.",
    ],
)
def test_lines_of_a_page_are_no_sentences(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "A list of the caches Acme has moved is kept in the manual.",
        "A note about why caches fail is kept in the manual.",
        "Through the use of a warm cache, the planner saves an hour.",
        "The planner gains many new or improved functions.",
        "Warm caches like large disks and improved plans.",
        "Ana and a colleague worked on some documented plans.",
        "The improved planner leans on a log.",
        "The new planner went with improved plans.",
    ],
)
def test_a_participle_beside_a_verb_takes_nothing_from_it(sentence: str) -> None:
    assert not is_heading(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The beauty of the new planner's cost model is.",
        "The relational model was introduced decades ago and widely used until.",
        "Creating a shard is somewhat tricky, but.",
        "The flag is set to true such.",
        "Placing a dot ahead of the other directories means.",
        "The fallback should enable itself but there are times.",
        "While the gateway is flexible, it is worth noting.",
        "From, Acme will tell its customers about stolen passwords.",
        "The flags are made of indicators for the letters of the alphabet (from to ).",
        "The planner can not see the index So the team will try another one.",
    ],
)
def test_what_a_page_showed_otherwise_is_missing(sentence: str) -> None:
    """Code, formulas, links and lists leave a sentence without its end, or with a hole in it."""
    assert fault_of(sentence, lead=False) == "fragment"


@pytest.mark.parametrize(
    "sentence",
    [
        "The shell treats every other flag as such.",
        "Nobody at Acme knew how fast the old planner was.",
        "The longer a shard lives, the larger it is.",
        "Acme keeps the old cluster alive by all means.",
        "On, off and standby are the three states of the relay.",
        "The doors of the old data centre were shut at 9:30 a.m.",
        "The index holds less than 2^31 rows and takes O(n^2) steps.",
        "The broker fell again and again and again that night.",
    ],
)
def test_an_unusual_end_is_no_missing_one(sentence: str) -> None:
    assert fault_of(sentence, lead=False) == ""


def test_a_time_of_day_belongs_to_a_schedule() -> None:
    assert fault_of("The doors of the conference open at 9:30 a.m.", lead=False) == "chatter"


def test_two_words_said_twice_are_a_slip() -> None:
    assert fault_of("The queue was moved to a in a in a region of its own.", lead=False) == "chatter"
