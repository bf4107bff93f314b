"""Reading the taxonomy from YAML.

The shipped files lie beside this module. A person's own file replaces them, or adds to them with
`extends: default`; every problem in it is reported at once, with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.label.taxonomy.checking import Checker
from crawler.label.taxonomy.model import BASIC_KINDS, Company, Kind, Role, Tag, Taxonomy
from crawler.model import SectionRule
from crawler.yamldoc import load_with_lines, load_yaml

_HERE = Path(__file__).parent


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """The shipped taxonomy, or the file at `path` in its place or on top of it (`extends: default`).

    Raises ConfigError with every problem of the file and its lines.
    """
    return _shipped() if path is None else _custom(path)


@lru_cache(maxsize=4)
def taxonomy_at(path: str | None) -> Taxonomy:
    """The taxonomy at a path, or the shipped one; read once a process."""
    return load_taxonomy(Path(path) if path else None)


@lru_cache(maxsize=1)
def _shipped() -> Taxonomy:
    taxonomy = _build(_read("taxonomy.yaml"), Checker("taxonomy.yaml"), None)
    return replace(taxonomy, read_companies=partial(_shipped_companies, taxonomy.tags))


def _shipped_companies(tags: Mapping[str, Tag]) -> tuple[Company, ...]:
    checker = Checker("companies.yaml")
    value = _read("companies.yaml")
    found = {company.name: company for company in checker.each(value, "companies", _company)}
    _check_companies(value, checker, tags)
    checker.finish()
    return tuple(found.values())


def _read(name: str) -> dict[str, Any]:
    value: dict[str, Any] = load_yaml((_HERE / name).read_text(encoding="utf-8"), name)
    return value


def _custom(path: Path) -> Taxonomy:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}:1: cannot be read: {error}"]) from error
    value, lines = load_with_lines(text, str(path))
    checker = Checker(str(path), lines)
    if not isinstance(value, dict):
        raise ConfigError([f"{path}:1: expected keys such as tags, roles and kinds"])
    extends = value.get("extends")
    if extends not in (None, "default"):
        checker.problem(("extends",), f'"{extends}" is unknown; only "default" can be extended')
    for where, line in lines.duplicates:
        checker.problems.append(f"{path}:{line}: {where[-1]} stands here twice")
    return _build(value, checker, _shipped() if extends else None)


def _build(value: dict[str, Any], checker: Checker, base: Taxonomy | None) -> Taxonomy:
    checker.keys((), value, {"version", "extends", "roles", "kinds", "tags", "sections", "companies"})
    roles = dict(base.roles) if base else {}
    roles |= _mapping(value, "roles", checker, lambda i, v, c: Role(i, c.text(v, "one"), c.text(v, "many")))
    kinds = dict(base.kinds) if base else _kinds_to_start_from(value)
    kinds |= _mapping(value, "kinds", checker, _kind)
    tags = dict(base.tags) if base else {}
    tags |= {t.id: t for t in checker.each(value, "tags", _tag)}
    companies = {c.name: c for c in checker.each(value, "companies", _company)}
    _check_names(value, checker, roles, kinds, tags)
    rules = tuple(checker.each(value, "sections", lambda v, c: _section(v, c, tags)))
    if not rules and base:
        rules = tuple(_regroup(rule, tags) for rule in base.section_rules)
    checker.finish()
    return Taxonomy(roles, kinds, tags, rules, partial(_joined, base, companies))


def _joined(base: Taxonomy | None, companies: Mapping[str, Company]) -> tuple[Company, ...]:
    known = {c.name: c for c in base.companies} if base else {}
    return tuple((known | dict(companies)).values())


def _kinds_to_start_from(value: dict[str, Any]) -> dict[str, Kind]:
    """Ours where a file has none; the ten basic ones, which rules tell, where it has its own."""
    own = value.get("kinds")
    if isinstance(own, dict) and own.keys() >= BASIC_KINDS:
        return {}
    return {i: k for i, k in _shipped().kinds.items() if i in BASIC_KINDS or "kinds" not in value}


def _mapping(
    value: dict[str, Any], key: str, checker: Checker, make: Callable[[str, dict[str, Any], Checker], Any]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    entries = value.get(key) or {}
    if not isinstance(entries, dict):
        checker.problem((key,), f"{key} must map ids to their fields")
        return found
    for name, fields in entries.items():
        checker.path = (key, name)
        if not isinstance(fields, dict):
            checker.problem((), "expected fields in braces or indented below")
            continue
        found[str(name)] = make(str(name), fields, checker)
    return found


def _kind(name: str, fields: dict[str, Any], checker: Checker) -> Kind:
    checker.keys((), fields, {"label", "hint", "parent", "title", "opening"})
    return Kind(
        name,
        checker.text(fields, "label"),
        str(fields.get("hint") or ""),
        checker.name_of(fields, "parent"),
        checker.strings(fields, "title"),
        checker.strings(fields, "opening"),
    )


def _tag(fields: dict[str, Any], checker: Checker) -> Tag:
    known = {"id", "name", "group", "about", "aliases", "strong", "weak", "context", "roles", "parent", "weight"}
    checker.keys((), fields, known)
    weight = fields.get("weight", 1.0)
    if not isinstance(weight, (int, float)) or isinstance(weight, bool) or not 0 < weight <= 2:
        checker.problem(("weight",), "weight must be a number above 0, at most 2")
        weight = 1.0
    name = checker.text(fields, "name")
    return Tag(
        id=checker.slug(fields, "id"),
        name=name,
        group=checker.text(fields, "group"),
        about=str(fields.get("about") or f"working with {name}"),
        aliases=checker.strings(fields, "aliases"),
        strong=checker.strings(fields, "strong"),
        weak=checker.strings(fields, "weak"),
        context=checker.strings(fields, "context"),
        roles=checker.strings(fields, "roles"),
        parent=checker.name_of(fields, "parent"),
        weight=float(weight),
    )


def _company(fields: dict[str, Any], checker: Checker) -> Company:
    checker.keys((), fields, {"name", "hosts", "aliases", "ambiguous", "project", "products", "tags", "guests"})
    return Company(
        name=checker.text(fields, "name"),
        hosts=tuple(h.lower() for h in checker.strings(fields, "hosts")),
        aliases=checker.strings(fields, "aliases"),
        ambiguous=fields.get("ambiguous") is True,
        project=fields.get("project") is True,
        products=checker.strings(fields, "products"),
        tags=checker.strings(fields, "tags"),
        guests=fields.get("guests") is True,
    )


def _section(fields: dict[str, Any], checker: Checker, tags: Mapping[str, Tag]) -> SectionRule:
    checker.keys((), fields, {"id", "title", "groups", "tags", "description"})
    groups = set(checker.strings(fields, "groups"))
    for group in sorted(groups - {t.group for t in tags.values()}):
        checker.problem(("groups",), f'no tag belongs to the group "{group}"')
    named = tuple(t.id for t in tags.values() if t.group in groups) + checker.strings(fields, "tags")
    description = str(fields.get("description") or "")
    return SectionRule(checker.slug(fields, "id"), checker.text(fields, "title"), named, description)


def _regroup(rule: SectionRule, tags: Mapping[str, Tag]) -> SectionRule:
    groups = {tags[t].group for t in rule.tags if t in tags}
    added = tuple(t.id for t in tags.values() if t.group in groups and t.id not in rule.tags)
    return SectionRule(rule.id, rule.title, rule.tags + added, rule.description)


def _check_names(
    value: dict[str, Any],
    checker: Checker,
    roles: Mapping[str, Role],
    kinds: Mapping[str, Kind],
    tags: Mapping[str, Tag],
) -> None:
    """Names that point at nothing: roles and parents of tags, parents of kinds, tags of companies."""
    for index, fields in checker.rows(value, "tags"):
        checker.path = ("tags", index)
        for role in checker.strings(fields, "roles", tell=False):
            if role not in roles:
                checker.unknown(("roles",), "role", role, roles)
        parent = fields.get("parent")
        if isinstance(parent, (str, int)) and str(parent) not in tags:
            checker.unknown(("parent",), "tag", str(parent), tags)
        if parent is not None and parent == fields.get("id"):
            checker.problem(("parent",), f'"{parent}" cannot be broader than itself')
    for name, kind in kinds.items():
        if kind.parent is None and name not in BASIC_KINDS:
            checker.path = ("kinds", name)
            checker.problem((), f'kind "{name}" must name one of the ten basic kinds as its parent')
        if kind.parent is not None and (kind.parent not in kinds or kinds[kind.parent].parent is not None):
            checker.path = ("kinds", name)
            checker.unknown(("parent",), "basic kind", str(kind.parent), [k for k, v in kinds.items() if not v.parent])
    _check_companies(value, checker, tags)


def _check_companies(value: dict[str, Any], checker: Checker, tags: Mapping[str, Tag]) -> None:
    for index, fields in checker.rows(value, "companies"):
        checker.path = ("companies", index)
        for tag in checker.strings(fields, "tags", tell=False):
            if tag not in tags:
                checker.unknown(("tags",), "tag", tag, tags)
