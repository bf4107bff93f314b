"""What a list of changes says in one sentence: "Relay 3.1 adds a cache for tides, allows two ports, and fixes a leak."

Changelogs that a tool makes from commits have no other sentence to take.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.label.sentences.measures import word_count
from crawler.label.sentences.splitting import clean_sentence
from crawler.label.sentences.verbs import third_person
from crawler.label.speakers.actor import Actor
from crawler.label.view import View
from crawler.text import count_words, one_line, series

_FEWEST = 3  # changes that make a list
_MOST_TOLD = 4
_SHORTEST, _LONGEST = 3, 13  # words of a change
_MOST = 60  # words of the sentence
# Who made it and where, before and after what it is: "[PR #12][ada]", "fix(cache):", "(#12)", "by @ada in https://..."
_BEFORE = re.compile(
    r"^(?:\[[^\]]*\]\s*|(?:PR ?#?|GH-|#)\d+\s*[:–-]?\s*|[A-Z]{2,10}-\d+\s*[:–-]\s*|[0-9a-f]{7,40}\s*[:–-]?\s+|"
    r"(?:feat(?:ure)?|fix|bug ?fix|perf|refactor|chore|enhancement|improvement|breaking)(?:\([\w./ -]*\))?!?:\s+|"
    r"\*+\s*)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:\((?:(?:#|PR |GH-|@)[^()]*|[0-9a-f]{7,40}|https?:[^()]*)\)|\bby @?[\w-]+(?: in \S+)?|\bin #\d+|#\d+|"
    r"thanks to @?[\w -]+|https?://\S+)\s*[.]?$",
    re.IGNORECASE,
)
# What is news most of all, then what is better, gone or mended.
_NEW = frozenset(("add", "introduce", "support", "allow", "enable", "implement", "provide", "expose", "promote"))
_BETTER = frozenset(("improve", "reduce", "extend", "speed", "simplify", "accelerate", "optimize", "optimise"))
_GONE = frozenset(("remove", "drop", "deprecate", "replace", "rename", "disable", "require"))
_MENDED = frozenset(("fix", "prevent", "avoid", "handle", "correct", "restore"))
_WORTH = {**dict.fromkeys(_NEW, 4), **dict.fromkeys(_BETTER, 3), **dict.fromkeys(_GONE, 2), **dict.fromkeys(_MENDED, 1)}
# "Added", "Adds", "Dropped": the base form of each is told by what its ending took from it.
_FORMS = {
    form: base
    for base in _WORTH
    for form in (base, third_person(base), f"{base}ed", f"{base}d", f"{base}{base[-1]}ed", f"{base[:-1]}ied")
}
_UNFIT = re.compile(
    r"[{}<>=`$@~…→“”\"\[\]#?!|*]|: |::|\(\)|https?:|\b(?:we|our|us|I|my|you|your|this|these|those|it|its)\b|"
    r"\b(?:tests?|testing|e2e|CI|lint\w*|typos?|docs?|documentation|readme|changelog|copyright|workflow|makefile|"
    r"release (?:notes|script)|dependabot|nits?|benchmarks? data|perf and scale|code owners|maintainers?)\b|"
    r"^\w+ (?:and|or|to|up|for) ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Changes:
    """The sentence, one of the two first changes alone, and the `line` of the first as the article has it."""

    told: str
    short: str
    line: str


def changes_of(view: View, actor: Actor, least: int) -> Changes | None:
    """The changes that are news most of all, as many as make `least` words; None where the article lists too few."""
    found = [(*told, block.text) for block in view.prose if block.kind == "item" and (told := _told(block.text))]
    if len(found) < _FEWEST:
        return None
    found.sort(key=lambda change: -_WORTH[change[0]])  # stable: of one worth, as they stand
    name = actor.release or "The release"
    for many in range(_FEWEST, min(_MOST_TOLD, len(found)) + 1):
        sentence = _sentence(name, [(verb, rest) for verb, rest, _ in found[:many]])
        if count_words(sentence) >= least:
            break
    if word_count(sentence) > _MOST:
        return None
    return Changes(sentence, _sentence(name, [(verb, rest) for verb, rest, _ in found[:2]]), found[0][2])


def _sentence(name: str, changes: list[tuple[str, str]]) -> str:
    """ "Relay 3.1 adds a cache, drops a port, and fixes a leak." or "Relay 3.1 adds a cache and a port." """
    verbs = [verb for verb, _ in changes]
    same = len(set(verbs)) == 1
    said = [rest if same and place else f"{third_person(verb)} {rest}" for place, (verb, rest) in enumerate(changes)]
    return f"{name} {series(said)}."


def _told(line: str) -> tuple[str, str] | None:
    """A change as its verb's base form and what follows; None where it does not begin with such a verb."""
    bare = clean_sentence(_AFTER.sub("", _BEFORE.sub("", one_line(line)))).strip(" .;,-–—")
    verb, _, rest = bare.partition(" ")
    base = _FORMS.get(verb.lower())
    if base is None or not _SHORTEST <= word_count(bare) <= _LONGEST or _UNFIT.search(bare) or ", " in rest:
        return None
    if ". " in rest or rest.count("(") != rest.count(")"):
        return None
    return base, rest
