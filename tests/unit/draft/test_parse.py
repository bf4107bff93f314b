"""What people write in a draft is understood, and what is not understood is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.draft.chunks import plain_markdown
from crawler.draft.parse import parse_draft
from crawler.draft.write import write_draft
from crawler.errors import ConfigError, UserError
from crawler.model import Image, Issue, Section, SectionRule

FRONT = "---\nnumber: 84\ntitle: Weekend Reading\nwindow: 2026-11-09/2026-11-16\n---\n"
DRAFT = (
    FRONT
    + """
A word before we begin, with **weight**.

## Data & databases

These two go *together*.

### [A queue that forgets](https://one.example.org/queue)

<!-- I like this one -->
<!-- pin -->
👉 For backend engineers

![The queue](https://one.example.org/q.png)

Globex built a queue. It forgets.

It is fast, too.

- **Storage:** a log
    - with segments
- **Reads:** three times faster

*Globex · 12 min · #databases #event-log · also at [InfoQ](https://infoq.example/x)*

### An item of my own

No link, but `code` and a [link](https://two.example.org/).

> A quotation

```
### not a heading
```

## Odds and ends

### [Second](<https://three.example.org/a(b>)

* starred
* list

<!-- runners-up -->

### [Third](https://four.example.org/)
<!-- score: 0.41 -->

Maybe next week.
"""
)


def _issue(text: str = DRAFT, **given: object) -> Issue:
    return parse_draft(text, "issues/084.md", **given).issue  # type: ignore[arg-type]


def test_every_part_of_the_grammar_is_read() -> None:
    """Front matter, sections, items and runners-up with all their parts."""
    issue = _issue(sections=[SectionRule("data", "Data & databases", ("databases",))])
    assert (issue.number, issue.title, issue.show_sections) == (84, "Weekend Reading", True)
    assert issue.window.end_at == datetime(2026, 11, 16, tzinfo=UTC)
    assert [(s.tag, s.title) for s in issue.sections] == [
        ("data", "Data & databases"),
        ("odds-and-ends", "Odds and ends"),
    ]
    first = issue.items[0]
    assert (first.title, first.url, first.pinned) == ("A queue that forgets", "https://one.example.org/queue", True)
    assert first.audience == "For backend engineers"
    assert first.image == Image("https://one.example.org/q.png", "The queue")
    assert first.summary == "Globex built a queue. It forgets.\n\nIt is fast, too."
    assert first.notes.count("\n") == 2
    assert (first.company, first.minutes, first.tags) == ("Globex", 12, ("databases", "event-log"))
    assert first.also_at == (("InfoQ", "https://infoq.example/x"),)
    assert issue.items[2].url == "https://three.example.org/a(b"
    assert issue.items[2].notes == "* starred\n* list"
    assert [(r.title, r.score) for r in issue.runners_up] == [("Third", 0.41)]


def test_what_a_person_adds_is_kept_where_it_stands() -> None:
    """Text before the first heading, under a section and inside an item survives reading and writing."""
    issue = _issue()
    assert issue.opening == "A word before we begin, with **weight**."
    assert issue.sections[0].text == "These two go *together*."
    own = issue.items[1]
    assert (own.title, own.url) == ("An item of my own", "")
    assert own.summary == "No link, but code and a link."
    assert own.body.split("\n\n") == [
        "No link, but `code` and a [link](https://two.example.org/).",
        "> A quotation",
        "```\n### not a heading\n```",
    ]
    again = _issue(write_draft(issue))
    assert again == issue


@pytest.mark.parametrize(
    ("heading", "title", "url"),
    [
        ("🎉 [Title](https://t.example/a_(b))", "🎉 Title", "https://t.example/a_(b)"),
        ("1. [Title](<https://t.example/a b>) (video)", "1. Title (video)", "https://t.example/a b"),
        ("**[*Title*](https://t.example/ 'Words')**", "Title", "https://t.example/"),
        ("[One](https://t.example/1) and [two](https://t.example/2)", "One and two", "https://t.example/1"),
        ("<https://t.example/1>", "https://t.example/1", "https://t.example/1"),
        ("See https://t.example/1 there", "See https://t.example/1 there", "https://t.example/1"),
        ("![Map](https://t.example/m.png) No link", "Map No link", ""),
        ("[Not a link]", "[Not a link]", ""),
    ],
)
def test_an_item_keeps_its_link_whatever_stands_beside_it(heading: str, title: str, url: str) -> None:
    """People put signs, numbers and emphasis around the link of a heading."""
    (item,) = parse_draft(f"{FRONT}\n### {heading}\n\nWords.\n").issue.items
    assert (item.title, item.url) == (title, url)


def test_blank_lines_are_not_needed_to_tell_an_items_parts() -> None:
    """A program that tidies Markdown may take them out; code is left alone."""
    picture, facts = "![Alt](https://t.example/p.png)", "*Acme · 5 min · #rust*"
    code = f"```\n{picture}\n{facts}\n```"
    text = f"👉 For all\n{picture}\nIt was *built*.\n\n{code}\n{facts}"
    (item,) = parse_draft(f"{FRONT}\n### [T](https://t.example/)\n{text}\n").issue.items
    assert (item.audience, item.image) == ("For all", Image("https://t.example/p.png", "Alt"))
    assert (item.company, item.minutes, item.tags) == ("Acme", 5, ("rust",))
    assert item.body == f"It was *built*.\n\n{code}"


def test_a_line_break_and_blanks_in_code_are_kept() -> None:
    """Two blanks or a backslash break a line (CommonMark, section 6.7); other blanks at its end mean nothing."""
    text = "Roses  \nare red,\\\nviolets \nblue.\n\n```\nx  \n\n- y\n```"
    (item,) = parse_draft(f"{FRONT}\n### [T](https://t.example/)\n\n{text}\n").issue.items
    assert item.body == "Roses  \nare red,\\\nviolets\nblue.\n\n```\nx  \n\n- y\n```"
    assert item.summary == "Roses are red, violets blue."


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("5 * 3 ** 2 * n", "5 * 3 ** 2 * n"),
        ("2*n and f(x)", "2*n and f(x)"),
        ("*so* **it** ***is***, __here__ and ~~there~~", "so it is, here and there"),
        ("_one", "_one"),
        ("A* and [**bold** words](https://t.example/)", "A* and bold words"),
    ],
)
def test_only_what_is_a_mark_is_taken_for_one(markdown: str, words: str) -> None:
    """A star between blanks is a star, and so is one that has no partner (CommonMark, section 6.2)."""
    assert plain_markdown(markdown) == words


def test_comments_are_for_editors_only() -> None:
    """What stands in a comment is in no field."""
    assert "I like this one" not in repr(_issue())


def test_a_marker_inside_a_fence_or_a_comment_is_text() -> None:
    """Neither ends the issue."""
    text = (
        FRONT
        + "\n### [A](https://a.example.org/)\n\n```\n<!-- runners-up -->\n```\n\n<!--\n### [B](https://b.example.org/)\n-->\n"
    )
    issue = _issue(text)
    assert len(issue.items) == 1
    assert issue.runners_up == ()


def test_unknown_front_matter_is_kept() -> None:
    """A key of the site generator's stays with the draft."""
    draft = parse_draft(FRONT.replace("title:", "layout: post\ntitle:"))
    assert draft.extra == {"layout": "post"}


def test_windows_line_ends_and_a_byte_order_mark_are_no_trouble() -> None:
    """Editors on other systems save what they save."""
    assert _issue("\ufeff" + DRAFT.replace("\n", "\r\n")) == _issue()


@pytest.mark.parametrize(
    ("front", "problems"),
    [
        ("number: many\nwindow: soon\n", ["issues/084.md:2: number", "issues/084.md:3: window"]),
        ("number: 3000000000\nwindow: soon\n", ["issues/084.md:2: number", "issues/084.md:3: window"]),
        ("title: x\n", ["issues/084.md:2: number", "issues/084.md:2: window"]),
        ("number: 1\nwindow: 2026-11-16/2026-11-09\n", ["issues/084.md:3: window"]),
        ("number: 1\nwindow: 2026-11-09/2026-11-16\ntags: rust\ncover: x.png\n", ["issues/084.md:4: tags", "issues/084.md:5: cover"]),
        ("number: 1\nwindow: 9999-12-31/9999-12-31T12:00\n", ["issues/084.md:3: window"]),
        ("number: 1\nlead: This week: all\n", ["issues/084.md:3: not valid YAML: mapping values are not allowed in this context; put a text with a colon in it between quotes"]),
        ("number: [\n", ["issues/084.md:"]),
        ("number: 1\nwindow: 2026-11-09/2026-11-16\nlead: a\nlead: b\n", ["issues/084.md:5: lead: stands here for the second"]),
        ("- a\n", ["issues/084.md:1: the front matter"]),
    ],
)  # fmt: skip
def test_every_problem_of_the_front_matter_is_told_with_its_line(front: str, problems: list[str]) -> None:
    """All at once, with file and line."""
    with pytest.raises(ConfigError) as error:
        parse_draft(f"---\n{front}---\n", "issues/084.md")
    assert len(error.value.problems) == len(problems)
    for told, start in zip(error.value.problems, problems, strict=True):
        assert told.startswith(start)


@pytest.mark.parametrize(
    "notes",
    [
        "- first\n  ![A picture](https://t.example/p.png)\n- second",
        "- first\n\n  ![A picture](https://t.example/p.png)\n\n- second",
        "1. first\n   *Globex · 3 min*\n2. second",
    ],
)
def test_what_is_nested_in_a_list_stays_in_it(notes: str) -> None:
    """A picture below a point, or a line in emphasis there, is the point's and not the item's."""
    item = _issue(f"{FRONT}\n### [T](https://t.example/a)\n\nIt was built.\n\n{notes}\n\n*Acme · 5 min*\n").items[0]
    assert (item.notes, item.image, item.body) == (notes, None, "")
    assert (item.company, item.minutes) == ("Acme", 5)


@pytest.mark.parametrize("text", ["", "# Title\n", "---\nnumber: 1\n"])
def test_a_file_that_is_no_draft_says_so(text: str) -> None:
    """Without front matter nothing is guessed."""
    with pytest.raises(UserError, match=r"issues/084\.md:1:"):
        parse_draft(text, "issues/084.md")


def test_two_changes_that_met_in_the_front_matter_are_told_as_such() -> None:
    """Whatever command reads the file first: what the marks make of YAML is nothing to go by."""
    met = "---\n<<<<<<< HEAD\nnumber: 84\n=======\nnumber: 85\n>>>>>>> theirs\nwindow: 2026-11-09/2026-11-16\n---\n"
    with pytest.raises(UserError, match=r"issues/084\.md:2: two changes of this file met here; keep one and delete"):
        parse_draft(met, "issues/084.md")


def test_a_summary_that_begins_with_the_sign_of_audiences_is_a_summary() -> None:
    """Blogs like the sign, too; an item without an audience must not get one from their words."""
    (item,) = _issue(f"{FRONT}\n### [T](https://t.example/)\n\nWords.\n").items
    issue = replace(_issue(), sections=(Section("", "", (replace(item, summary="👉 Read on.\n\n👉 For all."),)),))
    (again,) = parse_draft(write_draft(issue)).issue.items
    assert (again.audience, again.summary, again.body) == ("", "👉 Read on.\n\n👉 For all.", "")
