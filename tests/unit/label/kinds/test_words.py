"""What all the words of an article together say of its kind."""

from __future__ import annotations

from collections import Counter

from crawler.label import label_document, load_taxonomy
from crawler.label.kinds.kind import BY_WORDS, find_kind, signs_of
from crawler.label.kinds.words import (
    ANY,
    SIGN,
    TITLE,
    features,
    load_kind_weights,
    telling_word,
    told_by_words,
    words_of,
)
from crawler.label.view import View, view_of
from tests.unit.label.articles import document

TAXONOMY = load_taxonomy()
# Told in the voice of an organisation that gives account, below a title of which the rules think that it teaches.
TITLE_OF_ACCOUNT = "Building the Archive"
ACCOUNT = """
Over the summer the archive of tides grew beyond what three people can look after, and this note says where it stands.
The harbour office lends it a room until spring. Four universities send students, and two of them pay for the heating.
Since June the members of the council have met every other week with people from the fishing towns, who want to know when
their own records will be open to everybody. Anna Visser leads these meetings; Tom Brandt keeps the books and answers
letters. The council is grateful to both of them. In the coming months the archive will ask its partners for their support
once more, because the grant from the ministry ends in December. Whoever wants to help can write to the office, come by on
a Thursday, or bring old logs along. Together with the museum in Ostend the archive plans an open evening in November, at
which volunteers show what they have read so far. All of this work belongs to the people who live with the sea. The council
hopes that they will be part of it, and it will share news of the evening with everybody on its list of friends. There is
also a new home for questions: members of the towns can now ask them on the wall of the library, where someone from the
archive reads them twice a week. Some of the answers will be printed in the local paper, with the names of those who gave
them. Our mission has not changed, and neither has the way in which decisions are made by the whole community.
"""


# Words without weights.
UNKNOWN = " ".join(f"zq{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(250))


def _view(title: str, text: str) -> View:
    return view_of(document("https://pat.example/a", title, text))


def test_words_tell_what_no_wording_says() -> None:
    """And the reason shows one of them, which stands in the text."""
    labels = label_document(document("https://pat.example/a", TITLE_OF_ACCOUNT, ACCOUNT), TAXONOMY)
    reason = next(reason for reason in labels.reasons if reason.label == "kind")
    assert (labels.kind, reason.rule) == ("community", BY_WORDS)
    assert reason.evidence
    assert reason.evidence in (ACCOUNT if reason.where == "text" else TITLE_OF_ACCOUNT)


def test_a_text_in_another_language_is_told_by_rules_alone() -> None:
    """Its words are none of those that have weights, whatever they look like."""
    _, reason = find_kind(_view(TITLE_OF_ACCOUNT, ACCOUNT), TAXONOMY, None, None, english=False)
    assert reason.rule != BY_WORDS


def test_few_different_words_tell_nothing() -> None:
    """However often they come."""
    view = _view("Clouds", "Clouds pass over the hill and the river. " * 500)
    words = words_of(view)
    assert told_by_words(view, Counter(words), signs_of(view, TAXONOMY, None, None)) == {}


def test_features_are_words_pairs_of_the_title_and_what_the_rules_found() -> None:
    """A word that comes four times as often counts twice as much."""
    view = _view("How Tides Turn", f"{UNKNOWN} {'tide ' * 4} buoy")
    words = words_of(view)
    found = dict(features(view, Counter(words), signs_of(view, TAXONOMY, None, None)))
    assert {f"{TITLE}how", f"{TITLE}^ how", f"{TITLE}how tides", ANY} <= found.keys()
    assert any(name.startswith(SIGN) for name in found)
    assert round(found["tide"] / found["buoy"], 6) == 2.0


def test_a_word_of_the_title_is_shown_as_it_is_written() -> None:
    """With its capitals."""
    view = _view("Charts WITH Heron", UNKNOWN)
    shown = telling_word(view, Counter(words_of(view)), "tutorial")
    assert (shown.evidence, shown.where) == ("WITH", "title")


def test_weights_are_sound() -> None:
    """They are of basic kinds, and none is so large that one word outweighs a wording."""
    for name, said in load_kind_weights().items():
        assert name == name.lower(), name
        for kind, weight in said:
            assert TAXONOMY.kinds[kind].parent is None, name
            assert 0.1 <= abs(weight) <= 2, name
