"""What an article's author says of it: the description that came with it, where it is good enough to print."""

from __future__ import annotations

import re

from crawler.label.edits.agreement import agree_clause
from crawler.label.edits.rewrite import rewrite
from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.measures import repeats, stems, word_count
from crawler.label.sentences.splitting import clean_sentence, split_sentences
from crawler.label.sentences.standalone import goes_on
from crawler.label.sentences.subjectless import tells_of_nobody
from crawler.label.sentences.verbless import is_heading, lacks_verb
from crawler.label.speakers.actor import Actor
from crawler.label.view import View

_NOUN_PHRASE = re.compile(
    (
        r"^(?:an?|the) (?:[\w-]+ ){0,2}(?:example|overview|introduction|look|guide|tour|summary|discussion|"
        r"description|comparison|"
        r"walk-?through|recap|list|collection|story|tutorial|analysis)\b|^(?:overview|discussion|description|"
        r"introduction|comparison|summary|analysis) of\b"
    ),
    re.IGNORECASE,
)
_STORY = re.compile(r"(?:[\w-]+ ){0,3}(?:story|tale)\b", re.IGNORECASE)
_NEWS = 3  # words of its own that a description must have beside the title's, and beside these that any may have
_ANY = stems(
    "post article blog page provides information gives overview details detailed describes discusses explains covers "
    "shares changes updates announcement announces summary releases released notes version read learn find latest new"
)
_LONG = 3  # spaces of a title that no sentence begins with by chance
_COMPARED = 50  # letters of a description that tell whether it was copied
_BEGINNING = 3000  # characters of the text where it may have been copied from
_LEARN = re.compile(
    r"^(?:learn|discover|find out|see|read|understand)(?: about)? (?=(?:how|what|why|when|where) )", re.IGNORECASE
)
# What an article does, without saying that it is the article: "Explores the limits of", "Explore the limits of".
_DOES = re.compile(
    r"^(?:describes|details|discusses|documents|examines|explains|explores|introduces|investigates|outlines|presents|"
    r"reviews|shows|summari[sz]es|walks through|looks (?:at|into)|takes a (?:closer |deep )?look at) "
    r"(?!(?:of|and|or|is|are|for|from|with)\b)",
    re.IGNORECASE,
)
# "Reducing the footprint of our site, focussing on its pictures": what the article is about
_DOING = re.compile(
    r"^(?!(?:During|Nothing|Everything|Something|Anything|Spring|Bring)\b)[A-Z][a-z]+ing "
    r"(?=(?:the|an?|our|your|all|how|[a-z]+s)\b)"
)
_INVITES = re.compile(r"^(?:explore|dive into|take a (?:closer |deep )?look at|look at) (?=[a-z])", re.IGNORECASE)
_SAID_BY = {"explore": "explores", "dive": "looks", "take": "takes", "look": "looks"}
_BEFORE_CLAUSE = re.compile(r" (?:that|how|which|who|where) ")
_QUESTION_WORD = re.compile(r"^(?:how|why|what) (?!(?:is|are|do|does|did|can|should|will|would)\b)", re.IGNORECASE)


def description_of(view: View, actor: Actor, most: int) -> list[str]:
    """The author's own description, sentence by sentence, when all of what we take of it is clean; `most` words."""
    text = _without_title(clean_sentence(view.description), view.title)
    if not text or _excerpt(text, view) or (text.endswith(("…", "...", "[…]")) and not re.search(r"[.!] ", text)):
        return []
    known = stems(f"{view.title} {view.body}")
    parts: list[str] = []
    for raw in split_sentences(text)[:3]:
        if view.body and _foreign(raw, known):  # a slogan of the site, not of the article
            break
        whole = raw if re.search(r"[.!?…][\"”’)]*$", raw) else raw + "."
        edited = rewrite(_told(whole, actor), actor, named=bool(parts))
        words = word_count(edited)
        if not edited or fault_of(edited, lead=not parts) or words > 50 or words < (6 if parts else 9):
            break
        if not parts and len(stems(edited) - stems(view.title) - _ANY) < _NEWS:  # the title in other words
            break
        if (
            lacks_verb(edited)
            or is_heading(edited)
            or (not parts and goes_on(edited))
            or tells_of_nobody(edited, item=False)
            or repeats(edited, view.title)
            or sum(map(word_count, parts)) + words > most
        ):
            break
        parts.append(edited)
    return parts


def _without_title(text: str, title: str) -> str:
    """A description without the title that some generators put before its first sentence, with no stop between."""
    long = title.count(" ") >= _LONG  # a short one may well be how a sentence begins
    rest = text[len(title) :] if long and text.lower().startswith(title.lower()) else ""
    return rest.strip() if re.match(r"\s+[A-Z]", rest) else text


def _excerpt(text: str, view: View) -> bool:
    """Whether a description is only the article's beginning, as many site generators make it: nobody chose it."""
    opening = _letters(text)[:_COMPARED]
    return len(opening) > _COMPARED // 2 and opening in _letters(view.body[:_BEGINNING])


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _foreign(sentence: str, known: frozenset[str]) -> bool:
    """Whether hardly any of a sentence's words occur in the article."""
    words = stems(sentence)
    return len(words & known) < 0.4 * len(words)


def _told(line: str, actor: Actor) -> str:
    """A description that is only the object of a sentence, as a sentence: "How we cut costs" is what they tell."""
    if invited := _LEARN.match(line):
        return f"The post explains {line[invited.end() :]}"
    if _DOES.match(line):
        return f"The post {line[0].lower()}{line[1:]}"
    if _INVITES.match(line):
        verb, _, rest = line.partition(" ")
        return f"The post {agree_clause(f'{_SAID_BY[verb.lower()]} {rest}', telling=True)}"
    if _QUESTION_WORD.match(line) and not line.endswith("?"):
        how = line[0].lower() + line[1:]
        return f"{actor.name} explains {how}" if re.search(r"\b(?:we|our|I|my)\b", line) else f"The post explains {how}"
    if _DOING.match(line) and lacks_verb(line.partition(",")[0] + "."):
        return f"The post is about {line[0].lower()}{line[1:]}"
    if _NOUN_PHRASE.match(line) and lacks_verb(" ".join(_BEFORE_CLAUSE.split(line)[0].split()[:8])):
        article = (
            "" if re.match(r"(?:an?|the) ", line, re.IGNORECASE) else "an " if line[0].lower() in "aeiou" else "a "
        )
        gives = "tells" if _STORY.match(line) else "gives"
        return f"The post {gives} {article}{line[0].lower()}{line[1:]}"
    return line
