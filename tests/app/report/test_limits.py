"""What limits the assessment, in print: nothing is hidden, and where all is well that is said."""

import re
from collections import Counter

import msgspec
import pytest

from app.analysis.assessment import assess
from app.analysis.chain import Chain
from app.analysis.coverage import coverage
from app.analysis.evidence_warnings import warnings
from app.analysis.quality import Matter, figures, quality
from app.model.evidence import Stance
from app.model.source import Source, SourceStatus
from app.report.material import gather
from app.report.sections.limits import _concerns, _counted, _named, _open
from app.report.snapshot import take
from app.report.style import WIDTH
from app.rubric import library
from app.scoring.scale import Verdict
from tests.app.report.test_rubrics import assessed
from tests.stress import stress_study

replace = msgspec.structs.replace


def looked_at(document):
    chain = Chain(document, assess(document))
    warned = warnings(chain)
    return chain, quality(chain, warned), coverage(chain, warned)


@pytest.mark.parametrize("key", library.shipped())
def test_figures_are_the_analysis_by_case_and_principle(key, make_only):
    document = assessed(key)
    chain, found, _ = looked_at(document)
    text = make_only(document, "limits").flat
    for case, told in zip(chain.assessment.cases, found.cases, strict=True):
        rows = [(case.case.name, told.figures), *((p.principle.short, figures(p.criteria)) for p in case.principles)]
        for name, each in rows:
            numbers = (each.criteria, each.answered, each.unknown, each.withheld, each.unanswered)
            row = f"{' '.join(map(str, numbers))} {each.with_evidence} of {each.answers}"
            assert f"{name} {row}" in text
    whole = found.figures
    assert f"All cases {whole.criteria} {whole.answered}" in text


def test_the_figures_of_principles_add_up_to_those_of_their_case(study):
    chain, found, _ = looked_at(study)
    for case, told in zip(chain.assessment.cases, found.cases, strict=True):
        parts = [figures(each.criteria) for each in case.principles]
        for field in told.figures.__struct_fields__:
            assert sum(getattr(part, field) for part in parts) == getattr(told.figures, field)


def test_every_matter_is_told_with_its_number_or_as_not_found(study, make_only):
    _, found, _ = looked_at(study)
    text = make_only(study, "limits").flat
    missing = text[text.index("Looked for and not found: ") :]
    for matter in Matter:
        concerns = found.of(matter=matter)
        if concerns:
            assert f"{found.names[matter]} {len(concerns)}" in text
        else:
            assert found.names[matter] in missing
    rubric = library.load("mlops-maturity")
    assert all(each.text in text for each in found.of(matter=Matter.ONE_SOURCE))
    assert all(rubric.criterion(each.criterion).name in text for each in found.of(matter=Matter.UNKNOWN))


def test_how_much_evidence_there_is_and_how_much_contradicts(autocorp, make_only):
    chain, _, covered = looked_at(autocorp)
    text = make_only(autocorp, "limits").flat
    assert f"{covered.with_evidence} of {covered.answers} answers rest on evidence." in text
    for weight, number in covered.weights.items():
        assert f"{number} {weight}" in text
    against = [link for link in chain.all_links if link.against]
    assert f"{len(against)} times a passage contradicts; for each it is said why the judgement stands." in text
    assert f"Of {covered.passages} passages marked, {covered.used} carry a judgement." in text
    assert "Every interview that was planned was held. The notes of all 10 interviews that have any are coded." in text


def test_answers_that_need_no_evidence_are_counted_apart(autocorp, make_only):
    def without_evidence(document, number):
        unknown = [each for each in document.answers if each.verdict is Verdict.UNKNOWN][:number]
        bare = {id(each): replace(each, evidence=()) for each in unknown}
        assert len(bare) == number
        return replace(document, answers=tuple(bare.get(id(each), each) for each in document.answers))

    one, both = (make_only(without_evidence(autocorp, number), "limits").flat for number in (1, 2))
    assert (
        "92 of 92 answers rest on evidence; 1 more, which does not say how far a criterion is met, needs none." in one
    )
    assert "91 of 91 answers rest on evidence; 2 more, which do not say how far a criterion is met, need none." in both


def test_contradictions_that_nobody_has_addressed_are_told(study, make_only):
    chain, _, _ = looked_at(study)
    against = [link for link in chain.all_links if link.against]
    text = make_only(study, "limits").flat
    assert f"{len(against)} times a passage contradicts; for {len(against)} of them nobody has said why" in text
    assert "1 of 1 interview with notes has no code." in text


