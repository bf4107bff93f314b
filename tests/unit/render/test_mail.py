"""Mail: a message that programs parse, with every style at its element, small enough to arrive whole."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import HealthCheck, given, settings

from crawler.model import Image, Issue, Item, Section
from crawler.render import render
from crawler.render.mail import MAX_BYTES
from crawler.render.options import RenderOptions
from tests.golden.issue import ISSUE
from tests.unit.draft.strategies import issues

LEAVE = "https://weekly.example/leave?" + "token=" + "x" * 150


def _read(issue: Issue, options: RenderOptions | None = None) -> EmailMessage:
    message = message_from_bytes(render(issue, "email", options or RenderOptions()), policy=default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert not part.defects
    return message


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert isinstance(body, EmailMessage)
    text = body.get_content()
    assert isinstance(text, str)
    return text


def test_the_message_is_an_alternative_of_text_and_markup() -> None:
    """RFC 2046 section 5.1.4: the plainest first."""
    message = _read(ISSUE)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Subject"] == "Weekend Reading #84"
    assert message["Date"].datetime == ISSUE.window.end_at
    assert str(message["From"]) == "Weekend Reading <newsletter@localhost.invalid>"
    assert "👉 For SREs, platform engineers" in _part(message, "plain")


def test_lines_are_as_mail_wants_them() -> None:
    """RFC 5322 section 2.1.1: CRLF, at most 998 octets, seven bits in bodies and headers."""
    made = render(ISSUE, "email", RenderOptions(unsubscribe=LEAVE, sender="Wöchentlich <w@weekly.example>"))
    assert made.count(b"\n") == made.count(b"\r\n")
    assert max(map(len, made.split(b"\r\n"))) <= 998
    assert made.isascii()


def test_readers_can_leave() -> None:
    """RFC 2369 and 8058, in a header whole and unencoded, and below the text of both parts."""
    message = _read(ISSUE, RenderOptions(unsubscribe=LEAVE))
    assert message["List-Unsubscribe"] == f"<{LEAVE}>"
    assert f"<{LEAVE}>".encode() in render(ISSUE, "email", RenderOptions(unsubscribe=LEAVE)).split(b"\r\n\r\n")[0]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f'href="{LEAVE}"' in _part(message, "html")
    assert LEAVE in _part(message, "plain")
    by_mail = _read(ISSUE, RenderOptions(unsubscribe="mailto:leave@weekly.example"))
    assert by_mail["List-Unsubscribe"] == "<mailto:leave@weekly.example>"
    assert by_mail["List-Unsubscribe-Post"] is None
    assert _read(ISSUE)["List-Unsubscribe"] is None


def test_the_same_issue_is_the_same_message() -> None:
    """Message-ID and boundary come from the issue; the domain from the sender."""
    options = RenderOptions(sender="Weekly <news@weekly.example>", base_url="https://weekly.example/")
    assert render(ISSUE, "email", options) == render(ISSUE, "email", options)
    first, second = _read(ISSUE, options), _read(replace(ISSUE, number=85), options)
    assert first["Message-ID"].endswith("@weekly.example>")
    assert first["Message-ID"] != second["Message-ID"]
    assert first["List-Id"] == second["List-Id"]


@given(issue=issues)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_word_becomes_a_header(issue: Issue) -> None:
    """Line breaks in titles stay out of the head of the message."""
    hostile = replace(issue, title=f"{issue.title}\r\nBcc: everybody@x.example\n\nBody")
    message = _read(hostile)
    assert message["Bcc"] is None
    assert set(message.keys()) <= {
        "From", "Subject", "Date", "Message-ID", "List-Id", "MIME-Version", "Content-Type",
    }  # fmt: skip


def test_styles_stand_at_the_elements() -> None:
    """Programs that drop style sheets lose nothing but dark mode; nothing is loaded but pictures."""
    markup = _part(_read(ISSUE), "html")
    sheets = re.findall(r"<style>(.*?)</style>", markup, re.DOTALL)
    assert all(
        rule.lstrip().startswith("@media") for sheet in sheets for rule in re.split(r"\n} ?", sheet) if rule.strip()
    )
    assert "prefers-color-scheme: dark" in "".join(sheets)
    for tag in ("h1", "h3", "p", "td"):
        for attributes in re.findall(rf"<{tag}(?=[ >])([^>]*)>", markup):
            assert "style=" in attributes, (tag, attributes)
    assert not re.search(r"<link|<script|@import|url\(", markup)
    assert all('role="presentation"' in table for table in re.findall(r"<table[^>]*>", markup))


def test_the_preheader_is_the_lead() -> None:
    """What an inbox shows beside the subject is the first text of the body, unseen in the message itself."""
    markup = _part(_read(ISSUE), "html")
    first = re.search(r"<body[^>]*>\s*<div([^>]*)>(.*?)</div>", markup, re.DOTALL)
    assert first
    assert "display:none" in first[1]
    assert first[2] == ISSUE.lead


@pytest.mark.parametrize(("count", "words"), [(12, 70), (60, 120), (250, 400)])
def test_a_long_issue_fits(count: int, words: int) -> None:
    """Under 100 KB with every title and link, whatever has to go."""
    items = tuple(
        Item(
            title=f"Article number {n} of a long week",
            url=f"https://blog{n}.example/post",
            company="Globex",
            audience="For everybody who builds something",
            image=Image(f"https://blog{n}.example/i.png", "A picture"),
            summary=" ".join(["wörter"] * words) + ".",
            deck="Wörter were counted.",
            minutes=5,
        )
        for n in range(count)
    )
    issue = replace(ISSUE, sections=(Section("", "", items),))
    made = render(issue, "email")
    assert len(made) < MAX_BYTES
    message = _read(issue)
    for kind in ("plain", "html"):
        text = _part(message, kind)
        assert all(item.url in text and item.title in text for item in items)
    assert ("wörter" in _part(message, "html")) == (count == 12)


def test_a_long_summary_without_a_deck_is_cut_to_its_first_paragraph() -> None:
    """As one of the editor's own; nothing at all stands there only where even that is too long."""
    items = tuple(
        Item(f"Own words {n}", f"https://own{n}.example/", summary="First part.\n\n" + "more " * 400) for n in range(60)
    )
    made = _part(_read(replace(ISSUE, sections=(Section("", "", items),))), "html")
    assert made.count("First part.") == 60
    assert "more more" not in made


def test_an_ordinary_issue_keeps_everything() -> None:
    """Nothing is given up before the limit."""
    assert _part(_read(ISSUE), "html").count("<img ") == 2
