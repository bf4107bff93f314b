"""The questions of the search for copies in SQL: what may be one of an article, and what is known to be."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    Label,
    Select,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.types import ARRAY

from crawler.ports import Edge, Suspect
from storage import codec, records, rules
from storage.dialect import select_often
from storage.pieces import IDS, fetch
from storage.schema import Key, aliases, articles, bands, edges, unsearched

_A = articles.c
_SUSPECTS = select(*records.SUSPECT_COLUMNS)
_CANONICAL: BindParameter[Any] = bindparam("canonical_key", type_=Key)
_ADDRESSES = union_all(
    select(aliases.c.key).where(aliases.c.article_id == bindparam("id")),
    select(bindparam("key", type_=Key)),
    select(_CANONICAL),
)
_TITLED = select(_A.id).where(_A.title_key == bindparam("title_key"))
_NAMING = select(_A.id).where(_A.canonical_key.in_(_ADDRESSES))
_NAMED = select(aliases.c.article_id).where(aliases.c.key == _CANONICAL)
UNSEARCHED = _SUSPECTS.where(unsearched, _A.signature.is_not(None)).order_by(_A.id).limit(bindparam("limit"))
_MEMBERS = _SUSPECTS.where(_A.id.in_(IDS))
_EDGES = select(edges.c.a, edges.c.b, edges.c.reason, edges.c.similarity)
EDGES = union(_EDGES.where(edges.c.a.in_(IDS)), _EDGES.where(edges.c.b.in_(IDS)))


def read_unsearched(connection: Connection, limit: int) -> list[Suspect]:
    """Articles with a signature whose copies were not looked for yet, by id, at most `limit`."""
    return [records.suspect_of(row) for row in connection.execute(UNSEARCHED, {"limit": limit})]


def suspects(connection: Connection, suspect: Suspect) -> list[Suspect]:
    """A canonical address names the other one's address, or both name one third."""
    signature = suspect.signature
    banded = sorted({codec.int64(band) for band in signature.bands})
    values: dict[str, Any] = {
        "id": suspect.id,
        "title_key": codec.int64(signature.title_key) if signature.values else None,
        "key": codec.short(suspect.key),
        "canonical_key": codec.short(suspect.canonical_key),
    }
    if connection.dialect.name == "postgresql":
        statement = _suspects_by_array()
        values["bands"] = banded
    else:
        statement = suspects_by(len(banded))
        values |= {f"band{n}": band for n, band in enumerate(banded)}
    return [records.suspect_of(row) for row in select_often(connection, statement, values)]


@lru_cache(maxsize=64)
def suspects_by(count: int) -> Select[Any]:
    """The statement for a signature of so many bands, which are its parameters band0, band1, …"""
    banded = (select(bands.c.article_id).where(bands.c.band == bindparam(f"band{n}")) for n in range(count))
    return _likeliest(*(_first_others(statement, 1) for statement in banded))


@cache
def _suspects_by_array() -> Select[Any]:
    """The statement for any number of bands, as one array: PostgreSQL plans and starts one step, and not one a band."""
    asked = func.unnest(cast(bindparam("bands"), ARRAY(BigInteger))).table_valued("band").render_derived()
    one = select(bands.c.article_id).where(bands.c.band == asked.c.band, bands.c.article_id != bindparam("id"))
    first = one.order_by(bands.c.article_id).limit(rules.MOST_SUSPECTS).lateral()
    weight: Label[int] = literal_column("1").label("weight")
    return _likeliest(select(first.c.article_id, weight).select_from(asked.join(first, true())))


def _likeliest(*banded: Select[Any]) -> Select[Any]:
    reasons = [*banded, *(_first_others(statement, rules.NAMED_WEIGHT) for statement in (_TITLED, _NAMING, _NAMED))]
    found = union_all(*reasons).subquery()
    id_, weight = found.c
    likeliest = select(id_).group_by(id_).order_by(func.sum(weight).desc(), id_).limit(rules.MOST_SUSPECTS)
    return _SUSPECTS.where(_A.id.in_(likeliest.subquery().select())).order_by(_A.id)


def _first_others(statement: Select[Any], weight: int) -> Select[Any]:
    (id_,) = statement.selected_columns
    first = statement.where(id_ != bindparam("id")).order_by(id_).limit(rules.MOST_SUSPECTS).subquery()
    return select(*first.c, literal_column(str(weight)).label("weight"))


def members(connection: Connection, ids: Collection[str]) -> list[Suspect]:
    """The articles with these ids as suspects, by id."""
    found = [records.suspect_of(row) for row in fetch(connection, _MEMBERS, set(ids))]
    return sorted(found, key=lambda suspect: suspect.id)


def cluster_edges(connection: Connection, ids: Collection[str]) -> list[Edge]:
    """Walks from article to article until no new one is met."""
    found: set[Edge] = set()
    seen: set[str] = set()
    frontier = set(ids)
    while frontier:
        seen |= frontier
        met = {Edge(*row) for row in fetch(connection, EDGES, frontier)}
        found |= met
        frontier = {id_ for edge in met for id_ in (edge.a, edge.b)} - seen
    return sorted(found, key=lambda edge: (edge.a, edge.b, edge.reason))
