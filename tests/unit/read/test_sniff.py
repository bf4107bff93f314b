"""What sort of document it is, by its bytes first and its label last."""

from __future__ import annotations

import gzip

import pytest

from crawler.read import sniff


@pytest.mark.parametrize(
    ("body", "content_type", "sort"),
    [
        (b"<?xml version='1.0'?><!-- made by hand --><rss version='2.0'>", "text/html", "feed"),
        (b"\xef\xbb\xbf  <feed xmlns='http://www.w3.org/2005/Atom'>", None, "feed"),
        (b"<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><rdf:RDF xmlns:rdf='x'>", None, "feed"),
        (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", None, "feed"),
        (b"<!DOCTYPE rss PUBLIC '-//N//DTD' 'http://x' [<!ENTITY a 'b'>]><rss>", None, "feed"),
        (b"<br />Warning in x.php\n<rss version='2.0'>", "text/html", "feed"),
        ("\ufeff<rss version='2.0'>".encode("utf-16-le"), None, "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "application/json", "feed"),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "description": "' + b"x" * 5000, None, "feed"),
        (b'{"items": [{"content_text": "' + b"x" * 5000, "application/json", "feed"),
        (b'{"description": "' + b"x" * 5000, "application/feed+json; charset=utf-8", "feed"),
        (b'{"posts": []}', "application/json", "page"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", None, "sitemap"),
        (b"<sitemapindex>", "text/xml", "sitemap"),
        (gzip.compress(b"<urlset><url></url></urlset>", mtime=0), "application/gzip", "sitemap"),
        (b"<!DOCTYPE html><html><body><pre>&lt;rss&gt;</pre>", "text/html", "page"),
        (b"<html><head><title>About RSS</title>", None, "page"),
        (b"<p>A fragment</p>", None, "page"),
        (b"plain words", "application/rss+xml", "feed"),
        (b"", None, "page"),
    ],
)
def test_sniff(body: bytes, content_type: str | None, sort: str) -> None:
    assert sniff(body, content_type) == sort
