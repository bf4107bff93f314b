"""What several runs on one PostgreSQL store share: sources that are in one run's hands, and turns at hosts.

A source is leased by an advisory lock of the run's session, which the server drops with the connection: whatever
becomes of a process, its sources are free at once. A turn at a host is a row that its holder keeps alive, since a
request may still be under way where the connection to the database is lost. All times are the server's.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine, bindparam, select, text
from sqlalchemy.exc import SQLAlchemyError

from crawler.errors import StoreError
from crawler.model import HostState
from crawler.ports import Turn
from storage import records
from storage.dialect import upsert
from storage.engine import one_by_one
from storage.failures import Place, told
from storage.schema import hosts

_LEASES = 0x6372_776D  # the first half of the keys of our advisory locks on sources
_LINKING = 0x6372_776E
_POLL = 0.2  # seconds between two looks at what another process holds
_A_DAY = 86_400

_NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
_TAKE = text(f"""
    INSERT INTO turns AS t (lane, holder, held_until, ready_at)
    SELECT :lane, :holder, {_NOW} + :patience, 0
    WHERE NOT EXISTS (SELECT 1 FROM turns h WHERE h.lane = :host AND h.ready_at > {_NOW})
    ON CONFLICT (lane) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
    WHERE t.ready_at <= {_NOW} AND coalesce(t.held_until, 0) <= {_NOW}
    RETURNING 1
""")  # noqa: S608 - the only thing put in is the clock
_WAIT = text(f"""
    SELECT max(greatest(ready_at - {_NOW}, least(coalesce(held_until, 0) - {_NOW}, :poll)))
    FROM turns WHERE lane = :lane OR (lane = :host AND ready_at > {_NOW})
""")  # noqa: S608
_GIVE_BACK = text(f"""
    UPDATE turns SET holder = NULL, held_until = NULL, ready_at = greatest(ready_at, {_NOW} + :rest)
    WHERE lane = :lane AND holder = :holder
""")  # noqa: S608
_REST = text(f"""
    INSERT INTO turns AS t (lane, ready_at) VALUES (:lane, {_NOW} + :rest)
    ON CONFLICT (lane) DO UPDATE SET ready_at = greatest(t.ready_at, excluded.ready_at)
