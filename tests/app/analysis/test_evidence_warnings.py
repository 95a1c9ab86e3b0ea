"""Evidence that others will ask about is named before they do; nothing else is."""

import pytest
from hypothesis import given
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.chain import Chain
from app.analysis.coverage import coverage
from app.analysis.evidence_warnings import NAMES, EvidenceWarning, WarningKind, counted, warnings
from app.model.assessment import Answer, Challenge, Consensus, Finding, Influence, Override
from app.model.evidence import Evidence, Passage, Span, Stance, Weight
from app.model.source import Entry, FollowUpState, Source
from app.scoring.scale import Verdict, is_achievement
from tests.documents import documents, example

HERE = {"rubric": "small", "round": "r1", "case": "c1"}
SUPPORT = Evidence(passage="m1-p1", weight=Weight.SHOWN)
AGAINST = Evidence(passage="m1-p1", stance=Stance.CONTRADICTS, note="it stands")


def bare(**fields):
    """The example without judgements, but for those given."""
    empty = {"answers": (), "consensus": (), "overrides": (), "findings": (), "challenges": (), "influences": ()}
    return replace(example(), **{**empty, **fields})


def answer(criterion, *links, verdict=Verdict.FULLY, assessor="ada"):
    return Answer(**HERE, criterion=criterion, assessor=assessor, verdict=verdict, evidence=links)


def warned(document):
    return warnings(Chain(document, assess(document)))


def kinds(document):
    return [each.kind for each in warned(document)]


@given(documents())
def test_warnings_are_sentences_that_lead_somewhere(document):
    chain = Chain(document, assess(document))
    found = warnings(chain)
    order = [list(WarningKind).index(each.kind) for each in found]
    assert order == sorted(order)
    assert all(each.sentence.endswith(".") and each.sentence[0] == each.sentence[0].upper() for each in found)
    assert all(each.page in {"assess", "results", "factors"} and each.key for each in found)
    of = counted(found)
    assert of[WarningKind.CHECK_AGAIN] == sum(link.again for link in chain.all_links)
    assert of[WarningKind.UNADDRESSED] == sum(link.unaddressed for link in chain.all_links)
    assert of[WarningKind.NO_REFERENCE] == sum(link.lacks_reference for link in chain.all_links)
    assert set(NAMES) == set(WarningKind)


@given(documents())
def test_figures_add_up(document):
    chain = Chain(document, assess(document))
    found = warnings(chain)
    figures = coverage(chain, found)
    assert 0 <= figures.with_evidence <= figures.answers
    assert 0 <= figures.used <= figures.passages == len(document.passages)
    assert 0 <= figures.coded <= figures.interviews
    assert sum(figures.weights.values()) == len(chain.all_links)
    assert sum(figures.warnings.values()) == len(found)
    assert figures.with_evidence + sum(
        isinstance(each, Answer) and not each.evidence and is_achievement(each.verdict)
        for each in chain.judgements
    ) == figures.answers  # fmt: skip


def test_nothing_to_warn_of():
    assert warned(bare(answers=(answer("runs", SUPPORT),))) == ()


@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN, Verdict.WITHHELD, Verdict.NOT_APPLICABLE, None])
def test_what_is_no_achievement_needs_no_evidence(verdict):
    document = bare(answers=(answer("runs", verdict=verdict),))
    assert warned(document) == ()
    figures = coverage(Chain(document, assess(document)), ())
    assert (figures.answers, figures.with_evidence) == (0, 0)


def test_an_answer_without_evidence():
    document = bare(answers=(answer("runs"),))
    assert warned(document) == (
        EvidenceWarning(
            WarningKind.NO_EVIDENCE,
            "Runs of Canary one: answered fully achieved, without evidence.",
            "assess",
            "c1/runs",
            "c1",
            "first",
            "runs",
        ),
    )
    figures = coverage(Chain(document, assess(document)), warned(document))
    assert (figures.answers, figures.with_evidence, figures.warnings["no_evidence"]) == (1, 0, 1)


def test_an_answer_with_nothing_but_evidence_against_it():
    (found,) = warned(bare(answers=(answer("runs", AGAINST),)))
    assert found.sentence == "Runs of Canary one: answered fully achieved, with nothing but evidence against that."


def test_where_several_answer_it_is_said_whose_answer_it_is():
    answers = (answer("runs", SUPPORT), answer("runs", assessor="bob"))
    (found,) = warned(bare(answers=answers))
    assert found.sentence.startswith("Runs of Canary one (Bob): answered")


def test_what_speaks_against_a_judgement_and_nobody_has_said_why_it_stands():
    silent = replace(AGAINST, note="")
    document = bare(
        answers=(answer("runs", SUPPORT, silent),),
        findings=(Finding(**HERE, principle="first", text="F", evidence=(silent,)),),
        challenges=(Challenge(key="ch", title="C", rubric="small", principle="first", round="r1", evidence=(silent,)),),
        influences=(
            Influence(factor="experience", round="r1", evidence=(silent,)),
            Influence(factor="experience", round="r1", case="c1", evidence=(AGAINST,)),
        ),
    )
    found = warned(document)
    assert {each.kind for each in found} == {WarningKind.UNADDRESSED}
    assert [(each.page, each.key, each.case, each.principle) for each in found] == [
        ("results", "c1/first", "c1", "first"),
        ("assess", "c1/runs/m1-p1", "c1", "first"),
        ("results", "challenges/ch", None, "first"),
        ("factors", "experience/", None, ""),
    ]
    assert found[1].sentence == "Runs of Canary one: contradicted by M1 line 1, and no note says why it stands."
    assert found[1].passage == "m1-p1"


