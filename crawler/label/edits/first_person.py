"""The first person told in the third: the name at its first place, then a word that stands for it, verbs that agree."""

from __future__ import annotations

import re

from crawler.cued import any_of, large_or_small
from crawler.label.edits.agreement import agree_clause, agree_many
from crawler.label.sentences.verbs import ADVERB, NEVER_VERB, is_participle, may_be_participle, third_person
from crawler.label.speakers.actor import Actor, within

_WORDS = re.compile(r"\w+")
_FIRST_PERSON = frozenset({"we", "i", "our", "my", "us", "me", "ourselves", "myself", "ours", "mine"})
_MINE = re.compile(r"\b(?:I|[Mm]y|me|mine|myself)\b")
_AUTHOR = Actor("The author", "they", "their", person=True)
# A word of its own: no part of "my.example.org", "my-binary", "us-east" or "100 us".
_ALONE = r"\b(?=[WwIiOoMmUu])(?<![./@-])"
_NO_MORE = r"(?![\w/-]|\.\w)"
_SHORT = r"(?P<short>['’](?:re|m|ve|ll|d))?(?![\w/-]|['’]|\.)"


def _told_words(subject: str, possessive: str, object_: str, reflexive: str, owned: str) -> re.Pattern[str]:
    """A pattern of all forms of a pronoun, to be told in the order in which they stand."""
    return re.compile(
        _ALONE
        + any_of(
            rf"(?P<subject>{subject}){_SHORT}",
            rf"(?P<possessive>{possessive}){_NO_MORE}",
            rf"(?P<object>(?<!\d )(?:{object_})){_NO_MORE}",
            rf"(?P<reflexive>{reflexive})\b",
            rf"(?P<owned>{owned})\b",
        )
    )


_ALL = _told_words("[Ww]e|I|i", "[Oo]ur|[Mm]y", "us|me", "[Oo]urselves|[Mm]yself", "ours|mine")
_ONLY_MINE = _told_words("I|i", "[Mm]y", "me", "[Mm]yself", "mine")

_PLURAL = {"am": "are", "was": "were", "is": "are", "wasn't": "weren't", "wasn’t": "weren’t"}
_PLURAL_CONTRACTED = {"re": "are", "m": "are", "ve": "have", "ll": "will"}
_CONTRACTED = {"re": "is", "m": "is", "ve": "has", "ll": "will"}
_NOT_SUBJECT = re.compile(
    r"\b(?:type|part|phase|chapter|class|level|appendix|mark|world war|vitamin|and|or|/)\s*$", re.IGNORECASE
)
# Where "it" would be taken for something else: another one is there, or "how it works" says how a thing does.
_OTHER_IT = re.compile(r"\b(?:it|its|itself|it['’]s)\b", re.IGNORECASE)
# Where a name is who acts, and no part of another: "when Acme grew", but not "as part of Acme Cloud".
_BEFORE_SUBJECT = any_of(
    large_or_small("when|since|if|as|because|after|before|while|once|until"), "that|how|why|and|but|so"
)
# "What Acme builds and": the next verb may be somebody else's. "If Acme grows, ": a comma ends it.
_WHAT = re.compile(r"\b[Ww]hat(?: [a-z]+)? $")
_DEPENDENT = re.compile(
    r"\b(?:once|if|when|whenever|as|since|because|after|before|while|although|though|until|unless) $", re.IGNORECASE
)
_IT_WORKS = re.compile(r" (?:\w+ly )?work\b")
# "Did we", "what have we": the verb stands before.
_BETWEEN = re.compile(
    r"\b(?:(?P<form>do|have|are|were|don['’]t|haven['’]t|aren['’]t)|did|does|had|can|could|will|would|should) $",
    re.IGNORECASE,
)
# Between a subject and its verb: "we, as a company, use", "we of course use", "we kind of like".
_ASIDE = re.compile(
    r", [^,;:.]{2,50},(?= )| (?:of course|at least|at first|at last|in fact|in turn|in general|in particular|kind of|"
    r"sort of|pretty much|more or less|by default|by now|these days|no longer|for one|on average|often times|"
    r"last(?= \w+(?:ed|te|lt|de)\b))(?= )"
)
_NEAR = 60  # characters after "for Acme" in which "it" is Acme
_WORD = re.compile(r" ([\w'’-]+)")
# "We developers", "we both", "we can all", "we three": more than a name says.
_MANY = re.compile(
    r" (?:(?:can|will|could|should|must|may|would) )?(?:all|both|each|two|three|four|five|humans?|people|folks|"
    r"developers|engineers|programmers|users|guys|mortals|as)\b(?! (?:a |an )?result\b)"
)
# "We are heavy users of it" has no singular; but "we are testing loaders".
_ARE_USERS = re.compile(
    r"(?: (?:all|both|also|still|not|\w+ly))*(?: (?!\w+ing )[a-z-]+)? "
    r"(?:[a-z]+(?:sers|pers|eers|tors|sors|ters|ists|ians)|fans|people|folks|friends|partners|members|believers|"
    r"makers|engineers|leaders|lovers)\b"
)
# "Mind if I Order the Cheeseburger" is a title.
_IN_TITLE = re.compile(r" [A-Z][a-z]+\b")
# "A couple of us", "between us", "us Berlin people".
_OF_US = re.compile(
    r"\b(?:between|among|amongst|(?:[Ee]very|[Ee]ach|[Aa]ny|couple|bunch|lots?|handful|number|group|more|half|rest|"
    r"part|\w+(?:st|th)) of) $"
)
_US_PEOPLE = re.compile(
    r" (?:[A-Z][\w-]+ )*(?:humans|people|folks|developers|engineers|programmers|users|guys|mortals)\b"
)
_IN_QUOTES = re.compile(
    r"(?<!\w)['‘](?:[^'’]|['’](?=\w))*?\b(?:[Ww]e|[Oo]ur|us|I|[Mm]y|me)\b(?:[^'’]|['’](?=\w))*['’](?!\w)"
)
# "Faster than mine", "mine was slow"; but "they mine data", "a mine".
_OWNER = re.compile(r"(?:^|\b(?:than|of|as|like|to|is|was|if|and|from) )$")
_OWNED = re.compile(r"[.,;:)]|$| (?:is|was|has|had|will|would|and|or|but|in|on|at|for|with|to)\b")
# "Our World in Data", "How We Work" amid a sentence.
_AMID = re.compile(r"[\w,] $")
# "Ana and myself", "myself and others", "plus me and Ana".
_BESIDE = re.compile(r"\b(?:and|or|plus) $")
_AND_OTHERS = re.compile(r",? and (?:[A-Z]|others\b)")


