"""sources.yaml as frozen values: settings, defaults and sources, with every problem in the file told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError, UnknownSource, UserError
from crawler.model import Source
from crawler.settings import Delivery, LlmSettings, Profile, Settings
from crawler.sources import checks
from crawler.sources.filling import Checks, Problems, describe, fill
from crawler.sources.model_settings import read_llm
from crawler.sources.profiles import ISSUE_CHECKS, check_issue, check_names, read_profiles
from crawler.sources.sinks import read_deliveries
from crawler.urls import canonical_url, host_of, is_web_url, slug_of
from crawler.yamldoc import Lines, load_with_lines

MAKE_ONE = 'make one (this is enough: sources: [{url: "https://example.org/feed"}])'
"""Whoever installed the package has no example at hand."""

_SECTIONS = ("settings", "defaults", "sources", "taxonomy", "deliver", "profiles", "llm")
_RAW_SECTIONS = ("archive",)
_OWN_KEYS = ("slug", "url", "name", "homepage")  # what no two sources share, and no default can give

_CHECKS: Checks = {
    ("Settings", "timezone"): checks.timezone,
    ("Settings", "contact"): checks.contact,
    ("FetchSettings", "recent_days"): checks.between(0, checks.CENTURY),
    ("FetchSettings", "pause"): checks.between(0, 86_400),
    ("FetchSettings", "min_interval"): checks.between(0, checks.TEN_YEARS),
    ("FetchSettings", "max_interval"): checks.between(1, checks.TEN_YEARS),
    ("FetchSettings", "timeout"): checks.between(0.1, 86_400),
    ("FetchSettings", "max_bytes"): checks.between(1000),
    ("FetchSettings", "max_requests"): checks.between(0),
    ("FetchSettings", "max_total_bytes"): checks.between(0),
    ("FetchSettings", "workers"): checks.between(1, 1000),
    ("FetchSettings", "allow_private_hosts"): checks.private_host,
    ("LabelSettings", "embedding"): checks.folder,
    ("LabelSettings", "similarity"): checks.between(0.05, 0.95),
    ("ScheduleSettings", "digest"): checks.cron,
    **ISSUE_CHECKS,
    ("Source", "slug"): checks.slug,
    ("Source", "url"): checks.web_url,
    ("Source", "homepage"): checks.web_url,
    ("Source", "tags"): checks.tag,
    ("Source", "weight"): checks.between(0, 100),
    ("Source", "language"): checks.language,
    ("Source", "include"): checks.pattern,
    ("Source", "exclude"): checks.pattern,
}


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration file as read. `extra` holds the sections that later stages read themselves, as they stand.

    `profiles` are the newsletters, at least one; `lines` tell where the values stand.
    """

    path: Path
    settings: Settings = field(default_factory=Settings)
    sources: tuple[Source, ...] = ()
    deliver: tuple[Delivery, ...] = ()
    profiles: tuple[Profile, ...] = (Profile(),)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    lines: Lines = field(default_factory=Lines, compare=False, repr=False)
    llm: LlmSettings | None = None

    def problem(self, profile: str, key: Sequence[str | int], message: str) -> str:
        """`file:line: message` about a value of a profile's settings."""
        own = ("profiles", profile, *key)
        path = own if self.lines.has(own[:3]) else ("settings", "issue", *key)
        return f"{self.path}:{self.lines.at(path)}: {message}"


def load_config(path: Path) -> Config:
    """Read and check a configuration file.

    Raises ConfigError with every problem, each beginning with `file:line:` and ending with the next step;
    UserError where there is no such file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise UserError(
            f"{path} is not there: name your file with --config, {MAKE_ONE}, or try `crawl demo`, which needs none"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}:1: cannot be read: {error}; save it as UTF-8 text that you may read"]) from error
    return parse_config(text, path)


def parse_config(text: str, path: Path) -> Config:
    """The same from the file's text. Raises ConfigError."""
    data, lines = load_with_lines(text, str(path))
    problems = Problems(str(path), lines)
    for key_path, line in lines.duplicates:
        lines.record((*key_path, "duplicate", line), line)
        problems.add(
            (*key_path, "duplicate", line), f"key `{key_path[-1]}` stands here a second time; remove one of them"
        )
    if not isinstance(data, dict):
        what = "is empty" if data is None else f"holds {describe(data)} instead of sections"
        raise ConfigError(
            [f"{path}:1: the file {what}; begin with `sources:` and a line `- url: https://...` below it"]
        )
    _check_sections(data, problems)
    settings = _settings(data, problems)
    defaults = _defaults(data.get("defaults"), problems)
    sources = _sources(data.get("sources"), defaults, problems)
    deliver = read_deliveries(data.get("deliver"), problems)
    profiles = read_profiles(data.get("profiles"), settings.issue, problems)
    llm = read_llm(data.get("llm"), problems)
    known = [source.slug for source in sources]
    check_names(settings.issue, ("settings", "issue"), known, deliver, problems)
    for profile in profiles:
        check_names(profile.issue, ("profiles", profile.name), known, deliver, problems, told=settings.issue)
    if settings.schedule.send and not (settings.schedule.publish and deliver):
        missing = "`publish: true` beside it" if deliver else "a section `deliver`, which says where to"
        problems.add(("settings", "schedule", "send"), f"`send` needs {missing}")
    if found := problems.sentences():
        raise ConfigError(found)
    extra = {name: data[name] for name in _RAW_SECTIONS if data.get(name) is not None}
    return Config(path, settings, sources, deliver, profiles, defaults, extra, lines, llm)


