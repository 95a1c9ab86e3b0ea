"""The scale of answers."""

import pytest

from app.scoring import scale
from app.scoring.scale import PICKS, SCALE, Verdict


def test_every_verdict_has_its_key_and_words():
    assert [*(step.verdict for step in SCALE), *PICKS] == list(Verdict)
    assert [step.key for step in SCALE] == ["1", "2", "3", "4", "n", "u", "w"]
    assert [scale.label(verdict) for verdict in [*(step.verdict for step in SCALE), None]] == [
        "Fully achieved",
        "Largely achieved",
        "Partially achieved",
        "Not achieved",
        "Not applicable",
        "Unknown",
        "Withheld",
        "Unanswered",
    ]
    assert scale.step(Verdict.NOT_APPLICABLE).short == "n/a"


def test_files_hold_these_values():
    values = ["fully", "largely", "partially", "not", "not_applicable", "unknown", "withheld"]
    values += [f"level-{rank}" for rank in range(10)]
    assert [verdict.value for verdict in Verdict] == values


def test_keys_lead_to_verdicts():
    assert scale.by_key("4") is Verdict.NOT_ACHIEVED
    assert scale.by_key("U") is Verdict.UNKNOWN
    assert scale.by_key("5") is None


def test_the_ranges_of_iso_33020_meet_without_gap():
    achieved = [scale.step(verdict) for verdict in scale.ACHIEVEMENTS]
    assert [step.up_to for step in achieved] == [15, 50, 85, 100]
    assert [step.over for step in achieved] == [0, 15, 50, 85]
    assert scale.percent_text(Verdict.NOT_ACHIEVED) == "0-15 %"
    assert scale.percent_text(Verdict.LARGELY) == "> 50-85 %"
    assert scale.percent_text(Verdict.UNKNOWN) == ""


@pytest.mark.parametrize(
    ("verdict", "passes", "place", "is_open"),
    [
        (Verdict.FULLY, True, 3, False),
        (Verdict.LARGELY, True, 2, False),
        (Verdict.PARTIALLY, False, 1, False),
        (Verdict.NOT_ACHIEVED, False, 0, False),
        (Verdict.NOT_APPLICABLE, False, None, False),
        (Verdict.UNKNOWN, False, None, True),
        (Verdict.WITHHELD, False, None, True),
        (None, False, None, True),
    ],
)
def test_the_threshold_lies_at_largely(verdict, passes, place, is_open):
    assert scale.passes(verdict) is passes
    assert scale.achievement(verdict) == place
    assert scale.is_achievement(verdict) is (place is not None)
    assert scale.is_open(verdict) is is_open
