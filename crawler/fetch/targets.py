"""From an address to what is asked of whom. The only importer of httpx, for addresses that are not written as usual.

httpx knows what browsers make of odd addresses: names in other scripts, blanks, dots in paths. An address that it
would leave as it is costs one match here, and a run over such addresses never loads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpcore

from crawler.fetch.guard import parse_address
from crawler.urls.parts import DEFAULT_PORTS

_PLAIN = r"[A-Za-z0-9\-._~!$&()*+,;=:@/]|%[0-9A-Fa-f]{2}"
_USUAL = re.compile(
    r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}))?"
    rf"((?:/(?:{_PLAIN})*)?(?:\?(?:{_PLAIN}|[?])*)?)",
    re.ASCII,
)


class BadAddress(ValueError):
    """The address cannot be asked for."""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to ask, and for what. `host` is as people write it; `authority` is the Host header (RFC 9110 7.2)."""

    scheme: str
    host: str
    port: int
    authority: bytes
    url: httpcore.URL


def target_of(url: str) -> Target:
    """The target that an address names. Raises BadAddress where it names none."""
    usual = _USUAL.fullmatch(url)
    if usual is None or "/." in usual[4] or not _is_usual_host(usual[2]):
        return _odd_target(url)
    scheme, host, number, path = usual.groups()
    port = int(number) if number else DEFAULT_PORTS[scheme]
    shown = port if port != DEFAULT_PORTS[scheme] else None
    path = path if path.startswith("/") else "/" + path
    return Target(
        scheme,
        host,
        port,
        (host if shown is None else f"{host}:{shown}").encode("ascii"),
        httpcore.URL(scheme=scheme.encode("ascii"), host=host.encode("ascii"), port=shown, target=path.encode("ascii")),
    )


def _is_usual_host(host: str) -> bool:
    # Numbers are addresses in one form only, and "xn--" stands for another script.
    if "xn--" in host:
        return False
    return not host.rpartition(".")[2].isdigit() or str(parse_address(host)) == host


def _odd_target(url: str) -> Target:
    import httpx

    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise BadAddress(str(error)) from error
    return Target(
        parsed.scheme,
        parsed.host,
        parsed.port or DEFAULT_PORTS.get(parsed.scheme, 80),
        parsed.netloc,
        httpcore.URL(scheme=parsed.raw_scheme, host=parsed.raw_host, port=parsed.port, target=parsed.raw_path),
    )


def proxy_url(proxy: str) -> tuple[httpcore.URL, tuple[bytes, bytes] | None]:
    """A proxy's address, and the name and password that it holds."""
    import httpx

    parsed = httpx.Proxy(proxy)
    url = parsed.url
    return (
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        parsed.raw_auth,
    )
