"""What is not the article, and what holds it, as data: class and id names by which generators mark them.

Every line names a convention that many sites share (a theme, a generator, a plug-in, schema.org, microformats),
never one site. Names are compared in kebab case: `authorBio_x1`, `author_bio` and `author-bio` are one.
"""

from __future__ import annotations

import re

DROPPED_TAGS = frozenset(
    """
    script style noscript template svg canvas iframe frame frameset object embed applet audio video source track
    form input select textarea button datalist option optgroup fieldset legend output progress meter dialog menu
    nav map area head link meta base title param slot portal noembed noframes
    """.split()  # noqa: SIM905 - a table of names reads better as words
)
"""Elements whose text is never an article's; a form around the whole page is dealt with before."""

DROPPED_ROLES = frozenset(
    """
    navigation banner contentinfo search complementary dialog alertdialog menu menubar tablist toolbar tooltip
    doc-toc doc-backlink doc-pagelist button form
    """.split()  # noqa: SIM905
)

# Each word is an alternative, matched as the end of a kebab-case name or before one of _SUFFIXES.
_FURNITURE = """
    shares? sharing sharer share-?bar sharedaddy addtoany addthis(-\\w+)? a2a
    social-?(links?|icons?|media|share|bar|nav|buttons?|list|follow|sharing|embeds?) follow-?us
    tweet-?(this|button) like-?button kudos upvotes? claps?
    related related-?(posts?|articles?|content|stories|reading|links|entries) jp-relatedposts yarpp
    recommended recommendations? recirc(ulation)? trending up-?next
    more-?(posts|articles|stories|news|from|like-this) read-?(next|also|more) readmore more-?link see-?also-?links
    (next|prev|previous)-?(post|article|page|up) (latest|recent|popular|similar)-?(posts|news|articles|entries|comments)
    (post|article|entry)-?nav(igation)? navbar navigation sidenav side-?nav left-?nav main-?menu menus? mega-?menu
    nav-?(links?|previous|next|below|above|single|bar|menu|wrapper|list|items?)
    pagination pagination-\\w+ pager paginator paging breadcrumbs? crumbs off-?canvas drawer
    authors? post-authors contributors avatar gravatar vcard h-card p-author about-?(the-)?authors? bio-?(box|card)
    author-?(bio|box|info|card|profile|details|description|about|block|section|avatar|image|meta|social)
    byline by-?line posted-?(on|by|in) published-?(on|date|by) publish-?date date-?published dt-published
    post-?(meta|metadata|info|date|time|stats|author|byline|tags?|categories|category|footer|header-meta|actions|share)
    post-?(sharing|bottom) entry-?(meta|utility|footer|date|author|tags|categories)
    article-?(meta|metadata|info|tags|footer|actions|byline|date|toolbar|sidebar|share) blog-?(meta|tags|share|sidebar)
    meta-?(data|info|item|list) page-?meta reading-?time read-?time word-?count view-?count
    tags tag-?(list|links|cloud|container|wrapper|section) tagcloud taglist cat-?links categories
    category-?(list|links) topics-?list filed-?under
    comments? comments?-?(form|list|section|respond|area|count|link|container|wrapper) respond
    replies disqus(-\\w+)? giscus utterances remark42 isso(-thread)? webmentions? cusdis commento discourse-comments
    reactions
    newsletter(-\\w+)? (subscribe|subscription|sign-?up|signup)(-\\w+)? mailchimp (mc-?embed|mc4wp)(-\\w+)?
    (convertkit|formkit)(-\\w+)? email-?(form|signup|capture|optin) opt-?in lead-?(form|magnet) hbspt hs-form
    cookies? cookie-?(banner|notice|bar|consent|law|policy|popup) consent gdpr cc-window onetrust(-\\w+)?
    privacy-?(notice|banner) announcement(-?bar|-banner)? site-?notice notice-?bar alert-?bar
    advert(isement|ising|s)? ads? ad-?(slot|unit|container|wrapper|banner|block|box|space|zone|placement) adsbygoogle
    dfp sponsors sponsor(ed|ship)?-?(content|post|block|box)? carbonads? ethical-?ads? outbrain taboola
    promo promo-\\w+ promotion promoted call-?to-?action cta cta-\\w+ hero-cta wp-block-buttons? kg-button-card
    jetpack-subscriptions? gist-meta
    appendix-bottom tabs?-(controls|nav|headers?|labels|buttons) nav-tabs
    sidebar side-?bar sidebar-\\w+ right-?rail widget-?area widgets
    toc toc-?(container|wrapper|list|nav|sidebar|content|box|mobile|inner|div|title) tableofcontents on-?this-?page
    table-?of-?contents(-\\w+)? (docs|post|article|page|bd|td)-?toc ez-toc-\\w+ lwptoc sphinxsidebar minitoc
    skip skip-?(link|links|to-content|nav|to) sr-?only screen-?reader(-\\w+)? visually-?hidden a11y-hidden
    edit-?(link|page|this-page|on-github|section|button|post) mw-editsection improve-this-page page-?actions
    last-?(updated|modified|edited) feedback(-\\w+)? was-this-helpful helpful
    copy-?(btn|button|code|link|to-clipboard|snippet) btn-?(copy|clipboard) clipboard copybtn
    code-?(copy|toolbar-\\w+|actions|header-actions)
    (header|heading)-?(link|anchor) anchor-?(link|js-link|icon|heading) anchorjs hash-?link permalink heading-permalink
    headerlink zola-anchor footnote-?back(ref|link)? reversefootnote footnotes?-?backref fn-?back(ref)?
    modal modal-\\w+ pop-?up popover lightbox overlay toast snackbar tooltip login-?(form|box|wall)
    search-?(form|box|bar|results) searchbox site-?(header|footer|nav|navigation|branding|title|menu|info) masthead
    global-?(header|footer|nav) page-?(footer|nav) footer colophon topbar top-?bar bottom-?bar
    line-numbers-(wrapper|rows) fn-bracket tabbed-labels button-wrapper speechify-ignore pw-multi-vote-\\w+
    copyright license-?(info|notice|box) cc-license print-?only noprint no-print d-print-none printfriendly
    print-?(link|button) (scroll|back)-?(to-)?top back-?link back-?to-?(blog|list|posts)
    image-?credits? photo-?credits? img-?credit credits? caption-?(source|credit) flash-?message
    print-hidden job-listing jobs?-?(box|banner|widget|ad) hiring-?banner we-are-hiring
    audio-?player video-?(player|playlist|carousel|embed|wrapper|container|ct) featured-?video
    embed-?(video|type-video) is-video galler(y|ies) light-?gallery custom-gallery gallery-?nav slideshow slide-?deck
    carousel-?(nav|controls|indicators) slick-arrow swiper-button\\w*
    (input|output)-?prompt jp-(input|output)-?prompt jp-cell-prompt
    ratings? votes? poll quiz survey donate donation patreon paywall(-\\w+)? regwall piano-\\w+
"""
_PREFIXES = """
    js is has c o u m blog single the td wp-block elementor-widget block post article entry page site content
"""
_SUFFIXES = """
    wrapper wrap container inner outer box section area block widget list item links? buttons? icons? bar module
    component holder group root panel content text row col
"""


