"""Small measures of a sentence that the parts of a summary share."""

from __future__ import annotations

import re

from crawler.label.sentences.splitting import STOP


def word_count(text: str) -> int:
    """How many words a text has, as a reader counts them."""
    return len(re.findall(r"[A-Za-z0-9]+", text))


# What says of a page that it is one: "The post provides information about the changes in ...", "This is a list of ...".
_PAGE = re.compile(
    r"(?:(?:the|this) )?(?:[\w-]+ )?(?:post|page|article|document|release|blog|announcement)s? "
    r"(?:provides?|contains?|gives?|has|includes?|lists?|is|covers?) .*\b(?:information|list|details|overview|summary|"
    r"changes|notes|updates|highlights)\b|(?:this|the following) is (?:an?|the) (?:\w+ )?(?:list|summary|overview) "
)
_OF_PAGES = frozenset(
    """
    the this a an of for about on in and to with is are it its provides provide contains contain gives give has includes
    include lists list covers cover information details overview summary changes change notes updates update highlights
    post page article document release releases released blog announcement version some all
    """.split()  # noqa: SIM905 - read as words, not as fifty literals
)


def repeats(text: str, title: str) -> bool:
    """Whether a sentence says only the title again, or that there is a page about what it names."""
    words, known = set(re.findall(r"[a-z0-9]+", text.lower())), set(re.findall(r"[a-z0-9]+", title.lower()))
    if known and _PAGE.match(text.lower()) and words <= known | _OF_PAGES:
        return True
    return bool(known) and len(words) <= len(known) + 3 and len(known & words) >= 0.85 * len(known)


_WORD = re.compile(r"[a-z0-9]+(?:[.+#-]+[a-z0-9]+)*[+#]*")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "ly")


class _Stems(dict[bytes, str]):
    """What stands between two gaps, in small letters → its word without the ending; empty where it says nothing."""

    def __missing__(self, piece: bytes) -> str:
        if len(self) > 100_000:  # a long-lived process meets endless new words
            self.clear()
        found = _WORD.search(piece.decode())
        word = found[0] if found else ""
        stem = "" if len(word) < 3 or word in STOP else word
        ending = next((e for e in _ENDINGS if stem.endswith(e) and len(stem) - len(e) >= 4), "")
        self[piece] = stem = stem[: -len(ending)] if ending else stem
        return stem


_STEMS = _Stems()
_NOTHING = frozenset({""})
# Every other character parts two words; a piece of these holds one word at most.
_GAPS = bytes(c if chr(c) in "abcdefghijklmnopqrstuvwxyz0123456789.+#-" else ord(" ") for c in range(256))


def stems(text: str) -> frozenset[str]:
    """The content words of a text without their endings."""
    pieces = text.lower().encode("ascii", "replace").translate(_GAPS).split()
    return frozenset(map(_STEMS.__getitem__, pieces)) - _NOTHING