def test_interviews_that_were_not_held_are_named(autocorp, make_only):
    planned = tuple(Source(key=f"p{n}", title="To come", round="r2", status=SourceStatus.PLANNED) for n in (1, 2))
    text = make_only(replace(autocorp, sources=(*autocorp.sources, *planned)), "limits").flat
    assert "2 planned interviews of 19 were not held: I18 and I19." in text


def test_a_study_without_anything_says_that_too(autocorp, make_only, make_empty, rubrics):
    bare = dict.fromkeys(("answers", "findings", "challenges", "influences", "reviews", "consensus", "overrides"), ())
    bare |= dict.fromkeys(("sources", "passages", "follow_ups", "codings", "double_codings", "guides"), ())
    text = make_only(replace(autocorp, **bare), "limits").flat
    assert "0 of 93 criteria of all cases are answered; 93 unanswered." in text
    assert "No interview was held." in text
    assert "Evidence No judgement rests on a passage yet." in text
    assert "ML-P1, Training & deployment: all 11 criteria" in text
    assert "repeatable pipeline" not in text
    assert "Limits" not in make_only(make_empty(rubrics=rubrics), "limits").flat
    assert "Limits" not in make_only(make_empty(), "limits").flat


def test_unknown_is_told_apart_from_assessors_who_differ(autocorp, make_only):
    first = next(each for each in autocorp.answers if each.verdict is Verdict.FULLY)
    other = replace(first, assessor="a2", verdict=Verdict.NOT_ACHIEVED, evidence=())
    document = replace(autocorp, answers=(*autocorp.answers, other))
    text = make_only(document, "limits").flat
    assert "90 of 93 criteria of all cases are answered; 3 unknown (1 of them because assessors differ)." in text
    known = tuple(each for each in document.answers if each.verdict is not Verdict.UNKNOWN)
    text = make_only(replace(document, answers=known), "limits").flat
    assert "1 unknown (because assessors differ) and 2 unanswered." in text


def test_what_is_about_no_criterion_is_counted():
    assert _named(Counter({"drift": 1, "alarms": 2, "": 1}), ["drift", "alarms"]) == "drift, alarms (2), 1 other"
    assert _named(Counter({"drift": 1, "": 3}), ["drift", "alarms"]) == "drift, 3 others"
    assert _named(Counter({"": 3}), []) == "3"
    assert _named(Counter({"drift": 1, "alarms": 1}), ["drift", "alarms"]) == "all 2 criteria"


def test_large_numbers_are_written_alike(make_only):
    text = make_only(stress_study(cases=2, interviews=20, passages=1_100), "limits").flat
    assert re.search(r"Judgements rest on passages 1,\d{3} times: [\d,]+ said", text)
    assert "Of 1,100 passages marked, 1,100 carry a judgement." in text


def test_an_objection_is_no_number_of_criteria(study, make_only):
    items = tuple(replace(each, resolution="") for each in study.reviews[0].items)
    document = replace(study, reviews=(replace(study.reviews[0], items=items),))
    text = make_only(document, "limits").flat
    assert "Objected to by an insider 1 Cracks, Training & deployment " in text
    assert "Training & deployment: 1" not in text


def test_what_was_not_found_stands_below_the_table_and_never_alone_under_its_head(autocorp):
    _, found, _ = looked_at(autocorp)
    *_, grid, note = _open(gather(take(autocorp, version="1")), found)
    assert note.said.startswith("Looked for and not found: ")
    assert not [row for row in grid.rows if len(row.cells) < len(grid.columns)]


def test_no_case_is_parted_from_its_principles_nor_the_sum_from_the_last(autocorp):
    chain, found, _ = looked_at(autocorp)
    names = {each.case.name for each in chain.assessment.cases}
    for height in range(40, 400, 3):
        halves = _counted(chain, found).split(WIDTH, height)
        if len(halves) == 2:
            assert halves[1].rows[0].cells[0].items[0].said in names, height


def test_what_goes_on_on_the_next_page_says_what_it_is_of(study):
    _, found, _ = looked_at(study)
    material = gather(take(study, version="1"))
    for row in _concerns(material, found):
        (label,) = row.cells[0].again()
        assert label.said == f"{row.cells[0].items[0].said}, continued"


def test_where_all_is_well_it_is_said(autocorp, make_only):
    def well(answer):
        links = tuple(replace(each, stance=Stance.SUPPORTS) for each in answer.evidence)
        return replace(answer, verdict=Verdict.PARTIALLY, evidence=links)

    document = replace(autocorp, answers=tuple(map(well, autocorp.answers)), follow_ups=())
    text = make_only(document, "limits").flat
    assert "All 93 criteria of all cases are answered." in text
    assert "Looked for and not found: Unanswered; Unknown; Assessors differ" in text
