"""What every store must do, whatever is behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.ports import Store

_PARTS = ("feeds", "reading", "copies", "lists", "issues")
pytest.register_assert_rewrite(*(f"tests.contract.store_contract_{part}" for part in _PARTS))

from tests.contract.store_contract_copies import CopyContract  # noqa: E402 - after their asserts can explain themselves
from tests.contract.store_contract_feeds import FeedContract  # noqa: E402
from tests.contract.store_contract_issues import (  # noqa: E402
    AnswerContract,
    DeliveryContract,
    ImportContract,
    IssueContract,
    LockContract,
)
from tests.contract.store_contract_lists import ForgettingContract, ListingContract  # noqa: E402
from tests.contract.store_contract_reading import ReadingContract  # noqa: E402


class StoreContract(
    FeedContract,
    ReadingContract,
    CopyContract,
    ListingContract,
    ForgettingContract,
    ImportContract,
    IssueContract,
    DeliveryContract,
    AnswerContract,
    LockContract,
):
    """All of it. A subclass gives the fixture `store`."""

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        raise NotImplementedError
