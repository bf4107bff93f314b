"""Who speaks: the company or project whose article it is; None where a person speaks for themselves.

Order of trust: what the operator configured, what the title says ("… at Bolt", "How Bolt built …"), the address,
the name of the site, a known name in the title. Names that are everyday words count by address or by "at" only.
"""

from __future__ import annotations

import re
from collections import Counter

from crawler.label.taxonomy import Company, Taxonomy
from crawler.label.view import View
from crawler.model import Reason

Found = tuple[str | None, Company | None, Reason | None]

_NAME = r"[A-Z0-9][\w.&'’-]*(?: (?:[A-Z0-9][\w.&'’-]*|of|and|&))*"
_AT_END = re.compile(
    rf"\b(?:at|in|by|from) (?:the )?({_NAME}|i[A-Z]\w+|x[A-Z]\w+|e[A-Z]\w+|trivago|freee)(?=$|[:;,|–—(?!]|"
    rf" [-–—|] | - |: )"
)
_AT_ANY = re.compile(rf"\bat ({_NAME})")
_HOW = re.compile(
    r"\b(?:[Hh]ow|[Ww]hy|[Ii]nside|[Ww]hen|[Ww]here) ((?:[A-Z0-9][\w.&-]*|i[A-Z]\w+|"
    r"x[A-Z]\w+)(?: [A-Z][\w.&-]*){0,2})(?:['’]s?)? (?=[a-z]|[A-Z][a-z]+(?:s|ed|lt|t)\b)"
)
_POSSESSIVE = re.compile(r"(?:^|[\s:(])((?:[A-Z][\w.&-]*|x[A-Z]\w+|i[A-Z]\w+)(?: [A-Z][\w.&-]*){0,1})['’]s?(?=\s|$)")
_LAUNCH = re.compile(r"(?:Introducing|Announcing|Releasing) ([A-Z][\w.&-]*)(?=['’]s\b|[:,]| v?\d|$)")
# What stands after "at" and is no company.
_NO_COMPANY = re.compile(
    r"\b(scale|work|home|runtime|speed|large|rest|night|once|last|least|conf\w*|\w*con|summit|meetup|"
    r"days?|week|fest|expo|forum"
    r"|university|college|school|institute|20\d\d|the edge|edge|oscon|fosdem|qcon|strata|velocity|re:invent|google i/o"
    r"|neurips|icml|iclr|kdd|cvpr|acl|sigir|recsys|production|compile time|first|[A-Z]{2,} \d+)\b",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"(^|\.)(medium\.com|youtube\.com|youtu\.be|infoq\.com|arxiv\.org|slideshare\.net|speakerdeck\.com|"
    r"vimeo\.com|dev\.to"
    r"|hackernoon\.com|dl\.acm\.org|acm\.org|usenix\.org|github\.com|substack\.com|"
    r"towardsdatascience\.com|highscalability\.com"
    r"|thenewstack\.io|dzone\.com|ieee\.org|researchgate\.net|docs\.google\.com|drive\.google\.com|"
    r"reddit\.com|quora\.com"
    r"|techcrunch\.com|zdnet\.com|wired\.com|web\.archive\.org|news\.ycombinator\.com|linkedin\.com/pulse)$"
)
_SUFFIX = re.compile(
    r"[\s|:–—-]*\b(the )?(tech(nology|nical)?|engineering|engineers?|developers?|dev|research|"
    r"data science|product|labs?|official)?"
    r"\s*(&|and)?\s*(product|design|technology|tech)?\s*(blog|news|weblog|journal|team|tech ?blog|medium)\s*$",
    re.IGNORECASE,
)
_HOSTING = frozenset(
    {
        "github",
        "gitlab",
        "netlify",
        "vercel",
        "wordpress",
        "blogspot",
        "medium",
        "substack",
        "pages",
        "readthedocs",
        "tumblr",
        "hashnode",
        "ghost",
        "bearblog",
    }
)
_PUBLICATION = re.compile(
    r"[-_]?(engineering|eng|tech(-?blog)?|techblog|labs?|insider?|developers?|dev|design-engineering|data(-science)?"
    r"|product(-technology|-tech)?|technology|global-?tech)$"
)
_CORPORATE = re.compile(
    r"^(engineering|eng|tech|techblog|developers?|code|labs|research|technology)\.[\w-]+\.\w+(\.\w+)?$"
)
_PROJECT_CUE = (
    r"(?:the {n} (?:project|team|community|developers|maintainers|contributors|blog|release|library)|"
    r"{n} (?:team|community|project|users|contributors|v?\d)|(?:at|welcome to|join|using|of|for|in|"
    r"with) {n}\b|{n}['’]s|{n}(?: \w+)? (?:is|has|was|now|supports|provides|offers))"
)


