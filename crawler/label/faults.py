"""What may not stand in a summary: a sentence is refused for one of these faults."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

_THING = (
    r"(?:post|article|blog|entry|tutorial|guide|series|piece|section|chapter|page|video|episode|newsletter|document)"
)
_CEREMONY = re.compile(
    rf"^(?:in (?:this|today['’]s|the (?:next|last|previous|first|second|following)) (?:\w+ )*{_THING}|"
    rf"this (?:\w+ )?{_THING}\b|welcome\b|hi\b|hello\b|hey\b|dear\b"
    r"|thanks?\b|thank you|many thanks|happy \w+day|congrat|if you (?:have|are|want|would|like|missed|"
    r"haven|need|prefer|enjoy)|if you['’]|read (?:more|on)|stay tuned|subscribe"
    r"|follow (?:us|me)|share this|updated?\b[:,]|update \(|edit\b[:,]|edit(?:or)?['’]?s?(?: note)?:|note:|"
    r"disclaimer|author|"
    r"about the author|photo|image|figure|table|listing|credit|originally published"
    r"|published|posted|written by|by [a-z]|let['’]s|let us|before (?:we|i) (?:begin|get|start)|as always|"
    r"table of contents|tl;?dr|click|join (?:us|the)|(?:we|the team)(?:['’]re| are| is) hiring"
    r"|enjoy\b|please\b|sign up|register|don['’]t (?:miss|forget)|for more (?:information|details)|"
    r"more (?:information|details)|to learn more|learn more|see (?:the|also|our|my)|check out|feel free|"
    r"special thanks"
    r"|shout-?out|kudos|copyright|all rights|source:|via\b|disclosure|acknowledg|opinions expressed|"
    r"the (?:following|above) (?:code|command|snippet|example|figure|table|diagram|list|is a guest)"
    r"|here(?:['’]s| is| are)\b|image by|reading time|last (?:updated|modified)|the source code (?:is|for|"
    r"can)|prerequisites|requirements|version \d|first[- ]time|good (?:morning|luck)|so long|cheers|wow|"
    r"yes\b|no,|ok(?:ay)?\b|oh\b|well,|guess what"
    r"|(?:or|and) (?:how|what|why)\b|"
    r"for (?:the )?(?:complete|full|further) (?:list|details|release)|the (?:full|complete) (?:list|"
    r"changelog|release notes)|a (?:big|huge|special) thank|you can (?:find|read|download|also (?:find|"
    r"read)|follow|get)|last but not least|download\b|what you need to know|as (?:i|we|you) (?:said|"
    r"mentioned|saw|may)|remember\b|imagine\b)",
)
_ANYWHERE = re.compile(
    r"\b(?:continue reading|read more|sign up (?:for|to)|subscribe to|follow (?:us|me|him|her|them|"
    r"the team) on|in this (?:blog )?(?:post|article),? (?:we|i)|in the next (?:post|section|part|"
    r"article)|see below|see above|as mentioned in|(?:as )?(?:mentioned|described|discussed|shown|"
    r"seen) (?:above|earlier|"
    r"below|before)|check (?:it|them|us)? ?out|apply now"
    rf"|click (?:here|on the link)|join us|get in touch|stay tuned|we['’]re hiring|are hiring|"
    rf"can be found here|found here|available here|in (?:an? )?(?:earlier|previous|upcoming|future|later|"
    rf"last|next) {_THING}|(?:the )?(?:previous|next|last|following|above|below) {_THING}|"
    rf"more about (?:it|this|that) (?:in|here)|let (?:us|me) know"
    r"|thank(?:s| you) (?:to|for)|shout-?out|happy (?:reading|coding|hacking)|code (?:below|above)|"
    r"(?:figure|table|listing|image|screenshot|diagram|picture|graph|chart|snippet|example) (?:below|above)\b|"
    r"(?:figure|table|listing) \d|(?:below|above|following) (?:figure|table|image|code|snippet|example|screenshot|"
    r"diagram|"
    r"picture|graph|chart|command)s?|here['’]s (?:a|the|how|what)|looks like this|as follows|(?:features|"
    r"changes|examples?|steps?|list|section|options?|all of the|mentioned|described) (?:above|below)|"
    r"shown here|thankful|(?:previously|already) mentioned|hover over|into (?:more |further |greater )?detail|"
    r"opens in new|cookie policy|privacy policy|newsletter|read on|(?:writing|wrote|drafted|finish(?:ing|"
    r"ed)?|reading|read) this (?:\w+ )?post|originally drafted|(?:is|are|was|were) (?:very |so |really |"
    r"super )?(?:excited|thrilled|happy|proud|delighted|grateful|honou?red|glad)|had the (?:privilege|"
    r"pleasure|opportunity)|(?:post|article) (?:is|was) (?:an? |the )?(?:adaptation|based on|part|first|"
    r"second|third|short|follow-up|guest)|sponsoring|donat(?:e|ing) to|this blog|my blog|back to normal)\b",
)
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
_POINTS_AT = re.compile(
    r"^[^.]{0,60}? (?:this|these|those)[,.;]|\bmakes? (?:that|this|it) possible\b|\b(?:how|why),"
    r"|\bthat (?:whole|entire|very|particular)\b|\bsince then\b|^One (?:is|was)\b|"
    r"^(?:\S+ ){1,3}(?:of|in|on|at|from|during|about) that "
    r"(?!is\b|are\b|was\b|the\b|an?\b)[a-z]+ "
    # Who did it, and what "it" is was said before: "Acme moved it to a queue"; but "made it easy".
    r"|^(?:[A-Z][a-z]+ly, )?(?:[Tt]he \w+|[A-Z]\w*) (?:has |have |had |then |also )?"
    r"(?:has|had|built|wrote|rewrote|ran|put|got|bought|sold|tried|moved|replaced|used|uses|fixed|added|removed|created|"
    r"developed|designed|published|released|shipped|ported|tested|loves?|likes?) it\b"
)
_TO_READER = re.compile(
    r"^(?:if|when|whether|as|once|while|because|although|unless|before|after|so|that|now|since) you\b|"
    r"^you(?:['’]\w+)?\b|^your\b"
    r"|\byou(?:['’](?:re|ve|ll)| are| have| may| might|['’]d)\b|\b(?:encourages?|invites?|urges?|tell|told|show|give|"
    r"giving|help|helps|with|ask|"
    r"thank) you\b|"
    r"for you\b|\bdear reader|\blet['’]s\b|\blets (?:start|begin|see|take|look|go|dive|say|assume|consider|try|"
    r"assign|suppose|"
    r"imagine)\b|"
    r"\byours\b",
)
_CHATTER_OPENING = re.compile(
    r"the post (?:is|was) (?:now )?(?:available|translated|probably|going|about (?:a|an|my|some)|a bit|not|"
    r"the (?:first|second|third|last|next)|part|meant|written|inspired|also|mostly|long)\b|"
    r"the post (?:gets|will be|has been|was last)\b|(?:yesterday|tomorrow|tonight|this morning|warning|do not|caveat|"
    r"beware|in the interest of|roughly every|follow-?up)\b|for [^,]+, (?:see|read|visit|check|refer)\b|"
    r"(?:due to|because of|thanks to|according to|as for) [^,]*$|every (?:\w+ )?(?:weeks|months)\b|"
    r"before (?:delving|diving|going|getting|moving|looking)|(?:the )?(?:code|source|slides?|recording|video)s? "
    r"(?:for|of|is|are)\b"
)
_CHATTER = re.compile(
    r"\b(?:(?:shown|displayed|plotted|highlighted|marked|drawn) (?:in|as) (?:a )?(?:red|blue|green|black|orange|"
    r"yellow|"
    r"grey|gray|purple|dashed|dotted|solid|bold)\b|(?:illustration|photo|image|picture|figure|graphic|artwork) by\b|"
    r"to thank\b|takes? (?:a|the|this) moment\b|(?:in|at|from) (?:for|of|to) \d|gets? into it\b|"
    r"assumes? (?:that )?(?:the|you|readers?)\b|would like to\b|near[- ]and[- ]dear\b|without further\b|"
    r"as promised\b|"
    r"(?:is|are) available (?:at|on|from|in) (?:the )?(?:[\w-]+ ){0,3}page\b|long story short\b|the rest of the\b|"
    r"before (?:diving|we|getting)\b|can never remember\b|"
    r"a preview of (?:some of )?the\b)"
)
_BROKEN = re.compile(r"(?:\.\.\.|…) ?[a-z]| - [^-]{3,80} - |[.!?] --")
# A list of which only the beginning stands here, and a field of a form: "Skill level: not for beginners."
_LISTS = re.compile(r"^(?!.*(?:\(2\)|\b2\))).*(?:\(1\)|(?<![\d.(])\b1\)) ")
_FIELD = re.compile(r"[a-z]+(?: [a-z]+)?: (?:\S+ ?){1,6}$")
_NOUN_FIRST = re.compile(r"(?:an?|the) \S+ (?:\S+ )?(?:\S+ )?(?:of|on|with|about|for) ", re.IGNORECASE)
_AND_WHAT = re.compile(r", and (?:how|what|why|where)\b")  # its verb is not the sentence's
_FINITE = re.compile(r"\b[a-z]{2,}s (?:the|a|an|its|their|this|these|that|how|why|what|to|it|them|all|both|no|new)\b")
_SYMBOL = re.compile(r"[{}<>|~^=:&$(`@#/_\\]| --")
_COMMAND = re.compile(r"\b(?:sudo|npm|pip|kubectl|curl) |www\.\w")
_CODE = re.compile(
    r"[{}<>|^]|~(?!\d)|=>|->|::|&&|\$\s?\w+|\w+\(\)|\w+\([\w, ]*\)[;.]|"
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
_SURE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|may|might|must|should|do|does|did|\w{3,}ed|made|"
    r"built|ran"
    r"|wrote|found|took|began|chose|got|went|gave|kept|held|led|brought|set|cut|grew|rebuilt|adds|allows|brings|"
    r"builds"
    r"|comes|compares|contains|covers|cuts|describes|details|enables|explains|explores|fixes|gathers|gets|gives"
    r"|helps|improves|includes|introduces|joins|lets|looks|makes|means|moves|needs|offers|outlines|presents|provides"
    r"|reduces|releases|replaces|runs|saves|shares|ships|shows|solves|supports|takes|tells|turns|uses|walks|wants|"
    r"works"
    r"|adopts|announces|becomes|delivers|discusses|discovers|launches|migrates|rewrites|scales|serves|speeds|tries)\b"
)
_VERBISH = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|may|might|must|should|do|does|did|"
    r"\w{2,}(?:ed|es|s|ing)|made|built|ran|wrote|found|took|saw|began|chose|got|went|came|gave|left|kept|"
    r"held|led|met|paid|sent|spent|told|won|brought|bought|caught|taught|sold|set|put|cut|let|grew|broke|"
    r"rose|fell|lost|meant|became)\b"
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


def lacks_verb(text: str) -> bool:
    """Whether a line is a heading rather than a sentence, told by the words that only verbs are."""
    return not _SURE_VERB.search(text) and not _FINITE.search(text)


def is_heading(text: str) -> bool:
    """Whether a line with a full stop has no verb that carries it: "The cost of a late start." """
    main = _AND_WHAT.split(text)[0]
    return (main != text or _NOUN_FIRST.match(text) is not None) and lacks_verb(main)


def dangles(text: str) -> bool:
    """Whether a sentence leans on the one before it."""
    return _DANGLING.match(text) is not None


def leans(text: str) -> bool:
    """Whether a sentence cannot open a text: it leans on one before it, or points at what was not said yet."""
    return _DANGLING.match(text) is not None or _LEANS.match(text) is not None or _POINTS_AT.search(text) is not None


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


def _ceremony(text: str) -> bool:
    return (
        _IMPERATIVE.match(text) is not None
        or _NO_SUBJECT.match(text) is not None
        or _CUT_SUBJECT.match(text) is not None
        or _ORDER.match(text) is not None
        or _CEREMONY.search(text) is not None
        or _ANYWHERE.search(text) is not None
    )


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


# What was done without who did it, as lists of changes have it.
_NO_SUBJECT = re.compile(
    r"(?:removed|added|fixed|changed|improved|updated|deprecated|renamed|moved|replaced|dropped|introduced|enabled|"
    r"disabled|allowed|refactored|reduced|implemented|made|bumped|upgraded|launched|released|shipped|built|created|"
    r"migrated|collaborated|responded|hosted|went|visited|met|spoke|finished|learned|took|drove|found(?= an? ))\b"
    r"(?! by\b)(?![^,]*, (?:the|an?|it|they|this|these|its)\b)"
)
# "Upgrades the cache and makes a key", "Funded by a donation.": the subject stood in a heading.
_CUT_SUBJECT = re.compile(
    r"(?:upgrades|adds|creates|fixes|updates|removes|runs|uses|makes|returns|sets|installs|builds|checks|ensures|"
    r"allows|enables|changes|moves|replaces|improves) (?:the|an?|all|its|support)\b|[a-z]{3,}ed by [^,]*$|"
    r"(?!(?:with|for|in|on|from|when|if|as|by|at|of|to|about|into|like|because|while|after|before|and|or|all|both|"
    r"unlike|since|over|under|through|than|within|without|where|how|why|what)\b)[a-z]+ your\b"
)
_IMPERATIVE = re.compile(
    r"(?:ensure|be sure|make sure|consider|try|avoid|keep|never|always|use|run|install|click|open|go to|"
    r"head|suppose|assume"
    r"|notice|recall|think|see|add|fix|remove|allow|bump|enable|disable|rename|replace|drop|implement|refactor|take a"
    r"|pick|choose|start by|begin by|get your|put|type|select|navigate|configure|create a|define|"
    r"write a)\b(?! (?:cases?|of)\b)",
)
_DOUBLED = frozenset({"that", "had"})
_READER = ("you", "let", "reader")
_ORDER = re.compile(
    r"(?:create|write|define|generate|draw|compute|calculate|load|save|read|print|plot|build|deploy|move|change|"
    r"set|test|check|make|"
    r"get|keep|"
    r"find|look|start|stop|implement|copy|send|return|apply|update|take|execute|pass|call|wrap|insert|enter|specify|"
    r"verify|follow|repeat|import|extract|train|switch|drag|press|tap|delete|rebuild|restart|reboot|provide|include|"
    r"replace|place|release|turn) (?:the|an?|all|your|it|each|every|some|this|"
    r"that)\b"
)
_OPENING = re.compile(r"[\"“(]?[A-Z0-9]|[a-z]+[A-Z\d._]")
_RUN_ON = re.compile(r"[a-z]{4}\. [a-z]")
_ON_PAGE = re.compile(
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
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|[A-Z]|[A-Z]\.[A-Z]|Dr|Prof|Mr|Ms|No|St)\. [A-Z0-9]")
# The cheap and the frequent first: each is only tried where the ones above found nothing.
_CHECKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("question", lambda text: "?" in text),
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
    ("ceremony", _ceremony),
    ("no verb", lambda text: not _VERBISH.search(text)),
)
