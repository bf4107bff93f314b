"""Announcements become statements: "In this post we describe how we ..." is who describes it and how."""

from __future__ import annotations

import re

from crawler.cued import Cued
from crawler.label.edits.agreement import shown, tell
from crawler.label.sentences.verbs import is_past
from crawler.label.speakers.actor import Actor, within

# "two-part series", "short blog post"
_POST = (
    r"(?:(?:blog|short|quick|brief|long|longer|detailed|in-depth|comprehensive|introductory|technical|follow-up|guest|new|"
    r"one|particular|first|second|third|fourth|fifth|final|latest|(?:two|three|four|multi)-part) ?)*"
    r"(?:post|blogpost|blog post|article|blog|entry|tutorial|guide|piece|series|write-?up|walk-?through|paper|essay|"
    r"talk|report|part|note|document|text|recap|roundup|newsletter)"
)
# "so very excited"
_GLAD = (
    r"(?:(?:very|so|super|really|truly|incredibly|extremely|absolutely|especially|particularly|equally|also|both) )*"
    r"(?:excited|thrilled|happy|pleased|proud|delighted|glad|honou?red)"
)
# "'d like to also try and"
_WANT = (
    r"'ll|’ll| will| would (?:thus |therefore |also |now |just )?(?:like|love) to| would| want to|"
    r" wanted to| am going to| are going to|"
    r"['’]re going to|['’]m going to|['’]d like to|['’]d love to| shall| can| hope to| plan to| intend to| aim to"
)
_MODAL = rf"(?:(?:{_WANT})?(?: also| now| briefly| first| further| quickly)?(?: (?:try|attempt) (?:and|to))?)"

