"""The demo's blogs and articles as values, loaded from the folder `blogs`.

One folder a blog: `blog.yaml` says who writes it and how it is published, every `SLUG.md` is an article with
front matter. Texts are data, so that a person can add an article without reading any code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from crawler.yamldoc import load_yaml, read_yaml

BLOGS = Path(__file__).parent / "blogs"

FeedFormat = Literal["rss", "rdf", "atom", "json", "none"]


@dataclass(frozen=True, slots=True)
class Post:
    """An article. `age` counts days back from the Monday that begins the current week: 1-7 is the last full week.

    `dated` tells whether the publisher shows the date anywhere; `alias` is an old address that redirects here;
    `canonical` names the original of a syndicated copy; `body` is Markdown.
    """

    slug: str
    title: str
    authors: tuple[str, ...]
    age: int
    minutes: int  # of the day, UTC
    path: str
    body: str
    description: str = ""
    tags: tuple[str, ...] = ()
    cover: str | None = None
    dated: bool = True
    full: bool = True
    alias: str | None = None
    canonical: str | None = None
    language: str = "en"

    def written_at(self, now: datetime) -> datetime:
        """When it went online, whether or not the publisher says so."""
        return week_start(now) - timedelta(days=self.age) + timedelta(minutes=self.minutes)

    def published_at(self, now: datetime) -> datetime | None:
        """The date that the publisher gives; None where it gives none."""
        return self.written_at(now) if self.dated else None


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog and how it is published. `posts` are newest first; `url` is the address that one subscribes to."""

    slug: str
    host: str
    name: str
    tagline: str
    company: str | None
    kind: Literal["feed", "sitemap", "listing"]
    format: FeedFormat
    feed: str
    layout: str
    color: str
    posts: tuple[Post, ...]
    index: str = "/"
    language: str = "en"
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    encoding: str = "utf-8"
    quirks: frozenset[str] = frozenset()
    include: tuple[str, ...] = ()
    nav: tuple[str, ...] = ()
    robots: str | None = None
    footer: str = ""
    flood: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def root(self) -> str:
        return f"http://{self.host}"

    @property
    def url(self) -> str:
        return self.root + self.feed

    @property
    def homepage(self) -> str:
        return self.root + self.index


def week_start(now: datetime) -> datetime:
    """Midnight UTC of the Monday on or before `now`. Ages count from it, so the demo reads the same on every day."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=1)
def load_blogs() -> tuple[Blog, ...]:
    """Every blog of the demo, by slug. Raises ConfigError where a file breaks."""
    return tuple(_load_blog(folder) for folder in sorted(BLOGS.iterdir()) if (folder / "blog.yaml").is_file())


def flood_posts(blog: Blog) -> tuple[Post, ...]:
    """The old changelog pages that a flooding feed suddenly carries: one a month, `flood.months` of them."""
    data = blog.flood
    changes: list[str] = data.get("changes", [])
    posts = []
    for month in range(data.get("months", 0)):
        number = data["months"] - month
        picked = [changes[(month * step + step) % len(changes)] for step in (7, 11, 13)]
        items = "\n".join(f"- {change}" for change in dict.fromkeys(picked))
        slug = data["slug"].format(number=number)
        posts.append(
            Post(
                slug=slug,
                title=data["title"].format(number=number),
                authors=tuple(data["authors"]),
                age=data["age"] + 30 * month,
                minutes=600,
                path=data["path"].format(slug=slug),
                body=f"{data['intro'].format(number=number)}\n\n{items}\n",
                description=picked[0],
                tags=("changelog",),
            )
        )
    return tuple(posts)


def _load_blog(folder: Path) -> Blog:
    data = read_yaml(folder / "blog.yaml")
    data["slug"] = folder.name
    path = data.pop("article_path")
    full = data.pop("content", "full") == "full"
    for name in ("tags", "include", "nav"):
        data[name] = tuple(data.get(name, ()))
    data["quirks"] = frozenset(data.get("quirks", ()))
    language = data.get("language", "en")
    posts = [_load_post(file, path, full=full, language=language) for file in sorted(folder.glob("*.md"))]
    posts.sort(key=lambda post: (post.age, -post.minutes, post.slug))
    return Blog(posts=tuple(posts), **data)


def _load_post(file: Path, path: str, *, full: bool, language: str) -> Post:
    _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
    data = load_yaml(head, str(file))
    hour, minute = divmod(round(float(data.pop("hour")) * 100), 100)  # 9.30 is half past nine
    author = data.pop("author")
    return Post(
        slug=file.stem,
        authors=tuple([author] if isinstance(author, str) else author),
        minutes=hour * 60 + minute,
        path=data.pop("path", path).format(slug=file.stem),
        body=body.strip() + "\n",
        full={"full": True, "teaser": False}.get(data.pop("feed", ""), full),
        tags=tuple(data.pop("tags", ())),
        language=language,
        **data,
    )
