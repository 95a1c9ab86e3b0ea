"""A rubric told in words, for people who read one: its rule, what it offers, and where its levels begin."""

from app.rubric.structure import Level, Rubric

_RULES = {
    "staged": "A principle is on a level when every applicable criterion of that level and of all levels below it is "
    "at least largely achieved.",
    "choice": "A principle is on the level whose description is picked. Where two levels are described alike, it "
    "counts as on the higher.",
    "mean": "A principle's figure is the mean of the points of its answers; criteria that are not applicable are left "
    "out. Its level is the one that figure falls in.",
    "points": "A principle's figure is the sum of the points of its answers; where criteria are not applicable, the "
    "others count for the whole. Its level is the one that figure falls in.",
}
_OVERALL = {
    "median": "Overall a case is on the middle one of its principles' levels, of two middle ones the lower.",
    "minimum": "Overall a case is on the lowest of its principles' levels.",
    "mean": "Overall a case is on the mean of its principles' levels, rounded down.",
    "none": "There is no overall level.",
}
_MEAN_OF_POINTS = "Overall a case is on the level that the mean of its principles' points falls in."


def rule_text(rubric: Rubric) -> str:
    """How answers become levels, and levels of principles one overall, in a few sentences."""
    overall = _MEAN_OF_POINTS if rubric.overall == "mean" and rubric.counts_points else _OVERALL[rubric.overall]
    return f"{_RULES[rubric.rule]} {overall}"


def offered_text(rubric: Rubric) -> str:
    """The answers offered, with their points where these count; "" where they are those of ISO/IEC 33020, or levels."""
    if not rubric.answers:
        return ""
    return "; ".join(
        f"{offer.label} ({offer.points:g})" if rubric.counts_points else offer.label for offer in rubric.answers
    )


def begins_text(level: Level) -> str:
    """Where a level begins, such as "above 2"; "" where no points are counted."""
    if level.begins is None:
        return ""
    figure, above = level.begins
    return f"{'above' if above else 'from'} {figure:g}"
