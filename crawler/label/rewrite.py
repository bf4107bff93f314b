"""Mechanical edits that let a sentence of the article stand in a summary: the first person becomes who speaks, the
verb agrees, announcements lose their ceremony, leading connectives go. Nothing is added that the article does not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_POST = (
    r"(?:(?:blog|short|quick|brief|technical|new|first|second|third|final|latest|two-part|"
    r"multi-part) ?)*(?:post|blogpost|blog post|article|blog|entry|tutorial|guide|piece|series|write-?up|"
    r"walk-?through|paper|essay|talk|report|part|note|document|text|recap|roundup|newsletter)"
)
_GLAD = (
    r"(?:(?:very|so|super|really|truly|incredibly|extremely|absolutely|also|both) )*(?:excited|thrilled|happy|"
    r"pleased|proud|delighted|glad|honou?red)"
)
_MODAL = (
    r"(?:(?:'ll|’ll| will| would| want to| wanted to| would like to| am going to| are going to|"
    r"['’]re going to|['’]m going to|['’]d like to|['’]d love to| shall| can| hope to| plan to| intend to|"
    r" aim to| try to|['’]ll try to)(?: also| now| briefly| first| further| quickly)?)?"
)

_IN_POST = re.compile(
    rf"^(?:in|through|with|throughout|for) (?:this|today['’]s|the following|"
    rf"my last) {_POST}[,:]? (?:series,? )?(we|i){_MODAL} (?:also |briefly |now |further |"
    rf"aim to )?(?=[a-z])",
    re.IGNORECASE,
)
_WE_POST = re.compile(
    rf"^(?:(?:here|today|below|next),? )?(we|i){_MODAL} (?=(?:describe|explain|show|share|discuss|explore|"
    rf"introduce|present|cover|outline|detail|demonstrate|examine|highlight|review|walk|dive|take a|look|"
    rf"talk)\b)",
    re.IGNORECASE,
)
_THIS_POST = re.compile(
    rf"^(?:this|today['’]s|the following|the present) {_POST}(?: series)? (?:(?:will|is going to|aims to|intends to|"
    rf"tries to|attempts to|also|briefly|can|should|would) )*(?=[a-z])",
    re.IGNORECASE,
)
_ANNOUNCE_WE = re.compile(
    rf"^(?:today,? |now,? )?(?:we|i)(?:['’](?:re|m)| are| am) {_GLAD} (?:and \w+ )?to (?:be |"
    rf"have been )?(?:able to )?(?=[a-z])",
    re.IGNORECASE,
)
_ANNOUNCE_THEY = re.compile(
    rf"^(?P<who>(?:The |On behalf of )?[A-Z][^.;:]{{2,60}}?) ?(?:is|are|['’]re|am) (?:now |"
    rf"also )?{_GLAD} to (?:be able to )?(?=[a-z])"
)
_IT_IS = re.compile(
    r"^(?:it['’]s|it is) (?:our|my|a|with) (?:great |distinct )?(?:pleasure|pride|privilege|"
    r"honou?r)(?: that)?(?: to)? (?:we |i )?(?=announce|introduce|present|share|release)",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"^(?:however|but|and|so|also|therefore|thus|hence|then|instead|moreover|furthermore|additionally|"
    r"in addition|as a result|consequently"
    r"|finally|unfortunately|luckily|fortunately|of course|in fact|indeed|in short|in summary|"
    r"to summari[sz]e|in conclusion|overall|ultimately"
    r"|basically|essentially|today|nowadays|tl;?\s?dr|note that|please note that|as you may know|"
    r"as we all know|that said|to sum up|interestingly"
    r"|in particular|put simply|simply put|in other words|more specifically|specifically|first|firstly|"
    r"second|secondly|third|thirdly|lastly|next"
    r"|still|yet|anyway|well|now|again|besides|likewise|similarly|naturally|obviously|clearly|hopefully|"
    r"importantly|notably|more importantly"
    r"|at the same time|on the other hand|on top of that|to that end|to this end|with that in mind|"
    r"with this in mind|after all|for this reason|not surprisingly|as always|recently)"
    r"(?:,\s*|:\s*|\s+[-–—]\s+)(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:TL;?\s?DR|Summary|Abstract|Update|Note|Overview|Key takeaways?|In brief|Spoiler(?: alert)?)\s*[:.–—-]\s*",
    re.IGNORECASE,
)
# A heading that ran into its paragraph.
_STRAY = re.compile(
    r"^(?:Conclusions?|Introduction|Summary|Overview|Background|Abstract|Motivation|Results?|TL;?DR) (?=[A-Z])"
)
# What a reader of the summary cannot follow: an invitation, or where it was said before.
_ASIDE = re.compile(
    r",? (?:which|that) you can (?:get|download|find|read|try|see|install|check)\b[^.;]*(?=[.;]|$)"
    r"|(?<=\w) (?:earlier )?today(?=[.,;])| \(!\)| \((?:also |please )?see [^()]*\)|,? (?:as (?:always|usual|"
    r"you (?:know|can see)|we know)),?(?= )",
    re.IGNORECASE,
)
# What a sentence adds for the reader at its end: "..., so you can see what it takes".
_TO_YOU = re.compile(
    r",? (?:so (?:that )?|which |where |and |as |if |when |whether |in case |that |because |before |once |even if |"
    r"should )"
    r"(?:\w+ ){0,4}?you\b[^;:.]*(?=\.$)"
)
_STANDS = 6  # words that a sentence must keep after such a cut
# A label, or a heading that ran into its paragraph: "Base changes: The team ...", "Overall Sentiment The panel ...".
_RUN_IN = re.compile(
    r"^(?:[A-Z][\w'’-]* (?:[\w'’-]+ ){0,3}?(?=(?:The|This|We|When|If|There) [a-z])|"
    r"(?:[A-Z][\w'’-]*)(?: [\w'’-]+){0,3}: (?=[A-Z][a-z'’]* [a-z]))"
)
_RUN_IN_REST = 50  # letters that must be left of a sentence whose label is cut
_AS_SAID = re.compile(
    r"^As (?:we |I )?(?:(?:have )?(?:already |previously |briefly )?)(?:discussed|mentioned|described|noted|"
    r"explained|announced|"
    r"promised|hinted|seen)(?: (?:in|by|at|on) [^,]{3,60}| (?:before|above|earlier|previously|already))?, ",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"(?:also|now|then|just|still|no|longer|not|never|always|often|only|both|all|first|even|already|soon|finally|"
    r"further|instead|usually|ever|thus|therefore|simply|(?!apply|rely|supply|reply|multiply|comply|imply|fly|"
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
_INFINITIVE = re.compile(
    r"\b(?:to|can|will|could|would|should|may|might|must|lets?|helps?|makes?) (?:[\w'’-]+,? ){0,5}[\w'’-]+$"
)
_SECOND_VERB = re.compile(
    r"(\b(?:and|or|then|but)|,) (use|build|run|make|send|keep|provide|describe|explain|show|share|discuss|look|"
    r"explore|introduce|compare|store|write|read|create|deploy|take|give"
    r"|walk|cover|present|outline|demonstrate|examine|highlight|propose|evaluate|analy[sz]e|review|"
    r"measure|detail|offer|add|support|talk|dive|hope|plan|want|need|believe|think|allow|help|find|try|search|parse|"
    r"check|collect|learn|get|start|keep|move|change|apply|hold|ask|encourage|invite|"
    r"focus)"
    r"(?= (?:the|a|an|our|its|their|his|her|to|with|into|at|it|them|some|two|three|more|new|how|what|why|"
    r"when|about|on|that|several|various|all|each|for|through|over|up)\b)"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who speaks in the article: `name` opens a sentence; `again` stands for it later; `person` is a single author."""

    name: str
    again: str
    its: str
    person: bool


