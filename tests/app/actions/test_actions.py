"""Each action: what it does, what it refuses, what it is called, and that one undo takes it back whole."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from app.actions import assess, evidence, keys, links, notes, setting, things, verify
from app.actions.create import import_document
from app.actions.errors import NotFoundError, NothingToUndoError, RefusedError, refusal
from app.actions.notes import AddEntry, RemoveEntry, SetEntry
from app.model.assessment import Confidence, FrozenRubric, Influence
from app.model.disclosure import ReportFormat, ReportSetup
from app.model.evidence import Code, Coding, Passage, Span, Stance, Weight
from app.model.read import read_document
from app.model.setting import Case, Round
from app.model.source import Entry, FollowUp, FollowUpState, Source, SourceKind
from app.scoring.scale import Verdict
from app.store.errors import OpenedReadOnly
from tests.app.actions.clocked import check_undo
from tests.documents import content, example, rubric

replace = msgspec.structs.replace


def of(document, table, key):
    return next((thing for thing in getattr(document, table) if thing.key == key), None)


def entry(study, key):
    return next(e for source in study.document.sources for e in source.entries if e.key == key)


def spans(study, passage="i1-p1"):
    return [(span.entry, span.start, span.end) for span in of(study.document, "passages", passage).spans]


def words(study, passage="i1-p1"):
    return [entry(study, key).text[start:end] for key, start, end in spans(study, passage)]


def place(criterion="runs", case="c1", assessor="ada"):
    return assess.Place("small", criterion, case, "r1", assessor)


def answers(study, **fields):
    found = [a for a in study.document.answers if all(getattr(a, name) == value for name, value in fields.items())]
    return found[0] if len(found) == 1 else found


# Things


def test_adding_a_thing(study):
    changes = check_undo(study, things.add, Case(key="c3", name="Three"))
    assert [case.key for case in study.document.cases] == ["c1", "c2", "c3"]
    assert (changes.label, changes.tables) == ("Add case Three", {"cases"})
    assert changes.touched == {("cases", "c3")}
    assert changes.key_of("cases") == "c3"


def test_adding_it_twice(study):
    with pytest.raises(RefusedError, match="The study has that case already"):
        study.do(things.add, Case(key="c1", name="Again"))
    with pytest.raises(RefusedError, match="The study has that influence already"):
        study.do(things.add, Influence(factor="experience", round="r1"))


def test_a_reference_to_nothing(study):
    with pytest.raises(NotFoundError, match='The study has no round "r9"'):
        study.do(things.add, Source(key="i9", title="I9", round="r9"))
    with pytest.raises(NotFoundError, match='no criterion "nothing"'):
        study.do(assess.answer, place("nothing"), Verdict.FULLY)
    with pytest.raises(NotFoundError):
        study.do(things.change, Case(key="c9", name="Nine"))
    with pytest.raises(NotFoundError):
        study.do(things.remove, "cases", "c9")


@pytest.mark.parametrize(
    ("thing", "words_"),
    [
        (Case(key="c3", name="x" * 201), "The name can't be kept: it can't be longer than 200 characters."),
        (Case(key="c3", name=""), "The name can't be kept: it can't be empty."),
        (Case(key="C 3", name="Three"), "The key can't be kept"),
        (Case(key="c3\n", name="Three"), "The key can't be kept"),
        (Case(key="c3", name="a\0b"), "The name holds a character that can't be kept."),
        (Case(key="c3", name="a", ml_type="\ud83d"), "The ml type holds a character that can't be kept."),
        (Case(key="c3", name="a", summary=7), "The summary can't be kept: expected text, found int."),
        (Source(key="s", title="S", round="r1", started_at=datetime(2022, 1, 1)), "offset from UTC"),  # noqa: DTZ001
        (Source(key="s", title="S", round="r1", minutes="long"), "The minutes can't be kept"),
        (Source(key="s", title="S", round="r1", entries=(Entry(key="e", text="\0"),)), "The text holds a character"),
        (Round(key="r3", name="Three", starts="yesterday"), "The starts can't be kept"),
    ],
)
def test_what_could_not_be_read_back_is_never_written(study, thing, words_):
    with pytest.raises(RefusedError) as caught:
        study.do(things.add, thing)
    assert words_ in caught.value.sentence
    with pytest.raises(RefusedError):
        study.do(setting.change_study, replace(study.document.study, title=""))
    with pytest.raises(RefusedError):
        study.do(setting.change_policy, replace(study.document.site_policy, marking="x" * 81))
    with pytest.raises(RefusedError):
        study.do(notes.write, "m1", [SetEntry(Entry(key="m1-1", text="x" * 20_001))])
    assert study.document == read_document(study.file.connection)


def test_changing_a_thing(study):
    case = study.document.cases[0]
    changes = check_undo(study, things.change, replace(case, name="Renamed", summary="s"))
    assert changes.label == "Change case Renamed"
    assert of(study.document, "cases", "c1").id == case.id


def test_a_step_on_the_reports_setup_says_what_it_changed(study):
    def label(**fields):
        return check_undo(study, setting.change_report_setup, replace(study.document.report, **fields)).label

    assert label(format=ReportFormat.WORD) == "Remember the format the report was exported in"
    assert label(copies=3) == "Change the number of copies of the report"
    assert label(copies=4, recipient="The board") == "Set up the report"
    assert setting._SET_UP.keys() == set(ReportSetup.__struct_fields__)


def test_changing_nothing_is_no_action(study):
    count = study.file.connection.execute("SELECT count(*) FROM audit").fetchone()
    for table in ("cases", "sources", "passages", "challenges", "reviews", "guides", "answers", "codes"):
        changes = study.do(things.change, getattr(study.document, table)[0])
        assert (changes.seq, changes.tables) == (None, frozenset())
    study.do(setting.change_study, study.document.study)
    study.do(setting.change_policy, study.document.site_policy)
    study.do(assess.answer, place(), Verdict.FULLY)
    study.do(assess.answer, place("alarms"), None)
    study.do(assess.explain, place("alarms"), "")
    study.do(assess.rate_confidence, place("alarms"), None)
    study.do(things.move, "cases", "c1", 0)
    study.do(notes.write, "m1", [SetEntry(entry(study, "m1-1"))])
    assert study.file.connection.execute("SELECT count(*) FROM audit").fetchone() == count
    assert study.undo_label == ""


def test_moving_a_thing(study):
    assert check_undo(study, things.move, "codes", "tools", 0).label == "Move code tools"
    assert [code.key for code in study.document.codes] == ["tools", "monitoring"]
    study.do(things.move, "codes", "tools", 99)
    assert [code.key for code in study.document.codes] == ["monitoring", "tools"]


def test_removing_a_case_takes_what_is_only_about_it(study):
    changes = check_undo(study, things.remove, "cases", "c1")
    document = study.document
    assert changes.label.startswith("Remove case Canary one and ")
    assert document.answers == document.findings == document.consensus == document.overrides == ()
    assert document.codings == ()  # a coding about no case would be one about the organisation
    assert [influence.case for influence in document.influences] == [None]
    assert [challenge.key for challenge in document.challenges] == ["ch2"]  # without its case it would be of all cases
    assert document.follow_ups[1].case is None
    assert document.sources[0].cases == ()
    assert document.reviews[0].items == ()


def test_removing_both_cases(study):
    """Influences of two cases must not become two of the organisation."""
    study.do(things.add, Influence(factor="experience", round="r1", case="c2"))
    for key in ("c1", "c2"):
        check_undo(study, things.remove, "cases", key)
    assert len(study.document.influences) == 1


def test_removing_a_participant(study):
    check_undo(study, things.remove, "participants", "p1")
    assert study.document.identities == ()
    assert study.document.sources[0].participants == ("p2",)
    assert entry(study, "i1-1").speaker is None
    check_undo(study, things.remove, "participants", "p2")
    assert study.document.reviews == ()
    assert study.document.follow_ups[1].participant is None


def test_removing_a_source(study):
    check_undo(study, things.remove, "sources", "i1")
    assert [passage.key for passage in study.document.passages] == ["m1-p1"]
    assert study.document.codings == ()
    assert answers(study, criterion="runs", assessor="ada").evidence == ()
    assert study.document.follow_ups[0].entry is None


def test_removing_the_source_a_follow_up_was_answered_in_opens_it_again(study):
    assert of(study.document, "follow_ups", "f2").state is FollowUpState.ANSWERED
    check_undo(study, things.remove, "sources", "m1")
    assert of(study.document, "follow_ups", "f2").state is FollowUpState.OPEN
    study.undo()
    study.do(things.change, replace(of(study.document, "follow_ups", "f2"), resolution="Bob"))
    check_undo(study, things.remove, "sources", "m1")
    assert of(study.document, "follow_ups", "f2").state is FollowUpState.ANSWERED


def test_removing_an_assessor_and_a_round(study):
    check_undo(study, things.remove, "assessors", "ada")
    assert [answer.assessor for answer in study.document.answers] == ["bob"]
    check_undo(study, things.remove, "rounds", "r1")
    assert [source.key for source in study.document.sources] == ["m1"]


def test_removing_a_thing_without_a_key(study):
    coding = study.document.codings[0]
    assert check_undo(study, things.remove_thing, coding).label == "Remove coding"
    with pytest.raises(RefusedError, match="no longer has that coding"):
        study.do(things.remove_thing, coding)


def test_a_rubric_stays_what_it_was(study):
    for action in (things.add, things.change):
        with pytest.raises(RefusedError, match="keeps the rubric"):
            study.do(action, FrozenRubric(key="other", text="x"))
        with pytest.raises(RefusedError, match="keeps the rubric"):
            study.do(action, rubric())
    with pytest.raises(RefusedError, match="keeps the rubric"):
        study.do(things.remove, "rubrics", "small")


def test_a_code_never_stands_under_itself(study):
    with pytest.raises(RefusedError, match="A code can't stand under itself"):
        study.do(things.change, replace(of(study.document, "codes", "tools"), parent="tools"))
    with pytest.raises(RefusedError, match="A code can't stand under itself"):
        study.do(things.change, replace(of(study.document, "codes", "tools"), parent="monitoring"))
    check_undo(study, things.add, Code(key="deeper", name="Deeper", parent="monitoring"))
    check_undo(study, things.remove, "codes", "tools")
    assert of(study.document, "codes", "monitoring").parent is None


def test_what_the_database_refuses_is_said_in_words(study):
    with pytest.raises(RefusedError, match="A round can't end before it starts"):
        study.do(things.change, replace(study.document.rounds[0], ends=study.document.rounds[0].starts - timedelta(1)))
    with pytest.raises(RefusedError, match="before it can have an end"):
        study.do(things.change, replace(study.document.sources[0], started_at=None))
    with pytest.raises(RefusedError, match="needs its answer"):
        study.do(things.add, FollowUp(key="f3", question="?", state=FollowUpState.ANSWERED))
    with pytest.raises(RefusedError, match="refers to something"):
        study.do(notes.write, "m1", [AddEntry(Entry(key="m1-2", text="", speaker="p1"))])
    study.do(notes.write, "m1", [AddEntry(Entry(key="m1-2", text=""))])  # nothing of the refused stayed in the way


@pytest.mark.parametrize(
    ("constraint", "sentence"),
    [
        ("CHECK constraint failed: ck_cases_name_not_empty", "The name can't be empty."),
        ("CHECK constraint failed: ck_study_organisation_name_not_empty", "The name can't be empty."),
        ("UNIQUE constraint failed: cases.key", "The study has that already."),
        ("FOREIGN KEY constraint failed", "That refers to something the study does not hold."),
        ("CHECK constraint failed: whatever", "That would contradict something the study holds already."),
    ],
)
def test_constraints_in_words(constraint, sentence):
    assert refusal(constraint) == sentence


def test_times_are_kept_in_utc(study):
    berlin = timezone(timedelta(hours=2))
    source = replace(study.document.sources[1], started_at=datetime(2022, 10, 10, 10, tzinfo=berlin))
    study.do(things.change, source)
    assert study.document.sources[1].started_at.tzinfo is UTC or study.document.sources[
        1
    ].started_at.utcoffset() == timedelta(0)
    stored = study.file.connection.execute("SELECT started_at FROM sources WHERE key = 'm1'").fetchone()[0]
    assert stored == "2022-10-10T08:00:00Z"


def test_changing_the_study_keeps_its_id(study):
    other = replace(study.document.study, id=study.document.cases[0].id, title="Renamed")
    check_undo(study, setting.change_study, other)
    assert study.document.study == replace(example().study, title="Renamed")


def test_changing_the_policy(study):
    check_undo(study, setting.change_policy, replace(study.document.site_policy, marking="SECRET"))


# Notes


def test_writing_a_line_moves_the_passages_in_it(study):
    assert words(study) == ["canary", "Alarms", "sings"]
    text = entry(study, "i1-1").text
    check_undo(study, notes.write, "i1", [SetEntry(replace(entry(study, "i1-1"), text="Today " + text))])
    assert words(study) == ["canary", "Alarms", "sings"]
    assert of(study.document, "passages", "i1-p1").words == "canary"


@pytest.mark.parametrize("inserted", range(10))
def test_passages_that_move_onto_each_other_s_places_are_not_in_each_other_s_way(study, inserted):
    """Two stretches of one passage, apart by as much as is typed before them, and back: the file wants them unlike."""
    text = entry(study, "i1-1").text
    before = study.document
    for now in ("x" * inserted + text, text[min(inserted, 4) :], "y" * 7 + text):
        study.do(notes.write, "i1", [SetEntry(replace(entry(study, "i1-1"), text=now))])
        assert words(study) == ["canary", "Alarms", "sings"]
    after = study.document
    study.undo()
    assert study.document == before
    study.redo()
    assert study.document == after


def test_a_passage_whose_words_are_gone_is_orphaned_not_lost(study):
    check_undo(study, notes.write, "m1", [SetEntry(Entry(key="m1-1", text=""))])
    assert spans(study, "m1-p1") == []
    assert of(study.document, "passages", "m1-p1").words == "canary"
    check_undo(study, notes.write, "i1", [RemoveEntry("i1-1")])
    assert spans(study) == [("i1-2", 0, 6)]


def test_changing_a_source_whole_moves_passages_too(study):
    source = study.document.sources[1]
    check_undo(study, things.change, replace(source, entries=(replace(source.entries[0], text="A canary"),)))
    assert words(study, "m1-p1") == ["canary"]


def test_lines_are_added_where_they_are_wanted(study):
    for key, after in (("a", ""), ("b", None), ("c", "i1-1"), ("d", "a")):
        check_undo(study, notes.write, "i1", [AddEntry(Entry(key=key, text=key), after=after)])
    assert [e.key for e in study.document.sources[0].entries] == ["b", "i1-1", "c", "i1-2", "i1-3", "a", "d"]
    with pytest.raises(NotFoundError, match="no longer there"):
        study.do(notes.write, "i1", [AddEntry(Entry(key="e", text=""), after="none")])
    study.do(things.add, Source(key="i2", title="Empty", round="r1"))
    study.do(notes.write, "i2", [AddEntry(Entry(key="i2-1", text=""), after=None)])


def test_there_is_always_room_between_two_lines(study):
    for number in range(60):
        study.do(notes.write, "i1", [AddEntry(Entry(key=f"n{number}", text=""), after="i1-1")])
    expected = ["i1-1", *(f"n{number}" for number in reversed(range(60))), "i1-2", "i1-3"]
    assert [e.key for e in study.document.sources[0].entries] == expected
    assert list(verify.problems(study.file.connection)) == []
    for _ in range(60):
        study.undo()
    assert content(study.document) == content(example())


def test_several_lines_at_once(study):
    edits = [AddEntry(Entry(key="i1-4", text="new")), SetEntry(Entry(key="i1-4", text="newer")), RemoveEntry("i1-3")]
    assert check_undo(study, notes.write, "i1", edits).label == "Write 3 lines of notes in Interview with P1"
    assert [e.key for e in study.document.sources[0].entries] == ["i1-1", "i1-2", "i1-4"]
    again = [RemoveEntry("i1-4"), AddEntry(Entry(key="i1-4", text="anew"))]
    check_undo(study, notes.write, "i1", again)
    assert entry(study, "i1-4").text == "anew"
    assert study.do(notes.write, "i1", [RemoveEntry("i1-4"), RemoveEntry("i1-2")]).label.startswith("Remove 2 lines")


def test_a_line_removed_twice_or_of_another_source(study):
    for edits in (
        [RemoveEntry("i1-3"), RemoveEntry("i1-3")],
        [RemoveEntry("i1-3"), SetEntry(Entry(key="i1-3", text="x"))],
        [RemoveEntry("m1-1")],
        [SetEntry(Entry(key="m1-1", text="x"))],
    ):
        with pytest.raises(NotFoundError):
            study.do(notes.write, "i1", edits)
    assert content(study.document) == content(example())


def test_a_long_title_is_cut_in_the_label(study):
    study.do(things.change, replace(study.document.sources[1], title="T" * 200))
    label = study.do(notes.write, "m1", [SetEntry(Entry(key="m1-1", text="x"))]).label
    assert label == f"Write a line of notes in {'T' * 39}…"
    assert len(study.do(things.remove, "sources", "m1").label) < 120


# One line written over and over


def audit(study):
    return study.file.connection.execute("SELECT action, label FROM audit ORDER BY seq").fetchall()


def test_one_line_written_over_and_over_is_one_step(study):
    before = study.document
    first = study.do(notes.write, "m1", [SetEntry(Entry(key="m1-1", text="c"))])
    for text in ("ca", "can", "canary sings"):
        again = study.do(notes.write, "m1", [SetEntry(Entry(key="m1-1", text=text))])
        assert again.seq == first.seq
        assert list(verify.problems(study.file.connection)) == []
    assert len(audit(study)) == 2
    study.undo()
    assert study.document == before
    study.redo()
    assert entry(study, "m1-1").text == "canary sings"


def test_writing_a_line_back_to_what_it_was_can_be_undone_too(study):
    study.do(notes.write, "m1", [SetEntry(Entry(key="m1-0", text="other"))])
    study.do(notes.write, "m1", [SetEntry(Entry(key="m1-0", text=""))])
    assert list(verify.problems(study.file.connection)) == []
    study.undo()
    assert entry(study, "m1-0").text == "other"
    study.undo()
    assert content(study.document) == content(example())
    assert study.undo_label == ""


@pytest.mark.parametrize("between", ["another line", "undo", "somebody else", "another sitting", "another action"])
def test_what_comes_between_ends_the_step(study, reopened, between):
    study.do(notes.write, "m1", [SetEntry(Entry(key="m1-1", text="one"))])
    if between == "another line":
        study.do(notes.write, "i1", [SetEntry(Entry(key="i1-3", text="x"))])
    elif between == "undo":
        study.undo()
        study.redo()
    elif between == "somebody else":
        study.work_as("bob")
    elif between == "another sitting":
        study = reopened()
    else:
        study.do(things.add, Case(key="c3", name="Three"))
    count = len(audit(study))
    study.do(notes.write, "m1", [SetEntry(Entry(key="m1-1", text="two"))])
    assert len(audit(study)) == count + 1
    study.undo()
    assert entry(study, "m1-1").text == "one"


def test_a_new_line_typed_out_is_one_step(study):
    for text in ("", "n", "new"):
        edit = AddEntry if text == "" else SetEntry
        study.do(notes.write, "m1", [edit(Entry(key="m1-2", text=text))])
    study.undo()
    assert content(study.document) == content(example())


def test_a_reason_typed_out_is_one_step(study):
    for text in ("b", "be", "because"):
        study.do(assess.explain, place("alarms"), text)
    assert answers(study, criterion="alarms").rationale == "because"
    study.undo()
    assert answers(study, criterion="alarms") == []


# Evidence


def test_marking_a_passage(study):
    changes = check_undo(study, evidence.mark_passage, "i1", "i1-2", 0, 6)
    key = changes.key_of("passages")
    assert key == "i1-p2"
    assert of(study.document, "passages", key).words == "Alarms"
    assert words(study, key) == ["Alarms"]
    assert study.do(evidence.mark_passage, "i1", "i1-2", 0, 6).key_of("passages") == "i1-p3"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 3), (0, 999), (3, 4)])
def test_what_is_no_passage(study, start, end):
    with pytest.raises(RefusedError, match="Select some words"):
        study.do(evidence.mark_passage, "i1", "i1-1", start, end)


def test_a_passage_is_of_its_own_source(study):
    with pytest.raises(NotFoundError):
        study.do(evidence.mark_passage, "m1", "i1-1", 0, 3)


def test_a_passage_s_key_is_free_and_short_enough(study):
    long = "s" * 64
    study.do(things.add, Source(key=long, title="Long", round="r1", entries=(Entry(key="e1", text="words"),)))
    study.do(things.add, Passage(key=f"{'s' * 48}-p1", source="i1", words="x"))
    assert study.do(evidence.mark_passage, long, "e1", 0, 5).key_of("passages") == f"{'s' * 48}-p2"


def test_stretches_lie_within_their_lines_and_apart(study):
    passage = of(study.document, "passages", "m1-p1")
    for wrong in ([(0, 7)], [(0, 3), (2, 5)], [(2, 5), (0, 3)]):
        made = tuple(Span(entry="m1-1", start=start, end=end) for start, end in wrong)
        with pytest.raises(RefusedError, match="must lie within"):
            study.do(things.change, replace(passage, spans=made))
    made = tuple(Span(entry="m1-1", start=start, end=end) for start, end in [(0, 3), (3, 6)])
    check_undo(study, things.change, replace(passage, spans=made))


def test_coding_a_passage(study):
    check_undo(study, evidence.put_code, "m1-p1", "tools", "bob", "c2", "memo")
    assert Coding(passage="m1-p1", code="tools", assessor="bob", case="c2", memo="memo") in [
        replace(coding, id=None, made_at=None) for coding in study.document.codings
    ]
    check_undo(study, evidence.put_code, "m1-p1", "tools", "bob", None, "changed")
    assert len(study.document.codings) == 2


# Answers


def test_answering(study):
    changes = check_undo(study, assess.answer, place("alarms"), Verdict.LARGELY)
    assert changes.label == "Answer alarms of Canary one: largely achieved"
    assert answers(study, criterion="alarms").answered_at is not None
    check_undo(study, assess.answer, place("alarms"), Verdict.FULLY, "seen it")
    assert answers(study, criterion="alarms").rationale == "seen it"
    assert check_undo(study, assess.answer, place("alarms"), None).label.endswith("unanswered")
    assert answers(study, criterion="alarms").answered_at is None


def test_not_applicable_needs_its_reason(study):
    with pytest.raises(RefusedError, match="needs its reason"):
        study.do(assess.answer, place("alarms"), Verdict.NOT_APPLICABLE)
    with pytest.raises(RefusedError, match="needs its reason"):
        study.do(assess.answer, place("alarms"), Verdict.NOT_APPLICABLE, " \n")
    study.do(assess.answer, place("alarms"), Verdict.NOT_APPLICABLE, "no model")
    with pytest.raises(RefusedError, match="can't be left without one"):
        study.do(assess.explain, place("alarms"), "")
    check_undo(study, assess.explain, place("alarms"), "still none")


def test_confidence(study):
    check_undo(study, assess.rate_confidence, place(), Confidence.HIGH)
    check_undo(study, assess.rate_confidence, place(), None)


def test_linking_evidence(study):
    before = answers(study, criterion="runs", assessor="ada")
    check_undo(study, links.link, assess.owner(place()), "m1-p1", Weight.DOCUMENTED, Stance.CONTRADICTS, "log")
    check_undo(study, links.link, assess.owner(place()), "i1-p1", Weight.SAID)
    linked = answers(study, criterion="runs", assessor="ada").evidence
    assert [(e.passage, e.weight) for e in linked] == [("i1-p1", "said"), ("m1-p1", "documented")]
    assert linked[0].id == before.evidence[0].id
    check_undo(study, links.unlink, assess.owner(place()), "m1-p1")
    with pytest.raises(NotFoundError, match="does not rest on"):
        study.do(links.unlink, assess.owner(place()), "m1-p1")
    with pytest.raises(NotFoundError, match="no passage"):
        study.do(links.link, assess.owner(place()), "nothing")
    check_undo(study, links.link, assess.owner(place("alarms")), "m1-p1")
    check_undo(study, things.remove, "passages", "m1-p1")


# Keys


def test_keys_for_new_things(study):
    document = study.document
    assert keys.new_key(document, "cases", "ML-P4 (Größe)") == "ml-p4-groe"
    assert keys.new_key(document, "cases", "C1") == "c1-2"
    assert keys.new_key(document, "cases", "密码") == "x"
    assert len(keys.new_key(document, "cases", "long " * 50)) <= 48
    assert keys.new_source_key(document, SourceKind.INTERVIEW) == "i2"
    assert keys.new_source_key(document, SourceKind.DOCUMENT) == "d2"
    assert keys.new_entry_key(document.sources[0]) == "i1-4"
    assert keys.new_entry_key(document.sources[0], {"i1-7"}) == "i1-8"
    assert len(keys.new_entry_key(Source(key="a." * 31 + "aa", title="", round="r1"))) <= 64


# Opening, undoing, reading


def test_nothing_to_undo(study):
    with pytest.raises(NothingToUndoError, match="nothing to undo"):
        study.undo()
    with pytest.raises(NothingToUndoError, match="nothing to redo"):
        study.redo()
    study.do(things.add, Case(key="c3", name="Three"))
    study.undo()
    study.do(things.add, Case(key="c4", name="Four"))
    with pytest.raises(NothingToUndoError):
        study.redo()


def test_undo_outlives_closing(study, reopened):
    study.do(things.add, Case(key="c3", name="Three"))
    study.do(things.add, Case(key="c4", name="Four"))
    study.undo()
    again = reopened()
    assert (again.undo_label, again.redo_label) == ("Add case Three", "Add case Four")
    again.redo()
    again.undo()
    again.undo()
    assert content(again.document) == content(example())


def test_an_empty_sitting_leaves_no_trace_in_the_trail(study, reopened):
    study.work_as("ada")
    assert len(audit(reopened())) == 1


def test_who_works(study):
    study.work_as("ada")
    study.do(things.add, Case(key="c3", name="Three"))
    study.work_as("nobody")
    assert study.who == ""
    study.do(things.add, Case(key="c4", name="Four"))
    rows = study.file.connection.execute("SELECT who, at FROM audit ORDER BY seq").fetchall()
    assert [who for who, _ in rows] == ["", "ada", ""]
    assert all(at.endswith("Z") and len(at) == 24 for _, at in rows)


def test_a_reader_changes_nothing(study):
    from app.actions.open_study import OpenStudy

    with OpenStudy.open(study.path, "correct horse battery") as second:
        for attempt in (lambda: second.do(things.add, Case(key="c3", name="x")), second.undo):
            with pytest.raises((OpenedReadOnly, NothingToUndoError)):
                attempt()


def test_a_bug_in_an_action_is_not_hidden_and_leaves_nothing(study):
    def broken(unit):
        unit.add(Case(key="c3", name="Three"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        study.do(broken)
    assert study.document == read_document(study.file.connection)
    study.do(things.add, Case(key="c3", name="Three"))


def test_a_row_that_is_not_there(study):
    with pytest.raises(NotFoundError, match="no longer has that case"):
        study.do(lambda unit: unit.row("cases", "x") and "")


def test_no_error_quotes_what_was_written(study):
    def contradicts(unit):
        unit.insert("cases", {**unit.rows("cases")[0], "id": "x", "name": "sesame"})

    with pytest.raises(RefusedError) as caught:
        study.do(contradicts)
    problem = caught.value
    while problem is not None:
        assert "sesame" not in f"{problem!r} {problem}"
        problem = problem.__cause__ or problem.__context__


def test_a_study_that_contradicts_itself_is_refused_and_leaves_no_file(tmp_path, quick_keys):
    document = example()
    twice = msgspec.structs.replace(document, cases=(*document.cases, document.cases[0]))
    with pytest.raises(RefusedError):
        import_document(tmp_path / "new.fieldquill", "correct horse battery", twice)
    assert list(tmp_path.iterdir()) == []
