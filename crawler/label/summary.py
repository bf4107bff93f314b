"""Summaries without a model: the author's own description where it is good, else sentences of the article chosen by
position, title coverage, statement of the topic, results and coverage, edited mechanically into the third person.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from crawler.label.faults import dangles, fault_of, lacks_verb
from crawler.label.rewrite import Actor, rewrite
from crawler.label.sentences import Sentence, clean_sentence, content_words, sentences_of, split_sentences
from crawler.label.view import View
from crawler.model import Reason

LEAST, MOST = 25, 75
AIM = (28, 36)  # words: for a note, for a long read
DECK = 30
_LONGEST = 42
_SHORTEST = 7
_READ = 30  # sentences whose wording is looked at, best by place first
_TRIED = 30
_ENOUGH = 12

_TOPIC = re.compile(
    r"\b(?:in this (?:\w+ )?(?:post|article|blog|tutorial|guide|series|paper|talk)|this (?:\w+ )?(?:post|"
    r"article|blog post|guide|tutorial|release|version|paper|proposal)|(?:we|i)(?:['’]ll|"
    r" will)? (?:describe|explain|show|share|discuss|explore|introduce|present|propose|cover|outline|"
    r"demonstrate|announce)"
    r"|(?:excited|pleased|happy|proud|thrilled|delighted|glad) to|(?:we|i|the team|the project)(?:['’]ve|"
    r" have)? (?:built|created|developed|designed|wrote|implemented|introduced|moved|migrated|replaced|"
    r"rebuilt|rewrote|reduced|improved|released|launched|shipped|decided to|started|added|adopted|chose|"
    r"switched|found that|learned|open[- ]sourced)"
    r"|tl;?dr|in short|in summary|to summari[sz]e|the goal|our goal|the aim|the idea|the main|the key|"
    r"the result|our solution|our approach|key takeaway|main advice|the problem|the challenge)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:reduc|improv|increas|decreas|faster|slower|cheaper|smaller|fewer|cut|sav|drop|from .{1,40} to |"
    r"up to|by (?:about|around|over|nearly|almost|approximately)?\s?\d|times|speed-?up|speeds? up|"
    r"as a result|result|achiev|enabl|allow|eliminat|supports?|adds?|includes?|fix(?:es|ed)|deliver|"
    r"recommend|upgrade)\w*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w.+-]*|\b[A-Z]{2,}\b|\b\w+[A-Z]\w+\b")
_HISTORY = re.compile(
    r"^(?:(?:a few|some|many|several|\w+) (?:years|months|weeks|days) ago|back in|once upon|in (?:19|"
    r"20)\d\d|last (?:year|month|week|summer)|when i|for (?:a long time|years|as long)|it all started|"
    r"ever since|as (?:a|an) \w+|(?:on|one|that|by) (?:the |a |that )?(?:first|second|third|fourth|next|last|same|"
    r"following|\w+day)[ ,](?:day|morning|evening|night|afternoon)?)",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"^(?:(?:if you|when you|you|previously,|in the past|have you ever|let|most|many|all|every|everyone|"
    r"people|nobody|when (?:you|it comes)|as (?:you|a developer|"
    r"software|the)|one of the most|there (?:are|is)|in (?:today['’]s|the world|the modern)) )",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"^(?:conclusions?|summary|results?|wrap(?:ping)? up|closing|final (?:thoughts|words)|outcomes?|"
    r"takeaways?|lessons|tl;?dr|abstract|key takeaways|in summary|overview|introduction|highlights|"
    r"release highlights|impact)\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"^(?:references?|acknowledge?ments?|thanks|footnotes?|about|further reading|related|comments?|"
    r"resources|links|contributors?|list of contributors|appendix|credits?|how to (?:get|give|contribute|"
    r"install)|getting (?:help|involved|the release)|join|try it|get (?:it|started)|upgrad|download|"
    r"installation|prerequisites|next steps?|future|what['’]?s next|faq|license)\b",
    re.IGNORECASE,
)

_YOU = re.compile(r"\b(?:[Yy]ou|[Yy]our|yourself|[Ll]et's)\b")
_I = re.compile(r"\bI(?:['’]\w+)?\b")


@dataclass(slots=True)
class _Weights:
    """What a sentence's signs are worth. Hand-set: learnt weights were no better on sites not learnt from."""

    position: float = 0.4
    decay: float = 12.0
    title: float = 1.1
    centre: float = 0.5
    topic: float = 0.4
    result: float = 0.15
    name: float = 0.03
    overlap: float = 0.3
    near: float = 0.1
    long: float = 0.02
    opening: float = 0.3
    announces: float = 0.1


