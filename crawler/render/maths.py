"""LaTeX formulas as MathML, and the only importer of latex2mathml: read by browsers without a script.

The library escapes nothing and lets unknown commands through as letters, so that what it makes is gone through: only
elements and attributes of MathML Core (W3C) that cannot act stay, and what was not understood is an error.
"""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert_to_element

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_KNOWN = """
    math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub
    msubsup msup mtable mtd mtext mtr munder munderover none
"""
_HARMLESS = """
    accent accentunder columnspan depth display displaystyle fence form height largeop linethickness lspace mathvariant
    maxsize minsize movablelimits rowspan rspace scriptlevel separator stretchy symmetric voffset width
"""
_ELEMENTS = frozenset(_KNOWN.split())
_ATTRIBUTES = frozenset(_HARMLESS.split())
_CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
_DEEPEST = 60


def formula(latex: str, *, block: bool) -> str:
    """A formula (without its dollar signs or brackets) as an element of MathML.

    Raises ValueError, with words for the writer, for what is no formula or uses commands that nobody knows.
    """
    _check_braces(latex)
    try:
        root = convert_to_element(latex, display="block" if block else "inline")
    except Exception as error:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__.removesuffix("Error")).lower()
        raise ValueError(words) from error
    _clean(root, 0)
    ET.register_namespace("", NAMESPACE)
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)


def _check_braces(latex: str) -> None:
    depth = 0
    for sign in re.findall(r"\\.|[{}]", latex, re.DOTALL):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            raise ValueError("a } without its {")
    if depth:
        raise ValueError("a { without its }")
    if not latex.strip():
        raise ValueError("it is empty")


def _clean(element: ET.Element, depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError("it is nested too deeply")
    name = element.tag.rpartition("}")[2]
    if name not in _ELEMENTS:
        raise ValueError(f"it makes <{name}>, which a page may not have")
    element.text = unescape(element.text) if element.text else element.text
    if name in ("mi", "mo") and element.text and re.match(r"\\[A-Za-z]", element.text):
        raise ValueError(f"there is no command {element.text}")
    if name in _CHILDREN and len(element) != _CHILDREN[name]:
        raise ValueError("a command lacks one of its arguments")
    for attribute in list(element.attrib):
        if attribute not in _ATTRIBUTES and attribute != "xmlns":
            del element.attrib[attribute]
    for child in element:
        _clean(child, depth + 1)