def _joined(table: str) -> str:
    return "|".join(table.split())


FURNITURE = re.compile(
    rf"(?:^|-)(?:(?:{_joined(_PREFIXES)})-)?(?:{_joined(_FURNITURE)})(?:-(?:{_joined(_SUFFIXES)}|\d+|[a-z0-9]{{5,6}}))*$"
)

GENERATED_IDS = frozenset({"quarto-reuse", "quarto-citation", "quarto-copyright"})
"""Sections that a generator adds below an article: how it may be used and quoted."""

HIDDEN = re.compile(r"^(?:(?:is|js|u)-)?hidden$|^(?:is-)?invisible$|^d-none$")
"""Class names that hide an element whatever the screen; `overflow-hidden` and `lg:hidden` do not."""

_STATES = "has no with without hide show toggle is enable disable single type format category tag layout"
_MODES = "enabled disabled open closed active inactive ready loaded visible on off"
_KEPT_WORDS = """
    admonition callout alert note warning tip hint highlight language lang code footnotes? endnotes? references
    bibliography article-tag(?!s) page-break content-(?:wrapper|container|area|main) main-content post-content
    entry-content article-content article-body post-body blockquote-footer wp-block-gallery blocks-gallery
    label-(?:visually-)?hidden (?:lightbox|popup)-(?:image|img|link) (?:image|img)-(?:lightbox|popup|zoom)
"""
KEPT = re.compile(
    rf"^(?:(?:{_joined(_STATES)})-.+|.+-(?:with|has|no|without)-.+|.+-(?:{_joined(_MODES)})|.*(?:{_joined(_KEPT_WORDS)}).*|hidden-(?:xs|sm|md|lg|xl|print)(?:-\w+)?|d-none-.*)$"
)
"""Names that look like furniture and are state, layout or content."""

