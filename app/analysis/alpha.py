"""Krippendorff's alpha, the measure of how far people who judged the same units agreed.

Written here and not taken from the package of that name, whose licence would bind the whole program.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import accumulate, chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence


def alpha(data: Sequence[Sequence[Hashable | None]], scale: Sequence[Hashable] = ()) -> float | None:
    """Measure agreement as Krippendorff's alpha: for nominal data, or for ordinal data where a scale is given.

    Source: Klaus Krippendorff, *Computing Krippendorff's Alpha-Reliability*, University of Pennsylvania, 2011
    (https://repository.upenn.edu/asc_papers/43), sections C and D.

    Args:
        data: by coder, the value each gave to every unit; None where they gave none.
        scale: the values there are, lowest first; empty where they stand in no order.

    Returns:
        1 for full agreement, 0 for what chance gives; None where no value varies among units that two or more judged,
        since then nothing can be expected of chance.
    """
    judged = Counter(values for unit in zip(*data, strict=True) if len(values := _given(unit)) > 1)
    given = _how_often(judged)
    if len(given) < 2:
        return None
    far = _ordinal(given, scale) if scale else dict.fromkeys(_pairs(given), Fraction(1))
    observed = sum(weight * far[pair] for pair, weight in _coincidences(judged))
    expected = sum(given[one] * given[other] * distance for (one, other), distance in far.items())
    return float(1 - (sum(given.values()) - 1) * observed / expected)


def _given(unit: Iterable[Hashable | None]) -> tuple[Hashable, ...]:
    return tuple(value for value in unit if value is not None)


def _how_often(judged: Mapping[tuple[Hashable, ...], int]) -> dict[Hashable, int]:
    """Count how often each value was given to a unit that two or more judged."""
    found: Counter[Hashable] = Counter()
    for values, units in judged.items():
        for value in values:
            found[value] += units
    return dict(found)


def _pairs(values: Iterable[Hashable]) -> Iterator[tuple[Hashable, Hashable]]:
    """Pair each value with each other one, both ways round."""
    known = tuple(values)
    return ((one, other) for one in known for other in known if one != other)


def _coincidences(
    judged: Mapping[tuple[Hashable, ...], int],
) -> Iterator[tuple[tuple[Hashable, Hashable], Fraction]]:
    """Give the pairs of unlike values that units were given, with how much each counts in them all."""
    for values, units in judged.items():
        counts = Counter(values)
        for one, other in _pairs(counts):
            yield (one, other), Fraction(units * counts[one] * counts[other], len(values) - 1)


def _ordinal(given: Mapping[Hashable, int], scale: Sequence[Hashable]) -> dict[tuple[Hashable, Hashable], Fraction]:
    """Say how far apart two values are on a scale, squared: by how often those from one to the other were given."""
    places = {value: place for place, value in enumerate(scale)}
    below = list(accumulate(chain((0,), (given.get(value, 0) for value in scale))))
    return {
        (one, other): (
            below[max(places[one], places[other]) + 1]
            - below[min(places[one], places[other])]
            - Fraction(given[one] + given[other], 2)
        )
        ** 2
        for one, other in _pairs(given)
    }
