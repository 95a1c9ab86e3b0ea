"""What answers in one rubric propose in another: by example, and what must hold for any answers."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rubric import Criterion, Level, Principle, Rubric
from app.rubric.mapping import MappingEntry, RubricMapping, identity_mapping
from app.rubric.mapping_checks import problems_between
from app.rubric.structure import Given, Offer
from app.scoring.propose import Proposal, propose
from app.scoring.scale import ACHIEVEMENTS, PICKS, Verdict, achievement, is_open, passes, rank_of
from app.scoring.score import score_case

F, L, P, N = Verdict.FULLY, Verdict.LARGELY, Verdict.PARTIALLY, Verdict.NOT_ACHIEVED
NA, U, W = Verdict.NOT_APPLICABLE, Verdict.UNKNOWN, Verdict.WITHHELD
LEVELS = ("l0", "l1", "l2", "l3", "l4")


def rubric(key, rule, criteria, *, offered=(), described=LEVELS, version="1.0"):
    """A rubric with a principle for each criterion; `offered` are the answers with a point more for each."""
    return Rubric(
        id=key,
        version=version,
        title=key,
        summary=key,
        licence="CC0-1.0",
        rule=rule,
        overall="minimum",
        answers=tuple(
            Offer(verdict=Given(each), short=each, label=each, points=len(offered) - place)
            for place, each in enumerate(offered)
        ),
        levels=tuple(Level(id=each, name=each, summary=each) for each in LEVELS),
        principles=tuple(
            Principle(
                id=f"on-{each}",
                name=each,
                short=each,
                description=each,
                levels=dict.fromkeys(described, "As it is."),
                criteria=(
                    Criterion(
                        id=each,
                        level="l1" if rule == "staged" else "",
                        statement=f"{each}.",
                        evidence="E.",
                        question="Q?",
                        advice="A.",
                    ),
                ),
            )
            for each in criteria
        ),
    )


SOURCE = rubric("old", "staged", ("a", "b", "c"))
PICKED = rubric("picked", "choice", ("x", "y"), described=("l0", "l1", "l3"))  # l2 is like l1, l4 like l3
STAGED = rubric("new", "staged", ("t", "u"))
POINTS = rubric("new", "points", ("t", "u"), offered=("fully", "partially", "not"))
COARSE = rubric("new", "mean", ("t", "u"), offered=("fully", "partially"))


def mapped(source, target, *entries):
    mapping = RubricMapping(
        id="made",
        source=source.id,
        target=target.id,
        source_version="1.0",
        target_version="1.0",
        licence="CC0-1.0",
        note="Made.",
        entries=tuple(
            MappingEntry(note=f"N{place}.", **{"to": "t", "sources": ("a",), **entry})
            for place, entry in enumerate(entries)
        ),
    )
    assert not list(problems_between(mapping, source, target))
    return mapping


def only(source, verdicts, target, *entries):
    """The verdict of the only proposal, None where there is none."""
    proposals = propose(source, verdicts, target, mapped(source, target, *entries))
    assert len(proposals) <= 1
    return proposals[0].verdict if proposals else None


@pytest.mark.parametrize(
    ("answers", "staged", "points", "coarse"),
    [
        ((F, F), F, F, F),
        ((F, L), L, P, P),
        ((L, L), L, P, P),
        ((P, F), P, P, P),
        ((N, F), N, N, None),  # nothing low enough is offered
        ((NA, L), L, P, P),
        ((NA, NA), NA, NA, NA),
        ((F, U), None, None, None),
        ((P, None), None, None, None),
        ((NA, W), None, None, None),
        ((U, W), None, None, None),
        ((N, U), N, N, None),
        ((None, N), N, N, None),
        ((PICKS[1], F), None, None, None),  # nothing the source rubric offers
    ],
)
def test_the_weakest_answer_is_proposed_as_far_as_it_is_offered(answers, staged, points, coarse):
    verdicts = {key: verdict for key, verdict in zip("ab", answers, strict=True) if verdict}
    entry = {"sources": ("a", "b")}
    assert only(SOURCE, verdicts, STAGED, entry) == staged
    assert only(SOURCE, verdicts, POINTS, entry) == points
    assert only(SOURCE, verdicts, COARSE, entry) == coarse


def test_an_open_answer_makes_no_difference_where_the_next_lower_answer_offered_is_the_lowest():
    coarse = rubric("new", "points", ("t",), offered=("fully", "not"))
    assert only(SOURCE, {"a": P}, coarse, {"sources": ("a", "b")}) == N
    assert only(SOURCE, {"a": F}, coarse, {"sources": ("a", "b")}) is None


def test_no_more_than_an_entrys_best_is_proposed():
    assert only(SOURCE, {"a": F}, STAGED, {"best": Given.PARTIALLY}) == P
    assert only(SOURCE, {"a": N}, STAGED, {"best": Given.PARTIALLY}) == N
    assert only(SOURCE, {"a": NA}, STAGED, {"best": Given.PARTIALLY}) == NA
    assert only(SOURCE, {"a": F, "b": F}, STAGED, {"best": Given.LARGELY}, {"sources": ("b",)}) == L


def test_a_picked_level_is_achieved_from_the_entrys_level_on():
    entry = {"sources": ("x",), "at_least": "l1"}
    assert [only(PICKED, {"x": pick}, STAGED, entry) for pick in PICKS[:5]] == [N, F, F, F, F]
    assert [only(PICKED, {"x": pick}, STAGED, {**entry, "at_least": "l3"}) for pick in PICKS[:5]] == [N, N, N, F, F]
    assert only(PICKED, {"x": NA}, STAGED, entry) == NA
    assert only(PICKED, {"x": U}, STAGED, entry) is None
    assert only(PICKED, {"x": F}, STAGED, entry) is None  # nothing that rubric offers


def test_a_proposal_says_what_it_rests_on_and_why():
    mapping = mapped(
        SOURCE,
        STAGED,
        {"to": "u", "sources": ("c",)},
        {"sources": ("b", "a")},
        {"sources": ("c", "a"), "level": "", "best": Given.LARGELY},
    )
    assert propose(SOURCE, {"a": F, "b": NA, "c": P}, STAGED, mapping) == (
        Proposal("t", P, (("b", NA), ("a", F), ("c", P)), "N1. N2."),
        Proposal("u", P, (("c", P),), "N0."),
    )
    assert propose(SOURCE, {"a": N, "b": U}, STAGED, mapping) == (Proposal("t", N, (("a", N),), "N1. N2."),)


LADDER = (
    {"to": "x", "sources": ("a",), "level": "l1"},
    {"to": "x", "sources": ("b", "c"), "level": "l3"},
)


@pytest.mark.parametrize(
    ("answers", "verdict", "because", "note"),
    [
        ((F, F, L), PICKS[4], "abc", "N1."),  # l4 is like l3
        ((F, F, P), PICKS[2], "abc", "N0."),  # l2 is like l1
        ((L, N, U), PICKS[2], "ab", "N0."),
        ((P, F, F), PICKS[0], "a", "N0."),
        ((N, None, U), PICKS[0], "a", "N0."),
        ((U, F, F), None, "", ""),
        ((F, U, F), None, "", ""),
        ((NA, F, F), PICKS[4], "abc", "N1."),
        ((NA, N, F), PICKS[0], "abc", "N1."),
        ((F, NA, NA), PICKS[2], "abc", "N0."),
        ((F, NA, L), PICKS[4], "abc", "N1."),
        ((NA, NA, NA), NA, "abc", "N0. N1."),
    ],
)
def test_the_highest_level_reached_step_by_step_is_proposed(answers, verdict, because, note):
    verdicts = {key: each for key, each in zip("abc", answers, strict=True) if each}
    proposals = propose(SOURCE, verdicts, PICKED, mapped(SOURCE, PICKED, *LADDER))
    expected = Proposal("x", verdict, tuple((key, verdicts[key]) for key in because), note) if verdict else None
    assert proposals == ((expected,) if expected else ())


def test_a_level_without_an_entry_is_not_in_the_way():
    entry = {"to": "x", "sources": ("a",), "level": "l3"}
    assert only(SOURCE, {"a": F}, PICKED, entry) == PICKS[4]
    assert only(SOURCE, {"a": N}, PICKED, entry) == PICKS[0]


def test_entries_need_not_stand_in_the_order_of_levels():
    assert only(SOURCE, {"a": N, "b": F, "c": F}, PICKED, *reversed(LADDER)) == PICKS[0]


def test_levels_are_proposed_from_levels():
    other = rubric("other", "choice", ("t",))
    entries = [
        {"sources": ("x",), "at_least": "l1", "level": "l2"},
        {"sources": ("x", "y"), "at_least": "l3", "level": "l4"},
    ]
    assert only(PICKED, {"x": PICKS[4], "y": PICKS[3]}, other, *entries) == PICKS[4]
    assert only(PICKED, {"x": PICKS[2], "y": PICKS[3]}, other, *entries) == PICKS[2]
    assert only(PICKED, {"x": PICKS[0]}, other, *entries) == PICKS[0]
    assert only(PICKED, {"x": PICKS[3]}, other, *entries) is None


def test_a_mapping_that_names_what_is_not_there_is_a_key_error():
    mapping = mapped(PICKED, STAGED, {"sources": ("x",), "at_least": "l1"})
    other = rubric("picked", "choice", ("y",))
    with pytest.raises(KeyError, match="x"):
        propose(other, {"x": PICKS[1]}, STAGED, mapping)


# For any answers

ACHIEVED = [*ACHIEVEMENTS, NA, U, W, None]


def answers(keys, verdicts):
    drawn = st.fixed_dictionaries({key: st.sampled_from(verdicts) for key in keys})
    return drawn.map(lambda each: {key: verdict for key, verdict in each.items() if verdict})


bests = st.sampled_from(list(Given))
sources = st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True).map(tuple)
entries = st.lists(st.fixed_dictionaries({"sources": sources, "best": bests}), min_size=1, max_size=3)
ladders = st.dictionaries(st.sampled_from(("l1", "l3")), sources, min_size=1).map(
    lambda each: [{"to": "x", "sources": sources, "level": level} for level, sources in each.items()]
)
targets = st.sampled_from([STAGED, POINTS, COARSE])


@given(answers("abc", ACHIEVED), entries, targets)
def test_nothing_is_proposed_above_what_any_source_says(verdicts, entries, target):
    used = {verdicts.get(source) for entry in entries for source in entry["sources"]}
    for proposal in propose(SOURCE, verdicts, target, mapped(SOURCE, target, *entries)):
        if proposal.verdict is NA:
            assert used == {NA}
        else:
            apply = [each for each in entries if {verdicts.get(source) for source in each["sources"]} != {NA}]
            limits = [*(each for each in used if achievement(each) is not None), *(Verdict(e["best"]) for e in apply)]
            assert all(achievement(proposal.verdict) <= achievement(limit) for limit in limits)
            offered = {str(each.verdict) for each in target.answers} or set(map(str, ACHIEVEMENTS))
            assert str(proposal.verdict) in offered
            assert not any(is_open(each) for each in used) or proposal.verdict is N


@given(answers("abc", ACHIEVED), ladders)
def test_no_level_is_proposed_that_any_source_denies(verdicts, ladder):
    for proposal in propose(SOURCE, verdicts, PICKED, mapped(SOURCE, PICKED, *ladder)):
        if proposal.verdict is NA:
            assert all(verdicts.get(source) is NA for entry in ladder for source in entry["sources"])
            continue
        for entry in ladder:
            if LEVELS.index(entry["level"]) <= rank_of(proposal.verdict):
                assert all(verdicts[each] is NA or passes(verdicts[each]) for each in entry["sources"])


@given(answers("abc", ACHIEVED), st.one_of(st.tuples(entries, targets), st.tuples(ladders, st.just(PICKED))))
def test_what_is_open_cannot_change_a_proposal(verdicts, made):
    entries, target = made
    mapping = mapped(SOURCE, target, *entries)
    proposed = propose(SOURCE, verdicts, target, mapping)
    if proposed:
        for found in ACHIEVEMENTS:
            known = {key: found if is_open(verdicts.get(key)) else verdicts[key] for key in "abc"}
            again = propose(SOURCE, known, target, mapping)
            assert [each.verdict for each in again] == [each.verdict for each in proposed]


@given(answers("abc", ACHIEVED), st.one_of(st.tuples(entries, targets), st.tuples(ladders, st.just(PICKED))), st.data())
def test_the_order_of_sources_and_entries_does_not_matter(verdicts, made, data):
    entries, target = made
    shuffle = random.Random(data.draw(st.integers())).sample
    turned = [{**each, "sources": tuple(shuffle(each["sources"], len(each["sources"])))} for each in entries]
    before = propose(SOURCE, verdicts, target, mapped(SOURCE, target, *entries))
    after = propose(SOURCE, verdicts, target, mapped(SOURCE, target, *shuffle(turned, len(turned))))
    assert [each.verdict for each in before] == [each.verdict for each in after]
    assert [set(each.because) for each in before] == [set(each.because) for each in after]


@given(answers("xy", [*PICKS[:5], NA, U, W, None]))
def test_the_same_in_another_version_keeps_every_score(verdicts):
    newer = rubric("picked", "choice", ("x", "y"), described=("l0", "l1", "l3"), version="2.0")
    kept = propose(PICKED, verdicts, newer, identity_mapping(PICKED, newer))
    known = {key: verdict for key, verdict in verdicts.items() if not is_open(verdict)}
    assert {each.criterion for each in kept} == set(known)
    before, after = score_case(PICKED, known), score_case(newer, {each.criterion: each.verdict for each in kept})
    assert [(each.level, each.at_most) for each in after.principles] == [
        (each.level, each.at_most) for each in before.principles
    ]
    assert after.overall == before.overall


@given(answers("abc", ACHIEVED))
def test_the_same_in_another_version_keeps_every_answer(verdicts):
    kept = propose(SOURCE, verdicts, SOURCE, identity_mapping(SOURCE, SOURCE))
    known = {key: verdict for key, verdict in verdicts.items() if not is_open(verdict)}
    assert {each.criterion: each.verdict for each in kept} == known
