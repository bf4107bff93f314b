"""The last step of a crawl: link every new text with the articles that it is a copy of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crawler.context import Crawl
from crawler.ports import Edge, Suspect

ENOUGH = 10  # copies that an article is linked with: more add nothing to a cluster, and a farm of thousands stays small
MEMBERS_AT_ONCE = 200


def find_copies(crawl: Crawl) -> int:
    """Link every new text with the articles that it is a copy of; returns how many articles became copies."""
    found = 0
    while True:
        with crawl.linking():
            suspects = crawl.store.unsearched()
            if not suspects:
                return found
            found += _link(crawl, suspects)


def _link(crawl: Crawl, suspects: Sequence[Suspect]) -> int:
    from crawler.dedup.copies import compare, leaders, owns

    edges: dict[tuple[str, str], Edge] = {}
    for suspect in suspects:
        links = 0
        for other in crawl.store.suspects(suspect):
            pair = min(suspect.id, other.id), max(suspect.id, other.id)
            if pair not in edges and _may_be_linked(crawl, suspect, other):
                edge = compare(suspect, other)
                if edge is not None:
                    edges[pair] = edge
            links += pair in edges
            if links == ENOUGH:
                break
    searched = [suspect.id for suspect in suspects]
    before = crawl.store.edges(searched)
    touched = {*searched, *(i for e in before for i in (e.a, e.b)), *(i for pair in edges for i in pair)}
    kept = [e for e in crawl.store.edges(touched) if e.a not in set(searched) and e.b not in set(searched)]
    touched |= {i for e in kept for i in (e.a, e.b)}
    by_source = crawl.sources
    chosen = leaders(_members(crawl, touched), [*kept, *edges.values()], lambda member: owns(member, by_source))
    seen = {suspect.id: suspect.signature for suspect in suspects}
    crawl.store.save_copies(searched, list(edges.values()), chosen, seen)
    return sum(leader is not None and i in set(searched) for i, leader in chosen.items())


def _members(crawl: Crawl, ids: Iterable[str]) -> Iterator[Suspect]:
    """Named articles, few of their texts in memory at once."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), MEMBERS_AT_ONCE):
        yield from crawl.store.members(ordered[start : start + MEMBERS_AT_ONCE])


def _may_be_linked(crawl: Crawl, a: Suspect, b: Suspect) -> bool:
    return all(s is None or s.deduplicate for s in (crawl.sources.get(a.source), crawl.sources.get(b.source)))
