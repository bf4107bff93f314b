"""Bytes to a tree: the encoding found as a browser finds it, the size bounded before anything walks it."""

from __future__ import annotations

import codecs
import re

from lxml import etree
from lxml.etree import _Element as Element

from crawler.errors import ExtractError
from crawler.text import SUPERSETS

MAX_ELEMENTS = 100_000
"""A page with more elements is no article; walking it would cost seconds."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*[a-zA-Z!/][^<>]*>")
# What XML cannot hold (XML 1.0 section 2.2): lxml refuses to write it back into a tree.
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_NONCHARACTERS = re.compile(rb"\xef\xbf[\xbe\xbf]")
_REFUSED_TYPES = re.compile(r"^(image|audio|video|font)/|^application/(pdf|zip|octet-stream|json|x-)", re.IGNORECASE)


def parse_page(body: bytes, content_type: str | None = None) -> Element:
    """The page's tree. Raises ExtractError where there is no HTML, or more of it than an article can have."""
    if content_type and _REFUSED_TYPES.match(content_type.strip()):
        raise ExtractError(f"not a web page but {content_type.split(';')[0].strip()}")
    text = decode_page(body, content_type)
    if not _MARKUP.search(text):
        raise ExtractError("no HTML in the answer")
    root = parse_html(text)
    if root is None:
        raise ExtractError("no HTML in the answer")
    return root


def parse_html(text: str) -> Element | None:
    """A document or fragment as a tree under `html`; None where the parser finds nothing.

    Raises ExtractError for more than MAX_ELEMENTS tags. The parser itself bounds nesting.
    """
    if text.count("<") > MAX_ELEMENTS * 3:
        raise ExtractError(f"more than {MAX_ELEMENTS} elements: not an article")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, recover=True
    )
    clean = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    try:
        root = etree.fromstring(_NONCHARACTERS.sub(b"", clean), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    if float(str(root.xpath("count(//*)"))) > MAX_ELEMENTS:
        raise ExtractError(f"more than {MAX_ELEMENTS} elements: not an article")
    return root


def decode_page(body: bytes, content_type: str | None = None) -> str:
    """Text by byte-order mark, HTTP header, the page's own declaration, UTF-8, then a guess: HTML section 13.2.3.2."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        # Wrong declarations are common, and text that is valid UTF-8 by accident is not.
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for label in _declared(body, content_type):
        try:
            return body.decode(label, "strict")
        except (UnicodeDecodeError, LookupError):
            continue
    return _decode_damaged(body)


def _declared(body: bytes, content_type: str | None) -> list[str]:
    found: list[str] = []
    if content_type and (header := _HEADER_CHARSET.search(content_type)):
        found.append(header[1])
    head = body[:4096]
    matches = (pattern.search(head) for pattern in (_XML_ENCODING, _CHARSET))
    found += [match[1].decode("ascii", "ignore") for match in matches if match]
    names: list[str] = []
    for label in found:
        try:
            info = codecs.lookup(label)
        except (LookupError, ValueError):
            continue
        if getattr(info, "_is_text_encoding", True) and info.name != "utf-8":
            names.append(SUPERSETS.get(info.name, info.name))
    return names


def _decode_damaged(body: bytes) -> str:
    replaced = body.decode("utf-8", "replace")
    if replaced.count("\ufffd") * 50 < sum(1 for c in replaced if c > "\x7f") or len(body) > 2_000_000:
        return replaced  # UTF-8 with a few broken bytes
    from crawler.extract.salvage import guess_encoding

    return guess_encoding(body) or body.decode("cp1252", "replace")
