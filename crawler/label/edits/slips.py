"""Slips of an author's pen that are sure, and how they were meant: "is build with", "discusses about", "our the"."""

from __future__ import annotations

from crawler.cued import Cued
from crawler.label.sentences.verbs import third_person

_OURS = r"\b([Oo]ur|[Mm]y) (?:the|an?) (?=[a-z])"  # "our the queues"
_ABOUT = r"\b([Dd]iscuss(?:e[sd])?|[Dd]escribe[sd]?) about (?!\d)"  # "discusses about queues"; but "about 20 queues"
# "is build with": what was built.
_BUILD = r"\b(is|are|was|were|been|being) build (?=(?:with|on|by|using|upon|around|from|into)\b)"
_DECIDED = r"\b([Dd]ecided) (?:that )?(?:I|we) wanted to\b"
# "This release include": one thing does it.
_ONE_DOES = (
    r"^(This|The) (release|version|update|post|article|change) (include|introduce|bring|contain|provide|cover|describe|"
    r"explain|add|improve|fix)(?= (?:an?|the|some|many|several|new|support|more|various|all|how|why|\d+)\b)"
)
_DOES = Cued(_ONE_DOES)
_SLIPS = ((Cued(_OURS), r"\1 "), (Cued(_ABOUT), r"\1 "), (Cued(_BUILD), r"\1 built "), (Cued(_DECIDED), r"\1 to"))
_TRACES = ("ur the ", "y the ", "ur a", "y a", "iscuss", "escribe", " build ", " wanted to")  # cheaper than patterns


def mended(text: str) -> str:
    """The sentence as it was meant; one without such a slip as it is.

    >>> mended("The site is build with Relay.")
    'The site is built with Relay.'
    """
    if text.startswith(("This ", "The ")):
        text = _DOES.sub(lambda m: f"{m[1]} {m[2]} {third_person(m[3])}", text)
    if any(trace in text for trace in _TRACES):
        for slip, meant in _SLIPS:
            text = slip.sub(meant, text)
    return text
