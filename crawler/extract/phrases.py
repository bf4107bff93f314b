"""Lines that belong to a page and not to its article, told by their words; each table has a phrase a line."""

from __future__ import annotations

import re


def phrases(table: str) -> str:
    """The lines of a table as the alternatives of one pattern."""
    return "|".join(line.strip() for line in table.strip().splitlines())


_TAIL_HEADINGS = r"""
related(?: (?:posts?|articles?|reading|content|stories|links))?
(?:you (?:may|might) (?:also )?(?:like|enjoy|be interested in).*)
recommended(?: (?:for you|reading|posts|articles))?
read (?:next|more)
more (?:from|in|on|posts|articles|stories|like this|news).{0,60}
keep reading
further posts
see also
similar posts
recent posts?
latest (?:posts?|news|articles)
popular posts?
leave a (?:comment|reply).*
(?:\d+ )?(?:comments?|responses?|replies|thoughts on.*)(?: \(\d+\))?
join the (?:discussion|conversation).*
discussion
webmentions?
share(?: this)?(?: (?:post|article|story|page|on|with).*)?
spread the word
about the authors?
about me
written by.{0,60}
authors?
tags?
categories
topics
filed under
subscribe.{0,80}
sign up.{0,80}
newsletter
stay (?:up to date|in the loop|tuned).{0,40}
get (?:the latest|updates|new posts).{0,60}
follow (?:us|me).{0,40}
(?:next|previous) (?:post|article)
table of contents
contents
on this page
in this (?:article|post)
navigation
archives?
blogroll
meta
post navigation
trending(?: now)?
most (?:read|popular).{0,30}
advertisement
sponsored(?: content)?
(?:we(?:['’]re| are) hiring|join (?:us|our team)|careers|work with us)!?
"""
TAIL_HEADING = re.compile(rf"^(?:{phrases(_TAIL_HEADINGS)}):?$", re.IGNORECASE)
"""Headings of furniture: with what follows them, they are cut where that is mostly links or next to nothing."""

CONTENTS = re.compile(
    r"^\W*(?:table of contents|contents|on this page|in this (?:article|post|page)|outline|overview"
    r"|jump to(?: section)?|toc)\W*$",
    re.IGNORECASE,
)
"""What announces a list of an article's parts."""

_LINES = r"""
skip to (?:main )?content
share(?: this)?(?: (?:post|article|page|story|entry))?(?: (?:on|via|with) .{0,30})?:?
share(?: this)?: ?.{0,60}
listen to (?:this|the) (?:article|post|story).{0,30}
buy me a (?:coffee|beer|pizza|book)\b.{0,40}
(?:support|sponsor|donate|tip)\b.{0,60}\b(?:patreon|ko-?fi|github sponsors|open ?collective|liberapay|paypal)\b.{0,40}
(?:discuss|comment|join the discussion|talk about)(?: this| it)?(?: (?:post|article))? on \w+(?: \w+)?.{0,20}
edit (?:this )?(?:page |post |article )?on \w+
was this (?:page |post |article |section )?helpful\b.{0,40}
(?:this \w+ is )?(?:licensed|released|available) under .{0,120}\b(?:licen[cs]e|international)\b.{0,30}
(?:this \w+ is )?(?:licensed|released|available) under (?:a )?cc[- ]by.{0,30}
(?:we|this (?:web)?site) uses? cookies\b.{0,120}\b(?:experience|accept|consent|policy|analytics)\b.{0,60}
rss(?: feed)?|atom(?: feed)?|subscribe via rss
reply (?:via|by) e-?mail.{0,30}
home ?[/›»>→|·] ?.{0,120}
tweet(?: this)?
pin it
print
email
e-?mail this.*
copy(?: link| code)?
copied!?
advertisement
continue reading.{0,80}
read more.{0,60}
(?:\d+ )?(?:min(?:ute)?s?)[ -]read(?:ing)?(?: time)?
(?:estimated |approximate |average )?reading time:? .{0,20}
(?:go )?back
back to (?:top|blog|all posts|posts|list|home).{0,20}
(?:view|see|browse|read)? ?all (?:posts|articles|news|blog posts).{0,30}
(?:view|see|browse) all \w+ in the .{0,20}archives?\.?
(?:←|«|‹|<) ?(?:older|newer|previous|prev|back).{0,80}
(?:older|newer|next|previous|prev)(?: (?:post|posts|article|entry|page))?(?: ?[→»›>])?
edit (?:this )?(?:page|post).{0,30}
(?:found|spotted|see) an? (?:typo|mistake|error|bug|issue)\b.{0,140}
improve this page
suggest (?:an )?edits?
view (?:page )?source
permalink
comments? (?:are )?(?:closed|off|disabled).{0,40}
(?:no|\d+) comments?(?: yet)?\.?
leave a comment
please enable javascript.{0,120}
comments powered by.{0,30}
powered by (?:disqus|utterances|giscus).{0,20}
follow (?:us|me) on .{0,40}
subscribe
sign up
log ?in
menu
search
close
toggle .{0,30}
(?:posted|published|written) (?:on|by|in) .{0,80}
(?:tags?|tagged(?: with| as| in)?|categories|category|filed under|posted in|topics?):? ?[^.]{0,120}
(?:last )?(?:updated|modified|edited)(?: on| at)?:? .{0,40}
(?:©|copyright (?:©|\(c\)|\d{4})).{0,120}
(?:subscribe|sign up)(?: today| now)? (?:to|for) (?:our|the|my|this)\b.{0,60}\b(?:newsletter|list|feed|updates)\b.{0,60}
(?:want|need|looking for|like) .{3,40}\? (?:subscribe|sign up|get a subscription|follow|join)\b.{0,160}
thanks? (?:you )?for reading\b.{0,140}\b(?:newsletter|mailing list|subscrib\w+|follow (?:me|us))\b.{0,160}
if you(?:['’]d)? (?:liked?|enjoyed?|found)\b.{0,140}\b(?:newsletter|mailing list|subscrib\w+|follow (?:me|us))\b.{0,160}
if you(?:['’]d)? (?:liked?|enjoyed?|found)\b.{0,140}\b(?:patreon|coffee|ko-?fi|sponsor|donat\w+|support\w*)\b.{0,99}
there['’]?s (?:plenty )?more where .{0,40}(?:subscribe|sign up)\b.{0,120}
get .{3,60} (?:delivered|sent) (?:straight |right |directly )?(?:to|into) your inbox.{0,80}
follow \S+(?: \S+){0,2} on (?:twitter|x|facebook|instagram|linkedin|mastodon|bluesky|youtube|github)\b.{0,100}
"""
FURNITURE_LINE = re.compile(rf"^(?:{phrases(_LINES)})$", re.IGNORECASE)
"""Lines that belong to the page when they stand at the head or foot of an article."""

