"""What the wording of a sentence says for it or against it as part of a summary: it states the topic, tells what was
done, gives a figure, or is history, a general truth, a word to the reader.
"""

from __future__ import annotations

import re

from crawler.cued import Cued

_POST = r"(?:post|article|blog|tutorial|guide|series|paper|essay|talk|document|proposal|write-?up|piece|note)"
_TELL = (
    r"describe|explain|show|share|discuss|explore|introduce|present|propose|cover|outline|demonstrate|announce|"
    r"lay out|"
    r"sketch|go over|go through|walk|look (?:at|on|into)|talk about|take a|argue|focus on|dive|investigate|examine|"
    r"compare|review|summari[sz]e|tell|highlight|recap|document|give an|try|attempt"
)
# What the article says that it is about: at its opening, anywhere by "this post", by what somebody will do, or by news.
_THIS_POST = Cued(
    rf"\b(?:in this (?:\w+ ){{0,2}}{_POST}s?\b.{{0,12}}\b(?:we|i|you)\b|"
    rf"(?:goal|aim|purpose|point|plan|focus|topic) (?:of|for) this {_POST}\b)"
)
_SAYS_AT_ONCE = re.compile(
    rf"this (?:\w+ ){{0,2}}{_POST} (?:is (?:about|an?)\b|will|\w+s\b)|(?:we|i) (?:{_TELL})\b|what (?:we|i) (?:will|"
    rf"want to) |"
    r"tl;?\s?dr|here(?:['’]s| is) an? (?:\w+ ){0,2}(?:recipe|guide|overview|introduction|summary|tour|walk-?through)"
)
_WILL_TELL = Cued(
    rf"\b(?:we|i)(?:['’]ll| will| want to| would like to| am going to|['’]m going to|"
    rf" are going to)(?: \w+ly)? (?:{_TELL})\b"
)
_GLAD_TO = Cued(
    r"\b(?:excited|pleased|happy|proud|thrilled|delighted|glad) to (?:\w+ly )?(?:announce|share|introduce|present|"
    r"release|"
    r"unveil|publish|launch|ship)"
)
_NEWS_VERBS = ("announces ", "announce ", "introduces ", "presents ")
_TOPIC = Cued(
    r"\b(?:this (?:release|version)|in short|in summary|to summari[sz]e|the goal|our goal|the aim|the idea|"
    r"the main|the key|"
    r"the result|our solution|our approach|key takeaway|main advice|the problem|the challenge)\b",
)
_DONE = re.compile(
    r"\b(?:we|i|the team|the project|the community)(?:['’]ve| have| also| now)? (?:built|created|developed|designed|"
    r"wrote|implemented|introduced|moved|migrated|replaced|rebuilt|rewrote|reduced|improved|released|launched|"
    r"shipped|"
    r"decided to|started|added|adopted|chose|switched|found that|learned|open[- ]sourced|found|managed to|"
    r"ended up)\b",
)
_RESULT = re.compile(
    r"\b(?:reduc|improv|increas|decreas|faster|slower|cheaper|smaller|fewer|cut|sav|drop|from .{1,40} to |"
    r"up to|by (?:about|around|over|nearly|almost|approximately)?\s?\d|times|speed-?up|speeds? up|"
    r"as a result|result|achiev|enabl|allow|eliminat|supports?|adds?|includes?|fix(?:es|ed)|deliver|"
    r"recommend|upgrade)\w*",
)
_RELEASED = Cued(
    r"\b(?:adds?|added|includes?|introduces?|introduced|brings?|supports?|features|improves?|ships?|enables?|drops?|"
    r"removes?|deprecates?|is now|now supports?|new features?)\b",
)
_NEWS = Cued(
    r"\b(?:new|now|starting (?:with|in|from)|as of|introduc\w+|announc\w+|releas\w+|launch\w*|latest|no longer|"
    r"instead of)\b",
)
_CLAIM = Cued(
    r"\b(?:i|we) (?:\w+ly )?(?:think|believe|argue|consider|propose|suggest|recommend|prefer|conclude|recommend)\b|"
    r"\bshould\b",
)
_BACKGROUND = re.compile(
    r"^(?:to (?:run|build|understand|get|make|be)|in order to|a (?:common|typical|popular)|the (?:most|"
    r"main) (?:common|popular)"
    r"|one (?:of the|concern|problem|way)|\w+(?: \w+){0,3} (?:is|are|was|were) (?:a|an|one of) (?:\w+ly )?(?:popular|"
    r"very|common|"
    r"well-known|important|essential|crucial|powerful|great|key|major|fundamental)|\w+(?: \w+){0,3} (?:date|dates|"
    r"has been|have been)\b)",
)
_MEASURE = re.compile(
    r"\d\s?(?:%|x\b|×|ms\b|[kMG]B\b|[KMB]\b|(?:percent|times|seconds?|minutes?|hours?|days|weeks|months|million|"
    r"billion|"
    r"users|requests|queries|lines|engineers|services|nodes)\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w.+-]*|\b[A-Z]{2,}\b|\b\w+[A-Z]\w+\b")
