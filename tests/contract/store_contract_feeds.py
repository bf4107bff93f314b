"""Sources, hosts, and what a feed said: the part of the store's contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.model import Article, HostState, PageState
from crawler.ports import ArticleWrite, KnownArticle, Store
from crawler.urls import article_id, url_key
from tests.support.stores import (
    COPY,
    DAY,
    NOW,
    OTHER,
    URL,
    WEEK,
    add_article,
    contents,
    make_article,
    make_entry,
    make_feed,
    make_feed_write,
    make_write,
    stored,
    write_entries,
)


class FeedContract:
    """Sources, hosts, and what a feed said."""

    def test_a_feed_comes_back_as_it_was_saved(self, store: Store) -> None:
        """Every field of a feed's state survives, validators byte for byte."""
        feed = make_feed(
            current_url="https://acme.example/new.xml",
            etag='W/"ä-1"',
            last_modified="Mon, 09 Nov 2026 08:00:00 GMT",
            body_hash="ab12",
            failures=3,
            last_error="time-out",
            last_checked_at=NOW,
            begun_at=NOW - 9 * DAY,
            backfilled_at=NOW - 8 * DAY,
            last_success_at=NOW - DAY,
            next_check_at=NOW + timedelta(microseconds=1),
            interval=3600.5,
            usual_new=1.25,
            move_target="https://acme.example/moved.xml",
            move_seen=2,
            language="en",
            move_since=NOW - 2 * DAY,
            asked_at=NOW - 10 * DAY,
            wait_seconds=7200,
            skip_hours=(0, 1, 23),
            skip_days=(5, 6),
        )
        store.save_feeds([feed, make_feed("zeta")])
        assert store.feeds() == {"acme": feed, "zeta": make_feed("zeta")}

    def test_saving_a_feed_again_replaces_it(self, store: Store) -> None:
        """A value that became None is None afterwards."""
        store.save_feeds([make_feed(etag="old", failures=2), make_feed("zeta")])
        store.save_feeds([make_feed(etag=None, failures=0)])
        assert store.feeds()["acme"] == make_feed()
        assert set(store.feeds()) == {"acme", "zeta"}

    def test_saving_nothing_does_nothing(self, store: Store) -> None:
        """Empty batches are legal everywhere."""
        store.save_feeds([])
        store.save_hosts([])
        store.save_articles([])
        store.save_copies([], [], {})
        assert store.add_articles([]) == 0
        assert not store.work_of([])
        assert not store.members([])
        assert not store.edges([])
        assert store.known("acme", [], []).entries == ()

    def test_hosts_come_back(self, store: Store) -> None:
        """robots.txt, its expiry and the pause of a host are remembered and replaced."""
        first = HostState("acme.example", "User-agent: *\n", NOW, NOW + DAY, 2.5)
        store.save_hosts([first, HostState("zeta.example")])
        store.save_hosts([HostState("zeta.example", robots_text="")])
        assert store.hosts() == {
            "acme.example": first,
            "zeta.example": HostState("zeta.example", robots_text=""),
        }

    def test_a_new_entry_makes_an_article(self, store: Store) -> None:
        """The article has what the publisher said and the time at which it was first seen."""
        write_entries(store, make_write(held=True, page="pending"))
        article = stored(store, URL)
        assert article == Article(
            id=article_id(URL),
            source="acme",
            guid=URL,
            url=URL,
            canonical_url=URL,
            title="Queues without tears",
            first_seen_at=NOW,
            published_at=WEEK.start_at + DAY,
            authors=("Ada Alder",),
            held=True,
            page="pending",
        )

    def test_state_and_entries_are_written_together(self, store: Store) -> None:
        """The validators that came with the entries are there with them."""
        store.write_feeds([make_feed_write(make_write(), etag='"1"')], NOW)
        assert store.feeds()["acme"].etag == '"1"'
        assert store.article(URL) is not None

    def test_the_same_write_again_changes_nothing(self, store: Store) -> None:
        """Twice the same document, twice the same store, but for the feed's state."""
        writes = [
            make_write(page="pending"),
            make_write(make_entry(OTHER)),
            make_write(make_entry(COPY), "copy", id=article_id(URL)),
        ]
        write_entries(store, *writes)
        before = contents(store)
        store.write_feeds([make_feed_write(*writes, etag='"2"')], NOW + DAY)
        after = contents(store)
        assert after.pop("feeds")["acme"].etag == '"2"'
        before.pop("feeds")
        assert after == before

    def test_an_entry_written_twice_keeps_its_first_sight(self, store: Store) -> None:
        """First sight is the first one."""
        write_entries(store, make_write())
        write_entries(store, make_write(), now=NOW + DAY)
        assert stored(store, URL).first_seen_at == NOW

    def test_known_tells_articles_of_all_sources_and_entries_of_this_one(self, store: Store) -> None:
        """A key that another source brought is known as an article, not as an entry of ours."""
        write_entries(store, make_write())
        write_entries(store, make_write(make_entry(OTHER), owner="zeta"), source="zeta")
        known = store.known("acme", [url_key(URL), url_key(OTHER), "nowhere"], [])
        assert known.by_key == {
            url_key(URL): KnownArticle(article_id(URL), "acme"),
            url_key(OTHER): KnownArticle(article_id(OTHER), "zeta"),
        }
        assert [entry.key for entry in known.entries] == [url_key(URL)]
        entry, write = known.entries[0], make_write()
        assert (entry.guid, entry.article_id, entry.hash) == (URL, article_id(URL), write.hash)
        assert (entry.title, entry.published_at) == (write.entry.title, write.entry.published_at)

    def test_known_finds_an_entry_by_its_guid(self, store: Store) -> None:
        """An article that moved to another address is recognised by its guid, within the source only."""
        write_entries(store, make_write(make_entry(guid="tag:1")))
        write_entries(store, make_write(make_entry(OTHER, guid="tag:1"), owner="zeta"), source="zeta")
        known = store.known("acme", ["elsewhere"], ["tag:1"])
        assert known.by_key == {}
        assert [entry.key for entry in known.entries] == [url_key(URL)]

    def test_known_lists_an_entry_once(self, store: Store) -> None:
        """An entry that shares both key and guid is one entry."""
        write_entries(store, make_write())
        assert len(store.known("acme", [url_key(URL)], [URL]).entries) == 1

    def test_known_tells_of_several_documents_at_once(self, store: Store) -> None:
        """Each is answered as if it had been asked alone."""
        write_entries(store, make_write())
        write_entries(store, make_write(make_entry(OTHER), owner="zeta"), source="zeta")
        asked = {
            "acme": ({url_key(URL), url_key(OTHER)}, {URL}),
            "zeta": ({url_key(OTHER)}, {"nothing"}),
            "new": ({url_key(URL)}, set[str]()),
        }
        assert store.known_all(asked) == {source: store.known(source, *what) for source, what in asked.items()}

    def test_feeds_that_are_stored_at_once_keep_their_order(self, store: Store) -> None:
        """The first of two that bring one article has it; the second, decided on the same, is told to decide again."""
        first, second = make_write(owner="acme"), make_write(owner="zeta")
        third = make_write(make_entry(OTHER), owner="third")
        writes = [
            make_feed_write(write, source=source, etag=f'"{source}"')
            for source, write in (("acme", first), ("zeta", second), ("third", third))
        ]
        assert store.write_feeds(writes, NOW) == ["zeta"]
        assert stored(store, URL).source == "acme"
        assert stored(store, OTHER).source == "third"
        assert store.feeds().keys() == {"acme", "third"}

    def test_known_takes_many_keys(self, store: Store) -> None:
        """A sitemap of thousands of addresses is one question."""
        urls = [f"https://acme.example/{n}" for n in range(1500)]
        write_entries(store, *(make_write(make_entry(url)) for url in urls))
        known = store.known("acme", [url_key(url) for url in urls], urls)
        assert len(known.by_key) == len(known.entries) == 1500

    def test_very_long_addresses_are_addresses(self, store: Store) -> None:
        """Two addresses and guids that differ after thousands of characters are two articles."""
        long = "https://acme.example/?q=" + "x" * 5000
        first, second = make_entry(long + "1"), make_entry(long + "2")
        write_entries(store, make_write(first), make_write(second))
        known = store.known("acme", [url_key(first.url), url_key(second.url)], [first.guid])
        assert set(known.by_key) == {url_key(first.url), url_key(second.url)}
        assert {entry.key for entry in known.entries} == set(known.by_key)
        assert stored(store, first.url).url == first.url
        assert stored(store, second.url).url == second.url

    def test_a_copy_adds_an_entry_and_an_address(self, store: Store) -> None:
        """The article is found under both addresses, and stays its owner's."""
        write_entries(store, make_write())
        write_entries(store, make_write(make_entry(COPY), "copy", id=article_id(URL)), source="mirror")
        assert stored(store, COPY) == stored(store, URL)
        assert stored(store, URL).source == "acme"
        assert len(store.known("mirror", [url_key(COPY)], []).entries) == 1
        assert len(list(store.all_articles())) == 1

    def test_an_owner_who_comes_later_owns_the_article(self, store: Store) -> None:
        """When the blog's own feed brings what an aggregator had, the article says what the blog says."""
        theirs = make_entry(title="Queues (via Acme)", authors=(), published_at=WEEK.start_at + 3 * DAY, guid="m-1")
        write_entries(store, make_write(theirs, owner="mirror"), source="mirror")
        write_entries(store, make_write(make_entry(guid="a-1"), "copy"), now=NOW + DAY)
        article = stored(store, URL)
        assert (article.source, article.guid, article.title) == ("acme", "a-1", "Queues without tears")
        assert article.published_at == WEEK.start_at + DAY
        assert article.authors == ("Ada Alder",)
        assert article.first_seen_at == NOW

    def test_the_order_in_which_owner_and_copy_come_does_not_matter(self, store: Store) -> None:
        """The article is the same, but for first sight, whoever was read first."""
        mirror = make_write(make_entry(title="Queues (via Acme)", guid="m-1"), owner="mirror")
        write_entries(store, mirror, source="mirror")
        write_entries(store, make_write(status="copy"))
        late_owner = stored(store, URL)
        other = make_entry(OTHER)
        write_entries(store, make_write(other))
        write_entries(store, make_write(replace(other, title="Via", guid="m-2"), "copy"), source="mirror")
        early_owner = stored(store, OTHER)
        as_other = replace(late_owner, id=article_id(OTHER), url=OTHER, guid=OTHER, canonical_url=OTHER)
        assert as_other == early_owner

    @pytest.mark.parametrize(
        ("read", "wanted", "page"),
        [
            ("none", "none", "none"),
            ("none", "pending", "pending"),
            ("done", "pending", "pending"),
            ("done", "none", "none"),
            ("pending", "none", "none"),
        ],
    )
    def test_what_was_read_for_a_former_owner_is_read_again(
        self, store: Store, read: PageState, wanted: PageState, page: PageState
    ) -> None:
        """As the owner's write asks, so that it does not matter who was read first."""
        entry = make_entry()
        write_entries(store, make_write(entry, owner="mirror", page="pending"), source="mirror")
        store.save_articles([ArticleWrite(make_article(source="mirror", page=read))])
        write_entries(store, make_write(entry, "copy", page=wanted))
        (work,) = store.work(NOW)
        assert (work.article.page, work.want_page) == (page, page == "pending")

    def test_a_page_that_was_read_is_kept_where_the_owner_defers_it(self, store: Store) -> None:
        """Nobody waits for an archive, and what is there need not be asked again."""
        write_entries(store, make_write(owner="mirror", page="pending"), source="mirror")
        store.save_articles([ArticleWrite(make_article(source="mirror", page="done"))])
        write_entries(store, make_write(status="copy", page="deferred", label=False))
        assert store.work(NOW) == []
        assert stored(store, URL).page == "done"

    def test_a_reading_begun_before_the_owner_changed_does_not_undo_it(self, store: Store) -> None:
        """What a slow reader writes late does not bring the former owner back."""
        write_entries(store, make_write(make_entry(title="Via", guid="m-1"), owner="mirror"), source="mirror")
        begun = store.work(NOW)[0].article
        write_entries(store, make_write(status="copy"))
        read = replace(begun, text="the aggregator's text", labelled=True)
        store.save_articles([ArticleWrite(read)])
        article = stored(store, URL)
        assert (article.source, article.title, article.guid) == ("acme", "Queues without tears", URL)
        assert [work.article.id for work in store.work(NOW)] == [article.id]

    def test_a_changed_entry_is_read_again(self, store: Store) -> None:
        """Title and page state follow the edit, and labels are wanted once more."""
        add_article(store, URL, page="done")
        edited = make_entry(title="Queues with fewer tears", content_html="<p>More.</p>")
        write_entries(store, make_write(edited, "changed", page="pending"))
        article = stored(store, URL)
        assert (article.title, article.page, article.labelled) == ("Queues with fewer tears", "pending", False)
        (work,) = store.work(NOW)
        assert work.want_page
        assert work.entry == edited

    def test_a_changed_entry_written_twice_is_read_once(self, store: Store) -> None:
        """The same edit again does not ask for the page again."""
        add_article(store, URL)
        write = make_write(make_entry(title="Edited"), "changed", page="pending")
        write_entries(store, write)
        store.save_articles([ArticleWrite(make_article(title="Edited", page="done"))])
        write_entries(store, write)
        assert store.work(NOW) == []
        assert stored(store, URL).labelled

    def test_a_redated_archive_keeps_its_dates(self, store: Store) -> None:
        """The earliest date that the owner stated stands."""
        write_entries(store, make_write())
        write_entries(store, make_write(make_entry(published_at=NOW), "changed"))
        assert stored(store, URL).published_at == WEEK.start_at + DAY
        write_entries(store, make_write(make_entry(published_at=WEEK.start_at), "changed"))
        assert stored(store, URL).published_at == WEEK.start_at

    def test_an_undated_article_takes_the_date_that_comes_later(self, store: Store) -> None:
        """A first date is better than none, and none does not erase it."""
        write_entries(store, make_write(make_entry(published_at=None)))
        write_entries(store, make_write(make_entry(), "changed"))
        write_entries(store, make_write(make_entry(published_at=None, title="Edited"), "changed"))
        assert stored(store, URL).published_at == WEEK.start_at + DAY

    def test_a_change_in_somebody_elses_copy_leaves_the_article(self, store: Store) -> None:
        """Only the owner's edits are edits of the article."""
        write_entries(store, make_write())
        copy = make_entry(COPY, title="Copied")
        write_entries(store, make_write(copy, "copy", id=article_id(URL)), source="mirror")
        before = stored(store, URL)
        edited = replace(copy, title="Copied, edited")
        write_entries(store, make_write(edited, "changed", id=article_id(URL)), source="mirror")
        assert stored(store, URL) == before
        assert store.known("mirror", [url_key(COPY)], []).entries[0].title == "Copied, edited"

    def test_an_entry_whose_article_vanished_makes_one(self, store: Store) -> None:
        """A decision that was made on an older state never leaves an entry without its article."""
        write_entries(store, make_write(make_entry(COPY), "copy", id=article_id(URL), owner="mirror"), source="mirror")
        assert stored(store, COPY).source == "mirror"
