"""Pages of blogs by seed and number, with the text that their authors wrote: four layouts, with the furniture around it."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass

from tests.bench.text import paragraph, sentence

_SECTIONS = 5
_SCRIPT = "(function(w,d){w.q=w.q||[];w.q.push(['track',{page:d.title,at:Date.now(),n:%d}]);})(window,document);"
_STYLE = ".c%d{display:flex;margin:0 auto;padding:%dpx;max-width:72rem;color:#%06x}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its address, and the words of its article."""

    url: str
    body: bytes
    text: str


def page(seed: int, number: int) -> Page:
    """One page of about 90 kB: half of it scripts and styles, an article of some 1,200 words with code and lists."""
    rng = random.Random(f"page {seed} {number}")
    host = f"blog{number % 40}.example"
    title = sentence(rng, 7)[:-1]
    parts, texts = _article(rng)
    layout = (_semantic, _classes, _main, _soup)[number % 4]
    inside = layout(rng, title, "\n".join(parts))
    head = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | Notes</title>'
        f'<link rel="canonical" href="https://{host}/{number}"><meta property="og:title" content="{title}">'
        f'<meta name="description" content="{texts[0][:150]}"><meta property="article:published_time" '
        f'content="2025-0{1 + number % 9}-11T08:00:00Z"><meta name="author" content="Mina Okafor">'
        f"<style>{''.join(_STYLE % (n, n % 40, n * 7919) for n in range(300))}</style>"
        f"{'<script>' + _SCRIPT % number + '</script>'}</head>"
    )
    scripts = "".join(f"<script>{_SCRIPT % n}</script>" for n in range(150))
    body = f"{head}<body>{_navigation(rng)}{inside}{_furniture(rng)}{scripts}</body></html>"
    return Page(f"https://{host}/{number}", body.encode(), "\n".join(texts))


def _article(rng: random.Random) -> tuple[list[str], list[str]]:
    parts: list[str] = []
    texts: list[str] = []
    for _ in range(_SECTIONS):
        heading = sentence(rng, 5)[:-1]
        parts.append(f"<h2>{heading}</h2>")
        texts.append(heading)
        for _ in range(rng.randint(2, 4)):
            words = paragraph(rng, rng.randint(3, 6))
            first, _, rest = words.partition(" ")
            parts.append(f'<p><a href="/docs/{first.lower()}">{first}</a> {rest}</p>')
            texts.append(words)
        if rng.random() < 0.5:
            items = [sentence(rng, 9) for _ in range(4)]
            parts.append(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")
            texts += items
        else:
            code = "\n".join(
                f"{sentence(rng, 2)[:-1].lower().replace(' ', '_')}({rng.randint(1, 99)})" for _ in range(6)
            )
            parts.append(f'<pre><code class="language-python">{html.escape(code)}</code></pre>')
            texts.append(code)
    return parts, texts


def _semantic(rng: random.Random, title: str, inside: str) -> str:
    byline = f"<header><h1>{title}</h1><p class='byline'>By Mina Okafor, 9 min read</p></header>"
    return f"<main><article class='post hentry'>{byline}<div class='entry-content'>{inside}</div></article></main>"


def _classes(rng: random.Random, title: str, inside: str) -> str:
    return f"<div id='wrap'><h1 class='post-title'>{title}</h1><div class='post-content'>{inside}</div></div>"


def _main(rng: random.Random, title: str, inside: str) -> str:
    return f"<main role='main'><h1>{title}</h1>{inside}<p class='tags'>Tags: {sentence(rng, 3)[:-1].lower()}</p></main>"


def _soup(rng: random.Random, title: str, inside: str) -> str:
    return f"<div class='x1'><div class='x2'><div class='x3'><h1>{title}</h1>{inside}</div></div></div>"


def _navigation(rng: random.Random) -> str:
    links = "".join(f"<li><a href='/{n}'>{sentence(rng, 2)[:-1]}</a></li>" for n in range(40))
    return f"<header class='site-header'><nav><ul>{links}</ul></nav></header>"


def _furniture(rng: random.Random) -> str:
    cards = "".join(
        f"<div class='card'><a href='/r{n}'><h3>{sentence(rng, 6)[:-1]}</h3></a><p>{sentence(rng, 14)}</p></div>"
        for n in range(12)
    )
    comments = "".join(f"<li class='comment'><p>{sentence(rng, 20)}</p></li>" for _ in range(8))
    return (
        f"<aside class='related'><h2>Related posts</h2>{cards}</aside><section id='comments'><h2>Comments</h2>"
        f"<ol>{comments}</ol></section><footer><p>Subscribe to our newsletter. All rights reserved.</p></footer>"
    )
