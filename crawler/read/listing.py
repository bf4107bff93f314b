"""Blogs without a feed: the list of articles on an HTML page, inferred from what repeats on it.

Every address on the page that could be an article's is a candidate. Candidates whose main links stand at the same
kind of place in the tree form a group; the group that looks most like a list of articles (many, with titles, dates,
headings, outside the navigation) is the listing, and others that look alike, such as a featured article, join it.
A CSS selector in the source (`select`) takes the place of the inference.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import islice

import lxml.html
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.etree import _Element as Element

from crawler.errors import ParseError
from crawler.model import FeedDocument, Source
from crawler.read.addresses import Wanted, without_parents
from crawler.read.cards import Candidate, find_cards, plain, read_cards
from crawler.read.fields import MAX_ENTRIES, language_code, title_text, web_address
from crawler.read.sniffing import sniff
from crawler.read.xmltree import check_size, decode_body
from crawler.urls import host_of, url_key

_MAX_LINKS = 4000
_FEWEST = 2
_NAVIGATION = frozenset({"nav", "footer", "aside", "form", "select", "noscript"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|sidebar|breadcrumbs?|pagination|pager|related|share|social|cookie)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)


def read_listing(
    body: bytes,
    url: str,
    content_type: str | None,
    source: Source | None,
    thorough: Callable[[bytes, str, str | None], FeedDocument] | None,  # noqa: ARG001 - the signature of every reader
) -> FeedDocument:
    """The articles that an HTML page lists, in the page's order, with dates, decks and images that stand by them.

    Raises ParseError where the page lists nothing, or where `select` is no selector or matches nothing.
    """
    if not body.strip():
        raise ParseError("the answer is empty: open the address to see whether it is still right")
    if sniff(body, None) != "page":
        raise ParseError("this is a feed or a sitemap, not a page: set `kind: feed` or `kind: sitemap`")
    root = parse_page(body, content_type)
    base = base_address(root, url)
    wanted = Wanted(source)
    if source is not None and source.select:
        chosen = _selected(root, source.select, base, wanted)
    else:
        chosen = _inferred(root, url, base, wanted)
    entries = read_cards(chosen[:MAX_ENTRIES], base)
    return FeedDocument(
        format="listing",
        title=title_text(plain(root.find(".//title"))),
        url=url,
        entries=entries,
        language=language_code(root.get("lang")),
    )


def parse_page(body: bytes, content_type: str | None) -> Element:
    """An HTML page's tree, without scripts. Raises ParseError for what holds no HTML."""
    check_size(body)
    text = decode_body(body, content_type)
    # A declaration would make the parser refuse text; what it says was used for decoding.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
    try:
        root = lxml.html.document_fromstring(text, parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ParseError("this page holds no HTML: open the address to see what is served") from error
    etree.strip_elements(root, "script", "style", "template", with_tail=False)
    return root


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)


def base_address(root: Element, url: str) -> str:
    """What the page's relative addresses are resolved against (`<base>`, else its own address)."""
    hrefs = (element.get("href") or "" for element in root.iter("base"))
    return web_address(url, next(filter(None, hrefs), "")) or url


def _selected(root: Element, selector: str, base: str, wanted: Wanted) -> list[Candidate]:
    try:
        matches: list[Element] = list(CSSSelector(selector)(root))  # type: ignore[arg-type]  # stubs: any XPath
    except Exception as error:  # cssselect's errors share no root but Exception
        raise ParseError(f"`select: {selector}` is no CSS selector: mend it in sources.yaml") from error
    found: dict[str, Candidate] = {}
    for match in matches:
        for link in [match] if match.tag == "a" else match.iter("a"):
            address = web_address(base, link.get("href") or "").partition("#")[0]
            if address and (not wanted.by_pattern or wanted(address)):
                found.setdefault(url_key(address), Candidate(address)).links.append(link)
                break
    if not found:
        raise ParseError(f"`select: {selector}` matches no link on this page: the site may have changed")
    return list(found.values())


def _inferred(root: Element, url: str, base: str, wanted: Wanted) -> list[Candidate]:
    candidates = _candidates(root, url, base, wanted)
    cards = find_cards(candidates)
    for candidate in candidates:
        candidate.judge(cards[candidate.url], find_shape)
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.shape].append(candidate)
    ranked = sorted(groups.values(), key=_group_score, reverse=True)
    if not ranked or sum(candidate.quality > 0 for candidate in ranked[0]) < _FEWEST:
        raise ParseError("no list of articles was found on this page: give a CSS selector of its links as `select`")
    best = ranked[0]
    chosen = {candidate.url for candidate in best}
    folders = {_folder(candidate.url) for candidate in best}
    bar = 0.6 * sum(candidate.quality for candidate in best) / len(best)
    for group in ranked[1:]:
        chosen |= {c.url for c in group if c.quality >= bar and _folder(c.url) in folders}
    return [candidate for candidate in candidates if candidate.url in chosen and candidate.quality > 0]


def _candidates(root: Element, url: str, base: str, wanted: Wanted) -> list[Candidate]:
    own, site = url_key(url), _site(host_of(url))
    found: dict[str, Candidate] = {}
    for number, link in enumerate(root.iter("a")):
        if number >= _MAX_LINKS:
            break
        address = web_address(base, link.get("href") or "").partition("#")[0]
        if not address or (not wanted.by_pattern and _site(host_of(address)) != site):
            continue
        key = url_key(address)
        if key != own and wanted(address) and not _is_furniture(link):
            found.setdefault(key, Candidate(address)).links.append(link)
    if wanted.by_pattern:
        return list(found.values())
    kept = without_parents(candidate.url for candidate in found.values())
    return [candidate for candidate in found.values() if candidate.url in kept]


def _site(host: str) -> str:
    # Near enough to the registrable domain: "eng.example.com" and "www.example.com" are one site; where the last
    # but one label is short ("co.uk", "github.io") a label more tells sites apart.
    labels = host.split(".")
    take = 3 if len(labels) > 2 and (len(labels[-2]) <= 3 or labels[-2] in {"github", "gitlab", "medium"}) else 2
    return ".".join(labels[-take:])


def _is_furniture(link: Element) -> bool:
    for element in link.iterancestors():
        if element.tag in _NAVIGATION or element.get("role") in {"navigation", "contentinfo"}:
            return True
        if element.tag in {"article", "main"}:
            return False
        if element.tag not in {"body", "html"} and _FURNITURE.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        ):
            return True
    return False


def find_shape(link: Element) -> str:
    """The kind of place at which a link stands: the five tags around it.

    Further up, unclosed elements would make a place of its own of every article.
    """
    return "/".join(str(element.tag) for element in islice(link.iterancestors(), 5))


def _group_score(group: Iterable[Candidate]) -> float:
    # The square root of the number keeps a long list of bare links from winning over a list of articles.
    qualities = [candidate.quality for candidate in group]
    positive = sum(quality for quality in qualities if quality > 0)
    return float(positive / len(qualities) ** 0.35)


def _folder(url: str) -> str:
    # Digits stand for themselves as digits: /2024/05/a and /2023/11/b lie in the same sort of folder.
    return re.sub(r"\d+", "0", url.partition("?")[0].rstrip("/").rpartition("/")[0])
