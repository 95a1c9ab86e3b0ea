"""Next steps in print: the roadmap where there is one, else advice up to the target or the next level."""

import msgspec
import pytest

from app.analysis.assessment import assess
from app.analysis.gaps import case_gaps
from app.model.assessment import Answer, Effort, FrozenRubric, Horizon, NextStep, Progress, Target
from app.report.blocks import section_head
from app.report.grid import Stack
from app.report.material import gather
from app.report.sections import next_steps
from app.report.snapshot import take
from app.report.style import HEIGHT, WIDTH
from app.report.text import clean
from app.rubric.load import decode_rubric
from app.scoring.scale import PICKS, Verdict
from tests.app.analysis.test_gaps import COUNTED, PICKED

replace = msgspec.structs.replace
RUBRIC = "mlops-maturity"
MONITORING, TRAINING = "monitoring-feedback", "training-deployment"
NASTY = "Keep a<b &amp; the <b>queue</b> going"


def target(level, principle=MONITORING, case="ml-p2", reason=""):
    return Target(rubric=RUBRIC, principle=principle, case=case, level=level, reason=reason)


def section(printed):
    flat = printed.flat
    return flat[flat.index("For each case, ") : flat.index("Review by an insider", flat.index("For each case, "))]


@pytest.fixture(scope="module")
def autocorp(autocorp):
    """The demonstration without what it plans."""
    return replace(autocorp, targets=(), next_steps=())


@pytest.fixture(scope="module")
def planned(autocorp, make_report):
    """The demonstration with a roadmap for ML-P2 and a target for ML-P1."""
    at = {"rubric": RUBRIC, "case": "ml-p2"}
    steps = (
        NextStep(
            **at,
            key="s1",
            criterion="regular-checks",
            effort=Effort.MEDIUM,
            owner="Platform <i>team</i>",
            horizon=Horizon.HALF_YEAR,
            progress=Progress.UNDER_WAY,
        ),
        NextStep(**at, key="s2", criterion="automated-training", text=NASTY, progress=Progress.DONE),
    )
    targets = (target("moderate", reason="Audits <ask>."), target("high", TRAINING, "ml-p1"))
    document = replace(autocorp, targets=targets, next_steps=steps)
    return document, section(make_report(document))


def test_without_targets_and_steps_it_is_the_next_level_of_each_case(autocorp, make_report):
    text = section(make_report(autocorp))
    assert text.startswith("For each case, what stands between it and the next level: lower levels first")
    for case in assess(autocorp).cases:
        for gap in case_gaps(autocorp, case):
            for need in gap.needs:
                assert clean(need.criterion.advice) in text
    assert "its target" not in text


def test_where_all_is_planned_nothing_else_is_announced(planned, make_report):
    document, _ = planned
    (step, *_) = document.next_steps
    steps = tuple(replace(step, key=case.key, case=case.key) for case in document.cases)
    text = section(make_report(replace(document, next_steps=steps)))
    assert text.startswith("For each case, the next steps that were agreed on. ML-P1")


def test_a_roadmap_is_printed_with_what_was_said_of_each_step(planned):
    _, text = planned
    own = text[text.index("ML-P2 Monitoring") : text.index("ML-P3 ")]
    assert "Monitoring & feedback: from Low to Moderate, its target Audits <ask>." in own
    assert text.startswith("For each case, the next steps that were agreed on; where there are none,")
    assert "Step Effort Owner By Progress" in own
    assert "Name an owner" in own
    for words in (
        "Medium",
        "Platform <i>team</i>",
        "Half a year",
        "Under way",
        "Regular checks, Monitoring & feedback",
    ):
        assert words in own
    assert NASTY in own
    assert "Done" in own
    assert "Reached: answered " in own
    assert "Drift detection" not in own  # nobody planned it


def test_a_target_takes_the_advice_as_far_as_it_goes(planned):
    _, text = planned
    own = text[text.index("ML-P1 Training") : text.index("ML-P2 Monitoring")]
    assert own.startswith("ML-P1 Training & deployment: from Moderate to High, its target")
    assert text.startswith("For each case, the next steps that were agreed on; where there are none, ")


def test_foundations_of_a_far_target_name_their_level(autocorp, make_report):
    text = section(make_report(replace(autocorp, targets=(target("high"),))))
    own = text[text.index("ML-P2 ") : text.index("ML-P3 ")]
    assert "what stands between it and its target, or the next level where none is set" in text
    assert own.index("not achieved, for Moderate") < own.index("Drift detection")


def test_a_target_that_is_reached_says_so(autocorp, make_report):
    text = section(make_report(replace(autocorp, targets=(target("low"),))))
    assert "Monitoring & feedback: at Low, its target is reached." in text


def under(autocorp, text, answers, level=None):
    """The demonstration assessed against another rubric, with answers on its first case, and a target there."""
    rubric = decode_rubric(text, "made.yaml")
    at = {"rubric": rubric.id, "case": "ml-p1"}
    given = tuple(
        Answer(**at, round="r2", assessor=autocorp.assessors[0].key, criterion=key, verdict=verdict)
        for key, verdict in answers.items()
    )
    aims = (Target(**at, principle=rubric.principles[0].id, level=level),) if level else ()
    bare = dict.fromkeys(("consensus", "findings", "overrides", "challenges", "reviews", "follow_ups", "codes"), ())
    bare |= dict.fromkeys(("codings", "guides", "influences"), ())
    frozen = (FrozenRubric(key=rubric.id, version=rubric.version, text=text),)
    return replace(autocorp, rubrics=frozen, answers=given, targets=aims, **bare)


def test_points_print_the_fewest_criteria_and_what_each_adds(autocorp, make_report):
    document = under(autocorp, COUNTED, {"one": Verdict.FULLY, "two": Verdict.PARTIALLY, "three": Verdict.NOT_ACHIEVED})
    text = section(make_report(document))
    own = text[text.index("ML-P1 ") : text.index("ML-P2 ")]
    assert "from Poor to Fair" in own
    assert "Three not at all, adds 1" in own
    assert "Four" not in own


def test_what_no_answer_reaches_is_said(autocorp, make_report):
    text = section(make_report(under(autocorp, COUNTED, {"one": Verdict.FULLY}, "l3")))
    assert "to Beyond, its target, which not even the best answers reach" in text


def test_descriptions_are_printed_one_after_the_other(autocorp, make_report):
    text = section(make_report(under(autocorp, PICKED, {"working": PICKS[0]}, "l3")))
    own = text[text.index("ML-P1 ") : text.index("ML-P2 ")]
    assert own.index("Together. Meet.") < own.index("As one. Meet.")


def test_the_section_begins_where_its_head_and_the_start_of_a_case_have_room(autocorp):
    material = gather(take(autocorp, version="1"))
    (made,) = next_steps.sections(material)
    opening, kept, *_ = made.flow()
    head = section_head("12", made)[1]
    assert made.room >= Stack([head, opening], WIDTH).height + kept.height
    assert made.room < HEIGHT / 2
