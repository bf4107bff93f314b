"""Whose "we" it is: what "we" did is an act of who speaks; what "we" do now may be reader and author, or everybody."""

from __future__ import annotations

import re

from crawler.cued import Cued, any_of
from crawler.label.sentences.verbs import ADVERB, is_past
from crawler.label.speakers.actor import Actor

_LETS = ("let's ", "let’s ", "Let's ", "Let’s ")
_OFTEN = 3  # times that "let's" takes a reader along
_MOSTLY = 0.8  # of what "we" do is told as it is done, not as it was
_FEW = 5  # clauses of which no share is taken
_CLAUSE = re.compile(r"\b[Ww]e(?:['’](?P<short>re|ve|ll|d))?(?P<rest>(?: [\w'’-]+){1,4})")
_OURS = re.compile(r"\b(?:[Ww]e|[Oo]urs?|us|ourselves)\b")
_HINTS = (" we", "We", " our", "Our", " us", "I'm ", "I’m ", "I am ", "y name")  # without which none of these is there
_OTHER_FORMS = re.compile(r"\b(?:us|ours|ourselves|I|[Mm]y|me|mine|myself)\b")

# ---- What no one did, whoever speaks: what follows "we"

# "We have three nodes"; but "we have a new maintainer", "we have to"
_HAVING = r" (?:now |only |just |still |then )?have (?:an?|the|two|three|four|five|some|all)\b(?! new\b)"
_NEXT = "(?:now |then |first |next |also |just |really |only |will |can )*"
# "We come to the heart of it" and "we go back to the queue"
_GOING_ON = rf" {_NEXT}(?:come|turn|return|jump|proceed|arrive|(?:get|go|move|come|jump) (?:on|back|over)) (?:in)?to\b"
# "We first need to understand it"
_DIRECTING = (
    rf" {_NEXT}(?:need|have|want) to {_NEXT}(?:understand|know|talk|look|compare|discuss|consider|step|remember|"
    r"keep in mind|back up|go over|clarify)\b"
)
# "We do this" and "we get an error"
_DOING = r" (?:all |already |both )?(?:do|like|feel|get)\b"
# "We're done" and "we are all human"
_BEING = (
    r"(?:['’]re| are) (?:now |all |all still |still |also |almost )?"
    r"(?:done|left|good|set|finished|back|here|there|dealing|talking|humans?|only human)\b"
)
# "We all know" and "we humans"
_EVERYBODY = r" (?:already know|all|both|each|humans|developers|engineers)\b"
# What is seen in a picture, or read in code.
_CAN_SEE = r" can (?:also |now |all |clearly )?(?:see|understand|observe|read|say|imagine|conclude)\b"
# "We generally want the highest rate"
_AT_ALL_TIMES = (
    r" (?:generally|usually|typically|normally|ideally) (?:want|need|have|see|think|call|refer|"
    r"say|prefer)\b"
)
_WE_DO = Cued(r"\b[Ww]e" + any_of(_AT_ALL_TIMES, _HAVING, _GOING_ON, _DIRECTING, _DOING, _BEING, _EVERYBODY, _CAN_SEE))

# ---- What stands before it, and what is everybody's

# "Now that we have a queue"
_HAD = r"\b(?:[Nn]ow that|[Oo]nce|[Uu]ntil|[Hh]ere|[Ss]uppose|[Ss]ay|[Aa]ssuming|[Aa]nd now) we (?:now )?have\b"
# "Before we start"
_BEFORE = (
    r"\b[Bb]efore (?:we|I) (?:can |actually |really )?"
    r"(?:get|start|begin|dive|go|jump|proceed|continue|look|move|talk)\b"
)
# "Let me say", "our nation's law", "our own hands"
_EVERYBODYS = (
    r"\blet (?:me|us)\b|"
    r"\bour (?:own )?(?:nation|planet|country|lives|life|society|societies|brains?|minds?|hands|fingers|everyday|daily|"
    r"bodies|species|times|universe|eyes|ears|children|computers|phones|world)\b|\bin our (?:world|industry|field)\b"
)
# "It's easy to get our writing on the web", "they trick us into a click": whoever it is.
_ANYBODYS = (
    r"\b[Ii]t(?:['’]s| is) (?:so |very |quite |pretty |too )?(?:easy|hard|tempting|natural|simple|difficult|human)"
    r"(?: for us)? to [^,;:.]*\b(?:our|us)\b|"
    r"\b(?:trick|fool|lull|tempt|mislead|deceive|seduce|scare|remind|teach|warn)(?:s|es|ed|ing)? us\b"
)
_BY_NOBODY = (Cued(_HAD), Cued(_BEFORE), Cued(_EVERYBODYS), Cued(_ANYBODYS))
# "I'm Ana, an engineer"; but "my name is Ana, and I built it" tells who built it
_AND_I = re.compile(r"^(?:I(?:['’]m| am)|My name(?:['’]s| is)) [A-Z][^,]{2,40},? and (?=[^.;]*\bI\b)")
_INTRODUCES = Cued(r"\bI(?:['’]m| am) [A-Z][a-z]+(?: [A-Z][a-z]+)?(?:,| and\b| from\b)|\b[Mm]y name(?:['’]s| is)\b")
# "We can see that it failed": it failed.
_SEE_THAT = Cued(
    r"^(?:[Hh]ere |[Nn]ow )?[Ww]e (?:can )?(?:also )?(?:can )?(?:clearly |now )?(?:see|observe|notice) that (?=[a-z])"
)
# What holds whenever it is done is everybody's: "if we call it twice", "as we walk the list"; but "as we grow".
_TIMES = r"\b(?:[Aa]s|[Ww]hen|[Ww]henever|[Ii]f|[Oo]nce|[Uu]ntil|[Bb]efore|[Ww]here|[Tt]ime)"
_WHENEVER = re.compile(f"{_TIMES}$")
_WHENEVER_WE = Cued(rf"{_TIMES} we\b")
_ONGOING = frozenset(
    "continue grow learn evolve mature tag ship release build expand scale prepare enter".split()  # noqa: SIM905
)
# What a team says of itself at any time: "we believe", "we use it at work"
_OF_A_TEAM = frozenset(
    "think believe hope plan recommend use support provide offer expect encourage intend propose maintain".split()  # noqa: SIM905
)
_PARTICIPLE = re.compile(r"\w+(?:en|wn)$|been|gone|done|begun|run|come|become|put|set|read|cut|let")
_PROGRESS = re.compile(r"\w+ing$")
_AUXILIARY = frozenset({"can", "could", "will", "would", "should", "must", "may", "might", "shall", "cannot"})


