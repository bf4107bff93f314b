"""The two paths agree on feeds that are written otherwise, or the fast one says that it is in doubt."""

from __future__ import annotations

import itertools
import re

import pytest

from crawler.read.feed import read_feed, walk
from crawler.read.thorough import read_thoroughly
from crawler.read.xmltree import decode_body, parse_xml
from tests.support.shared import SHARED, needs_shared
from tests.unit.read.feed_mutations import MUTATIONS
from tests.unit.read.test_agreement import EXPLAINED, FOLDER, URL, corpus_feeds, differences, sample_names


def _mutated(name: str, mutation: str) -> bytes:
    text = (FOLDER / f"{name}.xml").read_text(encoding="utf-8")
    return MUTATIONS[mutation](text).encode("utf-8")


def _told(body: bytes, url: str) -> list[str]:
    """What differs, where the fast path is sure of itself."""
    tree = parse_xml(body)
    if tree.how == "recovered" or walk(tree, url)[1]:
        return []
    return differences(body, url)[:3]


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_both_paths_agree_or_the_fast_one_is_in_doubt(mutation: str) -> None:
    found: dict[str, list[str]] = {}
    for name in sample_names():
        if name in EXPLAINED:
            continue
        if told := _told(_mutated(name, mutation), URL):
            found[name] = told
    assert found == {}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_no_entry_is_lost_whichever_path_is_taken(mutation: str) -> None:
    for name in sample_names():
        body = _mutated(name, mutation)
        both = read_feed(body, URL, None, None, read_thoroughly)
        assert len(both.entries) >= len(read_thoroughly(body, URL, None).entries), name


def test_every_mutation_changes_some_sample() -> None:
    changed = {m for m in MUTATIONS for name in sample_names() if _mutated(name, m) != _mutated(name, "plain")}
    assert changed == MUTATIONS.keys() - {"plain"}


@needs_shared
@pytest.mark.shared
@pytest.mark.slow
def test_both_paths_agree_on_the_corpus_written_otherwise() -> None:
    """A mutation a document, by turns, so that each is tried on several."""
    assert SHARED is not None
    found: dict[str, list[str]] = {}
    for (path, url), mutation in zip(corpus_feeds(), itertools.cycle(MUTATIONS), strict=False):
        text = decode_body((SHARED / "corpus" / path).read_bytes())
        body = MUTATIONS[mutation](re.sub(r"^<\?xml[^>]*\?>", "", text)).encode()
        if told := _told(body, url):
            found[f"{path}, {mutation}"] = told
    assert found == {}
