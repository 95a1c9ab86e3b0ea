"""Read a study into frozen values, by plain SQL on an open connection.

Reading goes past SQLAlchemy on purpose: importing it takes twice as long as showing an empty window, and a study is
always read before it is first changed. The names in the SQL come from `kinds`, and a test holds them to the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from app.model.document import StudyDocument
from app.model.kinds import BY_TABLE, KINDS, Column, Kind, Part, columns, link_table
from app.model.setting import Organisation, SitePolicy, Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.model.base import Thing


class Connection(Protocol):
    """What reading needs of a database connection."""

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> Any:
        """Run one statement and return its cursor."""


def read_document(connection: Connection) -> StudyDocument:
    """Read the whole study; at best inside a transaction, so that it is one state.

    Raises:
        ValidationError, KeyError: a row holds, or refers to, what no action writes.
    """
    reader = _Reader(connection)
    parts = {kind.table: reader.read(kind) for kind in KINDS}
    return StudyDocument(
        format="fieldquill-study",
        version=1,
        study=_read_study(connection),
        site_policy=_read_policy(connection),
        **parts,  # type: ignore[arg-type]
    )


def refresh(
    document: StudyDocument,
    connection: Connection,
    tables: Iterable[str],
    *,
    only_sources: frozenset[str] | None = None,
) -> StudyDocument:
    """Read again only the kinds kept in `tables`, and keep the rest of the document as it is.

    Args:
        document: the study as it was read before.
        connection: the open study.
        tables: which kinds changed.
        only_sources: ids of the sources to read again where the others are known to be as they were.
    """
    reader = _Reader(connection)
    fresh: dict[str, Any] = {}
    for table in tables:
        if table == "study":
            fresh["study"] = _read_study(connection)
        elif table == "site_policy":
            fresh["site_policy"] = _read_policy(connection)
        elif table == "sources" and only_sources is not None:
            changed = {source.id: source for source in reader.read(BY_TABLE[table], only_sources)}
            fresh[table] = tuple(changed.get(source.id, source) for source in document.sources)
        else:
            fresh[table] = reader.read(BY_TABLE[table])
    return msgspec.structs.replace(document, **fresh)


def _read_study(connection: Connection) -> Study:
    row = _one(
        connection,
        "study",
        [f for f in Study.__struct_fields__ if f != "organisation"]
        + [f"organisation_{field}" for field in Organisation.__struct_fields__],
    )
    organisation = {field: row.pop(f"organisation_{field}") for field in Organisation.__struct_fields__}
    return msgspec.convert({**row, "organisation": organisation}, Study)


def _read_policy(connection: Connection) -> SitePolicy:
    return msgspec.convert(_one(connection, "site_policy", list(SitePolicy.__struct_fields__)), SitePolicy)


def _one(connection: Connection, table: str, names: list[str]) -> dict[str, Any]:
    row = connection.execute(f"SELECT {_quoted(names)} FROM {table}").fetchone()  # noqa: S608 - names are ours
    if row is None:
        raise KeyError(table)
    return dict(zip(names, row, strict=True))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


class _Reader:
    """Reads kinds of things, remembering the keys that ids stand for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: dict[str, dict[str, str]] = {}

    def read(self, kind: Kind, only: frozenset[str] | None = None) -> tuple[Thing, ...]:
        """Read all things of a kind, or those with the ids in `only`, in the study's order."""
        parts = [(part, self._read_part(part, only)) for part in kind.parts]
        things = []
        for row_id, fields in self._rows(kind.table, kind.type, only=only, order=kind.listed):
            for part, by_owner in parts:
                fields[part.field] = by_owner.get(row_id, ())
            things.append(msgspec.convert(fields, kind.type))
        if not kind.listed:
            things.sort(key=lambda thing: tuple(getattr(thing, field) or "" for field in kind.natural))
        return tuple(things)

    def _read_part(self, part: Part, only: frozenset[str] | None) -> dict[str, list[Any]]:
        by_owner: dict[str, list[Any]] = {}
        if part.type is None:
            keys = self._keys_of(link_table(part))
            for owner, target in self._select(part.table, [part.owner, f"{part.natural[0]}_id"], part.owner, only):
                by_owner.setdefault(owner, []).append(keys[target])
            return by_owner
        for owner, fields in self._rows(part.table, part.type, owner=part.owner, only=only):
            by_owner.setdefault(owner, []).append(fields)
        return by_owner

    def _rows(
        self,
        table: str,
        of: type[Thing],
        *,
        owner: str = "id",
        only: frozenset[str] | None,
        order: bool = True,
    ) -> Iterable[tuple[str, dict[str, Any]]]:
        specs = columns(of)
        keys = [self._keys_of(spec.table) if spec.table else {} for spec in specs]
        names = [owner, "id", *(spec.name for spec in specs)]
        for owner_id, row_id, *cells in self._select(table, names, owner, only, order=order):
            fields: dict[str, Any] = {"id": row_id}
            for spec, known, cell in zip(specs, keys, cells, strict=True):
                fields[spec.field] = _read_cell(spec, known, cell)
            yield owner_id, fields

    def _select(
        self, table: str, names: Iterable[str], owner: str, only: frozenset[str] | None, *, order: bool = True
    ) -> Iterable[Any]:
        chosen = "IS NOT NULL" if only is None else f"IN ({', '.join('?' * len(only))})"
        sql = f'SELECT {_quoted(names)} FROM {table} WHERE "{owner}" {chosen}'  # noqa: S608 - names are ours
        found: Iterable[Any] = self._connection.execute(
            sql + (" ORDER BY position, id" if order else ""), tuple(only or ())
        )
        return found

    def _keys_of(self, table: str) -> dict[str, str]:
        if table not in self._keys:
            self._keys[table] = dict(self._connection.execute(f"SELECT id, key FROM {table}").fetchall())  # noqa: S608
        return self._keys[table]


def _read_cell(column: Column, keys: dict[str, str], cell: Any) -> Any:
    if column.table and cell is not None:
        return keys[cell]
    return bool(cell) if column.is_bool else cell
