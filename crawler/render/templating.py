"""The templates of the formats."""

from __future__ import annotations

from pathlib import Path

from crawler.templating import fill

_OURS = Path(__file__).parent / "templates"


def fill_template(name: str, folder: Path | None, /, **values: object) -> str:
    """A template of ours, or the user's of the same name, with values put in. Raises UserError where it fails."""
    return fill(_OURS, name, folder, **values)
