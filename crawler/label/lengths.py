"""Small measures of a sentence that the parts of a summary share."""

from __future__ import annotations

import re


def word_count(text: str) -> int:
    """How many words a text has, as a reader counts them."""
    return len(re.findall(r"[A-Za-z0-9]+", text))


def repeats(text: str, title: str) -> bool:
    """Whether a sentence says only the title again."""
    words, known = set(re.findall(r"[a-z0-9]+", text.lower())), set(re.findall(r"[a-z0-9]+", title.lower()))
    return bool(known) and len(words) <= len(known) + 3 and len(known & words) >= 0.85 * len(known)
