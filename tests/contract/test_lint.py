"""Every rule finds its bad examples and leaves the good ones alone; the documentation names them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler.lint.rules import RULES, Finding, apply_edits, check_sheet
from crawler.lint.sheet import Context
from crawler.linting import sheet_of
from tests.contract.lint_examples import EXAMPLES, PLAIN
from tests.support.drafts import GOOD

DOCUMENT = Path(__file__).parents[2] / "docs" / "lint.md"


def found(text: str, context: Context) -> list[Finding]:
    return check_sheet(sheet_of(text, "issues/084.md"), context)


def test_every_rule_has_examples() -> None:
    assert list(EXAMPLES) == list(RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_finds_what_is_bad(name: str) -> None:
    example = EXAMPLES[name]
    for text in example.bad:
        faults = [f for f in found(text, example.context) if f.rule == name]
        assert faults, text
        for fault in faults:
            assert 1 <= fault.line <= text.count("\n") + 1
            assert fault.message
            assert fault.fix
            assert "\n" not in fault.message + fault.fix


@pytest.mark.parametrize("name", RULES)
def test_a_rule_leaves_alone_what_is_good(name: str) -> None:
    example = EXAMPLES[name]
    for text in (GOOD, *example.good) if example.good_context is None and example.context is PLAIN else example.good:
        assert not [f for f in found(text, example.good_context or example.context) if f.rule == name], text


def test_a_good_draft_has_no_findings() -> None:
    assert found(GOOD, PLAIN) == []


@pytest.mark.parametrize("name", [rule.name for rule in RULES.values() if rule.fixes])
def test_a_fix_mends_its_finding_and_makes_no_other(name: str) -> None:
    example = EXAMPLES[name]
    for text in example.bad:
        lines = text.split("\n")
        for _ in range(10):
            now = [f for f in found("\n".join(lines), example.context) if f.rule == name]
            if not now:
                break
            assert any(f.edit for f in now)
            lines, _done = apply_edits(lines, now)
        fixed = "\n".join(lines)
        before = {f.rule for f in found(text, example.context)}
        assert {f.rule for f in found(fixed, example.context)} <= before - {name}


def test_rules_that_promise_no_fix_have_none() -> None:
    for name, example in EXAMPLES.items():
        edits = [f.edit for text in example.bad for f in found(text, example.context) if f.rule == name and f.edit]
        assert bool(edits) == RULES[name].fixes, name


def test_the_documentation_tells_every_rule() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.+?) \| (yes|) *\|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(rule.name, rule.told, "yes" if rule.fixes else "") for rule in RULES.values()]
