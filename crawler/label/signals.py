"""Countable signs of depth and evidence, reading time, and the signs of advertising."""

from __future__ import annotations

import math
import re

from crawler.label.view import View
from crawler.model import Reason, Signals
from crawler.text import count_words

WORDS_A_MINUTE = 238  # Brysbaert 2019, meta-analysis of silent reading of non-fiction
FIGURE_MINUTES = 0.2
CODE_LINES_A_MINUTE = 40

_NUMBER = re.compile(
    r"(?<![\w.])\$?\d+(?:[.,]\d+)*\+?\s?(?:%|[x×](?!\w)|percent|(?:n|u|µ|m)?s(?!\w)|seconds?|minutes?|"
    r"hours?|days?|weeks?|months?|years?|[KMGTP]i?B(?!\w)|[kKMB](?!\w)|million|billion|thousand|trillion"
    r"|qps|rps|tps|requests?|users?|nodes?|servers?|machines?|clusters?|cores?|GPUs?|cpus?|events?|"
    r"messages?|rows?|records?|queries|lines|times|fold|commits|engineers|teams|services)",
    re.IGNORECASE,
)
# (weight, name, literal cues, pattern): a pattern is only tried where one of its cues stands.
_PROMOTION: tuple[tuple[float, str, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (weight, name, tuple(cues.split("|")), re.compile(pattern))
    for weight, name, cues, pattern in (
        (
            0.9,
            "job ad",
            (
                "hiring |recruiting |apply now|apply today|apply here|job desc|job open|job vac|open positions|"
                "open roles|salary "
            ),
            (
                r"\b(?:we are|we['’]re) (?:currently )?(?:hiring|recruiting) (?:a|an|for)\b|\bapply (?:now|"
                r"today|here)\b|\bjob (?:description|opening|vacancy)\b|\bopen (?:positions|roles)\b|"
                r"\bsalary (?:range|band)\b"
            ),
        ),
        (
            0.2,
            "hiring note",
            "hiring|careers page|join our team",
            r"\bwe['’]re hiring\b|\bwe are hiring\b|\bcareers page\b|\bjoin our team\b",
        ),
        (
            0.9,
            "sponsored",
            "sponsor|paid p|advertorial|affiliate link",
            (
                r"\bsponsored (?:post|content|by)\b|\bpaid (?:post|partnership|promotion)\b|\badvertorial\b|"
                r"\bin partnership with our sponsor\b|\baffiliate links?\b"
            ),
        ),
        (
            0.6,
            "sale",
            (
                "% off|% discount|discount code|coupon|limited|black friday|cyber monday|early-bird|"
                "early bird|lifetime access|on sale|special offer"
            ),
            (
                r"\b\d{1,2}% (?:off|discount)\b|\bdiscount code\b|\bcoupon(?: code)?s?\b|"
                r"\blimited[- ]time (?:offer|deal)\b|\bblack friday\b|\bcyber monday\b|\bearly[- ]bird\b|"
                r"\blifetime access\b|\bon sale\b|\bspecial offer\b"
            ),
        ),
        (
            0.5,
            "webinar",
            "register |sign up |save your |webinar",
            (
                r"\b(?:register|sign up|save your (?:seat|spot)) (?:now |today |here )?(?:for|"
                r"to attend) (?:the|our|this|your)\b|\bjoin (?:us|our) .{0,40}\bwebinar\b|\bupcoming webinar\b"
            ),
        ),
        (
            0.5,
            "product pitch",
            (
                "a demo|a free demo|free trial|to sales|to our sales|t sales|t our sales|start free|start your|"
                "pricing plan|started for free|started today|try it f"
            ),
            (
                r"\b(?:request|book|schedule|get) a (?:free )?demo\b|\bfree trial\b|"
                r"\btalk to (?:our )?sales\b|\bcontact (?:our )?sales\b|\bstart (?:your )?free\b|"
                r"\bpricing plans?\b|\bget started (?:for free|today)\b|\btry it (?:for )?free\b"
            ),
        ),
        (
            0.25,
            "superlatives",
            (
                "leading|in-class|in class|world-class|world class|cutting-|cutting e|game-ch|game ch|"
                "revolutioni|seamless|unlock|next-gen|next gen|supercharge|empower"
            ),
            (
                r"\b(?:industry[- ]leading|best[- ]in[- ]class|world[- ]class|cutting[- ]edge|"
                r"game[- ]chang\w+|revolutioni[sz]\w+|seamless(?:ly)?|unlock (?:the )?(?:power|potential|"
                r"value)|leading provider|next[- ]generation platform|supercharge|empower(?:s|ing)? (?:your|"
                r"teams|organizations))\b"
            ),
        ),
        (
            0.2,
            "award",
            "leader|quadrant|award|forrester",
            r"\b(?:named a leader|magic quadrant|award[- ]winning|wins? .{0,30}award|forrester wave)\b",
        ),
    )
)  # patterns run over text in lower case


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


def promotion_of(view: View, words: int) -> tuple[float, tuple[Reason, ...]]:
    """0 to 1: how much an article sells. A note at the end of a long article weighs little."""
    total = 0.0
    reasons = []
    length = max(1.0, words / 500)
    low, title = view.body.lower(), view.title.lower()
    for weight, name, cues, pattern in _PROMOTION:
        if not any(cue in low or cue in title for cue in cues):
            continue
        found = list(pattern.finditer(low))
        in_title = pattern.search(title)
        if not found and not in_title:
            continue
        points = (
            weight
            if in_title
            else min(weight, weight * len(found) / length * (1.0 if found[0].start() < 1500 else 0.5))
        )
        match, where = (in_title, "title") if in_title else (found[0], "lead" if found[0].start() < 500 else "text")
        total += points
        shown = (view.title if in_title else view.body)[match.start() : match.end()]
        reasons.append(Reason("promotion", name, "wording", shown, where, round(points, 3)))
    if view.code or words > 1200:
        total *= 0.6
    return round(min(1.0, total), 3), tuple(reasons) if total >= 0.15 else ()
