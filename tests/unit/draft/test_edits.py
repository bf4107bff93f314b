"""Promise 12 under everything that an editor does: what they did stays, and merging again changes nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.draft.merge import merge_drafts
from crawler.draft.parse import parse_draft
from crawler.draft.write import front_matter, write_draft
from crawler.model import Image, Issue, Item, Section
from crawler.urls import url_key
from tests.support.editor import EDITS
from tests.unit.draft.test_merge import WINDOW

TITLES = ("Data", "Infra", "Web")


def item(name: str, summary: str) -> Item:
    return Item(
        title=f"Title {name}",
        url=f"https://{name}.example.org/a",
        company=f"Company {name}",
        audience=f"For people who like {name}",
        image=Image(f"https://{name}.example.org/i.png", f"Picture {name}"),
        summary=f"The team built {name}. {summary}",
        minutes=5,
        tags=("rust", "go"),
        score=0.4,
    )


def issue_of(groups: Sequence[Sequence[Item]], runners: Sequence[Item], lead: str) -> Issue:
    sections = tuple(Section("", title, tuple(group)) for title, group in zip(TITLES, groups, strict=False))
    return Issue(
        84, "Weekend Reading", "A roundup.", lead, WINDOW, sections, ("rust",), None, runners_up=tuple(runners)
    )


def front_of(items: Sequence[Item]) -> dict[str, Any]:
    """Stands for the composer: everything that it says names every item."""
    names = ", ".join(i.title for i in items)
    cover = next((i.image for i in items if i.image), None)
    front = front_matter(replace(issue_of([], [], f"This week: {names}."), cover=cover, tags=("made",)))
    return {key: front[key] for key in ("lead", "tags", "cover")}


def composed(seed: int) -> str:
    """What may be composed, by a seed."""
    draw = random.Random(seed)
    pool = [item(n, f"It was {draw.choice(['fast', 'slow', 'small'])}.") for n in "abcdefgh"]
    draw.shuffle(pool)
    cut = draw.randint(1, 6)
    groups = [[*pool[:cut][: cut // 2]], [*pool[:cut][cut // 2 :]]]
    chosen = [i for group in groups for i in group]
    issue = issue_of(groups, pool[cut : cut + draw.randint(0, 3)], "")
    return write_draft(replace(issue, lead=front_of(chosen)["lead"], tags=("made",), cover=chosen[0].image))


edits = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 9)), max_size=6)


def edited(text: str, made: Sequence[tuple[str, int]]) -> tuple[str, list[str]]:
    """The text after an editor's work, and what of it must stay: all marks that a later edit left there."""
    marks: list[str] = []
    for number, (name, at) in enumerate(made):
        text, told = EDITS[name](text, at, f"edit{number}")
        marks += told
    return text, [mark for mark in marks if mark in text]


def keys(items: Sequence[Item]) -> set[str]:
    return {url_key(i.url) or i.title for i in items}


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_edits_and_is_kept(name: str) -> None:
    """None of them is without effect, and composing the same again changes nothing of it."""
    base = write_draft(issue_of([[item("a", ""), item("b", "")], [item("c", "")]], [item("r", ""), item("q", "")], "x"))
    text, marks = edited(base, [(name, 1)])
    assert text != base
    merged = merge_drafts(base, text, base, front_of=front_of)
    assert all(mark in merged.text for mark in marks)
    if name not in ("pin_runner_up", "comment"):
        kept, now = parse_draft(text).issue, parse_draft(merged.text).issue
        assert replace(now, lead="", tags=(), cover=None) == replace(kept, lead="", tags=(), cover=None)


