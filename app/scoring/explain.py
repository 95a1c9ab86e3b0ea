"""Sentences that tell people how a score came about, as reports print them."""

import itertools
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.rubric import Level, Rubric
from app.scoring.result import Blocking, CaseScore, LevelTally, Overall, Points, PrincipleScore
from app.scoring.scale import label

_NOT_RATED = "Not rated: every criterion is not applicable"


def interval_text(rubric: Rubric, score: PrincipleScore) -> str:
    """The level of a principle in a few words, such as "Moderate, at most High: 2 criteria unknown".

    Under the staged rule only open criteria between the level and the one at most reached are named; where points are
    counted they follow: "Basic: 3.5 of 7 points".
    """
    bounds = _bounds(rubric, score)
    if bounds is None:
        return _NOT_RATED
    low, high = bounds
    name = rubric.levels[low].name
    counted = points_text(rubric, score.points)
    if low == high:
        return f"{name}: {counted}" if counted else name
    parts = ", ".join(filter(None, (_open_text(_between(rubric, score, low, high)), counted)))
    return f"{name}, at most {rubric.levels[high].name}: {parts}"


def reason_text(rubric: Rubric, score: PrincipleScore) -> str:
    """Why a principle has its level, what the next one needs, and what open answers could change.

    Where a level holds only because none of its criteria applies, the sentence says so.
    """
    bounds = _bounds(rubric, score)
    if bounds is None:
        return f"{_NOT_RATED}."
    low, high = bounds
    tell = _TELL.get(rubric.rule, _counted_text)
    text = f"{rubric.levels[low].name} {tell(rubric, score, low)}."
    return text if low == high else f"{text} {_raise_text(rubric, _between(rubric, score, low, high), high)}"


def points_text(rubric: Rubric, points: Points | None) -> str:
    """Points in words: "3.5 of 7 points", "3 to 4.5 of 7 points", "a mean of 42 of 100"; empty where there are none."""
    if points is None:
        return ""
    between = points_brief(rubric, points)
    return f"{between} points" if rubric.rule == "points" else f"a mean of {between}"


def points_brief(rubric: Rubric, points: Points | None) -> str:
    """Points as a cell has room for: "3.5 of 7", "3 to 4.5 of 7"; empty where there are none."""
    if points is None:
        return ""
    low, high = (_counted_figure(rubric, each) for each in (points.low, points.high))
    return f"{low if low == high else f'{low} to {high}'} of {figure_text(points.most)}"


def figure_text(figure: Fraction | float) -> str:
    """A figure with at most two decimals, and none that says nothing: "3.5"."""
    return _decimals(figure, 2)


def _counted_figure(rubric: Rubric, figure: Fraction) -> str:
    """A figure with two decimals, or with as many more as keep it on its side of where levels begin.

    Else 66.666… would be printed as 66.67 beside a level that begins at 66.67 and is not reached.
    """
    begins = [_exact(level.begins[0]) for level in rubric.levels if level.begins]
    sides = [_side(figure, each) for each in begins]
    rounded = ((round(figure, places), places) for places in itertools.count(2))
    return next(_decimals(*each) for each in rounded if [_side(each[0], begin) for begin in begins] == sides)


def _side(figure: Fraction, begin: Fraction) -> int:
    """Whether a figure lies below (-1), on (0) or above (1) another."""
    return (figure > begin) - (figure < begin)


def _decimals(figure: Fraction | float, places: int) -> str:
    return f"{float(figure):.{places}f}".rstrip("0").rstrip(".")


def _exact(figure: float) -> Fraction:
    """A figure as its rubric has it in writing."""
    return Fraction(str(figure))


def _staged_text(rubric: Rubric, score: PrincipleScore, low: int) -> str:
    met = _met_text(rubric, score.per_level[:low])
    needs = _needs_text(rubric, score.next_blocking, score.per_level[low:])
    return f"because {needs}" if not met else "; ".join(filter(None, (met, needs)))


def _picked_text(rubric: Rubric, score: PrincipleScore, _low: int) -> str:
    if not score.coverage:
        return "because no level was picked yet"
    if not score.alike:
        return "because its description was picked"
    names = _joined([rubric.level(level).name for level in score.alike])
    which = "higher of the two" if len(score.alike) == 2 else "highest of them"
    return f"because the description picked holds for {names}, alike here: it counts as the {which}"


