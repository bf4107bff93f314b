"""Text that speaks to a language model instead of to a reader: never shown to one, never believed, never printed.

An article may hold such text, by intent or because it is about the matter. Both are treated alike: the summary is made
from the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawler.cued import Cued, folded

_TO_A_MODEL = tuple(
    Cued(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}?\b(?:previous|prior|above|earlier|preceding|"
            r"your)\b[^.!?]{0,30}?\b(?:instruction|prompt|direction|rule|guideline|command|context|message)s?\b"
        ),
        (
            r"\b(?:ignore|disregard|forget) (?:all|any|these|those|the)\b[^.!?]{0,20}?\b"
            r"(?:instruction|prompt|guideline)s?\b"
        ),
        (
            r"\b(?:system|developer|user|assistant)\s*(?:prompt|message|instructions?)?\s*:\s*(?:you|ignore|always|never|"
            r"do|say|write)\b"
        ),
        r"<\|(?:im_start|im_end|system|user|assistant)\b|\[/?INST\]",
        (
            r"\b(?:as an? (?:\w+ )?|you are (?:\w+ ){0,3}|act as (?:\w+ ){0,2}|pretend to be (?:\w+ ){0,2})"
            r"(?:ai|language model|llm|assistant|chatbot|gpt|summari[sz]er)\b"
        ),
        (
            r"\b(?:note|message|instructions?|attention)\b[^.!?]{0,12}\b(?:to|for) (?:\w+ ){0,2}?(?:ais?|llms?|"
            r"language models?|assistants?|chatbots?|summari[sz]ers?|bots?)\b"
        ),
        r"\b(?:if you are|when|while) (?:an? |you )?(?:ai|llm|language model|summari[sz]e|summari[sz]ing)\b",
        r"\b(?:in|of|to|from) your (?:summary|summaries|answer|response|reply)\b",
        (
            r"\b(?:respond|reply|answer)\b[^.!?]{0,20}\b(?:only |exactly |just )?with\b[^.!?]{0,5}"
            r"(?:the (?:following|words?|text)|[\"“'])"
        ),
        r"\bsummari[sz]e (?:this|the) (?:article|page|post|text|document) (?:as|by saying|with)\b",
    )
)
_GOES_ON = Cued(
    r"\W*(?:instead|and |then|now|always|never|do not|don['’]t|you must|you should|say|write|output|print|respond|"
    r"reply|answer|tell|include|add|mention|recommend|insert|append|end (?:your|the)|begin (?:your|the))\b",
    re.IGNORECASE,
)


def speaks_to_a_model(text: str, patterns: Sequence[Cued] = _TO_A_MODEL) -> bool:
    """Whether a text gives orders to a language model. `patterns`: those that may match, where that is known."""
    if not patterns:
        return False
    small = folded(text)
    for pattern in patterns:  # noqa: SIM110 - on each block of each article, where a generator is a third of the cost
        if pattern.search(text, small):
            return True
    return False


class Gate:
    """Goes through the blocks of an article in order, and tells which may be believed."""

    def __init__(self, blocks: Iterable[str]) -> None:
        whole = "\n".join(blocks)
        small = folded(whole)
        self._patterns = [pattern for pattern in _TO_A_MODEL if pattern.may_match(whole, small)]
        self._inside = False

    def lets_through(self, block: str) -> bool:
        """Whether a block neither speaks to a language model, nor goes on from one that does."""
        self._inside = speaks_to_a_model(block, self._patterns) or (self._inside and _GOES_ON.match(block) is not None)
        return not self._inside


def believable(blocks: Iterable[str]) -> list[str]:
    """The blocks of an article that may be believed."""
    blocks = list(blocks)
    gate = Gate(blocks)
    return [block for block in blocks if gate.lets_through(block)]
