"""A person's own embedding model as one more sign of an article's topics; the only importer of `model2vec`.

The model is a static one, a vector for each token, in model2vec's format (https://github.com/MinishLab/model2vec). A
text's vector is the mean of its tokens', so that an article costs a look-up. Only a folder that is there is read:
nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from crawler.errors import UserError
from crawler.label.view import View

if TYPE_CHECKING:
    from crawler.label.taxonomy.model import Tag

_MOST_NEAR = 5
_APART = 0.2  # above the usual topic: some models find every text like every other
_DESCRIBED = 500  # characters of a description, as many as of the text's beginning
_FORMAT = "model2vec's format (config.json, model.safetensors, tokenizer.json)"


@dataclass(frozen=True, slots=True)
class Near:
    """A topic that an article is like. `similarity` is the cosine, `strength` what it is worth from 0.5 to 1."""

    tag: str
    about: str
    similarity: float
    strength: float


class Likeness:
    """Which topics an article is like. Topics are embedded once, when it is made.

    `path` is the model's folder; `least` the cosine, above 0 and below 1, from which a topic counts. Raises UserError
    where the model cannot be used.
    """

    def __init__(self, path: str, tags: Iterable[Tag], least: float) -> None:
        self._model = load_model(path)
        self._tags = tuple(tags)
        self._least = least
        self._topics = self._vectors([", ".join((tag.name, tag.about, *tag.aliases)) for tag in self._tags])

    def near(self, view: View) -> tuple[Near, ...]:
        """The topics whose likeness to title, description and first words stands out, the most like first.

        One stands out that reaches `least` and is clearly above the median of the topics; of a single topic that
        cannot be told.
        """
        if len(self._tags) < 2:
            return ()
        text = "\n".join((view.title, view.description[:_DESCRIBED], view.lead))
        # Rounded, so that the last bits of a sum, which differ between processors, decide nothing.
        found = np.round(self._topics @ self._vectors([text])[0], 3)
        needed = max(self._least, float(np.median(found)) + _APART)
        order = sorted(np.flatnonzero(found >= needed), key=lambda at: (-found[at], self._tags[at].id))
        return tuple(self._near(self._tags[at], float(found[at])) for at in order[:_MOST_NEAR])

    def _near(self, tag: Tag, similarity: float) -> Near:
        above = min(1.0, (similarity - self._least) / (1 - self._least))
        return Near(tag.id, tag.about, similarity, 0.5 + 0.5 * above)

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """A row of length 1 for each text; of length 0 where the model knows none of its words."""
        rows = np.asarray(self._model.encode(list(texts)), dtype=np.float64)
        rows = np.nan_to_num(rows, posinf=0.0, neginf=0.0)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        lengths[lengths == 0] = 1.0
        unit: NDArray[np.float64] = rows / lengths
        return unit


def load_model(path: str) -> Any:  # noqa: ANN401 - a class of a package that need not be installed
    """The model in a folder on this machine. Raises UserError with the next step."""
    if not Path(path).is_dir():
        raise UserError(
            f"{path} is no folder; name one on this machine that holds a model in {_FORMAT}, relative to this file;"
            " nothing is downloaded"
        )
    try:
        from model2vec import StaticModel
    except ImportError as error:
        raise UserError(
            f"an embedding model needs model2vec, which is not installed ({error}):"
            " pip install 'weekly-roundup[embed]', or take `embedding` out"
        ) from error
    try:
        return StaticModel.from_pretrained(path)
    except Exception as error:  # tokenizers and safetensors raise classes of their own
        what = " ".join(str(error).split())[:300] or type(error).__name__
        raise UserError(
            f"{path} holds no model that can be read ({what}); name a folder with a model in {_FORMAT}"
        ) from error
