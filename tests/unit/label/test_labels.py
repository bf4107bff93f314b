"""A document's labels: right for our samples, explained by words that stand there, the same every time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.blocks import blocks_of_text
from crawler.label import audience_variants, label_document, load_taxonomy
from crawler.label.language import detect_language
from crawler.label.sentences.splitting import split_sentences
from crawler.label.signals import minutes_of
from crawler.model import Block, Document, Labels
from tests.eval.label_samples import SAMPLES
from tests.unit.label.articles import CASE_STUDY, case_study, document, personal, release

TAXONOMY = load_taxonomy()
PERSON = re.compile(r"\b(we|our|ours|us|I|my|me|mine)\b")


def _label(doc: Document) -> Labels:
    return label_document(doc, TAXONOMY)


def test_case_study() -> None:
    """Who built what, how, with what result; the boilerplate at the end stays away."""
    labels = _label(case_study())
    assert labels.kind == "case-study"
    assert labels.company == "Parcelline"
    assert labels.tags[0] in ("sharding", "databases")
    assert labels.summary.startswith("Parcelline describes how it moved order history")
    assert "hiring" not in labels.summary
    assert labels.audience.startswith("For ")
    assert not labels.audience.endswith(".")
    assert labels.language == "en"


def test_release_without_a_known_company() -> None:
    """A version's announcement is a release and says what came."""
    labels = _label(release())
    assert labels.kind == "release"
    assert labels.tags[0] == "release-news"
    assert "31 bug fixes" in labels.summary


def test_personal_blog_has_no_company() -> None:
    """A person speaks as the author."""
    labels = _label(personal(authors=("Mira Feld",)))
    assert labels.company is None
    assert "he author" in labels.summary
    assert not PERSON.search(labels.summary)


def test_who_writes_on_a_blog_of_guests_is_not_the_blog() -> None:
    """It is named beside the article; what a guest did is not told of it."""
    labels = _label(document("https://blog.scientific-python.org/x/", "Moving our queue to Brook", CASE_STUDY))
    assert labels.company == "Scientific Python"
    assert "Scientific Python" not in labels.summary


def test_configured_company_wins() -> None:
    """What the operator says of a source stands above title and address."""
    labels = _label(case_study(source_company="Borealis"))
    assert labels.company == "Borealis"
    assert labels.summary.startswith("Borealis ")


@pytest.mark.parametrize(
    ("url", "title", "company"),
    [
        ("https://netflixtechblog.com/x-1", "Rendering Faster", "Netflix"),
        ("https://medium.com/airbnb-engineering/x-1", "Rendering Faster", "Airbnb"),
        ("https://netflixtechblog.medium.com/x-1", "Rendering Faster", "Netflix"),
        ("https://medium.com/@somebody/x-1", "A Note on Medium and Large Shirts", None),
        ("https://medium.com/@somebody/x-1", "Full Text Search at Medium", "Medium"),
        ("https://example.org/a", "Caching at Scale", None),
        ("https://example.org/a", "What I Learned at KubeCon", None),
        ("https://example.org/a", "Drawing Ports: A Quick Look at Quayside, an Editor", None),
        ("https://example.org/a", "A First Look at Quayside", None),
        ("https://example.org/a", "My Target for This Year", None),
        ("https://go.dev/blog/x", "More Powerful Maps", "Go"),
        ("https://engineering.tanagerly.example/a", "Faster Builds", "Tanagerly"),
        ("https://medium.com/data-science-at-microsoft/x-1", "Faster Builds", "Microsoft"),
        ("https://aws.amazon.com/blogs/x", "How Airbnb Scaled Its Search on Spot Capacity", "Airbnb"),
        ("https://cloud.google.com/blog/x", "How Google Maps Scaled Its Tiles", "Google"),
        ("https://arxiv.org/abs/1", "Gmail Drafts: Assisted Writing", "Google"),
        ("https://arxiv.org/abs/1", "Assisted Writing for Everyone", None),
        ("https://vimeo.com/1", "Forecasting Using Prophet and Databricks", None),
        ("https://pat.example/a", "Mongoose 9: Stricter Types", "Mongoose"),
    ],
)
def test_company(url: str, title: str, company: str | None) -> None:
    """Companies by address and by "at NAME"; everyday words are no companies."""
    assert _label(document(url, title, "Builds were slow.")).company == company


