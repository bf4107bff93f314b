"""Rewriting: announcements become statements, the first person becomes who speaks, the verb agrees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.label.edits.first_person import third
from crawler.label.edits.rewrite import rewrite
from crawler.label.sentences.verbs import third_person
from crawler.label.speakers.actor import Actor, actor_of

ACME = actor_of("Acme", project=False)
AUTHOR = actor_of(None, project=False)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("In this post, we describe how we shard our database.", "Acme describes how it shards its database."),
        ("In this article I'll show how to profile a Go service.", "Acme shows how to profile a Go service."),
        ("This post explains the new scheduler.", "The post explains the new scheduler."),
        ("We are excited to announce Relay 2, our build cache.", "Acme announces Relay 2, its build cache."),
        ("Today we're thrilled to share how we cut costs.", "Acme shares how it cut costs."),
        ("The Kestrel community is pleased to announce version 2.", "The Kestrel community announces version 2."),
        ("However, we moved to Kafka.", "Acme moved to Kafka."),
        ("PORTO, Portugal. — April 7, 2026 — The harbour group today announced Relay 2.", "The harbour group announced Relay 2."),
        ("Porto, 7 April 2026 -- Acme opens its planner to all harbours.", "Acme opens its planner to all harbours."),
        ("Porto, PT, 7 April 2026 The harbour group, today announced Relay 2.", "The harbour group, announced Relay 2."),
        ("On 7 April 2026 The Harbour Group moved its planner.", "On 7 April 2026 The Harbour Group moved its planner."),
        ("We announce that, as of today, forty ports have joined Relay.", "Acme announces that, as of today, forty ports have joined Relay."),
        ("lists:find/3 of the planner charges nothing at all.", "lists:find/3 of the planner charges nothing at all."),
        ("The outage began on 7 April 2026 - Kafka lost its disks.", "The outage began on 7 April 2026 - Kafka lost its disks."),
        ("Traffic is larger from 2019 to today.", "Traffic is larger from 2019 to today."),
        ("On March 11, 2026, the planner of Acme went down.", "On March 11, 2026, the planner of Acme went down."),
        ("I'm (Ana) excited to share that Relay 2 reads an index.", "Acme shares that Relay 2 reads an index."),
        ("In this post, you learn how to warm a cache.", "The post explains how to warm a cache."),
        ("This post is, in a way, a letter to the planners of Acme.", "The post is, in a way, a letter to the planners of Acme."),
        ("We are Acme, the harbour that never sleeps.", ""),
        ("In the article Ben talks about how caches fail.", "The post talks about how caches fail."),
        ("In this post, Ana Lima explains why caches fail.", "Ana Lima explains why caches fail."),
        ("In the post Ben shows how he lost his cache.", ""),
        ("We moved to Kafka!.", "Acme moved to Kafka."),
        ("Let's talk about how caches fail.", "The post talks about how caches fail."),
        ("Introduction # The planner of Acme reads an index for every single query.", "The planner of Acme reads an index for every single query."),
        ("0.8.1 release # Relay 0.8.1 was released with a planner that reads an index.", "Relay 0.8.1 was released with a planner that reads an index."),
        ("Issue # is a column that the planner of Acme reads.", "Issue # is a column that the planner of Acme reads."),
        ("Making the most of plans in Relay During some talks, one of the topics was how to read them.", "During some talks, one of the topics was how to read them."),
        ("Ana Lima and I are happy to announce that we have built a map of all caches.", "Ana Lima and Acme announce that it has built a map of all caches."),
        ("Tree Maps For a while, there has been a way to read two of them at once.", "For a while, there has been a way to read two of them at once."),
        ("Nevertheless, we moved to Kafka.", "Acme moved to Kafka."),
        ("For some background, Relay is the linter of Acme.", "Relay is the linter of Acme."),
        ("Last but not least, we moved to Kafka.", "Acme moved to Kafka."),
        ("Note, the cache is kept for an hour.", "The cache is kept for an hour."),
        ("To make matters worse, the cache was cold.", "The cache was cold."),
        ("Further requests wait.", "Further requests wait."),
        ("Support for Tools (2024) The foundation paid for two years of work on caches.", "The foundation paid for two years of work on caches."),
        ("In the spring (2024) Ana and her team paid for two years of work on caches.", "In the spring (2024) Ana and her team paid for two years of work on caches."),
        ("We've built a cache.", "Acme has built a cache."),
        ("Table A only lost a tenth of its speed.", "Table A only lost a tenth of its speed."),
        ("We'd not yet warmed the cache.", "Acme had not yet warmed the cache."),
        ("Relay, on the other hand, has two caches.", "Relay has two caches."),
        ("Spring, however, has three caches.", "Spring has three caches."),
        ("We explain how it trains and learns more about disks.", "Acme explains how it trains and learns more about disks."),
        ("By May, however, we had a cache.", "By May, Acme had a cache."),
        ("In 2.11, however, we added a cache.", "In 2.11, Acme added a cache."),
        ("Starting today, the cache is open to all.", "The cache is open to all."),
        ("As of yesterday, we run a cache.", "Acme runs a cache."),
        ("Until today, we had no cache.", "Until today, Acme had no cache."),
        ("The map tells where the cache stands today.", "The map tells where the cache stands today."),
        ("The cache is cold (for reasons we'll discuss soon).", "The cache is cold."),
        ("We moved the cache (full disclosure: I like it) to disk.", "Acme moved the cache to disk."),
        ("We had it write me a parser.", "Acme had it write a parser."),
        ("We are growing and are very happy to announce a new cache.", "Acme is growing and announces a new cache."),
        ("In this post we look at the cache and learn more about disks.", "Acme looks at the cache."),
        ("We're glad to be moving to Rust.", "Acme is moving to Rust."),
        ("We're moving to Rust.", "Acme is moving to Rust."),
        ("We also use Redis.", "Acme also uses Redis."),
        ("We need faster builds.", "Acme needs faster builds."),
        ("We don't trust the network.", "Acme doesn't trust the network."),
        ("TL;DR: we cut latency in half.", "Acme cut latency in half."),
        ("We will explore caches and show how they fail.", "Acme explores caches and shows how they fail."),
        ("With spring near, we are excited to announce Relay 2.", "With spring near, Acme announces Relay 2."),
        ("Conclusion The move paid off.", "The move paid off."),
        ("Our builds took an hour.", "Acme's builds took an hour."),
        ("When we tested it, we saw that it failed.", "When Acme tested it, the team saw that it failed."),
        ("When we grew, we found that nobody could help us.", "When Acme grew, it found that nobody could help the team."),
        ("As part of Acme Cloud, we run four caches.", "As part of Acme Cloud, the team runs four caches."),
        ("We announce a new face for Acme.", "Acme announces a new face."),
        ("ImportantThe cache is gone (yes, really).", "The cache is gone."),
        ("As we learn more, we change Acme’s plans.", "As Acme learns more, it changes its plans."),
        ("We export your existing queues to your Acme account.", "Acme exports existing queues to the Acme account."),
        ("We show how to run your own queue.", "Acme shows how to run one's own queue."),
        ("Where data lives in a file, you can read it with our plugin.", "Where data lives in a file, users can read it with Acme's plugin."),
        ("Our plugin lets you warm a cache.", "Acme's plugin lets users warm a cache."),
        ("We are onboarding communities and hope to grow.", "Acme is onboarding communities and hopes to grow."),
        ("We have built a queue and use it.", "Acme has built a queue and uses it."),
        ("We are going to build a queue and use the cache.", "Acme is going to build a queue and use the cache."),
        ("We are excited to announce that Acme has got a grant.", "Acme announces that it has got a grant."),
        ("We describe how Acme can lead the work.", "Acme describes how it can lead the work."),
        ("We build tools and love learning from users.", "Acme builds tools and loves learning from users."),
        ("Soon after our talk with Ana, Acme moved.", "Soon after its talk with Ana, Acme moved."),
        ("Our Acme Cloud plan grew.", "The Acme Cloud plan grew."),
        ("Our plan is a key to Acme's growth.", "Acme's plan is a key to its growth."),
        ("Just like our plan, Acme and Brook grew.", "Just like Acme's plan, Acme and Brook grew."),
        ("To find out, we ran Acme's first trial.", "To find out, Acme ran its first trial."),
        ("We show how we work.", "Acme shows how the team works."),
        ("We list all machines and subtract those in use.", "Acme lists all machines and subtracts those in use."),
        ("We want to list all of the machines and subtract those in use.", "Acme wants to list all of the machines and subtract those in use."),
        ("We store events and data the team needs.", "Acme stores events and data the team needs."),
        ("We explain how you engage with reviewers.", "Acme explains how to engage with reviewers."),
    ],
)  # fmt: skip
def test_company_voice(sentence: str, told: str) -> None:
    """A company's article in the third person."""
    assert rewrite(sentence, ACME) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("I wrote a parser in Haskell.", "The author wrote a parser in Haskell."),
        ("In this post I explain my setup.", "The author explains their setup."),
        ("Types give us a language for this.", "Types give a language for this."),
        ("Such a parser lets us read all of them.", "Such a parser lets one read all of them."),
        ("I once wrote a parser.", "The author once wrote a parser."),
        ("My parser failed.", "The author's parser failed."),
        ("The move took me two years.", "The move took the author two years."),
        ("I tried it, but I was wrong.", "The author tried it, but they were wrong."),
        ("When I deploy, my cache is cold.", "When the author deploys, their cache is cold."),
    ],
)
def test_author_voice(sentence: str, told: str) -> None:
    """A person's article in the third person."""
    assert rewrite(sentence, AUTHOR) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("We parse the log and apply it to the store.", "Acme parses the log and applies it to the store."),
        ("We build, link, and run tests at night.", "Acme builds, links, and runs tests at night."),
        ("We fetch and publish figures.", "Acme fetches and publishes figures."),
        ("We rent a rack, buy disks for it, and then wait.", "Acme rents a rack, buys disks for it, and then waits."),
        ("We have moved two teams, and are training a third.", "Acme has moved two teams, and is training a third."),
        ("We have tried it but have yet to ship it.", "Acme has tried it but has yet to ship it."),
        ("We got a preview and love it.", "Acme got a preview and loves it."),
        ("We store logs to prevent loss, and also use a disk.", "Acme stores logs to prevent loss, and also uses a disk."),
        ("We try to plan, build, and test in a week.", "Acme tries to plan, build, and test in a week."),
        ("We showed how to test it, and then deploy it.", "Acme showed how to test it, and then deploy it."),
        ("The clusters we run are old and are slow.", "The clusters Acme runs are old and are slow."),
        ("A plan is to draw (since we test it) and use boards.", "A plan is to draw (since Acme tests it) and use boards."),
        ("We can build a queue, and use it.", "Acme can build a queue, and use it."),
        ("We re-index all shards.", "Acme re-indexes all shards."),
        ("In this post we only look at reads.", "Acme only looks at reads."),
        ("In this post we would like to explain reads.", "Acme explains reads."),
        ("We need to pad the rows, and then trim them.", "Acme needs to pad the rows, and then trim them."),
        ("We take each pair of nodes and check whether it fits.", "Acme takes each pair of nodes and checks whether it fits."),
        ("We fix it, and then cherry-pick it.", "Acme fixes it, and then cherry-picks it."),
        ("Since we made a map of it, find the way and follow it.", "Since Acme made a map of it, find the way and follow it."),
        ("We could, of course, make it and use it.", "Acme could, of course, make it and use it."),
        ("Readers value what we print and want more.", "Readers value what Acme prints and want more."),
        ("We have run it for weeks, so have an idea of the costs.", "Acme has run it for weeks, so has an idea of the costs."),
        ("We will keep it but need to move it.", "Acme will keep it but needs to move it."),
        ("We moved the focus to reads, and instead look at writes.", "Acme moved the focus to reads, and instead looks at writes."),
        ("We show what teams that write Go need, and discuss costs.", "Acme shows what teams that write Go need, and discusses costs."),
    ],
)  # fmt: skip
def test_every_verb_of_a_subject_agrees(sentence: str, told: str) -> None:
    """Also the second and the third, unless they are infinitives or somebody else's."""
    assert rewrite(sentence, ACME) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("By May we'd built a cache.", "By May Acme had built a cache."),
        ("We’d never seen it fail.", "Acme had never seen it fail."),
        ("We'd build it again.", "Acme would build it again."),
        ("We of course tested it.", "Acme of course tested it."),
        ("Since we last wrote, the cache grew.", "Since Acme last wrote, the cache grew."),
        ("We at Acme use two queues.", "Acme uses two queues."),
        ("We, as a small firm, use two queues.", "Acme, as a small firm, uses two queues."),
        ("We bit the bullet and sat it out.", "Acme bit the bullet and sat it out."),
        ("What have we learned from it?", "What has Acme learned from it?"),
        ("Reads take 100 us in our tests.", "Reads take 100 us in Acme's tests."),
    ],
)
def test_what_follows_a_subject(sentence: str, told: str) -> None:
    """Its verb, be there something between, and no word that is none."""
    assert third(sentence, ACME, named=False) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Luckily for us, we have a spare.", "Luckily for Acme, it has a spare."),
        ("This gives us a base for our plans.", "This gives Acme a base for its plans."),
        ("It helps us improve our cache.", "It helps Acme improve its cache."),
        ("Ana and myself wrote a parser.", "Ana and the author wrote a parser."),
        ("Myself and Ana wrote a parser.", "The author and Ana wrote a parser."),
        ("The clock tells me that I was late.", "The clock tells the author that they were late."),
        ("I know that I wasn't careful.", "The author knows that they weren't careful."),
        ("It saw me move my blog.", "It saw the author move their blog."),
        ("Their cache is larger than mine.", "Their cache is larger than theirs."),
        ("It asks users to mine coins, which I dislike.", "It asks users to mine coins, which the author dislikes."),
        ("I moved it and was wrong.", "The author moved it and was wrong."),
        ("Three parts came out and I have read them.", "Three parts came out and I have read them."),
        ("Phases D and I are next.", "Phases D and I are next."),
        ("When I read it, I laughed and was wrong.", "When the author read it, they laughed and were wrong."),
    ],
)
def test_named_once(sentence: str, told: str) -> None:
    """The name at its first place, in the order of the words; then what stands for it."""
    assert third(sentence, ACME if " us" in sentence else AUTHOR, named=False) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "A couple of us worked on it.",
        "We developers like caches.",
        "It was as we'd put it there.",
        "We are heavy users of caches.",
        "We're firm believers in caches.",
        "It is kept so that we can all read it.",
        "Every one of it is for each of us.",
        "We in the field never said so.",
        "There were miles between us.",
        "For us Berlin people it is new.",
        "We each time fixed a bug.",
        "It is easy to convince ourselves of it.",
        "From the title Why We Left it was clear what our plan was.",
        "Their badges say 'Ask me about caches' in our hall.",
    ],
)
def test_what_no_name_can_stand_for_is_not_told(sentence: str) -> None:
    """Several people, everybody, somebody's words."""
    assert third(sentence, ACME, named=False) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "It made me curious.",
        "This is why I left.",
        "That’s what I wanted.",
        "Caches matter to me.",
        "It doesn't help me.",
    ],
)
def test_what_it_meant_to_its_author_is_not_told(sentence: str) -> None:
    """A remark on what was said before."""
    assert rewrite(sentence, AUTHOR) == ""


