"""Read a study into frozen values, by plain SQL on an open connection.

Reading goes past SQLAlchemy on purpose: importing it takes twice as long as showing an empty window, and a study is
always read before it is first changed. The names in the SQL come from `kinds`, and a test holds them to the tables.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from app.model.disclosure import USUAL_SETUP, ReportSetup
from app.model.document import StudyDocument
from app.model.kinds import KINDS, Column, Kind, Part, columns, link_table
from app.model.setting import Organisation, SitePolicy, Study
from app.model.source import Entry, Original

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.model.base import Thing


_LINES = {"entries": Entry, "originals": Original}
_PLACE = itemgetter(-2, -1)  # of a row that was read with its place: the position, then the id


class Connection(Protocol):
    """What reading needs of a database connection."""

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> Any:
        """Run one statement and return its cursor."""


def read_document(connection: Connection) -> StudyDocument:
    """Read the whole study; at best inside a transaction, so that it is one state.

    Raises:
        ValidationError, KeyError: a row holds, or refers to, what no action writes.
    """
    reader = Reader(connection)
    parts = {kind.table: reader.read(kind) for kind in KINDS}
    return StudyDocument(
        format="fieldquill-study",
        version=1,
        study=read_study(connection),
        site_policy=read_policy(connection),
        report=read_setup(connection),
        **parts,  # type: ignore[arg-type]
    )


def read_study(connection: Connection) -> Study:
    """Read the study's own particulars."""
    row = _one(
        connection,
        "study",
        [f for f in Study.__struct_fields__ if f != "organisation"]
        + [f"organisation_{field}" for field in Organisation.__struct_fields__],
    )
    organisation = {field: row.pop(f"organisation_{field}") for field in Organisation.__struct_fields__}
    return msgspec.convert({**row, "organisation": organisation}, Study)


def read_policy(connection: Connection) -> SitePolicy:
    """Read what the site allows."""
    return msgspec.convert(_one(connection, "site_policy", list(SitePolicy.__struct_fields__)), SitePolicy)


def read_setup(connection: Connection) -> ReportSetup:
    """Read how the report was last set up; the usual one is one and the same value, which documents leave out."""
    row = _one(connection, "report_setup", list(ReportSetup.__struct_fields__))
    found = msgspec.convert({**row, "protected": bool(row["protected"])}, ReportSetup)
    return USUAL_SETUP if found == USUAL_SETUP else found


def _one(connection: Connection, table: str, names: list[str]) -> dict[str, Any]:
    row = connection.execute(f"SELECT {_quoted(names)} FROM {table}").fetchone()  # noqa: S608 - names are ours
    if row is None:
        raise KeyError(table)
    return dict(zip(names, row, strict=True))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


class Reader:
    """Reads kinds of things, remembering the keys that ids stand for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: dict[str, _Keys] = {}

    def read(self, kind: Kind, only: frozenset[str] | None = None) -> tuple[Thing, ...]:
        """Read all things of a kind, or those with the ids in `only`, in the study's order."""
        parts = [(part, self._read_part(part, only)) for part in kind.parts]
        things = []
        for row_id, fields in self._rows(kind.table, kind.type, only=only, order=kind.listed):
            for part, by_owner in parts:
                fields[part.field] = by_owner.get(row_id, ())
            things.append(msgspec.convert(fields, kind.type))
        if not kind.listed:
            things.sort(key=kind.sort_key)
        return tuple(things)

    def place(self, table: str, thing: Thing) -> tuple[float, str]:
        """Read what a thing of a list is sorted by."""
        found = self._connection.execute(f"SELECT position, id FROM {table} WHERE id = ?", (str(thing.id),))  # noqa: S608
        position, row_id = found.fetchone()
        return float(position), str(row_id)

    def line(self, table: str, row: Mapping[str, Any]) -> Any:
        """Make a line of notes from its row in `entries` or `originals`."""
        of = _LINES[table]
        fields = {spec.field: _read_cell(spec, self._known(spec), row[spec.name]) for spec in columns(of)}
        return msgspec.convert({"id": row["id"], **fields}, of)

    def line_above(self, table: str, row: Mapping[str, Any]) -> str:
        """Read the key of the line before another in its source; empty where it is the first."""
        found = self._connection.execute(
            f"SELECT key FROM {table} WHERE source_id = ? AND (position, id) < (?, ?) "  # noqa: S608 - names are ours
            "ORDER BY position DESC, id DESC LIMIT 1",
            (row["source_id"], row["position"], row["id"]),
        ).fetchone()
        return str(found[0]) if found else ""

    def _read_part(self, part: Part, only: frozenset[str] | None) -> dict[str, list[Any]]:
        by_owner: dict[str, list[Any]] = {}
        if part.type is None:
            keys = self._keys_of(link_table(part), few=only is not None)
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
        keys = [self._known(spec, few=only is not None) for spec in specs]
        names = [owner, "id", *(spec.name for spec in specs)]
        called = ["id", *(spec.field for spec in specs)]
        odd = [(s.field, s, known) for s, known in zip(specs, keys, strict=True) if s.table or s.is_bool]
        for owner_id, *cells in self._select(table, names, owner, only, order=order):
            fields: dict[str, Any] = dict(zip(called, cells, strict=True))
            for field, spec, known in odd:
                fields[field] = _read_cell(spec, known, fields[field])
            yield owner_id, fields

    def _select(
        self, table: str, names: Iterable[str], owner: str, only: frozenset[str] | None, *, order: bool = True
    ) -> Iterable[Any]:
        """Select rows; put in their order here, since SQLCipher locks and wipes memory anew for each row it sorts."""
        chosen = "IS NOT NULL" if only is None else f"IN ({', '.join('?' * len(only))})"
        wanted = _quoted((*names, "position", "id") if order else names)
        sql = f'SELECT {wanted} FROM {table} WHERE "{owner}" {chosen}'  # noqa: S608 - names are ours
        found = self._connection.execute(sql, tuple(only or ()))
        return (row[:-2] for row in sorted(found, key=_PLACE)) if order else found

    def _known(self, spec: Column, *, few: bool = True) -> Mapping[str, str]:
        return self._keys_of(spec.table, few=few) if spec.table else {}

    def _keys_of(self, table: str, *, few: bool) -> _Keys:
        """Give the keys of a table's rows by their ids: all read at once, or each when it is asked for."""
        if table not in self._keys:
            self._keys[table] = _Keys(self._connection, table)
        if not few:
            self._keys[table].read_all()
        return self._keys[table]


class _Keys(dict[str, str]):
    """Keys by id, read when they are first wanted."""

    def __init__(self, connection: Connection, table: str) -> None:
        super().__init__()
        self._connection = connection
        self._table = table
        self._complete = False

    def read_all(self) -> None:
        """Read all of them at once."""
        if not self._complete:
            self.update(self._connection.execute(f"SELECT id, key FROM {self._table}").fetchall())  # noqa: S608
            self._complete = True

    def __missing__(self, row_id: str) -> str:
        """Read one; KeyError where there is no such row."""
        found = None
        if not self._complete:
            query = f"SELECT key FROM {self._table} WHERE id = ?"  # noqa: S608 - names are ours
            found = self._connection.execute(query, (row_id,)).fetchone()
        if found is None:
            raise KeyError(row_id)
        self[row_id] = str(found[0])
        return self[row_id]


def _read_cell(column: Column, keys: Mapping[str, str], cell: Any) -> Any:
    if column.table and cell is not None:
        return keys[cell]
    return bool(cell) if column.is_bool else cell
