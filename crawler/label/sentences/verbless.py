"""Whether a line is a sentence: whether it has a verb, and one that carries it."""

from __future__ import annotations

import re

from crawler.cued import any_of
from crawler.label.sentences.verbs import NO_VERB

# "A short history of", "the talk about": a noun opens, and what it is of follows.
_NOUN_FIRST = re.compile(r"(?:an?|the) \S+ (?:\S+ )?(?:\S+ )?(?:of|on|with|about|for) ", re.IGNORECASE)
# "A new article about how Acme warms caches.", "Through the use of a cache, an old one."
_ABOUT_HOW = re.compile(
    r"(?:An?|The) (?:[\w-]+ ){0,3}"
    r"(?:about|on|(?:highlight|show|demonstrat|describ|explain|cover|introduc|outlin)ing) "
    r"(?:how|why|what) [^,;:]*\.$|"
    r"(?:Through|With|Via) the (?:use|help|support|addition|introduction) of [^,;:]*(?:, [^,;:]*)?\.$"
)
# "A short list of things Acme did last year."
_LIST_OF = re.compile(
    r"(?:An?|The) (?:[\w-]+ ){0,2}(?:list|summary|overview|collection|selection|round-?up) of (?:[\w-]+ ){0,3}?"
    r"(?:the (?:team|author|community)|they|[A-Z]\w*(?:(?: and)? [A-Z]\w*){0,3}) "
    r"(?:did|made|has|have|had|found|likes?|[a-z]+ed)\b(?![^,;:]*\b(?:is|are|was|were)\b)[^,;:]*\.$"
)
# "The author talks about", "The v2 release focuses on": no noun is named, it is told what they do.
_TOLD = re.compile(
    r"The (?:[\w.-]+ ){0,2}(?:author|post|team|release|version|update|talk|paper|project|community|report|guide) "
    r"(?:talks|focuses|looks|goes|dives|walks|works|reports|writes|speaks|centres|centers|builds|touches|draws) "
)
_HOW = re.compile(r" (?:how|why|what) ")
_AND_WHAT = re.compile(r", and (?:how|what|why|where)\b")  # its verb is not the sentence's
# "warms the", "tells why": a word in -s before what only an object begins with.
_FINITE = re.compile(r"\b[a-z]{2,}s (?:the|a|an|its|their|this|these|that|how|why|what|to|it|them|all|both|no|new)\b")
# "Final results of", "CPU graphs showing"
_CAPTION = re.compile(
    r"(?:\w+ ){0,2}(?:overview|summary|recap|results?|comparison|screenshots?|diagrams?|plots?|graphs?|charts?|output|"
    r"timeline) (?:of|for|from|showing)\b",
    re.IGNORECASE,
)
# "is", "could": they carry a sentence or help the verb that does.
_HELPING = "is|are|was|were|has|have|had|can|could|will|would|may|might|must|should|do|does|did"
_HELPS = frozenset(_HELPING.split("|"))
# "made", "grew": past forms that no ending tells, and that are no nouns or present forms; then those that may be.
_PAST = "made|built|ran|wrote|found|took|began|chose|got|went|gave|kept|held|led|brought|set|cut|grew"
_MORE_PAST = (
    "saw|came|left|met|paid|sent|spent|told|won|bought|caught|taught|sold|put|let|broke|rose|fell|lost|meant|became"
)
# "adds", "explains": with this ending they are hardly ever nouns.
_PRESENT = (
    "adds|adopts|allows|announces|becomes|brings|builds|comes|compares|contains|covers|cuts|delivers|describes|details|"
    "discovers|discusses|enables|explains|explores|fixes|gathers|gets|gives|helps|improves|includes|introduces|joins|"
    "launches|lets|looks|makes|means|migrates|moves|needs|offers|outlines|presents|provides|reduces|releases|replaces|"
    "rewrites|runs|saves|scales|serves|shares|ships|shows|solves|speeds|supports|takes|tells|tries|turns|uses|walks|"
    "wants|works"
)
_SURE_VERB = re.compile(r"\b" + any_of(_HELPING, r"\w{3,}ed", _PAST, "rebuilt", _PRESENT) + r"\b")
_VERBISH = re.compile(r"\b" + any_of(_HELPING, r"\w{2,}(?:ed|es|s|ing)", _PAST, _MORE_PAST) + r"\b")
_LABEL = 6  # words
_NOUN_TO = re.compile(r"(?:ion|ment|nes|itie)s to\b")  # "contributions to"
_SHORT_FORMS = r"n['’]t\b|\b(?:it|that|there|what)['’]s\b|\b(?:told|said|know|provides?)\b"
_SAYS_THAT = (  # "argues that"
    "argues|believes|claims|confirms|demonstrates|ensures|explains|finds|hopes|knows|means|notes|proves|reports|"
    "reveals|says|shows|states|suggests|thinks"
)
_S_BEFORE = (  # "slots into", "warms only"
    r"\b[a-z]{3,}s (?:some|that any|each|every)\b|"
    r"\b[a-z]{3,}[a-rt-z]s (?:[a-z]+(?:s|ly|ed)|in|on|at|from|with|for|into|like|only|when|if)\b"
)
_BEFORE_OBJECT = (  # "use a", but "for warming a"
    rf"(?<![\w-])(?!(?:{NO_VERB})\b)[a-z]{{2,}}(?<!ing) (?:an?|the|its|their|it|them|this|these|all|how|what)\b"
)
# What is surely a verb, or stands where only one can: "now use a", "slots into".
VERB_LIKE = re.compile(
    "|".join(
        (
            _SURE_VERB.pattern,
            _FINITE.pattern,
            _SHORT_FORMS,
            _S_BEFORE,
            rf"\b(?:{_SAYS_THAT}) (?=that\b)",
            _BEFORE_OBJECT,
        )
    )
)
# The same without what may be a noun of many as well: "operations on".
CERTAIN_VERB = re.compile(
    "|".join((_SURE_VERB.pattern, _FINITE.pattern, _SHORT_FORMS, rf"\b(?:{_SAYS_THAT}) (?=that\b)", _BEFORE_OBJECT))
)
_FOR_DOING = re.compile(r"An? (?:[\w-]+ ){1,3}(?:for|of) [a-z]+ing ")  # "A method for warming caches with keys"
# To the end of the sentence, or of the clause.
_DEPENDENT = re.compile(r"(?<=[\w)]) (that|which|who|where) (?!(?:is|was) why\b)[^,;:]*(?=[,;:.])")
# "Communities, who rely on it." has nothing after what it tells of them.
_ASIDE = re.compile(r"(?<=\w), (?:which|who|whose) [^,;:]*\.$")
_ONLY_WHEN = re.compile(r"(?:When|While|If|Because|Although|Whereas|Whenever|Since) [^,]*$")
# "An improved queue", "and faster sharded reads": a participle that only tells more of a noun.
_NO_NOUN = "the|an?|its|their|by|to|in|on|for|with|from|at|as|into|about|that|how|it|them|and|or|over|off|out|up"
_ATTRIBUTE = re.compile(
    r"(?:^|(?<=\b(?:or|an|of|by|in) )|(?<=\b(?:and|the|for) )|(?<=\ba )|(?<=\b(?:with|more|than) ))(?:[a-z]+ly )?"
    rf"[A-Za-z]{{3,}}ed (?=(?!(?:{_NO_NOUN})\b)[A-Za-z])"
)
_ANY_ATTRIBUTE = re.compile(rf"\b[a-z]{{3,}}ed (?=(?!(?:{_NO_NOUN})\b)[a-z])")
_COMPARED = re.compile(r", (?:as )?(?:compared|based|depending|combined|coupled|paired) (?:to|with|on)\b[^,;:]*\.$")
# What may yet be a verb where no word is one for sure: "gains many", "users like", "they split", "went", "isn't".
_PREPOSITION = "of|for|in|on|with|without|within|at|to|from|by|between|and|or|per|as|than|via"
_MAY_BE_VERB = re.compile(
    rf"\b[a-z]{{3,}}[a-rt-z]s (?!(?:{_PREPOSITION})\b)\S|['’](?:s|re|ve|ll|t)\b(?! [A-Z])|"
    rf"^(?:(?:The|An?|For|To) )?(?:[\w-]+ )?[\w/-]+(?:s|ts|ple|ren) (?!(?:{_PREPOSITION})\b)[a-z]|"
    r"\b(?:they|we|I|you|he|she|it|who|which|that|people) [a-z]|"
    rf"\b(?:{_PAST}|{_MORE_PAST}|saw|drew|grew|threw|knew|spoke|stood|sat|began|felt|held|split|cost)\b"
)
_OPENS_DEPENDENT = re.compile(
    r"(?:what|when|if|how|why|where|while|because|once|as|since|although|whether|who)\b", re.IGNORECASE
)


