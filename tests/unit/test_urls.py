"""Addresses: one article, one key; a canonical form that is stable and never raises."""

from __future__ import annotations

from string import ascii_letters, digits

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.urls import (
    absolute_url,
    article_id,
    canonical_url,
    host_of,
    is_shared_host,
    is_tracked,
    is_web_url,
    origin_of,
    picture_url,
    shown_url,
    site_of,
    slug_of,
    split,
    subscribed_url,
    url_key,
    without_credentials,
)

CANONICAL = [
    # case, ports, credentials (RFC 3986 section 6.2)
    ("HTTP://Blog.Example.COM/Post", "http://blog.example.com/Post"),
    ("https://example.com:443/a", "https://example.com/a"),
    ("http://example.com:80/a", "http://example.com/a"),
    ("https://example.com:8443/a", "https://example.com:8443/a"),
    ("https://example.com:/a", "https://example.com/a"),
    ("https://user:secret@example.com/a", "https://example.com/a"),
    ("https://example.com./a", "https://example.com/a"),
    ("https://example.com", "https://example.com/"),
    ("  https://example.com/a\n", "https://example.com/a"),
    ("https://exa%6Dple.com/a", "https://example.com/a"),
    # hosts
    ("https://BÜCHER.example/a", "https://xn--bcher-kva.example/a"),
    ("https://Faß.example/a", "https://xn--fa-hia.example/a"),
    ("https://faß。bücher.example/a", "https://xn--fa-hia.xn--bcher-kva.example/a"),
    ("http://[2001:DB8:0:0::1]/a", "http://[2001:db8::1]/a"),
    ("http://[2001:db8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
    # paths
    ("https://example.com/a/./b/../c", "https://example.com/a/c"),
    ("https://example.com/../../a", "https://example.com/a"),
    ("https://example.com/a/..", "https://example.com/"),
    ("https://example.com/%7Ejane/%e4%b8%ad", "https://example.com/~jane/%E4%B8%AD"),
    ("https://example.com/中", "https://example.com/%E4%B8%AD"),
    ("https://example.com/a b", "https://example.com/a%20b"),
    ("https://example.com/100%", "https://example.com/100%25"),
    ("https://example.com/%%341", "https://example.com/%2541"),
    ("https://example.com/a%2Fb", "https://example.com/a%2Fb"),
    ("https://example.com/a/", "https://example.com/a/"),
    ("https://example.com/a/index.html", "https://example.com/a/index.html"),
    ("https://example.com/a;jsessionid=0A1B2C?x=1", "https://example.com/a?x=1"),
    # fragments
    ("https://example.com/a#comments", "https://example.com/a"),
    ("https://example.com/a#utm_source=rss", "https://example.com/a"),
    ("https://example.com/a#:~:text=hello", "https://example.com/a"),
    ("https://example.com/#!/post/1?utm_source=rss", "https://example.com/#!/post/1"),
    ("https://example.com/#/post/1", "https://example.com/#/post/1"),
    # trackers
    ("https://example.com/a?utm_source=rss&utm_medium=feed", "https://example.com/a"),
    ("https://example.com/a?UTM_Source=rss", "https://example.com/a"),
    ("https://example.com/a?id=1&amp;utm_source=rss&amp;page=2", "https://example.com/a?id=1&page=2"),
    ("https://example.com/a?p=12&fbclid=x", "https://example.com/a?p=12"),
    ("https://example.com/a?replytocom=99", "https://example.com/a"),
    ("https://example.com/a?share=twitter", "https://example.com/a"),
    ("https://example.com/a?share=equity", "https://example.com/a?share=equity"),
    ("https://example.com/a?PHPSESSID=abc", "https://example.com/a"),
    ("https://example.com/a?sid=7", "https://example.com/a?sid=7"),
    ("https://example.com/a?ref=news.example.com", "https://example.com/a"),
    ("https://github.com/x/y?ref=main", "https://github.com/x/y?ref=main"),
    ("https://example.com/a?source=postgres", "https://example.com/a?source=postgres"),
    (
        "https://medium.com/@jane/how-we-built-it-0a1b2c3d4e5f?source=rss----9a8b7c---4",
        "https://medium.com/@jane/how-we-built-it-0a1b2c3d4e5f",
    ),
    ("https://medium.com/@jane/x-0a1b2c3d4e5f?sk=v2%2Fabc", "https://medium.com/@jane/x-0a1b2c3d4e5f"),
    ("https://example.com/search?sk=asc", "https://example.com/search?sk=asc"),
    ("https://example.com/a?b=2&a=1", "https://example.com/a?b=2&a=1"),
    ("https://example.com/a?", "https://example.com/a"),
    ("https://example.com/a?&&", "https://example.com/a"),
    ("https://example.com/a?q=a+b%20c&r=%c3%a9", "https://example.com/a?q=a+b%20c&r=%C3%A9"),
    # wrapped addresses
    ("https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a", "https://www.example.com/a"),
    ("https://www.google.com/amp/s/www.example.com/a", "https://www.example.com/a"),
    ("https://www.google.com/url?rct=j&sa=t&url=https://example.com/a&ct=ga", "https://example.com/a"),
    ("https://www.google.com/url?q=https%3A%2F%2Fexample.com%2Fa%3Fx%3D1", "https://example.com/a?x=1"),
    # what cannot be resolved without asking stays
    ("http://feedproxy.google.com/~r/Blog/~3/AbC_dE/", "http://feedproxy.google.com/~r/Blog/~3/AbC_dE/"),
    # no web address
    ("mailto:jane@example.com", "mailto:jane@example.com"),
    (" not a url ", "not a url"),
    ("", ""),
    ("https:///path", "https:///path"),
    ("http://exa mple.com/", "http://exa mple.com/"),
    ("http://[::1", "http://[::1"),
    ("https://example.com:port/a", "https://example.com:port/a"),
]

SAME = [
    ("http://example.com/a", "https://www.example.com/a/"),
    ("https://example.com/a", "https://example.com/a/index.html"),
    ("https://example.com/a", "https://example.com/a.html"),
    ("https://example.com/a", "https://m.example.com/a"),
    ("https://example.com/a", "https://amp.example.com/a"),
    ("https://example.com/a", "https://www.m.example.com/a"),
    ("https://example.com/a", "https://example.com/a/amp/"),
    ("https://example.com/a", "https://example.com/a.amp.html"),
    ("https://example.com/a", "https://example.com/a?amp=1"),
    ("https://example.com/a", "https://example.com/a?amp"),
    ("https://example.com/a", "https://example.com/a?outputType=amp"),
    ("https://example.com/x/a", "https://example.com//x///a"),
    ("https://example.com/?a=1&b=2", "https://example.com/?b=2&a=1"),
    ("https://example.com/a?q=x+y", "https://example.com/a?q=x%20y"),
    ("https://example.com/My-Post-Title", "https://example.com/my-post-title"),
    ("https://example.com/Blog/post", "https://example.com/blog/post"),
    ("https://jane.blogspot.com/2024/05/post.html", "https://jane.blogspot.com/2024/05/post.html?m=1"),
    ("https://medium.com/@jane/how-0a1b2c3d4e5f", "https://medium.com/pub/how-0a1b2c3d4e5f?source=rss----1---2"),
    ("https://medium.com/p/0a1b2c3d4e5f", "https://jane.medium.com/how-0a1b2c3d4e5f"),
    ("https://example.com/#!/a", "https://www.example.com/#!/a/"),
    ("https://example.com:443/a", "http://example.com:80/a"),
    ("http://[2001:db8::1]/a", "https://[2001:DB8:0::1]/a/"),
]

DIFFERENT = [
    ("https://example.com/a", "https://example.com/b"),
    ("https://example.com/?p=1", "https://example.com/?p=2"),
    ("https://a.example.com/x", "https://b.example.com/x"),
    ("https://example.com/a", "https://example.com:8080/a"),
    ("https://youtu.be/AbCdEfGhIjk", "https://youtu.be/abcdefghijk"),
    ("https://example.com/watch?v=AbC", "https://example.com/watch?v=abc"),
    ("https://bit.ly/3xYzAbC", "https://bit.ly/3xyzabc"),
    ("https://example.com/#!/a", "https://example.com/#!/b"),
    ("https://medium.com/@jane/how-0a1b2c3d4e5f", "https://medium.com/@jane/how-0a1b2c3d4e60"),
    ("https://example.com/release-1.2", "https://example.com/release-1.3"),
    ("https://example.com/a?month=1", "https://example.com/a?month=2"),
    ("https://m.io/a", "https://io/a"),
]


@pytest.mark.parametrize(("url", "canonical"), CANONICAL)
def test_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_have_one_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_articles_have_two_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


_NAMES = st.text(ascii_letters + digits + "-._~%üé中 /+;:@!&=#?[]\\\"'<>", max_size=20)
_HOSTS = st.one_of(
    st.sampled_from(
        [
            "example.com",
            "WWW.Example.com",
            "m.example.co.uk",
            "[2001:DB8::1]",
            "192.0.2.7",
            "bücher.example",
            "xn--.a",
            "medium.com",
            "x.cdn.ampproject.org",
            "www.google.com",
            "jane.blogspot.com",
            "ex。ample.com",
        ]
    ),
    st.text(ascii_letters + digits + "-.üß。İ%", min_size=1, max_size=12),
)
_QUERIES = st.lists(
    st.tuples(st.sampled_from(["utm_source", "a", "b", "amp", "m", "ref", "url", "amp;b", "%41"]), _NAMES), max_size=4
).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs))


