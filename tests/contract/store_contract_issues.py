"""Imports, issues, the ledger and the run lock: the part of the store's contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.errors import StoreBusy
from crawler.model import Signals, Window
from crawler.ports import ArticleQuery, ArticleWrite, KnownArticle, Store
from crawler.urls import url_key
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
    make_edge,
    make_entry,
    make_feed,
    make_line,
    make_record,
    make_signature,
    make_write,
    stored,
    write_entries,
)


class ImportContract:
    """Articles from an export."""

    def test_an_import_makes_articles(self, store: Store) -> None:
        """They come back as they were given, and count as changed once."""
        article = make_article(also_at=("https://x.example/1",), page="failed", held=True, noindex=True)
        writes = [ArticleWrite(article, make_signature()), ArticleWrite(make_article(OTHER))]
        assert store.add_articles(writes) == 2
        assert stored(store, URL) == article
        assert store.add_articles(writes) == 0
        assert [suspect.id for suspect in store.unsearched()] == [article.id]

    def test_importing_an_export_changes_nothing(self, store: Store) -> None:
        """Whatever state the articles are in."""
        leader = add_article(store, URL, signature=make_signature())
        copy = add_article(store, COPY, signature=make_signature())
        store.save_copies([leader.id, copy.id], [make_edge(leader, copy)], {leader.id: None, copy.id: leader.id})
        write_entries(store, make_write(make_entry(OTHER), page="pending", held=True))
        store.publish(make_record(), [make_line(leader)])
        before = contents(store)
        assert store.add_articles([ArticleWrite(article) for article in store.all_articles()]) == 0
        assert contents(store) == before

    def test_what_an_export_does_not_carry_is_kept(self, store: Store) -> None:
        """Signals, categories, holding and page state do not yield to their absence."""
        article = add_article(
            store, URL, held=True, signals=Signals(words=3), categories=("Infra",), description="D", page="done"
        )
        carried = replace(article, signals=Signals(), categories=(), description="", held=False, page="none")
        assert store.add_articles([ArticleWrite(carried)]) == 0
        assert stored(store, URL) == article

    def test_an_article_that_differs_is_replaced(self, store: Store) -> None:
        """What readers see follows the import; only it is counted."""
        article = add_article(store, URL)
        add_article(store, OTHER)
        changed = replace(article, summary="Another summary.", tags=("caches",))
        assert store.add_articles([ArticleWrite(changed), ArticleWrite(make_article(OTHER))]) == 1
        assert stored(store, URL) == changed

    def test_an_article_is_recognised_by_its_address(self, store: Store) -> None:
        """Another spelling with another id is the same article; its own id stays, the other leads to it."""
        article = add_article(store, URL)
        spelled = make_article("http://www.acme.example/queues/")
        assert spelled.id != article.id
        store.add_articles([ArticleWrite(spelled)])
        assert [article.id for article in store.all_articles()] == [article.id]
        assert stored(store, spelled.id).id == article.id

    def test_a_crawl_after_an_import_recognises_the_articles(self, store: Store) -> None:
        """There is an entry of the source with the address and guid, and the address is known."""
        article = make_article(guid="tag:1")
        store.add_articles([ArticleWrite(article)])
        known = store.known("acme", [url_key(URL)], ["tag:1"])
        assert known.by_key == {url_key(URL): KnownArticle(article.id, "acme")}
        assert [(entry.article_id, entry.hash) for entry in known.entries] == [(article.id, "")]
        assert store.work(NOW + 100 * DAY) == []

    def test_imported_copies_follow_their_leader(self, store: Store) -> None:
        """The relation comes with the articles, in whatever order they come."""
        leader, copy = make_article(URL), make_article(COPY)
        copy = replace(copy, duplicate_of=leader.id)
        store.add_articles([ArticleWrite(copy), ArticleWrite(leader)])
        assert stored(store, COPY).duplicate_of == leader.id

    def test_an_import_brings_no_ledger(self, store: Store) -> None:
        """Issue numbers are the ledger's, scores belong to a window."""
        store.add_articles([ArticleWrite(make_article(issue=84, score=0.5))])
        assert stored(store, URL).issue is None
        assert stored(store, URL).score is None

    def test_two_of_an_import_that_are_one(self, store: Store) -> None:
        """Two spellings within one batch become one article with one entry each."""
        a, b = make_article(URL), make_article("http://acme.example/queues/")
        store.add_articles([ArticleWrite(a), ArticleWrite(b)])
        assert len(list(store.all_articles())) == 1
        assert {stored(store, a.id).id, stored(store, b.id).id} == {stored(store, URL).id}

    def test_an_import_may_join_articles(self, store: Store) -> None:
        """A further address that belongs to another article joins the two, as when reading."""
        first = add_article(store, URL)
        late = make_article(COPY, first_seen_at=NOW + DAY, source="mirror")
        store.add_articles([ArticleWrite(late, keys=(url_key(URL),))])
        assert [article.id for article in store.all_articles()] == [first.id]
        assert store.known("mirror", [url_key(COPY)], []).entries[0].article_id == first.id


