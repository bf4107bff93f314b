"""Summaries: an opening that says what, points for release notes, sentences that stand alone, a deck that is whole."""

from __future__ import annotations

import pytest

from crawler.blocks import blocks_of_text
from crawler.label.edits.rewrite import rewrite
from crawler.label.sentences.faults import fault_of
from crawler.label.sentences.measures import stems
from crawler.label.sentences.splitting import Sentence, clean_sentence, split_sentences
from crawler.label.sentences.standalone import stands
from crawler.label.sentences.verbless import is_heading
from crawler.label.speakers.actor import actor_of, released
from crawler.label.summary.deck import deck_of
from crawler.label.summary.listing import points_of
from crawler.label.summary.summarising import Candidate, choose, summarise
from crawler.label.summary.weigh import Weighed
from crawler.label.view import View, view_of
from crawler.model import Document

ACME = actor_of("Acme", project=False)


def _view(title: str, text: str, description: str = "") -> View:
    return view_of(Document("https://acme.example/blog/post", title, blocks_of_text(text), description=description))


NOTES = """\
Acme is pleased to announce Relay 3.1, the latest version of its build cache.

## Faster Uploads

Uploads are now streamed in chunks of 8 MB, and a lost connection resumes where it stopped.

## Redis Backend

The Redis backend keeps the index, which Redis replicates, so a restart loses nothing.

## Upgrading

Stop the daemon, replace the binary and start it again on every node.

## Breaking Changes

The old port is closed by default and has to be opened in the configuration.
"""


def test_release_note_names_its_points() -> None:
    """What was released, then the headings as its points: names keep their capitals, furniture is left out."""
    summary, deck, _ = summarise(_view("Relay 3.1 Released", NOTES), ACME, "release")
    assert "Relay 3.1" in summary
    assert summary.endswith("The release covers faster uploads, Redis backend, and breaking changes.")
    assert deck.startswith("Acme announces Relay 3.1")


def test_points_need_two_and_are_not_told_twice() -> None:
    """One point is no list, and what the sentences before say already is no point."""
    view = _view("Relay 3.1 Released", NOTES)
    told = ["Faster uploads and breaking changes came with it."]
    assert points_of(view, "release", told) == ""
    assert points_of(_view("Relay", "Only a paragraph, with no heading and no list."), "release", []) == ""


def test_a_point_ends_at_its_colon() -> None:
    text = "## Faster reads: the warm cache\n\nA.\n\n## Old ports: gone at last\n\nB.\n\n## New text protocol\n\nC.\n"
    told = points_of(_view("Relay 4 Released", text), "release", [])
    assert told == "The release covers faster reads, old ports, and new text protocol."


def test_first_list_gives_points_by_its_labels() -> None:
    """A roundup without headings is told by the labels of its list."""
    text = "Much happened this month.\n\n- Storage engine: twice as fast.\n- Query planner: rewritten.\n- Docs: new.\n"
    assert points_of(_view("Acme Monthly Update", text), "community", []) == (
        "The roundup covers storage engine, query planner, and docs."
    )


def test_labels_of_a_list_name_no_points_where_sentences_tell_enough() -> None:
    """What stands in a list is a detail: headings say what a release note covers, a list only where little else is."""
    text = (
        "Acme is pleased to announce Relay 3.1, the latest version of its build cache.\n\n"
        "Relay 3.1 streams its uploads in chunks of 8 MB, and a lost connection resumes where it stopped.\n\n"
        "- Query cache: faster.\n- Old port: closed.\n- Text protocol: dropped.\n"
    )
    view = _view("Relay 3.1 Released", text)
    assert points_of(view, "release", []) == "The release covers query cache, old port, and text protocol."
    assert points_of(view, "release", [], lists=False) == ""
    assert "covers" not in summarise(view, ACME, "release")[0]


ESSAY = """\
Every morning at seven the dashboards of the shop turned red, and people came to believe that it had to be so.

Acme moved the nightly stock count from one large query to 64 small ones, each for one shelf of the warehouse.

This took a while. The second attempt was better than the first one by far.

## Results

The stock count now takes 4 minutes instead of 3 hours, and the dashboards of the shop stay green.
"""