def find_company(view: View, taxonomy: Taxonomy) -> Found:
    """The name as it is shown, the taxonomy's entry where there is one, and the reason."""
    document = view.document
    if document.source_company:
        entry = taxonomy.by_name.get(document.source_company.casefold())
        reason = Reason("company", document.source_company, "source", document.source_company, "source", 1.0)
        return document.source_company, entry, reason
    by_host = company_by_host(view, taxonomy)
    guest_allowed = by_host is None or by_host.project
    if guest_allowed or by_host is None:
        found = _by_title(view, taxonomy, host_known=by_host is not None)
        if found[0]:
            return found
    elif named := _signed(view.title, taxonomy):
        return named
    if by_host is not None:
        return by_host.name, by_host, Reason("company", by_host.name, "host", view.host, "url", 0.95)
    return _by_site(view, taxonomy)


def company_by_host(view: View, taxonomy: Taxonomy) -> Company | None:
    """The longest known domain or domain/path prefix of the address."""
    if not view.host:
        return None
    host = view.host.removeprefix("www.")
    segments = [s for s in view.path.split("/") if s]
    labels = host.split(".")
    if len(labels) == 3 and labels[1:] == ["medium", "com"]:  # a publication's own subdomain
        host, labels, segments = "medium.com", labels[1:], [host.split(".")[0], *segments]
    for depth in range(len(labels) - 1):
        domain = ".".join(labels[depth:])
        for size in (2, 1):
            if len(segments) >= size and (found := taxonomy.by_host.get("/".join([domain, *segments[:size]]).lower())):
                return found
        found = taxonomy.by_host.get(domain)
        if found and not _ANYBODY.search(host):
            return found
    word = segments[0].lstrip("@") if host == "medium.com" and segments else _domain_word(host)
    if _ANYBODY.search(host) and host != "medium.com":
        return None
    plain = _PUBLICATION.sub("", word)
    return taxonomy.by_name.get(plain.replace("-", " ").casefold()) or taxonomy.by_name.get(plain.replace("-", ""))


def _by_title(view: View, taxonomy: Taxonomy, *, host_known: bool) -> Found:
    title = view.title
    for pattern, rule in ((_AT_END, "at NAME"), (_AT_ANY, "at NAME"), (_HOW, "how NAME")):
        for match in reversed(list(pattern.finditer(title))):
            name = match[1].strip(" .'’")
            at = match[0].startswith("at ")
            entry = _known(name, taxonomy)
            sure = entry is not None and (at or rule == "how NAME" or not _ambiguous(name, entry))
            if entry is not None and sure and not (entry.project and host_known):
                if not _NO_COMPANY.search(title[match.end(1) : match.end(1) + 8]):
                    return _answer(entry.name, entry, rule, match[1], 0.9)
            elif (
                entry is None and at and pattern is _AT_END and not _NO_COMPANY.search(name) and len(name.split()) <= 3
            ):
                return _answer(name, None, rule, match[1], 0.7)
            elif entry is None and rule == "how NAME" and host_known and _elsewhere(name, view):
                return _answer(name.partition(" ")[0], None, rule, match[1], 0.6)
    for match in _POSSESSIVE.finditer(title):
        entry = _known(match[1], taxonomy)
        if entry is not None and not entry.project and not host_known:
            return _answer(entry.name, entry, "NAME's", match[1], 0.85)
    launch = _LAUNCH.match(title)
    if launch and not host_known and (entry := taxonomy.by_name.get(launch[1].casefold())) and entry.project:
        return _answer(entry.name, entry, "introducing NAME", launch[1], 0.7)
    if not host_known and (not view.host or _ANYBODY.search(view.host)):
        return _mentioned(title, taxonomy)
    return None, None, None


def _signed(title: str, taxonomy: Taxonomy) -> Found | None:
    """A title that ends with "at NAME" speaks of NAME, even on the blog of a company that took it over."""
    match = re.search(rf"\bat ({_NAME})$", title)
    entry = taxonomy.by_name.get(match[1].casefold()) if match else None
    if match is None or entry is None or entry.project or _NO_COMPANY.search(match[1]):
        return None
    return _answer(entry.name, entry, "at NAME", match[1], 0.9)


def _known(name: str, taxonomy: Taxonomy) -> Company | None:
    """The entry of a name, or of its first words ("LinkedIn Feed" is LinkedIn)."""
    words = name.split()
    for size in range(len(words), 0, -1):
        if entry := taxonomy.by_name.get(" ".join(words[:size]).casefold()):
            return entry
    return None