# "In this post, we briefly"
_IN_POST = re.compile(
    rf"^(?:in|through|with|throughout|for) (?:this|today['’]s|the following|my last) {_POST}[,:]? "
    rf"(?:series,? |of (?:posts|articles),? )?(we|i){_MODAL} (?:also |briefly |now |further |aim to )?(?=[a-z])",
    re.IGNORECASE,
)
# "In this post, we've built" is what they have built; "this week, I moved" happened when it was written.
_DONE_IN_POST = re.compile(
    rf"^(?:in|through|with|throughout) (?:this|today['’]s) {_POST}[,:]? (?:we|i)(?:['’]ve| have) ", re.IGNORECASE
)
_LATELY = re.compile(
    r"^(?:(?:earlier )?(?:this|last)|(?:over|in|during) (?:this|the (?:last|past))) (?:few |couple of |two |three )?"
    r"(?:days?|weeks?|weekends?|months?),? "
    r"(?=(?:we|i)(?:['’]ve| have)? (?:\w+ly )?(?:\w+ed|built|wrote|made|found|rewrote|rebuilt)\b)",
    re.IGNORECASE,
)
# "Today I want to explain"
_WE_POST = re.compile(
    rf"^(?:(?:here|today|below|next),? )?(we|i){_MODAL} (?=(?:describe|explain|show|share|discuss|explore|introduce|"
    r"present|cover|outline|detail|demonstrate|examine|highlight|review|walk|dive|take a|look|talk)\b)",
    re.IGNORECASE,
)
# "I want to sketch a plan": without the wish, these may be what anybody does.
_WISH = re.compile(
    rf"^(?:(?:here|today|below|next|so),? )?(we|i)(?:{_WANT}) (?:also |now |briefly |first )?"
    r"(?=(?:announce|argue|lay out|make the case|point out|propose|recap|sketch|summari[sz]e|tell|compare|investigate|"
    r"go (?:over|through|into)|dig into|touch on|focus on)\b)",
    re.IGNORECASE,
)
# "That's why we're excited to share"
_WHY = re.compile(rf"^(?:that|this)(?:['’]s| is) why (?=(?:we|i)(?:['’](?:re|m)| are| am) {_GLAD} )", re.IGNORECASE)
# "The goal of this post is to", "For this post, my goal is to", "My plan for this article is to".
_GOAL = re.compile(
    rf"^(?P<here>for this {_POST},? )?(?:the|my|our) (?:main |primary |only )?"
    r"(?:goal|aim|purpose|plan|focus|point|intention|intent|objective|idea)"
    rf"(?P<of> (?:of|for|in|with|behind) (?:this|the) {_POST})? (?:is|was|will be) to (?:try (?:and|to) )?(?=[a-z])",
    re.IGNORECASE,
)
# "What I will cover here is"
_WHAT_I_COVER = re.compile(
    rf"^what (?:we|i){_MODAL} (?:cover|show|describe|explain|discuss|do|present)(?: here| in this {_POST}| below)? is ",
    re.IGNORECASE,
)
# "Let's talk about the queue"
_LETS_TALK = re.compile(r"^let['’]s (?:now |first |briefly )?talk (?P<about>about .*)", re.IGNORECASE)
# "Here is a short guide"
_HERE_IS = re.compile(
    r"^here(?:['’]s| is| follows) (?=an? (?:[\w-]+ ){0,3}(?:recipe|guide|overview|introduction|summary|tour|"
    r"walk-?through|look|list|explanation|recap)\b)",
    re.IGNORECASE,
)
# "This is the second part of our series, in which we look at ...".
_PART = re.compile(
    rf"^(?:this|it) is (?:an?|the|my|our)?(?: ?[\w-]+){{0,3}} {_POST}\b[^.;]{{0,80}}?"
    rf"(?:,? and(?: here)?|,? where|,? in which) (?:we|i){_MODAL} (?=[a-z])",
    re.IGNORECASE,
)
_FOR_YOU = Cued(
    r"\bif you(?:['’]re| are) (?:looking|trying|planning) to |\bif you (?:want|need|wish) to |\bso you can "
)
_HOW_ONE_CAN = Cued(r"\bhow (?:we|you|i|one) (?:can|could|might) ")
# What stands before "in this post we" says nothing of its own: "Enough of an introduction, in this post ...".
_BEFORE_POST = Cued(rf"^[^,;:]{{3,60}}, (?=in this {_POST}[,:]? (?:we|i)\b)", re.IGNORECASE)
# ... and nor does what it is not about, or who writes it: "There were many talks, but this post focuses on one", "I'm
# Ana, and in this post we"; but "We moved the queue, and in this post we" tells what was done.
_BUT_POST = Cued(
    r"^(?:[^;:]{3,160}?,? but|(?:my name|I am|I['’]m)\b[^;:]{3,140}?,? and) "
    rf"(?=(?:in )?this {_POST}[,:]? (?:(?:we|i|you)\b|"
    r"(?:focus|explain|describ|show|cover|discuss|explor|look|introduc|present|is about)\w*))",
    re.IGNORECASE,
)
# "In this guide you will learn how to"
_YOU_LEARN = re.compile(
    rf"^in this {_POST}[,:]? you(?:['’]ll| will| can|['’]re going to)? (?:also )?(?:learn|see|find out|discover) "
    r"(?=(?:how|why|what|about)\b)",
    re.IGNORECASE,
)
_REST_OF_POST = Cued(rf"^(?:the (?:rest|remainder) of this|the next sections of this) (?={_POST} )", re.IGNORECASE)
_THIS_RELEASE = re.compile(
    r"^(?:this|the) (?:new |latest )?(?:release|version) (?!of\b|note|is (?:a|the|our|not)\b)(?=[a-z])", re.IGNORECASE
)
# "This short guide aims to show"
_THIS_POST = re.compile(
    rf"^(?:this|today['’]s|the following|the present) (?P<what>{_POST}(?: series)?) "
    r"(?:(?:will|is going to|aims to|intends to|tries to|attempts to|also|briefly|can|should|would) )*(?=[a-z])",
    re.IGNORECASE,
)
# "In this post, Ana walks through": on another's blog, or told by an editor
_THEY_TELL = re.compile(
    rf"^in (?:this|the) {_POST},? (?P<who>(?-i:[A-Z][\w’'-]+(?: (?:and )?[A-Z][\w’'-]+){{0,4}})) "
    r"(?P<rest>(?:also )?(?:answers|argues|compares|covers|demonstrates|describes|details|discusses|dives|examines|"
    r"explains|explores|gives|goes (?:over|through|into)|introduces|lays out|lists|looks|outlines|presents|provides|"
    r"reviews|shares|shows|summari[sz]es|takes|talks|tells|walks)\b.*)",
    re.IGNORECASE,
)
# "In this episode, Ana Lima and Bo Berg discuss"
_IN_EPISODE = re.compile(
    r"^[Ii]n (?:this|the) (?:[\w-]+ )?(?:episode|interview|podcast|video|webinar|session|instal?lment),? "
    r"(?=(?:[A-Z][\w’'-]+[, ]+(?:and )?){1,9}"
    r"(?:discuss|talk|explain|share|show|walk|look|describe|compare|explore)s?\b)"
)
_OF_THEMSELVES = re.compile(r"\b(?:he|she|his|her|him|they|their)\b")
# "Today, we are very happy to be able to announce"
_ANNOUNCE_WE = re.compile(
    rf"^(?:today,? |now,? )?(?:we|i)(?:['’](?:re|m)| are| am) {_GLAD} (?:and \w+ )?to "
    r"(?:(?:be |have been )able to )?(?=[a-z])",
    re.IGNORECASE,
)
# "The Relay team is pleased to present"
_ANNOUNCE_THEY = re.compile(
    r"^(?P<who>(?:The |On behalf of )?[A-Z\d][^.;:]{2,60}?) ?(?:is|are|['’]re|am) (?:now |also )?"
    rf"{_GLAD} to (?:be able to )?(?=[a-z])"
)
# "It is with great pleasure that we announce"
_IT_IS = re.compile(
    r"^(?:it['’]s|it is) (?:our|my|a|with) (?:great |distinct )?(?:pleasure|pride|privilege|honou?r)(?: that)?(?: to)? "
    r"(?:we |i )?(?=announce|introduce|present|share|release)",
    re.IGNORECASE,
)


