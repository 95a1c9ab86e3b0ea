"""Taking in a project: what is there is recognised, the rest is added, all of it or nothing, in one step."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from app.actions import arrive, evidence, notes, verify
from app.actions.arrival import Arrival, ArrivedCoding, ArrivedPassage, ArrivedSource
from app.actions.arrive import begin_with, take_in
from app.actions.arriving import additions
from app.actions.create import new_document
from app.actions.errors import NotFoundError, RefusedError
from app.actions.open_study import OpenStudy
from app.exchange.refi.project import encode_qdpx, read_qdpx
from app.model.evidence import Code
from app.model.setting import Assessor, Case, Round
from app.model.source import Entry, SourceKind, SourceStatus
from tests.documents import example

PASSPHRASE = "correct horse battery"
SOURCE = UUID("5e1f0000-0000-4000-8000-0000000000aa")


def coding(code="a", assessor="u", **more):
    return ArrivedCoding(code=code, assessor=assessor, **more)


def arrival(*passages, **more):
    source = ArrivedSource(id=SOURCE, title="Theirs", lines=("one two", "", "three"), passages=passages)
    fields = {
        "file": "theirs.qdpx",
        "project": "Their project",
        "assessors": (Assessor(key="u", name="ADA"),),
        "cases": (Case(key="c", name="canary  ONE"),),
        "codes": (Code(key="t", name="tools"), Code(key="a", name="Alarms", parent="t")),
        "sources": (source,),
    }
    return Arrival(**{**fields, **more})


def marked(*spans, codings=(), **more):
    return ArrivedPassage(spans=spans, codings=tuple(codings), **more)


def take(study, arrived, *more):
    return study.do(take_in, arrived, study.document, *more)


def test_what_is_there_is_recognised_and_the_rest_is_new(study):
    arrived = arrival(marked((0, 4, 7), codings=[coding(case="c", memo="m")]), marked((0, 0, 3), (2, 0, 5)))
    done = take(study, arrived)
    document = study.document
    assert done.label == "Take in theirs.qdpx: 1 source, 1 coding"
    assert len(document.assessors) == 2
    assert len(document.cases) == 2
    assert [(code.key, code.parent) for code in document.codes[2:]] == [("alarms", "tools")]
    assert [(wave.key, wave.name) for wave in document.rounds[2:]] == [("their-project", "Their project")]
    source = document.sources[-1]
    assert (source.key, source.title, source.kind) == ("i2", "Theirs", SourceKind.INTERVIEW)
    assert (source.round, source.status, source.id) == ("their-project", SourceStatus.FINISHED, SOURCE)
    assert [(entry.key, entry.text) for entry in source.entries] == [
        ("i2-1", "one two"),
        ("i2-2", ""),
        ("i2-3", "three"),
    ]
    passages = {passage.key: passage.words for passage in document.passages if passage.source == "i2"}
    assert passages == {"i2-p1": "two", "i2-p2": "one\nthree"}
    made = next(each for each in document.codings if each.passage == "i2-p1")
    assert (made.code, made.assessor, made.case, made.memo) == ("alarms", "ada", "c1", "m")
    assert list(verify.problems(study.file.connection)) == []


def test_it_is_one_step_to_undo(study):
    before = study.document
    take(study, arrival(marked((0, 4, 7), codings=[coding()])))
    study.undo()
    assert study.document == before


def test_the_same_project_again_is_refused(study):
    arrived = arrival(marked((0, 4, 7), codings=[coding()]))
    take(study, arrived)
    before, rows = study.document, audit(study)
    with pytest.raises(RefusedError) as caught:
        take(study, arrived)
    assert caught.value.sentence == "The study has all that is in theirs.qdpx already."
    assert (study.document, audit(study)) == (before, rows)


def audit(study):
    return study.file.connection.execute("SELECT * FROM audit").fetchall()


def test_codings_that_came_since_are_added_to_what_stands(study):
    first = marked((0, 4, 7), codings=[coding()])
    take(study, arrival(first))
    more = marked((0, 4, 7), codings=[coding(), coding("t"), coding(case="c")])
    done = take(study, arrival(more, marked((2, 0, 5), codings=[coding("t")])))
    assert done.label == "Take in theirs.qdpx: 0 sources, 3 codings"
    own = [each for each in study.document.codings if each.passage.startswith("i2")]
    assert [(each.passage, each.code, each.case) for each in own] == [
        ("i2-p1", "alarms", None),
        ("i2-p1", "tools", None),
        ("i2-p2", "alarms", "c1"),
        ("i2-p3", "tools", None),
    ]
    words = {passage.key: passage.words for passage in study.document.passages}
    assert (words["i2-p1"], words["i2-p2"], words["i2-p3"]) == ("two", "two", "three")


def test_a_memo_that_came_since_is_not_lost(study):
    take(study, arrival(marked((0, 4, 7), codings=[coding(memo="m")])))
    with pytest.raises(RefusedError):
        take(study, arrival(marked((0, 4, 7), codings=[coding()])))
    take(study, arrival(marked((0, 4, 7), codings=[coding(memo="another")])))
    assert [each.memo for each in study.document.codings if each.passage.startswith("i2")] == ["m", "another"]


def test_passages_without_codes_are_not_doubled(study):
    take(study, arrival(marked((0, 4, 7)), marked((0, 4, 7))))
    assert sum(passage.source == "i2" for passage in study.document.passages) == 1


def test_notes_changed_since_are_refused(study):
    take(study, arrival(marked((0, 4, 7), codings=[coding()])))
    study.do(notes.write, "i2", [notes.SetEntry(Entry(key="i2-1", text="one two more"))], reason="heard again")
    before, rows = study.document, audit(study)
    with pytest.raises(RefusedError) as caught:
        take(study, arrival(marked((0, 0, 3), codings=[coding()])))
    assert caught.value.sentence.startswith("The notes of i2 say something else than in theirs.qdpx")
    assert (study.document, audit(study)) == (before, rows)


def test_a_study_exported_and_coded_elsewhere_gets_the_codings_back(study, tmp_path):
    """Also where a text has line breaks in it: another program sees lines, the study keeps its entry."""
    study.do(notes.write, "m1", [notes.SetEntry(Entry(key="m1-1", text="canary\r\nsings\rhigh"))])
    path = tmp_path / "out.qdpx"
    path.write_bytes(encode_qdpx(study.document)[0])
    arrived = read_qdpx(path)
    with pytest.raises(RefusedError, match="has all that is in"):
        take(study, arrived)
    source = arrived.sources[1]
    assert source.lines == ("canary", "sings", "high")
    new = marked((0, 3, 6), (1, 0, 5), (2, 0, 2), codings=[coding(arrived.codes[0].key, arrived.assessors[0].key)])
    coded = replace(source, passages=(*source.passages, new))
    take(study, replace(arrived, sources=(arrived.sources[0], coded, arrived.sources[2])))
    made = next(each for each in study.document.passages if each.key == study.document.codings[-1].passage)
    assert [(span.entry, span.start, span.end) for span in made.spans] == [("m1-1", 3, 16)]
    assert made.words == "ary\r\nsings\rhi"


def test_stretches_that_do_not_run_on_stay_apart(study, tmp_path):
    study.do(notes.write, "m1", [notes.SetEntry(Entry(key="m1-1", text="canary\nsings\nhigh"))])
    path = tmp_path / "out.qdpx"
    path.write_bytes(encode_qdpx(study.document)[0])
    arrived = read_qdpx(path)
    source = arrived.sources[1]
    by = (arrived.codes[0].key, arrived.assessors[0].key)
    apart = [marked((0, 3, 5), (1, 0, 5), codings=[coding(*by)]), marked((0, 3, 6), (2, 0, 2), codings=[coding(*by)])]
    take(study, replace(arrived, sources=(replace(source, passages=tuple(apart)),)))
    made = {passage.key: passage for passage in study.document.passages}
    found = [[(s.start, s.end) for s in made[c.passage].spans] for c in study.document.codings if c.passage[:2] == "m1"]
    assert found == [[(3, 5), (7, 12)], [(3, 6), (13, 15)]]


def test_into_a_round_of_the_study(study):
    take(study, arrival(rounds=(Round(key="w", name="Wave"),)), "r2")
    assert study.document.sources[-1].round == "r2"
    assert len(study.document.rounds) == 2
    with pytest.raises(NotFoundError, match='no round "r9"'):
        take(study, arrival(), "r9")


def test_rounds_that_came_along(study):
    known = replace(arrival().sources[0], round="w")
    other = replace(known, id=None, title="Other", round="v", kind=SourceKind.DOCUMENT, lines=("x",))
    none = replace(other, round="")
    rounds = (Round(key="w", name="round 2"), Round(key="v", name="Wave"), Round(key="z", name="Unused"))
    take(study, arrival(rounds=rounds, sources=(known, other, none), project=""))
    assert [(source.key, source.round) for source in study.document.sources[3:]] == [
        ("i2", "r2"),
        ("d2", "wave"),
        ("d3", "imported"),
    ]
    assert [wave.name for wave in study.document.rounds] == ["Round 1", "Round 2", "Wave", "Imported"]


def test_each_of_the_study_s_things_stands_for_one(study):
    codes = (Code(key="x", name="Tools"), Code(key="y", name="TOOLS"), Code(key="z", name="tools", parent="x"))
    twins = (Assessor(key="u", name="Bob"), Assessor(key="v", name="bob"))
    take(study, arrival(codes=codes, assessors=twins, sources=()))
    assert [(code.key, code.name, code.parent) for code in study.document.codes[2:]] == [
        ("tools-2", "TOOLS", None),
        ("tools-3", "tools", "tools"),
    ]
    assert [assessor.key for assessor in study.document.assessors] == ["ada", "bob", "bob-2"]


def test_things_are_known_by_their_ids_whatever_they_are_called(study):
    tools = next(code for code in study.document.codes if code.key == "tools")
    codes = (Code(key="x", id=tools.id, name="Renamed"), Code(key="y", name="Monitoring", parent="x"))
    take(study, arrival(marked((0, 4, 7), codings=[coding("y")]), codes=codes))
    assert len(study.document.codes) == 2
    assert study.document.codings[-1].code == "monitoring"


def test_an_id_that_something_else_has_is_not_taken(study):
    taken = study.document.passages[0].id
    double = [marked((0, 0, 3), id=taken), marked((2, 0, 5), id=SOURCE), marked((0, 4, 7), id=SOURCE)]
    take(study, arrival(*double))
    ids = [passage.id for passage in study.document.passages]
    assert len(set(ids)) == len(ids)
    assert ids.count(SOURCE) == 1


def test_a_second_time_by_hand_in_between(study):
    """Whatever was coded here meanwhile stays, and keys don't collide."""
    take(study, arrival(marked((0, 4, 7), codings=[coding()])))
    study.do(evidence.mark_passage, "i2", "i2-3", 0, 5)
    take(study, arrival(marked((2, 0, 3), codings=[coding()]), marked((2, 0, 5), codings=[coding()])))
    own = {passage.key: passage.words for passage in study.document.passages if passage.source == "i2"}
    assert own == {"i2-p1": "two", "i2-p2": "three", "i2-p3": "thr"}


