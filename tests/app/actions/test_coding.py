"""Coding notes: on words, lines and passages, by whoever is working; every step can be taken back."""

import msgspec
import pytest

from app.actions import coding, links, things
from app.actions.coding import Place
from app.actions.double_coding import begin, say_done
from app.actions.errors import NotFoundError, RefusedError
from app.actions.evidence import attach_passage
from app.actions.notes import AddEntry, SetEntry, write
from app.model.assessment import Answer
from app.model.evidence import About, Code, Passage, Span, Stance, Weight
from app.model.source import Entry
from tests.app.actions.clocked import START, check_undo, of

ANSWER = Answer(rubric="small", criterion="seen", case="c1", round="r1", assessor="ada")


@pytest.fixture(autouse=True)
def working(study):
    study.work_as("ada")


def words(entry, start, end):
    return Span(entry=entry, start=start, end=end)


def line(entry):
    return Span(entry=entry, start=0, end=1, whole=True)


def codings(study, passage):
    return {
        (each.code, each.assessor, each.case, each.memo) for each in study.document.codings if each.passage == passage
    }


def spans(study, passage):
    return [(each.entry, each.start, each.end, each.whole) for each in of(study, "passages", passage).spans]


@pytest.fixture
def mixed(study):
    """A code that is about the organisation or a case."""
    study.do(things.add, Code(key="mixed", name="Mixed"))
    return "mixed"


# Putting codes on


def test_words_become_a_passage_with_the_code_on_it(study, mixed):
    changes = check_undo(study, coding.put_on, Place("i1", (words("i1-1", 4, 10),)), mixed, coding.USUAL, "sings")
    key = changes.key_of("passages")
    assert changes.label == "Code with “Mixed”"
    assert of(study, "passages", key).words == "canary"
    assert codings(study, key) == {("mixed", "ada", "c1", "sings")}
    made = next(each for each in study.document.codings if each.passage == key)
    assert made.made_at is not None


def test_a_passage_of_just_these_words_is_used_again(study, mixed):
    check_undo(study, coding.put_on, Place("m1", (words("m1-1", 0, 6),)), mixed)
    assert codings(study, "m1-p1") == {("mixed", "ada", None, "")}
    check_undo(study, coding.put_on, Place("i1", (words("i1-1", 11, 16),)), mixed)  # a stretch of a longer passage
    assert codings(study, "i1-p1") == {("monitoring", "ada", "c1", "canary memo")}
    assert spans(study, "i1-p2") == [("i1-1", 11, 16, False)]


def test_a_line_as_a_whole_is_a_passage_of_its_own_that_grows_with_it(study, mixed):
    check_undo(study, coding.put_on, Place("m1", (line("m1-1"),)), mixed)
    assert spans(study, "m1-p2") == [("m1-1", 0, 6, True)]
    check_undo(study, coding.put_on, Place("m1", (line("m1-1"),)), "monitoring")
    assert {code for code, *_ in codings(study, "m1-p2")} == {"mixed", "monitoring"}


def test_several_lines_and_passages_are_coded_in_one_step(study, mixed):
    place = Place("i1", (line("i1-1"), line("i1-2")), ("i1-p1",))
    changes = check_undo(study, coding.put_on, place, mixed)
    assert sum(kind == "passages" for kind, _ in changes.touched) >= 2
    assert codings(study, "i1-p1") == {("mixed", "ada", "c1", ""), ("monitoring", "ada", "c1", "canary memo")}


def test_a_code_put_on_again_keeps_its_memo_unless_there_is_another(study):
    study.do(coding.put_on, Place("i1", (), ("i1-p1",)), "monitoring", None)
    assert codings(study, "i1-p1") == {("monitoring", "ada", None, "canary memo")}
    study.do(coding.put_on, Place("i1", (), ("i1-p1",)), "monitoring", None, "other")
    assert codings(study, "i1-p1") == {("monitoring", "ada", None, "other")}


def test_a_code_put_on_again_stays_about_what_it_was_said_to_be_about(study, mixed):
    study.do(coding.put_on, Place("i1", (), ("i1-p1",)), mixed)
    study.do(coding.set_case, "i1-p1", mixed, "c2")
    study.do(coding.put_on, Place("i1", (), ("i1-p1",)), mixed)
    assert (mixed, "ada", "c2", "") in codings(study, "i1-p1")


