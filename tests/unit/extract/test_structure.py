"""Blocks and text: code, lists, tables, quotations, captions and formulas keep their shape."""

from __future__ import annotations

import pytest

from crawler.extract import blocks_of_html
from crawler.model import Block
from tests.unit.extract.support import inner, read


def kinds(html: str) -> list[tuple[str, str]]:
    return [(b.kind, b.text) for b in blocks_of_html(html)]


def test_every_kind_of_block() -> None:
    html = (
        "<h2>Head</h2><p>One <b>two</b>\n three.</p><ul><li>a</li><li><p>b</p></li></ul><blockquote><p>q</p></blockquote>"
        "<pre><code>x = 1\n  y</code></pre><table><caption>c</caption><tr><th>k</th><th>v</th></tr><tr><td>1</td><td>2</td></tr></table>"
        "<figure><img src='https://a.example/i.png'><figcaption>cap</figcaption></figure>"
    )
    assert kinds(html) == [
        ("heading", "Head"),
        ("paragraph", "One two three."),
        ("item", "a"),
        ("item", "b"),
        ("quote", "q"),
        ("code", "x = 1\n  y"),
        ("caption", "c"),
        ("table", "k | v\n1 | 2"),
        ("caption", "cap"),
    ]
    assert blocks_of_html("<h3>x</h3>") == (Block("heading", "x", 3),)


def test_nested_lists_and_numbers() -> None:
    content = "<ol start='3'><li>three<ul><li>inner</li></ul></li><li>four</li></ol>"
    assert inner(read(content)) == "3. three\n\n- inner\n\n4. four"


def test_text_between_blocks_and_double_line_ends() -> None:
    assert kinds("first<br>still first<br> <br>second<div>third</div>fourth") == [
        ("paragraph", "first still first"),
        ("paragraph", "second"),
        ("paragraph", "third"),
        ("paragraph", "fourth"),
    ]


def test_tables_that_only_place_things_are_no_tables() -> None:
    assert kinds("<table><tr><td><p>one</p><p>two</p></td></tr></table>") == [
        ("paragraph", "one"),
        ("paragraph", "two"),
    ]


def test_definition_lists() -> None:
    blocks = [("paragraph", "Term"), ("item", "What it means.")]
    assert kinds("<dl><dt>Term</dt><dd>What it means.</dd></dl>") == blocks
    assert kinds("<dl><div><dt>Term</dt><dd>What it means.</dd></div></dl>") == blocks


def test_a_table_of_commands_is_a_table_and_columns_of_code_are_not() -> None:
    assert kinds("<table><tr><th>Run</th><th>To</th></tr><tr><td><pre>ls -l</pre></td><td>list</td></tr></table>") == [
        ("table", "Run | To\nls -l | list")
    ]
    assert kinds("<table><tr><td><pre>a\nb</pre></td><td><pre>c\nd</pre></td></tr></table>") == [
        ("code", "a\nb"),
        ("code", "c\nd"),
    ]


def test_the_caption_of_a_table_that_places_a_picture_is_told_once() -> None:
    assert kinds("<table><caption>A rack</caption><tr><td><img src='/a.png'></td></tr></table>") == [
        ("caption", "A rack")
    ]


