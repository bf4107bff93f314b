"""Articles of our own with the labels that a person would give them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and what is expected of its labels; `tags` are all that are right, in no order."""

    url: str
    title: str
    text: str
    kind: str
    company: str | None
    tags: tuple[str, ...]
    roles: tuple[str, ...]


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "https://engineering.parcelline.example/sharding-order-history",
        "Sharding Order History at Parcelline",
        "Every order used to pass through one PostgreSQL primary, and by last autumn it ran at 90% CPU during the lunch peak.\n\n"
        "In this post we describe how we moved order history from a single PostgreSQL primary to a sharded cluster without downtime.\n\n"
        "We built a thin routing layer that writes every order to both the old primary and the new shards, and compares the two copies every night.\n\n"
        "The migration reduced p99 write latency from 180 ms to 35 ms and cut the database bill by 40%.",
        "case-study",
        "Parcelline",
        ("sharding", "databases", "migrations"),
        ("db-eng", "backend"),
    ),
    Sample(
        "https://netflixtechblog.com/a-map-of-calls",
        "How We Drew a Live Map of Service Calls",
        "When a service fails, the first question is who depends on it. Our old dependency lists were written by hand and wrong within a week.\n\n"
        "We built a service map that joins eBPF flow records with distributed tracing spans and refreshes every ten seconds. On-call engineers query it during an incident to see the blast radius.\n\n"
        "Since the launch, the median time to find the failing dependency fell from 22 minutes to 4.",
        "case-study",
        "Netflix",
        ("observability", "reliability", "microservices"),
        ("sre", "platform"),
    ),
    Sample(
        "https://kestreldb.example/blog/kestrel-2-4",
        "Kestrel 2.4 Released",
        "The Kestrel community is pleased to announce version 2.4 of Kestrel, the time series database.\n\n"
        "This release includes 31 bug fixes, a faster compaction path, and support for OpenTelemetry metrics. Upgrading from 2.3 needs no downtime.",
        "release",
        None,
        ("release-news", "time-series", "databases"),
        ("db-eng", "data-eng", "sre", "oss"),
    ),
    Sample(
        "https://mirafeld.example/notes/weather",
        "Rewriting My Weather Station in Rust",
        "I have kept a small weather station on my balcony since 2019, and I finally rewrote its firmware in Rust.\n\n"
        "The ESP32 reads the sensor every minute and sends the values over MQTT. I found that the borrow checker caught two races that my C code had hidden for years.",
        "case-study",
        None,
        ("rust", "embedded", "migrations"),
        ("systems-prog", "embedded-eng"),
    ),
    Sample(
        "https://tanager.example/tutorials/first-operator",
        "How to Write Your First Kubernetes Operator",
        "In this tutorial you will build a small Kubernetes operator that restarts pods when a config map changes.\n\n"
        "## Prerequisites\n\nYou need a cluster, kubectl, and Go 1.22.\n\n## Step 1: scaffold the project\n\nThe operator SDK writes the skeleton and the manifests.\n\n"
        "## Step 2: the reconcile loop\n\nThe loop compares the desired state with the actual state and acts on the difference.",
        "tutorial",
        None,
        ("kubernetes", "go"),
        ("platform", "devops", "sre", "backend"),
    ),
    Sample(
        "https://status.brindle.example/2026-03-outage",
        "Post-mortem: The March 3 Outage of Our API",
        "On March 3 our API was unavailable for 47 minutes. An expired certificate in the internal load balancer caused the outage.\n\n"
        "## Timeline\n\nAt 09:12 UTC the first alert fired. At 09:59 all regions had recovered.\n\n## Root cause\n\nThe renewal job had failed silently since a permission change in January.",
        "postmortem",
        None,
        ("reliability", "apis", "debugging"),
        ("sre", "platform", "backend"),
    ),
    Sample(
        "https://arxiv.org/abs/2601.00001",
        "Towards Sparse Attention for Long Documents",
        "We propose a sparse attention pattern whose cost grows linearly with the length of a document. "
        "On three benchmarks the transformer keeps 98% of the accuracy of full self-attention at a quarter of the memory.",
        "research",
        None,
        ("transformers", "deep-learning", "llm"),
        ("ml-research", "ml-eng"),
    ),
    Sample(
        "https://medium.com/airbnb-engineering/learning-to-rank-stays",
        "Learning to Rank Stays with Two-Tower Embeddings",
        "Search at Airbnb has to rank millions of homes in a fraction of a second.\n\n"
        "We replaced the gradient boosted ranker with a two-tower model whose embeddings are refreshed every hour. Bookings rose by 1.2% in an A/B test, and the ranking latency fell by a third.",
        "case-study",
        "Airbnb",
        ("ranking", "search", "embeddings", "recommendations"),
        ("recsys-eng", "ml-eng"),
    ),
    Sample(
        "https://ottilie.example/2025/why-i-stopped-writing-mocks",
        "Why I Stopped Writing Mocks",
        "I think most mocks test the mock. After ten years of unit tests I believe that a small fake behind an interface tells more.\n\n"
        "Mocks tie a test to the calls of an implementation, so every refactoring breaks tests that should have protected it.",
        "opinion",
        None,
        ("testing", "code-quality"),
        ("qa", "backend"),
    ),
    Sample(
        "https://v8.dev/blog/hidden-strings",
        "Inside the String Table: How Interning Works",
        "This post explains how V8 interns strings and why two equal strings may still live at two addresses.\n\n"
        "The string table is a hash table off the garbage collected heap. Lookups on the main thread take no lock, and the compiler embeds the address of internalized strings in machine code.",
        "deep-dive",
        "V8",
        ("compilers", "javascript", "memory-management"),
        ("compiler-eng", "systems-prog"),
    ),
    Sample(
        "https://fernwick.example/blog/meetup-lisbon",
        "Recap of the Fernwick Community Meetup in Lisbon",
        "Forty people came to the first community meetup in Lisbon. Speakers from four companies talked about running Fernwick on bare metal.\n\n"
        "The recordings are online, and the next meetup will take place in Ghent in May.",
        "community",
        None,
        ("community-events",),
        ("oss",),
    ),
    Sample(
        "https://careers.lanternworks.example/my-summer-internship",
        "My Summer Internship on the Payments Team",
        "I joined Lanternworks as an intern in June and spent twelve weeks on the payments team.\n\n"
        "My project was a ledger check that compares every payment with the bank's own statement. My mentor reviewed each design before I wrote a line of code.",
        "career",
        None,
        ("careers", "payments"),
        ("junior",),
    ),
)
