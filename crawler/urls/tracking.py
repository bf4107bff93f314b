"""Parameters of an address: which of them only follow the reader, and what stays without them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from crawler.urls.parts import SAFE_PATH, SAFE_QUERY, normal_escapes, parts_of

_TRACKING = re.compile(
    r"^(utm_\w+|mc_[ce]id|mkt_tok|mkwid|fbclid|fb_(action_\w+|source|ref)|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid"
    r"|igshi?d?|twclid|ttclid|li_fat_id|epik|_hs(enc|mi)|hs_?ctatracking|hs[as]_\w+|__hs\w+|vero_\w+|oly_\w+|_openstat"
    r"|ncid|cmpid|icid|ocid|spm|s_cid|s_kwcid|ef_id|xtor|elq\w*|sc_(channel|campaign|publisher|content|medium"
    r"|country|geo|outcome|detail|segment|funnel|cid|icampaign)|uclick_id|_ga|_gl|_branch_(match_id|referrer)"
    r"|ck_subscriber_id|ml_subscriber\w*|rb_clickid|piwik_\w+|pk_\w+|mtm_\w+|matomo_\w+|at_\w+|wt[._]\w+|trk\w*"
    r"|trackingid|ref_(src|url)|(__)?twitter_impression|guccounter|guce_\w+|usqp|amp_(js_v|gsa)|replytocom|_bta_\w+"
    r"|bxid|cndid|smid|smtyp|jsessionid|phpsessid|aspsessionid\w*|cftoken)$",
    re.IGNORECASE,
)
# These are trackers only with the values that trackers give them: `?ref=` may also name a git branch or a page.
_TRACKING_VALUES = {
    name: re.compile(rf"^({values})$", re.IGNORECASE)
    for name, values in {
        "ref": r"rss|feed|twitter|hn|hackernews|reddit|producthunt|share|.*newsletter"
        r"|.*\.(com|io|org|dev|net|co|me|app|blog)",
        "referrer": r"rss|feed|twitter|hn|reddit|newsletter",
        "source": r"rss.*|feed.*|e?mail.*|.*newsletter|social.*|twitter|facebook|linkedin|reddit|hn|friends_link"
        r"|.*-{4,}[-\w]*|user_profile.*|collection_.*|post_page.*|topic_page.*",
        "src": r"rss|feed|twitter|hn|newsletter|linkedin|facebook",
        "from": r"rss|feed|feedburner|twitter|newsletter",
        "via": r"rss|feed|twitter|newsletter",
        "feature": r"rss|feed|share|youtu\.be|emb_\w+",
        "share": r"twitter|facebook|email|linkedin|reddit|tumblr|pocket|telegram|pinterest|skype|(jetpack-)?whatsapp",
        "sk": r"v2[/%].*|[0-9a-f]{24,}",
        "gi": r"[0-9a-f]{10,14}",
        "rss": r"1|true|yes",
        "sid": r"[0-9a-f]{20,64}",
        "sessionid": r"[\w-]{16,}",
        "session_id": r"[\w-]{16,}",
        "cfid": r"\d{4,}",
        "nb": r"1",
    }.items()
}
_FOLLOWS = re.compile(r"(?:^|[?&!])utm_\w+=")  # a tracker in a fragment, wherever somebody put it


def is_tracked(url: str) -> bool:
    """Whether the address carries parameters that only follow the reader (utm_source, fbclid, …)."""
    parsed = parts_of(url)
    return parsed is not None and (
        len(kept_parameters(parsed[4])) < len(parameters_of(parsed[4])) or follows_reader(parsed[5])
    )


def follows_reader(fragment: str) -> bool:
    """Whether a fragment carries such a parameter."""
    return _FOLLOWS.search(fragment) is not None


def kept_parameters(query: str) -> list[str]:
    """The parameters that are no trackers, in their own order."""
    return [part for part in parameters_of(query) if not _is_tracking(*part.partition("=")[::2])]


def page_route(fragment: str) -> str:
    """A fragment that is a page's own route (`!/post/1`, `/post/1`), without its trackers; else nothing."""
    if not fragment:
        return ""
    path, mark, query = fragment.partition("?")
    if not re.match(r"!.|/[^/]", path) or _FOLLOWS.search(path):
        return ""
    if _FOLLOWS.search(query):
        query = query.replace("?", "&").replace("!", "&")
    kept = "&".join(kept_parameters(query))
    return normal_escapes(path, SAFE_PATH) + (mark + kept if kept else "")


def parameters_of(query: str) -> list[str]:
    """`name=value` parts in their own order and spelling. `&amp;` is what careless feeds make of `&`."""
    if not query:
        return []
    parts = (re.sub(r"^(amp;)+", "", part) for part in query.split("&"))
    return [normal_escapes(part, SAFE_QUERY) for part in parts if part.strip("=")]


def _is_tracking(name: str, value: str) -> bool:
    name = unquote(name)
    if _TRACKING.match(name):
        return True
    values = _TRACKING_VALUES.get(name.lower())
    return values is not None and values.match(unquote(value)) is not None
