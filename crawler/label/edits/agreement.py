"""Verbs that share a subject with one that was made to agree: "builds a cache and use it" uses it."""

from __future__ import annotations

import re

from crawler.cued import any_of
from crawler.label.sentences.verbs import ADVERB, NO_VERB, is_past, third_person

# Words that are nothing but verbs, or hardly ever anything else: what follows them may be any object.
_MAKING = (  # "..., and create caches"
    "add|adopt|allow|append|apply|assemble|assign|attach|carry|choose|combine|compile|compute|configure|connect|"
    "construct|convert|create|define|delete|deliver|deploy|derive|develop|disable|discard|embed|emit|enable|encode|"
    "encrypt|enforce|extend|fetch|generate|implement|improve|include|inject|install|integrate|introduce|invoke|"
    "maintain|make|migrate|modify|obtain|operate|parse|provide|publish|reduce|refactor|rely|remove|replace|retrieve|"
    "rewrite|send|serve|simplify|sketch|solve|strip|submit|take|translate|validate|verify|write"
)
_MINDING = (  # "..., but prefer caches"
    "agree|appreciate|ask|assume|avoid|become|begin|believe|belong|bring|buy|collect|compare|consider|continue|"
    "contribute|decide|demonstrate|describe|determine|discover|discuss|do|don['’]t|encourage|enjoy|ensure|evaluate|"
    "examine|exclude|expect|explain|explore|find|follow|gather|get|give|go|happen|have|hear|identify|ignore|invite|"
    "keep|know|learn|let|listen|lose|meet|organi[sz]e|prefer|prepare|prevent|produce|propose|prove|reali[sz]e|"
    "receive|recommend|remember|require|say|see|seem|sell|spend|suggest|teach|tell|think|throw|try|understand|wait|"
    "wish"
)
_HELPING = (
    r"are|were|aren['’]t|weren['’]t|haven['’]t|have(?= (?:\w+ )?(?:\w+ed|been|had|yet|made|seen|built|begun|found)\b)"
)
# Verbs that may be nouns as well: only before a word that follows verbs, "run at night", "find some".
_MAYBE_VERBS = (
    "use|move|update|upload|pick|restart|build|merge|insert|extract|need|hope|help|highlight|want|wish|run|show|"
    "share|look|store|read|walk|cover|present|outline|analy[sz]e|review|measure|detail|offer|support|talk|dive|plan|"
    "search|check|start|change|hold|focus|list|return|work|stop|process|test|track|load|pull|push|jump|loop"
)
_AFTER_VERBS = (
    "to|with|into|at|some|one|two|three|more|new|when|about|on|several|various|all|each|for|through|over|up|down|out|"
    "from|back|against|whether|fewer|less|many|most|multiple|only"
)
_OBJECTS = "the|a|an|our|its|their|his|her|it|them|those|these|this|how|what|why|everything|everyone"
_ADVERBS = r"(?: (?:also|then|instead|still|now|thus|often|already|usually|never|just|[a-z]{2,}ly(?<!apply)(?<!rely)))*"
_SECOND_VERB = re.compile(
    rf"(?P<by>(?:,? (?:and|or|but)|, (?:then|so)|,? as well as|,)(?P<adverbs>{_ADVERBS})) "
    + any_of(
        rf"(?P<is>{_HELPING})\b",
        rf"(?P<only>{_MAKING}|{_MINDING})\b(?![-'’]|, | of\b)",
        rf"(?P<verb>{_MAYBE_VERBS})(?= (?:{_AFTER_VERBS})\b)",
        rf"(?P<any>(?!(?:{NO_VERB})\b)[a-z]{{2,}}(?<!ly)(?<!ing)(?<!ed))(?= (?:{_OBJECTS})\b)",
        r"(?P<does>love|hate)(?= [a-z]+ing\b)",
        r"(?P<says>argue|note|conclude)(?= that\b)",
    )
)
# What an article does, even after somebody else was the subject: "shows what users want, and discuss".
_SECOND_TOLD = re.compile(
    rf"(?P<by>(?:,? and|,)(?P<adverbs>{_ADVERBS})) (?P<tells>show|explain|discuss|describe|explore|introduce|present|"
    r"cover|outline|demonstrate|examine|highlight|review|compare|look|walk|share|give|offer|suggest|conclude|propose|"
    r"provide|dive|(?:do|take)(?= an? ))\b(?= [a-z])(?! of\b)"
)
# "and then cancel"
_THEN = re.compile(
    rf"(?P<by>\b(?:and|but|or),? then) (?P<any>(?!(?:{NO_VERB})\b)[a-z-]{{3,}}(?<!ly)(?<!ing)(?<!ed))(?![\w-])"
)
# What takes further verbs in their base form: "to design and build", "can store and read", "sees it rise and fall";
# but "moves it to the cloud and uses it", "to prevent fraud, and uses".
_NO_TO = (
    "the|an?|its|their|our|your|his|her|this|that|these|those|them|it|one|some|any|all|each|other|both|which|what|how|"
    r"[A-Z]\S*|\d\S*|\w+ing|\w+[^aisu\W]s"
)
_TO = rf"to(?! (?:{_NO_TO})\b)"
_INFINITIVE = re.compile(
    rf"\b(?:{_TO}|can|cannot|will|could|would|should|may|might|must|lets?|helps?|makes?|sees?|watch(?:es)?|"
    r"(?:do|does|did)(?: not|n['’]t)) (?:[^\s,;:()]+,? ){0,12}[^\s,;:()]+$"
)
# "To document, share": the third verb of such a list is one, too.
_INFINITIVES = re.compile(rf"\b{_TO} (?:[^\s,;:()]+ ){{0,4}}[^\s,;:()]+, [^;:()]+$")
# "To relax it, or unbind": it goes on whatever stands before.
_TO_WITHIN = re.compile(rf"\b{_TO} (?:[^\s,;:()]+ ){{0,12}}[^\s,;:()]+$")
_GOES_ON = re.compile(r"\b(?:or|then)$")
_AFTER_PAST = re.compile(rf"\b{_TO} ")
# "compiles, link, and run": verbs one after another, with nothing between that they could share.
_SERIES = re.compile(
    r"[\w'’-]+(?P<more>(?:, [a-z-]+)*),? (?P<last>and|or|but)(?P<adverbs>" + _ADVERBS + r") (?P<verb>[a-z-]+)\b"
)
_NO_SERIES = re.compile(rf"(?:{NO_VERB})$|.*(?:ly|ing)$")
# Whoever else may be the subject of what comes next.
_OTHERS = re.compile(
    r"\b(?:that|who|which|they|you|when|if|where|because|whose|while|there|users|people|developers|customers)\b"
)
_OTHERS_VERB = re.compile(r"\b(?:are|were|have)\b")
# After "if" and "when" a comma ends the clause, unless it goes on with "and".
_ENDS = re.compile(r", (?!and\b|or\b|but\b|then\b)")
# First verbs: what follows "can" has no ending, and after "has" it may be a participle.
_MODAL = re.compile(
    r"(?:can|cannot|could|will|would|should|may|might|must|shall|do|does|did)(?:n['’]t)?$|(?:ca|wo)n['’]t$|used$|let$"
)
_PERFECT = re.compile(r"(?:has|had)(?:n['’]t)?$")
_ITS_OWN_PARTICIPLE = frozenset({"run", "come", "become", "overcome", "rerun"})
# "Will keep it, but need to": no second verb of the modal.
_BUT_NEEDS = re.compile(r"(,? but (?:also |still )?)(need|have|are|want)\b")
# "They tried it and was": told of one before.
_WAS = re.compile(rf"( (?:and|but|or){_ADVERBS} )(was|wasn['’]t|am)\b")
_WERE = {"was": "were", "am": "are"}
_JOINS = re.compile(r"\b(?:and|or|but|then|so|as well as)\b")
_LISTED = re.compile(r"\b(?:and|or|then)\b")

