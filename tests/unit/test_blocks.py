"""Blocks and text: the same words in two forms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.blocks import blocks_of_text, text_of_blocks
from crawler.model import Block

TEXT = """# Why queues

A queue holds
what waits.

- first
* second
3. third

> Somebody said so.

```python
if x:

    run()
```
After the code."""

BLOCKS = (
    Block("heading", "Why queues", 1),
    Block("paragraph", "A queue holds what waits."),
    Block("item", "first"),
    Block("item", "second"),
    Block("item", "third"),
    Block("quote", "Somebody said so."),
    Block("code", "if x:\n\n    run()"),
    Block("paragraph", "After the code."),
)


def test_blocks_of_lightly_marked_up_text() -> None:
    assert blocks_of_text(TEXT) == BLOCKS


def test_text_of_blocks() -> None:
    assert text_of_blocks(BLOCKS[:4]) == "Why queues\n\nA queue holds what waits.\n\n- first\n\n- second"
    assert text_of_blocks([Block("paragraph", "  ")]) == ""


def test_a_fence_that_is_never_closed_loses_nothing() -> None:
    assert blocks_of_text("```\nrun()\nstop()") == (Block("code", "run()\nstop()"),)


def test_a_year_and_a_number_are_no_list_items() -> None:
    assert blocks_of_text("2024. It was a good year.") == (Block("paragraph", "2024. It was a good year."),)
    assert blocks_of_text("#nothing") == (Block("paragraph", "#nothing"),)


_PLAIN = st.text("abc xyz", min_size=1, max_size=30).map(lambda s: " ".join(s.split())).filter(bool)


@given(st.lists(st.builds(Block, st.sampled_from(["paragraph", "item"]), _PLAIN), max_size=8))
def test_paragraphs_and_items_survive_the_way_to_text_and_back(blocks: list[Block]) -> None:
    assert blocks_of_text(text_of_blocks(blocks)) == tuple(blocks)


@given(st.text(max_size=300))
def test_any_text_gives_blocks_with_text(text: str) -> None:
    assert all(block.text and (block.level > 0) == (block.kind == "heading") for block in blocks_of_text(text))
