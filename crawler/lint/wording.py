"""Rules on what is said: titles, summaries, audience lines, the lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.lint.sheet import Context, Entry, Fault, Sheet
from crawler.model import SUMMARY_WORDS
from crawler.text import count_words
from crawler.urls import url_key

LEAD_WORDS = 90
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"”’')\]]*$")
_DANGLING = re.compile(
    r"(?:[,:;–—-]|\b(?:the|an|and|or|&|our|your|its|their|via|into|using|how to|at the))$", re.IGNORECASE
)
_CODE_PREFIX = re.compile(r"^[\[(](?:DE|FR|ES|PT|IT|NL|PL|RU|UA|TR|JA|JP|KO|KR|ZH|CN|TW|VI|ID)[\])]\s", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_PERSON = re.compile(
    r"(?<![\w/.-])(?:we(?:['’](?:re|ve|ll|d))?|our|ours|us|ourselves|my|me|myself|We(?:['’](?:re|ve|ll|d))?|Our|My|I['’](?:m|ve|ll|d))(?![\w/-])"
    r"|(?<!Part )(?<!Type )(?<!type )(?<!Phase )(?<!Class )(?<!Volume )(?<!War )(?<![\w/.&-])I(?![\w/.&-])"
)
_SELF = re.compile(
    r"\b(?:in )?this (?:blog |short |guest |latest )*(?:post|article|blog|write-?up|piece)\b", re.IGNORECASE
)


def truncated_titles(sheet: Sheet, context: Context) -> Iterator[Fault]:
    """Titles that were cut: an ellipsis, a word too few, or half of a word."""
    for entry in sheet.entries:
        title = entry.item.title.strip()
        whole = context.titles.get(url_key(entry.item.url), "") if entry.item.url else ""
        cut = len(whole) > len(title) > 8 and whole.casefold().startswith(title.casefold())
        if _ELLIPSIS.search(title) and not _ELLIPSIS.search(whole):
            yield Fault(
                entry.line, "the title is cut off", f"write {whole!r}" if whole else "write the article's whole title"
            )
        elif cut and whole[len(title)].isalnum():
            yield Fault(entry.line, "the title ends within a word", f"write {whole!r}")
        elif _DANGLING.search(title):
            yield Fault(
                entry.line,
                f"the title ends with {title.split()[-1]!r}",
                f"write {whole!r}" if cut else "write the article's whole title",
            )
        elif not title or title == "Untitled":
            yield Fault(entry.line, "the item has no title", "write the article's title")


def foreign_titles(sheet: Sheet, context: Context) -> Iterator[Fault]:
    """Titles in a language that the issue is not in."""
    wanted = {language.split("-")[0].lower() for language in context.languages}
    if not wanted:
        return
    for entry in sheet.entries:
        title = entry.item.title
        language = _language(title, context)
        if language and language not in wanted:
            told = {"other": "another script"}.get(language, f"the language {language!r}")
            yield Fault(
                entry.line,
                f"the title is in {told}, the issue is in {', '.join(sorted(wanted))}",
                "translate it, or take the item out",
            )


def summary_lengths(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Summaries that tell too little or too much."""
    least, most = SUMMARY_WORDS
    for entry in sheet.entries:
        words = count_words(entry.item.summary)
        if entry.item.notes and not entry.item.summary:
            continue
        if words < least:
            said = f"the summary has {words} words" if words else "the item has no summary"
            yield Fault(
                _summary_line(sheet, entry),
                said,
                f"tell who built what, how and with what result in {least} to {most} words",
            )
        elif words > most:
            yield Fault(_summary_line(sheet, entry), f"the summary has {words} words", f"shorten it to {most}")


def first_person(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """The summary speaks as the article's author; words in quotation marks may."""
    for number, text in _summary_lines(sheet):
        if match := _PERSON.search(_unquoted(text)):
            yield Fault(number, f"first person: {match[0]!r}", "name who it is")


def self_reference(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """The summary speaks of the article instead of its subject."""
    for number, text in _summary_lines(sheet):
        if match := _SELF.search(_unquoted(text)):
            yield Fault(number, f"the summary says {match[0]!r}", "say what was built and found, without the article")


def missing_audience(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Items that do not tell whom they are for."""
    for entry in sheet.entries:
        if not entry.item.audience:
            yield Fault(entry.line, "no audience line", "add a line that begins with 👉 For")


def lead_length(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """A lead that is missing, or longer than people read."""
    words = count_words(sheet.lead)
    if not words:
        yield Fault(sheet.lead_line, "the issue has no lead", 'write `lead: "This week: …"` in the front matter')
    elif words > LEAD_WORDS:
        yield Fault(sheet.lead_line, f"the lead has {words} words", f"shorten it to {LEAD_WORDS}")


def _language(title: str, context: Context) -> str:
    if _CODE_PREFIX.match(title):
        return title[1:3].lower()
    letters = _LETTER.findall(title)
    if letters and sum(_LATIN.match(c) is not None for c in letters) * 2 < len(letters):
        return (
            ""
            if {"zh", "ja", "ko", "ru", "uk", "el", "ar", "he", "hi", "th", "bg"} & set(context.languages)
            else "other"
        )
    return context.language_of(title)


def _unquoted(text: str) -> str:
    return _QUOTED.sub(lambda m: " " * len(m[0]), text)


def _summary_lines(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The prose below items' headings: neither audience line, image, list, quotation nor the line of facts."""
    for entry in sheet.entries:
        for number in range(entry.line + 1, entry.end):
            text = sheet.prose[number - 1]
            stripped = text.strip()
            if stripped and not re.match(r"👉|!\[|>|[-+*]\s|\d+[.)]\s|\||#|[*_].*[*_]$", stripped):
                yield number, text


def _summary_line(sheet: Sheet, entry: Entry) -> int:
    return next((n for n, _ in _summary_lines(sheet) if entry.line < n < entry.end), entry.line)