def _counted_text(rubric: Rubric, score: PrincipleScore, low: int) -> str:
    told = f"because the answers come to {points_text(rubric, score.points)}"
    if low + 1 == len(rubric.levels):
        return told
    count = len(score.blocking)
    rest = f"{count} {'criterion' if count == 1 else 'criteria'} could bring more" if count else "no criterion has more"
    return f"{told}; {rubric.levels[low + 1].name} begins {begin_text(rubric.levels[low + 1])}: {rest}"


def begin_text(level: Level) -> str:
    """Where a level begins, under a rule that counts points: "above 2", "at 1.5"; the lowest "at 0"."""
    figure, above = level.begins or (0, False)
    return f"{'above' if above else 'at'} {Decimal(str(figure)).normalize():f}"


_TELL: Final = {"staged": _staged_text, "choice": _picked_text}


def overall_text(rubric: Rubric, case: CaseScore) -> str:
    """The overall level of a case, how it follows from the principles, and what holds it back."""
    bounds = _bounds(rubric, case.overall)
    if bounds is None:
        return _no_overall(rubric, case)
    low, high = bounds
    level = f"{rubric.levels[low].name} overall"
    if low != high:
        level = f"{level} (at most {rubric.levels[high].name})"
    return f"{level}{_derivation(rubric, case)}{_left_out(rubric, case)}."


def _no_overall(rubric: Rubric, case: CaseScore) -> str:
    lowest = case.overall.limiting_all
    if rubric.overall != "none" or not any(score.rated for score in case.principles):
        return "Not rated overall: no principle is rated."
    held = f": the lowest {'is' if len(lowest) == 1 else 'are'} {_shorts(rubric, lowest)}" if lowest else ""
    return f"No overall level, which this rubric does without{held}{_left_out(rubric, case)}."


def _bounds(rubric: Rubric, score: PrincipleScore | Overall) -> tuple[int, int] | None:
    """The ranks of a score's level and of the one at most reached; None where it is not rated."""
    if score.level is None or score.at_most is None:
        return None
    return rubric.rank(score.level), rubric.rank(score.at_most)


def _between(rubric: Rubric, score: PrincipleScore, low: int, high: int) -> Sequence[LevelTally]:
    """The tallies of the levels above one up to another; all there is where answers do not gate levels."""
    return score.per_level[low:high] if rubric.rule == "staged" else score.per_level


def _open_text(tallies: Sequence[LevelTally]) -> str:
    """What is open, such as "2 criteria unknown, 1 withheld"."""
    counts = {
        "unknown": sum(tally.unknown for tally in tallies),
        "withheld": sum(tally.withheld for tally in tallies),
        "unanswered": sum(tally.unanswered for tally in tallies),
    }
    (word, number), *others = ((word, number) for word, number in counts.items() if number)
    noun = "criterion" if number == 1 else "criteria"
    return ", ".join([f"{number} {noun} {word}", *(f"{number} {word}" for word, number in others)])


def _raise_text(rubric: Rubric, tallies: Sequence[LevelTally], high: int) -> str:
    count = sum(tally.open for tally in tallies)
    answers = "answer" if count == 1 else "answers"
    return f"The open {answers} could still raise it to {rubric.levels[high].name}."


def _met_text(rubric: Rubric, tallies: Sequence[LevelTally]) -> str:
    """Why the last of these levels is reached; empty where there is none."""
    asked = [tally for tally in tallies if tally.applicable]
    met = _achieved_text(rubric, asked) if asked else ""
    left_out = [rubric.level(tally.level).name for tally in tallies if _is_left_out(tally)]
    no_more = f"{_joined(left_out)} {'asks' if len(left_out) == 1 else 'ask'} for no more here" if left_out else ""
    empty = [_empty_text(rubric, tally) for tally in tallies if not tally.applicable and not _is_left_out(tally)]
    if empty and not tallies[-1].applicable and not _is_left_out(tallies[-1]):
        return f"only because {_joined([*filter(None, [met, no_more]), *empty])}"
    if not met:
        return "because nothing is asked for it here" if tallies else ""
    return "".join([f"because {met}", *(f", while {each}" for each in (*filter(None, [no_more]), *empty))])


def _is_left_out(tally: LevelTally) -> bool:
    """Whether a principle has no criterion on a level at all, answered or not."""
    return not tally.applicable and not tally.not_applicable


