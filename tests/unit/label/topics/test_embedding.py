"""An embedding model as one more sign of topics: what it adds, what it leaves alone, what it says when it cannot."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from crawler.errors import UserError
from crawler.label import label_document, load_taxonomy
from crawler.label.topics.embedding import Likeness, Near
from crawler.label.topics.nearby import with_nearby
from crawler.label.view import view_of
from crawler.model import Reason
from tests.support.embeddings import save_tiny_model
from tests.unit.label.articles import case_study, document, personal, release

TAXONOMY = load_taxonomy()
FERRY = "Braille and tactile strips lead blind riders to the boat, and ears do what eyes cannot. "


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def likeness(model: Path) -> Likeness:
    return Likeness(str(model), TAXONOMY.tags.values(), 0.4)


def told(*scores: float, rule: str = "phrase") -> list[Reason]:
    return [Reason("tag", f"told-{n}", rule, "word", "title", score) for n, score in enumerate(scores, 1)]


def near(*tags: str, strength: float = 1.0) -> list[Near]:
    return [Near(tag, f"doing {tag}", 0.61, strength) for tag in tags]


def test_a_topic_that_no_phrase_names(likeness: Likeness) -> None:
    """It is added with its reason, roles follow, and the same article gives the same labels."""
    ferry = document("https://pat.example/ferry", "How Our Ferry Welcomes Everyone Aboard", FERRY * 4)
    without, with_model = label_document(ferry, TAXONOMY), label_document(ferry, TAXONOMY, likeness)
    assert "accessibility" not in without.tags
    assert "accessibility" in with_model.tags
    (reason,) = [r for r in with_model.reasons if r.label == "tag" and r.value == "accessibility"]
    assert re.fullmatch(r"embedding: similarity (1\.00|\.\d\d) to “making products accessible”", reason.rule)
    assert 0.5 <= reason.score <= 1.0
    assert with_model.roles != without.roles
    assert label_document(ferry, TAXONOMY, likeness) == with_model


@pytest.mark.parametrize("make", [case_study, release, personal])
def test_what_the_rules_told_stays(likeness: Likeness, make: object) -> None:
    """All of its tags, whatever the model finds."""
    assert callable(make)
    without, with_model = label_document(make(), TAXONOMY), label_document(make(), TAXONOMY, likeness)
    assert set(without.tags) <= set(with_model.tags)
    assert len(with_model.tags) <= 5


def test_a_text_of_which_the_model_knows_no_word(likeness: Likeness) -> None:
    """Nothing is like it."""
    assert likeness.near(view_of(document("https://pat.example/x", "Zwölf", "Kartoffeln kochen langsam."))) == ()


def test_a_text_in_another_language_is_left_to_the_rules(likeness: Likeness) -> None:
    german = document(
        "https://pat.example/x",
        "Wie die Fähre zu flüstern lernte",
        "Die Fähre legt im Nebel an, und niemand sieht den Steg. Wir haben deshalb Schilder mit Braille angebracht, "
        "und die Leute finden nun ohne Hilfe zu ihrem Platz, bei Tag und bei Nacht.",
    )
    assert label_document(german, TAXONOMY, likeness) == label_document(german, TAXONOMY)


def test_a_taxonomy_of_one_topic_has_nothing_to_stand_out_from(model: Path) -> None:
    tag = TAXONOMY.tags["accessibility"]
    assert Likeness(str(model), [tag], 0.4).near(view_of(document("https://pat.example/f", "Ferry", FERRY))) == ()


def test_topics_that_are_all_alike_stand_out_from_nothing(model: Path) -> None:
    """A model that finds every topic near has found none."""
    tags = [tag for tag in TAXONOMY.tags.values() if "databases" in tag.about or tag.id == "databases"]
    assert len(tags) > 1
    rows = document("https://pat.example/rows", "Rows", "Rows of tables, rows of tables.")
    assert Likeness(str(model), tags, 0.4).near(view_of(rows)) == ()


def tags_of(reasons: Sequence[Reason]) -> list[str]:
    return list(dict.fromkeys(reason.value for reason in reasons))


def test_only_near_ties_change_places() -> None:
    assert tags_of(with_nearby(told(3.0, 2.9), near("told-2"))) == ["told-2", "told-1"]
    assert tags_of(with_nearby(told(3.0, 2.5), near("told-2"))) == ["told-1", "told-2"]
    assert tags_of(with_nearby(told(3.0, 3.0), [])) == ["told-1", "told-2"]


def test_each_gain_is_a_reason_of_its_own() -> None:
    reasons = with_nearby(told(2.0), near("told-1", "added", strength=0.5))
    assert [(r.value, r.rule, r.score) for r in reasons] == [
        ("told-1", "phrase", 2.0),
        ("told-1", "embedding: similarity .61 to “doing told-1”", 0.15),
        ("added", "embedding: similarity .61 to “doing added”", 0.5),
    ]


@pytest.mark.parametrize(
    ("reasons", "added"),
    [
        ([], 2),
        (told(3.0), 2),
        (told(3.0, 2.0), 1),
        (told(3.0, 2.0, 1.0), 0),
        (told(3.0, 0.6, 0.5, 0.5, rule="weak phrase"), 1),
        (told(3.0, 0.6, 0.5, 0.5, 0.5, rule="weak phrase"), 0),
    ],
)
def test_room_for_what_the_rules_did_not_tell(reasons: list[Reason], added: int) -> None:
    """None beside three sure topics, never more than five, never in the place of one that was told."""
    tags = tags_of(with_nearby(reasons, near("a", "b", "c")))
    assert len(tags) == len(reasons) + added
    assert {reason.value for reason in reasons} <= set(tags)


def test_an_added_topic_comes_after_one_with_a_clear_phrase() -> None:
    assert tags_of(with_nearby(told(1.1, 0.4), near("added"))) == ["told-1", "added", "told-2"]


def test_a_millisecond_an_article(likeness: Likeness) -> None:
    """CPU time, on a long article: a third of one was measured, and a slow machine may take three."""
    view = view_of(case_study(description="A sharded cluster. " * 100))
    likeness.near(view)
    began = time.process_time()
    for _ in range(50):
        likeness.near(view)
    assert (time.process_time() - began) / 50 < 0.003


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "holds no model that can be read"),
        ({"config.json": "{}", "model.safetensors": "no tensors", "tokenizer.json": "{}"}, "holds no model"),
    ],
)
def test_a_folder_that_holds_no_model(tmp_path: Path, files: dict[str, str], said: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(UserError, match=said) as caught:
        Likeness(str(tmp_path), TAXONOMY.tags.values(), 0.4)
    assert "config.json, model.safetensors, tokenizer.json" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["nowhere", "minishlab/potion-base-8M"])
def test_a_name_that_is_no_folder_is_never_looked_up(tmp_path: Path, name: str) -> None:
    """Not even the library is loaded: it would take the name for one of a hub."""
    probe = (
        "import sys\n"
        "from crawler.errors import UserError\n"
        "from crawler.label.topics.embedding import load_model\n"
        "try:\n    load_model(sys.argv[1])\n"
        "except UserError as error:\n    print(error, 'model2vec' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, str(tmp_path / name)], capture_output=True, text=True, check=True
    )
    assert "is no folder" in done.stdout
    assert done.stdout.endswith("nothing is downloaded False\n")
