"""Ceremony: greetings, orders, words about the page, and changes without who made them."""

from __future__ import annotations

import re

from crawler.cued import Cued, any_of
from crawler.label.sentences.verbs import NO_VERB

_THING = (
    r"(?:post|article|blog|entry|tutorial|guide|series|piece|section|chapter|page|video|episode|newsletter|document)"
)

# ---- Openings

# "In this post, ...", "This is the second part of a series"
_IN_THIS_POST = (
    rf"in (?:this|today['’]s|the (?:next|last|previous|first|second|following)) (?:\w+ )*{_THING}|"
    rf"this (?:\w+ )?{_THING}\b|this is (?:an?|the|my|our|just an?) (?:\w+ ){{0,2}}{_THING}\b"
)
# "Hello and welcome", "Happy Friday", "Thanks to all contributors", "A big thank you"
_GREETING = (
    r"welcome\b|hi\b|hello\b|hey\b|dear\b|happy \w+day|good (?:morning|luck)|so long\b(?! as\b)|cheers\b|"
    r"congrat(?:s|ulations)\b|kudos\b|shout-?outs?\b|hat[- ]tip|thanks?\b|many thanks|special thanks|"
    r"a (?:big|huge|special) thank|acknowledge?ments?\b|wow\b|oh\b|yes\b|no,|ok(?:ay)?\b|well,"
)
# "Updated on Tuesday: ...", "Photo by Ana", "Figure 2: ...": what stands in a margin. "By ...", which reads like a
# by-line, is told the other way round where that is sure (`crawler.label.edits.word_order`).
_MARGIN = (
    r"updated?\b[:,]|updated (?:on|in|at)\b|update (?:on|in|at) [\w-]+:|update (?:\(|\d)|edit\b[:,]|"
    r"by [a-z]|today is\b|"
    r"edit(?:or)?['’]?s?(?: note)?:|note:|disclaimers?\b|disclosure ?[:–—-]|copyright\b|all rights|opinions expressed|"
    r"source:|via\b|authors?(?: ?[:–—-]|$)|authored by|about the authors?\b|"
    r"(?:photo|image|picture|figure|fig\.?|table|listing|screenshot)"
    r"(?: ?[:–—]| \d| by\b| credit| courtesy| source\b| of\b| from\b| above\b| below\b| taken\b)|"
    r"photos (?:by|from|courtesy)\b|credits?(?: ?[:–—-]| to\b| goes\b| where\b)|"
    r"(?:originally |first )?(?:published|posted) (?:on|in|at|by|here|under|\w{3,9} \d)|filed under|tags?:|written by|"
    r"reading time|last (?:updated|modified)|tl;?dr\b|prerequisites\b|requirements(?: ?:|$)|"
    r"version \d[\d.]*(?:$|:| (?:is|was) (?:out|released))|first[- ]time (?:contribut|here|read|visit)"
)
# "Read on for ...", "Join us", "Please see also ...", "For more details, ..."
_INVITING = (
    r"read (?:more|on)\b|stay tuned|subscribe\b|follow (?:us|me)\b|share this\b|click\b|join (?:us|the)\b|enjoy\b|"
    r"please\b|sign up\b|register (?:for|here|now|today|at|to|your|on)\b|don['’]t (?:miss|forget)|"
    r"(?:for )?more (?:information|details)|(?:to )?learn more|see (?:the|also|our|my)\b|check out\b|feel free|"
    r"(?:we|the team)(?:['’]re| are| is) hiring|download(?: (?:it|the|now|here|your|our|and)\b|[:.])|"
    r"for (?:the )?(?:complete|full|further) (?:list|details|release)|"
    r"the (?:full|complete) (?:list|changelog|release notes)|the source code (?:is|for|can)|"
    r"(?:you|users) can (?:also |now )?(?:read|download|follow|check|watch|browse|sign)\b|"
    r"(?:you|users) can (?:also |now )?find\b(?=.*\b(?:here|below|above|details|documentation|docs|changelog|notes)\b)|"
    r"no [\w -]{2,30}, no [\w -]{2,30}, (?:some|just|only|lots)\b"
)
# "If you want to follow along", "Let's begin", "As we said", "Imagine a queue"
_WITH_READER = (
    r"if you (?:have|are|want|would|like|missed|haven|need|prefer|enjoy)|if you['’]|let['’]s|let us|"
    r"before (?:we|i) (?:begin|get|start)|as always|as (?:i|we|you) (?:said|mentioned|saw|may)|guess what|"
    r"remember\b|imagine\b|last but not least|what you need to know|(?:or|and) (?:how|what|why)\b"
)
# "Here is the code", "The following table ..."
_SHOWING = (
    r"here(?:['’]s| is| are)\b|"
    r"the (?:following|above) (?:code|command|snippet|example|figure|table|diagram|list|is a guest)"
)
_CEREMONY = Cued("^" + any_of(_IN_THIS_POST, _GREETING, _MARGIN, _INVITING, _WITH_READER, _SHOWING))