@pytest.mark.parametrize("sentence", ["This analysis shows that I was wrong.", "This is the talk that I gave in May."])
def test_what_tells_of_itself_is_no_remark(sentence: str) -> None:
    """It names what it is about."""
    assert rewrite(sentence, AUTHOR) != ""


@pytest.mark.parametrize("name", ["my.example.org", "my-tool", "us-east-1", "example.us", "our_name"])
def test_a_part_of_a_name_stays(name: str) -> None:
    """No word of its own."""
    assert third(f"We run {name} at night.", ACME, named=False) == f"Acme runs {name} at night."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("We test Relay on old disks.", "The Relay project tests Relay on old disks."),
        ("Our goal with Relay is speed.", "The Relay project's goal with Relay is speed."),
        ("We added plugins to Relay.", "The Relay project added plugins to Relay."),
        ("We announced Relay’s plans.", "Relay announced its plans."),
        ("We announced that Relay has grown.", "Relay announced that it has grown."),
        ("We cut the costs of builds.", "Relay cut the costs of builds."),
        ("We will recap the year.", "The Relay project recaps the year."),
        ("We recapped the year.", "The Relay project recapped the year."),
        ("We recommend an upgrade.", "The Relay project recommends an upgrade."),
        ("We move the logs at night.", "Relay moves the logs at night."),
        ("More importantly, at Brook we tested Relay.", "At Brook the team tested Relay."),
        ("Here at Brook, we see Relay as a fit.", "Here at Brook, the team sees Relay as a fit."),
    ],
)
def test_a_project_is_not_its_product(sentence: str, told: str) -> None:
    """Where both stand in one sentence."""
    assert rewrite(sentence, actor_of("Relay", project=True)) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("We tried a lot at Acme this year.", "The team tried a lot at Acme this year."),
        (
            "After a year of our tests, everyone at Acme was tired.",
            "After a year of Acme's tests, everyone at Acme was tired.",
        ),
    ],
)
def test_where_a_company_is_the_place(sentence: str, told: str) -> None:
    """Its team speaks."""
    assert rewrite(sentence, ACME) == told


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        ("use", "uses"),
        ("fix", "fixes"),
        ("carry", "carries"),
        ("deploy", "deploys"),
        ("are", "is"),
        ("were", "was"),
        ("have", "has"),
        ("built", "built"),
        ("moved", "moved"),
        ("need", "needs"),
        ("can", "can"),
        ("go", "goes"),
        ("don't", "doesn't"),
        ("push", "pushes"),
        ("enjoys", "enjoys"),
        ("co-host", "co-hosts"),
    ],
)
def test_verb_agreement(verb: str, told: str) -> None:
    """Base forms take their ending, past forms and modals stay."""
    assert third_person(verb) == told


