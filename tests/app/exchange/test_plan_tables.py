"""What cases lack and the roadmap as tables: every row as long as its head, words as people see them."""

import pytest

from app.analysis.assessment import assess
from app.analysis.gaps import case_gaps
from app.analysis.roadmap import roadmap
from app.exchange.plan_tables import gap_table, roadmap_table
from app.exchange.tables import write_xlsx
from app.model.assessment import Effort, Horizon, Progress
from app.scoring.scale import PICKS, Verdict
from tests.app.analysis.test_gaps import COUNTED, PICKED, study
from tests.documents import RUBRIC_TEXT


def tables(*arguments, **named):
    document = study(*arguments, **named)
    assessment = assess(document)
    gaps = gap_table([(each.case, case_gaps(document, each)) for each in assessment.cases])
    return gaps, roadmap_table(roadmap(document, assessment))


def test_a_gap_is_a_row_with_answer_and_advice():
    gaps, _ = tables(RUBRIC_TEXT, {"runs": Verdict.FULLY}, {"second": "top"})
    own = [row for row in gaps.rows if row[0] == "Canary one"]
    first, *_ = own
    assert first[1:9] == (
        "The first principle",
        "Middle",
        None,
        "Top",
        "is fast",
        "Unanswered",
        "Fully achieved",
        "yes",
    )
    assert first[9:] == (None, "Hurry.")
    assert [row[3:6] for row in own[1:]] == [("Top", "Middle", "seen"), ("Top", "Top", "alarms")]


def test_points_are_numbers_and_what_is_not_needed_says_so():
    gaps, _ = tables(COUNTED, {"one": Verdict.FULLY, "two": Verdict.PARTIALLY})
    own = [row for row in gaps.rows if row[0] == "Canary one"]
    assert [(row[4], row[5], row[8], row[9]) for row in own] == [
        ("Fair", "three", "yes", 1.0),
        ("Fair", "four", "no", 1.0),
        ("Fair", "two", "no", 0.5),
    ]


def test_a_step_is_a_row_with_what_was_said_of_it():
    said = {"effort": Effort.LARGE, "owner": "ML engineers", "horizon": Horizon.YEAR, "progress": Progress.DONE}
    steps = [{"criterion": "runs", **said}, {"criterion": "seen"}]
    _, plan = tables(RUBRIC_TEXT, {"runs": Verdict.FULLY}, steps=steps)
    assert plan.rows[0][2:] == (
        "runs",
        "Run it.",
        "Fully achieved",
        "Large",
        "ML engineers",
        "A year",
        "Done",
        "reached: answered fully achieved in Round 1",
    )
    assert plan.rows[1][5:] == (None, None, None, "Planned", "Unanswered")


@pytest.mark.parametrize(("text", "answers"), [(RUBRIC_TEXT, {}), (COUNTED, {}), (PICKED, {"working": PICKS[0]})])
def test_they_make_a_workbook(text, answers, tmp_path):
    steps = {RUBRIC_TEXT: "runs", COUNTED: "one", PICKED: "working"}
    both = tables(text, answers, steps=[{"criterion": steps[text]}])
    assert all(len(row) == len(table.head) for table in both for row in table.rows)
    write_xlsx(tmp_path / "plan.xlsx", both)
    assert (tmp_path / "plan.xlsx").stat().st_size > 1000
