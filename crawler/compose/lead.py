"""The lead paragraph: "This week: ..." with a clause an item, company first, "And ..." on the last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.compose.clause import clause_of
from crawler.compose.voice import Clause
from crawler.model import QUIET, Item, Window

MAX_CLAUSES = 5
MAX_WORDS = 85
_ENOUGH = 3  # clauses, from which on one that says nothing is left out
SHORTEST = 12  # room for less than this is not worth a clause


def lead_paragraph(items: Sequence[Item], window: Window | None = None) -> str:
    """The paragraph that opens an issue, from its items in their order (30 to 85 words for three items and more).

    Built from decks, summaries and titles only. No verb stands twice, a company has one clause unless the issue
    is short, and every clause is whole. An issue without items says that the week was quiet. Without a `window` it is
    of a week.
    """
    if not items:
        return QUIET
    clauses: list[Clause] = []
    used: set[str] = set()
    told = _tellers(items)
    spare = len(told) - _ENOUGH
    for item, again in told:
        if len(clauses) == MAX_CLAUSES:
            break
        clause = clause_of(item, used, again=again)
        if clause.empty and spare > 0:
            spare -= 1
            continue
        room = MAX_WORDS - _words(clauses) - 1
        if clause.words > room:
            clause = clause_of(item, used, again=again, limit=room)
        if clauses and (clause.words > room or room < SHORTEST):
            continue
        clauses.append(clause)
        used |= {clause.verb, clause.noun} - {""}
    return _joined(clauses, window.called if window else "This week")


def _tellers(items: Sequence[Item]) -> list[tuple[Item, bool]]:
    """The items that get a clause, and whether their company had one before: as many companies as possible."""
    first: list[tuple[Item, bool]] = []
    repeated: list[tuple[Item, bool]] = []
    seen: set[str] = set()
    for item in items:
        company = (item.company or "").casefold()
        (repeated if company and company in seen else first).append((item, bool(company) and company in seen))
        seen.add(company)
    wanted = max(0, min(3, len(items)) - len(first))
    told = first + repeated[:wanted]
    order = {id(item): n for n, item in enumerate(items)}
    return sorted(told, key=lambda pair: order[id(pair[0])])


def _words(clauses: Sequence[Clause]) -> int:
    return 2 + sum(c.words for c in clauses) + (len(clauses) > 1)


def _joined(clauses: Sequence[Clause], opening: str) -> str:
    sentences = []
    for index, clause in enumerate(clauses):
        text = clause.text
        if index in (0, len(clauses) - 1):
            text = re.sub(r"^The (?=\S)", "the ", text)
        if index == 0:
            text = f"{opening}: {text}"
        elif index == len(clauses) - 1:
            text = f"And {text}"
        else:
            text = re.sub(
                r"^(?:an?|the|another|one|two|three) ", lambda m: m[0].capitalize(), text
            )  # names keep their case
        sentences.append(_stopped(text))
    return " ".join(sentences)


def _stopped(text: str) -> str:
    if text.endswith((".”", "!”", "?”")):
        return text
    return text[:-1] + ".”" if text.endswith("”") else text + "."
