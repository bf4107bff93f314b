"""The form of an article: what its wording and its shape say, added up by kind; the greatest sum wins."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from crawler.cued import folded
from crawler.label.kinds.rules import Sign, load_kind_rules
from crawler.label.kinds.shape import ANNOUNCES, only_uses, shape_signs, tells_of_fault
from crawler.label.kinds.words import telling_word, told_by_words, words_of
from crawler.label.taxonomy.model import Company, Taxonomy
from crawler.label.view import View
from crawler.model import Reason

OPENING = 400
START = 1800
NARROWER = 0.7
BY_WORDS = "words"  # the rule of a reason where the rules alone would say another kind
_LEAST = 0.05  # less than this says nothing
# An announcement whose object is no software.
_NO_RELEASE = re.compile(
    r"\b(results?|hero(es)?|summit|conference|meet-?up|survey|winners?|speakers?|program(me)?|members?|"
    r"council|committees?|working groups?|teams?|board|fellows?|partnership|course|audit|foundation|election|"
    r"gsoc|summer of code|roadmap for|sponsors?|security|residenc(y|ies)|scholarships?|internships?|mentorships?)\b",
    re.IGNORECASE,
)
# A practice that people take up, and no software: "Introducing fuzz testing for Relay".
_PRACTICE = re.compile(
    r"(?:^|: )(?:announcing|introducing) (?:(?:chaos|fuzz|load|mutation|penetration|performance|property[- ]based|"
    r"regression|usability|user) testing|fuzzing|(?:code|design) reviews?|pair programming|threat modell?ing)"
    r"(?=$| (?:for|at|to)\b)",
    re.IGNORECASE,
)
# How one writes of outages, and is ready for them: no one outage.
_OF_OUTAGES = re.compile(
    r"\b(?:post-?mortem|post-incident|incident|outage)s? (?:(?:reports|reviews)|(?:(?:report|review) )?(?:templates?|"
    r"culture|process\w*|practices?|meetings?|management|response|command\w*|drills?|tooling|tools?|playbooks?|"
    r"runbooks?|simulations?))\b|"
    r"\b(?:writ(?:e|ing)|run(?:ning)?|hold(?:ing)?|conduct(?:ing)?|facilitat(?:e|ing)|blameless|better|good|effective|"
    r"useful|your) (?:\w+ ){0,2}(?:post-?mortems?|incident re(?:ports?|views?))\b|"
    r"\b(?:prevent|avoid|reduc|surviv|automat|manag|handl|learn)(?:e|ing) (?:\w+ )?(?:incidents|outages|downtime)\b|"
    r"\blearn(?:ing)? from (?:\w+ )?(?:incidents|outages|post-?mortems)\b",
    re.IGNORECASE,
)
# On a project's blog somebody who uses it is asked, or somebody who makes it.
_ASKED = re.compile(r"\binterviews? with\b ?([^:'’]*)(?!['’])", re.IGNORECASE)
_USERS = r"\b(?:users? of|(?:us(?:e|es|ing)|chose|adopt\w*|before|mov\w+ to|switch\w+ to|pre-)) ?{n}\b"

_VERSION = re.compile(r"\d+\.\d")
_VERSIONED = re.compile(r"\b([A-Za-z][\w.+#-]*?) v?\d+(?:\.\d+)*\b")


def find_kind(
    view: View, taxonomy: Taxonomy, company: str | None, entry: Company | None, *, english: bool = True
) -> tuple[str, Reason]:
    """One of the ten basic kinds, and the strongest sign that led to it.

    Of a text that is not in `english` only the rules speak: its words have other weights.
    """
    words = words_of(view)
    signs = signs_of(view, taxonomy, company, entry, words)
    if not signs:
        return "opinion", Reason("kind", "opinion", "nothing else fits", "", "", 0.0)
    by_rules = totals_of(signs)
    totals, counts = dict(by_rules), Counter(words)
    told = told_by_words(view, counts, signs) if english else {}
    for kind in told.keys() & taxonomy.kinds.keys():
        totals[kind] = totals.get(kind, 0.0) + told[kind]
    kind = _greatest(totals)
    if kind != _greatest(by_rules) and (shown := telling_word(view, counts, kind)).evidence:
        return kind, _reason(shown, BY_WORDS, totals[kind], view)
    sign = max(
        (sign for sign in signs if sign.kind == kind), key=lambda s: s.points, default=Sign(kind, 0, "", "shape")
    )
    return kind, _reason(sign, "shape" if sign.where in ("shape", "company") else "wording", totals[kind], view)


def _greatest(totals: Mapping[str, float]) -> str:
    return max(sorted(totals), key=lambda kind: totals[kind])


def signs_of(
    view: View, taxonomy: Taxonomy, company: str | None, entry: Company | None, words: list[str] | None = None
) -> list[Sign]:
    """All that the rules find in an article; `words` are those of its running text, where they are at hand."""
    found = (
        *_worded(view, company, entry),
        *_narrower(view, taxonomy),
        *shape_signs(view, company, entry, words_of(view) if words is None else words),
    )
    return [sign for sign in found if sign.points >= _LEAST and sign.kind in taxonomy.kinds]


def totals_of(signs: Iterable[Sign]) -> dict[str, float]:
    """What signs add up to, by kind."""
    totals: dict[str, float] = defaultdict(float)
    for sign in signs:
        totals[sign.kind] += sign.points
    return dict(totals)


def _reason(sign: Sign, rule: str, points: float, view: View) -> Reason:
    return Reason("kind", sign.kind, rule, _as_written(sign, view), sign.where, round(max(0.0, points), 2))


def _as_written(sign: Sign, view: View) -> str:
    """The words of a sign with the capitals that they have; words of the text are counted in small letters."""
    if sign.where != "text":
        return sign.evidence
    wanted = re.escape(sign.evidence).replace("'", "['’]")
    found = re.search(rf"(?<!\w){wanted}(?!\w)", view.body, re.IGNORECASE)
    return found[0] if found else sign.evidence


def _worded(view: View, company: str | None, entry: Company | None) -> Iterator[Sign]:
    """The wordings of the rules, each where it stands; what is not to be believed there counts less."""
    lead = view.body[:OPENING]
    opening = f"{view.description[:OPENING]}\n{lead}" if view.description else lead
    texts = {
        "title": view.title,
        "opening": opening,
        "start": view.body[:START],
        "heading": view.headings,
        "url": view.slug,
    }
    small = {place: folded(text) for place, text in texts.items()}
    for rule in load_kind_rules().wordings:
        if rule.place == "category":
            found = next((c for c in view.document.categories if rule.pattern.search(c)), "")
        else:
            match = rule.pattern.search(texts[rule.place], small[rule.place])
            found = match[0].strip() if match else ""
        if not found:
            continue
        where = "text" if rule.place == "start" else rule.place
        sign = Sign(rule.kind, rule.weight, found, where)
        yield _believed(sign, view, entry, company) if where == "title" else sign


def _believed(sign: Sign, view: View, entry: Company | None, company: str | None) -> Sign:
    """A sign of the title with the weight, and of the kind, that it has in this title."""
    title, found = view.title, sign.evidence
    if sign.kind == "release" and _PRACTICE.search(title):
        return sign._replace(kind="case-study")
    if sign.kind == "release":
        return sign._replace(points=sign.points * _release_share(title, found, entry, company))
    if sign.kind == "case-study" and _tells_of_itself(found, entry):
        return sign._replace(points=sign.points * 0.2)
    if sign.kind == "postmortem" and _OF_OUTAGES.search(title):
        return sign._replace(kind="design-pattern", points=sign.points * 0.9)
    if sign.kind == "career" and (asked := _ASKED.search(title)):
        if company is not None and asked[1].startswith(company):
            return sign._replace(kind="case-study")
        if entry is not None and entry.project:
            return sign._replace(kind="case-study" if _of_user(view, entry) else "community")
    return sign


def _narrower(view: View, taxonomy: Taxonomy) -> Iterator[Sign]:
    """A phrase in the title that tells a narrower kind speaks for the kind that it belongs to."""
    told: dict[str, str] = {}
    for hit in taxonomy.kind_book.find(view.title):
        if hit.phrase.rank == "title":
            told.setdefault(hit.phrase.owner, view.title[hit.start : hit.end])
    for owner, found in told.items():
        yield Sign(taxonomy.base_kind(owner), NARROWER, found, "title")


def _release_share(title: str, found: str, entry: Company | None, company: str | None) -> float:
    """How far wording of a release in a title is to be believed: not where its object is no software, nor where the
    version is of another's software, which the article only uses."""
    share = 0.4 if _NO_RELEASE.search(title) else 1.0
    if only_uses(title):
        share *= 0.1
    elif tells_of_fault(title) and _VERSION.search(found):
        share *= 0.2
    versioned = _VERSIONED.search(found) or (_VERSIONED.search(title) if found[:1].isdigit() else None)
    if versioned is None or company is None or (entry and entry.project) or ANNOUNCES.search(title):
        return share
    own = {company, *((entry.name, *entry.aliases, *entry.products) if entry else ())}
    words = {w.casefold() for name in own for w in name.split()}
    return share if versioned[1].casefold() in words else share * 0.3


def _of_user(view: View, project: Company) -> bool:
    """Whether the first screens of an interview ask how somebody uses the project."""
    names = "|".join(re.escape(name) for name in (project.name, *project.aliases))
    return re.search(_USERS.replace("{n}", f"(?:{names})"), f"{view.headings}\n{view.body[:START]}") is not None


def _tells_of_itself(found: str, entry: Company | None) -> bool:
    """Whether "How NAME does …" is of the very project whose blog it is: how a tool works, not what a user did."""
    if entry is None or not entry.project or not re.match(r"(?:how|why) ", found, re.IGNORECASE):
        return False
    return found.split()[1].casefold() in {n.casefold() for n in (entry.name, *entry.aliases, *entry.products)}