class IssueContract:
    """Composed and published issues, and the ledger."""

    def test_newsletters_are_those_with_articles_in_issues(self, store: Store) -> None:
        """By name, each once; an issue without articles is none's."""
        assert store.newsletters() == []
        article = add_article(store, URL)
        for profile, number in (("ml", 1), ("ml", 2), ("backend", 1)):
            store.publish(replace(make_record(number), profile=profile), [make_line(article, number)])
        store.publish(replace(make_record(3), profile="empty"), [])
        assert store.newsletters() == ["backend", "ml"]

    def test_publishing_writes_issue_and_ledger(self, store: Store) -> None:
        """Lines come back in their order, by issue number; articles tell their issue."""
        a, b = add_article(store, URL), add_article(store, OTHER)
        assert store.publish(make_record(85, window=_weeks(1), published_at=NOW), [make_line(b, 85)])
        assert store.publish(make_record(84, published_at=NOW), [make_line(b), make_line(a)])
        assert store.ledger("default") == [make_line(b), make_line(a), make_line(b, 85)]
        assert [record.number for record in store.issue_records("default")] == [84, 85]
        assert (stored(store, URL).issue, stored(store, OTHER).issue) == (84, 84)
        assert {article.issue for article in store.in_window(WEEK, 28)} == {84}
        assert {article.issue for article in store.articles(ArticleQuery())} == {84}

    def test_publishing_again_does_nothing_more(self, store: Store) -> None:
        """The same issue at another time is the same issue; its first time stays."""
        record, lines = make_record(published_at=NOW), [make_line(add_article(store, URL))]
        assert store.publish(record, lines) is True
        assert store.publish(replace(record, published_at=NOW + DAY), lines) is False
        assert store.issue_records("default") == [record]

    def test_publishing_a_corrected_issue_replaces_it(self, store: Store) -> None:
        """Its lines are those of the correction, its time that of the first publication."""
        a, b = add_article(store, URL), add_article(store, OTHER)
        store.publish(make_record(published_at=NOW), [make_line(a), make_line(b)])
        corrected = make_record(text="# Corrected\n", published_at=NOW + DAY)
        assert store.publish(corrected, [make_line(b)]) is True
        assert store.ledger("default") == [make_line(b)]
        assert store.issue_records("default") == [replace(corrected, published_at=NOW)]
        assert stored(store, URL).issue is None

    def test_profiles_have_their_own_numbers_and_ledgers(self, store: Store) -> None:
        """Only the default profile's issue is told by an article."""
        article = add_article(store, URL)
        store.publish(make_record(1, profile="ml", published_at=NOW), [make_line(article, 1)])
        store.save_composed(make_record(7))
        assert store.ledger("default") == []
        assert [record.number for record in store.issue_records("ml")] == [1]
        assert [record.number for record in store.issue_records("default")] == [7]
        assert stored(store, URL).issue is None

    def test_composing_remembers_one_text_a_window(self, store: Store) -> None:
        """Composed issues come after the published ones, and touch no ledger."""
        store.save_composed(make_record(86, "# First\n", window=_weeks(2)))
        store.save_composed(make_record(86, "# Second\n", window=_weeks(2)))
        store.save_composed(make_record(85, "# Other\n", window=_weeks(1)))
        store.publish(make_record(84, published_at=NOW), [])
        records = [(record.number, record.text, record.published_at) for record in store.issue_records("default")]
        assert records == [(84, "# Issue 84\n", NOW), (85, "# Other\n", None), (86, "# Second\n", None)]
        assert store.ledger("default") == []

    def test_publishing_ends_the_draft(self, store: Store) -> None:
        """What was composed for the window is no draft any more; other windows' drafts stay."""
        store.save_composed(make_record(84, "# Composed\n"))
        store.save_composed(make_record(85, "# Next\n", window=_weeks(1)))
        store.publish(make_record(84, "# Edited\n", published_at=NOW), [])
        assert [record.text for record in store.issue_records("default")] == ["# Edited\n", "# Next\n"]

    def test_what_was_composed_is_known_after_publishing(self, store: Store) -> None:
        """By number, whether it is a draft or not; under its last number where the editor gave it another."""
        store.save_composed(make_record(84, "# Composed\n"))
        assert store.composed("default", 84) == make_record(84, "# Composed\n")
        store.publish(make_record(85, "# Edited\n", published_at=NOW), [])
        assert store.composed("default", 85) == make_record(85, "# Composed\n")
        assert store.composed("default", 84) is None
        assert store.composed("ml", 85) is None

    def test_unpublishing_takes_issue_and_ledger_back(self, store: Store) -> None:
        """The record is a draft again, with what was composed; other issues stay as they are."""
        a, b = add_article(store, URL), add_article(store, OTHER)
        store.save_composed(make_record(85, "# Composed\n", window=_weeks(1)))
        store.publish(make_record(84, published_at=NOW), [make_line(a)])
        store.publish(make_record(85, "# Edited\n", window=_weeks(1), published_at=NOW), [make_line(b, 85)])
        assert store.unpublish("default", 85) is True
        assert store.ledger("default") == [make_line(a)]
        assert (stored(store, URL).issue, stored(store, OTHER).issue) == (84, None)
        drafts = [record for record in store.issue_records("default") if record.published_at is None]
        assert drafts == [make_record(85, "# Composed\n", window=_weeks(1))]
        assert store.unpublish("default", 85) is False
        assert store.unpublish("ml", 84) is False

    def test_unpublishing_keeps_the_number_where_nothing_was_composed(self, store: Store) -> None:
        """Nobody knows what the editor changed, which the empty text says."""
        store.publish(make_record(84, "# By hand\n", published_at=NOW), [])
        assert store.unpublish("default", 84) is True
        assert store.issue_records("default") == [make_record(84, "")]

    def test_a_published_issue_without_a_time_is_dated_by_its_window(self, store: Store) -> None:
        """It is published, whatever the record says."""
        store.publish(make_record(), [])
        assert store.issue_records("default")[0].published_at == WEEK.end_at


