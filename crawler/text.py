"""Small text operations that several stages need; pure, no third-party imports."""

from __future__ import annotations

import html
import re
import unicodedata

_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<!--.*?-->", re.DOTALL)
# Bidirectional overrides and isolates (Unicode UAX #9), zero-width marks, BOM, and C0/C1 controls but tab and newline.
_HIDDEN = re.compile(
    r"[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\u2060\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
_WORD = re.compile(r"[^\W_]+(?:['’.+#-][^\W_]+)*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def clean_text(value: str) -> str:
    """Drop what cannot be seen (controls, bidi overrides, zero-width marks) and compose accents (NFC)."""
    return unicodedata.normalize("NFC", _HIDDEN.sub("", value))


def one_line(value: str) -> str:
    """A single line with single blanks."""
    return _SPACE.sub(" ", clean_text(value)).strip()


def plain_line(value: str) -> str:
    """A title or name as one reads it: entities decoded, tags dropped, one line."""
    return one_line(_TAG.sub("", html.unescape(html.unescape(value))))


def count_words(value: str) -> int:
    """Words as a reader counts them; a Chinese, Japanese or Korean character counts as half a word."""
    ideographs = len(_CJK.findall(value))
    return len(_WORD.findall(_CJK.sub(" ", value))) + (ideographs + 1) // 2


def words_of(value: str) -> list[str]:
    """Lower-case words, with inner points, plus signs and hyphens kept (node.js, c++ needs its own rule)."""
    return _WORD.findall(value.lower())
