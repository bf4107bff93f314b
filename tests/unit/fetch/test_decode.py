"""Content codings: undone whole, undone in any pieces, and never more at once than a bound."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import tracemalloc
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.decode import Undecodable, decode
from tests.support.server import encode

CODINGS = ["gzip", "deflate", "br", "zstd"]


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("coding", CODINGS)
@given(body=st.binary(max_size=3000), size=st.integers(1, 500))
def test_round_trip_in_any_pieces(coding: str, body: bytes, size: int) -> None:
    """How the network cuts a body does not matter."""
    assert b"".join(decode(pieces(encode(coding, body), size), coding)) == body


@pytest.mark.parametrize("coding", CODINGS)
@given(body=st.binary(min_size=1, max_size=500), data=st.data())
def test_cut_short_is_told(coding: str, body: bytes, data: st.DataObject) -> None:
    """A body that ends before its coding does is never taken for whole."""
    whole = encode(coding, body)
    cut = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(Undecodable):
        b"".join(decode([whole[:cut]], coding))


@pytest.mark.parametrize("coding", CODINGS)
@given(junk=st.binary(max_size=2000), size=st.integers(1, 500))
def test_junk_never_breaks_out(coding: str, junk: bytes, size: int) -> None:
    """Damage is Undecodable, or passes as the plain body that it is."""
    with contextlib.suppress(Undecodable):
        assert isinstance(b"".join(decode(pieces(junk, size), coding)), bytes)


@pytest.mark.parametrize("coding", CODINGS)
def test_bombs_come_in_pieces(coding: str) -> None:
    """Of a bomb of 50 MB no more is in memory at once than a few pieces."""
    bomb = encode(coding, b"\0" * 50_000_000)
    tracemalloc.start()
    taken = list(itertools.islice(decode(pieces(bomb, 65536), coding), 4))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(map(len, taken)) > 100_000
    assert peak < 20_000_000


RAW = zlib.compressobj(wbits=-15)
BARE = RAW.compress(b"bare") + RAW.flush()


@pytest.mark.parametrize(
    ("coding", "data", "body"),
    [
        ("", b"x", b"x"),
        ("identity", b"x", b"x"),
        ("aws-chunked", b"x", b"x"),  # object stores keep the name of an upload's own framing
        ("gzip,aws-chunked", gzip.compress(b"x"), b"x"),
        ("x-gzip", gzip.compress(b"x"), b"x"),
        ("GZIP", gzip.compress(b"x"), b"x"),
        ("gzip, br", encode("br", gzip.compress(b"x")), b"x"),
        ("gzip,gzip", gzip.compress(gzip.compress(b"x")), b"x"),
        ("gzip", gzip.compress(b"a") + gzip.compress(b"b"), b"ab"),
        ("gzip", gzip.compress(b"a") + b"\0\0\0", b"a"),
        ("gzip", b"", b""),
        ("gzip", b"<", b"<"),
        ("br", b"", b""),
        ("zstd", zstandard.compress(b"a") + zstandard.compress(b"b"), b"ab"),
        ("deflate", zlib.compress(b"x"), b"x"),
        ("deflate", BARE, b"bare"),
    ],
    ids=lambda value: len(value) if isinstance(value, bytes) else value or "none",
)
def test_shapes(coding: str, data: bytes, body: bytes) -> None:
    """What servers send under these names."""
    for size in (1, 7, 65536):
        assert b"".join(decode(pieces(data, size), coding)) == body


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip,gzip,gzip,gzip", b""),
        ("compress", b"x"),
        ("gzip", gzip.compress(b"") * 1500),
        ("zstd", zstandard.compress(b"") * 1500),
        ("gzip", gzip.compress(b"hello")[:-4] + b"\0\0\0\0"),
        ("zstd", zstandard.ZstdCompressor(compression_params=zstandard.ZstdCompressionParameters(window_log=27)).compressobj().compress(b"")
         + b"\x28\xb5\x2f\xfd\x00\x88\x01\x00\x00"),
    ],
    ids=["too many codings", "unknown", "many members", "many frames", "wrong checksum", "huge window"],
)  # fmt: skip
def test_refused(coding: str, data: bytes) -> None:
    """Hostile or broken bodies."""
    with pytest.raises(Undecodable):
        b"".join(decode([data], coding))
