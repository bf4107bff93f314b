"""Formulas as MathML: read without a script, and nothing of them acts."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.render.maths import NAMESPACE, formula


@pytest.mark.parametrize(
    ("latex", "parts"),
    [
        (r"\hat{\theta} = arg\;max_{\theta} \; \mathcal{L}(\theta, D)", ["θ", "ℒ", "mover", "msub"]),
        (r"NLL(\theta) = - \sum^N_{i=1} \log p(y_i|x_i, \theta)", ["∑", "munderover", "log"]),
        (r"\frac{a}{b} < \sqrt{x} & y", ["mfrac", "msqrt", "&lt;"]),
        (r"\begin{matrix} a & b \\ c & d \end{matrix}", ["mtable", "mtr", "mtd"]),
    ],
)
def test_formulas_become_elements(latex: str, parts: list[str]) -> None:
    made = formula(latex, block=True)
    root = ET.fromstring(made)
    assert root.tag == f"{{{NAMESPACE}}}math"
    assert root.get("display") == "block"
    for part in parts:
        assert part in made, part
    assert 'display="inline"' in formula("x", block=False)


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;script&gt;}",
        r"\href{javascript:alert(1)}{x}",
        r"\color{red;background:url(https://evil.example)} x",
        r"\text{<img src=x onerror=alert(1)>}",
    ],
)
def test_nothing_in_a_formula_acts(latex: str) -> None:
    """Markup in it is the words that it is; addresses and colours are left out."""
    root = ET.fromstring(formula(latex, block=False))
    for element in root.iter():
        assert element.tag.startswith(f"{{{NAMESPACE}}}m")
        assert not {"href", "src", "style", "mathcolor", "class", "id"} & set(element.attrib)
        assert not any("script" in value or "url" in value for value in element.attrib.values())


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        ("", "empty"),
        (r"\frac{a", "without its }"),
        ("a}", "without its {"),
        (r"\frac{a}", "lacks one of its arguments"),
        (r"\nosuchthing x", r"no command \\nosuchthing"),
        (r"\left( x", "right"),
        ("x_1_2", "double subscripts"),
    ],
)
def test_what_is_no_formula_is_told(latex: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        formula(latex, block=False)


@given(st.text(alphabet="\\{}_^abfrcsqt&<>\"' 1=+$\n", max_size=60))
def test_whatever_is_written_is_a_formula_or_an_error(latex: str) -> None:
    try:
        made = formula(latex, block=True)
    except ValueError:
        return
    ET.fromstring(made)
