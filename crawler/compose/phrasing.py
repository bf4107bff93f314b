"""The tables and patterns by which a clause of the lead paragraph is told: verbs by kind, openings, forms of titles."""

from __future__ import annotations

import re

# Verbs that report: those that take "how ...", and those that take a noun phrase.
HOW_VERBS = (
    "shares", "explains", "describes", "shows", "outlines", "recounts", "lays out", "sets out", "tells", "reports",
)  # fmt: skip
NOUN_VERBS = ("shares", "details", "presents", "describes", "offers", "publishes", "contributes")
BY_KIND = {
    "postmortem": ("recounts", "tells", "explains"),
    "release": ("describes", "shares"),
    "tutorial": ("shows", "explains", "outlines"),
    "deep-dive": ("explains", "details", "describes"),
    "opinion": ("explains", "lays out", "describes"),
    "research": ("shows", "describes", "presents"),
}
# What an article is where no company tells it, by its narrower kind, else its kind, with the word that leads to its
# subject; the second for another one.
FORMS: dict[str, tuple[tuple[str, str], ...]] = {
    "tutorial": (("a walkthrough", "of"), ("a tutorial", "on")),
    "deep-dive": (("a deep dive", "into"), ("a close look", "at")),
    "postmortem": (("a bug hunt", "on"),),
    "case-study": (("a field report", "on"), ("a report from practice", "on")),
    "design-pattern": (("a design guide", "for"),),
    "research": (("a study", "of"), ("a research note", "on")),
    "opinion": (("an essay", "on"), ("an opinion piece", "on")),
    "reference": (("a reference", "for"),),
    "release": (("a release note", "on"),),
}
ANY_FORM = (("an article", "on"), ("a post", "on"))
ABOUT_VERBS = ("writes about", "looks at", "reports on", "takes up", "turns to")
GENRE = (
    "account|analysis|breakdown|case study|collection|list|comparison|deep dive|examination|exploration|field guide|"
    "guide|history|introduction|investigation|look(?: back)?|overview|primer|recap|story|study|survey|tour|tutorial|"
    "walkthrough|walk-through"
)
# "a short history of", "the second look at"
NOUN_PHRASE = re.compile(
    rf"^(?:an?|the)\s(?:[\w,'’-]+\s){{0,5}}?(?:{GENRE})\s(?:to|of|at|into|on|through|for|about|in|that|from)\b",
    re.IGNORECASE,
)
PERSON = (
    "astronomer|author|committer|contributor|creator|data scientist|designer|developer|engineer|group|intern|"
    "maintainer|manager|moderator|newcomer|panel|physicist|programmer|researcher|scientist|student|team|user|veteran"
)
# "two engineers at Acme explain", "the guide shows": who tells, their verb, and what they tell.
TELLER = re.compile(
    rf"^(?P<who>(?:an?|the|one|two|three)\s(?:[\w.,'’-]+\s){{0,5}}?(?:{PERSON}|{GENRE})s?"
    r"(?:\s(?:at|of|on|with|from|for)\s(?:[\w.,'’-]+\s?){1,6}?)?)\s(?P<verb>[a-z]+s)\s(?P<rest>.+)$",
    re.IGNORECASE,
)
# "Learn about ...", "Find out ..."
INVITATION = re.compile(
    r"^(?:learn(?: about)?|discover|see|explore|find out|read(?: about| on)?|understand|check out|get to know)\s+",
    re.IGNORECASE,
)
# "Relay 3 drops"
NAMED_RELEASE = re.compile(r"[A-Z@][\w.@/+-]*(?:\s+(?:[A-Z][\w.]*|v?\d[\w.]*)){0,4}\s([a-z]+s)\b")
FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|I|my|me|mine|let's|you|your)\b")
# A title that cannot go on in a sentence of ours: it asks, has code, points at its page, or at what is not there.
_MARKS = r"[?!`<>{}\[\]|]|https?:|www\.|…|\.\.\."
_OF_PAGE = (  # "in this post", "in part 2", "click"
    r"\b(?:this|the) (?:post|article|blog|entry|video|talk|page|series)\b|\bin part \d|"
    r"\b(?:click|subscribe|read more|continue reading)\b"
)
_OF_SOMETHING = (  # "make this in", "a cache for them", "this kind", "running on these machines"
    r"\b(?:use|do|make|try|with|of|for|on|about) this (?:and|or|to|in|with|for)\b|"
    r"^(?:\S+ ){0,8}(?:with|from|for|to|of) them\b|\bthis (?:kind|kinda|sort|type|way|approach)\b|"
    r"\b(?:to|using|of|with|on|in) (?:this|these) \w+$"
)
UNFIT = re.compile(f"{_MARKS}|{_OF_PAGE}|{_OF_SOMETHING}", re.IGNORECASE)
# "They were slow": who?
OPENS_BADLY = re.compile(
    r"^(?:it|they|this|these|that|those|he|she|there|here|but|and|so|or|however|also|then|thus|therefore|finally|"
    r"additionally|moreover|furthermore|for example|for instance|such|another|as a result|if|instead|to)\b",
    re.IGNORECASE,
)
# What opens like this does not continue "explains how": "After a year, ...", "Many of ..."
OPENS_ASIDE = re.compile(
    r"^(?:after|although|as|at|because|before|by|despite|during|for|from|in|like|now|on|once|over|since|to|today|"
    r"unlike|until|when|whenever|while|with|within|without|under|through|thanks|what|who|there|"
    r"many|much|few|often|all|any|every|most|some|a few|a couple|last)\b",
    re.IGNORECASE,
)
AUTHOR = re.compile(r"\bthe authors?\b", re.IGNORECASE)
LEANS_ON_AUTHOR = re.compile(r"\bthe authors?\b|^the (?:team|company|project)\b", re.IGNORECASE)
# A release note that says only that there is a release.
ONLY_RELEASED = re.compile(
    r"^\S+(?: \S+){0,4}? (?:was|were|is|are|has been|have been) (?:now |officially |just )?"
    r"(?:released|out|available|here|published)\b",
)
# "Announcing Relay 3", "Relay 3 is out", "Relay 3.1.2"
# "Diffusion models have shown strong results in recent years": how things stand, not what an article tells.
OF_YEARS = re.compile(
    r"\b(?:in|over|for|during) (?:the )?(?:past|recent|last) (?:few |couple of |several )?(?:years|decades?)\b",
    re.IGNORECASE,
)
RELEASE_TITLE = re.compile(
    r"(?:announcing|introducing)\s+(?:the release of\s+)?(?P<one>.+)$|"
    r"(?P<two>.+?\d\S*)(?:\s+is)?\s+(?:released|release announcement|release|out|available)!?$|"
    r"(?:[\w.+-]+\s+){1,3}v?\d+(?:\.\d+)+\S*$",
    re.IGNORECASE,
)
GERUND_TITLE = re.compile(r"[A-Z][a-z]{2,}ing\s")
PARENTHESIS = re.compile(r"\s+\([^()]*\)")