@given(edits, st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=400, deadline=None)
def test_no_edit_is_lost_whatever_is_composed_next(made: list[tuple[str, int]], first: int, second: int) -> None:
    """Words stay, order stays, deletions stay; nothing stands twice; composing again gives the same bytes."""
    base, new = composed(first), composed(second)
    text, marks = edited(base, made)
    merged = merge_drafts(base, text, new, front_of=front_of)
    if text == base:
        assert merged.text == merged.base == new
        return
    assert all(mark in merged.text for mark in marks)
    before, mine, now = (parse_draft(t).issue for t in (base, text, merged.text))
    stood = [url_key(i.url) or i.title for i in mine.items]
    assert [k for k in (url_key(i.url) or i.title for i in now.items) if k in stood] == stood
    gone = keys((*before.items, *before.runners_up)) - keys((*mine.items, *mine.runners_up))
    assert not gone & keys((*now.items, *now.runners_up))
    everywhere = [url_key(i.url) for i in (*now.items, *now.runners_up) if i.url]
    assert len(everywhere) == len(set(everywhere))
    again = merge_drafts(merged.base, merged.text, new, front_of=front_of)
    assert (again.text, again.base) == (merged.text, merged.base)


@given(edits, st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_an_untouched_lead_names_the_items_that_are_there(made: list[tuple[str, int]], first: int, second: int) -> None:
    """However they were chosen; a lead of the editor's own stays."""
    base, new = composed(first), composed(second)
    text, _ = edited(base, made)
    merged = merge_drafts(base, text, new, front_of=front_of)
    mine, now = parse_draft(text).issue, parse_draft(merged.text).issue
    if mine.lead != parse_draft(base).issue.lead:
        assert now.lead == mine.lead
    elif {i.url for i in now.items} == {i.url for i in parse_draft(new).issue.items}:
        assert now.lead in (front_of(now.items)["lead"], parse_draft(new).issue.lead)
    else:
        assert now.lead == front_of(now.items)["lead"]


def test_a_pin_keeps_an_item_that_would_not_be_chosen_now() -> None:
    """It stays in the issue, and does not come back below the line."""
    base = write_draft(issue_of([[item("a", ""), item("b", "")]], [item("c", "")], "x"))
    new = write_draft(issue_of([[item("b", ""), item("c", "")]], [item("a", "")], "x"))
    pinned = base.replace("👉 For people who like a", "<!-- pin -->\n\n👉 For people who like a")
    issue = parse_draft(merge_drafts(base, pinned, new).text).issue
    assert [(i.title[-1], i.pinned) for i in issue.items] == [("a", True), ("b", False), ("c", False)]
    assert issue.runners_up == ()


def test_a_pinned_runner_up_goes_up() -> None:
    """The pin says that it is wanted; its score is of no interest any more."""
    base = write_draft(issue_of([[item("a", "")]], [item("b", ""), item("c", "")], "x"))
    pinned = base.replace("👉 For people who like c", "<!-- pin -->\n\n👉 For people who like c")
    merged = merge_drafts(base, pinned, base)
    issue = parse_draft(merged.text).issue
    assert [(i.title[-1], i.pinned, i.score) for i in issue.items] == [("a", False, 0.0), ("c", True, 0.0)]
    assert [i.title[-1] for i in issue.runners_up] == ["b"]
    assert "1 pinned runner-up moved up" in merged.summary


def test_the_lead_follows_deletions_until_the_editor_touches_it() -> None:
    """First made anew for what is left, twice; then the editor's, for good."""
    base = write_draft(
        replace(issue_of([[item("a", ""), item("b", ""), item("c", "")]], [], "This week: all."), tags=("made",))
    )

    def without(text: str, name: str) -> str:
        start = text.index(f"### [Title {name}]")
        end = text.find("### ", start + 1)
        return text[:start] + (text[end:] if end > 0 else "")

    first = merge_drafts(base, without(base, "a"), base, front_of=front_of)
    assert parse_draft(first.text).issue.lead == "This week: Title b, Title c."
    assert "lead: made anew for the items that you chose" in first.summary
    second = merge_drafts(first.base, without(first.text, "b"), base, front_of=front_of)
    assert parse_draft(second.text).issue.lead == "This week: Title c."
    mine = second.text.replace("This week: Title c.", "This week: mine.")
    third = merge_drafts(second.base, mine, base, front_of=front_of)
    assert parse_draft(third.text).issue.lead == "This week: mine."
