"""The whole report, read back: every page, every section, the file's own words."""

import hashlib
import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime

import msgspec
import pikepdf
import pytest

from app.disclosure.profiles import UnknownProfileError
from app.model.assessment import Ballot, Dissent
from app.model.disclosure import Paper, ReportSetup
from app.report.build import numbered
from app.report.style import PAGES
from app.report.wording import capital
from app.rubric import library
from tests.reports import build_report

MARKING = "CONFIDENTIAL - Example Works"

BUILD = """
import hashlib, pathlib, sys
import msgspec
from app.model.document import StudyDocument
from app.report.build import make_report
from app.report.snapshot import take
study = msgspec.json.decode(pathlib.Path(sys.argv[1]).read_bytes(), type=StudyDocument)
print(hashlib.sha256(make_report(take(study, version="1")).content).hexdigest())
"""


def test_every_page_bears_its_number_and_the_marking_twice(printed):
    total = len(printed.pages)
    assert total > 10
    for number, text in enumerate(printed.pages, 1):
        assert f"{number} of {total}" in text
        assert text.count(MARKING) >= 2


def test_the_cover_says_what_this_is_and_of_when(printed):
    cover = " ".join(printed.pages[0].split())
    for words in (
        "MLOps at Example Works",
        "Round 2",
        "Nov 2022",
        "Cracks, Scratches, Welds",
        "Assessor One",
        "version 1.0",
    ):
        assert words in cover
    assert "Made with Fieldquill 9.8.7" in cover


def test_the_contents_name_the_pages_sections_begin_on(printed):
    page = int(re.search(r"Next steps\s*(\d+)", printed.contents)[1])
    assert "For each case, what stands between it" in " ".join(printed.pages[page - 1].split())


def test_the_outline_leads_to_every_section_and_case(printed):
    titles = [title for level, title in printed.bookmarks if level == 0]
    assert titles == [
        "Contents",
        "1 Summary",
        "2 Method",
        "3 Profiles of the cases",
        "4 Continuous training, integration and deployment",
        "5 Continuous monitoring and feedback loops",
        "6 Traceability and reproducibility",
        "7 Cases",
        "8 Challenges across the cases",
        "9 Where the organisation is weak",
        "10 Factors",
        "11 Dissent and overrides",
        "12 Limits of this assessment",
        "13 Next steps",
        "14 Review by an insider",
        "A Rubric and answers",
        "B Evidence",
        "C Agreement",
        "D Sources of the rubric",
    ]
    assert (1, "Welds: High") in printed.bookmarks
    assert (1, "Welds") in printed.bookmarks


def test_the_summary_fits_one_page_and_says_what_limits_each_case(printed):
    page = " ".join(printed.body[0].split())
    assert "3 cases at Example Works were assessed on 3 principles from 2 interviews." in page
    assert "Welds is High overall" in page
    assert "limits the case" in page
    assert "at most High" in page
    assert "set by the team derived: Low" in page
    assert "Overall levels follow from the derived ones." in page
    assert "2 Method" in printed.body[1]


def test_what_the_team_set_stands_beside_the_derived_overall_level(printed):
    page = " ".join(printed.body[0].split())
    assert "Below them: what follows with those the team set." in page
    assert "Low team: Low" in page
    assert "Cracks Low with what the team set: Low at most Moderate" in page  # derived: Low, at most Moderate


def test_a_level_that_lapsed_no_longer_counts_and_says_what_changed(study, make_report):
    lapsed = msgspec.structs.replace(study.overrides[0], basis="drift-detection:fully")
    printed = make_report(msgspec.structs.replace(study, overrides=(lapsed,)))
    page = " ".join(printed.body[0].split())
    assert "team: High, lapsed" in page
    assert "set by the team" not in page
    assert "with what the team set" not in page
    assert "High, set by the team, has lapsed: several measures was unanswered, is not achieved now" in printed.flat
    assert "and 8 more changed. It was set (entered by Assessor One)" in printed.flat
    assert "because: Seen on site after the round." in printed.flat


