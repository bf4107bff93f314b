"""How good the check of a language model's wording is: true sentences that it lets through, false ones that it stops.

True ones are an editor's summaries and the authors' own descriptions, both in words of their own, and sentences of the
articles as they stand, as a model that copies would give them. False ones are those of them that pass, changed in one
place: a number or a name for one that the article does not have; a number or a name for another of the same article; a
word for one that the article does not have; a denial or the contrary put in. Changes are drawn with a fixed seed.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.label.sentences.splitting import clean_sentence, split_sentences
from crawler.llm.check import unsupported
from crawler.llm.evidence import evidence_of
from crawler.llm.lexicon import MINOR
from crawler.llm.names import names_of
from crawler.llm.numbers import numbers_of
from crawler.llm.stems import stem
from crawler.trust import believable
from tests.eval.corpus import read_rows
from tests.eval.label_samples import SAMPLES

_OTHER_NUMBERS = ("3", "7", "12", "17", "28", "45", "63", "88", "140", "370", "2400")
_CONTRARIES = {
    "faster": "slower", "more": "fewer", "reduce": "increase", "reduces": "increases", "reduced": "increased",
    "increase": "reduce", "increases": "reduces", "increased": "reduced", "adds": "removes", "removes": "adds",
    "before": "after", "improves": "worsens", "lower": "higher", "higher": "lower", "less": "more", "without": "with",
}  # fmt: skip
_COPIED = 6  # sentences of each article


@dataclass(frozen=True, slots=True)
class Case:
    """Sentences that are true of an article, by who worded them: "editor", "author" or "copied"."""

    text: str
    about: tuple[str, ...]
    told: tuple[tuple[str, str], ...]


def measure_own() -> dict[str, float]:
    """The figures on sentences of our own samples."""
    return _measure([Case(s.text, (s.title, s.company or "", s.url), _copied(s.text)) for s in SAMPLES])


def measure_shared(shared: Path) -> dict[str, float]:
    """The figures on the labelled sets beside the checkout."""
    cases = []
    for row in read_rows(shared, "editor"):
        text = (shared / "corpus" / row["text_path"]).read_text(encoding="utf-8")
        told = tuple(("editor", sentence) for sentence in split_sentences(row["summary"]))
        cases.append(
            Case(text, (row["title"], row["company"] or "", row["url"], row["date"] or ""), told + _copied(text))
        )
    for row in read_rows(shared, "summaries"):
        if not row["gold_copied_from_lead"]:
            told = tuple(("author", sentence) for sentence in split_sentences(row["gold"]))
            cases.append(Case(row["text"], (row["title"], row["source"], row["url"], row["date"] or ""), told))
    return _measure(cases)


def _measure(cases: Sequence[Case]) -> dict[str, float]:
    rng = random.Random(7)
    passed: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        known = evidence_of(believable(case.text.split("\n\n")), _sentences, case.about)
        for who, sentence in case.told:
            true = unsupported(sentence, known) is None
            passed[f"true_{who}"].append(true)
            for kind, false in _changed(sentence, case, cases, rng) if true else ():
                passed[f"false_{kind}"].append(unsupported(false, known) is None)
    invented = [one for kind in ("number", "name") for one in passed[f"false_{kind}"]]
    shares = {kind: sum(found) / len(found) for kind, found in sorted(passed.items()) if found}
    return shares | {"false_number_or_name": sum(invented) / max(1, len(invented)), "changed": float(len(invented))}


def _changed(sentence: str, case: Case, cases: Sequence[Case], rng: random.Random) -> Iterator[tuple[str, str]]:
    other = rng.choice(cases).text
    yield from _other_number(sentence, case.text, rng)
    yield from _other_name(sentence, case.text, other, rng)
    words = list(re.finditer(r"\b[a-z]{5,}\b", sentence))
    mine = {stem(word) for word in re.findall(r"[a-z]+", case.text.lower())}
    foreign = [w for w in re.findall(r"\b[a-z]{5,}\b", other) if w not in MINOR and stem(w) not in mine]
    if words and foreign:
        place = rng.choice(words)
        yield "word", sentence[: place.start()] + rng.choice(foreign) + sentence[place.end() :]
    if verb := re.search(r"\b(?:is|are|was|were|has|have|can|will)\b", sentence):
        yield "denial", f"{sentence[: verb.end()]} not{sentence[verb.end() :]}"
    for word, contrary in _CONTRARIES.items():
        if re.search(rf"\b{word}\b", sentence):
            yield "contrary", re.sub(rf"\b{word}\b", contrary, sentence, count=1)


def _other_number(sentence: str, text: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    numbers = [n for n in numbers_of(sentence) if n.unit != "place"]
    if not numbers:
        return
    one = rng.choice(numbers)
    known = [(n, text[n.start : n.end]) for n in numbers_of(text)]
    free = [n for n in _OTHER_NUMBERS if all(float(n) != k.value for k, _ in known)]
    unit = "%" if one.unit == "%" else ""
    yield "number", sentence[: one.start] + rng.choice(free or ["91237"]) + unit + sentence[one.end :]
    if own := [words for k, words in known if k.value != one.value and k.unit != "place"]:
        yield "own_number", sentence[: one.start] + rng.choice(own) + sentence[one.end :]


def _other_name(sentence: str, text: str, other: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    names = _names(sentence)
    if not names:
        return
    one = rng.choice(names)
    if foreign := [name for name in _names(other[:4000]) if name.lower() not in text.lower()]:
        yield "name", sentence.replace(one, rng.choice(foreign), 1)
    if own := [name for name in _names(text) if name.lower() not in sentence.lower()]:
        yield "own_name", sentence.replace(one, rng.choice(own), 1)


def _names(text: str) -> list[str]:
    """Names that are no common words with a capital."""
    common = set(re.findall(r"\b[a-z]+\b", text))
    return sorted({n for n in names_of(text) if len(n) > 2 and n.lower() not in common and not n[0].isdigit()})


def _copied(text: str) -> tuple[tuple[str, str], ...]:
    found = [s for block in text.split("\n\n")[:12] for s in _sentences(block)]
    fit = [s for s in found if 8 < len(s.split()) < 40 and s[:1].isupper() and s.endswith(".")]
    return tuple(("copied", sentence) for sentence in fit[:_COPIED])


def _sentences(block: str) -> list[str]:
    return split_sentences(clean_sentence(block))
