"""Labels of a text that is not in English: what can be said without the rules, which are made for English."""

from __future__ import annotations

import re

from crawler.label.view import View
from crawler.model import Reason
from crawler.text import one_line

_SENTENCE = re.compile(r".+?(?:[.!?…](?=\s|$)|[。！？｡]|$)", re.DOTALL)
_NAME = re.compile(r"[A-Z][^A-Z]*[A-Z0-9]|\d")
_SURE = frozenset({"phrase", "category", "source", "project"})
_PLACES = frozenset({"title", "heading", "description", "url", "category", "source"})
_CJK_ENDS = ("。", "！", "｡")
_SHORTEST = 12  # characters
_DECK = 32  # words
MOST = 400  # characters; about the longest summary in English


def summarise_foreign(view: View) -> tuple[str, str, tuple[Reason, ...]]:
    """(summary, deck, reasons): the author's own description, else the text's first sentences, word for word."""
    description = one_line(view.description)
    place, text = ("description", description) if description else ("lead", one_line(view.lead))
    parts: list[str] = []
    for sentence in (match[0].strip() for match in _SENTENCE.finditer(text)):
        if len(parts) == 2 or not _is_whole(sentence) or sum(map(len, parts)) + len(sentence) > MOST:
            break
        parts.append(sentence)
    if not parts:
        return "", "", ()
    rule = "the author's own description" if place == "description" else "first sentences"
    reasons = tuple(Reason("summary", f"sentence {n}", rule, part, place, 1.0) for n, part in enumerate(parts, 1))
    joined = ("" if parts[0].endswith(_CJK_ENDS) else " ").join(parts)
    return joined, parts[0] if len(parts[0].split()) <= _DECK else "", reasons


def _is_whole(sentence: str) -> bool:
    """Whether it has an end, says something, and neither asks nor links."""
    ended = sentence.endswith((".", "!", *_CJK_ENDS))
    return ended and len(sentence) >= _SHORTEST and "?" not in sentence and "http" not in sentence


def sure_tags(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Those for topics that a text in any language tells: a term in its title, a category, or a name as PostgreSQL."""
    return tuple(reason for reason in reasons if _is_sure(reason))


def sure_kind(kind: str, reason: Reason) -> tuple[str, Reason]:
    """The kind where words or a category tell it; empty where only English habits would."""
    if reason.where in ("title", "category", "url") and reason.evidence:
        return kind, reason
    return "", Reason("kind", "", "not told in this language", "", "", 0.0)


def _is_sure(reason: Reason) -> bool:
    told = reason.rule in _SURE or reason.rule.startswith("broader than")
    return (told and reason.where in _PLACES) or _NAME.search(reason.evidence) is not None
