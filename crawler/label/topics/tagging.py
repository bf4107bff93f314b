"""Topics: phrases of the taxonomy, weighted by the place where they stand and damped where they are common.

The weights are few and shared by all tags, so that nothing is learnt from any one site's habits.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field

from crawler.label.taxonomy.model import Company, Tag, Taxonomy, category_key
from crawler.label.taxonomy.phrases import Hit, tokens_of
from crawler.label.topics.evidence import HINT, Evidence
from crawler.label.topics.title import COMMON, TITLE, title_points, title_topics
from crawler.label.view import LEAD, View
from crawler.model import Reason

MOST = 5
FLOOR = 0.4
SHARE = 0.07
_ENOUGH = 2
_HINTED = 0.2  # of the surest
_PLENTY = 6.0  # a topic that is surer than this leaves no less room to the others
LOWEST = 0.3  # where nothing reaches the floor, a weak sign is better than no topic

_STRONG = {"title": TITLE, "description": 1.4, "lead": 1.1, "heading": 0.7, "url": 1.0, "text": 0.0}
_WEAK = {"title": 1.0, "description": 0.5, "lead": 0.4, "heading": 0.3, "url": 0.3, "text": 0.0}
_PLAIN = ("title", "heading", "url")  # where a common word is meant as the topic
_BODY_STRONG = 0.65
_BODY_WEAK = 0.22
_VARIETY = 0.1
TELLING = 400  # characters of a text that would say more of a topic than its title does
_LONE = 0.3
_PART = 500  # characters
_PARTS = 8  # a long text's topic need not stand in all of it
_SPREAD = 0.5
_WIDE = 2.0
_CATEGORY = 4.0
_FEW = 5  # categories that an author chooses for an article
_ALONE = 0.4
_SOURCE_TAG = 1.0
_PROJECT = 1.0
_PARENT = 0.4
_BELOW = 0.9
_NEARLY = 0.85  # of a broader topic's points
_KIND_TAGS = {
    "release": ("release-news", 6.0),
    "community": ("community-events", 3.5),
    "career": ("careers", 1.8),
    "postmortem": ("debugging", 0.8),
}

_VERSION = re.compile(r"\d+\.\d+|\bv\d|releas|available|what['’]?s new|\bupdates?\b", re.IGNORECASE)
_LAUNCH = 0.3  # "Introducing X": the article is about X more than about a release


@dataclass(slots=True)
class _Counts:
    strong: Counter[str] = field(default_factory=Counter)  # phrase text -> times, all places
    places: dict[str, Hit] = field(default_factory=dict)
    title: list[Hit] = field(default_factory=list)
    weak_places: dict[str, Hit] = field(default_factory=dict)
    body_strong: int = 0
    body_weak: int = 0
    first_body: tuple[str, Hit] | None = None
    all: list[tuple[str, Hit]] = field(default_factory=list)  # whatever they count
    parts: set[int] = field(default_factory=set)  # of the body, in which clear phrases stand


def tag_document(
    view: View, taxonomy: Taxonomy, kind: str, company: Company | None
) -> tuple[tuple[Reason, ...], dict[str, Evidence]]:
    """Why a document has its tags, best first, at most five, and all that speaks for each of them, in that order."""
    scores: dict[str, Evidence] = {}
    own = _own_words(company)
    found = view.hits(taxonomy.book)
    heads = title_topics(found)
    for owner, hits in found.items():
        at_home = company is not None and owner in company.tags
        counts = _count(_without_name(hits, company), own, at_home=at_home)
        if counts is not None:
            _score_phrases(scores.setdefault(owner, Evidence()), counts, view, taxonomy.tags[owner], heads)
    _score_categories(scores, view, taxonomy)
    for tag in view.document.source_tags:
        if tag in taxonomy.tags:
            scores.setdefault(tag, Evidence()).add(_SOURCE_TAG, "source", tag, "source")
    if company is not None:
        for rank, tag in enumerate(company.tags):
            # Only where the article itself takes the subject up: a project also writes of meetings and money.
            bonus = _PROJECT / (1 + 0.3 * rank)
            scores.setdefault(tag, Evidence()).add(bonus, "project", *_speaker(view, company))
    if kind in _KIND_TAGS and _KIND_TAGS[kind][0] in taxonomy.tags:
        tag, points = _KIND_TAGS[kind]
        versioned = kind == "release" and _VERSION.search(view.title) is not None
        if kind == "release" and not versioned:
            points *= _LAUNCH
        evidence = scores.setdefault(tag, Evidence())
        evidence.add(points, "kind", kind, "kind")
        evidence.sources.update({"version"} if versioned else ())
    _imply_parents(scores, taxonomy)
    return _best(scores, taxonomy)


def _without_name(hits: list[tuple[str, Hit]], company: Company | None) -> list[tuple[str, Hit]]:
    """Hits that are more than the name of who speaks: Stripe writing of search does not write of payments."""
    if company is None or company.project:
        return hits
    names = {n.casefold() for n in (company.name, *company.aliases)}
    return [(p, h) for p, h in hits if h.phrase.text.casefold() not in names]


def _speaker(view: View, company: Company) -> tuple[str, str]:
    """What tells who speaks, and where it stands: the address, else the company as it was found."""
    plain = view.host.removeprefix("www.")
    by_host = any(f"{plain}{view.path}".startswith(host) or plain.endswith(f".{host}") for host in company.hosts)
    return (view.host, "url") if by_host else (company.name, "company")


def _own_words(company: Company | None) -> frozenset[str]:
    """The names of the project or product whose blog it is: they stand in every article and tell little of this one."""
    if company is None or not company.tags:
        return frozenset()
    names = [tokens_of(n.removeprefix("Apache ")) for n in (company.name, *company.aliases, *company.products)]
    return frozenset(tokens[0].norm for tokens in names if len(tokens) == 1)


def _count(hits: list[tuple[str, Hit]], own: frozenset[str], *, at_home: bool) -> _Counts | None:
    """Sort a tag's hits by place; ambiguous ones only count beside a clear one, or where whose blog it is works on
    the topic (`at_home`). None when nothing counts."""
    doubtful = {(place, h.start) for place, h in hits if h.phrase.ambiguous}
    clear = at_home or any(
        h.phrase.rank != "weak" and not h.phrase.ambiguous and (place, h.start) not in doubtful for place, h in hits
    )
    counts = _Counts(all=hits)
    seen: set[tuple[str, int, bool]] = set()
    for place, hit in hits:
        phrase = hit.phrase
        if phrase.rank == "context" or (phrase.ambiguous and not clear):
            continue
        common = phrase.common and place not in _PLAIN
        spot = (place, hit.start, phrase.rank == "strong" and not common)
        if spot in seen:  # one mention counts once, however many phrases begin with it
            continue
        seen.add(spot)
        if phrase.rank == "strong" and not common and own.isdisjoint(phrase.words):
            counts.strong[phrase.text] += 1
            counts.places.setdefault(place, hit)
            if place == "title":
                counts.title.append(hit)
            counts.body_strong += place in ("text", "lead")
            if place in ("text", "lead"):
                counts.parts.add((hit.start + LEAD * (place == "text")) // _PART)
            if place in ("text", "lead") and counts.first_body is None:
                counts.first_body = (place, hit)
        else:
            counts.weak_places.setdefault(place, hit)
            counts.body_weak += place in ("text", "lead")
    return counts if counts.strong or counts.weak_places else None


def _borne_out(hit: Hit, counts: _Counts, view: View) -> float:
    """What a title's phrase keeps of its worth: a common word ("Building Images") has to be borne out by another
    phrase of its topic where there is a text; a name ("iOS", "JSON") stands for itself."""
    phrase = hit.phrase
    named = phrase.naming or not view.title[hit.start + 1 : hit.end].islower()
    if not phrase.common or named or len(view.body) < TELLING:
        return 1.0
    own = set(phrase.words)
    return 1.0 if any(own.isdisjoint(h.phrase.words) for _, h in counts.all) else _LONE


def _breadth(counts: _Counts, view: View) -> float:
    """How far a topic's phrases reach over the text: 1 for what is told of throughout, less for a passing mention."""
    parts = min(_PARTS, math.ceil(len(view.body) / _PART))
    return 1 - _SPREAD + _SPREAD * min(1.0, _WIDE * len(counts.parts) / parts)


