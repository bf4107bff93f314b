"""What an embedding model adds to the topics that the rules told: it orders near-ties and fills room, no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.label.topics.evidence import HINT
from crawler.label.topics.tagging import MOST
from crawler.model import Reason

if TYPE_CHECKING:
    from crawler.label.topics.embedding import Near

_NEAR_TIE = 0.15  # of its own score is the most that a topic of the rules gains
_ADDED = 1.0  # the most that a topic is worth which only the model told: less than a clear phrase in a title
_MOST_ADDED = 2
_SURE = 3  # topics that the rules told leave no room to others


@dataclass(slots=True)
class _Topic:
    tag: str
    score: float
    reasons: list[Reason] = field(default_factory=list)


def with_nearby(told: Sequence[Reason], near: Sequence[Near]) -> tuple[Reason, ...]:
    """The reasons for tags where `told` are the rules' reasons and `near` what the model found, all best first.

    Every tag of the rules stays. One that the article is also like gains at most 15 % of its score, so that only
    near-ties change places; others are added while the rules told fewer than three topics for sure, at most two, and
    never to more than five altogether.
    """
    topics = {reason.value: _Topic(reason.value, reason.score, [reason]) for reason in told}
    room = max(0, min(_MOST_ADDED, MOST - len(topics), _SURE - sum(reason.rule != HINT for reason in told)))
    for one in near:
        if topic := topics.get(one.tag):
            _credit(topic, one, _NEAR_TIE * topic.score)
        elif room:
            room -= 1
            topics[one.tag] = _Topic(one.tag, 0.0)
            _credit(topics[one.tag], one, _ADDED)
    ordered = sorted(topics.values(), key=lambda topic: -topic.score)
    return tuple(reason for topic in ordered for reason in topic.reasons)


def _credit(topic: _Topic, near: Near, most: float) -> None:
    points = round(most * near.strength, 3)
    similarity = f"{near.similarity:.2f}".removeprefix("0")
    topic.score += points
    # The words are the taxonomy's, not the article's: there is no place to point at.
    rule = f"embedding: similarity {similarity} to “{near.about}”"
    topic.reasons.append(Reason("tag", topic.tag, rule, score=points))
