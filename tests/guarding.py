"""For the tests that try the product with its memory guarded: their folder's conftest.py imports the fixture."""

import pytest

from app.store import connection


@pytest.fixture(scope="module", autouse=True)
def memory_guarded(guard_memory):
    """SQLCipher's memory is guarded as it is in the product."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "guard_memory", guard_memory)
        yield
