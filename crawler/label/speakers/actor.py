"""Who speaks in an article, as summaries name it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_TEAM = "The team"
_NAMED_RELEASE = re.compile(
    r"^(?:announcing |introducing |releasing |releases? of )?(?:the (?:general )?(?:release|"
    r"availability) of )?(?:the )?"
    r"(?P<name>(?:[\w.+#/-]+ ){0,5}?)(?:version )?(?P<version>v?\d+(?:\.\d+)*[\w.+-]*)(?=\W|$)",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
# "At Denodo, we", "Here at Denodo we"
_AT = re.compile(r"^(?:[Hh]ere at|At) (?P<where>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3}),? (?:we|our)\b")
# After a name that is neither an owner nor who does something: "add Relay", but "Relay's" and "Relay has".
_WITH = "with|of|for|to|from|about|around|on|onto|like|using|by|into|via|through|running"
_NO_OWNER = r"(?!['’]s|[.-]?\w| [A-Z\d]| project\b)"
_NO_SUBJECT = r"(?! (?:(?:is|was|has|had|can|will|could|should|may|now|also)\b|[a-z]+(?:[^s\W]s|ed)\b))"


# What a tool does not do, only those who make it: "we believe", "we've met in Lisbon", "we will recap"
_MEANS_TO = r"['’]ve|['’]ll|['’]d like to| have| will| would like to| want to| wanted to| are going to|['’]re going to"
_OF_PEOPLE = re.compile(
    rf"\b[Ww]e(?:{_MEANS_TO})? (?:also |all |\w+ly )?"
    r"(?:believe|think|thought|hope|wish|feel|felt|love|like|prefer|recommend|discuss|talk|met|meet|hear|heard|conduct|"
    r"survey|celebrate|thank|visit|attend|decide|learn|learnt|ask|interview|hire|invite|agree|argue|recap|dive|walk|list|"
    r"explain|describe|explore|share|outline|motivate|summari[sz]e|examine|look|took|take a|go over|go through|gave|"
    r"cover|highlight|compare|review|present|tell|told|wrote|write|spoke|speak|joined|join|host|organi[sz]e|"
    r"participate|plan|welcome|want|wanted|would like|spent|realized|realised|noticed|know|knew)(?:e?d|ped|ned)?\b"
)


_OURS = frozenset((b"we", b"We", b"our", b"Our", b"us", b"Us"))
_MINE = frozenset((b"I", b"my", b"My", b"me"))
_GAPS = bytes(c if chr(c).isalnum() or c == ord("_") else ord(" ") for c in range(128)) + b" " * 128  # between words


@dataclass(frozen=True, slots=True)
class Actor:
    """Who speaks in the article: `name` opens a sentence; `again` stands for it in a later one; `person` is a single
    author.

    `release` is what the article releases, as its title names it ("Relay 3.1"); empty where it releases nothing.
    `project`: it is called by its product's name. `along`: the article takes its reader along, so that "we" at work are
    both; `alone`: where a person says "we" beside "I", it is with somebody whom the article names or nobody knows.
    """

    name: str
    again: str
    its: str
    person: bool
    release: str = ""
    project: bool = False
    along: bool = False
    alone: bool = False

    @property
    def nameless(self) -> bool:
        """Whether a team speaks that no reader knows."""
        return self.name == _TEAM

    @property
    def teller(self) -> str:
        """Who describes, explains and shows in the article."""
        return "The post" if self.nameless else self.name


def actor_of(company: str | None, *, project: bool, shared: bool = False, generic: bool = False) -> Actor:
    """The company or project by name; without one the team, where the text says "we" (`shared`), else the author.

    `generic`: the project's name alone is a language's and would not be read as who speaks.
    """
    if company and project:
        plain = not generic and not company[0].islower()
        name = company if plain else f"The {company} project"
        return Actor(name, "the team", "its", person=False, project=plain)
    if company:
        return Actor(company, "the team", "its", person=False)
    if shared:
        return Actor(_TEAM, "the team", "its", person=False)
    return Actor("The author", "they", "their", person=True)


def beside(actor: Actor, sentence: str) -> Actor:
    """Who speaks in a sentence that names them beside "we".

    "We test Relay at night" is said by the Relay project, "what we do at Acme" by the team there, and "at Brook we" by
    whoever that is.
    """
    if actor.person or actor.nameless or not _FIRST.search(sentence):
        return actor
    if (there := _AT.search(sentence)) and there["where"] not in actor.name:
        return replace(actor, name=_TEAM)
    if actor.project and _OF_PEOPLE.search(sentence):
        return replace(actor, name=f"The {actor.name} project", project=False)
    if actor.name not in sentence:
        return actor
    name = re.escape(actor.name)
    if actor.project:
        after_we = r"\b(?:[Ww]e|[Oo]ur|us)\b.*?"
        pattern = (
            rf"{after_we}(?:(?:{_WITH}) {name}{_NO_OWNER}|(?<!within)(?<! in)(?<! at) {name}{_NO_OWNER}{_NO_SUBJECT})"
        )
        thing = re.search(pattern, sentence)
        return replace(actor, name=f"The {actor.name} project", project=False) if thing else actor
    at = re.search(
        rf"\b[Ww]e\b.*(?<!team)(?<![a-z]s)(?<!people)(?<!folks)(?<!staff) at {name}(?!['’]s| [A-Z]|[\w-])", sentence
    )
    return replace(actor, name=_TEAM) if at and not re.match(r"[Ww]e,? (?:here )?at ", sentence) else actor


def ours_and_mine(text: str) -> tuple[int, int]:
    """How often a text says "we", and how often "I"."""
    words = text.encode("ascii", "replace").translate(_GAPS).split()  # a quarter of what a pattern takes
    return sum(map(_OURS.__contains__, words)), sum(map(_MINE.__contains__, words))


def within(name: str, position: int) -> str:
    """A name that begins with an article, as it is written within a sentence."""
    return "t" + name[1:] if position and name.startswith("The ") else name


def released(title: str, actor: Actor) -> str:
    """What a title says is released: "Announcing Relay v3.1" is about Relay v3.1; empty where it names no version."""
    match = _NAMED_RELEASE.match(title.strip())
    if not match or (not match["name"] and not match["version"].startswith("v")):
        return ""
    name = match["name"].strip() or ("" if actor.person or actor.nameless else actor.name)
    return f"{name} {match['version'].rstrip('.-+')}" if name[:1].isupper() or name[:1].isdigit() or "." in name else ""
