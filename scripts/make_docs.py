"""docs/commands.md from the commands' own help, so that the two can never differ."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from renew import renew

from crawler.cli.root import COMMANDS, root

TARGET = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
HEAD = """# Commands

Made from the commands' own help by `scripts/docs`. Data goes to stdout, progress and logs to stderr. Every command
takes `--config FILE` (default `sources.yaml`), `--database URL`, `-v` and `-q` (`demo`: only the last two).

| exit code | meaning |
|---|---|
| 0 | done, even if some sources failed |
| 1 | a bug |
| 2 | usage or configuration |
| 3 | store or archive: full, corrupt, read-only, locked too long |
| 4 | delivery |
| 5 | sources were tried and none could be fetched, or with `--strict` any failed |
| 6 | a check found problems |
| 75 | another run holds the store |
| 130, 143 | interrupted by SIGINT, SIGTERM |
"""


def commands_page() -> str:
    """The whole page."""
    parts = [HEAD]
    context = click.Context(root, info_name="crawl", max_content_width=100)
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        parts.append(_section(command, name, context))
        if isinstance(command, click.Group):
            inner = click.Context(command, info_name=name, parent=context, max_content_width=100)
            parts += [_section(sub, f"{name} {word}", inner) for word, sub in command.commands.items()]
    return "\n".join(parts)


def _section(command: click.Command, title: str, parent: click.Context) -> str:
    context = click.Context(
        command, info_name=title.rsplit(maxsplit=1)[-1], parent=parent, max_content_width=100, terminal_width=100
    )
    return f"## `crawl {title}`\n\n```\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    sys.exit(renew({TARGET: commands_page()}, "scripts/docs"))
