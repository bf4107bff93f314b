"""Every state that PostgreSQL reports has an error of ours; those of SQLite are made for real in the contract."""

from __future__ import annotations

import errno

import pytest
from sqlalchemy.exc import OperationalError

from crawler.errors import StoreCorrupt, StoreError, StoreFull, StoreLocked, StoreReadOnly
from storage.failures import Place, told, translated

PLACE = Place("postgresql://db:5432/roundup")


class _Refused(Exception):
    def __init__(self, state: str) -> None:
        super().__init__("the server says no\nDETAIL: more")
        self.sqlstate = state


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("55P03", StoreLocked),  # lock_not_available
        ("40P01", StoreLocked),  # deadlock_detected
        ("57014", StoreLocked),  # query_canceled: a time-out of the server's
        ("53100", StoreFull),  # disk_full
        ("25006", StoreReadOnly),  # read_only_sql_transaction
        ("42501", StoreReadOnly),  # insufficient_privilege
        ("XX001", StoreCorrupt),  # data_corrupted
        ("28P01", StoreError),  # invalid_password
        ("3D000", StoreError),  # invalid_catalog_name
        ("57P01", StoreError),  # admin_shutdown
        ("53300", StoreError),  # too_many_connections
    ],
)
def test_states_of_postgresql(state: str, expected: type[StoreError]) -> None:
    """One line that names the place and ends with what to do."""
    error = translated(OperationalError("SELECT 1", {}, _Refused(state)), PLACE)
    assert type(error) is expected
    assert str(error).startswith(PLACE.name)
    assert "\n" not in str(error)
    assert "DETAIL" not in str(error)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, StoreFull),
        (errno.EDQUOT, StoreFull),
        (errno.EACCES, StoreReadOnly),
        (errno.EROFS, StoreReadOnly),
        (errno.EIO, StoreError),
    ],
)
def test_errors_of_the_system(number: int, expected: type[StoreError]) -> None:
    """A lock file or folder that cannot be made is told like the database itself."""
    with pytest.raises(StoreError) as caught, told(PLACE):
        raise OSError(number, "said the system")
    assert type(caught.value) is expected


def test_bugs_are_not_disguised() -> None:
    """What is no failure of the database goes through."""
    with pytest.raises(ZeroDivisionError), told(PLACE):
        raise ZeroDivisionError
