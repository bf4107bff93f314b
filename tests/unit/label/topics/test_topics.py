"""Which topic comes first, what does not count as one, who speaks, and forms that are easily mistaken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.label import label_document, load_taxonomy
from crawler.label.taxonomy.model import Tag
from crawler.model import Labels
from tests.unit.label.articles import document

TAXONOMY = load_taxonomy()


def _label(url: str, title: str, text: str = "A plain text.") -> Labels:
    return label_document(document(url, title, text), TAXONOMY)


@pytest.mark.parametrize(
    ("title", "first", "second"),
    [
        ("Distributed Rate Limiting", "scalability", "distributed-systems"),
        ("Deep Learning for Spam Detection", "anomaly-fraud", "deep-learning"),
        ("Sharding MySQL with Kubernetes", "databases", "kubernetes"),
    ],
)
def test_the_subject_before_what_qualifies_it(title: str, first: str, second: str) -> None:
    """The last noun of a compound and what a technique is for come first."""
    tags = _label("https://example.org/a", title).tags
    assert tags.index(first) < tags.index(second)


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Real-Time Fleet Alerting", "observability"),  # how it is, wherever the subject follows
        ("A Highly Efficient Search Index", "search"),
        ("On-device Object Detection", "computer-vision"),
        ("Tuning JVM Memory", "performance"),  # what is done begins the title
        ("Monitoring Kafka", "observability"),
        ("Feature Discovery for Machine Learning", "feature-store"),  # the narrower of two that the title names
    ],
)
def test_the_first_topic_of_a_title(title: str, first: str) -> None:
    assert _label("https://example.org/a", title).tags[0] == first


def test_a_narrower_topic_named_later_stays_behind_its_broader_one() -> None:
    assert _label("https://example.org/a", "Databases after Sharding").tags[:2] == ("databases", "sharding")


@pytest.mark.parametrize(
    ("title", "text", "wrong"),
    [
        ("Time Series Inference by Hand", "", "llm-inference"),
        ("The Self-Driving Database", "", "computer-vision"),
        ("A Social Network for Beekeepers", "", "networking"),
        ("Training for New Volunteers", "Each volunteer meets a guide on Monday.", "llm-training"),
        ("Some Notes on the Neural Tangent Kernel", "", "linux-kernel"),
        ("Conan the Librarian", "He sorts books all day.", "packaging"),
        ("Why people in /r/gardening are kind", "They answer in a day.", "r-lang"),
        ("Editing a User's Profile", "The form has a name and a picture.", "performance"),
        ("Notes of the TSC", "The committee met on Tuesday.", "javascript"),
        ("A Chat Bot That Waters Plants", "It asks once a day.", "anomaly-fraud"),
        ("Best Practices for Tulip Bulbs", "Plant them in autumn.", "code-quality"),
        ("Useful Functions for Tidy Tables", "Each one takes a table.", "serverless"),
        ("What It Is Is Not What It Was", "", "networking"),
        ("Distributed Teams Write More", "", "distributed-systems"),
        ("Code Navigation in Our Editor", "A click on a name opens the file that defines it.", "maps-geo"),
        ("What We Bet On", "Our perception of self-driving products has changed.", "computer-vision"),
        ("Fewer Meetings", "Two people in two timezones seldom meet.", "i18n"),
        ("Gardeners Can Be Too Asynchronous", "They write letters, and answer in the evening.", "concurrency"),
        (
            "A Policy for Doors",
            "The policy names who may open which door. Each policy is short.",
            "reinforcement-learning",
        ),
        ("Predictability before Speed", "Trains leave when they should.", "forecasting"),
        ("Counting in Haskell", "A BigInt holds the sum, and the BigInt grows. No BigInt is too large.", "javascript"),
        ("Crystal on the Shelf", "A shard is one package, and each shard names its version.", "sharding"),
        ("A Quiet Desktop", "The pager shows which window lies where. The pager is small.", "reliability"),
        ("CAPI on Bare Machines", "Each machine joins by itself.", "ffi"),
        ("A Superset of Markdown", "It has tables, too.", "data-viz"),
        ("What Your Feed Reader Runs", "Eleven readers were given a hostile feed.", "recommendations"),
        ("Two Scoops a Day", "The shop is open in June.", "packaging"),
        ("The Queue at the Counter", "People wait until it is their turn.", "messaging"),
        ("A Faster Settings Dashboard", "The page loads at once.", "observability"),
        ("Prometheus on Kubernetes", "A tool starts the agent.", "agents"),
        ("How a Proxy Waits", "Braintree told of this trick first.", "payments"),
        ("Formulas in Cells", "Each dependency is a cell.\n\n## Dependency\n\nA cell has dependencies.", "packaging"),
        ("Tracing on Kubernetes", "## Sampling\n\nOne span of ten is kept.", "statistics"),
        ("Our Journey to Fewer Servers", "There were ten, and now there are two.", "careers"),
        ("Look One Level Deeper", "The cause lies below.", "careers"),
        ("A Smaller Cache", "The old one did not meet our needs.", "careers"),
        ("Prometheus on Kubernetes", "## Remote\n\nEach endpoint has an address.", "engineering-culture"),
        ("Two Years of Bees: A Retrospective", "There is more honey.", "engineering-culture"),
        ("Reports of Broken Lamps", "A lamp is reported by its owner.", "analytics"),
        ("Fuzzing a Parser in Go", "It finds faults before new features do.", "release-news"),
        ("A Bed of Tulips", "Here they grow, and here is how.", "release-news"),
        ("Seeds in a Box", "They are available in spring, and launch themselves.", "release-news"),
        ("Cluster Members That Never Leave", "One stays after its host is gone.", "batch-processing"),
        ("The Carbon Footprint of a Page", "Each visit has one.", "cost"),
        ("A Provider of Infrastructure", "It answers with a name.", "microservices"),
        ("Postgres on Kubernetes", "A demo makes a paper more accessible to its readers.", "accessibility"),
        ("A Play in Three Acts", "The script is long. Each script has parts. A script.", "i18n"),
        ("Postgres on Kubernetes", "A compile-time check finds it. Another compile-time check does not.", "compilers"),
        ("Postgres on Kubernetes", "A better customer experience begins with honey.", "design-ux"),
        ("Garden Discovery", "Look below the leaves.", "search"),
        ("How to Build a Shed", "It needs four posts.", "ci-cd"),
        ("Postgres on Kubernetes", "## Configuration\n\nThe file has one line.", "platform-engineering"),
        ("Postgres on Kubernetes", "My website tells of honey.", "static-sites"),
        ("Naps That We Recommend", "We recommend two.", "recommendations"),
        ("Search Engine Optimization for Florists", "Each flower has a page.", "search"),
        ("Postgres as a Clock", "A cron job rings each hour. Another cron job stops it.", "shell"),
        ("Postgres as a Clock", "## Cron\n\nIt rings each hour.", "distributed-systems"),
        ("A Webhook for Every Door", "It rings when one opens.", "messaging"),
        ("The Null Pointer Exception, Explained", "Nothing was there.", "cpp"),
    ],
)
def test_what_a_word_does_not_mean(title: str, text: str, wrong: str) -> None:
    assert wrong not in _label("https://example.org/a", title, text or "A plain text.").tags


def test_an_ambiguous_word_is_clear_on_the_blog_of_whose_trade_it_is() -> None:
    """Functions are serverless ones on the blog of a platform for them."""
    title = "Wake your functions by a bell"
    assert _label("https://www.openfaas.com/blog/bell/", title).tags[0] == "serverless"
    assert "serverless" not in _label("https://example.org/bell", title).tags


@pytest.mark.parametrize(
    ("title", "tag"),
    [
        ("What Postgres 18 Gained from Async Reads", "databases"),
        ("Disaggregated Prefill with llm-d", "llm-inference"),
        ("GRPO with Verifiable Rewards", "llm-training"),
        ("An MCP Server for Our Wiki", "agents"),
        ("Deletion Vectors, Explained", "table-formats"),
        ("Anchor Positioning Without Scripts", "frontend"),
        ("Trusted Publishing in One Afternoon", "supply-chain"),
        ("sched_ext in Production", "linux-kernel"),
        ("Free-Threaded Python, a Year On", "python"),
        ("Ephemeral Runners on Spot Instances", "ci-cd"),
        ("The Null Pointer, Fifty Years On", "language-design"),
        ("Ready for High Concurrency", "scalability"),
    ],
)
def test_names_that_the_field_uses(title: str, tag: str) -> None:
    assert tag in _label("https://example.org/a", title).tags[:2]


def test_rules_of_a_cache_are_more_than_the_word() -> None:
    """A cache in passing is only a hint; the rules by which it keeps things are what an article is about."""
    title = "Why Downloads on Kubernetes Failed behind Nginx"
    passing = "An error stayed in the cache for four hours."
    rules = "A cache rule kept each error, and its cache TTL was four hours."
    assert "caching" not in _label("https://example.org/a", title, passing).tags
    assert "caching" in _label("https://example.org/a", title, rules).tags


def test_common_words_count_in_titles_only() -> None:
    """A team in the text is in every text; in a title it is meant."""
    text = "The team met. A team needs a test, and teams deploy."
    assert "engineering-culture" not in _label("https://example.org/a", "Compiling Lua to WebAssembly", text).tags[:2]
    assert _label("https://example.org/a", "Growing Our Team", text).tags[0] == "engineering-culture"


VM_IMAGES = (
    "A golden image is built once and booted on every hypervisor. The virtual machine starts from it, QEMU maps the"
    " disk, and the guest agent reports that the image is up. "
)


def test_a_common_word_in_the_title_has_to_be_borne_out_by_the_text() -> None:
    """Images of a machine are no pictures: nothing in the text says so; where it speaks of pixels, they are."""
    machines = _label("https://example.org/a", "Building images with one command", VM_IMAGES * 4)
    assert machines.tags[0] == "virtualization"
    pictures = "Object detection finds faces in every image. OpenCV reads the pixels. " * 8
    assert _label("https://example.org/a", "Building images with one command", pictures).tags[0] == "computer-vision"


def test_a_name_in_the_title_stands_for_itself() -> None:
    """ "JSON" needs no other word of its topic."""
    text = "It took a week to agree on the names of the fields, and a day to write them down. " * 8
    assert _label("https://example.org/a", "Why our JSON is flat", text).tags[0] == "apis"


def test_what_is_told_of_throughout_stands_before_a_passing_mention() -> None:
    """More mentions in one paragraph weigh less than fewer over the whole text."""
    filler = "The week went by, and the people in the office spoke of other matters over lunch. " * 7
    throughout = "\n\n".join(["The reader keeps rows in MongoDB.", filler] * 4)
    once = "Kubernetes and kubelet, kubectl and minikube, and Kubernetes again, are names that one hears."
    for text in (f"{filler}\n\n{once}\n\n{throughout}", f"{filler}\n\n{throughout}\n\n{once}"):
        tags = _label("https://example.org/a", "What we did in spring", text).tags
        assert tags.index("databases") < tags.index("kubernetes")


def test_keywords_that_a_page_only_bears_say_less_than_what_an_author_chose() -> None:
    """One category is the subject; a long list, of which the text knows nothing, is no more than its site's."""
    text = "The new router matches a path in half the time. Ruby on Rails keeps its own. " * 8

    def first(*categories: str) -> str:
        doc = document("https://example.org/a", "A faster router for our app", text)
        return label_document(replace(doc, categories=categories), TAXONOMY).tags[0]

    assert first("testing") == "testing"
    assert first("web", "framework", "mvc", "app", "testing", "tutorial", "code", "gem", "news", "blog") == "ruby"


