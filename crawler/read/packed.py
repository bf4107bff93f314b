"""Documents that are served as gzip files, with or without saying so: unpacked within a bound."""

from __future__ import annotations

import zlib
from collections.abc import Collection

from crawler.errors import ParseError

_MAGIC = b"\x1f\x8b"


def unpacked(body: bytes, most: int, signs: Collection[bytes]) -> bytes:
    """A gzip body unpacked (RFC 1952), anything else as it is. A file that is cut short gives what it holds where one
    of `signs` stands in it.

    Raises ParseError where it is damaged, or unpacks to more than `most` bytes.
    """
    if body[:2] != _MAGIC:
        return body
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = unpacker.decompress(body, most)
    except zlib.error:
        data = b""
    if unpacker.unconsumed_tail:
        raise ParseError(f"this gzip file unpacks to more than {most} bytes: choose a shorter one")
    if not unpacker.eof and not any(sign in data for sign in signs):
        raise ParseError("this gzip file is damaged: ask again later, or take the address without .gz")
    return data
