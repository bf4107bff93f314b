"""The company or project behind a site that the taxonomy does not know: by the site's name, its address, and how often
the text speaks of it.
"""

from __future__ import annotations

import re
from collections import Counter

from crawler.label.sentences.given_names import GIVEN_NAMES
from crawler.label.speakers.actor import ours_and_mine
from crawler.label.speakers.company_patterns import (
    CORPORATE,
    HOSTING,
    OF_ENGINEERS,
    PROJECT_CUE,
    PUBLICATION,
    SUFFIX,
)
from crawler.label.taxonomy.model import Company, Taxonomy
from crawler.label.view import View
from crawler.model import Reason
from crawler.urls import COUNTRY_LEVEL_NAMES

# What a name may end in by chance ("rosameng"), where nothing sets it off: no company unless the text spells one.
_CHANCE_ENDING = re.compile(r"[a-z](?:eng|dev|data|labs?)$")
_SHORTEST = 3  # letters of a name
_LONGEST_NAME = 4  # blanks: what has more is a motto
_AROUND_NAME = re.compile(r"^the | (?:project|team)$", re.IGNORECASE)
_BRANCH = re.compile(
    r"[\s|:–—-]+(?:engineering|tech(?:nology)?|developers?|dev|labs?|research|product)$", re.IGNORECASE
)
# What many blogs are called by, and magazines: "Code", "Data Notes", "Relay Weekly".
_COMMON_NAME = (
    "code|coding|data|dev|tech|engineering|software|systems?|simple|notes?|blog|web|cloud|machine|learning|ml|ai|the|and|of|"
    "platform|infra|security|design|product|research"
)
_GENERIC = re.compile(
    rf"(?:(?:{_COMMON_NAME})\W*)+|.*\b(?:weekly|daily|digest|bytes?|news|newsletter|magazine|times|journal|review|podcast|"
    r"radio|show|radar|round-?up|tips|tutorials?|academy|university|school|diary|diaries|musings|thoughts)",
    re.IGNORECASE,
)
# "The Relay Programming Language": a language's own blog.
_LANGUAGE = re.compile(r"^(?:the )?(.+?) programming language\b", re.IGNORECASE)
Found = tuple[str | None, Company | None, Reason | None]


def by_site(view: View, taxonomy: Taxonomy) -> Found:
    """A site that is not in the taxonomy: by its name where that is known, or where the text speaks of its domain
    as of a project or company. A person's own name is neither."""
    document = view.document
    for shown in (document.site_name, document.source_name or ""):
        name = SUFFIX.sub("", shown).strip(" |-–—:")
        entry = taxonomy.by_name.get(name.casefold()) if name else None
        if entry is not None:
            return entry.name, entry, Reason("company", entry.name, "site name", name, "site", 0.8)
    if called := _language(view) or _called(view):
        return called
    if publication := _publication(view):
        return publication
    label = domain_word(view.host)
    if len(label) < _SHORTEST or _is_person(label, document.authors):
        return None, None, None
    text = f"{view.title}\n{view.body[:6000]}"
    spelled = Counter(m[0] for m in re.finditer(rf"\b{re.escape(label)}\b", text, re.IGNORECASE) if not m[0].islower())
    if not spelled:
        return None, None, None
    name, times = max(spelled.items(), key=lambda x: (x[1], x[0]))
    cue = re.search(PROJECT_CUE.replace("{n}", re.escape(name)), text)
    in_title = re.search(rf"\b{re.escape(name)}\b", view.title) is not None
    if (
        cue
        and (times >= 3 or (in_title and times >= 2))
        and not re.search(rf"\b(?:I am|I'm|my name is|by) {re.escape(name)}\b", text)
    ):
        return answer(name, None, "domain", name, 0.6, where="text")
    return None, None, None


def _language(view: View) -> Found | None:
    """The language whose blog it is, by the blog's name and its domain: "The Relay Programming Language" on
    relay-lang.example."""
    word = _squeezed(domain_word(view.host))
    for shown in (view.document.source_name or "", view.document.site_name):
        match = _LANGUAGE.match(shown)
        if match and (small := _squeezed(match[1])) and re.fullmatch(rf"{re.escape(small)}(?:lang|language)?", word):
            entry = Company(match[1], project=True, ambiguous=True)
            return answer(entry.name, entry, "site name", match[0], 0.8, where="site")
    return None


