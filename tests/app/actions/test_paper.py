"""Numbering the sheets that are printed: highest + 1, and no number twice."""

from datetime import UTC, datetime

import pytest

from app.actions import things, verify
from app.actions.errors import NotFoundError, RefusedError
from app.actions.paper import MOST_COPIES, issue_sheet, next_number
from app.model.source import PaperSheet, SheetKind
from app.store.errors import OpenedReadOnly

AT = datetime(2022, 10, 13, 8, 0, tzinfo=UTC)


def sheets(study):
    return [(sheet.key, sheet.number) for sheet in study.document.sheets]


def last(study):
    return study.document.sheets[-1]


def test_a_sheet_gets_the_number_after_the_highest(study):
    assert sheets(study) == [("s1", 1)]
    changes = study.do(issue_sheet, SheetKind.INTERVIEW, "i1", printed_at=AT)
    assert (changes.label, changes.tables, changes.key_of("sheets")) == ("Print interview sheet 2", {"sheets"}, "s2")
    found = last(study)
    assert (found.number, found.kind, found.source, found.case) == (2, SheetKind.INTERVIEW, "i1", None)
    assert found.printed_at == AT
    assert list(verify.problems(study.file.connection)) == []


def test_a_rubric_sheet_is_of_a_case_and_printed_now_by_default(study):
    before = datetime.now(UTC)
    assert study.do(issue_sheet, SheetKind.RUBRIC, case="c1").label == "Print rubric sheet 2"
    found = last(study)
    assert (found.kind, found.source, found.case) == (SheetKind.RUBRIC, None, "c1")
    assert before.replace(microsecond=0) <= found.printed_at <= datetime.now(UTC)


def test_copies_each_have_a_number_and_are_one_action(study):
    assert study.do(issue_sheet, SheetKind.INTERVIEW, copies=3).label == "Print interview sheets 2 to 4"
    assert sheets(study) == [("s1", 1), ("s2", 2), ("s3", 3), ("s4", 4)]
    study.undo()
    assert sheets(study) == [("s1", 1)]


def test_a_number_that_was_taken_back_or_removed_is_never_given_again(study):
    study.do(issue_sheet, SheetKind.INTERVIEW)
    study.undo()
    assert next_number(study) == 3, "the paper may have been printed"
    study.do(issue_sheet, SheetKind.INTERVIEW)
    assert sheets(study) == [("s1", 1), ("s3", 3)]
    study.do(things.remove, "sheets", "s3")
    assert next_number(study) == 4


def test_the_first_sheet_of_a_study_is_number_one(study):
    study.do(things.remove, "sheets", "s1")
    study.file.connection.execute("UPDATE audit_changes SET row_before = NULL, row_after = NULL")
    assert next_number(study) == 1
    study.do(issue_sheet, SheetKind.INTERVIEW)
    assert sheets(study) == [("s1", 1)]


def test_a_key_that_is_taken_is_no_obstacle(study):
    study.do(things.add, PaperSheet(key="s9", number=8))
    study.do(issue_sheet, SheetKind.INTERVIEW)
    assert sheets(study)[-1] == ("s9-2", 9)


@pytest.mark.parametrize("copies", [0, -1, MOST_COPIES + 1])
def test_more_or_less_than_can_be_printed_at_once_is_refused(study, copies):
    with pytest.raises(RefusedError, match="between 1 and 99 copies"):
        study.do(issue_sheet, SheetKind.INTERVIEW, copies=copies)
    assert next_number(study) == 2


def test_what_the_study_does_not_hold_is_refused(study):
    with pytest.raises(NotFoundError, match='no source "gone"'):
        study.do(issue_sheet, SheetKind.INTERVIEW, "gone")
    with pytest.raises(NotFoundError, match='no case "gone"'):
        study.do(issue_sheet, SheetKind.RUBRIC, case="gone")
    assert next_number(study) == 2


def test_the_next_number_can_be_read_where_nothing_can_be_written(study):
    from app.actions.open_study import OpenStudy

    with OpenStudy.open(study.path, "correct horse battery", read_only=True) as reading:
        assert next_number(reading) == 2
        with pytest.raises(OpenedReadOnly):
            reading.do(issue_sheet, SheetKind.INTERVIEW)
