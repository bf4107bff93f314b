"""The page that finds articles of the whole archive by their labels, and what its script asks for.

Articles are counted from the oldest one (0), so that files of older ones stay as they are while the archive grows. The
files are scripts that hand over data: a page that was opened from a disk may load these, but may not fetch anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from crawler.site.cards import CardMaker
from crawler.site.frame import page, script
from crawler.site.groups import Group, Groups
from crawler.site.lists import IsKnown, Page
from crawler.site.searching import shard_names
from crawler.site.values import ROOT, Card, Site

LABELS_A_FILE = 4000
CARDS_A_FILE = 100
_OFFERED = {"tag": 300, "company": 500}  # of the most frequent ones; all others are reached from their own pages
Options = tuple[str, str, list[tuple[str, str]]]


def find_page(site: Site, groups: Groups, count: int, issues: int) -> str:
    """A form for whoever runs scripts, and ways into the archive for everybody."""
    return page(
        site,
        "find.html",
        "site-find.html",
        "Find articles",
        f"{count} articles by words, form, company and topic.",
        count=count,
        shards=" ".join(shard_names(issues, count)),
        labels_a_file=LABELS_A_FILE,
        cards_a_file=CARDS_A_FILE,
        options=select_options(groups),
        kinds=list(groups.kinds.values()),
        topics=_largest(groups.tags, 24),
        companies=_largest(groups.companies, 24),
    )


def select_options(groups: Groups) -> list[Options]:
    """What can be chosen, as (parameter, words, [(value, words)])."""
    return [
        ("kind", "Form", [(label, f"{group.name} ({len(group.cards)})") for label, group in groups.kinds.items()]),
        ("company", "Company", _offered(groups.companies, "company")),
        ("tag", "Topic", _offered(groups.tags, "tag")),
    ]


def finding_files(cards: Sequence[Card], maker: CardMaker, is_known: IsKnown) -> Iterator[Page]:
    """(path, text) of the script and its data; `cards` newest first."""
    yield "find.js", script("site-find.js")
    for number, part in enumerate(_chunks(cards, LABELS_A_FILE)):
        path = f"find/labels-{number}.js"
        yield path, None if is_known(path, maker.mark(part)) else _handed("labels", number, _labels(part))
    for number, part in enumerate(_chunks(cards, CARDS_A_FILE)):
        path = f"find/cards-{number}.js"
        made = None if is_known(path, maker.mark(part)) else _handed("cards", number, list(map(maker.card, part)))
        yield path, made.replace(ROOT, "") if made else None


def _chunks(cards: Sequence[Card], size: int) -> Iterator[Sequence[Card]]:
    """Cards, newest first, in chunks from the oldest one, each oldest first."""
    oldest_first = cards[::-1]
    return (oldest_first[first : first + size] for first in range(0, len(cards), size))


def _labels(cards: Sequence[Card]) -> dict[str, object]:
    """Labels once each, and of each article their places: [form, company, topic, …]; -1 for none."""
    kinds, companies, tags = (
        {label: place for place, label in enumerate(dict.fromkeys(found))}
        for found in (
            (card.kind for card in cards if card.kind),
            (card.company for card in cards if card.company),
            (tag for card in cards for tag in card.tags),
        )
    )
    rows = [
        [kinds.get(card.kind, -1), companies.get(card.company, -1), *(tags[tag] for tag in card.tags)] for card in cards
    ]
    return {"kinds": list(kinds), "companies": list(companies), "tags": list(tags), "rows": rows}


def _handed(name: str, number: int, value: object) -> str:
    # JSON is JavaScript (ECMA-262 since 2019); NUL is what ROOT is made of and would be escaped.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\\u0000", ROOT)
    return f"archive.{name}({number},{text});\n"


def _offered(groups: Mapping[str, Group], name: str) -> list[tuple[str, str]]:
    largest = {group.path for group in _largest(groups, _OFFERED[name])}
    found = ((label, group) for label, group in groups.items() if group.path in largest)
    return [(label, f"{group.name} ({len(group.cards)})") for label, group in found]


def _largest(groups: Mapping[str, Group], count: int) -> list[Group]:
    return sorted(groups.values(), key=lambda group: (-len(group.cards), group.name))[:count]
