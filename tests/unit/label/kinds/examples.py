"""What each sign of a kind is to tell, and what only looks like it: (title, text), three of each and more."""

from __future__ import annotations

from typing import NamedTuple

Told = tuple[str, str]


class Examples(NamedTuple):
    """A sign of `kind`: articles that are of it, and articles that only look like it."""

    sign: str
    kind: str
    told: tuple[Told, ...]
    not_told: tuple[Told, ...]


_NOTE = "A short note."

EXAMPLES: tuple[Examples, ...] = (
    Examples(
        "a log of development",
        "release",
        (
            ("Devlog #27: The Tide Comes In", "The boats float at last, and the harbour has a second pier."),
            ("Developer Log 12", "The boats float at last, and the harbour has a second pier."),
            ("Harbour Activity & Contract Report, May 2024", "Ana mended the tide tables and the port of the driver."),
        ),
        (
            ("Harbour Letters #27", "The best that we read in May."),
            ("Logging Without Tears", "You add a single line, and you see all the tides."),
            ("A Log Is a Database", "I think that a log should be the only source of truth."),
        ),
    ),
    Examples(
        "a design that is put up for discussion, by its number",
        "opinion",
        (
            ("VEP-19: Guards That Bind", "This lets an arm of a match bind new names in its guard."),
            ("PEP 9999 - Quiet Imports", "Imports print nothing where the new flag is set."),
            ("[Pitch] Scoped Names for Tides", "A tide could be named within its harbour."),
        ),
        (
            ("UTF-8 in Tidepool 3.1", "The release is out today and brings UTF-8."),
            ("Call for Proposals: HarbourConf", "The conference takes place in June, and speakers are welcome."),
            ("How We Moved to IPv6", "We moved all of our harbours to IPv6 in May."),
            (
                "Step 1: Set Up a Replica of the Tides",
                "In this tutorial you will learn how to set up a replica, step by step.",
            ),
            (
                "SHA-256: A Walkthrough of the Rounds",
                "In this tutorial you will learn how the rounds work, step by step.",
            ),
        ),
    ),
    Examples(
        "measurements, by the title",
        "research",
        (
            ("Benchmarking Tidepool 18 on Two Disks", "The disks were driven by the same load for an hour each."),
            ("Benchmarks of Five Parsers", "Five parsers read the same file of tides."),
            ("A Benchmark of Small Queues", "Small queues were filled and emptied a million times."),
        ),
        (
            (
                "A Benchmark Suite for Queues Is Here",
                "The harbour team is excited to introduce its suite, now available.",
            ),
            ("How to Write a Benchmark", "In this tutorial you will learn how to time a function."),
            ("Comparing Two Queues", "Pros and cons of each, and when to use which."),
        ),
    ),
    Examples(
        "several things weighed against each other",
        "design-pattern",
        (
            ("Heron vs Tarpan vs Kestrel for Eight Years of Tides", "Each has its place."),
            ("Heron vs Tarpan: Our Comparison After a Year", "Each has its place."),
            ("I Tested 3 Tide Clocks", "Each has its place."),
            ("Heron, Tarpan or Kestrel? Three Moves of One Harbour", "Each has its place."),
        ),
        (
            ("I Tested a Tide Clock", "I built the clock from a kit last week, and I measured the tides with it."),
            (
                "We Tested Our Backups and Lost a Day",
                "The incident began when the backups were restored over the live data.",
            ),
            ("Heron 2 Released", _NOTE),
        ),
    ),
    Examples(
        "an issue of links, an episode",
        "community",
        (
            ("Harbour in the Small #41 - the one with the rope", "A few things that I liked this week."),
            ("Links, week 20: ropes and rings", "A few things that I liked this week."),
            ("Episode 88: Ropes, Rings, and Ana Lima", "We talk about ropes, and about a very old crane."),
        ),
        (
            ("Linking Rust with C", "You add a flag to the linker, and you run it again."),
            ("An Episode of Packet Loss", "On Monday packets were lost, and we found the root cause in a driver."),
            ("Devlog #27: The Tide Comes In", "The boats float at last."),
        ),
    ),
    Examples(
        "a version that a title is about",
        "release",
        (
            ("Kestrel 2.4: Faster Compaction", _NOTE),
            ("Tarpan 11 is out", _NOTE),
            ("Heron 5 in Tidepool", _NOTE),
        ),
        (
            ("Almost 80% of Caches Are Never Read", "I measured the caches of twelve shops and plotted the hits."),
            ("Top 10 Mistakes in Load Tests", "I think most load tests measure the wrong thing."),
            ("Days 12 and 13", "Today I spent two hours on the login form and gave up."),
        ),
    ),
    Examples(
        "who ships, says so in the first lines",
        "release",
        (
            (
                "Quieter Builds",
                "The Heron team is excited to introduce quiet builds. Heron now supports a single line of output.",
            ),
            (
                "Log Levels for Tidepool",
                "Tidepool has received a major overhaul of its logging. Levels are now available for each module.",
            ),
            (
                "Tarpan on ARM",
                "The Tarpan developers are happy to ship packages for ARM. The new packages are now included in every build.",
            ),
        ),
        (
            (
                "A New Face in Berlin",
                "Lena has joined the foundation, and the community welcomes her at the meetup in June.",
            ),
            (
                "Reading the Scheduler",
                "The scheduler consists of two queues. Internally, each queue is defined by a structure that represents a core.",
            ),
            (
                "Our Move off the Monolith",
                "We decided last year that the monolith had to go, and we moved the last service in May.",
            ),
        ),
    ),
    Examples(
        "headings of versions and of what changed",
        "release",
        (
            ("Heron News", "Many small things.\n\n## v1.9.2\n\n- Added quiet builds\n- Fixed a crash"),
            (
                "What Changed in Spring",
                "A calm season.\n\n## Breaking changes\n\nThe port moved.\n\n## Deprecations\n\nThe old flag goes.",
            ),
            ("Tidepool in April", "Small steps.\n\n## Enhancements\n\nLevels.\n\n## Bug fixes\n\nA crash is gone."),
        ),
        (
            ("Notes on Sorting", "Merge sort is stable.\n\n## 2 ways to merge\n\nThe algorithm consists of two runs."),
            ("How to Read a Changelog", "In this guide you will learn to read one.\n\n## Step 1\n\nOpen the file."),
            ("My Kitchen Radio", "I built a radio.\n\n## Changes at home\n\nI moved it twice."),
        ),
    ),
    Examples(
        "a fault that someone hunted",
        "postmortem",
        (
            (
                "Requests That Took Thirty Seconds",
                "I had an annoying problem: pages were slow from one network only. The logs showed no error, and the cause turned out to be a DNS lookup.",
            ),
            (
                "The Ghost of a Dropped Index",
                "Queries were slow after a restart. The bug was caused by an index that a migration had dropped, and the fix was one line.",
            ),
            (
                "Tracking Down a Lost Packet",
                "A strange crash hit one node a week. Debugging it took a month; the culprit was a firmware error.",
            ),
        ),
        (
            (
                "Teaching People to Debug",
                "I think people should learn to debug before they learn to write. I believe it is wrong to start with syntax.",
            ),
            (
                "A Tale of Two Caches",
                "This post explains how the two caches work. The structure of each consists of a hash table and a list.",
            ),
            (
                "Debugging with Print",
                "In this tutorial you will learn to print well. You run the script, open the log, and follow the lines.",
            ),
        ),
    ),
    Examples(
        "what data say",
        "research",
        (
            (
                "Nearly 70% of Side Projects Die in a Month",
                "The dataset holds 4,000 repositories. I analyzed the median age and the distribution of commits.",
            ),
            (
                "Do Long Commit Messages Help?",
                "For this analysis I measured 900 projects. The results show no significant correlation.",
            ),
            (
                "Which Languages Do Museums Use?",
                "The open data of 200 museums were compared. On average, 12 percent of respondents use two.",
            ),
        ),
        (
            (
                "A Dataset Viewer in an Evening",
                "In this tutorial you will build a viewer. You install the package and run the script, and you open the page.",
            ),
            ("Kestrel 2.4 Released", "This release includes faster datasets and a new viewer. It is now available."),
            ("Why I Distrust Averages", "I think averages hide people. I believe we should stop printing them."),
        ),
    ),
    Examples(
        "what a reader is led through",
        "tutorial",
        (
            (
                "Renaming Photos with Bash",
                "You can rename your photos in one line. Open a terminal, copy the file, and run the command.",
            ),
            (
                "The Checklist for a New Laptop",
                "Before you start, copy your keys. Then install your editor and set your shell.",
            ),
            (
                "Colours for Your Prompt",
                "Did you know that you can colour your prompt? Let's create a file and add the line that you need.",
            ),
        ),
        (
            (
                "Growing Old with Bash",
                "I think Bash is terrible, and I love it. Perhaps people should stop apologising for it.",
            ),
            (
                "The Checklist That Saved Our Launch",
                "We decided to write every step down. Last year we had lost a night, and we wanted no other.",
            ),
            (
                "How Prompts Are Drawn",
                "The shell internally represents the prompt as a structure. It consists of segments; each segment is called once.",
            ),
        ),
    ),
    Examples(
        "days of someone who learns",
        "career",
        (
            ("Days 12 and 13", "Today I spent four hours on the login form. Hopefully the tests pass tomorrow."),
            ("Week 7", "Finally some progress this week. I spent two days with the router."),
            ("Day 40", "Hours of reading today. Tomorrow I begin with graphs."),
        ),
        (
            (
                "Day Zero of an Outage",
                "The incident began with a crash. The impact was 40 minutes of errors; the root cause was a full disk.",
            ),
            (
                "Day Trading Bots Lose Money",
                "The dataset holds 900 accounts. The median result is a loss, and the distribution is skewed.",
            ),
            (
                "Thirty Days of Logs in One File",
                "In this guide you will learn to pack your logs. You run the command and follow the steps.",
            ),
        ),
    ),
    Examples(
        "headings of a job",
        "career",
        (
            (
                "Platform Engineer",
                "We look after the cluster.\n\n## Responsibilities\n\nOn-call.\n\n## Qualifications\n\nGo.",
            ),
            (
                "Joining as a Data Analyst",
                "A small team.\n\n## Who you are\n\nCurious.\n\n## How to apply\n\nWrite to us.",
            ),
            ("What to Expect from Us", "Two talks.\n\n## Our interview process\n\nA call, then a day with the team."),
        ),
        (
            (
                "Who Owns This Queue?",
                "The owner is a field of the structure.\n\n## How it works\n\nThe algorithm walks the list.",
            ),
            ("Roles in Kestrel", "In this tutorial you will create a role.\n\n## Step 1\n\nOpen the console."),
            (
                "Splitting a Service",
                "We moved it.\n\n## Responsibilities of each half\n\nWe decided that writes stay. We built the rest anew.",
            ),
        ),
    ),
    Examples(
        "people who meet",
        "community",
        (
            ("Recapping the Heron Days", "Thanks to all speakers and attendees! The sessions were recorded."),
            (
                "Heron Visits Three Cities",
                "Three in-person meetups are planned. Register early.\n\n## Venue\n\nA library.\n\n## Speakers\n\nFive.",
            ),
            ("HeronCon 2026", "Tickets are on sale, and the venue is a theatre."),
        ),
        (
            (
                "Joins Across Two Databases",
                "A join of two tables is defined by its keys. The algorithm consists of two steps.",
            ),
            (
                "How Conference Badges Are Printed",
                "In this tutorial you will print badges. You install the driver and run the script.",
            ),
            (
                "Our Event Pipeline at Scale",
                "We built a pipeline for 9 billion events a day. We decided on Kafka and moved in June.",
            ),
        ),
    ),
    Examples(
        "what someone holds",
        "opinion",
        (
            ("My Thoughts About Monorepos", "I like them. I believe people should try one before they judge."),
            (
                "Why Doesn't Shell Have Types?",
                "Honestly, it should. I think people would love it, and I would argue that it is wrong to wait.",
            ),
            (
                "Rust, One Year Later",
                "I think the borrow checker is worth it. People should care less about compile times.",
            ),
        ),
        (
            (
                "Why We Moved to a Monorepo",
                "We decided in May. We built the tools, and we migrated forty repositories at Parcelline.",
            ),
            (
                "Thought Vectors Explained",
                "A vector is defined by its dimensions. Internally it is represented as an array.",
            ),
            (
                "One Year of Heron in Numbers",
                "The dataset holds 365 days. The median day saw 40 commits, and the results were compared with those of others.",
            ),
        ),
    ),
    Examples(
        "headings of a proposal",
        "opinion",
        (
            (
                "Staging for Tarpan RFCs",
                "The process has served well.\n\n## The problem\n\nIt is slow.\n\n## The proposal\n\nStages.",
            ),
            (
                "Smaller Committees",
                "Much is decided late.\n\n## Proposal: five seats\n\nFive are enough.\n\n## Drawbacks\n\nNone.",
            ),
            (
                "Error Values for Heron",
                "Exceptions surprise.\n\n## Rationale and alternatives\n\nValues.\n\n## Unresolved questions\n\nNames.",
            ),
        ),
        (
            (
                "Writing Proposals That Win",
                "In this guide you will learn to write one.\n\n## Step 1\n\nFind your reader.",
            ),
            ("Call for Proposals: Heron Days", "The conference looks for speakers. Register by May."),
            (
                "Heron 4.0 Released",
                "This release is available.\n\n## New features\n\nProposals of users.\n\n## Bug fixes\n\nNone.",
            ),
        ),
    ),
    Examples(
        "how something works",
        "deep-dive",
        (
            (
                "Ropes and Gap Buffers",
                "An editor's text is represented as a tree.\n\n## Data structures\n\nA rope consists of leaves.\n\n## How it works\n\nEach node is called a branch.",
            ),
            (
                "The Allocator of Tidepool",
                "Memory is kept in arenas.\n\n## Implementation details\n\nThe structure is defined by two pointers.\n\n## Internals\n\nPages.",
            ),
            (
                "Regular Trees",
                "A tree is regular.\n\n## The algorithm\n\nThe definition is recursive; therefore each step is called twice.\n\n## Further reading\n\nBooks.",
            ),
        ),
        (
            (
                "How We Work",
                "Our team meets on Mondays.\n\n## How this works for juniors\n\nMentors and colleagues share the job. The culture is calm.",
            ),
            (
                "Tidepool 3.1 Released",
                "This release is now available.\n\n## New features\n\nArenas.\n\n## Breaking changes\n\nNone.",
            ),
            ("Why I Write by Hand", "I think typing is terrible for thought. I love paper, and people should try it."),
        ),
    ),
    Examples(
        "two sides weighed",
        "design-pattern",
        (
            (
                "Queues or Logs",
                "Both keep events.\n\n## Pros and cons\n\nLogs are kept.\n\n## When to use a queue\n\nFor work.",
            ),
            ("Sagas vs Two-Phase Commit", "Both end a transaction.\n\n## Trade-offs\n\nLocks."),
            (
                "Choosing Between Push and Pull",
                "Both move data.\n\n## Advantages\n\nSpeed.\n\n## Disadvantages\n\nLoad.",
            ),
        ),
        (
            (
                "Pros Who Never Stop Learning",
                "My mentor taught me. My manager and my colleagues helped with every interview and job.",
            ),
            ("Using VS Code for Java", "You install the editor and run the command. Then you open your file."),
            ("We Replaced Our Queue", "We decided to move in May. We built a log, and we migrated every consumer."),
        ),
    ),
    Examples(
        "what someone did",
        "case-study",
        (
            (
                "I Built a Garden Sensor",
                "I wanted to know when to water. I soldered a board, I wrote the firmware, and I tested it for a year.",
            ),
            (
                "Two Years with Our Design System: A Retrospective",
                "We started with four buttons. We built the rest as we needed it, and we learned to say no.",
            ),
            (
                "Deprecating Our Oldest Service",
                "We decided in May that it had to go. We moved its data and we removed the last route in June.",
            ),
        ),
        (
            ("I Think Sensors Are Overrated", "I believe people should look at the sky. Honestly, I hate batteries."),
            (
                "Build Your Own Garden Sensor",
                "You need a board. Open the editor, copy the file, and run the command; then you install the case.",
            ),
            (
                "Garden Sensors Explained",
                "A sensor consists of two plates. Internally, moisture is represented as a resistance.",
            ),
        ),
    ),
    Examples(
        "a phrase of a narrower kind",
        "tutorial",
        (
            ("A Gallery of Small Charts", "Twelve charts, each with its code."),
            ("Regular Expressions: A Quick Reference", "All marks at a glance."),
            ("An Overview of Sorting in Shell", "The flags, one by one."),
        ),
        (
            ("The Weekly Newsletter #12", "Links of the week."),
            ("This Month in Kestrel", "The Kestrel team shipped three fixes."),
            ("Our Spring Meetup", "Attendees and speakers met."),
        ),
    ),
    Examples(
        "what became better",
        "release",
        (
            ("Accessibility Improvements in Heron", "The menus can be read aloud."),
            ("Updates From the Tidepool Team", "Three things moved."),
            ("Enhancements to the Query Cache", "Two settings were added, and one is gone."),
        ),
        (
            (
                "How We Improved Our Query Cache",
                "We decided to measure first. We built a replay, and we moved the keys.",
            ),
            ("Improving Is Overrated", "I think we should stop. Honestly, I hate the word."),
            ("Update Anomalies Explained", "An anomaly is defined by a dependency. It consists of two rows."),
        ),
    ),
    Examples(
        "a library that is introduced",
        "release",
        (
            ("lampkit – a Python Library for Cheap Lamps", "It speaks to lamps by Zigbee."),
            ("Sieve: A Small Framework for Rules", "Rules become a tree."),
            ("Otter, a Go Package to Read Tides", "Tides come as floats."),
        ),
        (
            (
                "Writing a Library for Lamps",
                "In this tutorial you will create a library. You open the file and run the script.",
            ),
            ("Why I Left My Framework", "I think frameworks age badly. Honestly, I hate upgrading."),
            ("Inside a Rule Engine", "A rule is represented as a node. Internally, the structure is called a tree."),
        ),
    ),
    Examples(
        "a body of people that is introduced",
        "community",
        (
            (
                "Introducing the Heron Working Groups",
                "The community founded three groups. Members may join any meeting.",
            ),
            ("Announcing the New Steering Committee", "Five members were elected by the community."),
            ("Introducing Our Foundation Board", "The foundation welcomes four members."),
        ),
        (
            ("Introducing Heron Boards for ARM", "Heron now supports ARM. This release adds two images."),
            ("Announcing Heron 3.0", "The version is available, with new features and bug fixes."),
            (
                "A Committee Machine in NumPy",
                "In this tutorial you will build one. You run the script, then you add a layer.",
            ),
        ),
    ),
    Examples(
        "mistakes that many make",
        "design-pattern",
        (
            ("Common Caching Mistakes", "Keys collide, and nobody notices."),
            ("Avoiding Time Zone Pitfalls", "Store instants. Show local times."),
            ("Common Traps in Retry Logic", "Retries without a budget multiply."),
        ),
        (
            (
                "The Mistake That Cost Us a Day",
                "The incident began at nine. The root cause was a typo; errors lasted 40 minutes.",
            ),
            (
                "My Mistakes as a New Manager",
                "My mentor warned me. I learned to hire slowly, and my colleagues helped with each interview.",
            ),
            (
                "Pitfall, the Game, in 200 Lines",
                "In this tutorial you will build it. You copy the file and run the command.",
            ),
        ),
    ),
    Examples(
        "a topic that is no way of telling",
        "deep-dive",
        (
            ("Inside the Memory Allocator", "Each arena is represented as a list. The structure consists of pages."),
            ("Understanding Parser States", "A state is defined by its items. Internally, it is represented as a set."),
            ("How the Scheduler Works", "The scheduler consists of two queues."),
        ),
        (
            ("Fixing Memory Leaks at Parcelline", "We decided to measure. We moved the cache, and we built an alarm."),
            (
                "Our Cache Survived the Sale",
                "We had wanted a cache for years. We built one in May, and we measured it in June.",
            ),
            ("A Compiler Meetup in Ghent", "Register for the meetup. Speakers talk about compilers."),
        ),
    ),
    Examples(
        "how a thing does what it does",
        "deep-dive",
        (
            ("How a Query Becomes Rows", "A plan is called by the executor."),
            ("How the Router Forgets", "Routes are kept for an hour."),
            ("How Tidepool's views stay right", "A change is a row with a weight, and we add the weights."),
        ),
        (
            ("How Parcelline Cut Its Bill", "We moved the archive, and we deleted what nobody read."),
            ("How to Become a Maintainer", "In this guide you will learn to review. You open a pull request first."),
            ("How We Hire", "Candidates meet the team. Our interview has three parts, and a mentor helps with each."),
        ),
    ),
    Examples(
        "what is counted in data",
        "research",
        (
            ("Dataset: Tides of Ostend since 1880", "I would like to share the data set that I typed from old books."),
            (
                "Visualization: Bicycle Thefts in Ghent",
                "The police published statistics on thefts. This visualization shows them.",
            ),
            ("What Are the Most Common Names of Boats?", "I did a text analysis of the harbour's register."),
        ),
        (
            ("How to Plot Tides", "In this tutorial you will plot the tides. Install the package first."),
            ("Why Are Dashboards So Dull?", "I think dashboards should be fewer. Most are worse than a mail."),
            ("Dataset Views in Tidepool 3.1", "Tidepool 3.1 is released. This release adds views."),
        ),
    ),
    Examples(
        "what a team has brought out since",
        "release",
        (
            ("Product Highlights from Q2", "We describe the improvements of the quarter."),
            ("Team Update: October", "Over the past months the service grew. New features: quotas and backups."),
            ("Tidal Archive Goes Live", "The archive of tides can be used from today."),
        ),
        (
            ("Live Coding at the Tidal Meetup", "Register for the meetup. Speakers welcome."),
            ("Highlights of the Harbour Conference", "Thanks to all speakers and attendees of the conference."),
            ("How We Update Our Archive", "We decided to copy first. We moved the index, and we deleted the old one."),
        ),
    ),
    Examples(
        "news of an organisation or of its gatherings",
        "community",
        (
            ("Our New Logo", "A short note."),
            ("Reflections on the Tidal Symposium", "The symposium brought sixty people to Ostend."),
            ("Hello World", "We announce the creation of a new non-profit organisation for open tides."),
        ),
        (
            ("Reflections on Types", "I think types are worth it. I believe that most people should use them."),
            ("Renaming a Column Without Downtime", "In this guide you will rename a column. Step 1: add the new one."),
            ("Tidal 2.0: A New Engine", "Tidal 2.0 is released with a new engine."),
        ),
    ),
    Examples(
        "what is launched, or goes",
        "release",
        (
            ("Harbour Office Launches a Tide Calendar", _NOTE),
            ("Tidegauge: A New Tool to Read Buoys", _NOTE),
            ("Phasing Out the Second Archive", _NOTE),
            ("Searching Tides (a Status Report)", _NOTE),
        ),
        (
            (
                "Measuring the Launch of an App",
                "Internally the loader consists of two queues, each a structure of pages.",
            ),
            ("Live from Ostend: The Tidal Meetup", "Register for the meetup. Speakers welcome."),
            ("How We Launch Boats", "We decided to buy a crane. We moved the boats, and we sold the old slip."),
        ),
    ),
    Examples(
        "what an organisation tells of itself",
        "community",
        (
            ("Community Update: October", _NOTE),
            ("Tidal Archive Receives Core Support from the Harbour Fund", _NOTE),
            ("Impact Report of the Tidal Archive", _NOTE),
        ),
        (
            ("Supporting Buoys of Three Makers", "Buoys of three makers are now supported."),
            ("Reporting Crashes of Buoys", "In this guide you will learn to report a crash. Step 1: keep the log."),
            ("The Impact of Salt on Sensors", "I think salt is overrated. I believe most sensors should be cheaper."),
        ),
    ),
    Examples(
        "a move from one thing to another",
        "case-study",
        (
            ("Moving the Archive to the New Index", "We moved the index in May, and we deleted the old one."),
            ("Moving to Heron", "We decided to move in May."),
            ("Moving from Tarpan to Heron", "We wanted a faster index, and we moved in May."),
        ),
        (
            ("Heron 4 Is Out", "Heron 4 is released."),
            ("How to Move a Column", "In this guide you will move a column. Step 1: add the new one."),
            ("Moving On", "I joined Tidepool as an intern and learned from my mentor. Hired!"),
        ),
    ),
    Examples(
        "an outage, not the lack of one",
        "postmortem",
        (
            ("Two Hours of Downtime", _NOTE),
            ("Why the Archive Went Down", _NOTE),
            ("The Outage of the Sixth of May", _NOTE),
        ),
        (
            ("Deploys with Zero-Downtime for Buoys", "In this guide you will learn to deploy. Step 1: drain a node."),
            ("Renaming a Table Without Downtime", "In this guide you will rename a table. Step 1: add the new one."),
            ("No Downtime, No Drama", "I think drama is worse than downtime. I believe that most teams should plan."),
        ),
    ),
    Examples(
        "a title that says that it is a post-mortem",
        "postmortem",
        (
            ("Spring Tide Postmortem", "We had ten thousand ships in our harbour. We grew, and we built two piers."),
            ("Post-Mortem: The Night Without Tides", "We had ten thousand ships, and we shipped a new pier."),
            ("Incident Report for 4 May", "We run eleven harbours, and we had closed one of them."),
        ),
        (
            ("Write Better Post-Mortems", "A report should name who saw what, and it should blame nobody."),
            ("Incident Reports That Crews Read", "A report should name who saw what, and it should blame nobody."),
            ("Managing Incidents in Small Harbours", "You need a rota, and you should try it once a month."),
            ("Our Outage Review Process", "You need a rota, and you should try it once a month."),
        ),
    ),
    Examples(
        "a fault with its version, told with an apology",
        "postmortem",
        (
            (
                "Heron 1.2.4 image vulnerability",
                "The image was built from an erroneous branch. We noticed it on 6 May. We are sorry for this incident.",
            ),
            (
                "Corrupted tides in Heron 3.1",
                "A faulty build wrote tides twice. We found the cause in a lock. We apologize for the trouble.",
            ),
            ("Heron 2.0 regression", "The faulty pump caused an outage. We are very sorry that harbours went down."),
        ),
        (
            ("Heron 1.2.5 released", "It mends a bug of the planner. We are sorry for the delay."),
            ("Heron 2.1: bug fixes and a new planner", "This release brings a planner and mends eleven bugs."),
            ("Heron 3.0 is out", "We apologize for the wait: it brings tides in colour."),
        ),
    ),
    Examples(
        "what is ready for all, by the title",
        "release",
        (
            ("Tide Pools in Heron Now Production Ready", "You can fill them, and your harbour stays calm."),
            ("Night Tides Now Stable", "You can ask for them with a flag."),
            ("Heron Planner Is GA", "Your crews can plan with it today."),
            ("Heron Planner 4 GA", "Your crews can plan with it."),
        ),
        (
            ("How to Make a Planner Production Ready", "First you need a rota. Then you test it at night."),
            ("Moving Our Counters to GA", "We moved our counters in a week, and we lost none of them."),
            ("What Makes a Pier Stable?", "I think that a pier should be heavy, and I care little for its looks."),
        ),
    ),
    Examples(
        "a programme to apply for",
        "career",
        (
            (
                "Announcing the Tide Residency Program",
                "Work with our team for nine months.\n\n## How to apply\n\nWrite.",
            ),
            ("Research Residency 2024", "Residents join our team for a year.\n\n## How to apply\n\nSend us a letter."),
            ("Our Engineering Residency", "For nine months you learn with a mentor. Applications are open."),
        ),
        (
            ("Announcing Data Residency Programs in Heron", "This release keeps all tides in one country."),
            ("EU Residency for Tides", "You choose where your tides are kept, step by step in this tutorial."),
            ("Page Residency Explained", "A page stays in memory as long as its pointer is held."),
        ),
    ),
    Examples(
        "tests of how fast something is",
        "research",
        (
            (
                "Harbour Planner Performance Tests",
                "## Setup\n\nWe ran six harbours.\n\n## Data\n\nThe median fell by 4%.",
            ),
            ("Tide Client Benchmarks", "We measured six clients. The median was 4 ms, and the 99th percentile 9 ms."),
            ("Large Harbour Load Test Results", "The average of six runs was compared with the estimate of last year."),
        ),
        (
            ("How to Write Load Tests", "In this tutorial you will learn how to write one, step by step."),
            ("Running Tide Benchmarks", "Install the runner first. Then run the command that follows, step by step."),
            ("Using Subtests and Sub-benchmarks", "You write them as functions, and you run them with a flag."),
        ),
    ),
    Examples(
        "what is too much, by the title",
        "opinion",
        (
            ("Harbours Can Be Too Quiet", "We work in silence. It suits us, but nobody knows the others."),
            ("Our Rotas Are Too Clever", "We plan too far ahead, and we tried to stop it."),
            ("Nine Planners Are Eight Too Many", "We had nine of them in our harbour."),
        ),
        (
            ("What to Do When a Tide Is Too High", "In this tutorial you will learn what to do, step by step."),
            ("Fixing Too Many Open Gates", "In this tutorial you will learn how to close them, step by step."),
            ("How We Found Out That a Pier Is Too Short", "We built a pier in May, and we moved it in June."),
        ),
    ),
    Examples(
        "a practice that is taken up",
        "case-study",
        (
            ("Introducing Fuzz Testing for Heron", "Our team built eleven targets, and we found two races with them."),
            ("Introducing Pair Programming at Tidewise", "We tried it for a month, and we kept it."),
            ("Introducing Chaos Testing to the Night Shift", "We pulled plugs in May, and we found two faults."),
        ),
        (
            ("Introducing Load Testing in Heron Cloud", "You can run it from the menu. This release is out today."),
            ("Introducing Heron, a Tool for Fuzz Testing", "It is out today, and you can install it with one command."),
            ("Introducing Heron Load Testing", "It is out today, and you can install it with one command."),
        ),
    ),
)
