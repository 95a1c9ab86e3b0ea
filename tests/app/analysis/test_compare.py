"""Two rounds compared, like with like; and where every level stood in all of them."""

from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.assessment import assess
from app.analysis.compare import compare, trend
from app.analysis.standing import OVERALL, Change, Stand, change_between
from app.model.assessment import Answer, Consensus, FrozenMapping, FrozenRubric, Override
from app.model.evidence import Evidence
from app.model.setting import Case, Round
from app.rubric import library
from app.scoring.offered import answers_to
from app.scoring.scale import Verdict
from tests.documents import RUBRIC, RUBRIC_TEXT, example

replace = msgspec.structs.replace
ROUNDS = tuple(Round(key=f"r{number}", name=f"Round {number}") for number in (1, 2, 3))
CASES = tuple(Case(key=f"c{number}", name=f"Case {number}") for number in (1, 2, 3))
CRITERIA = [criterion.id for criterion in RUBRIC.criteria]
NEWER_TEXT = RUBRIC_TEXT.replace('version: "1.0"', 'version: "2.0"').replace("It is fast.", "It is very fast.")
NEWER = FrozenRubric(key="small-2.0", version="2.0", text=NEWER_TEXT)
F, L, N, U, NA = (
    Verdict.FULLY,
    Verdict.LARGELY,
    Verdict.NOT_ACHIEVED,
    Verdict.UNKNOWN,
    Verdict.NOT_APPLICABLE,
)


def answer(in_round, criterion, verdict, case="c1", rubric="small", assessor="ada", **fields):
    return Answer(
        rubric=rubric, round=in_round, criterion=criterion, case=case, assessor=assessor, verdict=verdict, **fields
    )


def everything(in_round, verdict, case="c1", rubric="small"):
    return [answer(in_round, each, verdict, case, rubric) for each in CRITERIA]


def study(answers, **fields):
    rest = {"rounds": ROUNDS, "cases": CASES, "consensus": (), "findings": (), "overrides": (), "mappings": ()}
    return replace(example(), answers=tuple(answers), **{**rest, **fields})


def changes(compared):
    return {move.part: move.change for move in compared.principles}


# What became of a level


TURNED = {
    **{each: each for each in Change},
    Change.ROSE: Change.FELL,
    Change.FELL: Change.ROSE,
    Change.KNOWN: Change.UNKNOWN,
    Change.UNKNOWN: Change.KNOWN,
    Change.NEW: Change.GONE,
    Change.GONE: Change.NEW,
}  # seen from the later round to the earlier
INTERVALS = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted)


def stand(interval, *, assessed=True):
    low, high = interval or (None, None)
    return Stand(low, high, low, high, None, assessed)


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        ((0, 0), (1, 1), Change.ROSE),
        ((0, 1), (1, 2), Change.ROSE),
        ((2, 2), (0, 1), Change.FELL),
        ((0, 2), (1, 1), Change.KNOWN),
        ((0, 1), (1, 1), Change.KNOWN),
        ((1, 1), (1, 2), Change.UNKNOWN),
        ((1, 1), (0, 1), Change.UNKNOWN),
        ((1, 2), (1, 2), Change.SAME),
        (None, None, Change.SAME),
        (None, (1, 1), Change.OTHER),
        ((1, 1), None, Change.OTHER),
    ],
)
def test_what_became_of_a_level(then, now, change):
    assert change_between(stand(then), stand(now)) is change


@given(then=INTERVALS, now=INTERVALS)
def test_a_level_rises_only_with_both_its_ends(then, now):
    change = change_between(stand(then), stand(now))
    assert (change is Change.ROSE) == (now[0] > then[0] and now[1] > then[1])
    assert (change is Change.KNOWN) == (then[0] <= now[0] and now[1] <= then[1] and then != now)
    assert change_between(stand(now), stand(then)) is TURNED[change]


def test_what_was_not_assessed_is_new_or_gone():
    one, none = stand((0, 0)), stand((0, 2), assessed=False)
    assert change_between(none, one) is Change.NEW
    assert change_between(one, none) is Change.GONE
    assert change_between(none, none) is Change.NEITHER


def test_levels_in_words():
    assert [stand(each).words(RUBRIC) for each in ((0, 0), (0, 2), None)] == ["Low", "Low, at most Top", "not rated"]
    assert stand((0, 0), assessed=False).words(RUBRIC) == "not assessed"


# Two rounds


