"""Whether a line tells nothing of anybody: an instruction, a verb without its subject, what has no verb of its own."""

from __future__ import annotations

import re

from crawler.cued import any_of, large_or_small
from crawler.label.sentences.verbless import CERTAIN_VERB, VERB_LIKE, has_sure_verb

# ---- Instructions: "Attend two talks.", "Then add the label."

_FIRST_OF_ALL = r"(?:(?:[A-Z][a-z]+ly|Please|Just|Always|Never|Then|Also|Again|Now|Next),? )?"
# Verbs that are no nouns before another noun, as in "pull requests".
_DO_IT = large_or_small(
    "add|adjust|analy[sz]e|apply|assume|attend|avoid|be|become|begin|bring|browse|choose|configure|consider|continue|"
    "create|decide|define|delete|describe|determine|develop|disable|discover|don['’]t|do not|enable|enjoy|ensure|"
    "evaluate|expand|expect|explain|explore|extend|follow|forget|gain|gather|generate|get|give|identify|ignore|imagine|"
    "implement|improve|include|introduce|invoke|keep|learn|leave|listen|locate|make|manage|modify|navigate|obtain|"
    "organi[sz]e|perform|prepare|prevent|provide|publish|put|recall|reduce|refactor|rely|remember|remove|rename|"
    "replace|see|send|simplify|speak|spend|stay|submit|suppose|take|teach|tell|think|treat|try|understand|unify|use|"
    "verify|write"
)
_DONE_BY_READERS = rf"(?:{_DO_IT})\b(?!-|,|:|['’]s| (?:cases?|of)\b)"
# Verbs that are nouns as well, before what follows only verbs: "close the queue", "turn it off".
_NOUNS_TOO = large_or_small(
    "address|ask|build|buy|call|change|check|clear|click|clone|close|combine|compare|connect|contact|convert|copy|cut|"
    "deploy|download|drop|enter|export|fill|find|fire|fix|grab|handle|hold|import|increase|inspect|insert|install|"
    "integrate|issue|join|launch|limit|link|list|load|look|map|measure|meet|migrate|mount|move|name|notice|open|order|"
    "pass|pay|pick|plan|play|point|press|print|pull|push|query|read|record|repeat|report|request|reset|restart|"
    "return|review|rewrite|run|save|scroll|search|select|set|share|show|sign|sort|specify|split|start|step|stop|store|"
    "switch|sync|tag|test|track|transform|trigger|turn|update|upgrade|upload|visit|wait|walk|watch|wrap"
)
_ITS_OBJECT = (
    r"(?:(?:up|out|down|off|back) )?(?:the|an?|its|their|each|every|it|them|all|both|something|anything|one['’]s)\b"
)
_OR_SO = (  # "Do 50 of them", "Pip install it"
    r"[Dd]o \d|[Pp]ay (?:close )?attention\b|[Gg]o (?:back|ahead|through|to|for|on|into)\b|[Ww]ork (?:out|less|more)\b|"
    r"(?:Pip|Npm|Yarn|Brew|Apt|Git|Cargo|Docker|Helm|Kubectl) (?:install|add|run|clone|pull|push|apply) "
)
# "To read more, visit the site", "To read more see the manual"
_FOR_READERS = (
    r"To [^,;:]*, (?:then |simply |just |please |first )?(?:add|check|click|consult|contact|create|download|file|"
    r"follow|go|head|install|join|look|make|open|refer|register|reply|run|see|select|set|sign|start|submit|try|use|"
    r"view|visit) "
    r"(?!(?:of|and|cases?)\b)|"
    r"To [^,;:]* (?:read|visit|check|refer to|see|reply to|consult) (?:the|our|its|their|this|out)\b"
)
# "If the link is slow, consider a cache", "For one's own maps, avoid names"
_IF_SO = (
    r"(?:To|If|When|For|Before|After|Once|Instead of|In) [^,;:]*, (?:then |simply |just |please |first )?(?:add|avoid|"
    r"be sure|choose|consider|create|do not|don['’]t|ensure|go|install|keep|look at|make sure|prefer|remember|try|use) "
    r"(?!(?:of|and|cases?)\b)"
)
_INSTRUCTION = re.compile(
    rf"^{_FIRST_OF_ALL}(?:{_DONE_BY_READERS}|(?:{_NOUNS_TOO}) {_ITS_OBJECT}|{_OR_SO})|^(?:{_FOR_READERS}|{_IF_SO})"
)
# Before a name: "Join Kestrel's next call", but "Test Kitchen serves" and "Order Book was".
_WITH_NAMED = re.compile(rf"^{_FIRST_OF_ALL}(?:{_NOUNS_TOO}) [A-Z]\S*(?: \S+){{0,4}}")
_IN_S = re.compile(r"\b[a-z]{3,}s\b")
# In a list, before anything that does not follow a noun: "Test beta features", but "Test of beta features".
_POINT = re.compile(
    rf"^{_FIRST_OF_ALL}(?:{_NOUNS_TOO}|[Ll]everage|[Rr]un|[Hh]elp) "
    r"(?!(?:of|for|in|is|are|was|were|has|have|had|and|or|can|could|will|would|may|that|which|with|from|to)\b)"
)
_NAMED = re.compile(r"^\w+ [A-Z]\S*(?: \S+){0,3}")  # "Make Four has a parser": with a verb near, it may be a name

