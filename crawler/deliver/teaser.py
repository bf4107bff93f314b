"""An issue in a few lines, for channels that take no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def fitted(
    head: Sequence[str], items: Sequence[str], foot: Sequence[str], limit: int, size: Callable[[str], int]
) -> str:
    """Lines as far as they fit: all of `head` and `foot`, and as many of `items` as there is room for, then `… and 3
    more`. `size` measures a text as the channel does; what is too long even so is cut."""
    for count in range(len(items), -1, -1):
        left = len(items) - count
        more = [f"… and {left} more"] if left and count else []
        text = "\n".join([*head, *items[:count], *more, *foot])
        if size(text) <= limit:
            return text
    return shortened("\n".join([*head[:1], *foot]), limit)


def shortened(text: str, limit: int) -> str:
    """Text of at most `limit` characters, cut at a blank where there is one."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip() + "…"
