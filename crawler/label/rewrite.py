"""Mechanical edits that let a sentence of the article stand in a summary: the first person becomes who speaks, the
verb agrees, announcements lose their ceremony, leading connectives go. Nothing is added that the article does not say.
"""

from __future__ import annotations

import re

from crawler.cued import Cued
from crawler.label.actor import Actor
from crawler.label.announce import announcements
from crawler.label.third import third

_CONNECTIVE = Cued(
    r"^(?:however|but|and|so|also|therefore|thus|hence|then|instead|moreover|furthermore|additionally|"
    r"in addition|as a result|consequently"
    r"|finally|unfortunately|luckily|fortunately|of course|in fact|indeed|in short|in summary|"
    r"to summari[sz]e|in conclusion|overall|ultimately"
    r"|basically|essentially|today|nowadays|tl;?\s?dr|note that|please note that|as you may know|"
    r"as we all know|that said|to sum up|interestingly"
    r"|in particular|concretely|sure|first of all|"
    r"put simply|simply put|in other words|more specifically|specifically|first|firstly|"
    r"second|secondly|third|thirdly|lastly|next"
    r"|still|yet|anyway|well|now|again|besides|likewise|similarly|naturally|obviously|clearly|hopefully|"
    r"importantly|notably|more importantly"
    r"|at the same time|on the other hand|on top of that|to that end|to this end|with that in mind|"
    r"with this in mind|after all|for this reason|not surprisingly|as always|recently|"
    r"in a similar (?:fashion|vein|way|manner))"
    r"(?:,\s*|:\s*|\s+[-–—]\s+)(?=\S)",
    re.IGNORECASE,
)
_LABEL = Cued(
    r"^(?:TL;?\s?DR|Summary|Abstract|Update|Note|Aside|Overview|Key takeaways?|In brief|"
    r"Spoiler(?: alert)?)\s*[:.–—-]\s*|^TL;?\s?DR\s+"
    r"|^(?-i:Important|Note|Tip|Warning|Caution|Info)(?-i:(?=[A-Z][a-z]))",
    re.IGNORECASE,
)
# A heading that ran into its paragraph.
_STRAY = Cued(
    r"^(?:Conclusions?|Introduction|Summary|Overview|Background|Abstract|Motivation|Results?|TL;?DR) (?=[A-Z])"
)
# What a reader of the summary cannot follow: an invitation, or where it was said before.
_ASIDE = Cued(
    r",? (?:which|that) you can (?:get|download|find|read|try|see|install|check)\b[^.;]*(?=[.;]|$)"
    r"|, here['’](?:s|re) (?:an?|the|my|our|some) [^.;]*(?=\.$)|(?<=\w) (?:earlier )?today(?=[.,;])| \(!\)|"
    r" \((?:(?:also |please )?see|yes|no|really|sigh|phew|wow|oops|sorry|pun)\b[^()]*\)|,? (?:as (?:always|usual|"
    r"you (?:know|can see)|we know)),?(?= )",
    re.IGNORECASE,
)
_ASIDES = ("you can", ", here", "today", " (", "ee ", "as ")
# What a sentence adds for the reader at its end: "..., so you can see what it takes".
_TO_YOU = Cued(
    r",? (?:so (?:that )?|which |where |and |as |if |when |whether |in case |that |because |before |once |even if |"
    r"should )"
    r"(?:\w+ ){0,4}?you\b[^;:.]*(?=\.$)"
)
_STANDS = 6  # words that a sentence must keep after such a cut
# A label, or a heading that ran into its paragraph: "Base changes: The team ...", "Overall Sentiment The panel ...".
_RUN_IN = Cued(
    r"^(?:[A-Z][\w'’-]* (?:[\w'’-]+ ){0,3}?(?=(?:The|This|We|When|If|There) [a-z])|"
    r"(?:[A-Z][\w'’-]*)(?: [\w'’-]+){0,3}: (?=[A-Z][a-z'’]* [a-z]))"
)
_RUN_IN_REST = 50  # letters that must be left of a sentence whose label is cut
_AS_SAID = Cued(
    r"^As (?:we |I )?(?:(?:have )?(?:already |previously |briefly )?)(?:discussed|mentioned|described|noted|"
    r"explained|announced|detailed|outlined|reported|indicated|stated|shown|highlighted|pointed out|"
    r"promised|hinted|seen)(?: (?:in|by|at|on) [^,]{3,60}| (?:before|above|earlier|previously|already))?, ",
    re.IGNORECASE,
)
# "Note that", "It is worth mentioning that": the sentence is what follows.
_NOTE_THAT = Cued(
    r"^(?:first of all(?= you)|(?:please |do )?note that|keep in mind that|it should be noted that|"
    r"it(?:['’]s| is) (?:also )?(?:important|worth|good|useful|"
    r"interesting|worthwhile|crucial) (?:to (?:note|notice|mention|know|remember|understand|emphasi[sz]e|highlight|"
    r"stress|call out|point out)|noting|mentioning|remembering|emphasi[sz]ing|highlighting|pointing out|"
    r"calling out) that) (?=[\w\"“])",
    re.IGNORECASE,
)
# A point that ends no sentence, written out.
_MONTHS = {
    "Jan": "January", "Feb": "February", "Mar": "March", "Apr": "April", "Aug": "August", "Sep": "September",
    "Oct": "October", "Nov": "November", "Dec": "December",
}  # fmt: skip
_MONTH = Cued(r"\b(Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\. (?=\d)")
# Where it is said, and to whom: "... in this post.", "shows you how you can ...".
_IN_THIS_POST = Cued(
    r" (?:in|throughout|over the course of) this (?:blog |short |new )?(?:post|article|tutorial|guide|series|blog|"
    r"write-?up|piece|essay)(?=[.,;])"
)
_SHOWN = Cued(
    r"\b(show|teach|tell|walk|take|guide)(s|es|ed|ing)? (?:you|readers?)(?: (?=how|what|why|the|a|an|some|through)| )"
    r"(?:(how) you (?:can|could|might|would) )?"
)
# "On your machine" is on the machine, "for your queries" for queries.
_YOUR = re.compile(
    r"\byour (?P<own>own )?"
    r"(?P<kind>(?:(?:existing|current|new|old|first|next|local|production|favou?rite|entire|[A-Z]\S*) )*)"
    r"(?P<thing>[\w-]+)(?P<of>['’]s\b)?"
)
_YOU_CAN = re.compile(
    r"\b((?:lets|allows|enables|gives) |(?:, |that |which |where |when |what ))you(?= (?:can|could)\b)|"
    r"\b((?:lets|allows|enables|gives) )you\b"
)
_IN_BRACKETS = Cued(r"\s*\([^()]*\byou\b[^()]*\)")
_HOW_YOU = Cued(
    r"\bhow you (?:(?:can|could|might|should|would) |"
    r"(?!(?:are|were|have|had|did|do|don['’]t|will|\w+ed|\w+ly)\b)(?=[a-z]+ ))"
)


