"""Issues with the worst text that blogs publish, for laws that must hold for all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from crawler.model import Image, Issue, Item, Section, Window
from crawler.text import one_line
from crawler.urls import host_of

NASTY = (
    "[x](javascript:alert(1))",
    "](javascript:alert(1))",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<!-- pin -->",
    "<!-- runners-up -->",
    "*stars* and **more**",
    "_under_ and __more__ and snake_case",
    "`code` and ``more``",
    "a | b | c",
    "~~struck~~",
    "\\ back \\* slash \\",
    "&amp; &lt;b&gt; &#35; &copy;",
    "# heading",
    "### [Title](https://example.org/)",
    "> quote",
    "- item",
    "1. item",
    "12) item",
    "---",
    "===",
    "```",
    "~~~",
    "👉 For everyone",
    "![img](https://example.org/x.png)",
    "12 min",
    "#tag",
    "also at [x](https://example.org/)",
    "a · b",
    "{{< shortcode >}} {% raw %} {{ x }}",
    "שלום עולם",
    "\u202eevil",
    "👩‍💻 emoji 🎉",
    "line\nbreak",
    "tab\tand  blanks",
    "C++ & C#: 100% of $5 (five)",
    "https://example.org/?a=b&c=d",
    "[unbalanced",
    "closing] here",
    "trailing #",
    "key: value",
    "'quotes' \"double\" “curly”",
    "!bang [x]",
    "a\\",
    "*",
    "_",
    "+",
)
text = st.one_of(
    st.sampled_from(NASTY),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=40),
    st.lists(st.sampled_from(NASTY), min_size=1, max_size=3).map(" ".join),
    st.text(alphabet="ab *_[]()`<>!#&;\\|~{}%-+.:1 ·", max_size=25),
)
slug = st.text(alphabet="abcdefghijklmnop-0123456789", min_size=1, max_size=8)
tag = st.from_regex(r"[a-z][a-z0-9+_-]{0,8}", fullmatch=True)
path = st.text(alphabet="abc/()-_.~*%28,=&;?'!", max_size=12)
urls = st.builds(lambda host, tail: f"https://{host.strip('-') or 'x'}.example.org/{tail}", slug, path)
images = st.builds(Image, urls, text)


NOTES = "1. **The log**: It is written twice.\n   - **Left**: One disk.\n   - The other disk.\n2. **Limits**"


def _items() -> st.SearchStrategy[Item]:
    return st.builds(
        Item,
        title=text,
        url=urls,
        company=st.one_of(st.none(), text.map(lambda name: " ".join(name.split()[:4]))),
        audience=text,
        image=st.one_of(st.none(), images),
        summary=st.lists(text, max_size=2).map("\n\n".join),
        minutes=st.integers(0, 99),
        tags=st.lists(tag, max_size=3).map(tuple),
        also_at=st.lists(st.tuples(text, urls), max_size=2).map(tuple),
        covered_by=st.lists(st.tuples(text, urls), max_size=2).map(tuple),
        previously=st.lists(st.integers(0, 999), max_size=2).map(tuple),
        notes=st.sampled_from(["", NOTES]),
        score=st.integers(0, 100).map(lambda n: n / 100),
        pinned=st.booleans(),
    )


items = _items()


def _issue(number: int, lines: tuple[str, ...], groups: list[list[Item]], runners: list[Item], show: bool) -> Issue:
    title, tagline, lead = lines
    start = datetime(2026, 11, 9, tzinfo=UTC) + timedelta(hours=number % 24)
    if show:
        sections = tuple(Section("", f"Part {n}", tuple(group)) for n, group in enumerate(groups))
    else:
        sections = tuple(Section("", "", tuple(group)) for group in groups[:1] if group)
    return Issue(
        number=number,
        title=title,
        tagline=tagline,
        lead=lead,
        window=Window(start, start + timedelta(days=7)),
        sections=sections,
        tags=("a", "b"),
        cover=Image("https://example.org/c.png", title or "cover"),
        show_sections=show and bool(sections),
        runners_up=tuple(runners),
    )


issues = st.builds(
    _issue,
    st.integers(0, 999),
    st.tuples(text, text, text),
    st.lists(st.lists(items, max_size=2), max_size=2),
    st.lists(items, max_size=2),
    st.booleans(),
)


def printed(issue: Issue) -> Issue:
    """Only what a draft prints, in the form in which it prints it."""

    def plain(item: Item, *, scored: bool) -> Item:
        paragraphs = [p for p in map(one_line, item.summary.split("\n\n")) if p]
        return replace(
            item,
            title=one_line(item.title) or "Untitled",
            company=one_line(item.company or "") or None,
            audience=one_line(item.audience),
            image=Image(item.image.url, one_line(item.image.alt)) if item.image else None,
            summary="\n\n".join(paragraphs),
            also_at=tuple((one_line(name) or host_of(url), url) for name, url in item.also_at),
            covered_by=tuple((one_line(name) or host_of(url), url) for name, url in item.covered_by),
            score=item.score if scored else 0.0,
        )

    return replace(
        issue,
        title=one_line(issue.title),
        tagline=one_line(issue.tagline),
        lead=one_line(issue.lead),
        cover=Image(issue.cover.url, one_line(issue.cover.alt)) if issue.cover else None,
        sections=tuple(
            replace(s, tag="", items=tuple(plain(i, scored=False) for i in s.items)) for s in issue.sections
        ),
        runners_up=tuple(plain(i, scored=True) for i in issue.runners_up),
    )
