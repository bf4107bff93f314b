"""The command in a process of its own, forked from one that has loaded it: an interpreter's start, its imports and the
first use of the taxonomy cost more than most commands do, and the tests run some hundred.

A nursery is such a process. Each process of the tests has two of them, which take the same command by turns: sets of
strings have another order in each, as they have in every interpreter, and what leaks into an issue from there is still
seen. Worker processes of a command come from its nursery as well. What a nursery cannot give alike (another
PYTHONPATH, a system that is not Linux) is started as ever.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pickle
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import types
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from multiprocessing import connection, get_context
from pathlib import Path
from typing import IO, Any

CHECKOUT = Path(__file__).resolve().parents[2]
LARGEST = 2**17  # bytes of a request: arguments and variables
_BEGUN_WITH = dict(os.environ)  # what a test changes is for its command alone
_ARTICLES = {
    "Moving our queue": "We moved our queue to Kafka in March 2024, and a message takes 12 ms instead of 40 ms at the 99th "
    "percentile. Each team keeps its own topic, because one slow consumer had held up everybody else.",
    "Unsere Warteschlange zieht um": "Wir haben unsere Warteschlange im März auf Kafka umgestellt, und eine Nachricht "
    "braucht noch zwölf Millisekunden. Jedes Team behält seinen eigenen Strom, weil sonst alle auf einen warten.",
}
_GONE = "the nursery is gone: it was ended, or what commands import cannot be imported; `crawl export --help` tells why"
_SERVE = "from tests.support.nursery import serve; serve()"


class Process:
    """A process that was forked for us, as far as `multiprocessing.Process` and `subprocess.Popen` are like it."""

    def __init__(self, told: int) -> None:
        self._told = os.fdopen(told, "rb", buffering=0)  # a line with its number, and one with its exit code at its end
        self.returncode: int | None = None
        self.pid = self._line()

    def _line(self) -> int:
        text = b""
        while not text.endswith(b"\n"):
            more = self._told.read(1)
            assert more, _GONE
            text += more
        return int(text)

    def join(self, timeout: float | None = None) -> int | None:
        """Wait so many seconds for its end: the exit code, the negative number of the signal that ended it, or None."""
        if self.returncode is None and select.select([self._told], [], [], timeout)[0]:
            self.returncode = self._line()
            self._told.close()
        return self.returncode

    def is_alive(self) -> bool:
        return self.join(0) is None

    def wait(self, timeout: float | None = None) -> int:
        """The exit code. Raises subprocess.TimeoutExpired."""
        code = self.join(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("crawl", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Running:
    """A command that was started, with what it prints."""

    def __init__(self, process: Process | subprocess.Popen[bytes], out: IO[bytes], err: IO[bytes]) -> None:
        self._process, self._out, self._err = process, out, err

    @property
    def returncode(self) -> int | None:
        return self._process.returncode

    def send_signal(self, number: int) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        self._process.kill()

    def told(self) -> str:
        """What it has printed on its standard error so far."""
        return os.pread(self._err.fileno(), 2**20, 0).decode()

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it printed on each of its outputs until it ended. Raises subprocess.TimeoutExpired."""
        self._process.wait(timeout)
        return _whole(self._out), _whole(self._err)


def _whole(file: IO[bytes]) -> str:
    with file:
        file.seek(0)
        return file.read().decode()


