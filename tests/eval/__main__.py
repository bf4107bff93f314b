"""The evaluation gate: `scripts/eval`.

Prints every figure beside its floor and its baseline from the same run, and fails where a floor is missed. Floors
(tests/eval/floors.json) may rise and never fall: `--update` raises those that a figure has passed by more than the
margin, and refuses to lower one. `--figures FILE` writes them down for the tests that look at them too.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.eval.measured import Figures, measure
from tests.support.shared import SHARED, shared_or_exit

FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.002  # what a figure may move by rounding and by library updates
PARTS = ("extract", "label", "topics", "marks", "duplicates", "stories", "ranking", "wording")


def measured(names: list[str], shared: Path | None) -> tuple[Figures, Figures]:
    """Figures on our own samples, and on the corpus beside the checkout (empty without it); the parts side by side."""
    own: Figures = {}
    wide: Figures = {}
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    with ProcessPoolExecutor(processors) as side_by_side:
        for name, (on_samples, on_shared) in zip(names, side_by_side.map(partial(measure, shared), names), strict=True):
            own |= {f"{name}.{key}": value for key, value in on_samples.items()}
            wide |= {f"{name}.{key}": value for key, value in on_shared.items()}
    return own, wide


def missed(figures: Figures, floors: Figures) -> list[str]:
    """Floors that do not hold; a floor without a figure does not hold either. `max.` names a ceiling."""
    faults = []
    for key, bound in floors.items():
        ceiling = key.startswith("max.")
        value = figures.get(key.removeprefix("max."))
        if value is None:
            faults.append(f"{key}: was not measured")
        elif (value > bound) if ceiling else (value < bound):
            faults.append(f"{key}: {value:.4f} is {'above' if ceiling else 'below'} {bound:.4f}")
    return faults


def raised(figures: Figures, floors: Figures) -> Figures:
    """The floors, each raised to just below its figure where that is higher; ceilings lowered likewise."""
    result = {}
    for key, bound in floors.items():
        value = figures.get(key.removeprefix("max."), bound)
        if key.startswith("max."):
            result[key] = min(bound, round(value + MARGIN, 4))
        else:
            result[key] = max(bound, round(value - MARGIN, 4))
    return result


def show(title: str, figures: Figures, floors: Figures) -> None:
    """A table of one set."""
    print(f"{title}:")
    for key, value in figures.items():
        bound = floors.get(key)
        ceiling = floors.get(f"max.{key}")
        note = (
            f"  (floor {bound:.4f})"
            if bound is not None
            else f"  (at most {ceiling:.4f})"
            if ceiling is not None
            else ""
        )
        print(f"  {key:44} {value:9.4f}{note}")


def main() -> int:
    """Measure, compare, tell; the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/eval", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these parts")
    parser.add_argument("--require-shared", action="store_true", help="fail where ../shared is absent")
    parser.add_argument("--figures", type=Path, metavar="FILE", help="write the figures down, as JSON")
    parser.add_argument("--update", action="store_true", help="raise the floors that were passed")
    options = parser.parse_args()
    if options.require_shared:
        shared_or_exit("eval")
    names = options.parts or list(PARTS)
    floors: dict[str, Figures] = json.loads(FLOORS.read_text())
    own, wide = measured(names, SHARED)
    if options.figures:
        options.figures.write_text(json.dumps({"own": own, "shared": wide}))
    here = {
        part: {k: v for k, v in floors[part].items() if k.removeprefix("max.").split(".")[0] in names}
        for part in floors
    }
    show("On our own samples", own, here["own"])
    faults = missed(own, here["own"])
    if SHARED is None:
        print("On the corpus beside the checkout: skipped, it is not there (../shared, or CRAWL_SHARED)")
    else:
        show("On the corpus beside the checkout", wide, here["shared"])
        faults += missed(wide, here["shared"])
    if options.update:
        floors["own"] |= raised(own, here["own"])
        if SHARED is not None:
            floors["shared"] |= raised(wide, here["shared"])
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n")
    for fault in faults:
        print(f"eval: {fault}", file=sys.stderr)
    print("eval: every floor holds" if not faults else f"eval: {len(faults)} missed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