@given(st.text(max_size=200), st.sampled_from([ACME, AUTHOR, actor_of("Rust", project=True)]))
def test_never_raises_and_is_stable(text: str, actor: Actor) -> None:
    """Any text can be rewritten, and always to the same."""
    assert rewrite(text, actor) == rewrite(text, actor)


@pytest.mark.parametrize(
    "sentence",
    [
        "Four of us read 1,200 wrong answers and gave each a cause.",
        "For the test, we will create two machines.",
        "Given both stages, let us consider causes.",
        "A client said “We want to move to microservices” and the project began.",
    ],
)
def test_what_has_no_third_person_is_refused(sentence: str) -> None:
    assert rewrite(sentence, Actor("Northlight", "the team", "its", person=False)) == ""


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (
            "SHARDs The SHARDs, or shared harbour documents, say what a port owes to its neighbours.",
            "The SHARDs, or shared harbour documents, say what a port owes to its neighbours.",
        ),
        (
            "Brook & Harbour Brook continues to pay for many of the tools that its harbours share.",
            "Brook continues to pay for many of the tools that its harbours share.",
        ),
        (
            "Shapes in Quayside Most of the crane is made of shapes such as circles and rectangles.",
            "Most of the crane is made of shapes such as circles and rectangles.",
        ),
        (
            "With Brook Brook keeps it quick, and so does everybody else in the whole wide harbour.",
            "With Brook Brook keeps it quick, and so does everybody else in the whole wide harbour.",
        ),
    ],
)
def test_a_heading_that_ran_into_its_paragraph_goes(raw: str, told: str) -> None:
    assert rewrite(raw, ACME) == told
