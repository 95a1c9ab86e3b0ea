"""Small rubrics of any rule, made up for property tests, and answers to them."""

from hypothesis import strategies as st

from app.rubric import Criterion, Level, Principle, Rubric
from app.rubric.checks import problems
from app.rubric.structure import Given, Offer
from app.scoring.offered import answers_to

WORDS = {Given.FULLY: "All", Given.LARGELY: "Much", Given.PARTIALLY: "Some", Given.NOT_ACHIEVED: "None"}


@st.composite
def rubrics(draw, rules=("staged", "choice", "mean", "points"), most_criteria=4):
    """A sound rubric with two to four levels and one to three principles."""
    rule = draw(st.sampled_from(rules))
    count = draw(st.integers(2, 4))
    offers = _offers(draw) if rule in ("mean", "points") else ()
    rubric = Rubric(
        id="made",
        version="1.0",
        title="Made",
        summary="Made for a test.",
        licence="CC0-1.0",
        rule=rule,
        overall=draw(st.sampled_from(["median", "minimum", "mean", "none"])),
        answers=offers,
        levels=tuple(_levels(draw, count, counted=bool(offers))),
        principles=tuple(_principle(draw, rule, number, count, most_criteria) for number in range(draw(_FEW))),
    )
    assert list(problems(rubric)) == []
    return rubric


@st.composite
def answered(draw, rubric, *, open_too=True):
    """Answers to some of a rubric's criteria, as it offers them; unknown, withheld and not applicable among them."""
    found = {}
    for criterion in rubric.criteria:
        steps = [step.verdict for step in answers_to(rubric, criterion.id).steps]
        chosen = draw(st.sampled_from([*steps, *([None] if open_too else [])]))
        if chosen is not None:
            found[criterion.id] = chosen
    return found


_FEW = st.integers(1, 3)


def _offers(draw):
    kept = draw(
        st.lists(st.sampled_from(list(Given)), min_size=2, max_size=4, unique=True).map(
            lambda got: sorted(got, key=list(Given).index)
        )
    )
    points = sorted(
        draw(st.lists(st.integers(0, 300), min_size=len(kept), max_size=len(kept), unique=True)), reverse=True
    )
    return tuple(
        Offer(verdict=verdict, short=WORDS[verdict], label=WORDS[verdict], points=each / 100)
        for verdict, each in zip(kept, points, strict=True)
    )


def _levels(draw, count, *, counted):
    begins = sorted(draw(st.lists(st.integers(0, 900), min_size=count - 1, max_size=count - 1, unique=True)))
    for place in range(count):
        fields = {}
        if counted and place:
            fields[draw(st.sampled_from(["above", "at_least"]))] = begins[place - 1] / 100
        yield Level(id=f"l{place}", name=f"Level {place}", summary="S.", **fields)


def _principle(draw, rule, number, count, most):
    described = [0, *(rank for rank in range(1, count) if draw(st.booleans()))]
    if rule == "staged" and len(described) == 1:
        described.append(count - 1)
    asked = {"staged": described[1:], "choice": [0]}.get(rule) or [0] * draw(st.integers(1, most))
    gates = [rank for rank in asked for _ in range(draw(st.integers(1, 2)) if rule == "staged" else 1)]
    name = f"Principle {number}"
    return Principle(
        id=f"p{number}",
        name=name,
        short=name,
        description="D.",
        levels={f"l{rank}": f"On {rank}." for rank in described},
        criteria=tuple(
            Criterion(
                id=f"p{number}-{place}",
                level=f"l{rank}" if rule == "staged" else "",
                statement="S.",
                evidence="E.",
                question="Q?",
                advice="A.",
            )
            for place, rank in enumerate(gates)
        ),
    )