# ---- Verbs that have lost their subject: "Keeps the queue short.", "Was moved to a queue."

_DOES = (
    "adds|allows|avoids|becomes|brings|carries|comes|contains|converts|creates|defines|delivers|describes|determines|"
    "eliminates|enables|ensures|exposes|fits|generates|gets|gives|goes|handles|implements|improves|includes|integrates|"
    "introduces|keeps|lets|maintains|makes|performs|prevents|produces|provides|reads|reduces|removes|replaces|requires|"
    "seems|sends|serves|simplifies|solves|specifies|takes|tells|transforms|tries|uses|verifies|writes"
)
_NOUNS_IN_S = (  # these need more around them: "Quickly runs", "Runs entirely", "Clones the"
    "builds|calls|checks|clears|clones|closes|copies|drops|exports|finds|helps|imports|loads|looks|marks|measures|moves|"
    "opens|reports|returns|runs|saves|sets|shows|starts|stops|stores|supports|tracks|turns|updates|upgrades|works"
)
_HOW_OR_WHAT = r"(?:\w+ly|the|an?|its|it|them|well|only|any|each|every|multiple|out of)\b"
_NO_NOUN = r"(?!(?:of|and|or|is|are|was|were|has|have|had|can|could|will|would|may|might|must|should|do|did)\b)"
_DOES_IT = (
    rf"(?:[A-Z][a-z]+ly )?(?:{large_or_small(_DOES)}) {_NO_NOUN}[a-z]|"
    rf"[A-Z][a-z]+ly (?:{_NOUNS_IN_S}) {_NO_NOUN}[a-z]|(?:{large_or_small(_NOUNS_IN_S)}) {_HOW_OR_WHAT}"
)
_HELPED = (
    r"(?:Was|Were|Is|Are|Will|Would|Had|Has|Have|Been|Might|Should|Could|Can|Did|Does|Must|May) "
    r"(?!(?:the|an?|they|it|there|this|these|any|we|you|I)\b)[a-z]"
)
# "Fixed the parser", but not "Based on the parser, ..." nor "Buried in it is a trap"
_NO_HELP = r"(?!.* (?:is|are|was|were|has|have|had)\b)"
_DID_IT = (
    rf"{_NO_HELP}[A-Z][a-z-]+ed "
    r"(?:the|an?|its|their|several|some|in|to|how|up|on|new|support|\d+)\b[^,]*(?:, (?:and|including)\b.*)?\.$"
)
_CHANGED = (
    rf"{_NO_HELP}(?:Added|Changed|Converted|Dropped|Fixed|Implemented|Improved|Migrated|Modified|Moved|Refactored|"
    r"Removed|Renamed|Replaced|Updated|Upgraded) (?!(?:by|with|and|or|as|for|is|are|was|were)\b)[^,]+\.$"
)
_NO_SUBJECT = re.compile("^" + any_of(_DOES_IT, _HELPED, _DID_IT, _CHANGED))

