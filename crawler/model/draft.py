"""The marks of a draft file by which stages tell its parts: those that read it, and those that check it as text."""

from __future__ import annotations

import re

RUNNERS_UP = "<!-- runners-up -->"
RUNNERS_UP_LINE = re.compile(r"^\s*<!--\s*runners-up\s*-->\s*$", re.IGNORECASE)
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
"""The line that opens or closes a block of code (CommonMark, section 4.5)."""
COMMENT_START = re.compile(r"(?<!\\)<!--")
CONFLICT = re.compile(r"(?:<{7}|>{7}) ")
"""The line above or below two changes of a file that a version control could not join."""
