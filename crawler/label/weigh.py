"""What speaks for a sentence and against it as part of a summary: its place, its words, what it states.

Each sign is a number between 0 and 1 with two hand-set weights: as the opening, where the subject has to be said, and
as a later sentence, where how it was done and what came of it count. Learnt weights were no better on other sites.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from crawler.label.sentences import Sentence, content_words
from crawler.label.view import View

SHORTEST, LONGEST = 7, 42  # words of a sentence that may be used

_TOPIC = re.compile(
    r"\b(?:in this (?:\w+ )?(?:post|article|blog|tutorial|guide|series|paper|talk|document)|this (?:\w+ )?(?:post|"
    r"article|"
    r"blog post|guide|tutorial|release|version|paper|proposal|document)|(?:we|i)(?:['’]ll| will)? (?:describe|explain|"
    r"show|share|discuss|explore|introduce|present|propose|cover|outline|demonstrate|announce)"
    r"|(?:excited|pleased|happy|proud|thrilled|delighted|glad) to|tl;?dr|in short|in summary|to summari[sz]e|the goal|"
    r"our goal|the aim|the idea|the main|the key|the result|our solution|our approach|key takeaway|main advice|the "
    r"problem|the challenge)\b",
)
_DONE = re.compile(
    r"\b(?:we|i|the team|the project|the community)(?:['’]ve| have| also| now)? (?:built|created|developed|designed|"
    r"wrote|implemented|introduced|moved|migrated|replaced|rebuilt|rewrote|reduced|improved|released|launched|shipped|"
    r"decided to|started|added|adopted|chose|switched|found that|learned|open[- ]sourced|found|managed to|ended up)\b",
)
_RESULT = re.compile(
    r"\b(?:reduc|improv|increas|decreas|faster|slower|cheaper|smaller|fewer|cut|sav|drop|from .{1,40} to |"
    r"up to|by (?:about|around|over|nearly|almost|approximately)?\s?\d|times|speed-?up|speeds? up|"
    r"as a result|result|achiev|enabl|allow|eliminat|supports?|adds?|includes?|fix(?:es|ed)|deliver|"
    r"recommend|upgrade)\w*",
)
_RELEASED = re.compile(
    r"\b(?:adds?|added|includes?|introduces?|introduced|brings?|supports?|features|improves?|ships?|enables?|drops?|"
    r"removes?|deprecates?|is now|now supports?|new features?)\b",
)
_NEWS = re.compile(
    r"\b(?:new|now|starting (?:with|in|from)|as of|introduc\w+|announc\w+|releas\w+|launch\w*|latest|no longer|"
    r"instead of)\b",
)
_CLAIM = re.compile(
    r"\b(?:i|we) (?:\w+ly )?(?:think|believe|argue|consider|propose|suggest|recommend|prefer|conclude|recommend)\b|"
    r"\bshould\b",
)
_BACKGROUND = re.compile(
    r"^(?:to (?:run|build|understand|get|make|be)|in order to|a (?:common|typical|popular)|the (?:most|"
    r"main) (?:common|popular)"
    r"|one (?:of the|concern|problem|way)|\w+(?: \w+){0,3} (?:is|are|was|were) (?:a|an|one of) (?:\w+ly )?(?:popular|"
    r"very|common|"
    r"well-known|important|essential|crucial|powerful|great|key|major|fundamental)|\w+(?: \w+){0,3} (?:date|dates|"
    r"has been|have been)\b)",
)
_MEASURE = re.compile(
    r"\d\s?(?:%|x\b|×|ms\b|[kMG]B\b|[KMB]\b|(?:percent|times|seconds?|minutes?|hours?|days|weeks|months|million|"
    r"billion|"
    r"users|requests|queries|lines|engineers|services|nodes)\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w.+-]*|\b[A-Z]{2,}\b|\b\w+[A-Z]\w+\b")
_HISTORY = re.compile(
    r"^(?:(?:a few|some|many|several|\w+) (?:years|months|weeks|days) ago|back in|once upon|in (?:19|20)\d\d|"
    r"last (?:year|"
    r"month|week|summer)|when i|for (?:a long time|years|as long)|it all started|ever since|as (?:a|an) \w+|(?:on|"
    r"one|that|"
    r"by) (?:the |a |that )?(?:first|second|third|fourth|next|last|same|following|\w+day)[ ,](?:day|morning|evening|"
    r"night|"
    r"afternoon)?|over the (?:last|past)|up until|until (?:now|recently)|traditionally|historically|earlier this|"
    r"at first)",
)
_GENERAL = re.compile(
    r"^(?:(?:if|when|once|suppose|you|previously,|in the past|have you ever|let|most|many|all|every|everyone|people|"
    r"nobody|when "
    r"(?:you|it comes)|as (?:you|a developer|software|the)|one of the (?:most|ways|main|best)|there (?:are|is)|"
    r"in (?:today['’]s|"
    r"the world|the modern)|increasingly,?|whether|writing|for many) )",
)
_EVENT = re.compile(
    r"^(?:at|during|after|on|join\w*) (?:the )?(?:\w+ ){0,3}\w*(?:Con|Conf|Day|Summit|Conference|Meetup|Forward|Week|"
    r"Workshop)\b|\b(?:keynote|meetup|webinar|booth|speakers?|register)\b"
)
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")
_BIO = re.compile(
    r"^(?:[A-Z][\w.-]+ ){2,3}(?:is|was|joined|works|has been|serves|leads)\b.*\b(?:strategist|engineer|developer|"
    r"designer|"
    r"manager|director|lead|professor|scientist|consultant|researcher|specialist|officer|student|founder|writer)\b"
)
_QUOTED = re.compile(r"^[\"“]|\b(?:said|says|told|asked|replied)\b")
_YOU = re.compile(r"\b(?:[Yy]ou|[Yy]our|yourself|[Ll]et's)\b")
_I = re.compile(r"\b(?:I(?:['’]\w+)?|my|me)\b")
_POINTS_BACK = re.compile(
    r"\b(?:this|these|those|such|that (?=\w+ (?:is|was|are|were|has|had)\b)|the (?:same|other|former|latter|rest|"
    r"above))\b"
    r"(?! (?:post|article|blog|guide|tutorial|release|version|year|month|week|paper|document|series|is|was|way|as))",
)
_ENDING = re.compile(
    r"^(?:conclusions?|summary|results?|wrap(?:ping)? up|closing|final (?:thoughts|words)|outcomes?|takeaways?|lessons|"
    r"key takeaways|in summary|impact)\b",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(
    r"^(?:tl;?dr|abstract|overview|introduction|highlights|release highlights|in (?:short|brief)|executive summary|"
    r"what['’]?s new|motivation|background)\b",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"^(?:references?|acknowledge?ments?|thanks|footnotes?|about|further reading|related|comments?|resources|links|"
    r"contributors?|list of contributors|appendix|credits?|how to (?:get|give|contribute|install)|getting (?:help|"
    r"involved|"
    r"the release|started)|join|try it|get (?:it|started|involved)|upgrad\w*|download|installation|prerequisites|"
    r"next steps?|"
    r"future|what['’]?s next|faq|license|support|community|thank|release notes|feedback|table of contents|contents)\b",
    re.IGNORECASE,
)
_COMMON = re.compile(r"^(?:the|an?|our|how|why|what|introducing|announcing|using|building|making) ", re.IGNORECASE)

# sign: (weight of an opening, weight of a later sentence)
WEIGHTS: dict[str, tuple[float, float]] = {
    "place": (0.4, 0.4),
    "early": (0.25, 0.0),
    "title": (1.3, 1.0),
    "centre": (0.5, 0.5),
    "first": (0.0, 0.05),
    "ending": (0.05, 0.2),
    "abstract": (0.1, 0.05),
    "late": (0.1, 0.05),
    "item": (-0.25, -0.2),
    "short": (-0.12, 0.0),
    "long": (-0.22, -0.2),
    "topic": (0.5, 0.3),
    "done": (0.55, 0.3),
    "result": (-0.1, -0.2),
    "figure": (0.2, 0.15),
    "measure": (-0.1, 0.25),
    "released": (-0.1, 0.3),
    "names": (0.03, 0.32),
    "history": (-0.25, -0.2),
    "general": (-0.2, -0.05),
    "event": (-0.2, -0.15),
    "news": (0.1, 0.05),
    "claim": (0.1, 0.1),
    "background": (-0.25, -0.1),
    "bio": (-0.4, -0.3),
    "quoted": (-0.2, -0.2),
    "you": (-0.25, -0.2),
    "i": (-0.18, -0.08),
    "team": (-0.3, -0.25),
    "subject": (0.35, 0.12),
    "back": (-0.2, -0.05),
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence with its content words, its signs, and its two scores."""

    sentence: Sentence
    bag: frozenset[str]
    signs: dict[str, float]
    opening: float
    later: float


