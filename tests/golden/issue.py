"""One whole issue for the golden files: all parts of the form, some words that try to be markup."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.model import Image, Issue, Item, Section, Window

_MAP = Image("https://globex.example.org/img/atlas.png", "The service map with one failing edge")

ITEMS = (
    Item(
        title="How a Language Model Is Trained, From Raw Text to a Served Model",
        url="https://notes.example.org/training?utm_source=rss&utm_medium=feed",
        article_id="00000000000000a1",
        source="notes",
        audience="For early-career developers, and anyone who wants to see the whole training pipeline",
        image=Image("https://notes.example.org/img/sheet.png", "A cheat sheet of the five stages"),
        summary=(
            "A step-by-step guide follows a model through pretraining, instruction tuning and distillation. Each stage "
            "has its data, its loss and its bill, so that readers can tell where their own money would go."
        ),
        deck="A step-by-step guide to how a language model is trained.",
        minutes=12,
        kind="tutorial",
        tags=("llm", "llm-training"),
        score=0.71,
        published_at=datetime(2026, 11, 10, 8, tzinfo=UTC),
    ),
    Item(
        title="From Silos to One Map: Why Globex Draws Its Services in Real Time",
        url="https://globex.example.org/atlas",
        article_id="00000000000000a2",
        source="globex",
        company="Globex",
        audience="For SREs, platform engineers, and teams that run many services",
        image=_MAP,
        summary=(
            "Globex built Atlas, a live dependency map that joins network flows, call metrics and traces (three sources "
            "that used to disagree) in one graph. Engineers follow a failure over many hops in less than a second."
        ),
        deck="Globex built Atlas, a live dependency map of its services.",
        minutes=9,
        kind="case-study",
        tags=("observability", "networking"),
        also_at=(("InfoQ", "https://www.infoq.example/atlas?utm_campaign=x"), ("A [mirror]", "https://m.example/a(b)")),
        covered_by=(("Hooli *Labs*", "https://hooli.example/maps?utm_source=x"),),
        previously=(82, 79),
        score=0.83,
        published_at=datetime(2026, 11, 11, 8, tzinfo=UTC),
    ),
    Item(
        title="Vec<T> *is* not enough: [notes] on `unsafe` & friends | part_2",
        url="https://initech.example.org/vec_t_(2)",
        article_id="00000000000000a3",
        source="initech",
        company="Initech & Sons",
        audience="For systems programmers who read <assembly>",
        summary="Initech replaced Vec<T> in 3 hot loops. # It kept 100 % of the tests & lost 40 % of the time.",
        deck="Initech replaced a vector in three hot loops.",
        minutes=6,
        kind="deep-dive",
        tags=("rust", "performance"),
        score=0.68,
    ),
)

ISSUE = Issue(
    number=84,
    title="Weekend Reading",
    tagline="A weekly roundup of what engineering teams built, broke, and learned.",
    lead=(
        "This week: a step-by-step guide to how a language model is trained. Globex shares how it built Atlas, a live "
        "dependency map of its services. And Initech explains how it replaced a vector in three hot loops."
    ),
    window=Window(datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC)),
    sections=(
        Section("ml", "Machine learning", ITEMS[:1]),
        Section("infra", "Infrastructure & languages", ITEMS[1:], "Two that belong *together*."),
    ),
    tags=("llm", "llm-training", "observability", "networking", "rust", "performance"),
    cover=_MAP,
    show_sections=True,
    comments="Please log in to add comments.",
    runners_up=(Item(title="The one that waits", url="https://hooli.example.org/later", score=0.5),),
)