@pytest.mark.parametrize(
    ("markup", "block"),
    [
        ("<div role='heading' aria-level='3'>The rule</div>", ("heading", "The rule")),
        (
            "<div class='wp-caption'><img src='/a.png'><p class='wp-caption-text'>A rack</p></div>",
            ("caption", "A rack"),
        ),
        ("<div class='x'><img src='/a.png'><div class='image-caption'>A rack</div></div>", ("caption", "A rack")),
        (
            "<div style='font-family: Menlo, monospace; white-space: pre'>a = 1\nb = 2</div>",
            ("code", "a = 1\nb = 2"),
        ),
        ("<xmp>a = <b></xmp>", ("code", "a = <b>")),
        ("<div class='code'><code>a = 1\n  b = 2</code></div>", ("code", "a = 1\n  b = 2")),
        ("<code style='display: block; white-space: pre-wrap'>a = 1\nb = 2</code>", ("code", "a = 1\nb = 2")),
        (
            "<pre><code><span class='line block'>a = 1</span><span class='line block'>b = 2</span></code></pre>",
            ("code", "a = 1\nb = 2"),
        ),
        (
            "<pre><code>if x:\n<span style='display:block'>  a = 1</span><b class='flex'><span>b</span><span>=</span></b></code></pre>",
            ("code", "if x:\n  a = 1b="),
        ),
    ],
)
def test_what_only_an_attribute_names(markup: str, block: tuple[str, str]) -> None:
    extracted = read(markup)
    assert [(b.kind, b.text) for b in extracted.blocks[1:-1]] == [block]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>It is so.<a class='footnote-anchor' href='#footnote-1'>1</a> It stays.</p>", "It is so. It stays."),
        ("<p>It is so<span class='ref'><a href='#fn1'>[1]</a></span>, and stays.</p>", "It is so, and stays."),
        ("<p>It is so <a class='footnote-reference' href='#footnote-1'>1</a>.</p>", "It is so."),
        ("<p><a href='#_ftnref1' name='_ftn1'>[1]</a> Half, rounded down.</p>", "Half, rounded down."),
        ("<div class='footnote'><a href='#footnote-anchor-1'>1</a><div><p>Half.</p></div></div>", "Half."),
        ("<div class='footnote-definition'><sup class='footnote-definition-label'>1</sup><p>Half.</p></div>", "Half."),
        ("<p>See chapter <a href='#chapter-2'>2</a> on halves.</p>", "See chapter 2 on halves."),
    ],
)
def test_the_number_of_a_note_is_no_word(markup: str, said: str) -> None:
    assert inner(read(markup)) == said


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<div class='flex gap-2'><span>Median</span><span>59 s</span></div>", "Median 59 s"),
        ("<h2><span class='block'>Part 1</span><span class='block'>The rule</span></h2>", "Part 1 The rule"),
        ("<p><span style='color: red'>Kuber</span><span>netes</span></p>", "Kubernetes"),
    ],
)
def test_words_that_a_style_sheet_sets_apart_stay_apart(markup: str, said: str) -> None:
    extracted = read(markup)
    assert inner(extracted) == said
    assert blocks_of_html(extracted.content_html) == extracted.blocks


def test_what_stood_around_a_dropped_block_stays_apart() -> None:
    assert inner(read("<div>A first line.<aside>An advertisement.</aside>A second line.</div>")) == (
        "A first line. A second line."
    )


def test_blocks_that_may_not_be_shown_keep_their_texts_apart() -> None:
    extracted = read("<div>A first line.<article>A second line.</article>A third line.</div>")
    assert inner(extracted) == "A first line.\n\nA second line.\n\nA third line."
    assert blocks_of_html(extracted.content_html) == extracted.blocks


