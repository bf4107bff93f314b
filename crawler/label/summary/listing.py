"""A sentence that lists what an article treats, from its own headings or its first list: release notes, newsletters and
roundups have no thesis that one sentence could state, and some texts hardly have a sentence that can stand alone.
"""

from __future__ import annotations

import re
from collections import Counter

from crawler.cued import Cued
from crawler.label.sentences.measures import stems, word_count
from crawler.label.sentences.splitting import without_number
from crawler.label.summary.cues import FURNITURE
from crawler.label.summary.scope import scope
from crawler.label.view import View
from crawler.model import Block
from crawler.text import series

_MOST_POINTS = 4
_MOST_WORDS = 7  # of one point
_DIGEST = Cued(
    r"\b(?:newsletter|round-?up|recap|digest|weekly|monthly|(?:community|project|monthly|status|progress|development|"
    r"dev) "
    r"(?:update|report|news)|changelog|release notes|what['’]s new|this (?:week|month) in|year in review|"
    r"highlights|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) (?:19|"
    r"20)\d\d)\b",
    re.IGNORECASE,
)
_NO_POINT = re.compile(
    r"[?!{}<>=`$_@~…→“”‘\"\[\]#]|::|[,;]|\. |https?:|\(\)|\b(?:we|our|us|I|my|you|your|this|that|it|let['’]s)\b|"
    r"^(?:[\w-]*?[ -])?v?\d+\.[\d.]+\W*$|:$"
    r"|^(?:conclusions?|summary|introduction|overview|tl;?dr|abstract|background|motivation|highlights|general|"
    r"misc\w*|tutorial|case study|snippet\b.*|learn more|going deeper|case \d.*|other|(?:for|with|from|by|in|on) \w+|"
    r"(?:key|main|major|new|all|highlight\w*) (?:features|changes|highlights)"
    r"|how to (?:upgrade|install|update|migrate|get|use)\b.*|upgrading|work in progress|"
    r"looking (?:ahead|forward|back)|(?:the )?future|"
    r"changed|added|deprecated|removed|a first look|what \d.*|"
    r"(?:responded|collaborated|migrated|launched|worked|created|built|added|removed|introduced|wrote|moved)\b.*|"
    r"log (?:in|out)\b.*"
    r"|others|more|changes?|changelog|features?|new features?|improvements?|bug ?fix\w*|fixe[sd]|notes?|details|"
    r"example|usage"
    r"|setup|result|step \d+|part \d+|wrap\w*|closing|final\w*|important\w*|notable\w*|known issues?|release\b.*|"
    r"and\b.*"
    r"|contributors\b.*|statistics|summing up|in summary|key takeaways|lessons learned|credits|sponsors?|"
    r"upcoming\b.*|moving on|useful links|requirements|timeline|what (?:went|is)|what['’]?s"
    r"|first|second|how it works|the problem|problem|the solution|solution)(?:\W|$)",
    re.IGNORECASE,
)
# Of a version there is a release, which covers something; what is introduced or announced is covered by the post.
_RELEASE = re.compile(r"\b(?:releas\w+|changelog|what['’]s new)\b|\d\.\d", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:is|are|was|were|has|have|can|will|does|do|gets?|needs?)\b|^(?:allow|apply|contribute|publish|restart|"
    r"upgrade|migrate"
    r"|add|use|using it|run|fix|remove|make|keep|avoid|try|install|get|set|let|don['’]t|be|write|put|choose|maven|"
    r"docker images"
    r"|define|ensure|update|register|invoke|submit|create|build|configure|deploy|start|test|check|faqs?|binaries|"
    r"pypi|dependencies|"
    r"platform|downloads?|thank)\b",
    re.IGNORECASE,
)


def tells_many(view: View, kind: str) -> bool:
    """Whether an article reports many small things: a release note, a newsletter, a roundup."""
    return kind == "release" or _DIGEST.search(view.title) is not None


def points_of(view: View, kind: str, parts: list[str], *, lists: bool = True) -> str:
    """ "The release covers A, B, and C."; empty where the text has no two points that `parts` do not tell already.

    `lists`: where no headings divide the text, the labels of its lists will do, though they name small things.
    """
    if found := scope(view, " ".join(parts)):
        return f"The {_called(view, kind)} covers {found.told}."
    inside = Counter(re.findall(r"(?<=[a-z,;(] )[\w'’]+", view.body))
    known = stems(" ".join(parts) + " " + view.title)
    points: list[str] = []
    for raw in _named(view, lists=lists):
        point = _subject(re.sub(r"\s*\([^)]*\)$", "", without_number(raw)).strip(" .,;:–—-*"))
        words = stems(point)
        if (
            not words
            or not 1 <= word_count(point) <= _MOST_WORDS
            or _NO_POINT.search(point)
            or words <= known
            or _SAYS.search(point)
        ):
            continue
        if len(point) < 4 or point.count("(") != point.count(")") or FURNITURE.match(point):
            continue
        points.append(_inside(point, inside))
        known |= words
    if len(points) < 2:
        return ""
    return f"The {_called(view, kind)} covers {series(points[:_MOST_POINTS])}."


def _subject(point: str) -> str:
    """ "Faster reads: warm caches" up to its colon: what it is about, in a list that has marks of its own."""
    head, colon, _ = point.partition(": ")
    return head if colon and " " in head else point


def _called(view: View, kind: str) -> str:
    if kind == "release" and _RELEASE.search(view.title):
        return "release"
    return "roundup" if _DIGEST.search(view.title) else "post"


def _named(view: View, *, lists: bool) -> list[str]:
    """The headings of the level that divides the text, else the labels of its lists of three items or more."""
    headings = [b for b in view.prose if b.kind == "heading"]
    for level in sorted({b.level for b in headings}):
        lines = [b.text for b in headings if b.level == level]
        if len(lines) >= 3:
            return lines
    return [line for run in _lists(view.prose) if len(run) >= 3 for line in run][:12] if lists else []


def _lists(blocks: tuple[Block, ...]) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    furniture = False
    for block in blocks:
        if block.kind == "heading":
            furniture = FURNITURE.match(block.text) is not None
        if block.kind == "item" and not furniture:
            label = re.match(r"([^:–—]{3,60}?)(?::\s| [–—-] )", block.text)
            runs[-1].append(label[1] if label else block.text)
        elif runs[-1]:
            runs.append([])
    return runs


def _inside(point: str, words: Counter[str]) -> str:
    """A heading as it is written within a sentence: small but for names, which the text writes large there as well."""

    def small(match: re.Match[str]) -> str:
        word = match[0]
        return word if words[word] > words[word.lower()] else word.lower()

    told = re.sub(r"(?<![\w-])[A-Z][a-z'’]*(?![\w-]*[A-Z\d]|[.(]\w)\b", small, point)
    # "Model Registry" is one name where the text writes its last word large.
    return point if point.istitle() and told[0].islower() and told.split()[-1][0].isupper() else told
