"""How good extraction is: text and metadata of pages against what their authors wrote, beside stock trafilatura.

Text is compared as bags of words (F1), averaged by site, so that a large site weighs no more than a small one. The
baseline runs over the same pages in the same process, one page after the other, so that a busy machine slows both.
"""

from __future__ import annotations

import gzip
import json
import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import trafilatura

from crawler.errors import ExtractError
from crawler.extract import extract_page
from crawler.model import Extracted
from crawler.text import plain_line
from crawler.urls import host_of, url_key

_PAGES = Path(__file__).parents[1] / "data" / "pages"
_CJK = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"


@dataclass(frozen=True, slots=True)
class Sample:
    """A page and what is true of it; empty fields say that nobody knows."""

    url: str
    body: bytes
    text: str = ""
    site: str = ""  # the host, unless it is told
    title: str = ""
    published_on: date | None = None
    authors: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    """What is gathered over the pages of a set."""

    ours: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    stock: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    ours_seconds: float = 0.0
    stock_seconds: float = 0.0


def measure_own() -> dict[str, float]:
    """The figures on our own sample pages."""
    return measure_extract(own_samples())


def measure_shared(shared: Path) -> dict[str, float]:
    """The figures on the corpus's sites and on the news pages beside them (`news_`)."""
    sites = measure_extract(site_samples(shared / "corpus"))
    news = measure_extract(listed_samples(shared / "corpus" / "extraction" / "scrapinghub"))
    return sites | {f"news_{k}": v for k, v in news.items() if k in ("f1", "stock_f1", "gain", "speed_ratio")}


def measure_extract(samples: Sequence[Sample]) -> dict[str, float]:
    """F1 by site beside stock trafilatura, the worst site's difference, metadata, and the ratio of CPU times.

    `speed_ratio` is the time of stock trafilatura with metadata over ours. Shares run from 0 to 1.
    """
    if samples:  # both import what they need before the clock runs
        _stock(samples[0])
        _ours(samples[0])
    tally = _Tally()
    for sample in samples:
        _measure(sample, tally)
    ours = {host: _mean(values) for host, values in tally.ours.items()}
    stock = {host: _mean(values) for host, values in tally.stock.items()}
    return {
        "f1": _mean(ours.values()),
        "stock_f1": _mean(stock.values()),
        "gain": _mean(ours.values()) - _mean(stock.values()),
        "worst_site_gain": min((ours[h] - stock[h] for h in ours), default=0.0),
        **{key: _mean(values) for key, values in tally.facts.items()},
        "speed_ratio": tally.stock_seconds / max(1e-9, tally.ours_seconds),
    }


def own_samples() -> list[Sample]:
    """The pages in tests/data/pages, with the texts beside them."""
    return [
        Sample(
            url=item["url"],
            body=(_PAGES / f"{item['name']}.html").read_bytes(),
            text=(_PAGES / f"{item['name']}.txt").read_text(encoding="utf-8"),
            title=item["title"],
            published_on=date.fromisoformat(item["date"]),
            authors=tuple(item["authors"]),
        )
        for item in json.loads((_PAGES / "samples.json").read_text(encoding="utf-8"))
    ]


def site_samples(corpus: Path) -> list[Sample]:
    """The corpus's pages that have an author's source."""
    samples = []
    for site in json.loads((corpus / "manifest.json").read_text(encoding="utf-8")):
        for article in site["articles"]:
            gold = article["gold"]
            if not gold:
                continue
            samples.append(
                Sample(
                    url=article["url"],
                    body=(corpus / article["path"]).read_bytes(),
                    text=(corpus / gold["plain_path"]).read_text(encoding="utf-8"),
                    title=gold["title"] or "",
                    published_on=date.fromisoformat(gold["date"][:10]) if gold["date"] else None,
                    authors=tuple(_people(gold["author"] or ())),
                )
            )
    return samples


def listed_samples(folder: Path) -> list[Sample]:
    """Single pages of many sites; each counts as a site of its own."""
    items = json.loads((folder / "index.json").read_text(encoding="utf-8"))["items"]
    return [
        Sample(
            url=item.get("url") or f"https://{item['id']}.example/",
            body=gzip.decompress((folder / item["html_path"]).read_bytes()),
            text=(folder / item["gold_text_path"]).read_text(encoding="utf-8"),
            site=item["id"],
        )
        for item in items
    ]


def _measure(sample: Sample, tally: _Tally) -> None:
    start = time.process_time()
    stock = _stock(sample)
    middle = time.process_time()
    extracted = _ours(sample)
    tally.stock_seconds += middle - start
    tally.ours_seconds += time.process_time() - middle
    if sample.text:
        site = sample.site or host_of(sample.url)
        tally.ours[site].append(bag_f1(extracted.text if extracted else "", sample.text))
        tally.stock[site].append(bag_f1(stock, sample.text))
    _check_facts(sample, extracted, tally.facts)


def _check_facts(sample: Sample, got: Extracted | None, facts: dict[str, list[bool]]) -> None:
    if sample.title:
        facts["title"].append(got is not None and _plain(got.title) == _plain(sample.title))
    if sample.published_on is not None:
        facts["date"].append(got is not None and _same_day(got, sample.published_on))
    if sample.authors:
        named = got is not None and _names_one(got.authors, sample.authors)
        facts["authors"].append(named)
        page = sample.body.decode("utf-8", "replace").casefold()
        if named or any(name.casefold() in page for name in sample.authors):  # others only the source's files name
            facts["authors_stated"].append(named)
    if sample.title:  # pages of the wide set without any statement may stand anywhere
        address = (got.canonical_url if got else None) or sample.url
        facts["canonical"].append(url_key(address) == url_key(sample.url))


def _ours(sample: Sample) -> Extracted | None:
    try:
        return extract_page(sample.body, sample.url)
    except ExtractError:
        return None


def _stock(sample: Sample) -> str:
    document = trafilatura.bare_extraction(sample.body, url=sample.url, with_metadata=True)
    return (getattr(document, "text", "") or "") if document else ""


def bag_f1(got: str, truth: str) -> float:
    """The harmonic mean of precision and recall over words, each counted as often as it stands."""
    a, b = Counter(_words(got)), Counter(_words(truth))
    hit = sum((a & b).values())
    return 2 * hit / (sum(a.values()) + sum(b.values())) if hit else float(not a and not b)


def _words(text: str) -> list[str]:
    return re.findall(rf"{_CJK}|[^\W_]+(?<!{_CJK})", re.sub(rf"({_CJK})", r" \1 ", text.lower()))


def _plain(value: str) -> str:
    quotes = str.maketrans("‘’“”–—", "''\"\"--")
    return unicodedata.normalize("NFKC", plain_line(value)).translate(quotes).replace("`", "").casefold()


def _same_day(got: Extracted, truth: date) -> bool:
    if got.published_at is None:
        return False
    moment = got.published_at  # sources give days, so any time zone's day will do
    return (moment - timedelta(hours=12)).date() <= truth <= (moment + timedelta(hours=14)).date()


def _people(values: Iterable[str]) -> Iterable[str]:
    for value in values:
        for name in re.split(r"\s(?:and|&|<>)\s|,\s*", value):
            clean = re.sub(r"\(.*?\)", "", name).strip()
            if " " in clean or clean[:1].isupper():
                yield clean


def _names_one(authors: Iterable[str], truth: Iterable[str]) -> bool:
    said = [set(_words(a)) for a in authors]
    return any(
        a and (a <= g or (g <= a and len(a) <= len(g) + 1)) for g in (set(_words(t)) for t in truth) for a in said
    )


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