def test_the_method_is_told_from_the_data(printed):
    page = " ".join(printed.body[1].split())
    for words in (
        "The site forbids recording",
        "At least two assessors took part in 1 of 2 interviews",
        "2 follow-up questions, 1 of them answered",
        "checked by an insider (ML engineer)",
        "Sep – Nov 2021",  # noqa: RUF001
        "1 interview (30–45 min)",  # noqa: RUF001
        "2× ML engineer",  # noqa: RUF001
        "Weekly call: for questions left open",
        "Badges must be worn.",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        (("7", "8"), "2 interviews were written on paper and typed in afterwards."),
        (("7", ""), "1 interview was written on paper and typed in afterwards."),
    ],
)
def test_the_method_says_how_many_interviews_come_from_paper(study, make_report, sheets, told):
    given = iter(sheets)
    sources = tuple(
        msgspec.structs.replace(each, sheet=next(given) if each.kind == "interview" else "") for each in study.sources
    )
    printed = make_report(msgspec.structs.replace(study, sources=sources))
    assert told in printed.flat
    assert "from paper: sheet 7" in printed.flat
    assert printed.flat.count("from paper") == sum(map(bool, sheets))


def test_nothing_is_said_of_paper_where_there_was_none(printed):
    assert "paper and typed" not in printed.flat
    assert "from paper" not in printed.flat


def test_findings_levels_and_challenges_stand_together(printed):
    page = " ".join(printed.page_of("Findings on continuous training").split())
    assert "Automated training, manual deployment" in page
    assert "No finding written yet" in page
    assert "Stability of the surroundings" in page


def test_a_score_gives_its_reason_its_evidence_and_the_teams_own_level(printed):
    flat = printed.flat
    assert "Low because Moderate needs 1 more of its 4 criteria: automated training (unknown)." in flat
    assert "Assessors differ (Assessor One: largely achieved and Assessor Two: partially achieved)" in flat
    assert (
        "Agreed largely achieved (Assessor One: fully achieved and Assessor Two: partially achieved): The log shows it."
        in flat
    )
    assert "Set to High by the team (entered by Assessor One), against the derived Low: Seen on site" in flat


def test_dissent_is_printed_with_the_answer_stood_by(study, make_report):
    (agreed,) = study.consensus
    second = study.assessors[1].key
    dissent = Dissent(assessor=second, reason="<b>Only</b> on paper")
    flat = make_report(
        msgspec.structs.replace(study, consensus=(msgspec.structs.replace(agreed, dissents=(dissent,)),))
    ).flat
    assert "The log shows it. Assessor Two stands by partially achieved: <b>Only</b> on paper." in flat


def test_the_method_says_how_far_assessors_agreed(study, make_report, printed):
    assert "2 assessors answered. Agreement is" in printed.flat
    assert "without seeing the others" not in printed.flat
    first = study.answers[0]
    ballot = Ballot(
        rubric=first.rubric, case=first.case, round=first.round, revealed_at=datetime(2030, 1, 1, tzinfo=UTC)
    )
    name = next(case.name for case in study.cases if case.key == first.case)
    apart = make_report(msgspec.structs.replace(study, ballots=(ballot,))).flat
    assert f"For {name} each answered without seeing the others\u2019 answers. Agreement is" in apart
    alone = tuple(each for each in study.answers if each.assessor == study.assessors[0].key)
    assert "assessors answered" not in make_report(msgspec.structs.replace(study, answers=alone)).flat


def test_an_answer_changed_since_is_told(study, make_report):
    """What somebody dissented for is no longer what they answer."""
    (agreed,) = study.consensus
    dissent = Dissent(assessor=study.assessors[1].key, reason="Only on paper")
    when = datetime(2022, 11, 1, tzinfo=UTC)
    late = tuple(
        msgspec.structs.replace(each, answered_at=when.replace(day=2 if each.assessor == dissent.assessor else 1))
        for each in study.answers
    )
    consensus = (msgspec.structs.replace(agreed, agreed_at=when, dissents=(dissent,)),)
    flat = make_report(msgspec.structs.replace(study, answers=late, consensus=consensus)).flat
    assert "Assessor Two dissents: Only on paper. Answered anew since: Assessor Two." in flat