@st.composite
def addresses(draw: st.DrawFn) -> str:
    scheme = draw(st.sampled_from(["http", "https", "HTTP", "ftp", ""]))
    port = draw(st.sampled_from(["", ":80", ":443", ":8080", ":0", ":99999", ":"]))
    path = "/".join(
        draw(st.lists(st.one_of(_NAMES, st.sampled_from(["..", ".", "", "amp", "index.html"])), max_size=4))
    )
    fragment = draw(st.sampled_from(["", "#x", "#!/a", "#/a?utm_x=1", "#!"]))
    return f"{scheme}://{draw(_HOSTS)}{port}/{path}?{draw(_QUERIES)}{fragment}"


@given(st.one_of(addresses(), st.text(max_size=60)))
@example("http://example.com/%%341")
@example("http://a。/")
@example("https://example.com/\ud800")
@example("https://x.cdn.ampproject.org/c/s/x.cdn.ampproject.org/c/example.com/a")
@example("https://example.com/a.amp.html.amp/index.html")
def test_canonical_form_is_stable_and_keeps_the_key(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
    assert url_key(once) == url_key(url)
    assert article_id(once) == article_id(url)
    assert len(article_id(url)) == 16


@given(st.text(max_size=60), st.text(max_size=30))
def test_nothing_raises_on_any_text(text: str, other: str) -> None:
    for function in (split, is_web_url, is_tracked, host_of, site_of, is_shared_host, origin_of, slug_of):
        function(text)
    without_credentials(text)
    joined = absolute_url(text, other)
    assert not joined or is_web_url(joined)


@given(addresses())
@example("https://acme.example/#/0?#/a?utm_x=1")
@example("https://acme.example/#!utm_x=1")
def test_canonical_url_carries_no_tracker(url: str) -> None:
    assert not is_tracked(canonical_url(url))


def test_is_tracked_names_what_a_link_must_not_carry() -> None:
    assert is_tracked("https://example.com/a?id=1&utm_source=x")
    assert is_tracked("https://example.com/a#utm_source=x")
    assert not is_tracked("https://example.com/a?id=1")
    assert not is_tracked("nonsense?utm_source=x")


def test_ids_are_sixteen_hex_digits_of_the_canonical_url() -> None:
    assert article_id("https://Example.com/a?utm_source=rss") == article_id("https://example.com/a")
    assert article_id("https://example.com/") == "0f115db062b7c0dd"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://blog.example.com/a", "example.com"),
        ("https://example.com/a", "example.com"),
        ("https://a.b.example.co.uk/", "example.co.uk"),
        ("https://jane.github.io/a", "jane.github.io"),
        ("https://x.jane.github.io/a", "jane.github.io"),
        ("https://jane.medium.com/a", "jane.medium.com"),
        ("https://engineering.example.io/", "example.io"),
        ("http://192.0.2.7/a", "192.0.2.7"),
        ("http://[2001:db8::1]/a", "2001:db8::1"),
        ("http://localhost/a", "localhost"),
        ("nonsense", ""),
    ],
)
def test_site_of(url: str, site: str) -> None:
    assert site_of(url) == site