def _empty_text(rubric: Rubric, tally: LevelTally) -> str:
    return f"no criterion of {rubric.level(tally.level).name} applies"


def _achieved_text(rubric: Rubric, tallies: Sequence[LevelTally]) -> str:
    """Such as "all 4 criteria of Moderate and both of High are at least largely achieved"."""
    first, *others = tallies
    nouns = [_all_text(first, "criterion", "criteria"), *(_all_text(tally, "one", "") for tally in others)]
    subjects = [f"{noun} of {rubric.level(tally.level).name}" for noun, tally in zip(nouns, tallies, strict=True)]
    verb = "is" if len(tallies) == 1 and first.applicable == 1 else "are"
    return f"{_joined(subjects)} {verb} at least largely achieved"


def _all_text(tally: LevelTally, one: str, many: str) -> str:
    """Such as "all 4 criteria", "both applicable criteria", "the only criterion"."""
    number = tally.applicable
    count = {1: "the only", 2: "both"}.get(number, f"all {number}")
    words = (count, "applicable" if tally.not_applicable else "", one if number == 1 else many)
    return " ".join(filter(None, words))


def _needs_text(rubric: Rubric, blocking: Sequence[Blocking], tallies: Sequence[LevelTally]) -> str:
    """What the next level needs, such as "High needs 2 more of its 7 criteria: …"; empty on the top."""
    if not blocking:
        return ""
    name = rubric.level(tallies[0].level).name
    items = [f"{rubric.criterion(each.criterion).name} ({label(each.verdict).lower()})" for each in blocking]
    return f"{name} needs {_share_text(tallies[0])}: {_joined(items)}"


def _share_text(tally: LevelTally) -> str:
    """Such as "2 more of its 7 criteria", "both its criteria", "its only criterion"."""
    kind = "applicable " if tally.not_applicable else ""
    if tally.blocking < tally.applicable:
        return f"{tally.blocking} more of its {tally.applicable} {kind}criteria"
    if tally.applicable == 1:
        return f"its only {kind}criterion"
    return f"{'both' if tally.applicable == 2 else f'all {tally.applicable} of'} its {kind}criteria"


def _derivation(rubric: Rubric, case: CaseScore) -> str:
    """How the overall level follows from the principles' levels, with what holds it back."""
    rated = {score.principle: rubric.level(score.level).name for score in case.principles if score.level}
    limiting = case.overall.limiting_all
    if len(rated) == 1:
        return f": {_shorts(rubric, tuple(rated))} is the only principle rated"
    if len(set(rated.values())) == 1:
        every = "both" if len(rated) == 2 else f"all {len(rated)}"
        kind = "rated principles" if _unrated(case) else "principles"
        held = " and hold it back alike" if limiting else ""
        counted = f", {_taken(rubric, case, ())}" if case.overall.points is not None else ""
        return f": {every} {kind} are {next(iter(rated.values()))}{held}{counted}"
    alike = {1: "", 2: "both "}.get(len(limiting), "all ")
    held = f"held back by {_shorts(rubric, limiting)} ({alike}{rated[limiting[0]]})"
    return f", {_taken(rubric, case, list(rated.values()))}; {held}"


def _taken(rubric: Rubric, case: CaseScore, names: Sequence[str]) -> str:
    """How the principles' levels become one: "the median of Low, High and High", "a mean of 42 of 100"."""
    if case.overall.points is not None:
        least = "the least of the principles, " if rubric.overall == "minimum" else "over the principles "
        return f"{least}{points_text(rubric, case.overall.points)}"
    middle = "the median" if len(names) % 2 else "the lower" if len(names) == 2 else "the lower middle one"
    which = {"minimum": "the lowest", "mean": "the mean, rounded down,"}.get(rubric.overall, middle)
    return f"{which} of {_joined(names)}"


def _unrated(case: CaseScore) -> tuple[str, ...]:
    return tuple(score.principle for score in case.principles if not score.rated)


def _left_out(rubric: Rubric, case: CaseScore) -> str:
    names = _unrated(case)
    if not names:
        return ""
    return f"; {_shorts(rubric, names)} {'is' if len(names) == 1 else 'are'} not rated"


def _shorts(rubric: Rubric, principle_ids: Sequence[str]) -> str:
    return _joined([rubric.principle(principle_id).short for principle_id in principle_ids])


def _joined(items: Sequence[str]) -> str:
    """Items in a row with "and" before the last."""
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last
