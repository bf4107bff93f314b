"""How values stand in columns: times, lists, addresses and hashes as plain integers and text.

Times are microseconds since 1970 (UTC) in both databases, so that they sort and compare alike. Lists are compact
JSON. Text is what both databases can hold: PostgreSQL refuses NUL, and neither can encode a lone surrogate.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.model import Image, Signals, Signature

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_KEY = 250  # characters; PostgreSQL indexes no more than 2,700 bytes
_CHUNK = 500
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ESCAPED = re.compile(r"[\x00-\x1f\\]")  # with the quotation mark all that JSON escapes (RFC 8259 section 7)


def micros(at: datetime) -> int:
    """An aware time as microseconds since 1970."""
    delta = at - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def micros_or_none(at: datetime | None) -> int | None:
    """The same of a time that may be unknown."""
    return None if at is None else micros(at)


def instant(value: int) -> datetime:
    """The aware UTC time of a column."""
    return _EPOCH + timedelta(microseconds=value)


def instant_or_none(value: int | None) -> datetime | None:
    """The same of a column that may be NULL."""
    return None if value is None else _EPOCH + timedelta(microseconds=value)


def clean(value: str) -> str:
    """The text without NUL and lone surrogates; anything else is kept to the character."""
    if "\x00" in value:
        value = value.replace("\x00", "")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            value = value.encode("utf-8", "ignore").decode()
    return value


def clean_or_none(value: str | None) -> str | None:
    """The same of a text that may be absent."""
    return None if value is None else clean(value)


def cleaned(value: Any) -> Any:  # noqa: ANN401 - any plain value of the model
    """A value of the model as a database would give it back: times in UTC, text without what columns cannot hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, (tuple, list)):
        return tuple(cleaned(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(*(cleaned(getattr(value, field.name)) for field in fields(value)))
    return value


def dump_strings(values: Sequence[str]) -> str:
    """A JSON array of cleaned texts."""
    if not values:
        return "[]"
    text = '","'.join(map(clean, values))
    if text.count('"') == 2 * len(values) - 2 and not _ESCAPED.search(text):
        return f'["{text}"]'
    return _encode([clean(value) for value in values])


def load_strings(value: str) -> tuple[str, ...]:
    """The texts of `dump_strings`."""
    if value == "[]":
        return ()
    # Compact JSON without an escape has quotes only around its strings: cutting there is ten times as fast.
    cut = value[2:-2].split('","')
    compact = value[:2] == '["' and value[-2:] == '"]' and value.count('"') == 2 * len(cut)
    return tuple(cut) if compact and "\\" not in value else tuple(json.loads(value))


def dump_numbers(values: Sequence[int]) -> str | None:
    """A JSON array; NULL for none."""
    return _encode(list(values)) if values else None


def load_numbers(value: str | None) -> tuple[int, ...]:
    """The numbers of `dump_numbers`."""
    return tuple(json.loads(value)) if value else ()


def dump_image(image: Image | None) -> str | None:
    """A JSON array of address and alternative text; NULL for none."""
    return None if image is None else dump_strings((image.url, image.alt))


def load_image(value: str | None) -> Image | None:
    """The image of `dump_image`."""
    return None if value is None else Image(*json.loads(value))


_NO_SIGNALS = Signals()


def dump_signals(signals: Signals) -> str:
    """The signals as a JSON object of those that are told: one that is added later reads as what it is by itself."""
    if signals == _NO_SIGNALS:
        return "{}"
    values = {name: getattr(signals, name) for name in Signals.__slots__}
    return _encode({name: value for name, value in values.items() if value != getattr(_NO_SIGNALS, name)})


def load_signals(value: str) -> Signals:
    """The signals of `dump_signals`; what a later version of the program told beside them is passed over."""
    if value == "{}":
        return _NO_SIGNALS
    stored = json.loads(value)
    return Signals(**{name: stored[name] for name in Signals.__slots__ if name in stored})


def dump_keys(signature: Signature) -> str:
    """Title key and bands to the digit: columns hold only 64 bits with a sign."""
    return _encode([signature.title_key, *signature.bands])


def load_signature(values: bytes | None, keys: str | None, shingles: int) -> Signature | None:
    """The signature of its three columns, the second by `dump_keys`; None where the article has none."""
    if values is None or keys is None:
        return None
    title_key, *bands = json.loads(keys)
    return Signature(bytes(values), tuple(bands), title_key, shingles)


def int64(value: int) -> int:
    """An integer folded into what a column holds."""
    return ((value + (1 << 63)) & ((1 << 64) - 1)) - (1 << 63)


def hash64(value: str) -> int:
    """A short stand-in for a text of any length; equal texts have equal ones, look-ups compare the text, too."""
    return int.from_bytes(hashlib.blake2b(clean(value).encode(), digest_size=8).digest(), "big", signed=True)


def short(key: str) -> str:
    """A url_key that an index can hold: a very long one becomes its beginning and a hash."""
    key = clean(key)
    if len(key) <= _LONGEST_KEY:
        return key
    return f"{key[:150]}#{hashlib.sha256(key.encode()).hexdigest()}"


def is_short(key: str) -> bool:
    """Whether a stored key is the key itself."""
    return len(key) != 150 + 1 + 64 or key[150] != "#"


def chunks(values: Collection[Any], size: int = _CHUNK) -> Iterator[list[Any]]:
    """Lists of bounded length, for IN (…); sorted, so that locks are taken in one order."""
    ordered = sorted(values)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
