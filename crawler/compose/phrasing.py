"""The tables and patterns by which a clause of the lead paragraph is told: verbs by kind, openings, forms of titles."""

from __future__ import annotations

import re

# Verbs that report: those that take "how ...", and those that take a noun phrase.
HOW_VERBS = (
    "shares",
    "explains",
    "describes",
    "shows",
    "outlines",
    "recounts",
    "lays out",
    "sets out",
    "tells",
    "reports",
)
NOUN_VERBS = ("shares", "details", "presents", "describes", "offers", "publishes", "contributes")
BY_KIND = {
    "postmortem": ("recounts", "tells", "explains"),
    "release": ("describes", "shares"),
    "tutorial": ("shows", "explains", "outlines"),
    "deep-dive": ("explains", "details", "describes"),
    "opinion": ("explains", "lays out", "describes"),
    "research": ("shows", "describes", "presents"),
}
# What an article is where no company tells it, with the word that leads to its subject; the second for another one.
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
    r"account|analysis|breakdown|case study|collection|list|comparison|deep dive|examination|exploration|field guide|"
    r"guide"
    r"|history|introduction|investigation|look(?: back)?|overview|primer|recap|story|study|survey|tour|tutorial"
    r"|walkthrough|walk-through"
)
NOUN_PHRASE = re.compile(
    rf"^(?:an?|the)\s(?:[\w,'’-]+\s){{0,5}}?(?:{GENRE})\s(?:to|of|at|into|on|through|for|about|in|that|from)\b",
    re.IGNORECASE,
)
PERSON = (
    r"astronomer|author|committer|contributor|creator|data scientist|designer|developer|engineer|group|intern"
    r"|maintainer|manager|moderator|newcomer|panel|physicist|programmer|researcher|scientist|student|team|user|veteran"
)
TELLER = re.compile(
    rf"^(?P<who>(?:an?|the|one|two|three)\s(?:[\w.,'’-]+\s){{0,5}}?(?:{PERSON}|{GENRE})s?(?:\s(?:at|of|on|with|from|"
    rf"for)"
    r"\s(?:[\w.,'’-]+\s?){1,6}?)?)\s(?P<verb>[a-z]+s)\s(?P<rest>.+)$",
    re.IGNORECASE,
)
INVITATION = re.compile(
    r"^(?:learn(?: about)?|discover|see|explore|find out|read(?: about| on)?|understand|check out|get to know)\s+",
    re.IGNORECASE,
)
NAMED_RELEASE = re.compile(r"[A-Z@][\w.@/+-]*(?:\s+(?:[A-Z][\w.]*|v?\d[\w.]*)){0,4}\s([a-z]+s)\b")
FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|I|my|me|mine|I'm|we're|we've|I've|let's)\b|\b(?:you|your)\b")
UNFIT = re.compile(
    r"[?!`<>{}\[\]|]|https?:|www\.|\b(?:this|the) (?:post|article|blog|entry|video|talk|page|series)\b|\bin part \d"
    r"|\b(?:use|do|make|try|with|of|for|on|about) this (?:and|or|to|in|with|for)\b"
    r"|^(?:\S+ ){0,8}(?:with|from|for|to|of) them\b"
    r"|\bthis (?:kind|kinda|sort|type|way|approach)\b"
    r"|\b(?:to|using|of|with|on|in) (?:this|these) \w+$|\b(?:click|subscribe|read more|continue reading)\b|…|\.\.\.",
    re.IGNORECASE,
)
OPENS_BADLY = re.compile(
    r"^(?:it|they|this|these|that|those|he|she|there|here|but|and|so|or|however|also|then|thus|therefore|finally"
    r"|additionally|moreover|furthermore|for example|for instance|such|another|as a result|if|instead|to)\b",
    re.IGNORECASE,
)
# What opens like this does not continue "explains how".
OPENS_ASIDE = re.compile(
    r"^(?:after|although|as|at|because|before|by|despite|during|for|from|in|like|now|on|once|over|since|to|today|unlike"
    r"|many|much|few|often|all|any|every|most|some"
    r"|a few|a couple|last|until|when|whenever|while|with|within|without|under|through|thanks|what|who|there)\b",
    re.IGNORECASE,
)
AUTHOR = re.compile(r"\bthe authors?\b", re.IGNORECASE)
LEANS_ON_AUTHOR = re.compile(r"\bthe authors?\b|^the (?:team|company|project)\b", re.IGNORECASE)
# A release note that says only that there is a release.
ONLY_RELEASED = re.compile(
    r"^\S+(?: \S+){0,4}? (?:was|were|is|are|has been|have been) (?:now |officially |just )?"
    r"(?:released|out|available|here|published)\b",
)
RELEASE_TITLE = re.compile(
    r"(?:announcing|introducing)\s+(?:the release of\s+)?(?P<one>.+)$"
    r"|(?P<two>.+?\d\S*)(?:\s+is)?\s+(?:released|release announcement|release|out|available)!?$"
    r"|(?:[\w.+-]+\s+){1,3}v?\d+(?:\.\d+)+\S*$",
    re.IGNORECASE,
)
GERUND_TITLE = re.compile(r"[A-Z][a-z]{2,}ing\s")
PARENTHESIS = re.compile(r"\s+\([^()]*\)")
