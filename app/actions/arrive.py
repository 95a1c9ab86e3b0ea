"""Take a project of another program into a study, or begin a new study with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from app.actions.arriving import additions
from app.actions.create import import_document, new_document
from app.actions.errors import RefusedError
from app.model.kinds import BY_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from app.actions.arrival import Arrival
    from app.actions.unit import Unit
    from app.model.base import Thing
    from app.model.document import StudyDocument

_AT_ONCE = 5_000  # rows written between two times that it is told how far it is


def _now() -> datetime:
    return datetime.now(UTC)


def take_in(
    unit: Unit,
    arrival: Arrival,
    document: StudyDocument,
    into_round: str = "",
    told: Callable[[int, int], object] = lambda _done, _of: None,
) -> str:
    """Add what a project brings to a study, all of it or nothing; what is there already is not doubled.

    Args:
        unit: the work.
        arrival: what was read.
        document: the study as it stands.
        into_round: key of the round its sources go into; see `additions`.
        told: is told now and then how many rows are written, and of how many.

    Raises:
        RefusedError: the study has all of it, or one of its sources with other words, or a value can't be kept.
        NotFoundError: there is no such round.
    """
    if into_round:
        unit.id_of("rounds", into_round)
    lists = additions(document, arrival, into_round).lists()
    if not any(lists.values()):
        raise RefusedError(f"The study has all that is in {arrival.file} already.")
    unit.know("entries")
    done, rows = 0, sum(_rows(thing) for things in lists.values() for thing in things)
    for some, held in (part for things in lists.values() for part in _parts(things)):
        unit.add_many(some)
        done += held
        told(done, rows)
    counts = (_count(len(lists[table]), table.removesuffix("s")) for table in ("sources", "codings"))
    return f"Take in {arrival.file}: {', '.join(counts)}"


def begin_with(
    path: Path,
    passphrase: str,
    arrival: Arrival,
    *,
    rubric: str,
    zone: str = "UTC",
    clock: Callable[[], datetime] = _now,
) -> None:
    """Make a new study file that holds what a project brings; else it is as `create_study` makes it.

    Args:
        path: where; must not exist.
        passphrase: at least eight characters.
        arrival: what was read; the study is called as the project.
        rubric: id of a shipped rubric.
        zone: IANA time zone that times are shown in.
        clock: tells the time, UTC.

    Raises:
        StoreError: the file can't be made (see `app.store.opening.create`).
        UnknownRubricError: no rubric of that id is shipped.
        RefusedError: a value can't be kept.
    """
    document = new_document(arrival.project or path.stem, rubric, zone=zone, now=clock())
    own_rounds = bool(arrival.rounds) and all(source.round for source in arrival.sources)
    if own_rounds:
        document = msgspec.structs.replace(document, rounds=())
    lists = additions(document, arrival, "" if own_rounds else document.rounds[0].key).lists()
    full = {table: (*getattr(document, table), *things) for table, things in lists.items()}
    import_document(path, passphrase, msgspec.structs.replace(document, **full), clock=clock)


def _parts(things: Iterable[Thing]) -> Iterator[tuple[list[Thing], int]]:
    """Part things into those that are written between two times that it is told how far it is; with their rows."""
    some: list[Thing] = []
    held = 0
    for thing in things:
        some.append(thing)
        held += _rows(thing)
        if held >= _AT_ONCE:
            yield some, held
            some, held = [], 0
    if some:
        yield some, held


def _rows(thing: Thing) -> int:
    """Count the rows that a thing is kept in."""
    return 1 + sum(len(getattr(thing, part.field)) for part in BY_TYPE[type(thing)].parts)


def _count(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number} {word}s"
