"""Whether a text is an article: not a teaser, a wall of consent or payment, an error page, or an empty shell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.cued import Cued
from crawler.extract.phrases import phrases
from crawler.model import Block, PageQuality
from crawler.text import count_words, one_line

_SOFT_404_WORDS = r"""
404
page (?:not|cannot be|could not be|was not|can['’]?t be) found
not found
page (?:doesn['’]t|does not|no longer) exists?
content (?:not found|unavailable|no longer available)
(?:article|post|page) (?:is )?no longer available
nothing (?:was )?found
couldn['’]t find (?:that|the|this) page
seite nicht gefunden
page introuvable
"""
_ERROR_TITLES = r"""
(?:error )?(?:50[0-4]|403|410)\b.{0,60}
access denied
forbidden
service (?:temporarily )?unavailable
bad gateway
just a moment\W*
attention required.{0,40}
internal server error
under (?:maintenance|construction)
"""
_COOKIE_WORDS = r"""
cookies?
gdpr
consent
privacy (?:policy|settings|preferences|choices)
your privacy
partners (?:store|process)
legitimate interest
"""
_CHALLENGE_WORDS = r"""
enable javascript
javascript is (?:disabled|required|not enabled)
requires? javascript
turn on javascript
checking (?:your browser|if the site connection)
verify (?:that )?you are (?:a )?human
are you a robot
captcha
unusual traffic
ddos protection
"""
_JOIN = (
    r"subscribe|sign (?:in|up)|log ?in|register|become a (?:paid )?(?:member|subscriber)|start your (?:free )?trial"
    r"|create (?:a|your) (?:free )?account"
)
_TO_READ = "to (?:continue|keep|read|unlock|access|view)|for (?:full )?access"
_PAYWALL_WORDS = rf"""
(?:^|(?<=[.!?:|] )|\bplease )(?:{_JOIN})\b.{{0,60}}\b(?:{_TO_READ})
member[- ]only (?:story|content|post)
(?:this|the) (?:post|article|story|content|rest of this (?:post|article)) is (?:only )?for (?:paying|paid|premium)
(?:this|the) (?:post|article|story|content) is (?:only )?(?:for|available to) (?:paid )?(?:subscribers|members)
already (?:a|have) (?:subscriber|member|an account|a subscription)
you(?:['’]ve| have) reached your (?:free )?(?:article )?limit
"""
_MORE_WORDS = r"""
\[?(?:…|\.\.\.|&hellip;)\]?
\(more…?\)
\b(?:read|see|learn|view|find out) more
\b(?:read|continue reading|keep reading|see|view) (?:on|at) \S.{0,60}
\b(?:read|continue reading|keep reading|see|view) the (?:full|rest|whole|entire|original|complete)[\w\s]{0,40}
\b(?:read|see|view|learn|find out) .{0,100}(?:→|»|&rarr;|>>)
continue reading.{0,120}
"""
_SOFT_404 = Cued(rf"\b(?:{phrases(_SOFT_404_WORDS)})\b", re.IGNORECASE)
_ERROR = re.compile(rf"^(?:{phrases(_ERROR_TITLES)})$", re.IGNORECASE)
_COOKIES = re.compile(rf"\b(?:{phrases(_COOKIE_WORDS)})\b", re.IGNORECASE)
_CHALLENGE = Cued(rf"\b(?:{phrases(_CHALLENGE_WORDS)})\b", re.IGNORECASE)
_PAYWALL = Cued(rf"(?:{phrases(_PAYWALL_WORDS)})", re.IGNORECASE | re.MULTILINE)
_MORE = Cued(rf"(?:{phrases(_MORE_WORDS)})\s*(?:[→»>…]|\.{{3}})*[.!]?$", re.IGNORECASE)
_APPEARED = Cued(r"\bthe post .{3,250} (?:appeared first on|first appeared on) .{2,100}\.?$", re.IGNORECASE)
_SHORT = 60
_TEASER = 180


def judge(title: str, blocks: Sequence[Block], *, paywalled: bool = False) -> PageQuality:
    """The quality of a text under its title.

    Walls and error pages are told by their words only where the text is short: an article may be about cookies.
    """
    text = "\n".join(block.text for block in blocks)
    words = count_words(text[:20_000])
    if words == 0:
        return "empty"
    if words < 120 and (
        _SOFT_404.search(title) or _ERROR.match(one_line(title)) or (words < _SHORT and _SOFT_404.search(text[:300]))
    ):
        return "soft-404"
    if words < 150 and (_CHALLENGE.search(text) or len(_COOKIES.findall(text)) >= 3 + words // 60):
        return "wall"
    if words < 400 and _PAYWALL.search(text[-600:]):
        return "wall"
    if paywalled and words < 250:
        return "teaser"
    if words < _TEASER and ends_open(blocks):
        return "teaser"
    if words < 15:
        return "empty" if words < 4 else "teaser"
    return "full"


def ends_open(blocks: Sequence[Block]) -> bool:
    """Whether the last words send the reader elsewhere for the rest: an ellipsis, "read more", "continue reading"."""
    last = next((b for b in reversed(blocks) if b.kind != "code" and b.text.strip()), None)
    if last is None:
        return False
    tail = _APPEARED.sub("", last.text[-500:]).strip() or next(
        (b.text[-300:] for b in reversed(blocks[:-1]) if b.text), ""
    )
    return bool(_MORE.search(tail[-250:]))
