"""A rubric of three levels and three principles, made without a file."""

from collections.abc import Callable

import pytest

from app.rubric import Criterion, Level, Principle, Rubric

Make = Callable[..., Rubric]


def _criterion(criterion_id: str, level: str) -> Criterion:
    return Criterion(id=criterion_id, level=level, statement="S.", evidence="E.", question="Q?", advice="A.")


def _principle(number: int, gates: dict[str, int]) -> Principle:
    criteria = tuple(
        _criterion(f"p{number}-{level}-{place}", level) for level, many in gates.items() for place in range(many)
    )
    name = f"Principle {number}"
    return Principle(id=f"p{number}", name=name, short=name, description=name, levels={}, criteria=criteria)


@pytest.fixture(scope="session")
def make() -> Make:
    """A function that makes a rubric from how many criteria gate each level, a dict for each principle."""

    def rubric(*gates: dict[str, int], levels: tuple[str, ...] = ("low", "moderate", "high")) -> Rubric:
        return Rubric(
            id="made",
            version="1.0",
            title="Made",
            summary="Made for a test.",
            licence="CC0-1.0",
            rule="staged",
            overall="median",
            levels=tuple(Level(id=each, name=each.capitalize(), summary=each) for each in levels),
            principles=tuple(_principle(number, each) for number, each in enumerate(gates, 1)),
        )

    return rubric


@pytest.fixture
def one(make: Make) -> Rubric:
    """One principle with two criteria for Moderate and three for High."""
    return make({"moderate": 2, "high": 3})
