"""What a server sends late is read where the page's scripts would put it."""

from __future__ import annotations

from crawler.extract import extract_page
from tests.unit.extract.support import MORE, PROSE

ARTICLE = f"<article><h1>Giving work back</h1><p>{PROSE}</p><template id='P:2'></template><p>{MORE}</p><p>{PROSE}</p></article>"


def streamed(article: str, calls: str) -> list[str]:
    page = (
        "<html><head><title>Giving work back</title></head><body><header>Example</header><main><template id='B:0'></template>"
        f"<p>Loading…</p></main><footer>© 2023 Example</footer><div hidden id='S:0'>{article}</div>"
        f"<div hidden id='S:2'><pre><code>a = 1</code></pre></div><script>{calls}</script></body></html>"
    )
    return [b.text for b in extract_page(page.encode(), "https://blog.example/x").blocks]


def test_parts_that_scripts_move_stand_in_their_places() -> None:
    calls = """$RC=function(a,b){};$RC("B:0","S:0");$RS("S:2","P:2")"""
    assert streamed(ARTICLE, calls) == [PROSE.strip(), "a = 1", MORE.strip(), PROSE.strip()]


def test_calls_that_name_nothing_or_themselves_move_nothing() -> None:
    nested = ARTICLE.replace("<template id='P:2'>", "<template id='S:9' hidden>")
    assert "a = 1" not in streamed(nested, """$RC("B:7","S:8");$RC("S:9","S:0");$RS("S:2","P:1")""")