def test_documented_needs_to_say_in_what():
    (found,) = warned(bare(answers=(answer("runs", replace(SUPPORT, weight=Weight.DOCUMENTED)),)))
    assert found.kind is WarningKind.NO_REFERENCE
    assert found.sentence == "Runs of Canary one: rests on something documented that is not named: M1 line 1."


def test_words_that_changed_or_went():
    document = bare(answers=(answer("runs", replace(SUPPORT, words="a bird")),))
    (found,) = warned(document)
    assert found.sentence == "Runs of Canary one: rests on M1 line 1, which reads otherwise now."
    gone = tuple(replace(each, spans=()) for each in document.passages)
    (found,) = warned(replace(document, passages=gone))
    assert found.sentence == "Runs of Canary one: rests on words that are gone from M1."


def unsure(state=None):
    """An answer that rests on an uncertain line; `state` is what became of its question."""
    document = bare(answers=(answer("seen", Evidence(passage="q", weight=Weight.SHOWN)),))
    passage = Passage(key="q", source="i1", words="Alarms", spans=(Span(entry="i1-2", start=0, end=6),))
    asked = tuple(replace(each, state=state) for each in document.follow_ups if state and each.entry == "i1-2")
    return replace(document, passages=(*document.passages, passage), follow_ups=asked)


@pytest.mark.parametrize("state", [None, FollowUpState.OPEN, FollowUpState.ASKED])
def test_what_is_still_uncertain(state):
    (found,) = warned(unsure(state))
    assert found.sentence == "Seen of Canary one: rests on I1 line 2, which is still uncertain."


@pytest.mark.parametrize("state", [FollowUpState.ANSWERED, FollowUpState.DROPPED])
def test_what_was_asked_again_is_uncertain_no_more(state):
    assert warned(unsure(state)) == ()


def on_top(*links, runs=(SUPPORT,)):
    """The first principle on its top level, lifted there by `links`."""
    two = Source(key="m2", title="Another", round="r1", entries=(Entry(key="m2-1", text="canary"),))
    passage = Passage(key="m2-p1", source="m2", words="canary", spans=(Span(entry="m2-1", start=0, end=6),))
    document = bare(answers=(answer("runs", *runs), answer("is-fast", *links)))
    return replace(document, sources=(*document.sources, two), passages=(*document.passages, passage))


OTHER = Evidence(passage="m2-p1")


def test_a_top_level_on_two_sources_one_of_which_was_shown():
    assert warned(on_top(SUPPORT, OTHER)) == ()


def test_a_top_level_on_one_source_alone():
    (found,) = warned(on_top(SUPPORT))
    assert (found.kind, found.page, found.key) == (WarningKind.ONE_SOURCE, "results", "c1/first")
    assert found.sentence == "First of Canary one is Top on one source alone, M1."
    assert kinds(on_top(SUPPORT, replace(OTHER, stance=Stance.CONTRADICTS, note="n"))) == [WarningKind.ONE_SOURCE]


def test_a_top_level_on_what_was_said_alone():
    (found,) = warned(on_top(OTHER, Evidence(passage="m1-p1")))
    assert found.kind is WarningKind.ONLY_SAID
    assert found.sentence == "First of Canary one is Top on what was said alone: nothing was shown or documented."
    assert (found.case, found.principle, found.criterion) == ("c1", "first", "")


def test_what_speaks_for_an_answer_that_it_is_not_met_lifts_nothing():
    document = on_top(OTHER, Evidence(passage="m1-p1"))
    other = answer("is-fast", SUPPORT, verdict=Verdict.NOT_ACHIEVED, assessor="bob")
    agreed = Consensus(**HERE, criterion="is-fast", verdict=Verdict.FULLY, reason="We saw it.")
    document = replace(document, answers=(*document.answers, other), consensus=(agreed,))
    assert kinds(document) == [WarningKind.ONLY_SAID]


def test_a_lower_level_is_not_warned_of_nor_one_without_evidence():
    assert warned(bare(answers=(answer("runs", Evidence(passage="m1-p1")),))) == ()
    assert kinds(on_top(runs=())) == [WarningKind.NO_EVIDENCE] * 2


def test_a_level_set_by_the_team_counts_instead():
    override = Override(**HERE, principle="first", level="mid", assessor="ada", reason="not yet")
    assert warned(replace(on_top(SUPPORT), overrides=(override,))) == ()
    document = bare(answers=(answer("runs", Evidence(passage="m1-p1")),))
    lapsed = replace(document, overrides=(replace(override, level="top", basis="runs:unknown"),))
    assert kinds(lapsed) == [WarningKind.LAPSED]
    raised = replace(document, overrides=(replace(override, level="top"),))
    assert kinds(raised) == [WarningKind.ONE_SOURCE, WarningKind.ONLY_SAID]
    unmet = replace(raised, answers=(replace(raised.answers[0], verdict=Verdict.PARTIALLY),))
    assert kinds(unmet) == [WarningKind.ONE_SOURCE, WarningKind.ONLY_SAID]


def test_where_nothing_of_the_top_level_applies_the_levels_below_count():
    document = on_top(runs=(OTHER,))
    reason = replace(answer("is-fast", verdict=Verdict.NOT_APPLICABLE), rationale="no need")
    document = replace(document, answers=(document.answers[0], reason))
    assert kinds(document) == [WarningKind.ONE_SOURCE, WarningKind.ONLY_SAID]
