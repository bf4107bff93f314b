"""Whose an article is by its title, where the address tells only a project, or nothing at all."""

from __future__ import annotations

import pytest

from crawler.label import label_document, load_taxonomy
from crawler.label.speakers.company import find_company
from crawler.label.view import view_of
from tests.unit.label.articles import document

TAXONOMY = load_taxonomy()
NOTE = "It tells the tide."
MINE = "I tried it at night. My tide was late, and I like it. " * 3


def _company(url: str, title: str, text: str = NOTE, **more: object) -> str | None:
    return find_company(view_of(document(url, title, text, **more)), TAXONOMY)[0]


@pytest.mark.parametrize(
    ("title", "text", "company"),
    [
        ("Interview with Stripe", "How do you count ferries?", "Stripe"),
        ("An Interview with Tidewise: Counting Ferries", "My name is Ana, and I build gates at Tidewise.", "Tidewise"),
        ("Interview with Tidewise", "What does Tidewise do?", "Tidewise"),
        ("Interview with Ana Lima", "Ana is a maintainer.", "Prometheus"),
        ("Interview with Envoy", "How do you count ferries?", "Prometheus"),
        ("Why and How eBay Turned to Counters", NOTE, "eBay"),
        ("Tidewise: Counting Ferries", NOTE, "Prometheus"),
    ],
)
def test_a_guest_on_a_projects_blog_is_named_by_the_title(title: str, text: str, company: str) -> None:
    """Somebody who is asked, or of whom is told how; not who only stands before a colon."""
    assert _company("https://prometheus.io/blog/a", title, text) == company


@pytest.mark.parametrize(
    ("title", "text", "company"),
    [
        ("How Kubernetes Counts Pods", NOTE, None),
        ("Why Svelte feels fast", NOTE, None),
        ("How Stripe counts cents", NOTE, "Stripe"),
        ("Interview with Stripe", NOTE, None),
        ("Svelte 5: What I Like", MINE, None),
        ("Svelte 5: What Is New", NOTE, "Svelte"),
    ],
)
def test_who_writes_of_a_project_is_not_the_project(title: str, text: str, company: str | None) -> None:
    """On a page that nothing is known of anybody may tell how it works, or what one thinks of its release."""
    assert _company("https://pat.example/a", title, text) == company


@pytest.mark.parametrize(
    ("url", "source", "company"),
    [
        ("https://rope-lang.org/a", "The Rope Programming Language", "Rope"),
        ("https://ropelang.org/a", "Rope Programming Language Blog", "Rope"),
        ("https://rope.dev/a", "The Rope programming language", "Rope"),
        ("https://pat.example/a", "The Rope Programming Language", None),
        ("https://rope-lang.org/a", "Programming Language Notes", None),
    ],
)
def test_a_languages_own_blog_is_the_languages(url: str, source: str, company: str | None) -> None:
    """Whoever says "I" there; it is a project."""
    found, entry, _ = find_company(view_of(document(url, "Two Knots", MINE, source_name=source)), TAXONOMY)
    assert found == company
    assert (entry is not None and entry.project) is (company is not None)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Interview with Stripe", "We use Prometheus in eleven harbours. We moved to it in May.", "case-study"),
        ("Interview with Ana Lima", "How do you like using Prometheus? We run it in eleven harbours.", "case-study"),
        ("Interview with Ana Lima", "Ana has looked after the planner since May.", "community"),
    ],
)
def test_an_interview_on_a_projects_blog_is_no_job_interview(title: str, text: str, kind: str) -> None:
    """Of a user it tells what they did, of a maintainer who they are."""
    assert label_document(document("https://prometheus.io/blog/a", title, text), TAXONOMY).kind == kind


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
