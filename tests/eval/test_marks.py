"""The marks on sentences are whole, are counted as they are meant, and summaries keep their floors by them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from crawler.blocks import blocks_of_text
from crawler.model import Document
from tests.eval import marks as eval_marks
from tests.eval.corpus import half_of
from tests.eval.marks import (
    MARKS_FILE,
    Judged,
    Marked,
    Marks,
    digest,
    figures_of,
    judge,
    marked,
    wording,
)
from tests.eval.measured import on_shared
from tests.support.shared import needs_shared

FLOORS = {"opening_good": 0.6, "later_good": 0.43, "clean": 0.63, "matched": 0.98}
CEILINGS = {"opening_bad": 0.16, "later_bad": 0.26}

OPENING = "We moved the build cache of our monorepo to object storage, and builds take four minutes instead of eleven."
PRINTED = (
    "The team moved the build cache of its monorepo to object storage, and builds take four minutes instead of eleven."
)
KEYED = "Each artefact is keyed by the digest of its inputs, so that two branches share what they have in common."
BILL = "The bill for storage rose by 40 dollars a month."
CACHE = Document(
    url="https://blog.harbourmill.example/cache",
    title="Moving the build cache to object storage",
    blocks=blocks_of_text(f"{OPENING}\n\n{KEYED}\n\n{BILL}"),
)


def _marks(*, good: tuple[str, ...] = (), bad: dict[str, str] | None = None) -> Marks:
    told = {digest(sentence): wording(printed) for sentence, printed in (bad or {}).items()}
    return Marks(open=tuple(map(digest, good)), more=(), bad=told, plain=frozenset())


def test_a_sentence_is_the_same_whatever_its_marks_and_letters() -> None:
    assert digest("It’s 40% faster, “mostly” — see `cache.get()`.") == digest("It's 40 % Faster mostly, see cache.get")
    assert digest("Builds take four minutes.") != digest("Builds take five minutes.")


def test_a_wording_is_another_by_one_comma_but_not_by_where_its_lines_break() -> None:
    assert wording("The team moved it, and\nwaited.") == wording("The team moved it, and waited.")
    assert wording("The team moved it and waited.") != wording("The team moved it, and waited.")


def test_a_sentence_has_the_marks_that_a_reader_gave_it() -> None:
    """One may open and follow as well; what was not shown has none."""
    marks = Marks(
        open=(digest(OPENING),), more=(digest(OPENING),), bad={digest(BILL): wording(BILL)}, plain=frozenset()
    )
    assert marks.of(OPENING) == {"open", "more"}
    assert marks.of(BILL) == {"bad"}
    assert marks.of(KEYED) == frozenset()


def test_what_may_follow_is_no_good_opening() -> None:
    marks = Marks(open=(), more=(digest(KEYED),), bad={}, plain=frozenset())
    assert (marks.opening(KEYED, KEYED), marks.later(KEYED, KEYED)) == ("neither", "good")


def test_a_summary_is_judged_by_the_marks_on_its_sentences() -> None:
    marks = _marks(good=(OPENING,), bad={KEYED: KEYED, BILL: BILL, "It was never found again.": "It was lost."})
    said = judge(Marked("blog.harbourmill.example", CACHE, marks))
    assert said.opening == "good"
    assert set(said.later) == {"bad"}
    assert (said.marked, said.found) == (4, 3)


def test_a_bad_sentence_is_bad_as_long_as_it_is_printed_as_the_reader_read_it() -> None:
    read = judge(Marked("site", CACHE, _marks(bad={OPENING: PRINTED})))
    mended = judge(Marked("site", CACHE, _marks(bad={OPENING: "The team move the build cache of our monorepo."})))
    assert (read.opening, mended.opening) == ("bad", "neither")


def test_an_opening_by_the_author_is_not_judged_and_what_follows_it_is() -> None:
    described = Document(
        url=CACHE.url,
        title=CACHE.title,
        blocks=CACHE.blocks,
        description="How Harbour Mill cut the waiting for builds to a third by keeping artefacts in object storage.",
    )
    said = judge(Marked("site", described, _marks(good=(OPENING, KEYED, BILL))))
    assert said.opening is None
    assert said.later
    assert set(said.later) == {"good"}


def test_figures_are_shares_of_openings_later_sentences_and_summaries() -> None:
    a, b = (next(s for s in map(str, range(99)) if half_of(s) == half) for half in (0, 1))
    figures = figures_of(
        [
            Judged(a, "good", ("good", "bad"), 10, 10),
            Judged(a, "bad", (), 10, 8),
            Judged(b, None, ("neither",), 10, 9),
            Judged(b, None, (), 10, 10),  # a summary without a sentence of the article
        ]
    )
    assert figures["opening_good"] == figures["opening_bad"] == 1 / 2
    assert figures["later_good"] == figures["later_bad"] == 1 / 3
    assert figures["clean"] == 1 / 3
    assert figures["matched"] == 37 / 40
    assert (figures["clean_half_a"], figures["clean_half_b"]) == (0.0, 1.0)
    assert (figures["later_bad_half_a"], figures["later_bad_half_b"]) == (1 / 2, 0.0)


def test_marked_articles_are_read_from_pages_feeds_and_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each from where its line says, with the site by which a fit holds out."""
    site, sets = tmp_path / "corpus" / "sites" / "mill.example", tmp_path / "eval"
    site.mkdir(parents=True)
    sets.mkdir()
    body = f"<p>{OPENING}</p><p>{KEYED}</p><p>{BILL}</p>"
    (site / "page.html").write_text(
        f"<html><head><title>Paged</title></head><body><article><h1>Paged</h1>{body}</article></body></html>"
    )
    (site / "feed.xml").write_text(
        '<rss version="2.0"><channel><title>Mill</title><link>https://mill.example/</link><item><title>Fed</title>'
        f"<link>https://mill.example/b</link><description><![CDATA[{body}]]></description></item></channel></rss>"
    )
    page = {"url": "https://Mill.example/a", "path": "sites/mill.example/page.html"}
    (tmp_path / "corpus" / "manifest.json").write_text(json.dumps([{"articles": [page]}]))
    text = {"url": "https://other.example/c", "title": "Listed", "text": f"{OPENING}\n\n{BILL}"}
    (sets / "summaries.jsonl").write_text(json.dumps(text) + "\n")
    lines = [
        {"url": "https://Mill.example/a"},
        {"url": "https://mill.example/b", "feed": "sites/mill.example/feed.xml"},
        {"url": "https://other.example/c", "set": "summaries"},
    ]
    marks = {"open": [digest(OPENING)], "more": [], "bad": {digest(BILL): wording(BILL)}, "plain": []}
    own = tmp_path / "marks.jsonl"
    own.write_text("".join(json.dumps(line | marks) + "\n" for line in lines))
    monkeypatch.setattr(eval_marks, "MARKS_FILE", own)

    found = list(marked(tmp_path))

    assert [one.document.title for one in found] == ["Paged", "Fed", "Listed"]
    assert [one.site for one in found] == ["mill.example", "mill.example", "other.example"]
    assert [judge(one).opening for one in found] == ["good"] * 3
    assert [judge(one).found for one in found] == [2] * 3


def test_the_marks_are_whole_and_hold_digests_alone() -> None:
    """An article a line in the order of addresses; no sentence both good and bad, or both marked and plain."""
    rows = [json.loads(line) for line in MARKS_FILE.read_text(encoding="utf-8").splitlines()]
    urls = [row["url"] for row in rows]
    assert urls == sorted(set(urls))
    for row in rows:
        good, bad, plain = {*row["open"], *row["more"]}, set(row["bad"]), set(row["plain"])
        assert row.keys() - {"feed", "set"} == {"url", "open", "more", "bad", "plain"}
        assert len(good) + len(bad) + len(plain) == len(good | bad | plain), row["url"]
        assert all(re.fullmatch("[0-9a-f]{8}", one) for one in good | bad | plain | set(row["bad"].values()))


@pytest.mark.shared
@pytest.mark.slow
@needs_shared
def test_summaries_keep_their_floors_by_the_marks() -> None:
    figures = on_shared("marks")
    assert {k: figures[k] for k, floor in FLOORS.items() if figures[k] < floor} == {}
    assert {k: figures[k] for k, ceiling in CEILINGS.items() if figures[k] > ceiling} == {}
