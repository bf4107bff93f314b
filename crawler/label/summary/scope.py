"""What an article covers, by the headings that divide it: "SVGs, CSS transforms, and container queries", "installing
the operator, adding a source, and measuring its lag". They are told as a sentence lists them: names keep their
capitals, steps that order something become what is done.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from crawler.cued import any_of
from crawler.label.sentences.measures import stems, word_count
from crawler.label.sentences.splitting import without_number
from crawler.label.sentences.verbless import VERB_LIKE
from crawler.label.summary.cues import FURNITURE
from crawler.label.view import View
from crawler.text import COMMON_ENDING, SMALL_IN_TITLES, series

_MOST_POINTS = 4
_MOST_WORDS = 6  # of one point
_MOST_HEADINGS = 24  # of a text that is divided by them; more are entries of a reference
_LITERAL = 0.75  # share of a heading's words that the text below uses
_ROOT = 6  # letters that the forms of a word share
_ORDINAL = r"(?: ?(?:#?\d+|[ivx]+|one|two|three|four|five|six))?"
_LABEL = re.compile(
    r"^(?:step|part|tip|lesson|approach|option|idea|mistake|method|example|experiment|iteration|attempt|technique|"
    r"strategy|challenge|problem|solution|feature|phase|stage|reason|rule|principle|use case|level|chapter|section|"
    rf"proposal|case study|optional|bonus){_ORDINAL}\s*[:.–—-]\s+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^()]*\)$")
# Marks of code, questions, persons, the page itself and figures of speech: no point of a list.
_MARKS = r"[?!{}<>=`$_@~…→↔“”‘\"\[\]#%/|():;,*]|\. |https?|\w\.\w+\("
_PERSONS = r"\b(?:we|our|us|I|my|me|you|your|they|their|he|his|she|her|let['’]?s|this|that|these|those|it|its|here)\b"
_SPOKEN = (
    r"\b(?:rescue|fun|profit|magic|party|bits|story|stories|journey|verdict|surprise|hello|goodbye|welcome|enter|"
    r"today|tomorrow|yesterday|deeper|bigger picture|takeaways?|digression|myths|insider|etc|more|everything|nothing|"
    r"something|yes|not|was|were|part \d|post|article|blog|series|podcast|epilogue|citations?|footnotes?|sources|faq|"
    r"\d{4})\b|"
    r"^(?:the|all) (?:two|three|four|five|six|seven|\d+)\b"
)
_UNFIT = re.compile(any_of(_MARKS, _PERSONS, _SPOKEN), re.IGNORECASE)
# What headings of any text say.
_PLAIN = re.compile(
    r"(?:(?:the|an?|some|our|final|key|main|current|future|brief|quick|general|initial|next|other|another|technical|"
    r"important|known|new|notable|critical|useful|release|major|minor|breaking|bug|original|issue|incident|executive|"
    r"additional) )*"
    r"(?:conclusions?|summary|introductions?|overview|abstract|background|motivations?|highlights|misc\w*|basics?|"
    r"fundamentals|design|implementation|performance|benchmarks?|evaluation|testing|tests|deployment|architecture|"
    r"problems?|problem space|solution space|solutions?|goals?|non-goals|objectives?|future|works?|related work|"
    r"method(?:s|ology)?|experiments?|discussion|limitations?|analysis|setup|set up|installation|installing|usage|"
    r"examples?|configuration|requirements|preparation|building|terminology|concepts?|context|history|timeline|impact|"
    r"root cause|resolution|detection|operations|teams?|language|workflows?|challenges?|approach(?:es)?|options?|"
    r"details|decision|proposal|experience|plan|wrap\w*|closing|thoughts|words|remarks|recap|outro|outlook|steps?|"
    r"directions?|lessons|acknowledge?ments?|references|appendix\w*|resources|reading|credits|state|status|issues|"
    r"getting started|quick ?start|prerequisites|tips|notes?|results?|data|dataset|talks?|questions?|code|demo|"
    r"outcomes?|improvements|features|changes|fixes|updates?|benefits|advantages|disadvantages|pros|cons|trade-?offs|"
    r"goal|idea|ideas|aftermath|beginnings?|downsides?|sharp edges|looking (?:ahead|back)|"
    r"moving (?:on|forward)|revision history|table of contents|why|how|what|when|closing the loop|putting .*|"
    r"getting .*|sessions?|projects?|contributors|links|"
    r"update coming|scenarios?|detail|takeaways?|fix|history|cost|price|upgrade path)"
    r"(?: (?:and|&|vs\.?|of|for|to|in) (?:the )?(?:\w+ )?\w+| \d+)?",
    re.IGNORECASE,
)
# What a step orders; those of the second line are nouns as well ("Test setup", "Profile script"), and order something
# only where it is told apart: "Test the port", "Run jobs".
_STEPS = (
    "add|allow|analy[sz]e|apply|avoid|choose|compare|compile|configure|connect|convert|create|define|deploy|"
    "disable|enable|ensure|explore|expose|extend|extract|generate|ignore|implement|improve|install|integrate|"
    "manage|merge|migrate|mount|unmount|move|optimi[sz]e|rebuild|parse|prepare|publish|reduce|remove|rename|"
    "replace|require|restart|restrict|reuse|secure|separate|serve|set up|simplify|split|tune|use|validate|verify|"
    "visuali[sz]e|write"
)
_NOUNS_TOO = (
    "attach|build|cache|change|check|clone|copy|delete|design|download|export|fix|handle|import|launch|limit|load|"
    "measure|monitor|package|inspect|profile|register|restore|run|scale|schedule|share|start|stop|store|switch|test|"
    "track|train|update|upgrade|view|wrap"
)
_NO_OBJECT = "is|are|was|of|case|cases|time|up|and|in|on|for|with"
_STEP = re.compile(
    rf"(?:(?:{_STEPS}) (?:(?=and (?:{_STEPS}|{_NOUNS_TOO}) )|(?!(?:{_NO_OBJECT})\b))|"
    rf"(?:{_NOUNS_TOO}) (?=(?:the|an?|all|each|every|its|more|new|multiple)\b|[\w-]+[^su\W]s$))",
    re.IGNORECASE,
)
_ORDERED = re.compile(rf"^(?:{_STEPS}|{_NOUNS_TOO})\b|(?<= and )(?:{_STEPS}|{_NOUNS_TOO})(?= \w)", re.IGNORECASE)
_DOUBLED = frozenset(("run", "set", "stop", "split", "wrap"))
_ORDER = re.compile(
    r"(?:and|or|but|so|to|for|with|from|by|in|into|on|onto|at|as|of|towards?|beyond|behind|when|if|who|which|is|are|can|should|do|does|don['’]t|be|"
    r"get|give|keep|let|look|make|put|take|try|think|ask|know|see|go|find|learn|show|turn|bring|plan|work|allow|read|"
    r"offer|empower|engage|understand|prioriti[sz]e|consume|log|attend|pick|link|lock|hook|fork|"
    r"clone|never|always|\w{3,}ed) ",
    re.IGNORECASE,
)
_GERUND = re.compile(r"[A-Za-z][a-z]+ing (?=\S)")
_EXPLAINED = re.compile(
    r"(?:how|why) (?!(?:is|are|was|were|do|does|did|can|could|should|would|will|to|about|not)\b)", re.IGNORECASE
)
_ARTICLES = frozenset(("a", "an", "the"))
_WORD = re.compile(r"[A-Z][a-z]*(?:['’]s)?(?:-[A-Za-z]?[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Scope:
    """What an article covers as a series, `told` as running text has it, and the first `heading` that says so."""

    told: str
    heading: str


def scope(view: View, said: str = "") -> Scope | None:
    """What an article covers beside what is `said` of it; None where its headings name fewer than two things that can
    be told."""
    levels = list(_levels(view))
    inside = Counter(re.findall(r"(?<=[a-z,;(] )[\w'’-]+", view.body) if levels else ())
    for lines in levels:
        points = _points(lines, view, stems(f"{view.title} {said}"), inside)
        telling = sum(" " in told for _, told in points)
        if telling >= 2 and (len(points) >= 3 or telling == len(points)):
            return Scope(_listed([told for _, told in points[:_MOST_POINTS]]), points[0][0])
    return None


def _listed(points: list[str]) -> str:
    """A series; two points without their "and" where the last has one: "leaks, pauses and load"."""
    return ", ".join(points) if len(points) == 2 and " and " in points[-1] else series(points)


def _levels(view: View) -> Iterator[list[str]]:
    """The headings of each level that divides the text, the highest first."""
    headings = [b for b in view.prose if b.kind == "heading"]
    for level in sorted({b.level for b in headings}):
        lines = [b.text for b in headings if b.level == level]
        if 3 <= len(lines) <= _MOST_HEADINGS:
            yield lines


def _points(lines: list[str], view: View, known: AbstractSet[str], inside: Counter[str]) -> list[tuple[str, str]]:
    """The headings that can be told, each with how it is."""
    body = view.body.lower()
    points: list[tuple[str, str]] = []
    for line in lines:
        point = _ASIDE.sub("", _LABEL.sub("", without_number(line))).strip(" .–—-*")
        words = stems(point)
        if not words or words <= known or not _fit(point):
            continue
        content = stems(_EXPLAINED.sub("", _STEP.sub("", point)))
        if sum(word[:_ROOT] in body for word in content) < _LITERAL * len(content):
            continue
        named = not _acts(point) and _is_name(point, view.body)
        if told := point if named else _running(point, inside):
            points.append((line, told))
            known |= words
    return points


def _fit(point: str) -> bool:
    """Whether a heading names something that can stand in a list."""
    if not 1 <= word_count(point) <= _MOST_WORDS or len(point) < 4:
        return False
    if _UNFIT.search(point) or _PLAIN.fullmatch(point) or FURNITURE.match(point):
        return False
    if _acts(point):
        return True
    return not (_ORDER.match(point) or VERB_LIKE.search(point))


def _acts(point: str) -> bool:
    """Whether its first word is no name: "Adding a port", "Add a port", "How ports are added"."""
    return any(form.match(point) for form in (_STEP, _GERUND, _EXPLAINED))


def _is_common(small: str, inside: Counter[str]) -> bool:
    return COMMON_ENDING.fullmatch(small) is not None or _often(small, inside) > 0


def _often(word: str, inside: Counter[str]) -> int:
    """How often a word stands within sentences, of one or of many, with its owner's mark or without."""
    bare = word.removesuffix("'s").removesuffix("’s")
    one = bare.removesuffix("s")
    return sum(inside[form] for form in {word, bare, one, f"{one}s"})