def test_levels_then_and_now_with_what_changed():
    document = study(
        [
            *(answer("r1", each, N) for each in ("runs", "is-fast", "alarms")),
            answer("r1", "seen", U),
            *(answer("r2", each, F) for each in ("runs", "is-fast")),
            answer("r2", "seen", L),
            answer("r2", "alarms", N),
        ]
    )
    found = compare(document, "r1", "r2")
    case = found.case("c1")
    assert changes(case) == {"first": Change.ROSE, "second": Change.KNOWN}
    assert (case.principle("first").then.low, case.principle("first").now.low) == (0, 2)
    assert case.overall.change is Change.ROSE or case.overall.change is Change.KNOWN
    assert found.words == "1 rose, 1 became known"
    assert [(each.criterion, each.change) for each in case.answers] == [
        ("runs", Change.ROSE),
        ("is-fast", Change.ROSE),
        ("seen", Change.KNOWN),
    ]
    assert found.why_not == found.through == ""


def test_an_answer_comes_with_the_passages_of_both_rounds():
    document = study(
        [
            answer("r1", "runs", N, evidence=(Evidence(passage="i1-p1"),)),
            answer("r2", "runs", F, evidence=(Evidence(passage="m1-p1"), Evidence(passage="i1-p1"))),
        ]
    )
    (moved,) = compare(document, "r1", "r2").case("c1").answers
    assert (moved.then.verdict, moved.now.verdict) == (N, F)
    assert (moved.then.evidence, moved.now.evidence) == (("i1-p1",), ("m1-p1", "i1-p1"))


def test_answers_given_in_one_round_only_or_changed_otherwise():
    document = study(
        [
            answer("r1", "runs", F),
            answer("r1", "seen", NA, rationale="no"),
            answer("r1", "alarms", F),
            answer("r2", "is-fast", F),
            answer("r2", "seen", F),
            answer("r2", "alarms", U),
        ]
    )
    case = compare(document, "r1", "r2").case("c1")
    assert [(each.criterion, each.change) for each in case.answers] == [
        ("alarms", Change.UNKNOWN),
        ("seen", Change.OTHER),
        ("is-fast", Change.NEW),
        ("runs", Change.GONE),
    ]


def test_a_case_added_later_is_new_and_one_left_out_is_gone():
    document = study(
        [*everything("r1", N), *everything("r1", N, "c2"), *everything("r2", F), *everything("r2", F, "c3")]
    )
    found = compare(document, "r1", "r2")
    assert [case.whole for case in found.cases] == [Change.ROSE, Change.GONE, Change.NEW]
    assert found.words == "2 rose, 1 case new, 1 case not assessed any more"


def test_nothing_changed():
    document = study([*everything("r1", F), *everything("r2", F)])
    found = compare(document, "r1", "r2")
    assert found.words == "Nothing changed"
    assert found.counts == {Change.SAME: 2}


def test_the_team_s_level_counts_and_the_derived_one_stands_beside_it():
    override = Override(
        rubric="small", principle="first", case="c1", round="r2", level="top", assessor="ada", reason="We saw it."
    )
    document = study([*everything("r1", N), *everything("r2", N)], overrides=(override,))
    move = compare(document, "r1", "r2").case("c1").principle("first")
    assert move.change is Change.ROSE
    assert (move.now.low, move.now.derived_low) == (2, 0)
    assert move.now.overridden
    assert not move.then.overridden
    assert move.now.derived_words(RUBRIC) == "Low"


def test_what_the_team_agreed_counts():
    agreed = Consensus(rubric="small", criterion="runs", case="c1", round="r2", verdict=F, reason="It does.")
    found = compare(study([answer("r1", "runs", N)], consensus=(agreed,)), "r1", "r2")
    assert [each.change for each in found.case("c1").answers] == [Change.ROSE]


def test_points_are_told_where_the_rule_counts_them():
    rubric = library.load("ml-test-score")
    text = library.text("ml-test-score")
    first = rubric.criteria[0].id
    document = study(
        [answer("r1", first, N, rubric=rubric.id), answer("r2", first, F, rubric=rubric.id)],
        rubrics=(FrozenRubric(key=rubric.id, text=text),),
    )
    move = compare(document, "r1", "r2").case("c1").principles[0]
    assert (move.then.points.low, move.now.points.low) == (0, 1)


def test_a_rubric_without_an_overall_level_has_none_to_compare():
    text = RUBRIC_TEXT.replace("overall: median", "overall: none")
    document = study([*everything("r1", N), *everything("r2", F)], rubrics=(FrozenRubric(key="small", text=text),))
    assert compare(document, "r1", "r2").case("c1").overall is None