# ---- Words about the page, wherever they stand

_SHOWN = "table|image|screenshot|diagram|picture|graph|chart|snippet|example"
# "as described above", "the figure below", "in a later post", "see below"
_ELSEWHERE = (
    rf"in the next (?:post|section|part|article)|in (?:an? )?(?:earlier|previous|upcoming|future|later|last|next|"
    rf"follow-?up) {_THING}|(?:previous|next|last|following|above|below) {_THING}|see below|see above|as mentioned in|"
    r"(?:mentioned|described|discussed|shown|seen) (?:above|earlier|below|before)|"
    r"(?:previously|already|above|afore)[- ]?mentioned|"
    rf"code (?:below|above)|(?:figure|listing|{_SHOWN}) (?:below|above)|(?:figure|table|listing) \d|"
    rf"(?:below|above|following) (?:figure|code|command|{_SHOWN})s?|"
    r"(?:features|changes|examples?|steps?|list|section|options?|all of the|mentioned|described) (?:above|below)|"
    r"here['’]s (?:a|the|how|what)|looks like this|as follows|shown here|hover over|"
    r"into (?:more |further |greater )?detail|(?:found|available) here"
)
# "Continue reading", "let us know", "check it out", "we're hiring"
_CALLS = (
    r"continue reading|read more|read on|learn more|sign up (?:for|to)|subscribe to|newsletter|"
    r"follow (?:us|me|him|her|them|the team) on|check (?:it|them|us)? ?out|apply now|click (?:here|on the link)|"
    r"join us|get in touch|stay tuned|watch this space|(?:we['’]re|are) hiring|more about (?:it|this|that) (?:in|here)|"
    r"let (?:us|me) know|opens in new|cookie policy|privacy policy"
)
# "are very excited", "had the pleasure", "thanks to all", "happy hacking"
_FEELINGS = (
    r"(?:is|are|was|were) (?:very |so |really |super )?(?:excited|thrilled|happy|proud|delighted|grateful|honou?red|"
    r"glad)|had (?:the|an?) (?:privilege|pleasure|opportunity)|thank you (?:to|for)|thanks (?:for|"
    r"to (?:all|every\w*|our|you|them|the (?:community|team|contributors|folks)|[^,.]{1,80} for))|thankful|shout-?out|"
    r"better world|world (?:is )?a better place|wealth of (?:experience|knowledge)|amazing place|"
    r"happy (?:reading|coding|hacking)|sponsoring|donat(?:e|ing) to|back to normal"
)
# "in this post we", "this post is based on a talk", "while writing this post", "thought they would share it"
_OF_THIS_POST = (
    r"thought (?:it|they|we|i|the (?:author|team))(?: would|['’]d| should| might| could) (?:post|share|write|blog)|"
    r"in this (?:blog )?(?:post|article),? (?:we|i)|"
    r"(?:post|article) (?:is|was) (?:an? |the )?(?:adaptation|based on|part|first|second|third|short|follow-up|guest)|"
    r"(?:writing|wrote|drafted|finish(?:ing|ed)?|reading|read) this (?:\w+ )?post|originally drafted|this blog|my blog"
)
_ANYWHERE = re.compile(r"\b" + any_of(_ELSEWHERE, _CALLS, _FEELINGS, _OF_THIS_POST) + r"\b")

# ---- Nobody does it, or the reader is to do it

