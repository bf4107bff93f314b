"""Job ads, sponsored posts and marketing are told from articles that only speak of jobs, sponsors and prices.

`texts/` holds texts of our own, a line each: `title | text`. Those named `later` were written when the rules stood,
and neither the rules nor the weights are made from them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.label import label_document, load_taxonomy
from crawler.label.promotion.forms import load_forms
from crawler.label.promotion.words import load_weights
from crawler.model import Reason
from tests.unit.label.articles import document

TAXONOMY = load_taxonomy()
FOLDER = Path(__file__).with_name("texts")
FORMS = {"jobs": "job ad", "sponsored": "sponsored", "marketing": "marketing"}
TOLD = 0.4  # takes a fifth of the score that an article may have


def _read(name: str) -> list[tuple[str, str]]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [(title, text) for title, _, text in (line.partition(" | ") for line in lines)]


def _promotion(title: str, text: str) -> tuple[float, list[Reason]]:
    labels = label_document(document("https://pat.example/a", title, text), TAXONOMY)
    return labels.signals.promotion, [r for r in labels.reasons if r.label == "promotion"]


def _form(title: str, text: str) -> str:
    """What an article is told to be: the strongest of its forms, or nothing."""
    promotion, reasons = _promotion(title, text)
    return max(reasons, key=lambda r: r.score).value if promotion >= TOLD else ""


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("jobs", 0.95),
        ("sponsored", 0.95),
        ("marketing", 0.93),
        ("later_jobs", 0.87),
        ("later_sponsored", 0.77),
        ("later_marketing", 0.81),
    ],
)
def test_what_sells_is_told_with_its_form(name: str, least: float) -> None:
    """Job ads, sponsored posts and marketing are recognised, and as what they are."""
    form = FORMS[name.removeprefix("later_")]
    found = [_form(title, text) for title, text in _read(name)]
    assert len(found) >= (22 if name.startswith("later") else 95)
    assert found.count(form) / len(found) >= least, [t for t, f in zip(_read(name), found, strict=True) if f != form]


@pytest.mark.parametrize(("name", "most"), [("honest", 0.02), ("later_honest", 0.0)])
def test_an_article_about_jobs_sponsors_or_prices_sells_nothing(name: str, most: float) -> None:
    """Nor does a release, an interview, or an outage on the day of a sale."""
    sold = [title for title, text in _read(name) if _form(title, text)]
    assert len(sold) / len(_read(name)) <= most, sold


_TELLS = "Relay packs its log files in blocks of one size. " * 60


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Packing logs", f"{_TELLS}We're hiring engineers in Porto. Have a look at our open roles and apply today!"),
        ("A queue for the flash sale", f"Buyers of a flash sale wait in a queue that keeps their order. {_TELLS}"),
        ("Smaller pages", f"We shipped pages that weigh a third off what they did, 11% cheaper to serve. {_TELLS}"),
        ("Plurals in a shop", f"One product more, and the basket said free delivery in all languages. {_TELLS}"),
        ("A book on ropes", f"Links to the book are not affiliate links. {_TELLS} As always, no affiliate links."),
        ("Rates of errors", f"A shop whose cards fail at checkout has no errors in its logs. {_TELLS}"),
        ("Entrances", f"If you know the phone can tell walking from riding, the entrance is found. {_TELLS}"),
        ("A report on the compiler", f"We offer help with debugging to those who pay for the compiler. {_TELLS}"),
    ],
)
def test_the_work_of_a_shop_and_the_plug_below_an_article_sell_nothing(title: str, text: str) -> None:
    """What an article tells of sales is its subject, and nearly every company ends with its open roles."""
    assert _promotion(title, text)[1] == []


def test_precision_over_all_texts() -> None:
    """Of what is told to sell, nearly nothing does not."""
    right = sum(_form(*told) == form for name, form in FORMS.items() for told in _read(name))
    wrong = sum(_form(*told) not in ("", form) for name, form in FORMS.items() for told in _read(name))
    wrong += sum(_form(*told) != "" for told in _read("honest"))
    assert right / (right + wrong) >= 0.98


def test_a_disclosure_says_as_much_of_a_long_text() -> None:
    """At its beginning or its end; in the middle it is talk of sponsors."""
    body = "\n\n".join(f"The queue number {n} is drained by a worker that keeps its own budget." for n in range(150))
    for text in (f"This post is sponsored by Queuely.\n\n{body}", f"{body}\n\nThis post was sponsored by Queuely."):
        assert _promotion("Draining Queues", text)[0] >= 0.8
    middle = body.replace("number 75", "that a sponsored post from Queuely names")
    assert _promotion("Draining Queues", middle)[0] == 0.0


def test_a_note_below_a_long_article_is_no_job_ad() -> None:
    """That a team is hiring, too, takes nothing from what it tells."""
    body = "\n\n".join(f"Shard {n} took the writes of its customers, and the old primary rested." for n in range(120))
    promotion, reasons = _promotion("Sharding Orders", f"{body}\n\nWe're hiring! See our open roles and apply now.")
    assert (promotion, reasons) == (0.0, [])


def test_reasons_show_the_words() -> None:
    """As they stand in the title or the text."""
    promotion, reasons = _promotion("Summer Sale", "All licences are 30% off. Use the code SUN30 at checkout.")
    assert promotion >= 0.8
    assert [(r.value, r.evidence, r.where) for r in reasons] == [("marketing", "Summer Sale", "title")]


def test_words_alone_tell_a_job_ad() -> None:
    """No set wording stands in it; the reason shows the words that say most, as they are written."""
    title = "Our Compiler Wants a Gardener"
    text = (
        "You write C++ by day and like to explain it. Our salary bands are public, a degree does not matter, "
        "and a remote start in May suits us. Send two pages to the engineering group."
    )
    promotion, reasons = _promotion(title, text)
    assert promotion >= TOLD
    assert [(r.value, r.rule) for r in reasons] == [("job ad", "words")]
    assert reasons[0].evidence in f"{title}\n{text}"


def test_words_of_a_title_alone_or_of_a_long_article_tell_nothing() -> None:
    """A title has too few of them, and who has so much to tell does not only sell."""
    assert not [r for r in _promotion("Engineering Positions, Salary, Remote", "")[1] if r.rule == "words"]
    body = "\n\n".join(f"Shard {n} sends you the salary that a remote engineer of the group needs." for n in range(120))
    assert not [r for r in _promotion("Payroll", body)[1] if r.rule == "words"]


def test_weights_are_sound() -> None:
    """Each form has its own, by words in small letters as they are looked up."""
    assert load_weights().keys() == {form.name for form in load_forms()}
    for weights in load_weights().values():
        assert weights.bias < 0
        assert all(word == word.lower() for word in weights.words)


def test_signs_are_sound() -> None:
    """A sign stands in no plain line, and its cues are literals in small letters."""
    for form in load_forms():
        assert 0 <= form.spared < 1, form.name
        assert 0 < form.weak <= form.most <= 1, form.name
        for sign in form.signs:
            assert sign.pattern.search("a plain line of words.") is None, sign
            assert all(cue and cue == cue.lower() and cue.endswith(part) for part, cue in sign.cues), sign
            assert sign.place in ("text", "title", "edge"), sign