def test_opening_says_what_and_result_follows() -> None:
    """The opening is the sentence on the title's subject, wherever it stands; the result with its numbers follows."""
    summary, deck, reasons = summarise(_view("Faster Nightly Stock Counts", ESSAY), ACME, "case-study")
    assert summary.startswith("Acme moved the nightly stock count")
    assert "4 minutes instead of 3 hours" in summary
    assert "This took a while" not in summary
    assert deck.startswith("Acme moved")
    assert all(r.evidence in ESSAY for r in reasons)


def test_a_figure_is_not_told_twice_with_hardly_another_word() -> None:
    def candidate(index: int, text: str, later: float) -> Candidate:
        sentence = Sentence(text, index, index, first=True, kind="paragraph", heading="")
        weighed = Weighed(sentence, stems(text), {}, 2.0 - index, later)
        return Candidate(weighed, text, len(text.split()), opens=True, leans=False)

    opening = candidate(0, "Acme has cut the nightly stock count of each of its nine shops by 84 % this summer.", 1.0)
    second = candidate(1, "The count reads only what was sold since the evening before, shelf by shelf.", 2.0)
    again = candidate(2, "Dashboards of the owners show the 84 % as well.", 1.9)
    other = candidate(3, "Dashboards of the owners show 12 % more orders as well.", 1.8)
    assert choose([opening, second, again, other], [], 48) == [opening, second, other]
    assert choose([opening, again, other], [], 28) == [opening, other]
    brief = candidate(0, "Acme has cut its nightly stock count by 84 %.", 1.0)
    assert choose([brief, again], [], 28) == [brief, again], "and it again where there is nothing else"


def test_opening_from_the_midst_gives_way() -> None:
    """What is said late speaks to those who read the rest, unless it says what was done."""

    def candidate(index: int, opening: float, **signs: float) -> Candidate:
        text = f"The count of shelf {index} takes four minutes."
        sentence = Sentence(text, index, index, first=True, kind="paragraph", heading="")
        weighed = Weighed(sentence, frozenset({str(index)}), signs, opening, 0.0)
        return Candidate(weighed, text, 8, opens=True, leans=False)

    early, late, done = candidate(3, 1.0), candidate(40, 1.1), candidate(41, 1.1, acts=1.0)
    assert choose([early, late], [], 12)[0] is early
    assert choose([early, done], [], 12)[0] is done


def test_clean_description_leads() -> None:
    """The author's own description opens the summary."""
    said = "Acme counts its stock in four minutes with 64 small queries."
    summary, deck, reasons = summarise(_view("Stock Counts", ESSAY, said), ACME, "case-study")
    assert summary.startswith(said)
    assert deck == said
    assert reasons[0].where == "description"


def test_excerpt_is_no_description() -> None:
    """A description that only repeats the article's beginning was chosen by nobody: the best sentence leads."""
    excerpt = ESSAY.split("\n\n", maxsplit=1)[0]
    summary, _, reasons = summarise(_view("Faster Nightly Stock Counts", ESSAY, excerpt), ACME, "case-study")
    assert summary.startswith("Acme moved the nightly stock count")
    assert "description" not in {r.where for r in reasons}


def test_description_must_say_more_than_the_title() -> None:
    summary, _, _ = summarise(
        _view("Faster Nightly Stock Counts", ESSAY, "The post is about the faster nightly stock counts."),
        ACME,
        "case-study",
    )
    assert summary.startswith("Acme moved the nightly stock count")


def test_description_that_fits_any_article_is_none() -> None:
    """That a post gives information on the release that its title names says nothing."""
    said = "This article provides information about the changes in Relay 3.1."
    summary, _, _ = summarise(_view("Relay 3.1", NOTES, said), ACME, "release")
    assert "information" not in summary


def test_title_before_a_description_goes() -> None:
    said = "Faster Nightly Stock Counts Acme counts its stock in four minutes with 64 small queries."
    summary, _, _ = summarise(_view("Faster Nightly Stock Counts", ESSAY, said), ACME, "case-study")
    assert summary.startswith("Acme counts its stock in four minutes")
    named = "Stock Counts of Acme are made in four minutes with 64 small queries."
    assert summarise(_view("Stock", ESSAY, named), ACME, "case-study")[0].startswith(named)


