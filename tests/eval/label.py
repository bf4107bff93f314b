"""How good the labels are: tags, company, kind, summary and audience, on samples of our own and on labelled sets.

The labelled sets are scored by the scorer that lies beside them. Figures are given for all rows and for the two
halves of the sources apart, so that a rule that fits only what it was made from shows as a gap.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from crawler.blocks import blocks_of_text
from crawler.extract import extract_page
from crawler.label import label_document, load_taxonomy
from crawler.model import Document, Labels
from crawler.read import read_document
from tests.eval.corpus import Row, half_of, page_paths, read_rows, rows_of, scorer
from tests.eval.label_samples import SAMPLES

_PERSON = re.compile(r"\b(we|our|ours|us|I|my|me|mine)\b")
KINDS_FILE = Path(__file__).with_name("kinds.jsonl")
_COMPANY_TITLE = re.compile(r"\bat [A-Z][\w.& ]+$")


def measure_own() -> dict[str, float]:
    """The figures on our own samples: each expectation a person wrote down beside the text."""
    labels = [(s, _labels(s.url, s.title, s.text)) for s in SAMPLES]
    summaries = [x.summary for _, x in labels]
    return {
        "own_tag_first": _mean(x.tags[:1] != () and x.tags[0] in s.tags for s, x in labels),
        "own_tag_recall": _mean(len(set(x.tags) & set(s.tags)) / len(s.tags) for s, x in labels),
        "own_company": _mean(x.company == s.company for s, x in labels),
        "own_kind": _mean(x.kind == s.kind for s, x in labels),
        "own_role": _mean(bool(set(x.roles) & set(s.roles)) for s, x in labels),
        "own_summary_third_person": _mean(bool(x) and not _PERSON.search(x) for x in summaries),
        "own_summary_length": _mean(12 <= len(x.split()) <= 75 for x in summaries),
    }


def measure_shared(shared: Path) -> dict[str, float]:
    """The figures on the labelled sets beside the checkout, and on our own labels of its pages."""
    return measure_labels(shared) | measure_read_kinds(shared)


def measure_read_kinds(shared: Path) -> dict[str, float]:
    """Kinds of whole pages and feed entries of the corpus that no labelled set holds, as a reader told them.

    They stand in `kinds.jsonl`; `feed` is where the corpus has the text of an entry, but no page.

    `near` counts a kind that the reader wrote down as fitting, too. The weights of words are fitted to these articles:
    what they are worth on sites that they have not seen is told by `python -m tests.eval.fit_kinds`.
    """
    paths, rows = page_paths(shared), list(rows_of(KINDS_FILE))
    entries = {url: page for feed in {r["feed"] for r in rows if "feed" in r} for url, page in _pages_of(shared, feed)}
    said = {}
    for url in (r["url"] for r in rows):
        page = paths[url].read_bytes() if url in paths else entries[url]
        said[url] = _kind_of_page(url, page)
    return {
        "kind_read": _mean(said[r["url"]] == r["kind"] for r in rows),
        "kind_read_near": _mean(said[r["url"]] in (r["kind"], *r["also"]) for r in rows),
    }


def _pages_of(shared: Path, feed: str) -> Iterator[tuple[str, bytes]]:
    """The address of each entry of a feed of the corpus, and a page of its title and whole text."""
    path, host = shared / "corpus" / feed, feed.split("/")[1]
    for entry in read_document("feed", path.read_bytes(), f"https://{host}/").entries:
        text = entry.content_html or entry.summary_html
        page = f"<title>{entry.title}</title></head><body><article><h1>{entry.title}</h1>{text}</article></body>"
        yield entry.url, f"<html><head><meta charset=utf-8>{page}</html>".encode()


def _kind_of_page(url: str, page: bytes) -> str:
    found = extract_page(page, url, content_type="text/html")
    document = Document(
        url=url,
        title=found.title or "",
        blocks=found.blocks,
        description=found.description or "",
        categories=tuple(found.tags),
    )
    return label_document(document, load_taxonomy()).kind


def measure_labels(shared: Path) -> dict[str, float]:
    """Tags, company, kind, summary, deck, audience and cost on `shared`/eval."""
    quality = scorer(shared)
    tagging = _tagging(quality, read_rows(shared, "tagging"))
    return tagging | _summaries(quality, read_rows(shared, "summaries")) | _editor(quality, shared)


def _tagging(quality: ModuleType, rows: Sequence[Row]) -> dict[str, float]:
    start = time.process_time()
    made = {r["id"]: _labels(r["url"], r["title"], f"{r['summary']}\n\n{r['text']}".strip()) for r in rows}
    cost = 1000 * (time.process_time() - start) / len(rows)
    said = {i: {"tags": x.tags, "companies": [x.company] if x.company else [], "kind": x.kind} for i, x in made.items()}
    figures = {"label_ms": cost}
    for name, part in _halves(rows, "source"):
        scored = quality.score_tagging(part, said)
        hard = [
            r
            for r in part
            if r["kind"] and r["source"] != "awesome-scalability" and not _COMPANY_TITLE.search(r["title"])
        ]
        figures |= {
            f"tags_hit1{name}": scored["hit1"],
            f"tags_recall5{name}": scored["recall5"],
            f"kind_hard{name}": _mean(said[r["id"]]["kind"] == r["kind"] for r in hard),
        }
    scored = quality.score_tagging(rows, said)
    releases = [r for r in rows if r["kind"] == "release"]
    recall = _mean(said[r["id"]]["kind"] == "release" for r in releases)
    return figures | {"company_f1": scored["companyF1"], "kind_all": scored["kind_acc"], "release_recall": recall}


def _summaries(quality: ModuleType, rows: Sequence[Row]) -> dict[str, float]:
    start = time.process_time()
    made = {r["id"]: _labels(r["url"], r["title"], r["text"]) for r in rows}
    # The rows of the tagging set are titles for the most part: what a whole article costs is seen here.
    figures = {"article_ms": 1000 * (time.process_time() - start) / len(rows)}
    said = {i: {"summary": x.summary} for i, x in made.items()}
    for name, part in _halves(rows, "source"):
        figures[f"summary_rouge_l{name}"] = quality.score_summaries(part, said)["written_RL"]
    scored = quality.score_summaries(rows, said)
    deck = quality.score_summaries(rows, {i: {"summary": x.deck} for i, x in made.items()})
    return figures | {
        "deck_rouge_l": deck["written_RL"],
        "summary_clean": scored["clean"],
        "summary_first_person": scored["first_person"],
        "summary_wrong_number": _mean(_invents(quality, made[r["id"]].summary, r) for r in rows),
        "summary_empty": scored["empty"],
    }


def _editor(quality: ModuleType, shared: Path) -> dict[str, float]:
    rows = read_rows(shared, "editor")
    made = {r["url"]: _labels(r["url"], r["title"], (shared / "corpus" / r["text_path"]).read_text()) for r in rows}
    printed = [r for r in rows if r["include"] >= 3]

    def rouge(row: Row) -> float:
        return float(quality.rouge_l(quality.toks(made[row["url"]].summary), quality.toks(row["summary"]))[2])

    def evidence(row: Row) -> float:
        return _mean(covered(e, made[row["url"]].summary) for e in row["evidence"])

    return {
        "editor_rouge_l": _mean(map(rouge, printed)),
        "editor_evidence": _mean(map(evidence, printed)),
        "editor_role": _mean(bool(set(made[r["url"]].roles) & set(r["roles"])) for r in printed if r["roles"]),
        "editor_kind": _mean(made[r["url"]].kind == r["kind"] for r in rows),
        "editor_company": _mean(_same(quality, made[r["url"]].company, r["company"]) for r in rows if r["company"]),
        "editor_no_company": _mean(made[r["url"]].company is None for r in rows if not r["company"]),
        "editor_clean": _mean(not quality.writing_faults(made[r["url"]].summary, r["title"]) for r in printed),
        "editor_first_person": _mean(bool(_PERSON.search(made[r["url"]].summary)) for r in printed),
    }


def _labels(url: str, title: str, text: str) -> Labels:
    return label_document(Document(url=url, title=title, blocks=blocks_of_text(text)), load_taxonomy())


def _invents(quality: ModuleType, summary: str, row: Row) -> bool:
    """Whether a number of the summary stands neither in the article nor in its address, as a company's name may."""
    said = set(quality.toks(f"{row['text']} {row['title']} {row['url']}"))
    return any(word not in said for word in quality.toks(summary) if any(c.isdigit() for c in word))


def covered(sentence: str, summary: str) -> bool:
    """Most of the sentence's content words stand in the summary."""
    want = {w for w in re.findall(r"\w+", sentence.lower()) if len(w) > 3}
    return bool(want) and len(want & set(re.findall(r"\w+", summary.lower()))) >= 0.6 * len(want)


def _same(quality: ModuleType, got: str | None, gold: str) -> bool:
    a, b = set(quality.norm_co(got or "").split()), set(quality.norm_co(gold).split())
    return bool(a and b) and (a <= b or b <= a)


def _halves(rows: Sequence[Row], key: str) -> Iterable[tuple[str, list[Row]]]:
    yield "", list(rows)
    yield "_half_a", [r for r in rows if half_of(r[key]) == 0]
    yield "_half_b", [r for r in rows if half_of(r[key]) == 1]


def _mean(values: Iterable[float]) -> float:
    found = [float(v) for v in values]
    return sum(found) / max(1, len(found))
