"""Thirty things that an editor does to a draft, each as a function of its text.

An edit takes the draft, a number that chooses the place, and a word of its own; it gives the new text and the words
that must be found in the draft ever after. Where there is nothing to edit, the text comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Edited = tuple[str, tuple[str, ...]]
Edit = Callable[[str, int, str], Edited]
_ITEM = re.compile(r"^### .*?(?=^#{2,3} |^<!-- runners-up -->|\Z)", re.MULTILINE | re.DOTALL)
_MARK = "<!-- runners-up -->"


def _items(text: str, *, below: bool = False) -> list[re.Match[str]]:
    mark = text.find(_MARK)
    end = len(text) if mark < 0 else mark
    return [m for m in _ITEM.finditer(text) if (m.start() > end) == below]


def _within(text: str, at: int, old: str, new: str, *told: str) -> Edited:
    """Replace a pattern once, in the first item from the chosen one on that has it."""
    items = _items(text)
    for item in items[at % len(items) :] + items[: at % len(items)] if items else []:
        changed, count = re.subn(old, new, item[0], count=1, flags=re.MULTILINE)
        if count:
            return text[: item.start()] + changed + text[item.end() :], told
    return text, ()


def _front(text: str, key: str, value: str, *told: str) -> Edited:
    changed, count = re.subn(rf"^{key}:.*\n", f"{key}: {value}\n", text, count=1, flags=re.MULTILINE)
    return (changed, told) if count else (text, ())


def retitle(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^### \[", f"### [{word} ", word)


def reword_summary(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^(?=[A-Z][a-z])", f"{word} it is. ", word)


def reword_audience(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^👉 .*", f"👉 For {word}", word)


def change_alt(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^!\[.*?\]\(", f"![{word}](", word)


def replace_image(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^!\[.*\]\(.*\)", f"![{word}](https://img.example/{word}.png)", word)


def add_image(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^👉 .*", rf"\g<0>\n\n![{word}](https://img.example/{word}.png)", word)


def remove_image(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^!\[.*\]\(.*\)\n\n", "")


def change_tags(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r" · #", f" · #{word} #", word)


def change_company(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^\*(?=\w)", f"*{word} ", word)


def pin(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^(?=👉)", f"<!-- pin -->\n<!-- {word} -->\n\n", word)


def comment(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"\Z", f"<!-- {word}\nover two lines -->\n\n", word)


def add_notes(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^(?=\*\w)", f"1. **Point:** {word}\n   - more\n2. next\n\n", word)


def add_quotation(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^(?=\*\w)", f"> {word}, they say.\n\n", word)


def add_code(text: str, at: int, word: str) -> Edited:
    return _within(text, at, r"^(?=\*\w)", f"```sh\n# {word}\n```\n\n", word)


def delete_item(text: str, at: int, word: str) -> Edited:
    items = _items(text)
    if not items:
        return text, ()
    gone = items[at % len(items)]
    return text[: gone.start()] + text[gone.end() :], ()


def move_item_up(text: str, at: int, word: str) -> Edited:
    items = _items(text)
    if len(items) < 2:
        return text, ()
    first, moved = items[0], items[1 + at % (len(items) - 1)]
    rest = text[: moved.start()] + text[moved.end() :]
    return rest[: first.start()] + moved[0] + rest[first.start() :], ()


def add_item(text: str, at: int, word: str) -> Edited:
    own = f"### [Own {word}](https://{word}.example/)\n\n👉 For {word}\n\nWords of my own.\n\n"
    items = _items(text)
    place = items[at % len(items)].start() if items else text.find(_MARK)
    return (text, ()) if place < 0 else (text[:place] + own + text[place:], (f"Own {word}", f"For {word}"))


def add_item_without_link(text: str, at: int, word: str) -> Edited:
    items = _items(text)
    place = items[-1].end() if items else -1
    return (text, ()) if place < 0 else (text[:place] + f"### Note {word}\n\nJust words.\n\n" + text[place:], (word,))


def add_section(text: str, at: int, word: str) -> Edited:
    items = _items(text)
    if not items:
        return text, ()
    place = items[at % len(items)].start()
    return text[:place] + f"## Part {word}\n\nOn *{word}*.\n\n" + text[place:], (f"## Part {word}", f"On *{word}*")


def rename_section(text: str, at: int, word: str) -> Edited:
    changed, count = re.subn(r"^## .*", f"## {word}", text, count=1, flags=re.MULTILINE)
    return changed, (word,) if count else ()


def remove_section(text: str, at: int, word: str) -> Edited:
    return re.sub(r"^## .*\n\n", "", text, count=1, flags=re.MULTILINE), ()


def move_runner_up(text: str, at: int, word: str) -> Edited:
    runners, items = _items(text, below=True), _items(text)
    if not runners or not items:
        return text, ()
    runner = runners[at % len(runners)]
    rest = text[: runner.start()] + text[runner.end() :]
    up = re.sub(r"<!-- score: .*? -->\n*", "", runner[0]).rstrip("\n") + "\n\n"
    url = re.match(r"### \[.*\]\((\S+)\)", runner[0])
    return rest[: items[0].start()] + up + rest[items[0].start() :], (url[1],) if url else ()


def move_item_down(text: str, at: int, word: str) -> Edited:
    items = _items(text)
    if len(items) < 2 or _MARK not in text:
        return text, ()
    moved = items[at % len(items)]
    rest = text[: moved.start()] + text[moved.end() :]
    head, mark, below = rest.partition(_MARK)
    down = moved[0].rstrip("\n").replace("\n", f"\n\n<!-- {word} -->\n", 1)
    return f"{head}{mark}\n\n{down}\n{below}", (word,)


def comment_in_front(text: str, at: int, word: str) -> Edited:
    return text.replace("\nprofile:", f"\n# {word}\nprofile:", 1), (word,)


def delete_runner_up(text: str, at: int, word: str) -> Edited:
    runners = _items(text, below=True)
    if not runners:
        return text, ()
    gone = runners[at % len(runners)]
    return text[: gone.start()] + text[gone.end() :], ()


def pin_runner_up(text: str, at: int, word: str) -> Edited:
    runners = _items(text, below=True)
    if not runners:
        return text, ()
    runner = runners[at % len(runners)]
    pinned = runner[0].replace("\n", f"\n\n<!-- pin -->\n\n<!-- {word} -->\n", 1)
    return text[: runner.start()] + pinned + text[runner.end() :], (word,)


def reword_lead(text: str, at: int, word: str) -> Edited:
    return _front(text, "lead", f"My {word}.", word)


def reword_tagline(text: str, at: int, word: str) -> Edited:
    return _front(text, "tagline", f"My {word}", word)


def add_key(text: str, at: int, word: str) -> Edited:
    return text.replace("profile:", f"{word}: yes\nprofile:", 1), (word,)


def add_opening(text: str, at: int, word: str) -> Edited:
    head, mark, rest = text.partition("\n---\n")
    return f"{head}{mark}\nBefore we begin: **{word}**.\n{rest}", (word,)


EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        retitle, reword_summary, reword_audience, change_alt, replace_image, add_image, remove_image, change_tags,
        change_company, pin, comment, add_notes, add_quotation, add_code, delete_item, move_item_up, add_item,
        add_item_without_link, add_section, rename_section, remove_section, move_runner_up, delete_runner_up,
        pin_runner_up, move_item_down, reword_lead, reword_tagline, add_key, comment_in_front, add_opening,
    )
}  # fmt: skip
