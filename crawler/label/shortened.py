"""What a sentence is told as where it is too long or a part of it cannot be printed: without its asides, or up to a
clause that it can do without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.label.deck import cut_short
from crawler.label.lengths import word_count

_LEAST = 10  # words that are left
_TRUE_ONLY_WITH = r"\b(?:only|not|except|without|unless|if)\b"  # an aside that says so is none
_BRACKETS = re.compile(rf" \((?![^()]*{_TRUE_ONLY_WITH})[^()]*\)(?=[\s.,;:])")
# " — which we call so —", or to the end
_DASHES = re.compile(
    rf" [–—] (?![^–—]*{_TRUE_ONLY_WITH})"
    r"(?:which|who|where|that is|as|the same|an?|and|or|though|even)\b[^–—;:]*(?: [–—](?= )|(?=\.$))"
)


def shortened(text: str, longest: int) -> Iterator[str]:
    """The shorter forms of a sentence of at most `longest` words, those that keep most of it first."""
    plain = _DASHES.sub("", _BRACKETS.sub("", text))
    for form in (text, plain) if plain != text else (text,):
        words = word_count(form)
        if form is not text and _LEAST <= words <= longest:
            yield form
        if words > longest and (cut := cut_short(form, longest=longest)):
            yield cut