def test_a_name_that_ends_like_engineering_is_a_person() -> None:
    """Unless the text spells a company that is called so, and nobody of that name signs."""
    page = document("https://rosameng.example/a", "Faster Builds", "Builds were slow.")
    assert _label(page).company is None
    spelled = document("https://rosameng.example/a", "Faster Builds at Last", "Builds were slow when Rosam was young.")
    assert _label(spelled).company == "Rosam"
    assert _label(replace(spelled, authors=("Rosa Meng",))).company is None


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("We propose a sampler for slates. It was deployed at Pinterest and raised engagement by 2%.", "Pinterest"),
        ("We propose a sampler for slates, and compare it with the one that Pinterest published.", None),
    ],
)
def test_a_paper_tells_where_it_was_put_to_use(text: str, company: str | None) -> None:
    """A company that a paper only mentions is not whose work it is."""
    assert _label(document("https://arxiv.org/abs/1", "Sampling for Slates", text)).company == company


@pytest.mark.parametrize(
    ("title", "text", "tag", "given"),
    [
        ("Go Faster", "How to go from here to there on a bicycle, in good weather.", "go", False),
        ("Faster Sorting in Go", "The gofmt tool and goroutines help. Go has generics.", "go", True),
        ("A Spark of Joy", "Cleaning the kitchen on a Sunday.", "batch-processing", False),
        ("Tuning Spark Jobs", "PySpark executors on a Hadoop cluster ran out of memory.", "batch-processing", True),
        ("Recurrent Neural Networks Explained", "A neural network learns weights.", "networking", False),
    ],
)
def test_ambiguous_words_need_context(title: str, text: str, tag: str, given: bool) -> None:
    """Go, Spark and networks are topics only in the right company."""
    assert (tag in _label(document("https://example.org/a", title, text)).tags) is given


def test_publishers_category_decides() -> None:
    """A category that is an alias of a tag puts it first, and the reason says so."""
    labels = _label(document("https://example.org/a", "Notes from the Field", "A plain text.", categories=("K8s",)))
    assert labels.tags[0] == "kubernetes"
    reason = next(r for r in labels.reasons if r.label == "tag")
    assert (reason.rule, reason.evidence, reason.where) == ("category", "K8s", "category")


def test_clean_description_is_used() -> None:
    """The author's own description opens the summary, in the third person."""
    own = "We moved order history to a sharded PostgreSQL cluster and cut write latency to 35 ms without downtime."
    labels = _label(case_study(description=own))
    assert labels.summary.startswith("Parcelline moved order history to a sharded PostgreSQL cluster")


@pytest.mark.parametrize(
    "own", ["Read more about it here…", "What happens when a shard dies?", "In this post", "https://x.example"]
)
def test_unclean_description_is_not_used(own: str) -> None:
    """A teaser, a question or debris says nothing."""
    assert own.rstrip("…") not in _label(case_study(description=own)).summary


def test_slogan_of_the_site_is_not_used() -> None:
    """A description whose words the article hardly has is the site's, not the article's."""
    slogan = "Empowering everybody everywhere to deliver happiness through delightful logistics."
    assert "happiness" not in _label(case_study(description=slogan)).summary


def test_description_without_a_verb_becomes_a_sentence() -> None:
    """ "How we …" is what they explain; "An overview of …" is what the post gives."""
    how = _label(case_study(description="How we moved order history to a sharded PostgreSQL cluster without downtime"))
    assert how.summary.startswith("Parcelline explains how it moved order history")
    noun = _label(case_study(description="An overview of the routing layer that writes every order to the new shards."))
    assert noun.summary.startswith("The post gives an overview of the routing layer")


def test_promotion_is_recognised_with_its_reason() -> None:
    """A job ad and a sale are promotion; a case study with a note at its end is hardly."""
    ad = _label(
        document(
            "https://example.org/job",
            "We're Hiring a Platform Engineer",
            "We are hiring a platform engineer. Apply now! Salary range: 90k.",
        )
    )
    assert ad.signals.promotion >= 0.7
    assert any(r.label == "promotion" for r in ad.reasons)
    assert _label(case_study()).signals.promotion < 0.3


