"""Bodies of answers, read within bounds: so many bytes, so many chunks, so many large ones in memory at once."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator, Mapping

import httpcore

from crawler.fetch.backend import DeadlinePassed, Exchange, TooManyBytes
from crawler.fetch.decode import decode
from crawler.fetch.transports import Answer

_MAX_CHUNKS = 200_000
_LARGE = 1 << 20
_LARGE_AT_ONCE = 2
_LARGE_WAIT = 120.0
_DRAINED = 16_384


class Bodies:
    """Reads the bodies of one fetcher's answers, each within what is left of its thread's exchange.

    Few large ones are held at once, so that memory stays bounded whatever all servers together send. May be used from
    many threads; raises what httpcore, the exchange and the decoder raise.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._large = threading.BoundedSemaphore(_LARGE_AT_ONCE)

    def read(self, answer: Answer, headers: Mapping[str, str], limit: int, *, cut: bool) -> bytes | None:
        """The decoded body. One of more than `limit` bytes is `cut` there, else None stands for it."""
        length = headers.get("content-length", "")
        if not cut and length.isdigit() and int(length) > limit:
            return None
        body = io.BytesIO()
        for piece in decode(pieces(answer), headers.get("content-encoding", "")):
            self._exchange.left()
            total = body.tell() + len(piece)
            if total > limit:
                body.write(piece)
                return body.getvalue()[:limit] if cut else None
            if total > _LARGE and not self._exchange.holds:
                self._wait_for_room()
            body.write(piece)
        return body.getvalue()

    def hand_over(self) -> Callable[[], None]:
        """What to call when the body that this thread read last is done with; from any thread, once."""
        held, self._exchange.holds = self._exchange.holds, False
        return self._large.release if held else _nothing

    def _wait_for_room(self) -> None:
        # The wait is ours, and does not count against the server.
        began = time.monotonic()
        if not self._large.acquire(timeout=_LARGE_WAIT):
            raise DeadlinePassed
        self._exchange.holds = True
        self._exchange.deadline += time.monotonic() - began


def drain(answer: Answer, headers: Mapping[str, str]) -> None:
    """Read a small body that nobody wants to its end, so that the connection can be used again."""
    length = headers.get("content-length", "0" if answer.status == 304 else "")
    if length.isdigit() and int(length) <= _DRAINED:
        try:
            for _ in pieces(answer):
                pass
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
            return


def pieces(answer: Answer) -> Iterator[bytes]:
    """The body as it comes over the wire. Raises TooManyBytes where it comes in too many chunks."""
    for count, chunk in enumerate(answer.stream):
        if count > _MAX_CHUNKS:  # each costs far more than its bytes
            raise TooManyBytes("in too many chunks")
        yield chunk


def _nothing() -> None:
    """No large body is held."""
