"""The composition root: options and files become objects. The only importer of `storage`."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crawler import PRODUCT, __version__
from crawler.errors import ConfigError, UserError
from crawler.model import Source
from crawler.settings import DEFAULT_PROFILE, Profile, Settings

if TYPE_CHECKING:
    from crawler.context import Crawl, Progress
    from crawler.delivering import Outside
    from crawler.fetch.client import HttpFetcher
    from crawler.fetch.late import LateFetcher
    from crawler.label.taxonomy.model import Taxonomy
    from crawler.llm.session import Session
    from crawler.ports import Sharing, Store
    from crawler.settings import Delivery, LabelSettings
    from crawler.sources import Config
    from crawler.workers import WorkerPool


@dataclass
class App:
    """What the commands work with; each part is made when it is first used.

    `routes` and `config` let the demo bring a world of its own.
    """

    config_path: Path = Path("sources.yaml")
    database: str | None = None
    allow_private_hosts: tuple[str, ...] = ()
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    routes: Mapping[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    patience: float = 30.0  # seconds after which a process on the same store that says nothing any more counts as dead
    no_llm: bool = False
    _profile: Profile | None = None

    @cached_property
    def config(self) -> Config:
        """sources.yaml, validated as a whole. Raises ConfigError or UserError."""
        from crawler.sources.config import load_config

        return load_config(self.config_path)

    @cached_property
    def settings(self) -> Settings:
        """The file's settings with what the profile in use and the command line add; the templates' folder as a path
        to open."""
        settings = self.config.settings
        if self._profile is not None:
            settings = replace(settings, issue=self._profile.issue)
        if settings.issue.templates:
            templates = str(self.folder(settings.issue.templates))
            settings = replace(settings, issue=replace(settings.issue, templates=templates))
        if not self.allow_private_hosts:
            return settings
        allowed = (*settings.fetch.allow_private_hosts, *self.allow_private_hosts)
        return replace(settings, fetch=replace(settings.fetch, allow_private_hosts=allowed))

    def use_profile(self, name: str | None = None) -> Profile:
        """Work for this newsletter from here on; without a name for the only one.

        Raises UserError where there is none of that name, or where there are several and none is named, and
        ConfigError where it names tags, kinds or sections that the taxonomy does not have.
        """
        known = {profile.name: profile for profile in self.config.profiles}
        if name is None and len(known) > 1:
            raise UserError(f"sources.yaml has several profiles: name one with --profile ({', '.join(known)})")
        chosen = known.get(name) if name is not None else self.config.profiles[0]
        if chosen is None:
            raise UserError(f"there is no profile `{name}` in sources.yaml; those that there are: {', '.join(known)}")
        self._profile = chosen
        self.__dict__.pop("settings", None)
        self._check_words(chosen)
        return chosen

    def each_profile(self, name: str | None = None) -> Iterator[Profile]:
        """Every newsletter in turn, each in use while it is yielded; or the one that is named."""
        for known in (name,) if name is not None else tuple(profile.name for profile in self.config.profiles):
            yield self.use_profile(known)

    def _check_words(self, profile: Profile) -> None:
        from crawler.profiles import unknown_words

        problems = unknown_words(profile, self._taxonomy)
        if problems:
            raise ConfigError([self.config.problem(profile.name, key, message) for key, message in problems])

    def _taxonomy(self) -> Taxonomy:
        from crawler.label.taxonomy.loading import taxonomy_at

        return taxonomy_at(self.taxonomy_path)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """All configured sources by slug."""
        return {source.slug: source for source in self.config.sources}

    @property
    def home(self) -> Path:
        """Where the store lies by default: CRAWL_HOME, else XDG_DATA_HOME, which counts where it is absolute (XDG Base
        Directory Specification 0.8). Raises UserError where there is neither, nor a home folder."""
        try:
            if home := self.environ.get("CRAWL_HOME"):
                return Path(home).expanduser()
            data = Path(self.environ.get("XDG_DATA_HOME") or "")
            return (data if data.is_absolute() else Path.home() / ".local" / "share") / PRODUCT
        except RuntimeError as error:
            raise UserError(
                "this user has no home folder for the store: name one with CRAWL_HOME, or a database with --database"
            ) from error

    @property
    def database_url(self) -> str:
        """--database, else CRAWL_DATABASE_URL, else a SQLite file in `home`."""
        return self.database or self.environ.get("CRAWL_DATABASE_URL") or f"sqlite:///{self.home / 'crawl.sqlite'}"

    @cached_property
    def store(self) -> Store:
        """The store, migrated to the current schema. Raises StoreError."""
        import storage
        from storage.opening import open_store

        expected = Path(__file__).resolve().parent.parent / "storage"
        if Path(storage.__file__ or "").resolve().parent != expected:
            raise UserError(
                f"another Python module named `storage` hides ours: {storage.__file__}; run the `crawl` command from"
                " another folder"
            )
        return open_store(self.database_url)

    @cached_property
    def sharing(self) -> Sharing | None:
        """What runs on one store share; None where it belongs to one run at a time (SQLite)."""
        assert self.store is not None  # it is our `storage` then, and its tables are made
        from storage.opening import open_sharing

        return open_sharing(self.database_url, patience=self.patience)

    def run(self) -> AbstractContextManager[None]:
        """Held by a run that fetches: on PostgreSQL beside others, which share the work, else alone.

        Raises StoreBusy where another run has the store for itself.
        """
        return self.store.run_lock() if self.sharing is None else self.sharing.joined()

    @cached_property
    def user_agent(self) -> str:
        """Name, version and contact, as every request carries them."""
        from crawler.fetch.agent import user_agent

        return user_agent(self.settings.contact, __version__)

    @cached_property
    def fetcher(self) -> LateFetcher:
        """The one transport; nothing of it is loaded before the first request."""
        from crawler.fetch.late import LateFetcher

        return LateFetcher(self._make_fetcher)

    def _make_fetcher(self) -> HttpFetcher:
        from crawler.fetch.client import HttpFetcher

        return HttpFetcher(
            self.settings.fetch, user_agent=self.user_agent, routes=self.routes, environ=dict(self.environ)
        )

    @cached_property
    def workers(self) -> WorkerPool:
        """Worker processes; none runs before there is work."""
        from crawler.workers import WorkerPool

        return WorkerPool()

    @cached_property
    def wording(self) -> Session | None:
        """The language model of this run; None where sources.yaml names none, or `no_llm` switches it off.

        Raises UserError where its client is not installed, or the variable with its key is not set.
        """
        settings = self.config.llm
        if settings is None or self.no_llm:
            return None
        import crawler.llm.stems  # noqa: F401 - what the check needs may not be installed, which is to be told first
        from crawler.llm.endpoint import OpenAiEndpoint
        from crawler.llm.session import Session

        name = settings.api_key_env
        key = self.environ.get(name) if name else None
        if name and not key:
            raise UserError(f"llm: the environment variable {name}, which holds the key, is not set; or give --no-llm")

        def keep(question: str, answer: str) -> None:
            self.store.save_answer(question, settings.model, answer, now())

        return Session(settings, OpenAiEndpoint(settings, key), self.store.answers, keep)

    def end_wording(self) -> None:
        """What is worded next is worded on a budget of its own."""
        session: Session | None = self.__dict__.pop("wording", None)
        if session is not None:
            session.close()

    @property
    def taxonomy_path(self) -> str | None:
        """A custom taxonomy's path, relative to the configuration file. Raises ConfigError with all its problems."""
        name = self.settings.taxonomy
        if not name:
            return None
        path = self.config_path.parent / name
        from crawler.label import load_taxonomy

        load_taxonomy(path)  # its problems are told before anything is done
        return str(path)

    @cached_property
    def labels(self) -> LabelSettings:
        """The settings of labels, an embedding model's folder relative to the configuration file.

        Raises ConfigError where the model cannot be used: before anything is done, and not in each worker.
        """
        labels = self.config.settings.labels
        if not labels.embedding:
            return labels
        from crawler.label.topics.embedding import load_model

        path = str(self.folder(labels.embedding))
        try:
            load_model(path)
        except UserError as error:
            line = self.config.lines.at(("settings", "labels", "embedding"))
            raise ConfigError([f"{self.config_path}:{line}: `embedding`: {error}"]) from error
        return replace(labels, embedding=path)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The entries of `deliver` that the newsletter in use goes to."""
        wanted = self.settings.issue.deliver
        return tuple(one for one in self.config.deliver if wanted is None or one.name in wanted)

    @property
    def drafts(self) -> Path:
        """Where drafts of the newsletter in use lie."""
        return self.folder(self.settings.issue.drafts)

    @property
    def out(self) -> Path:
        """Where its rendered issues go."""
        return self.folder(self.settings.issue.out)

    def folder(self, name: str) -> Path:
        """A folder of the settings, relative to the configuration file."""
        return self.config_path.parent / name

    def crawl(self, progress: Progress | None = None) -> Crawl:
        """Everything that the pipeline works with."""
        from crawler.context import Crawl, Progress

        return Crawl(
            store=self.store,
            fetcher=self.fetcher,
            workers=self.workers,
            settings=replace(self.settings, labels=self.labels),
            sources=self.sources,
            user_agent=self.user_agent,
            now=now,
            random=random.Random(),
            taxonomy=self.taxonomy_path,
            profile=self._profile.name if self._profile else DEFAULT_PROFILE,
            progress=progress or Progress(),
            sharing=self.sharing,
        )

    def outside(self, out: Path | None = None) -> Outside:
        """What delivery reaches; `out` is where the issue was rendered, where that is not the folder of the
        settings."""
        from crawler.delivering import Outside

        return Outside(self.fetcher, self.environ, self.config_path.parent, out or self.out, time.sleep)

    def close(self) -> None:
        """End workers and connections that were opened."""
        self.end_wording()
        for name in ("workers", "fetcher", "sharing", "store"):
            part = self.__dict__.pop(name, None)
            if part is not None:
                part.close()


def now() -> datetime:
    """The operating system's wall clock."""
    return datetime.now(UTC)
