"""The one map between values and tables: complete, and the same on both sides."""

import enum
import typing

import msgspec
import pytest
from sqlalchemy import Boolean

from app.model import document
from app.model.entities import Entity
from app.model.kinds import BY_TABLE, EVIDENCE_OWNER, KINDS, PART_OWNER, columns, link_table
from app.model.setting import Organisation, SitePolicy, Study

TABLES = Entity.metadata.tables
PROGRAM = {"study", "site_policy", "report_setup", "rubric_levels", "rubric_principles", "rubric_criteria"}
HISTORY = {"audit", "audit_changes", "holder"}
PARTS = [(kind, part) for kind in KINDS for part in kind.parts]


def names(table):
    return {column.name for column in TABLES[table].columns}


def fields(of):
    return {column.name for column in columns(of)} | {"id"}


def test_the_document_holds_each_kind_in_the_order_they_are_written():
    lists = [name for name in document.StudyDocument.__struct_fields__ if name in BY_TABLE]
    assert sorted(lists) == sorted(BY_TABLE)
    others = set(document.StudyDocument.__struct_fields__) - set(lists)
    assert others == {"format", "version", "study", "site_policy", "report"}


def test_every_table_is_a_kind_or_a_part_or_known_to_be_neither():
    assert set(TABLES) == {kind.table for kind in KINDS} | {part.table for _, part in PARTS} | PROGRAM | HISTORY


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_a_kind_and_its_table_have_the_same_columns(kind):
    assert fields(kind.type) | ({"position"} if kind.listed else set()) == names(kind.table)
    lists = {field.name for field in msgspec.structs.fields(kind.type)} - {"id"} - {c.field for c in columns(kind.type)}
    assert lists == {part.field for part in kind.parts}


@pytest.mark.parametrize(("kind", "part"), PARTS, ids=lambda value: getattr(value, "table", None))
def test_a_part_and_its_table_have_the_same_columns(kind, part):
    own = {f"{part.natural[0]}_id", "id"} if part.type is None else fields(part.type)
    owners = set(EVIDENCE_OWNER) if part.table == "evidence" else {part.owner}
    assert own | owners | set(part.inherits) | {"position"} == names(part.table)
    assert part.owner.removesuffix("_id") in {kind.table, kind.table.removesuffix("s"), "entry"}
    if part.type is None:
        assert link_table(part) in BY_TABLE


def test_the_only_rows_have_their_values_columns():
    organisation = {f"organisation_{name}" for name in Organisation.__struct_fields__}
    assert names("study") == set(Study.__struct_fields__) - {"organisation"} | organisation | {"only"}
    assert names("site_policy") == set(SitePolicy.__struct_fields__) | {"id", "only"}


@pytest.mark.parametrize("table", sorted(set(TABLES) - HISTORY))
def test_references_lead_where_the_values_say(table):
    of = BY_TABLE[table].type if table in BY_TABLE else next((p.type for _, p in PARTS if p.table == table), None)
    for column in columns(of) if of else ():
        leads_to = {
            element.column.table.name
            for key in TABLES[table].foreign_key_constraints
            for element in key.elements
            if element.parent.name == column.name
        }
        if column.table:
            of_source = column.name == "speaker_id" and table in {"entries", "originals"}
            expected = "source_participants" if of_source else column.table
            parts = {"rubric_levels", "rubric_principles", "rubric_criteria"} if expected == "rubrics" else set()
            assert leads_to - parts == {expected}
        else:
            assert not leads_to


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_choices_and_flags_are_the_same_on_both_sides(kind):
    hints = typing.get_type_hints(kind.type)
    for column in columns(kind.type):
        kept = TABLES[kind.table].c[column.name]
        assert column.is_bool == isinstance(kept.type, Boolean)
        optional = type(None) in typing.get_args(hints[column.field])
        assert kept.nullable == optional
        arms = typing.get_args(hints[column.field]) or (hints[column.field],)
        choice = next((arm for arm in arms if isinstance(arm, type) and issubclass(arm, enum.Enum)), None)
        assert (list(kept.type.enums) if hasattr(kept.type, "enums") else None) == ([*choice] if choice else None)


def test_what_is_referred_to_is_written_first():
    place = {kind.table: number for number, kind in enumerate(KINDS)} | dict.fromkeys(PROGRAM, -1)
    place |= {"entries": place["sources"], "questions": place["guides"]}
    for kind in KINDS:
        for of in (kind.type, *(part.type for part in kind.parts if part.type)):
            for column in columns(of):
                # a code may stand under a later one: a document is checked whole first
                assert not column.table or place[column.table] <= place[kind.table]
                assert column.table != kind.table or column.field == "parent"


def test_each_part_is_read_with_its_owner():
    assert set(PART_OWNER) | {"evidence"} == {part.table for _, part in PARTS}
    assert set(EVIDENCE_OWNER.values()) == {kind.table for kind, part in PARTS if part.table == "evidence"}
