"""`crawl lint`: a draft file as a sheet for the rules, what they need to know, and their safe fixes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.draft.chunks import split_draft
from crawler.draft.parse import Draft, parse_draft, parse_item
from crawler.fetch.politeness import Dispatcher, Job
from crawler.files import in_manner_of, read_text, write_file
from crawler.label.language import title_language
from crawler.lint.addresses import untracked
from crawler.lint.rules import Finding, apply_edits, check_sheet
from crawler.lint.sheet import Answer, Context, Entry, Heading, Sheet, make_sheet
from crawler.model import Failed, Fetched, Gone, NotModified, Outcome, Request
from crawler.ports import Fetcher, Sharing, Store
from crawler.settings import FetchSettings, IssueSettings
from crawler.urls import host_of, is_web_url, url_key
from crawler.yamldoc import load_with_lines

Ask = Callable[[Sequence[str]], Mapping[str, Answer]]
_ROUNDS = 50  # a line takes one edit a round
# Statuses by which a server turns away programs, or people who have not logged in; they say nothing about the page.
_REFUSALS = frozenset({401, 402, 403, 405, 406, 407, 429, 451, 999})


@dataclass(frozen=True, slots=True)
class Linted:
    """What lint found in a file and what it fixed there; `refused` are links whose servers answer no programs."""

    path: Path
    findings: tuple[Finding, ...]
    fixed: tuple[Finding, ...] = ()
    refused: tuple[str, ...] = ()


def lint_draft(path: Path, *, store: Store, settings: IssueSettings, ask: Ask | None, fix: bool = False) -> Linted:
    """Check a draft; with `fix`, apply the safe fixes to the file first. Without `ask`, links are not asked.

    Raises UserError where the file cannot be read, and ConfigError where its front matter cannot.
    """
    raw = read_text(path, "compose a draft with `crawl digest`")
    name = str(path)
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    draft = parse_draft(text, name)
    sheet = sheet_of(text, name)
    context = _context(draft, sheet, store, settings, ask)
    fixed: list[Finding] = []
    findings = check_sheet(sheet, context)
    for _ in range(_ROUNDS if fix else 0):
        lines, done = apply_edits(text.split("\n"), findings)
        if not done:
            break
        fixed += done
        text = "\n".join(lines)
        findings = check_sheet(sheet_of(text, name), context)
    if fixed:
        write_file(path, in_manner_of(raw, text))
    refused = {url: answer for url, answer in context.answers.items() if answer.state == "refused"}
    asked = {link.address for link in sheet.links}
    return Linted(path, tuple(findings), tuple(fixed), tuple(sorted(asked & refused.keys())))


def sheet_of(text: str, name: str) -> Sheet:
    """The draft's text as the rules see it. Lines are counted as in the file."""
    front_text, chunks = split_draft(text, name)
    front, places = load_with_lines("\n" + front_text, name)
    lines = text.split("\n")
    mark = next((n for n, chunk in enumerate(chunks) if chunk.kind == "runners-up"), len(chunks))
    shown, end = chunks[:mark], chunks[mark].line if mark < len(chunks) else len(lines) + 1
    ends = [*(chunk.line for chunk in shown), end][1:]
    return make_sheet(
        lines,
        first=front_text.count("\n") + 4 if front_text else 3,
        last=end - 1,
        entries=[Entry(parse_item(c), c.line, stop) for c, stop in zip(shown, ends, strict=True) if c.kind == "item"],
        headings=[Heading(c.line, c.title) for c in shown if c.kind in ("item", "section")],
        lead=str(front.get("lead") or "") if isinstance(front, dict) else "",
        lead_line=places.at(("lead",)),
    )


def _context(draft: Draft, sheet: Sheet, store: Store, settings: IssueSettings, ask: Ask | None) -> Context:
    urls = sorted({entry.item.url for entry in sheet.entries if is_web_url(entry.item.url)})
    answers = dict(ask(sorted({link.address for link in sheet.links if is_web_url(link.address)}))) if ask else {}
    answers = {**{untracked(url): answer for url, answer in answers.items()}, **answers}
    articles = {url: article for url in urls if (article := store.article(url))}
    return Context(
        languages=settings.languages,
        banned_domains=settings.banned_domains,
        published=_published(draft, urls, store),
        titles={url_key(url): article.title for url, article in articles.items()},
        answers=answers,
        moves=frozenset(url_key(url) for url in urls if _keeps_identity(url, answers, store)),
        language_of=title_language,
    )


