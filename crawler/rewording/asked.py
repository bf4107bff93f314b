"""An article as a model is asked about it, and what may be printed of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.context import Crawl
from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.splitting import clean_sentence, split_sentences
from crawler.label.taxonomy.loading import taxonomy_at
from crawler.label.taxonomy.model import Taxonomy
from crawler.llm.answer import deck_of, parsed, readers_of, summary_of
from crawler.llm.evidence import Evidence, evidence_of
from crawler.llm.form import Rules
from crawler.llm.question import Question, again, item_question
from crawler.model import Article
from crawler.settings import LlmSettings
from crawler.text import series
from crawler.trust import believable

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
class Asked:
    """An article as it is asked about, with what its answer is held against."""

    article: Article
    question: Question
    evidence: Evidence
    taxonomy: Taxonomy
    settings: LlmSettings

    @classmethod
    def of(cls, crawl: Crawl, article: Article, settings: LlmSettings) -> Asked:
        """What a model is asked of an article as it lies in the store, and what its answer is checked against."""
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
        return cls(article, question, evidence_of(blocks, sentences, about), taxonomy, settings)

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


def _audience(names: Sequence[str], purpose: str) -> str:
    if not names:
        return ""
    parts = [*names[:2], f"anyone {purpose}"] if purpose else list(names[:3])
    return f"For {series(parts)}"


def _blocks(article: Article) -> list[str]:
    return [block for block in (article.description, *article.text.split("\n\n")) if block.strip()]


def sentences(block: str) -> list[str]:
    """A paragraph's sentences, as an article's evidence has them."""
    return split_sentences(clean_sentence(block))
