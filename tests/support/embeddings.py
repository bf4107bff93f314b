"""A tiny embedding model in model2vec's format, made of words with vectors by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from model2vec import StaticModel
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace

# Words of one line mean much the same; what stands in no line is unknown to the model.
SUBJECTS = (
    "accessible accessibility a11y blind braille tactile riders sighted ears",
    "databases database choosing postgresql tables rows",
    "compilers compiler compiling parsers bytecode",
    "frontend web interfaces browser pages",
    "testing tested qa quality checks",
)
COMMON = "making products building working with and the of for or running we our a"


def save_tiny_model(folder: Path) -> Path:
    """Each subject an axis; common words point a little everywhere."""
    vectors: dict[str, list[float]] = {"[UNK]": [0.0] * len(SUBJECTS)}
    for axis, words in enumerate(SUBJECTS):
        for word in words.split():
            vectors[word] = [1.0 if at == axis else 0.0 for at in range(len(SUBJECTS))]
    for word in COMMON.split():
        vectors[word] = [0.05] * len(SUBJECTS)
    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(vectors)}, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    StaticModel(np.array(list(vectors.values()), dtype=np.float32), tokenizer).save_pretrained(folder)
    return folder
