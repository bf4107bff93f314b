"""Mechanical edits that let a sentence of the article stand in a summary: the first person becomes who speaks, the
verb agrees, announcements lose their ceremony, leading connectives go. Nothing is added that the article does not say.
"""

from __future__ import annotations

import re

from crawler.cued import Cued, any_of
from crawler.label.edits.announcements import announcements
from crawler.label.edits.first_person import third
from crawler.label.edits.second_person import said_to_all
from crawler.label.edits.slips import mended
from crawler.label.edits.word_order import told_last
from crawler.label.sentences.verbless import VERB_LIKE
from crawler.label.speakers.actor import Actor, beside
from crawler.label.speakers.whose_we import told_of_all
from crawler.text import MONTHS

# ---- What goes from the front of a sentence

# "However, ...", "On the other hand, ...", "As a result, ..."
_AGAINST_OR_AFTER = (
    "however|but|and|so|also|therefore|accordingly|thus|hence|then|instead|moreover|furthermore|additionally|"
    "in addition|as a result|consequently|still|yet|anyway|besides|likewise|similarly|that said|after all|"
    "for this reason|at the same time|on the other hand|on top of that|to (?:that|this) end|with (?:that|this) in mind|"
    "in a similar (?:fashion|vein|way|manner)|nevertheless|nonetheless|meanwhile|further|plus|"
    "in any case|all that said|among(?:st)? (?:many )?other things|shortly thereafter|together"
)
# "First, ...", "Lastly, ...", "Recently, ..."
_IN_ORDER = (
    "first of all|first and foremost|first|firstly|second|secondly|third|thirdly|fourth|fifth|sixth|next|lastly|"
    "finally|last(?: of all|,? but not least)?|for starters|to (?:start|begin)(?: with)?|now|(?:once )?again|today|"
    "nowadays|recently|lately|at this point"
)
# What only says that it is said again, or shortly: "In other words, ..."
_IN_SHORT = (
    r"in short|in summary|to summari[sz]e|in conclusion|to sum up|tl;?\s?dr|overall|ultimately|basically|essentially|"
    "put simply|simply put|in a nutshell|in essence|in other words|for (?:the record|reference|context)|"
    "for (?:some|a bit of|a little) (?:background|context|history)|"
    "(?:more )?specifically|in particular|concretely|in fact|indeed"
)
# Remarks of the author: "Unfortunately, ...", "As we all know, ..."
_REMARKS = (
    "unfortunately|luckily|unluckily|fortunately|of course|sure|well|naturally|obviously|clearly|hopefully|notably|"
    "(?:(?:more|most|just as|even more) )?(?:importantly|excitingly|interestingly)|(?:not |un)?surprisingly|"
    "incidentally|coincidentally|honestly|admittedly|ironically|sadly|to make matters worse|hell|heck|oh|yes|"
    "don['’]t get (?:me|us) wrong|to be (?:fair|honest|clear|sure|precise)|(?:believe|trust) me|mind you|truth be told|"
    "needless to say|as a reminder|frankly(?: speaking)?|"
    "as (?:always|ever|usual|expected|before|it turns out|you may know|we all know)|(?:please )?note(?: that)?"
)
_CONNECTIVE = Cued(
    "^" + any_of(_AGAINST_OR_AFTER, _IN_ORDER, _IN_SHORT, _REMARKS) + r"(?:,\s*|:\s*|\s+[-–—]\s+)(?=\S)", re.IGNORECASE
)
# A label, or one that ran into its sentence: "Summary: The queue ...", "NoteThe queue ..."
_LABEL = Cued(
    r"^(?:TL;?\s?DR|Summary|Abstract|Update|Note|Aside|Overview|Key takeaways?|In brief|"
    r"Spoiler(?: alert)?)\s*[:.–—-]\s*|^TL;?\s?DR\s+"
    r"|^(?-i:Important|Note|Tip|Warning|Caution|Info)(?-i:(?=[A-Z][a-z]))",
    re.IGNORECASE,
)
# A heading that ran into its paragraph: "Summary The queue was moved."
_STRAY = Cued(
    r"^(?:Conclusions?|Introduction|Summary|Overview|Background|Abstract|Motivation|Results?|TL;?DR) (?=[A-Z])"
)
# Where and when a press release was given out: "PORTO, Portugal - 7 April 2026 - Relay joins ..."
_MONTH_NAMES = "|".join(MONTHS)
_DAY = rf"(?:(?:{_MONTH_NAMES}) \d{{1,2}},? \d{{4}}|\d{{1,2}} (?:{_MONTH_NAMES}) \d{{4}})"
_DATELINE = Cued(
    rf"^(?:[A-Z][\w.’'-]*[ ,]+){{1,6}}[–—-]* ?{_DAY} ?(?:[–—]+|--?) ?(?=[A-Z])|"
    rf"^[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)?, (?:[A-Z][\w.’'-]*,? ){{0,3}}{_DAY} (?=[A-Z])"
)
# "I'm (Ana) excited to": who writes for many
_WHO_WRITES = Cued(r"^((?:I|[Ww]e)(?:['’]m|['’]re| am| are)?) \([^()]{2,40}\) ")
# ---- What a reader of the summary cannot follow: an invitation, or where it was said before