class _NoThirdPerson(Exception):
    """What is said in the first person cannot be told of a name."""


def third(text: str, actor: Actor, *, named: bool) -> str:
    """we/our/us/I/my/me by who speaks: the name at the first place, then a word that stands for it.

    Empty where that makes no sense: "we developers", "a couple of us".
    """
    try:
        if not actor.person and _MINE.search(text):
            # An "I" at a company is one of its people, not the company.
            text = _third(text, _AUTHOR, _ONLY_MINE, named=False)
        return _third(text, actor, _ALL, named=named)
    except _NoThirdPerson:
        return ""


def _third(text: str, actor: Actor, words: re.Pattern[str], *, named: bool) -> str:
    if _FIRST_PERSON.isdisjoint(_WORDS.findall(text.lower())):
        return text
    if ("'" in text or "‘" in text) and _IN_QUOTES.search(text):
        raise _NoThirdPerson
    return _Told(text, actor, named=named).told(words)


class _Told:
    """One sentence on its way into the third person: whether its reader knows who speaks, as far as it was changed."""

    def __init__(self, text: str, actor: Actor, *, named: bool) -> None:
        self._text, self._actor = text, actor
        self._own = actor.name.lower()
        self._named = named and not actor.person
        self._here = False
        self._object_end = -_NEAR
        self._dependent = False
        self._what = False  # "what Acme builds and": the next verb may be somebody else's
        self._many: bool | None = None  # whether the subject of this clause is "they"; None: it has no verb to agree
        self._pronoun = actor.again if actor.person or _OTHER_IT.search(text) else "it"
        self._acting = re.compile(
            rf"(?:^|\b{_BEFORE_SUBJECT} |, ){re.escape(actor.name)} (?!(?:and|or|of|in|at|for)\b)[a-z]"
        )
        self._parts: list[str] = []
        self._clause: list[str] = []  # from a verb that agrees with a subject told here

    def told(self, words: re.Pattern[str]) -> str:
        """The sentence, its words in the order in which they stand."""
        text, place = self._text, 0
        while match := words.search(text, place):
            self._clause.append(text[place : match.start()])
            place = self._tell(match)
        self._clause.append(text[place:])
        self._end_clause()
        return "".join(self._parts)

    def _tell(self, match: re.Match[str]) -> int:
        """One word told; where the text goes on."""
        kind = match.lastgroup if match.lastgroup != "short" else "subject"
        if (
            match[0][0] in "WOM"
            and _IN_TITLE.match(match.string, match.end())
            and _AMID.search(match.string[: match.start()])
        ):
            raise _NoThirdPerson
        if kind == "subject":
            return self._subject(match)
        tell = {"possessive": self._possessive, "object": self._object, "reflexive": self._reflexive}
        self._clause.append(tell.get(kind or "", self._owned)(match))
        return match.end()

    def _is_named(self, match: re.Match[str]) -> bool:
        """Whether a reader knows who it is: said before this sentence, or in it."""
        return self._named or self._own in match.string[: match.start()].lower()

    def _subject(self, match: re.Match[str]) -> int:
        actor, start, head = self._actor, match.start(), match.string[: match.start()]
        if head.lower().endswith("dare "):
            raise _NoThirdPerson
        if match["subject"] == "i" or (match["subject"] == "I" and _NOT_SUBJECT.search(head)):
            self._clause.append(match[0])
            return match.end()
        again = start > 0 and self._is_named(match)
        here = self._here or start - self._object_end < _NEAR or self._acting.search(head) is not None
        later = self._pronoun if here and not _IT_WORKS.match(match.string, match.end()) else actor.again
        many = again and actor.person
        before = _BETWEEN.search("".join(self._clause))
        self._end_clause()
        self._named = self._here = True
        if before and before["form"] and not many:
            self._parts[-1] = (
                self._parts[-1][: before.start("form") - before.end()] + third_person(before["form"]) + " "
            )
        self._parts.append(later if again else within(actor.name, start))
        self._dependent = _DEPENDENT.search(head) is not None
        self._what = _WHAT.search(head) is not None
        return self._agree(match, many=many, alone=before is not None)

    def _agree(self, match: re.Match[str], *, many: bool, alone: bool) -> int:
        """What follows the subject, with its verb in the form that the new subject asks for."""
        text, end = match.string, match.end()
        if match["subject"] != "I" and _MANY.match(text, end):
            raise _NoThirdPerson
        if alone:
            return end
        if match["short"]:
            told = _opened(match["short"][1:].lower(), text[end:], many=many)
        else:
            end, verb = self._verb(text, end)
            if not verb:
                return end
            told = _PLURAL.get(verb.lower(), verb) if many else third_person(verb)
        if told in ("is", "was") and match["subject"] != "I" and _ARE_USERS.match(text, end):
            raise _NoThirdPerson
        self._parts.append(" ")
        self._clause.append(told)
        self._many = many
        return end

    def _verb(self, text: str, end: int) -> tuple[int, str]:
        """Where the verb ends, and the verb; what stands before it is told as it is. "We at Acme use" is Acme."""
        place = re.compile(rf",? (?:(?:here|over) )?(?:at|from|of) {re.escape(self._actor.name)}\b,?(?= [a-z])")
        if at := place.match(text, end):
            end = at.end()
        start = end
        while True:
            if aside := _ASIDE.match(text, end):
                end = aside.end()
            word = _WORD.match(text, end)
            if not word or not ADVERB.match(word[1]) or not _WORD.match(text, word.end()):
                break
            end = word.end()
        self._parts.append(text[start:end])
        if word is None:
            return end, ""
        if NEVER_VERB.match(word[1]) or _IN_TITLE.match(text, end) or word[1][0].isdigit():
            raise _NoThirdPerson
        return word.end(), word[1]

    def _end_clause(self) -> None:
        """A clause ends where another subject is told: what else its subject does agrees, too."""
        clause = "".join(self._clause)
        if self._many is not None and not self._what:
            clause = agree_many(clause) if self._many else agree_clause(clause, dependent=self._dependent)
        self._parts.append(clause)
        self._clause, self._many = [], None

    def _possessive(self, match: re.Match[str]) -> str:
        if match.string.startswith(f" {self._actor.name} ", match.end()):
            return "the" if match.start() else "The"  # "our Acme plan"
        if match.start() and self._is_named(match):
            return self._actor.its
        self._named = True
        name = within(self._actor.name, match.start())
        return f"{name}'" if name.endswith("s") else f"{name}'s"

    def _object(self, match: re.Match[str]) -> str:
        actor, head = self._actor, match.string[: match.start()]
        if match[0] == "us" and (_OF_US.search(head) or _US_PEOPLE.match(match.string, match.end())):
            raise _NoThirdPerson
        if _BESIDE.search(head) and _AND_OTHERS.match(match.string, match.end()):
            raise _NoThirdPerson
        if self._is_named(match):
            return "them" if actor.person else actor.again
        self._named, self._object_end = True, match.end()
        return within(actor.name, 1)

    def _reflexive(self, match: re.Match[str]) -> str:
        """ "Itself" of who acts; beside somebody else it is the name: "Ana and myself wrote"."""
        actor = self._actor
        beside = _BESIDE.search(match.string[: match.start()]) or _AND_OTHERS.match(match.string, match.end())
        if beside and actor.person:
            again = self._is_named(match)
            self._named = True
            return "they" if again else within(actor.name, match.start())
        if not self._here or beside:
            raise _NoThirdPerson
        return "themselves" if actor.person else "itself"

    def _owned(self, match: re.Match[str]) -> str:
        head, tail = match.string[: match.start()], match.string[match.end() :]
        if match[0] == "mine" and not (_OWNER.search(head) and _OWNED.match(tail)):
            return match[0]
        return "theirs" if self._actor.person else "its own"


def _opened(short: str, rest: str, *, many: bool) -> str:
    """What "'ve" and its like stand for: "we'd built" had, "we'd build" would, and "we'd put" either."""
    if short != "d":
        return (_PLURAL_CONTRACTED if many else _CONTRACTED)[short]
    if may_be_participle(rest):
        raise _NoThirdPerson
    return "had" if is_participle(rest) else "would"