def has_sure_verb(text: str) -> bool:
    """Whether a word stands there that is a verb and nothing else."""
    return _SURE_VERB.search(text) is not None


def lacks_verb(text: str) -> bool:
    """Whether a line is a heading rather than a sentence, told by the words that only verbs are."""
    return not _SURE_VERB.search(text) and not _FINITE.search(text)


def says_nothing(text: str) -> bool:
    """Whether a text in small letters has no word at all that may be a verb."""
    return not _VERBISH.search(text)


def is_heading(text: str) -> bool:
    """Whether a line with a full stop has no verb that carries it: "The cost of a late start.", "A tool that warms
    caches.", "The answer: one more cache.", "Cold caches, warm keys, and improved speed." """
    if _TOLD.match(text):
        return False
    main = _AND_WHAT.split(text)[0]
    if (main != text or _NOUN_FIRST.match(text) is not None) and lacks_verb(main):
        return True
    if _ABOUT_HOW.match(text) and len(CERTAIN_VERB.findall(text)) - (_HOW.search(text) is not None) < 1:
        return True
    if _LIST_OF.match(text):
        return True
    head, colon, _ = text.partition(": ")
    if colon and head.count(" ") < _LABEL and not VERB_LIKE.search(head):
        return True
    if "ed " in text and _only_attributes(text):
        return True
    if _CAPTION.match(text) and not VERB_LIKE.search(_NOUN_TO.sub(" of", text)):
        return True
    return _only_dependent(text) or (_ONLY_WHEN.match(text) is not None and len(VERB_LIKE.findall(text)) < 2)


