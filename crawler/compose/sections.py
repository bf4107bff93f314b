"""Sections of an issue, by the taxonomy's rules."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import FORM_TAGS, Item, Section, SectionRule
from crawler.settings import IssueSettings

OTHER = SectionRule("more", "More reading", ())
SHOWN_ABOVE = 6


def section_id(tags: Sequence[str], rules: Sequence[SectionRule]) -> str:
    """The section of an article with these tags: the rule of its first tag that any rule knows, else `more`.

    Tags of its form count only where no other tag tells: a release of a database stands among the databases.
    """
    for tag in sorted(tags, key=lambda tag: tag in FORM_TAGS):
        for rule in rules:
            if tag in rule.tags:
                return rule.id
    return OTHER.id


def shows_sections(settings: IssueSettings, items: int) -> bool:
    """Headings help from seven items on, unless the settings say otherwise."""
    return items > SHOWN_ABOVE if settings.sections == "auto" else settings.sections


def arrange(items: Sequence[Item], rules: Sequence[SectionRule], settings: IssueSettings) -> tuple[Section, ...]:
    """Items (best first) as sections.

    Sections that `section_order` names come first, in that order; then that of the best item; `more`, for all that
    fits nowhere, comes last where it is not named. Without headings there is one nameless section, so that the order
    of the items is theirs alone.
    """
    if not items:
        return ()
    if not shows_sections(settings, len(items)):
        return (Section("", "", tuple(items)),)
    grouped: dict[str, list[Item]] = {}
    for item in items:
        grouped.setdefault(section_id(item.tags, rules), []).append(item)
    titles = {rule.id: rule.title for rule in (*rules, OTHER)} | dict(settings.section_titles)
    places = {name: place for place, name in enumerate(settings.section_order)}
    # Sorting is stable: what is not named stays in the order of its best items.
    order = sorted(grouped, key=lambda key: (places.get(key, len(places)), key == OTHER.id and key not in places))
    return tuple(Section(key, titles[key], tuple(grouped[key])) for key in order)
