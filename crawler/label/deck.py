"""The deck: one sentence of at most thirty words that tells what an article is about."""

from __future__ import annotations

import re

from crawler.label.faults import fault_of
from crawler.label.leaning import leans
from crawler.label.lengths import word_count
from crawler.label.sentences import split_sentences
from crawler.label.verbless import lacks_verb

LONGEST = 30  # words
_PLACE_TO_CUT = re.compile(r", (?:which|while|where|and|but|so|with|as|including|such as)\b|; | [–—] |: | \(")
# Where a sentence may end that has no better place: what follows tells why or more of it, and is no condition.
_CLAUSE = re.compile(r" (?:which|where|because|so that|in order to|as well as|although)\b")
# "Part 1 introduced: ...": what it did to what comes after the colon
_LEADS_OVER = re.compile(
    r"(?:\w(?:ed|ing)|include[sd]?|contains?|covers?|supports?|provides?|are|is|was|were|like|as)$"
)
# "In cooperation with Acme, funded by a grant": who did what comes later
_NOT_BEGUN = re.compile(
    r"(?:In|With|Through|By|At|For|From|On|As|After|Before|Under) [^,]*, "
    r"(?:\w+ed|led|given|made) (?:by|from|with|in) [^,]*$"
)
_BY_WHOM = re.compile(r"[A-Z][a-z]+(?:ed|en|wn|lt) (?:by|on|in|with|from|for|as)\b")  # "Inspired by a map, ..."
_ASIDE = re.compile(r" \([^()]*\)")
_ATTRIBUTE = re.compile(r"^ [a-z]+ed (?=[a-z]+ (?:with|of|for|to|in|on)\b)")  # "enhanced support for"
_NO_MEMBER = frozenset(
    {"its", "this", "as", "is", "was", "has", "does", "thus", "whereas", "besides", "perhaps", "plus"}
)
_INTRODUCES = re.compile(r"(?:In|With|Through|By|At|For|From|On|As|After|Before|Under|When|While|If|Since|To) ")


def deck_of(own: list[str], chosen: list[str], others: list[str], summary: str) -> str:
    """The author's words where they are short enough, else the sentence that opens best, whole or cut at a clause.

    `chosen` are the summary's sentences, `others` all that could open it, best first; all are free of faults.
    """
    ranked = [*own[:1], *others[:1], *chosen[:1], *own[1:], *chosen[1:]]
    for text in ranked:
        if leans(text):
            continue
        short = text if word_count(text) <= LONGEST else _ASIDE.sub("", text)
        if word_count(short) <= LONGEST:
            return short
        if cut := cut_short(short) or cut_short(short, _CLAUSE):
            return cut
    for text in others:
        if word_count(text) <= LONGEST and not leans(text):
            return text
    first = split_sentences(summary)[:1]
    return first[0] if first and word_count(first[0]) <= LONGEST else cut_short(summary)


def _whole_series(head: str, rest: str) -> str:
    """ "Relay adds a cache, moves logs" of a series that goes on with `rest` ends with "and moves logs"."""
    before, comma, last = head.rpartition(", ")
    first = last.partition(" ")[0]
    member = re.match(r" [a-z]+s ", rest) or _ATTRIBUTE.match(rest) or lacks_verb(rest)
    alike = re.fullmatch(r"[a-z]+s", first) and member
    goes_on = comma and alike and first not in _NO_MEMBER and not _INTRODUCES.match(before) and not lacks_verb(before)
    return f"{before} and {last}" if goes_on else head


def cut_short(text: str, places: re.Pattern[str] = _PLACE_TO_CUT, *, longest: int = LONGEST) -> str:
    """The sentence up to a clause that it can do without, of at most `longest` words; empty where there is none."""
    for match in reversed(list(places.finditer(text))):
        head = text[: match.start()].rstrip(" ,;:–—-")
        in_series = match[0].startswith(", and") and "," in head and word_count(head.rpartition(",")[2]) < 5
        if (
            (_BY_WHOM.match(head) and lacks_verb(head.partition(" ")[2]))
            or _NOT_BEGUN.match(head)
            or (" not only " in head and " but " not in head)
        ):
            continue
        if ": " in head and lacks_verb(head.rpartition(": ")[2]):
            continue
        if match[0] == ": " and _LEADS_OVER.search(head):
            continue
        if in_series:  # "one, two, and three" ends at three only
            continue
        if match[0].startswith(", and"):
            head = _whole_series(head, text[match.end() :])
        if 10 <= word_count(head) <= longest and head.count("(") == head.count(")") and head.count('"') % 2 == 0:
            cut = head + "."
            if not fault_of(cut, lead=True) and not lacks_verb(_ASIDE.sub("", cut)):
                return cut
    return ""