# What one is glad of is not done by saying so: "we are happy to see it grow".
_NOT_DONE = frozenset(
    "see have learn hear watch know notice find receive received lean count call get help complement".split()  # noqa: SIM905
)
_MINE = re.compile(r"\b(?:I|[Mm]y|me|myself)\b")
_SUBORDINATE = re.compile(r"\b(?:who|that|which)$")
_SAYS = frozenset({"is", "was", "has", "contains", "includes"})
# "This post doesn't answer it", "this post initially said so"
_OF_ITSELF = frozenset({"does", "doesn't", "isn't", "hasn't", "won't", "got", "originally", "initially", "first"})
# Whether the article is one, or a talk and a document are what it tells of, is not known: each keeps its name.
_OTHERS = re.compile(r"(?:talk|paper|report|document|newsletter|series)$", re.IGNORECASE)
_TAUGHT = re.compile(r"(?:guide|tutorial|walk-?through)$", re.IGNORECASE)
_USEFUL = re.compile(r"(?:be|is) (?:(?:most|very|especially|mostly) )?(?:useful|helpful|aimed|about|for)\b")
_STATES = _SAYS | {"were", "are", "been", "in", "of", "and", "on", "for", "about", "by"}
_MANY = re.compile(r"\b(?:and|developers|maintainers|authors|engineers)\b")


# "This second post in the series on caches explains"
_IN_SERIES = re.compile(
    r"(?:in|of) (?:the|this|our|a|my) (?:[\w-]+ )?series(?: (?:of|on|about) (?:[\w-]+ ){1,5}?| )"
    r"(?=(?:explains|extends|discusses|covers|describes|shows|explores|focuses|looks|introduces|presents|examines|dives|"
    r"walks|takes|goes|continues|builds|details|outlines|demonstrates|compares|is about|will)\b)"
)
# What was said before, where an announcement is read first: "explains how, and", "shows how to do it", "his changes".
_UNSAID = re.compile(
    r"\b(?:explains?|describes?|shows?|discusses) (?:how|why)[,.]|\bdo(?:es|ne)? (?:it|this|that|so)\b"
    r"|\bdid exactly that\b|\b(?:got|gets?) there\b|\bthat possible\b"
    r"|\b(?:his|her)\b(?!.*\b[A-Z][a-z]+ [A-Z])|\bones\.$"
)
# Written "take a look on", meant "at".
_LOOK_ON = re.compile(r"\b(looks?) on (?=how|what|why|the|a|an|some)\b")


def announcements(text: str, actor: Actor) -> str:
    """ "In this post we describe how we …" becomes "NAME describes how we …"."""
    if (told := _announced(text, actor)) != text:
        return "" if _UNSAID.search(told) else shown(_LOOK_ON.sub(r"\1 at ", told))
    return text


def _announced(text: str, actor: Actor) -> str:
    text = _IN_EPISODE.sub("", _BUT_POST.sub("", _BEFORE_POST.sub("", _WHY.sub("", text))))
    text = _LATELY.sub("", _REST_OF_POST.sub("This ", text))
    if match := _DONE_IN_POST.match(text):
        return f"{actor.name} has {_to_all(text[match.end() :])}"
    for pattern in (_IN_POST, _WE_POST, _WISH, _GOAL, _PART):
        if (match := pattern.match(text)) and not _is_wish(match, actor):
            rest = text[match.end() :]
            return f"{_teller(match, rest, actor)} {_to_all(tell(rest))}"
    if match := _YOU_LEARN.match(text):
        return f"The post explains {_to_all(text[match.end() :])}".replace("explains about", "is about")
    if match := _WHAT_I_COVER.match(text):
        return f"{actor.teller} covers {_to_all(text[match.end() :])}"
    if match := _LETS_TALK.match(text):
        return f"The post talks {match['about']}"
    if match := _HERE_IS.match(text):
        return f"The post gives {_to_all(text[match.end() :])}"
    if actor.release and (match := _THIS_RELEASE.match(text)):
        return f"{actor.release} {text[match.end() :]}"
    if match := _THIS_POST.match(text):
        return _told_by_post(match["what"], text[match.end() :], actor)
    if match := _THEY_TELL.match(text):
        return _told_by_name(match)
    if match := _ANNOUNCE_WE.match(text) or _IT_IS.match(text):
        rest = text[match.end() :]
        return "" if _first(rest) in _NOT_DONE else f"{_speaker(match[0], rest, actor)} {tell(rest)}"
    if match := _ANNOUNCE_THEY.match(text):
        return _told_by_them(match, text[match.end() :], actor)
    return text


