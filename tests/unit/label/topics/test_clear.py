"""Which topics an article is clearly about, and so which are printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.label import label_document, load_taxonomy
from crawler.label.topics.clear import clear_first, clear_topics
from crawler.label.topics.evidence import Evidence
from crawler.model import Document, Reason
from tests.eval.fit_clear import Case, fit
from tests.unit.label.articles import case_study, document

TAXONOMY = load_taxonomy()

WAREHOUSE = (
    "ClickHouse keeps the columns of an order apart. The warehouse answers in a second what took a minute, since the"
    " columnar store reads three columns of sixty. Each OLAP cube is built at night. "
)
HARBOUR = "The boat leaves at nine and comes back at six. We ate by the water, and the children slept on the way home. "


def _printed(doc: Document) -> tuple[str, ...]:
    labels = label_document(doc, TAXONOMY)
    return labels.tags[: labels.signals.topics]


def _of(points: float, *sources: str, phrases: int = 0, mentions: int = 0, plain: bool = False) -> Evidence:
    titled = frozenset({(0, 5)}) if "title" in sources else frozenset[tuple[int, int]]()
    return Evidence(points, sources=set(sources), phrases=phrases, mentions=mentions, titled=titled, plain=plain)


TOLD = _of(5.0, "title", "lead", "text", phrases=4, mentions=12)
PASSING = _of(1.2, "lead", phrases=1, mentions=1)


def _clear(evidence: dict[str, Evidence], *, told: bool = True) -> frozenset[str]:
    return clear_topics(evidence, TAXONOMY.tags, told=told)


def test_what_is_told_of_throughout_is_clear_and_a_passing_mention_is_not() -> None:
    assert _clear({"databases": TOLD, "go": PASSING}) == {"databases"}
    assert _clear({"go": PASSING}) == frozenset()
    assert _clear({}) == frozenset()


def test_a_broader_topic_that_only_follows_from_a_narrower_one_is_not_printed() -> None:
    """Nor one whose words in the title are the narrower one's, too."""
    implied = _of(4.0, "broader")
    assert _clear({"sharding": TOLD, "databases": implied}) == {"sharding"}
    borrowed = _of(4.8, "title", phrases=1, mentions=2)
    assert _clear({"memory-management": TOLD, "performance": borrowed}) == {"memory-management"}
    assert _clear({"memory-management": TOLD, "cpp": borrowed}) == {"memory-management", "cpp"}


def test_a_broader_topic_beside_a_narrower_one_has_to_be_surer_than_others() -> None:
    """By itself it is printed, and so where it has more points."""
    broader = replace(_of(4.5, "title", phrases=2, mentions=2), titled=frozenset({(10, 18)}))
    assert "databases" in _clear({"go": TOLD, "databases": broader})
    assert "databases" not in _clear({"sharding": TOLD, "databases": broader})
    assert "databases" in _clear({"databases": TOLD, "sharding": PASSING})


def test_a_common_word_in_the_title_that_no_text_bears_out_is_not_clear() -> None:
    word = _of(3.0, "title", phrases=1, plain=True)
    assert _clear({"databases": TOLD, "frontend": word}) == {"databases"}


def test_what_has_far_more_points_than_the_rest_is_clear() -> None:
    """Of two that come near to each other neither is."""
    ahead, near = _of(12.0, "category", "description", phrases=1), _of(3.2, "category", "description", phrases=1)
    behind = _of(3.0, "text", phrases=1, mentions=2)
    assert "security" in _clear({"security": ahead, "storage-engines": behind})
    assert "security" not in _clear({"security": near, "storage-engines": behind})


def test_a_version_is_a_release_and_a_launch_is_about_what_is_launched() -> None:
    version = _of(6.0, "title", "kind", "version", phrases=1)
    assert "release-news" in _clear({"release-news": version, "databases": TOLD})
    assert _clear({"databases": TOLD, "release-news": _of(1.8, "kind")}) == {"databases"}


def test_without_a_text_those_are_clear_that_are_as_good_as_the_first() -> None:
    """And the order is kept: there is nothing by which a later one could be surer."""
    first, second = _of(4.5, "title", phrases=1), _of(4.0, "title", phrases=1)
    far = _of(2.0, "title", phrases=1)
    assert _clear({"caching": first, "go": second}, told=False) == {"caching", "go"}
    assert _clear({"caching": first, "go": far, "apis": second}, told=False) == {"caching"}


def test_clear_ones_come_first_and_the_others_help_to_find_it() -> None:
    reasons = [Reason("tag", tag, "phrase", tag, "title", 1.0) for tag in ("go", "cost", "apis", "php", "ruby")]
    tags, ordered, count = clear_first(reasons, frozenset({"cost", "php"}))
    assert (tags, count) == (("cost", "php", "go", "apis", "ruby"), 2)
    assert [reason.value for reason in ordered] == list(tags)
    assert clear_first(reasons, frozenset({"go", "cost", "apis", "php"}))[2] == 3
    assert clear_first(reasons, frozenset())[2] == 0
    assert clear_first([], frozenset()) == ((), (), 0)


@pytest.mark.parametrize(
    ("title", "text", "printed"),
    [
        ("ClickHouse for the order warehouse", WAREHOUSE, ("warehouse-olap",)),
        ("A day in the harbour", HARBOUR, ()),
    ],
)
def test_what_an_article_prints(title: str, text: str, printed: tuple[str, ...]) -> None:
    """The data warehouse that it is about and not each broader topic; nothing where it is about none."""
    assert _printed(document("https://pat.example/x", title, text * 6)) == printed


def test_what_a_publisher_puts_on_every_page_is_not_printed_of_a_day_out() -> None:
    """A category alone: the text knows nothing of it; the tag still finds the article."""
    doc = document("https://pat.example/x", "A day in the harbour", HARBOUR * 6, categories=("python", "linux"))
    labels = label_document(doc, TAXONOMY)
    assert set(labels.tags) >= {"python", "linux-kernel"}
    assert labels.signals.topics == 0


def test_every_labelled_article_has_at_most_as_many_as_it_has_tags() -> None:
    """Three at the most."""
    for doc in (case_study(), document("https://example.org/x", "Kartoffeln", "Nothing of note.")):
        labels = label_document(doc, TAXONOMY)
        assert labels.signals.topics is not None
        assert labels.signals.topics <= min(3, len(labels.tags))


def test_weights_are_fitted_to_what_people_named() -> None:
    """Where they name what stands in the description and nothing that stands in the title, these weights say so."""
    title, described = _of(4.0, "title", phrases=2), _of(2.0, "description", phrases=1)
    found = [
        Case("whole", f"site{n}.example", False, {"go": title, "cost": described}, True, frozenset({"cost"}))
        for n in range(60)
    ]
    weights = fit(found)
    assert weights["description"] > 0 > weights["title"]
    told = clear_topics(found[0].evidence, TAXONOMY.tags, told=True, weights=weights)
    assert told == {"cost"} != _clear({"go": title, "cost": described})
