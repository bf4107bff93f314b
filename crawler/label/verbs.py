"""Verbs as they follow he, she or it: what a sentence needs where a name stands for "we"."""

from __future__ import annotations

import re

# What may stand between a subject and its verb: "they still use", "it often fails", "we no longer see".
_TIMES = (
    "now|then|still|first|already|soon|finally|instead|usually|ever|never|always|often|once|twice|sometimes|again|later|"
    "longer"
)
_DEGREES = "also|just|no|not|only|both|all|even|further|almost|perhaps|thereby|merely|together|thus|therefore|simply"
_NO_ADVERB = "apply|rely|supply|reply|multiply|comply|imply|fly|assembly|family"
ADVERB = re.compile(rf"(?:{_TIMES}|{_DEGREES}|(?!{_NO_ADVERB})\w+ly)$", re.IGNORECASE)
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
_IRREGULAR = {
    "are": "is",
    "were": "was",
    "have": "has",
    "do": "does",
    "am": "is",
    "aren't": "isn't",
    "weren't": "wasn't",
    "haven't": "hasn't",
    "don't": "doesn't",
    "go": "goes",
    "be": "is",
}
_UNCHANGED = frozenset(
    """
    can could will would should may might must shall cannot can't couldn't won't wouldn't shouldn't did didn't
    had hadn't was wasn't is has built made ran wrote found took saw began chose got went said thought knew
    came gave left kept held led met paid sent spent told won brought bought caught taught sold set put cut
    hit let read grew drew drove broke spoke rose fell felt lost meant became understood rebuilt rewrote
    learnt dealt hid shook stuck struck threw wore split spread cost shut ought used quit bet stood sought
    fought fed bound ground forgot rode shot slept swam swung woke overcame undertook heard dug lent
    sang slid froze laid arose beat blew bore flew leapt lit mistook sank shone
    sprang stole swept swore tore foresaw oversaw upset broadcast withdrew underwent
    outgrew reran redid
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)
_FALSE_PAST = frozenset(
    """
    need feed speed embed proceed succeed exceed seed bleed breed heed weed shed
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)
_NOT_OVER = frozenset(
    """
    can could will would should may might must shall cannot can't couldn't won't wouldn't shouldn't is has put set cut
    hit let read split spread cost shut ought quit bet
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)
_OVER = (_UNCHANGED | {"were", "weren't"}) - _NOT_OVER
# "shows", "scratches", "relies" have their ending; "discuss" and "focus" have none.
_THIRD = re.compile(r"(?:[^suiy]|ie)s$")
# Words that are nothing but verbs: what follows them may be any object.
_ONLY_VERBS = (
    r"encourage|provide|describe|explain|introduce|create|include|improve|propose|evaluate|allow|keep|believe|apply|"
    r"write|give|take|make|send|examine|enable|ensure|reduce|discover|demonstrate|develop|maintain|deliver|invite|"
    r"recommend|suggest|prefer|require|expect|consider|become|begin"
)
_INFINITIVE = re.compile(
    r"\b(?:to|can|will|could|would|should|may|might|must|lets?|helps?|makes?) (?:[\w'’-]+,? ){0,8}[\w'’-]+$"
)
# What stands before "the" and is no verb: "despite the",
_PREPOSITIONS = (
    "about|above|across|after|against|along|among|amongst|around|as|at|before|behind|below|beneath|beside|between|"
    "beyond|by|despite|down|due|during|except|for|from|given|in|inside|into|less|like|near|of|off|on|onto|out|outside|"
    "over|per|plus|through|throughout|till|to|toward|towards|under|until|up|upon|via|with|within|without|worth"
)
# "because the", "which the",
_CONJUNCTIONS = (
    "also|although|and|because|but|either|even|how|if|instead|neither|nor|or|otherwise|rather|since|so|than|that|then|"
    "though|thus|unless|unlike|what|whatever|when|whenever|where|whereas|whether|which|while|who|whom|whose|why|yet"
)
# "all the", "half the", "them the",
_DETERMINERS = (
    "a|all|an|another|both|each|enough|every|few|first|half|her|his|its|last|many|mere|more|most|much|no|none|one|other|"
    "same|second|some|such|the|their|third|this|these|those|your|he|it|she|them|there|they|you"
)
# "can the", "once the",
_MODALS_AND_ADVERBS = (
    "can|could|may|might|must|should|will|would|just|never|not|often|once|only|overall|perhaps|quite|soon|still|today|"
    "too|twice"
)
# and a thing that "the team needs".
_THINGS = (
    "data|metadata|code|traffic|memory|storage|time|money|software|hardware|infrastructure|information|latency|context|"
    "state|feedback|knowledge|security|content|text|tooling|logic|documentation|everything|anything|people|children"
)
NO_VERB = f"{_PREPOSITIONS}|{_CONJUNCTIONS}|{_DETERMINERS}|{_MODALS_AND_ADVERBS}|{_THINGS}"
# Verbs that may be nouns as well: only before a word that follows verbs, "run at night", "find some".
_MAYBE_VERBS = (
    "use|build|run|make|send|show|share|discuss|look|explore|compare|store|write|read|deploy|walk|cover|present|outline|"
    "examine|highlight|evaluate|analy[sz]e|review|measure|detail|offer|add|support|talk|dive|hope|plan|want|need|allow|"
    "help|find|try|search|parse|check|collect|learn|get|start|move|change|hold|ask|focus|list"
)
_AFTER_VERBS = (
    "to|with|into|at|some|one|two|three|more|new|when|about|on|several|various|all|each|for|through|over|up|down|out"
)
_OBJECTS = "the|a|an|our|its|their|his|her|it|them|those|these|this|how|what|why"
_SECOND_VERB = re.compile(
    r"((?:\b(?:and|or|then|but)|,)(?: then| also)*) "
    rf"(?:(?P<only>{_ONLY_VERBS})(?= [a-z]{{3,}})(?! (?:of|and|or|in|but)\b)|"
    rf"(?P<verb>{_MAYBE_VERBS})(?= (?:{_AFTER_VERBS})\b)|"
    rf"(?P<any>(?!(?:{NO_VERB})\b)[a-z]{{2,}}(?<!ly)(?<!ing)(?<!ed))(?= (?:{_OBJECTS})\b)|"
    r"(?P<does>love|enjoy|like|prefer|avoid|hate|recommend)(?= [a-z]+ing\b)|"
    r"(?P<says>show|explain|argue|note|find|believe|think|prove|suggest|say|ensure|check|conclude)(?= that\b))"
)


def is_past(verb: str) -> bool:
    """Whether a verb tells of what is over: "built", "moved"; "put" and "read" may be either, and do not count."""
    low = verb.lower().replace("’", "'")
    return low in _OVER or (low.endswith("ed") and low not in _FALSE_PAST)


def tell(rest: str) -> str:
    """The rest of an announcement with its first verb in the third person: "describe how" -> "describes how"."""
    first, _, tail = rest.partition(" ")
    while tail and ADVERB.match(first) and first.lower() != "only":
        first, _, tail = tail.partition(" ")
    found_out = first.lower() == "find" and tail.startswith("out ")
    verb = "finds" if found_out else _SEEN.get(first.lower()) or third_person(first)
    told = f"{verb} {tail}".strip()
    return told if first.lower() in _UNCHANGED or first.endswith("ed") else agree_second(told)


def agree_second(text: str) -> str:
    """The verbs that share a subject with one that was made to agree: "builds a cache and uses it"."""

    def agreed(match: re.Match[str]) -> str:
        """ "to design and build" and "can store and read" keep their second verb."""
        infinitive = _INFINITIVE.search(text[: match.start()].rstrip())
        return match[0] if infinitive else f"{match[1]} {third_person(match[match.lastgroup or 0])}"

    return _SECOND_VERB.sub(agreed, text, count=2)


def third_person(verb: str) -> str:
    """A verb as it follows he, she or it: past forms and modals stay, a base form takes its ending."""
    low = verb.lower().replace("’", "'")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low in _UNCHANGED or not low.isalpha() or (low.endswith("ed") and low not in _FALSE_PAST):
        return verb
    if low.endswith("ing") or _THIRD.search(low):
        return verb
    if re.search(r"(s|x|z|ch|sh|o)$", low):
        return verb + "es"
    if re.search(r"[^aeiou]y$", low):
        return verb[:-1] + "ies"
    return verb + "s"
