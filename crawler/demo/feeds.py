"""The demo's feeds and sitemaps, in every format that the world publishes, faults included.

RSS 2.0 (rssboard.org/rss-specification), RSS 1.0 (web.resource.org/rss/1.0), Atom (RFC 4287), JSON Feed 1.1,
sitemaps (sitemaps.org/protocol.html). What is broken here is broken on purpose and named in `Blog.quirks`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape

from crawler.demo.content import Blog, Post
from crawler.demo.markup import to_html

_TRACKING = "?utm_source=rss&utm_medium=feed&utm_campaign=weekly"


def feed_document(blog: Blog, posts: Sequence[Post], now: datetime) -> tuple[bytes, str]:
    """(body, content type) of a blog's feed with these entries."""
    if blog.format == "json":
        return _json_feed(blog, posts, now).encode(), "application/feed+json; charset=utf-8"
    text = {"rss": _rss, "rdf": _rdf, "atom": _atom}[blog.format](blog, posts, now)
    if "malformed" in blog.quirks:
        text = _damage(text)
    media = {"rss": "application/rss+xml", "rdf": "application/rdf+xml", "atom": "application/atom+xml"}[blog.format]
    body = text.encode(blog.encoding, "xmlcharrefreplace")
    # A server that names no charset leaves it to the XML declaration (RFC 7303 section 3).
    return body, media if blog.encoding != "utf-8" else f"{media}; charset=utf-8"


def sitemap_document(blog: Blog, posts: Sequence[Post], others: Sequence[str], now: datetime) -> bytes:
    """A sitemap of the articles and of other pages, which no reader of articles wants."""
    rows = [f"<url><loc>{escape(blog.root + path)}</loc></url>" for path in others]
    for post in posts:
        at = post.published_at(now)
        modified = f"<lastmod>{at.isoformat()}</lastmod>" if at else ""
        image = f"<image:image><image:loc>{cover_url(blog, post)}</image:loc></image:image>" if post.cover else ""
        rows.append(f"<url><loc>{escape(blog.root + post.path)}</loc>{modified}{image}</url>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n' + "\n".join(rows) + "\n</urlset>\n"
    ).encode()


def cover_url(blog: Blog, post: Post) -> str:
    """The address of an article's lead image."""
    return f"{blog.root}/images/{post.slug}/cover.png"


def figure_url(blog: Blog, post: Post, source: str) -> str:
    """The address of a figure; its data, after the question mark, stays in the text."""
    return f"{blog.root}/images/{post.slug}/{source.partition('?')[0]}"


def content_html(blog: Blog, post: Post) -> str:
    """The article as its feed carries it, cover first."""
    cover = f'<figure><img src="{cover_url(blog, post)}" alt="{escape(post.cover)}"></figure>\n' if post.cover else ""
    html = cover + to_html(post.body, lambda source: figure_url(blog, post, source))
    if "relative" in blog.quirks:
        html = html.replace(f'src="{blog.root}/', 'src="/')
    return html


def _link(blog: Blog, post: Post) -> str:
    path = post.alias or post.path
    return blog.root + path + (_TRACKING if "tracking" in blog.quirks else "")


def _teaser(blog: Blog, post: Post) -> str:
    ending = f'<p>The post <a href="{_link(blog, post)}">{escape(post.title)}</a> appeared first on {blog.name}.</p>'
    return f"<p>{escape(post.description)} [&#8230;]</p>\n{ending}"


def _cdata(html: str) -> str:
    return f"<![CDATA[{html.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _rss(blog: Blog, posts: Sequence[Post], now: datetime) -> str:
    items = "\n".join(_rss_item(blog, post, now) for post in posts)
    return (
        f'<?xml version="1.0" encoding="{blog.encoding.upper() if blog.encoding == "utf-8" else blog.encoding}"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:media="http://search.yahoo.com/mrss/">\n<channel>\n'
        f"<title>{escape(blog.name)}</title>\n<link>{blog.homepage}</link>\n"
        f"<description>{escape(blog.tagline)}</description>\n<language>{blog.language}</language>\n"
        f'<atom:link href="{blog.url}" rel="self" type="application/rss+xml"/>\n<ttl>60</ttl>\n'
        f"{items}\n</channel>\n</rss>\n"
    )


def _rss_item(blog: Blog, post: Post, now: datetime) -> str:
    at = post.published_at(now)
    parts = [f"<title>{escape(post.title)}</title>", f"<link>{escape(_link(blog, post))}</link>"]
    parts.append(f'<guid isPermaLink="false">{blog.host}/?p={post.slug}</guid>')
    parts += [f"<dc:creator>{_cdata(author)}</dc:creator>" for author in post.authors]
    parts += [f"<pubDate>{format_datetime(at)}</pubDate>"] if at else []
    parts += [f"<category>{_cdata(tag)}</category>" for tag in post.tags]
    if post.full:
        parts.append(f"<description>{escape(post.description)}</description>")
        parts.append(f"<content:encoded>{_cdata(content_html(blog, post))}</content:encoded>")
    else:
        parts.append(f"<description>{_cdata(_teaser(blog, post))}</description>")
    if post.cover:
        parts.append(f'<media:content url="{cover_url(blog, post)}" medium="image"/>')
    return "<item>\n" + "\n".join(parts) + "\n</item>"


