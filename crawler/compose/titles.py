"""A title as the object of a sentence: "Making Arrays Accessible: Guidelines" is what somebody writes about.

Only where its capitals can be told apart (a name, or a word that is written large as all are in such a title), by what
the item's own summary writes; else the title is quoted, and never more than fourteen words of it.
"""

from __future__ import annotations

import re

from crawler.compose.wording import AUXILIARY, is_statement
from crawler.model import Item
from crawler.text import BRACKETED_END, COMMON_ENDING, SMALL_IN_TITLES, one_line

MOST_WORDS = 14
# ---- Titles that "writes about" cannot lead to

# "Why queues?", "The team and you"
_NOT_RUNNING = r"[?!`<>{}\[\]|“”\"…@#]|https?:|\b(?:we|our|us|I|my|me|you|this|these)\b"
_QUESTION_OR_PERSON = re.compile(_NOT_RUNNING, re.IGNORECASE)
# "Relay, part 2", "A week later", "2024 in queues"
_IN_SERIES = r"/|\.\.\.|\b(?:ours|your|part \d+|day \d+|episode|week \d+)\b|\b(?:later|ago)$|\b0\d+\b|^\d{4}\b"
# "Zero to hero", "Not a queue", "Queues, explained"
_NO_NOUN = r"^\w+ to \w+$|^not\b|^[^,]+,(?!.*\b(?:and|or|with|for|in|of)\b)"
# "Get started", "Stop polling"
_ORDERS = (
    r"get|say|make|build|use|write|create|learn|understand|meet|stop|don['’]t|add|run|set|try|keep|let|generate|"
    r"configure|deploy|implement|improve|manage|monitor|choose|find|fix|debug|speed up|give|take|go|think|want|join|"
    r"help"
)
# "Towards a queue", "Under the hood", "Hello", "Introducing Relay", "What is a queue"
_OPENINGS = (
    r"towards?|from|to|with|by|for|beyond|down|up|in|on|at|under|over|into|inside|through|behind|around|off to|hello|"
    r"welcome|goodbye|introducing|announcing|which|what|where|when|who|is|are|do|does|can|should"
)
_UNFIT = re.compile(rf"{_NOT_RUNNING}|{_IN_SERIES}|{_NO_NOUN}|^(?:{_ORDERS}|{_OPENINGS})\b", re.IGNORECASE)
# "How to test", "why caches fail"; but "What is a queue", "how's"
_EXPLAINS = re.compile(
    r"(?:how to|(?:how|why|what)(?! (?:is|are|was|were|do|does|did|can|could|should|would|will|to|about|if|i|we|you)\b"
    r"|['’])) (?=\S)",
    re.IGNORECASE,
)
# A title that tells its readers what to do says how to do it.
_ORDER = re.compile(
    r"(?:Make|Build|Use|Write|Create|Run|Generate|Configure|Deploy|Implement|Improve|Manage|Monitor|Find|Fix|Debug|"
    r"Speed Up|Set Up|Move|Migrate|Scale|Secure|Automate|Test|Measure|Profile|Reduce|Cut) (?=\S+ \S)"
)
# A title that is a sentence: "Relay gets a cache",
_ACTS = re.compile(
    r"\b(?:enables|makes|gets|goes|brings|builds|uses|becomes|adds|joins|wins|needs|means|helps|lets|keeps|meets)\b",
    re.IGNORECASE,
)
# "Acme pays its drivers only ...".
_STATES = re.compile(
    r"[a-z] [a-z]{2,}[^su]s (?:only|its|their|the|an?|how|what|your|more|less|no|not|all|every|twice|half|up|down)\b"
)
_PARTS = re.compile(r": | [–—-] | \| ")
_PART_OF = re.compile(
    r"^part (?:\d+|[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten)[,.]? (?=\S)", re.IGNORECASE
)
_GERUND = re.compile(r"[A-Z][a-z]{2,}ing\b")


