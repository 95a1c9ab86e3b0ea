"""What if: levels move as answers would, and the smallest set is what trying every set finds, under every rule."""

import itertools
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rubric import Criterion, Level, Principle, Rubric
from app.rubric.structure import Given, Offer
from app.scoring.offered import answers
from app.scoring.scale import PICKS, Verdict, is_achievement
from app.scoring.score import UnknownCriterionError, score_case, score_principle
from app.scoring.whatif import WHY_EXACT, gains, smallest_overall, smallest_set, what_if
from tests.app.scoring.rubrics import answered, rubrics

RULES = ("staged", "choice", "mean", "points")
OVERALL = ("median", "minimum", "mean", "none")
GIVEN = tuple(Given)


def criterion(key, level=""):
    return Criterion(id=key, level=level, statement="S.", evidence="E.", question="Q?", advice="A.")


def offers(chance):
    """Between two and four answers, their points falling by whatever steps."""
    kept = sorted(chance.sample(range(len(GIVEN)), chance.randint(2, len(GIVEN))))
    points = sorted(chance.sample(range(7), len(kept)), reverse=True)
    return tuple(
        Offer(verdict=GIVEN[place], short=str(place), label=str(place), points=each / 2)
        for place, each in zip(kept, points, strict=True)
    )


def levels(chance, rule):
    """Between two and four levels; where points are counted each begins above the one before."""
    begin, made = 0.0, [Level(id="l0", name="L0", summary="S.")]
    for place in range(1, chance.randint(2, 4)):
        begin += chance.choice((0.25, 0.5, 1, 1.5))
        word = chance.choice(("above", "at_least")) if rule in ("mean", "points") else ""
        made.append(Level(id=f"l{place}", name=f"L{place}", summary="S.", **({word: begin} if word else {})))
    return tuple(made)


def principle(chance, rule, steps, number):
    many = 1 if rule == "choice" else chance.randint(1, 3)
    gates = [chance.choice(steps[1:]).id if rule == "staged" else "" for _ in range(many)]
    told = {steps[0].id: "T."} | {each.id: "T." for each in steps[1:] if chance.random() < 0.6}
    name = f"p{number}"
    criteria = tuple(criterion(f"{name}-{place}", gate) for place, gate in enumerate(gates))
    return Principle(id=name, name=name, short=name, description=name, levels=told, criteria=criteria)


def some_rubric(chance, rule, overall):
    steps = levels(chance, rule)
    return Rubric(
        id="made",
        version="1",
        title="Made",
        summary="Made.",
        licence="CC0-1.0",
        rule=rule,
        overall=overall,
        answers=offers(chance) if rule in ("mean", "points") else (),
        levels=steps,
        principles=tuple(principle(chance, rule, steps, number) for number in range(chance.randint(1, 3))),
    )


def some_answers(chance, rubric):
    """Answers as one may find them: some open, some not applicable, some missing."""
    found = {}
    for each in rubric.principles:
        offered = [*(step.verdict for step in answers(rubric, each).steps), None]
        found |= {asked.id: chance.choice(offered) for asked in each.criteria}
    return {key: verdict for key, verdict in found.items() if verdict is not None}


def made(rule, overall="median", many=200):
    """Small rubrics with answers, the same ones every time."""
    for number in range(many):
        chance = random.Random(f"{rule}/{overall}/{number}")
        rubric = some_rubric(chance, rule, overall)
        yield rubric, some_answers(chance, rubric)


def sets(rubric, criteria, verdicts):
    """Every set of criteria that apply with every answer that may be given to each, the smallest sets first."""
    criteria = [each for each in criteria if verdicts.get(each) is not Verdict.NOT_APPLICABLE]
    for size in range(len(criteria) + 1):
        for chosen in itertools.combinations(criteria, size):
            given = [
                [
                    step.verdict
                    for step in answers(rubric, rubric.principle_of(each)).steps
                    if is_achievement(step.verdict)
                ]
                for each in chosen
            ]
            for each in itertools.product(*given):
                yield dict(zip(chosen, each, strict=True))