LISTING = "a = 1\nb = 2"
HIGHLIGHTERS = {
    "plain": "<pre>a = 1\nb = 2\n</pre>",
    "line ends as elements": "<pre>a = 1<br>b = 2</pre>",
    "Pygments": "<div class='highlight-python notranslate'><div class='highlight'><pre><span></span><span class='n'>a</span> = 1\n<span class='n'>b</span> = 2\n</pre></div></div>",
    "Pygments table": "<table class='highlighttable'><tr><td class='linenos'><div class='linenodiv'><pre>1\n2</pre></div></td><td class='code'><div class='highlight'><pre>a = 1\nb = 2\n</pre></div></td></tr></table>",
    "Rouge table": "<div class='language-python highlighter-rouge'><pre class='highlight'><code><table class='rouge-table'><tbody><tr><td class='rouge-gutter gl'><pre class='lineno'>1\n2\n</pre></td><td class='rouge-code'><pre>a = 1\nb = 2\n</pre></td></tr></tbody></table></code></pre></div>",
    "Octopress": "<figure class='code'><div class='highlight'><table><tr><td class='gutter'><pre class='line-numbers'><span class='line-number'>1</span>\n<span class='line-number'>2</span>\n</pre></td><td class='code'><pre><code class='python'><span class='line'>a = 1\n</span><span class='line'>b = 2\n</span></code></pre></td></tr></table></div></figure>",
    "Chroma lines": "<div class='highlight'><pre class='chroma'><code class='language-python'><span class='line'><span class='ln'>1</span><span class='cl'>a = 1\n</span></span><span class='line'><span class='ln'>2</span><span class='cl'>b = 2\n</span></span></code></pre></div>",
    "Prism React": "<pre class='prism-code language-python'><code><span class='token-line'>a = 1<br></span><span class='token-line'>b = 2<br></span></code></pre>",
    "Prism lines as blocks": "<pre class='language-python'><code><div class='token-line'>a = 1</div><div class='token-line'>b = 2</div></code></pre>",
    "lines without ends": "<pre><code><span class='line'>a = 1</span><span class='line'>b = 2</span></code></pre>",
    "lines that an attribute counts": "<pre><code><span data-line='1'>a = 1</span><span data-line='2'>b = 2</span></code></pre>",
    "a change": "<table class='diff'><tr><td class='blob-num'>1</td><td class='blob-code'><span class='blob-code-inner'>a = 1</span></td></tr><tr><td class='blob-num'>2</td><td class='blob-code'><span class='blob-code-inner'>b = 2</span></td></tr></table>",
    "a code for each line": "<pre><code>a = 1</code><code>b = 2</code></pre>",
    "gist": "<table class='js-file-line-container'><tr><td class='blob-num' data-line-number='1'></td><td class='blob-code'>a = 1</td></tr><tr><td class='blob-num'></td><td class='blob-code'>b = 2</td></tr></table>",
    "Nikola": "<div class='code'><table class='codetable'><tr><td class='linenos linenodiv'><a href='#c-1'><code data-line-number='1'></code></a></td><td class='code'><code><a id='c-1'></a><span class='n'>a</span>&nbsp;= 1\n</code></td></tr><tr><td class='linenos linenodiv'><a href='#c-2'><code data-line-number='2'></code></a></td><td class='code'><code>b = 2\n</code></td></tr></table></div>",
    "highlight.js table": "<pre><code class='hljs python'><table class='hljs-ln'><tr><td class='hljs-ln-numbers' data-line-number='1'></td><td class='hljs-ln-code'>a = 1</td></tr><tr><td class='hljs-ln-numbers'></td><td class='hljs-ln-code'>b = 2</td></tr></table></code></pre>",
    "lines named for their numbers": "<pre class='language-python'><code><span class='code-line line-number' line='1'>a = 1\n</span><span class='code-line line-number highlight-line' line='2'>b = 2\n</span></code></pre>",
    "a numbered list": "<pre class='prettyprint linenums'><ol class='linenums'><li class='L0'><span class='pln'>a = 1</span></li><li class='L1'>b = 2</li></ol></pre>",
    "a bar inside": "<pre><div class='rounded'><div class='flex'>python</div><div><button>Copy code</button></div><div class='p-4'><code class='language-python'>a = 1\nb = 2\n</code></div></div></pre>",
    "a tool box below": "<pre class='highlight'><code class='hljs' data-lang='python'>a = 1\nb = 2</code><div class='source-toolbox'><span class='source-lang'>python</span><button>Copy</button></div></pre>",
    "what an editor tells of a name": "<pre class='shiki twoslash'><code><span class='line'><span class='twoslash-hover'><span class='twoslash-popup-container'><code class='twoslash-popup-code'>let a: number</code></span>a</span> = 1</span>\n<span class='line'>b = 2</span></code></pre>",
    "lines that readers are not shown": "<pre class='playground'><code class='language-rust'><span class='boring'>fn main() {\n</span>a = 1\nb = 2\n<span class='boring'>}</span></code></pre>",
    "the language beside a button": "<div class='css-1'><div class='css-2'><span>Python</span><button><svg></svg>Copy</button></div><pre><code class='language-py'>a = 1\nb = 2</code></pre></div>",
    "the language in a bar below": "<div class='code-toolbar'><pre class='language-bash'><code>a = 1\nb = 2</code></pre><div class='toolbar'><div class='toolbar-item'><span>Bash</span></div></div></div>",
    "button inside": "<div class='code-toolbar'><pre><button class='copy'>Copy</button><code>a = 1\nb = 2</code></pre></div>",
}