_NOTICES = r"""
advert(?:isement|s)?
(?:story|article) continues (?:below|after).{0,40}
share (?:this )?(?:on|via|to) \w+
(?:media|video) playback is (?:unsupported|not supported).{0,40}
your browser does(?: not|n['’]t) support .{0,60}
(?:this slideshow|this embed|javascript) (?:requires|is required|is disabled).{0,60}
(?:image|slide|photo) \d+ (?:of|/) \d+
(?:click|tap|press) (?:(?:on )?(?:the )?image )?(?:to|for) (?:enlarge|zoom|expand|full size).{0,30}
scroll (?:down )?(?:to|for) (?:continue|more).{0,20}
(?:view|see) (?:this )?(?:post|tweet|gist|image) (?:on \w+|raw|in full)
view raw|loading ?(?:…|\.\.+)|copied!?|copy code
"""
NOTICE = re.compile(rf"^\W*(?:{phrases(_NOTICES)})\W*$", re.IGNORECASE)
"""Lines of players, galleries and advertisers, wherever they stand."""

_CROSS = r"""
you (?:may|might) (?:also )?(?:like|enjoy)
related(?: (?:coverage|stor(?:y|ies)|articles?|posts?|reading|content))?(?: from [^:]{1,60})?
read (?:more|next|also)
see (?:more|also)
also (?:read|see)
don['’]t miss
more(?: on this| stories| news)?
watch
recommended(?: reading)?
"""
CROSS_REFERENCE = re.compile(rf"^(?:{phrases(_CROSS)})\s*(?:[:…]|\.\.\.|$)", re.IGNORECASE)
"""The beginning of a line that sends the reader to other articles, where the rest of it is a link."""

_CREDITS = r"""
getty|reuters|\bap\b photo|\bafp\b|shutterstock|istock|alamy|\bepa\b|unsplash|pexels
^\W*(?:photo(?:graph)?|image|picture|illustration|credit|source|courtesy)s?\b ?(?:by|from|of|credit|courtesy|:|via)
\((?:image|photo|credit|picture|source|courtesy)s?\b[^)]*\)\W*$
\b(?:photo|image|picture) (?:credit|by|courtesy)\b
credits?:
"""
CREDIT = re.compile(phrases(_CREDITS), re.IGNORECASE)
"""Captions that only name who took a stock picture say nothing of the article."""

STOCK = re.compile(
    r"getty|reuters|\bap\b photo|\bafp\b|shutterstock|istock|alamy|\bepa\b|unsplash|pexels", re.IGNORECASE
)
"""Agencies: what their pictures show is seldom the article's subject, however long the caption."""

FEED_FOOTER = re.compile(
    r"^(?:the post .{3,300} (?:appeared first on|first appeared on) .{2,120}"
    r"|.{2,200} was originally published in .{2,200} on medium\b.*)$",
    re.IGNORECASE,
)
"""What feeds add below a text."""

NAVIGATION = re.compile(
    r"^(?:(?:home|main|index|contents?|up|back|top|prev(?:ious)?|next|archives?|blog|about|posts?)\b|[\s\[\]()<>«»←→|·•/-])+$",
    re.IGNORECASE,
)
"""Links to a page's neighbours: `[Home] [Previous] [Next]`."""

READ_ON = re.compile(r"^(?:continue reading|read more|keep reading)", re.IGNORECASE)

_MONTH = "jan feb mar apr may jun jul aug sept? oct nov dec".replace(" ", "|")
_DATE_WORDS = rf"""
(?:{_MONTH})[a-z]*\.?
(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?
\d{{1,4}}(?:st|nd|rd|th)?
at|on|by|am|pm|utc|gmt|[ecmp][sd]?t|of|the|ago
hours?|days?|minutes?|mins?|read(?:ing)?|time|words?
posted|published|updated|written|date|last|modified|created|comments?|views?
"""
DATE_LINE = re.compile(rf"^(?:(?:{phrases(_DATE_WORDS)})\b|[\s,.:·•|/@–—()⏱+~≈-])+$", re.IGNORECASE)
"""A line that holds a day, a time and words about them, and nothing else."""

_BYLINES = r"""
(?:posted|published|written|authored|created|article|story|updated)\s*(?:on|by|in|at)?\b.{0,110}
by[:\s].{2,90}
authors?\s*:.{1,110}
date\s*:.{1,60}
tags?\s*:.{0,120}
categor(?:y|ies)\s*:.{0,120}
reading time.{0,30}
table of contents
contents
"""
BYLINE = re.compile(rf"^(?:{phrases(_BYLINES)})$", re.IGNORECASE)