def test_shared_hosts_are_told_from_blogs() -> None:
    assert is_shared_host("https://www.medium.com/@jane")
    assert not is_shared_host("https://jane.medium.com/")
    assert not is_shared_host("https://blog.example.com/")


def test_split_and_origin() -> None:
    assert split("HTTPS://Example.com:8443/a?b=1#c") == ("https", "example.com", 8443, "/a", "b=1")
    assert split("http://[2001:db8::1]/") == ("http", "2001:db8::1", None, "/", "")
    assert origin_of("http://[2001:db8::1]:80/a") == "http://[2001:db8::1]"
    assert origin_of("https://example.com:8443/a") == "https://example.com:8443"
    assert origin_of("ftp://example.com/a") == ""


def test_absolute_url() -> None:
    assert absolute_url("https://example.com/a/b", "../c") == "https://example.com/c"
    assert absolute_url("https://example.com/a", "//other.example/x") == "https://other.example/x"
    assert absolute_url("https://example.com/a", "javascript:alert(1)") == ""
    assert absolute_url("https://example.com/a", "http://[broken") == ""


def test_without_credentials() -> None:
    assert without_credentials("https://user:secret@example.com/a?b=1") == "https://example.com/a?b=1"
    assert without_credentials("https://example.com/@jane") == "https://example.com/@jane"


