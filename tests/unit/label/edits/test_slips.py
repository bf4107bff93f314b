"""Slips of an author's pen: what was meant is printed where that is sure, and nothing where it is not."""

from __future__ import annotations

import pytest

from crawler.blocks import blocks_of_text
from crawler.label.edits.rewrite import rewrite
from crawler.label.edits.slips import mended
from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.splitting import clean_sentence, sentences_of
from crawler.label.speakers.actor import actor_of
from crawler.label.view import view_of
from tests.unit.label.articles import document

ACME = actor_of("Acme", project=False)
AUTHOR = actor_of(None, project=False)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Two of our the shards were slow.", "Two of Acme's shards were slow."),
        ("We discuss about the shards of a queue.", "Acme discusses the shards of a queue."),
        ("We discussed about 20 shards.", "Acme discussed about 20 shards."),
        ("The site is build with a generator.", "The site is built with a generator."),
        ("This update include a parser.", "This update includes a parser."),
        ("The release include file was moved.", "The release include file was moved."),
    ],
)
def test_a_slip_is_mended(sentence: str, told: str) -> None:
    assert rewrite(sentence, ACME) == told


def test_what_was_wanted_was_decided() -> None:
    told = rewrite("I decided I wanted to add a map to my feed.", AUTHOR)
    assert told == "The author decided to add a map to their feed."


@pytest.mark.parametrize(
    "sentence", ["Many discussions about shards were held.", "My A records were lost.", "The build is with us."]
)
def test_what_only_looks_like_a_slip_stays(sentence: str) -> None:
    assert mended(sentence) == sentence


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("Two maps ( one of them old ) were lost.", "Two maps (one of them old) were lost."),
        ("The planner ships in May Learn More!.", "The planner ships in May."),
        ("The planner ships in May. Read more", "The planner ships in May."),
    ],
)
def test_what_the_page_left_in_a_line_goes(line: str, clean: str) -> None:
    assert clean_sentence(line) == clean


def test_what_stands_in_a_quotation_of_many_sentences_is_said_by_somebody_else() -> None:
    told = blocks_of_text('Ana said: "The planner was slow. We wrote it anew. It is fast now." Acme moved its index.')
    assert [s.quoted for s in sentences_of(told)] == [False, True, True, False]
    open_mark = blocks_of_text('A screen of 24" is large. We wrote the planner anew.')
    assert [s.quoted for s in sentences_of(open_mark)] == [False, False]


def test_a_text_that_ends_within_a_number_has_no_last_sentence() -> None:
    cut = blocks_of_text("Relay 1.2 reads an index.\n\nAll users should move to Relay 1.")
    assert [s.text for s in sentences_of(cut)] == ["Relay 1.2 reads an index."]
    whole = blocks_of_text("Relay 1.2 reads an index.\n\nAll users should move to Relay 3.")
    assert [s.text for s in sentences_of(whole)][1:] == ["All users should move to Relay 3."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hackathon's are a good place for a new planner.",
        "The planner worked within its the old limits of the team.",
        "A file may include others and jump to there labels.",
        "Ana and Ben show how to in a talk on planners.",
        "The queue is read in two ways: Whole shards Single rows.",
    ],
)
def test_a_slip_that_is_not_sure_is_refused(sentence: str) -> None:
    assert fault_of(sentence, lead=False) == "fragment"


@pytest.mark.parametrize(
    "sentence",
    [
        "The planner's tests are fast, and Acme's index was kept.",
        "The queue is read in two ways: whole or by the row.",
        "The planner tells how to, and when.",
        "The gateway leads from there to the old cluster.",
    ],
)
def test_what_is_right_stands(sentence: str) -> None:
    assert fault_of(sentence, lead=False) in ("", "to the reader")


def test_a_title_that_ran_into_the_text_goes() -> None:
    """Some feeds put it there; a short one may well be how a sentence begins."""
    title = "Running a small planner on a disk"
    document_ = document("https://pat.example/a", title, f"{title} I am fond of planners.\n\nThey are small.")
    assert view_of(document_).body.startswith("I am fond of planners.")
    short = document("https://pat.example/b", "Small Planners", "Small planners Are what this is about.")
    assert view_of(short).body.startswith("Small planners Are")
