"""The rows of the benchmark. Each file measures one kind of work; a new one is named in ROWS."""

from __future__ import annotations

from tests.bench.figures import Row
from tests.bench.rows import (
    cold,
    copies,
    digest,
    extraction,
    latency,
    lookup,
    million,
    stages,
    startup,
    tables,
    warm,
    workers,
)

ROWS: tuple[Row, ...] = (
    *(startup.ROW, cold.ROW, latency.ROW, warm.ROW, extraction.ROW, stages.ROW),
    *(copies.ROW, lookup.ROW, digest.ROW, million.ROW, workers.ROW, tables.ROW),
)
