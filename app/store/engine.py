"""SQLAlchemy on the one connection a study is open by: every transaction takes the write lock at once."""

from __future__ import annotations

from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool


def engine_on(connection: Any) -> Engine:
    """Wrap an open, keyed connection.

    The connection is made elsewhere so that the key never gets into a URL; `hide_parameters` keeps notes out of
    exception texts.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: connection,
        module=sqlcipher,
        poolclass=StaticPool,
        pool_reset_on_return=None,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
