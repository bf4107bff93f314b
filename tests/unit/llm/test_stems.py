"""Words without their endings."""

from __future__ import annotations

import pytest

from crawler.llm.stems import parts_of, stem, tokens_of


@pytest.mark.parametrize(
    "family",
    [
        "migrate migrates migrating migrated migration migrations",
        "build built building builds rebuilt",
        "configure configuration configurable",
        "reliable reliability reliably",
        "optimise optimisation optimize optimization optimizing",
        "query queries querying",
        "describe describes description",
        "stable stability stabilise stabilized",
        "colour color colours",
        "scheduler schedule scheduling",
        "wrote written writing rewrite",
    ],
)
def test_the_forms_of_a_word_are_one(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1, {word: stem(word) for word in family.split()}


@pytest.mark.parametrize("pair", ["cache cash", "queue quest", "add advance", "proxy approximate", "node note"])
def test_other_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_tokens_keep_what_is_written_as_one() -> None:
    assert tokens_of("Node.js, C++ and client-side I/O") == ["Node.js", "C++", "and", "client-side", "I/O"]
    assert parts_of("client-side") == ["client", "side"]
    assert parts_of("Raman's") == ["Raman"]
