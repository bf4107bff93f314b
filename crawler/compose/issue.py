"""From a window's candidates to a numbered issue: a pure function of what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from crawler.compose.lead import lead_paragraph
from crawler.compose.rank import Ranked, Week, pick, rank
from crawler.compose.sections import arrange, shows_sections
from crawler.compose.window import Excluded, choose
from crawler.model import Article, Image, Issue, Item, Section, SectionRule, Source, Window
from crawler.ports import LedgerEntry
from crawler.settings import IssueSettings
from crawler.text import one_line, written_as
from crawler.urls import canonical_url, host_of, is_web_url, url_key

RUNNERS_UP = 10
ISSUE_TAGS = 8
_READ = 20_000  # characters of an article that tell how it writes the words of its title


@dataclass(frozen=True, slots=True)
class Composition:
    """An issue and the account of it.

    `ranked` are the stories in the issue, in order of choice, then the others, best first; `excluded` never came to
    be ranked. `notes` are sentences for the editor, such as that the week was quiet.
    """

    issue: Issue
    ranked: tuple[Ranked, ...]
    excluded: tuple[Excluded, ...]
    notes: tuple[str, ...] = ()


def compose_issue(
    candidates: Sequence[Article],
    *,
    number: int,
    window: Window,
    settings: IssueSettings,
    sources: Mapping[str, Source],
    ledger: Sequence[LedgerEntry],
    sections: Sequence[SectionRule],
    audience_variants: Callable[[Article], Sequence[str]] | None = None,
    profile: str = "default",
    begun: Mapping[str, datetime] | None = None,
    posts: Mapping[str, int] | None = None,
    notes: Callable[[Article], str] | None = None,
    now: datetime | None = None,
) -> Composition:
    """The issue of a window.

    The same arguments give the same issue, in whatever order the candidates come. `audience_variants` gives other
    audience lines for an article, best first, for when its own stands above another item already. `begun` is when
    each source was first read (see `choose`), `posts` how much each wrote lately (see `Week`). `notes` makes an
    article's outline, a Markdown list.
    """
    kept, excluded = choose(candidates, window, settings, ledger, sources, begun=begun)
    before = [entry for entry in ledger if entry.number < number]
    week = Week(window, before, settings.interests, posts or {})
    chosen, rest = pick(rank(kept, week, sources, now), settings, sections)
    names = _names_by_host(sources)
    items = _with_audiences([item_of(r, names, notes) for r in chosen], [r.article for r in chosen], audience_variants)
    arranged = _arranged(items, chosen, sections, settings)
    printed = tuple(item for section in arranged for item in section.items)
    later = list(islice((r for r in rest if r.score >= settings.floor), RUNNERS_UP))
    issue = Issue(
        number=number,
        title=one_line(settings.title),
        tagline=one_line(settings.tagline),
        lead=lead_paragraph(printed, window),
        window=window,
        sections=arranged,
        tags=_issue_tags(printed),
        cover=next((item.image for item in printed if item.image), None),
        profile=profile,
        show_sections=shows_sections(settings, len(items)) and bool(items),
        comments=settings.comments,
        runners_up=_with_clear_tags([item_of(r, names, notes) for r in later], later, settings.item_tags),
    )
    return Composition(issue, (*chosen, *rest), tuple(excluded), _notes(issue, settings))


def issue_of_items(issue: Issue, items: Sequence[Item]) -> Issue:
    """The issue with what is said of its items (lead, tags, cover) made from these instead."""
    cover = next((item.image for item in items if item.image), None)
    return replace(issue, lead=lead_paragraph(items, issue.window), tags=_issue_tags(items), cover=cover)


def item_of(ranked: Ranked, names: Mapping[str, str], notes: Callable[[Article], str] | None = None) -> Item:
    """An article as it is printed: links without trackers, every image with words for those who cannot see it."""
    article = ranked.article
    title = one_line(article.title)
    image = article.image if article.image and is_web_url(article.image.url) else None
    return Item(
        title=title,
        url=canonical_url(article.url),
        article_id=article.id,
        source=article.source,
        company=one_line(article.company) if article.company else None,
        audience=one_line(article.audience),
        image=Image(image.url.strip(), one_line(image.alt) or title) if image else None,
        summary=one_line(article.summary),
        deck=one_line(article.deck),
        minutes=article.minutes,
        kind=article.kind,
        subkind=article.subkind,
        tags=article.tags,
        also_at=_elsewhere(article, article.also_at, names),
        covered_by=_covered_by(ranked, names),
        previously=tuple(int(reason.value) for reason in ranked.follows),
        written=written_as(title, article.text[:_READ]),
        notes=notes(article) if notes else "",
        score=ranked.score,
        pinned=bool(ranked.chosen and ranked.chosen.rule == "featured"),
        published_at=article.published_at,
    )


def _arranged(
    items: Sequence[Item], ranked: Sequence[Ranked], rules: Sequence[SectionRule], settings: IssueSettings
) -> tuple[Section, ...]:
    """Items in sections by all tags of their articles, with those that are printed."""
    return tuple(
        replace(section, items=_with_clear_tags(section.items, ranked, settings.item_tags))
        for section in arrange(items, rules, settings)
    )


def _with_clear_tags(items: Sequence[Item], ranked: Sequence[Ranked], most: int) -> tuple[Item, ...]:
    """Items with the first tags alone: those that they are clearly about, where labels tell, and at most so many."""
    clear = {r.article.id: r.article.signals.topics for r in ranked}
    return tuple(replace(item, tags=item.tags[: clear.get(item.article_id)][:most]) for item in items)


def _covered_by(ranked: Ranked, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return _elsewhere(ranked.article, [other.url for other in ranked.others], names)


def _elsewhere(article: Article, urls: Sequence[str], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(name of the blog, address) for each address that is not the article's own."""
    seen = {url_key(article.url), url_key(article.canonical_url)}
    found = []
    for url in urls:
        if is_web_url(url) and url_key(url) not in seen:
            seen.add(url_key(url))
            host = host_of(url).removeprefix("www.")
            found.append((names.get(host, host), canonical_url(url)))
    return tuple(found)


