"""Who speaks in an article, as summaries name it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TEAM = "The team"
_NAMED_RELEASE = re.compile(
    r"^(?:announcing |introducing |releasing |releases? of )?(?:the (?:general )?(?:release|"
    r"availability) of )?(?:the )?"
    r"(?P<name>(?:[\w.+#/-]+ ){0,5}?)(?:version )?(?P<version>v?\d+(?:\.\d+)*[\w.+-]*)(?=\W|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who speaks in the article: `name` opens a sentence; `again` stands for it in a later one; `person` is a single
    author.

    `release` is what the article releases, as its title names it ("Relay 3.1"); empty where it releases nothing.
    `along`: the article takes its reader along, so that "we" at work are both; `alone`: where a person says "we" beside
    "I", it is with somebody whom the article names or nobody knows.
    """

    name: str
    again: str
    its: str
    person: bool
    release: str = ""
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
        return Actor(name, "the team", "its", person=False)
    if company:
        return Actor(company, "the team", "its", person=False)
    if shared:
        return Actor(_TEAM, "the team", "its", person=False)
    return Actor("The author", "they", "their", person=True)


def speaks_for_many(text: str) -> bool:
    """Whether the text says "we" rather than "I"."""
    ours, mine = _ours_and_mine(text)
    return ours > 2 * mine


def speaks_alone(text: str) -> bool:
    """Whether the text says "I" more often than "we"."""
    ours, mine = _ours_and_mine(text)
    return mine > ours


def _ours_and_mine(text: str) -> tuple[int, int]:
    ours = len(re.findall(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b", text))
    return ours, len(re.findall(r"\b(?:I|[Mm]y|me)\b", text))


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