def test_signals_count() -> None:
    """Words without code, code blocks, headings and numbers with units."""
    signals = _label(case_study(images=3)).signals
    assert (signals.code_blocks, signals.headings, signals.images) == (1, 3, 3)
    assert signals.numbers >= 5
    assert signals.words < len(CASE_STUDY.split())


@pytest.mark.parametrize(
    ("words", "figures", "lines", "minutes"), [(0, 0, 0, 1), (238, 0, 0, 1), (239, 0, 0, 2), (2380, 5, 40, 12)]
)
def test_minutes(words: int, figures: int, lines: int, minutes: int) -> None:
    """238 words, five figures or forty lines of code a minute, never none."""
    assert minutes_of(words, figures, lines) == minutes


@pytest.mark.parametrize(
    ("text", "expected", "language"),
    [
        ("The team moved the service to a new cluster and it is faster than the old one was before that.", None, "en"),
        (
            "Wir haben den Dienst auf einen neuen Cluster verschoben, und er ist jetzt schneller als der alte es je war.",
            "de",
            "de",
        ),
        (
            "Wir haben den Dienst auf einen neuen Cluster verschoben, und er ist jetzt schneller als der alte es je war.",
            "en",
            "de",
        ),
        (
            "Nous avons déplacé le service vers un nouveau cluster, et il est maintenant plus rapide que l'ancien.",
            None,
            "fr",
        ),
        ("", "pt-BR", "pt"),
        ("", None, ""),
    ],
)
def test_language(text: str, expected: str | None, language: str) -> None:
    """The source's word is confirmed cheaply, or overruled by the detector."""
    assert detect_language(text, expected)[0] == language


GERMAN = """\
Wir haben unsere Datenbank von MySQL auf PostgreSQL umgestellt, und das war nicht leicht für die Agents im Support.

Unsere alte Datenbank war langsam. Nach der Umstellung sank die Antwortzeit um 40 %, und die Kosten halbierten sich.
"""


def test_another_language_is_told_in_its_own_words() -> None:
    """The description, else the first sentences, to the letter; no form is guessed from English habits."""
    description = "Ein Bericht über den Umzug von MySQL auf PostgreSQL, ohne dass jemand etwas merkte."
    told = _label(document("https://pat.example/a", "Ein Umzug mit PostgreSQL", GERMAN, description=description))
    assert (told.language, told.kind, told.subkind) == ("de", "", "")
    assert told.summary == told.deck == description
    assert told.tags[0] == "databases"
    assert "agents" not in told.tags
    plain = _label(document("https://pat.example/a", "Ein Umzug mit PostgreSQL", GERMAN))
    assert plain.summary.startswith("Wir haben unsere Datenbank von MySQL auf PostgreSQL umgestellt, und ")
    assert plain.summary.endswith("Unsere alte Datenbank war langsam.")
    assert plain.deck == GERMAN.split("\n", maxsplit=1)[0]


def test_japanese_keeps_its_marks() -> None:
    """Sentences end with the script's own full stop, and no blanks are put between them."""
    text = "この記事では、私たちがデータベースを移行した方法を説明します。移行後、応答時間は四割短くなりました。"
    told = _label(document("https://pat.example/a", "データベース移行", text))
    assert told.language == "ja"
    assert told.summary == text


@pytest.mark.parametrize(
    ("title", "language"),
    [("Pixie: Recommending 3 Billion Items to 200 Million Users", "en"), ("Kafka und die Folgen: der Rest", "de")],
)
def test_a_title_alone_tells_its_language(title: str, language: str) -> None:
    """By its common words; names alone are not guessed at."""
    assert _label(document("https://pat.example/a", title, "")).language == language


def test_audience_lines_differ_and_are_well_formed() -> None:
    """Alternatives for an issue that has used the first line already."""
    lines = audience_variants(("sre", "platform"), ("observability", "microservices"), TAXONOMY)
    assert lines[0] == "For SREs, platform engineers, and anyone running observability for large systems"
    assert len(lines) == len(set(lines)) >= 4
    assert all(line.startswith("For ") and not line.endswith(".") for line in lines)
    assert audience_variants((), (), TAXONOMY) == ("For engineers",)


