"""One clause of the lead paragraph from what is printed of an item: no model, only the item's own words.

A clause is "Netflix shares how it built ...", "Servo 0.3 adds ...", "a walkthrough shows how ...": it begins with
whoever the item is about, is cut only where a clause of the sentence ends, and tells its verb, so that the
paragraph does not say it twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from crawler.compose.phrasing import FIRST_PERSON, PARENTHESIS, UNFIT
from crawler.compose.retelling import Retelling
from crawler.compose.retitling import from_title
from crawler.compose.voice import Clause, Voice
from crawler.compose.wording import DANGLING, split_sentences
from crawler.model import Item
from crawler.text import one_line

MAX_WORDS = 28
_MIN_WORDS = 4


def clause_of(item: Item, used: Collection[str] = (), *, again: bool = False, limit: int = MAX_WORDS) -> Clause:
    """The best clause for an item, with a verb that is not in `used`.

    `used` holds the verbs and nouns of the clauses before. `again`: an earlier clause was about the same company
    ("Netflix also ..."). There is always a clause: a title in quotation marks where no sentence can be used.
    """
    voice = Voice(item, used)
    retelling = Retelling(voice, limit)
    for sentence in _sentences(item):
        clause = retelling.of(sentence)
        if clause and clause.verb not in used and not _faulty(clause):
            break
    else:
        clause = from_title(voice)
    if again and voice.company and clause.text.startswith(f"{voice.company} "):
        rest = clause.text[len(voice.company) + 1 :].replace(" also ", " ", 1)
        return Clause(f"{voice.company} also {rest}", clause.verb)
    return clause


def _sentences(item: Item) -> Iterator[str]:
    """Deck, then the summary's sentences that can stand alone, in the form in which clauses are cut."""
    seen = set()
    first, *later = split_sentences(item.summary) or [""]
    # A later sentence is used where it names its subject; "The root cause ..." leans on the one before.
    own = [s for s in later[:1] if (s.startswith(item.company) if item.company else not s.startswith("The "))]
    for text in (item.deck, first, *own):
        sentence = PARENTHESIS.sub("", one_line(text)).strip().rstrip(".").strip()
        said = sentence.removeprefix("The post ")
        if sentence and sentence not in seen and not FIRST_PERSON.search(said) and not UNFIT.search(said):
            seen.add(sentence)
            yield sentence


def _faulty(clause: Clause) -> bool:
    text = clause.text
    return bool(
        DANGLING.search(text)
        or clause.words < _MIN_WORDS
        or text.count("“") != text.count("”")
        or text.count("(") != text.count(")")
        or text.count('"') % 2
    )
