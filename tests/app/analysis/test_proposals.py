"""What other rubrics' answers propose to an assessor: own answers and the study's own mappings come first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.assessment import rubric_of
from app.analysis.proposals import Proposals
from app.model.assessment import Answer, Consensus, FrozenMapping, FrozenRubric
from app.rubric import library
from app.rubric.library import mapping_between
from app.scoring.offered import answers_to
from app.scoring.scale import Verdict
from tests.documents import example

MATURITY, BRECK, NINE = "mlops-maturity", "ml-test-score", "mlops-principles"
OWN = """\
id: small-to-ml-test-score
from: small
to: ml-test-score
from_version: "1.0"
to_version: "1.0"
licence: CC0-1.0
note: For this study alone.
entries:
  - {to: feature-schema, from: [runs, seen], best: partially, note: It runs where somebody looks.}
"""


def answer(rubric, criterion, verdict, assessor="ada", case="c1", in_round="r1"):
    return Answer(rubric=rubric, criterion=criterion, case=case, round=in_round, assessor=assessor, verdict=verdict)


def study(*answers, rubrics=(MATURITY, BRECK), mappings=(), consensus=()):
    document = example()
    frozen = tuple(FrozenRubric(key=key, version="1.0", text=library.text(key)) for key in rubrics)
    return replace(
        document,
        rubrics=(*document.rubrics, *frozen),
        answers=answers,
        consensus=consensus,
        mappings=mappings,
    )


def proposed(document, who="ada", case="c1", target=BRECK):
    return Proposals(document, target, "r1", who).of(case)


def test_an_answer_is_proposed_by_a_shipped_mapping_and_told_in_words():
    document = study(answer(MATURITY, "input-validation", Verdict.FULLY))
    found = proposed(document)
    assert set(found) == {"feature-schema", "input-invariants"}
    schema = found["feature-schema"]
    assert (schema.verdict, schema.source, schema.criteria) == (Verdict.FULLY, MATURITY, ("input-validation",))
    assert schema.words == "Proposed: Automated, from input validation (fully)"
    assert schema.rationale.startswith(f"Proposed from {library.load(MATURITY).title}: input validation (fully). ")
    assert schema.rationale.endswith(schema.note)


def test_own_answers_propose_before_the_team_s():
    mine, theirs = (answer(MATURITY, "input-validation", v, w) for v, w in ((Verdict.FULLY, "ada"), ("not", "bob")))
    both = study(mine, replace(theirs, verdict=Verdict.NOT_ACHIEVED))
    assert proposed(both)["feature-schema"].verdict is Verdict.FULLY
    assert proposed(both, "bob")["feature-schema"].verdict is Verdict.NOT_ACHIEVED
    assert proposed(both, "cleo") == {}  # they differ, so nobody knows
    agreed = Consensus(
        rubric=MATURITY, criterion="input-validation", case="c1", round="r1", verdict=Verdict.PARTIALLY, reason="Seen"
    )
    told = study(mine, replace(theirs, verdict=Verdict.NOT_ACHIEVED), consensus=(agreed,))
    assert proposed(told, "cleo")["feature-schema"].verdict is Verdict.PARTIALLY


def test_a_consensus_alone_proposes_too():
    agreed = Consensus(
        rubric=MATURITY, criterion="input-validation", case="c1", round="r1", verdict=Verdict.FULLY, reason="Seen"
    )
    assert "feature-schema" in proposed(study(consensus=(agreed,)))


def test_other_cases_and_rounds_propose_nothing():
    given = answer(MATURITY, "input-validation", Verdict.FULLY)
    assert proposed(study(replace(given, case="c2"))) == {}
    assert proposed(study(replace(given, round="r2"))) == {}
    assert proposed(study(given), case="c2") == {}


def test_the_study_s_own_mapping_comes_before_shipped_ones_and_what_does_not_fit_is_passed_over():
    mappings = (
        FrozenMapping(key="broken", text="id: broken"),
        FrozenMapping(key="other", text=OWN.replace("from: small", "from: else")),
        FrozenMapping(key="own", text=OWN),
    )
    given = (answer("small", "runs", Verdict.FULLY), answer("small", "seen", Verdict.LARGELY))
    found = proposed(study(*given, mappings=mappings))
    assert found["feature-schema"].words == "Proposed: Manual, from runs (fully), seen (largely)"
    assert found["feature-schema"].source == "small"
    assert proposed(study(*given, mappings=mappings[:2])) == {}


def test_where_several_rubrics_propose_the_study_s_first_is_taken():
    given = (
        answer("small", "runs", Verdict.NOT_ACHIEVED),
        answer("small", "seen", Verdict.FULLY),
        answer(MATURITY, "input-validation", Verdict.FULLY),
    )
    found = proposed(study(*given, mappings=(FrozenMapping(key="own", text=OWN),)))
    assert found["feature-schema"].source == "small"
    assert found["input-invariants"].source == MATURITY


def test_a_picked_level_is_proposed_by_its_name():
    microsoft = "microsoft-mlops-maturity"
    given = [answer(MATURITY, each.id, Verdict.LARGELY) for each in library.load(MATURITY).criteria]
    found = proposed(study(*given, rubrics=(MATURITY, microsoft)), target=microsoft)
    assert found
    assert all(each.word.startswith("Level ") for each in found.values())


def test_a_criterion_is_about_the_principles_that_propose_to_it():
    found = Proposals(study(mappings=(FrozenMapping(key="own", text=OWN),)), BRECK, "r1", "ada")
    tied = found.tied("feature-schema")
    source = library.load(MATURITY).principle_of("input-validation").id
    assert tied == {("small", "first"), ("small", "second"), (MATURITY, source)}
    assert found.tied("nothing-leads-here") == frozenset()


def test_a_study_of_one_rubric_proposes_nothing():
    assert proposed(study(answer("small", "runs", Verdict.FULLY), rubrics=()), target="small") == {}


@pytest.fixture(scope="module")
def criteria():
    return [each.id for each in library.load(MATURITY).criteria]


@given(data=st.data())
def test_whatever_was_answered_only_what_the_rubric_offers_is_proposed(criteria, data):
    verdicts = st.sampled_from([each for each in Verdict if not each.value.startswith("level-")])
    given = data.draw(st.dictionaries(st.sampled_from(criteria), verdicts, max_size=12))
    document = study(*(answer(MATURITY, key, verdict) for key, verdict in given.items()), rubrics=(MATURITY, NINE))
    target = rubric_of(document, NINE)
    mapping = mapping_between(rubric_of(document, MATURITY), target)
    for key, each in proposed(document, target=NINE).items():
        assert key == each.criterion
        assert answers_to(target, key).offers(each.verdict)
        assert key in mapping.targets_reached
        assert set(each.criteria) <= set(given)
