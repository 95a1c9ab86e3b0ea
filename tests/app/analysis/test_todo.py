"""What to do next follows from the study alone."""

from msgspec.structs import replace

from app.analysis.assessment import assess
from app.analysis.evidence_warnings import EvidenceWarning, WarningKind
from app.analysis.todo import MOST, Todo, todos
from app.model.assessment import Override, Review, ReviewItem, ReviewVerdict
from app.model.setting import SitePolicy
from app.model.source import FollowUpState, SourceStatus
from app.scoring.scale import Verdict


def texts(document):
    return [todo.text for todo in todos(document, assess(document))]


def test_a_bare_study_is_set_up_first(small):
    bare = replace(
        small,
        site_policy=SitePolicy(),
        cases=(),
        assessors=(),
        participants=(),
        guides=(),
        sources=(),
        passages=(),
        codings=(),
        follow_ups=(),
        answers=(),
        findings=(),
        challenges=(),
        identities=(),
    )
    assert texts(bare) == [
        "Say who assesses",
        "Add the cases, the projects to assess",
        "Ask what the site allows",
        "Add the people to interview",
        "Make a guide for the interviews",
        "Plan the first interview",
    ]
    assert "Make a guide for the interviews" not in texts(replace(bare, guides=small.guides))


def test_leads_to_the_first_thing_there_is_to_do(small):
    first = todos(small, assess(small))[0]
    assert first == Todo("Hold 1 planned interview", "interviews", "i3")


def test_a_level_that_lapsed_is_to_be_looked_at(small):
    override = Override(
        rubric="mlops-maturity", principle="traceability", case="paint", round="r1", level="low", assessor="ada",
        reason="Why.", basis="-",
    )  # fmt: skip
    document = replace(small, overrides=(override,), sources=(), follow_ups=())
    words = "Lapsed: Low for Paint inspection, Traceability"
    assert Todo(words, "results", "paint/traceability") in todos(document, assess(document, round_key="r1"))


def test_never_more_than_fit_on_the_page(small):
    assert len(texts(small)) <= MOST


def test_done_work_leads_to_the_report(small):
    rubric = assess(small).rubric
    answer = small.answers[0]
    answers = tuple(
        replace(answer, case=case.key, criterion=criterion.id, verdict=Verdict.FULLY, evidence=())
        for case in small.cases
        for criterion in rubric.criteria
    )
    sources = tuple(replace(source, status=SourceStatus.FINISHED) for source in small.sources)
    follow_ups = tuple(replace(each, state=FollowUpState.DROPPED) for each in small.follow_ups)
    done = replace(small, answers=answers, sources=sources, follow_ups=follow_ups)
    assert todos(done, assess(done)) == [Todo("Check the results, then write the report", "report")]


def test_answers_that_differ_are_to_be_agreed_not_found_out(small):
    held = replace(small, sources=(small.sources[0],), follow_ups=())
    told = " ".join(texts(held))
    assert "Part sorting: 1 answer to agree on" in told
    assert "Part sorting: 2 criteria unknown" in told


def test_evidence_to_look_at_comes_last_and_leads_to_the_first_of_each_kind(small):
    answer = small.answers[0]
    again = [EvidenceWarning(WarningKind.CHECK_AGAIN, "", "assess", f"paint/{key}", "paint", passage=key)
             for key in ("q1", "q2", "q2")]  # fmt: skip
    against = [EvidenceWarning(WarningKind.UNADDRESSED, "", "results", "paint/x", "paint", passage="q1")]
    bare = replace(small, sources=small.sources[:1], follow_ups=(), answers=(answer,), cases=())
    assert todos(bare, assess(bare), [*again, *against])[-2:] == [
        Todo("Check 2 passages again", "assess", "paint/q1"),
        Todo("Address 1 contradiction", "results", "paint/x"),
    ]
    assert todos(bare, assess(bare), again[:1])[-1].text == "Check 1 passage again"


def test_what_an_insider_objects_to_is_to_be_resolved(small):
    said = {"training-deployment": ReviewVerdict.DISPUTED, "traceability": ReviewVerdict.CONFIRMED}
    items = [
        ReviewItem(rubric="mlops-maturity", principle=key, case="paint", verdict=verdict)
        for key, verdict in said.items()
    ]
    review = Review(key="review-1", reviewer="p1", round="r1", items=tuple(items))
    reviewed = replace(small, reviews=(review,), follow_ups=(), sources=(), passages=(), codings=(), answers=())
    found = todos(reviewed, assess(reviewed))
    assert Todo("P1: 1 objection", "review", "review-1") in found
    settled = replace(review, items=(replace(items[0], resolution="It stands"), items[1]))
    assert not any(each.page == "review" for each in todos(replace(reviewed, reviews=(settled,)), assess(reviewed)))
