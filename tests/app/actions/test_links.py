"""Any judgement rests on passages by the same actions, and keeps what each of them said when it was linked."""

from functools import partial

import pytest
from msgspec.structs import replace

from app.actions import assess, evidence, links, notes, things
from app.actions.errors import NotFoundError, RefusedError
from app.actions.notes import AddEntry, MoveEntry, RemoveEntry, SetEntry
from app.analysis.words import Words
from app.model.assessment import Answer, Challenge, Finding, Influence, Strength
from app.model.evidence import Evidence, Passage, Span, Stance, Weight
from app.model.kinds import BY_TYPE
from app.model.shifting import Mark
from app.model.source import Entry
from app.scoring.scale import Verdict
from tests.app.actions.clocked import check_undo

HERE = {"rubric": "small", "case": "c1", "round": "r1"}
OWNERS = (
    Answer(**HERE, criterion="runs", assessor="ada"),
    Finding(**HERE, principle="first", text="whatever it says by now"),
    Challenge(key="ch1", title="T", rubric="small", principle="first", round="r1"),
    Influence(factor="experience", round="r1", case="c1"),
    Influence(factor="experience", round="r1"),
)


def standing(study, owner):
    """The judgement as the study holds it; None where it does not."""
    kind = BY_TYPE[type(owner)]
    found = getattr(study.document, kind.table)
    return next((each for each in found if kind.sort_key(each) == kind.sort_key(owner)), None)


def link_of(study, owner, passage="m1-p1"):
    return next(each for each in standing(study, owner).evidence if each.passage == passage)


def write(study, entry, text):
    study.do(notes.write, "m1", [SetEntry(Entry(key=entry, text=text))])


@pytest.mark.parametrize("owner", OWNERS, ids=lambda owner: type(owner).__name__.lower())
def test_every_kind_of_judgement_is_linked_and_let_go(study, owner):
    before = standing(study, owner)
    if any(each.passage == "m1-p1" for each in before.evidence):
        study.do(links.unlink, owner, "m1-p1")
    others = standing(study, owner).evidence
    changes = check_undo(study, links.link, owner, "m1-p1", Weight.SHOWN, Stance.CONTRADICTS, "the log", "still so")
    assert changes.label.startswith("Link a passage to ")
    assert replace(link_of(study, owner), id=None) == Evidence(
        passage="m1-p1", weight=Weight.SHOWN, stance=Stance.CONTRADICTS, reference="the log", note="still so"
    )
    assert standing(study, owner).evidence[:-1] == others
    assert replace(standing(study, owner), evidence=()) == replace(before, evidence=())
    check_undo(study, links.change_link, owner, "m1-p1", lambda each: replace(each, weight=Weight.SAID))
    assert (link_of(study, owner).weight, link_of(study, owner).note) == ("said", "still so")
    check_undo(study, links.unlink, owner, "m1-p1")
    assert standing(study, owner).evidence == others
    with pytest.raises(NotFoundError, match="does not rest on that passage"):
        study.do(links.unlink, owner, "m1-p1")
    with pytest.raises(NotFoundError, match="does not rest on that passage"):
        study.do(links.change_link, owner, "m1-p1", lambda each: each)


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        (OWNERS[0], "runs of Canary one"),
        (OWNERS[1], "the finding on Canary one"),
        (OWNERS[2], "the challenge Stability"),
        (OWNERS[3], "Experience for Canary one"),
        (OWNERS[4], "Experience for the organisation"),
    ],
)
def test_an_action_says_what_was_linked(study, owner, words):
    assert study.do(links.link, owner, "m1-p1", Weight.DOCUMENTED).label == f"Link a passage to {words}"
    change = partial(replace, note="seen")
    assert study.do(links.change_link, owner, "m1-p1", change).label == f"Change what a passage is to {words}"
    assert study.do(links.unlink, owner, "m1-p1").label == f"Unlink a passage from {words}"


def test_an_answer_and_an_influence_begin_with_their_first_passage(study):
    answer = Answer(**HERE, criterion="alarms", assessor="bob")
    check_undo(study, links.link, answer, "m1-p1")
    assert standing(study, answer).verdict is None
    influence = Influence(factor="experience", round="r2", case="c2")
    check_undo(study, links.link, influence, "m1-p1")
    assert standing(study, influence).strength is Strength.UNKNOWN
    assert [each.passage for each in standing(study, influence).evidence] == ["m1-p1"]


@pytest.mark.parametrize(
    "owner",
    [
        Finding(**HERE, principle="second", text="nobody has written it"),
        Challenge(key="ch9", title="T", rubric="small", principle="first", round="r1"),
    ],
)
def test_a_finding_and_a_challenge_must_be_there(study, owner):
    with pytest.raises(NotFoundError, match="no longer has that"):
        study.do(links.link, owner, "m1-p1")


def test_what_can_not_be_linked(study):
    with pytest.raises(NotFoundError, match='no passage "nothing"'):
        study.do(links.link, OWNERS[0], "nothing")
    with pytest.raises(RefusedError, match="The note holds a character"):
        study.do(links.link, OWNERS[0], "m1-p1", note="\0")
    with pytest.raises(NotFoundError, match="no criterion"):
        study.do(links.link, replace(OWNERS[0], criterion="nothing"), "m1-p1")