@pytest.mark.parametrize("markup", HIGHLIGHTERS.values(), ids=HIGHLIGHTERS.keys())
def test_code_of_every_highlighter_is_its_text(markup: str) -> None:
    extracted = read(markup)
    assert [b.text for b in extracted.blocks if b.kind == "code"] == [LISTING]
    assert inner(extracted) == LISTING


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        ("<pre><code class='language-rust'>x</code></pre>", "rust"),
        ("<pre class='brush: java; gutter: false'>x</pre>", "java"),
        ("<div class='highlight-source-shell'><pre>x</pre></div>", "shell"),
        (
            "<div class='language-python highlighter-rouge'><div class='highlight'><pre class='highlight'><code>x</code></pre></div></div>",
            "python",
        ),
        ("<pre class='sourceCode haskell'><code class='sourceCode haskell'>x</code></pre>", "haskell"),
        ("<pre data-lang='Go'>x</pre>", "go"),
        ("<pre><code class='hljs bash'>x</code></pre>", "bash"),
        ("<pre class='EnlighterJSRAW' data-enlighter-language='java'>x</pre>", "java"),
        ("<pre class='wp-block-code'><code lang='php'>x</code></pre>", "php"),
        ("<pre lang='ruby' line='1'>x</pre>", "ruby"),
        ("<pre data-syntaxhighlighter-params='brush: py; gutter: false'>x</pre>", "py"),
    ],
)
def test_the_language_of_code_is_kept(markup: str, language: str) -> None:
    assert f'<pre><code class="language-{language}">x</code></pre>' in read(markup).content_html


def test_a_line_that_names_the_language_of_the_code_below_stays() -> None:
    assert inner(read("<p>Go:</p><pre><code class='language-go'>x := 1</code></pre>")) == "Go:\n\nx := 1"


def test_an_empty_line_of_code_stays() -> None:
    for name in ("line", "cm-line", "token-line"):
        lines = f"<div class='{name}'>a = 1</div><div class='{name}'></div><div class='{name}'>b = 2</div>"
        assert inner(read(f"<pre><code>{lines}</code></pre>")) == "a = 1\n\nb = 2"


def test_words_in_code_are_never_taken_for_furniture() -> None:
    assert "# share" in inner(read("<pre><span class='comment'># share this</span>\nrun()</pre>"))


FORMULAS = {
    "a picture of WordPress": "<p>So <img class='latex' src='/l.png' alt='x^2'> grows.</p>",
    "a picture of LaTeX2HTML": "<p>So <img src='img1.png' alt='$x^2$'> grows.</p>",
    "KaTeX": "<p>So <span class='katex'><span class='katex-mathml'><math><semantics><mrow><mi>x</mi></mrow><annotation encoding='application/x-tex'>x^2</annotation></semantics></math></span><span class='katex-html' aria-hidden='true'>x2</span></span> grows.</p>",
    "MathJax 2": "<p>So <span class='MathJax_Preview'>x2</span><span class='MathJax' id='m1'>x2</span><script type='math/tex'>x^2</script> grows.</p>",
    "MathML with TeX": "<p>So <math alttext='x^2'><msup><mi>x</mi><mn>2</mn></msup></math> grows.</p>",
}


