"""Templates, ours and the user's own, and the only importer of Jinja2."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError

from crawler.errors import UserError


def fill(ours: Path, name: str, folder: Path | None, /, **values: object) -> str:
    """The template of that name in the folder `ours` with values put in, all escaped but what it marks as safe.

    A file of the same name in `folder`, the user's, stands in place of ours. Raises UserError, with file and line,
    where a template fails.
    """
    try:
        filled = _environment(ours, folder).get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise UserError(f"{error.filename or name}:{error.lineno}: {error.message}; mend the template") from error
    except (TemplateError, UnicodeDecodeError) as error:
        where = f"{folder}: " if folder else ""
        raise UserError(f"{where}template {name}: {error}; mend it or take it out of the folder") from error
    return filled.rstrip("\n") + "\n"


@lru_cache(maxsize=8)
def _environment(ours: Path, folder: Path | None) -> Environment:
    if folder is not None and not folder.is_dir():
        raise UserError(f"{folder} is no folder; make it, or take `templates` out of settings.issue")
    places = [folder, ours] if folder is not None else [ours]
    return Environment(
        loader=FileSystemLoader(places),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