# ", which you can download from our site"
_WHICH_YOU_CAN = r",? (?:which|that) you can (?:get|download|find|read|try|see|install|check)\b[^.;]*(?=[.;]|$)"
# Remarks between commas or in brackets: "(see below)", ", as always,", and at an end ", here's a short overview."
_BY_THE_WAY = (
    r", here['’](?:s|re) (?:an?|the|my|our|some) [^.;]*(?=\.$)|"
    r"(?<=[\w,])(?<!\bof)(?<!\buntil)(?<!\bsince)(?<!\bto)(?<!\bthan)(?<!\bfrom)(?<!\bfor)(?<!\bby)(?<!\btill)"
    r"(?<!\bstarting)(?<!\bbeginning)(?<!\beffective)(?<!\bstands)(?<!\bis)(?<!\bare)(?<!\bworks)(?<!\blooks)"
    r" (?:earlier )?today(?=[.,;]| (?:announced|released|unveiled|launched|"
    r"introduced)\b)| \(!\)|"
    r" \((?:blog post|post|article|video|talk|slides|link|docs|demo|code|PDF|repo|github)\)|"
    r" \((?:(?:also |please )?see|yes|no|really|sigh|phew|wow|oops|sorry|pun|more on|(?:full )?disclosure|spoiler|"
    r"(?:for (?:\w+ )?reasons )?(?:as |which |that )?(?:we['’]ll|we will|I['’]ll|I will) )\b[^()]*\)|"
    r",? (?:as (?:always|usual|you (?:know|can see)|we know)),?(?= )| henceforth(?= )"
)
_ASIDE = Cued(f"{_WHICH_YOU_CAN}|{_BY_THE_WAY}", re.IGNORECASE)
# "Have it write me a parser": for whom says nothing
_FOR_ME = re.compile(r"\b(write|build|generate|draft|create|make) me (?=(?:an?|the|some) )")
_ASIDES = ("you can", ", here", "today", " (", "ee ", "as ", "henceforth")
# "As of today, ...", or a date that stood in a link; "Starting today, ..."
_FROM_NOW = re.compile(
    r"^(?:As of(?: today| now| yesterday| this week)?|"
    r"(?:Starting|Beginning|Effective) (?:from )?(?:today|now|immediately)), "
)
# A heading that ran into its paragraph: "Overall Sentiment The panel ...", "Shapes in Relay Most of them ..."
# and "Table A was larger", which is called so.
_HEADING = (
    r"(?!(?:In|On|At|With|For|From|By|As|To) |"
    r"(?:Table|Option|Plan|Type|Class|Team|Group|Model|Phase|Case|Node|Server|Service|Host|Client|User|Step|Part|Level|"
    r"Variant|Version|Branch|Region|Zone|Cluster|Task|Job|Thread|Process|Shard|Store|Person) A )"
    r"[A-Z][\w'’-]* (?:[\w'’-]+,? ){0,8}?"
    r"(?=(?:The|This|We|When|If|There|Most|Some|Many|My|Our|It|During|Since|Although|Today|Recently|From|As|After|"
    r"Before|Because|Once|Until|Using|On the|In (?:this|the)|In [Pp]art \w+,|(?:With|For|By|To|At|In) (?:an?|the)|"
    r"An?(?! (?:is|are|was|has|can|will|and|or|in|of|while|were|have)\b)) [a-z])"
)
# ... whose first word comes again: "Shards The Shards were ...", "Acme and Brook Acme keeps ..."
_HEADING_AGAIN = (
    r"(?P<head>[A-Z][\w'’-]*) (?:(?:[\w&'’-]+ ){0,4}?(?=The (?P=head)\b)|"
    r"(?:[\w&'’-]+ ){1,4}?(?=(?P=head) [a-z]+s\b))"
)
# "Base changes: The team ..."; but "Figure 1: Average times" is of a picture
_LABELLED = r"(?!(?:Figure|Fig|Table|Listing|Image|Photo) \d)[A-Z][\w'’-]*(?: [\w'’-]+){0,3}: (?=[A-Z][a-z'’]* [a-z])"
_RUN_IN = Cued("^" + any_of(_HEADING, _HEADING_AGAIN, _LABELLED))
# "Support for Tools (2024) The foundation ...": a heading with its year, and no verb.
_DATED = re.compile(
    r"^(?!(?:In|On|At|By|From|Since|Last|During|After|Before|As|For|With)\b)([A-Z][^.,;:()]{3,70}) "
    r"\((?:19|20)\d\d\) (?=[A-Z])"
)
# "0.8.1 release # The planner ...": a heading with the mark that links to it
_ANCHORED = re.compile(r"^[A-Z\d][^!?#]{2,80} # (?=[A-Z\d])")
_RUN_IN_REST = 50  # letters that must be left of a sentence whose label is cut
# "As we have already seen in the last post, ..."
_SAID = (
    "discussed|mentioned|described|noted|explained|announced|detailed|outlined|reported|indicated|stated|shown|"
    "highlighted|pointed out|promised|hinted|seen"
)
_AS_SAID = Cued(
    rf"^As (?:we |I )?(?:(?:have )?(?:already |previously |briefly )?)(?:{_SAID})"
    r"(?: (?:in|by|at|on) [^,]{3,60}| (?:before|above|earlier|previously|already))?, ",
    re.IGNORECASE,
)
# "Note that", "It is worth mentioning that": the sentence is what follows.
_WORTH = "important|worth|good|useful|interesting|worthwhile|crucial"
_TO_NOTE = "note|notice|mention|know|remember|understand|emphasi[sz]e|highlight|stress|call out|point out"
_NOTING = "noting|mentioning|remembering|emphasi[sz]ing|highlighting|pointing out|calling out"
_NOTE_THAT = Cued(
    r"^(?:first of all(?= you)|(?:please |do )?note that|keep in mind that|it should be noted that|"
    rf"it(?:['’]s| is) (?:also )?(?:{_WORTH}) (?:to (?:{_TO_NOTE})|{_NOTING}) that) (?=[\w\"“])",
    re.IGNORECASE,
)
# A point that ends no sentence, written out.
_MONTHS = {
    "Jan": "January", "Feb": "February", "Mar": "March", "Apr": "April", "Aug": "August", "Sep": "September",
    "Oct": "October", "Nov": "November", "Dec": "December",
}  # fmt: skip
_MONTH = Cued(r"\b(Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\. (?=\d)")


