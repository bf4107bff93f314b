"""Figures as a table, as JSON, and as the page docs/benchmarks.md."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure

_BEGIN, _END = "<!-- figures: made by scripts/bench --write -->", "<!-- end of figures -->"
_HEAD = ("work", "figure", "measured", "target", "met", "others in the same run")


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
        "load": [round(value, 1) for value in os.getloadavg()],
    }


def rows_of(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Figures as plain values."""
    return [
        {**asdict(figure), "value": rounded(figure.value), "met": figure.met,
         "beside": {name: rounded(value) for name, value in figure.beside.items()}}
        for figure in figures
    ]  # fmt: skip


def rounded(value: float) -> float:
    """Three significant digits."""
    return float(f"{value:.3g}")


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """A Markdown table of rows as `rows_of` makes them."""
    lines = [_line(_HEAD), _line(["---"] * len(_HEAD))]
    for row in rows:
        target = "" if row["limit"] is None else f"{'≥' if row['least'] else '≤'} {row['limit']:g}"
        met = {True: "yes", False: "**no**", None: ""}[row["met"]]
        beside = ", ".join(f"{name} {value:g}" for name, value in row["beside"].items())
        lines.append(_line([row["work"], row["measure"], f"{row['value']:g}", target, met, beside]))
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def write_page(page: Path, record: Path, measured: Mapping[str, Mapping[str, Any]], order: Sequence[str]) -> None:
    """Put new measurements into `record` (JSON, a key a row of the benchmark) and the figures' part of `page`.

    Rows that were not measured now keep what was measured before.
    """
    known: dict[str, Any] = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    known = {name: {**known, **measured}[name] for name in order if name in known or name in measured}
    record.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    parts = []
    for found in known.values():
        where = found["machine"]
        parts.append(
            f"### {found['about'][:1].upper()}{found['about'][1:]}\n\n{table(found['figures'])}\n`{found['command']}`, "
            f"{found['on']}, {where['processor']}, {where['cores']} cores (load {where['load'][0]}), {where['system']}, "
            f"Python {where['python']}.\n"
        )
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    page.write_text(f"{before}{_BEGIN}\n\n{chr(10).join(parts)}\n{_END}{rest.partition(_END)[2]}", encoding="utf-8")