def test_what_the_article_says_it_is_about_opens() -> None:
    """The announcement opens the summary, wherever in the beginning it stands and whatever stands before it."""
    text = (
        "Shops are busy places, and a shop with an empty shelf is a sad one.\n\n"
        "Stock counts are often wrong. Many shops count once a year.\n\n"
        "In this post I want to share how I count the stock of a small shop with one camera.\n\n"
        "The camera takes a picture of each shelf every night."
    )
    author = actor_of(None, project=False)
    summary, deck, _ = summarise(_view("Shelves", text), author, "tutorial")
    assert deck == "The author shares how they count the stock of a small shop with one camera."
    assert summary.startswith(deck)


def test_a_release_is_named_where_the_text_says_this_release() -> None:
    text = (
        "This release adds a Redis backend for the index and drops the old text protocol.\n\n"
        "Uploads are streamed in chunks of 8 MB, and a lost connection resumes where it stopped."
    )
    summary, _, _ = summarise(_view("Announcing Relay 3.1", text), ACME, "release")
    assert summary.startswith("Relay 3.1 adds a Redis backend for the index")


def test_how_a_release_is_installed_is_not_told() -> None:
    """A section on getting the thing says nothing of it, however near to the title its words are."""
    text = (
        "The stock count runs on 64 shards in this edge release, and each of them may fail alone.\n\n"
        "## Installing the latest edge release\n\n"
        "Installing the latest edge release of Acme needs just a single command on a single node.\n\n"
        "## Answers\n\nThe cache keeps its answers for a day, and Redis replicates them to two other regions."
    )
    summary, _, _ = summarise(_view("Acme Edge Release Roundup", text), ACME, "release")
    assert "single command" not in summary
    assert "Redis replicates" in summary


def test_remarks_in_brackets_go() -> None:
    """What is said by the way takes the room of what matters; a short form of a name stays, and what is excepted."""
    text = (
        "Acme moved its stock count (which nobody liked, and which took hours) to a content delivery network (CDN).\n\n"
        "All stock counts (except for the one of 64 shelves) now take 4 minutes instead of 3 hours, and the network keeps the answers for a day."
    )
    summary, _, _ = summarise(_view("Faster Stock Counts", text), ACME, "case-study")
    assert summary.startswith("Acme moved its stock count to a content delivery network (CDN).")
    assert "All stock counts (except for the one of 64 shelves) now take 4 minutes" in summary


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("There are two ways to count the stock of a shop.", True),
        ("There are two of them in each shop.", False),
        ("Acme also moved the nightly reports to the new planner.", True),
        ("Rather than counting each night, Acme counts what changed.", True),
        ("Rather than doing this each night, Acme counts what changed.", False),
        ("They also moved the nightly reports to the new planner.", False),
        ("This makes the nightly count ten times faster.", False),
        ("The count takes four minutes in each shop.", True),
    ],
)
def test_what_may_follow_any_sentence(text: str, alone: bool) -> None:
    """A sentence that only may not come first is told apart from one that needs its very neighbour."""
    assert stands(text) is alone


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Announcing Relay 3.1", "Relay 3.1"),
        ("Relay v3.1.0-rc.1 Released", "Relay v3.1.0-rc.1"),
        ("Announcing the release of Relay Cache 3", "Relay Cache 3"),
        ("v3.1.0", "Acme v3.1.0"),
        ("Three lessons from our release", ""),
        ("10 ways to build", ""),
    ],
)
def test_what_a_title_releases(title: str, name: str) -> None:
    assert released(title, ACME) == name


