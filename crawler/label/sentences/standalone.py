"""Whether a sentence leans on one that stands before it, so that it cannot open a text."""

from __future__ import annotations

import re

from crawler.cued import Cued, any_of, large_or_small
from crawler.label.sentences.given_names import unintroduced

# ---- First words that go on from a sentence before: "However, it was slow.", "The same holds for writes."

_POINTING = "this|that|these|those|it|its|they|their|them|he|she|his|her|such|which|who|same"  # "They met."
_OBJECTING = "however|but|instead|otherwise|still|yet|whereas|rather|even so|on the other hand"  # "But it broke."
_CONCLUDING = "so|therefore|thus|hence|then|as a result|because|if so|if not|either way"  # "Thus it is faster."
_ADDING = "and|or|plus|also|moreover|furthermore|additionally|in addition|both|not only|let alone|neither|nor|too"
_LIKENING = r"another|others?|similarly|likewise"  # "Likewise, writes are batched."
_COUNTING = r"first(?:ly)?|second(?:ly)?|third(?:ly)?|next|finally|once"  # "Second, we moved the queue."
_REMARKING = "here|there|of course|unfortunately|luckily|fortunately"  # "Luckily, the cache was warm."
_IN_SAME_BREATH = (  # "For this, a queue is enough.", "When they are read, ..."
    r"for (?:example|instance|this|that|these)|with (?:this|that|these)|like (?:this|that)|"
    r"in (?:this|that|these|those|both|such) |at (?:this|that) point|after (?:this|that)|from (?:this|that|there|here)|"
    r"to (?:do|solve|address|achieve|fix|avoid) (?:this|that|these|it)|by doing|doing (?:this|so|that)|"
    r"(?:when|as|while|if) (?:it|this|that|they)|now that|since (?:it|this|that|then|they)|although (?:this|that|it)"
)
_PART_OF_THEM = (  # "Some of these are old."
    r"(?:one|some) of (?:these|those|them)|all of (?:this|these|those|that|them)|most of (?:these|those|them)|"
    r"each of (?:these|them)|none of"
)
_THE_ONE = (  # "The latter was removed.", "The result is a smaller image."
    r"the (?:former|latter|same|others?|second|third|first one|idea here|answer|reason|(?:result|problem|solution) is)"
)
_DANGLING = re.compile(
    r"^[\"“'(]?"
    + any_of(
        _POINTING, _OBJECTING, _CONCLUDING, _ADDING, _LIKENING, _COUNTING, _REMARKING, _IN_SAME_BREATH, _PART_OF_THEM,
        _THE_ONE,
    )
    + r"\b",
    re.IGNORECASE,
)  # fmt: skip

# ---- Openings that point at what the reader has not seen, or tell when it was