def rewrite(sentence: str, actor: Actor, *, named: bool = False) -> str:
    """The sentence in the third person; empty when it cannot be told so.

    `named`: an earlier sentence already named who speaks.
    """
    if _is_untellable(sentence):
        return ""
    text = _without_remarks(said_to_all(mended(_without_label(sentence))))
    actor = beside(actor, text)
    plain = text
    text = _AND_I.sub(r"\1 and the author", announcements(text, actor))
    if " us" in text:
        text = _SHOWS_US.sub(r"\1", text)
        if actor.person:
            text = _LETS_US.sub(r"\1 one", _GIVES_US.sub(r"\1", text))
    announced = text != plain and not actor.person  # "this post describes how we work" is of who speaks
    if _PLAN.search(text) or not (announced or (text := told_of_all(text, actor))):
        return ""
    text = third(text, actor, named=named)
    text = _LATELY.sub("", text)
    if actor.nameless and _AUTHOR_TOLD.search(text) and _TEAM_TOLD.search(text):
        return ""  # "we" is the author and the reader here, and not a team
    if "he author" in text and (_REMARKS_ON.match(text) or _MATTERS_TO.search(text)):
        return ""
    if text.startswith(f"{actor.name} is {actor.name}"):  # "We are Acme"
        return ""
    return _capital(told_last(_named_once(re.sub(r"\s{2,}", " ", text).strip(), actor)))


