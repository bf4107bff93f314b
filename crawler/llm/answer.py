"""What a model answered, read and checked: what may be printed of it, and why the rest may not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.llm.check import unsupported
from crawler.llm.evidence import Evidence, line_of
from crawler.llm.fault import Fault
from crawler.llm.form import Rules, ill_formed
from crawler.model import SUMMARY_WORDS
from crawler.text import one_line

SUMMARY_SENTENCES = 3
DECK_WORDS = 30
PURPOSE_WORDS = 12
LEAD_WORDS = (20, 85)
LEAD_CLAUSES = 5
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_SAID_BEFORE = 0.8  # of a sentence's content words
_MOST = 20_000  # characters of an answer that are looked at
_OPENINGS = 10  # braces that are tried


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that passed, empty where none did, and the faults of what did not, in the order of the sentences."""

    text: str
    faults: tuple[str, ...] = ()


def parsed(answer: str) -> Mapping[str, object]:
    """The JSON object in an answer, whatever stands around it; a text without one counts as a summary."""
    text = _THOUGHT.sub("", answer[:_MOST]).strip()
    decoder = json.JSONDecoder()
    for match in list(re.finditer(r"\{", text))[:_OPENINGS]:
        try:
            value, _ = decoder.raw_decode(text[match.start() :])
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            return value
    return {} if re.search(r"[{}\[\]]|```", text) else {"summary": text}


def summary_of(said: Mapping[str, object], evidence: Evidence, rules: Rules) -> Checked:
    """Two or three sentences of 25 to 75 words that pass; what fails falls out, and with too little left, all of it."""
    text = _text(said.get("summary"))
    if not text:
        return Checked("", ("no summary",))
    kept: list[str] = []
    faults: list[str] = []
    for sentence in rules.split(text)[:8]:
        fault = ill_formed(sentence, rules, opens=not kept) or unsupported(sentence, evidence)
        fault = fault or _repeated(sentence, kept)
        if fault:
            faults.append(f"{fault} in “{sentence[:160]}”")
        elif len(kept) < SUMMARY_SENTENCES and _words([*kept, sentence]) <= SUMMARY_WORDS[1]:
            kept.append(sentence)
    if kept and _words(kept) < SUMMARY_WORDS[0]:
        faults.append(f"too short: {_words(kept)} words")
        kept = []
    return Checked(" ".join(kept), tuple(faults))


def _repeated(sentence: str, kept: Sequence[str]) -> Fault | None:
    """Whether nearly all that a sentence says was said before."""
    mine = line_of(sentence).stems
    again = any(len(mine & line_of(one).stems) >= _SAID_BEFORE * max(1, len(mine)) for one in kept)
    return Fault("says it again") if again else None


def deck_of(said: Mapping[str, object], evidence: Evidence, rules: Rules) -> Checked:
    """One sentence of at most thirty words that passes."""
    text = _text(said.get("deck"))
    if not text:
        return Checked("", ("no deck",))
    sentences = rules.split(text)
    if len(sentences) != 1 or _words(sentences) > DECK_WORDS:
        return Checked("", (f"the deck is not one sentence of at most {DECK_WORDS} words",))
    fault = ill_formed(text, rules, opens=True) or unsupported(text, evidence)
    return Checked("", (f"{fault} in “{text[:160]}”",)) if fault else Checked(text)


def readers_of(
    said: Mapping[str, object], known: Mapping[str, str], fitting: Sequence[str], evidence: Evidence, rules: Rules
) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """(ids of one to three roles, what they are busy with or "", faults).

    `known` are ids and names of all roles. At least one must be of `fitting`, the roles that the article's topics
    speak to; the others may be any of `known`.
    """
    given = said.get("roles")
    listed = [one_line(str(role)) for role in given] if isinstance(given, list) else []
    by_name = {name.casefold(): id_ for id_, name in known.items()}
    roles = [role if role in known else by_name.get(role.casefold(), "") for role in listed]
    faults = [f"no role of the taxonomy: {name[:60]}" for name, role in zip(listed, roles, strict=True) if not role]
    found = tuple(dict.fromkeys(role for role in roles if role))[:3]
    if not found or not set(found) & set(fitting):
        return (), "", (*faults, "no role that the article's topics speak to")
    purpose = _text(said.get("purpose")).rstrip(".")
    if not purpose:
        return found, "", tuple(faults)
    fault = _bad_purpose(purpose, evidence, rules)
    return found, "" if fault else purpose, (*faults, *((f"{fault} in “{purpose[:160]}”",) if fault else ()))


def _bad_purpose(purpose: str, evidence: Evidence, rules: Rules) -> Fault | None:
    if not re.match(r"[a-z]+ing\b", purpose) or len(purpose.split()) > PURPOSE_WORDS:
        return Fault("not a few words that begin with a verb in -ing")
    # Told as a sentence, so that the rules for sentences say what they think of it.
    return ill_formed(f"Anyone is {purpose}.", rules, opens=False) or unsupported(purpose, evidence)


def clauses_of(
    said: Mapping[str, object], evidence: Sequence[Evidence], rules: Rules
) -> tuple[list[tuple[int, str]], tuple[str, ...]]:
    """The sentences of a lead that pass, each with the index of the item that it speaks of, in the items' order.

    Without an object of sentences, those of the text are taken for the items in turn.
    """
    kept: dict[int, str] = {}
    faults: list[str] = []
    for index, sentence in _lead_sentences(said, rules):
        if not 0 <= index < len(evidence) or index in kept:
            faults.append(f"of no item of its own: “{sentence[:160]}”")
            continue
        fault = ill_formed(sentence, rules, opens=True) or unsupported(sentence, evidence[index])
        if fault:
            faults.append(f"{fault} in “{sentence[:160]}”")
        elif len(kept) < LEAD_CLAUSES and _words([*kept.values(), sentence]) <= LEAD_WORDS[1] - 3:
            kept[index] = sentence
    return sorted(kept.items()), tuple(faults)


def _lead_sentences(said: Mapping[str, object], rules: Rules) -> list[tuple[int, str]]:
    listed = said.get("sentences")
    found = []
    if isinstance(listed, list):
        told = [one for one in listed[:12] if isinstance(one, dict) and isinstance(one.get("item"), int)]
        found = [(one["item"] - 1, _bare(_text(one.get("text")))) for one in told]
    else:
        found = [(n, _bare(s)) for n, s in enumerate(rules.split(_text(said.get("summary") or said.get("lead"))))]
    return [(index, sentence) for index, sentence in found if sentence]


def _bare(sentence: str) -> str:
    """A sentence without what only its place in a lead gives it."""
    text = re.sub(r"^(?:this week:|and|finally,)\s+", "", sentence, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:] if text[:1].islower() and re.match(r"[a-z]+\b(?![A-Z])", text) else text


def _text(value: object) -> str:
    """A value as plain text: single back-ticks, which only mark code, are dropped."""
    if isinstance(value, list):
        value = " ".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str):
        return ""
    return one_line(re.sub(r"(?<!`)`([^`\n]+)`(?!`)", r"\1", value[:4000]))


def _words(sentences: Sequence[str]) -> int:
    return sum(len(re.findall(r"[A-Za-z0-9]+", sentence)) for sentence in sentences)
