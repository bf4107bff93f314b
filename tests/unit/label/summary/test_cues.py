"""What the wording of a sentence tells: what a company says of itself, and what came of its work in figures."""

from __future__ import annotations

import pytest

from crawler.label.summary.blurb import is_blurb
from crawler.label.summary.cues import wording_signs
from crawler.label.summary.outcome import is_outcome


def _signs(text: str) -> dict[str, float]:
    return wording_signs(text, "", "acme", release=False, nameless=False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme is Europe's leading marketplace for used ropes, with 50 million customers in 25 markets.",
        "At Acme, the largest rope maker of the coast, our platform team protects millions of sailors.",
        "Acme is a small digital bank with three offices on the coast.",
        "Acme serves more than 12 million sailors in 30 countries.",
        "Acme runs over 400 experiments a year across 30 teams.",
        "Our members tie hundreds of thousands of knots every day.",
        "Acme delivers ropes to the door in 61 cities, with over 14,000 couriers.",
        "Our network spans 330 harbours in more than 120 countries.",
        "Acme's data platform stores over 40 PB of tides.",
        "Millions of merchants trust Acme with their ropes.",
        "More than 550 million people come to Acme each month to plan a voyage.",
        "Acme's mission is to bring every sailor the ropes they need.",
        "At Acme, which processes more than a billion orders a year, nothing is locked.",
        "We started with a single shop in 2015 and have been on a mission ever since.",
        "In today's fast-paced rope landscape, speed is not a nice-to-have.",
    ],
)
def test_what_a_company_says_of_itself_is_a_sign(sentence: str) -> None:
    assert _signs(sentence).get("blurb") == 1.0


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme moved 41 petabytes of tides from one store to another.",
        "Our new queue handles 41,000 messages a second.",
        "Acme has rewritten the planner of its 12 harbours.",
        "In October, Acme had three incidents that made its planner slow.",
        "Our mission-critical planner lost its disk.",
        "We started moving to Kestrel in 2019.",
        "We have 3 queues for each harbour.",
        "With 40 sailors on one planner, builds were slow.",
        "Across 12 regions, the slowest read fell from 80 to 12 ms.",
        "We replaced the planner in 12 of 30 services.",
        "We reduced the fleet from 6,000 ships to 2,900.",
    ],
)
def test_what_was_done_is_no_word_of_a_company_on_itself(sentence: str) -> None:
    assert not is_blurb(sentence.lower().replace("acme", "we", 1))


@pytest.mark.parametrize(
    "sentence",
    [
        "The share of late ships went from 38% to under 1%.",
        "Alerts dropped from about nine a month to none.",
        "Net revenue per rope went up by 2.1% in eight weeks.",
        "The move cut the bill by a third.",
        "Infrastructure costs are 64% lower than with larger machines.",
        "The new store served 3.6 times as many queries, at half the price.",
        "The slowest write now takes 9 ms, compared to 22 ms in the last generation.",
    ],
)
def test_by_how_much_something_changed_is_an_outcome(sentence: str) -> None:
    assert is_outcome(sentence.lower())


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme was founded in 2015 by three sailors.",
        "The ledger has 140 readers, written in four languages.",
        "From 14:12 on August 9 all services were away.",
        "The node keeps up to 512 tides in memory.",
        "We saved 3 xlsx files a day.",
        "Half the 40 nodes were idle.",
    ],
)
def test_a_figure_alone_is_no_outcome(sentence: str) -> None:
    assert not is_outcome(sentence.lower())


@pytest.mark.parametrize("did", ["contributed", "live-migrated", "benchmarked", "taught", "retired"])
def test_whatever_was_done_is_an_act(did: str) -> None:
    assert _signs(f"We {did} forty planners of tides.").get("acts") == 1.0


@pytest.mark.parametrize("felt", ["wanted", "noticed", "talked about", "joined", "believed in"])
def test_what_was_felt_or_said_is_no_act(felt: str) -> None:
    assert "acts" not in _signs(f"We {felt} forty planners of tides.")
