"""Every reason points at text that is there, at the place that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.blocks import blocks_of_text
from crawler.label import label_document, load_taxonomy
from crawler.label.view import View, view_of
from crawler.model import Document, Labels, Reason
from tests.eval.label_samples import SAMPLES
from tests.support.shared import SHARED, needs_shared

TAXONOMY = load_taxonomy()
_LABELS = {"tag", "kind", "subkind", "company", "role", "summary", "language", "promotion"}
# Rules that say themselves that there is nothing to point at.
_NOTHING = {"nothing else fits", "nothing better was found", "not told in this language", "no text"}


def unfounded(document: Document) -> list[Reason]:
    """The reasons of a document's labels whose words do not stand where they say."""
    view, labels = view_of(document), label_document(document, TAXONOMY)
    return [reason for reason in labels.reasons if not _founded(reason, view, labels)]


def _founded(reason: Reason, view: View, labels: Labels) -> bool:
    if reason.label not in _LABELS or not _is_given(reason, labels):
        return False
    if reason.rule in _NOTHING or (reason.where == "shape" and not reason.evidence):
        return reason.evidence == ""
    if reason.where == "shape":
        return reason.evidence == f"{len(view.code)} code blocks"
    if reason.label == "summary":  # told without remarks in brackets, footnotes and what leads over
        words = set(_plain(" ".join(_texts(reason, view, labels))).split())
        return set(_plain(reason.evidence).split()) <= words
    return any(_plain(reason.evidence) in _plain(text) for text in _texts(reason, view, labels))


def _is_given(reason: Reason, labels: Labels) -> bool:
    """Whether the label that a reason explains is among the labels."""
    given: dict[str, tuple[str | None, ...]] = {
        "tag": labels.tags,
        "kind": (labels.kind,),
        "subkind": (labels.subkind,),
        "company": (labels.company,),
        "role": labels.roles,
        "language": (labels.language,),
    }
    return reason.label not in given or reason.value in given[reason.label]


def _texts(reason: Reason, view: View, labels: Labels) -> Iterator[str]:
    """The texts that `where` names."""
    document = view.document
    yield {
        "url": f"{view.slug} {view.host} {view.path}",
        "opening": f"{view.description[:400]}\n{view.body[:400]}",
        "category": "\n".join(document.categories),
        "source": f"{document.source_company} {document.source_language} {' '.join(document.source_tags)}",
        "site": document.site_name or document.source_name or "",
        "company": labels.company or "",
        "kind": labels.kind,
        "tags": " ".join(labels.tags),
    }.get(reason.where, view.text_at(reason.where))
    if reason.label in ("summary", "promotion") and reason.where == "text":  # it may stand anywhere in the article
        yield f"{document.description}\n" + "\n".join(block.text for block in document.blocks)
    elif reason.where == "text":
        yield view.body


def _plain(text: str) -> str:
    """Words alone: a sentence is told without the marks of lists and notes around it."""
    return " ".join(re.findall(r"\w+", text))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.title)
def test_reasons_of_our_own_samples(sample: object) -> None:
    """Each label of each sample."""
    assert isinstance(sample, type(SAMPLES[0]))
    assert unfounded(Document(sample.url, sample.title, blocks_of_text(sample.text))) == []


def test_reasons_of_what_a_publisher_says() -> None:
    """Categories, a description, the source's company, tags and language are pointed at, too."""
    document = Document(
        url="https://pat.example/notes/queue-budgets",
        title="Notes on Queues",
        blocks=blocks_of_text("We gave each worker a budget, and the queue drained. We're hiring engineers!"),
        description="Pat gives each worker a budget, so that a message queue in Kafka drains by the morning.",
        categories=("Kafka", "Meetups"),
        source_company="Borealis",
        source_tags=("rust",),
        source_language="en",
    )
    assert unfounded(document) == []
    rules = {(r.label, r.rule) for r in label_document(document, TAXONOMY).reasons}
    assert {("company", "source"), ("tag", "category"), ("tag", "source"), ("subkind", "phrase")} <= rules


@pytest.mark.shared
@pytest.mark.slow
@needs_shared
@pytest.mark.parametrize("name", ["tagging", "summaries", "editor"])
def test_reasons_of_all_labelled_articles(name: str) -> None:
    """All labels of all articles of the labelled sets."""
    assert SHARED is not None
    faults = [(row["url"], reason) for row, document in _documents(SHARED, name) for reason in unfounded(document)]
    assert faults == []


def _documents(shared: Path, name: str) -> Iterator[tuple[dict[str, str], Document]]:
    with (shared / "eval" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = (shared / "corpus" / row["text_path"]).read_text() if name == "editor" else row["text"]
            description = row["summary"] if name == "tagging" else ""
            yield row, Document(row["url"], row["title"], blocks_of_text(text), description=description)
