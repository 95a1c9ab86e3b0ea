"""Sentences that tell people how a score came about, as reports print them."""

from collections.abc import Sequence

from app.rubric import Rubric
from app.scoring.result import Blocking, CaseScore, LevelTally, Overall, PrincipleScore
from app.scoring.scale import label

_NOT_RATED = "Not rated: every criterion is not applicable"


def interval_text(rubric: Rubric, score: PrincipleScore) -> str:
    """The level of a principle in a few words, such as "Moderate, at most High: 2 criteria unknown".

    Only open criteria between the level and the one at most reached are named.
    """
    bounds = _bounds(rubric, score)
    if bounds is None:
        return _NOT_RATED
    low, high = bounds
    name = rubric.levels[low].name
    if low == high:
        return name
    return f"{name}, at most {rubric.levels[high].name}: {_open_text(score.per_level[low:high])}"


def reason_text(rubric: Rubric, score: PrincipleScore) -> str:
    """Why a principle has its level, what the next one needs, and what open answers could change.

    Where a level holds only because none of its criteria applies, the sentence says so.
    """
    bounds = _bounds(rubric, score)
    if bounds is None:
        return f"{_NOT_RATED}."
    low, high = bounds
    met = _met_text(rubric, score.per_level[:low])
    needs = _needs_text(rubric, score.next_blocking, score.per_level[low:])
    reason = f"because {needs}" if not met else "; ".join(filter(None, (met, needs)))
    text = f"{rubric.levels[low].name} {reason}."
    return text if low == high else f"{text} {_raise_text(rubric, score, low, high)}"


def overall_text(rubric: Rubric, case: CaseScore) -> str:
    """The overall level of a case, how it follows from the principles, and what holds it back."""
    bounds = _bounds(rubric, case.overall)
    if bounds is None:
        return "Not rated overall: no principle is rated."
    low, high = bounds
    level = f"{rubric.levels[low].name} overall"
    if low != high:
        level = f"{level} (at most {rubric.levels[high].name})"
    return f"{level}{_derivation(rubric, case)}{_left_out(rubric, case)}."


def _bounds(rubric: Rubric, score: PrincipleScore | Overall) -> tuple[int, int] | None:
    """The ranks of a score's level and of the one at most reached; None where it is not rated."""
    if score.level is None or score.at_most is None:
        return None
    return rubric.rank(score.level), rubric.rank(score.at_most)


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


def _raise_text(rubric: Rubric, score: PrincipleScore, low: int, high: int) -> str:
    count = sum(tally.open for tally in score.per_level[low:high])
    answers = "answer" if count == 1 else "answers"
    return f"The open {answers} could still raise it to {rubric.levels[high].name}."


def _met_text(rubric: Rubric, tallies: Sequence[LevelTally]) -> str:
    """Why the last of these levels is reached; empty where there is none."""
    asked = [tally for tally in tallies if tally.applicable]
    empty = [_empty_text(rubric, tally) for tally in tallies if not tally.applicable]
    met = _achieved_text(rubric, asked) if asked else ""
    if tallies and not tallies[-1].applicable:
        return f"only because {_joined([*filter(None, [met]), *empty])}"
    return "".join([f"because {met}" if met else "", *(f", while {each}" for each in empty)])


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
        return f": {every} {kind} are {next(iter(rated.values()))}{held}"
    alike = {1: "", 2: "both "}.get(len(limiting), "all ")
    held = f"held back by {_shorts(rubric, limiting)} ({alike}{rated[limiting[0]]})"
    return f", {_middle(list(rated.values()))}; {held}"


def _middle(names: Sequence[str]) -> str:
    which = "the median" if len(names) % 2 else "the lower" if len(names) == 2 else "the lower middle one"
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