def actor_of(company: str | None, *, project: bool, shared: bool = False, generic: bool = False) -> Actor:
    """The company or project by name; without one the team, where the text says "we" (`shared`), else the author.

    `generic`: the project's name alone is a language's and would not be read as who speaks.
    """
    if company and project:
        plain = not generic and not company[0].islower()
        name = company if plain else f"The {company} project"
        return Actor(name, "the project", "its", person=False)
    if company:
        return Actor(company, "the team", "its", person=False)
    if shared:
        return Actor("The team", "the team", "its", person=False)
    return Actor("The author", "they", "their", person=True)


def speaks_for_many(text: str) -> bool:
    """Whether the text says "we" rather than "I"."""
    ours = len(re.findall(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b", text))
    mine = len(re.findall(r"\b(?:I|[Mm]y|me)\b", text))
    return ours > 2 * mine


def rewrite(sentence: str, actor: Actor, *, named: bool = False) -> str:
    """The sentence in the third person; empty when it cannot be told so.

    `named`: an earlier sentence already named who speaks.
    """
    if _UNTELLABLE.search(sentence):
        return ""
    text = _STRAY.sub("", _LABEL.sub("", sentence)).strip()
    if len(shorter := _RUN_IN.sub("", text)) > _RUN_IN_REST:
        text = shorter
    if " you" in text and (shorter := _TO_YOU.sub("", text)).count(" ") >= _STANDS:
        text = shorter
    text = re.sub(r"^As of, ", "", text)  # a date that stood in a link
    text = re.sub(r"^Today['’]s (?=[A-Za-z])", "The ", text)
    text = _ASIDE.sub("", _capital(_AS_SAID.sub("", text)))
    text = re.sub(r"!+(?=[\"”’)]*(?:\s|$))", ".", text) if "!" in text else text
    text = _drop_connectives(text)
    text = _announcements(text, actor)
    text = _first_person(text, actor, named=named)
    text = re.sub(r"^(?:Today|Recently|Now),? (?!that\b)(?=\w)", "", text)
    return _capital(re.sub(r"\s{2,}", " ", text).strip())


def _drop_connectives(text: str) -> str:
    for _ in range(2):
        shorter = _CONNECTIVE.sub("", text)
        if shorter == text:
            break
        text = _capital(shorter)
    return text


def _announcements(text: str, actor: Actor) -> str:
    """ "In this post we describe how we …" becomes "NAME describes how we …"."""
    subject = actor.name if not actor.person else "The author"
    for pattern in (_IN_POST, _WE_POST):
        if match := pattern.match(text):
            return f"{subject} {_tell(text[match.end() :])}"
    if match := _THIS_POST.match(text):
        rest = text[match.end() :]
        verb = rest.split(" ", 1)[0]
        if re.match(r"(is|was|has|were|are|been|contains|includes|in|of|and|on|for|about|by)$", verb):
            return f"The post {rest}" if verb in ("is", "was", "has", "contains", "includes") else ""
        return (
            f"{subject} {_tell(rest)}" if not verb.endswith("s") or verb in ("discuss", "focus") else f"The post {rest}"
        )
    if match := _ANNOUNCE_WE.match(text) or _IT_IS.match(text):
        return f"{subject} {_tell(text[match.end() :])}"
    if match := _ANNOUNCE_THEY.match(text):
        if spoken := re.search(r"^(.*?,? )(?:we|I)$", match["who"]):
            return f"{spoken[1]}{_inside(subject, 1)} {_tell(text[match.end() :])}"
        who = re.sub(r"^On behalf of .*?, ", "", match["who"])
        rest = text[match.end() :]
        plural = re.search(r"\b(and|developers|maintainers|authors|engineers)\b", who) is not None
        return f"{who} {rest}" if plural else f"{who} {_tell(rest)}"
    return text


def _tell(rest: str) -> str:
    """The rest of an announcement with its first verb in the third person: "describe how" -> "describes how"."""
    first, _, tail = rest.partition(" ")
    while tail and _ADVERB.match(first) and first.lower() != "only":
        first, _, tail = tail.partition(" ")
    verb = _SEEN.get(first.lower()) or third_person(first)
    return _agree_second(f"{verb} {tail}".strip(), first.lower())


def _agree_second(text: str, first: str) -> str:
    if first in _UNCHANGED or first.endswith("ed"):
        return text

    def agreed(match: re.Match[str]) -> str:
        """ "to design and build" and "can store and read" keep their second verb."""
        infinitive = _INFINITIVE.search(text[: match.start()].rstrip())
        return match[0] if infinitive else f"{match[1]} {third_person(match[2])}"

    return _SECOND_VERB.sub(agreed, text, count=2)


def third_person(verb: str) -> str:
    """A verb as it follows he, she or it: past forms and modals stay, a base form takes its ending."""
    low = verb.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low in _UNCHANGED or not low.isalpha() or (low.endswith("ed") and low not in _FALSE_PAST):
        return verb
    if low.endswith("ing"):
        return verb
    if re.search(r"(s|x|z|ch|sh|o)$", low):
        return verb + "es"
    if re.search(r"[^aeiou]y$", low):
        return verb[:-1] + "ies"
    return verb + "s"


# "Four of us" has no third person, and somebody's quoted words are not ours to change.
_UNTELLABLE = re.compile(
    r"\b(?:one|two|three|four|five|six|some|many|most|several|all|both|few|none|each|half|lots?|rest) of us\b"
    r"|[\"“][^\"”]{0,300}\b(?:we|our|us|I|my|me)\b[^\"”]{0,300}[\"”]",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\b(we|i)(['’](?:re|m|ve|ll|d))?(?![\w/.-]|['’])((?: [\w'’-]+){0,3})", re.IGNORECASE)
_MINE_SUBJECT = re.compile(r"\b(I)(['’](?:m|ve|ll|d))?(?![\w/.-]|['’])((?: [\w'’-]+){0,3})")
_MINE = re.compile(r"\b(?:I|[Mm]y|me|mine|myself)\b")
_PLURAL = {"am": "are", "was": "were", "is": "are"}
_PLURAL_CONTRACTED = {"re": "are", "m": "are", "ve": "have", "ll": "will", "d": "would"}
_CONTRACTED = {"re": "is", "m": "is", "ve": "has", "ll": "will", "d": "would"}


@dataclass(frozen=True, slots=True)
class _Words:
    """The other forms of a person's pronoun."""

    possessive: re.Pattern[str]
    object: re.Pattern[str]
    reflexive: re.Pattern[str]
    owned: re.Pattern[str]


_ALL_WORDS = _Words(
    re.compile(r"\b(?:our|my)\b", re.IGNORECASE),
    re.compile(r"\b(?:us|me)\b(?!-)"),
    re.compile(r"\b(?:ourselves|myself)\b"),
    re.compile(r"\b(?:ours|mine)\b"),
)
_MINE_WORDS = _Words(
    re.compile(r"\bmy\b", re.IGNORECASE),
    re.compile(r"\bme\b(?!-)"),
    re.compile(r"\bmyself\b"),
    re.compile(r"\bmine\b"),
)
_AUTHOR = Actor("The author", "they", "their", person=True)
_NOT_SUBJECT = re.compile(
    r"\b(?:type|part|phase|chapter|class|level|appendix|mark|world war|vitamin|and|or|/)\s*$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:did|do|does|have|had|are|were|can|could|will|would|should)$", re.IGNORECASE)


def _first_person(text: str, actor: Actor, *, named: bool) -> str:
    """we/our/us/I/my/me by who speaks: the name at the first place, then a word that stands for it."""
    if not actor.person and _MINE.search(text):
        # An "I" at a company is one of its people, not the company.
        text = _third(text, _AUTHOR, _MINE_SUBJECT, _MINE_WORDS, named=False)
    return _third(text, actor, _SUBJECT, _ALL_WORDS, named=named)


def _third(text: str, actor: Actor, subjects: re.Pattern[str], words: _Words, *, named: bool) -> str:
    own = actor.name.lower()
    state = {"named": own in text.lower() or (named and not actor.person)}

    def subject(match: re.Match[str]) -> str:
        if match[1] == "i" or (match[1] == "I" and _NOT_SUBJECT.search(text[: match.start()])):
            return match[0]
        plural = bool(match.start()) and state["named"] and actor.person
        who = actor.again if match.start() and state["named"] else _inside(actor.name, match.start())
        state["named"] = True
        return f"{who}{_agree(match, text, plural=plural)}"

    def possessive(match: re.Match[str]) -> str:
        if match.start() and state["named"]:
            return actor.its
        state["named"] = True
        name = _inside(actor.name, match.start())
        return f"{name}'" if name.endswith("s") else f"{name}'s"

    text = subjects.sub(subject, text)
    text = words.possessive.sub(possessive, text)
    after = _inside(actor.name, 1)
    if state["named"]:
        after = "them" if actor.person else actor.again
    text = words.object.sub(after, text)
    text = words.reflexive.sub("themselves" if actor.person else "itself", text)
    return words.owned.sub("theirs" if actor.person else f"{actor.again}'s own", text)


def _agree(match: re.Match[str], text: str, *, plural: bool) -> str:
    """What follows the subject, with its verb in the form that the new subject asks for."""
    rest = match[3]
    if match[2]:
        short = match[2][1:].lower()
        return f" {_PLURAL_CONTRACTED[short] if plural else _CONTRACTED[short]}{rest}"
    if _BETWEEN.search(text[: match.start()].rstrip()):
        return rest
    words = rest.split(" ")[1:]
    for place, word in enumerate(words):
        if _ADVERB.match(word) and place + 1 < len(words):
            continue
        words[place] = _PLURAL.get(word.lower(), word) if plural else third_person(word)
        break
    return " ".join(["", *words])


def _inside(name: str, position: int) -> str:
    """A name that begins with an article, as it is written within a sentence."""
    return "t" + name[1:] if position and name.startswith("The ") else name


def _capital(text: str) -> str:
    if not text or not text[0].islower() or re.match(r"[a-z]+[A-Z\d]|[a-z]+\.(js|io|rs|py)", text):
        return text
    return text[0].upper() + text[1:]
