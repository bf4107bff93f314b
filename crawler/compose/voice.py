"""Who tells a clause of the lead paragraph, and with which verb: what its sentences and its title share."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from crawler.compose.phrasing import ANY_FORM, BY_KIND, FORMS, HOW_VERBS, NOUN_VERBS
from crawler.compose.wording import as_subject
from crawler.model import Item


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause without its full stop, as it continues "This week: "; `verb` is its main verb, where it has one.

    `noun` is what tells it where no company does ("a deep dive").
    """

    text: str
    verb: str
    noun: str = ""
    empty: bool = False  # tells no more than the form of the article

    @property
    def words(self) -> int:
        """How many words it takes of the lead's room."""
        return len(self.text.split())


class Voice:
    """The company of an item, or an article of its kind, with the verbs and nouns that were not `used` yet."""

    def __init__(self, item: Item, used: Collection[str]) -> None:
        self.item = item
        self.used = used
        self.company = as_subject(item.company) if item.company else ""
        forms = FORMS.get(item.subkind) or FORMS.get(item.kind, ANY_FORM)
        noun, self.link = next((form for form in forms if form[0] not in used), forms[0])
        self.noun = re.sub(r"^an? ", "another ", noun) if noun in used else noun

    def verb(self, *, how: bool) -> str:
        """The verb that fits the kind of the article and was not used: before "how ...", or before a noun."""
        fit = HOW_VERBS if how else NOUN_VERBS
        return self.first_free((*(v for v in BY_KIND.get(self.item.kind, ()) if v in fit), *fit))

    def first_free(self, verbs: tuple[str, ...]) -> str:
        """The first of these that was not used, else the first."""
        return next((v for v in verbs if v not in self.used), verbs[0])
