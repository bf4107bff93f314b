"""What a sentence is told as where it is too long or a part of it cannot be printed: without its asides, or up to a
clause that it can do without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.measures import word_count
from crawler.label.sentences.verbless import lacks_verb

LONGEST = 30  # words of a sentence that stands for an article by itself
_LEAST = 10  # words that are left
_TRUE_ONLY_WITH = r"\b(?:only|not|except|without|unless|if)\b"  # an aside that says so is none
_BRACKETS = re.compile(rf" \((?![^()]*{_TRUE_ONLY_WITH})[^()]*\)(?=[\s.,;:])")
# " — which we call so —", or to the end
_DASHES = re.compile(
    rf" [–—] (?![^–—]*{_TRUE_ONLY_WITH})"
    r"(?:which|who|where|that is|as|the same|an?|and|or|though|even)\b[^–—;:]*(?: [–—](?= )|(?=\.$))"
)
_PLACE_TO_CUT = re.compile(r", (?:which|while|where|and|but|so|with|as|including|such as)\b|; | [–—] |: | \(")
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


def shortened(text: str, longest: int) -> Iterator[str]:
    """The shorter forms of a sentence of at most `longest` words, those that keep most of it first."""
    plain = _DASHES.sub("", _BRACKETS.sub("", text))
    for form in (text, plain) if plain != text else (text,):
        words = word_count(form)
        if form is not text and _LEAST <= words <= longest:
            yield form
        if words > longest and (cut := cut_short(form, longest=longest)):
            yield cut


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


def _whole_series(head: str, rest: str) -> str:
    """ "Relay adds a cache, moves logs" of a series that goes on with `rest` ends with "and moves logs"."""
    before, comma, last = head.rpartition(", ")
    first = last.partition(" ")[0]
    member = re.match(r" [a-z]+s ", rest) or _ATTRIBUTE.match(rest) or lacks_verb(rest)
    alike = re.fullmatch(r"[a-z]+s", first) and member
    goes_on = comma and alike and first not in _NO_MEMBER and not _INTRODUCES.match(before) and not lacks_verb(before)
    return f"{before} and {last}" if goes_on else head
