"""Small text operations that several stages need; pure, no third-party imports."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from datetime import date

_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<!--.*?-->", re.DOTALL)
# Bidirectional overrides and isolates (Unicode UAX #9), zero-width marks, BOM, C0/C1 controls but tab and newline, and
# the two noncharacters that no XML document may hold.
_HIDDEN = re.compile(
    r"[\u00ad\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\u2060\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
_WORD = re.compile(r"[^\W_]+(?:['’.+#-][^\W_]+)*")
# Each character as what it does: part of a word, a mark that joins two words into one, or a gap.
_SHAPES = bytes(
    ord("a") if chr(c).isascii() and chr(c).isalnum() else ord("-" if chr(c) in "'.+#-" else " ") for c in range(256)
)
# The marks of printed English that most texts have beside ASCII, and what does the same between words.
_PRINTED = (("’", "'"), *((mark, " ") for mark in "‘“”–—…•→\u00a0"))
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# strftime would name them by the machine's locale.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SUPERSETS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Python's codecs of encodings that browsers read as a larger one (WHATWG Encoding, section 4.2)."""
BRACKETED_END = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")  # of a title: "… (part 2)", "… [video]"
# A title in running text, ours or another one, tells nothing of how its words are written.
_TITLES = re.compile(r"(?:[A-Z][\w'’-]* (?:(?:of|the|and|in|for|to|an?|with|on) )?){3,}[A-Z][\w'’-]*")
_LONG = 1500  # characters of prose that would have used a name of the title
_MORE_OFTEN = 2  # a name is in lower case in commands, a common word hardly ever large within a sentence
# Words that running text writes small whatever a title does, and the endings of those that are hardly ever names.
SMALL_IN_TITLES = {
    "a", "about", "after", "all", "an", "and", "are", "as", "at", "before", "better", "between", "beyond", "by", "for",
    "from", "in", "inside", "into", "its", "large", "many", "more", "new", "of", "off", "on", "one", "or", "our", "out",
    "over", "the", "their", "three", "through", "to", "towards", "two", "under", "up", "using", "via", "vs", "with",
    "without", "your",
    "comparison", "deep", "dive", "field", "guide", "history", "how", "introduction", "list", "look", "overview",
    "story", "support", "survey", "tour", "tutorial", "walkthrough", "what", "why",
}  # fmt: skip
# Verbs in the form of the present, although they end like those of the past.
FALSE_PAST = frozenset(
    ("need", "feed", "speed", "embed", "proceed", "succeed", "exceed", "seed", "bleed", "breed", "heed", "weed", "shed")
)
COMMON_ENDING = re.compile(
    r"[a-z]{3,}(?:ing|tion|sion|ity|ment|ness|able|ible|ance|ence|ous|ful|less|ism|ship|ize|ized|ive|[a-z]ly)s?"
)


def day_words(day: date) -> str:
    """`9 November 2026`, the same on every machine."""
    return f"{day.day} {month_words(day)}"


