"""Which pairs are copies, which are not, and who leads."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.dedup.copies import compare, leaders, owns, pair_order
from crawler.model import Source
from crawler.ports import Edge, Suspect
from tests.unit.dedup.samples import NOW, prose, suspect

FULL = prose(1, 700)
HERE = "https://blog.example.com/moving-a-queue"
THERE = "https://planet.example.org/moving-a-queue"
TITLE = "Moving a queue without downtime"


def _cut(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def _one() -> Suspect:
    return suspect(HERE, TITLE, FULL)


COPIES = {
    "syndicated": suspect(THERE, TITLE, f"This first stood elsewhere. {FULL} About the author: writes software."),
    "retitled": suspect(THERE, "How downtime was avoided", FULL),
    "retitled on its own site": suspect(HERE + "-2", "How downtime was avoided", FULL),
    "site's name behind the title": suspect(THERE, TITLE + " | Example Engineering", FULL),
    "excerpt": suspect(THERE, TITLE, _cut(FULL, 60) + "… Continue reading"),
    "excerpt under nearly the same title": suspect(THERE, "Moving a queue (without downtime)", _cut(FULL, 80)),
    "summary": suspect(THERE, TITLE, "We moved every queue and measured latency before the rollback."),
    "only a title": suspect(THERE, TITLE, ""),
    "updated": suspect(HERE + "-2", TITLE + " (updated)", f"{FULL} {prose(2, 90)}"),
    "Markdown source": suspect(THERE, TITLE, FULL.replace("cache", "[cache](https://example.com/cache)")),
    "page with its navigation": suspect(THERE, TITLE, f"Home Blog About Careers {FULL} Newsletter Privacy Imprint"),
    "moved within its site": suspect("https://blog.example.com/2026/11/moving-a-queue", TITLE, ""),
    "canonical names the other": suspect(THERE, "Something else", "Short.", canonical=HERE),
}

NO_COPIES = {
    "another article": suspect(THERE, "Caching for tenants", prose(3, 700)),
    "one title, two texts": suspect(THERE, TITLE, prose(4, 700)),
    "one title, two texts, one site": suspect(HERE + "-again", TITLE, prose(4, 700)),
    "a roundup that quotes it": suspect(
        "https://news.example.net/42", "Links for the week", f"{prose(6, 600)} {_cut(FULL, 300)} {prose(7, 600)}"
    ),
    "a stub with another title": suspect(THERE, "Caching for tenants", _cut(FULL, 20)),
    "canonical that cannot be meant": suspect(THERE, "Caching for tenants", prose(3, 700), canonical=HERE),
    "canonical is the home page": suspect(
        THERE, "Caching for tenants", "Short.", canonical="https://blog.example.com/"
    ),
}


@pytest.mark.parametrize("other", COPIES.values(), ids=COPIES.keys())
def test_a_copy_is_recognised(other: Suspect) -> None:
    edge = compare(_one(), other)
    assert edge is not None
    assert (edge.a, edge.b) == pair_order(_one().id, other.id)
    assert 0 <= edge.similarity <= 1


@pytest.mark.parametrize("other", NO_COPIES.values(), ids=NO_COPIES.keys())
def test_what_is_no_copy_is_left_alone(other: Suspect) -> None:
    assert compare(_one(), other) is None


SERIES = [
    ("Announcing Widget 1.2", "Announcing Widget 1.3"),
    ("Announcing Widget 1.2.0 RC", "Announcing Widget 1.2.0"),
    ("State of Widgets 2023", "State of Widgets 2024"),
    ("Queues, Part 1", "Queues, Part 2"),
    ("Queues, part one", "Queues, part two"),
    ("Queues I", "Queues, Part II"),
    ("Announcing June's Hero", "Announcing July's Hero"),
    ("Results for Q1", "Results for Q2"),
    ("Advisory CVE-2026-5222", "Advisory CVE-2026-5223"),
    ("Our first year", "Our second year"),
    ("Hiring: a tester", "Hiring: a designer"),
]


@pytest.mark.parametrize(("one", "other"), SERIES)
def test_parts_of_a_series_are_no_copies_however_much_they_share(one: str, other: str) -> None:
    start = prose(8, 500)
    a = suspect("https://example.com/one", one, f"{start} {prose(9, 60)}")
    b = suspect("https://example.com/other", other, f"{start} {prose(10, 60)}")
    assert compare(a, b) is None


@pytest.mark.parametrize(
    ("title", "one", "other"),
    [
        ("Now available in the {} region", "Frankfurt", "Tokyo"),
        ("Hiring: a {}", "tester", "designer"),
        ("Announcing our SDK for {}", "Python", "Java"),
    ],
)
@pytest.mark.parametrize("times", [1, 4])
def test_what_one_template_says_of_two_things_are_no_copies(title: str, one: str, other: str, times: int) -> None:
    """However little the texts differ: each is about what its own title names."""

    def about(name: str) -> Suspect:
        text = f" We add {name} to what there is. ".join(prose(n, 120) for n in range(90, 91 + times))
        return suspect(f"https://example.com/blog/{name.lower()}-now", title.format(name), text)

    assert compare(about(one), about(other)) is None


def test_a_title_that_was_changed_afterwards_makes_no_other_article() -> None:
    """Its new words stand in the text that both have."""
    text = f"{prose(95, 200)} We halved the latency of a queue by moving it. {prose(96, 200)}"
    one = suspect("https://example.com/blog/moving-a-queue", "Moving a queue", text)
    other = suspect("https://example.com/blog/halved-latency", "A queue with halved latency", f"{text} {prose(97, 20)}")
    assert compare(one, other) is not None


def test_one_habitual_title_is_not_enough() -> None:
    text = prose(11, 60)
    a = suspect("https://example.com/notes/2024-05", "Release notes", f"{text} {prose(12, 20)}")
    b = suspect("https://example.com/notes/2024-06", "Release notes", f"{text} {prose(13, 20)}")
    assert compare(a, b) is None
    elsewhere = suspect("https://example.org/x", "Release notes", "We moved every queue.")
    assert compare(a, elsewhere) is None
    bare = [suspect(f"https://example.com/{n}", "Moving queues and caches", "") for n in (1, 2)]
    assert compare(*bare) is None
    assert compare(suspect(HERE, "Hello world", ""), suspect(THERE, "Hello world", "")) is None


def test_a_post_repeated_a_year_later_with_changes_is_no_copy() -> None:
    last_year = suspect(HERE, TITLE, f"{prose(14, 300)} {prose(15, 100)}", published_at=NOW - timedelta(days=365))
    this_year = suspect(HERE + "-again", TITLE, f"{prose(14, 300)} {prose(16, 100)}", published_at=NOW)
    assert compare(last_year, this_year) is None


_TITLES = st.sampled_from(
    [TITLE, "Caching for tenants", "Queues, Part 1", "Queues, Part 2", "Queues", "", "Hello world"]
)
_URLS = st.sampled_from([HERE, THERE, HERE + "-2", "https://medium.com/@jane/x-0a1b2c3d4e5f", "https://a.example/1"])
_TEXTS = st.builds(
    lambda seeds, cut: _cut(" ".join(prose(seed, 120) for seed in seeds), cut),
    st.lists(st.integers(1, 4), max_size=4),
    st.sampled_from([0, 10, 50, 90, 600]),
)


@st.composite
def suspects(draw: st.DrawFn) -> Suspect:
    return suspect(
        draw(_URLS),
        draw(_TITLES),
        draw(_TEXTS),
        id=f"{draw(st.integers(0, 5)):016x}",
        canonical=draw(_URLS),
        published_at=draw(st.sampled_from([None, NOW, NOW - timedelta(days=3), NOW - timedelta(days=400)])),
        first_seen_at=NOW + timedelta(hours=draw(st.integers(0, 3))),
    )


@given(suspects(), suspects())
def test_compare_is_symmetric(a: Suspect, b: Suspect) -> None:
    assert compare(a, b) == compare(b, a)


@given(suspects())
def test_an_article_is_no_copy_of_itself(a: Suspect) -> None:
    assert compare(a, a) is None


@settings(max_examples=60)
@given(st.lists(suspects(), max_size=6, unique_by=lambda s: s.id), st.randoms(use_true_random=False))
def test_leaders_do_not_depend_on_the_order_of_arrival(members: list[Suspect], draw: random.Random) -> None:
    edges = [e for i, a in enumerate(members) for b in members[:i] if (e := compare(a, b))]
    expected = leaders(members, edges, lambda m: "blog" in m.url)
    draw.shuffle(members)
    draw.shuffle(edges)
    assert leaders(members, edges, lambda m: "blog" in m.url) == expected
    assert expected.keys() == {m.id for m in members}
    for leader in filter(None, expected.values()):
        assert expected[leader] is None


def _trio() -> list[Suspect]:
    return [
        replace(suspect(HERE, TITLE, FULL), id="a", published_at=NOW),
        replace(suspect(THERE, TITLE, FULL), id="b", published_at=NOW - timedelta(days=1)),
        replace(suspect("https://c.example/x", TITLE, FULL), id="c", published_at=None),
    ]


CHAIN = [Edge("a", "b", "text", 1.0), Edge("b", "c", "text", 1.0)]


def test_the_earliest_leads() -> None:
    assert leaders(_trio(), CHAIN, lambda m: False) == {"a": "b", "b": None, "c": "b"}


def test_the_author_leads_though_later() -> None:
    assert leaders(_trio(), CHAIN, lambda m: m.id == "a") == {"a": None, "b": "a", "c": "a"}


def test_what_others_name_as_canonical_leads() -> None:
    a, b, c = _trio()
    b = replace(b, canonical_key=c.key)
    assert leaders([a, b, c], CHAIN, lambda m: m.id == "a") == {"a": "c", "b": "c", "c": None}


def test_undated_articles_lead_only_among_themselves_by_first_sight() -> None:
    a, b, c = (replace(m, published_at=None) for m in _trio())
    b = replace(b, first_seen_at=NOW - timedelta(days=1))
    assert leaders([a, b, c], CHAIN, lambda m: False)["c"] == "b"


def test_an_article_without_edges_stands_alone_and_unknown_ends_are_ignored() -> None:
    a, b, _ = _trio()
    assert leaders([a, b], [Edge("a", "zz", "text", 1.0)], lambda m: False) == {"a": None, "b": None}


def test_owns_is_true_on_the_sources_own_site_only() -> None:
    sources = {
        "blog": Source("blog", "https://blog.example.com/feed.xml", "Blog"),
        "planet": Source("planet", "https://planet.example.org/atom.xml", "Planet"),
    }
    own = replace(_one(), source="blog")
    assert owns(own, sources)
    assert not owns(replace(own, source="planet"), sources)
    assert not owns(replace(own, source="removed"), sources)


def test_a_teaser_never_leads_the_article_that_it_announces() -> None:
    a, b, _ = _trio()
    teaser = replace(b, text=FULL[: len(FULL) // 8])
    assert leaders([a, teaser], CHAIN[:1], lambda m: True) == {"a": None, "b": "a"}
