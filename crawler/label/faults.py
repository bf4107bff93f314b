"""What may not stand in a summary: a sentence is refused for one of these faults."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from crawler.cued import Cued
from crawler.label.ceremony import is_ceremony
from crawler.label.leaning import leans
from crawler.label.verbless import says_nothing

_TO_READER = Cued(
    r"^(?:if|when|whether|as|once|while|because|although|unless|before|after|so|that|now|since) you\b|"
    r"^you(?:['’]\w+)?\b|^your\b"
    r"|\byou(?:['’](?:re|ve|ll)| are| have| may| might|['’]d|(?: only| just)? (?:should|need|must|want|will))\b|"
    r"\b(?:encourages?|invites?|urges?|tell|told|show|give|"
    r"giving|help|helps|with|ask|"
    r"thank) you\b|"
    r"for you\b|\b(?:including|of|to|for|like) you\b|\bdear reader|\blet['’]s\b|"
    r"\blets (?:start|begin|see|take|look|go|dive|say|assume|consider|try|assign|suppose|imagine)\b|"
    r"\byours\b",
)
_CHATTER_OPENING = re.compile(
    r"the post (?:is|was) (?:now )?(?:available|translated|probably|going|about (?:a|an|my|some)|a bit|not|"
    r"the (?:first|second|third|last|next)|part|meant|written|inspired|also|mostly|long)\b|"
    r"the post (?:gets|will be|has been|was last)\b|(?:yesterday|tomorrow|tonight|this morning|warning|do not|caveat|"
    r"beware|in the interest of|roughly every|follow-?up)\b|for [^,]+, (?:see|read|visit|check|refer)\b|"
    r"(?:due to|because of|thanks to|according to|as for) [^,]*$|every (?:\w+ )?(?:weeks|months)\b|"
    r"before (?:doing (?:that|so)|delving|diving|going|getting|moving|looking)|"
    r"(?:the )?(?:code|source|slides?|recording|video)s? "
    r"(?:for|of|is|are)\b"
)
_CHATTER = Cued(
    r"\b(?:(?:shown|displayed|plotted|highlighted|marked|drawn) (?:in|as) (?:a )?(?:red|blue|green|black|orange|"
    r"yellow|"
    r"grey|gray|purple|dashed|dotted|solid|bold)\b|(?:illustration|photo|image|picture|figure|graphic|artwork) by\b|"
    r"to thank\b|takes? (?:a|the|this) moment\b|(?:in|at|from) (?:for|of|to) \d|gets? into it\b|"
    r"assumes? (?:that )?(?:the|you|readers?)\b|would like to\b|near[- ]and[- ]dear\b|without further\b|"
    r"as promised\b|"
    r"(?:is|are) available (?:at|on|from|in) (?:the )?(?:[\w-]+ ){0,3}page\b|long story short\b|the rest of the\b|"
    r"before (?:diving|we|getting)\b|can never remember\b|"
    r"a preview of (?:some of )?the\b|(?:talks?|tells?|writes?|says?) (?:a (?:bit|little) |some )?more about\b|"
    r"in (?:the|a) (?:next|later|separate|previous) (?:step|section|part|post|chapter)\b|"
    r"it['’]s (?:a (?:good|great)|time|the right) (?:(?:moment|time) )?to (?:reflect|talk|look|celebrate|think)\b|"
    r"(?:will|must|has to) admit\b|the author should (?:also )?(?:add|note|mention|say|point)\b|"
    r"scratch(?:ed|es)? the surface\b|"
    r"\bthe author (?:wrote|talked|blogged|posted|spoke) .*\b(?:ago|last (?:week|month|year))\b|"
    r"earlier this year, the author\b|means? a lot to\b|(?:will )?follow (?:shortly|soon|later)\b|"
    r"(?:author|team|post) (?:is not|isn['’]t|does not|doesn['’]t|will not|won['’]t) (?:going to )?(?:focus|cover|"
    r"go into|discuss|talk|explain|describe|get into|spend)\b|the author was (?:\w+ )?(?:grateful|sad|sorry)\b|"
    r"the author (?:may|might|hopes?|is hoping|would|feels|loves?|enjoy(?:s|ed)|is stuck|plans?)\b)"
)
_BROKEN = Cued(r"(?:\.\.\.|…) ?[a-z]| - [^-]{3,80} - |[.!?] --")
# A list of which only the beginning stands here, and a field of a form: "Skill level: not for beginners."
_LISTS = Cued(r"^(?!.*(?:\(2\)|\b2\))).*(?:\(1\)|(?<![\d.(])\b1\)) ")
_FIELD = re.compile(r"[a-z]+(?: [a-z]+)?: (?:\S+ ?){1,6}$")
_SYMBOL = re.compile(r"[{}<>|~^=:&$(`@#/_\\]| --")
_COMMAND = Cued(r"\b(?:sudo|npm|pip|kubectl|curl) |www\.\w")
_CODE = re.compile(
    r"[{}<>|^]|~(?!\d)|=>|->|::|&&|\$\s?\w+|\w+\(\)|\w+\([\w, ]*\)[;.]|\w\.\w+\([\w'\"]|"
    r"\b(?:sudo|npm|pip|kubectl|curl|git clone|"
    r"docker run|apt-get|brew|cargo|helm) (?:install|run|get|apply|-)|://|www\.\w|```|\s[-=]{2,}\w|"
    r"\\\w|\b\w+_\w+_\w+\b|==|!=|\s/\w+/|@\w+|#\d{2,}|[\w-]+\.(?:com|org|io|net)/"
)
_PERSON = re.compile(
    r"\b(?:we|our|ours|us|I|my|me|mine|I['’]m|we['’]re|we['’]ve|I['’]ve|ourselves|myself|We|Our|My|Us|Me)\b|"
    r"(?<=[a-z,;] )i(?:['’]\w+)? (?=[a-z])"
)
_FINISH = re.compile(r"[.!][\"”’)\]]*$")
_CUT = re.compile(
    r"(?:…|\.\.\.|[,;:–—-]\.?)[\"”’)\]]*$|\b(?:and|or|the|a|an|of|for|to|in|etc|called|named|using|via|"
    r"than|between)[.!]$",
    re.IGNORECASE,
)


def fault_of(text: str, *, lead: bool) -> str:
    """The first fault of a rewritten sentence, or an empty string; `lead`: it opens the summary."""
    if lead and leans(text):
        return "dangling"
    for name, found in _CHECKS:
        if found(text):
            return name
    small = text.lower()
    return next((name for name, found in _SMALL_CHECKS if found(small)), "")


def _unbalanced(text: str) -> bool:
    return (
        text.count("(") != text.count(")")
        or text.count("“") != text.count("”")
        or text.count('"') % 2 == 1
        or text.count("[") != text.count("]")
    )


def _fragment(text: str) -> bool:
    end = text[-24:]
    return not _FINISH.search(end) or _CUT.search(end) is not None


def _chatter(small: str) -> object:
    if " · " in small or " | " in small:  # a line of the page's furniture
        return True
    broken = (" -" in small or "..." in small or "…" in small) and _BROKEN.search(small)
    return (
        broken
        or _LISTS.search(small)
        or _FIELD.match(small)
        or _stutters(small)
        or _CHATTER_OPENING.match(small)
        or _CHATTER.search(small)
    )


def _stutters(small: str) -> bool:
    """Whether a word stands twice, as it does where a text was put together badly."""
    words = small.split()
    return any(a == b and a.isalpha() and a not in _DOUBLED for a, b in pairwise(words))


def _shouting(text: str) -> bool:
    return text.count("!") > 1 or len(_CAPITALS.findall(text)) > 5


_DOUBLED = frozenset({"that", "had"})
_READER = ("you", "let", "reader")
_OPENING = re.compile(r"(?!\(\d)[\"“(]?[A-Z0-9]|[a-z]+[A-Z\d._]")
_RUN_ON = Cued(r"[a-z]{4}\. [a-z]")
_ON_PAGE = Cued(
    r".\b(?:this|these|our|my) (?:blog )?(?:post|article|blog|series|guide|tutorial|posts|articles)\b"
    r"|\b[Ii]n (?:a|an|the|my|our|its|their|one of the) (?:previous|earlier|last|prior|past|"
    r"recent) (?:\w+ )?(?:story|talk|part|"
    r"post|article|blog|chapter|episode)|"
    r"^(?:Above|Below)\b|\b(?:above|below)\b(?!-| (?:all|average|\d|the (?:line|limit|level|threshold)))|\bhere\b|"
    r"\b[Ll]ink removed|"
    r"\b(?:look(?:s|ed|ing)?"
    r" forward|hopes? (?:that )?(?:you|this)|would (?:love|like) to (?:hear|see|invite)|feel free|stay(?:ing)? tuned|"
    r"wait to see)\b"
)
# A question that ends with a full stop: "How can a team pay for it."
_ASKS = re.compile(
    r"(?:How|Why|What|When|Where|Who|Which) (?:can|could|do|does|did|is|are|was|were|should|would|will|has|have) "
    r"(?!(?:important|happening|known|new|needed|left|missing|called|more|worse|better|also|often|usually|really)\b)"
)
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")
_ABBREVIATION = Cued(r"\b(?:e\.g|i\.e|etc|vs|[A-Z]|[A-Z]\.[A-Z]|Dr|Prof|Mr|Ms|No|St)\. [A-Z0-9]")
# The cheap and the frequent first: each is only tried where the ones above found nothing.
_CHECKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("question", lambda text: "?" in text or _ASKS.match(text)),
    ("fragment", _fragment),
    ("opening", lambda text: not _OPENING.match(text)),
    ("unbalanced", _unbalanced),
    ("first person", _PERSON.search),
    ("code", lambda text: (_SYMBOL.search(text) and _CODE.search(text)) or _COMMAND.search(text)),
    ("abbreviation", _ABBREVIATION.search),
    ("shouting", _shouting),
    ("points at the page", lambda text: (". " in text and _RUN_ON.search(text)) or _ON_PAGE.search(text)),
)
# Of small letters only: a pattern that minds no case is several times slower.
_SMALL_CHECKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("to the reader", lambda small: any(word in small for word in _READER) and _TO_READER.search(small)),
    ("chatter", _chatter),
    ("ceremony", is_ceremony),
    ("no verb", says_nothing),
)