def _published(draft: Draft, urls: Iterable[str], store: Store) -> dict[str, int]:
    """In which other issue each address stands, itself or as a copy."""
    issue = draft.issue
    others = [line for line in store.ledger(issue.profile) if line.number != issue.number]
    by_key = {line.key: line.number for line in others}
    by_id = {line.article_id: line.number for line in others if line.article_id}
    found = {}
    for url in urls:
        article = store.article(url)
        leader = (article.duplicate_of or article.id) if article else ""
        number = by_key.get(url_key(url)) or by_id.get(leader)
        if number is not None:
            found[url_key(url)] = number
    return found


def _keeps_identity(url: str, answers: Mapping[str, Answer], store: Store) -> bool:
    """Whether an item that takes its article's new address is still known as that article."""
    answer = answers.get(url.partition("#")[0])
    if not answer or not answer.moved_to:
        return False
    before, after = store.article(url), store.article(answer.moved_to)
    return before is None or (after is not None and after.id == before.id)


# ---------------------------------------------------------------- asking


def ask_links(
    urls: Sequence[str],
    *,
    fetcher: Fetcher,
    settings: FetchSettings,
    user_agent: str,
    store: Store,
    now: Callable[[], datetime],
    sharing: Sharing | None = None,
) -> Mapping[str, Answer]:
    """What every address answers: each is asked once, hosts side by side, as politely as a crawl asks for pages.

    While it asks, no crawl does, or with `sharing` those that do take turns with it.
    """
    hosts = store.hosts() if sharing is None else {}
    dispatcher = Dispatcher(fetcher, settings, user_agent=user_agent, hosts=hosts, now=now, turns=sharing)
    with store.run_lock() if sharing is None else sharing.joined():
        jobs = (Job(url, Request(url, "link"), _outcome) for url in dict.fromkeys(urls))
        answers = {url: judge(url, outcome) for url, outcome in dispatcher.run(jobs)}
        store.save_hosts(dispatcher.changed_hosts())
    return answers


def judge(url: str, outcome: Outcome) -> Answer:
    """What an outcome says of a link: it works, is dead, may work another time, or is not for programs."""
    match outcome:
        case Fetched():
            if _is_front_page(outcome.url) and not _is_front_page(url):
                return Answer("dead", f"leads to the front page of {host_of(outcome.url)}")
            return Answer("ok", moved_to=outcome.moved_to)
        case NotModified():
            return Answer("ok")
        case Gone():
            return Answer("dead", "gone for good (410)")
        case Failed():
            return _judge_failure(outcome)


def _judge_failure(failed: Failed) -> Answer:
    if failed.kind in ("too_large", "encoding"):
        return Answer("ok")
    if failed.kind == "robots" or failed.status in _REFUSALS:
        return Answer("refused", failed.message)
    if failed.kind in ("dns", "unsafe", "redirect") or (failed.kind == "status" and not failed.passing):
        return Answer("dead", failed.message)
    return Answer("unreachable", failed.message)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/") in ("", "index.html") and not parts.query


def _outcome(outcome: Outcome) -> Outcome:
    """Only what the judgement needs: no body waits for its turn."""
    return replace(outcome, body=b"") if isinstance(outcome, Fetched) else outcome


# ---------------------------------------------------------------- telling


def as_json(path: Path, finding: Finding, *, fixed: bool = False) -> dict[str, object]:
    """A line of `lint --json`."""
    return {
        "file": str(path),
        "line": finding.line,
        "rule": finding.rule,
        "message": finding.message,
        "fix": finding.fix,
        "fixable": finding.edit is not None,
        "fixed": fixed,
    }


def as_line(path: Path, finding: Finding) -> str:
    """`issues/084.md:31: missing alt text; add words between the brackets [missing-alt]`."""
    return f"{path}:{finding.line}: {finding.message}; {finding.fix} [{finding.rule}]"
