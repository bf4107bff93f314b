"""From bytes to an XML tree: encodings, mending, and the bounds within which it is safe to parse.

Nothing outside the document is ever loaded, document types are cut off before parsing, so that no entity can
expand, and the size of the tree is estimated before it is built.
"""

from __future__ import annotations

import codecs
import html.entities
import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree
from lxml.etree import _Element as Element

from crawler.errors import ParseError
from crawler.read.sniffing import KNOWN_ROOT
from crawler.text import SUPERSETS

How = Literal["strict", "mended", "recovered"]

# Bytes of memory that a tree may take: libxml2 needs about 250 for an element with its text, 220 for an attribute.
_TREE_BUDGET = 220_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{2,40})["']""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_UNDECODED = re.compile("[\udc80-\udcff]")
# XML 1.0 section 2.2: these characters may not stand in a document, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOSE_AMPERSAND = re.compile(
    r"&(?:(amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?"
)
_FIRST_TAG = re.compile(r"<(?=[A-Za-z_?!])")
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_PREFIX_USED = re.compile(r"</?([A-Za-z][\w-]{0,30}):|\s([A-Za-z][\w-]{0,30}):[\w-]+\s*=")

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed document and how much it had to be helped: `mended` lost nothing, `recovered` may have."""

    root: Element
    how: How


def parse_xml(body: bytes, content_type: str | None = None) -> Tree:
    """The document's tree, whatever encoding and small faults it has.

    Raises ParseError where there is no element at all, or where the tree would not fit into memory.
    """
    may_recover = check_size(body)
    if _can_be_strict(body):
        try:
            return Tree(etree.fromstring(body, _parser(recover=False)), "strict")
        except (etree.XMLSyntaxError, ValueError):
            pass
    text = mended_text(decode_body(body, content_type))
    data = text.encode("utf-8", "replace")
    try:
        return Tree(etree.fromstring(data, _parser(recover=False)), "mended")
    except (etree.XMLSyntaxError, ValueError) as error:
        if not may_recover:
            raise ParseError("this document is broken and too big to be mended safely; tell its publisher") from error
    try:
        root = etree.fromstring(data, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"this is not XML: {_first_line(error)}; open the address to see what is served") from error
    if root is None:
        raise ParseError("this is not XML: it holds no element; open the address to see what is served")
    return Tree(root, "recovered")


def check_size(body: bytes) -> bool:
    """Whether the tree of `body` fits into the memory that one document may take however it is parsed.

    False where it fits only because most of its markup is text in CDATA, which an honest, strict parser alone can
    be trusted to see in the same way. Raises ParseError where it does not fit.
    """
    if len(body) < 800_000 or _tree_size(body) <= _TREE_BUDGET:
        return True
    outside = _outside_cdata(body)
    if b"<!--" in outside or outside.count(b"<?") > 1 or _tree_size(outside) > _TREE_BUDGET:
        raise ParseError("this document has too many elements to be read safely; a feed has a few thousand")
    return False


def _tree_size(body: bytes) -> int:
    return body.count(b"<") * 250 + (body.count(b'="') + body.count(b"='")) * 220


def _outside_cdata(body: bytes) -> bytes:
    first, *rest = body.split(b"<![CDATA[")
    return b"".join((first, *(part.partition(b"]]>")[2] for part in rest)))


def charset_of(content_type: str | None) -> str | None:
    """The charset parameter of a Content-Type header, in lower case."""
    match = _CHARSET.search(content_type or "")
    return match[1].lower() if match else None


def decode_body(body: bytes, content_type: str | None = None) -> str:
    """Text from bytes. Never raises.

    A byte order mark decides; then UTF-8 wherever the bytes are UTF-8, because text in another encoding hardly
    ever is by chance, while labels often lie; then the HTTP charset, the document's own declaration, and
    windows-1252 for single bytes that are left over.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if body[:2] == b"<\0" or body[:4:2] in (b"\r\0", b"\n\0"):
        return body.decode("utf-16-le", "replace")
    if body[:2] == b"\0<":
        return body.decode("utf-16-be", "replace")
    labels = [label for label in (charset_of(content_type), _declared(body)) if label]
    if b"\x1b$" in body and (codec := _codec(labels, prefix="iso2022")):
        return body.decode(codec, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = body.decode("utf-8", "surrogateescape")
    bad = len(_UNDECODED.findall(text))
    good = sum(1 for char in text if char > "\x7f") - bad
    if good <= bad and (codec := _codec(labels)):
        return body.decode(codec, "replace")
    return _UNDECODED.sub(_from_windows, text)


def mended_text(text: str) -> str:
    """A document whose lossless faults are mended, so that a strict parser may read it.

    What stands before the first tag and behind the root's end, the XML declaration (the text is decoded already),
    the document type and forbidden characters are cut out; named entities of HTML become characters, ampersands
    that begin nothing are escaped, and well-known namespace prefixes that were not declared are declared.
    """
    text = _cut_prologue(_FORBIDDEN.sub("", text))
    root = _ROOT.match(text)
    if root is None or not KNOWN_ROOT.match(text):
        known = KNOWN_ROOT.search(text[:4096])
        text = text[known.start() :] if known else text
        root = _ROOT.search(text)
    if root is None:
        return text
    end = text.rfind(f"</{root[1]}")
    if end > 0 and (close := text.find(">", end)) > 0:
        text = text[: close + 1]
    text = _mend_references(text)
    missing = _missing_namespaces(text)
    return text[: root.end()] + missing + text[root.end() :] if missing else text


def _can_be_strict(body: bytes) -> bool:
    # An encoding other than UTF-8 is checked before it is believed, and a document type is cut off.
    head = body[:2048]
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<!doctype" in head:
        return False
    declared = _declared(body)
    return declared in (None, "utf-8", "utf8") or body.isascii()


def _declared(body: bytes) -> str | None:
    match = _DECLARED.match(body[:400]) or _META.search(body[:4096])
    return match[1].decode("ascii").lower() if match else None


def _codec(labels: list[str], prefix: str = "") -> str | None:
    for label in labels:
        try:
            name = codecs.lookup(label).name
        except (LookupError, ValueError):
            continue
        text_codec = codecs.lookup(name)._is_text_encoding  # noqa: SLF001 - keeps out hex, zlib and their like
        if name.startswith(("utf-8", "utf-16", "utf-32", "utf-7", "idna", "punycode")) or not text_codec:
            continue
        if name.replace("_", "").startswith(prefix):
            return SUPERSETS.get(name, name)
    return None


def _from_windows(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _cut_prologue(text: str) -> str:
    first = _FIRST_TAG.search(text)
    text = text[first.start() :] if first else text
    while True:
        if text.startswith("<?"):
            end = text.find(">")
        elif text.startswith("<!--"):
            end = text.find("-->")
            end = end + 2 if end > 0 else end
        elif text[:9].upper() == "<!DOCTYPE":
            end = _doctype_end(text)
        else:
            return text
        if end < 0:
            return text
        rest = _FIRST_TAG.search(text, end + 1)
        if rest is None:
            return ""
        text = text[rest.start() :]


def _doctype_end(text: str) -> int:
    close, subset = text.find(">"), text.find("[")
    if subset < 0 or (0 < close < subset):
        return close
    inner = re.compile(r"\]\s*>").search(text, subset)
    return inner.end() - 1 if inner else close


def _mend_references(text: str) -> str:
    # CDATA is found by hand: a lazy expression would scan to the end again for every section that never closes.
    parts: list[str] = []
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0:
        parts.append(_mend_markup(text[position:start]))
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end + 3
        parts.append(text[start:end])
        position = end
    parts.append(_mend_markup(text[position:]))
    return "".join(parts)


def _mend_markup(text: str) -> str:
    if "&" not in text:
        return text
    return _LOOSE_AMPERSAND.sub(_mend_reference, text)


def _mend_reference(match: re.Match[str]) -> str:
    if match[1]:
        return match[0] if match[1][0] != "#" or _is_allowed(match[1][1:]) else ""
    char = html.entities.html5.get(f"{match[2]};") if match[2] else None
    return char if char and char not in "<>&" else "&amp;" + match[0][1:]


def _is_allowed(reference: str) -> bool:
    code = int(reference[1:], 16) if reference[0] in "xX" else int(reference)
    return code <= 0x10FFFF and not _FORBIDDEN.match(chr(code))


def _missing_namespaces(text: str) -> str:
    used = {prefix for pair in _PREFIX_USED.findall(text) for prefix in pair if prefix in NAMESPACES}
    return "".join(f' xmlns:{name}="{NAMESPACES[name]}"' for name in sorted(used) if f"xmlns:{name}" not in text)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["no reason given"])[0]
