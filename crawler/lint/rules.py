"""The registry of rules, running them over a sheet, and applying the safe fixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.lint import addresses, headings, markup, wording
from crawler.lint.sheet import Context, Edit, Fault, Sheet

Check = Callable[[Sheet, Context], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its name. `told` is the line of docs/lint.md; `fixes`: `--fix` can do it."""

    name: str
    check: Check
    told: str
    fixes: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a draft; `edit` is the safe change, where there is one."""

    line: int
    rule: str
    message: str
    fix: str
    edit: Edit | None = None


# Where two rules would change one line, the first one goes first.
RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("dead-link", addresses.dead_links, "the address is gone, or leads to a front page"),
        Rule("unreachable-link", addresses.unreachable_links, "the address did not answer this time"),
        Rule("redirected-link", addresses.redirected_links, "the address moved for good", fixes=True),
        Rule("tracked-link", addresses.tracked_links, "the address carries tracking parameters", fixes=True),
        Rule("banned-domain", addresses.banned_domains, "the host is one of `issue.banned_domains`"),
        Rule("bare-url", addresses.bare_urls, "an address stands in the text without being a link"),
        Rule("empty-link", addresses.empty_links, "a link has no words, or no whole address"),
        Rule("repeat-in-draft", addresses.repeats_in_draft, "an article stands in the draft twice"),
        Rule("repeat-of-issue", addresses.repeats_of_issues, "an article stood in a published issue"),
        Rule("duplicate-anchor", addresses.duplicate_anchors, "two headings give one anchor"),
        Rule("broken-anchor", addresses.broken_anchors, "a link leads to a heading that is not there"),
        Rule("heading-level", headings.heading_levels, "a heading that is neither a section nor an item"),
        Rule("runners-up-line", headings.runners_up_line, "the line above the runners-up is gone or misspelt"),
        Rule("unbalanced-markdown", markup.unbalanced_markdown, "unpaired emphasis, code, comments; marks of merges"),
        Rule("missing-alt", markup.missing_alt, "an image has no words for those who cannot see it", fixes=True),
        Rule("white-space", markup.white_space, "white space that means nothing", fixes=True),
        Rule("truncated-title", wording.truncated_titles, "the title is cut off"),
        Rule("foreign-title", wording.foreign_titles, "the title is in none of `issue.languages`"),
        Rule("summary-length", wording.summary_lengths, "the summary has fewer than 25 or more than 75 words"),
        Rule("first-person", wording.first_person, "the summary says we, our, I, my outside of quotation marks"),
        Rule("self-reference", wording.self_reference, "the summary says “this post”"),
        Rule("missing-audience", wording.missing_audience, "an item does not tell whom it is for"),
        Rule("lead-length", wording.lead_length, "the lead is missing or has more than 90 words"),
    )
}  # fmt: skip


def check_sheet(sheet: Sheet, context: Context, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """What all rules find, by line."""
    chosen = RULES.values() if rules is None else rules
    found = [
        Finding(fault.line, rule.name, fault.message, fault.fix, fault.edit)
        for rule in chosen
        for fault in rule.check(sheet, context)
    ]
    return sorted(found, key=lambda finding: finding.line)


def apply_edits(lines: Sequence[str], findings: Iterable[Finding]) -> tuple[list[str], list[Finding]]:
    """The lines with at most one edit on each, and the findings that were done; the rest is for another round."""
    done: dict[int, Finding] = {}
    order = {name: at for at, name in enumerate(RULES)}
    for finding in sorted(findings, key=lambda f: order[f.rule]):
        if finding.edit and _applies(lines, finding.edit):
            done.setdefault(finding.edit.line, finding)
    return list(_changed(lines, done)), sorted(done.values(), key=lambda f: f.line)


def _applies(lines: Sequence[str], edit: Edit) -> bool:
    return edit.line <= len(lines) and lines[edit.line - 1].startswith(edit.old, edit.column)


def _changed(lines: Sequence[str], done: dict[int, Finding]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        edit = done[number].edit if number in done else None
        if edit is None:
            yield line
        elif edit.new is not None:
            yield from (line[: edit.column] + edit.new + line[edit.column + len(edit.old) :]).split("\n")
