"""Begin a study: a new one, or one brought in whole from a document; a file stands at the end, or none at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from app.actions.errors import RefusedError
from app.actions.factors import STANDARD_FACTORS
from app.actions.shorthands import STANDARD_SHORTHANDS
from app.disclosure.profiles import STANDARD_PROFILES
from app.model.assessment import FrozenRubric
from app.model.document import StudyDocument
from app.model.kinds import KINDS
from app.model.setting import Organisation, Round, Study
from app.rubric import library
from app.rubric.load import decode_frozen
from app.store.opening import create

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.actions.unit import Unit


def _now() -> datetime:
    return datetime.now(UTC)


def create_study(
    path: Path,
    passphrase: str,
    *,
    title: str,
    rubric: str,
    organisation: str = "",
    zone: str = "UTC",
    clock: Callable[[], datetime] = _now,
) -> None:
    """Make a new study file: one rubric, a first round, the method's factors, standard shorthands and profiles.

    Args:
        path: where; must not exist.
        passphrase: at least eight characters.
        title: what the study is called.
        rubric: id of a shipped rubric.
        organisation: its name in the study, usually a pseudonym.
        zone: IANA time zone that times are shown in.
        clock: tells the time, UTC.

    Raises:
        StoreError: the file can't be made (see `app.store.opening.create`).
        UnknownRubricError: no rubric of that id is shipped.
        RefusedError: the title is empty.
    """
    document = new_document(title, rubric, organisation=organisation, zone=zone, now=clock())
    import_document(path, passphrase, document, action="create.study", clock=clock)


def new_document(title: str, rubric: str, *, organisation: str = "", zone: str = "UTC", now: datetime) -> StudyDocument:
    """Give what a new study holds; see `create_study`.

    Raises:
        UnknownRubricError, RefusedError: as there.
    """
    if not title.strip():
        raise RefusedError("A study needs a title.")
    return StudyDocument(
        format="fieldquill-study",
        version=1,
        study=Study(
            id=uuid4(),
            title=title.strip(),
            organisation=Organisation(name=organisation.strip() or "Organisation"),
            zone=zone,
            created_at=now.replace(microsecond=0),
        ),
        rubrics=(freeze(FrozenRubric(key=rubric)),),
        rounds=(Round(key="r1", name="Round 1"),),
        factors=STANDARD_FACTORS,
        shorthands=STANDARD_SHORTHANDS,
        profiles=STANDARD_PROFILES,
    )


def import_document(
    path: Path,
    passphrase: str,
    document: StudyDocument,
    *,
    action: str = "create.import",
    clock: Callable[[], datetime] = _now,
) -> None:
    """Make a study file that holds what a document says.

    Raises:
        StoreError: the file can't be made (see `app.store.opening.create`).
        RefusedError, NotFoundError: the document contradicts itself.
    """

    def fill(connection: Any) -> None:
        from app.store import migrate

        migrate.build(connection, path.name)
        _write(connection, path.name, document, action, clock())

    create(path, passphrase, fill)


def freeze(rubric: FrozenRubric) -> FrozenRubric:
    """Give a rubric its full text, from those we ship, where a document left it out.

    Raises:
        UnknownRubricError: it has no text and we ship none of that id.
        RubricError: its text is no rubric.
    """
    text = rubric.text or library.text(rubric.key)
    version = decode_frozen(text, rubric.key).version
    return FrozenRubric(id=rubric.id, key=rubric.key, version=version, text=text)


def _write(connection: Any, name: str, document: StudyDocument, action: str, now: datetime) -> None:
    from sqlalchemy import exc

    from app.actions import trail
    from app.actions.audit import squeezed
    from app.actions.bulk import without_collecting
    from app.actions.errors import refusal
    from app.actions.unit import Unit, derived_ids
    from app.store.engine import engine_on, transaction

    try:
        with without_collecting(), transaction(engine_on(connection), name, "the study") as inside:
            unit = Unit(inside, now=now, new_id=derived_ids(document.study.id))
            _fill(unit, document)
            label = "Create the study" if action == "create.study" else "Import the study"
            fields = trail.describe(now, action, label, subject=f"study/{document.study.id}")
            trail.record(inside, fields, squeezed(unit.changes), keep_rows=False)
    except exc.IntegrityError as problem:
        raise RefusedError(refusal(str(problem.orig))) from None


def _fill(unit: Unit, document: StudyDocument) -> None:
    from app.actions.setting import policy_row, setup_row, study_row
    from app.actions.values import checked

    study = checked(document.study)
    unit.insert("study", {**study_row(study), "id": str(study.id), "only": 1})
    policy_id = unit.made_id("site_policy", "only")
    unit.insert("site_policy", {**policy_row(document.site_policy), "id": policy_id, "only": 1})
    unit.insert("report_setup", {**setup_row(document.report), "id": unit.made_id("report_setup", "only"), "only": 1})
    for kind in KINDS:
        if kind.table == "rubrics":
            for rubric in document.rubrics:
                freeze_into(unit, freeze(rubric))
            continue
        things = getattr(document, kind.table)
        unit.expect(kind, things)
        unit.add_many(things)


def freeze_into(unit: Unit, frozen: FrozenRubric) -> None:
    """Write a rubric, and the names of its parts for others to refer to."""
    rubric_id = unit.add(frozen)
    rubric = decode_frozen(frozen.text, frozen.key)
    for position, level in enumerate(rubric.levels, 1):
        unit.insert("rubric_levels", _named(unit, "rubric_levels", rubric_id, level.id, position))
    for position, principle in enumerate(rubric.principles, 1):
        row = _named(unit, "rubric_principles", rubric_id, principle.id, position)
        unit.insert("rubric_principles", row)
        for place, criterion in enumerate(principle.criteria, 1):
            named = _named(unit, "rubric_criteria", rubric_id, criterion.id, place)
            unit.insert("rubric_criteria", {**named, "principle_id": row["id"]})


def _named(unit: Unit, table: str, rubric_id: str, key: str, position: int) -> dict[str, Any]:
    row_id = unit.made_id(table, f"{rubric_id}/{key}")
    return {"id": row_id, "rubric_id": rubric_id, "key": key, "position": float(position)}