def _is_name(point: str, body: str) -> bool:
    """Whether sentences have it with the same capitals: "the Spark Operator"."""
    large = all(word[0].isupper() for word in point.split() if word not in SMALL_IN_TITLES)
    return large and " " in point and re.search(rf"(?<=[a-z,;(] ){re.escape(point)}\b", body) is not None


def _running(point: str, inside: Counter[str]) -> str:
    """As running text writes it; empty where one word's capital cannot be told."""
    words = point.split()
    begins = 1 + (words[0].lower() in _ARTICLES)  # words that are large as the first ones are
    later = [word for word in words[begins:] if word.lower() not in SMALL_IN_TITLES]
    sentence_case = sum(map(str.islower, later)) >= max(1, sum(word[0].isupper() for word in later))
    told: list[str] = []
    for place, word in enumerate(words):
        small = word.lower()
        if small in SMALL_IN_TITLES:
            told.append(small)
        elif not _WORD.fullmatch(word) or (sentence_case and place >= begins):
            told.append(word)
        elif _often(word, inside) > _often(small, inside):
            told.append(word)  # a name
        elif _is_common(small, inside) or (not place and _acts(point)):
            told.append(small)
        else:
            return ""
    text = " ".join(told)
    return _doing(text) if _STEP.match(text) else text


def _doing(step: str) -> str:
    """ "install the operator and run it" as what is done."""
    return _ORDERED.sub(lambda found: _gerund(found[0]), step)


def _gerund(verb: str) -> str:
    first, _, rest = verb.partition(" ")  # "set up"
    if first in _DOUBLED:
        first += first[-1]
    elif first.endswith("e"):
        first = first[:-1]
    return f"{first}ing {rest}".rstrip()
