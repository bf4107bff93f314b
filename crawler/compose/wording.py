"""The mechanics of English sentences that the lead paragraph needs: verbs, first words, and where to cut."""

from __future__ import annotations

import re

from crawler.model import Item
from crawler.text import FALSE_PAST, one_line, words_of

REPORTING = {
    "analyses", "analyzes", "announces", "argues", "asks", "breaks", "chronicles", "compares", "covers", "demonstrates",
    "describes", "details", "discusses", "documents", "evaluates", "examines", "explains", "explores", "gives",
    "illustrates", "introduces", "lays", "lists", "looks", "makes", "offers", "outlines", "presents", "proposes",
    "recounts", "reflects", "reports", "reveals", "reviews", "shares", "shows", "studies", "summarises", "summarizes",
    "surveys", "tells", "traces", "unveils", "walks", "weighs", "writes",
}  # fmt: skip
SWAPPABLE = {"describes", "details", "explains", "outlines", "presents", "recounts", "shares", "shows", "tells"}
AUXILIARY = {
    "is", "are", "was", "were", "has", "have", "had", "can", "could", "will", "would", "may", "might", "must", "should",
    "does", "did", "now", "also", "recently", "already", "still", "no", "never", "first", "then",
}  # fmt: skip
_IRREGULAR_PAST = {
    "became", "began", "bought", "broke", "brought", "built", "came", "caught", "chose", "cut", "drew", "drove", "fed",
    "found", "gave", "got", "grew", "held", "kept", "laid", "learned", "learnt", "led", "left", "let", "lost", "made",
    "met", "moved", "overhauled", "put", "ran", "rebuilt", "rewrote", "rolled", "said", "saw", "sent", "set", "shipped",
    "shut", "sped", "spent", "split", "spun", "swapped", "taught", "took", "tried", "turned", "went", "won", "wrote",
}  # fmt: skip
_LOWER_FIRST = {
    "a", "an", "the", "this", "these", "those", "that", "its", "their", "his", "her", "each", "every", "most", "many",
    "some", "several", "new", "better", "modern", "large", "small", "early", "old", "one", "two", "three", "four",
    "five", "six", "seven", "eight", "nine", "ten", "both", "all",
    "any", "no", "in", "on", "at", "by", "for", "from", "with", "without", "after", "before", "when", "while", "as",
    "to", "how", "why", "what", "where", "which", "moving", "using", "it", "there", "even", "if", "instead",
    "users", "developers", "people", "teams", "anyone", "everyone",
}  # fmt: skip
_COLLECTIVE = {"project", "foundation", "team", "community", "initiative", "consortium", "institute", "council"}
# Where a sentence may end early and still be one: before a dependent clause, a remark or a second main clause.
_GOES_ON = (  # ", which", ", but", ", as well as"
    "which|where|while|whereas|but|so|and then|after|when|because|although|though|with|without|as well as|such as|even|"
    "yet|rather|thanks"
)
_DOING = (  # ", reducing"
    "making|allowing|letting|enabling|leading|resulting|using|including|reducing|cutting|giving|turning"
)
_AND_DOES = (  # ", and it", ", and serves the"
    r"and (?:it|they|has|have|is|are|was|were|can|now|adds|also|then)|and (?:\w+ed|\w+s) (?:the|its|their|a|an)"
)
_CLAUSES = "while|whereas|because|although|so that|after|before|until|which"  # without a comma
_BOUNDARY = re.compile(
    rf"(?:;|:| [–—-] |,? \(|, (?:{_GOES_ON}|{_DOING}|{_AND_DOES})\b| (?:{_CLAUSES}) | that (?=[a-z]+s\b))"
)
# "and serves the": no clause ends so.
DANGLING = re.compile(
    r"(?:\b(?:and|or|but|the|a|an|of|to|with|for|in|on|at|by|from|as|that|which|than|its|their|into|is|are|was|were|"
    r"via|using|when|where|how|why|what|not|including|such))+$",
    re.IGNORECASE,
)
STATIVE = {
    "believes", "feels", "hopes", "knows", "likes", "loves", "needs", "plans", "sees", "seems", "thinks", "wants",
}  # fmt: skip
# What a thing is there for ("Acme DB enables users to ..."): no news, but in the note of its release.
SERVING = {"allows", "enables", "helps", "lets", "offers", "provides"}
MUSING = {"wondered", "thought", "hoped", "wanted", "believed", "felt", "knew", "liked", "loved", "asked", "wished"}
_OF_IT = {"are": "is", "were": "was", "have": "has", "don't": "doesn't", "don’t": "doesn’t"}
_WHAT_IT_IS = {"a", "an", "the", "one", "something", "what"}
_MODAL = {"can", "could", "will", "would", "may", "might", "must", "should"}
_COPULA = {"is", "are", "was", "were", "has", "have", "had"}
_PARTICIPLES = {"been", "begun", "chosen", "done", "driven", "given", "grown", "known", "shown", "taken", "written"}
_FINITE = re.compile(r"[a-z]{2,}(?:[^s]s|ed)")
_LISTED = re.compile(r"[^,:]+, [^:]*\band [^,:]+ (?:that|which|who)\b")
_SENTENCE_END = re.compile(
    r"(?<=[.!?][”\"’')\]])\s+|(?<=[^.\s]{2}[.!?])\s+(?=[\"“A-Z0-9])|(?<=\.\d[.!?])\s+(?=[A-Z][a-z])"
)
_FOLLOWS_A_VERB = {"the", "a", "an", "its", "their", "how", "each", "every", "no", "one", "two", "three", "it"}


