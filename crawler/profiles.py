"""What a newsletter's settings say of the taxonomy: tags, kinds and sections that must be there."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from crawler.settings import Profile

if TYPE_CHECKING:
    from crawler.label.taxonomy.model import Taxonomy

Key = tuple[str | int, ...]
FALLBACK_SECTION = "more"


def unknown_words(profile: Profile, read: Callable[[], Taxonomy]) -> list[tuple[Key, str]]:
    """Places in the profile's settings that name what the taxonomy does not have, each with a message.

    `read` gives the taxonomy; it is asked only where something is named.
    """
    named = list(_named(profile))
    if not named:
        return []
    taxonomy = read()
    known: dict[str, Collection[str]] = {
        "tag": taxonomy.tags,
        "kind": taxonomy.kinds,
        "section": [*(rule.id for rule in taxonomy.sections()), FALLBACK_SECTION],
    }
    return [
        (key, f"there is no {what} `{word}` in the taxonomy{_nearest(word, known[what])}")
        for what, word, key in named
        if word not in known[what]
    ]


def _named(profile: Profile) -> Iterator[tuple[str, str, Key]]:
    issue = profile.issue
    for tag in issue.interests:
        yield "tag", tag, ("interests", tag)
    for name, choice in (("include", issue.include), ("exclude", issue.exclude)):
        yield from (("tag", tag, (name, "tags", place)) for place, tag in enumerate(choice.tags))
        yield from (("kind", kind, (name, "kinds", place)) for place, kind in enumerate(choice.kinds))
    yield from (("section", one, ("section_order", place)) for place, one in enumerate(issue.section_order))
    yield from (("section", one, ("section_titles", one)) for one in issue.section_titles)


def _nearest(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean `{near[0]}`?" if near else "; docs/taxonomy.md tells what there is"
