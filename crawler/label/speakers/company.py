"""Who speaks: the company or project whose article it is; None where a person speaks for themselves.

Order of trust: what the operator configured, what the title says ("… at Bolt", "How Bolt built …"), the address,
the name of the site, a known name in the title. Names that are everyday words count by address or by "at" only.
"""

from __future__ import annotations

import re

from crawler.label.speakers.actor import ours_and_mine
from crawler.label.speakers.company_patterns import (
    ANYBODY,
    ASKED,
    AT_ANY,
    AT_END,
    CUSTOMER,
    HOW,
    LAUNCH,
    LAUNCH_OF,
    NAME,
    NO_COMPANY,
    POSSESSIVE,
    PUBLICATION,
    PUT_TO_USE,
)
from crawler.label.speakers.site import Found, answer, by_site, domain_word
from crawler.label.taxonomy.model import Company, Taxonomy
from crawler.label.view import View
from crawler.model import Reason


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
    elif named := _signed(view.title, taxonomy) or _customer(view, taxonomy, by_host):
        return named
    if by_host is not None:
        return by_host.name, by_host, Reason("company", by_host.name, "host", view.host, "url", 0.95)
    return by_site(view, taxonomy)


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
        if found and not ANYBODY.search(host):
            return found
    word = segments[0].lstrip("@") if host == "medium.com" and segments else domain_word(host)
    if ANYBODY.search(host) and host != "medium.com":
        return None
    plain = PUBLICATION.sub("", word.rpartition("-at-")[2])
    return taxonomy.by_name.get(plain.replace("-", " ").casefold()) or taxonomy.by_name.get(plain.replace("-", ""))


def _by_title(view: View, taxonomy: Taxonomy, *, host_known: bool) -> Found:
    title = view.title
    for pattern, rule in ((AT_END, "at NAME"), (AT_ANY, "at NAME"), (HOW, "how NAME")):
        for match in reversed(list(pattern.finditer(title))):
            name = match[1].strip(" .'’")
            at = match[0].startswith("at ")
            entry = _known(name, taxonomy)
            sure = entry is not None and (at or rule == "how NAME" or not _ambiguous(name, entry))
            told_of = entry is not None and entry.project and (host_known or not at)  # "How RELAY works", by anybody
            if entry is not None and sure and not told_of:
                if not NO_COMPANY.search(title[match.end(1) : match.end(1) + 8]):
                    return answer(entry.name, entry, rule, match[1], 0.9)
            elif entry is None and at and pattern is AT_END and not NO_COMPANY.search(name) and len(name.split()) <= 3:
                return answer(name, None, rule, match[1], 0.7)
            elif entry is None and rule == "how NAME" and host_known and _elsewhere(name, view):
                return answer(name.partition(" ")[0], None, rule, match[1], 0.6)
    for match in POSSESSIVE.finditer(title):
        entry = _known(match[1], taxonomy)
        if entry is not None and not entry.project and not host_known:
            return answer(entry.name, entry, "NAME's", match[1], 0.85)
    launch = LAUNCH.match(title)
    launched = (launch[1] or launch[2]) if launch else ""
    if not host_known and (entry := taxonomy.by_name.get(launched.casefold())) and entry.project and not _of_one(view):
        return answer(entry.name, entry, "introducing NAME", launched, 0.7)
    if host_known and (asked := ASKED.match(title)) and (found := _asked(asked[1], view, taxonomy))[0]:
        return found
    if not host_known and (not view.host or ANYBODY.search(view.host)):
        found = _mentioned(title, taxonomy)
        return found if found[0] or not view.host else _affiliation(view, taxonomy)
    return None, None, None


def _asked(name: str, view: View, taxonomy: Taxonomy) -> Found:
    """Whose work an interview on a project's blog tells: a company's, where the name is known for one, or the text
    speaks of who is "at NAME"; not a person's."""
    entry = taxonomy.by_name.get(name.casefold())
    if entry is not None and not entry.project:
        return answer(entry.name, entry, "interview with NAME", name, 0.8)
    if entry is None and re.search(rf"\b(?:at|does) {re.escape(name)}\b", view.body):
        return answer(name, None, "interview with NAME", name, 0.6)
    return None, None, None


def _of_one(view: View) -> bool:
    """Whether one person tells it: no project's own news."""
    ours, mine = ours_and_mine(view.body)
    return mine > ours


def _signed(title: str, taxonomy: Taxonomy) -> Found | None:
    """A title that ends with "at NAME" speaks of NAME, even on the blog of a company that took it over."""
    match = re.search(rf"\bat ({NAME})$", title)
    entry = taxonomy.by_name.get(match[1].casefold()) if match else None
    if match is None or entry is None or entry.project or NO_COMPANY.search(match[1]):
        return None
    return answer(entry.name, entry, "at NAME", match[1], 0.9)


def _customer(view: View, taxonomy: Taxonomy, vendor: Company) -> Found | None:
    """Whose work a vendor's blog tells: "How NAME uses …" with a known company that is not the
    vendor's own, "Introducing NAME's …" with a known project."""
    launch = LAUNCH_OF.match(view.title)
    project = taxonomy.by_name.get(launch[1].casefold()) if launch else None
    if launch and project and project.project:
        return answer(project.name, project, "introducing NAME's", launch[1], 0.8)
    match = CUSTOMER.search(view.title)
    entry = _known(match[1], taxonomy) if match else None
    if match is None or entry is None or entry.project or entry is vendor or _ambiguous(match[1], entry):
        return None
    if any(_inside(host, vendor.hosts) for host in entry.hosts) or entry.name.startswith(vendor.name):
        return None
    return answer(entry.name, entry, "how NAME", match[1], 0.8)


def _inside(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether a host is one of `hosts` or lies below one: a product that is told of on its maker's own domain."""
    return any(host == other or host.endswith(f".{other}") for other in hosts)


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
            if _is_means(title, name):
                continue
            if not _ambiguous(name, entry) or index == 0:
                return answer(entry.name, entry, "name in the title", name, 0.6)
    for entry in taxonomy.companies:
        for product in entry.products:
            found = None if entry.project else re.search(rf"\b{re.escape(product)}\b", title)
            if found and not _is_means(title, found[0]):
                return answer(entry.name, entry, "its product in the title", found[0], 0.6)
    return None, None, None


def _affiliation(view: View, taxonomy: Taxonomy) -> Found:
    """Whose work a paper or a talk tells, by its own words: where it was put to use, or where the authors work."""
    for match in PUT_TO_USE.finditer(view.body[:6000]):
        entry = _known(match[1], taxonomy)
        if entry is not None and not entry.project and not _ambiguous(match[1], entry):
            return answer(entry.name, entry, "put to use at NAME", match[0], 0.7, where="text")
    return None, None, None


def _is_means(title: str, name: str) -> bool:
    """Whether a title tells of something done with the name's software: "Forecasting with Prophet and NAME"."""
    return (
        re.search(rf"\b(?:using|with|via|on|vs\.?|versus)\b[^:;]*\b{re.escape(name)}\b", title, re.IGNORECASE)
        is not None
    )