def month_words(day: date) -> str:
    """`November 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def clean_text(value: str) -> str:
    """Drop what cannot be seen (controls, bidi overrides, zero-width marks, soft hyphens) and compose accents (NFC)."""
    return unicodedata.normalize("NFC", _HIDDEN.sub("", value))


def one_line(value: str) -> str:
    """A single line with single blanks."""
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    return _SPACE.sub(" ", clean_text(value)).strip()


def plain_line(value: str) -> str:
    """A title or name as one reads it: entities decoded, tags dropped, one line."""
    if "&" in value:
        value = html.unescape(html.unescape(value))
    return one_line(_TAG.sub("", value) if "<" in value else value)


def count_words(value: str) -> int:
    """Words as a reader counts them; a Chinese, Japanese or Korean character counts as half a word."""
    if not value.isascii():
        for mark, plain in _PRINTED:
            value = value.replace(mark, plain)
    if value.isascii():
        return _count_ascii(value)
    ideographs = len(_CJK.findall(value))
    return len(_WORD.findall(_CJK.sub(" ", value))) + (ideographs + 1) // 2


def _count_ascii(value: str) -> int:
    """How often a word begins, as `_WORD` finds them: after a blank, or after a mark that joins it to no word."""
    shape = b" " + value.encode("ascii").translate(_SHAPES)
    return shape.count(b" a") + shape.count(b" -a") + shape.count(b"--a")


def series(items: list[str]) -> str:
    """Two things or more as a sentence lists them: "keys, shards, and ports"."""
    return " and ".join(items) if len(items) < 3 else f"{', '.join(items[:-1])}, and {items[-1]}"


def words_of(value: str) -> list[str]:
    """Lower-case words, with inner points, plus signs and hyphens kept (node.js, c++ needs its own rule)."""
    return _WORD.findall(value.lower())


# What would become markup inside a line of CommonMark or GFM: brackets, emphasis, code, HTML, entities, template
# braces of site generators. An underscore inside a word is none, and drafts should stay readable.
_MARKUP = re.compile(r"[\\`*\[\]<~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|\{(?=[{%<#])|(?<=[%}])\}")
_LINE_START = re.compile(r"(?:[#>+=-]|\d{1,9}[.)](?=\s|$)|:(?=\s))")
_ADDRESS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_MAILBOX = re.compile(rf"([^<>@\r\n]*?)\s*<({_ADDRESS})>|({_ADDRESS})")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w+);)")


def escape_markdown(value: str) -> str:
    """Plain text as one line of Markdown that reads the same (CommonMark 2.4) and never becomes markup."""
    line = _MARKUP.sub(lambda m: "\\" + m[0], one_line(value))
    match = _LINE_START.match(line)
    if not match:
        return line
    mark = match.end() - 1
    return line[:mark] + "\\" + line[mark:]


def unescape_markdown(value: str) -> str:
    """The plain text of a line without markup: backslash escapes and entities resolved."""
    return _ESCAPE.sub(lambda m: m[1] or html.unescape(m[2]), value)


def markdown_url(url: str) -> str:
    """An address as the destination of a Markdown link: in angle brackets where parentheses do not pair up, or stand in
    one another, which readers of less than CommonMark (section 6.3) do not follow."""
    safe = re.sub(r"[\s<>\\`\x00-\x1f]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url.strip())
    safe = re.sub(r"&(?=#?\w+;)", r"\\&", safe)
    depth = 0
    for char in safe:
        depth += (char == "(") - (char == ")")
        if not 0 <= depth <= 1:
            break
    return safe if depth == 0 else f"<{safe}>"


def mailbox(value: str) -> tuple[str, str] | None:
    """(name, address) of a mailbox written as people do, `Name <a@b.example>` or the address alone.

    None for what is none. Addresses are dot-atoms of ASCII (RFC 5322 section 3.4.1), as every server takes them.
    """
    match = _MAILBOX.fullmatch(value.strip())
    if not match:
        return None
    return one_line(match[1] or "").strip('"'), match[2] or match[3]


def written_as(title: str, text: str) -> tuple[str, ...]:
    """The title's words with one capital as the `text` writes them within its sentences, in lower case or not; those
    that it does not use are left out. Headings and code tell nothing."""
    lines = (line for line in text.splitlines() if line.rstrip().endswith((".", ".”", ".)", ":")) and " " in line)
    prose = _TITLES.sub(" ", "\n".join(lines))
    plain = Counter(re.findall(r"(?<![\w./@-])[a-z][a-z'’]*(?![\w/(_=-]|\.\w)", prose))
    large = Counter(re.findall(r"(?<=[a-z0-9,;)] )[A-Z][a-z'’]*", prose))
    tells = len(prose) > _LONG
    pairs = re.findall(r"(?<![\w-])(?=([A-Z][a-z]+) ([A-Z][a-z]+)(?![\w-]))", title)
    names = {word for pair in pairs if _is_name(" ".join(pair), prose) for word in pair}
    found = []
    for word in dict.fromkeys(re.findall(r"(?<![\w-])[A-Z][a-z]+(?![\w-])", title)):
        small = word.lower()
        often, named = plain[small] + plain[small.removesuffix("s")] + plain[f"{small}s"], large[word]
        if often or named or word in names or (tells and word not in prose):
            found.append(word if word in names or (named and _MORE_OFTEN * named >= often) else small)
    return tuple(found)


def _is_name(pair: str, prose: str) -> bool:
    """Whether two words are written large together, with no others, and more often than small."""
    large = len(re.findall(rf"(?:^|\W)[a-z][\w'’-]*,? {pair}(?! [A-Z])\b", prose))
    return large > len(re.findall(rf"\b{pair.lower()}", prose))