@pytest.mark.parametrize(
    "text",
    [
        "Achieving these goals requires a new planner that knows the cost of each step.",
        "The author also has a custom build that runs on the old machines.",
        "Given this, the planner was rewritten from the ground in a few weeks.",
        "The problem was found by chance in a log that nobody had read.",
        "In order to create them, Acme developed a service for all of its pages.",
        "The post explains how planner and cache make that possible in a few weeks.",
        "While the planner has the means to support this, it is not enough for joins.",
        "Last year the planner was rewritten from the ground in a few weeks.",
        "All of them with different authors, although most share one licence.",
        "Maybe they want to move to the new planner at their own pace.",
        "The team built a planner to make that whole experience smoother.",
        "One is proactive, which is where the planner decides on a path beforehand.",
        "A few things have happened since then: the planner was renamed in May.",
        "Slide 18 of that talk mentioned the planner and its many joins.",
        "Reluctantly, the author moved it to a machine of its own.",
        "Acme highlights some other noteworthy changes in the planner.",
        "The post is about how Acme did exactly that in its planner.",
        "Turning one into the other is called planning at Acme.",
    ],
)
def test_leaning_sentences_do_not_open(text: str) -> None:
    assert fault_of(text, lead=True) == "dangling"
    assert fault_of("The planner was rewritten in a few weeks.", lead=True) == ""
    assert fault_of("Acme turned one large planner into three smaller ones.", lead=True) == ""
    assert fault_of("Acme made it easy to move a planner to another machine.", lead=True) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Update, August 1st the cache has been running for a month without a fault.", "ceremony"),
        ("If you maintain a project, the new licence changes what can be merged.", "to the reader"),
        ("The post is probably going to be read by very few people.", "chatter"),
        ("The true relation of both values is shown in blue.", "chatter"),
        ("The team talks a bit more about drafts soon.", "chatter"),
        ("Seeing momentum return to a cache means a lot to the author.", "chatter"),
        ("The author is not going to focus on all of the caches.", "chatter"),
        ("(2) is really the core of the cache and its planner.", "opening"),
        ("How can a team pay for its caches in a way that is fair.", "question"),
        ("This is a quick post to celebrate the cache.", "ceremony"),
        ("The cache is fast now and they thought they would post an update.", "ceremony"),
        ("It’s a good moment to reflect on caches and their many ways.", "chatter"),
        ("The author may write about caches one day.", "chatter"),
        ("Relay is for all kinds of users, including you.", "to the reader"),
        ("Publish what comes back, commit afterwards.", "ceremony"),
        ("Have an agent write the skill and feed it expert knowledge.", "ceremony"),
        ("Technically could be considered accurate, but is of no help.", "ceremony"),
        ("Cover image by the author, who paints in her free time.", "chatter"),
        ("In the query above the radius is given in kilometres.", "points at the page"),
        ("The planner knows three kinds of joins:.", "fragment"),
        ("Removed the old protocol and the two options that went with it.", "ceremony"),
        ("Removed deprecated Chooser, Balancer, and other interfaces of the planner.", "ceremony"),
        ("Packages of the new planner are available at the releases page.", "chatter"),
        ("For all joins, hints and planners of this release, refer to the release notes.", "chatter"),
        ("For its planner, Acme added a cache, read replicas and a queue.", ""),
        ("A campaign of Acme increases the coverage of tests for.", "fragment"),
        ("Ada Lovelace - How to build a cache - Caches are faster than they seem.", "chatter"),
        ("Before diving into caches, the words that are used have to be told.", "chatter"),
        ("October 12, 2022 · Time for another list of caches that we like.", "first person"),
        ("The cache of the the planner was rewritten in a few weeks.", "chatter"),
        ("It was slow and i used a profiler to find the cause.", "first person"),
        ("The advice of the survey is likely to help: (1) Be patient.", "chatter"),
        ("The words of the corpus as points on a plane (Hover over a point to see the word.)", "ceremony"),
        ("Acme uses the new planner and is very much thankful to its authors.", "ceremony"),
        ("Acme goes into more detail on the planner before it returns to the cache.", "ceremony"),
        ("The count may go up to 256…they wait for the next release.", "chatter"),
        ("Below are the author's reviews of the caches of last year.", "points at the page"),
        ("Acme releases its cache weekly; watch this space to keep up with it.", "ceremony"),
        ("Launched connections with three shops and a bank in the north.", "ceremony"),
        ("Or how the planner can get better at large joins.", "ceremony"),
        ("To go further, lets assign the task to a team that knows no planner.", "to the reader"),
        ("Upgrades the cache to the new planner and makes a key.", "ceremony"),
        ("Funded by a donation of the bank that is kept by a foundation.", "ceremony"),
        ("Decode your data right before the planner sees it.", "to the reader"),
        ("Visited two new shops and came back with many ideas.", "ceremony"),
        ("Found a cache that holds and took it to the north.", "ceremony"),
        ("Skill level: not for the faint hearted.", "chatter"),
        ("Take the second bucket and execute the next 20 tests on it.", "ceremony"),
        ("The cache was full. nobody had seen it coming for weeks.", "points at the page"),
        ("After the loop Acme adds each axis: axes.append(figure.add_plot(grid, 0:)).", "code"),
    ],
)
def test_faults(text: str, fault: str) -> None:
    """What no reader of an issue should see, and why it is refused."""
    assert fault_of(text, lead=False) == fault


