"""What became of one row, read from the audit trail: who changed which field to what."""

from app.actions import things
from app.actions.row_history import told
from app.model.setting import Case

FIELDS = {"name": "Name", "summary": "Summary"}


def test_each_change_of_the_fields_asked_for_is_told(study):
    study.work_as(study.document.assessors[0].key)
    study.do(things.add, Case(key="new", name="Paint"))
    row = next(each for each in study.document.cases if each.key == "new").id
    study.do(things.change, Case(key="new", name="Paint", summary="Finds scratches"))
    study.do(things.change, Case(key="new", name="Paint", summary="Finds scratches", status="Pilot"))
    study.do(things.change, Case(key="new", name="Paint"))
    steps = told(study, "cases", row, FIELDS)
    assert [step.words for step in steps] == [
        ("Name: Paint",),
        ("Summary: Finds scratches",),
        ("Summary taken back: Finds scratches",),
    ]
    assert {step.who for step in steps} == {study.document.assessors[0].key}
    assert all(step.at.tzinfo is not None for step in steps)


def test_what_came_with_the_study_has_no_history(study):
    assert told(study, "cases", study.document.cases[0].id, FIELDS) == ()
    assert told(study, "cases", None, FIELDS) == ()
