"""The AutoCorp study is complete and hangs together: the published design of the case study, with evidence for all."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest

from app.analysis.assessment import assess
from app.analysis.gaps import case_gaps
from app.exchange.references import problems
from app.exchange.study_json import encode, read_study
from app.model.assessment import ReviewVerdict, Tendency
from app.model.document import StudyDocument
from app.model.evidence import Weight
from app.model.setting import Permission
from app.model.source import EntryKind, FollowUpState, Part, SourceKind
from app.paths import RESOURCES
from app.rubric import library
from app.scoring.scale import Verdict

# Typed from the published paper: Table 3, Tables 4 to 6, Figure 2.
ROLES = {
    "r1": {
        "ML engineer": 2,
        "ML platform manager": 1,
        "Business stakeholder": 2,
        "IT manager": 1,
        "IT project manager": 1,
        "IT architect": 1,
        "Innovation engineer": 2,
    },
    "r2": {
        "ML engineer": 4,
        "Head of data science": 1,
        "ML platform manager": 1,
        "IT project manager": 1,
    },
}
DAYS = {"r1": (date(2021, 9, 1), date(2021, 11, 30)), "r2": (date(2022, 10, 1), date(2022, 11, 30))}
MINUTES = {"r1": (30, 45), "r2": (45, 45)}
CHALLENGES = {
    "training-deployment": {
        "Stability of the environment",
        "Selection of appropriate tools",
        "Integration tests",
        "Verification of ML systems",
    },
    "monitoring-feedback": {
        "Configuring the sensitivity of monitoring",
        "Appropriateness of external tools",
        "Obtaining ground-truth feedback",
        "Streamlining the labelling of new data",
    },
    "traceability": {"Common standards for MLOps tools", "Leveraging synergies"},
}
FACILITATING = {
    "Organisational experience with MLOps": "organisation",
    "Appropriateness of existing MLOps tools": "market",
    "Business criticality of the use case": "case",
}
INHIBITING = {
    "Inherent complexity of the underlying ML model": "case",
    "Insufficient quality of new data": "case",
    "Environmental complexity": "case",
    "Idiosyncrasy of the use case": "case",
}
CASES = ("ml-p1", "ml-p2", "ml-p3")
HOLIDAYS = {date(2021, 11, 1), date(2022, 10, 3), date(2022, 11, 1)}


@pytest.fixture(scope="module")
def study():
    return read_study(RESOURCES / "demo" / "autocorp.json")


@pytest.fixture(scope="module")
def rubric():
    return library.load("mlops-maturity")


@pytest.fixture(scope="module")
def interviews(study):
    return [source for source in study.sources if source.kind is SourceKind.INTERVIEW]


@pytest.fixture(scope="module")
def texts(study):
    return {entry.key: entry.text for source in study.sources for entry in source.entries}


def evidenced(study):
    """Everything in the study that rests on passages."""
    return (*study.answers, *study.findings, *study.challenges, *study.influences)


def test_it_says_what_it_is(study):
    for words in ("reconstruction for demonstration", "Fieldquill authors", "Weber", "No real person's words"):
        assert words in study.study.about
    assert "nothing here was said by an actual interviewee" in study.study.about
    assert study.identities == ()


def test_recording_is_forbidden_and_papers_are_marked(study):
    assert study.site_policy.recording is Permission.FORBIDDEN
    assert study.site_policy.marking


def test_every_reference_resolves(study):
    assert list(problems(study)) == []


def test_ids_are_left_to_the_importer(study):
    assert all(thing.id is None for thing in (*study.sources, *study.passages, *study.answers, *study.codings))


def test_three_cases_in_two_rounds(study):
    assert tuple(case.key for case in study.cases) == CASES
    assert [case.name for case in study.cases] == ["ML-P1", "ML-P2", "ML-P3"]
    for case in study.cases:
        assert all((case.ml_type, case.data_source, case.deployment, case.status, case.developed_by))
    assert {turn.key: (turn.starts, turn.ends) for turn in study.rounds} == DAYS


@pytest.mark.parametrize("turn", ROLES)
def test_roles_are_those_of_table_3(study, interviews, turn):
    role = {participant.key: participant.role for participant in study.participants}
    asked = [key for source in interviews if source.round == turn for key in source.participants]
    assert Counter(role[key] for key in asked) == ROLES[turn]


def test_seventeen_interviews_each_with_somebody_else(interviews):
    assert [source.key for source in interviews] == [f"i{number}" for number in range(1, 18)]
    assert len({source.participants for source in interviews}) == 17


def test_interviews_last_as_long_as_table_3_says(interviews):
    for source in interviews:
        shortest, longest = MINUTES[source.round]
        lasted = source.ended_at - source.started_at
        assert timedelta(minutes=shortest) <= lasted <= timedelta(minutes=longest), source.key


def test_sources_are_on_working_days_in_office_hours_of_the_months_stated(study):
    for source in study.sources:
        start = source.started_at.astimezone(ZoneInfo(source.zone))
        first, last = DAYS[source.round]
        assert source.zone == study.study.zone == "Europe/Berlin"
        assert first <= start.date() <= last, source.key
        assert start.weekday() < 5, source.key
        assert start.date() not in HOLIDAYS, source.key
        assert 8 <= start.hour < 17, source.key


def test_sources_stand_in_the_order_they_took_place(study):
    starts = [source.started_at for source in study.sources]
    assert starts == sorted(starts)


def test_meetings_are_fortnightly_in_both_rounds(study):
    meetings = [source for source in study.sources if source.kind is SourceKind.MEETING]
    for turn in DAYS:
        days = [source.started_at.date() for source in meetings if source.round == turn]
        assert len(days) >= 3
        assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=14)}


def test_two_assessors_attend_every_interview_one_to_ask_and_one_to_watch(interviews):
    for source in interviews:
        assert len({attendance.assessor for attendance in source.assessors}) >= 2, source.key
        assert {attendance.part for attendance in source.assessors} == {Part.INTERVIEWER, Part.OBSERVER}, source.key


def test_notes_are_as_full_as_promised(interviews):
    noted = {source.key: len(source.entries) for source in interviews if source.entries}
    assert sum(source.round == "r1" for source in interviews if source.key in noted) == 3
    assert {source.key for source in interviews if source.round == "r2"} <= noted.keys()
    assert min(noted.values()) >= 25


def test_notes_advance_through_the_conversation(study):
    for source in study.sources:
        times = [entry.at for entry in source.entries]
        assert times == sorted(set(times)), source.key
        assert all(source.started_at <= at < source.ended_at for at in times), source.key


def test_only_what_was_said_has_a_speaker(interviews):
    for source in interviews:
        for entry in source.entries:
            said = entry.kind in {EntryKind.PARAPHRASE, EntryKind.QUOTATION}
            assert (entry.speaker in source.participants) == said, entry.key


def test_every_round_2_interview_has_each_kind_of_note(interviews):
    for source in interviews:
        if source.round == "r2":
            # what an assessor asks beside the guide is noted where it is asked, and need not be
            kinds = {entry.kind for entry in source.entries} - {EntryKind.QUESTION}
            assert kinds == set(EntryKind) - {EntryKind.QUESTION}, source.key


def test_notes_are_short_lines(texts):
    assert max(len(text) for text in texts.values()) <= 160


def test_passages_say_what_their_spans_say(study, texts):
    for passage in study.passages:
        said = [texts[span.entry][span.start : span.end] for span in passage.spans]
        assert "\n".join(said) == passage.words, passage.key
        assert said
        assert all(part == part.strip() for part in said), passage.key


def test_some_passages_span_two_entries(study):
    assert any(len({span.entry for span in passage.spans}) == 2 for passage in study.passages)


def test_every_passage_is_coded(study):
    assert {passage.key for passage in study.passages} == {coding.passage for coding in study.codings}


def test_every_code_but_a_parent_is_used(study):
    parents = {code.parent for code in study.codes if code.parent}
    assert {code.key for code in study.codes} - parents == {coding.code for coding in study.codings}
    assert all(code.definition and code.use_when and code.colour for code in study.codes if code.key not in parents)


def test_every_uncertain_entry_became_a_question(study):
    uncertain = {entry.key for source in study.sources for entry in source.entries if entry.uncertain}
    assert uncertain == {question.entry for question in study.follow_ups if question.entry}


def test_all_questions_but_two_are_answered_later(study):
    by_key = {source.key: source for source in study.sources}
    asked_in = {entry.key: source for source in study.sources for entry in source.entries}
    for question in study.follow_ups:
        if question.state is FollowUpState.ANSWERED:
            assert question.resolution
            assert by_key[question.answered_in].started_at > asked_in[question.entry].started_at, question.key
    assert Counter(question.state for question in study.follow_ups)[FollowUpState.OPEN] == 2


def test_every_criterion_is_answered_for_every_case_with_evidence(study, rubric):
    criteria = {criterion.id for principle in rubric.principles for criterion in principle.criteria}
    wanted = {(criterion, case) for criterion in criteria for case in CASES}
    assert Counter((answer.criterion, answer.case) for answer in study.answers) == Counter(wanted)
    for answer in study.answers:
        assert (answer.round, answer.assessor) == ("r2", "a1")
        assert all((answer.verdict, answer.rationale, answer.confidence, answer.answered_at))
        assert 1 <= len(answer.evidence) <= 4, (answer.criterion, answer.case)


def test_what_is_unknown_is_asked(study):
    unknown = {(answer.criterion, answer.case) for answer in study.answers if answer.verdict is Verdict.UNKNOWN}
    assert unknown == {
        (question.criterion, question.case) for question in study.follow_ups if question.state is FollowUpState.OPEN
    }


def test_what_was_shown_or_documented_names_where(study):
    for thing in evidenced(study):
        for link in thing.evidence:
            assert (link.weight is Weight.SAID) == (not link.reference), link


def test_nothing_rests_on_talk_of_another_case(study):
    about = {}
    for coding in study.codings:
        about.setdefault(coding.passage, set()).add(coding.case)
    for thing in (*study.answers, *study.findings):
        for link in thing.evidence:
            assert about[link.passage] & {thing.case, None}, (thing.case, link.passage)


def test_every_result_rests_on_two_passages(study, rubric):
    found = {(finding.case, finding.principle): finding for finding in study.findings}
    assert found.keys() == {(case, principle.id) for case in CASES for principle in rubric.principles}
    for principle in rubric.principles:
        ids = {criterion.id for criterion in principle.criteria}
        for case in CASES:
            answers = [answer for answer in study.answers if answer.case == case and answer.criterion in ids]
            assert len({link.passage for answer in answers for link in answer.evidence}) >= 2
            assert len({link.passage for link in found[case, principle.id].evidence}) >= 2


@pytest.mark.parametrize("principle", CHALLENGES)
def test_cross_case_challenges_are_those_of_tables_4_to_6(study, principle):
    named = [challenge for challenge in study.challenges if challenge.principle == principle]
    assert len(named) == len(CHALLENGES[principle])
    assert {challenge.title for challenge in named} == CHALLENGES[principle]
    assert all(challenge.cases == () and challenge.text and challenge.evidence for challenge in named)


def test_factors_are_those_of_figure_2(study):
    factors = {(factor.name, factor.belongs_to.value, factor.tendency) for factor in study.factors}
    assert factors == {(name, root, Tendency.FACILITATES) for name, root in FACILITATING.items()} | {
        (name, root, Tendency.INHIBITS) for name, root in INHIBITING.items()
    }


def test_every_factor_is_judged_for_every_case(study):
    judged = {(influence.factor, influence.case) for influence in study.influences}
    assert {(factor.key, case) for factor in study.factors for case in CASES} <= judged
    assert ("experience", None) in judged
    assert all(influence.memo and influence.evidence for influence in study.influences)


def test_an_engineer_of_the_firm_reviewed_all_nine_results(study, rubric, interviews):
    (review,) = study.reviews
    role = {participant.key: participant.role for participant in study.participants}
    assert role[review.reviewer] == "ML engineer"
    assert all(review.reviewer not in source.participants for source in interviews)
    assert {(item.case, item.principle) for item in review.items} == {
        (case, principle.id) for case in CASES for principle in rubric.principles
    }
    (corrected,) = [item for item in review.items if item.verdict is not ReviewVerdict.CONFIRMED]
    assert corrected.verdict is ReviewVerdict.CORRECTED
    assert corrected.resolution


def test_three_profiles(study):
    assert [profile.key for profile in study.profiles] == ["internal", "client", "anonymised"]


def test_the_file_is_written_as_an_export_would_write_it():
    content = (RESOURCES / "demo" / "autocorp.json").read_bytes()
    assert encode(msgspec.json.decode(content, type=StudyDocument)) == content


def test_what_is_planned_is_within_reach(study):
    """Every step of the roadmap brings a criterion that is not met, and no target is reached already."""
    assessment = assess(study)
    assert {(each.case, each.principle) for each in study.targets} == {
        ("ml-p1", "training-deployment"),
        ("ml-p2", "monitoring-feedback"),
        ("ml-p3", "monitoring-feedback"),
    }
    gaps = [(case.case.key, gap) for case in assessment.cases for gap in case_gaps(study, case)]
    assert not any(gap.reached for _, gap in gaps)
    open_now = {(case, need.criterion.id) for case, gap in gaps for need in gap.needs}
    assert {(each.case, each.criterion) for each in study.next_steps} <= open_now
