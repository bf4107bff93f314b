"""One clause of the lead paragraph from what is printed of an item: no model, only the item's own words.

A clause is "Netflix shares how it built ...", "Servo 0.3 adds ...", "a walkthrough shows how ...": it begins with
whoever the item is about, is cut only where a clause of the sentence ends, and tells its verb, so that the
paragraph does not say it twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from crawler.compose.phrasing import (
    ABOUT_VERBS,
    AUTHOR,
    BY_KIND,
    FIRST_PERSON,
    GERUND_TITLE,
    HOW_VERBS,
    INVITATION,
    KIND_NOUN,
    LEANS_ON_AUTHOR,
    LINK,
    NAMED_RELEASE,
    NOUN_PHRASE,
    NOUN_VERBS,
    OPENS_ASIDE,
    OPENS_BADLY,
    PARENTHESIS,
    RELEASE_TITLE,
    TELLER,
    UNFIT,
)
from crawler.compose.titles import quotable, topic_of
from crawler.compose.wording import (
    AUXILIARY,
    DANGLING,
    MUSING,
    REPORTING,
    STATIVE,
    SWAPPABLE,
    agreed,
    as_subject,
    cut_clause,
    is_about,
    is_past,
    is_sentence_case,
    is_statement,
    lower_first,
    opens_surely,
    split_sentences,
)
from crawler.model import Item
from crawler.text import one_line

MAX_WORDS = 28
_MIN_WORDS = 4


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
        return len(self.text.split())


def clause_of(item: Item, used: Collection[str] = (), *, again: bool = False, limit: int = MAX_WORDS) -> Clause:
    """The best clause for an item, with a verb that is not in `used`.

    `used` holds the verbs and nouns of the clauses before. `again`: an earlier clause was about the same company
    ("Netflix also ..."). There is always a clause: a title in quotation marks where no sentence can be used.
    """
    telling = _Telling(item, used, limit)
    for sentence in _sentences(item):
        clause = telling.from_sentence(sentence)
        if clause and clause.verb not in used and not _faulty(clause):
            break
    else:
        clause = telling.from_title()
    subject = as_subject(item.company) if item.company else ""
    if again and subject and clause.text.startswith(f"{subject} "):
        return Clause(f"{subject} also {clause.text[len(subject) + 1 :]}", clause.verb)
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


class _Telling:
    """One item on its way to a clause: the ways to tell it, from the closest to its own words to its title."""

    def __init__(self, item: Item, used: Collection[str], limit: int) -> None:
        self._item = item
        self._used = used
        self._limit = limit
        self._company = as_subject(item.company) if item.company else ""
        noun = KIND_NOUN.get(item.kind, "an article")
        self._noun = re.sub(r"^an? ", "another ", noun) if noun in used else noun

    def from_sentence(self, sentence: str) -> Clause | None:
        """The sentence as a clause; None where it cannot be one."""
        if sentence.startswith("The post "):
            return self._by_post(sentence.removeprefix("The post "))
        return self._by_company(sentence) if self._company else self._by_nobody(sentence)

    def from_title(self) -> Clause:
        """A clause that needs no sentence."""
        title = one_line(self._item.title).rstrip(".")
        if self._company and (own := self._own_title(title)):
            return own
        if topic := topic_of(self._item):
            return self._on(topic)
        quoted = quotable(self._item)
        if not self._company:
            if quoted and title.endswith("?"):
                verb = self._first_free(("asks", "wonders"))
                return Clause(f"{self._noun} {verb} {quoted}", verb, self._noun)
            if not quoted:
                return Clause(f"{self._noun}{_for_whom(self._item)}", "", self._noun, empty=True)
            verb = self._first_free(("is", "offers", "brings"))
            return Clause(f"{quoted} {verb} {self._noun}{_for_whom(self._item)}", verb, self._noun)
        verb = self._first_free(NOUN_VERBS[2:])
        said = quoted or f"{self._noun}{_for_whom(self._item)}"
        return Clause(f"{self._company} {verb} {said}", verb, empty=not quoted)

    def _on(self, topic: str) -> Clause:
        """ "Acme writes about sharding", "a deep dive into lock-free queues"."""
        if not self._company:
            link = "on" if re.match(r"[a-z]+ing\b", topic) else LINK.get(self._item.kind, "on")
            return Clause(f"{self._noun} {link} {topic}", "", self._noun)
        verb = self._first_free(ABOUT_VERBS)
        return Clause(f"{self._company} {verb} {topic}", verb)

    def _own_title(self, title: str) -> Clause | None:
        """A release, a "How we ..." or a gerund continues the company's name without quotation marks."""
        released = RELEASE_TITLE.match(title)
        if released:
            verb = self._first_free(("releases", "ships", "brings out"))
            what = (released["one"] or released["two"] or title).partition(": ")[0]
            what = re.sub(r"\b(?:our|my)\b", "its", what.replace("`", ""))
            what = re.sub(rf"^(?:the )?{re.escape(self._company)} +", "", what, flags=re.IGNORECASE)
            what = f"version {what.removeprefix('v')}" if re.match(r"v?\d", what) else what
            if what.casefold() == self._company.casefold():
                return None
            return Clause(f"{self._company} {verb} {what}", verb)
        told = re.match(r"(?i)(how|why) (?:we|our team|I)\b\s+(.*)", title)
        if not is_sentence_case(title) or UNFIT.search(title):
            return None
        if told and not FIRST_PERSON.search(told[2]):
            verb = self._verb(how=True)
            return Clause(f"{self._company} {verb} {told[1].lower()} it {agreed(told[2])}", verb)
        told = re.match(r"(?i)(how|why) (?!to\b|do\b|does\b)(.*)", title)
        if told and not FIRST_PERSON.search(title):
            verb = self._verb(how=True)
            return Clause(f"{self._company} {verb} {told[1].lower()} {told[2]}", verb)
        head = re.sub(r"\b(?:our|my)\b", "its", re.split(r": | [–—-] | \(", title)[0])
        if GERUND_TITLE.match(head) and not FIRST_PERSON.search(head):
            verb = "details" if "details" not in self._used else self._verb(how=False)
            return Clause(f"{self._company} {verb} {head[:1].lower()}{head[1:]}", verb)
        return None

    # ---- items of a company

    def _by_company(self, sentence: str) -> Clause | None:
        rest = _after_company(sentence, self._company)
        if rest is None:
            return self._told(sentence)
        if rest.startswith(("'s ", "’s ")):
            return self._told("its" + rest[2:])
        rest = rest.lstrip()
        first = rest.split(" ", 1)[0].lower()
        if first in REPORTING:
            return self._reported(first, rest)
        if first in MUSING:  # "shares how it wondered ...": nothing was done yet
            return None
        if is_past(first) and rest.split()[1:2] == ["by"]:  # "Acme supported by ...": no verb carries it
            return None
        if first in AUXILIARY or is_past(first):
            if first in AUXILIARY and not is_statement(f"it {rest}"):
                return None
            verb = self._verb(how=True)
            return self._clause(f"{self._company} {verb} how it {rest}", verb)
        if re.fullmatch(r"[a-z]+[a-rt-z]s", first) and first not in STATIVE:
            return self._clause(f"{self._company} {rest}", first)
        # The name goes on ("Servo 0.3.0 adds", "Kubeflow SDK v0.4 brings"): a present verb keeps the sentence.
        longer = re.match(r"((?:v?[A-Z0-9][\w.+-]*\s+){1,3})([a-z]+s)\b", rest)
        return self._clause(sentence, longer[2]) if longer and longer[2] not in AUXILIARY else None

    def _told(self, sentence: str) -> Clause | None:
        """A sentence that does not open with the company is what the company tells."""
        sentence = INVITATION.sub("", sentence)
        if OPENS_BADLY.match(sentence):
            return None
        if drops := _release_verb(self._item, sentence):
            return self._clause(sentence, drops)
        body = lower_first(sentence, self._item)
        teller = TELLER.match(body)
        if teller and teller["verb"] in REPORTING:
            return self._reported(teller["verb"], f"{teller['verb']} {teller['rest']}")
        own = rf"\b(how|why) {re.escape(self._company)}\b(?!['’.\w])"
        return self._explained(self._company, re.sub(own, r"\1 it", body, count=1))

    def _reported(self, verb: str, rest: str) -> Clause | None:
        """The sentence reports already: its verb stays, or is changed for one that was not said yet."""
        if verb not in self._used:
            return self._clause(f"{self._company} {rest}", verb)
        complement = rest.partition(" ")[2]
        if verb not in SWAPPABLE:
            return None
        other = self._verb(how=complement.lower().startswith(("how ", "why ", "what ")))
        return self._clause(f"{self._company} {other} {complement}", other)

    # ---- items without a company

    def _by_nobody(self, sentence: str) -> Clause | None:
        sentence = INVITATION.sub("", sentence)
        teller = TELLER.match(sentence)
        author = teller and re.search(r"\bauthors?$", teller["who"], re.IGNORECASE)
        if teller and teller["verb"] not in AUXILIARY and (not author or teller["verb"] in REPORTING):
            who = re.sub(r"^the author\b", "one author", teller["who"], flags=re.IGNORECASE)
            who = re.sub(r"^the\s", "a ", who, flags=re.IGNORECASE)
            return self._clause(f"{who[:1].lower()}{who[1:]} {teller['verb']} {teller['rest']}", teller["verb"])
        if OPENS_BADLY.match(sentence):
            return None
        if verb := _release_verb(self._item, sentence):
            return self._clause(sentence, verb)
        if author:
            return None
        return self._explained(self._noun, lower_first(sentence, self._item))

    # ---- both

    def _by_post(self, rest: str) -> Clause | None:
        """ "The post explains how ..." is what the company, or an article of its kind, explains."""
        verb = rest.split(" ", 1)[0]
        tells = verb in REPORTING or rest.startswith("takes a look")
        if not tells or LEANS_ON_AUTHOR.search(rest):
            return None
        if self._company:
            return self._reported(verb, rest)
        return self._clause(f"{self._noun} {rest}", verb, self._noun)

    def _explained(self, teller: str, body: str) -> Clause | None:
        """`teller` explains how ..., shares a guide to ..., or argues that ..., as the body allows."""
        noun = "" if teller == self._company else teller
        if re.match(r"(?:how|why) ", body):
            verb = self._verb(how=True)
            return self._clause(f"{teller} {verb} {body}", verb, noun)
        if NOUN_PHRASE.match(body) and not (self._company and AUTHOR.search(body)):
            verb = self._verb(how=False)
            return self._clause(f"{teller} {verb} {body}", verb) if self._company else self._clause(body, "")
        own = bool(self._company) and body.startswith("its ")
        leans = OPENS_ASIDE.match(body) or (AUTHOR if self._company else LEANS_ON_AUTHOR).search(body)
        if leans or not opens_surely(body, self._item) or not (own or is_about(body, self._item)):
            return None
        argues = self._item.kind == "opinion" and "argues" not in self._used
        verb, link = ("argues", "that") if argues else (self._verb(how=True), "how")
        clause = self._clause(f"{teller} {verb} {link} {body}", verb, noun)
        # What is left after the cut must still be a sentence of its own.
        return clause if clause and is_statement(clause.text.partition(f" {link} ")[2]) else None

    def _verb(self, *, how: bool) -> str:
        fit = HOW_VERBS if how else NOUN_VERBS
        return self._first_free((*(v for v in BY_KIND.get(self._item.kind, ()) if v in fit), *fit))

    def _first_free(self, verbs: tuple[str, ...]) -> str:
        return next((v for v in verbs if v not in self._used), verbs[0])

    def _clause(self, text: str, verb: str, noun: str = "") -> Clause | None:
        text = one_line(text)
        if self._company and text.startswith(f"{self._company} "):  # named once: "Acme shows how its queue ..."
            text = re.sub(rf"(?<=\w )(?:the )?{re.escape(self._item.company or '')}['’]s\b", "its", text)
            text = re.sub(rf"(?<=\w) (?:for|at|of) {re.escape(self._item.company or '')}\.?$", "", text)
        cut = cut_clause(text, self._limit)
        return Clause(cut, verb, noun) if cut else None


