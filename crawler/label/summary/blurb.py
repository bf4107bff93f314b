"""What a company says of itself whatever it writes about: how large it is, whom it serves, what its mission is.

Nearly every post of a large company begins with it, and no reader learns from it what the article is about.
"""

from __future__ import annotations

import re

from crawler.cued import any_of

# "More than 300 million", "hundreds of", "12,000"
_COUNT = (
    r"(?:(?:(?:well )?over|(?:many |no )?more than|about|around|nearly|almost|roughly|approximately|some|up to|"
    r"close to|a few|several|many)? ?(?:\d|an? (?:million|billion|trillion)|"
    r"(?:(?:tens|hundreds|thousands|millions|billions|trillions|dozens)(?: of)?\b))|"
    r"(?:a few|several|many) (?:hundred|thousand|million|billion)s?)"
)
_LARGE = (
    r"(?:(?:(?:well )?over|(?:many |no )?more than|up to|close to|about|around|nearly|almost|roughly|approximately|"
    r"some)? ?(?:\d{1,3}(?:,\d{3})+|\d{3,}|\d[\d.]* (?:thousand|million|billion|trillion)|an? "
    r"(?:million|billion|trillion)|(?:a few |several |many )?"
    r"(?:tens|hundreds?|thousands?|millions?|billions?|trillions?)(?: of)?\b))"
)
_WHOM = (
    r"(?:users|people|customers|merchants|members|households|sellers|buyers|riders|drivers|guests|hosts|shoppers|"
    r"subscribers|listeners|players|developers|businesses|companies|organi[sz]ations|brands|shops|stores|restaurants|"
    r"travell?ers|patients|students|creators|artists|partners|retailers|consumers|visitors|viewers)"
)
_WHERE = r"(?:countries|cities|markets|continents|languages|regions|territories|states)"
_BE = r"(?:is|are|was|were|has become|have become)"
# "We are the leading ...", "At Acme, Europe's largest marketplace for ..."
_LEADS = (
    rf"(?:we {_BE}|(?:here )?at we,) (?:one of )?(?:the |an? |[\w ]{{3,20}}['’]s? )(?:\w+[ -]){{0,3}}"
    r"(?:leading|largest|biggest|fastest[- ]growing|number one|most (?:popular|visited|used|loved|trusted)|super-?app|"
    r"home (?:of|to)|go-to)\b"
)
# "We are a digital bank with ..."; but what a project is may be its news
_BUSINESS = (
    rf"we,? {_BE} an? (?:[\w-]+ ){{0,4}}(?:bank|company|start-?up|scale-?up|marketplace|agency|retailer|firm|business|"
    r"airline|insurer|publisher|consultancy|employer)\b"
)
# "We serve more than 12 million riders", "We operate in 30 countries"
_SERVES = (
    r"(?:(?:here )?at we, (?:we |the team )?|we )(?:\w+ly |now |also |today )?(?:serves?|entertains?|powers?|connects?|"
    r"helps?|supports?|ha(?:s|ve)|operates?|employs?|reach(?:es)?|hosts?|process(?:es)?|handles?|runs?|delivers?|stores?|"
    r"ingests?|executes?|sends?|receives?|offers?|manages?|maintains?|"
    rf"{_BE} (?:used|trusted|loved|visited|available)(?: by| in)?) "
    rf"(?:{_LARGE}|{_COUNT}[\d,.]*(?: [\w-]+){{0,3}} {_WHOM})"
)
# "Our network spans 330 cities", "Our data platform stores 40 PB"
_OURS = (
    r"(?:our|we['’]s?) (?!new\b|redesigned\b|rebuilt\b)(?:[\w-]+ ){1,4}(?:spans?|stores?|process(?:es)?|handles?|"
    r"comprises?|serves?|executes?|powers?|supports?|ingests?|receives?|holds?|contains?|consists? of|"
    rf"(?:is|are) (?:used|trusted|visited) by) (?:[\w-]+ )?{_COUNT}"
)
# "Millions of merchants trust us", "More than 550 million people come to Acme each month"
_TRUST = (
    rf"{_COUNT}[\d,.]*(?: [\w-]+){{0,4}} {_WHOM}(?: [\w-]+){{0,5}} (?:use|trust|come to|rely on|visit|depend on|listen|"
    r"shop|book|order|choose|turn to|love|enjoy|run|build|sell|play)\b"
)
# "With over 50 million customers in 25 markets, ...", "At Acme, which processes ..."
_WITH = (
    rf"(?:with|serving|spanning|connecting) {_LARGE}[\d,.]*(?: [\w-]+){{0,4}} (?:{_WHOM}|{_WHERE})\b|"
    rf"(?:here )?at we, (?:which|where we|we) (?:\w+ly )?\w+ {_COUNT}"
)
# "Our members stream hundreds of millions of hours a day", "Acme delivers bread in 61 cities"
_REACH = (
    rf"(?:our|we['’]s?|we) {_WHOM} \w+ {_COUNT}|"
    rf"we (?:\w+ly |now |also |today )?\w+s? (?:[\w-]+ ){{1,4}}in {_COUNT}[\d,.]*(?: [\w-]+)? {_WHERE}\b"
)
_MISSION = (
    r"(?:our|we['’]s?) (?:mission|vision|purpose|goal at we) (?:is|was|has (?:always )?been|at we)\b|"
    r"we (?:has been |have been |is |are )?on a mission\b"
)
_FOUNDED = (
    rf"(?:we|the company)(?: {_BE})? (?:founded|launched|born|started(?: out| life)? (?:with|as|in))\b[^.]{{0,60}}"
    r"\b(?:in|since) (?:19|20)\d\d|(?:founded|launched|born) in (?:19|20)\d\d,? we\b"
)
_TODAY = r"in (?:today['’]s|this|an?) (?:[\w-]+[ ,]+){0,3}(?:landscape|age|era|economy|marketplace)\b"
_BLURB = re.compile(any_of(_LEADS, _BUSINESS, _SERVES, _OURS, _TRUST, _WITH, _REACH, _MISSION, _FOUNDED, _TODAY))


def is_blurb(small: str) -> bool:
    """Whether a sentence begins as what a company says of itself; in small letters, "we" for the company's name."""
    return _BLURB.match(small) is not None