def choices(rubric, key):
    """The answers to a criterion that say how far it is achieved."""
    steps = answers(rubric, rubric.principle_of(key)).steps
    return [step.verdict for step in steps if is_achievement(step.verdict)]


def fewest(rubric, criteria, verdicts, reached):
    """How many criteria it takes, found by trying; None where nothing does."""
    tried = sets(rubric, criteria, verdicts)
    return next((len(each) for each in tried if reached(what_if(rubric, verdicts, each))), None)


def at_least(rubric, level, target):
    return level is not None and rubric.rank(level) >= rubric.rank(target)


def count(found):
    return None if found is None else len(found)


@pytest.mark.parametrize("rule", RULES)
def test_no_smaller_set_reaches_a_principle_s_level(rule):
    found_some = found_none = 0
    for rubric, verdicts in made(rule):
        for each in rubric.principles:
            for level in rubric.levels:
                found = smallest_set(rubric, each, verdicts, level.id)

                def reached(case, each=each, level=level, rubric=rubric):
                    return at_least(rubric, case.principle(each.id).level, level.id)

                criteria = [asked.id for asked in each.criteria]
                assert count(found) == fewest(rubric, criteria, verdicts, reached)
                found_none += found is None
                if found is not None:
                    found_some += bool(found)
                    assert reached(what_if(rubric, verdicts, dict(found)))
    assert found_some > 50
    assert found_none > 10


@pytest.mark.parametrize("overall", OVERALL)
@pytest.mark.parametrize("rule", RULES)
def test_no_smaller_set_reaches_an_overall_level(rule, overall):
    for rubric, verdicts in made(rule, overall, many=40):
        everything = [each.id for each in rubric.criteria]
        if len(everything) > 5 and rule != "choice":
            continue  # trying every set of more takes too long
        for level in rubric.levels:
            found = smallest_overall(rubric, verdicts, level.id)

            def reached(case, level=level, rubric=rubric):
                return at_least(rubric, case.overall.level, level.id)

            assert count(found) == fewest(rubric, everything, verdicts, reached)
            assert found is None or reached(what_if(rubric, verdicts, dict(found)))


@pytest.mark.parametrize("rule", RULES)
def test_doing_more_never_lowers_a_level(rule):
    for rubric, verdicts in made(rule, "mean", many=100):
        ranks = {level.id: place for place, level in enumerate(rubric.levels)}
        before = score_case(rubric, verdicts)
        changes = {}
        for each in rubric.criteria:
            if verdicts.get(each.id) is Verdict.NOT_APPLICABLE:
                continue
            changes[each.id] = answers(rubric, rubric.principle_of(each.id)).best
            after = what_if(rubric, verdicts, changes)
            for was, now in zip((*before.principles, before.overall), (*after.principles, after.overall), strict=True):
                assert (was.level is None) == (now.level is None)
                assert was.level is None or ranks[was.level] <= ranks[now.level]
            before = after


@given(data=st.data())
def test_none_of_the_smallest_set_can_be_left_out(data):
    rubric = data.draw(rubrics())
    verdicts = data.draw(answered(rubric))
    target = data.draw(st.sampled_from(rubric.levels)).id
    chosen = data.draw(st.sampled_from(rubric.principles))
    ways = [(smallest_set(rubric, chosen, verdicts, target), lambda case: case.principle(chosen.id).level)]
    ways.append((smallest_overall(rubric, verdicts, target), lambda case: case.overall.level))
    for found, level in ways:
        for left in range(len(found or ())):
            fewer = dict([*found[:left], *found[left + 1 :]])
            assert not at_least(rubric, level(what_if(rubric, verdicts, fewer)), target)
        if found is not None:
            assert at_least(rubric, level(what_if(rubric, verdicts, dict(found))), target)
            assert len({key for key, _ in found}) == len(found)