def test_phrases_that_name_one_mention_twice_count_once() -> None:
    """A person's own taxonomy may hold a word and the same word as a beginning; the score is that of one."""
    one, two = (
        replace(TAXONOMY, tags={"x": Tag("x", "x", "ml", "x", strong=phrases)})
        for phrases in (("ferry",), ("ferry", "ferr*", "Ferry"))
    )
    text = "The ferry left at nine, and another ferry came. " * 5
    scores = [
        [
            r.score
            for r in label_document(document("https://example.org/a", "A week", text), t).reasons
            if r.label == "tag"
        ]
        for t in (one, two)
    ]
    assert scores[0] == scores[1] != []


def test_a_projects_own_name_says_little() -> None:
    """On the blog of Go every title has Go; what else it says comes first."""
    title = "Fuzzing and Goroutine Deadlocks in Go"
    text = "Go has a fuzzer now. Tests in Go find a deadlock."
    assert _label("https://go.dev/blog/x", title, text).tags[0] in ("testing", "concurrency")
    assert "go" in _label("https://go.dev/blog/x", title, text).tags


def test_a_broader_topic_is_named_but_not_first() -> None:
    """The parent of a topic follows it."""
    tags = _label("https://example.org/a", "Resharding Orders").tags
    assert tags[0] == "sharding"
    assert "databases" in tags


@pytest.mark.parametrize(
    ("url", "title", "company"),
    [
        ("https://segment.com/blog/x", "DynamoDB at Segment", "Segment"),
        ("https://medium.com/pinterest-engineering/x", "A Faster Feed", "Pinterest"),
        ("https://example.org/x", "Introducing Mongoose 8", "Mongoose"),
        ("https://stripe.com/blog/x", "Introducing Django Support", "Stripe"),
    ],
)
def test_who_speaks(url: str, title: str, company: str) -> None:
    """A title's signature stands above an address, and an address above what is launched."""
    assert _label(url, title).company == company


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("https://engineering.freeagent.com/x", "Ruby 3.2: A Present for Invoices", "case-study"),
        ("https://www.ruby-lang.org/en/news/x", "Ruby 3.2.0 Released", "release"),
        ("https://example.org/x", "Links of the Week: Weekly Reading #12", "community"),
        ("https://linkerd.io/x", "Encrypting Traffic between Clusters with Linkerd", "tutorial"),
    ],
)
def test_forms_that_are_easily_mistaken(url: str, title: str, kind: str) -> None:
    """Another's version is no release of one's own; a digest teaches nothing."""
    assert _label(url, title).kind == kind
