"""Redirects as steps: where an answer sends us, and what may be said of the way there.

Each hop is a request to some host and takes its turn there, so that a redirect is a value that comes back to the
caller, not a loop inside the client.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from crawler.model import Failed, Request
from crawler.urls import absolute_url, host_of, is_web_url, without_credentials

MAX_HOPS = 8
FOLLOWED = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
MAX_WAIT = 5.0  # seconds that a redirect's Retry-After is waited out before the next hop


@dataclass(frozen=True, slots=True)
class Trail:
    """A request on its way: `url` is what is to be asked next, without credentials.

    `permanent`: every hop so far was 301 or 308. `downgraded`: one led from https to http, after which nothing
    that the answers say may move a subscription. `spent` are the seconds that earlier hops took, `wait` those
    that the server asked us to wait before this one.
    """

    request: Request
    url: str
    seen: tuple[str, ...] = ()
    permanent: bool = True
    downgraded: bool = False
    spent: float = 0.0
    wait: float = 0.0

    @property
    def moved_to(self) -> str | None:
        """The address that a subscription should follow: all hops permanent, none from https to http.

        An address with credentials stays as it was written, because they are not carried over.
        """
        if not self.seen or not self.permanent or self.downgraded or self._credentials() is not None:
            return None
        return self.url

    @property
    def authorization(self) -> str | None:
        """The Authorization header (RFC 7617) for this hop: only for the host that the address named, never in clear
        text where it was meant for https."""
        credentials = self._credentials()
        if credentials is None or self.downgraded:
            return None
        first, now = urlsplit(self.request.url), urlsplit(self.url)
        if host_of(self.request.url) != host_of(self.url) or (first.scheme, now.scheme) == ("https", "http"):
            return None
        if first.port != now.port and (first.port, now.port) not in ((None, 443), (80, 443)):
            return None
        user, password = credentials
        return "Basic " + b64encode(f"{user}:{password}".encode()).decode("ascii")

    @property
    def validators(self) -> tuple[str | None, str | None]:
        """ETag and Last-Modified for this hop.

        They belong to what the chain led to last time, and a server ignores them where it redirects (RFC 9110
        section 13.2.1). A date says nothing about another site's copy, so that it does not cross sites.
        """
        request = self.request
        if _site(request.url) != _site(self.url):
            return request.etag, None
        return request.etag, request.last_modified

    def _credentials(self) -> tuple[str, str] | None:
        userinfo, at, _ = urlsplit(self.request.url).netloc.rpartition("@")
        if not at:
            return None
        user, _, password = userinfo.partition(":")
        return unquote(user), unquote(password)


def start(request: Request) -> Trail | Failed:
    """The first step of a request; Failed where its address is no http(s) URL."""
    if not is_web_url(request.url):
        shown = without_credentials(request.url)[:200]
        return Failed(shown, "unsafe", f"{shown!r} is no http or https address", passing=False)
    return Trail(request, without_credentials(request.url.strip()).partition("#")[0])


def follow(trail: Trail, status: int, location: str, retry_after: float | None) -> Trail | Failed:
    """The next step after a redirect; Failed where it leads nowhere, in a circle, too far, or must wait too long."""
    target = without_credentials(absolute_url(trail.url, location)).partition("#")[0]
    if not target:
        message = f"{status} redirects to {location[:200]!r}" if location else f"{status} without a Location"
        return Failed(trail.url, "redirect", message, status, passing=False, retry_after=retry_after)
    here = trail.url
    if target == here or target in trail.seen:
        return Failed(trail.url, "redirect", f"redirects in a circle at {target}", status, passing=False)
    if len(trail.seen) >= MAX_HOPS:
        return Failed(trail.url, "redirect", f"more than {MAX_HOPS} redirects", status, passing=False)
    if retry_after is not None and retry_after > MAX_WAIT:
        message = f"{status} redirects after a wait of {retry_after:.0f} s"
        return Failed(trail.url, "redirect", message, status, passing=True, retry_after=retry_after)
    return replace(
        trail,
        url=target,
        seen=(*trail.seen, here),
        permanent=trail.permanent and status in _PERMANENT,
        downgraded=trail.downgraded or (_scheme(trail.url) == "https" and _scheme(target) == "http"),
        wait=retry_after or 0.0,
    )


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()


def _site(url: str) -> str:
    return host_of(url).removeprefix("www.")
