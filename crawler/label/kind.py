"""The form of an article, by weighted rules over title, categories, opening, headings, code and address.

Each rule that fires adds its weight to its kind; the greatest sum wins. Rules are data: a pattern, a place, a weight.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from crawler.label.kind_rules import RULES, Rule
from crawler.label.taxonomy import Company, Taxonomy
from crawler.label.view import View
from crawler.model import Reason

OPENING = 400
_PAPER_HOSTS = re.compile(
    r"(^|\.)(arxiv\.org|dl\.acm\.org|openreview\.net|usenix\.org|aclanthology\.org|vldb\.org|"
    r"proceedings\.\w+\.\w+|papers\.\w+\.\w+|ieeexplore\.ieee\.org|nature\.com|biorxiv\.org|"
    r"semanticscholar\.org)$"
)
_FIRST = ("I", *(f"I{mark}{rest}" for mark in "'’" for rest in ("m", "ve", "d", "ll")))
_WE = ("we", "We", "our", "Our", *(f"{w}{mark}{rest}" for w in ("we", "We") for mark in "'’" for rest in ("re", "ve")))
# An announcement whose object is no software.
_NO_RELEASE = re.compile(
    r"\b(results?|hero(es)?|summit|conference|meet-?up|survey|winners?|speakers?|program(me)?|members?|"
    r"council|fellows?|partnership|course|audit|foundation|election|gsoc|summer of code|roadmap for|"
    r"sponsors?|security)\b",
    re.IGNORECASE,
)

# A version that the article only uses: "Monitoring Kubernetes with Linkerd 2.0".
_USED_VERSION = re.compile(
    r"\b(?:with|using|on|for|features) (?:the )?(?:[A-Z][\w.+#-]* ){0,2}v?\d+\.\d+|\d deep[- ]dive", re.IGNORECASE
)

# On a project's own blog: what to do with it.
_USED = re.compile(r"\b(?:with|using|in|on|from) (?!Production|Depth|Detail|The|Our|Practice)[A-Z]\w+$")
_VERSIONED = re.compile(r"\b([A-Za-z][\w.+#-]*?) v?\d+(?:\.\d+)*\b")
_ANNOUNCES = re.compile(
    r"\b(releas\w+|announc\w+|introduc\w+|available|availability|what['’]?s new|is (out|here)|launch\w*|GA|beta|RC)\b",
    re.IGNORECASE,
)


def find_kind(view: View, taxonomy: Taxonomy, company: str | None, entry: Company | None) -> tuple[str, Reason]:
    """One of the ten basic kinds, and the strongest rule that led to it."""
    totals: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, str, str]] = {}
    for rule in RULES:
        if rule.kind not in taxonomy.kinds:
            continue
        found = _search(rule, view)
        if not found:
            continue
        weight = rule.weight
        if rule.kind == "release" and rule.place == "title":
            weight *= _release_share(view.title, found, entry, company)
        elif rule.kind == "case-study" and rule.place == "title" and _tells_of_itself(found, entry):
            weight *= 0.2
        totals[rule.kind] += weight
        if weight > best.get(rule.kind, (0.0, "", ""))[0]:
            best[rule.kind] = (weight, found, rule.place)
    _add_shape(view, totals, best, company, entry)
    if not totals:
        return "opinion", Reason("kind", "opinion", "nothing else fits", "", "", 0.0)
    kind = max(sorted(totals), key=lambda k: totals[k])
    _, evidence, where = best[kind]
    rule_name = "shape" if where in ("shape", "company") else "wording"
    return kind, Reason("kind", kind, rule_name, evidence, where, round(totals[kind], 2))


def _release_share(title: str, found: str, entry: Company | None, company: str | None) -> float:
    """How far wording of a release in a title is to be believed: not where its object is no software, nor where the
    version is of another's software, which the article only uses."""
    share = 0.4 if _NO_RELEASE.search(title) else 1.0
    if _USED_VERSION.search(title) and not _ANNOUNCES.search(title):
        share *= 0.3
    versioned = _VERSIONED.search(found) or (_VERSIONED.search(title) if found[:1].isdigit() else None)
    if versioned is None or company is None or (entry and entry.project) or _ANNOUNCES.search(title):
        return share
    own = {company, *((entry.name, *entry.aliases, *entry.products) if entry else ())}
    words = {w.casefold() for name in own for w in name.split()}
    return share if versioned[1].casefold() in words else share * 0.3


def _tells_of_itself(found: str, entry: Company | None) -> bool:
    """Whether "How NAME does …" is of the very project whose blog it is: how a tool works, not what a user did."""
    if entry is None or not entry.project or not re.match(r"(?:how|why) ", found, re.IGNORECASE):
        return False
    return found.split()[1].casefold() in {n.casefold() for n in (entry.name, *entry.aliases, *entry.products)}


def _search(rule: Rule, view: View) -> str:
    if rule.place == "category":
        return next((c for c in view.document.categories if rule.pattern.search(c)), "")
    text = {
        "title": view.title,
        "opening": view.body[:OPENING]
        if not view.description
        else f"{view.description[:OPENING]}\n{view.body[:OPENING]}",
        "heading": view.headings,
        "url": view.slug,
    }[rule.place]
    match = rule.pattern.search(text)
    return match[0].strip() if match else ""


def _add_shape(
    view: View,
    totals: dict[str, float],
    best: dict[str, tuple[float, str, str]],
    company: str | None,
    entry: Company | None,
) -> None:
    """What the form itself says: where it stands, how much code, who speaks."""

    def add(kind: str, points: float, evidence: str, where: str) -> None:
        totals[kind] += points
        if points > best.get(kind, (0.0, "", ""))[0]:
            best[kind] = (points, evidence, where)

    if _PAPER_HOSTS.search(view.host):
        # Companies also give talks where papers are printed.
        add("research", 3.5 if company and "usenix" in view.host else 6.0, view.host, "url")
    sample = view.body[:6000]
    counts = Counter(sample.split())
    words = max(1, counts.total())
    own = sum(counts[w] for w in _FIRST) / words
    shared = sum(counts[w] for w in _WE) / words
    code = len(view.code)
    if code >= 4:
        long_read = sum(len(b.text) for b in view.prose) > 10_000
        add("deep-dive" if long_read else "tutorial", min(1.6, 0.25 * code), f"{code} code blocks", "shape")
    if company and not (entry and entry.project):
        add("case-study", (1.3 if sample else 1.1) + (0.5 if shared > 0.012 else 0), company, "company")
        if view.title.startswith((f"{company}'s ", f"{company}’s ")):
            add("case-study", 1.3, view.title[: len(company) + 2], "title")
    elif company:
        add(*(("tutorial", 1.2) if _USED.search(view.title) else ("deep-dive", 1.0)), company, "company")
    elif own > 0.02 and code == 0:
        add("opinion", 1.1, "I", "text")
    elif view.host and totals["deep-dive"] < 1.0:
        add("tutorial", 0.7, "", "shape")