@pytest.mark.parametrize(
    "text", ["The plan is (1) to measure and (2) to change.", "The cache: how it was built and what it costs to keep."]
)
def test_what_is_whole_has_no_fault(text: str) -> None:
    """Lists that are complete, and a colon in a longer sentence."""
    assert fault_of(text, lead=False) == ""


def test_we_of_an_author_and_the_reader_is_no_team() -> None:
    """Nobody knows a team that is the author and whoever reads."""
    team = actor_of(None, project=False, shared=True)
    assert rewrite("As we go on, we will see what I think is the cause.", team) == ""
    assert rewrite("We moved the cache to one machine.", team) == "The team moved the cache to one machine."


def test_a_heading_is_no_description() -> None:
    """ "..., and what it could become" brings no verb for what stands before it."""
    said = "Counting stock of large warehouses when in a hurry, and what it could become."
    summary, _, _ = summarise(_view("Stock Counts", ESSAY, said), ACME, "case-study")
    assert "could become" not in summary


def test_an_invitation_to_learn_is_what_the_post_explains() -> None:
    """Many descriptions speak to whoever reads the list of articles."""
    said = "Learn how stock counts of large warehouses become many small queries."
    summary, _, _ = summarise(_view("Stock Counts", ESSAY, said), ACME, "case-study")
    assert summary.startswith("The post explains how stock counts of large warehouses become many small queries.")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Explore stock counts and see how they scale in large warehouses.",
            "The post explores stock counts and sees how",
        ),
        ("Explores the limits of stock counts in large warehouses.", "The post explores the limits of stock counts"),
        (
            "The story of how stock counts came to large warehouses.",
            "The post tells the story of how stock counts came",
        ),
        (
            "Counting the stock of large warehouses, at night and by one.",
            "The post is about counting the stock of large",
        ),
        ("Dive into the limits of stock counts in large warehouses.", "The post looks into the limits of stock counts"),
        ("Takes a closer look at stock counts in large warehouses.", "The post takes a closer look at stock counts"),
    ],
)
def test_a_description_without_subject_is_of_the_post(said: str, told: str) -> None:
    summary, _, _ = summarise(_view("Stock Counts", ESSAY, said), ACME, "case-study")
    assert summary.startswith(told)


def test_a_description_may_go_on_from_its_own_first_sentence() -> None:
    """ "It has" leans on the sentence before, which is there."""
    said = "Acme counts the stock of large warehouses with small queries. It has one query for each shelf of the warehouse."
    summary, _, _ = summarise(_view("Stock Counts", ESSAY, said), ACME, "case-study")
    assert summary.startswith(said)


def test_the_point_is_told_where_the_opening_does_not() -> None:
    """What leads to it comes first; a detail that weighs more does not push it out."""
    text = """\
Publishing an event and writing a row are two operations that can disagree. A service writes 40 rows to the outbox \
of its database and then publishes 40 events of the outbox to a queue.

In this post we explain the outbox, when a service should leave it alone, and what it costs.
"""
    summary, _, _ = summarise(_view("The outbox is a queue", text), ACME, "design-pattern")
    assert "explains the outbox, when a service should leave it alone" in summary


def test_an_order_is_no_description() -> None:
    said = "Get started with stock counts, and never lose a pallet in large warehouses."
    summary, _, _ = summarise(_view("Stock Counts", ESSAY, said), ACME, "case-study")
    assert "Get started" not in summary


