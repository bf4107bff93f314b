"""An opening from the title, where no sentence of an article states its point: "Warming caches with Zork" is what the
post describes, "How we cut costs" what it explains. What it covers of it follows, so that the title is not merely said
again.
"""

from __future__ import annotations

import re

from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.measures import stems, word_count
from crawler.label.view import View
from crawler.text import BRACKETED_END, COMMON_ENDING, SMALL_IN_TITLES, written_as

_MOST = 14  # words of the title
_LONGEST = 44  # of the whole opening
_ROOT = 6  # letters that the forms of a word share
_LITERAL = 0.5  # share of the title's words that the text uses, unless they are a figure of speech
_PARTS = re.compile(r": | [–—-] |,? part (?:\d+|one|two|three|four)\b|, or (?=how|why)", re.IGNORECASE)
_LEADING = re.compile(r"^(?:Finally|On|About) (?=[a-z]+ing\b|[A-Z][a-z]+ing\b)", re.IGNORECASE)
_MANNER = re.compile(r", [a-z]+ly$", re.IGNORECASE)  # "Scaling Queues, Carefully"
_STARTING = re.compile(r"getting (?:hands[- ]on|started|going) (?=with\b)", re.IGNORECASE)
_KNOWING = re.compile(r"(?:understanding|explaining) (?=[A-Za-z])", re.IGNORECASE)
_GERUND = re.compile(
    r"(?!(?:introducing|announcing|releasing|thinking|hacking|engineering|string|during|nothing|something|everything|"
    r"spring|meeting|evening|morning|king|ring|recapping|presenting|welcoming|celebrating|wishing|saying|looking|"
    r"stepping|waiting|living|being|feeling|going|coming|getting to|turning|"
    r"regarding|concerning|following|including|considering)\b)"
    r"[a-z]{2,}ing (?!(?:is|are|was|were|at|of|up|out)\b)",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    r"(?:how|why) (?!(?:is|are|was|were|do|does|did|can|could|should|would|will|if|about|not)\b)", re.IGNORECASE
)
_UNFIT = re.compile(
    r"[?!`<>{}\[\]|“”\"…@#]|https?:|\b(?:we|our|us|I|my|me|you|your|this|these|it|its)\b", re.IGNORECASE
)
# Names that are everyday words: "written in Go", though the text says "go" more often.
_LANGUAGES = frozenset(("Go", "Rust", "Swift", "Dart", "Crystal", "Elm", "Ruby", "Julia", "Spark", "Ray", "Flask"))
_BEFORE_THEM = frozenset(("in", "with", "using", "for", "from", "to", "and"))
_INNER = re.compile(r"[a-z][A-Z]")
_CAPITAL = re.compile(r"[A-Z][a-z]*(?:-[A-Z][a-z]+)*")
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|can|will|means|makes|beats|matters)\b")


def title_covering(view: View, covered: str) -> str:
    """What the post describes or explains by its title, and what it covers of it; empty where either cannot be told."""
    subject = _subject(view)
    text = f"The post {subject}, covering {covered}."
    return text if subject and word_count(text) <= _LONGEST and not fault_of(text, lead=True) else ""


def _subject(view: View) -> str:
    """ "describes warming caches with Zork", "explains how a cache works"; or nothing."""
    for raw in _PARTS.split(BRACKETED_END.sub("", view.title)):
        part = _MANNER.sub("", _LEADING.sub("", raw.strip(" .")))
        if not 3 <= len(part.split()) <= _MOST or _UNFIT.search(part):
            continue
        explained = _EXPLAINED.match(part) is not None
        if not explained and (not _GERUND.match(part) or _VERB.search(part)):
            continue
        verb = "explains" if explained else "describes"
        if match := _STARTING.match(part) or _KNOWING.match(part):
            verb = "explains" if _KNOWING.match(part) else "shows how to get started"
            part = part[match.end() :]
        if _literal(part, view.body) and (running := _running(part, view)):
            return f"{verb} {running}"
    return ""


def _literal(title: str, body: str) -> bool:
    """Whether an article is about what its title says: "Putting out fires" of one on caches is a figure of speech."""
    words = stems(_GERUND.sub("", title, count=1))
    small = body.lower()
    return sum(word[:_ROOT] in small for word in words) >= _LITERAL * len(words)


def _running(title: str, view: View) -> str:
    """The title as running text writes it; empty where that cannot be told of one of its words."""
    written = frozenset(written_as(view.title, view.body))
    words = title.split()
    told: list[str] = []
    lowered = False  # whether the word before was made small
    for word, follower in zip(words, [*words[1:], ""], strict=True):
        opens = not told and (_GERUND.match(title) or _EXPLAINED.match(title))
        named = word in _LANGUAGES and told and told[-1] in _BEFORE_THEM
        one = word if named else _small(word) if opens else _cased(word, follower, written, view.body)
        if not one or (lowered and _half(one, view.body)):
            return ""
        told.append(one)
        lowered = not opens and one != word and one not in SMALL_IN_TITLES
    return " ".join(told)


def _cased(word: str, follower: str, written: frozenset[str], body: str) -> str:
    """A word of a title before `follower` as the `body` writes it within a sentence; empty where that is open."""
    bare = word.strip(",'’()").removesuffix("'s").removesuffix("’s")
    small = bare.lower()
    if small in SMALL_IN_TITLES:
        return _small(word)
    if bare.isupper() and bare not in body and re.search(rf"\b{re.escape(small)}\b", body):
        return word.lower()  # said loud
    if not _CAPITAL.fullmatch(bare) or bare in written:
        return word
    pair = f"{word} {follower}"
    if follower and pair in body and _small(pair) not in body and pair.lower() not in body:
        return word  # of a name of two words
    common = COMMON_ENDING.fullmatch(small) is not None
    if _INNER.search(follower) and not common and f"{small} {follower}" not in body:
        return ""  # "Apache DataFusion" is one name, "custom GraphQL" is none
    return _small(word) if common or small in written else ""


def _half(word: str, body: str) -> bool:
    """Whether a word that follows a small one is large though the text has it small, too: "data Pipelines"."""
    return _CAPITAL.fullmatch(word) is not None and re.search(rf"\b{word.lower()}\b", body) is not None


def _small(text: str) -> str:
    return text[0].lower() + text[1:]