def _after_company(sentence: str, company: str) -> str | None:
    """What follows the company at the start of a sentence, with "engineers" or "the team" passed over."""
    company = company.removeprefix("the ")
    names = [company, *(f"{company} {tail}" for tail in ("engineers", "engineering", "team", "developers", "project"))]
    first, *more = company.split() or [""]
    if more and len(first) >= 4 and re.match(rf"{re.escape(first)} [a-z]", sentence):
        return sentence[len(first) :]  # "Tessera rewrote ..." at Tessera Maps
    for name in sorted(names, key=len, reverse=True):
        for start in (name, f"The {name}", f"Engineers at {name}", f"The team at {name}", f"The {name} team"):
            if sentence.lower().startswith(start.lower()) and not re.match(r"[\w.-]", sentence[len(start) :][:1]):
                return sentence[len(start) :]
    return None


def _for_whom(item: Item) -> str:
    """The first readers that the audience line names: " for backend engineers"."""
    match = re.match(r"For ([\w /-]{4,40}?)(?:,| and | who |$)", item.audience)
    return f" for {match[1]}" if match else ""


def _release_verb(item: Item, sentence: str) -> str | None:
    """The verb of "Mongoose 9 drops ...", where a release note names what was released, as its title does."""
    named = NAMED_RELEASE.match(sentence) if item.kind == "release" else None
    if not named or named[1] in AUXILIARY or sentence.split(maxsplit=1)[0] not in item.title.split():
        return None
    return named[1]
