"""Feeds whose entries share an address: release notes on one page, episodes that link to their show."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from crawler.model import Entry
from crawler.read import read_document
from crawler.urls import is_entry_url, url_key

_FEED = "https://acme.example/notes.xml"
_PAGE = "https://acme.example/release-notes"


def rss(items: Sequence[tuple[str, str, str]], home: str = "https://acme.example/") -> tuple[Entry, ...]:
    """The entries of a feed of (title, link, guid)."""
    written = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid>"
        f"<description>What is new in {title}.</description></item>"
        for title, link, guid in items
    )
    body = f"<rss version='2.0'><channel><title>N</title><link>{home}</link>{written}</channel></rss>".encode()
    return read_document("feed", body, _FEED).entries


def notes(*days: int) -> tuple[Entry, ...]:
    return rss([(f"November {day}", f"{_PAGE}#nov-{day}", f"tag:{day}") for day in days])


def test_notes_on_one_page_are_entries_of_their_own_that_still_lead_to_their_place() -> None:
    entries = notes(22, 21)
    assert len({url_key(entry.url) for entry in entries}) == 2
    assert all(entry.url.startswith(f"{_PAGE}?entry=") for entry in entries)
    assert [entry.url.partition("#")[2] for entry in entries] == ["nov-22", "nov-21"]
    assert all(is_entry_url(entry.url) for entry in entries)


def test_a_new_note_leaves_the_others_their_addresses() -> None:
    assert {entry.url for entry in notes(22, 21)} < {entry.url for entry in notes(23, 22, 21)}


@pytest.mark.parametrize("count", [2, 5])
def test_episodes_that_link_to_their_show_are_entries_of_their_own(count: int) -> None:
    show = "https://show.example/?lang=en"
    entries = rss([(f"Episode {n}", show, f"uuid-{n}") for n in range(count)], home=show)
    assert len({url_key(entry.url) for entry in entries}) == count
    assert all(entry.url.startswith(f"{show}&entry=") for entry in entries)


def test_without_guids_fragments_or_titles_name_them() -> None:
    by_title = rss([(f"Version {n}", _PAGE, _PAGE) for n in range(3)])
    by_place = rss([(f"Version {n}", f"{_PAGE}#v{n}", f"{_PAGE}#v{n}") for n in range(3)])
    renamed = rss([(f"v{n}", f"{_PAGE}#v{n}", f"{_PAGE}#v{n}") for n in range(3)])
    assert len({url_key(entry.url) for entry in by_title}) == 3
    assert [entry.url for entry in by_place] == [entry.url for entry in renamed]


def test_one_article_told_twice_is_one() -> None:
    twice = rss([("A cache", _PAGE, "1"), ("A cache", _PAGE, "2"), ("A queue", f"{_PAGE}/queue", "3")])
    assert [entry.url for entry in twice] == [_PAGE, _PAGE, f"{_PAGE}/queue"]
    edited = rss([("A cache, mended", _PAGE, "1"), ("A cache", _PAGE, "2")])
    assert {entry.url for entry in edited} == {_PAGE}
    assert not any(is_entry_url(entry.url) for entry in (*twice, *edited))


def test_atom_and_json_feeds_alike() -> None:
    atom = "".join(
        f"<entry><id>urn:{n}</id><title>Note {n}</title><link href='{_PAGE}#n{n}'/><summary>N</summary></entry>"
        for n in range(2)
    )
    body = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title>{atom}</feed>".encode()
    items = [{"id": f"urn:{n}", "title": f"Note {n}", "url": f"{_PAGE}#n{n}", "content_text": "N"} for n in range(2)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": items}
    of_atom = read_document("feed", body, _FEED).entries
    of_json = read_document("feed", json.dumps(feed).encode(), _FEED).entries
    assert [entry.url for entry in of_atom] == [entry.url for entry in of_json]
    assert len({url_key(entry.url) for entry in of_atom}) == 2


def test_what_has_no_address_at_all_has_no_page() -> None:
    body = b"<rss><channel><item><title>T</title><description>Words of its own.</description></item></channel></rss>"
    (entry,) = read_document("feed", body, _FEED).entries
    assert entry.url.startswith(f"{_FEED}?entry=")
    assert is_entry_url(entry.url)


def test_routes_of_a_page_that_is_a_program_are_addresses_already() -> None:
    entries = rss([(f"Note {n}", f"https://acme.example/#/notes/{n}", f"tag:{n}") for n in range(3)])
    assert [entry.url for entry in entries] == [f"https://acme.example/#/notes/{n}" for n in range(3)]


def test_one_page_in_several_spellings_is_one_page() -> None:
    spelled = [
        "https://acme.example/notes",
        "http://www.acme.example/notes/",
        "https://acme.example/notes?utm_source=rss",
    ]
    entries = rss([(f"Note {n}", url, f"tag:{n}") for n, url in enumerate(spelled)])
    assert len({url_key(entry.url) for entry in entries}) == 3
