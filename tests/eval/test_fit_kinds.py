"""The fit of the words that tell a kind, on made-up articles."""

from __future__ import annotations

import numpy as np
import pytest

from crawler.blocks import blocks_of_text
from crawler.model import Document
from tests.eval import fit_kinds
from tests.eval.kinds import Told

KINDS = ["career", "deep-dive"]
# A lot of different words, so that an article is long enough to be told by them.
REST = " ".join(f"zq{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(250))


def _told(site: int, kind: str, word: str, also: tuple[str, ...] = ()) -> Told:
    host = f"blog{site}.example"
    document = Document(f"https://{host}/a", "A Note", blocks_of_text(f"{REST} {word} {word}"))
    return Told("kinds_marked", host, document, kind, also)


@pytest.fixture
def articles() -> list[Told]:
    """Thirty sites have "mentor" where it is about careers, thirty "inode" where it is not; one site alone has "ostend"."""
    many = [_told(n, "career", "mentor") for n in range(30)] + [_told(n, "deep-dive", "inode") for n in range(30)]
    return [*many, _told(1, "career", "ostend")]


def test_a_word_of_many_sites_gets_the_weight_of_its_kind(articles: list[Told]) -> None:
    """And a word of one site gets none, whatever it would tell."""
    problem = fit_kinds.problem_of([fit_kinds.row_of(told) for told in articles], KINDS)
    weights = fit_kinds.fit(problem, np.ones(len(articles), dtype=bool))
    said = dict(zip(problem.names, weights, strict=True))
    assert said["mentor"][0] > 0 > said["mentor"][1]
    assert said["inode"][1] > 0 > said["inode"][0]
    assert "ostend" not in said


def test_the_fit_is_the_same_each_time(articles: list[Told]) -> None:
    """To the last digit."""
    problem = fit_kinds.problem_of([fit_kinds.row_of(told) for told in articles], KINDS)
    known = np.ones(len(articles), dtype=bool)
    assert np.array_equal(fit_kinds.fit(problem, known), fit_kinds.fit(problem, known))


def test_what_would_be_right_too_shares_in_the_target() -> None:
    """An article with one kind alone is all of that kind."""
    rows = [fit_kinds.row_of(told) for told in (_told(0, "career", "a", ("deep-dive",)), _told(1, "career", "b"))]
    wanted = fit_kinds.problem_of(rows, KINDS).wanted
    assert wanted.tolist() == [[1 - fit_kinds.ALSO, fit_kinds.ALSO], [1.0, 0.0]]


def test_a_site_is_in_one_fold() -> None:
    """So that no article of a site is told by weights that know another of its articles."""
    folds = {fit_kinds.fold_of(f"blog{n}.example") for n in range(200)}
    assert folds == set(range(fit_kinds.FOLDS))