# What a reader does is what the article does for them: "you will see how" shows how.
_SEEN = {
    "see": "shows",
    "learn": "explains",
    "learnt": "explains",
    "understand": "explains",
    "find": "shows",
    "look": "looks",
    "hear": "tells",
}


# "takes a look and learns more about Erlang": who reads it does; "how a model trains and learns more about it" is told
_AND_LEARNS = re.compile(
    r"^((?:(?!\b(?:how|that|which|who|what|why|where|when)\b)[^,;.])*?),? and (?:then )?"
    r"learns (?:more|something|a (?:bit|little)|lots?) about [^,;.]*"
)
_ALSO_SEEN = re.compile(r"((?:, |\band )(?:then )?)(see|learn|understand|find)s (?=(?:how|what|why|that)\b)")
_TELLING = re.compile(r"(?:(look|talk|discuss|show|cover)|(explor|introduc|describ|shar|announc))ing ")


def tell(rest: str) -> str:
    """The rest of an announcement with its first verb in the third person: "describe how" -> "describes how"."""
    first, _, tail = rest.partition(" ")
    only = ""
    while tail and ADVERB.match(first):
        only = "only " if first.lower() == "only" else only
        first, _, tail = tail.partition(" ")
    if first.lower() == "are" and (doing := _TELLING.match(tail)):
        first, tail = doing[1] or f"{doing[2]}e", tail[doing.end() :]
    found_out = first.lower() == "find" and tail.startswith("out ")
    verb = "finds" if found_out else _SEEN.get(first.lower()) or third_person(first)
    told = f"{verb} {tail}".strip()
    return only + (told if is_past(first) else agree_clause(told, telling=True))


