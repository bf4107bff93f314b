"""What the wording of a sentence says for it or against it as part of a summary: it states the topic, tells what was
done, gives a figure, or is history, a general truth, a word to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.cued import Cued, any_of
from crawler.label.summary.blurb import is_blurb
from crawler.label.summary.outcome import is_outcome

_POST = r"(?:post|article|blog|tutorial|guide|series|paper|essay|talk|document|proposal|write-?up|piece|note)"
_TELL = (
    "describe|explain|show|share|discuss|explore|introduce|present|propose|cover|outline|demonstrate|announce|lay out|"
    "sketch|go over|go through|walk|look (?:at|on|into)|talk about|take a|argue|focus on|dive|investigate|examine|"
    "compare|review|summari[sz]e|tell|highlight|recap|document|give an|try|attempt"
)
# What the article says that it is about: at its opening, anywhere by "this post", by what somebody will do, or by news.
_THIS_POST = Cued(
    rf"\b(?:in this (?:\w+ ){{0,2}}{_POST}s?\b.{{0,12}}\b(?:we|i|you)\b|"
    rf"(?:goal|aim|purpose|point|plan|focus|topic) (?:of|for) this {_POST}\b)"
)
_RECIPE = "recipe|guide|overview|introduction|summary|tour|walk-?through"
_SAYS_AT_ONCE = re.compile(
    rf"this (?:\w+ ){{0,2}}{_POST} (?:is (?:about|an?)\b|will|\w+s\b)|(?:we|i) (?:{_TELL})\b|"
    rf"what (?:we|i) (?:will|want to) |tl;?\s?dr|here(?:['’]s| is) an? (?:\w+ ){{0,2}}(?:{_RECIPE})"
)
_WILL_TELL = Cued(
    r"\b(?:we|i)(?:['’]ll| will| want to| would like to| am going to|['’]m going to| are going to)(?: \w+ly)? "
    rf"(?:{_TELL})\b"
)
_GLAD_TO = Cued(
    r"\b(?:excited|pleased|happy|proud|thrilled|delighted|glad) to (?:\w+ly )?(?:announce|share|introduce|present|"
    r"release|unveil|publish|launch|ship)"
)
_NEWS_VERBS = ("announces ", "announce ", "introduces ", "presents ")
# "The main idea is ...", "In short, ..."
_TOPIC = Cued(
    r"\b(?:this (?:release|version)|in short|in summary|to summari[sz]e|the (?:goal|aim|idea|main|key|result|problem|"
    r"challenge)|our (?:goal|solution|approach)|key takeaway|main advice)\b",
)
# "We moved the queue", "the project has released it"
_DID = (
    "built|created|developed|designed|wrote|implemented|introduced|moved|migrated|replaced|rebuilt|rewrote|reduced|"
    "improved|released|launched|shipped|decided to|started|added|adopted|chose|switched|found|learned|"
    "open[- ]sourced|managed to|ended up"
)
_DONE = re.compile(rf"\b(?:we|i|the team|the project|the community)(?:['’]ve| have| also| now)? (?:{_DID})\b")
# "is three times faster", "by about 40", "from two hours to one"
_RESULT = re.compile(
    r"\b(?:reduc|improv|increas|decreas|faster|slower|cheaper|smaller|fewer|cut|sav|drop|from .{1,40} to |up to|"
    r"by (?:about|around|over|nearly|almost|approximately)?\s?\d|times|speed-?up|speeds? up|as a result|result|achiev|"
    r"enabl|allow|eliminat|supports?|adds?|includes?|fix(?:es|ed)|deliver|recommend|upgrade)\w*",
)
# "Relay 3 adds two columns", "is now stable"
_RELEASED = Cued(
    r"\b(?:adds?|added|includes?|introduces?|introduced|brings?|supports?|features|improves?|ships?|enables?|drops?|"
    r"removes?|deprecates?|is now|now supports?|new features?)\b",
)
# "starting with version 4", "no longer", "the latest driver"
_NEWS = Cued(
    r"\b(?:new|now|starting (?:with|in|from)|as of|introduc\w+|announc\w+|releas\w+|launch\w*|latest|no longer|"
    r"instead of)\b",
)
# "We recommend a queue", "one should not retry"
_CLAIM = Cued(
    r"\b(?:(?:i|we) (?:\w+ly )?(?:think|believe|argue|consider|propose|suggest|recommend|prefer|conclude)|should)\b"
)
# "One way to ...", "Queues are an important part of it": what lies behind a subject
_WELL_KNOWN = "popular|very|common|well-known|important|essential|crucial|powerful|great|key|major|fundamental"
_BACKGROUND = re.compile(
    r"^(?:to (?:run|build|understand|get|make|be)|in order to|a (?:common|typical|popular)|"
    r"the (?:most|main) (?:common|popular)|one (?:of the|concern|problem|way)|"
    rf"\w+(?: \w+){{0,3}} (?:(?:is|are|was|were) (?:a|an|one of) (?:\w+ly )?(?:{_WELL_KNOWN})|"
    r"(?:dates?|has been|have been)\b))"
)
# What a digit counts or measures: "40 %", "12 ms", "3 services".
_MEASURE = re.compile(
    r"\d\s?(?:%|x\b|×|ms\b|[kMG]B\b|[KMB]\b|(?:percent|times|seconds?|minutes?|hours?|days|weeks|months|million|"
    r"billion|users|requests|queries|lines|engineers|services|nodes)\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w.+-]*|\b[A-Z]{2,}\b|\b\w+[A-Z]\w+\b")
# "Two years ago ...", "Last summer ...", "On the third day ..."
_TIME_AGO = (
    r"(?:a few|\w+) (?:years|months|weeks|days) ago|in (?:19|20)\d\d|"
    r"last (?:year|month|week|summer)|over the (?:last|past)|for (?:a long time|years|as long)|"
    r"(?:on|one|that|by) (?:the |a |that )?(?:first|second|third|fourth|next|last|same|following|\w+day)[ ,]|"
    r"one (?:night|evening|morning|afternoon|day)\b"
)
# "Back in the day ...", "It all started ...", "As a student ..."
_ONCE = (
    r"back in|once upon|when i|it all started|ever since|as an? \w+|up until|until (?:now|recently)|traditionally|"
    r"historically|earlier this|at first"
)
_HISTORY = re.compile("^" + any_of(_TIME_AGO, _ONCE))
# "Most teams ...", "When it comes to queues, ...", "In today's world ..."
_GENERAL = re.compile(
    r"^(?:if|when|once|suppose|you|previously,|in the past|have you ever|let|most|many|all|every|everyone|people|"
    r"nobody|as (?:you|a developer|software|the)|one of the (?:most|ways|main|best)|there (?:are|is)|"
    r"in (?:today['’]s|the world|the modern)|increasingly,?|whether|writing|for many) "
)
# "At the CacheConf ...", "the keynote"
_EVENT = Cued(
    r"^(?:at|during|after|on|join\w*) (?:the )?(?:\w+ ){0,3}\w*(?:Con|Conf|Day|Summit|Conference|Meetup|Forward|Week|"
    r"Workshop)\b|\b(?:keynote|meetup|webinar|booth|speakers?|register)\b"
)
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")
# "Ana B. Lima is a staff engineer at Acme."
_PROFESSION = (
    "strategist|engineer|developer|designer|manager|director|lead|professor|scientist|consultant|researcher|specialist|"
    "officer|student|founder|writer"
)
_BIO = re.compile(rf"^(?:[A-Z][\w.-]+ ){{2,3}}(?:is|was|joined|works|has been|serves|leads)\b.*\b(?:{_PROFESSION})\b")
_QUOTED = Cued(r"^[\"“]|\b(?:said|says|told|asked|replied)\b")
_YOU = Cued(r"\b(?:[Yy]ou|[Yy]our|yourself|[Ll]et's)\b")
_I = re.compile(r"\b(?:I(?:['’]\w+)?|my|me)\b")
# "These were slow", "the former", "that queue is"; but "this post"
_POINTS_BACK = re.compile(
    r"\b(?:this|these|those|such|that (?=\w+ (?:is|was|are|were|has|had)\b)|"
    r"the (?:same|other|former|latter|rest|above))\b"
    r"(?! (?:post|article|blog|guide|tutorial|release|version|year|month|week|paper|document|series|is|was|way|as))",
)

# "Acme moved it", "We moved it", "Our queue"
_SPEAKS = re.compile(r"(?:we|i|our|my)\b")
# What a sentence points at with its first words was said before, or may have been: "By now its queue is full".
_POINTING = frozenset(
    ("it", "its", "they", "their", "them", "this", "these", "those", "that", "such", "he", "she", "his", "her")
)
_HEAD = 6  # words in which a sentence takes up what was said
# Words of a chat, not of news: "Just see the great example".
_CHAT = frozenset(
    """
    you your just see great please then again someone something really very bit lot thing things here example
    also actually way let hope nice want maybe probably sure course excited happy
    """.split()  # noqa: SIM905 - read as words, not as forty literals
)
_WORDS = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_CHATTY = 4  # of them in a sentence are as many as can be

# Headings, by what stands under them.
ENDING = re.compile(
    r"^(?:conclusions?|summary|in summary|results?|wrap(?:ping)? up|closing|final (?:thoughts|words)|outcomes?|"
    r"takeaways?|key takeaways|lessons|impact)\b",
    re.IGNORECASE,
)
ABSTRACT = re.compile(
    r"^(?:tl;?dr|abstract|overview|introduction|(?:release )?highlights|in (?:short|brief)|executive summary|"
    r"what['’]?s new|motivation|background)\b",
    re.IGNORECASE,
)
_THANKS = (
    r"acknowledge?ments?|thanks|thank|contributors?|list of contributors|credits?|"
    r"about (?:the )?(?:authors?|us|me|company)"
)
_BACK_MATTER = (
    r"references?|footnotes?|further reading|related|comments?|resources|links|appendix|faq|license|contents|"
    r"table of contents"
)
_TAKING_PART = (
    r"how to (?:get|give|contribute|install)|getting (?:help|involved|the release|started)|join|try it|"
    r"get (?:it|started|involved)|upgrad\w*|download|install(?:ing|ation)|prerequisites|release notes|support|"
    r"community|feedback"
)
_TO_COME = "next(?: steps?)?|future|what['’]?s next"
FURNITURE = re.compile("^" + any_of(_THANKS, _BACK_MATTER, _TAKING_PART, _TO_COME) + r"\b", re.IGNORECASE)

# Who speaks is the subject of the main clause, and what they did its verb: any that ends in -ed, or one of these.
_MADE = (
    r"built|written|wrote|rebuilt|rewrote|rewritten|found|made|cut|brought|set out|set up|taken down|split|sped up|"
    r"chose|chosen|taught|put|threw away|thrown away|shut down|ran|run|gave|bought|spent|drove|took apart"
)
# What one only felt, said or tried was not done.
_NOT_MADE = (
    r"wanted|needed|liked|loved|noticed|reali[sz]ed|believed|hoped|wondered|assumed|expected|wished|seemed|used|preferred|"
    r"cared|lived|enjoyed|mentioned|talked|discussed|asked|looked|worked|tried|started|happened|struggled|faced|relied|"
    r"continued|turned out|planned|agreed|learned|joined|attended|received|stayed|waited|followed|heard|called|thanked|"
    r"visited|invited|suspected|remembered|promised|explained|described|showed|covered|presented|stumbled|encountered|"
    r"observed|reached|ended|managed to|exceed|succeed|proceed|embed|speed|need|feed"
)
_ACTS = re.compile(
    r"(?:[^,;:]{3,70}, )?(?:we|i|our team|the (?:\w+ ){0,2}(?:team|project|community))"
    r"(?:['’]ve| have| has| had| were able to)?"
    r"(?: recently| also| now| finally| just| since| successfully| then|, \w+,)* "
    rf"(?!(?:{_NOT_MADE})\b)(?:{_MADE}|[a-z-]{{3,}}ed)\b"
)
# What is true of a thing in general, and the "we" of a lesson, which is its reader as well.
_DEFINES = re.compile(
    r"^(?!we\b|our\b|i\b|my\b|this\b)(?:[^\s,;:]+ ){1,8}?(?:is|are) (?:one of|an?|the|not|often|also|usually|"
    r"generally|typically|widely|increasingly|always|very|at|such|where|what|when)\b"
)
_TOGETHER = Cued(
    r"\bwe (?:can|need|have to|must|should|see|get|call|want|know|could|would|use|do|now|then|first|also|just|start|"
    r"add|define|create|don['’]t|look|run|make|take|pass|set|assume|say)\b|\blet['’]s\b"
)

# Signs that are there or not. In small letters: a pattern that minds no case is several times slower.
_SEARCHED = (
    ("topic", _TOPIC), ("done", _DONE), ("news", _NEWS),
    ("claim", _CLAIM), ("back", _POINTS_BACK), ("together", _TOGETHER),
)  # fmt: skip
_OPENINGS = (
    ("acts", _ACTS),
    ("history", _HISTORY),
    ("general", _GENERAL),
    ("background", _BACKGROUND),
    ("defines", _DEFINES),
)
_AS_WRITTEN = (("event", _EVENT), ("you", _YOU), ("quoted", _QUOTED), ("i", _I))


def announces(text: str) -> bool:
    """Whether a sentence says what the article is about."""
    return _announces(text.lower())


def _announces(small: str) -> bool:
    return (
        any(verb in small for verb in _NEWS_VERBS)
        or _SAYS_AT_ONCE.match(small) is not None
        or ("this " in small and _THIS_POST.search(small) is not None)
        or _WILL_TELL.search(small) is not None
        or (" to " in small and _GLAD_TO.search(small) is not None)
    )


_HOLDS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("announces", _announces),
    ("blurb", is_blurb),
    ("speaks", _SPEAKS.match),
)


def wording_signs(text: str, subject: str, company: str, *, release: bool, nameless: bool) -> dict[str, float]:
    """The signs of a sentence's wording, from 0 to 1; those that are absent are left out.

    `subject`: the title's first name in small letters; `company`: who speaks, likewise, or nothing. `nameless`: no
    company or project speaks, so that "we" would become a team nobody knows.
    """
    small = text.lower()
    if company and company in small:
        small = small.replace(company, "we", 1)  # "Acme has moved" tells what "we have moved" does
    numbered = _DIGIT.search(text) is not None
    signs = {name: 1.0 for name, pattern in _SEARCHED if pattern.search(small)}
    signs |= {name: 1.0 for name, pattern in _OPENINGS if pattern.match(small)}
    signs |= {name: 1.0 for name, pattern in _AS_WRITTEN if pattern.search(text)}
    signs |= {name: 1.0 for name, holds in _HOLDS if holds(small)}
    if names := _NAME.findall(text):
        signs["names"] = min(4, len(names)) / 4
    if numbered and is_outcome(small):
        signs["outcome"] = 1.0
    if _BIO.match(text):
        signs["bio"] = 1.0
    if subject and small.startswith(subject):
        signs["subject"] = 1.0
    if _RESULT.search(small):
        signs["figure" if numbered else "result"] = 1.0
    if numbered and _MEASURE.search(text):
        signs["measure"] = 1.0
    words = _WORDS.findall(small)
    if not _POINTING.isdisjoint(words[:_HEAD]):
        signs["points"] = 1.0
    if chat := sum(word in _CHAT for word in words):
        signs["chat"] = min(_CHATTY, chat) / _CHATTY
    if release and _RELEASED.search(small):
        signs["released"] = 1.0
    if nameless and _WE.search(text):
        signs["team"] = 1.0
    return signs
