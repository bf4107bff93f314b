"""Labels: everything that a reader is told about an article beside its text, each with its reason.

Pure: no clock, no network, no model. A few milliseconds an article.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.label.audience import audience_variants
    from crawler.label.labelling import label_document
    from crawler.label.speakers.speaker import speaker_of
    from crawler.label.taxonomy.loading import load_taxonomy
    from crawler.label.taxonomy.model import Taxonomy

__all__ = ["Taxonomy", "audience_variants", "label_document", "load_taxonomy", "speaker_of"]

_WHERE = {
    "Taxonomy": "taxonomy.model",
    "audience_variants": "audience",
    "label_document": "labelling",
    "load_taxonomy": "taxonomy.loading",
    "speaker_of": "speakers.speaker",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type is that of the name
    """Loaded when it is asked for: composing an issue needs the taxonomy, and none of the rules that label."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