def shown(text: str) -> str:
    """What an article tells, with what its reader sees as what it shows: "explains queues and sees how" they fail."""
    text = _AND_LEARNS.sub(r"\1", text)
    return _ALSO_SEEN.sub(lambda match: f"{match[1]}{_SEEN[match[2]]} ", text)


def agree_clause(clause: str, *, telling: bool = False, dependent: bool = False) -> str:
    """A clause from its verb on, which follows he, she or it: "has a cache and use it" uses it.

    As far as nobody else may be the subject of a verb; `telling`: it says what an article does, which may go on
    explaining after such a one; `dependent`: it follows "if" or "when", so that a comma may end it.
    """
    verb = clause.split(" ", 1)[0].lower().rstrip(",")
    if _MODAL.match(verb):
        return _BUT_NEEDS.sub(lambda m: m[1] + third_person(m[2]), clause)
    end = _end_of_own(clause, dependent=dependent)
    told = _Clause(clause[:end], clause[end:]).told() + clause[end:]
    return _Clause(told, "").told_on() if telling and end < len(clause) else told


def agree_many(clause: str) -> str:
    """A clause after "they", whose second verb stood for one: "and was wrong"."""
    if "was" not in clause and " am " not in clause:
        return clause
    return _WAS.sub(lambda m: m[1] + _WERE.get(m[2], "weren't"), clause)


def _end_of_own(clause: str, *, dependent: bool) -> int:
    """Where somebody else may become the subject, or the clause ends."""
    other = _OTHERS.search(clause)
    end = other.start() if other else len(clause)
    closed = clause.find(")", 0, end)
    if closed >= 0 and "(" not in clause[:closed]:
        end = closed  # it began within brackets
    comma = _ENDS.search(clause, 0, end) if dependent else None
    return comma.start() if comma else end


class _Clause:
    """The verbs that share a subject with the first one, with which the text begins; `rest` follows it."""

    def __init__(self, text: str, rest: str) -> None:
        first = text.split(" ", 1)[0]
        self._text, self._rest = text, rest
        self._past = is_past(first)
        self._kept = _ITS_OWN_PARTICIPLE if _PERFECT.match(first) else frozenset[str]()

    def told(self) -> str:
        """The text, every such verb in the third person."""
        if _SERIES.match(self._text):
            self._text = _SERIES.sub(self._series, self._text, count=1)
        if "then" in self._text:
            self._text = _THEN.sub(self._agreed, self._text)
        return _SECOND_VERB.sub(self._agreed, self._text)

    def told_on(self) -> str:
        """The text, those verbs in the third person that tell what is in an article."""
        return _SECOND_TOLD.sub(self._agreed, self._text)

    def _in_third(self, verb: str) -> str:
        return verb if verb in self._kept else third_person(verb)

    def _agreed(self, match: re.Match[str]) -> str:
        """ "To design and build" and "can store and read" keep their second verb."""
        verb, before = match[match.lastgroup or 0], match.string[: match.start()].rstrip(" ,")
        if ADVERB.match(verb) or _OTHERS_VERB.search(before) or not self._shares(match, verb, before):
            return match[0]
        return f"{match['by']} {self._in_third(verb)}"

    def _shares(self, match: re.Match[str], verb: str, before: str) -> bool:
        """Whether a verb has the subject of the first, and is no infinitive."""
        by, sort = match["by"], match.lastgroup
        joined = _JOINS.search(by) is not None
        if sort == "is":
            return joined
        if by.startswith(", so"):
            return sort == "only" or verb == "need"
        if not joined and not _LISTED.search(match.string + self._rest, match.end()):
            return False
        infinitive = _INFINITIVE
        if joined and "," in match.string[match.start() - 1 : match.end("by")]:
            infinitive = _TO_WITHIN if _GOES_ON.search(by) else _INFINITIVES
        return not infinitive.search(before) and not (self._past and _AFTER_PAST.search(before))

    def _series(self, match: re.Match[str]) -> str:
        words = [*match["more"].split(", ")[1:], match["verb"]]
        if any(map(_NO_SERIES.match, words)):
            return match[0]
        told = "".join(f", {self._in_third(word)}" for word in words[:-1])
        comma = match.string[match.end("more") : match.start("last")]
        start = match.string[: match.start("more")]
        return f"{start}{told}{comma}{match['last']}{match['adverbs']} {self._in_third(words[-1])}"