def topic_of(item: Item) -> str | None:
    """The title as it follows "writes about"; None where it is no noun phrase or its capitals cannot be told."""
    title = BRACKETED_END.sub("", _of_whom(one_line(item.title), item)).rstrip(" .")
    parts = [p.strip() for p in _PARTS.split(title)]
    for raw in sorted(parts, key=lambda p: (not _GERUND.match(p), parts.index(p))):
        part = re.sub(r"^(?:On|About) (?=\S)", "", _PART_OF.sub("", raw))
        if item.company:  # "Acme writes about its December", not "December at Acme"
            part = re.sub(rf" (?:at|in) {re.escape(item.company)}$", "", part)
            if re.match(rf"{re.escape(item.company)} [a-z]+ (?:to|the|an?|its|how|with|as)\b", part):
                continue  # what Acme does
        words = part.split()
        if item.company and len(words) == 2 and words[1] in item.company.split():
            continue  # "Harnessing Acme" of Acme
        if not 2 <= len(words) <= MOST_WORDS or _UNFIT.search(part) or is_statement(f"It {part}"):
            continue
        if set(part.lower().split()) & AUXILIARY or _ACTS.search(part) or _STATES.search(part):
            continue
        if told := _running(words, item):
            return told
    return None


def explained_of(item: Item) -> str | None:
    """ "how to test a script" or "what a cache costs", where the title says so and its capitals can be told."""
    title = BRACKETED_END.sub("", _of_whom(one_line(item.title), item)).rstrip(" .")
    parts = _PARTS.split(title)
    part = next((p for p in parts if _EXPLAINS.match(p)), "")
    if not part and (order := next((p for p in parts if _ORDER.match(p)), "")):
        part = f"how to {order[0].lower()}{order[1:]}"
    if not 4 <= len(part.split()) <= MOST_WORDS or _QUESTION_OR_PERSON.search(part):
        return None
    return _running(part.split(), item)


def _of_whom(title: str, item: Item) -> str:
    """The title without "your" and "my": a reader of the paragraph is not the one of the article."""
    title = re.sub(r"(?i)\byour (?=\w+[^s\W]s\b(?!['’]))", "", title)
    title = re.sub(r"(?i)\byour (?=\w)", "the ", title)
    if item.company:
        return re.sub(r"(?i)\b(?:my|our) (?=\w)", "its ", title)
    return re.sub(r"(?i)^(?:my|our) (?=\w)", "one author's ", title)


def quotable(item: Item) -> str | None:
    """The title in quotation marks, cut at its colon or dash where it is long; None where no short form has a sense."""
    title = one_line(item.title).rstrip(".")
    if len(title.split()) > MOST_WORDS:
        title = next((p for p in _PARTS.split(BRACKETED_END.sub("", title)) if 3 <= len(p.split()) <= MOST_WORDS), "")
    plain = title.replace("“", "‘").replace("”", "’").replace('"', "’")
    return f"“{plain}”" if plain else None


def _running(words: list[str], item: Item) -> str | None:
    told = [_cased(word, item) for word in words]
    return None if None in told else " ".join(w for w in told if w)


def _cased(word: str, item: Item) -> str | None:
    """A word of a title as running text writes it; None where that cannot be told."""
    bare = word.strip(",'’()").removesuffix("'s").removesuffix("’s")
    if re.fullmatch(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)+", bare):  # "Fine-Grained" as running text writes it
        text = f"{item.summary} {item.deck}"
        return word if bare in text else word.lower() if bare.lower() in text else None
    if not bare[:1].isupper() or not (bare[1:].islower() or not bare[1:]):
        return word
    small = bare.lower()
    if small in item.written or small in SMALL_IN_TITLES:
        return word[:1].lower() + word[1:]
    if bare in item.written:
        return word
    text = f"{item.summary} {item.deck}"
    large = len(re.findall(rf"(?<=[a-z,;0-9] ){re.escape(bare)}\b", text)) + (bare in (item.company or "").split())
    plain = len(re.findall(rf"(?<![\w.-]){re.escape(small.removesuffix('s'))}(?!-)", text))
    if plain > large:
        return word[:1].lower() + word[1:]
    if large:
        return word
    return word[:1].lower() + word[1:] if COMMON_ENDING.fullmatch(small) else None