def _names_by_host(sources: Mapping[str, Source]) -> dict[str, str]:
    """Host to the name of the blog on it; a host with several blogs keeps its own name."""
    names: dict[str, set[str]] = {}
    for source in sources.values():
        for url in (source.homepage, source.url):
            if url and (host := host_of(url).removeprefix("www.")):
                names.setdefault(host, set()).add(source.name)
    return {host: next(iter(found)) for host, found in names.items() if len(found) == 1}


def _with_audiences(
    items: Sequence[Item], articles: Sequence[Article], variants: Callable[[Article], Sequence[str]] | None
) -> list[Item]:
    """No two items with one audience line, where another line fits."""
    seen: set[str] = set()
    result = []
    for item, article in zip(items, articles, strict=True):
        line = item.audience
        if variants and (not line or line.casefold() in seen):
            others = (one_line(v) for v in variants(article))
            line = next((v for v in others if v and v.casefold() not in seen), line)
        seen.add(line.casefold())
        result.append(item if line == item.audience else replace(item, audience=line))
    return result


def _issue_tags(items: Sequence[Item]) -> tuple[str, ...]:
    """The items' tags, the most frequent first, then in order of appearance."""
    counts = Counter(tag for item in items for tag in item.tags)
    return tuple(tag for tag, _ in counts.most_common(ISSUE_TAGS))


def _notes(issue: Issue, settings: IssueSettings) -> tuple[str, ...]:
    count = len(issue.items)
    if count >= settings.min_items:
        return ()
    return (f"a quiet week: {count} of {settings.min_items} items; nothing else may stand in the issue",)
