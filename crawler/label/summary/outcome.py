"""What came of it, in figures: latency that fell from 80 ms to 12 ms, a bill that is a third of what it was."""

from __future__ import annotations

from crawler.cued import Cued, any_of

_LESS = (
    "fell|dropped|drops|decreased|decreases|declined|shrank|shrunk|went down|came down|is down|are down|reduced|"
    "reduces|cut|cuts|lowered|lowers|halved|halves|saved|saves|freed"
)
_MORE = (
    "rose|grew|increased|increases|improved|improves|climbed|jumped|raised|raises|went up|is up|are up|doubled|doubles|"
    "tripled|triples|quadrupled|gained|boosted|sped up|speeds up"
)
_CHANGED = rf"(?:{_LESS}|{_MORE}|went|has gone|brought|brings|takes|took)"
_ABOUT = r"(?:an? |about |around |roughly |nearly |almost |over |under |more than |less than |below |up to |just )*"
_FIGURE = rf"{_ABOUT}[$€£]?\d"
_PART = rf"{_ABOUT}(?:one |two |three )?(?:half|thirds?|quarters?|fifth|tenth|factor|order)\b"
_UNIT = r"(?:%|×|(?:percent|percentage points|x|times|fold|-fold|points?)\b)"
# What fell "from 80 ms to 12", or dropped "from nine a month to none".
_FROM_TO = rf"{_CHANGED}\b[^.;:]{{0,60}}?\bfrom [^;:,]{{1,40}}? to (?:{_FIGURE}|none\b|zero\b|nothing\b)"
_BY = rf"(?:{_LESS}|{_MORE})\b[^.;:]{{0,60}}?\b(?:by|to) (?:{_FIGURE}|{_PART})"
_SHARE = rf"(?:{_LESS}|{_MORE})\b[^.;:]{{0,50}}? \d[\d.,]* ?{_UNIT}"
_AS_MANY = r"as (?:many|much|fast|large)|the"
# What is "31% faster", answers "three times as many" or has "64% lower" costs.
_THAN = (
    rf"\b\d[\d.,]* ?{_UNIT} (?:lower|higher|faster|slower|cheaper|smaller|larger|bigger|shorter|longer|less|fewer|more|"
    rf"better|{_AS_MANY})\b"
)
_TIMES = (
    r"\b(?:twice|(?:three|four|five|ten) times|half) (?:as (?:many|much|fast|large)|"
    r"the (?:time|cost|price|size|memory|number|speed|throughput|latency|load|traffic))\b"
)
# What "is now 9 ms, compared to 22", or takes "4 seconds instead of 40".
_AGAINST = r"\d[^.;:]{0,40}(?:,? (?:compared (?:to|with)|instead of|down from|up from|against)) [^.;:]{0,20}\d"
_OUTCOME = Cued(r"\b" + any_of(_FROM_TO, _BY, _SHARE) + "|" + any_of(_THAN, _TIMES, _AGAINST))


def is_outcome(small: str) -> bool:
    """Whether a sentence tells by how much something changed; in small letters."""
    return _OUTCOME.search(small) is not None
