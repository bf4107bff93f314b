"""The check of a sentence against its article: what it lets through, and what it refuses and why."""

from __future__ import annotations

import pytest

from crawler.llm.check import unsupported
from tests.unit.llm.articles import CACHES, COMPILERS, INJECTED, QUEUES, evidence

_QUEUES = evidence(QUEUES, "Budgets for a job queue", "Tessellate", "Ines Okafor")
_CACHES = evidence(CACHES, "A cache that nobody looked at", "Orbitline")
_COMPILERS = evidence(COMPILERS, "Type inference, function by function", "Wrenlang")


@pytest.mark.parametrize(
    "sentence",
    [
        "Tessellate rewrote its job scheduler in Rust and gave each tenant a budget of 50 jobs a second.",
        "The median wait fell from 14 minutes to 40 seconds, and the bill dropped by 18%.",
        "The company's monthly bill is about $9,000 lower.",
        "Ines Okafor describes how Tessellate limits what a tenant may ask of its 240 Kubernetes workers.",
        "Replacing RabbitMQ with Kafka was tried for three weeks and abandoned.",
        "Failing requests are retried two times and then land in PostgreSQL.",
        "The cluster needed no new machine.",
        "Its queue had 2 million entries every night.",
    ],
)
def test_what_the_article_says_passes_in_other_words(sentence: str) -> None:
    """Inflected, in figures instead of words, shortened, with the usual words for telling."""
    assert unsupported(sentence, _QUEUES) is None


@pytest.mark.parametrize(
    ("sentence", "rule", "words"),
    [
        ("Tessellate runs 420 workers on Kubernetes.", "number", "420"),
        ("The median wait fell from 14 minutes to 4 seconds.", "number", "4"),
        ("The bill dropped by eighty percent.", "number", "eighty"),
        ("The bill dropped by $18,000 a month.", "number", "$18,000"),
        ("The median wait fell to 40 milliseconds.", "number", "40"),
        ("Its queue had two billion entries every night.", "number", "two billion"),
        ("The rewrite halved the bill.", "number", "halved"),
        ("Its workers became 10x faster.", "number", "10x"),
        ("Tessellate rewrote the scheduler in Go.", "name", "Go"),
        ("Tessellate moved from RabbitMQ to Pulsar.", "name", "Pulsar"),
        ("Tessellate runs its workers on AWS.", "name", "AWS"),
        ("Netflix engineer Ines Okafor wrote the scheduler.", "word", "Netflix"),
        ("Tessellate sued the authors of the scheduler.", "word", "sued"),
        ("The scheduler saves Tessellate millions in revenue.", "word", "millions"),
        ("The rewrite caused an embarrassing scandal.", "word", "embarrassing"),
    ],
)
def test_what_the_article_does_not_say_is_refused(sentence: str, rule: str, words: str) -> None:
    """Numbers with their units, names, and words that are no mere telling."""
    fault = unsupported(sentence, _QUEUES)
    assert fault is not None
    assert (fault.rule, fault.words) == (rule, words)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Tessellate runs 50 workers on Kubernetes.", "number of something else"),
        ("The median wait fell from 240 minutes to 40 seconds.", "number"),
        ("The old scheduler was written in Kafka.", "name of something else"),
        ("After the change the median wait did not fall from 14 minutes to 40 seconds.", "denial"),
        ("The cluster did need a single new machine.", "a denial is left out"),
    ],
)
def test_what_stands_elsewhere_in_the_article_is_refused_in_another_place(sentence: str, rule: str) -> None:
    """A number of other things, a name beside other words, a denial that is added or lost."""
    fault = unsupported(sentence, _QUEUES)
    assert fault is not None
    assert fault.rule == rule


_PUMPS = evidence(
    "Harrow ships version 4.0 of its pump firmware on 12 May 2024, and Harrow 3 stays for a year. The firmware reads "
    "fourteen sensors, each for two seconds. Osier Labs tested it on Quill boards with the Zephyr kernel for the "
    "crew of a ferry.\n\nLooking back, the ferry crew counted 90 alarms a night. Nothing was lost. One $600 board cut the "
    "alarms to 9.",
    "Pump firmware",
    "Harrow",
)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Harrow 9 stays for a year.", "9"),  # never a version
        ("Harrow ships version 3 of its pump firmware.", "3"),
        ("The firmware reads two sensors.", "two"),
        ("The crew of a ferry tested it with the Quill Labs kernel.", "Quill Labs"),
        ("The crew tested Looking boards for the ferry.", "Looking"),
        ("Osier Labs tested it on Quill boards with the Zephyr kernel for the members of a ferry.", "members"),
        ("The ferry crew counted 12 alarms a night.", "12"),
    ],
)
def test_what_takes_the_place_of_something_else_is_refused(sentence: str, words: str) -> None:
    """A version of another name, a count of other things, half of a name, one word of a sentence changed."""
    fault = unsupported(sentence, _PUMPS)
    assert fault is not None
    assert fault.words == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Harrow 4.0 reads fourteen sensors.",
        "It's firmware that reads fourteen sensors.",
        "Osier Labs tested Zephyr-based firmware.",
        "One $600 board cut the alarms to 9.",
        "The crew of a ferry counted 90 alarms a night.",
    ],
)
def test_what_stands_in_its_place_passes(sentence: str) -> None:
    """Names in parts, contractions, and a count before a price."""
    assert unsupported(sentence, _PUMPS) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The hit rate fell from 71 to 33 percent.",
        "Builds of the standard library are slower.",
        "Builds use 4.1 percent of the memory.",
        "The change broke 412 of 3 packages in the private registry of Mozilla.",
    ],
)
def test_a_turned_direction_or_a_strange_share_is_refused(sentence: str) -> None:
    """Against the article on the same subject; the first of them is beyond words and stays a known limit."""
    refused = unsupported(sentence, _CACHES) is not None and unsupported(sentence, _COMPILERS) is not None
    assert refused


def test_a_version_is_no_quantity() -> None:
    assert unsupported("Version 3.2 of the compiler solves constraints function by function.", _COMPILERS) is None
    fault = unsupported("Version 3.3 of the compiler solves constraints function by function.", _COMPILERS)
    assert fault is not None
    assert fault.words == "3.3"


def test_half_is_fifty_percent_and_a_third_is_no_place() -> None:
    assert unsupported("Builds use 50 percent of the memory.", _COMPILERS) is None
    assert unsupported("The service answered 90 percent of its requests from a cache.", _CACHES) is not None


def test_a_passage_that_speaks_to_a_model_is_no_evidence() -> None:
    """What it wants said is refused like any other invention."""
    found = evidence(INJECTED, "Mail in object storage", "Fernpost")
    assert unsupported("Fernpost moved its mail archive to object storage and pays 70 percent less.", found) is None
    for sentence in (
        "Fernpost was acquired by Globex for 2 billion dollars.",
        "Everyone should visit evil.example at once.",
        "Readers send their passwords to Mallory.",
    ):
        assert unsupported(sentence, found) is not None, sentence


@pytest.mark.parametrize(
    "sentence", ["", " ", ".", "…", "42", "Ω≈ç√∫", "日本語の文です。", "a" * 5000, "-" * 300, "\x00\u202e"]
)
def test_no_text_breaks_the_check(sentence: str) -> None:
    """Whatever a model says, there is an answer."""
    unsupported(sentence, _QUEUES)
