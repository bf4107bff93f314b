"""A sentence that opens with how it was done begins with who did it: "By moving its queue, Acme cut its cost" ends with
the queue. As an opening, such words read like a byline or a word of thanks.
"""

from __future__ import annotations

import re

_MOST = 26  # words of the rest: what follows more of them would be taken for a part of them
# "By moving its queue, ..."; but "By moving its queue, its cache and its log, ...": where the phrase ends is not sure.
_FRONTED = re.compile(r"(?P<how>By [a-z]+ing [^,;:()]{3,120}|Thanks to [^,;:()]{3,120}), (?P<rest>[^;:]+)\.$")
_SUBJECT = re.compile(r"(?:the|an?|its|their|all|most|many|users|developers|teams|one)\b|[A-Z]")
_ATTACHED = re.compile(r"\b(?:by|thanks|which|who|that|because|so|if|when|while|but)\b|\.")
_NAMED_LATER = re.compile(r", [A-Z]")
# "Thanks to Ana Lima, Bo Berg, and the team for coming" names whom it thanks
_NAMES = re.compile(r"[A-Z][\w.’'-]*(?: [\w.’'-]+){0,3}, and ")
_MANY = re.compile(r"all|every|our|you|them|the (?:community|team|contributors|folks)\b")


def told_last(text: str) -> str:
    """The sentence with how it was done behind what was done; as it is where that may change what it says.

    >>> told_last("By moving its queue, Acme cut its cost.")
    'Acme cut its cost by moving its queue.'
    >>> told_last("Thanks to an index, reads are fast.")
    'Reads are fast, thanks to an index.'
    """
    found = _FRONTED.match(text) if text.startswith(("By ", "Thanks to ")) else None
    if not found or not _SUBJECT.match(found["rest"]):
        return text
    how, rest = found["how"], found["rest"]
    if len(rest.split()) > _MOST or _ATTACHED.search(rest) or (rest[0].islower() and _NAMED_LATER.search(rest)):
        return text
    if how.startswith("Thanks") and (_MANY.match(how.removeprefix("Thanks to ")) or _NAMES.match(rest)):
        return text
    comma = "," if how.startswith("Thanks") else ""
    return f"{rest[0].upper()}{rest[1:]}{comma} {how[0].lower()}{how[1:]}."
