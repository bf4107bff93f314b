"""Whom an article is for: one to three roles and what they do, in the voice of the roundup.

"For SREs, platform engineers, and anyone managing large microservice systems". No language model: each tag names the
roles that care for it and carries a phrase that completes "anyone …".
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.label.taxonomy.model import Taxonomy
from crawler.model import Reason

# Tags that say what form an article has rather than what it is about: they lend no phrase while others can.
_FORMAL = frozenset({"release-news", "community-events", "open-source", "performance", "scalability", "documentation"})
_KIND_ROLES = {
    "tutorial": ("junior", 0.35),
    "career": ("junior", 0.8),
    "community": ("oss", 0.5),
    "opinion": ("junior", 0.2),
}
_DEFAULT = {
    "career": ("junior", "manager"),
    "community": ("oss",),
    "opinion": ("backend", "manager"),
    "release": ("backend", "platform"),
}


def roles_of(tags: Sequence[str], kind: str, taxonomy: Taxonomy) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """The two or three roles that care most, from the first four tags in their order, and the tag behind each."""
    scores: dict[str, float] = {}
    because: dict[str, tuple[float, str]] = {}
    for rank, tag in enumerate(tags[:4]):
        if tag not in taxonomy.tags:
            continue
        for place, role in enumerate(taxonomy.tags[tag].roles):
            points = (0.5 if tag in _FORMAL else 1.0) / (1 + 0.5 * rank) / (1 + 0.6 * place)
            scores[role] = scores.get(role, 0.0) + points
            if points > because.get(role, (0.0, ""))[0]:
                because[role] = (points, tag)
    if kind in _KIND_ROLES:
        role, points = _KIND_ROLES[kind]
        if role in taxonomy.roles:
            scores[role] = scores.get(role, 0.0) + points
            because.setdefault(role, (points, kind))
    if not scores:
        fitting = [r for r in _DEFAULT.get(kind, ("backend",)) if r in taxonomy.roles]
        return tuple(fitting), tuple(Reason("role", r, "kind", kind, "kind", 0.0) for r in fitting)
    ranked = sorted(scores, key=lambda r: (-scores[r], r))
    kept = [r for r in ranked[:3] if scores[r] >= 0.4 * scores[ranked[0]]]
    return tuple(kept), tuple(_because(r, because[r][1], scores[r], taxonomy) for r in kept)


def _because(role: str, label: str, score: float, taxonomy: Taxonomy) -> Reason:
    """The tag, or else the kind, for which a role was chosen."""
    rule, where = ("tag", "tags") if label in taxonomy.tags else ("kind", "kind")
    return Reason("role", role, rule, label, where, round(score, 3))


def audience_variants(roles: Sequence[str], tags: Sequence[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """Lines that fit, best first, all different and without a final full stop. Never empty."""
    names = [taxonomy.roles[r].many for r in roles if r in taxonomy.roles][:3] or ["engineers"]
    topics = [t for t in tags if t in taxonomy.tags]
    topics.sort(key=lambda t: t in _FORMAL)  # stable: the order of the tags is kept within each half
    phrases = [taxonomy.tags[t].about for t in topics]
    lines = [f"For {_joined(names)} {p}" for p in phrases] if len(names) == 3 else []
    lines += [f"For {_joined([*names[:2], f'anyone {p}'])}" for p in phrases]
    lines += [f"For {_joined([*names[:1], f'anyone {p}'])}" for p in phrases]
    lines.append(f"For {_joined(names)}")
    return tuple(dict.fromkeys(lines))


def _joined(parts: list[str]) -> str:
    if len(parts) < 3:
        return " and ".join(parts)
    return ", ".join(parts[:-1]) + ", and " + parts[-1]