def _score_phrases(score: Evidence, counts: _Counts, view: View, tag: Tag, heads: dict[int, set[str]]) -> None:
    length = max(1.0, len(view.body) / 1800)
    score.phrases, score.mentions, score.hints = len(counts.strong), counts.body_strong, counts.body_weak
    if counts.title:
        score.titled = frozenset((hit.start, hit.end) for hit in counts.title)
        score.plain = all(hit.phrase.common for hit in counts.title)
        worth = {h: title_points(h, view.title, heads) * _borne_out(h, counts, view) for h in counts.title}
        top = max(counts.title, key=lambda h: worth[h])
        score.add(worth[top] * tag.weight, "phrase", view.title[top.start : top.end], "title")
    for place, hit in counts.places.items():
        if place == "title" or (place == "url" and counts.title):
            continue
        points = _STRONG[place] * (COMMON if hit.phrase.common and not hit.phrase.naming else 1.0)
        if points:
            evidence = view.text_at(place)[hit.start : hit.end]
            score.add(points * tag.weight, "phrase", evidence, place)
    for place, hit in counts.weak_places.items():
        if points := _WEAK[place]:
            score.add(points * tag.weight, HINT, view.text_at(place)[hit.start : hit.end], place)
    if counts.first_body is not None:
        place, hit = counts.first_body
        points = _BODY_STRONG * _breadth(counts, view) * math.log1p(counts.body_strong / math.sqrt(length))
        score.add(points * tag.weight, "in the text", view.text_at(place)[hit.start : hit.end], place)
        score.value += _VARIETY * tag.weight * min(3, len(counts.strong) - 1)
    if counts.body_weak:
        score.value += _BODY_WEAK * tag.weight * math.log1p(counts.body_weak / math.sqrt(length))


