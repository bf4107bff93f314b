"""Every error that a caller may meet, as one tree.

CrawlError
├── UserError               exit 2: usage or configuration
│   ├── ConfigError         carries every problem of a file at once
│   └── UnknownSource
├── SourceError             becomes a value in the report, never ends a run
│   ├── ParseError
│   └── ExtractError
├── StoreError              exit 3
│   ├── StoreLocked
│   ├── StoreFull
│   ├── StoreReadOnly
│   ├── StoreCorrupt
│   └── SchemaTooNew
├── StoreBusy               exit 75: another run holds the store
├── ModelError              becomes a value in the report; the extract stands
├── DeliverError            exit 4
└── NothingFetched          exit 5

`str()` of an error is one line that a tired person can act on: what is wrong, where, and the next step.
"""

from __future__ import annotations

from collections.abc import Sequence


class CrawlError(Exception):
    """The root of all errors that are not bugs; `exit_code` is what the command line returns for it."""

    exit_code = 1


class UserError(CrawlError):
    """What the person gave cannot be used; nothing was changed."""

    exit_code = 2


class ConfigError(UserError):
    """A file that people write has problems; all of them are told at once.

    `problems` are finished sentences, each beginning with `file:line:`.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))

    def __reduce__(self) -> tuple[type[ConfigError], tuple[list[str]]]:
        return type(self), (self.problems,)


class UnknownSource(UserError):
    """A slug was named that sources.yaml does not have."""


class SourceError(CrawlError):
    """One source, feed or page cannot be used; the run goes on without it."""

    exit_code = 2  # where it is all that a command was asked for


class ParseError(SourceError):
    """A document is not what it claims to be: no feed, no sitemap, no listing."""


class ExtractError(SourceError):
    """A page yields no article: not HTML, empty, or broken beyond reading."""


class StoreError(CrawlError):
    """The store or the archive cannot be used."""

    exit_code = 3


class StoreLocked(StoreError):
    """Another program held the database longer than we wait."""


class StoreFull(StoreError):
    """The disk that holds the store is full."""


class StoreReadOnly(StoreError):
    """The database file or its folder may not be written."""


class StoreCorrupt(StoreError):
    """The file is no database of ours, or it is damaged."""


class SchemaTooNew(StoreError):
    """The store was written by a later version of this program."""


class StoreBusy(CrawlError):
    """Another run works on the same store."""

    exit_code = 75


class ModelError(CrawlError):
    """A language model gave no answer. `final`: nor will it give one to another question of this run."""

    def __init__(self, message: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.final = final


class DeliverError(CrawlError):
    """An issue could not be delivered."""

    exit_code = 4


class NothingFetched(CrawlError):
    """Sources were tried and none could be fetched."""

    exit_code = 5
