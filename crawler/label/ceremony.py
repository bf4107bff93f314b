"""Ceremony: greetings, orders, words about the page, and changes without who made them."""

from __future__ import annotations

import re

from crawler.cued import Cued
from crawler.label.verbs import NO_VERB

_THING = (
    r"(?:post|article|blog|entry|tutorial|guide|series|piece|section|chapter|page|video|episode|newsletter|document)"
)
_CEREMONY = Cued(
    rf"^(?:in (?:this|today['’]s|the (?:next|last|previous|first|second|following)) (?:\w+ )*{_THING}|"
    rf"this (?:\w+ )?{_THING}\b|this is (?:an?|the|my|our|just an?) (?:\w+ ){{0,2}}{_THING}\b|welcome\b|"
    r"hi\b|hello\b|hey\b|dear\b"
    r"|thanks?\b|thank you|many thanks|happy \w+day|congrat|if you (?:have|are|want|would|like|missed|"
    r"haven|need|prefer|enjoy)|if you['’]|read (?:more|on)|stay tuned|subscribe"
    r"|follow (?:us|me)|share this|updated?\b[:,]|"
    r"updated? (?:on|in|at) [\w-]+:|update \(|edit\b[:,]|edit(?:or)?['’]?s?(?: note)?:|note:|"
    r"disclaimer|author|"
    r"about the author|photo|image|figure|table|listing|credit|originally published"
    r"|published|posted|written by|by [a-z]|let['’]s|let us|before (?:we|i) (?:begin|get|start)|as always|"
    r"table of contents|tl;?dr|click|join (?:us|the)|(?:we|the team)(?:['’]re| are| is) hiring"
    r"|enjoy\b|please\b|sign up|register|don['’]t (?:miss|forget)|for more (?:information|details)|"
    r"more (?:information|details)|to learn more|learn more|see (?:the|also|our|my)|check out|feel free|"
    r"special thanks"
    r"|shout-?out|kudos|copyright|all rights|source:|via\b|disclosure|acknowledg|opinions expressed|"
    r"the (?:following|above) (?:code|command|snippet|example|figure|table|diagram|list|is a guest)"
    r"|here(?:['’]s| is| are)\b|image by|reading time|last (?:updated|modified)|the source code (?:is|for|"
    r"can)|prerequisites|requirements|version \d|first[- ]time|good (?:morning|luck)|so long|cheers|wow|"
    r"yes\b|no,|ok(?:ay)?\b|oh\b|well,|guess what"
    r"|(?:or|and) (?:how|what|why)\b|"
    r"for (?:the )?(?:complete|full|further) (?:list|details|release)|the (?:full|complete) (?:list|"
    r"changelog|release notes)|a (?:big|huge|special) thank|you can (?:find|read|download|also (?:find|"
    r"read)|follow|get)|last but not least|download\b|what you need to know|as (?:i|we|you) (?:said|"
    r"mentioned|saw|may)|remember\b|imagine\b)",
)
_ANYWHERE = re.compile(
    r"\b(?:continue reading|read more|learn more|sign up (?:for|to)|subscribe to|follow (?:us|me|him|her|them|"
    r"the team) on|in this (?:blog )?(?:post|article),? (?:we|i)|in the next (?:post|section|part|"
    r"article)|see below|see above|as mentioned in|(?:as )?(?:mentioned|described|discussed|shown|"
    r"seen) (?:above|earlier|"
    r"below|before)|check (?:it|them|us)? ?out|apply now"
    rf"|click (?:here|on the link)|join us|get in touch|stay tuned|watch this space|we['’]re hiring|are hiring|"
    rf"can be found here|found here|available here|in (?:an? )?(?:earlier|previous|upcoming|future|later|"
    rf"last|next) {_THING}|(?:the )?(?:previous|next|last|following|above|below) {_THING}|"
    rf"more about (?:it|this|that) (?:in|here)|let (?:us|me) know"
    r"|thank(?:s| you) (?:to|for)|shout-?out|happy (?:reading|coding|hacking)|code (?:below|above)|"
    r"(?:figure|table|listing|image|screenshot|diagram|picture|graph|chart|snippet|example) (?:below|above)\b|"
    r"(?:figure|table|listing) \d|(?:below|above|following) (?:figure|table|image|code|snippet|example|screenshot|"
    r"diagram|"
    r"picture|graph|chart|command)s?|here['’]s (?:a|the|how|what)|looks like this|as follows|(?:features|"
    r"changes|examples?|steps?|list|section|options?|all of the|mentioned|described) (?:above|below)|"
    r"shown here|thankful|(?:previously|already) mentioned|hover over|into (?:more |further |greater )?detail|"
    r"opens in new|cookie policy|privacy policy|newsletter|read on|(?:writing|wrote|drafted|finish(?:ing|"
    r"ed)?|reading|read) this (?:\w+ )?post|originally drafted|(?:is|are|was|were) (?:very |so |really |"
    r"super )?(?:excited|thrilled|happy|proud|delighted|grateful|honou?red|glad)|had the (?:privilege|"
    r"pleasure|opportunity)|(?:post|article) (?:is|was) (?:an? |the )?(?:adaptation|based on|part|first|"
    r"second|third|short|follow-up|guest)|sponsoring|donat(?:e|ing) to|this blog|my blog|back to normal)\b",
)
# What was done without who did it, as lists of changes have it.
_NO_SUBJECT = re.compile(
    r"(?:removed|added|fixed|changed|improved|updated|deprecated|renamed|moved|replaced|dropped|introduced|enabled|"
    r"disabled|allowed|refactored|reduced|implemented|made|bumped|upgraded|launched|released|shipped|built|created|"
    r"migrated|collaborated|responded|hosted|went|visited|met|spoke|finished|learned|took|drove|found(?= an? ))\b"
    r"(?! by\b)(?![^,]*, (?:the|an?|it|they|this|these|its)\b)"
)
# "Upgrades the cache and makes a key", "Funded by a donation.": the subject stood in a heading.
_CUT_SUBJECT = re.compile(
    r"(?:upgrades|adds|creates|fixes|updates|removes|runs|uses|makes|returns|sets|installs|builds|checks|ensures|"
    r"allows|enables|changes|moves|replaces|improves) (?:the|an?|all|its|support)\b|[a-z]{3,}ed by [^,]*$|"
    r"(?!(?:with|for|in|on|from|when|if|as|by|at|of|to|about|into|like|because|while|after|before|and|or|all|both|"
    r"unlike|since|over|under|through|than|within|without|where|how|why|what)\b)[a-z]+ your\b"
)
_IMPERATIVE = re.compile(
    r"(?:ensure|be sure|make sure|consider|try|avoid|keep|never|always|use|run|install|click|open|go to|"
    r"head|suppose|assume"
    r"|notice|recall|think|see|add|fix|remove|allow|bump|enable|disable|rename|replace|drop|implement|refactor|take a"
    r"|pick|choose|start by|begin by|get your|put|type|select|navigate|configure|create a|define|"
    r"write a)\b(?! (?:cases?|of)\b)",
)
# A sentence whose first word is followed by "the" and is no word that may stand there is an order.
_ORDER = re.compile(
    rf"(?!(?:{NO_VERB})\b)[a-z]{{2,}}(?<!s)(?<!ing)(?<!ly) "
    r"(?:the|an?|your|it|each|every|them|what|how)\b|"
    r"(?:create|write|define|generate|compute|load|save|read|print|plot|build|deploy|move|change|set|test|check|make|"
    r"get|keep|find|look|start|stop|implement|copy|send|return|apply|update|take|execute|pass|call|wrap|insert|enter|"
    r"specify|verify|follow|repeat|import|extract|train|switch|press|delete|rebuild|restart|provide|include|replace|"
    r"place|release|turn) (?:all|some|this|that|[a-z]+s (?:from|into|with|to)|[a-z]+ [a-z]+ [a-z]+s from)\b"
)
# "Technically could be accurate": who or what could.
_SUBJECTLESS = re.compile(r"[a-z]+ly (?:can|could|may|might|will|would|should|is|are|was|were|has|had|have)\b")


def is_ceremony(text: str) -> bool:
    """Whether a sentence, in small letters, is none of what an article tells."""
    return (
        _IMPERATIVE.match(text) is not None
        or _NO_SUBJECT.match(text) is not None
        or _CUT_SUBJECT.match(text) is not None
        or _ORDER.match(text) is not None
        or _SUBJECTLESS.match(text) is not None
        or _CEREMONY.search(text) is not None
        or _ANYWHERE.search(text) is not None
    )
