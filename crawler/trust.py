"""Text that speaks to a language model instead of to a reader: never shown to one, never believed, never printed.

An article may hold such text, by intent or because it is about the matter. Both are treated alike: the summary is made
from the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,40}?\b(?:previous|prior|above|earlier|preceding|your)\b"
    r"[^.!?]{0,30}?\b(?:instruction|prompt|direction|rule|guideline|command|context|message)s?\b"
    r"|\b(?:ignore|disregard|forget) (?:all|any|these|those|the)\b[^.!?]{0,20}?\b(?:instruction|prompt|guideline)s?\b"
    r"|\b(?:system|developer|user|assistant)\s*(?:prompt|message|instructions?)?\s*:\s*(?:you|ignore|always|never|do|"
    r"say|write)\b|<\|(?:im_start|im_end|system|user|assistant)\b|\[/?INST\]"
    r"|\b(?:as an? (?:\w+ )?|you are (?:\w+ ){0,3}|act as (?:\w+ ){0,2}|pretend to be (?:\w+ ){0,2})(?:ai|language "
    r"model|llm|assistant|chatbot|gpt|summari[sz]er)\b"
    r"|\b(?:note|message|instructions?|attention)\b[^.!?]{0,12}\b(?:to|for) (?:\w+ ){0,2}?(?:ais?|llms?|language model"
    r"s?|assistants?|chatbots?|summari[sz]ers?|bots?)\b"
    r"|\b(?:if you are|when|while) (?:an? |you )?(?:ai|llm|language model|summari[sz]e|summari[sz]ing)\b"
    r"|\b(?:in|of|to|from) your (?:summary|summaries|answer|response|reply)\b"
    r"|\b(?:respond|reply|answer)\b[^.!?]{0,20}\b(?:only |exactly |just )?with\b[^.!?]{0,5}"
    r"(?:the (?:following|words?|text)|[\"“'])"
    r"|\bsummari[sz]e (?:this|the) (?:article|page|post|text|document) (?:as|by saying|with)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\W*(?:instead|and |then|now|always|never|do not|don['’]t|you must|you should|say|write|output|print|respond|"
    r"reply|answer|tell|include|add|mention|recommend|insert|append|end (?:your|the)|begin (?:your|the))\b",
    re.IGNORECASE,
)


# Without one of these words the pattern finds nothing; looking for them costs far less.
_HINTS = (
    "ignore", "disregard", "forget", "overrid", "bypass", "im_start", "im_end", "<|", "inst]", "prompt:", "message:",
    "instruction", "system:", "user:", "assistant", " ai", "llm", "language model", "chatbot", "gpt", "summari", "bots",
    "your answer", "your response", "your reply", "your summar", "with \"", "with the ", "with “", "with '",
)  # fmt: skip


def speaks_to_a_model(text: str, hints: Sequence[str] = _HINTS) -> bool:
    """Whether a text gives orders to a language model. `hints`: those that an article has, where that is known."""
    small = text.lower()
    return any(hint in small for hint in hints) and _TO_A_MODEL.search(text) is not None


class Gate:
    """Goes through the blocks of an article in order, and tells which may be believed."""

    def __init__(self, blocks: Iterable[str]) -> None:
        whole = "\n".join(blocks).lower()
        self._hints = [hint for hint in _HINTS if hint in whole]
        self._inside = False

    def lets_through(self, block: str) -> bool:
        """Whether a block neither speaks to a language model, nor goes on from one that does."""
        self._inside = speaks_to_a_model(block, self._hints) or (self._inside and _GOES_ON.match(block) is not None)
        return not self._inside


def believable(blocks: Iterable[str]) -> list[str]:
    """The blocks of an article that may be believed."""
    blocks = list(blocks)
    gate = Gate(blocks)
    return [block for block in blocks if gate.lets_through(block)]