def _rdf(blog: Blog, posts: Sequence[Post], now: datetime) -> str:
    order = "".join(f'<rdf:li rdf:resource="{escape(_link(blog, post))}"/>' for post in posts)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/">\n'
        f'<channel rdf:about="{blog.url}">\n<title>{escape(blog.name)}</title>\n<link>{blog.homepage}</link>\n'
        f"<description>{escape(blog.tagline)}</description>\n<dc:language>{blog.language}</dc:language>\n"
        "<sy:updatePeriod>hourly</sy:updatePeriod>\n<sy:updateFrequency>1</sy:updateFrequency>\n"
        f"<items><rdf:Seq>{order}</rdf:Seq></items>\n</channel>\n"
        + "\n".join(_rdf_item(blog, post, now) for post in posts)
        + "\n</rdf:RDF>\n"
    )


def _rdf_item(blog: Blog, post: Post, now: datetime) -> str:
    at = post.published_at(now)
    link = escape(_link(blog, post))
    parts = [f"<title>{escape(post.title)}</title>", f"<link>{link}</link>"]
    parts += [f"<dc:creator>{escape(author)}</dc:creator>" for author in post.authors]
    parts += [f"<dc:date>{at.isoformat()}</dc:date>"] if at else []
    parts += [f"<dc:subject>{escape(tag)}</dc:subject>" for tag in post.tags]
    parts.append(f"<description>{escape(post.description)}</description>")
    if post.full:
        parts.append(f"<content:encoded>{_cdata(content_html(blog, post))}</content:encoded>")
    return f'<item rdf:about="{link}">\n' + "\n".join(parts) + "\n</item>"


def _atom(blog: Blog, posts: Sequence[Post], now: datetime) -> str:
    relative = "relative" in blog.quirks
    base = f' xml:base="{blog.homepage}"' if relative else ""
    newest = max(post.written_at(now) for post in posts)
    own = blog.feed if relative else blog.url
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{blog.language}"{base}>\n'
        f"<title>{escape(blog.name)}</title>\n<subtitle>{escape(blog.tagline)}</subtitle>\n"
        f'<link rel="self" type="application/atom+xml" href="{own}"/>\n'
        f'<link rel="alternate" type="text/html" href="{"./" if relative else blog.homepage}"/>\n'
        f"<id>tag:{blog.host},2019:feed</id>\n<updated>{newest.isoformat()}</updated>\n"
        + "\n".join(_atom_entry(blog, post, now) for post in posts)
        + "\n</feed>\n"
    )


def _atom_entry(blog: Blog, post: Post, now: datetime) -> str:
    link = _link(blog, post)
    if "relative" in blog.quirks:
        link = link.removeprefix(blog.homepage).removeprefix(blog.root)
    at = post.published_at(now)
    parts = [f'<title type="text">{escape(post.title)}</title>', f'<link rel="alternate" href="{escape(link)}"/>']
    parts.append(f"<id>tag:{blog.host},2019:{post.slug}</id>")
    parts += [f"<published>{at.isoformat()}</published>"] if at else []
    parts += [f"<updated>{at.isoformat()}</updated>"] if at else []
    parts += [f"<author><name>{escape(author)}</name></author>" for author in post.authors]
    parts += [f'<category term="{escape(tag)}"/>' for tag in post.tags]
    parts.append(f'<summary type="text">{escape(post.description)}</summary>')
    if post.full:
        parts.append(f'<content type="html">{escape(content_html(blog, post))}</content>')
    return "<entry>\n" + "\n".join(parts) + "\n</entry>"


def _json_feed(blog: Blog, posts: Sequence[Post], now: datetime) -> str:
    items = [_json_item(blog, post, now) for post in posts]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": blog.name,
        "description": blog.tagline,
        "home_page_url": blog.homepage,
        "feed_url": blog.url,
        "language": blog.language,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _json_item(blog: Blog, post: Post, now: datetime) -> dict[str, object]:
    at = post.published_at(now)
    item: dict[str, object] = {"id": _link(blog, post), "url": _link(blog, post), "title": post.title}
    item |= {"summary": post.description, "tags": list(post.tags), "authors": [{"name": a} for a in post.authors]}
    if at:
        item["date_published"] = at.isoformat()
    if post.cover:
        item["image"] = cover_url(blog, post)
    if post.full:
        item["content_html"] = content_html(blog, post)
    return item


def _damage(text: str) -> str:
    """What a template that nobody tests does to XML: blank lines first, bare ampersands, HTML's entities, no end."""
    text = re.sub(r"(?<=<title>)(.*?)(?=</title>)", lambda m: m[1].replace("&amp;", "&"), text)
    text = text.replace("</description>", "&nbsp;&mdash;\x0c</description>", 2)
    return "\n\n" + text.replace("</channel>\n</rss>\n", "")
