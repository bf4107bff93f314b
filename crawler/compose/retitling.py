"""A clause of the lead paragraph from the title of an item, where none of its sentences can be one."""

from __future__ import annotations

import re

from crawler.compose.phrasing import (
    ABOUT_VERBS,
    FIRST_PERSON,
    GERUND_TITLE,
    NOUN_PHRASE,
    NOUN_VERBS,
    RELEASE_TITLE,
    UNFIT,
)
from crawler.compose.titles import explained_of, quotable, topic_of
from crawler.compose.voice import Clause, Voice
from crawler.compose.wording import agreed, is_sentence_case
from crawler.text import one_line

_NAMES = re.compile(r"[A-Z@][\w.@/+-]*(?: [A-Z][\w.+-]*){0,3}")  # "Harbour Studio", and no "Better Drawings for ports"


def from_title(voice: Voice) -> Clause:
    """A clause that needs no sentence: a release, "how to ...", what the title is about, or the title in quotation
    marks."""
    title = one_line(voice.item.title).rstrip(".")
    told = _released(title, voice) or (_own_title(title, voice) if voice.company else None)
    if told:
        return told
    if how := explained_of(voice.item):
        verb = voice.verb(how=True)
        noun = "" if voice.company else voice.noun
        how = re.sub(rf"^(how|why) {re.escape(voice.company)}\b(?!['’])", r"\1 it", how) if voice.company else how
        return Clause(f"{voice.company or voice.noun} {verb} {how}", verb, noun)
    if topic := topic_of(voice.item):
        return _on(topic, voice)
    return _quoted(title, voice)


def _on(topic: str, voice: Voice) -> Clause:
    """ "Acme writes about sharding", "a deep dive into lock-free queues"."""
    if not voice.company and re.match(r"(?:an?|the) ", topic) and NOUN_PHRASE.match(topic):
        return Clause(topic, "")
    if not voice.company:
        acts = re.match(r"[a-z]+ing\b|(?:how|why|what)\b", topic)
        link = voice.link if voice.link == "at" or not acts else "on"
        return Clause(f"{voice.noun} {link} {topic}", "", voice.noun)
    topic = re.sub(rf"^(?:the )?{re.escape(voice.company.removeprefix('the '))} (?=\S)", "its ", topic)
    topic = re.sub(rf"\b(?:the )?{re.escape(voice.company.removeprefix('the '))}['’]s (?=\S)", "its ", topic)
    doubled = "writes about" if topic.startswith(("writing", "how to write")) else ""
    verb = voice.first_free(tuple(verb for verb in ABOUT_VERBS if verb != doubled))
    return Clause(f"{voice.company} {verb} {topic}", verb)


def _quoted(title: str, voice: Voice) -> Clause:
    quoted = quotable(voice.item)
    if voice.company and quoted and title.endswith("?"):
        verb = voice.first_free(("asks", "wonders"))
        return Clause(f"{voice.company} {verb} {quoted}", verb)
    if voice.company:
        verb = voice.first_free(NOUN_VERBS[2:])
        said = quoted or f"{voice.noun}{_for_whom(voice)}"
        return Clause(f"{voice.company} {verb} {said}", verb, empty=not quoted)
    if quoted and title.endswith("?"):
        verb = voice.first_free(("asks", "wonders"))
        return Clause(f"{voice.noun} {verb} {quoted}", verb, voice.noun)
    if not quoted:
        return Clause(f"{voice.noun}{_for_whom(voice)}", "", voice.noun, empty=True)
    verb = voice.first_free(("is", "offers", "brings"))
    return Clause(f"{quoted} {verb} {voice.noun}{_for_whom(voice)}", verb, voice.noun, empty=True)


def _released(title: str, voice: Voice) -> Clause | None:
    """ "Acme releases Relay 3", or "Relay 3 is out" where nobody is named who made it."""
    heads = [title]
    if voice.item.kind == "release":
        head = re.split(r": | [–—-] ", re.sub(r"(?i)^(?:what['’]s )?new in (?:version )?(?=\S)", "", title))[0]
        heads.append(head)
    found = next((match for head in heads if (match := RELEASE_TITLE.match(head))), None)
    if not found:
        return None
    what = (found["one"] or found["two"] or found[0]).partition(": ")[0]
    if not voice.company:
        named = voice.item.kind == "release" and what[:1].isupper() and not FIRST_PERSON.search(what)
        if named and re.search(r"\d", what):
            return Clause(f"{what} is out", "is")
        return _arrived(what, voice) if named and found["one"] and _NAMES.fullmatch(what) else None
    what = re.sub(r"\b(?:our|my)\b", "its", what.replace("`", ""))
    what = re.sub(rf"^(?:the )?{re.escape(voice.company)} +", "", what, flags=re.IGNORECASE)
    what = f"version {what.removeprefix('v')}" if re.match(r"v?\d", what) else what
    if what.casefold() == voice.company.casefold():
        return None
    shipped = voice.item.kind == "release" or re.search(r"\d", what)
    verbs = ("releases", "ships", "brings out") if shipped else ("announces", "introduces")
    verb = voice.first_free(verbs)
    return Clause(f"{voice.company} {verb} {what}", verb)


def _arrived(what: str, voice: Voice) -> Clause:
    """ "Harbour Studio arrives, a better way to draw ports": what a title introduces, with what it says it is."""
    topic = topic_of(voice.item) or ""
    said = f", {topic}" if re.match(r"an? ", topic) else ""
    return Clause(f"{what} arrives{said}", "arrives")


def _own_title(title: str, voice: Voice) -> Clause | None:
    """A "How we ..." or a gerund continues the company's name without quotation marks."""
    told = re.match(r"(?i)(how|why) (?:we|our team|I)\b\s+(.*)", title)
    if not is_sentence_case(title) or UNFIT.search(title):
        return None
    if told and not FIRST_PERSON.search(told[2]):
        verb = voice.verb(how=True)
        return Clause(f"{voice.company} {verb} {told[1].lower()} it {agreed(told[2])}", verb)
    told = re.match(r"(?i)(how|why) (?!to\b|do\b|does\b)(.*)", title)
    if told and not FIRST_PERSON.search(title):
        verb = voice.verb(how=True)
        told_by_it = re.sub(rf"^{re.escape(voice.company)}['’]s\b", "its", told[2])
        told_by_it = re.sub(rf"^{re.escape(voice.company)}\b(?!['’])", "it", told_by_it)
        return Clause(f"{voice.company} {verb} {told[1].lower()} {told_by_it}", verb)
    head = re.sub(r"\b(?:our|my)\b", "its", re.split(r": | [–—-] | \(", title)[0])
    head = re.sub(rf" (?:at|in) {re.escape(voice.company)}$", "", head)
    if GERUND_TITLE.match(head) and not FIRST_PERSON.search(head):
        verb = voice.first_free(
            ("details", "describes", "discusses", "writes about")
        )  # one does not "share celebrating"
        return Clause(f"{voice.company} {verb} {head[:1].lower()}{head[1:]}", verb)
    return None


def _for_whom(voice: Voice) -> str:
    """The first readers that the audience line names: " for backend engineers"."""
    match = re.match(r"For ([\w /-]{4,40}?)(?:,| and | who |$)", voice.item.audience)
    return f" for {match[1]}" if match else ""
