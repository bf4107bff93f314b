"""Promise 12: composing after the editor changed the draft keeps every change, and only adds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.draft.merge import merge_drafts
from crawler.draft.parse import parse_draft
from crawler.draft.write import write_draft
from crawler.errors import UserError
from crawler.model import Image, Issue, Item, Section, Window

WINDOW = Window(datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC))


def _item(name: str, summary: str = "It was built.", **given: object) -> Item:
    values: dict[str, object] = {
        "title": f"Title {name}",
        "url": f"https://{name}.example.org/a",
        "company": f"Company {name}",
        "audience": f"For people who like {name}",
        "summary": summary,
        "minutes": 5,
        "tags": ("rust",),
    }
    return Item(**{**values, **given})  # type: ignore[arg-type]


def _draft(groups: dict[str, list[Item]], runners: list[Item] | None = None, lead: str = "This week: one.") -> str:
    sections = tuple(Section("", title, tuple(items)) for title, items in groups.items())
    issue = Issue(
        number=84,
        title="Weekend Reading",
        tagline="A roundup.",
        lead=lead,
        window=WINDOW,
        sections=sections,
        tags=("rust",),
        show_sections=True,
        runners_up=tuple(runners or ()),
    )
    return write_draft(issue)


BASE = _draft({"Data": [_item("a"), _item("b")], "Infra": [_item("c")]}, [_item("r", score=0.4)])
NEW = _draft(
    {"Data": [_item("d"), _item("a", "It was rebuilt."), _item("b")], "Infra": [_item("c"), _item("e")]},
    [_item("r", score=0.4), _item("q", score=0.3)],
    lead="This week: two.",
)


def _names(text: str) -> list[str]:
    return [i.title[-1] for i in parse_draft(text).issue.items]


def _runners(text: str) -> list[str]:
    return [i.title[-1] for i in parse_draft(text).issue.runners_up]


def test_an_untouched_draft_becomes_what_is_composed_now() -> None:
    """Merging without edits is composing."""
    assert merge_drafts(BASE, BASE, NEW).text == NEW
    assert merge_drafts(BASE, BASE.replace("\n", "\r\n") + "\n", NEW).text == NEW
    assert merge_drafts(BASE, BASE, BASE).summary == ()


def test_the_editors_words_win_and_the_rest_follows() -> None:
    """A reworded audience line stays; the summary of the same item, untouched, is the new one."""
    edited = BASE.replace("For people who like a", "For Ann")
    merged = merge_drafts(BASE, edited, NEW)
    first = next(i for i in parse_draft(merged.text).issue.items if i.title == "Title a")
    assert (first.audience, first.summary) == ("For Ann", "It was rebuilt.")
    assert parse_draft(merged.text).issue.lead == "This week: two."


def test_deletions_stay_deleted_and_new_items_are_added_to_their_section() -> None:
    """What was taken out does not come back; new items stand at the end of their section."""
    edited = _draft({"Data": [_item("b")], "Infra": [_item("c")]}, [_item("r", score=0.4)])
    merged = merge_drafts(BASE, edited, NEW)
    assert _names(merged.text) == ["b", "d", "c", "e"]
    assert _runners(merged.text) == ["r", "q"]
    assert any("1 deletion kept" in line for line in merged.summary)
    assert any("2 new items added" in line for line in merged.summary)


def test_an_order_and_a_section_of_the_editors_own_stay() -> None:
    """Moved items stay where they were moved, under headings that were renamed or added."""
    edited = _draft({"Mine": [_item("c"), _item("b")], "Data": [_item("a")]}, [_item("r", score=0.4)])
    merged = merge_drafts(BASE, edited, NEW)
    assert _names(merged.text) == ["c", "b", "e", "a", "d"]


def test_a_runner_up_that_was_moved_up_stays_up() -> None:
    """It is in the issue, and below the line no more."""
    edited = _draft({"Data": [_item("r"), _item("a"), _item("b")], "Infra": [_item("c")]})
    merged = merge_drafts(BASE, edited, NEW)
    assert "r" in _names(merged.text)
    assert "r" not in _runners(merged.text)


def test_an_item_that_is_composed_no_more_stays() -> None:
    """Composing again only adds: an item of the draft is never taken away from the editor."""
    edited = BASE.replace("Title b", "Title changed b")
    merged = merge_drafts(BASE, edited, _draft({"Data": [_item("a")]}))
    assert "Title changed b" in merged.text
    assert _names(merged.text) == ["a", "b", "c"]


def test_conflicts_are_told() -> None:
    """Both changed the same summary: the editor's stays, and the summary of the merge says so."""
    edited = BASE.replace("It was built.", "We like it.", 1)
    merged = merge_drafts(BASE, edited, NEW)
    assert "We like it." in merged.text
    assert merged.summary[0] == "Title a: your text was kept, another was composed"


