"""Finding, listing, the window: the part of the store's contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.model import Article, Image
from crawler.ports import BRIEF_FIELDS, RECENT_DATES, ArticleQuery, ArticleWrite, SourceFigures, Store
from crawler.urls import article_id, url_key
from tests.support.stores import (
    COPY,
    DAY,
    NOW,
    OTHER,
    URL,
    WEEK,
    add_article,
    make_article,
    make_edge,
    make_entry,
    make_line,
    make_record,
    make_signature,
    make_write,
    stored,
    write_entries,
)


class ListingContract:
    """Finding, listing, the window."""

    def test_an_article_is_found_by_id_and_by_any_spelling(self, store: Store) -> None:
        """Scheme, www and trackers do not matter; strangers are None."""
        article = add_article(store, URL)
        for spelling in (article.id, URL, "http://www.acme.example/queues/?utm_source=x", f" {URL} "):
            assert store.article(spelling) == article
        assert store.article("https://acme.example/nothing") is None
        assert store.article("") is None

    def test_lists_are_newest_first(self, store: Store) -> None:
        """By the publisher's date, else first sight; equal times by id, downwards."""
        old = add_article(store, "https://a.example/old", published_at=NOW - 9 * DAY)
        undated = add_article(store, "https://a.example/undated", published_at=None, first_seen_at=NOW - DAY)
        twins = [add_article(store, f"https://a.example/{n}", published_at=NOW - 3 * DAY) for n in range(3)]
        twins.sort(key=lambda article: article.id, reverse=True)
        assert list(store.articles(ArticleQuery())) == [undated, *twins, old]

    def test_a_list_longer_than_a_page_is_whole(self, store: Store) -> None:
        """Every article comes once, though many share a time."""
        urls = [f"https://acme.example/{n}" for n in range(450)]
        entries = [make_entry(url, published_at=WEEK.start_at + (n // 90) * DAY) for n, url in enumerate(urls)]
        write_entries(store, *(make_write(entry) for entry in entries))
        listed = [article.url for article in store.articles(ArticleQuery())]
        assert len(listed) == 450
        assert set(listed) == set(urls)
        assert [a.url for a in store.articles(ArticleQuery(limit=300))] == listed[:300]
        exported = [article.id for article in store.all_articles()]
        assert exported == sorted(article_id(url) for url in urls)

    def test_a_brief_list_tells_what_lists_show(self, store: Store) -> None:
        """The same articles in the same order, without their texts; words are still looked for in them."""
        first = add_article(
            store, URL, text="Ein Überlauf und ein queue.", deck="A sentence.", image=Image("https://i/1")
        )
        add_article(store, OTHER, text="Nothing of that.")
        store.publish(make_record(7), [make_line(first, 7)])
        for query in (ArticleQuery(), ArticleQuery(text="überlauf"), ArticleQuery(text="queue", limit=1)):
            whole = list(store.articles(query))
            brief = list(store.articles(replace(query, brief=True)))
            assert [article.id for article in brief] == [article.id for article in whole]
            for short, article in zip(brief, whole, strict=True):
                told = {name: getattr(article, name) for name in BRIEF_FIELDS}
                assert short == Article(**told)
                assert short.text == short.content_html == short.summary == ""

    def test_figures_count_what_a_source_brought_and_what_was_chosen(self, store: Store) -> None:
        """Counts since a time, copies left out; dates of all time, newest first, first sight where there is none."""
        assert store.source_figures(NOW) == {}
        old = add_article(store, "https://a.example/old", source="a", published_at=NOW - 200 * DAY)
        new = add_article(store, "https://a.example/new", source="a", published_at=NOW - 2 * DAY)
        add_article(store, "https://a.example/undated", source="a", published_at=None, first_seen_at=NOW - DAY)
        other = add_article(store, "https://b.example/copy", source="b", published_at=NOW - 3 * DAY)
        first, second = sorted((new, other), key=lambda article: article.id)
        store.save_copies([other.id, new.id], [make_edge(first, second)], {other.id: new.id})
        store.publish(make_record(), [make_line(old), make_line(new)])
        store.publish(make_record(profile="second"), [make_line(new)])
        assert store.source_figures(NOW - 90 * DAY) == {
            "a": SourceFigures(2, 1, (NOW - DAY, NOW - 2 * DAY, NOW - 200 * DAY)),
            "b": SourceFigures(0, 0, (NOW - 3 * DAY,)),
        }
        for n in range(RECENT_DATES + 5):
            add_article(store, f"https://c.example/{n}", source="c", published_at=NOW - n * DAY)
        assert store.source_figures(NOW - 4 * DAY)["c"] == SourceFigures(
            5, 0, tuple(NOW - n * DAY for n in range(RECENT_DATES))
        )

    def test_posts_are_counted_by_source_from_a_time_up_to_another(self, store: Store) -> None:
        """First sight stands in for a date; copies are left out."""
        assert store.posts(NOW - DAY, NOW) == {}
        for n in range(4):
            add_article(store, f"https://a.example/{n}", source="a", published_at=NOW - n * DAY)
        undated = add_article(store, "https://b.example/1", source="b", published_at=None, first_seen_at=NOW - DAY)
        copy = add_article(store, "https://b.example/2", source="b", published_at=NOW - DAY)
        first, second = sorted((undated, copy), key=lambda article: article.id)
        store.save_copies([first.id, second.id], [make_edge(first, second)], {copy.id: undated.id})
        assert store.posts(NOW - 2 * DAY, NOW) == {"a": 2, "b": 1}

    def test_since_and_until_bound_the_date(self, store: Store) -> None:
        """From `since` on, up to but not including `until`; first sight stands in for a date."""
        at = [add_article(store, f"https://a.example/{n}", published_at=NOW + n * DAY) for n in range(4)]
        add_article(store, "https://a.example/undated", published_at=None, first_seen_at=NOW + 2 * DAY)
        found = store.articles(ArticleQuery(since=NOW + DAY, until=NOW + 2 * DAY))
        assert list(found) == [at[1]]
        assert len(list(store.articles(ArticleQuery(since=NOW + 2 * DAY)))) == 3
        assert list(store.articles(ArticleQuery(until=NOW))) == []

    def test_sources_and_tags_narrow_the_list(self, store: Store) -> None:
        """Any of the sources, any of the tags; a tag matches whole."""
        a = add_article(store, "https://a.example/x", source="a", tags=("queues", "c++"))
        b = add_article(store, "https://b.example/x", source="b", tags=("message-queues", 'odd "tag"'))
        assert _ids(store, sources=("a",)) == {a.id}
        assert _ids(store, sources=("a", "b", "c")) == {a.id, b.id}
        assert _ids(store, tags=("queues",)) == {a.id}
        assert _ids(store, tags=("c++", "message-queues")) == {a.id, b.id}
        assert _ids(store, tags=('odd "tag"',)) == {b.id}
        assert _ids(store, tags=("Queues",)) == set()
        assert _ids(store, tags=("queues",), sources=("b",)) == set()

    def test_kinds_narrow_the_list_by_either_name(self, store: Store) -> None:
        """The kind or the narrower one, any of those that are asked for."""
        a = add_article(store, "https://a.example/x", kind="community", subkind="roundup")
        b = add_article(store, "https://b.example/x", kind="community")
        c = add_article(store, "https://c.example/x", kind="release", subkind="project-update")
        assert _ids(store, kinds=("community",)) == {a.id, b.id}
        assert _ids(store, kinds=("roundup",)) == {a.id}
        assert _ids(store, kinds=("roundup", "release")) == {a.id, c.id}
        assert _ids(store, kinds=("event",)) == set()

    def test_words_must_all_occur_in_any_case(self, store: Store) -> None:
        """In title, summary or text, as beginnings of words, and nothing in them is a wildcard."""
        a = add_article(
            store, "https://a.example/x", title="Große Kafka", summary="100% of it", text="partition_key ÜBER C++"
        )
        b = add_article(store, "https://b.example/x", title="Kafka", summary="100 of it", text="partitionkey, node.js")
        assert _ids(store, text="kafka PARTITION") == {a.id, b.id}
        assert _ids(store, text="100%") == {a.id}
        assert _ids(store, text="partition_key") == {a.id}
        assert _ids(store, text="große über") == {a.id}
        assert _ids(store, text="groß übe") == {a.id}
        assert _ids(store, text="roße") == _ids(store, text="key kafka zoo") == set()
        assert _ids(store, text="c++") == {a.id}
        assert _ids(store, text="node.j") == _ids(store, text=".js") == {b.id}
        assert _ids(store, text="kafka zookeeper") == set()
        assert _ids(store, text="  ") == {a.id, b.id}
        assert _ids(store, text="\\") == _ids(store, text='"* OR kafka') == set()

    def test_an_article_is_found_by_the_words_that_it_has_now(self, store: Store) -> None:
        """After another text was read, and after two articles became one."""
        read = add_article(store, URL, text="about otters")
        assert _ids(store, text="otters") == {read.id}
        store.save_articles([ArticleWrite(replace(read, text="about lynxes"))])
        assert _ids(store, text="otters") == set()
        assert _ids(store, text="lynxes") == {read.id}
        other = add_article(store, OTHER, text="about badgers", first_seen_at=NOW + DAY)
        store.save_articles([ArticleWrite(other, keys=(url_key(URL),))])
        assert {article.id for article in store.all_articles()} == {read.id}
        assert _ids(store, text="about") == {read.id}

    def test_words_of_many_articles_are_found_too(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Newest first, with every other condition, whether the index names the articles or the list is walked."""
        for n in range(12):
            add_article(
                store,
                f"https://a.example/{n}",
                source="a" if n % 2 else "b",
                text="queue" if n % 3 else "queues and caches",
                published_at=NOW - n * DAY,
            )
        queries = [
            ArticleQuery(text="queue", limit=5),
            ArticleQuery(text="queues cache"),
            ArticleQuery(text="queue", sources=("a",), since=NOW - 6 * DAY, brief=True),
            ArticleQuery(text="queue", until=NOW - 9 * DAY),
        ]
        found = [list(store.articles(query)) for query in queries]
        assert [len(articles) for articles in found] == [5, 4, 3, 2]
        monkeypatch.setattr("storage.wordindex.ENOUGH", 2)
        assert [list(store.articles(query)) for query in queries] == found

    def test_a_search_with_other_letters_honours_the_limit(self, store: Store) -> None:
        """However many pages have to be looked through."""
        urls = [f"https://acme.example/{n}" for n in range(420)]
        write_entries(
            store,
            *(make_write(make_entry(url, f"{'Über' if n % 100 == 7 else 'On'} {n}")) for n, url in enumerate(urls)),
        )
        query = ArticleQuery(text="über", limit=4)
        assert len(list(store.articles(query))) == 4
        assert len(list(store.articles(replace(query, limit=None)))) == 5
        assert list(store.articles(replace(query, limit=0))) == []

    def test_copies_are_hidden_unless_asked_for(self, store: Store) -> None:
        """The export has them all, by id; held ones are shown."""
        leader, copy = add_article(store, URL), add_article(store, COPY)
        held = add_article(store, OTHER, held=True)
        store.save_copies([], [], {copy.id: leader.id, leader.id: None})
        assert _ids(store) == {leader.id, held.id}
        assert _ids(store, duplicates=True) == {leader.id, copy.id, held.id}
        exported = [article.id for article in store.all_articles()]
        assert exported == sorted([leader.id, copy.id, held.id])

    def test_the_window_counts_the_publishers_date(self, store: Store) -> None:
        """From its start up to, not including, its end, whenever the article was seen."""
        urls = {
            "start": WEEK.start_at,
            "last": WEEK.end_at - timedelta(microseconds=1),
            "end": WEEK.end_at,
            "before": WEEK.start_at - timedelta(microseconds=1),
        }
        for name, at in urls.items():
            add_article(store, f"https://a.example/{name}", published_at=at, first_seen_at=NOW)
        assert _names(store.in_window(WEEK, 28)) == {"start", "last"}

    def test_late_and_undated_articles_count_by_first_sight(self, store: Store) -> None:
        """Seen in the window, and undated or published not longer before it than `late_days`."""
        seen = WEEK.start_at + DAY
        for name, at, first in (
            ("undated", None, seen),
            ("undated-earlier", None, WEEK.start_at - timedelta(microseconds=1)),
            ("undated-later", None, WEEK.end_at),
            ("late", WEEK.start_at - 28 * DAY, seen),
            ("too-late", WEEK.start_at - 28 * DAY - timedelta(microseconds=1), seen),
            ("late-seen-before", WEEK.start_at - DAY, WEEK.start_at - DAY),
            ("late-seen-after", WEEK.start_at - DAY, WEEK.end_at),
            ("from-the-future", WEEK.end_at + DAY, seen),
        ):
            add_article(store, f"https://a.example/{name}", published_at=at, first_seen_at=first)
        assert _names(store.in_window(WEEK, 28)) == {"undated", "late"}
        assert _names(store.in_window(WEEK, 0)) == {"undated"}

    def test_the_window_leaves_out_copies_and_held_articles(self, store: Store) -> None:
        """What is left comes in order of id."""
        kept = [add_article(store, f"https://a.example/{n}") for n in range(5)]
        copy = add_article(store, COPY)
        add_article(store, OTHER, held=True)
        store.save_copies([], [], {copy.id: kept[0].id, kept[0].id: None})
        found = store.in_window(WEEK, 28)
        assert [article.id for article in found] == sorted(article.id for article in kept)
        assert found == sorted((stored(store, a.id) for a in kept), key=lambda article: article.id)

    def test_released_articles_are_candidates(self, store: Store) -> None:
        """Those of the named source, once."""
        add_article(store, URL, held=True)
        add_article(store, OTHER, held=True, source="zeta")
        assert store.release("acme") == 1
        assert store.release("acme") == 0
        assert [article.url for article in store.in_window(WEEK, 28)] == [URL]


class ForgettingContract:
    """Texts of old articles that nobody chose may go."""

    def test_old_texts_go_and_what_was_made_of_them_stays(self, store: Store) -> None:
        """Title, labels and summary, and the article's place among its copies; the feed's words go, too."""
        write_entries(store, make_write())
        store.save_articles([ArticleWrite(make_article(text="The queue grew.", tags=("queues",)), make_signature())])
        store.save_copies([article_id(URL)], [], {})
        before = stored(store, URL)
        assert store.forget_texts(NOW + DAY, 10) == (1, None)
        after = stored(store, URL)
        assert after == replace(before, text="", content_html="")
        assert store.work_of([after.id])[0].entry.content_html == ""
        assert store.work(NOW) == []
        assert store.unsearched() == []
        assert _ids(store, text="grew") == set()
        assert _ids(store, text="queues") == {after.id}
        assert store.forget_texts(NOW + DAY, 10) == (0, None)

    def test_young_and_published_and_unsearched_ones_stay(self, store: Store) -> None:
        """By date and by first sight: an archive that was found today is no old one."""
        kept = [
            add_article(store, "https://a.example/young", published_at=NOW),
            add_article(store, "https://a.example/found-today", published_at=NOW - 999 * DAY, first_seen_at=NOW),
            add_article(store, "https://a.example/chosen", published_at=NOW - 999 * DAY),
        ]
        store.publish(make_record(), [make_line(kept[2])])
        fresh = make_article("https://a.example/fresh", published_at=NOW - 999 * DAY, first_seen_at=NOW - 999 * DAY)
        store.add_articles([ArticleWrite(fresh, make_signature())])
        assert store.forget_texts(NOW, 10) == (0, None)
        assert all(stored(store, article.url).text for article in (*kept, fresh))

    def test_many_are_looked_at_in_portions(self, store: Store) -> None:
        """Each goes on where the one before ended, oldest first."""
        for n in range(5):
            add_article(store, f"https://a.example/{n}", published_at=NOW - (9 - n) * DAY, first_seen_at=NOW - 9 * DAY)
        found, after = store.forget_texts(NOW, 2)
        assert (found, after) == (2, (NOW - 8 * DAY, article_id("https://a.example/1")))
        assert store.forget_texts(NOW, 3, after) == (3, (NOW - 5 * DAY, article_id("https://a.example/4")))
        assert store.forget_texts(NOW, 3, (NOW - 5 * DAY, article_id("https://a.example/4"))) == (0, None)


def _ids(store: Store, **query: object) -> set[str]:
    return {article.id for article in store.articles(ArticleQuery(**query))}  # type: ignore[arg-type]


def _names(articles: list[Article]) -> set[str]:
    return {article.url.rpartition("/")[2] for article in articles}
