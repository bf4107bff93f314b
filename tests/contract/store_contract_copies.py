"""Signatures, suspects, clusters, and who leads: the part of the store's contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.model import Signature
from crawler.ports import ArticleWrite, Store
from crawler.urls import article_id, url_key
from storage.rules import MOST_SUSPECTS
from tests.support.stores import (
    COPY,
    NOW,
    OTHER,
    URL,
    add_article,
    contents,
    make_article,
    make_edge,
    make_signature,
    stored,
)


class CopyContract:
    """Signatures, suspects, clusters, and who leads."""

    def test_a_signature_makes_an_article_unsearched(self, store: Store) -> None:
        """Without one, there is nothing to search with; order is by id, up to the limit."""
        signature = Signature(bytes(range(256)) * 2, tuple(range(-8, 8)), -5, 321)
        a, b = add_article(store, URL, signature=signature), add_article(store, COPY, signature=signature)
        add_article(store, OTHER)
        found = store.unsearched()
        assert [suspect.id for suspect in found] == sorted([a.id, b.id])
        assert store.unsearched(1) == found[:1]
        suspect = next(suspect for suspect in found if suspect.id == a.id)
        assert suspect.signature == signature
        assert (suspect.url, suspect.key, suspect.canonical_key) == (URL, url_key(URL), url_key(URL))
        assert (suspect.title, suspect.text, suspect.source) == (a.title, a.text, "acme")
        assert (suspect.published_at, suspect.first_seen_at) == (a.published_at, NOW)

    def test_numbers_of_64_bits_survive(self, store: Store) -> None:
        """Bands and title keys may fill 64 bits, with or without a sign."""
        signature = make_signature(2**64 - 1, 2**63, 0, -(2**63), title=2**64 - 2)
        add_article(store, URL, signature=signature)
        other = add_article(store, COPY, signature=make_signature(2**64 - 1, title=1))
        assert store.unsearched()[0].signature in (signature, make_signature(2**64 - 1, title=1))
        assert [suspect.id for suspect in store.suspects(store.members([article_id(URL)])[0])] == [other.id]

    def test_searched_articles_are_not_offered_until_their_text_changes(self, store: Store) -> None:
        """A new signature asks for a new search."""
        article = add_article(store, URL, signature=make_signature())
        store.save_copies([article.id], [], {article.id: None})
        assert store.unsearched() == []
        store.save_articles([ArticleWrite(article)])
        assert store.unsearched() == []
        store.save_articles([ArticleWrite(article, make_signature(8, 9))])
        assert [suspect.signature.bands for suspect in store.unsearched()] == [(8, 9)]

    def test_suspects_share_a_band_or_a_title(self, store: Store) -> None:
        """One band or the title key in common is enough; the article itself is never among them."""
        article = add_article(store, URL, signature=make_signature(1, 2, 3, title=7))
        band = add_article(store, "https://b.example/x", signature=make_signature(3, 4, title=8))
        title = add_article(store, "https://c.example/x", signature=make_signature(5, title=7))
        add_article(store, "https://d.example/x", signature=make_signature(6, title=9))
        add_article(store, "https://e.example/x")
        probe = store.members([article.id])[0]
        assert [suspect.id for suspect in store.suspects(probe)] == sorted([band.id, title.id])

    @pytest.mark.parametrize("signature", [make_signature(3, title=8), make_signature(4, title=7)])
    def test_what_hundreds_have_in_common_finds_a_few_of_them(self, store: Store, signature: Signature) -> None:
        """Those with most in common, then by id, so that a search costs the same among thousands."""
        made = [add_article(store, f"https://b{n}.example/x", signature=signature).id for n in range(70)]
        rare = add_article(store, COPY, signature=make_signature(9, 10, title=70)).id
        own = add_article(store, URL, signature=make_signature(3, 9, 10, title=7)).id
        found = [suspect.id for suspect in store.suspects(store.members([own])[0])]
        likeliest = [rare, *sorted(made)] if signature.title_key == 8 else sorted(made)
        assert found == sorted(likeliest[:MOST_SUSPECTS])

    def test_bands_of_an_older_text_do_not_find_it(self, store: Store) -> None:
        """The bands are those of the last signature."""
        article = add_article(store, URL, signature=make_signature(1, 2, title=7))
        store.save_articles([ArticleWrite(article, make_signature(2, 3, title=70))])
        other = add_article(store, COPY, signature=make_signature(1, title=8))
        probe = store.members([other.id])[0]
        assert store.suspects(probe) == []
        assert [s.id for s in store.suspects(replace(probe, signature=make_signature(3, title=8)))] == [article.id]

    def test_suspects_by_canonical_address(self, store: Store) -> None:
        """Whether it names us or we name it, by any address that it is known under."""
        article = add_article(store, URL, signature=make_signature(1, title=1))
        store.save_articles([ArticleWrite(article, keys=("acme.example/old",))])
        names_us = add_article(
            store, COPY, canonical_url="https://acme.example/old", signature=make_signature(2, title=2)
        )
        stranger = add_article(store, OTHER, signature=make_signature(3, title=3))
        ours, theirs, third = store.members([article.id]) + store.members([names_us.id]) + store.members([stranger.id])
        assert [suspect.id for suspect in store.suspects(ours)] == [names_us.id]
        assert [suspect.id for suspect in store.suspects(theirs)] == [article.id]
        assert store.suspects(third) == []

    def test_an_article_without_bands_is_looked_for_by_its_addresses(self, store: Store) -> None:
        """A text of a few words has none."""
        article = add_article(store, URL, signature=make_signature())
        short = add_article(store, COPY, canonical_url=URL, signature=make_signature(9, title=9))
        probe = store.members([short.id])[0]
        assert [s.id for s in store.suspects(replace(probe, signature=replace(probe.signature, bands=())))] == [
            article.id
        ]

    def test_edges_of_a_cluster_are_found_from_any_of_its_articles(self, store: Store) -> None:
        """A chain is walked to both ends; other clusters stay out."""
        a, b, c, d, e = (add_article(store, f"https://{n}.example/x") for n in "abcde")
        chain = [make_edge(a, b), make_edge(b, c, "title", 0.5)]
        apart = [make_edge(d, e)]
        store.save_copies([a.id, b.id, c.id, d.id, e.id], [*chain, *apart], {})
        expected = sorted(chain, key=lambda edge: (edge.a, edge.b))
        for article in (a, b, c):
            assert store.edges([article.id]) == expected
        assert store.edges([d.id]) == apart
        assert len(store.edges([a.id, e.id])) == 3
        assert store.edges(["0" * 16]) == []

    def test_searching_again_replaces_the_edges(self, store: Store) -> None:
        """Edges of searched articles are those of the last search; others stay."""
        a, b, c = (add_article(store, f"https://{n}.example/x") for n in "abc")
        store.save_copies([a.id, b.id, c.id], [make_edge(a, b), make_edge(b, c)], {})
        store.save_copies([a.id], [make_edge(a, c)], {})
        assert set(store.edges([a.id])) == {make_edge(b, c), make_edge(a, c)}

    def test_leaders_list_where_else_they_stand(self, store: Store) -> None:
        """`also_at` is the sorted addresses of those that follow."""
        leader = add_article(store, URL)
        b, c = add_article(store, "https://z.example/x"), add_article(store, "https://b.example/x")
        store.save_copies([], [], {leader.id: None, b.id: leader.id, c.id: leader.id})
        assert stored(store, leader.id).also_at == (c.url, b.url)
        assert stored(store, b.id).duplicate_of == leader.id
        assert stored(store, b.id).also_at == ()

    def test_a_cluster_that_changes_its_leader(self, store: Store) -> None:
        """The former leader follows and lists nobody; the new one lists all."""
        a, b, c = (add_article(store, f"https://{n}.example/x") for n in "abc")
        store.save_copies([], [], {a.id: None, b.id: a.id})
        store.save_copies([], [], {c.id: None, a.id: c.id, b.id: c.id})
        assert stored(store, c.id).also_at == (a.url, b.url)
        assert stored(store, a.id).also_at == ()
        assert stored(store, c.id).duplicate_of is None

    def test_a_follower_that_leaves_is_no_longer_listed(self, store: Store) -> None:
        """The leader's list shrinks though only the follower was named."""
        a, b, c = (add_article(store, f"https://{n}.example/x") for n in "abc")
        store.save_copies([], [], {a.id: None, b.id: a.id, c.id: a.id})
        store.save_copies([], [], {b.id: None})
        assert stored(store, a.id).also_at == (c.url,)
        assert stored(store, b.id).duplicate_of is None

    def test_a_follower_that_joins_later_is_listed_with_the_others(self, store: Store) -> None:
        """Followers that were not named again stay listed."""
        a, b, c = (add_article(store, f"https://{n}.example/x") for n in "abc")
        store.save_copies([], [], {a.id: None, b.id: a.id})
        store.save_copies([], [], {c.id: a.id})
        assert stored(store, a.id).also_at == (b.url, c.url)

    def test_copies_that_came_by_import_stay_listed(self, store: Store) -> None:
        """Addresses that the store has no article for are kept; those that it has follow the cluster."""
        a = make_article("https://a.example/x", also_at=("https://elsewhere.example/x", "https://b.example/x"))
        store.add_articles([ArticleWrite(a)])
        b = add_article(store, "https://b.example/x")
        store.save_copies([], [], {a.id: None, b.id: None})
        assert stored(store, a.id).also_at == ("https://elsewhere.example/x",)

    def test_unknown_and_own_leaders_are_none(self, store: Store) -> None:
        """Nothing follows what is not there, nor itself."""
        a = add_article(store, URL)
        store.save_copies([], [], {a.id: "0" * 16, "1" * 16: a.id})
        assert stored(store, a.id).duplicate_of is None
        store.save_copies([], [], {a.id: a.id})
        assert stored(store, a.id).duplicate_of is None

    def test_the_same_search_again_changes_nothing(self, store: Store) -> None:
        """Copies are as idempotent as feeds."""
        a, b = (add_article(store, f"https://{n}.example/x", signature=make_signature()) for n in "ab")
        for _ in range(2):
            store.save_copies([a.id, b.id], [make_edge(a, b)], {a.id: None, b.id: a.id})
            after = contents(store)
        store.save_copies([a.id, b.id], [make_edge(a, b)], {a.id: None, b.id: a.id})
        assert contents(store) == after
