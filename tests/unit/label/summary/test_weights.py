"""The weights of sentences: complete, those set by hand kept, and fitted ones that order as the data do."""

from __future__ import annotations

import json

from crawler.label.summary.weigh import WEIGHTS_FILE
from tests.eval import fit_later
from tests.eval.fit_openings import BY_HAND, Case, fit, worth


def test_every_sign_has_its_weights() -> None:
    """Each sign in each role, and nothing was fitted that is meant to be set by hand."""
    said = json.loads(WEIGHTS_FILE.read_text())
    assert set(said["opening"]) == set(said["opening_by_hand"]) == set(said["later"]) == set(said["later_by_hand"])
    assert {n: said["opening"][n] for n in BY_HAND} == {n: said["opening_by_hand"][n] for n in BY_HAND}


def test_fitting_follows_the_data_near_to_the_prior() -> None:
    """A sign that the data reward gains, one that is held stays, and the best sentence comes first."""
    cases = [
        Case(f"site{n}.example", [[1.0, 0.0, 1.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [0.2, 0.6, 0.1]) for n in range(4)
    ]
    prior = [0.5, 0.1, 0.2]
    weights = fit(cases, prior, [True, True, False])
    assert weights[1] > prior[1]
    assert weights[2] == prior[2]
    assert worth(cases[0], prior) == 0.2
    assert worth(cases[0], weights) == 0.6


def test_later_sentences_follow_the_readers_near_to_the_prior() -> None:
    """What readers print gains, what they refuse loses, a sign that tells nothing keeps its part, in the same scale."""
    signs = [{"figure": 1.0, "chat": 0.0, "names": 0.5}, {"chat": 1.0, "names": 0.5}, {"names": 0.5}]
    found = [fit_later.Case(f"site{n}.example", signs, [1.0, 0.0, 0.0], [False, True, False]) for n in range(4)]
    prior = {"figure": 0.1, "chat": 0.2, "names": 0.3}
    weights = fit_later.fit(found, prior)
    assert weights["figure"] > prior["figure"]
    assert weights["chat"] < prior["chat"]
    assert fit_later.verdicts(found[0], prior) == [(False, True), (True, False)]
    assert fit_later.verdicts(found[0], weights)[0] == (True, False)