def test_a_link_keeps_what_the_passage_says_where_that_is_not_what_it_was_marked_for(study):
    study.do(links.link, OWNERS[0], "m1-p1")
    assert link_of(study, OWNERS[0]).words == ""
    write(study, "m1-1", "can't fly")
    study.do(links.link, OWNERS[4], "m1-p1")
    words = Words(study.document)
    assert words.changed(link_of(study, OWNERS[0]))
    assert not words.changed(link_of(study, OWNERS[4]))
    assert link_of(study, OWNERS[4]).words == words.now("m1-p1")


def test_checked_again_it_keeps_what_the_passage_says_now(study):
    study.do(links.link, OWNERS[0], "m1-p1", note="a remark")
    write(study, "m1-1", "cannary")
    assert Words(study.document).changed(link_of(study, OWNERS[0]))
    assert check_undo(study, links.check, OWNERS[0], "m1-p1").label == "Check a passage again for runs of Canary one"
    assert not Words(study.document).changed(link_of(study, OWNERS[0]))
    assert link_of(study, OWNERS[0]).note == "a remark"
    write(study, "m1-1", "canary")
    assert Words(study.document).changed(link_of(study, OWNERS[0]))
    study.do(links.check, OWNERS[0], "m1-p1")
    assert link_of(study, OWNERS[0]).words == ""  # what it was marked for, once more


def test_words_that_are_gone_can_not_be_checked(study):
    study.do(links.link, OWNERS[0], "m1-p1")
    study.do(notes.write, "m1", [RemoveEntry("m1-1")])
    with pytest.raises(RefusedError, match="Its words are gone"):
        study.do(links.check, OWNERS[0], "m1-p1")
    study.do(links.link, OWNERS[4], "m1-p1")
    assert link_of(study, OWNERS[4]).words == ""
    assert Words(study.document).changed(link_of(study, OWNERS[4]))


def test_what_is_not_linked_is_not_checked(study):
    with pytest.raises(NotFoundError, match="does not rest on"):
        study.do(links.check, OWNERS[0], "m1-p1")
    with pytest.raises(NotFoundError, match="no passage"):
        study.do(links.check, OWNERS[0], "nothing")


def test_lines_split_and_moved_leave_nothing_to_check(study):
    study.do(links.link, OWNERS[4], "i1-p1")  # over two lines
    parts = [
        SetEntry(Entry(key="i1-1", text="The canary"), marks=(Mark("i1-p1", 4, 10),)),
        AddEntry(Entry(key="i1-9", text="sings loudly"), after="i1-1", marks=(Mark("i1-p1", 0, 5),)),
        MoveEntry("i1-2", after=None),
    ]
    study.do(notes.write, "i1", parts)
    words = Words(study.document)
    assert words.now("i1-p1") == "Alarms … canary … sings"
    assert not words.changed(link_of(study, OWNERS[4], "i1-p1"))


def test_what_a_passage_says_is_read_in_the_order_of_the_notes(study):
    said = []

    def read(unit):
        said.append(links.spoken(unit, unit.id_of("passages", "i1-p1")))
        return "Read"

    study.do(read)
    assert said == ["canary … sings … Alarms"]


def test_attached_to_other_words_everything_on_it_is_to_be_checked(study):
    study.do(links.link, OWNERS[0], "m1-p1")
    study.do(notes.write, "m1", [SetEntry(Entry(key="m1-0", text="a bird")), RemoveEntry("m1-1")])
    check_undo(study, evidence.attach_passage, "m1-p1", "m1-0", 2, 6)
    links_ = [link_of(study, owner) for owner in (OWNERS[0], OWNERS[1], OWNERS[3])]
    assert [each.words for each in links_] == ["canary"] * 3
    assert all(Words(study.document).changed(each) for each in links_)
    study.do(links.link, OWNERS[2], "m1-p1")
    assert link_of(study, OWNERS[2]).words == ""


def test_words_kept_already_are_not_pinned_once_more(study):
    study.do(notes.write, "i1", [RemoveEntry("i1-1"), RemoveEntry("i1-2")])
    study.do(notes.write, "i1", [SetEntry(Entry(key="i1-3", text="silence"))])
    study.do(evidence.attach_passage, "i1-p1", "i1-3", 0, 7)
    assert link_of(study, OWNERS[0], "i1-p1").words == "The canary"
    assert link_of(study, OWNERS[2], "i1-p1").words == "canary"


def test_a_passage_that_outgrew_what_a_link_keeps_is_refused(study):
    long = "a " * 6_000
    lines = [AddEntry(Entry(key=f"m1-{number}", text=long)) for number in (7, 8)]
    study.do(notes.write, "m1", lines)
    spans = tuple(Span(entry=f"m1-{number}", start=0, end=len(long), whole=True) for number in (7, 8))
    study.do(things.add, Passage(key="m1-p9", source="m1", words="a", spans=spans))
    with pytest.raises(RefusedError, match="grown too long"):
        study.do(links.link, OWNERS[0], "m1-p9")


def test_answering_explaining_and_rating_keep_notes_and_words_of_links(study):
    write(study, "m1-1", "cannary")
    at = assess.Place("small", "runs", "c1", "r1", "ada")
    study.do(links.link, assess.owner(at), "m1-p1", Weight.SHOWN, Stance.CONTRADICTS, "log", "it stands")
    linked = standing(study, OWNERS[0]).evidence
    assert (linked[-1].note, linked[-1].words) == ("it stands", "cannary")
    assert (linked[0].note, linked[0].words) == ("on a wall", "The canary")
    study.do(assess.answer, at, Verdict.PARTIALLY, "so it is")
    study.do(assess.explain, at, "otherwise")
    study.do(assess.rate_confidence, at, None)
    assert standing(study, OWNERS[0]).evidence == linked
