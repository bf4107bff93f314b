"""What is said to the reader, said to all: "on your machine" is on the machine, "you can" is what users can."""

from __future__ import annotations

import re

from crawler.cued import Cued

# Where it is said: "... in this post."
_IN_THIS_POST = Cued(
    r" (?:in|throughout|over the course of) this (?:blog |short |new )?(?:post|article|tutorial|guide|series|blog|"
    r"write-?up|piece|essay)(?=[.,;]| (?:that|how|why|what|the|an?|some|two|three)\b)"
)
# To whom: "shows you how you can ..."; but "shows you have it"
_SHOWN = Cued(
    r"\b(show|teach|tell|walk|take|guide)(s|es|ed|ing)? (?:you|readers?) "
    r"(?!(?:have|are|were|can|could|need|must|should|will|do|don['’]t|did|know|want|care|may|might|not|never)\b)"
    r"(?:(how) you (?:can|could|might|would) )?"
)
# "gives you an idea of it"
_IDEA = "idea|sense|feel|feeling|taste|glimpse|overview|impression|picture|example|tour|look|insight|hint"
_GIVES_IDEA = Cued(rf"\b(giv(?:e|es|ing)) you (?=(?:an?|the|some|more) (?:[\w-]+ )?(?:{_IDEA})s?\b)")
# "helps you and your team"
_AND_YOUR = Cued(r"\byou and your (?=[a-z])")
# "On your machine" is on the machine, "for your queries" for queries, "your career" is one's career.
_YOUR = re.compile(
    r"\byour (?P<own>own )?"
    r"(?P<kind>(?:(?:existing|current|new|old|first|next|local|production|favou?rite|entire|[A-Z]\S*) )*)"
    r"(?P<thing>[\w-]+)(?P<of>['’]s\b)?"
)
_ONES = frozenset({"needs", "wishes", "whims"})  # though they end as many things do
_THERE = frozenset(  # of which there is one wherever somebody works
    """
    machine computer browser server laptop phone cluster terminal disk network system desktop device shell editor screen
    keyboard database repository project site website app account data code codebase dataset tests test workload
    hardware environment stack infrastructure configuration setup pipeline training home source
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)
_BARE = frozenset({"life", "time", "attention", "happiness"})
# "lets you build", "helps you see", "requires you to log in"
_FOR_YOU = (
    r"(?:lets?|letting|allow(?:s|ing)?|enabl(?:es?|ing)|giv(?:es?|ing)|help(?:s|ing)?|requir(?:es?|ing)|forc(?:es?|ing)|"
    r"sav(?:es?|ing)|encourag(?:es?|ing)|offer(?:s|ing)?)"
)
_NOT_SAID = "think|imagine|guess|bet|see|tell|remember|recall|notice|wonder"  # "you can imagine" is a remark
_YOU_CAN = Cued(
    rf"\b(?P<for>{_FOR_YOU} )?(?P<you>[Yy]ou)"
    rf"(?(for)\b(?! know\b)|(?= (?:also |now |then |easily |just )?(?:can|could) (?!{_NOT_SAID}\b)))"
)
_AS_YOU_CAN = re.compile(r"\b(?:as|if|once|before|after|like|than) $", re.IGNORECASE)
# "shares its plans with you today"
_WITH_YOU = Cued(r" with you(?: all)?(?: today)?(?=[.,;])")
_OF_USERS = re.compile(r"(?<=\b[Uu]sers )(.*)\bone's (?=\w)")
_IN_BRACKETS = Cued(r"\s*\([^()]*\byou\b[^()]*\)")
_HOW_YOU = Cued(
    r"\bhow you (?:(?:can|could|might|should|would) |"
    r"(?!(?:are|were|have|had|did|do|don['’]t|will|\w+ed|\w+ly)\b)(?=[a-z]+ ))"
)
# What a sentence adds for the reader at its end: "..., so you can see what it takes", "and you get two of it".
_BY_THE_WAY = r",? (?:so(?: that)? (?:\w+ )?|which (?:\w+ ){0,4}?|and (?!in this )(?:then |so |now |thus |we thank )?)"
# Only behind a comma: "a great tool if you want to draw" is no great tool, "all that you need" is not all.
_AFTERTHOUGHT = (
    r", (?:where|and|as|if|when|whether|because|before|once|even if|should|in case) (?!in this )(?:\w+ ){0,4}?"
)
_READ_IT = r", (?=you can (?:now |also )?(?:read|find|see|watch|download|get|check)\b)"
_TO_YOU = Cued(rf"(?:{_BY_THE_WAY}|{_AFTERTHOUGHT}|{_READ_IT})you\b[^;:.]*(?=[.!]$)")
# "It shipped in May — please try it."
_PLEASE = Cued(
    r"(?:,? (?:so|and|but)|,|;|\s[–—-]) (?:please|don['’]t (?:hesitate|miss|forget)|feel free)\b[^.]*(?=[.!]$)"
)
# "..., check out the notes of it", "; see our post on it"
_PAGE = r"(?:this|their|our|my|his|her) (?:\w+ ){0,2}(?:blog|post|article|announcement|report|page|docs|documentation)"
_CHECK_OUT = Cued(
    rf"(?:,|;| [–—-]) (?:so |and )?(?:(?:check out|(?:have|take) a look at)|(?:see|read) (?={_PAGE}\b))[^.;]*(?=[.!]$)"
)
_INVITING = ("check out", "a look at", " see ", " read ", " please", " don't ", " don’t ", " feel free")
# What is no sentence without its second half.
_HALF = re.compile(r"(?:For|If|To|As|While|Since|When|Should|Although|Because)\b")
_STANDS = 6  # words that a sentence must keep after such a cut


def said_to_all(text: str) -> str:
    """The sentence as it is said to everybody; what it says to the reader only is left for others to refuse."""
    if " you" in text or "(you" in text:
        text = _IN_BRACKETS.sub("", text)
        text = _AND_YOUR.sub("users and their ", _GIVES_IDEA.sub(r"\1 ", _SHOWN.sub(_shown, text)))
        text = _YOUR.sub(_of_all, _HOW_YOU.sub("how to ", text))
    if " this " in text:
        text = _IN_THIS_POST.sub("", text)
    if " you" in text:
        text = _without(_TO_YOU, text)
    if any(word in text for word in _INVITING):
        text = _without(_PLEASE, _without(_CHECK_OUT, text))
    if "ou " not in text:
        return text
    text = _OF_USERS.sub(r"\1their ", _YOU_CAN.sub(_users, text))
    return _WITH_YOU.sub("", text) if "shar" in text else text


def _without(pattern: Cued, text: str) -> str:
    """The text without what a pattern finds at its end, where a whole sentence is left."""
    shorter = pattern.sub("", text)
    whole = shorter.count(" ") >= _STANDS and ("," in shorter or not _HALF.match(shorter))
    return shorter if whole else text


def _shown(match: re.Match[str]) -> str:
    how = "how to " if match[3] else ""
    if match.string.startswith("through", match.end()):
        if match[1] == "take":
            return {"s": "goes ", "ing": "going "}.get(match[2] or "", "go ")
        if match[1] == "guide":
            return f"guide{match[2] or ''} users "
    return f"{match[1]}{match[2] or ''} {how}"


def _users(match: re.Match[str]) -> str:
    if match["for"]:
        return f"{match['for']}users"
    if _AS_YOU_CAN.search(match.string[: match.start()]):
        return match[0]
    return "Users" if match["you"] == "You" else "users"


def _of_all(match: re.Match[str]) -> str:
    thing = f"{match['kind']}{match['thing']}{match['of'] or ''}"
    if match["own"]:
        return f"one's own {thing}"
    if match["thing"] in _ONES or match["kind"].startswith("favo"):
        return f"one's {thing}"
    many = re.search(r"[^sui]s$", match["thing"]) and not match["of"]
    if many or match["thing"] in _BARE:
        return thing
    return f"the {thing}" if match["thing"] in _THERE else f"one's {thing}"
