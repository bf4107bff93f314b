"""The wordings by which a title, an address or a text names the company whose work it tells: data for `company.py` and
`site.py`."""

from __future__ import annotations

import re

NAME = r"[A-Z0-9][\w.&'’-]*(?: (?:[A-Z0-9][\w.&'’-]*|of|and|&))*"
_LOOKED = (
    r"(?<![Ll]ook )(?<![Ll]ooks )(?<![Ll]ooking )(?<![Gg]lance )(?<![Pp]eek )"  # "a quick look at Relay" is on Relay
)
# Who stands at a title's end, or before its colon: "Sharding at Acme".
AT_END = re.compile(
    rf"{_LOOKED}\b(?:at|in|by|from) (?:the )?({NAME}|i[A-Z]\w+|x[A-Z]\w+|e[A-Z]\w+|trivago|freee)(?=$|[:;,|–—(?!]|"
    rf" [-–—|] | - |: )"
)
AT_ANY = re.compile(rf"{_LOOKED}\bat ({NAME})")
# "How Acme moved", "Inside Acme's queue"
HOW = re.compile(
    r"\b(?:[Hh]ow|[Ww]hy|[Ii]nside|[Ww]hen|[Ww]here) ((?:[A-Z0-9][\w.&-]*|i[A-Z]\w+|"
    r"x[A-Z]\w+|e[A-Z]\w+)(?: [A-Z][\w.&-]*){0,2})(?:['’]s?)? (?=[a-z]|[A-Z][a-z]+(?:s|ed|lt|t)\b)"
)
# Who is asked: "Interview with Acme".
ASKED = re.compile(rf"(?:An? |Our )?[Ii]nterview [Ww]ith ({NAME})(?=$|:| [-–—|] )")
# "How Acme cut its costs", as a vendor tells of its customer
_SUCCEEDED = (
    "uses?|used|is using|builds?|built|scales?|scaled|runs?|ran|moved|migrated|cuts?|reduced|saves?|saved|chose|"
    "adopted|moderni[sz]ed|improved|improves|powers?|transformed"
)
CUSTOMER = re.compile(rf"^(?:How|Why) ({NAME}?) (?i:{_SUCCEEDED})\b")
# "deployed at Acme", "engineers at Acme"
_USED = "deployed|launched|productioni[sz]ed|rolled out|in production|in use|online experiments?|A/B tests?"
PUT_TO_USE = re.compile(
    rf"\b(?:(?:{_USED}) (?:at|by|on|in|within)|(?:work(?:ing|s)?|engineers?|scientists?|researchers?) at) ({NAME})"
)
# "Acme's", "Acme Cloud's"
POSSESSIVE = re.compile(r"(?:^|[\s:(])((?:[A-Z][\w.&-]*|x[A-Z]\w+|i[A-Z]\w+)(?: [A-Z][\w.&-]*){0,1})['’]s?(?=\s|$)")
# What is launched: "Introducing Relay: ...", "Relay v2.1".
LAUNCH = re.compile(
    r"(?:Introducing |Announcing |Releasing )([A-Z][\w.&-]*)(?=['’]s\b|[:,]| v?\d|$)|"
    r"([A-Z][\w.&-]*) v?\d+(?:\.\d+)*(?=:|$)"
)
LAUNCH_OF = re.compile(r"(?:Introducing|Announcing|Releasing) ([A-Z][\w.&-]*)['’]s?\b")
# What stands after "at" and is no company.
_PLACES = (
    r"scale|work|home|runtime|speed|large|rest|night|once|last|least|first|production|compile time|the edge|edge|"
    r"university|college|school|institute"
)
_MEETINGS = (
    r"conf\w*|\w*con|summit|meetup|days?|week|fest|expo|forum|20\d\d|strata|velocity|re:invent|google i/o|fosdem|"
    r"neurips|icml|iclr|kdd|cvpr|acl|sigir|recsys|[A-Z]{2,} \d+"
)
NO_COMPANY = re.compile(rf"\b({_PLACES}|{_MEETINGS})\b", re.IGNORECASE)
# Where anybody publishes, so that the address tells no company.
_SHARED_HOSTS = (
    r"medium\.com|substack\.com|dev\.to|hackernoon\.com|towardsdatascience\.com|github\.com|docs\.google\.com|"
    r"drive\.google\.com|youtube\.com|youtu\.be|vimeo\.com|slideshare\.net|speakerdeck\.com|reddit\.com|quora\.com|"
    r"news\.ycombinator\.com|linkedin\.com/pulse|web\.archive\.org"
)
_PRESS = (
    r"infoq\.com|highscalability\.com|thenewstack\.io|dzone\.com|techcrunch\.com|zdnet\.com|wired\.com|arxiv\.org|"
    r"dl\.acm\.org|acm\.org|usenix\.org|ieee\.org|researchgate\.net"
)
ANYBODY = re.compile(rf"(^|\.)({_SHARED_HOSTS}|{_PRESS})$")
# "Acme Engineering Blog": what a site's name has after the company's.
SUFFIX = re.compile(
    r"[\s|:–—-]*\b(the )?(tech(nology|nical)?|engineering|engineers?|developers?|dev|research|"
    r"data science|product|labs?|official)?"
    r"\s*(&|and)?\s*(product|design|technology|tech)?\s*(blog|news|weblog|journal|team|tech ?blog|medium)\s*$",
    re.IGNORECASE,
)
# "Acme Engineering", "Acme Tech Blog": no one person's
OF_ENGINEERS = re.compile(
    r"\b(?:engineering|engineers|tech|technology|developers|product|research|labs?)\b", re.IGNORECASE
)
HOSTING = frozenset(
    """
    github gitlab netlify vercel wordpress blogspot medium substack pages readthedocs tumblr hashnode ghost bearblog
    """.split()  # noqa: SIM905 - read as words
)
# "acme-tech-blog", "acmeengineering"
PUBLICATION = re.compile(
    r"[-_]?(engineering|eng|tech(-?blog)?|techblog|labs?|insider?|developers?|dev|design-engineering|data(-science)?"
    r"|product(-technology|-tech)?|technology|global-?tech)$"
)
# "engineering.acme.com"
CORPORATE = re.compile(
    r"^(engineering|eng|tech|techblog|developers?|code|labs|research|technology)\.[\w-]+\.\w+(\.\w+)?$"
)
# "the Relay project", "Relay 3", "welcome to Relay"
PROJECT_CUE = (
    r"(?:the {n} (?:project|team|community|developers|maintainers|contributors|blog|release|library)|"
    r"{n} (?:team|community|project|users|contributors|v?\d)|(?:at|welcome to|join|using|of|for|in|"
    r"with) {n}\b|{n}['’]s|{n}(?: \w+)? (?:is|has|was|now|supports|provides|offers))"
)
