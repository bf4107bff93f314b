"""Countable signs of depth and evidence, and reading time."""

from __future__ import annotations

import math
import re

from crawler.label.promotion.forms import promotion_of
from crawler.label.view import View
from crawler.model import Reason, Signals
from crawler.text import count_words

WORDS_A_MINUTE = 238  # Brysbaert 2019, meta-analysis of silent reading of non-fiction
FIGURE_MINUTES = 0.2
CODE_LINES_A_MINUTE = 40

# A figure with its unit. It begins with a digit, not with what may not stand before: so it is sought much faster.
_NUMBER = re.compile(
    r"\d(?<![\w.]\d)\d*(?:[.,]\d+)*\+?\s?(?:%|[x×](?!\w)|percent|(?:n|u|µ|m)?s(?!\w)|seconds?|minutes?|"
    r"hours?|days?|weeks?|months?|years?|[KMGTP]i?B(?!\w)|[kKMB](?!\w)|million|billion|thousand|trillion"
    r"|qps|rps|tps|requests?|users?|nodes?|servers?|machines?|clusters?|cores?|GPUs?|cpus?|events?|"
    r"messages?|rows?|records?|queries|lines|times|fold|commits|engineers|teams|services)",
    re.IGNORECASE,
)


def minutes_of(words: int, figures: int, code_lines: int) -> int:
    """Whole minutes to read an article, at least one: its words, a glance at each figure, and its code."""
    return max(1, math.ceil(words / WORDS_A_MINUTE + FIGURE_MINUTES * figures + code_lines / CODE_LINES_A_MINUTE))


def measure(view: View) -> tuple[Signals, int, tuple[Reason, ...]]:
    """(signals, lines of code, why it counts as promotion)."""
    blocks = view.document.blocks
    words = count_words("\n".join(b.text for b in blocks if b.kind != "code"))
    promotion, reasons = promotion_of(view, words)
    signals = Signals(
        words=words,
        code_blocks=len(view.code),
        images=view.document.images,
        headings=sum(b.kind == "heading" for b in blocks),
        tables=sum(b.kind == "table" for b in blocks),
        numbers=len(_NUMBER.findall(view.body)),
        links=view.body.count("http://") + view.body.count("https://"),
        promotion=promotion,
    )
    return signals, sum(b.text.count("\n") + 1 for b in view.code), reasons
