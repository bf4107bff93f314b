"""How well copies are found: labelled pairs through signature, index and comparison, as the store would do it.

A pair counts as found only when its keys meet (a band, or the title) and the comparison then agrees. Articles of
one event by different authors are another relation; the figures are given with and without them.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.dedup.copies import compare
from crawler.dedup.minhash import sign
from crawler.ports import Suspect
from crawler.urls import article_id, host_of, url_key
from tests.eval.corpus import Row, read_rows
from tests.unit.dedup.samples import prose

_NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
_STORY = "same-story"


def own_rows(count: int = 20) -> list[Row]:
    """Pairs made by rule: copies of every type, and parts of series that share most of their text."""
    return [row for seed in range(count) for row in _own(seed)]


def measure_own() -> dict[str, float]:
    """The figures on pairs made by rule."""
    return measure_duplicates(own_rows())


def measure_shared(shared: Path) -> dict[str, float]:
    """The figures on the labelled pairs of the evaluation corpus."""
    return measure_duplicates(read_rows(shared, "duplicates"))


def measure_duplicates(rows: Sequence[Row]) -> dict[str, float]:
    """Precision, recall and F1 over all pairs and without stories; the share of right answers by type; halves by
    site; microseconds of CPU that a signature takes.

    A row has a `type`, a `label` (whether they are one article), `a` and `b` with `title` and `text`, `url_a`, `url_b`.
    """
    answers = [(row, _found(row)) for row in rows]
    figures = _scores(answers, "duplicates")
    figures |= _scores([(row, yes) for row, yes in answers if row["type"] != _STORY], "copies")
    types = defaultdict(list)
    for row, yes in answers:
        types[row["type"]].append(yes == bool(row["label"]))
    figures |= {f"right_{name}": sum(right) / len(right) for name, right in sorted(types.items())}
    for half in (0, 1):
        mine = [(r, yes) for r, yes in answers if r["type"] != _STORY and _half(r["url_a"]) == half]
        figures[f"copies_f1_half_{'ab'[half]}"] = _scores(mine, "x")["x_f1"]
    return figures | {"sign_us": _signing_time(rows)}


def _found(row: Row) -> bool:
    a = _suspect(row["url_a"], row["a"])
    b = _suspect(_address(row["url_b"], row["type"]), row["b"])
    met = not set(a.signature.bands).isdisjoint(b.signature.bands)
    met = met or a.signature.title_key == b.signature.title_key != 0
    return met and compare(a, b) is not None


def _suspect(url: str, article: Mapping[str, str]) -> Suspect:
    title, text = article["title"], article["text"]
    key = url_key(url)
    return Suspect(article_id(url), host_of(url), url, key, key, title, text, None, _NOW, sign(title, text))


def _address(url: str, kind: str) -> str:
    """Where the second article stands: the set names it by the first one's address and how it was varied."""
    if "?variant=" not in url:
        return url
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    own_site = kind in ("updated", "retitled")
    return f"https://{parts.netloc}{path}-2" if own_site else f"https://planet.example.org{path}"


def _scores(answers: Sequence[tuple[Row, bool]], name: str) -> dict[str, float]:
    right = sum(bool(row["label"]) and yes for row, yes in answers)
    precision = right / max(1, sum(yes for _, yes in answers))
    recall = right / max(1, sum(bool(row["label"]) for row, _ in answers))
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": f1}


def _half(url: str) -> int:
    return int(article_id(f"https://{host_of(url)}/"), 16) % 2


def _signing_time(rows: Sequence[Row]) -> float:
    texts = [(row["a"]["title"], row["a"]["text"][:3000]) for row in rows]
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for title, text in texts:
            sign(title, text)
        best = min(best, time.process_time() - start)
    return 1e6 * best / len(texts)


# ---------------------------------------------------------------- pairs of our own

_SUBJECTS = ["queues", "caches", "schemas", "deploys", "alerts", "indexes", "tenants", "quotas", "retries", "snapshots"]


def _own(seed: int) -> Iterator[Row]:
    subject = _SUBJECTS[seed % len(_SUBJECTS)]
    title, text = f"How we tamed {subject} in production", prose(seed, 300 + 40 * (seed % 15))
    words = text.split()
    url = f"https://blog{seed}.example.com/taming-{subject}"
    own, planet = f"{url}-2", f"https://planet.example.org/{seed}"

    def row(kind: str, label: int, there: str, other: str, body: str, first: str = title) -> Row:
        one = {"title": first, "text": text}
        return {
            "id": f"{kind}-{seed}", "type": kind, "label": label, "a": one, "b": {"title": other, "text": body},
            "url_a": url, "url_b": there,
        }  # fmt: skip

    yield row("syndicated", 1, planet, f"{title} | Example Engineering", f"This first stood elsewhere. {text}")
    yield row("truncated", 1, planet, title, " ".join(words[: 45 + 3 * seed]) + "… Continue reading")
    yield row("summary", 1, planet, title, " ".join(words[30:55]))
    yield row("retitled", 1, own, f"Notes on {subject}", text)
    yield row("updated", 1, own, f"{title} (updated)", f"{text} {prose(seed + 1000, 60)}")
    yield row("page", 1, planet, title, f"Home Blog About {text} {prose(seed + 2000, 40)} Newsletter")
    yield row("version", 0, own, f"Announcing {subject} 1.{seed + 1}", text, f"Announcing {subject} 1.{seed}")
    yield row("year", 0, own, f"The state of {subject} {2001 + seed}", text, f"The state of {subject} {2000 + seed}")
    yield row("part", 0, own, f"On {subject}, part 2", text, f"On {subject}, part 1")
    yield row("one-title", 0, own, title, prose(seed + 3000, 300))
    yield row("other", 0, planet, f"What {subject} cost us", prose(seed + 4000, 300))
    yield row(
        "quoted", 0, planet, "Links for the week", f"{prose(seed + 5000, 700)} {' '.join(words[:200])} {prose(seed, 9)}"
    )
