"""From the crawled store to the readers: an edited issue on the site, in every format and in two mailboxes."""

from __future__ import annotations

import json
from pathlib import Path

from crawler.draft.parse import parse_draft
from crawler.render import RENDERERS
from crawler.settings import SmtpSettings
from tests.support.editor import EDITS
from tests.support.mailserver import smtp
from tests.support.world import World


def _edit_as_an_editor(draft: Path) -> None:
    text = draft.read_text()
    for number, (name, edit) in enumerate(EDITS.items()):
        if name not in ("remove_section", "remove_image"):
            text, _ = edit(text, number, f"edit{number}")
    draft.write_text(text)


def test_an_edited_issue_reaches_its_readers(own: World) -> None:
    """Composed, edited in more than twenty ways, composed again, published in every format, browsed and mailed; done
    a second time, nobody gets a second message and no file changes."""
    part, _ = smtp(security="none")
    assert isinstance(part.settings, SmtpSettings)
    try:
        config = own.folder / "sources.yaml"
        issue = f"  issue:\n    sender: News <news@acme.example>\n    formats: [{', '.join(RENDERERS)}]\n"
        config.write_text(
            config.read_text().replace("  issue:\n", issue, 1)
            + f"deliver:\n  smtp: {{host: 127.0.0.1, port: {part.settings.port}, security: none,"
            " to: [ada@acme.example, bo@acme.example]}\n"
        )
        own.crawl("digest", "-q")
        draft = own.folder / "issues" / "001.md"
        _edit_as_an_editor(draft)
        own.crawl("digest", "-q")
        assert {
            json.loads(line)["rule"] for line in own.crawl("lint", "--offline", "--json", status=6).stdout.splitlines()
        }
        assert "ada@acme.example" in own.crawl("publish", "--send", "--dry-run").stdout
        assert part.received == []
        own.crawl("publish", "--send", "-q")
        own.crawl("site", "-q")
        made = {p: p.read_bytes() for p in own.folder.rglob("*") if p.is_file() and "public" in p.parts}
        items = parse_draft(draft.read_text()).issue.items
        assert [mail.recipients for mail in part.received] == [("ada@acme.example",), ("bo@acme.example",)]
        words = part.received[0].message.get_body(("plain",)).get_content()
        page = (own.folder / "public" / "001.html").read_text()
        assert [item.url for item in items if item.url and item.url not in words] == []
        assert [item.url for item in items if item.url and item.url.replace("&", "&amp;") not in page] == []
        own.crawl("publish", "--send", "-q")
        own.crawl("site", "-q")
        assert len(part.received) == 2
        assert {p: p.read_bytes() for p in made} == made
    finally:
        part.close()
