"""What is said to the reader, said to all, or left for others to refuse."""

from __future__ import annotations

import pytest

from crawler.label.edits.second_person import said_to_all
from crawler.label.sentences.faults import fault_of


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The tool runs on a host of your choice.", "The tool runs on a host of one's choice."),
        ("The tool makes your life easier.", "The tool makes life easier."),
        ("The tool runs on your laptop.", "The tool runs on the laptop."),
        ("A place in the team may further your career.", "A place in the team may further one's career."),
        ("You can draw it on your own.", "Users can draw it on their own."),
        ("Open the tool in your favourite browser.", "Open the tool in one's favourite browser."),
        ("The tool helps you write your own rules.", "The tool helps users write their own rules."),
        ("The tool requires you to log in, letting you keep a draft.", "The tool requires users to log in, letting users keep a draft."),
        ("There are many rules you can break.", "There are many rules users can break."),
        ("You can now keep a draft.", "Users can now keep a draft."),
        ("You can remember that the tool keeps a draft.", "You can remember that the tool keeps a draft."),
        ("As you can imagine, the tool keeps a draft.", "As you can imagine, the tool keeps a draft."),
        ("We will let you know when it ships.", "We will let you know when it ships."),
        ("We take you through the tool.", "We go through the tool."),
        ("A wizard guides you through the tool.", "A wizard guides users through the tool."),
        ("We look for what shows you have care.", "We look for what shows you have care."),
        ("The tool teaches you the rules.", "The tool teaches the rules."),
        ("It gives you a rough idea of the rules.", "It gives a rough idea of the rules."),
        ("It helps you and your team.", "It helps users and their team."),
        ("We share our plans and rules with you today.", "We share our plans and rules."),
        ("It is a great tool for drawing maps if you want to draw.", "It is a great tool for drawing maps if you want to draw."),
        ("The tool keeps a list of things that you want to do.", "The tool keeps a list of things that you want to do."),
        ("The tool keeps a list of old drafts, if you want to look.", "The tool keeps a list of old drafts."),
        ("The tool keeps a list of old drafts so you never lose one.", "The tool keeps a list of old drafts."),
        ("The tool keeps all of its old drafts, check out the log of changes.", "The tool keeps all of its old drafts."),
        ("The author wrote a note on old drafts, you can read it there.", "The author wrote a note on old drafts."),
        ("All drafts are kept for a year, so don't hesitate to write.", "All drafts are kept for a year."),
        ("The tool keeps all of its old drafts, see their post on it.", "The tool keeps all of its old drafts."),
        ("The tool can open a draft, read the log, and keep it.", "The tool can open a draft, read the log, and keep it."),
    ],
)  # fmt: skip
def test_said_to_all(sentence: str, told: str) -> None:
    assert said_to_all(sentence) == told


@pytest.mark.parametrize(
    "told", ["The tool keeps what you draw.", "A map costs more than yours.", "Tell what you saw."]
)
def test_what_is_left_for_the_reader_is_refused(told: str) -> None:
    assert fault_of(told, lead=False) == "to the reader"


def test_a_word_that_only_holds_one_is_none() -> None:
    assert fault_of("The team took a pay-as-you-go plan for its young tool.", lead=False) == ""


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The tool keeps all drafts since May – please try it and tell!", "The tool keeps all drafts since May!"),
        (
            "For the full list of old drafts, please see the log.",
            "For the full list of old drafts, please see the log.",
        ),
        ("If the tool has drafts of yours and you like them!", "If the tool has drafts of yours and you like them!"),
    ],
)
def test_what_is_left_is_a_sentence(sentence: str, told: str) -> None:
    assert said_to_all(sentence) == told
