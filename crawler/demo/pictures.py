"""The demo's pictures, made from their names: covers as PNG, figures as SVG bar charts. Same name, same bytes."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from html import escape
from urllib.parse import unquote

_WIDTH, _HEIGHT = 640, 336


def cover_png(name: str, color: str) -> bytes:
    """A 640x336 PNG (RFC 2083): bands between the blog's colour and one that follows from the name."""
    seed = sha256(name.encode()).digest()
    start = bytes.fromhex(color.removeprefix("#"))
    rows = bytearray()
    for y in range(_HEIGHT):
        band = (y * seed[3]) // (_HEIGHT * 32)
        share = (y // 12 * 12 / _HEIGHT + band % 3 * 0.08) % 1.0
        pixel = bytes(int(a + (b - a) * share) for a, b in zip(start, seed[:3], strict=True))
        rows += b"\x00" + pixel * _WIDTH
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def chart_svg(data: str, title: str, color: str) -> bytes:
    """A bar chart of `label=value;label=value`, where an underscore stands for a space; boxes where data is empty."""
    pairs = [part.rpartition("=") for part in unquote(data).split(";") if part]
    rows = [(label.replace("_", " "), float(value)) for label, _, value in pairs]
    shapes = _bars(rows, color) if rows else _boxes(title, color)
    height = 40 + 44 * max(len(rows), 3)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {height}" width="640" height="{height}" '
        f'role="img"><title>{escape(title)}</title><g font-family="sans-serif" font-size="14">{shapes}</g></svg>'
    )
    return svg.encode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _bars(rows: list[tuple[str, float]], color: str) -> str:
    most = max(value for _, value in rows) or 1.0
    parts = []
    for index, (label, value) in enumerate(rows):
        y, width = 24 + 44 * index, max(2, int(340 * value / most))
        parts.append(f'<text x="8" y="{y + 20}">{escape(label)}</text>')
        parts.append(f'<rect x="200" y="{y}" width="{width}" height="28" fill="{color}"/>')
        parts.append(f'<text x="{206 + width}" y="{y + 20}">{value:g}</text>')
    return "".join(parts)


def _boxes(title: str, color: str) -> str:
    seed = sha256(title.encode()).digest()
    parts = [f'<rect x="{20 + 150 * i}" y="{30 + seed[i] % 60}" width="120" height="48" rx="6" fill="{color}"/>'
             for i in range(4)]  # fmt: skip
    return "".join(parts)
