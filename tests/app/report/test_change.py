"""What the report says of the change since the round before."""

import pytest
from msgspec.structs import replace

from app.model.assessment import Answer, FrozenRubric, Override
from app.model.setting import Round
from app.rubric import library
from app.scoring.scale import Verdict

RUBRIC = "mlops-maturity"
TEXT = library.text(RUBRIC)


def earlier(study, changes, in_round="r1", cases=("c1", "c2"), rubric=RUBRIC):
    """Answers of the second round as they may have been in another, some otherwise."""
    kept = [each for each in study.answers if each.round == "r2" and each.assessor == "a1" and each.case in cases]
    return tuple(
        replace(each, round=in_round, rubric=rubric, verdict=changes.get((each.case, each.criterion), each.verdict))
        for each in kept
    )


@pytest.fixture(scope="module")
def two(study):
    """The study with a first round in which one case was less far, one unknown, and one not assessed."""
    first = library.load(RUBRIC).principles[0].criteria
    changes = {("c1", each.id): Verdict.NOT_ACHIEVED for each in first[:3]}
    changes |= {("c2", each.id): Verdict.UNKNOWN for each in first}
    return replace(study, answers=(*study.answers, *earlier(study, changes)), consensus=())


def change_page(printed):
    return next(text for text in printed.pages if "Table" in text and "Levels in Round 1 and Round 2" in text)


def test_a_study_answered_in_one_round_has_no_such_section(printed, autocorp, make_report):
    assert "Change since" not in printed.text
    assert "Change since" not in make_report(autocorp).text


def test_levels_then_and_now(two, make_report):
    printed = make_report(two)
    assert any(title.endswith("Change since Round 1") for _, title in printed.bookmarks)
    text = " ".join(change_page(printed).split())
    assert "From Round 1 to Round 2, among the levels of the principles:" in text
    assert "1 case new" in text
    assert "New: it was not assessed in Round 1." in text
    assert "The same:" in text


def test_answers_that_changed_with_the_passages_they_rest_on(two, make_report):
    printed = make_report(two)
    assert "Answers that changed between Round 1 and Round 2" in printed.flat
    name = library.load(RUBRIC).principles[0].criteria[0].name.capitalize()
    page = next(text for text in printed.pages if "Answer to" in text)
    assert name in page
    assert "I2 line" in page
    assert "Not achieved" in page


def test_the_team_s_level_stands_beside_the_derived_one(two, make_report):
    principle = library.load(RUBRIC).principles[2].id
    override = Override(
        rubric=RUBRIC, principle=principle, case="c2", round="r2", level="high", assessor="a1", reason="Seen."
    )
    text = " ".join(change_page(make_report(replace(two, overrides=(override,)))).split())
    assert "set by the team; derived:" in text


def test_a_case_assessed_then_only_and_one_never(two, make_report):
    answers = tuple(each for each in two.answers if not (each.case == "c2" and each.round == "r2"))
    answers = tuple(each for each in answers if each.case != "c3")
    text = " ".join(change_page(make_report(replace(two, answers=answers))).split())
    assert "It was assessed in Round 1 only." in text
    assert "It was not assessed." in text


def test_nothing_that_changed(study, make_report):
    same = tuple(replace(each, round="r1") for each in study.answers)
    text = make_report(replace(study, answers=(*study.answers, *same), consensus=(), overrides=())).flat
    assert "among the levels of the principles: nothing changed." in text
    assert "Answers that changed" not in text


def test_the_round_before_is_the_last_that_can_be_compared(two, make_report):
    later = tuple(replace(each, round="r4") for each in two.answers if each.round == "r2")
    rounds = (*two.rounds, Round(key="r3", name="Round 3"), Round(key="r4", name="Round 4"))
    printed = make_report(replace(two, rounds=rounds, answers=(*two.answers, *later), overrides=()))
    assert "Change since Round 2" in printed.text


def test_another_version_is_carried_over_and_says_so(study, make_report):
    newer = FrozenRubric(key=f"{RUBRIC}-2.0", version="2.0", text=TEXT.replace('version: "1.0"', 'version: "2.0"'))
    old = earlier(study, {}, "r1")
    new = earlier(study, {}, "r2", ("c1", "c2", "c3"), newer.key)
    document = replace(
        study,
        rubrics=(*study.rubrics, newer),
        answers=(*old, *new),
        consensus=(),
        overrides=(),
        findings=(),
        reviews=(),
        challenges=(),
    )
    text = make_report(document).flat
    assert "Round 1 was answered against mlops-maturity 1.0: its answers are carried over" in text


def test_several_rubrics_each_have_their_own(two, make_report):
    score = library.load("ml-test-score")
    given = tuple(
        Answer(rubric=score.id, criterion=each.id, case="c1", round=key, assessor="a1", verdict=verdict)
        for key, verdict in (("r1", Verdict.NOT_ACHIEVED), ("r2", Verdict.FULLY))
        for each in score.principles[0].criteria
    )
    frozen = FrozenRubric(key=score.id, version=score.version, text=library.text(score.id))
    printed = make_report(replace(two, rubrics=(*two.rubrics, frozen), answers=(*two.answers, *given)))
    assert "0 of 7 points" in printed.text
    assert "7 of 7 points" in printed.text
    titles = [title for level, title in printed.bookmarks if level == 1]
    assert any(title.startswith(f"{score.title}, version") for title in titles)