_HISTORY = re.compile(
    r"^(?:(?:a few|some|many|several|\w+) (?:years|months|weeks|days) ago|back in|once upon|in (?:19|20)\d\d|"
    r"last (?:year|"
    r"month|week|summer)|when i|for (?:a long time|years|as long)|it all started|ever since|as (?:a|an) \w+|(?:on|"
    r"one|that|"
    r"by) (?:the |a |that )?(?:first|second|third|fourth|next|last|same|following|\w+day)[ ,](?:day|morning|evening|"
    r"night|"
    r"afternoon)?|over the (?:last|past)|up until|until (?:now|recently)|traditionally|historically|earlier this|"
    r"at first)",
)
_GENERAL = re.compile(
    r"^(?:(?:if|when|once|suppose|you|previously,|in the past|have you ever|let|most|many|all|every|everyone|people|"
    r"nobody|when "
    r"(?:you|it comes)|as (?:you|a developer|software|the)|one of the (?:most|ways|main|best)|there (?:are|is)|"
    r"in (?:today['’]s|"
    r"the world|the modern)|increasingly,?|whether|writing|for many) )",
)
_EVENT = Cued(
    r"^(?:at|during|after|on|join\w*) (?:the )?(?:\w+ ){0,3}\w*(?:Con|Conf|Day|Summit|Conference|Meetup|Forward|Week|"
    r"Workshop)\b|\b(?:keynote|meetup|webinar|booth|speakers?|register)\b"
)
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")
_BIO = re.compile(
    r"^(?:[A-Z][\w.-]+ ){2,3}(?:is|was|joined|works|has been|serves|leads)\b.*\b(?:strategist|engineer|developer|"
    r"designer|"
    r"manager|director|lead|professor|scientist|consultant|researcher|specialist|officer|student|founder|writer)\b"
)
_QUOTED = Cued(r"^[\"“]|\b(?:said|says|told|asked|replied)\b")
_YOU = Cued(r"\b(?:[Yy]ou|[Yy]our|yourself|[Ll]et's)\b")
_I = re.compile(r"\b(?:I(?:['’]\w+)?|my|me)\b")
_POINTS_BACK = re.compile(
    r"\b(?:this|these|those|such|that (?=\w+ (?:is|was|are|were|has|had)\b)|the (?:same|other|former|latter|rest|"
    r"above))\b"
    r"(?! (?:post|article|blog|guide|tutorial|release|version|year|month|week|paper|document|series|is|was|way|as))",
)
ENDING = re.compile(
    r"^(?:conclusions?|summary|results?|wrap(?:ping)? up|closing|final (?:thoughts|words)|outcomes?|takeaways?|"
    r"lessons|"
    r"key takeaways|in summary|impact)\b",
    re.IGNORECASE,
)
ABSTRACT = re.compile(
    r"^(?:tl;?dr|abstract|overview|introduction|highlights|release highlights|in (?:short|brief)|executive summary|"
    r"what['’]?s new|motivation|background)\b",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"^(?:references?|acknowledge?ments?|thanks|footnotes?|about (?:the )?(?:authors?|us|me|company)|"
    r"further reading|related|comments?|resources|links|"
    r"contributors?|list of contributors|appendix|credits?|how to (?:get|give|contribute|install)|getting (?:help|"
    r"involved|"
    r"the release|started)|join|try it|get (?:it|started|involved)|upgrad\w*|download|"
    r"install(?:ing|ation)|prerequisites|next steps?|"
    r"future|what['’]?s next|faq|license|support|community|thank|release notes|feedback|table of contents|"
    r"contents)\b",
    re.IGNORECASE,
)

# Who speaks is the subject of the main clause, and what they did its verb.
_MADE = (
    r"built|created|developed|designed|written|wrote|implemented|introduced|moved|migrated|replaced|rebuilt|rewrote|"
    r"rewritten|reduced|improved|released|launched|shipped|added|adopted|switched|found|discovered|managed|made|cut|"
    r"removed|deprecated|redesigned|refactored|transformed|turned|brought|extended|integrated|deployed|automated|"
    r"optimi[sz]ed|fixed|solved|open[- ]sourced|trained|measured|compared|tested|evaluated|investigated|analy[sz]ed|"
    r"set out|set up|taken down|folded|ported|upgraded|completed|finished|partnered|published|converted|split|merged|"
    r"sped up|simplified|eliminated|enabled|tackled|scaled|consolidated|standardi[sz]ed|unified|experimented|explored"
)
_ACTS = re.compile(
    rf"(?:[^,;:]{{3,70}}, )?(?:we|i|our team|the (?:\w+ ){{0,2}}(?:team|project|community))(?:['’]ve| have| has|"
    rf" had| were able to)?"
    rf"(?: recently| also| now| finally| just| since| successfully| then|, \w+,)* (?:{_MADE})\b"
)
# What is true of a thing in general, and the "we" of a lesson, which is its reader as well.
_DEFINES = re.compile(
    r"^(?!we\b|our\b|i\b|my\b|this\b)(?:[^\s,;:]+ ){1,8}?(?:is|are) (?:one of|an?|the|not|often|also|usually|"
    r"generally|"
    r"typically|widely|increasingly|always|very|at|such|where|what|when)\b"
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
    if _announces(small):
        signs["announces"] = 1.0
    if names := _NAME.findall(text):
        signs["names"] = min(4, len(names)) / 4
    if _BIO.match(text):
        signs["bio"] = 1.0
    if subject and small.startswith(subject):
        signs["subject"] = 1.0
    if _RESULT.search(small):
        signs["figure" if numbered else "result"] = 1.0
    if numbered and _MEASURE.search(text):
        signs["measure"] = 1.0
    if release and _RELEASED.search(small):
        signs["released"] = 1.0
    if nameless and _WE.search(text):
        signs["team"] = 1.0
    return signs
