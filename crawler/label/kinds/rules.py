"""The rules by which the form of an article is told, read from `rules.yaml`: wordings, and words that count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from crawler.cued import Cued
from crawler.yamldoc import load_yaml

RULES_FILE = Path(__file__).with_name("rules.yaml")
# How the alternatives of a rule become one pattern.
_FORMS = {"words": r"\b(?:{})\b", "any": "{}", "whole": r"^\W*(?:{})\W*$"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A wording that is a sign of a kind: `place` is title, category, opening, heading or url."""

    kind: str
    place: str
    weight: float
    pattern: Cued


@dataclass(frozen=True, slots=True)
class Tone:
    """Words in which running text of a kind is rich.

    They are counted in a thousand words: at `least` they begin to tell something, at `full` they weigh `weight`. What
    is `own` tells as much as somebody speaks of himself.
    """

    kind: str
    weight: float
    least: float
    full: float
    own: bool
    words: frozenset[str]


class KindRules(NamedTuple):
    """All rules, in the order of the file."""

    wordings: tuple[Rule, ...]
    tones: tuple[Tone, ...]


class Sign(NamedTuple):
    """What speaks for a kind: how much, the words that say it, and where they stand."""

    kind: str
    points: float
    evidence: str
    where: str


@lru_cache(maxsize=1)
def load_kind_rules() -> KindRules:
    """The rules of the file, made ready once a process."""
    kinds: Mapping[str, Mapping[str, Any]] = load_yaml(RULES_FILE.read_text(encoding="utf-8"), RULES_FILE.name)
    wordings = tuple(
        _wording(kind, place, fields)
        for kind, places in kinds.items()
        for place, rules in places.items()
        if place != "text"
        for fields in rules
    )
    tones = tuple(_tone(kind, fields) for kind, places in kinds.items() for fields in places.get("text", ()))
    return KindRules(wordings, tones)


def _wording(kind: str, place: str, fields: Mapping[str, Any]) -> Rule:
    form = next(name for name in _FORMS if name in fields)
    pattern = _FORMS[form].replace("{}", "|".join(fields[form]))
    flags = re.MULTILINE if fields.get("cased") else re.MULTILINE | re.IGNORECASE
    return Rule(kind, place, fields["weight"], Cued(pattern, flags))


def _tone(kind: str, fields: Mapping[str, Any]) -> Tone:
    words = frozenset(str(word) for word in fields["words"].split())
    return Tone(kind, fields["weight"], fields["least"], fields["full"], fields.get("own", False), words)
