"""What `crawl sources add|import|fix` decide before they write: names, slugs, what is there, what moved. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.discovering import Discovery, Found, site_name
from crawler.errors import NothingFetched, UserError
from crawler.model import Feed, Source
from crawler.sources import checks
from crawler.sources.config import Config
from crawler.urls import host_of, is_web_url, slug_of, subscribed_url, url_key, without_credentials


def address_of(given: str) -> str:
    """What a person typed as an address: `blog.example.org` and `feed://...` are understood. Raises UserError."""
    url = subscribed_url(given.strip())
    if "://" not in url:
        url = "https://" + url
    if problem := checks.web_url(url):
        raise UserError(problem)
    return url


def check_wishes(config: Config, slug: str | None, tags: Iterable[str]) -> None:
    """Raises UserError where a wish cannot be written, before anybody is asked anything."""
    if slug is not None:
        if problem := checks.slug(slug):
            raise UserError(problem)
        if any(source.slug == slug for source in config.sources):
            raise UserError(f"the slug `{slug}` is taken; choose another with --slug")
    for tag in tags:
        if problem := checks.tag(tag):
            raise UserError(problem)


def standing(config: Config, url: str, include: tuple[str, ...] = ()) -> Source | None:
    """The source that reads this address already. One sitemap may serve several sources with patterns of their own."""
    key = url_key(url)
    for source in config.sources:
        if url_key(source.url) == key and (not include or not source.include or source.include == include):
            return source
    return None


def usable_or_error(discovery: Discovery) -> Found:
    """The best of what was found. Raises NothingFetched where nothing answered, UserError where nothing is usable."""
    if discovery.found:
        return discovery.found[0]
    failed, url = discovery.failed, without_credentials(discovery.url)
    if failed is not None and failed.kind == "unsafe":
        raise UserError(f"{url}: {failed.message}")
    if failed is not None:
        raise NothingFetched(f"{url} cannot be fetched: {failed.message}; nothing was changed")
    tried = "\n".join(f"  {without_credentials(asked)}: {told}" for asked, told in discovery.asked)
    raise UserError(f"nothing to follow was found at {url}; give the address of its list of articles. Asked:\n{tried}")


def source_of(
    best: Found,
    discovery: Discovery,
    config: Config,
    *,
    slug: str | None,
    name: str | None,
    company: str | None,
    tags: Sequence[str],
) -> Source:
    """The line for what was found, with everything that the defaults of the file give."""
    usual = Source(**{"slug": "", "url": best.url, "name": "", **config.defaults})
    title = name or site_name(best, discovery) or host_of(best.url).removeprefix("www.")
    homepage = best.homepage if best.homepage and is_web_url(best.homepage) else None
    language = best.language if best.language and checks.language(best.language) is None else None
    same = language is None or (usual.language or "").partition("-")[0] == language.partition("-")[0]
    return replace(
        usual,
        slug=slug or free_slug(title, homepage or best.url, {source.slug for source in config.sources}),
        name=title,
        kind=best.kind,
        company=company or usual.company,
        homepage=homepage,
        tags=tuple(dict.fromkeys(tags)) or usual.tags,
        language=usual.language if same else language,
        include=best.include or usual.include,
        exclude=best.exclude or usual.exclude,
    )


def free_slug(title: str, url: str, taken: Collection[str]) -> str:
    """A slug from a short title, else from the address, that no other source has."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    wish = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not 3 <= len(wish) <= 40:
        wish = slug_of(url)[:80] or "source"
    slug, number = wish, 1
    while slug in taken:
        number += 1
        slug = f"{wish}-{number}"
    return slug


def new_sources(listed: Iterable[Source], config: Config, tags: Sequence[str]) -> list[Source]:
    """Which of the listed sources are new, with slugs that are free and the file's defaults."""
    taken = {source.slug for source in config.sources}
    new: list[Source] = []
    for source in listed:
        if standing(config, source.url) is not None:
            continue
        wish = source.slug if source.slug not in taken and checks.slug(source.slug) is None else ""
        slug = wish or free_slug(source.name, source.homepage or source.url, taken)
        taken.add(slug)
        usual = Source(**{"slug": slug, "url": source.url, "name": source.name, **config.defaults})
        new.append(
            replace(
                usual,
                kind=source.kind,
                company=source.company or usual.company,
                homepage=source.homepage,
                tags=tuple(dict.fromkeys((*source.tags, *tags))) or usual.tags,
                language=source.language or usual.language,
            )
        )
    return new


# ---------------------------------------------------------------- sources that moved


@dataclass(frozen=True, slots=True)
class Move:
    """A source whose feed moved for good. `taken_by` is the source that reads the new address already."""

    slug: str
    old: str
    new: str
    taken_by: str | None = None


def moves(config: Config, feeds: Mapping[str, Feed]) -> tuple[list[Move], list[Move]]:
    """The moves to be written, and those that would give two sources one address."""
    found: list[Move] = []
    clashes: list[Move] = []
    readers = {url_key(source.url): source.slug for source in config.sources}
    for source in config.sources:
        feed = feeds.get(source.slug)
        if feed is None or not feed.current_url or feed.url != source.url or feed.current_url == source.url:
            continue
        reader = readers.setdefault(url_key(feed.current_url), source.slug)
        move = Move(source.slug, source.url, feed.current_url, None if reader == source.slug else reader)
        (clashes if move.taken_by else found).append(move)
    return found, clashes


def settled(written: Iterable[Move], feeds: Mapping[str, Feed]) -> list[Feed]:
    """The states of sources whose new address was written: validators stay, as they came from there."""
    return [
        replace(
            feeds[move.slug],
            url=move.new,
            current_url=None,
            state="ok" if feeds[move.slug].state == "moved" else feeds[move.slug].state,
            move_target=None,
            move_seen=0,
        )
        for move in written
    ]
