"""A clause of the lead paragraph from a sentence of the item: who is it about, and how does it go on."""

from __future__ import annotations

import re

from crawler.compose.phrasing import (
    AUTHOR,
    INVITATION,
    LEANS_ON_AUTHOR,
    NAMED_RELEASE,
    NOUN_PHRASE,
    OF_YEARS,
    ONLY_RELEASED,
    OPENS_ASIDE,
    OPENS_BADLY,
    TELLER,
)
from crawler.compose.voice import Clause, Voice
from crawler.compose.wording import (
    AUXILIARY,
    MUSING,
    REPORTING,
    SERVING,
    STATIVE,
    SWAPPABLE,
    cut_clause,
    is_about,
    is_past,
    is_statement,
    lower_first,
    opens_surely,
)
from crawler.model import Item
from crawler.text import one_line

# What happened is told, and not argued.
_HAPPENED = re.compile(r"^[^,]*?\b(?:[a-z]+ed (?:with|to|in|by|the|its|an?)|was|were|had|did)\b")


class Retelling:
    """One item's sentences on their way to a clause of at most `limit` words."""

    def __init__(self, voice: Voice, limit: int) -> None:
        self._voice = voice
        self._item = voice.item
        self._company = voice.company
        self._limit = limit

    def of(self, sentence: str) -> Clause | None:
        """The sentence as a clause; None where it cannot be one."""
        if ONLY_RELEASED.search(sentence):
            return None
        if sentence.startswith("The post "):
            return self._by_post(sentence.removeprefix("The post "))
        return self._by_company(sentence) if self._company else self._by_nobody(sentence)

    # ---- items of a company

    def _by_company(self, sentence: str) -> Clause | None:
        rest = _after_company(sentence, self._company)
        if rest is None:
            return self._told(sentence)
        if rest.startswith(("'s ", "’s ")):
            return self._told("its" + rest[2:])
        rest = _now_told(rest.lstrip())
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
            verb = self._voice.verb(how=True)
            return self._clause(f"{self._company} {verb} how it {rest}", verb)
        if first in SERVING and self._item.kind != "release":
            return None
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
        if verb not in self._voice.used:
            return self._clause(f"{self._company} {rest}", verb)
        complement = rest.partition(" ")[2]
        if verb not in SWAPPABLE:
            return None
        other = self._voice.verb(how=complement.lower().startswith(("how ", "why ", "what ")))
        return self._clause(f"{self._company} {other} {complement}", other)

    # ---- items without a company

    def _by_nobody(self, sentence: str) -> Clause | None:
        sentence = INVITATION.sub("", sentence)
        if OF_YEARS.search(sentence):
            return None
        teller = TELLER.match(sentence)
        author = teller and re.search(r"\bauthors?$", teller["who"], re.IGNORECASE)
        if teller and teller["verb"] not in AUXILIARY and (not author or teller["verb"] in REPORTING):
            who = re.sub(r"^the author\b", "one author", teller["who"], flags=re.IGNORECASE)
            who = re.sub(r"^[Tt]he (?=[a-z])", "a ", who)  # "a team", but "the Kestrel team"
            return self._clause(f"{who[:1].lower()}{who[1:]} {teller['verb']} {teller['rest']}", teller["verb"])
        if OPENS_BADLY.match(sentence):
            return None
        if verb := _release_verb(self._item, sentence):
            return self._clause(sentence, verb)
        if author:
            return None
        return self._explained(self._voice.noun, lower_first(sentence, self._item))

    # ---- both

    def _by_post(self, rest: str) -> Clause | None:
        """ "The post explains how ..." is what the company, or an article of its kind, explains."""
        rest = _without_example(rest, self._item.title)
        verb = rest.split(" ", 1)[0]
        tells = verb in REPORTING or rest.startswith("takes a look")
        if not tells or LEANS_ON_AUTHOR.search(rest):
            return None
        if self._company:
            return self._reported(verb, rest)
        return self._clause(f"{self._voice.noun} {rest}", verb, self._voice.noun)

    def _explained(self, teller: str, body: str) -> Clause | None:
        """`teller` explains how ..., shares a guide to ..., or argues that ..., as the body allows."""
        noun = "" if teller == self._company else teller
        if re.match(r"(?:how|why) ", body):
            verb = self._voice.verb(how=True)
            return self._clause(f"{teller} {verb} {body}", verb, noun)
        if NOUN_PHRASE.match(body) and not (self._company and AUTHOR.search(body)):
            verb = self._voice.verb(how=False)
            return self._clause(f"{teller} {verb} {body}", verb) if self._company else self._clause(body, "")
        own = bool(self._company) and body.startswith("its ")
        leans = OPENS_ASIDE.match(body) or (AUTHOR if self._company else LEANS_ON_AUTHOR).search(body)
        if leans or not opens_surely(body, self._item) or not (own or is_about(body, self._item)):
            return None
        argues = self._item.kind == "opinion" and "argues" not in self._voice.used and not _HAPPENED.search(body)
        verb, link = ("argues", "that") if argues else (self._voice.verb(how=True), "how")
        clause = self._clause(f"{teller} {verb} {link} {body}", verb, noun)
        # What is left after the cut must still be a sentence of its own.
        return clause if clause and is_statement(clause.text.partition(f" {link} ")[2]) else None

    def _clause(self, text: str, verb: str, noun: str = "") -> Clause | None:
        text = one_line(text)
        if self._company and text.startswith(f"{self._company} "):  # named once: "Acme shows how its queue ..."
            text = re.sub(rf"(?<=\w )(?:the )?{re.escape(self._item.company or '')}['’]s\b", "its", text)
            text = re.sub(rf"\b(how|why|that) {re.escape(self._item.company or '')} (?=[a-z])", r"\1 it ", text)
            text = re.sub(rf"(?<=\w) (?:for|at|of) {re.escape(self._item.company or '')}\.?$", "", text)
        cut = cut_clause(text, self._limit)
        return Clause(cut, verb, noun) if cut else None


def _now_told(rest: str) -> str:
    """What was told in the past is told in the article: "took a look at", "discussed"."""
    rest = re.sub(r"^(?:took|has taken) a (?:\w+ )?look (?=(?:at|into)\b)", "looks ", rest)
    return re.sub(r"^(compare|describe|discusse|detail|explain|explore|examine|outline|share)e?d\b", r"\1s", rest)


def _without_example(rest: str, title: str) -> str:
    """ "Describes warming caches: most caches are cold" up to the colon, where the title is what is described."""
    head, colon, _ = rest.partition(": ")
    known = set(re.findall(r"\w+", title.lower()))
    told = re.findall(r"\w+", head.lower())[1:]
    return head if colon and sum(word in known for word in told) >= max(2, len(told) / 2) else rest


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


def _release_verb(item: Item, sentence: str) -> str | None:
    """The verb of "Mongoose 9 drops ...", where a release note names what was released, as its title does."""
    named = NAMED_RELEASE.match(sentence) if item.kind == "release" else None
    if not named or named[1] in AUXILIARY or sentence.split(maxsplit=1)[0] not in item.title.split():
        return None
    return named[1]