# "With some care these run faster", but "This release runs faster".
_OF_THE_PAGE = "post|article|guide|tutorial|paper|release|version|quarter|year|month|week|days|way|means|as|is"
_THESE = rf"(?:\S+ ){{0,6}}?(?:this|these|those|such)\b(?! (?:{_OF_THE_PAGE})\b)"
# "The team also moved the queue."
_AS_WELL = r"(?:\S+ ){0,3}(?:also|either|both|too|as well|another|some other|else)\b"
# "Given all that, ...", "Despite this, ..."
_PREMISES = large_or_small("knowing|given|besides|considering|beyond|aside from|apart from|despite")
_GIVEN_THAT = (
    rf"(?:(?:{_PREMISES})|[Ii]n [a-z]+ (?:of|to|with)) (?:this|that|these|all|it|them)\b(?! [a-z]+ (?:is|are)\b)"
)
# "Since that release, ..."
_RELATIONS = large_or_small("except for|unlike|like|for|with|in|on|at|after|since|by")
_SINCE_THAT = rf"(?:{_RELATIONS}) that \w+"
# "To run them, ...", "When the old one is full, ..."
_PURPOSES = large_or_small("to|in order to|by|after|while|when|with|for")
_TO_RUN_THEM = rf"(?:{_PURPOSES}) (?:\S+ ){{0,2}}(?:them|it|they|ones?)\b"
# "The remaining jobs run at night.", "The fix was small."; but "The problem of leap years is old."
_REST = "next|last|above|rest|remaining|aforementioned|resulting|new one|main one"
_MATTER = "problem|solution|issue|answer|idea|reason|result|question|trick|bug|fix|following|plan|point|thing"
_THE_REST = rf"[Tt]he (?:(?:{_REST})|(?:{_MATTER})(?! (?:of|with|in|to|that) ))\b"
# "Two years ago ...", "Last week ...", "Until then ..."
_TIME_AGO = (
    r"(?:\w+ (?:few |couple of )?(?:days|weeks|months|years) ago|[Ll]ast (?:night|week|month|year|time)|"
    r"Later|For now|Until then|Back then)\b"
)
# "Perhaps a queue would do.", "In contrast, ..."
_WEIGHING = (
    r"(?:[Ss]ome|Most|Maybe|Perhaps|[Ii]n (?:other|the end|the meantime|contrast|fact)|[Cc]ompared to|"
    r"What (?:\S+ ){1,6}instead (?:is|was)|In which case|For (?:one|those unfamiliar))\b"
)
# One of several, which its neighbours count: "The last step is", "Option 2 is easier", "The interesting part is", "The
# first version of the cache had"; and "With the cache now warm, ...", when it was told that it was cold.
_STEP = (
    r"[Tt]he (?:\w+ ){0,2}step (?:is|was|in|to|towards?)\b|"
    r"(?:Option|Step|Case|Approach|Method|Phase|Stage|Variant|Alternative) (?:\d+|one|two|three|[A-C])\b(?!:)"
)
_FIRST_VERSION = (
    r"[Tt]he (?:first|initial|original) (?:version|draft|iteration|implementation|prototype|attempt)"
    r"(?: of the [a-z]+)? (?!of\b)[a-z]"
)
_ONE_OF_MANY = (
    r"[Tt]he (?:positive|negative|good|bad|fun|interesting|hard|tricky|important|nice|cool|main|only|best|worst|first|"
    r"key|biggest) (?:stuff|parts?|things?|bits?|blocks?|ones?)\b(?! (?:of|about) )|"
    r"One (?:reason|possibility|explanation|thing|such|example|caveat|downside|drawback|I|the author)\b"
)
_NOW = r"With the (?:\w+ )?\w+ now\b"
# "After the change it was faster"; but "After the change of its queue"
_AFTER = (
    r"(?:After|Before|Since|With) the (?:change|fix|migration|switch|move|roll-?out|launch|upgrade|rewrite|outage|"
    r"incident|patch)(?:,| (?:the|an?|its|our|it|they|all|most|average|median|p\d+)\b)"
)
# "Looking into it, the team found"; "After some digging, the team found"
SEARCHED = (
    r"(?:(?:Looking|Digging) (?:closer |deeper )?(?:into|at) (?:it|this|that)|"
    r"After (?:some|a bit of|a lot of|much)(?: more| further)? [a-z]+(?: around)?),"
)
_LEANS = re.compile(
    "^"
    + any_of(
        _THESE, _AS_WELL, _GIVEN_THAT, _SINCE_THAT, _TO_RUN_THEM, _THE_REST, _TIME_AGO, _WEIGHING, _STEP, _ONE_OF_MANY,
        _FIRST_VERSION, _NOW, _AFTER, SEARCHED,
    )
)  # fmt: skip

# ---- What points back from within a sentence

# "While it has the means to support this, ..." is about something that was said before.
_OF_THIS = r"^[^.]{0,60}? (?:this|these|those)[,.;]"
# "This makes it possible.", "That is how, ...", "that very week", "One was lost.", "how they did exactly that",
# "turning one into the other"
_TAKEN_UP = (
    r"\bmakes? (?:that|this|it) possible\b|\b(?:how|why),|\bthat (?:whole|entire|very|particular)\b|\bsince then\b|"
    r"^One (?:is|was)\b|\b(?:do|does|did|done|doing) (?:exactly|just|precisely) (?:that|this)\b|"
    r"\bone (?:into|from|to) the other\b|\b(?:some|all|most|each|one|both|none|two) of them\.$|"
    r"\b[a-z]+[^su]s that (?:via|by|with|through|using)\b"
)
# "The rest of that week was quiet"
_IN_THAT = r"^(?:\S+ ){1,3}(?:of|in|on|at|from|during|about) that (?!is\b|are\b|was\b|the\b|an?\b)[a-z]+ "
# Who did it, and what "it" is, was said before: "Acme moved it to a queue"; but "made it easy".
_DID = (
    "has|had|built|wrote|rewrote|ran|put|got|bought|sold|tried|moved|replaced|used|uses|fixed|added|removed|created|"
    "developed|designed|published|released|shipped|ported|tested|submitted|sent|started|finished|rebuilt|merged|deployed|launched|extended|improved|loves?|likes?"
)
_DID_IT = rf"^(?:[A-Z][a-z]+ly, )?(?:[Tt]he \w+|[A-Z]\w*) (?:has |have |had |then |also )?(?:{_DID}) it\b"
# "Acme has worked with them for a year"
_WITH_THEM = (
    r"^(?:[Tt]he \w+|[A-Z]\w*) (?:has |have |had )?(?:[a-z]+ed|met|spoke|built|written|wrote) (?:with|for|to|on) "
    r"(?:them|him|her)\b"
)
_POINTS_AT = Cued(any_of(_OF_THIS, _TAKEN_UP, _IN_THAT, _DID_IT, _WITH_THEM))


