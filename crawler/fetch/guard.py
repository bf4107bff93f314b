"""Which addresses may be asked: public ones, and those that the settings allow by name or network.

The check is made on the address that is connected to, after names were resolved, so that neither a second
DNS answer nor a fanciful spelling (octal, decimal, mapped) leads into a private network. The ranges are those
of the IANA special-purpose address registries (RFC 6890).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from crawler.errors import ConfigError
from crawler.text import one_line

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

# Global by the letter of the registry, but no place where a blog lives.
_ALSO_REFUSED: tuple[IPNetwork, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "100.64.0.0/10",  # shared address space of carriers (RFC 6598)
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
        "198.18.0.0/15",  # benchmarking
        "168.63.129.16/32",  # a cloud's host agent, reachable from its guests only
        "64:ff9b:1::/48",  # local-use translation (RFC 8215)
        "100::/64",  # discard
        "2001::/23",  # protocol assignments, with Teredo
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",  # site-local, deprecated and still routed in places
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAME = re.compile(
    r"(^|\.)(localhost|localdomain|local|internal|intranet|home\.arpa)$|^(ip6-)?(localhost|loopback)(6|\.localdomain6?)?$"
)


class Refused(Exception):
    """The address may not be asked; `str()` says which and why."""


@lru_cache(maxsize=1024)
def parse_address(host: str) -> IPAddress | None:
    """The address that `host` spells, in any form that the C library takes (`0x7f.1`, `2130706433`, `[::1]`)."""
    bare = host.strip("[]").partition("%")[0]
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    if not re.fullmatch(r"(0[xX][0-9a-fA-F]*|\d+)(\.(0[xX][0-9a-fA-F]*|\d+)){0,3}\.?", bare):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(bare.rstrip(".")))
    except OSError:
        return None


@lru_cache(maxsize=1024)
def is_public(address: IPAddress) -> bool:
    """Whether packets to `address` leave for the public Internet, whatever IPv4 address it carries inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _carried(address)
        if inner is not None:
            return is_public(inner)
    if address.is_multicast or address.is_reserved or address.is_unspecified or not address.is_global:
        return False
    return not any(address.version == net.version and address in net for net in _ALSO_REFUSED)


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    # IPv4-mapped, 6to4 and NAT64 addresses end at the IPv4 address that they carry; Teredo (2001::/32) and the
    # deprecated IPv4-compatible form are refused as a whole.
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if int(address) >> 32 == 0:
        return ipaddress.IPv4Address(int(address))
    return None


@dataclass(frozen=True, slots=True)
class _Exemption:
    """One line of `allow_private_hosts`: a network or a host name, on one port or on all."""

    network: IPNetwork | None
    name: str
    port: int | None

    def covers(self, host: str, address: IPAddress | None, port: int) -> bool:
        if self.port is not None and self.port != port:
            return False
        if self.network is not None:
            return address is not None and address.version == self.network.version and address in self.network
        if self.name.startswith("."):
            return host.endswith(self.name)
        return host == self.name


class Guard:
    """Decides on addresses. `allow_private_hosts` holds networks (`10.0.0.0/8`), addresses, host names and
    `.suffixes` of names, each with an optional `:port`. Raises ConfigError for what is none of these."""

    def __init__(self, allow_private_hosts: Iterable[str] = ()) -> None:
        self._exempt: list[_Exemption] = []
        problems: list[str] = []
        for text in allow_private_hosts:
            parsed = _parse_exemption(text)
            if parsed is None:
                problems.append(f"allow_private_hosts: {one_line(text)!r} is neither a network nor a host name")
            else:
                self._exempt.append(parsed)
        if problems:
            raise ConfigError(problems)

    def allowed(self, host: str, address: IPAddress, port: int) -> bool:
        """Whether `host`, which resolved to `address`, may be asked on `port`."""
        return is_public(address) or any(e.covers(host.lower().rstrip("."), address, port) for e in self._exempt)

    def check_name(self, host: str, port: int) -> None:
        """What can be told without resolving, for hosts whose names a proxy resolves.

        Raises Refused for literal addresses that are not public and for names of the local network.
        """
        name = host.lower().rstrip(".")
        address = parse_address(name)
        local = not is_public(address) if address is not None else bool(_LOCAL_NAME.search(name))
        if local and not any(e.covers(name, address, port) for e in self._exempt):
            raise Refused(refusal(host, address))


def refusal(host: str, address: IPAddress | None) -> str:
    """The message for a refused address, with the way to permit it."""
    shown = host if address is None or str(address) == host.strip("[]") else f"{host} ({address})"
    return f"{shown} is not a public address; list it in allow_private_hosts if it is meant"


def _parse_exemption(text: str) -> _Exemption | None:
    value, port = text.strip().lower(), None
    matched = re.fullmatch(r"(\[[^\]]*\](?:/\d+)?|[^:]*):(\d{1,5})", value)
    if matched:
        value, port = matched[1], int(matched[2])
        if not 0 < port < 65536:
            return None
    value = value.replace("[", "").replace("]", "")
    try:
        return _Exemption(ipaddress.ip_network(value, strict=False), "", port)
    except ValueError:
        pass
    name = value.removeprefix("*").rstrip(".")
    if not re.fullmatch(r"\.?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z_]([a-z0-9_-]*[a-z0-9_])?", name):
        return None
    return _Exemption(None, name, port)
