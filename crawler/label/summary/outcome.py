"""What came of it, in figures: "latency fell from 80 ms to 12 ms", "half the machines were freed"."""

from __future__ import annotations

from crawler.cued import Cued, any_of

_LESS = (
    "fell|dropped|drops|decreased|decreases|declined|shrank|went down|came down|is down|are down|reduced|reduces|cut|cuts|"
    "lowered|lowers|halved|halves|saved|saves|freed|shrunk"
)
_MORE = (
    "rose|grew|increased|increases|improved|improves|climbed|jumped|raised|raises|went up|is up|are up|doubled|doubles|"
    "tripled|triples|quadrupled|gained|boosted|sped up|speeds up"
)
_CHANGED = rf"(?:{_LESS}|{_MORE}|went|has gone|brought|brings|takes|took)"
_FIGURE = r"(?:an? |about |around |roughly |nearly |almost |over |under |more than |less than |below |up to |just )*[$€£]?\d"
_UNIT = r"(?:%|percent(?:age points)?|x|×|times|fold|-fold|points?)"
# "fell from 80 ms to 12", "dropped by a third", "went up 2.1%"
_FROM_TO = rf"{_CHANGED}\b[^.;:]{{0,60}}?\bfrom [^;:,]{{1,40}}? to (?:{_FIGURE}|none\b|zero\b|nothing\b)"
_BY = (
    rf"(?:{_LESS}|{_MORE})\b[^.;:]{{0,60}}?\b(?:by|to) "
    rf"(?:{_FIGURE}|(?:about |nearly |almost )?(?:an?|one|two|three) (?:half|third|quarter|fifth|tenth|thirds|quarters|factor|order))"
)
_SHARE = rf"(?:{_LESS}|{_MORE})\b[^.;:]{{0,50}}? \d[\d.,]* ?{_UNIT}"
# "31% faster", "three times as many", "64% lower cost"
_COMPARED = (
    rf"\b\d[\d.,]* ?{_UNIT} (?:lower|higher|faster|slower|cheaper|smaller|larger|bigger|shorter|longer|less|fewer|more|better|"
    r"as (?:many|much|fast|large)|the)\b|\b(?:twice|three times|four times|ten times|half) (?:as (?:many|much|fast|large)|the)\b"
)
# "is now 9 ms, compared to 22", "instead of 40 minutes"
_AGAINST = r"\d[^.;:]{0,40}(?:,? (?:compared (?:to|with)|instead of|down from|up from|against)) [^.;:]{0,20}\d"
_OUTCOME = Cued(r"\b" + any_of(_FROM_TO, _BY, _SHARE) + "|" + any_of(_COMPARED, _AGAINST))


def is_outcome(small: str) -> bool:
    """Whether a sentence tells by how much something changed; in small letters."""
    return _OUTCOME.search(small) is not None