def select(sources: Sequence[Source], slugs: Sequence[str] = (), tags: Sequence[str] = ()) -> tuple[Source, ...]:
    """The sources that are named and that have one of the tags; no name and no tag leave all.

    Raises UnknownSource, naming the most similar one, for a slug or a tag that no source has.
    """
    by_slug = {source.slug: source for source in sources}
    for slug in slugs:
        if slug not in by_slug:
            hint = checks.nearest(slug, by_slug) or "; `crawl sources list` shows all"
            raise UnknownSource(f"no source is called `{slug}`{hint}")
    in_use = {tag for source in sources for tag in source.tags}
    for tag in tags:
        if tag not in in_use:
            hint = checks.nearest(tag, in_use) or "; `crawl sources list` shows all"
            raise UnknownSource(f"no source has the tag `{tag}`{hint}")
    named = [source for source in sources if source.slug in set(slugs)] if slugs else list(sources)
    return tuple(source for source in named if not tags or set(tags) & set(source.tags))


def _check_sections(data: dict[Any, Any], problems: Problems) -> None:
    known = (*_SECTIONS, *_RAW_SECTIONS)
    for key, value in data.items():
        if key not in known:
            hint = checks.nearest(str(key), known) or f"; sections are {', '.join(known)}"
            problems.add((str(key),), f"unknown section `{key}`{hint}")
        elif key in _RAW_SECTIONS and value is not None and not isinstance(value, dict):
            message = f"`{key}` must be keys with values, not {describe(value)}; write `key: value` lines below it"
            problems.add((key,), message)


def _settings(data: dict[Any, Any], problems: Problems) -> Settings:
    found = fill(Settings, data.get("settings"), ("settings",), problems, _CHECKS)
    taxonomy = data.get("taxonomy")
    if taxonomy is not None:
        if isinstance(taxonomy, str):
            found["taxonomy"] = taxonomy
        else:
            message = (
                f"`taxonomy` must be the path of a file, not {describe(taxonomy)}; write `taxonomy: my-taxonomy.yaml`"
            )
            problems.add(("taxonomy",), message)
    settings = Settings(**found)
    check_issue(settings.issue, ("settings", "issue"), problems)
    if settings.fetch.min_interval > settings.fetch.max_interval:
        message = "`min_interval` is longer than `max_interval`; both are seconds between two checks of a source"
        problems.add(("settings", "fetch", "min_interval"), message)
    return settings


def _defaults(value: Any, problems: Problems) -> dict[str, Any]:  # noqa: ANN401
    found = fill(Source, value, ("defaults",), problems, _CHECKS)
    for key in _OWN_KEYS:
        if found.pop(key, None) is not None:
            problems.add(
                ("defaults", key), f"`{key}` belongs to one source each; move it into the lines below `sources`"
            )
    return found


def _sources(value: Any, defaults: dict[str, Any], problems: Problems) -> tuple[Source, ...]:  # noqa: ANN401
    if not isinstance(value, list) or not value:
        what = "is missing" if value is None else "is empty" if value == [] else f"is {describe(value)}, not a list"
        problems.add(
            ("sources",), f"`sources` {what}; give at least one line such as `- url: https://example.org/feed.xml`"
        )
        return ()
    filled: list[tuple[int, dict[str, Any]]] = []
    for index, one in enumerate(value):
        path = ("sources", index)
        if not isinstance(one, dict):
            problems.add(path, f"a source must be keys with values, not {describe(one)}; write `- url: https://...`")
            continue
        found = fill(Source, one, path, problems, _CHECKS)
        if one.get("url") is None:
            problems.add(path, "this source has no `url`; give the address of its feed, sitemap or listing page")
        filled.append((index, {**defaults, **found}))
    _check_repeats(filled, problems)
    return _complete([found for _, found in filled if "url" in found])


def _check_repeats(filled: list[tuple[int, dict[str, Any]]], problems: Problems) -> None:
    slugs: dict[str, int] = {}
    addresses: dict[tuple[Any, ...], int] = {}
    for index, found in filled:
        path = ("sources", index)
        if slug := found.get("slug"):
            first = slugs.setdefault(slug, index)
            if first != index:
                line = problems.lines.at(("sources", first, "slug"))
                message = f"slug `{slug}` is taken on line {line} already; give one of them another"
                problems.add((*path, "slug"), message)
        if "url" not in found:
            continue
        # One sitemap may serve two sources that take different parts of it.
        parts = (found.get("include"), found.get("exclude"), found.get("select"))
        first = addresses.setdefault((canonical_url(found["url"]), *parts), index)
        if first != index:
            line = problems.lines.at(("sources", first, "url"))
            problems.add((*path, "url"), f"this url stands on line {line} already; remove one of the two sources")


def _complete(filled: list[dict[str, Any]]) -> tuple[Source, ...]:
    taken = {found["slug"] for found in filled if found.get("slug")}
    sources: list[Source] = []
    for found in filled:
        slug = found.get("slug") or _free_slug(slug_of(found["url"]) or "source", taken)
        taken.add(slug)
        sources.append(Source(**{**found, "slug": slug, "name": found.get("name") or _name_of(found)}))
    return tuple(sources)


def _free_slug(wish: str, taken: set[str]) -> str:
    slug, number = wish[:100], 1
    while slug in taken:
        number += 1
        slug = f"{wish[:95]}-{number}"
    return slug


def _name_of(found: dict[str, Any]) -> str:
    address = found.get("homepage") or found["url"]
    return host_of(address if is_web_url(address) else found["url"]).removeprefix("www.")
