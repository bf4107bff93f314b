"""Whose an article is by its title, where the address tells only a project, or nothing at all."""

from __future__ import annotations

import pytest

from crawler.label import load_taxonomy
from crawler.label.speakers.company import find_company
from crawler.label.view import view_of
from tests.unit.label.articles import document

TAXONOMY = load_taxonomy()
MINE = "I tried it at night. My tide was late, and I like it. " * 3


@pytest.mark.parametrize(
    ("url", "project"),
    [
        ("https://crystal-lang.org/2024/05/04/a/", "Crystal"),
        ("https://grpc.io/blog/a/", "gRPC"),
        ("https://kudu.apache.org/a", "Apache Kudu"),
        ("https://blog.angular.dev/a", "Angular"),
        ("https://spring.io/blog/a", "Spring"),
    ],
)
def test_a_projects_blog_is_known_by_its_address(url: str, project: str) -> None:
    """Of languages, databases and frameworks."""
    found, entry, _ = find_company(view_of(document(url, "Two Knots", MINE)), TAXONOMY)
    assert (found, entry is not None and entry.project) == (project, True)
