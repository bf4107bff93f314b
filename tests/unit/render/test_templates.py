"""Templates of the user's own, and what a configuration asks of the formats."""

from __future__ import annotations

from pathlib import Path

import pytest

import crawler.render
from crawler.errors import ConfigError, UserError
from crawler.render import SUFFIXES, render
from crawler.render.options import RenderOptions, options_of
from crawler.render.prose import prose_html
from crawler.settings import IssueSettings
from crawler.sources.config import parse_config
from tests.golden.issue import ISSUE


def test_a_file_of_the_users_stands_in_place_of_ours(tmp_path: Path) -> None:
    """One template is replaced, the others stay; words are escaped in it as well."""
    (tmp_path / "page.html").write_text("<main>{{ issue.heading }}: {{ issue.items[2].title }}</main>")
    made = render(ISSUE, "html", RenderOptions(templates=tmp_path))
    assert made == (
        "<main>Weekend Reading #84: Vec&lt;T&gt; *is* not enough: [notes] on `unsafe` &amp; friends | part_2</main>\n"
    )
    assert render(ISSUE, "rss", RenderOptions(templates=tmp_path)) == render(ISSUE, "rss")


def test_a_style_sheet_of_the_users(tmp_path: Path) -> None:
    """The page with other colours."""
    (tmp_path / "page.css").write_text("body { color: teal; }")
    made = render(ISSUE, "html", RenderOptions(templates=tmp_path))
    assert "<style>\nbody { color: teal; }\n</style>" in made


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% if %}", r"page\.html:1: "),
        ("x\n{{ issue.nothing }}", "nothing"),
        ("{% include 'gone.html' %}", r"gone\.html"),
    ],
)
def test_a_broken_template_is_the_users_to_mend(tmp_path: Path, template: str, message: str) -> None:
    """A message with the file, no traceback."""
    (tmp_path / "page.html").write_text(template)
    with pytest.raises(UserError, match=message):
        render(ISSUE, "html", RenderOptions(templates=tmp_path))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Silence would render with our templates."""
    with pytest.raises(UserError, match="templates"):
        render(ISSUE, "html", RenderOptions(templates=tmp_path / "gone"))


def test_options_come_from_the_settings() -> None:
    """The base address ends in a slash; issues have pages where the html format is rendered."""
    options = options_of(IssueSettings(base_url="https://weekly.example/a", formats=("html", "atom"), templates="/t"))
    assert options.issue_address(ISSUE) == "https://weekly.example/a/084.html"
    assert options.templates == Path("/t")
    assert (
        options_of(IssueSettings(base_url="https://weekly.example/")).issue_address(ISSUE) == "https://weekly.example/"
    )
    assert options_of(IssueSettings()).issue_address(ISSUE) is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("base_url: weekly.example", "no web address"),
        ("hub: 7", "hub"),
        ("hub: https://hub.example/", "needs `base_url`"),
        ("sender: nobody", "address of mail"),
        ("sender: 'A <a@b.example'", "address of mail"),
        ("sender: 'a..b@c.example'", "address of mail"),
        ("sender: 'A <ä@b.example>'", "address of mail"),
        ("sender: 'A <a@b c.example>'", "address of mail"),
        ('sender: "A <a@b.example>\\nBcc: x@y.example"', "address of mail"),
        ("unsubscribe: 'javascript:x'", "neither a web address nor one of mail"),
        ("feed_grain: articles", "article"),
        ("images: never", "images"),
        ("front_matter: pelican", "front_matter"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_told_with_its_line(line: str, message: str) -> None:
    """Before anything is rendered."""
    text = f"settings:\n  issue:\n    {line}\nsources:\n- url: https://a.example/feed\n"
    with pytest.raises(ConfigError, match=message) as caught:
        parse_config(text, Path("sources.yaml"))
    assert "sources.yaml:3:" in str(caught.value)


@pytest.mark.parametrize(
    "sender",
    [
        "news@weekly.example",
        "Weekly Reading <news@weekly.example>",
        "Müller, A. <news+x@weekly.example>",
        '"A, B" <a@b.example>',
    ],
)
def test_senders_with_and_without_a_name(sender: str) -> None:
    """Both forms of an address."""
    text = f"settings: {{issue: {{sender: '{sender}', unsubscribe: 'mailto:x@y.example'}}}}\nsources: [{{url: 'https://a.example/f'}}]"
    assert parse_config(text, Path("s.yaml")).settings.issue.sender == sender


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("", ""),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>"),
        ('![a"b](https://x.example/?a&b)', '<p><a href="https://x.example/?a&amp;b">a&quot;b</a></p>'),
        ("[![in](https://x.example/i.png)](https://x.example/)", '<p><a href="https://x.example/">in</a></p>'),
        ("a  \nb\u202e", "<p>a<br />\nb</p>"),
    ],
)
def test_an_editors_markdown_is_safe_markup(markdown: str, expected: str) -> None:
    """No raw HTML, no scripts in addresses, no links in links where pictures become links."""
    assert prose_html(markdown, pictures=False) == expected


def test_the_document_names_every_format_and_template() -> None:
    """docs/formats.md is what people copy from."""
    page = (Path(__file__).resolve().parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
    for name, ending in SUFFIXES.items():
        assert f"| `{name}` | `084{ending}` |" in page
    for template in (Path(crawler.render.__file__).parent / "templates").iterdir():
        assert f"`{template.name}`" in page
