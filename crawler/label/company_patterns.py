"""The wordings by which a title, an address or a text names the company whose work it tells: data for `company`."""

from __future__ import annotations

import re

NAME = r"[A-Z0-9][\w.&'’-]*(?: (?:[A-Z0-9][\w.&'’-]*|of|and|&))*"
AT_END = re.compile(
    rf"\b(?:at|in|by|from) (?:the )?({NAME}|i[A-Z]\w+|x[A-Z]\w+|e[A-Z]\w+|trivago|freee)(?=$|[:;,|–—(?!]|"
    rf" [-–—|] | - |: )"
)
AT_ANY = re.compile(rf"\bat ({NAME})")
HOW = re.compile(
    r"\b(?:[Hh]ow|[Ww]hy|[Ii]nside|[Ww]hen|[Ww]here) ((?:[A-Z0-9][\w.&-]*|i[A-Z]\w+|"
    r"x[A-Z]\w+)(?: [A-Z][\w.&-]*){0,2})(?:['’]s?)? (?=[a-z]|[A-Z][a-z]+(?:s|ed|lt|t)\b)"
)
CUSTOMER = re.compile(
    rf"^(?:How|Why) ({NAME}?) (?i:uses?|used|builds?|built|scales?|scaled|runs?|ran|moved|migrated|cuts?|reduced|"
    r"saves?|saved|chose|adopted|modernized|modernised|improved|improves|powers?|transformed|is using)\b"
)
PUT_TO_USE = re.compile(
    r"\b(?:(?:deployed|launched|productioni[sz]ed|rolled out|in production|in use|online experiments?|A/B tests?) "
    rf"(?:at|by|on|in|within)|(?:work(?:ing|s)?|engineers?|scientists?|researchers?) at) ({NAME})"
)
POSSESSIVE = re.compile(r"(?:^|[\s:(])((?:[A-Z][\w.&-]*|x[A-Z]\w+|i[A-Z]\w+)(?: [A-Z][\w.&-]*){0,1})['’]s?(?=\s|$)")
LAUNCH = re.compile(
    r"(?:Introducing |Announcing |Releasing )([A-Z][\w.&-]*)(?=['’]s\b|[:,]| v?\d|$)|"
    r"([A-Z][\w.&-]*) v?\d+(?:\.\d+)*(?=:|$)"
)
LAUNCH_OF = re.compile(r"(?:Introducing|Announcing|Releasing) ([A-Z][\w.&-]*)['’]s?\b")
# What stands after "at" and is no company.
NO_COMPANY = re.compile(
    r"\b(scale|work|home|runtime|speed|large|rest|night|once|last|least|conf\w*|\w*con|summit|meetup|"
    r"days?|week|fest|expo|forum"
    r"|university|college|school|institute|20\d\d|the edge|edge|oscon|fosdem|qcon|strata|velocity|re:invent|google i/o"
    r"|neurips|icml|iclr|kdd|cvpr|acl|sigir|recsys|production|compile time|first|[A-Z]{2,} \d+)\b",
    re.IGNORECASE,
)
ANYBODY = re.compile(
    r"(^|\.)(medium\.com|youtube\.com|youtu\.be|infoq\.com|arxiv\.org|slideshare\.net|speakerdeck\.com|"
    r"vimeo\.com|dev\.to"
    r"|hackernoon\.com|dl\.acm\.org|acm\.org|usenix\.org|github\.com|substack\.com|"
    r"towardsdatascience\.com|highscalability\.com"
    r"|thenewstack\.io|dzone\.com|ieee\.org|researchgate\.net|docs\.google\.com|drive\.google\.com|"
    r"reddit\.com|quora\.com"
    r"|techcrunch\.com|zdnet\.com|wired\.com|web\.archive\.org|news\.ycombinator\.com|linkedin\.com/pulse)$"
)
SUFFIX = re.compile(
    r"[\s|:–—-]*\b(the )?(tech(nology|nical)?|engineering|engineers?|developers?|dev|research|"
    r"data science|product|labs?|official)?"
    r"\s*(&|and)?\s*(product|design|technology|tech)?\s*(blog|news|weblog|journal|team|tech ?blog|medium)\s*$",
    re.IGNORECASE,
)
HOSTING = frozenset(
    {
        "github",
        "gitlab",
        "netlify",
        "vercel",
        "wordpress",
        "blogspot",
        "medium",
        "substack",
        "pages",
        "readthedocs",
        "tumblr",
        "hashnode",
        "ghost",
        "bearblog",
    }
)
PUBLICATION = re.compile(
    r"[-_]?(engineering|eng|tech(-?blog)?|techblog|labs?|insider?|developers?|dev|design-engineering|data(-science)?"
    r"|product(-technology|-tech)?|technology|global-?tech)$"
)
CORPORATE = re.compile(
    r"^(engineering|eng|tech|techblog|developers?|code|labs|research|technology)\.[\w-]+\.\w+(\.\w+)?$"
)
PROJECT_CUE = (
    r"(?:the {n} (?:project|team|community|developers|maintainers|contributors|blog|release|library)|"
    r"{n} (?:team|community|project|users|contributors|v?\d)|(?:at|welcome to|join|using|of|for|in|"
    r"with) {n}\b|{n}['’]s|{n}(?: \w+)? (?:is|has|was|now|supports|provides|offers))"
)
