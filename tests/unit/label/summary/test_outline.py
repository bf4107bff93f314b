"""Notes: the outline of an article as numbered points, clean enough to be printed."""

from __future__ import annotations

import pytest

from crawler.blocks import blocks_of_text
from crawler.label import label_document, load_taxonomy
from crawler.label.summary.outline import MOST_POINTS, outline
from crawler.model import Document
from crawler.text import escape_markdown

CACHE = """
Reads had become slow, and nobody knew why.

# Introduction

Caches are an old idea.

# 1. The tiered cache

Hello and welcome! The tiered cache keeps hot keys in memory and the rest on local disks.

We will come back to this.

# 2. Our eviction policy

- **Age**: Entries leave after nine minutes without a read.
- **Cost**: Entries that were cheap to make leave first.
- See the code.

# What did we learn?

We learned that caches are hard.

# The numbers

The median read fell from 40 to 6 milliseconds in the first week.

# Conclusion

Thanks for reading!
"""


def _notes(text: str, title: str = "A cache that forgets", summary: str = "") -> str:
    document = Document("https://blog.example/cache", title, blocks_of_text(text), source_company="Acme")
    return outline(document, load_taxonomy(None), summary)


def test_headings_become_points_with_a_sentence_or_the_list_below_them() -> None:
    """Furniture, headings in the first person and sentences that cannot stand alone are left out."""
    assert _notes(CACHE).splitlines() == [
        "1. **The tiered cache**: The tiered cache keeps hot keys in memory and the rest on local disks.",
        "2. **Eviction policy**",
        "   - **Age**: Entries leave after nine minutes without a read.",
        "   - **Cost**: Entries that were cheap to make leave first.",
        "3. **The numbers**: The median read fell from 40 to 6 milliseconds in the first week.",
    ]


def test_what_the_summary_says_is_not_said_again() -> None:
    said = "The median read fell from 40 to 6 milliseconds in the first week."
    assert "numbers" not in _notes(CACHE, summary=said)


def test_a_list_with_labels_stands_in_for_headings() -> None:
    text = """
Three things changed.

- Storage: The log is written to two disks at once.
- #4112: A crash is fixed.
- Network: Workers talk to each other without a broker.
- Limits: Each tenant has a budget of requests a minute.
"""
    assert [line.partition("**:")[0] for line in _notes(text).splitlines()] == [
        "1. **Storage", "2. **Network", "3. **Limits",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "One paragraph only, and no heading at all.", "# Alone\n\nIt was a good week for us."]
)
def test_an_article_without_an_outline_has_no_notes(text: str) -> None:
    assert _notes(text) == ""


def test_the_longest_sections_stay_in_their_order() -> None:
    things = ["Brokers", "Caches", "Disks", "Engines", "Fences", "Gauges", "Hosts", "Indexes", "Jobs", "Keys"]
    does = ["send", "lose", "keep", "start", "close", "count", "serve", "sort", "retry", "expire"]
    parts = [
        f"# {thing}\n\n{thing} {verb} {n + 3} records of {thing.lower()} each night.\n\n" + "Wait. " * (40 - n)
        for n, (thing, verb) in enumerate(zip(things, does, strict=True))
    ]
    lines = _notes("\n\n".join(reversed(parts))).splitlines()
    assert len(lines) == MOST_POINTS
    assert [line[5:].partition("**")[0] for line in lines] == things[5::-1]


def test_words_of_a_blog_never_become_markup() -> None:
    text = "# Storage\n\nThe *log* keeps 4 copies of a [record](https://x.example) in its queue.\n\n# <b>Net</b>work\n\nThe broker keeps 9 <script>bad()</script> things in its queue.\n\n# Limits\n\nThe budget keeps 2_000 requests of a tenant in its queue."
    notes = _notes(text)
    assert "<" not in notes
    assert "](" not in notes
    assert escape_markdown("2_000") in notes or "Limits" not in notes


PUMPS = """
# Finding the leak

It was late. Only the last two need a person. The leak was found by a probe in the third pump.

# Restarting pumps

Publish what comes back, commit afterwards. Nobody slept that night.

# Probes for every pump

- **Old probes**: Probes of the first kind stop after four hours.
- that each team needs on its own pump.
- Acme depends on to serve its members every day.

# Quick start

Coffee was cheap.

# Who is awake?

Nobody was.
"""


def test_a_point_says_what_its_label_is_about_or_nothing() -> None:
    """A detail, an order or half a sentence of a list is left out; a label of two words stands alone."""
    assert _notes(PUMPS, title="A leak and its pumps").splitlines() == [
        "1. **Finding the leak**: The leak was found by a probe in the third pump.",
        "2. **Restarting pumps**",
        "3. **Probes for every pump**",
    ]


CUSTOMER = """
Every press is an event, and there are billions of them.

# The event bus

We rebuilt the event bus with three brokers and measured how it spreads its partitions.

# The replay log

We replayed one day of events in nine minutes on a laptop.
"""


def test_who_tells_of_a_customer_is_the_one_who_did_what_they_tell() -> None:
    """As in the summary: a vendor's "we" on its own blog is the vendor, whoever the title is about."""
    taxonomy = load_taxonomy(None)
    title = "How Uber uses Databricks to move billions of events"
    document = Document("https://www.databricks.com/blog/events", title, blocks_of_text(CUSTOMER))
    labels = label_document(document, taxonomy)
    assert (labels.company, "Databricks replayed" in labels.summary) == ("Uber", True)
    notes = outline(document, taxonomy)
    assert "Databricks replayed one day of events" in notes
    assert "Uber" not in notes
