"""Short ways to read a piece of markup as the stage does."""

from __future__ import annotations

from crawler.extract import extract_page
from crawler.model import Entry, Extracted

PROSE = (
    "The scheduler hands each worker a batch of sixty-four jobs, and a worker that falls behind gives half of its batch "
    "back. That one rule removed the hot spots which three rounds of tuning had only moved from one machine to another. "
)
MORE = (
    "We measured the effect over four weeks on two clusters of the same size. Median latency fell by a third, and the "
    "longest pause of the old design, eleven seconds during a rebalance, did not come back even once. "
)


def page(content: str, head: str = "") -> bytes:
    """A page whose article holds `content` between two paragraphs of prose."""
    return (
        f"<html lang='en'><head><title>Giving work back</title>{head}</head><body><article><h1>Giving work back</h1>"
        f"<div class='post-content'><p>{PROSE}</p>{content}<p>{MORE}</p></div></article></body></html>"
    ).encode()


def read(content: str, head: str = "", url: str = "https://blog.example/giving-work-back") -> Extracted:
    """What the stage makes of such a page."""
    return extract_page(page(content, head), url)


def inner(extracted: Extracted) -> str:
    """The text between the two paragraphs of prose."""
    return extracted.text.removeprefix(PROSE.strip()).removesuffix(MORE.strip()).strip()


def entry(content: str = "", summary: str = "", **fields: object) -> Entry:
    """A feed's entry about the same article."""
    values: dict[str, object] = {
        "guid": "1",
        "url": "https://blog.example/giving-work-back",
        "title": "Giving work back",
    }
    return Entry(content_html=content, summary_html=summary, **(values | fields))  # type: ignore[arg-type]