def stems(text: str) -> frozenset[str]:
    """The content words of a text without their endings."""
    return frozenset(map(_stem, content_words(text)))


def weigh(sentences: list[Sentence], view: View, *, release: bool, most: int, nameless: bool = False) -> list[Weighed]:
    """The `most` best sentences by place and vocabulary, with all their signs.

    `nameless`: no company or project speaks, so that "we" would become a team nobody knows.
    """
    placed = _placed(sentences, view)
    subject = _subject(view.title)
    found = [_with_wording(sentence, bag, signs, subject, release=release) for sentence, bag, signs in placed[:most]]
    if nameless:
        found = [_without_team(w) for w in found]
    return sorted(found, key=lambda w: w.sentence.index)


def _placed(sentences: list[Sentence], view: View) -> list[tuple[Sentence, frozenset[str], dict[str, float]]]:
    """Usable sentences by what place, title and vocabulary say, best first; cheap enough for every sentence."""
    title = stems(view.title)
    bags = [stems(s.text) for s in sentences]
    # Sorted, and summed exactly: the order of a set differs from process to process.
    top = {w: math.log1p(n) for w, n in Counter(w for bag in bags for w in sorted(bag)).most_common(60) if n > 1}
    scale = sum(sorted(top.values(), reverse=True)[:8]) or 1.0
    found = []
    position = 0
    for sentence, bag in zip(sentences, bags, strict=True):
        words = sentence.text.count(" ") + 1
        place = position
        position += words >= 5
        if not SHORTEST <= words <= LONGEST + 8 or FURNITURE.match(sentence.heading):
            continue
        signs = {
            "place": math.exp(-place / 12),
            "early": math.exp(-place / 3),
            "title": len(bag & title) / max(3, len(title)) if title else 0.0,
            "centre": min(1.0, math.fsum(top.get(w, 0.0) for w in bag) / scale),
            "first": float(sentence.first),
            "late": float(place > 0.85 * len(sentences) and len(sentences) > 12),
            "item": float(sentence.kind in ("item", "quote")),
            "short": float(words < 11),
            "long": max(0, words - 22) / 10,
        }
        if sentence.heading:
            signs["ending"] = float(_ENDING.match(sentence.heading) is not None)
            signs["abstract"] = float(_ABSTRACT.match(sentence.heading) is not None)
        found.append((score(signs, 1), sentence, bag, signs))
    found.sort(key=lambda f: (-f[0], f[1].index))
    return [f[1:] for f in found]