def test_titles_of_points_read_as_one_name() -> None:
    """A heading is small within a sentence, but not half of a name; what only groups the others is no point."""
    text = (
        "The new Registry is fast.\n\n# Model Registry\n\nA.\n\n# Key Features\n\nB.\n\n# For Users\n\nC.\n\n# How to Upgrade"
        "\n\nD.\n\n# Faster Uploads\n\nE.\n"
    )
    assert points_of(_view("Relay 3.1 Released", text), "release", []) == (
        "The release covers Model Registry and faster uploads."
    )


def test_orders_and_deeds_are_no_points() -> None:
    """Neither a command nor what somebody did follows "covers"."""
    text = "It is new.\n\n# Edit ~/.config/relay\n\nA.\n\n# Log out and back in\n\nB.\n\n# Responded to 29 incidents\n\nC.\n"
    assert (
        points_of(
            _view("Relay 3.1 Released", text + "\n# Looking ahead\n\nD.\n\n# Faster uploads\n\nE.\n"), "release", []
        )
        == ""
    )


def test_a_second_stop_is_a_slip() -> None:
    assert clean_sentence("The shell copies files, links, etc..  It keeps a..b and ...") == (
        "The shell copies files, links, etc. It keeps a..b and ..."
    )


def test_numbers_of_footnotes_go() -> None:
    assert (
        clean_sentence("The “proactive”1, planned way ends after “two”22.")
        == "The “proactive”, planned way ends after “two”."
    )


def test_a_title_of_a_person_ends_no_sentence() -> None:
    said = "The team met Prof. Ada Byron in May. It was a fine talk."
    assert split_sentences(said) == ["The team met Prof. Ada Byron in May.", "It was a fine talk."]


def test_noun_phrases_with_a_stop_are_headings() -> None:
    assert is_heading("The soundness of implicit conversions.")
    assert is_heading("Plugin for Relay that builds images inside the cluster.")
    assert is_heading("A big win for Acme and those who attended the workshop.")
    assert is_heading("A method for warming the cache against problems with keys, run in a way that tests the keys.")
    assert not is_heading("A method for warming the cache that was slow is faster with keys.")
    assert is_heading("The project's answer: agents that enforce the hard rules.")
    assert is_heading("When solving the same problem again with other parameters.")
    assert not is_heading("When the cache is full it drops what is oldest.")
    assert not is_heading("The author thinks that the cache is still of use.")
    assert not is_heading("The cache that was slow is gone.")
    assert not is_heading("Joins now use a comparator that resolves the type once.")
    assert not is_heading("The rule is simple: no cache without a metric.")
    assert is_heading("Counting stock of shelves when in a hurry, and what it could become.")
    assert not is_heading("The planner explains its joins, and why they take an hour.")
    assert not is_heading("The planner of the engine picks an index.")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("I joined the payments team, and we moved to Kafka.", "The author joined the payments team, and Acme moved to Kafka."),
        ("We built a cache, so you can build twice as fast.", "Acme built a cache, so users can build twice as fast."),
        ("We moved all nightly builds to one cache, so you can see what it takes.", "Acme moved all nightly builds to one cache."),
        ("As discussed in an earlier note, we shard by customer.", "Acme shards by customer."),
        ("We not only moved the data but also the jobs.", "Acme not only moved the data but also the jobs."),
        ("We no longer ship the old client!", "Acme no longer ships the old client."),
        ("If we applied it twice, the cache was warm.", "If Acme applied it twice, the cache was warm."),
        ("In this post we explain how to build and run a cache.", "Acme explains how to build and run a cache."),
        ("Planner Changes: The planner now reads the statistics of each table twice.", "The planner now reads the statistics of each table twice."),
        ("The new version went live today.", "The new version went live."),
        ("The goal of this post is to compare both caches.", "Acme compares both caches."),
        ("What I will cover here is how to warm a cache.", "Acme covers how to warm a cache."),
        ("Here is a quick recipe if you are looking to warm a cache.", "The post gives a quick recipe to warm a cache."),
        ("This is the second part of our series, in which we look at how we can warm a cache.", "Acme looks at how to warm a cache."),
        ("Enough of that, in this post we are going to try to warm a cache.", "Acme warms a cache."),
        ("The rest of this post walks through the new cache.", "The post walks through the new cache."),
        ("This tutorial will be most useful for people who warm caches.", "The post is most useful for people who warm caches."),
        ("This short post shows you how you can warm a cache.", "The post shows how to warm a cache."),
        ("The cache shipped on Sept. 17 and it (as you may have seen) holds.", "The cache shipped on September 17 and it holds."),
        ("We don’t warm the cache.", "Acme doesn't warm the cache."),
        ("It is worth noting that we warm the cache twice.", "Acme warms the cache twice."),
        ("As of today, the cache is warm.", "The cache is warm."),
        ("We warm the cache first and recommend using two of it.", "Acme warms the cache first and recommends using two of it."),
        ("In this post I find out whether the cache is warm.", "Acme finds out whether the cache is warm."),
        ("io_uring is new to the cache.", "io_uring is new to the cache."),
        ("It should be noted that we warm the cache twice.", "Acme warms the cache twice."),
        ("This blog runs on a cache of its own.", ""),
        ("This blog explains how to warm a cache.", "The post explains how to warm a cache."),
        ("We compare both caches and list down what they cost.", "Acme compares both caches and lists down what they cost."),
        ("We explain how caches work, build one in Rust, and show how to warm it.", "Acme explains how caches work, builds one in Rust, and shows how to warm it."),
        ("Note that we warm the cache twice.", "Acme warms the cache twice."),
        ("As indicated in the introduction, we warm the cache twice.", "Acme warms the cache twice."),
        ("We describe Acme’s move to one cache.", "Acme describes its move to one cache."),
        ("We show how Globex ported Acme’s cache.", "Acme shows how Globex ported Acme’s cache."),
        ("We build caches in the open and encourage contributions from users.", "Acme builds caches in the open and encourages contributions from users."),
        ("In this post we take a look on how to warm a cache.", "Acme takes a look at how to warm a cache."),
        ("Our goal was that we warm all caches of our shops.", "Acme's goal was that the team warms all caches of its shops."),
    ],
)  # fmt: skip
def test_edits(sentence: str, told: str) -> None:
    """Mechanical edits: who speaks, what is left out, and verbs that agree."""
    assert rewrite(sentence, ACME) == told