_W = _Weights()


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: Sentence
    text: str
    words: int
    bag: frozenset[str]
    score: float
    dangling: bool
    opens: float  # its score as the first sentence, where the subject has to be said


def summarise(view: View, actor: Actor) -> tuple[str, str, tuple[Reason, ...]]:
    """(summary, deck, reasons). The summary has 25 to 75 words where the text allows; both are empty only where
    there is no sentence to take."""
    sentences = sentences_of(view.prose)
    candidates = _candidates(sentences, view, actor)
    own = _description(view, actor)
    chosen = _choose(candidates, own, _aim(view))
    parts = [*own, *(c.text for c in chosen)]
    if not parts:
        fallback = _fallback(view, sentences, actor)
        parts = [fallback] if fallback else []
    summary = " ".join(parts)
    deck = _deck(own, chosen, candidates, summary)
    return summary, deck, tuple(_reasons(own, chosen, view, summary))


def _candidates(sentences: list[Sentence], view: View, actor: Actor) -> list[_Candidate]:
    title_words = {_stem(w) for w in content_words(view.title)}
    bags = [frozenset(_stem(w) for w in content_words(s.text)) for s in sentences]
    counts = Counter(w for bag in bags for w in bag)
    top = {w: math.log1p(n) for w, n in counts.most_common(60) if n > 1}
    scale = sum(sorted(top.values(), reverse=True)[:8]) or 1.0
    scored: list[tuple[float, Sentence, frozenset[str]]] = []
    place = 0
    total = max(1, len(sentences))
    for sentence, bag in zip(sentences, bags, strict=True):
        words = len(sentence.text.split())
        position = place
        place += 1 if words >= 5 else 0
        if not _SHORTEST <= words <= _LONGEST + 8 or _FURNITURE.match(sentence.heading):
            continue
        scored.append((_place_score(sentence, bag, title_words, top, scale, position, total), sentence, bag))
    scored.sort(key=lambda s: (-s[0], s[1].index))
    scored = [(score + _wording_score(sentence.text), sentence, bag) for score, sentence, bag in scored[:_READ]]
    scored.sort(key=lambda s: (-s[0], s[1].index))
    return _edited(scored, view, actor)


def _edited(scored: list[tuple[float, Sentence, frozenset[str]]], view: View, actor: Actor) -> list[_Candidate]:
    """The best sentences that can be told in the third person without fault; the rest are not even tried."""
    found: list[_Candidate] = []
    for score, sentence, bag in scored[:_TRIED]:
        text = rewrite(sentence.text, actor)
        words = _words(text)
        if not text or not _SHORTEST <= words <= _LONGEST or fault_of(text, lead=False) or _repeats(text, view.title):
            continue
        opens = (
            score + _W.opening * math.exp(-sentence.index / 5) + (_W.announces if _TOPIC.search(sentence.text) else 0.0)
        )
        found.append(_Candidate(sentence, text, words, bag, score, dangles(text), opens))
        if len(found) >= _ENOUGH:
            break
    return found


def _place_score(
    sentence: Sentence,
    bag: frozenset[str],
    title: set[str],
    top: dict[str, float],
    scale: float,
    position: int,
    total: int,
) -> float:
    """What position, title and vocabulary say; cheap enough for every sentence."""
    score = _W.position * math.exp(-position / _W.decay)
    if title:
        score += _W.title * len(bag & title) / max(3, len(title))
    score += _W.centre * min(1.0, sum(top.get(w, 0.0) for w in bag) / scale)
    if _ENDING.match(sentence.heading):
        score += 0.1
    if position > 0.85 * total and total > 12:
        score += 0.05
    if sentence.kind in ("item", "quote"):
        score -= 0.18
    words = sentence.text.count(" ") + 1
    if words < 11:
        score -= 0.12
    return score - _W.long * max(0, words - 22)


