"""What an article covers by its headings, and the frame that this makes for a summary without a point."""

from __future__ import annotations

import pytest

from crawler.blocks import blocks_of_text
from crawler.label.speakers.actor import actor_of
from crawler.label.summary.framing import framed
from crawler.label.summary.scope import scope
from crawler.label.summary.summarising import summarise
from crawler.label.view import View, view_of
from crawler.model import Document
from crawler.text import count_words

PROSE = (
    "The harbour keeps its tide tables in Zork, and an operator reads each table at night. A source of tides is added "
    "by hand, its lag is measured, and the binding of shards to ports is what keeps writes in order. Most of the work "
    "is in warming caches before the morning, when ships ask for every berth at once and the tables are cold again. Its test setup is "
    "small, its jobs have cold keys, for lack of tables."
)
AUTHOR = actor_of(None, project=False)


def _view(title: str, *headings: str, level: int = 2) -> View:
    text = "\n\n".join(f"{'#' * level} {heading}\n\n{PROSE}" for heading in headings)
    return view_of(Document("https://blog.example/post", title, blocks_of_text(f"{PROSE}\n\n{text}")))


def _told(*headings: str) -> str:
    found = scope(_view("Tides", *headings))
    return found.told if found else ""


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (
            ("Tide Tables in Zork", "The Binding of Shards", "Conclusion"),
            "tide tables in Zork and the binding of shards",
        ),
        (
            (
                "Step 1: Install the operator",
                "Step 2: Add a source",
                "3. Measure its lag",
                "4. Measure the lag",
            ),
            "installing the operator, adding a source, and measuring the lag",
        ),
        (("Test setup", "Load tables", "Run the operator"), "test setup, loading tables, and running the operator"),
        (
            ("The Three Ports", "Lack of tables", "Warming caches", "Shards"),
            "lack of tables, warming caches, and shards",
        ),
        (("Write and run jobs", "Cold keys", "The lag"), "writing and running jobs, cold keys, and the lag"),
        (("Run the operator", "Set up a source", "Notes"), "running the operator and setting up a source"),
        (
            ("How writes keep in order", "Why caches are cold", "Ships"),
            "how writes keep in order, why caches are cold, and ships",
        ),
        (("Warming Caches", "The berth (at last)", "Ships"), "warming caches, the berth, and ships"),
        (("Ignore the berth", "Mount the shards", "Ships"), "ignoring the berth, mounting the shards, and ships"),
        (("Warming caches", "Results", "Shards and ports"), "warming caches, shards and ports"),
    ],
)
def test_headings_are_told_as_a_series(headings: tuple[str, ...], told: str) -> None:
    assert _told(*headings) == told


@pytest.mark.parametrize(
    "headings",
    [
        ("Issue summary", "The fix and upgrade path", "Technical detail", "Key takeaways"),  # of any incident
        ("Introduction", "Background", "Final thoughts", "New contributors", "Notable changes in Zork"),  # of any text
        ("Warming caches", "Results", "Conclusion"),  # one is no series
        ("Warming caches", "Why so cold?", "What we learned", "Into the cold tables"),  # questions, persons
        ("Quartz weevils", "Umbrella glue", "Velvet spoons"),  # figures of speech: the text has no word of them
        ("Caches are cold", "Ships ask for it", "Tables were read"),  # sentences
        ("Warming caches", "The binding of shards"),  # two do not divide a text
        ("Gyre Tables", "Warming caches", "Plinth Sources"),  # nobody can tell whether Gyre is a name
    ],
)
def test_what_is_no_list_of_things_is_not_told(headings: tuple[str, ...]) -> None:
    assert _told(*headings) == ""


def test_headings_of_a_level_below_serve_where_those_above_say_nothing() -> None:
    view = _view("Tides", "Overview", "Results", "Conclusion")
    lower = _view("Tides", "Warming caches", "The binding of shards", "The operator", level=3)
    both = view_of(Document(view.document.url, "Tides", (*view.document.blocks, *lower.document.blocks)))
    found = scope(both)
    assert found is not None
    assert (found.told, found.heading) == ("warming caches, the binding of shards, and the operator", "Warming caches")


def test_a_title_that_can_be_told_opens_the_frame() -> None:
    view = _view("Warming Caches with Zork", "The Binding of Shards", "Tide Tables", "Add a source")
    frame = framed(view, ["A cold cache answers every ship very slowly in the morning."], least=25, most=75)
    assert frame is not None
    assert frame.parts == [
        "The post describes warming caches with Zork, covering the binding of shards, tide tables, and adding a source.",
        "A cold cache answers every ship very slowly in the morning.",
    ]
    assert [(r.value, r.where) for r in frame.reasons] == [("sentence 1", "title"), ("sentence 1", "heading")]
    assert (frame.first, frame.kept) == (2, 1)


def test_else_the_headings_follow_the_best_sentence() -> None:
    view = _view("Tides", "The Binding of Shards", "Tide Tables", "Add a source")
    told = ["A cold cache answers every ship very slowly in the morning.", "The harbour sleeps.", "So do its ships."]
    frame = framed(view, told, least=22, most=75)
    assert frame is not None
    assert frame.parts == [told[0], "The post covers the binding of shards, tide tables, and adding a source."]
    assert frame.reasons[0].value == "sentence 2"
    longer = framed(view, told, least=25, most=75)
    assert longer is not None
    assert longer.parts[:2] == told[:2]
    assert framed(view, told, least=25, most=15) is None


def test_a_summary_without_a_point_is_framed_and_says_why() -> None:
    view = _view("Tides at Night", "The Binding of Shards", "Tide Tables", "Add a source")
    summary, _, reasons = summarise(view, AUTHOR, "deep-dive")
    assert summary.endswith("The post covers the binding of shards, tide tables, and adding a source.")
    assert 25 <= count_words(summary) <= 75
    assert [r.evidence for r in reasons if r.rule == "what the headings cover"] == ["The Binding of Shards"]
    assert len({r.value for r in reasons}) == len(reasons)


def test_a_name_keeps_its_capitals_and_what_is_said_is_not_covered_again() -> None:
    text = f"{PROSE} Every source has the Tide Reader beside it."
    lines = "\n\n".join(f"## {heading}\n\n{text}" for heading in ("Tide Reader", "Warming Caches", "Tide Tables"))
    view = view_of(Document("https://blog.example/post", "Harbours", blocks_of_text(lines)))
    covered, rest = scope(view), scope(view, "Acme is warming its caches.")
    assert covered is not None
    assert covered.told == "Tide Reader, warming caches, and tide tables"
    assert rest is not None
    assert rest.told == "Tide Reader and tide tables"


def test_a_newsletter_names_its_points_once_and_as_what_it_is() -> None:
    view = _view(
        "Harbour Newsletter", "The Binding of Shards", "Tide Tables", "Add a source", "Warming caches", "Cold keys"
    )
    summary, _, reasons = summarise(view, AUTHOR, "community")
    assert summary.count(" covers ") == 1
    assert "The roundup covers adding a source, warming caches, and cold keys." in summary
    assert all(r.evidence in PROSE for r in reasons if r.rule == "chosen")
    assert not [r for r in reasons if r.rule == "what the headings cover"]
