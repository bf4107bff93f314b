"""An issue in the words of a language model: asked for each item, checked against its article, else as it was.

Only what an issue prints is asked for, so that the cost is bounded by the issue. Answers are kept in the store by what
was asked; composing again asks nothing and says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crawler.compose.issue import Composition
from crawler.compose.wording import lower_first
from crawler.context import Crawl
from crawler.label.faults import fault_of
from crawler.label.sentences import clean_sentence, split_sentences
from crawler.label.taxonomy import Taxonomy, taxonomy_at
from crawler.llm.answer import LEAD_CLAUSES, LEAD_WORDS, clauses_of, deck_of, parsed, readers_of, summary_of
from crawler.llm.evidence import Evidence, evidence_of
from crawler.llm.form import Rules
from crawler.llm.question import Question, again, item_question, lead_question
from crawler.llm.session import Session, Spent
from crawler.model import Article, Item, Reason
from crawler.settings import LlmSettings
from crawler.text import count_words
from crawler.trust import believable
from crawler.urls import url_key

FEW_WORDS = 60  # an article of fewer has nothing that could be said better
RULES = Rules(split_sentences, lambda text, opens: fault_of(text, lead=opens))


@dataclass(frozen=True, slots=True)
class ItemWording:
    """What became of the wording of one item: empty where the extract stands. `faults` are why something was refused.

    `asked` is false where there was no answer, for want of budget or of an endpoint.
    """

    url: str
    title: str
    summary: str = ""
    deck: str = ""
    audience: str = ""
    faults: tuple[str, ...] = ()
    asked: bool = True


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
    lead, faults = wording.lead(issue.items)
    issue = replace(issue, lead=lead or issue.lead)
    return Rewording(
        replace(composition, issue=issue),
        settings.model,
        tuple(said),
        lead,
        faults,
        session.spent,
        lambda items: wording.lead(items)[0],
    )


def account_of_wording(crawl: Crawl, article: Article, settings: LlmSettings) -> list[Reason]:
    """What a model said of an article and what the check made of it, from the store alone; empty where nobody asked."""
    one = _Asked.of(crawl, article, settings)
    answers = _known_answers(crawl, one, settings)
    if not answers:
        return []
    said = one.read(answers)
    rule = f"worded by {settings.model}, checked" if said.summary else f"worded by {settings.model}, refused"
    reasons = [Reason("wording", "summary", rule, said.summary)]
    reasons += [Reason("wording", "summary", "failed the check", fault) for fault in said.faults]
    return reasons


def _known_answers(crawl: Crawl, one: _Asked, settings: LlmSettings) -> list[str]:
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """An article as it is asked about, with what its answer is held against."""

    article: Article
    question: Question
    evidence: Evidence
    taxonomy: Taxonomy
    settings: LlmSettings

    @classmethod
    def of(cls, crawl: Crawl, article: Article, settings: LlmSettings) -> _Asked:
        taxonomy = taxonomy_at(crawl.taxonomy)
        source = crawl.sources.get(article.source)
        blocks = believable(_blocks(article))
        facts = {
            "Title": clean_sentence(article.title),
            "Company": article.company or "",
            "Blog": source.name if source else "",
            "Author": ", ".join(article.authors),
            "Kind": taxonomy.kind_label(article.kind),
        }
        facts = dict(zip(facts, [" ".join(believable([value])) for value in facts.values()], strict=True))
        roles = {role.id: role.many for role in taxonomy.roles.values()}
        question = item_question(facts, blocks, roles, settings, article.title or article.url)
        when = article.published_at or article.first_seen_at
        about = [*facts.values(), f"{when:%Y-%m-%d}, {when.day} {when:%B %Y}"]
        return cls(article, question, evidence_of(blocks, _sentences, about), taxonomy, settings)

    def read(self, answers: Sequence[str]) -> ItemWording:
        """What may be printed of the answers: of each part the first that passes."""
        found = ItemWording(self.article.url, self.article.title)
        for answer in answers:
            one = self._read(answer)
            found = replace(
                found,
                summary=found.summary or one.summary,
                deck=found.deck or one.deck,
                audience=found.audience or one.audience,
                faults=one.faults if one.summary or not found.summary else found.faults,
            )
        return found

    def _read(self, answer: str) -> ItemWording:
        said = parsed(answer)
        faults: list[str] = []
        summary = deck = audience = ""
        if "summaries" in self.settings.parts:
            first = summary_of(said, self.evidence, RULES)
            second = deck_of(said, self.evidence, RULES)
            summary, deck = first.text, second.text if first.text else ""
            faults += [*first.faults, *second.faults]
        if "audience" in self.settings.parts:
            known = {role.id: role.many for role in self.taxonomy.roles.values()}
            roles, purpose, wrong = readers_of(said, known, self._fitting(), self.evidence, RULES)
            audience = _audience([known[role] for role in roles], purpose)
            faults += wrong
        return ItemWording(self.article.url, self.article.title, summary, deck, audience, tuple(faults))

    def repeated(self, answer: str) -> Question | None:
        """What is asked once more where the summary did not pass; None where it did."""
        one = self._read(answer)
        if one.summary or not one.faults or "summaries" not in self.settings.parts:
            return None
        return again(self.question, answer, one.faults[:6])

    def _fitting(self) -> Sequence[str]:
        tags = [self.taxonomy.tags[tag] for tag in self.article.tags if tag in self.taxonomy.tags]
        return (*self.article.roles, *(role for tag in tags for role in tag.roles))


class _Wording:
    """The questions of one issue."""

    def __init__(self, crawl: Crawl, composition: Composition, session: Session, settings: LlmSettings) -> None:
        self._crawl = crawl
        self._session = session
        self._settings = settings
        # By address: an item that an editor moved or added tells no more of its article.
        self._articles = {url_key(ranked.article.url): ranked.article for ranked in composition.ranked}
        self._made: dict[str, _Asked] = {}

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

    def lead(self, items: Sequence[Item]) -> tuple[str, tuple[str, ...]]:
        """The lead of these items, empty where the one by rules stands, and the faults."""
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
        return _joined([(told[index], text) for index, text in clauses]), faults

    def _asked(self, item: Item) -> _Asked | None:
        article = self._articles.get(url_key(item.url))
        if article is None or not article.language.startswith("en") or count_words(article.text) < FEW_WORDS:
            return None
        if article.id not in self._made:
            self._made[article.id] = _Asked.of(self._crawl, article, self._settings)
        return self._made[article.id]

    def _lead_evidence(self, item: Item) -> Evidence:
        """What is printed of it, and its article: an extract may say "Acme" where the article says "we"."""
        printed = evidence_of(believable([item.summary, item.deck]), _sentences, (item.title, item.company or ""))
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


def _joined(clauses: Sequence[tuple[Item, str]]) -> str:
    sentences = []
    for n, (item, text) in enumerate(clauses):
        opening = "This week: " if n == 0 else "And " if n == len(clauses) - 1 else ""
        sentences.append(f"{opening}{lower_first(text, item)}" if opening else text)
    return " ".join(sentences)


def _audience(names: Sequence[str], purpose: str) -> str:
    if not names:
        return ""
    parts = [*names[:2], f"anyone {purpose}"] if purpose else list(names[:3])
    listed = " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])}, and {parts[-1]}"
    return f"For {listed}"


def _blocks(article: Article) -> list[str]:
    return [block for block in (article.description, *article.text.split("\n\n")) if block.strip()]


def _sentences(block: str) -> list[str]:
    return split_sentences(clean_sentence(block))
