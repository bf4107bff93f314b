"""HTML that is made for readers, by the checker that the HTML standard's authors point to."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from crawler.model import Image, Item, Section
from crawler.render import render
from crawler.render.options import RenderOptions
from tests.golden.issue import ISSUE
from tests.support.nu import needs_nu, nu_errors

HOSTILE = Item(
    title="</a><script>\"&' ﷽ 👩‍💻",
    url="https://x.example/?a[]=1&b='\"<>#p|q",
    summary="]]> <!-- &nbsp; --",
    image=Image("https://x.example/i|.png?a[]=1&b={2}", 'An "alt" & <more>'),
    notes="1. **One:** `<b>`\n   - nested\n2. two",
    also_at=(("A & B", "https://also.example/?q=<>"),),
)
BODY = replace(
    HOSTILE, title="Own", url="https://own.example/", body="> said\n\n```html\n<p>\n```\n\n* * *\n\n| a |\n|---|\n| b |"
)
RICH = replace(
    ISSUE, opening="Before *we* begin.", sections=(*ISSUE.sections, Section("t", "T & <t>", (HOSTILE, BODY), "Text."))
)
BARE = replace(ISSUE, sections=(), lead="", tags=(), tagline="", comments=None)
OPTIONS = (
    RenderOptions(),
    RenderOptions(
        base_url="https://weekly.example/", pages=True, images="show", unsubscribe="https://w.example/?a=1&b=2"
    ),
    RenderOptions(images="link", unsubscribe="mailto:leave@weekly.example"),
)


@needs_nu
@pytest.mark.slow
def test_pages_and_mail_have_no_error(tmp_path: Path) -> None:
    """With every option, for an issue with everything in it and for one with next to nothing."""
    files = []
    for name, issue in (("rich", RICH), ("bare", BARE)):
        for number, options in enumerate(OPTIONS):
            page, mail = render(issue, "html", options), render(issue, "email", options)
            assert isinstance(page, str)
            assert isinstance(mail, bytes)
            part = message_from_bytes(mail, policy=default).get_body(("html",))
            assert part is not None
            for kind, text in (("page", page), ("mail", part.get_content())):
                files.append(tmp_path / f"{name}-{number}-{kind}.html")
                files[-1].write_text(text, encoding="utf-8")
    assert nu_errors(files) == []