ADMONITION = re.compile(
    r"admonition|callout|note|tip|warning|hint|info|important|quote|example|sidenote|margin|highlight"
)
"""An `aside` so named is part of the text."""

_BODIES = """
    e-content articlebody
    article-?(?:body|content|text|main|copy|inner-content|body-content|entry|page-content|prose|main-content|body-text)
    (?:blog-?)?post-?(?:content|body|text|entry|article|description|main|inner|copy|markdown)
    (?:blog-?)?post-?(?:single-content|full-content|page-content|main-content|content-body)
    entry-?(?:content|body|text|inner|main) entrytext story-?(?:body|content|text|body-text)
    blog-?(?:content|body|text|post-body|entry|article|details-content|single-content|detail-content)
    single-?(?:content|post-content|body|entry-content) news-?(?:body|content|text|article-body)
    content-?(?:body|text|markdown|article) body-?(?:text|copy|markup) markdown md-?content prose
    markdown-?(?:body|content|section|text|it) theme-doc-markdown td-content gh-content kg-canvas w-richtext richtext
    rich-?text(?:-?(?:body|content))? available-content js-?post-?content js-?article-?content text-content main-?text
    wysiwyg rte user-content cms-content notion-page-content theme-post-content elementor-widget-theme-post-content
    elementor-widget-text-editor sqs-block-content field-name-body field-body field-node-body field-item-body asciidoc
    paragraphs
"""
BODY_NAMES = re.compile(rf"^(?:{_joined(_BODIES)})$")
"""What themes call the element that holds an article's text and nothing else."""

PART_NAMES = re.compile(
    r"^(?:w-richtext|richtext|rich-?text(?:-?(?:body|content|block))?|wysiwyg|elementor-widget-text-editor|"
    r"sqs-block-content|field-item-body|text-content|content-?text)$"
)
"""Bodies that page builders repeat: an article consists of several of them side by side."""

_ENTRIES = """
    post h-entry hentry blog-?post blogpost single-?post article entry story
    post-?(?:container|wrapper|single|page|full) article-?(?:container|wrapper|page|single)
    blog-?(?:single|detail|details|article-wrapper) news-?(?:article|item|detail)
"""
ENTRY_NAMES = re.compile(rf"^(?:{_joined(_ENTRIES)})$")

_MAINS = """
    content main main-?content page-?content site-?content site-?main primary maincontent body-content page-body
    content-?(?:area|main|wrapper|container|inner) document-content content-inner-content wrapper-content body
    bodycontent mw-content-text mw-parser-output docs-content doc-content document contents container-content
    column-main
"""
MAIN_NAMES = re.compile(rf"^(?:{_joined(_MAINS)})$")

_HASH = re.compile(r"(?:__?|--)(?=[A-Za-z0-9+]*[0-9A-Z])(?=[A-Za-z0-9+]*[a-z])[A-Za-z0-9+]{4,8}$")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_JOINTS = re.compile(r"[_:./]+|--+")


def kebab(name: str) -> str:
    """`tableOfContents_bqdL`, `post__meta` as `table-of-contents`, `post-meta`; hashes of CSS modules are dropped."""
    name = _HASH.sub("", name)
    return _JOINTS.sub("-", _CAMEL.sub("-", name)).strip("-").lower()