# ---- What hangs in the air: "Not a queue.", "Where n is its length.", "(It was small.)", "Pace - the team is fast."

_HANGING = re.compile(
    r"^(?:Not (?!only\b|all\b|every|many\b|an? single\b)|Where [^,]*$|\(|[\"“][^\"”]*[\"”]$|"
    r"(?:Turns out|Looks like|Sounds like|Seems like|Hope (?:that|this|to|it|you)|Thanks to|"
    r"(?:Just|Much|Exactly) like|Super|Only an?)\b[^,]*$|No (?:need|way)\b|Just (?:need|want|for)\b|"
    r"(?:Very|Pretty|Really|Quite) (?:[a-z]+(?:ed|ward|ful|y)|glad|proud|keen) (?:to|for|with|about|today)\b)"
)
_DASH = re.compile(r"^([A-Z]|[^-–—.,;:]{3,60}) [-–—] (?!.* [-–—] )[^–—]*$")
_INFINITIVE = re.compile(r"\bto [a-z]+\b|\([^()]*\)")  # and a remark in brackets
_PARTICIPLE = re.compile(r"^(?:[A-Z][a-z]+ly )?[A-Z]?[a-z]+ing\b")
# A point that names a thing: "New package for operations on maps", and what may be told of it without a main verb:
# "made for maps", "to read maps", "(a draft)", "that reads maps".
_THING = re.compile(
    r"(?:New|Several|Enhanced|Improved|Better|Native|An?|Integrated|Support|Initial|Full|Basic|Additional|More|Various|"
    r"Multiple|Updated|Automatic|Optional|Experimental|Faster|First|Further|Other|Early|Simple|Complete|Advanced|"
    r"Lots of|Plenty of|[A-Z][a-z]+s (?:to|from|of|for|on|in|with)) "
)
_TOLD_OF_IT = re.compile(
    r"\b(?:\w+ed|driven|given|made|built|written|shown|known|taken) (?:by|for|in|with|on|to|from|at|against|as|into|"
    r"through|during|over|under|without)\b|\bto [a-z]+\b|\([^()]*\)"
)
_CLAUSE = re.compile(r"\b(?:that|which|who|where|when|how|what|whose|while|without) [^,;:.]*")
# "deletes VMs", "needs v2", "flows through": a verb, if the word before it is what does so.
_VERB_BEFORE_NAME = re.compile(r"(?<=[a-z] )[a-z]{3,}s (?:[A-Z]|\S*\d|through\b|across\b|against\b|between\b)")


def tells_of_nobody(text: str, *, item: bool) -> bool:
    """Whether a line has no subject that does something; `item`: it is a list's, where lines without a verb are many.

    >>> tells_of_nobody("Attend two talks a month.", item=False)
    True
    """
    if _INSTRUCTION.match(text):
        named = _NAMED.match(text)
        return named is None or not has_sure_verb(named[0])
    joined = _WITH_NAMED.match(text)
    if joined and not _IN_S.search(joined[0].replace("’s", "").replace("'s", "")) and not has_sure_verb(joined[0]):
        return True
    if item and _POINT.match(text) and not has_sure_verb(text):
        return True
    if _NO_SUBJECT.match(text) or _HANGING.match(text):
        return True
    label = _DASH.match(text)
    if label and not VERB_LIKE.search(label[1]):
        return True
    if item and _THING.match(text) and not CERTAIN_VERB.search(_CLAUSE.sub(_shorter, _TOLD_OF_IT.sub("", text))):
        return True
    participle = _PARTICIPLE.match(text) is not None
    told = _INFINITIVE.sub("", text) if participle or item else text
    return (item or participle) and not (VERB_LIKE.search(told) or _VERB_BEFORE_NAME.search(told))


def _shorter(clause: re.Match[str]) -> str:
    """Nothing, for a clause with one verb: a second one may be the sentence's."""
    return clause[0] if len(CERTAIN_VERB.findall(clause[0])) > 1 else ""
