"""What may not stand in a summary: a sentence is refused for one of these faults."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from crawler.cued import Cued, any_of
from crawler.label.sentences.ceremony import is_ceremony
from crawler.label.sentences.standalone import leans
from crawler.label.sentences.verbless import says_nothing

# ---- Said to the reader, in small letters

# "if you run it", "helps you", "yours", "dear reader", "so please try it"
_TO_YOU = r"(?<!-)\byou(?:['’]\w+|rs?|rsel(?:f|ves))?\b(?!-)|\bdear reader|\bplease\b"
# "let's begin", written without its mark, too
_LETS = (
    r"\blet['’]s\b|"
    r"(?:^|[,;:.] |\b(?:so|now|but|and) )lets (?:start|begin|see|take|look|go|dive|say|assume|consider|try|assign|"
    r"suppose|imagine)\b"
)
_TO_READER = Cued(any_of(_TO_YOU, _LETS))

# ---- Chatter: about the page, the author's plans and feelings, or nothing yet

# "The post is part of a series", "the post will be translated"
_ON_THE_POST = (
    r"the post (?:(?:is|was) (?:now )?(?:available|translated|probably|going|about (?:a|an|my|some)|a bit|not|"
    r"the (?:first|second|third|last|next|follow-? ?up)|part|meant|written|inspired|also|mostly|long)|gets|will be|"
    r"has been|was last|is for (?:the )?day|is (?:a (?:while|bit|little) )?(?:late|overdue))\b"
)
# "Yesterday ...", "Every few weeks ...", "Warning ...", "Sorry about the long silence."
_DAYS_AND_NOTES = (
    r"(?:(?:sorry|apologies) (?:for|about|if|to)\b|(?:a )?quick (?:one|note|post)(?!-)|short version|"
    r"all kidding aside|jokes aside|yesterday|tomorrow|tonight|this morning|warning|do not|caveat|beware|"
    r"in the interest of|roughly every|follow-?up(?= (?:to|on|from|posts?|articles?)\b|:))\b|"
    r"every (?:\w+ )?(?:weeks|months)\b"
)
# "For more, see the manual", "Thanks to a faster disk." without what came of it
_NO_MAIN_CLAUSE = (
    r"for (?:[^,]+, (?:see|read|visit|check|refer)|[^.:]{1,140}, (?:see|visit|refer to|consult) the)\b|"
    r"(?:due to|because of|thanks to|according to|as for) [^,]*$"
)
# "Before diving into the queue", "The slides are on the site"
_FIRST_THIS = (
    r"before (?:doing (?:that|so)|delving|diving|going|getting|moving|looking)|"
    r"(?:the )?(?:code|source|slides?|recording|video)s? (?:for|of|is|are)\b"
)
_CHATTER_OPENING = re.compile(any_of(_ON_THE_POST, _DAYS_AND_NOTES, _NO_MAIN_CLAUSE, _FIRST_THIS))

# "shown in red", "photo by Ana"
_PICTURES = (
    r"(?:shown|displayed|plotted|highlighted|marked|drawn) (?:in|as) (?:a )?(?:red|blue|green|black|orange|yellow|grey|"
    r"gray|purple|dashed|dotted|solid|bold)\b|(?:illustration|photo|image|picture|figure|graphic|artwork) by\b"
)
# "in the next section", "is available on the project page", "scratches the surface", "the rest of the post"
_PAGES = (
    r"in (?:the|a) (?:next|later|separate|previous) (?:step|section|part|post|chapter)\b|the rest of the\b|"
    r"(?:is|are) available (?:at|on|from|in) (?:the )?(?:[\w-]+ ){0,3}page\b|a preview of (?:some of )?the\b|"
    r"(?:talks?|tells?|writes?|says?) (?:a (?:bit|little) |some )?more about\b|scratch(?:ed|es)? the surface\b|"
    r"assumes? (?:that )?(?:the|you|readers?)\b|(?:will )?follow (?:shortly|soon|later)\b|"
    r"is aware (?:that|of)\b|"
    r"there(?:['’]s| is) an? (?:feature request|open (?:issue|ticket|pull request)|pull request)\b"
)
# What lawyers and sponsors want said: "are trademarks of", "do not reflect the views of"
_NOTICES = (
    r"(?:is an?|are) (?:registered )?trademarks?\b|all rights reserved\b|sponsored (?:post|article) (?:by|from)\b|"
    r"do(?:es)? not (?:necessarily )?(?:reflect|represent) the (?:views?|opinions?|positions?)\b|"
    r"represents? (?:only |solely )?(?:the author['’]s|their|my|our) own (?:views?|opinions?)\b"
)
# "would like to", "takes a moment", "without further ado", "long story short"
_PHRASES = (
    r"to thank\b|takes? (?:a|the|this) moment\b|gets? into it\b|would like to\b|near[- ]and[- ]dear\b|"
    r"without further\b|as promised\b|long story short\b|before (?:diving|we|getting)\b|can never remember\b|"
    r"it['’]s (?:a (?:good|great)|time|the right) (?:(?:moment|time) )?to (?:reflect|talk|look|celebrate|think)\b|"
    r"(?:will|must|has to) admit\b|means? a lot to\b"
)
# "The post does not cover it", "of course they were", "so for now they leave it off", "call it a night"
_LEFT_OUT = (
    r"(?:author|team|post) (?:is not|isn['’]t|does not|doesn['’]t|will not|won['’]t) (?:going to )?(?:focus|cover|"
    r"go into|discuss|talk|explain|describe|get into|spend)\b|of course they (?:was|were)\b|for now they\b|"
    r"call it a (?:night|day)\b|posts can be read\b"
)
# "in for 3", where a name was lost
_LOST_WORD = r"(?:in|at|from) (?:for|of|to) \d"
# "The author hopes ...", "the author wrote about it last year"
_AUTHORS = (
    r"the author should (?:also )?(?:add|note|mention|say|point)\b|earlier this year, the author\b|"
    r"the author (?:wrote|talked|blogged|posted|spoke) .*\b(?:ago|last (?:week|month|year))\b|"
    r"the author (?:wrote|talked|blogged|posted|spoke) about [^,.;]* before\b|"
    r"the author was (?:\w+ )?(?:grateful|sad|sorry)\b|"
    r"the author (?:may|might|hopes?|is hoping|would|feels|loves?|enjoy(?:s|ed)|is stuck|is sure|plans?|"
    r"knows (?:this|that|enough)|guess(?:es)?|supposes?|admits?|bets?|hates?|misses|wonders?|prefers?|suspects?|"
    r"remembers?|wishe?s?|imagines?|doubts?|reckons?)\b"
)
# "The author doesn't care", "was pretty happy with it", "thought and of course they were wrong", "will be there"
_CARES = (
    "worry|mind|care|remember|mean|expect|want|feel|trust|see (?:themselves|why|how|any)|"
    "know (?:anything|if|how|why|what|whether|much)"
)
_MOODS = (
    rf"the author (?:doesn['’]t|does not|didn['’]t|did not) (?:really |even )?(?:{_CARES})\b|"
    r"the author (?:is|was) (?:(?:a bit|a little|pretty|quite|very|so|really) )?(?:surprised|impressed|glad|lucky|"
    r"tired|lazy|afraid|happy|worried|wrong|feeling|meaning|grinding|moving (?:very |quite )?slowly|"
    r"making (?:\w+ )?progress)\b|"
    r"the author (?:has|had) been (?:meaning|getting)\b|"
    r"the author will (?:also )?(?:be (?:there|around|back|at)|post|blog|write|publish)\b|"
    r"the author thought and\b|of course the author was\b|for now the author\b|"
    r"the author says (?:this|that|it|so)\b(?! [a-z]+ (?:is|are|has)\b)|"
    r"(?:before the author (?:begins|starts|gets|goes)|while the author is at it|if the author (?:was|were|had))\b|"
    r"the author has been (?:lagging|busy)\b|the author has (?:a few|some) (?:moments|minutes|time)\b"
)
# "Can't tell the author if it works", "feeds the author's ego": who is told, asked and let says nothing.
_TO_THE_AUTHOR = (
    r"(?:tells?|told|asks?|asked|lets?|letting|bothers?|bothered|annoys?|annoyed|confuses?|impresse[sd]) the author\b"
    r"(?!['’])|the author['’]s (?:\w+ ){0,2}(?:ego|mood|nerves|sanity|mother|father|mum|mom|dad|parents|wife|husband|"
    r"daughter|son|kids?|children|baby|girlfriend|boyfriend|brother|sister|uncle|aunt|grand\w+|cat|dog)\b"
)
_CHATTER = Cued(r"\b" + any_of(_PICTURES, _PAGES, _PHRASES, _LOST_WORD))  # with more pieces, none would be looked for
_NOTICE = Cued(r"\b" + any_of(_NOTICES))
_LEAVES_OUT = Cued(r"\b" + any_of(_LEFT_OUT))
_OF_AUTHORS = re.compile(r"\b" + any_of(_AUTHORS, _MOODS, _TO_THE_AUTHOR))
# When something takes place, and nothing that happened: "The doors open at 9 a.m."
_CLOCK = re.compile(r"\d ?[ap](?:\.m\.|m\b)")
_HAPPENED = re.compile(r"\b(?:was|were|had|did|\w{3,}ed|began|saw|went|found|hit|rose|fell|took)\b")
_BROKEN = Cued(r"(?:\.\.\.|…) ?[a-z]| - [^-]{3,80} - |[.!?] --")
# "1) for fun, 2) for profit", but no bracket's end: "(option 2) is"
_COUNTING = re.compile(r"\([^()]*\)|(?<= )(?:\d|[a-c]|i{1,3})\)(?= )")
# A list of which only the beginning stands here, and a field of a form: "Skill level: not for beginners."
_LISTS = Cued(r"^(?!.*(?:\(2\)|\b2\))).*(?:\(1\)|(?<![\d.(])\b1\)) ")
_FIELD = re.compile(r"[a-z]+(?: [a-z]+)?: (?:\S+ ?){1,6}$")

# ---- Code, and what ends no sentence

_SYMBOL = re.compile(r"[{}<>|~^=:&$(`@#/_\\]| --")
_COMMAND = Cued(r"\b(?:sudo|npm|pip|kubectl|curl) |www\.\w")
# "a => b", "x != y", "{", "^b" but not "2^31", "~user" but not "~3", "<b>" but not "> 3 s"
_OPERATORS = r"[{}|]|[<>](?! ?\d)|\^(?![-−\w])|(?<![\w)])\^|~(?!\d)|=>|->|::|&&|==|!=|\$\s?\w+|```|\\\w|\s[-=]{2,}\w"
# Calls, and names with lines in them: "run()", "max_open_files"
_CALLED = r"\w+\(\)|\w+\([\w, ]*\)[;.]|\w\.\w+\([\w'\"]|\b\w+_\w+_\w+\b"
# "git clone -", "brew install"
_TYPED = r"\b(?:sudo|npm|pip|kubectl|curl|git clone|docker run|apt-get|brew|cargo|helm) (?:install|run|get|apply|-)"
# "https://", "example.org/", " /etc/", "@ana", "#1234"
_ADDRESSES = r"://|www\.\w|[\w-]+\.(?:com|org|io|net)/|\s/\w+/|@\w+|#\d{2,}"
_CODE = re.compile(any_of(_OPERATORS, _CALLED, _TYPED, _ADDRESSES))
_PERSON = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|ours|[Uu]s|I|[Mm]y|[Mm]e|mine|ourselves|myself)\b|(?<=[a-z,;] )i(?:['’]\w+)? (?=[a-z])"
)
_FINISH = re.compile(r"[.!][\"”’)\]]*$")
_CUT = re.compile(
    r"(?:…|\.\.\.|[,;:–—-]\.?)[\"”’)\]]*$|\b(?:and|or|the|a|an|of|for|to|in|etc|called|named|using|via|"
    r"than|between)[.!]$|, as[.!]$",
    re.IGNORECASE,
)
# What came after was code, a formula or a list: "The rule is.", "It was used until.", "is worth noting."
_LAST = frozenset(
    """
    such until but because including whose every meaning means noting note times cases situations ways reasons moments
    is are was were
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)
_WITHOUT_END = re.compile(
    r"(?:(?<!as )\bsuch|\b(?:until|but|because|including|whose|every)|, meaning|"
    r"(?<!any )(?<!all )(?<!no )(?<!by )(?<!other )(?<!own )\bmeans|(?:noting|to note)|"
    r"\bthere (?:is|are|was|were) (?:times|cases|situations|ways|reasons|moments))[.!]$"
)
_IS = re.compile(r"\b(?:is|are|was|were)[.!]$")
_WHAT = re.compile(
    r"\b(?:wh(?:at|o|om|ere|ich|ether|y|en)|how|that|than|as|if|so|it|they|he|she|there|the \w+er)\b", re.IGNORECASE
)
# Where a link or a picture was lost: "From, Acme builds it.", "letters (from to )"; or a stop: "it can But the team".
_LOST_FIRST = re.compile(r"(?:From|In|At|To|By|With|Of|For|During|Starting|Since|Between|Via), ")
_LOST = Cued(
    r"\bfrom (?:and )?to\b|\bbetween and\b|"
    r"\b(?:of|with|from|using|via|called|named), (?:the|an?|which|our|its)\b|"
    r"\((?:from|to|see|by|in|at|of|with|and|or)[,;:]?(?: (?:to|and|or))? ?\)|"
    r"[a-z’'] (?:So|But|However|Then) (?:the|we|it|this|there|they|you|an?|that|if|when|for)\b"
)
# Slips after which nobody knows what was meant: "Hackathon's are", "within its the old", "jump to there labels", "show
# how to in a talk"; each ends with the blank that makes its words rare.
_SLIPS = Cued(
    any_of(
        "(?:'s|’s) (?:are|were) ",
        r"\b(?:its the|its a|their the|their a) ",
        r"\b(?:the its|the their|the a|a the|an the) (?=[a-z]+ [a-z])",
        r"\b(?:to|of|with|for) there [a-z]+s\b(?! (?:is|are|was|were)\b)",
        r"\bhow to (?:in|on|at|by|with|from) ",
    )
)
# A list whose items ran together: "in two ways: Whole shards Single rows."
_RUN_TOGETHER = re.compile(
    r"\b(?:two|three|four|five|six|several) (?:[\w-]+ ){0,3}[a-z]+s: (?!.*(?:[,;]|\b(?:and|or)\b))[A-Z].* [A-Z]"
)


