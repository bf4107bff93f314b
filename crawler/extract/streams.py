"""Parts of a page that its server sent late, put where a script in the page would put them.

React streams what takes longer as hidden elements at the page's end (`<div hidden id="S:1">`), each followed by a call
of `$RC(boundary, content)` or `$RS(content, placeholder)` that moves it to a `template` in the text (React,
`renderToPipeableStream`; ReactDOMFizzInstructionSet).
"""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from crawler.extract.tree import find_all

_MARK = b"$R"
_CALL = re.compile(r"""\$R([CS])\(["']([\w:-]{1,40})["'],\s*["']([\w:-]{1,40})["']""")
_MAX_PARTS = 500


def settle_streams(root: Element, body: bytes) -> None:
    """Move such parts in place, in the order of the calls; `body` are the page's bytes."""
    if _MARK not in body:
        return
    calls = [call for script in root.iter("script") for call in _CALL.findall(script.text or "")]
    if not calls:
        return
    by_id = {e.get("id"): e for e in find_all(root, ".//template[@id] | .//*[@hidden][@id]")}
    for kind, first, second in calls[:_MAX_PARTS]:
        place, part = by_id.get(first), by_id.get(second)
        if kind == "S":
            place, part = part, place
        if place is not None and part is not None and all(around is not part for around in place.iterancestors()):
            part.attrib.pop("hidden", "")
            place.addprevious(part)
