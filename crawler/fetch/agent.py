"""Who we are, as every request and every robots.txt names us."""

from __future__ import annotations

from crawler import PRODUCT


def user_agent(contact: str | None, version: str) -> str:
    """How we name ourselves (RFC 9110 section 10.1.5): `weekly-roundup/0.1.0 (+https://example.org/about)`."""
    contact = "".join(c for c in contact or "" if c.isascii() and c.isprintable() and c not in "()\\").strip()
    return f"{PRODUCT}/{version} (+{contact})" if contact else f"{PRODUCT}/{version}"
