"""All that is open or weak is listed once, with the place where it is settled; what is settled is not."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.chain import Chain
from app.analysis.coverage import coverage
from app.analysis.evidence_warnings import WarningKind, warnings
from app.analysis.quality import Matter, moved_since, names, quality
from app.exchange.demo import demo_document
from app.model.assessment import Answer, Consensus, FrozenRubric, Override
from app.model.evidence import Evidence, Passage, Span, Weight
from app.model.setting import Round
from app.model.source import FollowUp, FollowUpState, SourceKind, SourceStatus
from app.rubric import library
from app.scoring.effective import Reason
from app.scoring.offered import answers_to
from app.scoring.scale import Verdict
from tests.documents import RUBRIC, documents, example

HERE = {"rubric": "small", "round": "r1", "case": "c1"}
SHOWN = (Evidence(passage="i1-p1", weight=Weight.SHOWN), Evidence(passage="m1-p1"))
CANARY = Passage(key="i1-p1", source="i1", words="canary", spans=(Span(entry="i1-1", start=4, end=10),))
AT, LATER = datetime(2022, 10, 3, 23, tzinfo=UTC), datetime(2022, 10, 5, tzinfo=UTC)
OPEN = (Matter.UNANSWERED, Matter.UNKNOWN, Matter.DIFFER, Matter.WITHHELD)


def bare(**fields):
    """The example with one case and no judgements, questions or open notes, but for those given."""
    document = example()
    empty = {"answers": (), "consensus": (), "overrides": (), "findings": (), "challenges": (), "influences": ()}
    sure = {"cases": document.cases[:1], "passages": (CANARY, document.passages[1]), "ballots": (), "follow_ups": ()}
    return replace(document, **{**empty, **sure, **fields})


def answer(criterion, verdict=Verdict.FULLY, links=SHOWN, assessor="ada", **fields):
    return Answer(**HERE, criterion=criterion, assessor=assessor, verdict=verdict, evidence=links, **fields)


def settled():
    """Answers to all criteria, each with evidence that nobody would ask about."""
    return tuple(answer(criterion.id) for criterion in RUBRIC.criteria)


def finished(document, **fields):
    sources = (replace(document.sources[0], status=SourceStatus.FINISHED, **fields), *document.sources[1:])
    return replace(document, sources=sources)


def looked_at(document, **fields):
    chain = Chain(document, assess(document, **fields))
    return quality(chain, warnings(chain))


def matters(document):
    return [each.matter for each in looked_at(document).concerns]


def only(document):
    (found,) = looked_at(document).concerns
    return found


# All of it


@given(documents(most=3))
def test_all_that_is_open_is_listed_once_and_nothing_that_is_settled(document):
    chain = Chain(document, assess(document))
    found = quality(chain, warnings(chain))
    listed = Counter((each.matter, *each.cases, each.criterion) for each in found.concerns if each.matter in OPEN)
    expected = Counter()
    for case in chain.assessment.cases:
        for judged in (each for principle in case.principles for each in principle.criteria):
            kind = {None: "unanswered", Verdict.UNKNOWN: "unknown", Verdict.WITHHELD: "withheld"}.get(judged.verdict)
            if judged.effective.reason is Reason.DIFFER:
                kind = "differ"
            if kind:
                expected[(Matter(kind), case.case.key, judged.criterion.id)] += 1
    assert listed == expected
    assert not expected or max(expected.values()) == 1


@given(documents(most=3))
def test_every_other_kind_is_what_others_count(document):
    chain = Chain(document, assess(document))
    warned = warnings(chain)
    found = Counter(each.matter for each in quality(chain, warned).concerns)
    assert all(found[Matter(kind.value)] == sum(each.kind is kind for each in warned) for kind in WarningKind)
    lapsed = sum(judged.lapsed is not None for case in chain.assessment.cases for judged in case.principles)
    assert found[Matter.LAPSED] == lapsed
    asking = {FollowUpState.OPEN, FollowUpState.ASKED}
    assert found[Matter.FOLLOW_UP] == sum(each.state in asking for each in document.follow_ups)
    here = chain.assessment.round.key if chain.assessment.round else ""
    held = [each for each in document.sources if each.kind is SourceKind.INTERVIEW and each.round == here]
    assert found[Matter.UNFINISHED] == sum(each.status is SourceStatus.OPEN for each in held)
    passages = {each.key: each.source for each in document.passages}
    coded = {passages[each.passage] for each in document.codings}
    assert found[Matter.UNCODED] == sum(bool(each.entries) and each.key not in coded for each in held)


@given(documents(most=3))
def test_figures_and_counts_add_up(document):
    chain = Chain(document, assess(document))
    warned = warnings(chain)
    found = quality(chain, warned)
    for figures in (found.figures, *(each.figures for each in found.cases)):
        open_ = figures.unknown + figures.withheld + figures.unanswered
        assert figures.answered + open_ == figures.criteria
        assert figures.with_evidence <= figures.answers
    whole = [sum(getattr(each.figures, name) for each in found.cases) for name in ("criteria", "answered", "answers")]
    assert whole == [found.figures.criteria, found.figures.answered, found.figures.answers]
    covered = coverage(chain, warned)
    assert (found.figures.with_evidence, found.figures.answers) == (covered.with_evidence, covered.answers)
    numbers = Counter(each.matter for each in found.concerns)
    assert found.figures.unanswered == numbers[Matter.UNANSWERED]
    assert found.figures.unknown == numbers[Matter.UNKNOWN] + numbers[Matter.DIFFER]
    assert found.figures.withheld == numbers[Matter.WITHHELD]
    assert sum(len(found.of(matter=matter)) for matter in Matter) == len(found.concerns) == len(found.of())
    for case in found.cases:
        assert case.concerns == len(found.of(case.key)) == sum(len(found.of(case.key, matter)) for matter in Matter)


@given(documents(most=3))
def test_each_has_a_key_of_its_own_and_leads_somewhere(document):
    found = looked_at(document)
    keys = [each.key for each in found.concerns]
    assert len(set(keys)) == len(keys)
    order = [list(Matter).index(each.matter) for each in found.concerns]
    assert order == sorted(order)
    assert all(
        each.text and each.page in {"assess", "results", "interviews", "factors", "review"} for each in found.concerns
    )
    assert all(each.thing for each in found.concerns)
    assert set(found.names) == set(Matter)


def test_nothing_is_left_where_all_is_answered_agreed_finished_and_coded():
    assert matters(finished(bare(answers=settled()))) == []


# Criteria


def test_an_open_criterion_says_which_level_depends_on_it_and_leads_to_its_answer():
    document = finished(bare(answers=settled()[1:]))
    found = only(document)
    assert (found.matter, found.where, found.text) == (Matter.UNANSWERED, "Canary one · First", "It runs.")
    assert found.why == "Middle depends on it"
    assert (found.page, found.thing, found.cases, found.principle) == ("assess", "c1/runs", ("c1",), "first")
    stuck = (answer("is-fast", Verdict.UNKNOWN, rationale="nobody\nknew"), answer("runs", Verdict.NOT_ACHIEVED))
    found = only(finished(bare(answers=(*settled()[2:], *stuck))))
    assert (found.matter, found.why) == (Matter.UNKNOWN, "nobody knew"), "no answer to it can raise the level"


def test_what_would_decide_a_level_first_comes_first():
    found = looked_at(finished(bare(answers=(answer("is-fast"),)))).of(matter=Matter.UNANSWERED)
    assert [each.criterion for each in found] == ["runs", "seen", "alarms"]
    assert [each.why for each in found] == ["Middle depends on it", "Middle depends on it", "Top depends on it"]


def test_what_was_withheld_says_when():
    withheld = answer("runs", Verdict.WITHHELD, (), answered_at=AT, rationale="a secret")
    found = only(finished(bare(answers=(*settled()[1:], withheld))))
    assert (found.matter, found.why) == (Matter.WITHHELD, "On 4 Oct 2022 · Middle depends on it · a secret")
    unknown = replace(withheld, answered_at=None, rationale="")
    assert only(finished(bare(answers=(*settled()[1:], unknown)))).why == "Middle depends on it"


def test_assessors_who_differ_are_told_with_their_answers_and_lead_to_the_differences():
    document = finished(bare(answers=(*settled(), answer("runs", Verdict.NOT_ACHIEVED, assessor="bob"))))
    found = only(document)
    assert (found.matter, found.thing) == (Matter.DIFFER, "differences:c1/runs")
    assert found.why == "Ada: fully achieved · Bob: not achieved · Middle depends on it"


def agreed(verdict=Verdict.FULLY, **fields):
    return Consensus(**HERE, criterion="runs", verdict=verdict, reason="so", **fields)


def test_a_consensus_that_an_answer_has_moved_away_from():
    bob = answer("runs", Verdict.NOT_ACHIEVED, assessor="bob", answered_at=LATER)
    document = finished(bare(answers=(*settled(), bob), consensus=(agreed(agreed_at=AT),)))
    found = only(document)
    assert (found.matter, found.thing) == (Matter.OUTDATED, "differences:c1/runs")
    assert found.why == "Agreed on fully achieved, 4 Oct 2022 · since then Bob: not achieved"
    again = replace(document, consensus=(agreed(agreed_at=LATER),))
    assert matters(again) == [], "agreed on anew"


@pytest.mark.parametrize(
    ("bob", "consensus"),
    [
        ({"verdict": Verdict.NOT_ACHIEVED, "answered_at": AT}, {"agreed_at": LATER}),
        ({"verdict": Verdict.NOT_ACHIEVED, "answered_at": None}, {"agreed_at": AT}),
        ({"verdict": Verdict.NOT_ACHIEVED, "answered_at": LATER}, {"agreed_at": None}),
        ({"verdict": Verdict.FULLY, "answered_at": LATER}, {"agreed_at": AT}),
        ({"verdict": None, "answered_at": LATER}, {"agreed_at": AT}),
    ],
)
def test_a_consensus_that_stands(bob, consensus):
    document = bare(answers=(*settled(), answer("runs", assessor="bob", **bob)), consensus=(agreed(**consensus),))
    assert matters(finished(document)) == []
    judged = assess(document).case("c1").principle("first").criteria[0]
    assert moved_since(judged) == ()


def test_an_override_that_has_lapsed():
    override = Override(**HERE, principle="first", level="mid", assessor="ada", reason="so", basis="runs:partially")
    found = only(finished(bare(answers=settled(), overrides=(override,))))
    assert (found.matter, found.page, found.thing) == (Matter.LAPSED, "results", "c1/first")
    assert found.text == "Set to Middle, but what it rested on is answered otherwise by now: runs and is fast."
    gone = replace(override, basis="runs:fully is-fast:fully old-one:fully")
    assert only(finished(bare(answers=settled(), overrides=(gone,)))).text.endswith("by now: old one.")
    held = replace(override, basis="runs:fully is-fast:fully")
    assert matters(finished(bare(answers=settled(), overrides=(held,)))) == []


# Evidence


def test_a_warning_of_the_evidence_leads_where_the_warning_does():
    document = finished(bare(answers=(*settled()[1:], answer("runs", links=()))))
    found = only(document)
    assert (found.matter, found.page, found.thing) == (Matter.NO_EVIDENCE, "assess", "c1/runs")
    assert found.text == "Runs of Canary one: answered fully achieved, without evidence."


def test_two_warnings_of_one_place_are_told_apart():
    both = (answer("runs", links=()), answer("runs", links=(), assessor="bob"))
    keys = [each.key for each in looked_at(finished(bare(answers=(*settled()[1:], *both)))).concerns]
    assert keys == ["no_evidence/assess/c1/runs", "no_evidence/assess/c1/runs#2"]


def test_what_is_weak_on_the_top_is_named_after_the_top():
    said = tuple(replace(each, evidence=(Evidence(passage="i1-p1"),)) for each in settled())
    found = looked_at(finished(bare(answers=said)))
    assert [found.names[each.matter] for each in found.concerns] == [
        *("Top on one source alone",) * 2,
        *("Top on what was said",) * 2,
    ]
    assert names(library.load("ml-test-score"))[Matter.ONE_SOURCE].endswith(" on one source alone")


# Interviews and questions


def test_notes_not_finished_and_an_interview_without_a_code():
    document = finished(bare(answers=settled()))
    (source, *others) = document.sources
    open_ = replace(document, sources=(replace(source, status=SourceStatus.OPEN, cases=()), *others), codings=())
    unfinished, uncoded = looked_at(open_).concerns
    assert (unfinished.matter, unfinished.page, unfinished.thing) == (Matter.UNFINISHED, "interviews", "i1")
    assert (unfinished.text, unfinished.where, unfinished.cases) == ("I1 Interview with P1", "The organisation", ())
    assert (uncoded.matter, uncoded.why, uncoded.thing) == (Matter.UNCODED, "3 lines of notes", "i1")
    named = only(replace(document, codings=()))
    assert (named.where, named.cases) == ("Canary one", ("c1",))
    elsewhere = replace(document, codings=(), sources=(replace(source, round="r2"), *others))
    assert matters(elsewhere) == [], "of another round"


@pytest.mark.parametrize("state", list(FollowUpState))
def test_a_question_without_an_answer(state):
    asked = FollowUp(key="f1", question="Who?", state=state, case="c1", participant="p1", entry="i1-2")
    document = finished(bare(answers=settled(), follow_ups=(asked,)))
    found = looked_at(document).of(matter=Matter.FOLLOW_UP)
    if state in (FollowUpState.ANSWERED, FollowUpState.DROPPED):
        assert found == ()
    else:
        assert (found[0].text, found[0].page, found[0].thing) == ("Who?", "interviews", "follow-ups/f1")
        assert found[0].where == "Canary one · P1, engineer"
        assert found[0].why == f"I1 line 2 · {state.value.capitalize()}"


# Of every rule and round


@pytest.mark.parametrize(
    "rubric",
    ["google-mlops-levels", "microsoft-mlops-maturity", "john-2021-stages", "ml-test-score", "mlops-principles"],
)
def test_every_rule_has_its_open_criteria_and_its_top(rubric):
    model = library.load(rubric)
    document = replace(demo_document(), follow_ups=(), challenges=(), findings=(), answers=(), influences=())
    document = replace(document, rubrics=(*document.rubrics, FrozenRubric(key=rubric, text=library.text(rubric))))
    found = looked_at(document, rubric=rubric, round_key="r2").of(matter=Matter.UNANSWERED)
    assert len(found) == len(model.criteria) * len(document.cases)
    assert all(each.why.endswith(" depends on it") for each in found)
    passage = document.passages[0].key
    best = tuple(
        Answer(
            rubric=rubric, criterion=each.id, case="ml-p1", round="r2", assessor=document.assessors[0].key,
            verdict=answers_to(model, each.id).best, evidence=(Evidence(passage=passage),),
        )
        for each in model.criteria
    )  # fmt: skip
    weak = looked_at(replace(document, answers=best), rubric=rubric, round_key="r2")
    assert not weak.of("ml-p1", Matter.UNANSWERED)
    assert len(weak.of("ml-p1", Matter.ONE_SOURCE)) == len(model.principles)
    assert len(weak.of("ml-p1", Matter.ONLY_SAID)) == len(model.principles)


def test_another_round_is_looked_at_by_its_own_answers():
    document = finished(bare(answers=settled(), rounds=(*example().rounds, Round(key="r3", name="Round 3"))))
    found = looked_at(document, round_key="r3")
    assert {each.matter for each in found.concerns} == {Matter.UNANSWERED}
    assert found.figures.unanswered == len(RUBRIC.criteria)