def rewrite(sentence: str, actor: Actor, *, named: bool = False) -> str:
    """The sentence in the third person; empty when it cannot be told so.

    `named`: an earlier sentence already named who speaks.
    """
    if (" us" in sentence or "e here" in sentence or any(mark in sentence for mark in '"“”')) and _UNTELLABLE.search(
        sentence
    ):
        return ""
    text = _STRAY.sub("", _LABEL.sub("", sentence)).strip()
    if len(shorter := _RUN_IN.sub("", text)) > _RUN_IN_REST:
        text = shorter
    if " you" in text or "(you" in text:
        text = _IN_BRACKETS.sub("", text)
        text = _YOUR.sub(_of_all, _HOW_YOU.sub("how to ", _SHOWN.sub(_shown, text)))
    if " this " in text:
        text = _IN_THIS_POST.sub("", text)
    if " you" in text and (shorter := _TO_YOU.sub("", text)).count(" ") >= _STANDS:
        text = shorter
    if " you " in text:
        text = _YOU_CAN.sub(lambda m: f"{m[1] or m[2]}users", text)
    if ". " in text:
        text = _MONTH.sub(lambda m: _MONTHS[m[1][:3]] + " ", text)
    text = re.sub(r"^As of(?: today| now)?, ", "", text)  # or a date that stood in a link
    text = re.sub(r"^Today['’]s (?=[A-Za-z])", "The ", text)
    text = _capital(_NOTE_THAT.sub("", _AS_SAID.sub("", text)))
    if any(word in text for word in _ASIDES):
        text = _ASIDE.sub("", text)
    text = re.sub(r"!+(?=[\"”’)]*(?:\s|$))", ".", text) if "!" in text else text
    text = _drop_connectives(text)
    text = announcements(text, actor)
    if _PLAN.search(text):
        return ""
    if actor.person and " us" in text:
        text = _LETS_US.sub(r"\1 one", _GIVES_US.sub(r"\1", text))
    text = third(text, actor, named=named)
    text = re.sub(r"^(?:Today|Recently|Now),? (?!that\b)(?=\w)", "", text)
    if actor.nameless and _AUTHOR_TOLD.search(text) and _TEAM_TOLD.search(text):
        return ""  # "we" is the author and the reader here, and not a team
    return _capital(_named_once(re.sub(r"\s{2,}", " ", text).strip(), actor))


