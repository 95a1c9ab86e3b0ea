"""Whose answers are seen: until a ballot is revealed one's own alone, and no passage that only hidden ones rest on."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.ballots import (
    ballot_on,
    hidden_answers,
    is_hidden,
    is_own,
    is_secret,
    missing,
    standing_text,
)
from app.analysis.blind import hidden_from, hidden_passages, rested_on, seen_by
from app.analysis.chain import Chain
from app.model.assessment import Ballot, BallotMember
from app.model.evidence import Evidence
from app.model.setting import Assessor
from app.scoring.scale import Verdict
from tests.documents import documents, example

THEN = datetime(2024, 5, 1, 12, tzinfo=UTC)
WHO = ("ada", "bob", "carl", "")


def ballot(*members, revealed=None, **more):
    here = {"rubric": "small", "case": "c1", "round": "r1", **more}
    return Ballot(**here, members=tuple(BallotMember(assessor=each) for each in members), revealed_at=revealed)


def secret(**more):
    """The example with a ballot of Ada and Bob that is not revealed, and nobody coding blind."""
    return replace(example(), ballots=(ballot("ada", "bob"),), double_codings=(), **more)


def test_each_member_sees_their_own():
    document = secret()
    assert {each.assessor for each in seen_by(document, "ada").answers} == {"ada"}
    assert {each.assessor for each in seen_by(document, "bob").answers} == {"bob"}


@pytest.mark.parametrize("who", ["", "nobody"])
def test_others_see_nobody_s(who):
    assert seen_by(secret(), who).answers == ()


def test_who_takes_no_part_is_hidden_too():
    """What Carl answered before, or before he was taken out, would lead Ada and Bob as well."""
    document = secret(assessors=(*example().assessors, Assessor(key="carl", name="Carl")))
    theirs = replace(document.answers[0], id=None, assessor="carl")
    document = replace(document, answers=(*document.answers, theirs))
    assert theirs not in seen_by(document, "ada").answers
    assert theirs in seen_by(document, "carl").answers


def test_other_cases_and_rounds_are_seen():
    document = replace(secret(), ballots=(ballot("ada", "bob", case="c2"), ballot("ada", "bob", round="r2")))
    assert seen_by(document, "ada") is document


def test_revealed_answers_are_seen():
    document = replace(secret(), ballots=(ballot("ada", "bob", revealed=THEN),))
    assert all(seen_by(document, who) is document for who in WHO)
    assert hidden_from(document, "ada") == frozenset()


def test_a_level_rests_on_what_is_seen():
    def verdict(document):
        return assess(document).case("c1").principles[0].criteria[0].verdict

    document = secret(consensus=())
    assert verdict(document) is Verdict.UNKNOWN  # they differ
    assert verdict(seen_by(document, "ada")) is Verdict.FULLY
    assert verdict(seen_by(document, "bob")) is Verdict.PARTIALLY
    assert verdict(seen_by(document, "")) is None


def test_passages_that_only_a_hidden_answer_rests_on():
    document = secret(codings=(), findings=(), challenges=(), influences=())
    (resting,) = {link.passage for each in document.answers for link in each.evidence}
    assert resting in rested_on(document)
    assert hidden_passages(document, "ada") == frozenset()
    assert hidden_passages(document, "bob") == hidden_passages(document, "") == {resting}
    assert resting not in {each.key for each in seen_by(document, "bob").passages}
    chain = Chain(seen_by(document, "bob"), assess(seen_by(document, "bob")))
    assert all(not chain.links(each) for each in chain.judgements)


def test_a_passage_that_anything_else_shows_is_seen():
    document = secret(findings=(), challenges=(), influences=())
    assert document.codings
    (resting,) = {link.passage for each in document.answers for link in each.evidence}
    coded = {each.passage for each in document.codings}
    assert (resting in {each.key for each in seen_by(document, "bob").passages}) is (resting in coded)
    both = tuple(replace(each, evidence=(Evidence(passage=resting),)) for each in document.answers)
    assert hidden_passages(replace(document, answers=both), "bob") == frozenset()


@given(st.data())
def test_whatever_is_in_a_study(data):
    """Nothing hidden is seen, nothing else is left out, and what one sees never shows a passage that is not there."""
    document = data.draw(documents())
    who = data.draw(st.sampled_from(["", *(each.key for each in document.assessors)]))
    hidden, seen = hidden_answers(document, who), seen_by(document, who)
    assert [each for each in document.answers if not is_hidden(each, hidden)] == list(seen.answers)
    assert all(each.assessor == who or not _is_secret(document, each) for each in seen.answers)
    assert all(each in seen.answers for each in document.answers if each.assessor == who)
    keys = {each.key for each in seen.passages}
    assert rested_on(seen) <= keys
    assert {each.passage for each in seen.codings} <= keys
    assert keys | hidden_passages(document, who) == {each.key for each in document.passages}
    assert hidden_answers(document, who) <= hidden_answers(document, "")


def _is_secret(document, answer):
    found = ballot_on(document, answer.rubric, answer.case, answer.round)
    return found is not None and is_secret(found)


def test_where_a_ballot_is():
    document = secret()
    assert ballot_on(document, "small", "c1", "r1") is document.ballots[0]
    assert ballot_on(document, "small", "c1", "r2") is None


def test_whose_work_is_not_to_be_seen():
    """Also that of one who takes no part, but answers all the same."""
    document = secret(assessors=(*example().assessors, Assessor(key="carl", name="Carl")))
    assert hidden_from(document, "ada") == {"bob", "carl"}
    assert hidden_from(document, "") == {"ada", "bob", "carl"}


def test_who_is_done():
    found = replace(
        ballot("ada"),
        members=(BallotMember(assessor="ada"), BallotMember(assessor="bob", done_at=THEN), BallotMember(assessor="c")),
    )
    names = {"ada": "Ada", "bob": "Bob", "c": "Carl"}
    assert standing_text(found, "ada", names) == "Bob done, Carl not yet, you not yet"
    assert standing_text(found, "", names) == "Ada not yet, Bob done, Carl not yet"
    assert missing(found) == ("ada", "c")
    assert is_own(found, "bob")
    assert not is_own(found, "")