def _wording_score(text: str) -> float:
    """What the wording says: a statement of the topic, a result, names; openings that tell history instead."""
    score = _W.topic if _TOPIC.search(text) else 0.0
    if _RESULT.search(text):
        score += _W.result if _NUMBER.search(text) else 0.4 * _W.result
    score += min(4 * _W.name, _W.name * len(_NAME.findall(text)))
    if _HISTORY.match(text) or _GENERAL.match(text):
        score -= 0.2
    if _YOU.search(text):
        score -= 0.12
    if _I.search(text):
        score -= 0.08
    return score


def _aim(view: View) -> int:
    """How many words a summary should have: a long read has more to tell."""
    length = view.body.count(" ")
    return min(AIM[1], AIM[0] + length // 90)


def _choose(candidates: list[_Candidate], own: list[str], aim: int) -> list[_Candidate]:
    """Sentences that together say most without saying it twice (maximal marginal relevance, Carbonell 1998)."""
    chosen: list[_Candidate] = []
    words = _words(" ".join(own))
    taken = [frozenset(_stem(w) for w in content_words(t)) for t in own]
    pool = list(candidates)
    most = 3 - len(own)
    while pool and len(chosen) < most and words < aim - 8:
        best = max(pool, key=lambda c: (_gain(c, chosen, taken), -c.sentence.index))
        gain = _gain(best, chosen, taken)
        pool.remove(best)
        if gain < 0.1 and words >= LEAST:
            break
        if gain <= -1 or words + best.words > MOST:
            continue
        chosen.append(best)
        taken.append(best.bag)
        words += best.words
    chosen.sort(key=lambda c: c.sentence.index)
    return _stand_alone(chosen, own)


def _gain(candidate: _Candidate, chosen: list[_Candidate], taken: list[frozenset[str]]) -> float:
    if candidate.dangling and not any(c.sentence.index == candidate.sentence.index - 1 for c in chosen):
        return -1.0
    overlap = max((len(candidate.bag & t) / max(1, min(len(candidate.bag), len(t))) for t in taken), default=0.0)
    if overlap > 0.7:
        return -1.0
    near = _W.near if any(0 < candidate.sentence.index - c.sentence.index <= 2 for c in chosen) else 0.0
    score = candidate.score if taken else candidate.opens
    return score - _W.overlap * overlap + near


def _stand_alone(chosen: list[_Candidate], own: list[str]) -> list[_Candidate]:
    """Leave out what leans on a sentence that is not there."""
    kept: list[_Candidate] = []
    for candidate in chosen:
        leans = candidate.dangling and not (kept and kept[-1].sentence.index == candidate.sentence.index - 1)
        opens = not kept and not own and fault_of(candidate.text, lead=True) != ""
        if not leans and not opens:
            kept.append(candidate)
    return kept


def _description(view: View, actor: Actor) -> list[str]:
    """The author's own description, sentence by sentence, when all of what we take of it is clean."""
    text = clean_sentence(view.description)
    if not text or (text.endswith(("…", "...", "[…]")) and not re.search(r"[.!] ", text)):
        return []
    known = {_stem(w) for w in content_words(f"{view.title} {view.body}")}
    parts: list[str] = []
    for raw in split_sentences(text)[:3]:
        if view.body and _foreign(raw, known):  # a slogan of the site, not of the article
            break
        whole = raw if re.search(r"[.!?…][\"”’)]*$", raw) else raw + "."
        edited = rewrite(_told(whole, actor), actor, named=bool(parts))
        words = _words(edited)
        if not edited or fault_of(edited, lead=not parts) or words > 50 or words < (6 if parts else 9):
            break
        if lacks_verb(edited) or _repeats(edited, view.title) or sum(map(_words, parts)) + words > MOST:
            break
        parts.append(edited)
    return parts


def _foreign(sentence: str, known: set[str]) -> bool:
    """Whether hardly any of a sentence's words occur in the article."""
    words = {_stem(w) for w in content_words(sentence)}
    return len(words & known) < 0.4 * len(words)


_NOUN_PHRASE = re.compile(
    (
        r"^(?:an?|the) (?:example|overview|introduction|look|guide|tour|summary|discussion|description|comparison|"
        r"walk-?through|recap|list|collection|story|tutorial|analysis)\b|^(?:overview|discussion|description|"
        r"introduction|comparison|summary|analysis) of\b"
    ),
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(r"^(?:how|why|what) (?!(?:is|are|do|does|did|can|should|will|would)\b)", re.IGNORECASE)


def _told(line: str, actor: Actor) -> str:
    """A description that is only the object of a sentence, as a sentence: "How we cut costs" is what they tell."""
    if _QUESTION_WORD.match(line) and not line.endswith("?"):
        how = line[0].lower() + line[1:]
        return f"{actor.name} explains {how}" if re.search(r"\b(?:we|our|I|my)\b", line) else f"The post explains {how}"
    if _NOUN_PHRASE.match(line) and lacks_verb(line.split(" that ", maxsplit=1)[0].split(" how ", maxsplit=1)[0]):
        article = (
            "" if re.match(r"(?:an?|the) ", line, re.IGNORECASE) else "an " if line[0].lower() in "aeiou" else "a "
        )
        return f"The post gives {article}{line[0].lower()}{line[1:]}"
    return line


def _fallback(view: View, sentences: list[Sentence], actor: Actor) -> str:
    """Where nothing qualifies: one honest sentence of the description or the opening, however plain."""
    lines = [*split_sentences(clean_sentence(view.description)), *(s.text for s in sentences[:60])]
    lines = [line if _WHOLE.search(line) or len(line) < 20 else f"{line}." for line in lines]
    for lead, allowed in ((True, {""}), (False, {""}), (False, {"", "shouting", "ceremony", "no verb"})):
        for line in lines:
            text = rewrite(line, actor)
            if not text or not 5 <= _words(text) <= MOST or _repeats(text, view.title):
                continue
            if fault_of(text, lead=lead) in allowed:
                return text
    for line in lines:  # the text has no whole sentence: its first words, as a sentence that says that they are
        plain = re.findall(r"[\w+#.'’-]+", line)
        if len(plain) >= 4 and not _PERSONAL.search(line) and "://" not in line:
            return " ".join(plain[:30]).rstrip(" .,;:-–—") + "."
    return ""


_WHOLE = re.compile(r"[.!?…:][\"”’)\]]*$")
_PERSONAL = re.compile(r"\b(?:we|our|us|I|my|me|you|your)\b", re.IGNORECASE)


def _deck(own: list[str], chosen: list[_Candidate], candidates: list[_Candidate], summary: str) -> str:
    """One sentence of at most thirty words: whole where one is short enough, else cut where a clause ends."""
    ranked = [*own, *(c.text for c in sorted(chosen, key=lambda c: -c.score))]
    for text in ranked[:2]:
        if _words(text) <= DECK and not dangles(text):
            return text
    for text in ranked:
        if not dangles(text) and (cut := _cut(text)):
            return cut
    for candidate in sorted(candidates, key=lambda c: -c.score):
        if candidate.words <= DECK and not fault_of(candidate.text, lead=True):
            return candidate.text
    return summary if _words(summary) <= DECK else _cut(summary)


def _cut(text: str) -> str:
    for match in reversed(
        list(re.finditer(r", (?:which|while|where|and|but|so|with|as|including|such as)\b|; | [–—] |: | \(", text))
    ):
        head = text[: match.start()].rstrip(" ,;:–—-")
        if 10 <= _words(head) <= DECK and head.count("(") == head.count(")") and head.count('"') % 2 == 0:
            cut = head + "."
            if not fault_of(cut, lead=True):
                return cut
    return ""


def _reasons(own: list[str], chosen: list[_Candidate], view: View, summary: str) -> list[Reason]:
    reasons = [
        Reason("summary", f"sentence {n}", "the author's own description", view.description[:200], "description", 1.0)
        for n, _ in enumerate(own[:1], 1)
    ]
    reasons += [
        Reason("summary", f"sentence {n}", "chosen", c.sentence.text, "text", round(c.score, 3))
        for n, c in enumerate(chosen, len(own) + 1)
    ]
    if not reasons and summary:
        reasons.append(Reason("summary", "sentence 1", "nothing better was found", "", "text", 0.0))
    return reasons


def _repeats(text: str, title: str) -> bool:
    """Whether a sentence says only the title again."""
    words, known = set(re.findall(r"[a-z0-9]+", text.lower())), set(re.findall(r"[a-z0-9]+", title.lower()))
    return bool(known) and len(words) <= len(known) + 3 and len(known & words) >= 0.85 * len(known)


def _words(text: str) -> int:
    return len(re.findall(r"[A-Za-z0-9]+", text))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
