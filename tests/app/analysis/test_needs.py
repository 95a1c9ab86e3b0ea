"""What criteria lack, and how soon each of them would decide a level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.needs import Stake, stakes
from app.rubric import library
from app.scoring.offered import answers_to
from app.scoring.scale import Verdict, is_open
from app.scoring.score import Scorer
from tests.documents import RUBRIC

RULES = ["mlops-maturity", "google-mlops-levels", "ml-test-score", "mlops-principles", "john-2021-stages"]


@pytest.fixture(scope="module")
def rubrics():
    return [library.load(key) for key in RULES]


@given(data=st.data())
def test_a_level_waits_only_for_what_can_still_decide_it(rubrics, data):
    """Answered best, what a level waits for moves the principle up; or others wait for the same level with it."""
    rubric = data.draw(st.sampled_from(rubrics))
    offered = {each.id: [step.verdict for step in answers_to(rubric, each.id).steps] for each in rubric.criteria}
    verdicts = {key: data.draw(st.sampled_from([None, *steps])) for key, steps in offered.items()}
    given_ = {key: verdict for key, verdict in verdicts.items() if verdict is not None}
    scorer = Scorer(rubric)
    for principle, score in zip(rubric.principles, scorer.case(given_).principles, strict=True):
        found = stakes(rubric, score)
        assert set(found) <= {each.id for each in principle.criteria if is_open(verdicts[each.id])}
        waiting = {stake.level for stake in found.values()} - {""}
        assert not (waiting and score.certain)
        best = {key: answers_to(rubric, key).best for key, stake in found.items() if stake.level}
        after = scorer.case({**given_, **best}).principle(principle.id)
        if score.level is not None and waiting:
            assert rubric.rank(after.level) > rubric.rank(score.level)
            assert all(0 < stake.steps < len(rubric.levels) for stake in found.values() if stake.level)


def test_the_next_level_is_one_step_away_and_one_out_of_reach_is_further_than_any():
    score = Scorer(RUBRIC).case({"runs": Verdict.UNKNOWN}).principle("first")
    assert stakes(RUBRIC, score) == {"runs": Stake(1, "mid"), "is-fast": Stake(2, "top")}
    stuck = Scorer(RUBRIC).case({"runs": Verdict.NOT_ACHIEVED}).principle("first")
    assert stakes(RUBRIC, stuck) == {"is-fast": Stake(5)}
    unrated = dict.fromkeys(("runs", "is-fast"), Verdict.NOT_APPLICABLE)
    assert stakes(RUBRIC, Scorer(RUBRIC).case(unrated).principle("first")) == {}