def _named_once(text: str, actor: Actor) -> str:
    """ "Acme details Acme's move" is about its own move, where nobody else was named between."""
    if actor.person or actor.nameless or text.count(actor.name) < 2:
        return text
    name = re.escape(actor.name)
    text = re.sub(rf"^({name} [a-z][^A-Z,;:.]*?) for {name}(?=\.$)", r"\1", text)
    text = re.sub(rf"^({name} [a-z]+s (?:that|how|why) ){name} (?=[a-z]+(?:s|ed)\b|will|can)", r"\1it ", text)
    opening = rf"(?:(?:As|When|Since|After|Before|While|If|Once) )?{name} [a-z][^A-Z;:.]*?"
    return re.sub(rf"^({opening})\b{name}(?:['’]s|(?<=s)['’])(?= \w)", rf"\1{actor.its}", text, count=1)


def _shown(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2] or ''} {'how to ' if match[3] else ''}"


def _of_all(match: re.Match[str]) -> str:
    thing = f"{match['kind']}{match['thing']}{match['of'] or ''}"
    if match["own"]:
        return f"one's own {thing}"
    many = re.search(r"[^sui]s$", match["thing"]) and not match["of"]
    return thing if many else f"the {thing}"


def _drop_connectives(text: str) -> str:
    for _ in range(2):
        shorter = _CONNECTIVE.sub("", text)
        if shorter == text:
            break
        text = _capital(shorter)
    return text


# "Four of us" has no third person, and somebody's quoted words are not ours to change.
_UNTELLABLE = Cued(
    r"\b(?:we|us) here\b|(?:^|[,;:] )(?:(?:now|so|first|next|then),? )?let us\b|"
    r"\b(?:one|two|three|four|five|six|some|many|most|several|all|both|few|none|each|half|lots?|rest) of us\b"
    r"|[\"“][^\"”]{0,300}\b(?:we|our|us|I|my|me)\b[^\"”]{0,300}[\"”]",
    re.IGNORECASE,
)
# What reader and author do together is nothing that somebody did: "we will create two machines".
_PLAN = re.compile(
    r"\b(?:[Ww]e|I)(?:['’]ll| will| (?:are|am) going to|['’](?:re|m) going to) (?:(?:now|then|first|also|be) )*"
    r"(?:use|using|create|creating|start|starting|see|seeing|need|look|looking|deploy|deploying|install|installing|"
    r"configure|configuring|define|write|assume|want|go|take|do)\b"
)
# "Us" of a single author are all who read it.
_GIVES_US = re.compile(r"\b(gives?|gave|tells?|told|shows?|teaches|brings?|buys?) us\b(?! (?:to|that|how)\b)")
_LETS_US = re.compile(r"\b(lets?|allows?|enables?|helps?|requires?|forces?) us\b")
_AUTHOR_TOLD = Cued(r"\b[Tt]he author\b")
_TEAM_TOLD = Cued(r"\b[Tt]he team\b")


def _capital(text: str) -> str:
    if not text or not text[0].islower() or re.match(r"[a-z]+[A-Z\d_]|[a-z]+\.(js|io|rs|py)", text):
        return text
    return text[0].upper() + text[1:]
