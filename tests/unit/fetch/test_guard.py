"""Which addresses are asked, by whatever spelling, redirect, name or proxy they come."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ConfigError
from crawler.fetch.client import HttpFetcher
from crawler.fetch.guard import Guard, Refused, is_public, parse_address
from crawler.model import Failed, Fetched, Request
from crawler.settings import FetchSettings
from tests.support.server import Server

PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "169.254.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "0.0.0.0",
    "0.1.2.3",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "192.88.99.1",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "fe80::1",
    "febf::1",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.1.2.3",
    "64:ff9b:1::1",
    "100::1",
    "3fff::1",
    "5f00::1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
]
SPELLED = ["2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "017700000001", "127.0.1", "[::1]", "[::ffff:7f00:1]", "127.0.0.1.", "0"]  # fmt: skip


@pytest.mark.parametrize("text", PRIVATE)
def test_private(text: str) -> None:
    """No packet goes there."""
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_public(text: str) -> None:
    """The web is reachable."""
    assert is_public(ipaddress.ip_address(text))


@given(st.ip_addresses(v=4))
def test_carried_addresses_are_judged_as_what_they_carry(address: ipaddress.IPv4Address) -> None:
    """An IPv4 address inside an IPv6 one is public only where it is by itself."""
    number = int(address)
    for carrier in (
        0xFFFF << 32 | number,
        0x2002 << 112 | number << 80,
        int(ipaddress.ip_address("64:ff9b::")) | number,
    ):
        assert not is_public(ipaddress.IPv6Address(carrier)) or is_public(address)


@pytest.mark.parametrize("host", SPELLED)
@pytest.mark.parametrize("proxied", [False, True])
def test_spellings_are_refused_on_the_wire(host: str, proxied: bool) -> None:
    """Whatever way a private address is written, nothing is sent, with a proxy or without."""
    with Server() as server:
        server.add("*", b"secret")
        environ = {"HTTP_PROXY": server.url("")} if proxied else {}
        fetcher = HttpFetcher(FetchSettings(timeout=3), user_agent="t/1", environ=environ)
        outcome = fetcher.fetch(Request(f"http://{host}:{server.port}/"))
        assert isinstance(outcome, Failed)
        assert (outcome.kind, outcome.passing) == ("unsafe", False)
        assert server.requests == []


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "x.localhost", "localhost.", "printer.local", "a.internal", "nas.home.arpa"])  # fmt: skip
def test_local_names_are_refused_through_a_proxy(host: str) -> None:
    """The proxy would resolve them in its own network."""
    with pytest.raises(Refused):
        Guard().check_name(host, 80)
    Guard((host,)).check_name(host, 80)


@pytest.mark.parametrize(
    "host", ["localhost.example", "locality.org", "blog.internals.dev", "mylocal", "10.example.org"]
)
def test_other_names_pass(host: str) -> None:
    """A name that only looks like one of those is asked."""
    Guard().check_name(host, 80)


@pytest.mark.parametrize("allowed", ["127.0.0.0/8", "127.0.0.1", "127.0.0.1:{port}", "blog.example", "blog.example:{port}", ".example", "*.example", "BLOG.example"])  # fmt: skip
def test_exemptions(allowed: str) -> None:
    """allow_private_hosts takes networks, addresses and names, with or without port."""
    with Server() as server:
        server.add("/", b"x")
        settings = FetchSettings(timeout=3, allow_private_hosts=(allowed.format(port=server.port),))
        fetcher = HttpFetcher(settings, user_agent="t/1", environ={}, resolver=lambda host, port: ["127.0.0.1"])
        assert isinstance(fetcher.fetch(Request(f"http://blog.example:{server.port}/")), Fetched)
        fetcher.close()


@pytest.mark.parametrize(
    "allowed", ["10.0.0.0/8", "127.0.0.1:1", "blog.example:1", "other.example", "example", "::1/128"]
)
def test_exemptions_are_exact(allowed: str) -> None:
    """What is not listed stays refused."""
    with Server() as server:
        settings = FetchSettings(timeout=3, allow_private_hosts=(allowed,))
        fetcher = HttpFetcher(settings, user_agent="t/1", environ={}, resolver=lambda host, port: ["127.0.0.1"])
        outcome = fetcher.fetch(Request(f"http://blog.example:{server.port}/"))
        assert isinstance(outcome, Failed)
        assert outcome.kind == "unsafe"


@pytest.mark.parametrize("bad", ["10.0.0.0/99", "http://x", "a b", "", "1.2.3.4.5", "host:99999", "host:0"])
def test_unreadable_exemptions(bad: str) -> None:
    """A line that means nothing is an error, not a hole."""
    with pytest.raises(ConfigError, match="allow_private_hosts"):
        Guard((bad,))


# ---------------------------------------------------------------- names that change their mind


def rebinding(*answers: Sequence[str]) -> tuple[Callable[[str, int], Sequence[str]], list[str]]:
    asked: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    return resolve, asked


def test_the_checked_address_is_connected_to() -> None:
    """A name that answers differently the second time is not asked a second time."""
    with Server() as good, Server("127.0.0.2") as inside:
        good.add("/", b"good")
        inside.add("/", b"secret")
        resolve, asked = rebinding(["127.0.0.1"], ["127.0.0.2"])
        settings = FetchSettings(timeout=3, allow_private_hosts=("127.0.0.1/32",))
        fetcher = HttpFetcher(settings, user_agent="t/1", environ={}, resolver=resolve)
        outcome = fetcher.fetch(Request(f"http://rebind.example:{good.port}/"))
        assert isinstance(outcome, Fetched)
        assert outcome.body == b"good"
        assert asked == ["rebind.example"]
        assert inside.requests == []
        fetcher.close()


def test_every_hop_is_checked() -> None:
    """A redirect into a private network is refused as if it had been asked for."""
    with Server() as outside, Server("127.0.0.2") as inside:
        outside.add("/", status=302, headers={"Location": inside.url("/")})
        settings = FetchSettings(timeout=3, allow_private_hosts=("127.0.0.1",))
        fetcher = HttpFetcher(settings, user_agent="t/1", environ={})
        outcome = fetcher.fetch(Request(outside.url()))
        assert isinstance(outcome, Failed)
        assert (outcome.kind, outcome.url) == ("unsafe", inside.url("/"))
        assert inside.connections == 0
        fetcher.close()


def test_only_the_public_ones_of_mixed_answers() -> None:
    """A name with a private address among public ones is asked at those that may be asked."""
    with Server() as good, Server("127.0.0.2") as inside:
        good.add("/", b"good")
        resolve, _ = rebinding(["127.0.0.2", "127.0.0.1"])
        settings = FetchSettings(timeout=3, allow_private_hosts=("127.0.0.1/32",))
        fetcher = HttpFetcher(settings, user_agent="t/1", environ={}, resolver=resolve)
        assert isinstance(fetcher.fetch(Request(f"http://mixed.example:{good.port}/")), Fetched)
        assert inside.connections == 0
        fetcher.close()


def test_the_next_address_is_tried() -> None:
    """A host of several addresses is reached at the one that answers."""
    with Server("127.0.0.3") as server:
        server.add("/", b"x")
        resolve, _ = rebinding(["127.0.0.2", "127.0.0.3"])
        settings = FetchSettings(timeout=3, allow_private_hosts=("127.0.0.0/8",))
        fetcher = HttpFetcher(settings, user_agent="t/1", environ={}, resolver=resolve)
        assert isinstance(fetcher.fetch(Request(f"http://two.example:{server.port}/")), Fetched)
        fetcher.close()


@given(st.text(max_size=30))
def test_any_text_as_host(text: str) -> None:
    """No text breaks the guard."""
    address = parse_address(text)
    assert address is None or isinstance(is_public(address), bool)