# Like with like


def test_rounds_without_answers_say_so():
    document = study(everything("r2", F))
    assert compare(document, "r1", "r2").why_not == "Round 1 has no answers yet."
    assert compare(document, "r2", "r3").why_not == "Round 3 has no answers yet."
    assert compare(document, "r1", "r3").why_not == "Neither Round 1 nor Round 3 has answers yet."
    assert compare(document, "r1", "r1").why_not == "Round 1 has no answers yet."
    assert compare(document, "r1", "r2").cases == ()


def versions(*answers, text=NEWER_TEXT, **fields):
    rubrics = (*example().rubrics, replace(NEWER, text=text))
    return study(answers, rubrics=rubrics, **fields)


def test_two_versions_are_compared_by_what_both_ask_alike():
    document = versions(*everything("r1", N), *everything("r2", F, rubric="small-2.0"))
    for rubric in (None, "small", "small-2.0"):
        found = compare(document, "r1", "r2", rubric)
        assert found.rubric.id == "small-2.0"
        assert changes(found.case("c1")) == {"first": Change.ROSE, "second": Change.ROSE}
        assert [each.criterion for each in found.case("c1").answers] == ["runs", "seen", "alarms", "is-fast"]
        assert found.case("c1").answers[-1].change is Change.NEW  # not asked in these words then
        assert found.through.startswith(
            "Round 1 was answered against small 1.0: its answers are carried over to small 2.0"
        )


def test_what_was_not_asked_is_told_from_what_was_not_answered():
    document = versions(*everything("r1", N), *everything("r2", F, rubric="small-2.0"))
    found = compare(document, "r1", "r2")
    moved = {each.criterion: each for each in found.case("c1").answers}
    offered = answers_to(found.rubric, "is-fast")
    assert moved["is-fast"].words(offered) == ("Not asked", "Fully achieved")
    assert moved["runs"].words(offered) == ("Not achieved", "Fully achieved")


@pytest.mark.parametrize("then", [U, Verdict.WITHHELD, NA, L])
def test_an_answer_to_what_is_asked_alike_is_carried_over_as_it_is(then):
    document = versions(answer("r1", "runs", then, rationale="x"), answer("r2", "runs", F, rubric="small-2.0"))
    (moved,) = compare(document, "r1", "r2").case("c1").answers
    assert moved.then.verdict is then
    same = versions(
        answer("r1", "runs", then, rationale="x"), answer("r2", "runs", then, rubric="small-2.0", rationale="x")
    )
    assert compare(same, "r1", "r2").case("c1").answers == ()


def test_a_rubric_answered_in_both_rounds_needs_no_mapping():
    document = versions(*everything("r1", N), *everything("r2", F), *everything("r2", F, rubric="small-2.0"))
    assert compare(document, "r1", "r2").rubric.id == "small"
    assert compare(document, "r1", "r2").through == ""
    assert compare(document, "r1", "r2", "small-2.0").rubric.id == "small-2.0"


def test_versions_with_nothing_in_common_say_why_not():
    text = NEWER_TEXT
    for statement in ("It runs.", "It is very fast.", "It is seen.", "It alarms."):
        text = text.replace(statement, f"Otherwise: {statement}".replace(":", " -"))
    document = versions(*everything("r1", N), *everything("r2", F, rubric="small-2.0"), text=text)
    assert compare(document, "r1", "r2").why_not == (
        "Round 1 was answered against small 1.0, Round 2 against small 2.0, and no mapping leads from one to the other."
    )


def test_another_rubric_than_those_answered():
    document = versions(*everything("r1", N), *everything("r2", F))
    assert compare(document, "r1", "r2", "small-2.0").why_not == (
        "Neither Round 1 nor Round 2 was answered against small 2.0."
    )


OTHER_TEXT = RUBRIC_TEXT.replace("id: small", "id: other").replace("id: runs", "id: walks")
MAPPING_TEXT = """\
id: small-to-other
from: small
to: other
from_version: "1.0"
to_version: "1.0"
licence: CC0-1.0
note: All of it carries.
entries:
  - {to: walks, from: [runs], note: The same.}
"""


def two_models(*answers, **fields):
    rubrics = (*example().rubrics, FrozenRubric(key="other", version="1.0", text=OTHER_TEXT))
    return study(answers, rubrics=rubrics, **fields)