def _score_categories(scores: dict[str, Evidence], view: View, taxonomy: Taxonomy) -> None:
    """The publisher's own categories: an alias says the tag, a phrase inside a category nearly so.

    Of a long list each says less of the article, and what nothing in the text bears out still less: pages of some
    sites bear the same keywords throughout.
    """
    given = view.document.categories[:20]
    worth = _CATEGORY * min(1.0, _FEW / max(1, len(given)))
    trusted = len(given) <= _FEW or len(view.body) < TELLING
    borne_out = frozenset(taxonomy.tags if trusted else scores)
    for category in given:
        owners = taxonomy.aliases.get(category_key(category), ()) or taxonomy.aliases.get(
            category_key(category.rstrip("s")), ()
        )
        for owner in owners:
            points = worth if owner in borne_out else _ALONE * worth
            scores.setdefault(owner, Evidence()).add(points, "category", category, "category")
        if owners:
            continue
        for hit in taxonomy.book.find(category):
            if hit.phrase.rank == "strong" and not hit.phrase.ambiguous:
                owner = hit.phrase.owner
                points = 0.7 * worth * taxonomy.tags[owner].weight * (1.0 if owner in borne_out else _ALONE)
                evidence = category[hit.start : hit.end]
                scores.setdefault(owner, Evidence()).add(points, "category", evidence, "category")


def _imply_parents(scores: dict[str, Evidence], taxonomy: Taxonomy) -> None:
    """A narrow topic speaks for its broader one, too, but never above itself."""
    for tag, score in sorted(scores.items(), key=lambda pair: -pair[1].value):
        parent = taxonomy.tags[tag].parent if tag in taxonomy.tags else None
        if parent is None or parent not in taxonomy.tags or score.value <= 0:
            continue
        broader = scores.setdefault(parent, Evidence())
        share = min(_PARENT * score.value, _BELOW * score.value - broader.value)
        if share > 0:
            _, evidence, where = score.reason
            broader.add(share, f"broader than {tag}", evidence, where)


def _narrower_first(ranked: list[tuple[str, Evidence]], taxonomy: Taxonomy) -> list[tuple[str, Evidence]]:
    """The topics, a narrower one before its broader one where the title names it first and it is nearly as sure:
    "Feature Discovery for Machine Learning"."""
    order = list(ranked)
    for tag, one in ranked:
        parent = taxonomy.tags[tag].parent
        place = next((i for i, (other, _) in enumerate(order) if other == parent), None)
        if place is None or place > order.index((tag, one)):
            continue
        broader = order[place][1]
        first = one.titled and broader.titled and min(one.titled) < min(broader.titled)
        if first and one.value >= _NEARLY * broader.value:
            order.remove((tag, one))
            order.insert(place, (tag, one))
    return order


def _best(scores: dict[str, Evidence], taxonomy: Taxonomy) -> tuple[tuple[Reason, ...], dict[str, Evidence]]:
    known = [(tag, one) for tag, one in scores.items() if tag in taxonomy.tags]
    ranked = sorted(known, key=lambda pair: (-pair[1].value, pair[0]))
    if not ranked:
        return (), {}
    surest = ranked[0][1].value
    floor = max(FLOOR if surest >= FLOOR else LOWEST, SHARE * min(_PLENTY, surest))
    kept = [(tag, one) for tag, one in _narrower_first(ranked, taxonomy) if one.value >= floor][:MOST]
    told = sum(s.reason[0] != HINT for _, s in kept)
    if told >= _ENOUGH:  # beside topics that are told, one that is only hinted at is noise
        kept = [(tag, s) for tag, s in kept if s.reason[0] != HINT or s.value >= _HINTED * surest]
    reasons = tuple(Reason("tag", tag, s.reason[0], s.reason[1], s.reason[2], round(s.value, 3)) for tag, s in kept)
    return reasons, dict(kept)
