"""What the audit trail says of itself: counts, days and a hash, and never a word that somebody typed."""

from datetime import UTC, datetime

import pytest

from app.actions import notes, things
from app.actions.audit_digest import audit_digest
from app.model.setting import Case
from app.model.source import Entry
from app.report.snapshot import AuditDigest

CANARY = "Zacharias"


@pytest.fixture
def worked_on(timed, clock):
    """Two days' work: a case, a line of notes, and something taken back and done again."""
    clock.forward(days=1)
    timed.do(things.add, Case(key="c3", name=CANARY))
    timed.do(notes.write, "m1", [notes.SetEntry(Entry(key="m1-1", text=CANARY))])
    clock.forward(days=2)
    timed.do(things.remove, "cases", "c3")
    timed.undo()
    timed.redo()
    return timed


def rows(study):
    return list(study.file.connection.execute("SELECT hash, at FROM audit ORDER BY seq"))


def test_it_counts_what_was_done_and_ends_in_the_chain(worked_on):
    found = audit_digest(worked_on)
    assert found.actions == len(rows(worked_on)) == sum(number for _, number in found.kinds)
    assert found.digest == rows(worked_on)[-1][0]
    kinds = dict(found.kinds)
    assert kinds["cases"] == 2
    assert kinds["lines of notes"] == 1
    assert kinds["taken back"] == kinds["done again"] == 1
    assert [number for _, number in found.kinds] == sorted(kinds.values(), reverse=True)


def test_days_are_those_of_the_studys_own_clock(worked_on, clock):
    found = audit_digest(worked_on)
    assert found.first == "2022-11-09"
    assert worked_on.document.study.zone == "Europe/Berlin"
    clock.now = datetime(2099, 12, 31, 23, 30, tzinfo=UTC)
    worked_on.do(things.remove, "cases", "c2")
    assert audit_digest(worked_on).last == "2100-01-01"


def test_nothing_typed_is_in_it(worked_on):
    assert CANARY not in repr(audit_digest(worked_on))


def test_it_says_whether_the_study_is_as_the_trail_says(worked_on):
    assert audit_digest(worked_on).sound is True
    assert audit_digest(worked_on, check=False).sound is None
    worked_on.file.connection.execute("UPDATE cases SET name = 'Other' WHERE key = 'c1'")
    assert audit_digest(worked_on).sound is False


def test_a_study_whose_trail_was_cut_off_has_no_days(study):
    study.file.connection.execute("DELETE FROM audit_changes")
    study.file.connection.execute("DELETE FROM audit")
    found = audit_digest(study)
    assert found == AuditDigest(0, "", "", "0" * 64, (), sound=False)