def test_other_rubrics_are_compared_by_a_mapping_only():
    given_ = (answer("r1", "runs", N), answer("r2", "walks", F, rubric="other"))
    assert "no mapping leads" in compare(two_models(*given_), "r1", "r2").why_not
    kept = (FrozenMapping(key="broken", text="id: broken"), FrozenMapping(key="small-to-other", text=MAPPING_TEXT))
    found = compare(two_models(*given_, mappings=kept), "r1", "r2")
    (moved,) = found.case("c1").answers
    assert (moved.criterion, moved.change, moved.then.criteria) == ("walks", Change.ROSE, ("runs",))
    assert found.rubric.id == "other"


def test_a_mapping_is_used_whichever_round_came_first():
    kept = (FrozenMapping(key="small-to-other", text=MAPPING_TEXT),)
    document = two_models(answer("r2", "runs", F), answer("r1", "walks", N, rubric="other"), mappings=kept)
    found = compare(document, "r1", "r2")
    assert [each.change for each in found.case("c1").answers] == [Change.ROSE]
    assert found.through.startswith("Round 2 was answered against small 1.0")


def test_asking_for_what_is_not_there_is_a_bug():
    for keys in (("none", "r1"), ("r1", "none"), ("r1", "r2", "none")):
        with pytest.raises(KeyError):
            compare(study([]), *keys)


# What must hold for any answers


@st.composite
def studies(draw):
    """Studies of three rounds, each criterion answered or not, with passages, by two assessors at most."""
    given_ = []
    verdicts = st.sampled_from([None, *list(Verdict)[:7]])
    for in_round in ("r1", "r2"):
        for case in ("c1", "c2"):
            for criterion in CRITERIA:
                for assessor in ("ada", "bob"):
                    verdict = draw(verdicts)
                    if verdict is not None:
                        given_.append(answer(in_round, criterion, verdict, case, assessor=assessor, rationale="x"))
    return study(given_)


@given(studies())
def test_a_round_compared_with_itself_finds_nothing(document):
    found = compare(document, "r1", "r1")
    assert found.words == "Nothing changed"
    assert not any(case.answers for case in found.cases)
    assert all(move.change in (Change.SAME, Change.NEITHER) for case in found.cases for move in case.principles)


@given(studies())
def test_rounds_the_other_way_round_change_the_other_way(document):
    there, back = compare(document, "r1", "r2"), compare(document, "r2", "r1")
    for one, other in zip(there.cases, back.cases, strict=True):
        assert one.whole is TURNED[other.whole]
        assert [move.change for move in one.principles] == [TURNED[move.change] for move in other.principles]
        assert [(m.then, m.now) for m in one.principles] == [(m.now, m.then) for m in other.principles]
        mirrored = Counter((each.criterion, TURNED[each.change]) for each in other.answers)
        assert Counter((each.criterion, each.change) for each in one.answers) == mirrored
    assert bool(there.why_not) == bool(back.why_not)


@given(studies())
def test_every_answer_that_changed_is_listed_once(document):
    found = compare(document, "r1", "r2")
    if found.why_not:
        return
    for case in found.cases:
        then, now = (
            {
                each.criterion.id: each.verdict
                for part in assess(document, round_key=key).case(case.case.key).principles
                for each in part.criteria
            }
            for key in ("r1", "r2")
        )
        changed = [key for key in CRITERIA if then[key] != now[key]]
        assert sorted(each.criterion for each in case.answers) == sorted(changed)
        assert [(each.then.verdict if each.then else None) for each in case.answers] == [
            then[each.criterion] for each in case.answers
        ]


# All rounds


def test_where_levels_stood_in_every_round():
    document = study([*everything("r1", N), *everything("r3", F), answer("r2", "runs", U, "c2")])
    found = trend(document)
    assert [(point.round.key, point.low, point.high) for point in found["c1", "first"]] == [
        ("r1", 0, 0),
        ("r2", None, None),
        ("r3", 2, 2),
    ]
    assert [(point.low, point.high) for point in found["c2", OVERALL]][1] == (0, 2)
    assert set(found) == {(case.key, part) for case in CASES for part in ("first", "second", OVERALL)}


def test_rounds_of_another_version_are_carried_over():
    document = versions(*everything("r1", F), *everything("r2", F, rubric="small-2.0"))
    assert [(each.low, each.high) for each in trend(document, "small-2.0")["c1", "first"]] == [
        (1, 2),
        (2, 2),
    ]