def test_dissent_of_somebody_without_an_answer_is_printed_all_the_same(study, make_report):
    (agreed,) = study.consensus
    gone = tuple(each for each in study.answers if each.criterion != agreed.criterion)
    dissent = Dissent(assessor=study.assessors[1].key, reason="Still not")
    consensus = (msgspec.structs.replace(agreed, dissents=(dissent,)),)
    flat = make_report(msgspec.structs.replace(study, answers=gone, consensus=consensus)).flat
    assert "Agreed largely achieved: The log shows it. Assessor Two dissents: Still not." in flat


def test_evidence_is_cited_by_place_and_weight_and_quoted_only_where_it_was_said_so(printed):
    flat = printed.flat
    assert "Contradicts: M1, said, no longer in the notes: Words no longer there" in flat
    assert "Assessor’s thought: A dashboard hangs in the hall" in flat  # noqa: RUF001
    assert "“A dashboard" not in flat
    assert "“They run it by hand”" in flat
    assert "““" not in flat
    assert "Observed: “We never look at the log”" in flat
    assert "as marked; no longer in the notes" in flat
    assert "uncertain, to be asked again" in flat


def test_factors_are_set_against_cases(printed):
    page = " ".join(printed.page_of("Influence of each factor").split())
    assert "strongly inhibits" in page
    assert "not judged" in page
    assert "Organisation, somewhat facilitates: Two years of it" in printed.flat


def test_the_figure_of_factors_stands_before_their_table_with_levels_in_its_head(printed, study):
    page = " ".join(printed.page_of("How many cases show each factor").split())
    figure, table = page[: page.index("Influence of each factor")], page[page.index("Influence of each factor") :]
    assert figure.index("Inhibits") < figure.index("Facilitates") < figure.index("Other cases")
    assert "neutral 1, not judged 1" in figure
    assert "Each block is a case: strongly somewhat" in figure
    head = table[: table.index("Experience")]
    assert [case.name in head for case in study.cases] == [True] * 3
    assert "at most" in head


def test_without_cases_there_is_no_figure_of_factors(study, make_report):
    only = [each for each in study.influences if each.case is None]
    bare = msgspec.structs.replace(
        study,
        cases=(),
        answers=(),
        findings=(),
        overrides=(),
        consensus=(),
        challenges=(),
        reviews=(),
        codings=(),
        follow_ups=(),
        influences=tuple(only),
        sources=tuple(msgspec.structs.replace(each, cases=()) for each in study.sources),
    )
    printed = make_report(bare)
    assert "How many cases show" not in printed.flat
    assert "Influence of each factor" in printed.flat


def test_next_steps_never_leap(printed):
    rubric = library.load("mlops-maturity")
    start = printed.flat.index("For each case, what stands between it")
    steps = printed.flat[start : printed.flat.index("Of 2 results put before")]
    asked = {c.id: c for p in rubric.principles for c in p.criteria}
    assert asked["automated-training"].advice[:40] in steps
    high = [c for c in asked.values() if c.level == "high"]
    assert not [c.id for c in high if c.advice in steps], "no case has reached Moderate, so High's advice is a leap"
    assert "on the highest level, High" in steps


def test_the_review_is_printed_with_what_became_of_it(printed):
    page = " ".join(printed.page_of("Review by ML engineer, 5 Dec 2022").split())
    assert "Of 2 results put before 1 insider: 1 confirmed and 1 disputed." in page
    assert "Not so manual Kept, with a note" in page


def test_the_appendix_has_every_criterion_and_every_source(printed):
    for criterion in library.load("mlops-maturity").criteria:
        assert capital(criterion.name) in printed.text
        assert " ".join(criterion.statement.split()) in printed.flat
    assert "First talk" in printed.text
    assert "Breck, Cai" in printed.text


def test_ranges_are_written_with_a_dash(printed):
    assert "> 50–85 %" in printed.flat  # noqa: RUF001
    assert "0–15 %" in printed.flat  # noqa: RUF001
    assert "50-85" not in printed.flat


def test_criteria_are_named_and_not_coded(printed):
    assert printed.flat.count("Repeatable pipeline") > 1
    assert "repeatable-pipeline" not in printed.flat


def test_figures_are_numbered_as_they_come(autocorp, make_report):
    flat = make_report(autocorp).flat
    names = (
        "Levels of each case by principle",
        "The criteria that the cases fall short of",
        "How many cases show each",
    )
    assert all(f"Figure {number} {name}" in flat for number, name in enumerate(names, 1))


