"""Proxies as the environment names them: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, read once."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.errors import ConfigError
from crawler.fetch.guard import IPNetwork, parse_address
from crawler.urls import without_credentials

_SCHEMES = ("http://", "https://", "socks5://", "socks5h://")


@dataclass(frozen=True, slots=True)
class Proxies:
    """Which proxy serves a host. Names in NO_PROXY cover their subdomains, as curl reads them."""

    http: str | None = None
    https: str | None = None
    no_names: tuple[tuple[str, int | None], ...] = ()
    no_networks: tuple[IPNetwork, ...] = ()
    none: bool = False

    @property
    def socks(self) -> bool:
        """Whether a SOCKS proxy is among them."""
        return any((proxy or "").lower().startswith("socks") for proxy in (self.http, self.https))

    def proxy_for(self, scheme: str, host: str, port: int) -> str | None:
        """The proxy's URL, or None where the host is asked directly."""
        proxy = self.https if scheme == "https" else self.http
        if proxy is None or self.none:
            return None
        name = host.lower().rstrip(".")
        address = parse_address(name)
        if address is not None and any(n.version == address.version and address in n for n in self.no_networks):
            return None
        for suffix, only_port in self.no_names:
            if only_port in (None, port) and (name == suffix or name.endswith("." + suffix)):
                return None
        return proxy


def proxies_from(environ: Mapping[str, str]) -> Proxies:
    """Read the variables; a lower-case name wins over its upper-case form.

    HTTP_PROXY in upper case is ignored inside a CGI request (REQUEST_METHOD is set), where a client could set it.
    Raises ConfigError for a proxy of a kind that we cannot use.
    """

    def value(name: str) -> str:
        upper = "" if name == "http_proxy" and "REQUEST_METHOD" in environ else environ.get(name.upper(), "")
        return (environ.get(name) or upper).strip()

    fallback = value("all_proxy")
    names: list[tuple[str, int | None]] = []
    networks: list[IPNetwork] = []
    none = False
    for entry in value("no_proxy").replace(" ", ",").split(","):
        text = entry.strip().lower().partition("://")[2] or entry.strip().lower()
        if text == "*":
            none = True
        elif text:
            try:
                networks.append(ipaddress.ip_network(text.strip("[]"), strict=False))
            except ValueError:
                host, _, port = text.partition(":")
                names.append((host.removeprefix("*").strip("."), int(port) if port.isdigit() else None))
    return Proxies(
        _checked("HTTP_PROXY", value("http_proxy") or fallback),
        _checked("HTTPS_PROXY", value("https_proxy") or fallback),
        tuple(names),
        tuple(networks),
        none,
    )


def _checked(name: str, url: str) -> str | None:
    if not url:
        return None
    full = url if "://" in url else f"http://{url}"
    if not full.lower().startswith(_SCHEMES):
        raise ConfigError([f"{name}: {without_credentials(full)!r} is no http, https or socks5 proxy"])
    return full