def _called(view: View) -> Found | None:
    """Whose a blog is that is called after its owner, as its domain is: "Acme Engineering" on acme.example, or "Acme"
    where the article speaks of Acme. Not a person's own, which says "I" or has their given name, nor a magazine."""
    word = _squeezed(domain_word(view.host))
    if len(word) < _SHORTEST or _is_person(word, view.document.authors):
        return None
    ours, mine = ours_and_mine(view.body)
    for shown in (view.document.source_name or "", view.document.site_name):
        name = SUFFIX.sub("", shown)
        if _squeezed(name) != word:
            name = _AROUND_NAME.sub("", _BRANCH.sub("", name))
        name = name.strip(" |-–—:")
        small = _squeezed(name)
        alike = small == word or (name[:1].isupper() and _begins_alike(small, word))
        if len(small) < _SHORTEST or not alike or name.count(" ") >= _LONGEST_NAME:
            continue
        if name.partition(" ")[0].removesuffix("'s").lower() in GIVEN_NAMES or _GENERIC.fullmatch(name):
            continue
        engineers = OF_ENGINEERS.search(shown) is not None
        spoken_of = re.search(rf"(?<![Bb]y )\b{re.escape(name)}\b", f"{view.title}\n{view.body}") is not None
        if not spoken_of and not (engineers and small == word):
            continue
        if ours > 2 * mine or not mine or (engineers and ours >= mine):
            return answer(name, None, "site name", name, 0.6, where="site")
    return None


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _begins_alike(name: str, word: str) -> bool:
    """Whether a name and a domain's word are of one owner: one begins with the other, or the word holds the name."""
    return word.startswith(name) or name.startswith(word) or (len(name) > _SHORTEST + 1 and name in word)


def _publication(view: View) -> Found | None:
    """The company behind an engineering publication whose name says that it is one (medium.com/acme-engineering,
    engineering.acme.com), as the title or text spells it."""
    segments = [s for s in view.path.split("/") if s]
    if view.host == "medium.com" and segments and PUBLICATION.search(segments[0]):
        word = PUBLICATION.sub("", segments[0]).lstrip("@")
    elif CORPORATE.match(view.host) or PUBLICATION.search(domain_word(view.host)):
        word = PUBLICATION.sub("", domain_word(view.host))
    else:
        return None
    if len(word) < _SHORTEST or _is_person(domain_word(view.host), view.document.authors):  # "rosameng" ends like "eng"
        return None
    shape = re.escape(word).replace(r"\-", r"[ -]?")
    spelled = re.search(rf"\b(?=\w*[A-Z]){shape}\b", f"{view.title}\n{view.body}", re.IGNORECASE)
    if spelled and not spelled[0].islower():
        where = "title" if spelled.end() <= len(view.title) else "text"
        return answer(spelled[0], None, "publication", spelled[0], 0.7, where=where)
    if _CHANCE_ENDING.search(domain_word(view.host)):
        return None
    name = " ".join(w.capitalize() for w in word.split("-"))
    return answer(name, None, "publication", word, 0.5, where="url")


def domain_word(host: str) -> str:
    """The word of a host that its owner registered: "acme" of blog.acme.co.uk and of acme.github.io."""
    labels = host.removeprefix("www.").split(".")
    if len(labels) < 2:
        return ""
    if labels[-2] in HOSTING and len(labels) >= 3:
        return labels[-3]
    below_country = len(labels) >= 3 and len(labels[-1]) == 2 and labels[-2] in COUNTRY_LEVEL_NAMES
    return labels[-3] if below_country else labels[-2]


def _is_person(label: str, authors: tuple[str, ...]) -> bool:
    squeezed = label.replace("-", "").lower()
    return any(part.lower() in squeezed for author in authors for part in author.split() if len(part) > 3)


def answer(name: str, entry: Company | None, rule: str, evidence: str, score: float, where: str = "title") -> Found:
    """A name with the taxonomy's entry, where there is one, and its reason."""
    return name, entry, Reason("company", name, rule, evidence, where, score)
