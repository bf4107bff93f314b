"""What a service tells those who watch it: how its jobs went, over HTTP."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from crawler.errors import UserError

log = logging.getLogger(__name__)


@dataclass
class Health:
    """What the health endpoint tells; written by the jobs, read by the endpoint's threads."""

    started_at: datetime
    last_run_at: datetime | None = None
    last_digest_at: datetime | None = None
    errors: dict[str, str] = field(default_factory=dict)  # by job: one that goes well says nothing of the other
    runs: int = 0
    counters: dict[str, int] = field(default_factory=dict)

    @property
    def last_error(self) -> str | None:
        """What went wrong when each job ran last; None where all went well."""
        return "; ".join(self.errors.values()) or None

    def add(self, **amounts: int) -> None:
        """Count up."""
        for name, amount in amounts.items():
            self.counters[name] = self.counters.get(name, 0) + amount


class Endpoint:
    """/healthz (200 while the last run went well, else 503) and /metrics (Prometheus text format 0.0.4).

    `address` is HOST:PORT; raises UserError for one that is none or that cannot be used.
    """

    def __init__(self, address: str, health: Health) -> None:
        host, _, port = address.rpartition(":")
        if not port.isdecimal():
            raise UserError(f"--health {address}: give HOST:PORT, such as 127.0.0.1:9100")

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/healthz":
                    self._answer(503 if health.last_error else 200, "application/json", _health_json(health))
                elif self.path == "/metrics":
                    self._answer(200, "text/plain; version=0.0.4", _metrics(health))
                else:
                    self._answer(404, "text/plain", "see /healthz and /metrics\n")

            def _answer(self, status: int, kind: str, text: str) -> None:
                body = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- http.server's name
                log.debug(format, *args)

        try:
            self._server = ThreadingHTTPServer((host or "127.0.0.1", int(port)), Handler)
        except (OSError, OverflowError) as error:
            why = error.strerror if isinstance(error, OSError) else "a port goes up to 65535"
            raise UserError(f"--health {address}: {why or error}; choose another address") from error
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        log.info("answering at http://%s:%d/healthz and /metrics", *self._server.server_address[:2])

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()


def _health_json(health: Health) -> str:
    shape = {
        "status": "failing" if health.last_error else "ok",
        "started_at": health.started_at.isoformat(),
        "last_run_at": health.last_run_at.isoformat() if health.last_run_at else None,
        "last_digest_at": health.last_digest_at.isoformat() if health.last_digest_at else None,
        "runs": health.runs,
        "error": health.last_error,
    }
    return json.dumps(shape) + "\n"


def _metrics(health: Health) -> str:
    lines = [f"crawl_runs_total {health.runs}"]
    lines += [f'crawl_checks_total{{outcome="{name}"}} {count}' for name, count in sorted(health.counters.items())]
    if health.last_run_at:
        lines.append(f"crawl_last_run_timestamp_seconds {health.last_run_at.timestamp():.0f}")
    return "\n".join(lines) + "\n"