def test_finished_notes_are_coded_too(study, mixed):
    study.do(things.change, of(study, "sources", "i1").__class__(**_finished(of(study, "sources", "i1"))))
    check_undo(study, coding.put_on, Place("i1", (words("i1-1", 0, 3),)), mixed)


def _finished(source):
    fields = {name: getattr(source, name) for name in source.__struct_fields__}
    return fields | {"status": "finished"}


@pytest.mark.parametrize(
    ("about", "line_case", "cases", "usual"),
    [
        (About.ORGANISATION, "a", ("a",), None),
        (None, "b", ("a", "b"), "b"),
        (About.CASE, None, ("a",), "a"),
        (None, None, ("a", "b"), None),
        (None, None, (), None),
    ],
)
def test_what_a_coding_is_about_unless_somebody_says(about, line_case, cases, usual):
    assert coding.usual_case(about, line_case, cases) == usual


def test_the_case_comes_from_the_line_the_source_or_whoever_codes(study, mixed):
    study.do(coding.put_on, Place("i1", (words("i1-2", 0, 3),)), mixed)
    study.do(coding.put_on, Place("i1", (words("i1-2", 0, 3),)), "tools")
    assert codings(study, "i1-p2") == {("mixed", "ada", "c1", ""), ("tools", "ada", None, "")}
    study.do(coding.put_on, Place("i1", (words("i1-2", 0, 3),)), "tools", "c2")
    assert ("tools", "ada", "c2", "") in codings(study, "i1-p2")


def test_what_cannot_be_coded_is_said(study):
    place = Place("i1", (words("i1-1", 0, 3),))
    for where, why in (
        (Place("i1", (words("i1-1", 3, 3),)), "Select some words"),
        (Place("i1", (line("i1-3"),)), "without words"),
    ):
        with pytest.raises(RefusedError, match=why):
            study.do(coding.put_on, where, "tools")
    with pytest.raises(NotFoundError, match="no such line"):
        study.do(coding.put_on, Place("m1", (words("i1-1", 0, 3),)), "tools")
    with pytest.raises(NotFoundError, match='no code "gone"'):
        study.do(coding.put_on, place, "gone")
    study.work_as("")
    before = study.document
    with pytest.raises(RefusedError, match="say who is working"):
        study.do(coding.put_on, place, "tools")
    assert study.document == before


# Codes made while coding


def test_a_code_is_made_and_put_on_in_one_step(study):
    place = Place("i1", (words("i1-1", 4, 10),))
    check_undo(study, coding.put_new_on, place, "  Early   warning ", "tools")
    assert of(study, "codes", "early-warning") == Code(
        id=of(study, "codes", "early-warning").id, key="early-warning", name="Early warning", parent="tools"
    )
    check_undo(study, coding.put_new_on, place, "Early warning")  # at the top it is another one
    assert of(study, "codes", "early-warning-2").parent is None
    number = len(study.document.codes)
    study.do(coding.put_new_on, Place("i1", (line("i1-2"),)), "EARLY WARNING", "tools")
    assert len(study.document.codes) == number
    with pytest.raises(RefusedError, match="name"):
        study.do(coding.put_new_on, place, "  ")


def test_words_make_the_name_of_a_code():
    assert coding.name_from("  no\n alarm ") == "no alarm"
    long = coding.name_from("the alarm rings and nobody in the plant looks at it before Monday morning")
    assert len(long) <= 60
    assert long.endswith("…")


# Changing codings


def test_recoding_keeps_memo_and_case(study, mixed):
    check_undo(study, coding.recode, "i1-p1", "monitoring", mixed)
    assert codings(study, "i1-p1") == {("mixed", "ada", "c1", "canary memo")}
    check_undo(study, coding.recode, "i1-p1", mixed, "tools")  # which is about the organisation
    assert codings(study, "i1-p1") == {("tools", "ada", None, "canary memo")}
    before = study.document
    study.do(coding.recode, "i1-p1", "tools", "tools")
    assert study.document == before


