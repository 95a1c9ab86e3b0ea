"""Many rows at once are the same rows, in the same trail, as one by one."""

import gc
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import Float

from app.actions import audit, create, things, verify
from app.actions.audit import canonical, row_text
from app.actions.bulk import without_collecting
from app.actions.create import import_document
from app.actions.errors import RefusedError
from app.actions.open_study import OpenStudy
from app.actions.unit import Unit
from app.model.entities import Entity
from app.model.evidence import Code, Passage, Span
from app.model.source import Entry, Source
from tests.app.actions.clocked import START
from tests.bench.test_refi import large
from tests.clock import Clock
from tests.documents import documents, example

PASSPHRASE = "correct horse battery"
TABLES = [name for name in Entity.metadata.tables if name != "holder"]


def one_by_one(unit, many):
    for thing in many:
        unit.add(thing)


def rows_of(path, names=TABLES):
    with OpenStudy.open(path, PASSPHRASE, read_only=True) as study:
        read = study.file.connection.execute
        return {name: sorted(map(repr, read(f"SELECT * FROM {name}").fetchall())) for name in names}


def made(document, path, monkeypatch=None):
    path.unlink(missing_ok=True)
    import_document(path, PASSPHRASE, document, clock=Clock(START))
    return rows_of(path)


def test_the_example_is_the_same_study_row_by_row(tmp_path, quick_keys, monkeypatch):
    at_once = made(example(), tmp_path / "a.fieldquill")
    monkeypatch.setattr(Unit, "add_many", one_by_one)
    assert made(example(), tmp_path / "b.fieldquill") == at_once
    assert len(at_once["audit_changes"]) > 50


def test_a_large_study_is_the_same_row_by_row(tmp_path, quick_keys, monkeypatch):
    """So many rows of each kind that they go in by one statement."""
    at_once = made(large(8), tmp_path / "a.fieldquill")
    monkeypatch.setattr(Unit, "add_many", one_by_one)
    assert made(large(8), tmp_path / "b.fieldquill") == at_once
    assert min(len(at_once[name]) for name in ("entries", "passages", "spans", "codings", "audit_changes")) >= 80


@settings(max_examples=6)
@given(document=documents(most=3))
def test_made_up_studies_are_the_same_row_by_row(document, tmp_path_factory, quick_keys):
    folder = tmp_path_factory.mktemp("bulk")
    at_once = made(document, folder / "a.fieldquill")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Unit, "add_many", one_by_one)
        assert made(document, folder / "b.fieldquill") == at_once


def many(unit, number=120):
    """Add sources with entries, passages and codes, more than go into one statement's worth of anything small."""
    unit.add_many(Code(key=f"k{n}", name=f"K {n}", parent=f"k{n - 1}" if n % 3 else None) for n in range(number))
    lines = tuple(Entry(key=f"x-{n}", text=f"line {n} of it", uncertain=n % 2 == 0) for n in range(number))
    unit.add_many([Source(key="x", title="X", round="r1", entries=lines)])
    unit.add_many(
        Passage(key=f"x-p{n}", source="x", words="line", spans=(Span(entry=f"x-{n}", start=0, end=4),))
        for n in range(number)
    )
    return "Add many"


def test_many_are_one_step_that_can_be_undone_and_done_again(study):
    before = study.document
    study.do(many)
    after = study.document
    assert [entry.key for entry in after.sources[-1].entries] == [f"x-{n}" for n in range(120)]
    assert [code.key for code in after.codes[-120:]] == [f"k{n}" for n in range(120)]
    study.undo()
    assert study.document == before
    study.redo()
    assert study.document == after
    assert list(verify.problems(study.file.connection)) == []


def test_what_is_added_after_stands_behind(study):
    study.do(many)
    study.do(things.add, Code(key="last", name="Last"))
    assert study.document.codes[-1].key == "last"


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (Code(key="k1", name=""), "The name can't be kept: it can't be empty."),
        (Code(key="k1", name="a\0b"), "The name holds a character that can't be kept."),
        (Code(key="k1", name="a\ud800b"), "The name holds a character that can't be kept."),
        (Code(key="tools", name="Again"), "The study has that already."),
        (
            Passage(key="p9", source="m1", words="canary", spans=(Span(entry="m1-1", start=0, end=7),)),
            "A passage's stretches must lie within their lines, and not over each other.",
        ),
        (
            Passage(
                key="p9",
                source="m1",
                words="canary",
                spans=(Span(entry="m1-1", start=0, end=4), Span(entry="m1-1", start=3, end=6)),
            ),
            "A passage's stretches must lie within their lines, and not over each other.",
        ),
    ],
    ids=["empty", "NUL", "half a character", "taken", "past its line", "over itself"],
)
def test_one_that_can_t_be_kept_takes_all_back(study, bad, sentence):
    before = study.document
    rows = rows_of(study.path)
    fine = [Code(key=f"k-{n}", name=f"K {n}") for n in range(3)]

    def add(unit):
        unit.add_many([*fine, bad])
        return "Add"

    with pytest.raises(RefusedError) as caught:
        study.do(add)
    assert caught.value.sentence == sentence
    assert study.document == before
    assert rows_of(study.path) == rows


def test_very_many_lines_are_looked_at_at_once(study):
    def add(unit):
        unit.add_many([Source(key="x", title="X", round="r1", entries=tuple(
            Entry(key=f"x-{n}", text="a line") for n in range(600)
        ))])  # fmt: skip
        unit.add_many(
            Passage(key=f"x-p{n}", source="x", words="a", spans=(Span(entry=f"x-{n}", start=0, end=6),))
            for n in range(600)
        )
        return "Add"

    study.do(add)
    assert sum(passage.source == "x" for passage in study.document.passages) == 600
    bad = Passage(key="y", source="x", words="a", spans=(Span(entry="x-0", start=0, end=7),))
    with pytest.raises(RefusedError):
        study.do(things.add, bad)


def test_nothing_is_no_change(study):
    def add(unit):
        unit.add_many([])
        return "Add"

    assert study.do(add).seq is None


# Rows as texts


def test_a_fraction_is_a_place_and_nothing_else():
    """`row_text` looks at no other."""
    columns = [column for name in TABLES for column in Entity.metadata.tables[name].columns]
    assert {column.name for column in columns if isinstance(column.type, Float)} == {"position"}


CELLS = st.one_of(st.none(), st.integers(-(2**53), 2**53), st.text())


@given(
    st.dictionaries(st.text(st.characters(max_codepoint=127)), CELLS), st.floats(allow_nan=False, allow_infinity=False)
)
def test_a_row_s_text_is_canonical(row, position):
    for whole in (row, {**row, "position": position}):
        if not isinstance(whole.get("position", 1.0), float):
            continue
        assert row_text(whole) == canonical(whole)
        assert json.loads(row_text(whole)) == whole


def test_half_a_character_has_a_text_too():
    row = {"text": "a\ud800b", "position": 1.0}
    assert row_text(row) == canonical(row)
    assert len(audit.digest(row_text(row))) == 64


def test_collecting_goes_on_afterwards():
    assert gc.isenabled()
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_new_study_needs_a_title():
    with pytest.raises(RefusedError, match="needs a title"):
        create.new_document(" ", "mlops-maturity", now=START)
    made_up = create.new_document(" T ", "mlops-maturity", organisation=" O ", now=START)
    assert (made_up.study.title, made_up.study.organisation.name) == ("T", "O")
    assert replace(made_up, codes=()) == made_up