class DeliveryContract:
    """Who got what."""

    def test_who_got_an_issue_is_known(self, store: Store) -> None:
        """By profile, number and sink; told a second time it is the same."""
        assert store.sent("default", 84, "mail") == set()
        for recipient in ("ada@acme.example", "bo@acme.example", "ada@acme.example"):
            store.record_sent("default", 84, "mail", recipient, NOW)
        store.record_sent("default", 85, "mail", "cy@acme.example", NOW)
        store.record_sent("ml", 84, "mail", "cy@acme.example", NOW)
        store.record_sent("default", 84, "chat", "#general", NOW)
        assert store.sent("default", 84, "mail") == {"ada@acme.example", "bo@acme.example"}
        assert store.sent("default", 84, "chat") == {"#general"}

    def test_taking_an_issue_back_does_not_unsend_it(self, store: Store) -> None:
        """Whoever has read it would get it twice."""
        store.publish(make_record(84, published_at=NOW), [])
        store.record_sent("default", 84, "mail", "ada@acme.example", NOW)
        store.unpublish("default", 84)
        assert store.sent("default", 84, "mail") == {"ada@acme.example"}


class AnswerContract:
    """What a language model answered."""

    def test_an_answer_is_kept_as_it_came(self, store: Store) -> None:
        """By key, whatever it says; what was not asked is not there."""
        store.save_answer("a" * 64, "small", '{"summary": "Für Ärger: 💥\\n"}', NOW)
        store.save_answer("b" * 64, "small", "", NOW)
        assert store.answers(["a" * 64, "b" * 64, "c" * 64]) == {
            "a" * 64: '{"summary": "Für Ärger: 💥\\n"}',
            "b" * 64: "",
        }
        assert store.answers([]) == {}

    def test_the_first_answer_stays(self, store: Store) -> None:
        """Two runs that asked at once print the same from then on."""
        store.save_answer("a", "small", "First.", NOW)
        store.save_answer("a", "small", "Second.", NOW)
        assert store.answers(["a"]) == {"a": "First."}

    def test_more_answers_than_a_statement_takes(self, store: Store) -> None:
        """Keys are asked in pieces."""
        for number in range(3):
            store.save_answer(f"{number}", "small", f"{number}.", NOW)
        assert len(store.answers([str(number) for number in range(2500)])) == 3


class LockContract:
    """One run at a time."""

    def test_the_run_lock_is_exclusive_and_comes_free(self, store: Store) -> None:
        """A second run is refused at once with a message; the next one may start."""
        with store.run_lock():
            with pytest.raises(StoreBusy, match=r"run"), store.run_lock():
                pytest.fail("two runs at once")
            store.save_feeds([make_feed()])
        with store.run_lock():
            assert store.feeds()

    def test_the_run_lock_comes_free_after_an_error(self, store: Store) -> None:
        """A run that fails does not lock out the next."""
        with pytest.raises(RuntimeError), store.run_lock():
            raise RuntimeError
        with store.run_lock():
            pass


def _weeks(n: int) -> Window:
    return Window(WEEK.start_at + n * 7 * DAY, WEEK.end_at + n * 7 * DAY)
