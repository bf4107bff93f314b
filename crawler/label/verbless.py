"""Whether a line is a sentence: whether it has a verb, and one that carries it."""

from __future__ import annotations

import re

from crawler.label.verbs import NO_VERB

_NOUN_FIRST = re.compile(r"(?:an?|the) \S+ (?:\S+ )?(?:\S+ )?(?:of|on|with|about|for) ", re.IGNORECASE)
_AND_WHAT = re.compile(r", and (?:how|what|why|where)\b")  # its verb is not the sentence's
_FINITE = re.compile(r"\b[a-z]{2,}s (?:the|a|an|its|their|this|these|that|how|why|what|to|it|them|all|both|no|new)\b")
_CAPTION = re.compile(
    r"(?:\w+ ){0,2}(?:overview|summary|recap|results?|comparison|screenshots?|diagrams?|plots?|graphs?|charts?|output|"
    r"timeline) (?:of|for|from|showing)\b",
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
_LABEL = 6  # words
_NOUN_TO = re.compile(r"(?:ion|ment|nes|itie)s to\b")  # "contributions to"
# What is surely a verb, or stands where only one can: "now use a", "slots into".
_VERB_LIKE = re.compile(
    rf"{_SURE_VERB.pattern}|{_FINITE.pattern}|n['’]t\b|\b(?:it|that|there|what)['’]s\b|\b(?:told|said|know|provides?)\b|"
    r"\b[a-z]{3,}s (?:some|that any|each|every)\b|"
    r"\b(?:argues|believes|claims|confirms|demonstrates|ensures|explains|finds|hopes|knows|means|notes|proves|reports|"
    r"reveals|says|shows|states|suggests|thinks) (?=that\b)|"
    r"\b[a-z]{3,}[a-rt-z]s (?:[a-z]+(?:s|ly|ed)|in|on|at|from|with|for|into|like|only|when|if)\b|"
    rf"(?<![\w-])(?!(?:{NO_VERB})\b)[a-z]{{2,}} (?:an?|the|its|their|it|them|this|these|all|how|what)\b"
)
# To the end of the sentence, or of the clause.
_DEPENDENT = re.compile(r"(?<=[\w)]) (that|which|who|where) (?!(?:is|was) why\b)[^,;:]*(?=[,;:.])")
# "Communities, who rely on it." has nothing after what it tells of them.
_ASIDE = re.compile(r"(?<=\w), (?:which|who|whose) [^,;:]*\.$")
_ONLY_WHEN = re.compile(r"(?:When|While|If|Because|Although|Whereas|Whenever|Since) [^,]*$")
_OPENS_DEPENDENT = re.compile(
    r"(?:what|when|if|how|why|where|while|because|once|as|since|although|whether|who)\b", re.IGNORECASE
)


def lacks_verb(text: str) -> bool:
    """Whether a line is a heading rather than a sentence, told by the words that only verbs are."""
    return not _SURE_VERB.search(text) and not _FINITE.search(text)


def says_nothing(text: str) -> bool:
    """Whether a text in small letters has no word at all that may be a verb."""
    return not _VERBISH.search(text)


def is_heading(text: str) -> bool:
    """Whether a line with a full stop has no verb that carries it: "The cost of a late start.", "A tool that warms
    caches.", "The answer: one more cache." """
    main = _AND_WHAT.split(text)[0]
    if (main != text or _NOUN_FIRST.match(text) is not None) and lacks_verb(main):
        return True
    head, colon, _ = text.partition(": ")
    if colon and head.count(" ") < _LABEL and not _VERB_LIKE.search(head):
        return True
    if _CAPTION.match(text) and not _VERB_LIKE.search(_NOUN_TO.sub(" of", text)):
        return True
    return _only_dependent(text) or (_ONLY_WHEN.match(text) is not None and len(_VERB_LIKE.findall(text)) < 2)


def _only_dependent(text: str) -> bool:
    """Whether the only verb is that of a clause which tells more of a noun."""
    aside = _ASIDE.search(text)
    if aside and not _OPENS_DEPENDENT.match(text) and not _VERB_LIKE.search(text[: aside.start()]):
        return True
    told = _DEPENDENT.search(text)
    if not told or _OPENS_DEPENDENT.match(text):
        return False
    many = re.search(r"(?:s|people|those)$", text[: told.start()]) and not text.startswith(("A ", "An "))
    main = f"{text[: told.end(1)]} {text[told.end() :]}"
    if many or _VERB_LIKE.search(main):  # what many do has no ending that tells: "entries that were cheap leave"
        return False
    return len(_VERB_LIKE.findall(told[0])) < 2  # "the cache that was slow is gone" has two
