"""Who speaks as a guest: a partner's people on a project's blog, a company's on another's, those who use a project."""

from __future__ import annotations

import re

from crawler.cued import any_of
from crawler.label.taxonomy.phrases import PhraseBook
from crawler.label.view import View

# A name in a title: "Globex", "Globex Cloud"
_NAME = re.compile(r"[A-Z][\w&.-]*\w(?: [A-Z][\w&.-]*\w)?")
# An occasion, where everybody is a guest.
_OCCASION = re.compile(r"Con(?:f|ference)?\b|Day\b|Summit|Meetup|Week\b|Expo\b|Forward\b|Camp\b", re.IGNORECASE)
_LONGEST = 40  # characters before a name that tell who is there
# Who uses a project says "we" beside its name: "we run Relay in two regions", "our experience with Relay"
_USES = (
    r"(?:use|using|used|run|running|ran|adopt\w*|choose|chose|choosing|deploy\w*|migrat\w+|mov(?:e|ed|ing)|"
    r"switch\w*|pick(?:ed)?|evaluat\w+|turn(?:ed)? to|settled on|rel(?:y|ied) on|embrac\w+|benefit\w*|saw|tried|"
    r"experiment\w*|start(?:ed)? (?:using|with))"
)
_OUR_USE = r"\b[Oo]ur (?:\w+ )?(?:experience|journey|use|usage|move|migration|adoption|switch)"
_BEFORE_IT = r"\b(?:[Bb]efore|[Ww]ithout|[Tt]hanks to|[Ww]ith)"
_ASKING = re.compile(r"^(?:How|Why(?: and How)?|What|Where) ")
_POINTING = frozenset("this that there it he she we they you what here today everyone nobody one who".split())  # noqa: SIM905
_INITIALS = re.compile(r"[A-Z]+s?")
_AS_USERS = 2  # times that "we" are those who use it
_INTERVIEW = re.compile(r"\binterview with (?:\w+ at )?(?=[A-Z])|\binterviews ", re.IGNORECASE)
# "Globex has grown", "Globex, a shop for parcels, started": who opens a text in which "we" are at work
_OPENS_WITH = re.compile(
    r"^(?P<name>[A-Z][\w&.-]*\w(?: [A-Z][\w&.-]*\w)?)(?:, [^,.]{3,80},)? (?:has|is|was|started|began|provides|offers|"
    r"builds|makes|runs|operates|helps|serves|sells|powers|moves|uses|connects|delivers)\b"
)


def guest_of(view: View, host: str) -> str:
    """The name in the title for which the text says "we" on the blog of `host`; empty where there is none."""
    for found in _NAME.finditer(view.title):
        for name in dict.fromkeys((found[0], found[0].partition(" ")[0])):
            same = name.casefold() in host.casefold() or host.casefold() in name.casefold()
            if not same and not _OCCASION.search(name) and _speaks_for(view.body, name):
                return name
    return ""


def uses(view: View, project: str, *, told: bool = False) -> bool:
    """Whether "we" on a project's blog are those who use it, and not those who make it; who is asked uses it.

    `told`: the title says that somebody uses it, so that less is enough.
    """
    if _INTERVIEW.search(view.title):
        return True
    name = re.escape(project)
    said = any_of(
        rf"\b[Ww]e\b[^.;:?!]{{0,60}}?\b{_USES}(?: [\w,'’-]+){{0,6}}? {name}\b(?!['’]s)",
        rf"{_OUR_USE} (?:of|with|to|from) {name}\b",
        rf"{_BEFORE_IT} {name}, we\b",
        rf"\b[Oo]ur {name} (?:cluster|setup|deployment|instance|server|installation)s?\b",
    )
    least = 1 if told else _AS_USERS
    return sum(1 for _ in re.finditer(said, f"{view.title}. {view.body}")) >= least


def user_of(view: View, project: str, tools: PhraseBook) -> str:
    """Who uses a project and tells of it on its blog: whom the title names and the text has at work, else whom the text
    begins with, if that is none of the `tools` that topics are named by; empty where neither names anybody."""
    for found in _NAME.finditer(_ASKING.sub("", view.title)):
        name = found[0]
        same = name.casefold() in project.casefold() or project.casefold() in name.casefold()
        if same or _OCCASION.search(name) or _is_common(name, view.body):
            continue
        if _at_work(view.body, name, tools):
            return name
    opening = _OPENS_WITH.match(view.body)
    name = opening["name"] if opening else ""
    known = not name or project.casefold() in name.casefold() or tools.find(name) or _is_common(name, view.body)
    return "" if known or view.body.count(name) < _AS_USERS else name


def _is_common(name: str, text: str) -> bool:
    """Whether it is a word as any other, large where a sentence or a title begins: "This is", "Software has"."""
    return re.search(rf"\b{re.escape(name.lower())}\b", text) is not None or name.lower() in _POINTING


def _at_work(text: str, name: str, tools: PhraseBook) -> bool:
    """Whether a text has people "at Globex", or says what Globex has or does; of a tool ("our APIs") only people."""
    if re.search(rf"\bat {re.escape(name)}\b", text):
        return True
    if tools.find(name) or _INITIALS.fullmatch(name):
        return False
    does = r"(?:has|is|was|had|uses|runs|made|makes|moved|provides|offers|operates|started|talks|built|builds|chose)"
    return re.search(rf"\b{re.escape(name)} {does}\b", text) is not None


def _speaks_for(text: str, name: str) -> bool:
    """Whether a text says "At Globex, we move parcels", "we at Globex", "my team at Globex" or "here at Globex"."""
    place = text.find(f"t {name}")
    while place >= 0:
        near = text[max(0, place - _LONGEST) : place + len(name) + 8]
        if re.search(
            rf"\b(?:[Hh]ere at {re.escape(name)}\b|[Aa]t {re.escape(name)},? (?:we|our)\b|"
            rf"(?:\b(?:[Ww]e|us)|\b(?:[Mm]y|[Oo]ur) (?:team|colleagues|company))(?: here)? at {re.escape(name)}\b)",
            near,
        ):
            return True
        place = text.find(f"t {name}", place + 1)
    return False