def test_recoding_to_what_is_on_already_leaves_one(study, mixed):
    study.do(coding.put_on, Place("i1", (), ("i1-p1",)), mixed, None, "first")
    check_undo(study, coding.recode, "i1-p1", "monitoring", mixed)
    assert codings(study, "i1-p1") == {("mixed", "ada", "c1", "first\n\ncanary memo")}


def test_a_code_is_made_in_the_place_of_another(study):
    check_undo(study, coding.recode_to_new, "i1-p1", "monitoring", "Birds", "tools")
    assert codings(study, "i1-p1") == {("birds", "ada", "c1", "canary memo")}
    assert of(study, "codes", "birds").parent == "tools"


def test_a_passage_that_nothing_is_left_on_goes_with_its_last_code(study, mixed):
    study.do(coding.put_on, Place("i1", (words("i1-2", 0, 3),)), mixed)
    study.do(coding.put_on, Place("i1", (), ("i1-p2",)), "tools")
    check_undo(study, coding.uncode, "i1-p2", mixed)
    assert of(study, "passages", "i1-p2") is not None
    check_undo(study, coding.uncode, "i1-p2", "tools")
    assert of(study, "passages", "i1-p2") is None


def test_a_passage_that_something_rests_on_stays(study):
    check_undo(study, coding.uncode, "i1-p1", "monitoring")
    assert of(study, "passages", "i1-p1") is not None


def test_memo_and_case_are_set(study):
    check_undo(study, coding.set_memo, "i1-p1", "monitoring", " why ")
    check_undo(study, coding.set_case, "i1-p1", "monitoring", "c2")
    assert codings(study, "i1-p1") == {("monitoring", "ada", "c2", "why")}


def test_a_memo_or_a_case_written_later_leaves_when_the_code_was_put_on(timed, clock):
    timed.work_as("ada")
    timed.do(coding.put_on, Place("m1", (), ("m1-p1",)), "tools")
    clock.forward(hours=1)
    timed.do(coding.set_memo, "m1-p1", "tools", "later")
    timed.do(coding.set_case, "m1-p1", "tools", "c2")
    (made,) = [each for each in timed.document.codings if each.passage == "m1-p1"]
    assert (made.made_at, made.memo, made.case) == (START, "later", "c2")
    timed.do(coding.put_on, Place("m1", (), ("m1-p1",)), "tools")
    assert [each.made_at for each in timed.document.codings if each.passage == "m1-p1"] == [clock()]


def test_nobody_changes_what_somebody_else_put_on(study):
    for who in ("bob", ""):
        study.work_as(who)
        for action, more in (
            (coding.recode, ("tools",)),
            (coding.uncode, ()),
            (coding.set_memo, ("x",)),
            (coding.set_case, (None,)),
        ):
            with pytest.raises(NotFoundError, match="whoever is working"):
                study.do(action, "i1-p1", "monitoring", *more)


# Moving the ends of passages


def test_an_end_moves_by_a_word_and_the_passage_is_marked_for_what_it_says_then(study):
    study.do(coding.put_on, Place("i1", (words("i1-1", 4, 10),)), "tools")
    check_undo(study, coding.resize_passage, "i1-p2", "end", 1)
    assert of(study, "passages", "i1-p2").words == "canary sings"
    check_undo(study, coding.resize_passage, "i1-p2", "start", -1)
    assert of(study, "passages", "i1-p2").words == "The canary sings"
    label = check_undo(study, coding.resize_passage, "i1-p2", "start", 1).label
    assert label == "Shrink passage “canary sings”"
    assert spans(study, "i1-p2") == [("i1-1", 4, 16, False)]


def test_links_keep_the_words_they_were_made_for(study):
    study.do(coding.put_on, Place("i1", (words("i1-1", 4, 10),)), "tools")
    study.do(links.link, ANSWER, "i1-p2", Weight.SAID, Stance.SUPPORTS)
    check_undo(study, coding.resize_passage, "i1-p2", "end", 1)
    (answer,) = [each for each in study.document.answers if each.criterion == "seen"]
    assert [(each.passage, each.words) for each in answer.evidence] == [("i1-p2", "canary")]


