"""A draft without a fault, to be damaged by tests one fault at a time."""

from __future__ import annotations

SUMMARY = (
    "Globex replaced the queue behind its parcel tracking with an append-only log. Engineers moved forty services in "
    "six weeks, kept both systems side by side, and cut the slowest deliveries from nine seconds to one."
)
OTHER_SUMMARY = (
    "Initech rewrote the scheduler of its batch cluster around a priority heap with deadlines. Jobs now start within "
    "two minutes at any load, and the team removed three thousand lines of special cases."
)
FRONT = """---
number: 84
title: Weekend Reading
window: 2026-11-09/2026-11-16
tagline: What teams built.
lead: 'This week: Globex replaces a queue. And Initech rewrites a scheduler.'
tags:
- queues
profile: default
---
"""
GOOD = f"""{FRONT}
## Data

### [A Queue That Forgets Nothing](https://globex.example/queue)

👉 For backend engineers

![The log beside the queue](https://globex.example/queue.png)

{SUMMARY}

*Globex · 9 min · #queues · also at [InfoQ](https://infoq.example/queue)*

## Infrastructure

### [Deadlines for Batch Jobs](https://initech.example/batch)

👉 For platform teams

{OTHER_SUMMARY}

*Initech · 6 min · #scheduling*

<!-- runners-up -->

### [A Runner-up That Nobody Checks…](https://third.example/x?utm_source=rss)

<!-- score: 0.41 -->

We tell more in this post.
"""
