"""What a summary says where no sentence of an article is good enough."""

from __future__ import annotations

import re

from crawler.label.edits.rewrite import rewrite
from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.measures import repeats, stems, word_count
from crawler.label.sentences.splitting import Sentence, clean_sentence, split_sentences
from crawler.label.sentences.standalone import goes_on, leans
from crawler.label.sentences.subjectless import tells_of_nobody
from crawler.label.sentences.verbless import is_heading
from crawler.label.speakers.actor import Actor
from crawler.label.view import View

_LOOKED_AT = 60  # sentences
_SAID_AGAIN, _FAR, _GOES_ON = "said again", "far", "goes on"
# What is printed where nothing better is there, the best first: a whole sentence, one that only says that there is
# something, a trifle from further down, what leans on another, what is a sentence at least, what is none.
_RANKS = (
    {_SAID_AGAIN},
    {_FAR},
    {"dangling"},
    {"chatter", "points at the page", "shouting", "ceremony"},
    {_GOES_ON},
    {"no verb", "no subject", "to the reader"},
)
_NEAR = 10  # lines among which one need not name what the title does
_FURNITURE = re.compile(
    r" · |\bmin(?:ute)?s? read\b|\barchive\b.*\bfeed\b|^\W*(?:updated?|edit(?:ed)?)\b[ :,]", re.IGNORECASE
)
_WHOLE = re.compile(r"[.!?…:][\"”’)\]]*$")
_PERSONAL = re.compile(r"\b(?:we|our|us|I|my|me|you|your)\b", re.IGNORECASE)


def plain_sentence(view: View, sentences: list[Sentence], actor: Actor, most: int) -> str:
    """One honest sentence of at most `most` words of the description or the opening, however plain; may be empty."""
    lines = [*split_sentences(clean_sentence(view.description)), *(s.text for s in sentences[:_LOOKED_AT])]
    lines = [line for line in lines if not _FURNITURE.search(line)]
    lines = [line if _WHOLE.search(line) or len(line) < 20 else f"{line}." for line in lines]
    found: dict[str, str] = {}
    known = stems(view.title)
    for number, line in enumerate(lines):
        text = rewrite(line, actor)
        if not (text and 5 <= word_count(text) <= most):
            continue
        fault = _fault(text, view.title)
        if not fault and number >= _NEAR and known.isdisjoint(stems(text)):
            fault = _FAR
        if not fault:
            return text
        found.setdefault(fault, text)
    for rank in _RANKS:
        if text := next((told for fault, told in found.items() if fault in rank), ""):
            return text
    for line in lines:  # the text has no whole sentence: its first words, as a sentence that says that they are
        plain = re.findall(r"[\w+#.'’-]+", line)
        if len(plain) >= 4 and not _PERSONAL.search(line) and "://" not in line and not repeats(line, view.title):
            return " ".join(plain[:30]).rstrip(" .,;:-–—") + "."
    return ""


def _fault(text: str, title: str) -> str:
    """Why a sentence is not printed where a better one is there; one that has only the title's words never is."""
    again = repeats(text, title)
    if again and _words(text) <= _words(title):
        return "the title"
    fault = fault_of(text, lead=False)
    if not fault and (is_heading(text) or tells_of_nobody(text, item=False)):
        fault = "no subject"
    if not fault and again:
        return _SAID_AGAIN
    return fault or (_GOES_ON if goes_on(text) else "dangling" if leans(text) else "")


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower()))
