"""What an issue is made of: the checks on `settings.issue`, and the section `profiles`, which varies it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from crawler.settings import DEFAULT_PROFILE, LAST_NUMBER, Choice, Delivery, IssueSettings, Profile
from crawler.sources import checks
from crawler.sources.filling import Checks, Path, Problems, describe, fill

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")

ISSUE_CHECKS: Checks = {
    ("IssueSettings", "first_number"): checks.between(0, LAST_NUMBER),
    ("IssueSettings", "min_items"): checks.between(0),
    ("IssueSettings", "max_items"): checks.between(1),
    ("IssueSettings", "floor"): checks.between(0, 1),
    ("IssueSettings", "per_company"): checks.between(1),
    ("IssueSettings", "per_section"): checks.between(1),
    ("IssueSettings", "item_tags"): checks.between(0),
    ("IssueSettings", "late_days"): checks.between(0, checks.CENTURY),
    ("IssueSettings", "interests"): checks.between(-1, 1),
    ("IssueSettings", "featured"): checks.web_url,
    ("IssueSettings", "section_order"): checks.tag,
    ("IssueSettings", "languages"): checks.language,
    ("IssueSettings", "formats"): checks.output_format,
    ("IssueSettings", "base_url"): checks.web_url,
    ("IssueSettings", "hub"): checks.web_url,
    ("IssueSettings", "sender"): checks.sender,
    ("IssueSettings", "unsubscribe"): checks.unsubscribe,
    ("Choice", "tags"): checks.tag,
    ("Choice", "sources"): checks.slug,
    ("Choice", "kinds"): checks.tag,
}


def read_profiles(value: object, base: IssueSettings, problems: Problems) -> tuple[Profile, ...]:
    """The newsletters in the order of the file; without the section there is one, `default`, as `base` says.

    A profile has the keys of `settings.issue` and takes from there what it does not say itself. Its folders, and its
    place on the web, lie below those of `base` under its name, unless it names others; so that two never write into
    one folder.
    """
    if value is None:
        return (Profile(DEFAULT_PROFILE, base),)
    if not isinstance(value, dict) or not value:
        what = "is empty" if value == {} else f"must be names with settings, not {describe(value)}"
        problems.add(
            ("profiles",), f"`profiles` {what}; write a name and its keys, such as `ml: {{title: ML Reading}}`"
        )
        return (Profile(DEFAULT_PROFILE, base),)
    found = [_profile(str(name), given, base, problems) for name, given in value.items()]
    _check_folders(found, problems)
    return tuple(found)


def check_issue(issue: IssueSettings, path: Path, problems: Problems) -> None:
    """What must fit together within the settings of one newsletter."""
    if issue.min_items > issue.max_items:
        message = f"`min_items` ({issue.min_items}) is more than `max_items` ({issue.max_items}); swap or change them"
        problems.add((*path, "min_items"), message)
    if issue.hub and not issue.base_url:
        message = "`hub` needs `base_url`: a hub knows a feed by the address that the feed itself names"
        problems.add((*path, "hub"), message)


def check_names(
    issue: IssueSettings,
    path: Path,
    slugs: Collection[str],
    deliveries: Iterable[Delivery],
    problems: Problems,
    *,
    told: IssueSettings | None = None,
) -> None:
    """That the sources and deliveries which a newsletter names are there; what it has from `told` was checked there."""
    for key in ("include", "exclude"):
        choice: Choice = getattr(issue, key)
        if told is not None and choice is getattr(told, key):
            continue
        for position, slug in enumerate(choice.sources):
            if slug not in slugs:
                hint = checks.nearest(slug, slugs) or "; name one of those below `sources`"
                problems.add((*path, key, "sources", position), f"no source is called `{slug}`{hint}")
    names = [delivery.name for delivery in deliveries]
    for position, name in enumerate(issue.deliver or () if told is None or issue.deliver is not told.deliver else ()):
        if name not in names:
            hint = checks.nearest(name, names) or "; name one of those below `deliver`"
            problems.add((*path, "deliver", position), f"there is no delivery `{name}`{hint}")


def _profile(name: str, given: object, base: IssueSettings, problems: Problems) -> Profile:
    path = ("profiles", name)
    if not _NAME.fullmatch(name):
        problems.add(path, f"`{name}` cannot be a profile's name; use lower-case letters, digits and hyphens")
    found = fill(IssueSettings, given, path, problems, ISSUE_CHECKS)
    if name != DEFAULT_PROFILE:
        found.setdefault("drafts", f"{base.drafts}/{name}")
        found.setdefault("out", f"{base.out}/{name}")
        if base.base_url:
            found.setdefault("base_url", f"{base.base_url.rstrip('/')}/{name}/")
    issue = replace(base, **found)
    check_issue(issue, path, problems)
    return Profile(name, issue)


def _check_folders(profiles: Iterable[Profile], problems: Problems) -> None:
    taken: dict[str, tuple[str, str]] = {}
    for profile in profiles:
        for key, folder in (("drafts", profile.issue.drafts), ("out", profile.issue.out)):
            name, other = taken.setdefault(folder.rstrip("/"), (profile.name, key))
            if name != profile.name:
                message = f"`{key}` is `{folder}`, which is `{other}` of `{name}`, too; give each a folder of its own"
                problems.add(("profiles", profile.name, key), message)