""")  # noqa: S608
_KEEP = text(f"UPDATE turns SET held_until = {_NOW} + :patience WHERE lane = ANY(:lanes) AND holder = :holder")  # noqa: S608
_FORGET = text(f"DELETE FROM turns WHERE greatest(ready_at, coalesce(held_until, 0)) < {_NOW} - :age")  # noqa: S608
_LEASE = text(
    f"SELECT slug, pg_try_advisory_lock({_LEASES}, hashtext(current_schema() || ':' || slug))"  # noqa: S608
    " FROM unnest(CAST(:slugs AS text[])) AS s(slug)"
)
_RELEASE = text(
    f"SELECT pg_advisory_unlock({_LEASES}, hashtext(current_schema() || ':' || slug))"  # noqa: S608
    " FROM unnest(CAST(:slugs AS text[])) AS s(slug)"
)
_LINK = text(f"SELECT pg_try_advisory_lock({_LINKING}, hashtext(current_schema()))")
_STATES = select(*records.HOST.columns).where(hosts.c.host.in_(bindparam("keys", expanding=True)))
# A session whose machine lost its power is noticed within a minute, and its leases come free.
_KEEPALIVE = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"


class SharedRuns:
    """`crawler.ports.Sharing` on PostgreSQL. May be used from many threads.

    `patience` is how many seconds a turn outlives the last sign of its holder, who gives one three times as often.
    """

    def __init__(self, engine: Engine, place: Place, patience: float = 30.0) -> None:
        self._engine = engine
        self._turns = one_by_one(engine)
        self._place = place
        self._patience = patience
        self._holder = secrets.token_hex(8)
        self._session_turn = threading.Lock()
        self._session: Connection | None = None
        self._leased: set[str] = set()
        self._taken: set[str] = set()  # lanes
        self._taken_turn = threading.Lock()

    def close(self) -> None:
        self._end_session()
        with told(self._place):
            self._engine.dispose()

    # ------------------------------------------------ sources

    @contextmanager
    def joined(self) -> Iterator[None]:
        ended = threading.Event()
        keeper = threading.Thread(target=self._keep_turns, args=(ended,), name="turns", daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ended.set()
            keeper.join()
            self._end_session()

    def lease(self, sources: Collection[str]) -> set[str]:
        with self._session_turn:
            wanted = [slug for slug in dict.fromkeys(sources) if slug not in self._leased]
            if not wanted:
                return set()
            with told(self._place), self._dropped_when_broken():
                rows = self._open_session().execute(_LEASE, {"slugs": wanted})
                got = {slug for slug, granted in rows if granted}
            self._leased |= got
            return got

    def release(self, sources: Collection[str]) -> None:
        with self._session_turn:
            ours = sorted(self._leased.intersection(sources))
            self._leased.difference_update(ours)
            if ours and self._session is not None:
                with told(self._place), self._dropped_when_broken():
                    self._session.execute(_RELEASE, {"slugs": ours})

    def _open_session(self) -> Connection:
        if self._session is None:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql(_KEEPALIVE)
            self._session = connection
        return self._session

    @contextmanager
    def _dropped_when_broken(self) -> Iterator[None]:
        """A session that failed is given up: the next use makes a new one."""
        try:
            yield
        except SQLAlchemyError:
            self._drop_session()
            raise

    def _end_session(self) -> None:
        with self._session_turn:
            self._leased.clear()
            self._drop_session()

    def _drop_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(SQLAlchemyError):
                session.invalidate()  # the server drops with it whatever it still holds
                session.close()

    # ------------------------------------------------ copies

    @contextmanager
    def linking(self) -> Iterator[None]:
        with told(self._place):
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            with told(self._place):
                while not connection.execute(_LINK).scalar():
                    time.sleep(_POLL)
            yield
        finally:
            with suppress(SQLAlchemyError):
                connection.invalidate()
                connection.close()

    # ------------------------------------------------ turns

    def take(self, lane: str, host: str, keys: Collection[str]) -> Turn:
        values = {"lane": lane, "host": host, "holder": self._holder, "patience": _micros(self._patience)}
        # What others learned is read once the turn is ours, as a statement of its own: the one that takes the turn may
        # have waited for it, and would see the hosts as they were before that.
        with told(self._place), self._turns.begin() as connection:
            with self._taken_turn:
                ours = lane in self._taken  # another thread of this process has it
            taken = not ours and connection.execute(_TAKE, values).first() is not None
            if not taken:
                wait = connection.execute(_WAIT, {"lane": lane, "host": host, "poll": _micros(_POLL)}).scalar()
                return Turn(max(float(wait or 0) / 1e6, 0.01))
            rows = connection.execute(_STATES, {"keys": list(keys)})
            turn = Turn(0.0, tuple(map(records.HOST.load, rows)))
        with self._taken_turn:
            self._taken.add(lane)
        return turn

    def give_back(self, lane: str, host: str, rest: float | None, long: float, states: Sequence[HostState]) -> None:
        with self._taken_turn:
            self._taken.discard(lane)
        values = {
            "lane": lane,
            "holder": self._holder,
            "rest": _micros(max(rest or 0.0, long if lane == host else 0.0)),
        }
        # The turn is the last that is given: whoever takes it finds what was learned. Where we end before, it runs out.
        with told(self._place), self._turns.begin() as connection:
            if states:
                connection.execute(upsert("postgresql", hosts), [records.HOST.dump(state) for state in states])
            if long and lane != host:
                connection.execute(_REST, {"lane": host, "rest": _micros(long)})
            connection.execute(_GIVE_BACK, values)

    def _keep_turns(self, ended: threading.Event) -> None:
        """Say that our turns are still ours; in a thread of its own, as long as the run goes on."""
        forget_at = 0.0
        while not ended.wait(self._patience / 3):
            with self._taken_turn:
                lanes = sorted(self._taken)
            try:
                with told(self._place), self._engine.begin() as connection:
                    if lanes:
                        values = {"lanes": lanes, "holder": self._holder, "patience": _micros(self._patience)}
                        connection.execute(_KEEP, values)
                    if time.monotonic() > forget_at:
                        connection.execute(_FORGET, {"age": _micros(_A_DAY)})
                        forget_at = time.monotonic() + _A_DAY / 24
            except StoreError:
                continue  # whoever works with the store tells of it


def _micros(seconds: float) -> int:
    return round(seconds * 1_000_000)
