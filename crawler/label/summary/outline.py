"""Notes: an article's own outline as a Markdown list, numbered points with bold labels, for the list form.

Points are the headings that divide the text, each with the first sentence below it that can stand alone, or with the
list below it; an article without headings gives the labelled items of its list. Nothing is written anew: sentences
are edited as those of a summary are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.label.edits.rewrite import rewrite
from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.measures import repeats, stems, word_count
from crawler.label.sentences.splitting import clean_sentence, split_sentences, without_number
from crawler.label.sentences.verbless import is_heading, lacks_verb
from crawler.label.speakers.actor import Actor
from crawler.label.speakers.company import find_company
from crawler.label.speakers.speaker import speaker_of
from crawler.label.taxonomy.model import Taxonomy
from crawler.label.view import view_of
from crawler.model import Block, Document
from crawler.text import escape_markdown, one_line

MOST_POINTS = 6
_LEAST_POINTS = 2
_MOST_BELOW = 4  # items of a list below a point
_LABEL_WORDS = 9
_SENTENCE_WORDS = 36
_SHORT = 7  # words; a shorter sentence must have a verb that is surely one
_LOOKED_AT = 6  # sentences of a section
_OPENING = 10  # words of a sentence that tell what it is about
_WORTH = 0.4  # of a sentence below a label
_TELLING = 3  # content words of a label that says something by itself; one less where it is of the title
_FIGURE = re.compile(r"\d")

_FURNITURE = re.compile(
    r"^(?:introduction|intro|overview|about\b.*|background|motivation|preface|prologue|tl;?\s?dr|abstract"
    r"|(?:in )?summary\b.*|conclusions?\b.*|concluding\b.*|closing\b.*|final (?:thoughts|words|remarks)"
    r"|wrap(?:ping)?[ -]up|epilogue|outro|the end|moving on|recap|appendix\b.*|references?\b.*|bibliography|citations?"
    r"|quick[ -]?start|work in progress|(?:the )?short answer|some \w+|for \w+(?: and \w+)*|from the \w+(?: \w+)?"
    r"|one layer deeper|(?:major |main |our )?goals\b.*|highlights\b.*|released \w+|test(?:ing)? it|try it\b.*"
    r"|footnotes?|notes?|acknowledge?ments?|thanks?\b.*|credits|further (?:reading|information)|read more|see also"
    r"|related\b.*|links|resources|useful links|more\b.*|(?:table of )?contents|toc|comments?|share\b.*"
    r"|authors?|contact\b.*|(?:list of )?contributors?|sponsors?|hiring|join us"
    r"|we.re hiring|(?:how to )?gett?(?:ing)? involved|what.s next|next steps?|known issues?\b.*|(?:revision )?history"
    r"|download\b.*|upgrade\b.*|original post|by\b.*|donations?|funding"
    r"|updates?(?: [\d-]+)?|edit\b.*|changelog|faqs?|questions?|disclaimer"
    r"|license|newsletter|subscribe\b.*|feedback|demo|code|source code|repository|tags?|prerequisites?"
    r"|requirements|installation|setup|usage|example|getting started)\W*$",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|I|I['’]m|my|me|mine|let['’]s)\b")
# What a label of somebody's mood or a remark to the reader begins with.
_CHATTY = re.compile(r"^(?:ok|okay|so|but|and|finally|oh|hey|wait|well|now|let|lets)\b|!", re.IGNORECASE)
# Sentences that point at what stands around them, or speak to the reader.
_POINTING = re.compile(
    r"^\(|^(?:view|look|below|above|here|now|note|notice|obviously|of course|if all|to recap|both|all of|another|other"
    r"|as (?:mentioned|noted|said|you)|these|those|such|then|next|first|second|third|finally|again|later|earlier"
    r"|luckily|(?:un)?fortunately|with that|once|what(?:['’]s)?|why|how|who|where)\b|\bauthor don['’]t\b|\bonces\b"
    r"|\b(?:below|above|the following|as follows|in this section|(?:previous|next|last) sections?|you|your|yours)\b"
    r"|^(?:\W*\w+\W+){0,4}(?:it|he|she|they)\b"
    r"|\b(?:the author|they|the team) (?:will|explains?|lists?|shows?|looks?|needs? a)\b",
    re.IGNORECASE,
)
# Which ones was told before: "Only the last two need a person.", "Two of them are full."
_COUNTED = re.compile(
    r"^(?:only |all |just |both |about )*(?:the )?(?:(?:first|last|next|other|remaining|rest) ?)?"
    r"(?:one|two|three|four|five|six|seven|ten|others?|rest|last|first|next|former|latter)?"
    r"(?<=[a-z]) (?:of (?:them|these|those)|(?:is|are|was|were|has|have|had|can|will|do|does|did|needs?|comes?|goes|go|"
    r"makes?|takes?|gets?|gives?|uses?|works?|runs?)) ",
    re.IGNORECASE,
)
# A verb or a preposition whose object stood before the list: "depends on to serve".
_GAP = re.compile(r"\b(?:on|with|for|in|of|from|into|at) to [a-z]+\b")
# What an item of a list begins with when it only goes on from the words above the list.
_GOES_ON = re.compile(r"[A-Z][a-z]+(?:ing|ed) |(?:In|When|On|For|With|If|At|From|To|No|Will|Don['’]t|By) ")
_TICKET = re.compile(r"#?(?:[A-Z][A-Z0-9]+-)?\d+|.*#\d{2,}.*")
_OWNED = re.compile(r"^(?:our|my)\s+(?=\S)", re.IGNORECASE)
_MARKED = re.compile(r"[{}<>=`$_@…\[\]|]|::|https?:|\(\)|\.\.\.")
_LABELLED = re.compile(r"([^:–—.!?]{3,60}?)(?::\s+| [–—] | - )(?=\S)(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Point:
    """A point as plain text; `label` or `text` may be empty. `weight` is how much the article says of it."""

    label: str
    text: str
    below: tuple[_Point, ...] = ()
    weight: int = 0


def outline(document: Document, taxonomy: Taxonomy, summary: str = "") -> str:
    """The notes of an article, or an empty string for one without an outline.

    What the `summary` says is not said again.
    """
    view = view_of(document)
    teller = _Teller(speaker_of(view, taxonomy, *find_company(view, taxonomy)), document.title, summary)
    points = _of_headings(view.prose, teller) or _of_list(view.prose, teller)
    return _markdown(points)


class _Teller:
    """Sentences that may stand in notes, each once."""

    def __init__(self, actor: Actor, title: str, summary: str) -> None:
        self._actor = actor
        self._title = title
        self._said = [stems(sentence) for sentence in split_sentences(summary)]

    def sentence(self, text: str, *, most: int = _SENTENCE_WORDS) -> str:
        """A sentence in the third person, empty where it cannot stand alone."""
        # The more often a sentence says "I", the less its edited form reads like a note.
        if len(_FIRST_PERSON.findall(text)) > (1 if self._actor.person else 2):
            return ""
        told = rewrite(text, self._actor)
        if not 5 <= word_count(told) <= most or fault_of(told, lead=True) or _FIRST_PERSON.search(told):
            return ""
        if is_heading(told) or repeats(told, self._title) or _MARKED.search(told) or _POINTING.search(told):
            return ""
        if (word_count(told) < _SHORT and lacks_verb(told)) or _COUNTED.match(told) or _GAP.search(told):
            return ""
        return "" if self._was_said(told) else told

    def best(self, label: str, blocks: Sequence[Block]) -> str:
        """The sentence near a section's beginning that speaks of its label, or at the very beginning of the article's
        subject, and can stand alone; empty where there is none: a label alone says more than a detail."""
        texts = (clean_sentence(b.text) for b in blocks if b.kind == "paragraph")
        sentences = [sentence for text in texts for sentence in split_sentences(text)][:_LOOKED_AT]
        about, subject = stems(label), stems(self._title)

        def worth(place: int, told: str) -> float:
            words = stems(told)
            opening = stems(" ".join(told.split()[:_OPENING]))
            of_label = 0.6 * bool(words & about) + 0.6 * bool(opening & about)
            return of_label + 0.4 * bool(opening & subject or _FIGURE.search(told)) - 0.15 * place

        found = [(worth(n, told), -n, told) for n, one in enumerate(sentences) if (told := self.sentence(one))]
        best = max(found, default=(0.0, 0, ""))
        return self.say(best[2]) if best[0] >= _WORTH else ""

    def tells(self, label: str) -> bool:
        """Whether a label says something without a sentence below it."""
        words = stems(label)
        return len(words) + bool(words & stems(self._title)) >= _TELLING and not re.search(r"[,?]", label)

    def say(self, told: str) -> str:
        """Remember a sentence as said."""
        self._said.append(stems(told))
        return told

    def _was_said(self, text: str) -> bool:
        words = stems(text)
        return any(len(words & said) >= 0.7 * min(len(words), len(said)) for said in self._said if said and words)


# ---------------------------------------------------------------- points from headings


def _of_headings(prose: Sequence[Block], teller: _Teller) -> list[_Point]:
    for level in sorted({b.level for b in prose if b.kind == "heading"}):
        points = [_point(label, blocks, teller) for label, blocks in _sections(prose, level)]
        told = [point for point in points if point.text or point.below]
        some = [point for point in points if point in told or teller.tells(point.label)]
        if len(told) >= _LEAST_POINTS or (told and len(some) > _LEAST_POINTS):
            return _heaviest(some)
    return []


def _sections(prose: Sequence[Block], level: int) -> Iterator[tuple[str, list[Block]]]:
    """(label, blocks) of each section at a level that has something to say."""
    label, blocks = "", list[Block]()
    for block in prose:
        if block.kind == "heading" and block.level <= level:
            if label:
                yield label, blocks
            label, blocks = (_label(block.text) if block.level == level else ""), []
        else:
            blocks.append(block)
    if label:
        yield label, blocks


def _point(label: str, blocks: Sequence[Block], teller: _Teller) -> _Point:
    own = _until_heading(blocks) or blocks
    runs = _runs(own)
    below = tuple(_items(runs[0], teller)) if runs else ()
    text = teller.best(label, own)
    return _Point(label, text, below if len(below) >= 2 else (), sum(word_count(b.text) for b in blocks))


def _until_heading(blocks: Sequence[Block]) -> list[Block]:
    end = next((place for place, block in enumerate(blocks) if block.kind == "heading"), len(blocks))
    return list(blocks[:end])


def _label(heading: str) -> str:
    """A heading as a label, empty for one that says nothing of the subject."""
    label = without_number(heading).strip(" .,;:–—-*#¶")
    label = _OWNED.sub("", label)
    if _FURNITURE.match(label) or _CHATTY.search(label) or _FIRST_PERSON.search(label) or _MARKED.search(label):
        return ""
    if (label.isupper() and " " in label) or _TICKET.fullmatch(label):
        return ""
    if not 1 <= word_count(label) <= _LABEL_WORDS or label.count("(") != label.count(")"):
        return ""
    return label[0].upper() + label[1:] if re.match(r"[a-z]+(?:-[a-z]+)*\s|[a-z]+$", label) else label


# ---------------------------------------------------------------- points from lists


def _of_list(prose: Sequence[Block], teller: _Teller) -> list[_Point]:
    """The items of the longest list whose items have labels."""
    lists = sorted(_runs(prose), key=lambda run: -sum(word_count(b.text) for b in run))
    for run in lists[:3]:
        points = [point for point in _items(run, teller, most=MOST_POINTS) if point.label]
        if len(points) >= 3:
            return points
    return []


def _runs(blocks: Sequence[Block]) -> list[list[Block]]:
    """Lists of two items and more."""
    runs: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "item":
            runs[-1].append(block)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) >= 2]


def _items(run: Sequence[Block], teller: _Teller, most: int = _MOST_BELOW) -> list[_Point]:
    found: list[_Point] = []
    for block in run:
        if len(found) == most:
            break
        line = clean_sentence(block.text)
        if re.match(r"[a-z]+ ", line):  # it goes on from the words above the list
            continue
        match = _LABELLED.match(line)
        label, rest = (_label(match[1]), match[2]) if match else ("", line)
        if match and not label:
            continue
        sentences = split_sentences(rest)
        first = sentences[0] if sentences else ""
        told = teller.sentence(_ended(first), most=30)
        if told and (label or not _GOES_ON.match(told)):
            found.append(_Point(label, teller.say(told)))
    return found


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence[-1] in ".!?…:;," else sentence + "."


# ---------------------------------------------------------------- as Markdown


def _heaviest(points: Sequence[_Point]) -> list[_Point]:
    """Those of which the article says most, in its own order."""
    order = sorted(range(len(points)), key=lambda n: (-points[n].weight, n))
    return [points[n] for n in sorted(order[:MOST_POINTS])]


def _markdown(points: Sequence[_Point]) -> str:
    lines = []
    for number, point in enumerate(points, 1):
        lines.append(f"{number}. {_line(point)}")
        lines.extend(f"   - {_line(below)}" for below in point.below)
    return "\n".join(lines)


def _line(point: _Point) -> str:
    label, text = escape_markdown(one_line(point.label)), escape_markdown(one_line(point.text))
    if label and text:
        return f"**{label}**: {text}"
    return f"**{label}**" if label else text
