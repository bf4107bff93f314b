"""Patterns that look before they search: the same results as without, and pieces that every match holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.cued import Cued, any_of, cues_of, large_or_small

_VOCABULARY = ("We", "we", "built", "a", "cache", "Reads", "this", "post", "describes", "how", "1)", "it’s", "2.0")
_PATTERNS = (
    (r"\bread more\b|\bsign up (?:for|to)\b", 0),
    (r"\bthis (?:short |long )?(?:post|article)s?\b", re.IGNORECASE),
    (r"^(?:we|our team)(?:['’]ve| have)? (?:built|made)\b", re.IGNORECASE),
    (r"(?:[^,;:]{3,70}, )?(?:we|i) (?:built|found)\b", 0),
    (r"\b(?:how|why)(?: \w+){0,3} (?=cache|reads?\b)", re.IGNORECASE),
    (r"(?:colou?r|[Gg]r[ae]y)(?!s)", 0),
    (r"(?:ab){2,3}c+|x(?:y|z)*w", 0),
    (r"(?<!\w)v?\d+\.\d+\b", 0),
)


def test_the_pieces_are_what_no_match_can_lack() -> None:
    assert set(cues_of(r"\bread more\b|\bsign up (?:\w+ )?(?:for|to)\b").pieces) == {"read more", "sign up "}
    assert cues_of(r"\bGr[ae]y cat", re.IGNORECASE) == (False, True, ("grey cat", "gray cat"))
    assert cues_of(r"^(?:Announcing|Introducing) ").anchored
    assert not cues_of(r"^Announcing|Introducing").anchored
    assert not cues_of(r"^Announcing", re.MULTILINE).anchored


@pytest.mark.parametrize("pattern", [r"\w+", r"(?:cache)?", r"a|an", r"\b(?:the|a|in|of) ", r"(?!cache)\w"])
def test_nothing_is_looked_for_where_most_texts_would_hold_it(pattern: str) -> None:
    assert cues_of(pattern).pieces == ()
    assert Cued(pattern).may_match("any text")


def test_letters_that_a_pattern_takes_for_others_are_found_in_either_form() -> None:
    pattern = Cued("six kinds", re.IGNORECASE)
    for text in ("SIX KINDS", "ſix kinds", "sıx kinds", "six \u212ainds"):
        assert pattern.search(text), text


@given(st.data())
@settings(deadline=None)
def test_every_match_passes(data: st.DataObject) -> None:
    source, flags = data.draw(st.sampled_from(_PATTERNS))
    plain, ours = re.compile(source, flags), Cued(source, flags)
    before, after = (" ".join(data.draw(st.lists(st.sampled_from(_VOCABULARY), max_size=4))) for _ in range(2))
    text = before + data.draw(st.from_regex(plain)) + after
    _agree(plain, ours, text)


@given(st.lists(st.sampled_from(_VOCABULARY), max_size=12))
def test_texts_of_any_words_give_what_the_plain_pattern_gives(words: list[str]) -> None:
    for source, flags in _PATTERNS:
        _agree(re.compile(source, flags), Cued(source, flags), " ".join(words))


def _agree(plain: re.Pattern[str], ours: Cued, text: str) -> None:
    for method in ("search", "match"):
        a, b = getattr(plain, method)(text), getattr(ours, method)(text)
        assert (a and a.span()) == (b and b.span()), text
    assert [m.span() for m in plain.finditer(text)] == [m.span() for m in ours.finditer(text)]
    assert plain.sub("-", text) == ours.sub("-", text)


def test_classes_of_words_become_one_group_whose_pieces_are_known() -> None:
    pattern = rf"\b{any_of('read more|read on', 'sign up')}\b"
    assert set(cues_of(pattern).pieces) == {"read more", "read on", "sign up"}
    assert [m[0] for m in Cued(pattern).finditer("sign up, read on, read")] == ["sign up", "read on"]


def test_words_that_may_open_a_sentence_mind_case_but_for_their_first_letter() -> None:
    pattern = re.compile(rf"(?:{large_or_small('like|aside from')}) that")
    assert [m[0] for m in pattern.finditer("Like that, aside from that, LIKE that")] == ["Like that", "aside from that"]
