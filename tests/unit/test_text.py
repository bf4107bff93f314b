"""Small text operations: what is seen stays, what is hidden goes."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text import clean_text, count_words, one_line, plain_line, words_of


def test_clean_text_drops_what_cannot_be_seen_and_composes_accents() -> None:
    assert clean_text("a\u202eb\u200bc\ufeff\x00d\u00ade") == "abcde"
    assert clean_text("Cafe\u0301") == "Café"
    assert clean_text("a\tb\nc") == "a\tb\nc"
    assert clean_text("a\ud800b") == "ab"


def test_clean_text_keeps_what_joins_letters_and_emoji() -> None:
    assert clean_text("👩\u200d💻 می\u200cخواهم") == "👩\u200d💻 می\u200cخواهم"


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (clean_text, one_line):
        once = clean(text)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)
    once = one_line(text)
    assert "\n" not in once
    assert once == once.strip()
    once.encode()


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("Fast &amp; small", "Fast & small"),
        ("Fast &amp;amp; small", "Fast & small"),
        ("A <b>bold</b> title<br>", "A bold title"),
        ("&lt;b&gt;Bold&lt;/b&gt;", "Bold"),
        ("When a < b and c > d", "When a < b and c > d"),
        ("  two\n lines ", "two lines"),
        ("before<!-- a note -->after", "beforeafter"),
        ("", ""),
    ],
)
def test_plain_line(value: str, line: str) -> None:
    assert plain_line(value) == line


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("", 0),
        ("one two  three", 3),
        ("don't re-use node.js", 3),
        ("--- *** !!!", 0),
        ("東京都", 2),
        ("東京 has trains", 3),
        ("a_b", 2),
    ],
)
def test_count_words(value: str, words: int) -> None:
    assert count_words(value) == words


@given(st.text(alphabet="ab1é .-'+#,_’“—漢\n", max_size=40))
def test_count_words_counts_what_a_pattern_of_words_finds(value: str) -> None:
    spaced = re.sub("漢", " ", value)
    assert count_words(value) == len(words_of(spaced)) + (value.count("漢") + 1) // 2


def test_words_of_keeps_inner_points_and_hyphens() -> None:
    assert words_of("Node.js and re-use: don’t!") == ["node.js", "and", "re-use", "don’t"]