@pytest.mark.parametrize("rule", ["mean", "points"])
def test_a_gain_is_what_the_best_answer_adds_and_the_greatest_comes_first(rule):
    seen = 0
    for rubric, verdicts in made(rule):
        for each in rubric.principles:
            found = gains(rubric, each, verdicts)
            low = score_principle(rubric, each, verdicts).points
            assert list(found.values()) == sorted(found.values(), reverse=True)
            for key, gain in found.items():
                best = {key: answers(rubric, each).best}
                assert what_if(rubric, verdicts, best).principle(each.id).points.low - low.low == gain
                seen += 1
            left = {asked.id for asked in each.criteria} - found.keys()
            assert all(verdicts.get(key) in (Verdict.NOT_APPLICABLE, answers(rubric, each).best) for key in left)
    assert seen > 100


def test_a_rule_without_points_has_no_gains(one):
    assert gains(one, one.principles[0], {}) == {}


def test_the_staged_set_is_what_blocks_lowest_level_first(one):
    verdicts = {"p1-moderate-0": Verdict.LARGELY, "p1-high-1": Verdict.NOT_APPLICABLE}
    first = one.principles[0]
    assert smallest_set(one, first, verdicts, "moderate") == (("p1-moderate-1", Verdict.FULLY),)
    both = smallest_set(one, first, verdicts, "high")
    assert [key for key, _ in both] == ["p1-moderate-1", "p1-high-0", "p1-high-2"]
    assert smallest_set(one, first, verdicts, "low") == ()


def test_a_principle_that_does_not_apply_can_t_be_raised(one):
    verdicts = {each.id: Verdict.NOT_APPLICABLE for each in one.criteria}
    assert smallest_set(one, one.principles[0], verdicts, "high") is None
    assert smallest_overall(one, verdicts, "high") is None


def test_answers_that_never_pass_reach_nothing():
    chance = random.Random("never")
    rubric = some_rubric(chance, "staged", "median")
    short = (
        Offer(verdict=Given.PARTIALLY, short="Some", label="Some", points=1),
        Offer(verdict=Given.NOT_ACHIEVED, short="None", label="None", points=0),
    )
    rubric = Rubric(**{name: getattr(rubric, name) for name in rubric.__struct_fields__} | {"answers": short})
    assert smallest_set(rubric, rubric.principles[0], {}, rubric.levels[-1].id) is None


def test_a_pick_is_the_lowest_description_that_counts_as_the_level():
    rubric = Rubric(
        id="made",
        version="1",
        title="Made",
        summary="Made.",
        licence="CC0-1.0",
        rule="choice",
        overall="minimum",
        levels=tuple(Level(id=f"l{place}", name=f"L{place}", summary="S.") for place in range(4)),
        principles=(
            Principle(
                id="p",
                name="P",
                short="P",
                description="P",
                levels={"l0": "Nothing.", "l1": "Some.", "l3": "All."},
                criteria=(criterion("c"),),
            ),
        ),
    )
    (only,) = rubric.principles
    assert smallest_set(rubric, only, {"c": PICKS[0]}, "l1") == (("c", PICKS[2]),)
    assert smallest_set(rubric, only, {"c": PICKS[0]}, "l3") == (("c", PICKS[3]),)
    assert smallest_set(rubric, only, {"c": PICKS[1]}, "l2") == ()  # alike: it counts as the highest of them


def test_what_does_not_apply_counts_for_the_others():
    rubric = some_rubric(random.Random("share"), "points", "minimum")
    four = tuple(criterion(f"c{place}") for place in range(4))
    only = Principle(id="p", name="P", short="P", description="P", criteria=four)
    two = (
        Offer(verdict=Given.FULLY, short="Yes", label="Yes", points=1),
        Offer(verdict=Given.NOT_ACHIEVED, short="No", label="No", points=0),
    )
    fields = {name: getattr(rubric, name) for name in rubric.__struct_fields__}
    rubric = Rubric(**fields | {"principles": (only,), "answers": two})
    assert gains(rubric, only, {"c0": Verdict.NOT_APPLICABLE})["c1"] == Fraction(4, 3)


def test_what_nobody_asked_is_refused(one):
    with pytest.raises(UnknownCriterionError):
        what_if(one, {}, {"stranger": Verdict.FULLY})


def test_every_rule_says_why_it_is_exact():
    assert set(WHY_EXACT) == set(RULES)
    assert all(text.startswith("Exact: ") for text in WHY_EXACT.values())
