"""The mail and the page of an issue in a browser: whatever an editor puts in, nothing is wider than the window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from crawler.render.mail import mail_html
from crawler.render.options import RenderOptions
from crawler.render.page import render_page
from tests.golden.issue import ISSUE

WIDE = """![A map](https://pictures.example/wide.svg)

| {heads} |
|{bars}|
| {cells} |

```
{code}
```

> {word} `{word}`
""".format(
    heads=" | ".join(f"heading{n}" for n in range(14)),
    bars="---|" * 14,
    cells=" | ".join(f"value{n}" for n in range(14)),
    code="x" * 300,
    word="y" * 200,
)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="900"><rect width="2400" height="900"/></svg>'
OPTIONS = RenderOptions(images="show")
EDITED = replace(
    ISSUE,
    opening=WIDE,
    sections=(replace(ISSUE.sections[0], text=WIDE, items=(replace(ISSUE.items[0], body=WIDE, notes=f"- {WIDE}"),)),),
)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("made", [mail_html(EDITED, OPTIONS), render_page(EDITED, OPTIONS)], ids=["mail", "page"])
def test_nothing_is_wider_than_the_window(browser: Browser, made: str, width: int) -> None:
    """Pictures, tables, code and long words of the editor's own."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.route("https://**/*", lambda route: route.fulfill(body=PICTURE, content_type="image/svg+xml"))
    page.set_content(made, wait_until="networkidle")
    assert page.evaluate("document.images[0].naturalWidth === 2400")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