def split_sentences(text: str) -> list[str]:
    """Sentences of a summary; points in names and numbers (Node.js, 2.5) end none, every paragraph does."""
    return [s for paragraph in text.split("\n\n") for s in _SENTENCE_END.split(one_line(paragraph)) if s]


def cut_clause(text: str, limit: int) -> str | None:
    """The text, or its longest beginning of at most `limit` words that ends where a clause ends."""
    text = re.sub(r";.*", "", text).rstrip(" .,;:–—-")
    if len(text.split()) <= limit:
        return text
    best = None
    for match in _BOUNDARY.finditer(text):
        head = text[: match.start()].rstrip(" ,;:–—-")
        in_series = match[0].startswith(", and") and "," in head  # "did x, did y, and did z" ends at z only
        says = match[0] == " that " and head.rsplit(" ", 1)[-1] in REPORTING  # "shows that ..." is no remark
        if 8 <= len(head.split()) <= limit and not (in_series or says or DANGLING.search(head)):
            best = head
    return best


def agreed(rest: str) -> str:
    """What follows "we" as it follows "it": "shard our data" is "shards our data"."""
    verb, _, tail = rest.partition(" ")
    if verb in _OF_IT:
        told = _OF_IT[verb]
    elif verb in AUXILIARY or is_past(verb) or not re.fullmatch(r"[a-z]+", verb) or verb.endswith("ly"):
        told = verb
    elif re.search(r"(?:s|x|z|ch|sh|o)$", verb):
        told = f"{verb}es"
    else:
        told = f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"
    return f"{told} {tail}".strip()


def is_past(word: str) -> bool:
    """Whether a word has the form of a past tense: "moved", "built"; "need" is none."""
    return word in _IRREGULAR_PAST or (len(word) > 3 and word.endswith("ed") and word not in FALSE_PAST)


def is_statement(body: str) -> bool:
    """Whether this is a sentence in which something happens, and not a heading or a definition.

    "The planner picks an index" and "the jobs were moved" are; "X is a framework" tells no story.
    """
    main = re.split(r":|, and (?:how|what|when|where|which|who|why)\b", body)[0]
    if _LISTED.match(main):  # "rows, indexes and a query that scanned them": its verb is only the last one's
        main = re.split(r" (?:that|which|who)\b", main)[0]
    words = [w.strip(",;").lower() for w in main.split()[:18]]
    for index, word in enumerate(words[1:], 1):
        after = words[index + 1 : index + 4]
        if word in _COPULA and after[:1] and after[0] in _WHAT_IT_IS:  # "X is a widely used ...": no story
            return False
        if word in _COPULA:
            return any(is_past(w) or re.fullmatch(r"\w+(?<!th)ing", w) or w in _PARTICIPLES for w in after[:3])
        if word in _MODAL and {"be", "remain", "become"} & set(after):  # "the cache will be important": no story
            return False
        if word in AUXILIARY or word in _IRREGULAR_PAST:
            return True
        if after and _FINITE.fullmatch(word) and after[0] in _FOLLOWS_A_VERB:
            return True
    return False


def is_about(sentence: str, item: Item) -> bool:
    """Whether a sentence is on the subject of its title: they share a word of some weight that is not the company."""
    company = set(words_of(item.company or ""))
    wanted = {w[:5] for w in words_of(item.title) if len(w) > 3 and w not in company}
    return bool(wanted & {w[:5] for w in words_of(sentence)})


def opens_surely(body: str, item: Item) -> bool:
    """Whether a capital at the start of a continued sentence is a name's, and not just a sentence's."""
    word = body.split(" ", 1)[0].strip(",'’\"“”").removesuffix("'s").removesuffix("’s")
    if not word[:1].isupper() or not word[1:].islower():
        return True
    if word.lower() in item.tags or (item.company and word in item.company.split()):
        return True
    named = re.compile(rf"(?<=[a-z0-9,;:)] ){re.escape(word)}\b")
    title = item.title if is_sentence_case(item.title) else ""
    return any(named.search(text) for text in (item.summary, item.deck, title)) or title.startswith(f"{word} ")


def lower_first(sentence: str, item: Item) -> str:
    """The sentence as it continues another: a common first word in lower case, a name as it is."""
    head, _, tail = sentence.partition(" ")
    bare = head.strip(",'’")
    if not bare[:1].isupper() or not bare[1:].islower():
        return head[:1].lower() + sentence[1:] if bare == "A" else sentence
    elsewhere = f" {item.summary} {item.deck} "
    common = bare.lower() not in item.tags and (
        bare.lower() in (*_LOWER_FIRST, *item.written)
        or (bare.endswith("ing") and len(bare) > 5)
        or re.search(rf"(?<![\w.-]){re.escape(bare.lower().removesuffix('s'))}s?\b", elsewhere) is not None
    )
    return f"{head[:1].lower()}{head[1:]} {tail}".strip() if common else sentence


def is_sentence_case(title: str) -> bool:
    """Whether a title writes at most half of its longer words with a capital, so that a capital tells of a name."""
    later = [w for w in title.split()[1:] if len(w) > 3 and w.isalpha()]
    return bool(later) and sum(w[:1].isupper() for w in later) <= len(later) / 2


def as_subject(company: str) -> str:
    """The company as the subject of a sentence: projects and foundations take an article."""
    last = company.rsplit(maxsplit=1)[-1].lower() if company.split() else ""
    return f"the {company}" if last in _COLLECTIVE and not company.lower().startswith("the ") else company