def test_deck_is_one_whole_sentence() -> None:
    """A long sentence is cut where a clause ends, never inside a series."""
    series = (
        "The engine supports every form of the language from the beginning, including generators, destructuring of "
        "nested values, and loops over iterators, which took two engineers most of a year to write and to test well."
    )
    deck = deck_of([], [series], [series], series)
    assert deck.endswith("and loops over iterators.")
    assert deck_of([], [], [], "One. Two is a sentence of its own.") == "One."
    reasoned = (
        "Acme moved the nightly stock count of its warehouses from one large query to 64 small ones because the large "
        "one had taken three hours each night and had kept every other query of the shop waiting for it all along."
    )
    funded = (
        "In cooperation with Brook, funded by a grant of the city which was meant for small shops of the old town, Acme "
        "has counted the stock of its warehouses every night since last spring."
    )
    assert deck_of([], [funded], [funded], funded) == ""
    parts = (
        "The first note on the count introduced: (1) how the shelves of a warehouse are counted by one small query "
        "each, and (2) how a slow shelf is counted again before the doors of the shop are opened in the morning."
    )
    listed = (
        "The index of the old count had one more fault: no large shelf (which is one with more than a thousand boxes of "
        "the same kind, or with two kinds of boxes) was counted twice on the first night of the month."
    )
    assert "large shelf." not in deck_of([], [listed], [listed], listed)
    more = (
        "The count of the new warehouse is not only a faster way to look at shelves, but also the first one that a shop can "
        "run at any hour of the day while its doors are open and its customers look for boxes."
    )
    assert not deck_of([], [more], [more], more).endswith("shelves.")
    taken = (
        "Inspired by the small flying horse of one shop, the odd little man of another, and by the idea of a bottle that pours "
        "out boxes of every kind for whoever asks it in the right words, the count has a lion."
    )
    assert deck_of([], [taken], [taken], taken) in ("", taken)
    assert "introduced." not in deck_of([], [parts], [parts], parts)
    other = "Each dot stands for one shelf of the warehouse."
    assert deck_of([], [reasoned, other], [reasoned, other], reasoned) == (
        "Acme moved the nightly stock count of its warehouses from one large query to 64 small ones."
    )
