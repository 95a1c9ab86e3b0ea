"""Answers that a rubric offers or does not, and proposals that are taken over with their evidence."""

import pytest
from msgspec.structs import replace

from app.actions import assess, links
from app.actions.create import import_document
from app.actions.errors import NotFoundError, RefusedError
from app.actions.open_study import OpenStudy
from app.model.assessment import FrozenRubric
from app.model.evidence import Stance, Weight
from app.rubric import library
from app.scoring.scale import Verdict
from tests.app.actions.clocked import check_undo
from tests.app.actions.conftest import PASSPHRASE
from tests.documents import example

MICROSOFT, BRECK = "microsoft-mlops-maturity", "ml-test-score"


@pytest.fixture
def several(quick_keys, tmp_path):
    """The small study, assessed against two more rubrics."""
    frozen = (FrozenRubric(key=key, version="1.0", text=library.text(key)) for key in (MICROSOFT, BRECK))
    document = example()
    path = tmp_path / "several.fieldquill"
    import_document(path, PASSPHRASE, replace(document, rubrics=(*document.rubrics, *frozen)))
    with OpenStudy.open(path, PASSPHRASE) as opened:
        yield opened


def place(criterion, rubric="small", assessor="ada"):
    return assess.Place(rubric, criterion, "c1", "r1", assessor)


def answer_of(study, at):
    here = (at.rubric, at.criterion, at.case, at.round, at.assessor)
    found = ((each.rubric, each.criterion, each.case, each.round, each.assessor) for each in study.document.answers)
    return next((each for each, where in zip(study.document.answers, found, strict=True) if where == here), None)


def without_ids(links):
    return [replace(each, id=None) for each in links]


def accepted(criterion="feature-schema", because=("runs", "seen"), verdict=Verdict.PARTIALLY, assessor="ada"):
    at = place(criterion, BRECK, assessor)
    return assess.Accepted(at, verdict, "Proposed from elsewhere.", "small", tuple(because))


def test_a_level_is_picked_and_one_that_is_like_another_counts_as_the_highest(several):
    at = place("working-together", MICROSOFT)
    assert check_undo(several, assess.answer, at, Verdict.LEVEL_2).label.endswith(": level 2")
    assert answer_of(several, at).verdict is Verdict.LEVEL_2
    several.do(assess.answer, at, Verdict.LEVEL_0)
    assert answer_of(several, at).verdict is Verdict.LEVEL_1
    several.do(assess.answer, at, None)
    assert answer_of(several, at).verdict is None


@pytest.mark.parametrize(
    ("criterion", "rubric", "verdict"),
    [
        ("runs", "small", Verdict.LEVEL_0),
        ("working-together", MICROSOFT, Verdict.FULLY),
        ("working-together", MICROSOFT, Verdict.LEVEL_5),
        ("feature-schema", BRECK, Verdict.LARGELY),
    ],
)
def test_what_a_rubric_does_not_offer_is_refused(several, criterion, rubric, verdict):
    before = several.document
    with pytest.raises(RefusedError, match=r"^This rubric does not offer that answer: choose one of those shown"):
        several.do(assess.answer, place(criterion, rubric), verdict)
    assert several.document is before


def test_answers_are_told_of_in_the_rubric_s_own_words(several):
    label = several.do(assess.answer, place("feature-schema", BRECK), Verdict.PARTIALLY).label
    assert label == "Answer feature schema of Canary one: done by hand, results documented and shared"


def test_a_proposal_is_accepted_with_the_evidence_of_the_own_answers_under_it(several):
    several.do(links.link, assess.owner(place("runs")), "m1-p1", Weight.SHOWN, Stance.CONTRADICTS, "log", "it stands")
    several.do(links.link, assess.owner(place("seen")), "m1-p1", Weight.SAID)
    several.do(links.link, assess.owner(place("seen", assessor="bob")), "i1-p1", Weight.SAID)
    there = answer_of(several, place("runs")).evidence
    given = accepted()
    assert (
        check_undo(several, assess.accept_proposal, given).label
        == "Accept what is proposed for feature schema of Canary one"
    )
    made = answer_of(several, given.at)
    assert (made.verdict, made.rationale) == (Verdict.PARTIALLY, "Proposed from elsewhere.")
    assert without_ids(made.evidence[: len(there)]) == without_ids(there)
    assert len({each.passage for each in made.evidence}) == len(made.evidence)
    assert "bob" not in {each.assessor for each in several.document.answers if each.rubric == BRECK}


def test_what_was_written_and_linked_before_stays_when_a_proposal_is_accepted(several):
    given = accepted(because=("runs",))
    several.do(assess.explain, given.at, "To be asked.")
    several.do(links.link, assess.owner(given.at), "m1-p1", Weight.DOCUMENTED, Stance.SUPPORTS, "sheet")
    several.do(links.link, assess.owner(place("runs")), "m1-p1", Weight.SAID)
    several.do(assess.accept_proposal, given)
    made = answer_of(several, given.at)
    assert made.rationale == "To be asked.\nProposed from elsewhere."
    assert made.evidence[0].weight is Weight.DOCUMENTED


def test_a_proposal_is_never_put_in_the_place_of_an_answer(several):
    given = accepted()
    several.do(assess.answer, given.at, Verdict.UNKNOWN)
    with pytest.raises(RefusedError, match="answered already: take the answer back first"):
        several.do(assess.accept_proposal, given)


def test_all_proposals_of_a_case_are_one_step(several):
    given = [accepted(), accepted("tested-feature-code", ("seen",), Verdict.FULLY)]
    changes = check_undo(several, assess.accept_proposals, given, "Case one")
    assert changes.label == "Accept 2 proposed answers for Case one"
    assert all(answer_of(several, each.at).verdict is each.verdict for each in given)
    several.undo()
    assert not any(answer_of(several, each.at) for each in given)
    assert several.do(assess.accept_proposals, given[:1], "Case one").label == "Accept 1 proposed answer for Case one"
    with pytest.raises(RefusedError):
        several.do(assess.accept_proposals, given, "Case one")
    assert answer_of(several, given[1].at) is None


def test_a_proposal_for_a_criterion_that_is_not_there_is_refused(several):
    with pytest.raises(NotFoundError):
        several.do(assess.accept_proposal, accepted("nothing"))