def _only_attributes(text: str) -> bool:
    """Whether each word that looks like a verb tells more of a noun: "Cold caches, warm keys, and improved speed."."""
    if not _HELPS.isdisjoint(text.split()):  # most sentences have one
        return False
    compared = _COMPARED.search(text)
    told = _ANY_ATTRIBUTE.sub("", text[: compared.start()]) if compared else _ATTRIBUTE.sub("", text)
    sure = CERTAIN_VERB if compared else VERB_LIKE
    return told != text and not sure.search(told) and not _MAY_BE_VERB.search(told)


def _only_dependent(text: str) -> bool:
    """Whether the only verb is that of a clause which tells more of a noun."""
    aside = _ASIDE.search(text)
    if aside and not _OPENS_DEPENDENT.match(text) and not VERB_LIKE.search(text[: aside.start()]):
        return True
    told = _DEPENDENT.search(text)
    if not told or _OPENS_DEPENDENT.match(text):
        return False
    many = re.search(r"(?:s|people|those)$", text[: told.start()]) and not text.startswith(("A ", "An "))
    main = f"{text[: told.end(1)]} {text[told.end() :]}"
    sure = CERTAIN_VERB if _FOR_DOING.match(text) else VERB_LIKE
    if many or sure.search(main):  # what many do has no ending that tells: "entries that were cheap leave"
        return False
    return len(VERB_LIKE.findall(told[0])) < 2  # "the cache that was slow is gone" has two
