"""The wording of one issue: every item asked about at once, then the lead, and the account of what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crawler.compose.issue import Composition
from crawler.compose.wording import lower_first
from crawler.context import Crawl
from crawler.llm.answer import LEAD_CLAUSES, LEAD_WORDS, clauses_of, parsed
from crawler.llm.evidence import Evidence, evidence_of
from crawler.llm.question import lead_question
from crawler.llm.session import Session, Spent
from crawler.model import Article, Item, Reason
from crawler.rewording.asked import RULES, Asked, ItemWording, sentences
from crawler.settings import LlmSettings
from crawler.text import count_words
from crawler.trust import believable
from crawler.urls import url_key

FEW_WORDS = 60  # an article of fewer has nothing that could be said better


@dataclass(frozen=True, slots=True)
class Rewording:
    """A composition with its wording, and the account of it. `lead_of` words the lead of other items of the issue."""

    composition: Composition
    model: str
    items: tuple[ItemWording, ...]
    lead: str
    lead_faults: tuple[str, ...]
    spent: Spent
    lead_of: Callable[[Sequence[Item]], str]

    def sentences(self) -> list[str]:
        """What a person is told: trouble, what was refused and why, and a total."""
        told = [f"llm: {trouble}" for trouble in self.spent.troubles]
        for item in self.items:
            if item.faults:
                what = "some of it was not used" if item.summary else "the extract stands"
                told.append(f"llm: {item.title}: {what}: {'; '.join(item.faults[:3])}")
        if self.lead_faults:
            what = "some of it was not used" if self.lead else "ours stands"
            told.append(f"llm: the lead: {what}: {'; '.join(self.lead_faults[:3])}")
        worded = sum(bool(item.summary) for item in self.items)
        spent = self.spent
        cost = f", cost {spent.cost:.4f}" if spent.cost else ""
        told.append(
            f"llm: {self.model} worded {worded} of {len(self.items)} summaries{' and the lead' if self.lead else ''};"
            f" {spent.requests} asked, {spent.kept} answered before, {spent.tokens} tokens{cost}"
        )
        return told

    def as_json(self) -> dict[str, Any]:
        """The account in `digest --json`."""
        return {
            "model": self.model,
            "requests": self.spent.requests,
            "answered_before": self.spent.kept,
            "tokens": self.spent.tokens,
            "cost": round(self.spent.cost, 6),
            "troubles": list(self.spent.troubles),
            "items": [
                {
                    "url": item.url,
                    "summary": "model" if item.summary else "extract",
                    "audience": "model" if item.audience else "extract",
                    "faults": list(item.faults),
                }
                for item in self.items
            ],
            "lead": "model" if self.lead else "extract",
            "lead_faults": list(self.lead_faults),
        }


def reword(crawl: Crawl, composition: Composition, session: Session) -> Rewording:
    """The composition in the words of the model where they pass. Never raises for what a model says or fails to say."""
    settings = session.settings
    wording = _Wording(crawl, composition, session, settings)
    issue = composition.issue
    asked = [*issue.items, *(issue.runners_up if settings.runners_up else ())]
    said = wording.items(asked)
    by_id = {id(item): new for item, new in zip(asked, _printed(asked, said), strict=True)}
    sections = tuple(
        replace(section, items=tuple(by_id[id(item)] for item in section.items)) for section in issue.sections
    )
    runners = tuple(by_id.get(id(item), item) for item in issue.runners_up)
    issue = replace(issue, sections=sections, runners_up=runners)
    opening = issue.window.called
    lead, faults = wording.lead(issue.items, opening)
    issue = replace(issue, lead=lead or issue.lead)
    return Rewording(
        replace(composition, issue=issue),
        settings.model,
        tuple(said),
        lead,
        faults,
        session.spent,
        lambda items: wording.lead(items, opening)[0],
    )


def account_of_wording(crawl: Crawl, article: Article, settings: LlmSettings) -> list[Reason]:
    """What a model said of an article and what the check made of it, from the store alone; empty where nobody asked."""
    one = Asked.of(crawl, article, settings)
    answers = _known_answers(crawl, one, settings)
    if not answers:
        return []
    said = one.read(answers)
    rule = f"worded by {settings.model}, checked" if said.summary else f"worded by {settings.model}, refused"
    reasons = [Reason("wording", "summary", rule, said.summary)]
    reasons += [Reason("wording", "summary", "failed the check", fault) for fault in said.faults]
    return reasons


def _known_answers(crawl: Crawl, one: Asked, settings: LlmSettings) -> list[str]:
    first = crawl.store.answers([key := one.question.key(settings)]).get(key)
    if first is None:
        return []
    repeated = one.repeated(first)
    second = crawl.store.answers([key := repeated.key(settings)]).get(key) if repeated else None
    return [first] if second is None else [first, second]


def _printed(items: Sequence[Item], said: Sequence[ItemWording]) -> list[Item]:
    """The items in the model's words; no audience line stands twice."""
    seen = {item.audience.casefold() for item, one in zip(items, said, strict=True) if not one.audience}
    printed = []
    for item, one in zip(items, said, strict=True):
        audience = one.audience if one.audience.casefold() not in seen else item.audience
        audience = audience or item.audience
        seen.add(audience.casefold())
        worded = replace(item, summary=one.summary or item.summary, audience=audience)
        printed.append(replace(worded, deck=one.deck) if one.deck else worded)
    return printed