# A list of which only the first item is here: "The highlights include: Warm caches for shops."
_FIRST_ITEM = Cued(
    r"\b(?:includ(?:e|es|ed|ing)|follow(?:s|ing)|are|to|by|things|ways|steps|features|reasons|goals)"
    r"(?: (?:to|in|for|of|with) the [a-z]+)?: [A-Z][a-z-]+ (?!.*[;:])"
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
    if ")" in text:
        text = _COUNTING.sub(lambda found: found[0] if found[0][0] == "(" else "", text)
    return (
        text.count("(") != text.count(")")
        or text.count("“") != text.count("”")
        or text.count('"') % 2 == 1
        or text.count("[") != text.count("]")
    )


def _fragment(text: str) -> bool:
    end = text[-24:]
    if not _FINISH.search(end) or _CUT.search(end) or _LOST_FIRST.match(text) or _LOST.search(text):
        return True
    if ": " in text and _FIRST_ITEM.search(text):
        return True
    if _SLIPS.search(text) or ("s: " in text and _RUN_TOGETHER.search(text)):
        return True
    if end.rpartition(" ")[2][:-1] not in _LAST:
        return False
    return _WITHOUT_END.search(end) is not None or (_IS.search(end) is not None and not _WHAT.search(text))


def _chatter(small: str) -> object:
    if " · " in small or " | " in small:  # a line of the page's furniture
        return True
    broken = (" -" in small or "..." in small or "…" in small) and _BROKEN.search(small)
    return (
        broken
        or _LISTS.search(small)
        or (_CLOCK.search(small) and not _HAPPENED.search(small))
        or _FIELD.match(small)
        or _stutters(small)
        or _CHATTER_OPENING.match(small)
        or _CHATTER.search(small)
        or _NOTICE.search(small)
        or _LEAVES_OUT.search(small)
        or ("the author" in small and _OF_AUTHORS.search(small))
    )


def _stutters(small: str) -> bool:
    """Whether a word or two stand twice, as it does where a text was put together badly."""
    words = small.split()
    pairs = list(pairwise(words))
    if any(a == b and a.isalpha() and a not in _DOUBLED for a, b in pairs):
        return True
    return any(a == b and "and" not in a for a, b in zip(pairs, pairs[2:], strict=False))  # "in a in a"


def _shouting(text: str) -> bool:
    return text.count("!") > 1 or len(_CAPITALS.findall(text)) > 5


_DOUBLED = frozenset({"that", "had"})
_READER = ("you", "let", "reader", "please")
_OPENING = re.compile(r"(?!\(\d)[\"“(]?[A-Z0-9]|[a-z]+[A-Z\d._]")
_RUN_ON = Cued(r"[a-z]{4}\. [a-z]")
# ", this blog post", "in an earlier post", "in last year's post"
_OTHER_POST = (
    r".\b(?:this|these|our|my) (?:blog )?(?:posts?|articles?|blog|series|guide|tutorial)\b|"
    r"\b[Ii]n (?:tomorrow|yesterday|last (?:week|month|year))['’]s (?:\w+ )?(?:post|article|blog|talk|episode)\b|"
    r"\b[Ii]n (?:previous|earlier|prior|past|recent) (?:blog )?(?:posts|articles|episodes|talks)\b|"
    r"\b[Ii]n (?:a|an|the|my|our|its|their|the author['’]s|one of the) (?:previous|earlier|last|prior|past|recent) "
    r"(?:\w+ )?(?:story|talk|part|post|article|blog|chapter|episode)"
)
# "the table above", "found here", "[link removed]"; but "above all", "below the limit"
_NEAR_BY = (
    r"^(?:Above|Below)\b|\b(?:above|below)\b(?!-| (?:all|average|\d|the (?:line|limit|level|threshold)))|\bhere\b|"
    r"\b[Ll]ink removed"
)
# "looking forward", "would love to hear", "stay tuned"
_INVITES = (
    r"\b(?:look(?:s|ed|ing)? forward|hopes? (?:that )?(?:you|this)|would (?:love|like) to (?:hear|see|invite)|"
    r"feel free|stay(?:ing)? tuned|wait to see)\b"
)
_ON_PAGE = Cued(any_of(_OTHER_POST, _NEAR_BY, _INVITES))
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
