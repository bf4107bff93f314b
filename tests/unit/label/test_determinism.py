"""Labels do not depend on the order in which a process happens to keep its sets."""

from __future__ import annotations

import os
import subprocess
import sys

_PROGRAM = """
import itertools, random
from crawler.blocks import blocks_of_text
from crawler.label.sentences.splitting import sentences_of
from crawler.label.view import view_of
from crawler.label.summary.weigh import place
from crawler.model import Document
chance = random.Random(1)
parts = ("mel", "tor", "dan", "kip"), ("ab", "er", "on", "us"), ("ic", "ard", "ol", "im")
stems = ["".join(name) for name in itertools.product(*parts)]
words = [name for name in stems for _ in range(2)]
chance.shuffle(words)
text = " ".join("The " + " ".join(words[n : n + 8]) + " was measured here." for n in range(0, len(words), 8))
document = Document("https://a.example/1", "Measured", blocks_of_text(text))
print([(s.text, signs) for s, _, signs in place(sentences_of(document.blocks), view_of(document))])
"""


def test_the_weights_of_sentences_are_the_same_in_every_process() -> None:
    """More words of equal weight than are counted, under several seeds of Python's hashes."""
    said = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            env=os.environ | {"PYTHONHASHSEED": str(seed)}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in range(4)
    }  # fmt: skip
    assert len(said) == 1
