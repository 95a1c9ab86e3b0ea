"""Many rows changed or removed at once: the rows, the audit trail and undo are as if it were done one by one."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions import bulk, codebook, things
from app.actions.errors import RefusedError
from app.model.evidence import Code, Coding, Passage, Span
from app.model.read import read_document
from tests.app.actions.clocked import check_undo
from tests.app.actions.conftest import PASSPHRASE
from tests.documents import example

replace = msgspec.structs.replace
MANY = 23


@pytest.fixture
def crowded(study):
    """The example with more passages, each with two codes."""
    line = example().sources[0].entries[0]
    added = [
        Passage(key=f"x{n}", source="i1", words=line.text[:3], spans=(Span(entry=line.key, start=0, end=3),))
        for n in range(MANY)
    ]
    for code in ("one", "two", "three"):
        study.do(codebook.add_code, Code(key=code, name=code))
    study.do(_add_all, added)
    study.do(
        _add_all,
        [
            Coding(passage=passage.key, code=code, assessor="ada", memo=f"{code} {n}" if n % 3 else "")
            for n, passage in enumerate(added)
            for code in ("one", "two")
        ],
    )
    return study


def _add_all(unit, values):
    unit.add_many(values)
    return "Add"


def changes_of(study, work):
    """Do work on a study and take it back; gives what the unit noted, and all rows as they were then."""
    found = []

    class Enough(Exception):
        pass

    def action(unit):
        work(unit)
        found.append((unit.changes, unit.rows("codings"), unit.rows("codes")))
        raise Enough

    with pytest.raises(Enough):
        study.do(action)
    return found[0]


def by_id(rows):
    return sorted(rows, key=lambda row: row["id"])


@pytest.fixture(params=[1, 2, 500])
def asked(request, monkeypatch):
    """How many ids go into one statement."""
    monkeypatch.setattr(bulk, "_ASKED", request.param)


def test_changing_many_is_changing_each(crowded, asked):
    def new(unit, place):
        return ({"memo": "same"}, {"code_id": unit.id_of("codes", "three")}, {"memo": str(place)}, {})[place % 4]

    def one_by_one(unit):
        for place, row in enumerate(by_id(unit.rows("codings", code_id=unit.id_of("codes", "one")))):
            unit.update("codings", row["id"], new(unit, place))

    def at_once(unit):
        rows = by_id(unit.rows("codings", code_id=unit.id_of("codes", "one")))
        unit.update_many("codings", [(row, new(unit, place)) for place, row in enumerate(rows)])

    slow, quick = changes_of(crowded, one_by_one), changes_of(crowded, at_once)
    assert len(slow[0]) > MANY / 2
    assert quick[0] == slow[0]
    assert by_id(quick[1]) == by_id(slow[1])


def test_removing_many_is_removing_each(crowded, asked):
    def one_by_one(unit):
        for row in unit.rows("codings", code_id=unit.id_of("codes", "one")):
            unit.delete("codings", row["id"])

    def at_once(unit):
        unit.delete_many("codings", unit.rows("codings", code_id=unit.id_of("codes", "one")))

    slow, quick = changes_of(crowded, one_by_one), changes_of(crowded, at_once)
    assert len(slow[0]) == MANY
    assert quick == slow


def test_what_others_need_is_removed_with_them(crowded):
    def at_once(unit):
        unit.delete_many("passages", [row for row in unit.rows("passages") if row["key"].startswith("x")])

    changes, codings, _codes = changes_of(crowded, at_once)
    tables = [change.table for change in changes]
    assert (tables.count("passages"), tables.count("spans"), tables.count("codings")) == (MANY, MANY, 2 * MANY)
    assert len(codings) == len(crowded.document.codings) - 2 * MANY


def test_what_the_database_refuses_is_refused_whole(crowded):
    def twice(unit):
        two = unit.id_of("codes", "two")
        unit.update_many("codings", [(row, {"code_id": two}) for row in unit.rows("codings")])
        return "Put one code on twice"

    before = crowded.document
    with pytest.raises(RefusedError):
        crowded.do(twice)
    assert read_document(crowded.file.connection) == before


@given(names=st.lists(st.sampled_from(["one", "two", "three", "tools"]), unique=True, min_size=1))
def test_rows_read_by_many_values(crowded_once, names):
    def look(unit):
        ids = [unit.id_of("codes", name) for name in names]
        each = [row for key in ids for row in unit.rows("codings", code_id=key)]
        assert by_id(unit.rows_among("codings", "code_id", ids)) == by_id(each)
        return "Look"

    assert crowded_once.do(look).seq is None


@pytest.fixture(scope="module")
def crowded_once(tmp_path_factory):
    from app.actions.create import import_document
    from app.actions.open_study import OpenStudy

    path = tmp_path_factory.mktemp("many") / "study.fieldquill"
    document = example()
    codes = tuple(Code(key=name, name=name) for name in ("one", "two", "three"))
    put = tuple(
        Coding(passage=passage.key, code=code.key, assessor="ada") for passage in document.passages for code in codes
    )
    document = replace(document, codes=(*document.codes, *codes), codings=(*document.codings, *put))
    import_document(path, PASSPHRASE, document)
    with OpenStudy.open(path, PASSPHRASE) as opened:
        yield opened


def test_merging_splitting_and_deleting_stay_sound_and_are_taken_back(crowded):
    crowded.work_as("ada")
    where = [passage.key for passage in crowded.document.passages if passage.key.startswith("x")]
    check_undo(crowded, codebook.merge_codes, "one", ["two"])
    check_undo(crowded, codebook.split_code, "one", Code(key="new", name="New"), where[::2])
    check_undo(crowded, codebook.delete_code, "new")
    check_undo(crowded, things.remove, "codes", "one")
    check_undo(crowded, things.remove, "sources", "i1")


def test_nothing_at_once(study):
    assert changes_of(study, _nothing)[0] == []


def _nothing(unit):
    assert unit.rows_among("codings", "code_id", []) == []
    unit.update_many("codings", [])
    unit.delete_many("codings", [])
