"""The first person told in the third: the name at its first place, then a word that stands for it, verbs that agree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.cued import any_of, large_or_small
from crawler.label.actor import Actor, within
from crawler.label.verbs import ADVERB, agree_second, third_person

_WORDS = re.compile(r"\w+")
_FIRST_PERSON = frozenset({"we", "i", "our", "my", "us", "me", "ourselves", "myself", "ours", "mine"})
_SUBJECT = re.compile(r"\b(we|i)(['’](?:re|m|ve|ll|d))?(?![\w/.-]|['’])((?: [\w'’-]+){0,3})", re.IGNORECASE)
_MINE_SUBJECT = re.compile(r"\b(I)(['’](?:m|ve|ll|d))?(?![\w/.-]|['’])((?: [\w'’-]+){0,3})")
_MINE = re.compile(r"\b(?:I|[Mm]y|me|mine|myself)\b")
_PLURAL = {"am": "are", "was": "were", "is": "are"}
_PLURAL_CONTRACTED = {"re": "are", "m": "are", "ve": "have", "ll": "will", "d": "would"}
_CONTRACTED = {"re": "is", "m": "is", "ve": "has", "ll": "will", "d": "would"}


@dataclass(frozen=True, slots=True)
class _Words:
    """The other forms of a person's pronoun."""

    possessive: re.Pattern[str]
    object: re.Pattern[str]
    reflexive: re.Pattern[str]
    owned: re.Pattern[str]


_ALL_WORDS = _Words(
    re.compile(r"\b(?:our|my)\b", re.IGNORECASE),
    re.compile(r"\b(?:us|me)\b(?!-)"),
    re.compile(r"\b(?:ourselves|myself)\b"),
    re.compile(r"\b(?:ours|mine)\b"),
)
_MINE_WORDS = _Words(
    re.compile(r"\bmy\b", re.IGNORECASE),
    re.compile(r"\bme\b(?!-)"),
    re.compile(r"\bmyself\b"),
    re.compile(r"\bmine\b"),
)
_AUTHOR = Actor("The author", "they", "their", person=True)
# A verb that took its ending, and whoever else may be the subject of the next one.
_PRESENT = re.compile(r"^(?: \w+ly| also| now)? (?!was\b|does\b)[a-z]+s\b")
_OTHERS = re.compile(r"\b(?:that|who|which|they|you|when|if|where|because|whose|users|people|developers|customers)\b")
_NOT_SUBJECT = re.compile(
    r"\b(?:type|part|phase|chapter|class|level|appendix|mark|world war|vitamin|and|or|/)\s*$", re.IGNORECASE
)
# Where "it" would be taken for something else: another one is there, or "how it works" says how a thing does.
_OTHER_IT = re.compile(r"\b(?:it|its|itself|it['’]s)\b", re.IGNORECASE)
# Where a name is who acts, and no part of another: "when Acme grew", but not "as part of Acme Cloud".
_BEFORE_SUBJECT = any_of(
    large_or_small("when|since|if|as|because|after|before|while|once|until"), "that|how|why|and|but|so"
)
_IT_WORKS = re.compile(r" (?:\w+ly )?work\b")
_BETWEEN = re.compile(r"\b(?:did|do|does|have|had|are|were|can|could|will|would|should)$", re.IGNORECASE)


def third(text: str, actor: Actor, *, named: bool) -> str:
    """we/our/us/I/my/me by who speaks: the name at the first place, then a word that stands for it."""
    if not actor.person and _MINE.search(text):
        # An "I" at a company is one of its people, not the company.
        text = _third(text, _AUTHOR, _MINE_SUBJECT, _MINE_WORDS, named=False)
    return _third(text, actor, _SUBJECT, _ALL_WORDS, named=named)


def _third(text: str, actor: Actor, subjects: re.Pattern[str], words: _Words, *, named: bool) -> str:
    if _FIRST_PERSON.isdisjoint(_WORDS.findall(text.lower())):
        return text
    return _Told(text, actor, words, named=named).told(text, subjects)


class _Told:
    """One sentence on its way into the third person: whether its reader knows who speaks, as far as it was changed."""

    def __init__(self, text: str, actor: Actor, words: _Words, *, named: bool) -> None:
        self._actor, self._words = actor, words
        self._own = actor.name.lower()
        self._before = self._named = named and not actor.person
        self._here = self._present = False
        self._pronoun = actor.again if actor.person or _OTHER_IT.search(text) else "it"
        self._acting = re.compile(
            rf"(?:^|\b{_BEFORE_SUBJECT} |, ){re.escape(actor.name)} (?!(?:and|or|of|in|at|for)\b)[a-z]"
        )

    def told(self, text: str, subjects: re.Pattern[str]) -> str:
        """The sentence, its subjects first: where they come to be named, the other words need no name."""
        actor, words = self._actor, self._words
        text = subjects.sub(self._subject, text)
        if self._present:
            other = _OTHERS.search(text)
            alone = other.start() if other else len(text)  # as far as nobody else may be the subject
            text = agree_second(text[:alone]) + text[alone:]
        self._named = self._before
        text = words.possessive.sub(self._possessive, text)
        self._named = self._before
        text = words.object.sub(self._object, text)
        text = words.reflexive.sub("themselves" if actor.person else "itself", text)
        return words.owned.sub("theirs" if actor.person else "its own", text)

    def _is_named(self, match: re.Match[str]) -> bool:
        """Whether a reader knows who it is: said before this sentence, in it, or by the replacement just made."""
        return self._named or self._own in match.string[: match.start()].lower()

    def _subject(self, match: re.Match[str]) -> str:
        actor, start, head = self._actor, match.start(), match.string[: match.start()]
        if match[1] == "i" or (match[1] == "I" and _NOT_SUBJECT.search(head)):
            return match[0]
        owned = self._words.possessive.search(match.string, 0, start)  # "our" comes to name who it is, too
        again = start > 0 and (owned is not None or self._is_named(match))
        here = self._here or self._acting.search(head) is not None
        later = self._pronoun if here and not _IT_WORKS.match(match[3]) else actor.again
        self._named = self._here = True
        told = _agree(match, match.string, plural=again and actor.person)
        self._present = self._present or (told != match[3] and _PRESENT.search(told) is not None)
        return f"{later if again else within(actor.name, start)}{told}"

    def _possessive(self, match: re.Match[str]) -> str:
        if match.start() and self._is_named(match):
            return self._actor.its
        self._named = True
        name = within(self._actor.name, match.start())
        return f"{name}'" if name.endswith("s") else f"{name}'s"

    def _object(self, match: re.Match[str]) -> str:
        actor = self._actor
        if self._is_named(match):
            return "them" if actor.person else actor.again
        return within(actor.name, 1)


def _agree(match: re.Match[str], text: str, *, plural: bool) -> str:
    """What follows the subject, with its verb in the form that the new subject asks for."""
    rest = match[3]
    if match[2]:
        short = match[2][1:].lower()
        return f" {_PLURAL_CONTRACTED[short] if plural else _CONTRACTED[short]}{rest}"
    if _BETWEEN.search(text[: match.start()].rstrip()):
        return rest
    words = rest.split(" ")[1:]
    for place, word in enumerate(words):
        if ADVERB.match(word) and place + 1 < len(words):
            continue
        words[place] = _PLURAL.get(word.lower(), word) if plural else third_person(word)
        break
    return " ".join(["", *words])
