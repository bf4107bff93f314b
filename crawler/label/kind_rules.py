"""The rules by which the form of an article is told: data, a pattern with its place and weight a line."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A sign of a kind: `place` is title, category, opening, heading or url."""

    kind: str
    place: str
    weight: float
    pattern: re.Pattern[str]


def _rules(kind: str, place: str, *pairs: tuple[float, str], cased: bool = False) -> list[Rule]:
    return [Rule(kind, place, w, re.compile(p, 0 if cased else re.IGNORECASE)) for w, p in pairs]


_MONTH = r"(january|february|march|april|may|june|july|august|september|october|november|december)"
_VERSION = r"\bv?\d+\.\d+(\.\d+|\.x)?\b"

RULES: tuple[Rule, ...] = tuple(
    _rules(
        "release",
        "title",
        (
            3.0,
            (
                r"\breleas(e|es|ed|ing)\b(?! (engineering|process|management|pipelines?|train|trains|"
                r"automation|cycle|notes? (with|for)))"
            ),
        ),
        (2.0, rf"(^|[\s@-]){_VERSION}(?=[\s:,!)]|$)"),
        (2.2, r"^(announcing|introducing|meet|presenting|say hello to)\b"),
        (
            2.5,
            (
                r"\b(now (generally )?available|general(ly)? availab\w+|\bis (out|here)\b|available now|"
                r"what['’]?s new|changelog|release candidate|out of beta|reaches \d|(is|enters|in) (public |"
                r"open )?(beta|preview)|beta ready|early access)\b"
            ),
        ),
        (
            2.5,
            (
                rf"\b(this (month|week) in|what['’]?s (new|been)|{_MONTH} in\b|month in|monthly (update|"
                rf"report)|status update|progress (report|update)|roadmap|weekly update|new features?)\b"
            ),
        ),
        (1.3, r"\b(1|2|3|4|5|6|7|8|9|1\d|2\d)\.0\b"),
        (1.2, r"^(?!\w+ing\b)[A-Z][\w.-]+(?: [A-Z][\w.-]+)? v?\d+(\.\d+)*\b"),
        (1.6, r"\b(support(s|ed)? (for|is)|improved|patch(es)?|mitigation|adds|deprecat\w+|end of life)\b"),
    )
    + _rules(
        "release",
        "title",
        (
            2.4,
            (
                r"\b(now (supports?|serving|works|runs)|day-?0|what is new|new in|support for .{2,40} (is|"
                r"lands|arrives))\b"
            ),
        ),
    )
    + _rules("release", "title", (1.6, r"^(allow(ing)?|enabl(e|ing)|supporting|adding support)\b"))
    + _rules(
        "release",
        "category",
        (
            3.0,
            (
                r"^\W*(release|releases|release notes?|changelog|announcements?|product updates?|"
                r"model-support|monthly update|new features?)\W*$"
            ),
        ),
    )
    + _rules(
        "release",
        "opening",
        (
            1.8,
            (
                r"\b(pleased|happy|excited|proud|thrilled|delighted|glad) to (announce|share|introduce|"
                r"release|present)\b.{0,80}\b(release|version|availab|\d+\.\d+|launch)"
            ),
        ),
        (
            1.5,
            (
                r"\b(we|the .{3,50} (team|community|project|pmc)) (have |has |just |recently |"
                r"today )*(released|shipped|published)\b|\bthis (release|version) (includes|contains|brings|"
                r"adds|is|comes|features)|\b(is now available|new release of|latest release|release (notes|"
                r"highlights)|branch of v8)\b"
            ),
        ),
        (0.8, r"\btoday,? (we|i)(['’]re| are| am)? (announc|introduc|launch|releas|excited)\w*"),
    )
    + _rules(
        "release",
        "heading",
        (
            1.2,
            (
                r"\b(release (notes|highlights)|what['’]?s new|new features|breaking changes|changelog|"
                r"upgrad(e|ing)( guide| notes| to)?|bug fixes|how to get it|getting the release)\b"
            ),
        ),
    )
    + _rules("release", "url", (1.5, r"\b(release|released|changelog)\b"))
    + _rules(
        "postmortem",
        "title",
        (
            3.4,
            (
                r"\b(incidents?|outages?|post-?mortems?|post mortems?|root cause|went (down|wrong)|downtime|"
                r"what happened|breach|bug hunt\w*|whodunn?it|murder mystery|ghost|the case of|"
                r"the curious case|the mystery of|tale of|hunting|tracking down|chasing|picking apart|"
                r"war story|debugging (a|the)|leak(ing|s|ed)? in production)\b"
            ),
        ),
        (1.5, r"\b(crash(ing|es)?|bug|failures?|broke|mistakes?|gotcha|pitfall|are you using the right)\b"),
    )
    + _rules("postmortem", "category", (3.0, r"^\W*(post-?mortems?|incidents?|outages?)\W*$"))
    + _rules(
        "postmortem",
        "opening",
        (
            1.2,
            (
                r"\b(incident|outage|post-?mortem|root cause|were paged|went down|unavailable|customers (were|"
                r"could not)|strange (bug|behaviou?r)|mysterious)\b"
            ),
        ),
    )
    + _rules(
        "postmortem",
        "heading",
        (1.2, r"\b(timeline|root cause|what (happened|went wrong)|impact|remediation|action items|mitigation)\b"),
    )
    + _rules(
        "research",
        "title",
        (
            1.5,
            (
                r"\b(towards?|paper|study|experiments?|empirical|evaluat(ing|ion)|novel|learning to|on the|"
                r"an analysis|rethinking|benchmark(s|ing)?)\b"
            ),
        ),
    )
    + _rules("research", "url", (1.0, r"\bpaper|abs\b"))
    + _rules(
        "research",
        "category",
        (2.0, r"^\W*(research|papers?|publications?|experiments?|benchmarks?|science|results)\W*$"),
    )
    + _rules(
        "research",
        "opening",
        (
            1.6,
            r"\b(in this paper|we propose|our paper|state-of-the-art|preprint|arxiv|accepted (at|to)|abstract[:.])\b",
        ),
    )
    + _rules(
        "tutorial",
        "title",
        (
            2.6,
            (
                r"^how[ -]to\b|\btutorials?\b|\bstep[- ]by[- ]step\b|\bwalk-?through\b|\bgetting started\b|"
                r"\bget started\b|\bhands[- ]on\b|\bcheat ?sheet\b|\bbeginner|\bquick ?start\b|\bcookbook\b|"
                r"\bfrom scratch\b|\bcrash course\b|\ban? (gentle |brief |quick |short )?(introduction|intro|"
                r"primer) (to|on)\b|\bhow i use\b|\b(definitive|complete|practical|ultimate) guide\b"
            ),
        ),
        (
            1.6,
            (
                r"\bguide\b|\b101\b|\bhow (do|can) (you|i)\b|\btips\b|\blearn\b|^learning\b(?! to rank)|\bunboxing\b|"
                r"\bexamples?\b|\bbasics?\b|\bpart \d+\b"
            ),
        ),
        (
            1.2,
            (
                r"^(build|building|create|creating|deploy|deploying|write|writing|add|adding|use|using|set|"
                r"setting up|set up|install|installing|run|running|implement|implementing|configure|"
                r"configuring|make|making|process|test|testing|draw|get|choosing|submit|explore|exploring|"
                r"pretty|self[- ]managed|stretching|visuali[sz]\w+)\b"
            ),
        ),
    )
    + _rules(
        "tutorial",
        "title",
        (
            1.7,
            (
                r"\byour first\b|\bin \d+ minutes\b|^(build|create|deploy|write|set up|install|run|draw|"
                r"process|keep|ride|bring|make|get|use) (a|an|the|your|my)?\b"
            ),
        ),
    )
    + _rules(
        "tutorial",
        "title",
        (1.4, r".\bhow[ -]to\b|\bbest way to\b|\bstarter\b|\bhow you can\b|\b(cook|hand)book\b|\bplayground\b"),
    )
    + _rules("tutorial", "title", (1.2, r"^\w+ing\b.{0,60}\byour\b|^(?!why|how|is|are|do|share)\w+ your\b"))
    + _rules(
        "tutorial",
        "opening",
        (
            0.7,
            (
                r"\b(show(s|n)? (you )?how|how you can|walk(s|ing)? (you )?through|demonstrat(es?|ing) how|"
                r"explains? how to|learn(ed)? how to|follow along|in this (post|article|blog post|blog),? (we|i)"
                r"(['’]ll| will| are going to|['’]re going to) (show|demonstrate|walk|set up|use|learn|try))\b"
            ),
        ),
    )
    + _rules(
        "tutorial",
        "category",
        (3.0, r"^\W*(tutorials?|how-?tos?|guides?|examples?|walkthroughs?|getting[ -]started)\W*$"),
    )
    + _rules(
        "tutorial",
        "opening",
        (
            1.5,
            (
                r"\b(in this (tutorial|guide|walkthrough|how-to)|step[- ]by[- ]step|you(['’]ll| will) (learn|"
                r"build|need|see|create)|i(['’]ll| will) show you|we(['’]ll| will) (show|walk|learn|build|"
                r"create|use)|let['’]s (build|create|see|look|take)|this (tutorial|guide)|this is (a|"
                r"the) (first|second|third|\w+th) part)\b"
            ),
        ),
    )
    + _rules(
        "tutorial",
        "heading",
        (
            0.9,
            (
                r"\b(pre-?requisites?|step \d|set-?up|install(ation|ing)?|clean(ing)? up|try it out|"
                r"requirements|next steps|create (a|the|your)|deploy (a|the|your)|wrapping up|"
                r"getting started)\b"
            ),
        ),
    )
    + _rules(
        "career",
        "title",
        (
            3.0,
            (
                r"\b(interns?(hips?)?|hiring|interview(s|ing|ed)?|careers?|apprentice\w*|join us|"
                r"we['’]re looking|looking for|day in the life|staff profile|graduate|recruit\w*|onboarding|"
                r"job|fellows?|new grad|my (first|journey)|promotion|mentor\w*|returning to work|"
                r"remote work\w*|work-life|burnout|diary|a day at|bootcamp|junior)\b"
            ),
        ),
        (3.2, r"^day \d+$"),
        (
            1.2,
            (
                r"\b(team|culture|diversity|women|people|lessons (from|i)|how we work|engineering manag\w*|"
                r"leadership|growing|staff engineer|speaker|presenters?|mentoring)\b"
            ),
        ),
        (0.7, r"^[A-Z][a-z]+ [A-Z][a-z]+: [A-Z][a-z]+ing\b"),
    )
    + _rules(
        "career",
        "category",
        (
            3.0,
            (
                r"^\W*(careers?|hiring|jobs?|join us|internships?|interns?|staff profiles?|day in the life|"
                r"culture|life at .*|people)\W*$"
            ),
        ),
    )
    + _rules(
        "career",
        "opening",
        (
            1.3,
            (
                r"\b(my internship|as an intern|summer intern|apply (now|by|today|for)|application (process|"
                r"deadline|period)|i (joined|started (at|working))|years? (ago )?at|hired|profil(e|"
                r"ing) (members|of)|career|today['’]s progress)\b"
            ),
        ),
    )
    + _rules(
        "community",
        "title",
        (
            3.0,
            (
                r"\b(meet-?ups?|conferences?|summit|hackathon|hacktoberfest|vote|hero(es)?|recap|"
                r"kubecon|community (meeting|call|day|update)|call for (papers|proposals|speakers|talks|participation|"
                r"contributions|testing|feedback)|steering (committee|council)|nominat\w+|"
                r"election|sponsor(s|ed by|ship|ships|ing)?(?! (search|results?|ads?|products?))|gsoc|summer of code|"
                r"outreachy|birthday|anniversary|webinar|sale|black friday|code of conduct|sandbox project|"
                r"graduat(ion|es|ed) (from|to|within|program\w*|project)|joins? (the|us|our|forces|cncf)|"
                r"new members?|newsletter|round-?up|contest|oscon|fosdem|devfest|\w+conf|\w+con \d{4}|"
                r"questionnaire|fellowship|grants?( program)?|year (of|in)|announcing the results|"
                r"security audit|mailing list|keynote|hack day|state of (?!the[- ]art)|"
                r"(user|developer|annual|community|20\d\d|contributors?) (\w+ )?surveys?|"
                r"survey(?= (20\d\d|results?|report|is|closes|now)\b|$|:)|"
                r"(training|online|video|free|new) (courses?|classes|days?|workshops?)|course (launch|registration))\b"
            ),
        ),
        (
            1.7,
            (
                r"\b(surveys?|feedback|courses?(?= (on|for|about)\b|$|:)"
                r"|training|workshops?|governance|foundation|council|graduat(ion|es|ed)|joins?)\b"
            ),
        ),
        (
            1.5,
            (
                r"\b(community|(tech|lightning|featured) talks?|talks?(?= (at|from|by|with)\b|$|:)|videos?"
                r"|speech(es)?|events?|highlights|partner(s|ship)?|thank|welcome|"
                r"goodbye|farewell|\d+ years|at oscon|coming to|open source day|looking (back|forward)|"
                r"contributors?|launch of|invitation|statement|trademark|donat\w+|acquire[sd]?)\b"
            ),
        ),
    )
    + _rules("community", "title", (2.6, r"^[A-Z][\w.]*(?: [A-Z][\w.]*){0,3} 20\d\d$"), cased=True)
    + _rules(
        "community",
        "title",
        (
            2.6,
            (
                r"\b((two|three|four|five|six|seven|eight|nine|ten|\d+) years of|turns (one|two|three|four|"
                r"five|\w+teen|\d+)|sweet (16|sixteen)|video:|videos? (from|highlights)|in the news|"
                r"hack (week|day))"
            ),
        ),
    )
    + _rules(
        "community",
        "title",
        (
            3.0,
            (
                r"\b(news ?letter|digest|weekly (news|links|reading|update)|link (list|dump|round-?up)|"
                r"(this|last) week['’]s|news of the (week|month)|reading list|links? (for|of) |"
                r"(issue|vol\.?|edition) #?\d+|in the news)\b|#\d+$"
            ),
        ),
    )
    + _rules(
        "community",
        "opening",
        (
            1.6,
            r"\b(welcome to (the|this|our) \w* ?(issue|edition|newsletter|digest)|this week['’]s (links|news|issue))\b",
        ),
    )
    + _rules("community", "opening", (1.8, r"\bhappy (\d+\w* |\w+ )?birthday\b"))
    + _rules(
        "community",
        "category",
        (
            2.4,
            (
                r"^\W*(community|community news|events?|conferences?|meetups?|survey|news|hero|gsoc|"
                r"announcements? community)\W*$"
            ),
        ),
    )
    + _rules(
        "community",
        "opening",
        (
            1.3,
            (
                r"\b(attend(ed|ees|ing)?|speakers?|meet-?up|conference|register|survey|community (members?|"
                r"meeting|call)|congrat\w+|registration|sponsor\w*|mentoring organi[sz]ation)\b"
            ),
        ),
    )
    + _rules(
        "opinion",
        "title",
        (
            2.6,
            (
                r"\b(why i|thoughts on|considered harmful|is dead|my take|in (praise|defen[sc]e) of|"
                r"the case (for|against)|opinion|rant|manifesto|musings|reflections|the future of|i (wish|"
                r"believe|think|hate|love)|should (you|we|i)|stop|don['’]t|please|the problem with|myths?|"
                r"worth it|still (valuable|relevant|matter\w*))\b"
            ),
        ),
        (0.9, r"\?$|^on \w+|^the \w+ platform$|\b(empathy|philosophy|ethics|principles)\b"),
    )
    + _rules("opinion", "category", (3.0, r"^\W*(opinions?|essays?|thoughts|editorial|rants?|musings?)\W*$"))
    + _rules(
        "opinion",
        "opening",
        (
            1.0,
            (
                r"\b(i think|i believe|in my (opinion|experience)|i(['’]ve| have) been thinking|"
                r"this is a proposal|i want to (propose|argue|talk)|i often)\b"
            ),
        ),
    )
    + _rules(
        "deep-dive",
        "title",
        (
            2.6,
            (
                r"\b(deep[- ]dive|internals?|under the hood|inside|anatomy|how .{2,40} works?|"
                r"behind the scenes|a (closer|detailed|deeper) look|demystif\w+|explained|what happens (when|"
                r"if)|looking inside|a tour of|elements kinds|the story of|secret)\b"
            ),
        ),
        (
            1.0,
            (
                r"\b(implement(ing|ation)|understanding|design(ing)? (of|and)|optimi[sz]\w+|faster|"
                r"speeding up|algorithm|architecture|pointer|garbage|memory|compil\w+|parser|scheduler|engine|"
                r"tracking|cach(e|ing)|soundness|lock-?free\w*|integrating)\b"
            ),
        ),
    )
    + _rules("deep-dive", "category", (3.0, r"^\W*(internals|deep[- ]dives?|under the hood|technical)\W*$"))
    + _rules(
        "deep-dive",
        "opening",
        (
            1.2,
            (
                r"\b(deep[- ]dive|internals?|under the hood|in detail|technical (details|deep)|"
                r"how .{2,40} works? (internally|under)|this (post|article|blog post) (explains|describes|"
                r"details))\b"
            ),
        ),
    )
    + _rules(
        "design-pattern",
        "title",
        (
            2.2,
            (
                r"\b(design patterns?|patterns?|best practices|trade-?offs?|vs\.?(?! code)|versus|comparing|comparison|"
                r"choosing (a|the|between)|anti-?patterns?|architectures?( and)?|principles of|"
                r"context engineering|approach(es)?( to)?|methods?|explained|strategies|modern|reality check|"
                r"rubrics?)\b"
            ),
        ),
    )
    + _rules("design-pattern", "category", (2.5, r"^\W*(design patterns?|patterns?|best practices|architecture)\W*$"))
    + _rules(
        "design-pattern", "opening", (0.8, r"\b(design pattern|trade-?offs?|approach(es)? to|in general|two designs)\b")
    )
    + _rules(
        "case-study",
        "title",
        (
            2.2,
            (
                r"\b(how we|how our|why we|our (journey|experience|approach|story|path|migration|new)|"
                r"we (built|moved|migrated|made|reduced|cut|replaced|rewrote|learned|use)|lessons (learned|"
                r"from)|case study|migrating|migration|moving (from|to)|in production|journey|evolution of|"
                r"rebuilding|relicens\w+|hacking around|parallelizing|^from .{2,40} to\b|i wrote|"
                r"what we learned|success story|at scale|selects?|powers?|chose|adopt\w*)\b"
            ),
        ),
        (1.5, r"^\w+ing our\b"),
        (
            0.8,
            r"\b(building|scaling|reducing|improving|automat\w+|redesign\w*|replacing|testing|automated|development)\b",
        ),
    )
    + _rules(
        "case-study",
        "category",
        (3.0, r"^\W*(case[- ]stud(y|ies)|success stor(y|ies)|user stor(y|ies)|customers?|adopters?)\W*$"),
    )
    + _rules(
        "case-study",
        "opening",
        (
            1.2,
            (
                r"\b(we (built|moved|migrated|decided|needed|rewrote|replaced|had to|found|wanted|"
                r"started using)|our (team|users|customers|platform|infrastructure|legacy|codebase|monolith|"
                r"ci)|at [A-Z]\w+,? we|last year,? we|we(['’]ve| have) been able to)\b"
            ),
        ),
    )
)
RULES += tuple(
    _rules(
        "case-study",
        "title",
        (4.0, r"\bat (?!Any Scale|Scale|Planet|Web Scale|Runtime|KubeCon|OSCON)[A-Z][\w.&'’ -]{1,30}$"),
        (2.6, r"^how [A-Z][\w.&]+ (\w+s|\w+ed|built|made|runs?|uses?|does|is|cut|got|won)\b"),
        cased=True,
    )
)
RULES += tuple(
    _rules(
        "case-study",
        "title",
        (2.4, r"\b(How|Why) [A-Z][\w.&]+ (\w+s|\w+ed|[Bb]uilt|[Mm]ade|[Rr]uns?|[Uu]ses?|[Cc]ut|[Gg]ot)\b"),
        cased=True,
    )
)
