"""Articles of our own for the labelling tests: small, believable, one for each form."""

from __future__ import annotations

from crawler.blocks import blocks_of_text
from crawler.model import Document

CASE_STUDY = """\
Every order at Parcelline used to pass through one PostgreSQL primary, and by last autumn it ran at 90% CPU during the lunch peak.

In this post we describe how we moved order history from a single PostgreSQL primary to a sharded cluster without downtime.

## Why sharding

Read replicas helped for a year. However, writes kept growing by 8% a month, and vacuum could no longer keep up.

## Dual writes

We built a thin routing layer that writes every order to both the old primary and the new shards, and we compare the two copies every night. Each shard holds 64 logical partitions, keyed by customer.

```sql
SELECT shard_of(customer_id);
```

## Results

The migration reduced p99 write latency from 180 ms to 35 ms and cut the database bill by 40%. Thanks for reading! We're hiring.
"""

RELEASE = """\
The Kestrel community is pleased to announce version 2.4 of Kestrel, the time series database.

This release includes 31 bug fixes, a faster compaction path, and support for OpenTelemetry metrics. Upgrading from 2.3 needs no downtime.

## Breaking changes

- The old HTTP port is no longer opened by default.
"""

PERSONAL = """\
I have kept a small weather station on my balcony since 2019, and I finally rewrote its firmware in Rust.

The ESP32 reads the sensor every minute and sends the values over MQTT. I found that the borrow checker caught two races that my C code had hidden for years.

My next step is a solar panel, because the battery lasts only nine days.
"""


def document(url: str, title: str, text: str, **more: object) -> Document:
    """A document from lightly marked-up text."""
    return Document(url=url, title=title, blocks=blocks_of_text(text), **more)  # type: ignore[arg-type]


def case_study(**more: object) -> Document:
    """A company tells of a migration."""
    return document(
        "https://engineering.parcelline.example/posts/sharding",
        "Sharding Order History at Parcelline",
        CASE_STUDY,
        **more,
    )


def release(**more: object) -> Document:
    """A project ships a version."""
    return document("https://kestreldb.example/blog/kestrel-2-4", "Kestrel 2.4 Released", RELEASE, **more)


def personal(**more: object) -> Document:
    """A person's own blog."""
    return document("https://mirafeld.example/notes/weather", "Rewriting My Weather Station in Rust", PERSONAL, **more)
