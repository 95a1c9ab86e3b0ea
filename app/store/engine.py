"""SQLAlchemy on the one connection a study is open by: every transaction takes the write lock at once."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.pool import StaticPool

from app.store.cipher import sqlcipher
from app.store.failures import unwritten

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@contextlib.contextmanager
def transaction(engine: Engine, name: str, what: str = "the change") -> Iterator[Connection]:
    """Run one transaction; all of it is kept at the end of the block, or nothing.

    Args:
        engine: on the open study.
        name: the study file's, for errors.
        what: is being saved, for errors.

    Raises:
        NotWritten: it could not be saved.
        Damaged: a page it needs is not what was written.
        IntegrityError: a constraint forbids it; SQLAlchemy's own, for the caller to put into words.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except exc.DBAPIError as problem:
        _take_back(engine)
        if isinstance(problem, exc.IntegrityError):
            raise
        raise unwritten(problem.orig, name, what) from None


def _take_back(engine: Engine) -> None:
    """Roll back what may still be open: a commit that a deferred foreign key refuses does not end its transaction."""
    with contextlib.closing(engine.raw_connection()) as connection:
        connection.rollback()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
