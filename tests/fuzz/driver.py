"""Reads mutated feeds, pages and headers in child processes, and tells what broke a promise.

    scripts/fuzz --count 20000            so many inputs
    scripts/fuzz --seconds 90             as many as that time allows
    scripts/fuzz --start 400000           other inputs: the number of an input decides all of it
    scripts/fuzz --only feed:1234         one input again, here, with its traceback

An input fails when an exception escapes that is no ParseError or ExtractError, when it costs more than --time
seconds of CPU (a child that does not come back at all is killed), or when its child grows beyond --memory MiB.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import multiprocessing
import os
import random
import resource
import time
import traceback
import warnings
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from typing import Any

from tests.fuzz.mutate import make
from tests.fuzz.targets import TARGETS

_BATCH = 100
_ADDRESS_SPACE = 4 << 30
_LOST_SECONDS = 60.0


def plan(start: int) -> Iterator[tuple[str, int]]:
    """Targets by their shares, each with the number of its input."""
    names, shares = list(TARGETS), [share for *_, share in TARGETS.values()]
    for number in itertools.count(start):
        yield random.Random(number).choices(names, shares)[0], number


def run_one(target: str, number: int) -> str | None:
    """What went wrong with one input, in one line; None where all promises held."""
    kind, work, _ = TARGETS[target]
    try:
        work(make(kind, number))
    except Exception as error:  # noqa: BLE001 -- finding it is what this is for
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {where.filename}:{where.lineno}: {error}"[:400]
    return None


def _child(connection: Connection[Any, Any], seconds: float, mebibytes: float) -> None:
    warnings.simplefilter("ignore")
    logging.disable()
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    peak = 0.0
    while (batch := connection.recv()) is not None:
        for target, number in batch:
            connection.send(("begin", target, number))
            before = time.thread_time()
            problem = run_one(target, number)
            spent = time.thread_time() - before
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            if problem is None and spent > seconds:
                problem = f"took {spent:.1f} s of CPU"
            if problem is None and grown > max(mebibytes, peak):
                problem = f"the process grew to {grown:.0f} MiB"
            peak = max(peak, grown)
            connection.send(("end", problem, spent, peak))
        connection.send(("batch",))


class _Child:
    def __init__(self, options: argparse.Namespace) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_child, args=(theirs, options.time, options.memory), daemon=True)
        self.process.start()
        theirs.close()
        self.at: tuple[str, int] | None = None
        self.since = time.monotonic()

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class _Figures:
    def __init__(self) -> None:
        self.done = 0
        self.by_target = dict.fromkeys(TARGETS, 0)
        self.slowest: tuple[float, str] = (0.0, "")
        self.peak = 0.0
        self.problems: list[str] = []

    def note(self, child: _Child, message: tuple[Any, ...]) -> None:
        assert child.at is not None
        target, number = child.at
        _, problem, spent, peak = message
        self.done += 1
        self.by_target[target] += 1
        self.slowest = max(self.slowest, (spent, f"{target}:{number}"))
        self.peak = max(self.peak, peak)
        if problem:
            self.tell(child, problem)

    def tell(self, child: _Child, problem: str) -> None:
        target, number = child.at or ("start", 0)
        self.problems.append(f"{target}:{number}  {problem}")
        print(self.problems[-1], flush=True)


def fuzz(options: argparse.Namespace) -> _Figures:
    """Keep the children busy until count or time is reached."""
    figures, numbers = _Figures(), plan(options.start)
    if options.count:
        numbers = itertools.islice(numbers, options.count)
    end = time.monotonic() + options.seconds if options.seconds else float("inf")
    children = [_Child(options) for _ in range(options.processes)]
    for child in children:
        child.connection.send(list(itertools.islice(numbers, _BATCH)))
    while children:
        ready = wait([child.connection for child in children], 1.0)
        for child in list(children):
            if child.connection in ready:
                _serve(child, children, figures, numbers, options, end)
            elif child.at and time.monotonic() - child.since > _LOST_SECONDS:
                figures.tell(child, f"did not come back within {_LOST_SECONDS:.0f} s")
                _replace(child, children, numbers, options)
    return figures


def _serve(
    child: _Child,
    children: list[_Child],
    figures: _Figures,
    numbers: Iterator[tuple[str, int]],
    options: argparse.Namespace,
    end: float,
) -> None:
    try:
        message = child.connection.recv()
    except (EOFError, OSError):
        figures.tell(child, "the process died")
        _replace(child, children, numbers, options)
        return
    if message[0] == "begin":
        child.at, child.since = (message[1], message[2]), time.monotonic()
    elif message[0] == "end":
        figures.note(child, message)
        child.at = None
    else:
        batch = list(itertools.islice(numbers, _BATCH)) if time.monotonic() < end else []
        if batch:
            child.connection.send(batch)
        else:
            children.remove(child)
            child.end()


def _replace(
    child: _Child, children: list[_Child], numbers: Iterator[tuple[str, int]], options: argparse.Namespace
) -> None:
    children.remove(child)
    child.end()
    batch = list(itertools.islice(numbers, _BATCH))
    if batch:
        children.append(_Child(options))
        children[-1].connection.send(batch)


def main() -> int:
    """Exit code 1 where something was found."""
    parser = argparse.ArgumentParser(
        prog="scripts/fuzz", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--only", metavar="TARGET:NUMBER")
    parser.add_argument("--time", type=float, default=10.0)
    parser.add_argument("--memory", type=float, default=500.0)
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    if options.only:
        target, _, number = options.only.partition(":")
        kind, work, _share = TARGETS[target]
        work(make(kind, int(number)))
        return 0
    if not options.count and not options.seconds:
        options.count = 5000
    began = time.monotonic()
    figures = fuzz(options)
    print(
        f"{figures.done} inputs in {time.monotonic() - began:.0f} s ({figures.by_target}); slowest "
        f"{figures.slowest[0]:.2f} s of CPU ({figures.slowest[1]}); peak memory {figures.peak:.0f} MiB; "
        f"{len(figures.problems)} problems"
    )
    return int(bool(figures.problems))
