"""Bring a study's tables up to date with Alembic: inside the encrypted file, in one transaction, after a backup."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from app.store import inspection
from app.store.cipher import sqlcipher
from app.store.engine import engine_on, transaction
from app.store.errors import NotWritten

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def build(connection: Any, name: str, *, migrations: Path = MIGRATIONS) -> None:
    """Give an empty database the newest schema.

    Raises:
        NotWritten: it could not be written.
    """
    with transaction(engine_on(connection), name, "the study") as inside:
        _run(inside, migrations)


def upgrade(
    connection: Any,
    path: Path,
    version: int,
    on_upgrade: Callable[[Connection, int], None] | None,
    *,
    migrations: Path = MIGRATIONS,
) -> None:
    """Back the file up beside itself, then migrate it; on any failure it stays as it was.

    Raises:
        NotWritten: the backup or the migration could not be written.
    """
    try:
        back_up(connection, path, f"version-{version}")
        connection.execute("PRAGMA foreign_keys = OFF")  # tables are rebuilt; checked before the commit
        with engine_on(connection).begin() as inside:
            _run(inside, migrations)
            if on_upgrade is not None:
                on_upgrade(inside, version)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise NotWritten(f"{path.name} could not be brought up to date: it would dangle. It stays as it was.")
    except (sqlcipher.Error, SQLAlchemyError, CommandError, OSError) as problem:
        cause = type(getattr(problem, "orig", None) or problem).__name__
        raise NotWritten(f"{path.name} could not be brought up to date ({cause}); it stays as it was.") from None
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def back_up(connection: Any, path: Path, why: str) -> Path:
    """Write a copy beside the study, under the same passphrase; its name says when and why.

    Raises:
        OSError, sqlcipher3's Error: it can't be written; nothing is left of it.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.stem}.backup-{why}-{stamp}{path.suffix}")
    draft = target.with_name(f"{target.name}.part")
    try:
        inspection.remove_study(draft)
        connection.execute("VACUUM INTO ?", (str(draft),))
        inspection.put_in_place(draft, target)
    finally:
        with contextlib.suppress(OSError):
            inspection.remove_study(draft)
    return target


def _run(connection: Connection, migrations: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
