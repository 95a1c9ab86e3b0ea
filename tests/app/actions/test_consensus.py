"""Agreeing where assessors differ: the reason and the dissent are kept, and nobody's answer is ever changed."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.actions import assess, ballots, consensus
from app.actions.consensus import Point
from app.actions.create import import_document
from app.actions.errors import ActionError, NotFoundError, RefusedError
from app.actions.open_study import OpenStudy
from app.actions.things import add
from app.model.assessment import Dissent, FrozenRubric
from app.model.setting import Assessor
from app.rubric import library
from app.rubric.load import decode_frozen
from app.scoring.choice import options
from app.scoring.scale import PICKS, Verdict
from tests.app.actions.clocked import check_undo
from tests.documents import example

PICKED = "microsoft-mlops-maturity"
AT = Point("small", "seen", "c2", "r1")
MAIN = Point("small", "runs", "c1", "r1")  # agreed in the example: Ada says fully, Bob partially


def place(who, at=AT):
    return assess.Place(at.rubric, at.criterion, at.case, at.round, who)


def standing(study, at=AT):
    here = (at.rubric, at.criterion, at.case, at.round)
    return next((c for c in study.document.consensus if (c.rubric, c.criterion, c.case, c.round) == here), None)


@pytest.fixture
def study(study):
    """The study, in which Ada and Bob differ on the second case, too."""
    study.do(add, Assessor(key="carl", name="Carl"))
    study.do(assess.answer, place("ada"), Verdict.FULLY)
    study.do(assess.answer, place("bob"), Verdict.PARTIALLY)
    return study


def test_agree(study):
    dissent = Dissent(assessor="bob", reason=" Only on paper. ")
    label = check_undo(study, consensus.agree, AT, Verdict.LARGELY, " Seen twice. ", [dissent]).label
    assert label == "Agree on seen of Two: largely achieved"
    found = standing(study)
    assert (found.verdict, found.reason) == (Verdict.LARGELY, "Seen twice.")
    assert [(each.assessor, each.reason) for each in found.dissents] == [("bob", "Only on paper.")]
    assert found.agreed_at is not None


def test_agree_again_replaces(study):
    study.do(consensus.agree, AT, Verdict.LARGELY, "one", [Dissent(assessor="bob", reason="no")])
    check_undo(study, consensus.agree, AT, Verdict.PARTIALLY, "two", [Dissent(assessor="ada", reason="but")])
    found = standing(study)
    assert (found.verdict, found.reason) == (Verdict.PARTIALLY, "two")
    assert [each.assessor for each in found.dissents] == ["ada"]
    assert len(study.document.consensus) == 2


def test_agree_again_where_nobody_differs_any_more(study):
    study.do(consensus.agree, AT, Verdict.LARGELY, "one")
    study.do(assess.answer, place("bob"), Verdict.FULLY)
    study.do(consensus.agree, AT, Verdict.FULLY, "both now say so")
    assert standing(study).verdict is Verdict.FULLY


def test_reopen(study):
    study.do(consensus.agree, AT, Verdict.LARGELY, "one", [Dissent(assessor="bob", reason="no")])
    assert check_undo(study, consensus.reopen, AT).label == "Open again what was agreed on seen of Two"
    assert standing(study) is None
    with pytest.raises(NotFoundError, match="Nothing was agreed"):
        study.do(consensus.reopen, AT)


@pytest.mark.parametrize(
    ("verdict", "reason", "dissents", "sentence"),
    [
        (Verdict.LARGELY, " ", [], "Say why: the reason"),
        (Verdict.LEVEL_1, "so", [], "no such answer"),
        (Verdict.LARGELY, "so", [("carl", "no")], "Carl gave no answer"),
        (Verdict.FULLY, "so", [("ada", "no")], "Ada answered just what is agreed"),
        (Verdict.LARGELY, "so", [("bob", " \n")], "Say why Bob dissents"),
    ],
)
def test_what_can_not_be_agreed(study, verdict, reason, dissents, sentence):
    before = study.document
    with pytest.raises(RefusedError, match=sentence):
        study.do(consensus.agree, AT, verdict, reason, [Dissent(assessor=a, reason=r) for a, r in dissents])
    assert study.document == before


def test_levels_described_alike_are_agreed_on_as_the_highest(quick_keys, tmp_path):
    """As which they count; who picked the other of them has nothing to dissent from."""
    frozen = FrozenRubric(key=PICKED, text=library.text(PICKED))
    document = replace(example(), rubrics=(*example().rubrics, frozen))
    rubric = decode_frozen(frozen.text, PICKED)
    alike = [(each, option) for each in rubric.principles for option in options(rubric, each) if len(option) > 1]
    principle, (low, *_, high) = alike[0]
    at = Point(PICKED, principle.criteria[0].id, "c2", "r1")
    import_document(tmp_path / "picked.fieldquill", "correct horse battery", document)
    with OpenStudy.open(tmp_path / "picked.fieldquill", "correct horse battery") as study:
        study.do(assess.answer, place("ada", at), PICKS[rubric.rank(high.id)])
        study.do(assess.answer, place("bob", at), PICKS[0 if rubric.rank(low.id) else len(rubric.levels) - 1])
        study.do(consensus.agree, at, PICKS[rubric.rank(low.id)], "so")
        assert standing(study, at).verdict is PICKS[rubric.rank(high.id)]
        with pytest.raises(RefusedError, match="just what is agreed"):
            study.do(consensus.agree, at, PICKS[rubric.rank(low.id)], "so", [Dissent(assessor="ada", reason="no")])


def test_nobody_differs(study):
    study.do(assess.answer, place("bob"), Verdict.FULLY)
    with pytest.raises(RefusedError, match="do not differ"):
        study.do(consensus.agree, AT, Verdict.FULLY, "so")


def test_not_before_it_is_revealed(study):
    study.do(ballots.begin, "small", ["c2"], "r1", ["ada", "bob"])
    with pytest.raises(RefusedError, match="not revealed yet"):
        study.do(consensus.agree, AT, Verdict.LARGELY, "so")
    for who in ("ada", "bob"):
        study.work_as(who)
        study.do(ballots.done, "small", "c2", "r1")
    study.do(ballots.reveal, "small", "c2", "r1")
    study.do(consensus.agree, AT, Verdict.LARGELY, "so")
    assert standing(study) is not None


@pytest.mark.parametrize("field", ["rubric", "criterion", "case", "round"])
def test_what_is_agreed_on_must_be_there(study, field):
    lost = replace(AT, **{field: "nothing"})
    for action, *more in ((consensus.agree, Verdict.LARGELY, "so"), (consensus.reopen,)):
        with pytest.raises(NotFoundError):
            study.do(action, lost, *more)


@given(st.data())
def test_nobody_s_answer_is_ever_changed(study, data):
    """Whatever is agreed, again, or opened: every answer is the very same, with its rationale and evidence."""
    before = study.document.answers
    for _ in range(4):
        at = data.draw(st.sampled_from([AT, MAIN, replace(AT, criterion="alarms")]))
        people = st.sampled_from(["ada", "bob", "carl"])
        dissents = data.draw(st.lists(st.builds(Dissent, assessor=people, reason=st.just("no")), max_size=1))
        actions = [
            (
                consensus.agree,
                at,
                data.draw(st.sampled_from(Verdict)),
                data.draw(st.sampled_from(["so", ""])),
                dissents,
            ),
            (consensus.reopen, at),
        ]
        action, *arguments = data.draw(st.sampled_from(actions))
        with contextlib.suppress(ActionError):
            study.do(action, *arguments)
        assert study.document.answers == before


def test_an_answer_changed_later_leaves_the_consensus(study):
    study.do(consensus.agree, AT, Verdict.LARGELY, "so")
    agreed = standing(study)
    study.do(assess.answer, place("bob"), Verdict.FULLY)
    assert standing(study) == agreed
