"""The list of evidence: how strong, where seen, what came of open questions; and the method on consent."""

import msgspec
import pytest

from app.model.evidence import Evidence, Stance, Weight
from app.model.source import FollowUp, FollowUpState

replace = msgspec.structs.replace


def test_it_tells_weight_stance_and_where_something_was_seen(study, make_report):
    link = Evidence(
        passage="i2-3", weight=Weight.SHOWN, stance=Stance.CONTRADICTS, reference="Hall screen", note="Rarely looked at"
    )
    answers = (replace(study.answers[0], evidence=(link,)), *study.answers[1:])
    flat = make_report(replace(study, answers=answers)).flat
    assert "Cracks, shown (Hall screen), contradicts: repeatable pipeline (Rarely looked at)" in flat


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            {"entry": "i2-3", "answered_in": "m1", "resolution": "Since March"},
            "Who looks? I2 line 3 Answered Since March M1",
        ),
        ({"entry": "i2-3", "answer": "i2-4", "answered_in": "i2"}, "Who looks? I2 line 3 Answered I2 line 4"),
        ({"case": "c2", "criterion": "drift-detection"}, "Who looks? Scratches, drift detection Answered"),
        ({}, "Who looks? Answered"),
    ],
)
def test_questions_are_told_with_what_came_of_them(study, make_report, question, words):
    asked = FollowUp(key="q", question="Who looks?", state=FollowUpState.ANSWERED, **question)
    printed = make_report(replace(study, follow_ups=(asked,)))
    assert words in " ".join(printed.page_of("Questions that were still to be asked").split())


def test_a_study_that_asked_nothing_again_lists_nothing(study, make_report):
    assert "still to be asked" not in make_report(replace(study, follow_ups=())).flat


def test_consent_is_told_once_with_how_often(study, make_report):
    texts = (("Notes only", ""), ("Notes only", "One screen"), (" ", ""))
    sources = tuple(
        replace(each, consent=consent, allowed=allowed)
        for each, (consent, allowed) in zip(study.sources, texts, strict=True)
    )
    flat = make_report(replace(study, sources=sources)).flat
    assert "Consent People agreed to: Notes only (2×). The site allowed in it: One screen." in flat  # noqa: RUF001
    assert "Consent" not in make_report(study).flat
