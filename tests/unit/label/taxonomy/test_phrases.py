"""Phrase matching: borders, plurals, prefixes, case, clauses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.label.taxonomy.phrases import PhraseBook, parse_phrase, tokens_of


def _found(phrase: str, text: str) -> list[str]:
    parsed = parse_phrase("tag", "strong", phrase)
    assert parsed is not None
    return [text[h.start : h.end] for h in PhraseBook([parsed]).find(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("message queue", "Two message queues and a Message-Queue.", ["message queues", "Message-Queue"]),
        ("cat", "concatenate the cat", ["cat"]),
        ("recommend*", "A recommender recommends.", ["recommender", "recommends"]),
        ("data parallel*", "data parallelism", ["data parallelism"]),
        ("=RAG", "RAG time, ragtime, rag", ["RAG"]),
        ("=Go", "Let's Go, go", ["Go"]),
        ("c++", "C++ and C", ["C++"]),
        ("c#", "in C# we", ["C#"]),
        (".net", "the .NET runtime, internet, asp.net", [".NET"]),
        ("node.js", "Node.js, node js", ["Node.js", "node js"]),
        ("ci/cd", "our CI/CD", ["CI/CD"]),
        ("io_uring", "io_uring", ["io_uring"]),
        ("load test", "The load. Test it.", []),
        ("library", "two libraries", ["libraries"]),
    ],
)
def test_matching(phrase: str, text: str, found: list[str]) -> None:
    """A phrase is found where a person would see it, and nowhere else."""
    assert _found(phrase, text) == found


def test_ambiguous_mark_is_kept() -> None:
    """`?=Go` is the word Go in its very case, and ambiguous."""
    phrase = parse_phrase("go", "strong", "?=Go")
    assert phrase is not None
    assert phrase.ambiguous
    assert phrase.cased
    assert phrase.words == ("go",)


def test_phrase_without_words_is_none() -> None:
    """Punctuation alone is no phrase."""
    assert parse_phrase("x", "strong", "=…") is None


@given(st.text(max_size=300))
def test_tokens_stand_in_the_text(text: str) -> None:
    """Every token is a slice of the text, in order, and none overlaps another."""
    end = 0
    for token in tokens_of(text):
        assert token.start >= end
        assert text[token.start : token.end].lower() == token.low
        end = token.end


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon"]), min_size=1, max_size=12))
def test_same_answer_as_a_regular_expression(words: list[str]) -> None:
    """The dictionary finds just what a regex with word borders finds."""
    text = " ".join(words)
    assert len(_found("beta gamma", text)) == len(re.findall(r"(?=\bbeta gamma\b)", text))