def _is_wish(match: re.Match[str], actor: Actor) -> bool:
    """Whether "our goal is to" is no post's: what somebody aims at is not done."""
    return match.re is _GOAL and not (actor.person or match["here"] or match["of"])


def _speaker(said: str, rest: str, actor: Actor) -> str:
    """Who says it: one of a company's people who speaks of themselves is not the company."""
    alone = not actor.person and re.search(r"\bI\b", said)
    named = re.sub(r"^The | project$", "", actor.name)
    return "The author" if alone and (_MINE.search(rest) or re.search(rf"\b{re.escape(named)}\b", rest)) else actor.name


def _teller(match: re.Match[str], rest: str, actor: Actor) -> str:
    return actor.teller if _speaker(match[0], rest, actor) == actor.name else "The author"


def _first(rest: str) -> str:
    return rest.partition(" ")[0].lower().replace("’", "'")


def _to_all(rest: str) -> str:
    """What is said to a reader, said to all: "how you can build it" is how to build it."""
    return _FOR_YOU.sub("to ", _HOW_ONE_CAN.sub("how to ", rest))


_OF_POSTS = frozenset({"begin", "continue", "cover", "focus", "serve", "start"})  # done by no team
_OF_A_SITE = frozenset({"runs", "uses", "started", "lives", "moved", "gets", "needs", "contains", "supports"})


def _told_by_post(what: str, rest: str, actor: Actor) -> str:
    rest = _IN_SERIES.sub("", rest)
    verb, _, tail = rest.partition(" ")
    small = _first(rest)
    if (what.lower() == "blog" and verb in _OF_A_SITE) or small in _OF_ITSELF:
        return ""
    name = f"The {what.rpartition(' ')[2].lower()}" if _OTHERS.search(what) else "The post"
    stands = verb == "be" or verb.rstrip(",") in _STATES
    if stands and (_OTHERS.search(what) or _TAUGHT.search(what)) and not _USEFUL.match(rest):
        return ""
    if verb == "be":
        return f"{name} is {tail}"
    if stands:
        return f"{name} {rest}" if verb.rstrip(",") in _SAYS else ""
    if name != "The post" or is_past(verb):
        return f"{name} {tell(rest)}"
    if verb in _OF_POSTS:
        return f"The post {tell(rest)}"
    return f"The post {rest}" if verb.endswith("s") and verb != "discuss" else f"{actor.teller} {tell(rest)}"


def _told_by_name(match: re.Match[str]) -> str:
    """ "In the post Ana shows how to ..." is what the post shows; a whole name, which readers may know, stays."""
    if " " in match["who"] and " and " not in match["who"]:
        return f"{match['who']} {match['rest']}"
    return "" if _OF_THEMSELVES.search(match["rest"]) else f"The post {match['rest']}"


def _told_by_them(match: re.Match[str], rest: str, actor: Actor) -> str:
    """ "The Kestrel community is pleased to announce ..." announces."""
    unsaid = _first(rest) in _NOT_DONE
    if spoken := re.search(r"^(.*?,? )(?:we|I)$", match["who"]):
        name = actor.name if spoken[1] else _speaker(match[0], rest, actor)  # on behalf of others
        both = spoken[1].endswith(("and ", "& "))  # "Ana and we announce"
        return "" if unsaid else f"{spoken[1]}{within(name, 1)} {rest if both else tell(rest)}"
    if unsaid or _SUBORDINATE.search(match["who"]):
        return match.string
    who = re.sub(r"^On behalf of .*?, ", "", match["who"])
    goes_on = who.endswith(" and")  # "We are growing and are happy to announce"
    return f"{who} {rest}" if _MANY.search(who) and not goes_on else f"{who} {tell(rest)}"
