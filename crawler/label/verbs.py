"""Verbs as they follow he, she or it: what a sentence needs whose subject is no longer "we"."""

from __future__ import annotations

import re

ADVERB = re.compile(
    r"(?:also|now|then|just|still|no|longer|not|never|always|often|only|both|all|first|even|already|soon|finally|"
    r"further|instead|usually|ever|once|twice|sometimes|almost|again|later|perhaps|thereby|merely|together|thus|therefore|simply|(?!apply|rely|supply|reply|multiply|comply|imply|fly|"
    r"assembly|family)\w+ly)$",
    re.IGNORECASE,
)
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
# What stands before "the" and is no verb.
NO_VERB = (
    r"a|about|above|across|after|against|all|along|also|although|among|amongst|an|and|another|around|as|at|because|before|"
    r"behind|below|beneath|beside|between|beyond|both|but|by|can|could|despite|down|due|during|each|either|enough|"
    r"even|every|except|few|first|for|from|given|half|he|her|his|how|if|in|inside|instead|into|it|its|just|last|less|like|many|"
    r"may|mere|might|more|most|much|must|near|neither|never|no|none|nor|not|of|off|often|on|once|one|only|onto|or|"
    r"other|otherwise|out|outside|over|overall|per|perhaps|plus|quite|rather|same|second|she|should|since|so|some|soon|still|such|"
    r"than|that|the|their|them|then|there|these|they|third|this|those|though|through|throughout|thus|till|to|today|too|"
    r"toward|towards|twice|under|unless|unlike|until|up|upon|via|what|whatever|when|whenever|where|whereas|whether|"
    r"which|while|who|whom|whose|why|will|with|within|without|worth|would|yet|you|your|"
    # ... but a thing that "the team needs"
    r"data|metadata|code|traffic|memory|storage|time|money|software|hardware|infrastructure|information|latency|"
    r"context|state|feedback|knowledge|security|content|text|tooling|logic|documentation|everything|anything|"
    r"people|children"
)
_SECOND_VERB = re.compile(
    rf"((?:\b(?:and|or|then|but)|,)(?: then| also)*) "
    rf"(?:(?P<only>{_ONLY_VERBS})(?= [a-z]{{3,}})(?! (?:of|and|or|in|but)\b)|"
    r"(?P<verb>use|build|run|make|send|show|share|discuss|look|explore|compare|store|write|read|deploy|walk|cover|"
    r"present|outline|examine|highlight|evaluate|analy[sz]e|review|measure|detail|offer|add|support|talk|dive|hope|plan|"
    r"want|need|allow|help|find|try|search|parse|check|collect|learn|get|start|move|change|hold|ask|focus|list)"
    r"(?= (?:to|with|into|at|some|one|two|three|more|new|when|about|on|several|various|all|each|for|through|over|up|"
    r"down|out)\b)|"
    rf"(?P<any>(?!(?:{NO_VERB})\b)[a-z]{{2,}}(?<!ly)(?<!ing)(?<!ed))"
    r"(?= (?:the|a|an|our|its|their|his|her|it|them|those|these|this|how|what|why)\b)|"
    r"(?P<does>love|enjoy|like|prefer|avoid|hate|recommend)(?= [a-z]+ing\b)|"
    r"(?P<says>show|explain|argue|note|find|believe|think|prove|suggest|say|ensure|check|conclude)(?= that\b))"
)


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
