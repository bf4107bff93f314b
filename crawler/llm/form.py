"""How a worded sentence must look, whatever it says: plain text, whole, in the third person."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.llm.fault import Fault
from crawler.trust import speaks_to_a_model

LONGEST = 60  # words of a sentence
_MARKUP = re.compile(r"[<>{}\[\]|\\`~^]|\*|(?<!\w)_|_(?!\w)|(?<![\w])#|&#?\w+;|(?:^|\s)[-=]{2,}|={2,}")
_ADDRESS = re.compile(
    r"://|\bwww\.|\b(?:https?|mailto|javascript|data|ftp):|[\w.+-]+@[\w-]+\.\w|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|biz|example|test|xyz|top|click|shop|site|online|ru|cn)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:you|your|yours|yourself|we|us|our|ours|I|me|my|mine|myself|ourselves)\b|\bI['’]|\blet['’]s\b", re.IGNORECASE
)
_US = re.compile(r"\bUS\b")  # a country, where the capitals say so
_ABOUT_ITSELF = re.compile(
    r"\b(?:as an? (?:ai|assistant|language model)|i['’]m sorry|i cannot|i can['’]t|here is (?:the|a|your) (?:summary|"
    r"json)|the (?:provided|given|above|following) (?:text|article|content)|json (?:object|format)|buy now|click|"
    r"subscribe|sign up|visit (?:our|us|the|https?)|limited offer|this (?:article|post|blog|page|text|summary))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of sentences elsewhere: how a paragraph is split into them, and what fault one has as prose.

    `fault` gets a sentence and whether it opens a text; it gives the name of a fault, or an empty string.
    """

    split: Callable[[str], Sequence[str]]
    fault: Callable[[str, bool], str]


def ill_formed(sentence: str, rules: Rules, *, opens: bool) -> Fault | None:
    """The first thing that is wrong with how a sentence looks."""
    if found := _MARKUP.search(sentence):
        return Fault("markup", found[0].strip())
    if found := _ADDRESS.search(sentence):
        return Fault("an address", found[0])
    if speaks_to_a_model(sentence):
        return Fault("speaks to a model")
    if found := _SPEAKS.search(_US.sub("", sentence)):
        return Fault("first or second person", found[0])
    if found := _ABOUT_ITSELF.search(sentence):
        return Fault("speaks of itself", found[0])
    if "?" in sentence or "!" in sentence:
        return Fault("a question or an exclamation")
    words = len(sentence.split())
    if not 3 <= words <= LONGEST:
        return Fault("length", f"{words} words")
    fault = rules.fault(sentence, opens)
    return Fault(fault) if fault else None