# "This" and "these" for what was said before: "when this is done", "most of these", "using these, ...", "do that".
_DOES = "is|was|has|will|would|can|could|may|might|should|means|makes|allows|does|did"
_STOP = r"[.,;:)]| (?:is|are|was|were|and|or|but|in|to|for|with|by|on|can|will|would)\b"
_THIS_IS = rf"(?<!^)\bthis (?:{_DOES})\b"
_WITH_THESE = (
    rf"\b(?:use|using|used|with|for|like|by|from|about|in|through|on|at) (?:this|these)(?={_STOP})|"
    r"\b(?:do|does|did|doing|done) (?:this|that)(?=[.,;:)]| (?:is|by|in|with|for|and|or|but|to)\b)|\bof these\b|"
    r"\b(?:exactly|just|precisely) (?:that|this|where|what)\b"
)
_NO_SUCH_NOUN = "the|an?|it|they|we|you|he|she|there|this|these|those|no|all|both|some|any|which|is|are|was|were"
_CLOSES_THAT = (  # "closes that gap"
    rf"\b(?:close|fill|solve|fix|drive|investigate|address|handle|reach|achieve|bridge|meet)(?:s|d|es|ed)? "
    rf"that (?!(?:{_NO_SUCH_NOUN})\b)[a-z]+\b(?! (?:is|are|was|were|that|which)\b)"
)
_SUCH = (  # "is such a case.", "had done so for years", "a parser for it: one that reads logs"
    r"\b(?:is|are|was|were) such (?:an? )?\w+\.$|"
    r"\b(?:had|has|have) (?:already |also )?done (?:it|so)\b(?! (?:by|with)\b)|\b(?:for|of|with) (?:it|them|this|that):"
)
# Where it ends with "of these bugs.", and where a list follows "a couple of rules there:"
_AT_THE_END = (
    r"\b(?:with|for|by|about|from|of|in) these (?:[a-z]+ )?(?!releases)[a-z]+s\.$|\b[a-z]+s there:|"
    r"\b(?:use|using|with|for|by|about|from) this "
    r"(?!(?:way|release|version|week|month|quarter|year|post|article)\b)[a-z]+\.$"
)
_TWO = re.compile(r"\b(?:and|or|former|either|both)\b")
_TAKES_UP = Cued(any_of(_THIS_IS, _WITH_THESE))  # two patterns: with more pieces than it looks for, one is slow
_IS_SUCH = Cued(any_of(_CLOSES_THAT, _SUCH, _AT_THE_END))


def leans(text: str) -> bool:
    """Whether a sentence cannot open a text: it leans on one before it, or points at what was not said yet."""
    return (
        _DANGLING.match(text) is not None
        or _LEANS.match(text) is not None
        or _POINTS_AT.search(text) is not None
        or _TAKES_UP.search(text) is not None
        or _IS_SUCH.search(text) is not None
        or any(one in text and not _TWO.search(text.partition(one)[0]) for one in ("the latter", "the former"))
        or unintroduced(text)
    )


# What goes on in the breath of the sentence before: "And it broke.", "They met.", "Those are old.", "The second is".
_CONNECTED = (
    "and|also|but|then|for (?:example|instance)|as such|to (?:do|solve|address|achieve|fix|avoid) (?:this|that|it)"
)
_NOTHING_NAMED = (
    "they|their|its|that|that['’]s|which|those|such|these|it (?:also|was|had|has|will|would|can)|"
    "(?:some|all|most|each|one|none|both|many|several|part|any) of (?:it|this|these|those|them|that)|"
    "in (?:this|that|these|both) cases?"
)
_THIS_DOES = (  # but "This is", after which its neighbour may be named
    "also|means|works|happens|makes|gives|helps|builds|includes|does|would|will|can|could|may|"
    "is (?:because|why|how|what|where|when|all)"
)
_COUNTED = "first|second|third|fourth|fifth|last|latter|former|others?|next"
_GOES_ON = re.compile(
    rf"^(?:{_CONNECTED}|{_NOTHING_NAMED}|this (?:{_THIS_DOES})|"
    rf"(?:the )?(?:{_COUNTED})(?: one)? (?:is|are|was|were))\b",
    re.IGNORECASE,
)


def goes_on(text: str) -> bool:
    """Whether a sentence is no more than the rest of the one before it, and is left out even after that."""
    return _GOES_ON.match(text) is not None


# What leans only where nothing stands before it: "There are two ways ...", "Acme also moved ...".
_LATER = re.compile(
    rf"^(?:{_FIRST_VERSION}|"
    rf"(?:{large_or_small('rather than|instead of|not only|both')}|[Tt]here (?:is|are|was|were))\b)"
)
_ADDS = re.compile(r"^((?:\S+ ){1,3}?)(?:also|both|either) ")
_POINTS_BACK = re.compile(r"\b(?:this|that|these|those|such|it|its|they|their|them|he|she|his|her|same|other|there)\b")
_HEAD = 8  # words in which a subject stands


def stands(text: str) -> bool:
    """Whether a sentence can be read after any other one on its subject, be it not its neighbour."""
    if not leans(text):
        return True
    if _LATER.match(text):
        head = " ".join(text.split(",", maxsplit=1)[0].split()[1:_HEAD])
        return not _POINTS_BACK.search(head)
    added = _ADDS.match(text)
    return added is not None and not _POINTS_BACK.search(added[1].lower()) and not leans(added[1] + text[added.end() :])