def test_front_matter_is_merged_by_key() -> None:
    """The editor's lead and own keys stay; the untouched tags follow."""
    edited = BASE.replace("This week: one.", "My lead.").replace("profile: default", "profile: default\nlayout: post")
    new = NEW.replace("- rust", "- go", 1)
    draft = parse_draft(merge_drafts(BASE, edited, new).text)
    assert (draft.issue.lead, draft.issue.tags, draft.extra) == ("My lead.", ("go",), {"layout": "post"})


_edits = st.lists(
    st.tuples(st.sampled_from(["drop", "reword", "retitle", "comment", "move", "insert"]), st.integers(0, 9)),
    max_size=6,
)


def _edited(text: str, edits: list[tuple[str, int]]) -> tuple[str, list[str]]:
    """The draft after an editor's work, and the words that must not be lost."""
    head, *items = text.split("\n### ")
    marks = []
    for number, (what, at) in enumerate(edits):
        if not items:
            break
        index = at % len(items)
        mark = f"edit{number}"
        if what == "drop":
            items.pop(index)
            continue
        if what == "move":
            items.insert(0, items.pop(index))
            continue
        if what == "reword":
            items[index] = items[index].replace("built", f"built {mark}", 1)
        elif what == "retitle":
            items[index] = items[index].replace("Title", f"Title {mark}", 1)
        elif what == "comment":
            items[index] = items[index].rstrip("\n") + f"\n\n<!-- {mark} -->\n\n"
        else:
            items.insert(index, f"[Own {mark}](https://own{mark}.example.org/)\n\nMy words.\n\n")
        marks.append(mark)
    edited = "\n### ".join([head, *items])
    return edited, [m for m in marks if m in edited]


@given(_edits, st.integers(0, 99))
@settings(max_examples=200, deadline=None)
def test_no_edit_is_lost_and_merging_again_changes_nothing(edits: list[tuple[str, int]], seed: int) -> None:
    """Under random edits and random new compositions: every mark stays, deleted items stay away, merging is idempotent."""
    draw = random.Random(seed)
    pool = [_item(n, f"It was built {draw.choice(['twice', 'once', 'well'])}.") for n in "abcdefgh"]
    draw.shuffle(pool)
    new = _draft({"Data": pool[:3], "More": pool[3:5]}, pool[5:], lead=f"This week: {seed}.")
    edited, marks = _edited(BASE, edits)
    merged = merge_drafts(BASE, edited, new).text
    assert all(mark in merged for mark in marks)
    urls = [i.url for i in (*parse_draft(merged).issue.items, *parse_draft(merged).issue.runners_up)]
    assert len(urls) == len(set(urls))
    before, kept = parse_draft(BASE).issue, parse_draft(edited).issue
    gone = {i.url for i in (*before.items, *before.runners_up)} - {i.url for i in (*kept.items, *kept.runners_up)}
    assert not gone & set(urls)
    assert {i.url for i in kept.items} <= set(urls)
    assert merge_drafts(new, merged, new).text == merged