def _with_wording(
    sentence: Sentence, bag: frozenset[str], signs: dict[str, float], subject: str, *, release: bool
) -> Weighed:
    text = sentence.text
    small = text.lower()  # a pattern that minds no case is several times slower
    numbered = _DIGIT.search(text) is not None
    signs |= {
        "topic": float(_TOPIC.search(small) is not None),
        "done": float(_DONE.search(small) is not None),
        "names": min(4, len(_NAME.findall(text))) / 4,
        "history": float(_HISTORY.match(small) is not None),
        "general": float(_GENERAL.match(small) is not None),
        "event": float(_EVENT.search(text) is not None),
        "you": float(_YOU.search(text) is not None),
        "news": float(_NEWS.search(small) is not None),
        "claim": float(_CLAIM.search(small) is not None),
        "background": float(_BACKGROUND.match(small) is not None),
        "bio": float(_BIO.match(text) is not None),
        "quoted": float(_QUOTED.search(text) is not None),
        "i": float(_I.search(text) is not None),
        "subject": float(bool(subject) and small.startswith(subject)),
        "back": float(_POINTS_BACK.search(small) is not None),
    }
    if _RESULT.search(small):
        signs["figure" if numbered else "result"] = 1.0
    if numbered:
        signs["measure"] = float(_MEASURE.search(text) is not None)
    if release:
        signs["released"] = float(_RELEASED.search(small) is not None)
    return Weighed(sentence, bag, signs, score(signs, 0), score(signs, 1))


def _without_team(weighed: Weighed) -> Weighed:
    if not _WE.search(weighed.sentence.text):
        return weighed
    signs = weighed.signs | {"team": 1.0}
    return Weighed(weighed.sentence, weighed.bag, signs, score(signs, 0), score(signs, 1))


def score(signs: dict[str, float], role: int) -> float:
    """The weighted sum of the signs: role 0 as an opening, 1 as a later sentence."""
    total = 0.0
    for name, value in signs.items():
        if value:
            total += WEIGHTS[name][role] * value
    return total


def _subject(title: str) -> str:
    """The title's first name, which a sentence about the subject opens with; empty where it has none."""
    bare = _COMMON.sub("", title)
    first = bare.split(" ", 1)[0].strip(":,'’\"“”")
    return first.lower() if len(first) > 1 and first[:1].isupper() else ""


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