# "Ana Lima and I built", "my colleague and I built": two did it; "it came out, and I built" was one.
_AND_I = re.compile(
    r"((?:\b[A-Z][\w.'’-]*|(?:^|[,;:] |\b(?:when|while|after|before|that|where|because|so|as|since|until|once|ago) )"
    r"(?:[Mm]y|[Aa]n?|[Tt]he|[Oo]ne of my) (?:[\w'’-]+ ){0,4}?[\w'’-]+)) and I"
    r"(?= (?:have|had|were|are|wrote|built|made|ran|gave|began|started|[a-z]+ed)\b)"
)
# "Today, the team ..."; but "Today marks"
_LATELY = re.compile(
    r"^(?:Today|(?:Very |Quite |Just |More )?[Rr]ecently|Now),? "
    r"(?!that\b|(?:is|was|marks|brings|sees|saw|begins|ends|opens)\b)(?=\w)"
)


_LONGEST = 1500  # characters: what has more between two full stops is no sentence


def _is_untellable(sentence: str) -> bool:
    if len(sentence) > _LONGEST:
        return True
    near = " us" in sentence or "e here" in sentence
    if near and _UNTELLABLE.search(sentence):
        return True
    quoted = _QUOTE.split(sentence)[1::2]
    return any(map(_SAID_OF_US.search, quoted))


def _without_label(sentence: str) -> str:
    text = _ANCHORED.sub("", sentence) if " # " in sentence else sentence
    text = _WHO_WRITES.sub(r"\1 ", _DATELINE.sub("", _STRAY.sub("", _LABEL.sub("", text)))).strip()
    dated = _DATED.match(text)
    shorter = text[dated.end() :] if dated and not VERB_LIKE.search(dated[1]) else _RUN_IN.sub("", text)
    return shorter if len(shorter) > _RUN_IN_REST else text


def _without_remarks(text: str) -> str:
    """The sentence without what was said before or elsewhere, its connectives and its exclamation marks."""
    if ". " in text:
        text = _MONTH.sub(lambda m: _MONTHS[m[1][:3]] + " ", text)
    text = _FOR_ME.sub(r"\1 ", _FROM_NOW.sub("", text)) if " me " in text else _FROM_NOW.sub("", text)
    text = re.sub(r"^Today['’]s (?=[A-Za-z])", "The ", text)
    text = _capital(_NOTE_THAT.sub("", _AS_SAID.sub("", text)))
    if any(word in text for word in _ASIDES):
        text = _ASIDE.sub("", text)
    text = re.sub(r"!+\.?(?=[\"”’)]*(?:\s|$))", ".", text) if "!" in text else text
    return _drop_connectives(text)


def _named_once(text: str, actor: Actor) -> str:
    """ "Acme details Acme's move" is about its own move, where nobody else was named between."""
    if actor.person or actor.nameless or text.count(actor.name) < 2:
        return text
    name = re.escape(actor.name)
    text = re.sub(rf"^({name} [a-z][^A-Z,;:.]*?) for {name}(?=\.$)", r"\1", text)
    does = r"(?=(?:now |also |still )?(?:[a-z]+(?:s|ed)\b|will|can|had))"
    text = re.sub(rf"^({name} (?:has )?[a-z]+ (?:that|how|why) ){name} {does}", r"\1it ", text)
    owner = rf"{name}(?:['’]s|(?<=s)['’])(?= \w)"
    text = re.sub(
        rf"^((?:[A-Z][a-z]+ )(?:[a-z]+ ){{0,2}}){owner}(?=[^,;:]*, {name} (?!and |or )[a-z])", rf"\1{actor.its}", text
    )
    text = re.sub(rf"({owner} [^A-Z,;:]{{3,60}}?){owner}", rf"\1{actor.its}", text)
    text = re.sub(rf"({owner} [^A-Z,;:.]{{3,60}}?) at {name}(?= (?:is|was|are|were|has|had)\b)", r"\1", text)
    opening = rf"(?:^|, )(?:(?:As|When|Since|After|Before|While|If|Once) )?{name} [a-z][^A-Z;:.]*?"
    return re.sub(rf"({opening})\b{owner}", rf"\1{actor.its}", text, count=1)