def test_words_that_are_too_many_are_cut(study):
    lines = ("x" * 15_000, "y" * 15_000)
    whole = marked((0, 0, 15_000), (1, 0, 15_000), codings=[coding()])
    take(study, arrival(sources=(ArrivedSource(title="Long", lines=lines, passages=(whole,)),)))
    passage = study.document.passages[-1]
    assert len(passage.words) == 20_000
    assert [span.end for span in passage.spans] == [15_000, 15_000]


# New studies


def test_a_new_study(tmp_path, quick_keys):
    path = tmp_path / "new.fieldquill"
    now = datetime(2026, 1, 2, tzinfo=UTC)
    cases = replace(arrival(marked((0, 4, 7), codings=[coding(case="c")])).sources[0], cases=("c", "c"))
    begin_with(
        path, PASSPHRASE, arrival(sources=(cases,)), rubric="mlops-maturity", zone="Europe/Berlin", clock=lambda: now
    )
    with OpenStudy.open(path, PASSPHRASE) as study:
        document = study.document
        assert (document.study.title, document.study.zone, document.study.created_at) == (
            "Their project", "Europe/Berlin", now,
        )  # fmt: skip
        assert [wave.name for wave in document.rounds] == ["Round 1"]
        assert document.rubrics[0].key == "mlops-maturity"
        assert document.sources[0].cases == ("canary-one",)
        assert [(each.passage, each.code) for each in document.codings] == [("i1-p1", "alarms")]
        assert list(verify.problems(study.file.connection)) == []
        assert study.undo_label == ""


