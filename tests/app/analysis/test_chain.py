"""From a score to every passage under it, from a passage to everything that rests on it, and nothing left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.chain import (
    Candidate,
    Chain,
    Kind,
    Link,
    Resting,
    candidates,
    cases_of,
    kind_of,
    place_of,
)
from app.analysis.words import Words
from app.model.assessment import Answer, Influence
from app.model.evidence import Evidence, Stance, Weight
from app.model.source import FollowUp, FollowUpState
from tests.documents import documents, example


def chain_of(document):
    return Chain(document, assess(document))


@pytest.fixture(scope="module")
def chain():
    return chain_of(example())


def told(resting):
    return [(each.kind, each.words, each.about, each.page, each.key) for each in resting]


@given(documents())
def test_what_rests_on_passages_is_what_judgements_rest_on(document):
    chain = chain_of(document)
    forward = [(place_of(each), link.passage) for each in document.judgements for link in each.evidence]
    resting = [(each, passage.key) for passage in document.passages for each in chain.resting_on(passage.key)]
    back = [((each.page, each.key), passage) for each, passage in resting if each.evidence is not None]
    assert sorted(forward) == sorted(back)
    assert sum(each.kind is Kind.CODING for each, _ in resting) == len(document.codings)
    used = {passage for _, passage in forward}
    assert {passage.key for passage in document.passages if chain.is_used(passage.key)} == used


@given(documents())
def test_a_score_rests_on_what_its_finding_and_answers_do(document):
    chain = chain_of(document)
    for case in chain.assessment.cases:
        for judged in case.principles:
            links = chain.under(case.case.key, judged.principle.id)
            assert {link.passage for link in links} == set(judged.evidence)


@given(documents())
def test_every_link_of_the_round_is_told_once(document):
    chain = chain_of(document)
    here = (chain.assessment.rubric.id, chain.names.round)
    wanted = [
        (place_of(each), link)
        for each in document.judgements
        for link in each.evidence
        if (getattr(each, "rubric", here[0]), each.round) == here
    ]
    found = [(place_of(link.judgement), link.evidence) for link in chain.all_links]
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    assert all(link.again == Words(document).changed(link.evidence) for link in chain.all_links)


@given(documents(), st.sampled_from(["", "assessors.0", "nobody"]))
def test_what_could_rest_on_a_passage_is_named_once(document, who):
    found = candidates(chain_of(document), "", who)
    places = [(place_of(each.judgement), each.kind) for each in found]
    assert len(places) == len(set(places))
    assert all(each.words for each in found)
    assert {each.judgement.assessor for each in found if each.kind is Kind.ANSWER} <= {"assessors.0"}


def test_a_link_says_what_the_passage_says_now_and_said_then(chain):
    (link,) = chain.links(chain.document.answers[0])
    assert isinstance(link, Link)
    assert (link.citation, link.now, link.then) == ("I1 lines 1-2", "canary … sings … Alarms", "The canary")
    assert link.again
    assert (link.passage, link.against, link.unaddressed, link.lacks_reference) == ("i1-p1", False, False, False)


@pytest.mark.parametrize(
    ("evidence", "wanted"),
    [
        (Evidence(passage="m1-p1"), (False, False, False)),
        (Evidence(passage="m1-p1", stance=Stance.CONTRADICTS), (True, True, False)),
        (Evidence(passage="m1-p1", stance=Stance.CONTRADICTS, note=" "), (True, True, False)),
        (Evidence(passage="m1-p1", stance=Stance.CONTRADICTS, note="stands"), (True, False, False)),
        (Evidence(passage="m1-p1", weight=Weight.DOCUMENTED), (False, False, True)),
        (Evidence(passage="m1-p1", weight=Weight.DOCUMENTED, reference="log"), (False, False, False)),
        (Evidence(passage="m1-p1", weight=Weight.SHOWN), (False, False, False)),
    ],
)
def test_what_a_link_lacks(chain, evidence, wanted):
    (link,) = chain.links(replace(chain.document.answers[0], evidence=(evidence,)))
    assert (link.against, link.unaddressed, link.lacks_reference) == wanted
    assert not link.again


def test_everything_on_a_passage_leads_to_where_it_is_judged(chain):
    assert told(chain.resting_on("i1-p1")) == [
        (Kind.CODING, "Monitoring", "Ada, about Canary one", "codes", "monitoring"),
        (Kind.ANSWER, "runs of Canary one: fully achieved", f"First of Canary one: {interval(chain)}, Ada", "assess",
         "c1/runs"),
        (Kind.CHALLENGE, "challenge: Stability", "First", "results", "challenges/ch1"),
        (Kind.FOLLOW_UP, "Which alarms?", "still to ask", "interviews", "i1-2"),
    ]  # fmt: skip
    assert told(chain.resting_on("m1-p1")) == [
        (Kind.FINDING, "finding on Canary one: It runs.", f"First of Canary one: {interval(chain)}", "results",
         "c1/first"),
        (Kind.INFLUENCE, "Experience for Canary one: unknown", "factor", "factors", "experience/c1"),
    ]  # fmt: skip


def interval(chain):
    return chain.assessment.case("c1").principle("first").interval


def test_what_rests_on_it_in_another_round_or_by_another_rubric_says_so():
    document = example()
    answer = replace(document.answers[0], round="r2", assessor="bob", verdict=None)
    organisation = Influence(factor="experience", round="r2", evidence=(Evidence(passage="i1-p1"),))
    wide = replace(document, answers=(*document.answers, answer), influences=(*document.influences, organisation))
    chain = Chain(wide, assess(wide, round_key="r1"))
    later = told(chain.resting_on("i1-p1"))
    assert (
        Kind.ANSWER,
        "runs of Canary one: unanswered",
        "First of Canary one, Bob, Round 2",
        "assess",
        "c1/runs",
    ) in later
    assert (
        Kind.INFLUENCE, "Experience for the organisation: unknown", "factor, Round 2", "factors", "experience/"
    ) in later  # fmt: skip
    other = replace(answer, rubric="other", criterion="is-old")
    resting = Chain(replace(document, answers=(other,)), chain.assessment).resting_on("i1-p1")
    assert ("is old of Canary one: unanswered", "Bob, Round 2") in [(each.words, each.about) for each in resting]


def test_what_answers_a_question_rests_on_its_passage_too():
    document = example()
    asked = FollowUp(key="f9", question="Who hears?", state=FollowUpState.ANSWERED, answer="m1-1")
    chain = chain_of(replace(document, follow_ups=(*document.follow_ups, asked)))
    assert chain.resting_on("m1-p1")[-1] == Resting(Kind.FOLLOW_UP, "Who hears?", "answered", "interviews", "m1-1")


def test_a_passage_nothing_rests_on(chain):
    bare = replace(chain.document, codings=(), answers=(), challenges=(), follow_ups=())
    assert chain_of(bare).resting_on("i1-p1") == ()


def test_kinds(chain):
    kinds = {kind_of(each) for each in chain.document.judgements}
    assert kinds == {Kind.ANSWER, Kind.FINDING, Kind.CHALLENGE, Kind.INFLUENCE}


def test_names_without_their_verdict(chain):
    names = [chain.names.subject(each) for each in chain.judgements]
    assert names[:2] == ["the finding on Canary one", "runs of Canary one"]
    assert names[-4:] == [
        "the challenge “Stability”",
        "the challenge “Tools”",
        "Experience for the organisation",
        "Experience for Canary one",
    ]


def test_what_could_rest_on_a_passage_is_found_by_its_words():
    chain = chain_of(example())

    def found(wanted, who="bob"):
        return [(each.words, each.about) for each in candidates(chain, wanted, who)]

    assert [words for words, _ in found("RUNS one")] == [
        "runs of Canary one: partially achieved",
        "finding on Canary one: It runs.",
    ]
    assert found("stab") == [("challenge: Stability", "First")]
    assert [words for words, _ in found("experience")] == [
        "Experience for the organisation: neutral",
        "Experience for Canary one: unknown",
        "Experience for Two: unknown",
    ]
    assert found("nothing of the kind") == []
    assert [words for words, _ in found("first two")] == ["runs of Two: unanswered", "is fast of Two: unanswered"]
    assert found("of two", who="") == []


def test_judgements_on_a_case_that_the_passage_is_about_come_first():
    document = example()

    def first(passage, wanted=""):
        return [each.words for each in candidates(chain_of(document), wanted, "bob", passage)]

    here = next(each for each in document.passages if not any(c.passage == each.key for c in document.codings))
    about_two = replace(next(each for each in document.sources if each.key == here.source), cases=("c2",))
    document = replace(document, sources=tuple(about_two if s.key == about_two.key else s for s in document.sources))
    assert cases_of(document, here.key) == {"c2"}
    assert " of Two" in first(here.key)[0]
    assert sorted(first(here.key)) == sorted(first(""))
    assert first(here.key, "runs") != first("", "runs")
    coded = replace(document.codings[0], passage=here.key, case="c1")
    document = replace(document, codings=(*document.codings, coded))
    assert cases_of(document, here.key) == {"c1"}
    assert cases_of(document, "") == frozenset()


def test_what_is_not_there_yet_is_offered_as_it_would_begin():
    document = example()
    found = candidates(chain_of(document), "alarms two", "ada")
    answer = Answer(rubric="small", criterion="alarms", case="c2", round="r1", assessor="ada")
    about = assess(document).case("c2").principle("second").interval
    assert found == [Candidate(Kind.ANSWER, "alarms of Two: unanswered", f"Second of Two: {about}", answer)]


def test_without_a_round_nothing_can_be_judged():
    document = replace(example(), rounds=(), answers=(), findings=(), challenges=(), influences=())
    assert candidates(chain_of(document), "", "ada") == []
