"""`crawl serve --health`: what is no address is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.app import App
from crawler.errors import UserError
from crawler.serving import serve_forever


@pytest.mark.parametrize(
    "address", ["9100x", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:²", "203.0.113.1:9100", "no host:9100"]
)
def test_an_address_that_cannot_be_served_is_told(address: str, tmp_path: Path) -> None:
    config = tmp_path / "sources.yaml"
    config.write_text("sources:\n- {url: 'http://127.0.0.1:9/feed'}\n")
    app = App(config, f"sqlite:///{tmp_path}/db.sqlite")
    try:
        with pytest.raises(UserError, match="--health"):
            serve_forever(app, address)
    finally:
        app.close()
