"""Verbs as they follow he, she or it: what a sentence needs where a name stands for "we"."""

from __future__ import annotations

import re

from crawler.text import FALSE_PAST

# What may stand between a subject and its verb: "they still use", "it often fails", "we no longer see".
_TIMES = (
    "now|then|still|first|already|soon|finally|instead|usually|ever|never|always|often|once|twice|sometimes|again|later|"
    "longer"
)
_DEGREES = (
    "also|just|no|not|only|both|all|either|neither|even|further|almost|perhaps|thereby|merely|together|thus|therefore|"
    "simply"
)
_NO_ADVERB = "apply|rely|supply|reply|multiply|comply|imply|fly|assembly|family"
ADVERB = re.compile(rf"(?:{_TIMES}|{_DEGREES}|(?!{_NO_ADVERB})\w+ly)$", re.IGNORECASE)
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
    outgrew reran redid sat bit slid bent bred burnt cast clung crept drank fled flung forgave froze hung knelt leant
    outdid overrode overran rang rid sank sewed shrank smelt sped spelt spoilt spun stung strode swam thrust undid
    withheld withstood wound wove wrung burst hurt
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)
# After "'d": those that are no base form.
_PARTICIPLES = frozenset(
    """
    been begun bought broken brought built caught chosen done drawn driven eaten fallen felt forgotten fought found
    given gone got gotten grown had heard held hidden kept known led left lost made meant met paid rebuilt redone
    rewritten risen said seen sent shown sold spent spoken stuck taken taught thought thrown told understood
    withdrawn woken won worn written
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)
_EITHER = frozenset({"become", "come", "cut", "hit", "let", "overcome", "put", "quit", "read", "run", "set", "split"})
_NOT_OVER = frozenset(
    """
    can could will would should may might must shall cannot can't couldn't won't wouldn't shouldn't is has put set cut
    hit let read split spread cost shut ought quit bet
    """.split()  # noqa: SIM905 - read as words, not as a hundred literals
)
_OVER = (_UNCHANGED | {"were", "weren't"}) - _NOT_OVER
# "shows", "scratches", "relies", "enjoys" have their ending; "discuss" and "focus" have none.
_THIRD = re.compile(r"(?:[^suiy]|ie|[aeou]y)s$")
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
# After "we" these begin no verb: "we in the community", "we the people"; but "we like", "we can".
NEVER_VERB = re.compile(
    rf"(?!(?:like|near|down|plus|up|yet)$)(?:{_PREPOSITIONS}|{_CONJUNCTIONS}|{_DETERMINERS})$", re.IGNORECASE
)
NO_VERB = f"{_PREPOSITIONS}|{_CONJUNCTIONS}|{_DETERMINERS}|{_MODALS_AND_ADVERBS}|{_THINGS}"


def is_participle(rest: str) -> bool:
    """Whether a text begins with a participle, after adverbs: " never built it", " also been there"."""
    verb = _first_verb(rest)
    return verb in _PARTICIPLES or (verb.endswith("ed") and verb not in FALSE_PAST) or verb == "better"


def may_be_participle(rest: str) -> bool:
    """Whether it begins with one that is a base form as well: " put it there"."""
    return _first_verb(rest) in _EITHER


def _first_verb(rest: str) -> str:
    words = (word.lower().rstrip(".,;:") for word in rest.split())
    return next((word for word in words if word not in ("not", "yet") and not ADVERB.match(word)), "")


def is_past(verb: str) -> bool:
    """Whether a verb tells of what is over: "built", "moved"; "put" and "read" may be either, and do not count."""
    low = verb.lower().replace("’", "'")
    return low in _OVER or (low.endswith("ed") and low not in FALSE_PAST)


def third_person(verb: str) -> str:
    """A verb as it follows he, she or it: past forms and modals stay, a base form takes its ending."""
    low = verb.lower().replace("’", "'")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if "-" in low:  # "re-read"
        return f"{verb[: verb.rindex('-') + 1]}{third_person(verb[verb.rindex('-') + 1 :])}"
    if low in _UNCHANGED or not low.isalpha() or (low.endswith("ed") and low not in FALSE_PAST):
        return verb
    if low.endswith("ing") or _THIRD.search(low):
        return verb
    if re.search(r"(s|x|z|ch|sh|o)$", low):
        return verb + "es"
    if re.search(r"[^aeiou]y$", low):
        return verb[:-1] + "ies"
    return verb + "s"
