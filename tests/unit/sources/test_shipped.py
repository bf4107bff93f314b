"""The sources.yaml that comes with the project: complete, without repeats, and in words that the taxonomy knows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from crawler.label import load_taxonomy
from crawler.settings import Settings
from crawler.sources import Config, load_config
from crawler.urls import host_of

_ROOT = Path(__file__).resolve().parents[3]
_EXPECTED = [
    "Airbnb", "Discord", "DoorDash", "Google", "LinkedIn", "Meta", "Netflix", "Pinterest", "Reddit", "Slack", "Stripe",
    "TikTok", "Uber", "xAI", "Yelp", "YouTube",
]  # fmt: skip
# Hosts that carry blogs of many owners, or several blogs of one owner.
_SHARED_HOSTS = {"medium.com", "feeds.feedburner.com", "aws.amazon.com", "devblogs.microsoft.com"}


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(_ROOT / "sources.yaml")


def test_it_has_enough_sources_and_every_company_that_readers_expect(config: Config) -> None:
    assert len(config.sources) >= 150
    companies = {source.company for source in config.sources}
    assert [name for name in _EXPECTED if name not in companies] == []


def test_its_settings_are_the_defaults_so_that_the_comments_tell_the_truth(config: Config) -> None:
    assert config.settings == Settings()


def test_every_source_says_who_and_where(config: Config) -> None:
    for source in config.sources:
        assert source.homepage, source.slug
        assert source.tags, source.slug
        assert 0.5 <= source.weight <= 1.5, source.slug
        assert source.url.startswith("https://") or source.kind == "feed", source.slug


def test_no_address_or_name_stands_twice(config: Config) -> None:
    for values in ([s.slug for s in config.sources], [s.name for s in config.sources], [s.url for s in config.sources]):
        assert [value for value, count in Counter(values).items() if count > 1] == []
    hosts = Counter(host_of(source.url) for source in config.sources)
    assert {host for host, count in hosts.items() if count > 1} <= _SHARED_HOSTS


def test_most_addresses_are_confirmed_and_listings_name_their_articles(config: Config) -> None:
    assert sum(source.confirmed for source in config.sources) / len(config.sources) > 0.75
    for source in config.sources:
        if source.kind != "feed":
            assert not source.confirmed, source.slug


def test_tags_are_known_to_the_taxonomy(config: Config) -> None:
    known = load_taxonomy().tags.keys()
    assert {tag for source in config.sources for tag in source.tags} - known == set()
