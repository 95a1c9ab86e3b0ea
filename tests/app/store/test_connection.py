"""Tests of connections: what each has from the beginning."""

import pytest

from app.store.cipher import sqlcipher
from app.store.connection import KEPT_READY, connect

TRIED = 100


@pytest.fixture
def connection(tmp_path):
    made = connect(tmp_path / "any.fieldquill", "new")
    yield made
    made.close()


def test_few_statements_are_kept_ready(connection):
    """More of them would hold the memory that small things are to come out of."""
    statements = [f"SELECT {number}" for number in range(TRIED)]
    prepared = []
    connection.set_authorizer(lambda *_: prepared.append(1) or sqlcipher.SQLITE_OK)
    for statement in statements:
        connection.execute(statement).fetchall()
    prepared.clear()
    for statement in statements:
        connection.execute(statement).fetchall()
    assert len(prepared) >= TRIED - KEPT_READY
    assert KEPT_READY < TRIED // 10