def goes_along(text: str) -> bool:
    """Whether a text takes its reader along, so that "we" are both: "let's" again and again."""
    return sum(map(text.count, _LETS)) >= _OFTEN


def mostly_now(text: str) -> bool:
    """Whether what "we" do is hardly ever over: steps that are followed, and not what somebody has done."""
    over = [_is_over(match) for match in _CLAUSE.finditer(text)]
    return len(over) >= _FEW and over.count(False) >= _MOSTLY * len(over)


def told_of_all(text: str, actor: Actor) -> str:
    """The text where "we" are who speaks, or with "one" for "we" where that is sure; empty where it cannot be told."""
    if not any(word in text for word in _HINTS):
        return text
    text = _SEE_THAT.sub("", text)
    if not _OURS.search(text):
        text = _AND_I.sub("", text)
        return "" if _INTRODUCES.search(text) else text
    if _WE_DO.search(text) or any(pattern.search(text) for pattern in _BY_NOBODY):
        return ""
    if not (actor.person or actor.along or actor.nameless) and not _WHENEVER_WE.search(text):
        return text
    clauses = list(_CLAUSE.finditer(text))
    if actor.nameless and any(map(_may_or_must, clauses)):
        return _as_one(text, clauses)
    present = [c for c in clauses if not _is_over(c)]
    if any(_holds_whenever(clause, text) for clause in present):
        return ""
    if actor.person:
        done = clauses and not present
        return text if done and not (actor.alone and _was_then(clauses)) else _as_one(text, clauses)
    if not actor.along or not present or _is_planned(present):
        return text
    told = _as_one(text, clauses)
    steps = present[0] is clauses[0] and _verb(present[0]) not in _OF_A_TEAM
    return told or ("" if actor.nameless and steps else text)


def _may_or_must(clause: re.Match[str]) -> bool:
    """Whether it says what can or has to be done, by whomever: "we need to sort"; but "we could cut costs" was done."""
    return not clause["short"] and (
        _verb(clause) in _AUXILIARY - {"will", "could", "would"} or " need to" in clause["rest"]
    )


def _as_one(text: str, clauses: list[re.Match[str]]) -> str:
    """ "We can use our own key" is what one can do with one's own; nothing else is sure."""
    if len(clauses) != 1 or clauses[0]["short"] or _OTHER_FORMS.search(text):
        return ""
    clause = clauses[0]
    words = clause["rest"].split()
    verb = next((i for i, word in enumerate(words) if not ADVERB.match(word)), 0)
    if words[verb].lower() != "can":
        return ""
    one = "One" if clause.start() == 0 else "one"
    told = f"{text[: clause.start()]}{one} {' '.join(words)}{text[clause.end() :]}"
    return re.sub(r"\b([Oo])ur\b", lambda m: "The" if m[1] == "O" else "the", re.sub(r"\bour own\b", "one's own", told))


def _was_then(clauses: list[re.Match[str]]) -> bool:
    """Whether it is a story of days gone by ("we met"), and not what there is now ("we've built")."""
    return not any(c["short"] in ("ve", "re") or _verb(c) in ("have", "are") for c in clauses)


def _is_planned(clauses: list[re.Match[str]]) -> bool:
    return all(c["short"] == "ll" or _verb(c) == "will" for c in clauses)


def _holds_whenever(clause: re.Match[str], text: str) -> bool:
    verb = _verb(clause)
    return (
        not clause["short"]
        and verb not in _AUXILIARY | _ONGOING | {"are"}
        and _WHENEVER.search(text[: clause.start()].rstrip()) is not None
    )


def _is_over(clause: re.Match[str]) -> bool:
    """Whether it was done: "we built", "we have built"; what is going on counts, too: "we are building"."""
    short, words = clause["short"], [w for w in clause["rest"].split() if not ADVERB.match(w)] or [""]
    first, second = words[0].lower(), words[1].lower() if len(words) > 1 else ""
    if short == "ve":
        return first != "got"  # "we've got two" is what there is
    if first == "have":
        return is_past(second) or _PARTICIPLE.match(second) is not None
    if short == "re" or first == "are":
        return _PROGRESS.match(first if short else second) is not None
    return not short and first not in _AUXILIARY and is_past(first)


def _verb(clause: re.Match[str]) -> str:
    return next((w.lower() for w in clause["rest"].split() if not ADVERB.match(w)), "")
