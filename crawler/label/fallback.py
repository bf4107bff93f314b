"""What a summary says where no sentence of an article is good enough."""

from __future__ import annotations

import re

from crawler.label.actor import Actor
from crawler.label.faults import fault_of
from crawler.label.lengths import repeats, word_count
from crawler.label.rewrite import rewrite
from crawler.label.sentences import Sentence, clean_sentence, split_sentences
from crawler.label.subjectless import tells_of_nobody
from crawler.label.view import View

_LOOKED_AT = 60  # sentences
_MILD = frozenset(
    {"", "no subject", "shouting", "ceremony", "no verb", "to the reader", "points at the page", "chatter"}
)
_FURNITURE = re.compile(r" · |\bmin(?:ute)?s? read\b|\barchive\b.*\bfeed\b", re.IGNORECASE)
_WHOLE = re.compile(r"[.!?…:][\"”’)\]]*$")
_PERSONAL = re.compile(r"\b(?:we|our|us|I|my|me|you|your)\b", re.IGNORECASE)


def plain_sentence(view: View, sentences: list[Sentence], actor: Actor, most: int) -> str:
    """One honest sentence of at most `most` words of the description or the opening, however plain; may be empty."""
    lines = [*split_sentences(clean_sentence(view.description)), *(s.text for s in sentences[:_LOOKED_AT])]
    lines = [line for line in lines if not _FURNITURE.search(line)]
    lines = [line if _WHOLE.search(line) or len(line) < 20 else f"{line}." for line in lines]
    for lead, allowed in ((True, frozenset({""})), (False, frozenset({""})), (False, _MILD)):
        for line in lines:
            text = rewrite(line, actor)
            if not text or not 5 <= word_count(text) <= most or repeats(text, view.title):
                continue
            fault = fault_of(text, lead=lead) or ("no subject" if tells_of_nobody(text, item=False) else "")
            if fault in allowed:
                return text
    for line in lines:  # the text has no whole sentence: its first words, as a sentence that says that they are
        plain = re.findall(r"[\w+#.'’-]+", line)
        if len(plain) >= 4 and not _PERSONAL.search(line) and "://" not in line:
            return " ".join(plain[:30]).rstrip(" .,;:-–—") + "."
    return ""