def test_every_rationale_is_printed(study, printed):
    for answer in study.answers:
        assert answer.rationale in printed.flat


def test_no_identity_gets_in(study, printed):
    assert study.identities
    assert "Canary" not in printed.text
    assert b"Canary" not in printed.content
    assert "canary@example.test" not in printed.text


def test_the_file_says_what_it_is(printed):
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        info = {name: str(value) for name, value in pdf.docinfo.items()}
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.Root.PageMode) == "/UseOutlines"
    assert info["/Title"] == "MLOps at Example Works"
    assert info["/Subject"] == "Assessment of Example Works, Round 2"
    assert info["/Author"] == "Assessor One, Assessor Two"
    assert info["/Creator"] == "Fieldquill 9.8.7"
    assert not {"/CreationDate", "/ModDate"} & set(info), "the file bears no clock's time"


def test_every_font_is_ours_and_embedded(printed):
    found = set()
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                found.add(str(thing.BaseFont).partition("+")[2])
                assert "/FontFile2" in thing.FontDescriptor
    assert found
    assert all(name.startswith("IBMPlexSans") for name in found)


def test_nothing_is_set_outside_the_margins(printed):
    page_size = PAGES[Paper.A4]
    for page, left, bottom, right, top in printed.boxes():
        assert left >= page_size.margin - 1, page
        assert right <= page_size.width - page_size.margin + 1, page
        assert bottom > 20
        assert top < page_size.height - 20


def test_no_page_is_nearly_empty_and_no_heading_is_left_behind(autocorp, make_report):
    printed = make_report(autocorp)
    for number, text in enumerate(printed.body[:-1], 1):
        assert len(text) > 500, number
        ends = text.rstrip().splitlines()
        assert "Challenges" not in ends[-4:], number


def test_the_same_study_gives_the_same_bytes_in_every_process(study, tmp_path):
    path = tmp_path / "study.json"
    path.write_bytes(msgspec.json.encode(study))
    digests = set()
    for seed, more in (("1", {}), ("2", {"SOURCE_DATE_EPOCH": "86400", "TZ": "Asia/Tokyo"})):
        environment = {**os.environ, "PYTHONHASHSEED": seed, **more}
        run = [sys.executable, "-c", BUILD, str(path)]
        done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
        digests.add(done.stdout.strip())
    assert digests == {hashlib.sha256(build_report(study, version="1")).hexdigest()}


def test_an_unknown_profile_is_refused(study):
    with pytest.raises(UnknownProfileError, match='no profile "public"'):
        build_report(study, ReportSetup(profile="public"), version="1")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Nothing has been assessed yet: this study has no rubric."),
        ({"rubrics": True}, "Nothing has been assessed yet: this study has no cases."),
    ],
)
def test_an_empty_study_is_told_so(make_empty, make_report, rubrics, changes, words):
    printed = make_report(make_empty(**({"rubrics": rubrics} if changes else {})))
    assert words in printed.flat
    assert f"1 of {len(printed.pages)}" in printed.pages[0]
    assert "No data has been gathered yet." in printed.flat


def test_a_study_nobody_has_answered_has_no_results(study, make_report):
    bare = msgspec.structs.replace(
        study, answers=(), findings=(), overrides=(), consensus=(), challenges=(), influences=()
    )
    printed = make_report(bare)
    assert "Nothing has been answered yet" in printed.flat
    assert "No factor's influence has been judged" in printed.flat
    assert "No judgement has been tied to a passage yet." in printed.flat
    assert "Next steps" not in printed.text
    for case in bare.cases:
        assert case.name in printed.text


def test_appendices_are_lettered():
    from app.report.blocks import Section

    sections = [Section(key, key, list, appendix=key == "x") for key in "axb"]
    assert [(number, each.key) for number, each in numbered(sections)] == [("1", "a"), ("2", "b"), ("A", "x")]


def test_tables_repeat_their_heads(printed):
    heads = [text for text in printed.pages if "Why, and on what evidence" in text]
    rows = [text for text in printed.pages if "Because of" in text]
    assert len(rows) > 3
    assert len(heads) >= len(rows)