def test_pins_and_notes_survive() -> None:
    """Comments of the editor's stay with their item."""
    edited = BASE.replace("👉 For people who like b", "<!-- pin -->\n\n👉 For people who like b")
    edited = edited.replace("*Company b", "- a note\n\n*Company b")
    merged = merge_drafts(BASE, edited, NEW).text
    item = next(i for i in parse_draft(merged).issue.items if i.title == "Title b")
    assert item.pinned
    assert item.notes == "- a note"


def test_runner_ups_follow_the_new_scores() -> None:
    """Untouched runners-up are those that are composed now."""
    edited = BASE.replace("Title a", "Title my a")
    new = replace(parse_draft(NEW).issue, runners_up=(_item("q", score=0.9),))
    assert _runners(merge_drafts(BASE, edited, write_draft(new)).text) == ["q"]


def test_two_items_of_one_address_keep_their_own_words() -> None:
    """An address pasted over another one is a slip: neither text is taken for the other's."""
    edited = BASE.replace("(https://b.example.org/a)", "(https://a.example.org/a)").replace("like b", "like my b")
    merged = merge_drafts(BASE, edited, BASE).text
    assert merged == edited
    assert merge_drafts(BASE, merged, NEW).text.count("like my b") == 1


def test_an_item_moved_below_the_line_stays_there() -> None:
    """It is neither lost nor chosen again, whatever is composed next."""
    start, end = BASE.index("### [Title b]"), BASE.index("## Infra")
    edited = BASE[:start] + BASE[end:] + "\n" + BASE[start:end]
    without = _draft({"Data": [_item("a")], "Infra": [_item("c")]}, [_item("r", score=0.4)])
    base = BASE
    for new in (BASE, without, NEW, NEW):
        merged = merge_drafts(base, edited, new)
        assert "b" not in _names(merged.text)
        assert _runners(merged.text).count("b") == 1
        base, edited = merged.base, merged.text


def test_what_stands_in_the_front_matter_stays_as_it_is_written() -> None:
    """Comments, quotes and order are the editor's; what is made anew changes its own lines alone."""
    edited = BASE.replace("title: Weekend Reading", "# mine\ntitle: 'Weekend Reading'  # too\nown: [a,  b]")
    edited = edited.replace("Title a", "Title my a")
    merged = merge_drafts(BASE, edited, NEW).text
    assert "# mine\ntitle: 'Weekend Reading'  # too\nown: [a,  b]\n" in merged
    assert "lead: 'This week: two.'\n" in merged
    assert merge_drafts(NEW, merged, NEW).text == merged


def test_front_matter_on_one_line_is_written_anew() -> None:
    """Where lines cannot be told apart, the values are what stays."""
    line = "{number: 84, title: My own, window: 2026-11-09/2026-11-16, lead: 'This week: one.', tags: [rust]}"
    edited = f"---\n{line}\n---\n" + BASE.split("---\n", 2)[2]
    issue = parse_draft(merge_drafts(BASE, edited, NEW).text).issue
    assert (issue.title, issue.lead) == ("My own", "This week: two.")


def test_blank_lines_and_line_breaks_stay() -> None:
    """A hard break is a change of its own, and blank lines below a heading are left as they are."""
    broken = BASE.replace("It was built.", "It was  \nbuilt.", 1)
    assert "It was  \nbuilt." in merge_drafts(BASE, broken, NEW).text
    close = BASE.replace("(https://a.example.org/a)\n\n", "(https://a.example.org/a)\n").replace("like b", "like my b")
    assert merge_drafts(BASE, close, BASE).text == close


OWN = """My intro:

- point one
- point two

And a conclusion.

```yaml
steps:

- name: x

*Not facts · 3 min*
```

![My own picture](https://mine.example.org/p.png)

<!-- ask Ann -->

> quote"""