# What was done without who did it, as lists of changes have it.
_CHANGES = (
    "removed|added|fixed|changed|improved|updated|deprecated|renamed|moved|replaced|dropped|introduced|enabled|disabled|"
    "allowed|refactored|reduced|implemented|made|bumped|upgraded|launched|released|shipped|built|created|migrated"
)
_DOINGS = r"collaborated|responded|hosted|went|visited|met|spoke|finished|learned|took|drove|found(?= an? )"
_NO_SUBJECT = re.compile(
    any_of(_CHANGES, _DOINGS) + r"\b(?! by\b)(?![^,]*, (?:(?:the|an?|it|they|this|these|its)\b|"
    r"[\w.-]+ (?:is|are|was|has|provides?|offers?|supports?|makes?|lets?|allows?|gives?|can)\b))"
)
# "Upgrades the cache and makes a key", "Funded by a donation.", "guards your keys": the subject stood in a heading.
_DOES = (
    "upgrades|adds|creates|fixes|updates|removes|runs|uses|makes|returns|sets|installs|builds|checks|ensures|allows|"
    "enables|changes|moves|replaces|improves"
)
_BEFORE_YOUR = (
    "with|for|in|on|from|when|if|as|by|at|of|to|about|into|like|because|while|after|before|and|or|all|both|unlike|since|"
    "over|under|through|than|within|without|where|how|why|what"
)
_CUT_SUBJECT = re.compile(
    rf"(?:{_DOES}) (?:the|an?|all|its|support)\b|[a-z]{{3,}}ed by [^,]*$|(?!(?:{_BEFORE_YOUR})\b)[a-z]+ your\b"
)
# "Make sure that ...", "Install the package."
_ADVICE = (
    "ensure|be (?:sure|careful|aware|prepared|on the lookout)|"
    "make sure|consider|try|avoid|keep|never|always|suppose|assume|notice|recall|think|see|start by|"
    "begin by|get your|take a"
)
_STEPS = (
    "use|figure out|run|install|click|open|go to|head|add|fix|remove|allow|bump|enable|disable|rename|replace|drop|"
    "implement|refactor|pick|choose|put|type|select|navigate|configure|define|create a|write a"
)
_IMPERATIVE = re.compile(any_of(_ADVICE, _STEPS) + r"\b(?! (?:cases?|of)\b)")
# "Instead of guessing, plan for a cache."
_THEN_DO = re.compile(
    r"(?:instead of|rather than|when|before|after|once|if|for|to)\b[^,]{3,90}, (?:then )?"
    r"(?:plan|use|try|make sure|ensure|consider|avoid|run|add|set|include|keep|start|stop|create|call|open|check|"
    r"see|read|think|choose|pick|put|never|always) (?:the|an?|it|them|for|this|that|to|up|all)\b"
)
# A sentence whose first word is followed by "the" and is no word that may stand there is an order.
_ANY_ORDER = rf"(?!(?:{NO_VERB})\b)[a-z]{{2,}}(?<!s)(?<!ing)(?<!ly) (?:the|an?|your|it|each|every|them|what|how)\b"
# "Create all tables", "Copy rows into a file", "Load two small tables from disk".
_WORK = (
    "create|write|define|generate|compute|load|save|read|print|plot|build|deploy|move|change|set|test|check|make|get|"
    "keep|find|look|start|stop|implement|copy|send|return|apply|update|take|execute|pass|call|wrap|insert|enter|specify|"
    "verify|follow|repeat|import|extract|train|switch|press|delete|rebuild|restart|provide|include|replace|place|release|"
    "turn"
)
_WORK_ON = rf"(?:{_WORK}) (?:all|some|this|that|[a-z]+s (?:from|into|with|to)|[a-z]+ [a-z]+ [a-z]+s from)\b"
_ORDER = re.compile(any_of(_ANY_ORDER, _WORK_ON))
# "Technically could be accurate": who or what could.
_SUBJECTLESS = re.compile(r"[a-z]+ly (?:can|could|may|might|will|would|should|is|are|was|were|has|had|have)\b")


def is_ceremony(text: str) -> bool:
    """Whether a sentence, in small letters, is none of what an article tells."""
    return (
        _IMPERATIVE.match(text) is not None
        or _NO_SUBJECT.match(text) is not None
        or _CUT_SUBJECT.match(text) is not None
        or _ORDER.match(text) is not None
        or _THEN_DO.match(text) is not None
        or _SUBJECTLESS.match(text) is not None
        or _CEREMONY.search(text) is not None
        or _ANYWHERE.search(text) is not None
    )
