"""A sentence that leans on what stands before it by its first words alone, told so that it may open a summary: "Last
summer, Acme moved its queue" without the season, "This is the second part of a series" as what the post is.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from crawler.label.edits.shortening import cut_short
from crawler.label.sentences.standalone import SEARCHED, leans

_AT_ONCE = 3  # sentences in which "this" is the article, or what it is about
_LEAST = 30  # characters of what is left
_TELLING = frozenset({"acts", "announces"})  # signs of a sentence whose "so" is only how a story goes on
# "Earlier this summer, the team", "Last year on April 1st the author": when it was counts from a day nobody knows.
_SPAN = r"(?:days?|weeks?|weekend|months?|quarter|semester|term|years?|spring|summer|autumn|fall|winter|night)"
_SOME = r"(?:few|couple of|several|two|three|four|five|six|\d+)"
_NEAR = rf"(?:the )?(?:this|last|past)(?: past| {_SOME})? {_SPAN}"
_AGO = rf"(?:an?|one|{_SOME}|a {_SOME}) {_SPAN} ago"
_DATED = (
    r"(?:,? (?:on|in|at) (?:[A-Z]\w+|the \w+|\d+)(?: \d+(?:st|nd|rd|th)?)?(?=,| [A-Zt])|"
    r",? (?:on|in|at|during) (?:an?|the|its|their) [^,]{3,40}(?=,))?"
)
_WHO = r"(?:the (?:author|(?:[\w-]+ )?(?:team|project|community|maintainers|developers))\b|[A-Z0-9])"
_BEFORE = r"(?:(?:earlier|late|early|back|in|over|during|for|at) )?"
_WHEN = re.compile(rf"(?i:{_BEFORE}(?:{_NEAR}|{_AGO})){_DATED},? (?={_WHO})")
# "It turned out that", "Looking into it,", "After some digging,"
_FOUND = re.compile(rf"(?:As it turn(?:s|ed) out,|It turn(?:s|ed) out(?:,| that)|{SEARCHED}) ")
_SO = re.compile(rf"So,? (?:(?:today|now),? )?(?=(?:in [A-Z]\w+,? )?{_WHO})")
_SO_DID = re.compile(
    rf"So,? (?:(?:today|now),? )?(?={_WHO}.{{0,20}}? (?:is (?:adding|launching|releasing|introducing)|decided|set out|"
    r"started|began|built|wrote|created|made|moved|chose|developed|designed|implemented|introduced|rewrote|switched|"
    r"replaced|added|released)\b)"
)
_KIND = (
    r"part|post|article|talk|transcript|summary|guide|introduction|overview|follow-up|series|compilation|collection|"
    r"list|report|story|account|tutorial|recap|write-?up|log|review|analysis|proposal|interview|announcement|"
    r"instal?lment|essay|tour|brainstorm|memo|sketch|reflection|rundown|primer|walk-?through|roundup"
)
_THIS_IS = re.compile(rf"This is (?=(?:[\w.,'’-]+ ){{0,6}}?(?:{_KIND})\b)")
# "This case study", which is the article
_THIS_PAGE = re.compile(
    r"\b([Tt])his (?=(?:update|case study|talk|demo|survey|paper|report|study|newsletter|roundup|interview|podcast|"
    r"video|workshop)\b)"
)
_IN_PLACE_OF = re.compile(
    r"(?P<in_place>Instead of|Rather than) (?P<other>[^,]*), (?P<what>(?:the |an? |one |[A-Z0-9]).+)\.$"
)
_SOME_OF = re.compile(r"Some of (?=the [A-Z])")
# "How Acme moved its queue.": what stands below a title; "How teams deploy says a lot about them" is a sentence.
_SUBTITLE = re.compile(
    r"(?:How|Why) (?:the (?:author|team)|the [A-Z][\w.-]* (?:team|project)|[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}) "
    r"(?:\w+ed|built|made|cut|chose|wrote|rewrote|rebuilt|found|taught|brought|took|kept|put|sped|grew|lost|ran|went)\b"
    r"(?![^,;:]* (?:is|are|was|were|says?|takes?|took|shows?|tells?|matters?|depends?|remains?)\b)[^;:?]*\.$"
)
_POINTS = re.compile(r"\b(?:it|its|they|their|them|this|that|these|those|such|same|others?|one)\b")


def upright(text: str, index: int, signs: AbstractSet[str]) -> str:
    """The `index`-th sentence of an article as it may open a text; empty where it leans all the same.

    `signs`: what it is weighed by (`crawler.label.summary.weigh`).
    """
    told = _without_first(text, (_FOUND, _WHEN, _SO_DID if _TELLING.isdisjoint(signs) else _SO))
    if index <= _AT_ONCE:
        told = _THIS_IS.sub("The post is ", told, count=1)
        told = _THIS_PAGE.sub(lambda m: f"{'T' if m[1] == 'T' else 't'}he ", told)
    told = _IN_PLACE_OF.sub(_contrasted, told)
    if not leans(_SOME_OF.sub("", told)):
        return told
    cut = cut_short(told) if "announces" in signs else ""
    return cut if cut and not leans(cut) else ""


def as_subtitle(text: str) -> str:
    """What an article says of itself below its title, as a sentence: "How Acme did it." is what the post explains."""
    return f"The post explains {text[0].lower()}{text[1:]}" if _SUBTITLE.match(text) else text


def _without_first(text: str, openings: tuple[re.Pattern[str], ...]) -> str:
    """Without when it was by the article's own calendar, "it turned out", the "so" of somebody who did something."""
    for pattern in openings:
        found = pattern.match(text)
        if found and len(text) - found.end() >= _LEAST:
            text = text[found.end() :]
            text = text[:1].upper() + text[1:]
    return text


def _contrasted(found: re.Match[str]) -> str:
    """ "Instead of polling, Relay waits." with what it does first, where nothing said before is contrasted with it."""
    if _POINTS.search(found["other"]):
        return found[0]
    what = found["what"]
    if what.count(",") > 1:  # what it is contrasted with would seem to be of the last part only
        return f"{what[:1].upper()}{what[1:]}."
    return f"{what[:1].upper()}{what[1:]}, {found['in_place'].lower()} {found['other']}."