def test_a_new_study_has_the_rounds_that_came_along(tmp_path, quick_keys):
    path = tmp_path / "new.fieldquill"
    source = replace(arrival().sources[0], round="w")
    arrived = arrival(rounds=(Round(key="w", name="Wave"),), sources=(source,), project="")
    begin_with(path, PASSPHRASE, arrived, rubric="mlops-maturity")
    with OpenStudy.open(path, PASSPHRASE) as study:
        assert [(wave.key, wave.name) for wave in study.document.rounds] == [("wave", "Wave")]
        assert study.document.study.title == "new"


def test_the_example_is_there_for_itself(study, tmp_path):
    path = tmp_path / "own.qdpx"
    path.write_bytes(encode_qdpx(study.document)[0])
    assert not any(additions(study.document, read_qdpx(path)).lists().values())
    assert any(additions(new_document("N", "mlops-maturity", now=datetime.now(UTC)), read_qdpx(path)).lists().values())
    assert example().study.title == study.document.study.title


@pytest.mark.parametrize("at_once", [1, 3, 4, 5_000])
def test_how_far_it_is_is_told_to_the_end(study, monkeypatch, at_once):
    monkeypatch.setattr(arrive, "_AT_ONCE", at_once)
    told = []
    take(study, arrival(marked((0, 4, 7), codings=[coding()])), "", lambda *far: told.append(far))
    assert [done for done, _of in told] == sorted({done for done, _of in told})
    assert {rows for _done, rows in told} == {told[-1][0]}
    assert told[-1][0] == len(added_rows(study))
    assert list(verify.problems(study.file.connection)) == []


def added_rows(study):
    query = "SELECT 1 FROM audit_changes WHERE seq = (SELECT max(seq) FROM audit) AND before IS NULL"
    return study.file.connection.execute(query).fetchall()
