"""What a command costs: CPU time of its whole process tree, wall time, and the peak memory of its main process."""

from __future__ import annotations

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1


@dataclass(frozen=True, slots=True)
class Usage:
    """CPU and wall time in seconds; peak resident memory of the main process and of the largest below it in MiB."""

    cpu: float
    wall: float
    main_mib: float
    child_mib: float = 0.0


class CommandFailed(Exception):
    """A measured command ended with an exit code that it should not."""


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    statuses: Sequence[int] = (0,),
    timeout: float = 900.0,
) -> Usage:
    """Run a command to its end. CPU time counts every process below it that was waited for.

    Raises CommandFailed for another exit code or after `timeout` seconds.
    """
    with (cwd / "output.txt").open("wb") as output:
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=cwd, env=dict(env) if env is not None else None, stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        watch = _Watch(process.pid)
        timer = threading.Timer(timeout, process.kill)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        timer.cancel()
        watch.end()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        tail = (cwd / "output.txt").read_text(encoding="utf-8", errors="replace")[-2000:]
        raise CommandFailed(f"{' '.join(command)}: exit {process.returncode}\n{tail}")
    return Usage(used.ru_utime + used.ru_stime, wall, watch.main_mib, watch.child_mib)


def median(usages: Sequence[Usage]) -> Usage:
    """Each figure's median."""
    return Usage(
        *(
            statistics.median(getattr(usage, name) for usage in usages)
            for name in ("cpu", "wall", "main_mib", "child_mib")
        )
    )


def in_turn(runs: int, works: Mapping[str, Callable[[], Usage]]) -> dict[str, Usage]:
    """Medians of several works, done by turns and in another order each time, so that a busy machine slows all."""
    found: dict[str, list[Usage]] = {name: [] for name in works}
    names = list(works)
    for turn in range(runs):
        at = turn % max(1, len(names))
        for name in (*names[at:], *names[:at]):
            found[name].append(works[name]())
    return {name: median(usages) for name, usages in found.items()}


class _Watch:
    """Reads the kernel's own peak (VmHWM) of a process and those below it while it runs."""

    def __init__(self, root: int) -> None:
        self.main_mib = self.child_mib = 0.0
        self._root = root
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self.main_mib = max(self.main_mib, _peak(self._root))
            for child in _children(self._root):
                self.child_mib = max(self.child_mib, _peak(child))


def _peak(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    line = status.partition("VmHWM:")[2].partition("kB")[0].strip()
    return int(line) / 1024 if line.isdigit() else 0.0


def _children(pid: int) -> list[int]:
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return []
