"""The deck: one sentence of at most thirty words that tells what an article is about."""

from __future__ import annotations

import re

from crawler.label.edits.shortening import LONGEST, cut_short
from crawler.label.sentences.measures import word_count
from crawler.label.sentences.splitting import split_sentences
from crawler.label.sentences.standalone import leans

# Where a sentence may end that has no better place: what follows tells why or more of it, and is no condition.
_CLAUSE = re.compile(r" (?:which|where|because|so that|in order to|as well as|although)\b")
_ASIDE = re.compile(r" \([^()]*\)")


def deck_of(own: list[str], chosen: list[str], others: list[str], summary: str) -> str:
    """The author's words where they are short enough, else the sentence that opens best, whole or cut at a clause.

    `chosen` are the summary's sentences, `others` all that could open it, best first; all are free of faults.
    """
    ranked = [*own[:1], *others[:1], *chosen[:1], *own[1:], *chosen[1:]]
    for text in ranked:
        if leans(text):
            continue
        short = text if word_count(text) <= LONGEST else _ASIDE.sub("", text)
        if word_count(short) <= LONGEST:
            return short
        if cut := cut_short(short) or cut_short(short, _CLAUSE):
            return cut
    for text in others:
        if word_count(text) <= LONGEST and not leans(text):
            return text
    first = split_sentences(summary)[:1]
    return first[0] if first and word_count(first[0]) <= LONGEST else cut_short(summary)