def test_what_an_editor_wrote_below_an_item_keeps_its_order() -> None:
    """Code with blank lines stays whole, a list stays where it stands, and so do picture and comment."""
    edited = BASE.replace("It was built.", OWN, 1)
    new = BASE.replace("like a", "do a").replace("#rust", "#go")
    merged = merge_drafts(BASE, edited, new).text
    assert OWN in merged
    assert "do a" in merged
    assert merged == merge_drafts(new, merged, new).text


def test_new_items_find_a_section_that_was_renamed() -> None:
    """They stand with those that they would stand with, not at the end; where none is left, at the end."""
    renamed = merge_drafts(BASE, BASE.replace("## Data", "## Storage"), NEW).text
    assert _names(renamed) == ["a", "b", "d", "c", "e"]
    assert renamed.index("Title d") < renamed.index("## Infra")
    alone = BASE[: BASE.index("## Data")] + BASE[BASE.index("## Infra") :]
    assert _names(merge_drafts(BASE, alone, NEW).text) == ["c", "d", "e"]


def test_a_runner_up_that_is_chosen_now_takes_the_editors_words_along() -> None:
    """It stands in one place, and nothing of it is lost."""
    edited = BASE.replace("like r\n\nIt was built.", "like r\n\n<!-- ask Ann -->\n\nMy words on r.")
    merged = merge_drafts(
        BASE, edited, _draft({"Data": [_item("a"), _item("b"), _item("r")], "Infra": [_item("c")]})
    ).text
    assert (_names(merged), _runners(merged)) == (["a", "b", "r", "c"], [])
    assert merged.count("My words on r.") == merged.count("<!-- ask Ann -->") == 1
    assert "<!-- score" not in merged


def test_a_picture_that_is_found_later_takes_its_place() -> None:
    """What the draft did not have stands where it is written otherwise."""
    new = _draft(
        {"Data": [_item("a", image=Image("https://a.example.org/p.png", "Alt")), _item("b")], "Infra": [_item("c")]}
    )
    merged = merge_drafts(BASE, BASE.replace("It was built.", "I built it.", 1), new).text
    assert "like a\n\n![Alt](https://a.example.org/p.png)\n\nI built it.\n\n*Company" in merged


def test_a_draft_that_is_not_whole_is_refused_with_its_line() -> None:
    """What a comment swallows, down to the line of the runners-up, would be taken for deleted; of two changes that met
    both would stand there."""
    edited = BASE.replace("## Infra", "<!-- to do\n\n## Infra")
    line = edited[: edited.index("<!-- to do")].count("\n") + 1
    with pytest.raises(UserError, match=rf"^084\.md:{line}: a comment begins here and has no end; write -->"):
        merge_drafts(BASE, edited, NEW, "084.md")
    met = BASE.replace("It was built.", "<<<<<<< HEAD\nIt was built.\n=======\nIt is built.\n>>>>>>> theirs", 1)
    line = met[: met.index("<<<<<<<")].count("\n") + 1
    with pytest.raises(UserError, match=rf"^084\.md:{line}: two changes of this file met here"):
        merge_drafts(BASE, met, NEW, "084.md")
    closed = edited.replace("to do\n", "to do\n### [Not now](https://x.example.org/)\n-->\n")
    assert "### [Not now]" in merge_drafts(BASE, closed, NEW).text


def test_the_line_of_the_runners_up_may_be_gone_or_there_twice() -> None:
    """Without it what stood below is in the issue, which is told; a second one says nothing."""
    merged = merge_drafts(BASE, BASE.replace("<!-- runners-up -->\n\n", ""), BASE)
    assert "r" in _names(merged.text)
    assert any("<!-- runners-up --> is gone" in sentence for sentence in merged.summary)
    twice = BASE.replace("### [Title r]", "<!-- runners-up -->\n\nA word of mine.\n\n### [Title r]")
    merged = merge_drafts(BASE, twice, BASE)
    assert "A word of mine." in merged.text
    assert _runners(merged.text) == ["r"]
