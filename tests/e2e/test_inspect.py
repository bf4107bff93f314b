"""`crawl inspect`: files, addresses and lines, without a store or a configuration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.demo.server import DemoServer
from tests.support.world import World

PAGE = """<html><head><title>Moving a queue | Acme</title><link rel="canonical" href="https://acme.example/queue"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Moving a queue</h1>
<p>Acme moved its queue from RabbitMQ to Kafka and cut the cost of a message by 40 percent.</p>
<p>The team ran both systems for six weeks, compared every message, and switched one consumer at a time.</p>
<pre><code>kafka-topics --create --topic orders</code></pre></article><footer>© Acme</footer></body></html>"""


@pytest.fixture
def bare(tmp_path: Path, shared_server: DemoServer) -> World:
    """A folder without sources.yaml."""
    return World(tmp_path, shared_server)


def test_a_page_gives_text_metadata_and_labels(bare: World) -> None:
    (bare.folder / "page.html").write_text(PAGE)
    said = bare.json("inspect", "page.html", "--url", "https://acme.example/queue", "--json")
    assert said["type"] == "article"
    assert said["title"] == "Moving a queue"
    assert said["canonical_url"] == "https://acme.example/queue"
    assert "kafka-topics --create" in said["text"]
    assert "Home" not in said["text"]
    assert 0 <= said["score"] <= 1
    assert not (bare.folder / "crawl").exists()


def test_an_address_is_fetched_and_a_feed_is_recognised(bare: World) -> None:
    host, path = next((host, path) for host, path in bare.server.web.pages if path.endswith("atom.xml"))
    said = bare.json("inspect", f"http://{host}{path}", "--json")
    assert said["type"] == "feed"
    assert said["format"] == "atom10"
    assert {"guid", "url", "title", "published_at", "content_html"} <= set(said["entries"][0])


def test_labels_are_those_of_the_configured_taxonomy(bare: World) -> None:
    """A page and a line are labelled by the file that the settings name, and its problems are told."""
    (bare.folder / "page.html").write_text(PAGE)
    (bare.folder / "in.jsonl").write_text(json.dumps({"id": "1", "url": "https://acme.example/q", "html": PAGE}) + "\n")
    (bare.folder / "sources.yaml").write_text(
        "settings: {taxonomy: mine.yaml}\nsources:\n  - url: https://acme.example/feed\n"
    )
    topic = "{id: parcels, name: parcels, group: data, about: moving queues, strong: [rabbitmq, moving a queue]}"
    (bare.folder / "mine.yaml").write_text(f"extends: default\ntags:\n  - {topic}\n")
    page = bare.json("inspect", "page.html", "--url", "https://acme.example/queue", "--json")
    (line,) = bare.lines("inspect", "--jsonl", "in.jsonl")
    assert "parcels" in page["tags"]
    assert "parcels" in line["tags"]
    (bare.folder / "mine.yaml").write_text("extends: default\ntags:\n  - {name: nothing}\n")
    assert "mine.yaml:3" in bare.crawl("inspect", "page.html", status=2).stderr


def test_each_line_gives_a_line_with_its_id(bare: World) -> None:
    (bare.folder / "page.html").write_text(PAGE)
    rows = [
        {"id": "path", "url": "https://acme.example/queue", "html_path": "page.html"},
        {"id": "html", "url": "https://acme.example/queue", "html": PAGE},
        {"id": "text", "url": "https://acme.example/q", "title": "A queue", "text": "Acme moved its queue to Kafka."},
        {"id": "none", "url": "https://acme.example/q"},
        {"id": "gone", "url": "https://acme.example/q", "html_path": "nowhere.html"},
    ]
    lines = [json.dumps(row) for row in rows]
    (bare.folder / "in.jsonl").write_text("\n".join([*lines[:2], "not json", *lines[2:]]) + "\n")
    said = bare.lines("inspect", "--jsonl", "in.jsonl")
    assert [row["id"] for row in said] == ["path", "html", None, "text", "none", "gone"]
    assert {k: v for k, v in said[0].items() if k != "id"} == {k: v for k, v in said[1].items() if k != "id"}
    assert said[3]["title"] == "A queue"
    assert all("error" in said[place] for place in (2, 4, 5))


@pytest.mark.parametrize("arguments", [(), ("nowhere.html",), ("empty.html",), ("http://127.0.0.1:9/",)])
def test_what_cannot_be_inspected_is_one_clear_line(bare: World, arguments: tuple[str, ...]) -> None:
    (bare.folder / "empty.html").write_text("<html></html>")
    status = 5 if arguments and arguments[0].startswith("http") else 2
    done = bare.crawl("inspect", *arguments, status=status)
    assert len(done.stderr.strip().splitlines()) == 1
