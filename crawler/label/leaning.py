"""Whether a sentence leans on one that stands before it, so that it cannot open a text."""

from __future__ import annotations

import re

from crawler.cued import Cued

_DANGLING = re.compile(
    r"^[\"“'(]?(?:this|that|these|those|it|its|it['’]s|they|their|them|he|she|his|her|such|however|but|"
    r"and|so|or|also|therefore|thus|hence|then|instead|otherwise"
    r"|moreover|furthermore|additionally|in addition|as a result|for (?:example|instance|this|that|these)|"
    r"because of (?:this|that)|to (?:do|solve|address|achieve|fix|avoid) (?:this|that|these|it)|"
    r"with (?:this|that|these)"
    r"|here|there|finally|second(?:ly)?|third(?:ly)?|next|another|both|still|yet|once|on the other hand|"
    r"of course|similarly|likewise|unfortunately|luckily|fortunately|first(?:ly)?"
    r"|the (?:former|latter|same|other|others|result is|answer|reason|problem is|solution is|second|third|"
    r"first one|idea here)|one of (?:these|those|them)|some of (?:these|those|them)|all of (?:this|these|"
    r"those|that|them)|most of (?:these|those|them)|each of (?:these|them)|none of|neither|in (?:this|that|"
    r"these|those|both|such) |at (?:this|that) point|after (?:this|that)|from (?:this|that|there|here)|"
    r"by doing|doing (?:this|so|that)|let alone|even so|either way|not only|rather|nor|whereas|which|"
    r"who\b|others?\b|same\b|too\b|if so|if not|otherwise|when (?:it|this|that|they)|as (?:it|this|that|"
    r"they)|once (?:it|this|that|they)|while (?:it|this|that|they)|since (?:it|this|that|then|they)|"
    r"because|although (?:this|that|it)|like (?:this|that))\b",
    re.IGNORECASE,
)
# An opening that points at what the reader has not seen, or speaks to the reader.
_LEANS = re.compile(
    r"^(?:\S+ ){0,5}?(?:this|these|those|such)\b(?! (?:post|article|guide|tutorial|release|version|year|month|week|"
    r"quarter|"
    r"paper|way|means|as|is)\b)|^(?:\S+ ){0,3}(?:also|either|both|too|as well|another|some other|else)\b|"
    r"^(?:[Kk]nowing|"
    r"[Gg]iven|"
    r"[Bb]esides|[Cc]onsidering|[Bb]eyond|[Aa]side from|[Aa]part from|[Dd]espite) (?:this|that|these|all|it)\b|"
    r"^(?:In which case|For those unfamiliar|Later|For now|Until then|Back then)\b|^(?:[Ee]xcept for|[Uu]nlike|"
    r"[Ll]ike|"
    r"[Ff]or|[Ww]ith|[Ii]n|[Oo]n|"
    r"[Aa]t|[Aa]fter|"
    r"[Ss]ince|[Bb]y) that \w+|^For one\b|^(?:[Tt]o|[Ii]n order to|[Bb]y|[Aa]fter|[Ww]hile|[Ww]hen|[Ww]ith|"
    r"[Ff]or) (?:\S+ ){0,2}(?:them|it|"
    r"they|ones?)\b"
    r"|^(?:[Tt]he (?:next|last|above|other|others|rest|remaining|aforementioned|resulting|new one|main one)|[Ss]ome|"
    r"(?:An?|Some|Several|Many|\w+) (?:few |couple of )?(?:days|weeks|months|years) ago|[Ll]ast (?:night|week|month|"
    r"year|time)|[Tt]he (?:problem|solution|issue|answer|idea|reason|result|question|"
    r"trick|bug|fix|following|plan|point|thing)(?! (?:of|with|in|to|that) )|"
    r"[Oo]thers?|Most|Maybe|Perhaps"
    r"|[Aa]nd|[Oo]r|[Ii]n (?:other|the end|the meantime|contrast|fact)|[Cc]ompared to|[Ii]nstead of)\b",
)
# "While it has the means to support this, ..." is about something that was said before.
_POINTS_AT = Cued(
    r"^[^.]{0,60}? (?:this|these|those)[,.;]|\bmakes? (?:that|this|it) possible\b|\b(?:how|why),"
    r"|\bthat (?:whole|entire|very|particular)\b|\bsince then\b|^One (?:is|was)\b|"
    r"^(?:\S+ ){1,3}(?:of|in|on|at|from|during|about) that "
    r"(?!is\b|are\b|was\b|the\b|an?\b)[a-z]+ "
    # Who did it, and what "it" is was said before: "Acme moved it to a queue"; but "made it easy".
    r"|^(?:[A-Z][a-z]+ly, )?(?:[Tt]he \w+|[A-Z]\w*) (?:has |have |had |then |also )?"
    r"(?:has|had|built|wrote|rewrote|ran|put|got|bought|sold|tried|moved|replaced|used|uses|fixed|added|removed|created|"
    r"developed|designed|published|released|shipped|ported|tested|loves?|likes?) it\b"
)


def leans(text: str) -> bool:
    """Whether a sentence cannot open a text: it leans on one before it, or points at what was not said yet."""
    return _DANGLING.match(text) is not None or _LEANS.match(text) is not None or _POINTS_AT.search(text) is not None


# What leans only where nothing stands before it: "There are two ways ...", "Acme also moved ...".
_LATER = re.compile(r"^(?:[Rr]ather than|[Ii]nstead of|[Nn]ot only|[Bb]oth|[Tt]here (?:is|are|was|were))\b")
_ADDS = re.compile(r"^((?:\S+ ){1,3}?)(?:also|both|either) ")
_POINTS_BACK = re.compile(r"\b(?:this|that|these|those|such|it|its|they|their|them|he|she|his|her|same|other)\b")
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