class _Wording:
    """The questions of one issue."""

    def __init__(self, crawl: Crawl, composition: Composition, session: Session, settings: LlmSettings) -> None:
        self._crawl = crawl
        self._session = session
        self._settings = settings
        # By address: an item that an editor moved or added tells no more of its article.
        self._articles = {url_key(ranked.article.url): ranked.article for ranked in composition.ranked}
        self._made: dict[str, Asked] = {}

    def items(self, items: Sequence[Item]) -> list[ItemWording]:
        """What is said of each item; items whose text is short or not English stay as they are."""
        asked = [self._asked(item) if set(self._settings.parts) & {"summaries", "audience"} else None for item in items]
        first = self._session.answers([one.question for one in asked if one])
        answers = dict(zip([id(one) for one in asked if one], first, strict=True))
        repeated = {
            id(one): question
            for one in asked
            if one and (answer := answers[id(one)]) is not None and (question := one.repeated(answer))
        }
        second = dict(zip(repeated, self._session.answers(list(repeated.values())), strict=True))
        found = []
        for item, one in zip(items, asked, strict=True):
            said = [a for a in (answers[id(one)], second.get(id(one))) if a is not None] if one else []
            wording = one.read(said) if one and said else ItemWording("", "", asked=False)
            found.append(replace(wording, url=item.url, title=item.title))
        return found

    def lead(self, items: Sequence[Item], opening: str) -> tuple[str, tuple[str, ...]]:
        """The lead of these items, which begins with `opening` ("This week"), and the faults; empty where the one by
        rules stands."""
        told = _tellers(items)
        if "lead" not in self._settings.parts or not told:
            return "", ()
        shown = [{"Title": i.title, "Company": i.company or "", "Deck": i.deck, "Summary": i.summary} for i in told]
        (answer,) = self._session.answers([lead_question(shown)])
        if answer is None:
            return "", ()
        clauses, faults = clauses_of(parsed(answer), [self._lead_evidence(item) for item in told], RULES)
        words = sum(count_words(text) for _, text in clauses)
        if len(clauses) < min(2, len(told)) or words < min(LEAD_WORDS[0], 8 * len(told)):
            return "", faults or ("too little of it could be used",)
        return _joined([(told[index], text) for index, text in clauses], opening), faults

    def _asked(self, item: Item) -> Asked | None:
        article = self._articles.get(url_key(item.url))
        if article is None or not article.language.startswith("en") or count_words(article.text) < FEW_WORDS:
            return None
        if article.id not in self._made:
            self._made[article.id] = Asked.of(self._crawl, article, self._settings)
        return self._made[article.id]

    def _lead_evidence(self, item: Item) -> Evidence:
        """What is printed of it, and its article: an extract may say "Acme" where the article says "we"."""
        printed = evidence_of(believable([item.summary, item.deck]), sentences, (item.title, item.company or ""))
        one = self._asked(item)
        if one is None:
            return printed
        return Evidence((*one.evidence.about, *printed.about), (*printed.lines, *one.evidence.lines))


def _tellers(items: Sequence[Item]) -> list[Item]:
    """The items that a lead speaks of, in their order: as many companies as possible."""
    seen: set[str] = set()
    fresh: list[Item] = []
    more: list[Item] = []
    for item in items:
        company = (item.company or item.url).casefold()
        (more if company in seen else fresh).append(item)
        seen.add(company)
    chosen = {id(item) for item in [*fresh, *more][:LEAD_CLAUSES]}
    return [item for item in items if id(item) in chosen]


def _joined(clauses: Sequence[tuple[Item, str]], opening: str) -> str:
    sentences = []
    for n, (item, text) in enumerate(clauses):
        before = f"{opening}: " if n == 0 else "And " if n == len(clauses) - 1 else ""
        sentences.append(f"{before}{lower_first(text, item)}" if before else text)
    return " ".join(sentences)
