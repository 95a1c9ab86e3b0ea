"""Who sees which codings: of a second coder's nothing until both are done, whatever else is in the study."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.blind import hidden_from, hidden_passages, is_blind, seen_by, unseen_coders
from app.model.evidence import Coded, Coding, DoubleCoding, Resolution
from tests.documents import documents, example

THEN = datetime(2024, 5, 1, 12, tzinfo=UTC)
CANARY = "canary of the other coder"


def double(**fields):
    return DoubleCoding(**{"key": "dc", "first": "ada", "second": "bob", "sources": ("i1",), **fields})


def with_codings(*codings, doubles=None):
    return replace(example(), codings=codings, double_codings=(double(),) if doubles is None else doubles)


def coding(passage="i1-p1", code="monitoring", assessor="bob", **more):
    return Coding(passage=passage, code=code, assessor=assessor, **more)


@pytest.mark.parametrize(
    ("first", "second", "blind"), [(None, None, True), (THEN, None, True), (None, THEN, True), (THEN, THEN, False)]
)
def test_it_ends_when_both_are_done(first, second, blind):
    pair = double(first_done_at=first, second_done_at=second)
    assert is_blind(pair) is blind
    assert unseen_coders(pair, "ada") == ({"bob"} if blind else set())
    assert unseen_coders(pair, "bob") == ({"ada"} if blind else set())
    assert unseen_coders(pair, "") == ({"ada", "bob"} if blind else set())
    assert unseen_coders(pair, "carl") == set()


def test_a_study_without_double_coding_is_seen_as_it_is():
    document = replace(example(), double_codings=())
    assert seen_by(document, "ada") is document


def test_what_two_have_done_is_seen_by_both():
    document = with_codings(coding(), doubles=(double(first_done_at=THEN, second_done_at=THEN),))
    assert seen_by(document, "ada") is document
    assert hidden_passages(document, "ada") == frozenset()


def test_the_other_sees_nothing_of_a_passage_marked_for_a_hidden_coding():
    document = replace(
        with_codings(coding("m1-p1", memo=CANARY), doubles=(double(sources=("m1",)),)), findings=(), influences=()
    )
    seen = seen_by(document, "ada")
    assert seen.codings == ()
    assert [passage.key for passage in seen.passages] == ["i1-p1"]
    assert seen_by(document, "bob").codings == document.codings
    assert seen_by(document, "bob").passages == document.passages


def test_a_passage_that_something_rests_on_is_seen_without_the_coding():
    document = with_codings(coding(memo=CANARY))
    seen = seen_by(document, "ada")
    assert seen.codings == ()
    assert seen.passages == document.passages


def test_a_passage_both_have_coded_is_seen_with_the_own_codes():
    own = coding("m1-p1", assessor="ada")
    document = replace(
        with_codings(own, coding("m1-p1"), doubles=(double(sources=("m1",)),)), findings=(), influences=()
    )
    seen = seen_by(document, "ada")
    assert seen.codings == (own,)
    assert seen.passages == document.passages


def test_another_source_is_open_to_both():
    document = with_codings(coding("m1-p1"))
    assert seen_by(document, "ada").codings == document.codings


def test_what_the_other_had_put_on_when_done_is_not_told():
    pair = example().double_codings[0]
    document = with_codings(doubles=(replace(pair, first_done_at=None),))
    (seen,) = seen_by(document, "ada").double_codings
    assert {each.coder for each in seen.coded} == {"ada"}
    assert seen_by(document, "carl") is document


def rejecting(applies=False, decided=THEN):
    resolutions = tuple(
        Resolution(entry=entry, code="monitoring", applies=applies, reason="so", decided_at=decided)
        for entry in ("i1-1", "i1-2")
    )
    return double(first_done_at=THEN, second_done_at=THEN, resolutions=resolutions)


def test_what_the_other_had_put_on_is_not_told_where_no_source_is_left():
    pair = double(sources=(), second_done_at=THEN, coded=(Coded(coder="bob", entry="i1-1", code="tools"),))
    document = with_codings(doubles=(pair,))
    assert seen_by(document, "ada").double_codings[0].coded == ()
    assert seen_by(document, "bob").double_codings[0].coded == pair.coded


def test_what_both_took_back_stays_out():
    document = with_codings(coding(made_at=THEN - timedelta(hours=1)), coding(assessor="ada"), doubles=(rejecting(),))
    for who in ("ada", "bob", "carl", ""):
        assert seen_by(document, who).codings == ()
    assert seen_by(document, "ada").passages == document.passages


def test_what_both_agreed_on_stays():
    document = with_codings(coding(), doubles=(rejecting(applies=True),))
    assert seen_by(document, "ada") is document


def test_a_passage_over_more_lines_than_were_taken_back_keeps_its_code():
    pair = rejecting()
    document = with_codings(coding(), doubles=(replace(pair, resolutions=pair.resolutions[:1]),))
    assert seen_by(document, "ada").codings == document.codings


def test_what_a_third_put_on_is_not_what_the_two_took_back():
    document = with_codings(coding(assessor="carl"), doubles=(rejecting(),))
    assert seen_by(document, "ada").codings == document.codings


def test_what_is_put_on_again_later_is_seen():
    again = coding(made_at=THEN + timedelta(minutes=1))
    assert seen_by(with_codings(again, doubles=(rejecting(),)), "ada").codings == (again,)
    assert seen_by(with_codings(again, doubles=(rejecting(decided=None),)), "ada").codings == ()


def test_a_passage_without_words_keeps_its_codes():
    lost = replace(example().passages[0], spans=())
    document = replace(with_codings(coding(), doubles=(rejecting(),)), passages=(lost,))
    assert seen_by(document, "ada").codings == document.codings


# What holds for any study


@st.composite
def studies(draw):
    """Any study, or one in which three assessors code two sources, some of it blind."""
    if draw(st.booleans()):
        return draw(documents(most=3))
    people, times = ["ada", "bob", "carl"], st.sampled_from([None, THEN])
    cells = st.tuples(st.sampled_from(["i1-p1", "m1-p1"]), st.sampled_from(["tools", "monitoring"]))
    codings = [coding(*cell, who) for who in people for cell in sorted(draw(st.sets(cells)))]
    pairs = [
        double(key=f"dc{place}", first=first, second=second, sources=(source,), coded=_coded(first, second, source))
        for place, (first, second, source) in enumerate(
            draw(st.lists(st.tuples(*map(st.sampled_from, (people, people, ["i1", "m1"]))), max_size=3))
        )
        if first != second
    ]
    done = [replace(pair, first_done_at=draw(times), second_done_at=draw(times)) for pair in pairs]
    judged = {} if draw(st.booleans()) else {"answers": (), "findings": (), "challenges": (), "influences": ()}
    return replace(with_codings(*codings, doubles=tuple(done)), **judged)


def _coded(first, second, source):
    return tuple(Coded(coder=coder, entry=f"{source}-1", code="tools") for coder in (first, second))


def readers(document):
    return st.sampled_from(["", "nobody.known", "ada", *(assessor.key for assessor in document.assessors)])


def shared(document, coder):
    """What two code blind, one of them being `coder`: pairs of source and the other."""
    return {
        (source, other)
        for pair in document.double_codings
        for one, other in ((pair.first, pair.second), (pair.second, pair.first))
        if one == coder and (pair.first_done_at is None or pair.second_done_at is None)
        for source in pair.sources
    }


@given(st.data())
def test_a_coder_sees_nothing_of_the_others(data):
    document = data.draw(studies())
    who = data.draw(readers(document))
    seen = seen_by(document, who)
    where = {passage.key: passage.source for passage in document.passages}
    assert not shared(document, who) & {(where[each.passage], each.assessor) for each in seen.codings}
    for pair in seen.double_codings:
        if is_blind(pair) and who in {pair.first, pair.second}:
            assert {pair.first, pair.second}.intersection(each.coder for each in pair.coded) <= {who}


@given(st.data())
def test_the_own_codings_are_never_hidden(data):
    document = data.draw(studies())
    who = data.draw(readers(document))
    document = replace(
        document, double_codings=tuple(replace(pair, resolutions=()) for pair in document.double_codings)
    )
    mine = [each for each in document.codings if each.assessor == who]
    assert [each for each in seen_by(document, who).codings if each.assessor == who] == mine


@given(st.data())
def test_what_is_seen_holds_together(data):
    document = data.draw(studies())
    seen = seen_by(document, data.draw(readers(document)))
    known = {passage.key for passage in seen.passages}
    judgements = (*seen.answers, *seen.findings, *seen.challenges, *seen.influences)
    used = {each.passage for each in seen.codings} | {link.passage for each in judgements for link in each.evidence}
    assert used <= known
    changed = {"codings", "passages", "double_codings", "answers"}
    assert all(
        getattr(seen, name) == getattr(document, name) for name in document.__struct_fields__ if name not in changed
    )


@given(st.data())
def test_only_passages_with_nothing_but_hidden_codings_are_hidden(data):
    document = data.draw(studies())
    who = data.draw(readers(document))
    hidden, seen = hidden_passages(document, who), seen_by(document, who)
    assert hidden == {passage.key for passage in document.passages} - {passage.key for passage in seen.passages}
    assert hidden.isdisjoint(each.passage for each in seen.codings)
    assert hidden <= {each.passage for each in document.codings}


@given(st.data())
def test_nobody_sees_more_than_any_coder(data):
    document = data.draw(studies())
    who = data.draw(readers(document))
    assert set(seen_by(document, "").codings) <= set(seen_by(document, who).codings)
    assert hidden_passages(document, who) <= hidden_passages(document, "")


@given(st.data())
def test_whose_work_is_hidden(data):
    document = data.draw(studies())
    who = data.draw(readers(document))
    assert {other for _, other in shared(document, who)} <= hidden_from(document, who)
    assert who not in hidden_from(document, who)