@pytest.mark.parametrize("markup", FORMULAS.values(), ids=FORMULAS.keys())
def test_formulas_are_their_source_once(markup: str) -> None:
    assert inner(read(markup)) == "So $x^2$ grows."


@pytest.mark.parametrize(
    ("mathml", "line"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^2"),
        (
            "<mrow><mi>a</mi><mo>=</mo><mfrac><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac></mrow>",
            "a = (b + 1)/2",
        ),
        ("<msqrt><msub><mi>x</mi><mi>i</mi></msub></msqrt>", "√(x_i)"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>0</mn></mrow><mi>n</mi></munderover>", "∑_(i = 0)^n"),
    ],
)
def test_mathml_without_a_source_is_written_in_a_line(mathml: str, line: str) -> None:
    assert inner(read(f"<p>So <math>{mathml}</math> it is.</p>")) == f"So {line} it is."
    drawn = f"<mjx-container class='MathJax' jax='CHTML'><mjx-math><mjx-mi>?</mjx-mi></mjx-math><mjx-assistive-mml><math>{mathml}</math></mjx-assistive-mml></mjx-container>"
    assert inner(read(f"<p>So {drawn} it is.</p>")) == f"So {line} it is."


def test_stored_markup_gives_the_same_blocks_again() -> None:
    extracted = read(
        "<h2>Head</h2><ul><li>one<ol><li>two</li></ol></li></ul><pre><code class='language-c'>if (a &lt; b)\n  c();</code></pre>"
        "<table><tr><td>1</td><td>2</td></tr></table><blockquote><p>said</p></blockquote>"
    )
    assert blocks_of_html(extracted.content_html) == extracted.blocks


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("A fast planner<sup>1</sup>, twice.", "A fast planner, twice."),
        ("A fast planner.<sup>[2]</sup> It won.", "A fast planner. It won."),
        ("A fast planner<sup><a href='#fn:3'>3</a></sup> won.", "A fast planner won."),
        ("A fast planner<a href='#fn:3'><sup>3</sup></a> won.", "A fast planner won."),
        ("Two of them<sup>1, 2</sup> won.", "Two of them won."),
        ("It was rewritten in 2019<sup>4</sup>.", "It was rewritten in 2019."),
        ("A planner<sup>†</sup> won.", "A planner won."),
        ("Less than 2<sup>31</sup> rows.", "Less than 2^31 rows."),
        ("About 10<sup>-9</sup> s.", "About 10^-9 s."),
        ("It takes O(n<sup>2</sup>) steps and log<sup>2</sup> n.", "It takes O(n^2) steps and log^2 n."),
        ("A room of 20 m<sup>2</sup>.", "A room of 20 m^2."),
        ("A sum (a+b)<sup>k</sup>.", "A sum (a+b)^k."),
        ("On the 1<sup>st</sup> of May.", "On the 1st of May."),
        ("Acme<sup>TM</sup> won.", "AcmeTM won."),
        ("Dated by <sup>14</sup>C.", "Dated by 14C."),
        ("<em>A fast planner<sup>1</sup></em> won.", "A fast planner won."),
        ("Nobody follows it <sup>[1]</sup>.", "Nobody follows it."),
        ("Nobody follows it <sup>[1]</sup><sup>[2]</sup>.", "Nobody follows it."),
        ("Who follows it <sup><a href='#fn:3'>3</a></sup><em>is lost</em>.", "Who follows it is lost."),
        ("Who follows it <sup>[3]</sup>“in time” is lost.", "Who follows it “in time” is lost."),
    ],
)
def test_raised_type_is_an_exponent_or_the_mark_of_a_note(html: str, said: str) -> None:
    assert kinds(f"<p>{html}</p>") == [("paragraph", said)]
