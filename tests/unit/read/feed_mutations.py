"""Well-formed feeds written otherwise: what publishers' programs do to a document without changing what it says much.

Each mutation is a function of a document's text; the result is still XML. Where a mutation does not apply, it gives
the text back as it is.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Callable

Mutation = Callable[[str], str]

_FIELD = r"(?:title|link|guid|id|pubDate|published|updated|author|dc:creator|description|summary|content|category)"
_ENTRY = re.compile(r"<(item|entry)\b[^>]*>.*?</\1>", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


def _in_entries(change: Mutation) -> Mutation:
    return lambda text: _ENTRY.sub(lambda match: change(match[0]), text)


def _without(name: str) -> Mutation:
    """The first entry, and every second one after it, loses an element."""

    def drop(text: str) -> str:
        turns = itertools.count()
        element = re.compile(rf"\s*<{name}\b(?:[^>]*/>|[^>]*>.*?</{name}>)", re.DOTALL)
        return _ENTRY.sub(lambda match: element.sub("", match[0]) if next(turns) % 2 == 0 else match[0], text)

    return drop


def _twice(name: str, other: str) -> Mutation:
    """An element stands there a second time, saying something else."""
    element = re.compile(rf"(<{name}\b[^>]*>)([^<]*)(</{name}>)")
    return _in_entries(lambda entry: element.sub(lambda m: m[0] + m[1] + other + m[3], entry, count=1))


def _reversed(entry: str) -> str:
    parts = re.split(rf"(?=<{_FIELD}\b)|(?=</(?:item|entry)>)", entry)
    return "".join((parts[0], *reversed(parts[1:-1]), parts[-1]))


def _unwrapped(text: str) -> str:
    return _CDATA.sub(lambda match: html.escape(match[1], quote=False), text)


def _wrapped(text: str) -> str:
    element = re.compile(r"(<(title|description|summary|guid|link)(?: type=\"html\")?>)([^<]+)(</\2>)")
    return _in_entries(lambda entry: element.sub(lambda m: f"{m[1]}<![CDATA[{html.unescape(m[3])}]]>{m[4]}", entry))(
        text
    )


def _renamed(old: str, new: str) -> Mutation:
    """A namespace goes by another prefix."""
    return lambda text: re.sub(rf"(</?|\bxmlns:|\s){old}(?=[:=])", rf"\g<1>{new}", text)


def _padded(text: str) -> str:
    element = re.compile(rf"(<({_FIELD})>)([^<]+)(</\2>)")
    return element.sub(lambda m: f"{m[1]}\n      {m[3]}\n    {m[4]}", text)


def _single_quoted(text: str) -> str:
    return re.sub(r"(<[A-Za-z][^<>]*>)", lambda m: re.sub(r'="([^"\']*)"', r"='\1'", m[1]), text)


def _with_comments(text: str) -> str:
    return re.sub(r"(?=<(?:item|entry)\b)", "<!-- <item><title>none</title></item> -->", text)


def _with_bom(text: str) -> str:
    return "\ufeff" + text


def _with_references(text: str) -> str:
    """Letters of titles by number."""
    return re.sub(r"<title>([^<&]+)</title>", lambda m: f"<title>{''.join(f'&#{ord(c)};' for c in m[1])}</title>", text)


def _dated(pattern: str, text_of_date: str) -> Mutation:
    return lambda text: re.sub(rf"(<({pattern})>)[^<]*(</\2>)", rf"\g<1>{text_of_date}\3", text)


MUTATIONS: dict[str, Mutation] = {
    "plain": lambda text: text,
    "no title": _without("title"),
    "no guid": _without("guid"),
    "no link": _without("link"),
    "no date": _without("pubDate"),
    "no published": _without("published"),
    "no author": _without("author"),
    "no summary": _without("(?:description|summary)"),
    "a second title": _twice("title", "Another title"),
    "a second category": _twice("category", "another"),
    "children in reverse": _in_entries(_reversed),
    "escaped instead of CDATA": _unwrapped,
    "CDATA instead of escaped": _wrapped,
    "another prefix for content": _renamed("content", "c"),
    "another prefix for dc": _renamed("dc", "dublin"),
    "blanks around texts": _padded,
    "single quotes": _single_quoted,
    "comments between entries": _with_comments,
    "a byte order mark": _with_bom,
    "letters by number": _with_references,
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "one line": lambda text: re.sub(r">\s+<", "><", text),
    "a zone in words": _dated("pubDate", "Tue, 10 Nov 2026 04:05:06 EST"),
    "no seconds": _dated("pubDate", "Tue, 10 Nov 2026 04:05 +0100"),
    "a date as W3C has it": _dated("pubDate|dc:date", "2026-11-10T04:05:06+01:00"),
    "a date alone": _dated("published|updated", "2026-11-10"),
    "fractions of seconds": _dated("published|updated", "2026-11-10T04:05:06.123456Z"),
    "no date that is one": _dated("pubDate|published|updated|dc:date", "soon"),
}
