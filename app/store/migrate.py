"""Bring a study's tables up to date with Alembic: inside the encrypted file, in one transaction, after a backup."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config

from app.store import inspection
from app.store.engine import engine_on
from app.store.errors import NotWritten

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def build(connection: Any, *, migrations: Path = MIGRATIONS) -> None:
    """Give an empty database the newest schema."""
    with engine_on(connection).begin() as transaction:
        _run(transaction, migrations)


def upgrade(
    connection: Any,
    path: Path,
    version: int,
    on_upgrade: Callable[[Any, int], None] | None,
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
        with engine_on(connection).begin() as transaction:
            _run(transaction, migrations)
            if on_upgrade is not None:
                on_upgrade(connection, version)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise NotWritten(f"{path.name} could not be brought up to date; it stays as it was.")
    except (sqlcipher.Error, OSError) as problem:
        raise NotWritten(f"{path.name} could not be brought up to date ({problem}); it stays as it was.") from None
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def back_up(connection: Any, path: Path, why: str) -> Path:
    """Write a copy beside the study, under the same passphrase; its name says when and why."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.stem}.backup-{why}-{stamp}{path.suffix}")
    draft = target.with_name(f"{target.name}.part")
    inspection.remove_study(draft)
    connection.execute("VACUUM INTO ?", (str(draft),))
    inspection.flush_to_disk(draft)
    draft.replace(target)
    return target


def _run(connection: Connection, migrations: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
