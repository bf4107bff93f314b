"""What the form of an article itself says of its kind: its length and code, who speaks, and how it is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from crawler.label.kinds.rules import Sign, load_kind_rules
from crawler.label.kinds.words import FEWEST
from crawler.label.taxonomy.model import Company
from crawler.label.view import View

_LONG = (2_000, 12_000)  # characters of prose: from here on it may be thorough, from there on it is
_PAPER_HOSTS = re.compile(
    r"(^|\.)(arxiv\.org|dl\.acm\.org|openreview\.net|usenix\.org|aclanthology\.org|vldb\.org|"
    r"proceedings\.\w+\.\w+|papers\.\w+\.\w+|ieeexplore\.ieee\.org|nature\.com|biorxiv\.org|"
    r"semanticscholar\.org)$"
)
# "/katib-0.10" at the end of a path, no date and no part of a series; a version that is only used stands behind "with".
_VERSIONED = re.compile(
    r"(?<![\w.])((?!part|chapter|episode|day|week)[a-z][a-z0-9]*[-_/]v?\d{1,3}\.\d{1,3}(?:\.(?:\d{1,3}|x))?)"
    r"(?:\.html?|/)?$",
    re.IGNORECASE,
)
_USES = re.compile(
    r"[-/](?:with|using|on|for|to|from|of|and|upgrad\w+|migrat\w+|moving|porting)-(?:[a-z0-9]+-)?v?\d[\w.]*/?$",
    re.IGNORECASE,
)
# A version that the article only uses, or moved to: "Monitoring Kubernetes with Linkerd 2.0", "Upgrading to Rails 7.1".
_USED_VERSION = re.compile(
    r"\b(?:with|using|on|for|features) (?:the )?(?:[A-Z][\w.+#-]* ){0,2}v?\d+\.\d+|\d deep[- ]dive|"
    r"\b(?:upgrad|migrat|mov|port|switch)ing\b[^:]*\b(?:from|to)\b[^:]*\d",
    re.IGNORECASE,
)
ANNOUNCES = re.compile(
    r"\b(releas\w+|announc\w+|introduc\w+|available|availability|what['’]?s new|is (out|here)|launch\w*|GA|beta|RC)\b",
    re.IGNORECASE,
)
# A version in the title of a fault is the one that has it.
_FAULT = re.compile(
    r"\b(?:vulnerabilit(?:y|ies)|(?<!for )bugs?(?![ -]?fix)|regressions?|corrupt\w*|data loss|faulty|broken|incorrect|"
    r"outage|incident)\b",
    re.IGNORECASE,
)
_ADDRESS_END = 80  # characters
_PAST = {
    *("built", "wrote", "had", "made", "found", "chose", "got", "went", "ran", "began", "took", "did", "knew", "saw"),
    *("kept", "led", "came", "thought", "tried", "set", "put", "cut", "let"),
}
_I = ("i", "i'm", "i've", "i'd", "my")
_WE = ("we", "our", "us")
# On a project's own blog: what to do with it, and what is done in it, by its users or by itself.
_NAMED = r"(?!Production|Depth|Detail|The|Our|Practice)[A-Z]\w+(?: [A-Z]\w+)?$"
_USED = re.compile(rf"\b(?:with|using|on|from) {_NAMED}")
_WITHIN = re.compile(rf"\bin {_NAMED}")


def only_uses(title: str) -> bool:
    """Whether a title has a version of what the article only uses, or moved to, and announces nothing."""
    return _USED_VERSION.search(title) is not None and ANNOUNCES.search(title) is None


def tells_of_fault(title: str) -> bool:
    """Whether a title tells of what is wrong with software, and announces nothing."""
    return _FAULT.search(title) is not None and ANNOUNCES.search(title) is None


def shape_signs(view: View, company: str | None, entry: Company | None, words: list[str]) -> Iterator[Sign]:
    """Signs from the whole article; `company` and `entry` are whose it is and what is known of them, `words` those of
    its running text in small letters."""
    if _PAPER_HOSTS.search(view.host):
        # Companies also give talks where papers are printed.
        yield Sign("research", 3.5 if company and "usenix" in view.host else 6.0, view.host, "url")
    end = view.path[-_ADDRESS_END:]
    other = only_uses(view.title) or tells_of_fault(view.title)
    if (version := _VERSIONED.search(end)) and not _USES.search(end) and not other:
        yield Sign("release", 1.5, version[1], "url")
    length = _share(sum(len(block.text) for block in view.prose), *_LONG)
    yield from _by_length(view, length)
    yield from _by_tone(words)
    followed = _share(len(view.code), 0, 10) * (1 - length)
    yield from _by_speaker(view, company, entry, words, followed)


def _by_length(view: View, length: float) -> Iterator[Sign]:
    """Code in a short text is there to be followed, in a long one to explain."""
    code = _share(len(view.code), 0, 10)
    shown = f"{len(view.code)} code blocks"
    yield Sign("tutorial", 1.4 * code * (1 - length), shown, "shape")
    yield Sign("deep-dive", 1.3 * code * length, shown, "shape")
    yield Sign("deep-dive", 0.6 * length, "", "shape")
    if not code and view.body:
        yield Sign("opinion", 0.3, "", "shape")
        yield Sign("community", 0.2, "", "shape")


def _by_tone(words: list[str]) -> Iterator[Sign]:
    counts = Counter(words)
    a_thousand = 1000 / max(FEWEST, len(words))
    own = _share(sum(counts[word] for word in _I) * a_thousand, 5, 25)
    for tone in load_kind_rules().tones:
        found = {word: counts[word] for word in tone.words & counts.keys()}
        if share := _share(sum(found.values()) * a_thousand, tone.least, tone.full):
            yield Sign(
                tone.kind,
                tone.weight * share * (own if tone.own else 1.0),
                max(sorted(found), key=lambda w: found[w]),
                "text",
            )
    if references := [word for word in counts if word[0] in "#@"]:
        share = _share(sum(counts[word] for word in references) * a_thousand, 4, 20)
        yield Sign("release", 0.5 * share, references[0], "text")


def _by_speaker(
    view: View, company: str | None, entry: Company | None, words: list[str], followed: float
) -> Iterator[Sign]:
    """Who has a blog tells what is told on it, and what people did is told in the past tense.

    `followed` is how far the article's code is there to be followed, 0 to 1.
    """
    a_thousand = 1000 / max(FEWEST, len(words))
    past = Counter(who for who, did in pairwise(words) if who in ("i", "we") and (did.endswith("ed") or did in _PAST))
    yield Sign("case-study", 0.9 * _share(past["we"] * a_thousand, 0, 9), "we", "text")
    yield Sign("case-study", 0.6 * _share(past["i"] * a_thousand, 0, 11), "i", "text")
    if company and not (entry and entry.project):
        yield Sign("case-study", 1.3 if view.body else 1.1, company, "company")
        if view.title.startswith((f"{company}'s ", f"{company}’s ")):
            yield Sign("case-study", 1.3, view.title[: len(company) + 2], "title")
    elif company:
        # A few lines on a project's own blog are its news.
        brief = 1 - _share(len(view.body), 600, 2000) if view.body else 0.0
        used = 1.2 if _USED.search(view.title) else 0.8 if _WITHIN.search(view.title) else 0.0
        yield Sign("tutorial", used, company, "company")
        inner = 0.8 if not used else 0.4 if used < 1 else 0.0
        yield Sign("tutorial", inner * followed, company, "company")
        yield Sign("deep-dive", inner * (1 - brief) * (1 - followed), company, "company")
        yield Sign("community", inner * brief, company, "company")
        yield Sign("release", 0.4, company, "company")
    elif view.host:
        shared = sum(words.count(word) for word in _WE) * a_thousand
        yield Sign("case-study", 0.6 * _share(shared, 10, 30), "we", "text")
        yield Sign("tutorial", 0.3, "", "shape")
        yield Sign("deep-dive", 0.3, "", "shape")
        yield Sign("opinion", 0.2, "", "shape")


def _share(value: float, least: float, full: float) -> float:
    """0 up to `least`, 1 from `full` on, and in between in proportion."""
    return min(1.0, max(0.0, (value - least) / (full - least)))