def _ambiguous(name: str, entry: Company) -> bool:
    """Whether this spelling is an everyday word; a company's other names are not ("Meta", but Facebook)."""
    return entry.ambiguous and name.split(maxsplit=1)[0].casefold() == entry.name.split()[0].casefold()


def _elsewhere(name: str, view: View) -> bool:
    """Whether the text speaks of the name as of somebody who did the work."""
    first = name.split(maxsplit=1)[0]
    return (
        len(first) > 2
        and first[0].isupper()
        and len(re.findall(rf"\b{re.escape(first)}\b", view.body)) >= 2
        and bool(
            re.search(
                rf"\b(at {re.escape(first)}\b|{re.escape(first)}['’]s|{re.escape(first)} (is|was|has|had|"
                rf"built|uses|used|needed|moved|chose))",
                view.body,
            )
        )
    )


def _mentioned(title: str, taxonomy: Taxonomy) -> Found:
    """A known, unmistakable company name anywhere in the title of a page on a shared host."""
    words = re.findall(r"[\w.&+-]+", title)
    for size in (3, 2, 1):
        for index in range(len(words) - size + 1):
            name = " ".join(words[index : index + size])
            entry = taxonomy.by_name.get(name.casefold())
            if entry is None or entry.project or name == name.lower():
                continue
            if not _ambiguous(name, entry) or index == 0:
                return _answer(entry.name, entry, "name in the title", name, 0.6)
    return None, None, None


def _by_site(view: View, taxonomy: Taxonomy) -> Found:
    """A site that is not in the taxonomy: by its name where that is known, or where the text speaks of its domain
    as of a project or company. A person's own name is neither."""
    document = view.document
    for shown in (document.site_name, document.source_name or ""):
        name = _SUFFIX.sub("", shown).strip(" |-–—:")
        entry = taxonomy.by_name.get(name.casefold()) if name else None
        if entry is not None:
            return entry.name, entry, Reason("company", entry.name, "site name", name, "site", 0.8)
    if publication := _publication(view):
        return publication
    label = _domain_word(view.host)
    if len(label) < 3 or _is_person(label, document.authors):
        return None, None, None
    text = f"{view.title}\n{view.body[:6000]}"
    spelled = Counter(m[0] for m in re.finditer(rf"\b{re.escape(label)}\b", text, re.IGNORECASE) if not m[0].islower())
    if not spelled:
        return None, None, None
    name, times = max(spelled.items(), key=lambda x: (x[1], x[0]))
    cue = re.search(_PROJECT_CUE.replace("{n}", re.escape(name)), text)
    in_title = re.search(rf"\b{re.escape(name)}\b", view.title) is not None
    if (
        cue
        and (times >= 3 or (in_title and times >= 2))
        and not re.search(rf"\b(?:I am|I'm|my name is|by) {re.escape(name)}\b", text)
    ):
        return _answer(name, None, "domain", name, 0.6, where="text")
    return None, None, None


def _publication(view: View) -> Found | None:
    """The company behind an engineering publication whose name says that it is one (medium.com/acme-engineering,
    engineering.acme.com), as the title or text spells it."""
    segments = [s for s in view.path.split("/") if s]
    if view.host == "medium.com" and segments and _PUBLICATION.search(segments[0]):
        word = _PUBLICATION.sub("", segments[0]).lstrip("@")
    elif _CORPORATE.match(view.host) or _PUBLICATION.search(_domain_word(view.host)):
        word = _PUBLICATION.sub("", _domain_word(view.host))
    else:
        return None
    if len(word) < 3:
        return None
    shape = re.escape(word).replace(r"\-", r"[ -]?")
    spelled = re.search(rf"\b(?=\w*[A-Z]){shape}\b", f"{view.title}\n{view.body}", re.IGNORECASE)
    if spelled and not spelled[0].islower():
        where = "title" if spelled.end() <= len(view.title) else "text"
        return _answer(spelled[0], None, "publication", spelled[0], 0.7, where=where)
    name = " ".join(w.capitalize() for w in word.split("-"))
    return _answer(name, None, "publication", word, 0.5, where="url")


def _domain_word(host: str) -> str:
    labels = host.removeprefix("www.").split(".")
    if len(labels) < 2:
        return ""
    if labels[-2] in _HOSTING and len(labels) >= 3:
        return labels[-3]
    return labels[-2] if labels[-2] not in ("co", "com", "org", "ac") or len(labels) < 3 else labels[-3]


def _is_person(label: str, authors: tuple[str, ...]) -> bool:
    squeezed = label.replace("-", "").lower()
    return any(part.lower() in squeezed for author in authors for part in author.split() if len(part) > 3)


def _answer(name: str, entry: Company | None, rule: str, evidence: str, score: float, where: str = "title") -> Found:
    return name, entry, Reason("company", name, rule, evidence, where, score)
