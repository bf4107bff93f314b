"""Content codings undone within a bound: the only importer of brotli and zstandard.

A few hundred bytes can stand for gigabytes, and a decoder that expands a whole chunk at once has spent the memory
before anybody counts. Each decoder here gives out what it has in pieces of about 64 KiB, so that the reader can
stop at its limit.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli
import zstandard

ACCEPT_ENCODING = "gzip, br, zstd, deflate"

_PIECE = 65536
_MAX_MEMBERS = 1000
_MAX_CODINGS = 3
# What servers write there although it is no coding; their bodies are plain.
_PLAIN = frozenset(
    {"", "identity", "none", "utf-8", "utf8", "iso-8859-1", "us-ascii", "binary", "7bit", "8bit", "text", "aws-chunked"}
)


class Undecodable(Exception):
    """The body is not in the coding that it claims, or ends before the coding does."""


class _Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]: ...

    def finish(self) -> None: ...


def decode(chunks: Iterable[bytes], content_encoding: str) -> Iterator[bytes]:
    """Undo the codings of a Content-Encoding header (RFC 9110 section 8.4), last one first.

    Pieces come out as they are decoded. Raises Undecodable for an unknown coding, damage, or a cut-off body.
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    codings = [name for name in names if name not in _PLAIN]
    if len(codings) > _MAX_CODINGS:
        raise Undecodable(f"{len(codings)} content codings on one body")
    for name in reversed(codings):
        chunks = _through(chunks, _decoder(name))
    yield from chunks


def _through(chunks: Iterable[bytes], decoder: _Decoder) -> Iterator[bytes]:
    for chunk in chunks:
        yield from decoder.feed(chunk)
    decoder.finish()


def _decoder(name: str) -> _Decoder:
    if name in ("gzip", "x-gzip"):
        return _Gzip()
    if name == "deflate":
        return _Deflate()
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    raise Undecodable(f"unknown content coding {name[:40]!r}")


class _Gzip:
    """gzip members one after the other (RFC 1952 section 2.2); what follows the last one is ignored.

    A body without gzip's magic bytes passes as it is: servers that announce a coding which a later step has
    already undone are common.
    """

    def __init__(self) -> None:
        self._head = b""
        self._member: zlib._Decompress | None = None
        self._members = 0
        self._plain = False
        self._done = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._plain:
            yield data
            return
        while data and not self._done:
            if self._member is None:
                data = self._head + data
                if data == b"\x1f":
                    self._head = data
                    return
                if not self._start(data):
                    if self._members == 0:
                        yield data
                    return
            assert self._member is not None
            yield from _inflate(self._member, data)
            data = b""
            if self._member.eof:
                data, self._member, self._head = self._member.unused_data, None, b""

    def _start(self, data: bytes) -> bool:
        self._head = b""
        if data[:2] != b"\x1f\x8b":
            self._plain = self._members == 0
            self._done = not self._plain
            return False
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise Undecodable("gzip body of too many members")
        self._member = zlib.decompressobj(31)
        return True

    def finish(self) -> None:
        if self._member is not None or (self._head and not self._members):
            raise Undecodable("the gzip body is cut short")


class _Deflate:
    """deflate in its zlib wrapping, or bare as some servers send it."""

    def __init__(self) -> None:
        self._head = b""
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            self._head += data
            if len(self._head) < 2:
                return
            first, second = self._head[0], self._head[1]
            wrapped = first & 0x0F == 8 and (first << 8 | second) % 31 == 0
            self._stream = zlib.decompressobj(15 if wrapped else -15)
            data = self._head
        if not self._stream.eof:
            yield from _inflate(self._stream, data)

    def finish(self) -> None:
        if self._head and (self._stream is None or not self._stream.eof):
            raise Undecodable("the deflate body is cut short")


def _inflate(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    try:
        while True:
            piece = stream.decompress(data, _PIECE)
            if piece:
                yield piece
            data = stream.unconsumed_tail
            if stream.eof or (not data and len(piece) < _PIECE):
                return
    except zlib.error as error:
        raise Undecodable(f"damaged gzip or deflate body: {error}") from error


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._begun = True
        try:
            while not self._stream.is_finished():
                piece: bytes = self._stream.process(data, output_buffer_limit=_PIECE)
                data = b""
                if piece:
                    yield piece
                elif self._stream.can_accept_more_data():
                    return
        except brotli.error as error:
            raise Undecodable(f"damaged br body: {error}") from error

    def finish(self) -> None:
        if self._begun and not self._stream.is_finished():
            raise Undecodable("the br body is cut short")


class _Zstd:
    """zstd frames. The window is held to 8 MiB (RFC 9659). A block of 128 KiB needs no more than four bytes of
    input, so input goes in by slices of a size whose output stays within a few MiB."""

    _SLICE = 128

    def __init__(self) -> None:
        self._context = zstandard.ZstdDecompressor(max_window_size=8 << 20)
        self._frame = self._context.decompressobj()
        self._frames = 0
        self._open = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            for start in range(0, len(data), self._SLICE):
                part = data[start : start + self._SLICE]
                while part:
                    if not self._open:
                        self._next_frame()
                    piece = self._frame.decompress(part)
                    part = b""
                    if piece:
                        yield piece
                    if self._frame.eof:
                        part, self._open = self._frame.unused_data, False
        except zstandard.ZstdError as error:
            raise Undecodable(f"damaged zstd body: {error}") from error

    def _next_frame(self) -> None:
        self._frames += 1
        if self._frames > _MAX_MEMBERS:
            raise Undecodable("zstd body of too many frames")
        self._frame = self._context.decompressobj()
        self._open = True

    def finish(self) -> None:
        if self._open:
            raise Undecodable("the zstd body is cut short")
