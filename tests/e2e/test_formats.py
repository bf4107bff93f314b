"""Every format from the command line: to files by publishing, to the standard output as the bytes that they are."""

from __future__ import annotations

import subprocess
import zipfile
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

from crawler.render import RENDERERS
from tests.support.world import World

FILES = {".md", "-list.md", ".html", ".eml", ".txt", ".atom", ".rss", ".feed.json", ".epub", ".json"}


def _bytes(world: World, *arguments: str) -> bytes:
    done = subprocess.run(
        world.command(*arguments), cwd=world.folder, env=world.environment, capture_output=True, check=True
    )
    return done.stdout


def test_publishing_renders_every_format(own: World) -> None:
    """The settings' formats, with their comments block, each in a file of its own; again the same bytes."""
    config = own.folder / "sources.yaml"
    ours = f"  issue:\n    comments: Tell us.\n    templates: mine\n    formats: [{', '.join(RENDERERS)}, opml]\n"
    config.write_text(config.read_text().replace("  issue:\n", ours, 1))
    (own.folder / "mine").mkdir()
    (own.folder / "mine" / "page.css").write_text("body { color: teal; }")
    own.crawl("digest", "-q")
    told = own.crawl("publish", "-q").stdout.splitlines()
    files = {path.name: path.read_bytes() for path in (own.folder / "public").iterdir()}
    assert set(files) == {*(f"001{ending}" for ending in FILES), "sources.opml"}
    assert sorted(Path(line).name for line in told) == sorted(files)
    assert b"color: teal" in files["001.html"]
    assert b"Tell us." in files["001.md"]
    assert ET.fromstring(files["sources.opml"]).tag == "opml"
    own.crawl("publish", "-q")
    assert {path.name: path.read_bytes() for path in (own.folder / "public").iterdir()} == files


def test_binary_formats_go_to_the_standard_output_as_they_are(crawled: World) -> None:
    """A pipe gets a book that opens and a message with its own line ends."""
    book = zipfile.ZipFile(BytesIO(_bytes(crawled, "digest", "--format", "epub", "--out", "-")))
    assert book.testzip() is None
    mail = _bytes(crawled, "digest", "--format", "email", "--out", "-")
    assert mail.count(b"\n") == mail.count(b"\r\n")
    assert message_from_bytes(mail, policy=default).is_multipart()


def test_the_sources_are_a_format_too(crawled: World) -> None:
    """`opml` gives what `sources export` gives, under the publication's name."""
    made = crawled.crawl("digest", "--format", "opml", "--out", "-").stdout
    exported = crawled.crawl("sources", "export").stdout
    assert [o.attrib for o in ET.fromstring(made).iter("outline")] == [
        o.attrib for o in ET.fromstring(exported).iter("outline")
    ]


def test_an_unknown_format_names_those_that_there_are(crawled: World) -> None:
    """Exit code 2 and the list."""
    done = crawled.crawl("digest", "--format", "pdf", status=2)
    assert "epub" in done.stderr
    assert "opml" in done.stderr
