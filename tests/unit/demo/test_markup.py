"""The demo's Markdown converter: what its articles use comes out as the HTML that blogs publish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawler.demo.markup import headings, inline, paragraphs, to_html


def convert(body: str) -> str:
    return to_html(body, lambda name: f"http://host.example/{name}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## A & B", '<h2 id="a-b">A &amp; B</h2>'),
        ("one\ntwo", "<p>one two</p>"),
        ("a `x < y` b", "<p>a <code>x &lt; y</code> b</p>"),
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("[text](http://a.example/?x=1&y=2)", '<p><a href="http://a.example/?x=1&amp;y=2">text</a></p>'),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("> said\n> she", "<blockquote><p>said she</p></blockquote>"),
        ("```go\na\n\nb < c\n```", '<pre><code class="language-go">a\n\nb &lt; c</code></pre>'),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
        (
            '![alt](x.svg "cap")',
            '<figure><img src="http://host.example/x.svg" alt="alt" loading="lazy"><figcaption>cap</figcaption></figure>',
        ),
        ("<b onclick='x'>raw</b>", "<b onclick='x'>raw</b>"),
    ],
)
def test_blocks(body: str, expected: str) -> None:
    assert convert(body) == expected


@given(st.text(alphabet="ab <>&\"'`*[]()", max_size=40))
def test_inline_never_makes_elements_of_its_input(text: str) -> None:
    tree = html.fragment_fromstring(f"<div>{inline(text)}</div>")
    assert {element.tag for element in tree.iterdescendants()} <= {"code", "strong", "em", "a"}


def test_headings_are_those_of_the_second_level() -> None:
    assert headings("## One\n\ntext\n\n### Not\n\n## Two") == ["One", "Two"]


def test_paragraphs_are_prose_only() -> None:
    body = "One.\n\n```py\nx\n```\n\n1. a\n\n- b\n\n| c |\n|---|\n\n`Code` first.\n\n## Head\n\n<p>raw</p>\n\n**Bold.** Two."
    assert paragraphs(body) == ["One.", "`Code` first.", "**Bold.** Two."]