# "By May, however, most shops had it" keeps a comma, "Relay, however, has it" none; a version's point ends no clause.
_AMID = re.compile(
    r"^((?P<when>(?:In|On|At|By|After|Before|Since|Until|During|With|Without|For|From|When|While|As|If|Once|Today|Now|Last|"
    r"Over|Under|Within|Through|To|Unlike|Despite|Given|Instead|Because|Although|Though|Where|(?!Spring|String|Assembly|Italy)[A-Z][a-z]+(?:ing|ly))\b)?"
    r"[A-Z]?[^,;:]{2,50}?), (?:however|though|therefore|in turn|on the other hand), (?=\w)"
)


def _drop_connectives(text: str) -> str:
    if ", " in text:
        text = _AMID.sub(lambda found: f"{found[1]}, " if found["when"] else f"{found[1]} ", text)
    for _ in range(2):
        shorter = _CONNECTIVE.sub("", text)
        if shorter == text:
            break
        text = _capital(shorter)
    return text


# "Four of us" has no third person, and somebody's quoted words are not ours to change.
_COUNTED = "one|two|three|four|five|six|some|many|most|several|all|both|few|none|each|half|lots?|rest"
_UNTELLABLE = Cued(
    r"\b(?:we|us) here\b|(?:^|[,;:] )(?:(?:now|so|first|next|then),? )?let us\b|"
    rf"\b(?:{_COUNTED}) of us\b",
    re.IGNORECASE,
)
_QUOTE = re.compile('["“”]')  # every other piece between them is quoted
_SAID_OF_US = re.compile(r"\b(?:we|our|us|I|my|me)\b", re.IGNORECASE)
# What reader and author do together is nothing that somebody did: "we will create two machines".
_PLAN = re.compile(
    r"\b(?:[Ww]e|I)(?:['’]ll| will|(?: are| am|['’]re|['’]m) going to) (?:(?:now|then|first|also|be) )*"
    r"(?:use|using|create|creating|start|starting|begin|beginning|see|seeing|look|looking|deploy|deploying|install|installing|"
    r"configure|configuring|define|need|learn|write|assume|want|go|take|do)\b"
)
# Whom it is given to says nothing: "this gives us a new type".
_SHOWS_US = Cued(
    r"\b(gives?|shows?|offers?) us(?= (?:an?|the|some|more|two|three|all|both|better|full|enough|exactly|several|no)\b)"
)
# "Us" of a single author are all who read it.
_GIVES_US = re.compile(r"\b(gives?|gave|tells?|told|shows?|teaches|brings?|buys?) us\b(?! (?:to|that|how)\b)")
_LETS_US = re.compile(r"\b(lets?|allows?|enables?|helps?|requires?|forces?) us\b")
# What something that was said before meant to its author: "It made the author curious.", "This is why the author left."
_POINTED_AT = (
    r"(?:is|was|has|had|will|would|can|could|should|may|might|means?|meant|made|took|gave|lead|led|brought|[a-z]+ed|"
    r"[a-z]+[^\Wis]s)|(?:is|was|do|does|did|should|would|could|has)n['’]t"
)
_REMARKS_ON = re.compile(
    rf"(?:It|This|That|Which)(?:['’]s| (?:also |all |really |essentially )?(?:{_POINTED_AT})) "
    r"(?!(?:the(?! author)|an?|part|one|called) )(?=.*\bthe author\b(?!['’]))"
)
_MATTERS_TO = re.compile(r"\b(?:for|to) the author\b(?!['’])")
_AUTHOR_TOLD = Cued(r"\b[Tt]he author\b")
_TEAM_TOLD = Cued(r"\b[Tt]he team\b")


def _capital(text: str) -> str:
    if (
        not text
        or not text[0].islower()
        or re.match(r"[a-z]+[A-Z\d_]|[a-z]+\.(js|io|rs|py)|[a-z]+:[a-z]|\w+ -\w ", text)
    ):
        return text
    return text[0].upper() + text[1:]