def test_text_without_sentences_gives_no_filler() -> None:
    """No text, no summary: the title is never repeated in its place."""
    labels = _label(Document("https://example.org/a", "A Title Alone", ()))
    assert labels.summary == ""
    assert labels.minutes == 1


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.title)
def test_reasons_point_at_words_that_are_there(sample: object) -> None:
    """Every tag has its reason, and each reason's evidence stands where it says."""
    assert isinstance(sample, type(SAMPLES[0]))
    doc = document(sample.url, sample.title, sample.text)
    labels = _label(doc)
    assert {r.value for r in labels.reasons if r.label == "tag"} == set(labels.tags)
    text = " ".join(b.text for b in doc.blocks)
    places = {
        "title": doc.title,
        "lead": text,
        "text": text,
        "heading": text,
        "opening": text,
        "description": text,
        "url": doc.url.replace("-", " "),
    }
    for reason in labels.reasons:
        if reason.evidence and reason.where in places:
            assert reason.evidence.replace("-", " ") in places[reason.where].replace("-", " "), reason


_WORDS = st.sampled_from(
    [
        "we",
        "I",
        "our",
        "my",
        "built",
        "moved",
        "the",
        "cache",
        "Redis",
        "40%",
        "faster",
        "However",
        "this",
        "it",
        "is",
        ".",
        "!",
        "?",
        ",",
        "(",
        ")",
        "“",
        "”",
        "[1]",
        "…",
        "e.g.",
        "In",
        "this",
        "post",
        "describe",
        "how",
        "you",
        "`x`",
        "https://a.b",
        "{y}",
        "#",
        "-",
    ]
)
_PROSE = st.lists(_WORDS, max_size=60).map(" ".join)
_BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(["heading", "paragraph", "item", "quote", "code", "table", "caption"]),
        st.one_of(_PROSE, st.text(max_size=80)),
    ),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(
    title=st.one_of(_PROSE, st.text(max_size=60)),
    blocks=_BLOCKS,
    description=_PROSE,
    url=st.one_of(st.just("https://medium.com/@x/y"), st.text(max_size=40)),
)
@example(title="https://a.b", blocks=[], description="we built https://a.b", url="https://medium.com/@x/y")
@example(title="https://a.b", blocks=[], description="I https://a.b", url="https://medium.com/@x/y")
def test_any_document_can_be_labelled(title: str, blocks: list[Block], description: str, url: str) -> None:
    """Never raises, is deterministic, and what it says keeps the promises of a summary."""
    doc = Document(url, title, tuple(blocks), description=description)
    labels = _label(doc)
    assert labels == _label(doc)
    assert len(labels.tags) <= 5
    english = labels.language in ("", "en")
    assert labels.kind in TAXONOMY.kinds or (not english and labels.kind == "")
    for text in (labels.summary, labels.deck):
        assert not english or not PERSON.search(text)
        assert text == "" or text[-1] in ".!?”\"')]。！｡"
        assert "?" not in text
        assert "http" not in text
        assert len(split_sentences(text)) <= 4
    assert len(labels.summary.split()) <= 80
    assert len(labels.deck.split()) <= 32


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: s.title)
def test_summaries_invent_nothing(sample: object) -> None:
    """Numbers and names of a summary stand in the article, but for who speaks."""
    assert isinstance(sample, type(SAMPLES[0]))
    labels = _label(document(sample.url, sample.title, sample.text))
    said = set(re.findall(r"[A-Za-z0-9]+", sample.title + " " + sample.text + " " + (labels.company or "")))
    told = re.findall(r"\d+|(?<=[a-z] )[A-Z]\w+", labels.summary)
    assert [w for w in told if w not in said] == []


def test_blocks_of_text_and_of_html_are_labelled_alike() -> None:
    """Labels see words, not how they came."""
    assert _label(Document("https://example.org/a", "T", blocks_of_text("One two three.\n\nFour five."))).words == 5