def test_of_a_passage_in_several_places_the_outer_ends_move(study):
    check_undo(study, coding.resize_passage, "i1-p1", "start", -1)
    assert spans(study, "i1-p1")[0] == ("i1-1", 0, 10, False)
    check_undo(study, coding.resize_passage, "i1-p1", "end", 1)
    assert ("i1-2", 0, 7, False) in spans(study, "i1-p1")


def test_a_passage_that_outgrew_what_can_be_kept_of_it_stays_as_it_is(study):
    lines = [AddEntry(Entry(key=f"m1-{number}", text="word " * 2_500)) for number in (7, 8)]
    study.do(write, "m1", lines)
    spans = tuple(Span(entry=f"m1-{number}", start=0, end=12_000) for number in (7, 8))
    study.do(things.add, Passage(key="m1-p9", source="m1", words="word", spans=spans))
    before = study.document
    with pytest.raises(RefusedError, match="grown too long"):
        study.do(coding.resize_passage, "m1-p9", "end", 1)
    assert study.document == before


def test_what_another_coder_put_on_unseen_stays_where_it_is(study):
    study.do(coding.put_on, Place("i1", (words("i1-1", 4, 10),)), "tools", coding.USUAL, "mine")
    study.do(begin, "ada", "bob", ["i1"])
    study.work_as("bob")
    study.do(coding.put_on, Place("i1", (words("i1-1", 4, 10),)), "monitoring", coding.USUAL, "his")
    check_undo(study, coding.resize_passage, "i1-p2", "end", 1)
    assert (codings(study, "i1-p2"), spans(study, "i1-p2")) == (
        {("monitoring", "bob", "c1", "his")},
        [("i1-1", 4, 16, False)],
    )
    assert (codings(study, "i1-p3"), spans(study, "i1-p3")) == (
        {("tools", "ada", None, "mine")},
        [("i1-1", 4, 10, False)],
    )
    study.work_as("ada")
    study.do(say_done, "dc-1", "ada")
    study.work_as("bob")
    study.do(say_done, "dc-1", "bob")
    study.do(coding.put_on, Place("i1", (), ("i1-p3",)), "monitoring")
    study.do(coding.resize_passage, "i1-p3", "end", 1)  # now that it is seen it goes along
    assert {who for _code, who, *_ in codings(study, "i1-p3")} == {"ada", "bob"}


def test_what_another_coder_put_on_unseen_is_not_attached_along(study):
    study.do(coding.put_on, Place("i1", (words("i1-1", 4, 10),)), "tools")
    study.do(begin, "ada", "bob", ["i1"])
    study.work_as("bob")
    study.do(coding.put_on, Place("i1", (), ("i1-p2",)), "monitoring")
    entry = next(each for source in study.document.sources for each in source.entries if each.key == "i1-1")
    study.do(write, "i1", [SetEntry(msgspec.structs.replace(entry, text="gone"))])
    check_undo(study, attach_passage, "i1-p2", "i1-2", 0, 6)
    assert (spans(study, "i1-p2"), spans(study, "i1-p3")) == ([("i1-2", 0, 6, False)], [])
    assert {who for _code, who, *_ in codings(study, "i1-p3")} == {"ada"}


def test_a_line_as_a_whole_that_shrinks_is_words_of_it(study):
    study.do(coding.put_on, Place("i1", (line("i1-1"),)), "tools")
    check_undo(study, coding.resize_passage, "i1-p2", "start", 1)
    assert spans(study, "i1-p2") == [("i1-1", 4, 31, False)]


def test_an_end_that_can_go_no_further_is_said(study):
    with pytest.raises(RefusedError, match="keeps a word"):
        study.do(coding.resize_passage, "m1-p1", "end", 1)
    study.do(things.remove, "passages", "m1-p1")
    with pytest.raises(NotFoundError):
        study.do(coding.resize_passage, "m1-p1", "end", 1)


def test_a_passage_that_lost_its_words_has_no_ends(study):
    from app.actions.notes import RemoveEntry, write

    study.do(write, "m1", [RemoveEntry("m1-1")])
    with pytest.raises(RefusedError, match="no longer in the notes"):
        study.do(coding.resize_passage, "m1-p1", "end", 1)
