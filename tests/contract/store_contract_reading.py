"""What is to be read, what was read, and articles that turn out to be one: the part of the store's contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from crawler.model import Image, Signals
from crawler.ports import ArticleWrite, Store
from crawler.urls import article_id, url_key
from tests.support.stores import (
    COPY,
    DAY,
    NOW,
    OTHER,
    URL,
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


class ReadingContract:
    """What is to be read, what was read, and articles that turn out to be one."""

    def test_work_wants_labels_and_pages(self, store: Store) -> None:
        """Labels that are wanted, pages that are pending; deferred and unwanted ones are left alone."""
        write_entries(
            store,
            make_write(make_entry("https://acme.example/a")),
            make_write(make_entry("https://acme.example/b"), page="pending"),
            make_write(make_entry("https://acme.example/c"), page="pending", label=False),
            make_write(make_entry("https://acme.example/d"), page="deferred", label=False),
            make_write(make_entry("https://acme.example/e"), label=False),
        )
        wanted = {work.article.url[-1]: work.want_page for work in store.work(NOW)}
        assert wanted == {"a": False, "b": True, "c": True}

    def test_work_comes_in_order_of_id_and_in_pages(self, store: Store) -> None:
        """Asking after the last id of a page gives the next ones."""
        urls = [f"https://acme.example/{n}" for n in range(7)]
        write_entries(store, *(make_write(make_entry(url), page="pending") for url in urls))
        seen: list[str] = []
        while page := store.work(NOW, limit=3, after=seen[-1] if seen else ""):
            assert len(page) <= 3
            seen += [work.article.id for work in page]
        assert seen == sorted(article_id(url) for url in urls)

    def test_work_can_be_asked_of_some_sources(self, store: Store) -> None:
        """None means all sources, an empty collection none."""
        write_entries(store, make_write())
        write_entries(store, make_write(make_entry(OTHER), owner="zeta"), source="zeta")
        assert [work.article.source for work in store.work(NOW, ["zeta"])] == ["zeta"]
        assert len(store.work(NOW)) == 2
        assert store.work(NOW, []) == []

    def test_work_gives_the_owners_entry(self, store: Store) -> None:
        """The article is read from its owner's entry, else from the first source by name."""
        owners = make_entry(title="Mine")
        write_entries(store, make_write(owners))
        for source in ("aaa", "zeta"):
            copy = make_entry(title=f"From {source}", guid=source)
            write_entries(store, make_write(copy, "copy", owner="acme"), source=source)
        assert store.work(NOW)[0].entry == owners
        first = make_entry(OTHER, title="From bbb")
        write_entries(store, make_write(replace(first, title="From yyy"), owner="gone"), source="yyy")
        write_entries(store, make_write(first, "copy", owner="gone"), source="bbb")
        assert store.work_of([article_id(OTHER)])[0].entry == first

    def test_an_entry_comes_back_whole(self, store: Store) -> None:
        """Every field of an entry survives the store."""
        entry = make_entry(
            updated_at=NOW,
            image=Image("https://acme.example/q.png", "A queue"),
            language="de",
            authors=("Ada Alder", 'B "Q" \\ O’Neil, ü'),
            tags=("c++", "日本語", ""),
        )
        write_entries(store, make_write(entry))
        assert store.work(NOW)[0].entry == entry

    def test_a_page_that_failed_comes_again_when_due(self, store: Store) -> None:
        """Passing trouble leaves the page pending until its time; the tries are counted."""
        write_entries(store, make_write(page="pending"))
        article = store.work(NOW)[0].article
        again = ArticleWrite(replace(article, labelled=True), tries=2, page_next_at=NOW + DAY, page_error="503")
        store.save_articles([again])
        assert store.work(NOW) == []
        (work,) = store.work(NOW + DAY)
        assert (work.want_page, work.tries) == (True, 2)

    def test_labels_are_wanted_while_a_page_waits(self, store: Store) -> None:
        """Meanwhile the article is labelled with the feed's text."""
        write_entries(store, make_write(page="pending"))
        article = store.work(NOW)[0].article
        store.save_articles([ArticleWrite(article, tries=1, page_next_at=NOW + DAY)])
        (work,) = store.work(NOW)
        assert not work.want_page

    def test_labels_made_meanwhile_do_not_end_the_wait(self, store: Store) -> None:
        """A page that failed is not asked before its time because its article was labelled from the feed."""
        write_entries(store, make_write(page="pending"))
        article = store.work(NOW)[0].article
        store.save_articles([ArticleWrite(article, tries=1, page_next_at=NOW + DAY)])
        (work,) = store.work(NOW)
        store.save_articles([ArticleWrite(replace(work.article, labelled=True), tries=work.tries)])
        assert store.work(NOW) == []
        assert [(work.want_page, work.tries) for work in store.work(NOW + DAY)] == [(True, 1)]

    def test_a_final_failure_is_asked_again_after_its_time(self, store: Store) -> None:
        """404 holds for the time given, without one for ever."""
        for url, until in ((URL, NOW + 30 * DAY), (OTHER, None)):
            write_entries(store, make_write(make_entry(url), page="pending"))
            store.save_articles([ArticleWrite(make_article(url, page="failed"), page_next_at=until)])
        assert store.work(NOW + 29 * DAY) == []
        assert [work.article.url for work in store.work(NOW + 30 * DAY)] == [URL]

    @pytest.mark.parametrize("sources", [None, ["acme"]])
    def test_everything_is_every_pending_page(self, store: Store, sources: list[str] | None) -> None:
        """Pages that wait for another try are due, those that were given up for a while are not."""
        for url, state in ((URL, "pending"), (OTHER, "failed")):
            write_entries(store, make_write(make_entry(url), page="pending"))
            store.save_articles([ArticleWrite(make_article(url, page=state), tries=1, page_next_at=NOW + DAY)])
        assert store.work(NOW, sources) == []
        works = store.work(NOW, sources, everything=True)
        assert [(work.article.url, work.want_page) for work in works] == [(URL, True)]
        assert store.work(NOW, sources, after=works[0].article.id, everything=True) == []

    def test_wake_wants_everything(self, store: Store) -> None:
        """Deferred pages and unlabelled articles become work, once."""
        write_entries(
            store,
            make_write(make_entry("https://acme.example/a"), page="deferred", label=False),
            make_write(make_entry("https://acme.example/b"), label=False),
        )
        add_article(store, "https://acme.example/c")
        assert store.work(NOW) == []
        assert store.wake() == 2
        assert {work.article.url[-1]: work.want_page for work in store.work(NOW)} == {"a": True, "b": False}
        assert store.wake() == 0

    def test_wake_can_be_asked_of_some_sources(self, store: Store) -> None:
        """Other sources sleep on."""
        write_entries(store, make_write(label=False))
        write_entries(store, make_write(make_entry(OTHER), owner="zeta", label=False), source="zeta")
        assert store.wake(["zeta"]) == 1
        assert [work.article.source for work in store.work(NOW)] == ["zeta"]
        assert store.wake([]) == 0

    def test_work_of_names_articles_whatever_their_state(self, store: Store) -> None:
        """Pages are not wanted, unknown ids are left out, order is by id."""
        write_entries(store, make_write(page="pending"), make_write(make_entry(OTHER), label=False))
        works = store.work_of([article_id(URL), article_id(OTHER), "0" * 16])
        assert [work.article.id for work in works] == sorted([article_id(URL), article_id(OTHER)])
        assert not any(work.want_page for work in works)

    def test_work_of_tells_what_became_of_the_page(self, store: Store) -> None:
        """Why it could not be read, and when it is asked again."""
        write_entries(store, make_write(page="pending"))
        (work,) = store.work_of([article_id(URL)])
        assert (work.page_error, work.tries) == (None, 0)
        again = NOW + timedelta(hours=4)
        store.save_articles([ArticleWrite(work.article, tries=2, page_next_at=again, page_error="503 Unavailable")])
        (work,) = store.work_of([article_id(URL)])
        assert (work.page_error, work.page_next_at, work.tries) == ("503 Unavailable", again, 2)

    def test_an_article_comes_back_as_it_was_read(self, store: Store) -> None:
        """Every field that reading makes survives the store."""
        write_entries(store, make_write(page="pending"))
        read = make_article(
            canonical_url="https://acme.example/blog/queues",
            published_at=datetime(2026, 11, 10, 9, 30, 0, 123456, timezone(timedelta(hours=2))),
            authors=("Ada Alder", "Bo"),
            roles=("sre",),
            audience="For SREs.",
            deck="A budget for a worker.",
            image=Image("https://acme.example/q.png", "A queue"),
            description="The author's own.",
            categories=("Infra", "日本語 🚀"),
            signals=Signals(
                words=12,
                code_blocks=1,
                images=2,
                headings=3,
                tables=1,
                numbers=4,
                links=5,
                promotion=0.25,
                topics=1,
                opening=1.5,
            ),
            page="done",
            noindex=True,
        )
        store.save_articles([ArticleWrite(read)])
        assert stored(store, URL) == read
        at = stored(store, URL).published_at
        assert at is not None
        assert at.tzinfo is UTC
        assert store.work(NOW + 100 * DAY) == []

    def test_reading_does_not_touch_what_the_store_decides(self, store: Store) -> None:
        """First sight, holding and the place among copies are not the reader's."""
        add_article(store, URL, held=True)
        add_article(store, OTHER)
        store.save_copies([], [], {article_id(URL): article_id(OTHER)})
        before = stored(store, URL)
        read = replace(
            before, first_seen_at=NOW - DAY, held=False, duplicate_of=None, also_at=("x",), issue=3, score=0.5
        )
        store.save_articles([ArticleWrite(read)])
        assert stored(store, URL) == before

    def test_reading_an_article_that_is_not_there_is_ignored(self, store: Store) -> None:
        """A reading makes no articles."""
        store.save_articles([ArticleWrite(make_article())])
        assert list(store.all_articles()) == []

    def test_further_addresses_are_addresses(self, store: Store) -> None:
        """After a redirect the article is found under the address that it led to."""
        write_entries(store, make_write())
        store.save_articles([ArticleWrite(make_article(), keys=(url_key(COPY),))])
        assert stored(store, COPY).id == article_id(URL)
        assert store.known("x", [url_key(COPY)], []).by_key[url_key(COPY)].article_id == article_id(URL)

    def test_an_address_of_another_article_joins_the_two(self, store: Store) -> None:
        """The one that was seen first stays; entries, addresses and ledger lines go over to it."""
        first = add_article(store, URL)
        second = add_article(store, COPY, source="mirror", first_seen_at=NOW + DAY)
        store.publish(make_record(), [make_line(second)])
        store.save_articles([ArticleWrite(second, keys=(url_key(URL),))])
        assert [article.id for article in store.all_articles()] == [first.id]
        assert stored(store, COPY).id == stored(store, URL).id == stored(store, second.id).id == first.id
        assert store.known("mirror", [url_key(COPY)], []).entries[0].article_id == first.id
        assert [line.article_id for line in store.ledger("default")] == [first.id]
        assert stored(store, URL).issue == 84
        assert store.publish(make_record(), [make_line(second)]) is False

    def test_two_articles_of_one_source_with_titles_of_their_own_stay_two(self, store: Store) -> None:
        """A template that names one page as the canonical one of all others swallows nothing."""
        third = "https://acme.example/blog/disks"
        titles = {URL: "Queues without tears", OTHER: "Rivers in spring", third: "Disks in autumn"}
        write_entries(store, *(make_write(make_entry(url, title)) for url, title in titles.items()))
        for url in (OTHER, third):
            read = make_article(url, title=titles[url], canonical_url=URL)
            store.save_articles([ArticleWrite(read, keys=(url_key(URL),))])
        assert {a.url: (a.title, a.canonical_url) for a in store.all_articles()} == {
            url: (title, url) for url, title in titles.items()
        }

    def test_one_article_of_a_source_under_two_addresses_is_one(self, store: Store) -> None:
        """Though one title has the site's name behind it."""
        write_entries(store, make_write(), make_write(make_entry(OTHER, "Queues without tears | Acme")))
        read = make_article(OTHER, title="Queues without tears | Acme", canonical_url=URL)
        store.save_articles([ArticleWrite(read, keys=(url_key(URL),))])
        assert len(list(store.all_articles())) == 1

    def test_joining_goes_by_first_sight_not_by_who_was_read(self, store: Store) -> None:
        """It is the same result from either side."""
        first = add_article(store, URL)
        add_article(store, COPY, source="mirror", first_seen_at=NOW + DAY)
        store.save_articles([ArticleWrite(first, keys=(url_key(COPY),))])
        assert [article.id for article in store.all_articles()] == [first.id]

    def test_articles_seen_at_once_join_to_the_smaller_id(self, store: Store) -> None:
        """Ties are decided by id."""
        a, b = add_article(store, URL), add_article(store, COPY, source="mirror")
        store.save_articles([ArticleWrite(a, keys=(url_key(COPY),))])
        assert [article.id for article in store.all_articles()] == [min(a.id, b.id)]

    def test_what_only_the_other_one_was_read_for_goes_over(self, store: Store) -> None:
        """An old article that nobody read takes the text of the one that was."""
        write_entries(store, make_write(label=False, page="deferred"))
        second = add_article(
            store, COPY, source="mirror", first_seen_at=NOW + DAY, text="Read.", signature=make_signature()
        )
        store.save_articles([ArticleWrite(second, make_signature(), keys=(url_key(URL),))])
        article = stored(store, URL)
        assert (article.source, article.url, article.text, article.labelled) == ("acme", URL, "Read.", True)
        assert [suspect.id for suspect in store.unsearched()] == [article.id]
        assert store.work(NOW + 100 * DAY) == []

    def test_a_chain_of_joins_in_one_batch(self, store: Store) -> None:
        """Three articles that name one another become one."""
        third = "https://third.example/q"
        first = add_article(store, URL)
        b = add_article(store, COPY, source="mirror", first_seen_at=NOW + DAY)
        c = add_article(store, third, source="third", first_seen_at=NOW + 2 * DAY)
        store.save_articles([ArticleWrite(c, keys=(url_key(COPY),)), ArticleWrite(b, keys=(url_key(URL), "new-key"))])
        assert [article.id for article in store.all_articles()] == [first.id]
        assert {stored(store, url).id for url in (URL, COPY, third, b.id, c.id)} == {first.id}
        known = store.known("third", ["new-key", url_key(third)], [])
        assert {owner.article_id for owner in known.by_key.values()} == {first.id}

    def test_a_joined_article_leaves_no_trace_among_copies(self, store: Store) -> None:
        """Its edges go, and what followed it follows the one that stayed."""
        first = add_article(store, URL)
        gone = add_article(store, COPY, source="mirror", first_seen_at=NOW + DAY, signature=make_signature(5))
        follower = add_article(store, OTHER, first_seen_at=NOW + 2 * DAY)
        store.save_copies([gone.id], [make_edge(gone, follower)], {follower.id: gone.id, gone.id: None})
        store.save_articles([ArticleWrite(first, keys=(url_key(COPY),))])
        assert stored(store, OTHER).duplicate_of == first.id
        assert store.edges([first.id, gone.id, follower.id]) == []
        probe = replace(store.members([follower.id])[0], signature=make_signature(5, title=99))
        assert store.suspects(probe) == []

    def test_a_leader_that_joins_its_own_copy_leads_nobody(self, store: Store) -> None:
        """No article follows itself."""
        first = add_article(store, URL)
        leader = add_article(store, COPY, source="mirror", first_seen_at=NOW + DAY)
        store.save_copies([], [], {first.id: leader.id, leader.id: None})
        store.save_articles([ArticleWrite(leader, keys=(url_key(URL),))])
        assert stored(store, URL).duplicate_of is None
        assert stored(store, URL).also_at == ()

    def test_a_write_that_names_a_joined_article_reaches_the_one_that_stayed(self, store: Store) -> None:
        """A decision made before the join is carried out after it."""
        first = add_article(store, URL)
        gone = add_article(store, COPY, source="mirror", first_seen_at=NOW + DAY)
        store.save_articles([ArticleWrite(first, keys=(url_key(COPY),))])
        third = "https://third.example/q"
        write_entries(store, make_write(make_entry(third), "copy", id=gone.id), source="third")
        store.save_articles([ArticleWrite(gone, keys=("late-key",))])
        assert stored(store, third).id == first.id
        assert store.known("x", ["late-key"], []).by_key["late-key"].article_id == first.id
        assert len(list(store.all_articles())) == 1

    def test_text_that_columns_cannot_hold_is_cleaned(self, store: Store) -> None:
        """NUL and lone surrogates are dropped, everything else stays to the character."""
        entry = make_entry(
            title="Nul\x00 and \ud800 gone, 🚀 e\u0301 kept", tags=("a\x00", "\udfff"), guid="g\x00\ud800"
        )
        write_entries(store, make_write(entry))
        assert stored(store, URL).title == "Nul and  gone, 🚀 e\u0301 kept"
        work = store.work(NOW)[0]
        assert work.entry.tags == ("a", "")
        assert len(store.known("acme", [], [entry.guid]).entries) == 1
