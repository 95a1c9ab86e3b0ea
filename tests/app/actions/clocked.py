"""When the actions of these tests happen, and checks that an action can be undone and done again, whole."""

from datetime import UTC, datetime

from app.actions import verify
from app.model.read import read_document

START = datetime(2022, 11, 8, 9, 0, tzinfo=UTC)


def done(study, action, *arguments, **named):
    """Run an action, take it back and do it again: the study is what it was, and what it became; returns its label."""
    before = study.document
    changes = study.do(action, *arguments, **named)
    after = study.document
    assert after == read_document(study.file.connection)
    if changes.seq is not None:
        study.undo()
        assert study.document == before
        study.redo()
    assert study.document == after
    assert list(verify.problems(study.file.connection)) == []
    return changes.label


def of(study, table, key):
    return next((thing for thing in getattr(study.document, table) if thing.key == key), None)


def check_undo(study, action, *arguments, **named):
    """Run an action and take it back: the document is what it was, and then again what it became."""
    before = study.document
    changes = study.do(action, *arguments, **named)
    after = study.document
    assert after != before
    assert study.document == read_document(study.file.connection)
    study.undo()
    assert study.document == before
    study.redo()
    assert study.document == after
    assert list(verify.problems(study.file.connection)) == []
    return changes