def start(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Running:
    """Run `[sys.executable, "-m" or "-c", what, arguments...]` in a folder; nothing comes on its standard input."""
    out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 -- closed when they are read
    if sys.platform != "linux" or _python_of(environment) != _python_of(_BEGUN_WITH):
        nobody = subprocess.DEVNULL
        process = subprocess.Popen(command, cwd=folder, env=environment, stdin=nobody, stdout=out, stderr=err)
        return Running(process, out, err)
    line = _nursery(_turns[tuple(command)] % 2)
    _turns[tuple(command)] += 1
    told = _ask(line, {"command": command[1:]}, folder, environment, out.fileno(), err.fileno())
    return Running(Process(told), out, err)


_turns = Counter[tuple[str, ...]]()


def _python_of(environment: Mapping[str, str]) -> dict[str, str]:
    """What of an environment an interpreter reads at its start; this checkout is found without being named."""
    told = {name: value for name, value in environment.items() if name.startswith("PYTHON")}
    path = [part for part in told.pop("PYTHONPATH", "").split(os.pathsep) if part and Path(part) != CHECKOUT]
    return told | {"PYTHONPATH": os.pathsep.join(path)}


@cache
def _nursery(_turn: int) -> socket.socket:
    """The line to a nursery, which ends with this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    path = os.pathsep.join(filter(None, (str(CHECKOUT), _BEGUN_WITH.get("PYTHONPATH"))))
    nursery = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(theirs.fileno())],
        cwd=CHECKOUT,
        env={
            **_BEGUN_WITH,
            "PYTHONPATH": path,
            "LC_ALL": "C.UTF-8",
            "OPENBLAS_NUM_THREADS": "1",
        },  # threads do not fork
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    atexit.register(nursery.wait)
    atexit.register(ours.close)  # the first of the two: what is registered last is called first
    return ours


def _ask(
    line: socket.socket, what: dict[str, Any], folder: Path | str, environment: Mapping[str, str], *files: int
) -> int:
    """Have a process forked that has these files; the file on which we are told of it."""
    request = json.dumps({**what, "folder": str(folder), "environment": dict(environment)}).encode()
    assert len(request) < LARGEST
    told, tell = os.pipe()
    try:
        socket.send_fds(line, [request], [tell, *files])
    except BrokenPipeError:
        os.close(told)
        raise AssertionError(_GONE) from None
    finally:
        os.close(tell)
    return told


# What follows runs in the nursery, and in what it forks.


def serve() -> None:
    """Fork what is asked for until nobody can ask any more; in each fork this comes back when its work is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the tests, and with them their lines
    _load()
    gc.collect()
    gc.freeze()
    work = _Nursery(socket.socket(fileno=int(sys.argv[1]))).work()
    if work is not None:
        work()


def _load() -> None:
    """Import what commands import, and make ready what is made at its first use, in either case of a language."""
    from importlib import import_module

    from crawler.cli.root import COMMANDS
    from crawler.reading import inspect_page

    for module in {module for module, _, _ in COMMANDS.values()} | {
        "storage.opening",
        "crawler.pipeline",
        "crawler.rewording",
        "openai",
    }:
        import_module(module)
    for title, text in _ARTICLES.items():
        article = f"<html><title>{title}</title><article><h1>{title}</h1>{f'<p>{text}</p>' * 9}</article></html>"
        inspect_page(article.encode(), "https://blog.example/moving-our-queue")


class _Nursery:
    """Lines on which processes are asked for: that of the tests, and one of each command that runs."""

    def __init__(self, first: socket.socket) -> None:
        self._first, self._lines = first, [first]
        self._tell = dict[int, int]()  # by process: the file on which its end is told
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(self._wake)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def work(self) -> Callable[[], object] | None:
        """In the nursery None, when the first line is closed; in each fork what it has to do."""
        while True:
            watched: list[Any] = [self._woken, *self._lines]
            ready = select.select(watched, [], [])[0]
            if self._woken in ready:
                os.read(self._woken, 4096)
                self._bury()
            for line in self._lines.copy():
                if line not in ready:
                    continue
                request, files, _, _ = socket.recv_fds(line, LARGEST, 8)
                if request:
                    work = self._fork(request, files)
                    if work is not None:
                        return work
                elif line is self._first:
                    return None
                else:
                    self._lines.remove(line)
                    line.close()

    def _fork(self, request: bytes, files: list[int]) -> Callable[[], object] | None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        tell, *given = files
        process = os.fork()
        if not process:
            self._leave(ours, tell)
            return _work(json.loads(request), given, theirs)
        self._lines.append(ours)
        self._tell[process] = tell
        os.write(tell, b"%d\n" % process)
        theirs.close()
        for file in given:
            os.close(file)
        return None

    def _leave(self, ours: socket.socket, tell: int) -> None:
        """In a fork: nothing of the nursery is left."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for line in (*self._lines, ours):
            line.close()
        for file in (self._woken, self._wake, tell, *self._tell.values()):
            os.close(file)

    def _bury(self) -> None:
        """Tell of those that ended."""
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                process, status = ended
                tell = self._tell.pop(process)
                with suppress(BrokenPipeError):  # nobody waits for it
                    os.write(tell, b"%d\n" % os.waitstatus_to_exitcode(status))
                os.close(tell)


def _work(request: dict[str, Any], files: list[int], line: socket.socket) -> Callable[[], object]:
    """What a fork has to do, at the place and with the files that it is to have."""
    out, err, *pipe = files
    for given, wanted in ((out, 1), (err, 2)):
        os.dup2(given, wanted)
        os.close(given)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    if pipe:
        line.close()
        return partial(pickle.loads(bytes.fromhex(request["target"])), connection.Connection(pipe[0]))
    vars(get_context("spawn"))["Process"] = partial(_Worker, line)
    how, what, *arguments = request["command"]
    sys.argv[:] = [how, *arguments]
    if how == "-m":
        return partial(runpy.run_module, what, run_name="__main__", alter_sys=True)
    sys.modules["__main__"] = main = types.ModuleType("__main__")
    return partial(exec, compile(what, "<string>", "exec"), vars(main))


class _Worker:
    """multiprocessing's Process in a command, of a function that takes the end of a pipe: it comes from the nursery."""

    def __init__(
        self, line: socket.socket, *, target: Callable[..., None], args: tuple[connection.Connection], daemon: bool
    ) -> None:
        assert daemon
        self._line, self._target, (self._pipe,) = line, target, args

    def start(self) -> None:
        """Have it forked."""
        target = {"target": pickle.dumps(self._target).hex()}
        self._process = Process(_ask(self._line, target, Path.cwd(), os.environ, 1, 2, self._pipe.fileno()))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._process, name)
