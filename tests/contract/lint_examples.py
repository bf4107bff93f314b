"""For each rule drafts in which it finds something, and drafts that look like it and are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crawler.label.language import title_language
from crawler.lint.sheet import Answer, Context
from crawler.urls import url_key
from tests.support.drafts import GOOD, OTHER_SUMMARY, SUMMARY

URL = "https://globex.example/queue"
TITLE = "A Queue That Forgets Nothing"
PLAIN = Context(language_of=title_language)


def changed(old: str, new: str) -> str:
    """The good draft with one passage replaced."""
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def titled(title: str) -> str:
    return changed(TITLE, title)


def saying(words: str) -> str:
    """The good draft with words at the end of the first summary."""
    return changed(SUMMARY, f"{SUMMARY} {words}")


@dataclass(frozen=True)
class Example:
    """`bad` are drafts with the line of the finding (None: any line); `good` must give none of this rule."""

    bad: Sequence[str]
    good: Sequence[str] = ()
    context: Context = field(default_factory=lambda: PLAIN)
    good_context: Context | None = None


def answering(**answer: object) -> Context:
    return Context(answers={URL: Answer(**answer)})  # type: ignore[arg-type]


EXAMPLES: dict[str, Example] = {
    "dead-link": Example([GOOD], [GOOD], answering(state="dead", detail="404 Not Found"), answering(state="ok")),
    "unreachable-link": Example([GOOD], [GOOD], answering(state="unreachable", detail="503"), answering(state="refused")),
    "redirected-link": Example(
        [GOOD],
        [GOOD],
        replace(answering(state="ok", moved_to="https://globex.example/new"), moves=frozenset({url_key(URL)})),
        answering(state="ok", moved_to=URL + "?utm_source=x"),
    ),
    "tracked-link": Example(
        [changed(URL, URL + "?utm_source=rss"), changed("https://infoq.example/queue", "https://infoq.example/q?a=1&fbclid=2")],
        [changed(URL, URL + "?page=2"), saying("`https://x.example/?utm_source=y` is code.")],
    ),
    "banned-domain": Example(
        [GOOD, changed(URL, "https://www.globex.example/queue")],
        [changed("globex.example", "notglobex.example").replace("https://globex.example", "https://other.example")],
        Context(banned_domains=("globex.example",)),
    ),
    "bare-url": Example(
        [saying("See https://globex.example/more.")],
        [saying("See <https://globex.example/more>."), saying("See [more](https://globex.example/more).")],
    ),
    "empty-link": Example(
        [
            saying("See [more]()."),
            saying("See [](https://globex.example/more)."),
            saying("See [more](www.globex.example/more)."),
            saying("See [more](/more)."),
            changed(URL, f"“{URL}”"),
        ],
        [saying("A `[x]()` is code."), saying("Write to [us](mailto:us@globex.example).")],
    ),
    "repeat-in-draft": Example(
        [changed("https://initech.example/batch", "http://www.globex.example/queue/")],
        [changed("https://infoq.example/queue", URL)],
    ),
    "repeat-of-issue": Example(
        [GOOD], [GOOD], Context(published={url_key(URL): 83}), Context(published={url_key("https://third.example/x"): 83})
    ),
    "duplicate-anchor": Example(
        [changed("## Infrastructure", "## Data"), titled("Data!")], [changed("## Infrastructure", "## Data, again")]
    ),
    "broken-anchor": Example(
        [saying("See [below](#nowhere).")],
        [saying("See [below](#infrastructure)."), saying("See [below](#deadlines-for-batch-jobs).")],
    ),
    "heading-level": Example(
        [
            changed(f"### [{TITLE}]", f"#### [{TITLE}]"),
            changed(f"### [{TITLE}]", f"# [{TITLE}]"),
            changed(f"### [{TITLE}]", f"###[{TITLE}]"),
            changed("## Data", "##Data"),
            changed("## Data", "Data\n----"),
            changed("## Data", "Data\n===="),
        ],
        [
            saying("\n\n#### A part of it\n\nMore."),
            saying("\n\n#rust is a tag.\n\n---\n\nMore."),
            saying("\n\n```\n# a comment\nx\n---\n```"),
            saying("\n\n<!--\n# not now\n-->"),
            saying("\n\n| a |\n|---|\n| b |"),
        ],
    ),
    "runners-up-line": Example(
        [
            GOOD.replace("<!-- runners-up -->", "<!-- runner-ups -->"),
            GOOD.replace("<!-- runners-up -->", "<!-- score: 0.40 -->")
            + "### [A](https://a.example/)\n\n<!-- score: 0.40 -->\n\n### [B](https://b.example/)\n\n<!-- score: 0.40 -->\n",
        ],
        [
            GOOD[: GOOD.index("<!-- runners-up -->")].rstrip("\n") + "\n",
            saying("<!-- a runner moved up -->"),
            GOOD.replace("<!-- runners-up -->", "<!--runners-up-->"),
        ],
    ),
    "unbalanced-markdown": Example(
        [
            saying("It was **fast."),
            saying("It was *fast."),
            saying("It was fast*."),
            saying("It was _fast."),
            saying("It was `fast."),
            saying("It was [fast."),
            saying("It was fast]."),
            saying("It was (fast."),
            saying("It was ~~fast."),
            saying("It was\n\n```\nfast."),
            saying("It was <!-- fast."),
            saying("\n<<<<<<< HEAD\nIt was fast.\n=======\nIt was slow.\n>>>>>>> theirs"),
            saying("[One **word](https://one.example/)."),
        ],
        [
            saying("It was *fast*, **very** and _quite_, `2 * 3 ** [x` and snake_case_name, 2*3, a * b, \\*so."),
            saying("It **is *very* fast** (really) [so](https://one.example/a_(b)_c) ~~no~~."),
            saying("***Both*** and *over\ntwo lines*."),
            saying("\n\n- a\n- **b**: c\n    1) d\n\n* e\n* f\n\n***\n\nIt smiles :)"),
            saying("It was\n\n```python\nx = [1, (2\n*p = `\n```\n\nand more."),
            saying("It was <!-- *not (closed [here --> fast."),
        ],
    ),
    "missing-alt": Example(
        [changed("![The log beside the queue]", "![]"), changed("![The log beside the queue]", "![ ]")],
        [changed("![The log beside the queue]", "![A *log*]")],
    ),
    "white-space": Example(
        [
            changed("👉 For backend engineers\n", "👉 For backend engineers \n"),
            changed("## Data\n", "## Data\n\n\n\n"),
            GOOD.replace("\n\n<!-- runners-up -->", "\t\n\n<!-- runners-up -->", 1),
            GOOD.rstrip("\n"),
        ],
        [saying("One line  \nand another."), changed(SUMMARY, f"{SUMMARY}\n\n```\ncode \n\n\n\n\n```")],
    ),
    "truncated-title": Example(
        [titled("A Queue That For…"), titled("A Queue That Forgets..."), titled("A Queue That For"), titled("A Queue and the"),
         titled("A Queue:"), changed(f"[{TITLE}]({URL})", "")],
        [titled("A Queue, and What It Is Good For"), titled("A Queue That Forgets"), titled("C++ and C#"), titled("Type A")],
        Context(titles={url_key(URL): TITLE}),
    ),
    "foreign-title": Example(
        [
            titled("Warum wir unsere Datenbank nicht mehr mit Sorgen betreiben"),
            titled("Comment nous avons migré les données avec une équipe"),
            titled("Почему мы переписали очередь"),
            titled("我们为什么重写队列"),
            titled("[JP] Queue Migration"),
        ],
        [titled("Die Hard: Los Angeles and the Queue"), titled("El Niño"), titled("Kubernetes 1.35: 日本"), titled("De-risking a Migration")],
    ),
    "summary-length": Example(
        [changed(SUMMARY, "It is fast."), changed(SUMMARY, ""), changed(SUMMARY, SUMMARY + " " + SUMMARY + " " + OTHER_SUMMARY)],
        [changed(SUMMARY, SUMMARY + " " + OTHER_SUMMARY), changed(SUMMARY, "- **One:** a list\n- **Two:** of notes")],
    ),
    "first-person": Example(
        [saying("We measured it."), saying("Then we’re done."), saying("I like it."), saying("It helps us."), saying("It is my own.")],
        [
            saying("“We measured it,” they say."),
            saying("It moves I/O to the US and Part I to AWS."),
            saying("It is a type I error."),
            saying("<!-- we like it -->"),
            saying("The flag is `we`."),
            changed("For backend engineers", "For all of us"),
        ],
    ),
    "self-reference": Example(
        [saying("In this post the log is explained."), saying("This article tells more.")],
        [saying("They post logs."), saying("“In this post, ” it says.")],
    ),
    "missing-audience": Example([changed("👉 For backend engineers\n\n", "")], [changed("For backend engineers", "For `all`")]),
    "lead-length": Example(
        [changed("'This week: Globex replaces a queue. And Initech rewrites a scheduler.'", "''"),
         changed("replaces a queue", "replaces " + "a long queue and " * 30)],
        [changed("replaces a queue", "replaces " + "a queue and " * 10)],
    ),
}  # fmt: skip
