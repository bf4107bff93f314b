"""What looking a new article's near copies up costs: one JSON line, CPU milliseconds of this process and the server's.

    python -m tests.bench.lookups URL COUNT

Most new articles are like none; every tenth has some keys of one that is there, every twentieth those of a template.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from crawler.model import Signature
from crawler.ports import Suspect
from storage.opening import open_store
from tests.bench.stock import KEYS, TEMPLATES, template_key

_WARM = 20
_SHARED = 8
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print."""
    url, count = sys.argv[1], int(sys.argv[2])
    new = _suspects(_known_keys(url, count), count + _WARM)
    store = open_store(url)
    for suspect in new[:_WARM]:
        store.suspects(suspect)
    server, began = _of_server(url), time.process_time()
    found = sum(len(store.suspects(suspect)) for suspect in new[_WARM:])
    ours, theirs = time.process_time() - began, _of_server(url) - server
    store.close()
    json.dump({"client": ours / count * 1000, "server": theirs / count * 1000, "found": found / count}, sys.stdout)


def _suspects(known: list[list[int]], count: int) -> list[Suspect]:
    rng = random.Random(3)
    made = []
    for number in range(count):
        keys = [rng.getrandbits(64) - 2**63 for _ in range(KEYS)]
        if number % 10 == 0:
            keys[:_SHARED] = known[number % len(known)]
        if number % 20 == 1:
            keys[0] = template_key(number % TEMPLATES)
        key = f"new.example/{number}"
        signature = Signature(rng.randbytes(512), tuple(keys), rng.getrandbits(63), 300)
        at = datetime(2026, 11, 16, tzinfo=UTC)
        made.append(Suspect(f"{number:016x}", "s1", f"https://{key}", key, key, "New", "A text.", at, at, signature))
    return made


def _known_keys(url: str, count: int) -> list[list[int]]:
    """Keys of some articles that are there."""
    rng = random.Random(5)
    parsed = make_url(url)
    engine = create_engine(parsed.set(drivername="postgresql+psycopg") if parsed.drivername == "postgresql" else parsed)
    some = text("SELECT band FROM bands WHERE band >= :at ORDER BY band LIMIT :many")
    with engine.connect() as connection:
        starts = [rng.getrandbits(62) for _ in range(min(50, count))]
        found = [list(connection.execute(some, {"at": at, "many": _SHARED}).scalars()) for at in starts]
    engine.dispose()
    return found


def _of_server(url: str) -> float:
    """CPU seconds of the processes that serve this database; SQLite has none."""
    if not url.startswith("postgresql"):
        return 0.0
    from tests.support.postgres import execute

    who = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    stats = [Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace") for (pid,) in execute(url, who)]
    fields = [stat.rpartition(")")[2].split() for stat in stats]
    return sum(int(one[11]) + int(one[12]) for one in fields) / _TICKS


if __name__ == "__main__":
    main()
