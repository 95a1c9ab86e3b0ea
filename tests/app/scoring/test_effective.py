"""Which verdict counts among several assessors'."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scoring.effective import Effective, Reason, effective_verdict
from app.scoring.scale import Verdict

F, P, U = Verdict.FULLY, Verdict.PARTIALLY, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("verdicts", "consensus", "effective"),
    [
        ({}, None, Effective(None, Reason.UNANSWERED, False)),
        ({"a": F}, None, Effective(F, Reason.SINGLE, False)),
        ({"a": F, "b": F}, None, Effective(F, Reason.AGREED, False)),
        ({"a": F, "b": P}, None, Effective(U, Reason.DIFFER, True)),
        ({"a": F, "b": P}, P, Effective(P, Reason.CONSENSUS, True)),
        ({"a": F, "b": F}, P, Effective(P, Reason.CONSENSUS, False)),
        ({}, U, Effective(U, Reason.CONSENSUS, False)),
    ],
)
def test_consensus_then_agreement_then_unknown(verdicts, consensus, effective):
    assert effective_verdict(verdicts, consensus) == effective


@given(st.dictionaries(st.text(max_size=2), st.sampled_from(Verdict), max_size=4))
def test_no_assessor_is_followed_against_another(verdicts):
    effective = effective_verdict(verdicts, None)
    assert effective.assessors_differ is (len(set(verdicts.values())) > 1)
    assert effective.verdict == U or set(verdicts.values()) == {effective.verdict} - {None}
