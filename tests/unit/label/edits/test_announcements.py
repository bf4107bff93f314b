"""Announcements: what is aimed at is not told as done, and a talk or a paper keeps its name."""

from __future__ import annotations

import pytest

from crawler.label.edits.rewrite import rewrite
from crawler.label.speakers.actor import actor_of

ACME = actor_of("Acme", project=False)
AUTHOR = actor_of(None, project=False)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Our goal is to build a cache for all shops.", "Acme's goal is to build a cache for all shops."),
        ("The plan is to build a cache for all shops.", "The plan is to build a cache for all shops."),
        ("The goal of this post is to compare two caches.", "Acme compares two caches."),
        ("This one post will focus on caches that fail.", "The post focuses on caches that fail."),
        ("In this in-depth guide, we compare two caches.", "Acme compares two caches."),
        ("We are proud to have Ana in our team, and excited for May.", ""),
        ("We're thrilled to see caches become the norm.", ""),
        ("We are especially happy to launch a cache for shops.", "Acme launches a cache for shops."),
        ("I am happy to share my notes on caches.", "The author shares their notes on caches."),
        ("On behalf of all maintainers, I am happy to announce Relay 2.", "On behalf of all maintainers, Acme announces Relay 2."),
        ("In this post I want to move my own shop to a cache.", "The author moves their own shop to a cache."),
        ("Someone who is proud to have built caches wrote it.", "Someone who is proud to have built caches wrote it."),
        ("This talk goes over caches in shops.", "The talk goes over caches in shops."),
        ("This talk will present caches in shops.", "The talk presents caches in shops."),
        ("This document is updated after each release.", ""),
        ("This tutorial will be a lecture on caches.", ""),
        ("This guide shows how to warm a cache.", "The post shows how to warm a cache."),
        ("This post doesn't cover how to warm a cache.", ""),
        ("This post initially compared two caches.", ""),
        ("This post compared two caches and their cost.", "The post compared two caches and their cost."),
    ],
)  # fmt: skip
def test_announcements(sentence: str, told: str) -> None:
    assert rewrite(sentence, ACME) == told


def test_an_author_s_goal_is_what_the_post_does() -> None:
    assert rewrite("My goal is to find out why caches fail.", AUTHOR) == "The author finds out why caches fail."


def test_one_who_tells_of_the_tool_by_name_is_not_the_tool() -> None:
    told = "The author is using Acme and Relay to move parcels."
    assert rewrite("In this article, I will be using Acme and Relay to move parcels.", ACME) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("I'm Ana Lima, an engineer in the team of caches.", ""),
        ("My name is Ana Lima, and I moved all caches to disk.", "The author moved all caches to disk."),
        ("Don't get me wrong, the cache was fast.", "The cache was fast."),
    ],
)
def test_who_says_i(sentence: str, told: str) -> None:
    assert rewrite(sentence, AUTHOR) == told


@pytest.mark.parametrize(
    "sentence",
    ["This post describes how we got there.", "This post explains how, and what it cost.", "In this post we show how to do it.", "This post covers all of his changes."],
)  # fmt: skip
def test_what_was_not_said_is_not_announced(sentence: str) -> None:
    assert rewrite(sentence, ACME) == ""


def test_whom_it_is_given_to_says_nothing() -> None:
    assert rewrite("The union of both gives us a new type.", ACME) == "The union of both gives a new type."


def test_what_a_post_describes_is_of_who_speaks_at_any_time() -> None:
    told = "The post describes how Acme swaps disks when it has one that fails."
    assert rewrite("This post describes how we swap disks when we have one that fails.", ACME) == told
