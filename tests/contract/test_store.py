"""The contract over every store that there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.ports import Store
from storage.opening import open_store
from tests.contract.store_contract import StoreContract
from tests.support.postgres import empty_tables, needs_postgres, new_database


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Iterator[Store]:
        store = open_store("memory:")
        yield store
        store.close()


class TestSqliteFile(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = open_store(f"sqlite:///{tmp_path}/crawl.db")
        yield store
        store.close()


class TestSqliteInMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Iterator[Store]:
        store = open_store("sqlite://")
        yield store
        store.close()


@pytest.fixture(scope="module")
def postgresql() -> Iterator[tuple[str, Store]]:
    """One database for all tests of this file: making its schema takes longer than a test."""
    url = new_database()
    store = open_store(url)
    yield url, store
    store.close()


@needs_postgres
class TestPostgresql(StoreContract):
    @pytest.fixture
    def store(self, postgresql: tuple[str, Store]) -> Store:
        url, store = postgresql
        empty_tables(url)
        return store