def test_slug_of() -> None:
    assert slug_of("https://blog.example.com/eng/feed.xml") == "blog-example-com-eng"
    assert slug_of("https://www.example.com/rss") == "example-com"
    assert slug_of("No URL!") == "no-url"


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("feed:https://blog.example/rss", "https://blog.example/rss"),
        ("FEED://https://blog.example/rss", "https://blog.example/rss"),
        ("feed://blog.example/rss", "http://blog.example/rss"),
        ("https://blog.example/feed:https://x", "https://blog.example/feed:https://x"),
        ("feedly.example", "feedly.example"),
    ],
)
def test_what_a_feed_reader_calls_an_address(address: str, meant: str) -> None:
    assert subscribed_url(address) == meant


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://docs.example/release/18/#NEW-THINGS", "https://docs.example/release/18/#NEW-THINGS"),
        ("https://a.example/post?utm_source=x&b=1#part-2", "https://a.example/post?b=1#part-2"),
        ("https://a.example/post#utm_source=feed&utm_medium=rss", "https://a.example/post"),
        ("https://a.example/#!/post/1?utm_source=x", "https://a.example/#!/post/1"),
        ("https://a.example/?tags[]=go|rust&x={y}", "https://a.example/?tags%5B%5D=go%7Crust&x=%7By%7D"),
        ("https://a.example/a b|c[d]#e|f#g", "https://a.example/a%20b%7Cc%5Bd%5D#e%7Cf%23g"),
        ("https://a.example/50%", "https://a.example/50%25"),
        (" javascript:alert(1) ", "javascript:alert(1)"),
    ],
)
def test_a_reader_is_led_to_the_place_in_the_page_and_by_valid_characters(url: str, shown: str) -> None:
    assert shown_url(url) == shown
    assert shown_url(shown) == shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/i m(1).png?w=640&sig=a|b[c]", "https://a.example/i%20m(1).png?w=640&sig=a%7Cb%5Bc%5D"),
        ("https://a.example/i.png?utm_source=x#frag", "https://a.example/i.png?utm_source=x"),
        ("data:image/png;base64,AAAA", "data:image/png;base64,AAAA"),
    ],
)
def test_a_picture_keeps_its_parameters(url: str, shown: str) -> None:
    assert picture_url(url) == shown
    assert picture_url(shown) == shown
