"""The scale of answers: how far a criterion is achieved, or why nobody can say."""

from enum import StrEnum
from typing import Final

from msgspec import Struct


class Verdict(StrEnum):
    """An answer to one criterion; the value is what files and exports hold.

    The four achievements are those of ISO/IEC 33020, as used in Automotive SPICE. Where a rubric lets a level be
    picked, the answer is its place among the rubric's levels, from 0. A criterion nobody has answered has no verdict
    at all (`None`, or is missing from a mapping).
    """

    FULLY = "fully"
    LARGELY = "largely"
    PARTIALLY = "partially"
    NOT_ACHIEVED = "not"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"
    LEVEL_0 = "level-0"
    LEVEL_1 = "level-1"
    LEVEL_2 = "level-2"
    LEVEL_3 = "level-3"
    LEVEL_4 = "level-4"
    LEVEL_5 = "level-5"
    LEVEL_6 = "level-6"
    LEVEL_7 = "level-7"
    LEVEL_8 = "level-8"
    LEVEL_9 = "level-9"


PICKS: Final = tuple(verdict for verdict in Verdict if verdict.value.startswith("level-"))
"""The answers that pick a level, by its place among the rubric's."""


class Step(Struct, frozen=True):
    """What people see of a verdict: key, words, and for an achievement the range it covers.

    `over` and `up_to` are percent of achievement, `over` exclusive and `up_to` inclusive (0 % itself
    belongs to "not achieved"); both are None where the verdict is no achievement. `points` is what a rubric that counts
    them gives for it.
    """

    verdict: Verdict
    key: str
    short: str
    label: str
    over: int | None = None
    up_to: int | None = None
    points: float | None = None


SCALE: Final = (
    Step(Verdict.FULLY, "1", "Fully", "Fully achieved", 85, 100),
    Step(Verdict.LARGELY, "2", "Largely", "Largely achieved", 50, 85),
    Step(Verdict.PARTIALLY, "3", "Partially", "Partially achieved", 15, 50),
    Step(Verdict.NOT_ACHIEVED, "4", "Not", "Not achieved", 0, 15),
    Step(Verdict.NOT_APPLICABLE, "n", "n/a", "Not applicable"),
    Step(Verdict.UNKNOWN, "u", "Unknown", "Unknown"),
    Step(Verdict.WITHHELD, "w", "Withheld", "Withheld"),
)

ACHIEVEMENTS: Final = (Verdict.NOT_ACHIEVED, Verdict.PARTIALLY, Verdict.LARGELY, Verdict.FULLY)
"""The four achievements, lowest first."""

_RANKS: Final = {verdict: rank for rank, verdict in enumerate(PICKS)}
_STEPS: Final = {step.verdict: step for step in SCALE} | {
    verdict: Step(verdict, str(rank), str(rank), f"Level at place {rank}") for verdict, rank in _RANKS.items()
}
_BY_KEY: Final = {step.key: step.verdict for step in SCALE}


def rank_of(verdict: Verdict | None) -> int | None:
    """The place, from 0, of the level that a verdict picks; None where it picks none."""
    return None if verdict is None else _RANKS.get(verdict)


def step(verdict: Verdict) -> Step:
    """Key, words and range of a verdict, as they are without a rubric; see `app.scoring.offered` for those with one."""
    return _STEPS[verdict]


def label(verdict: Verdict | None) -> str:
    """The words for a verdict, such as "Fully achieved"; "Unanswered" where there is none."""
    return "Unanswered" if verdict is None else _STEPS[verdict].label


def by_key(key: str) -> Verdict | None:
    """The verdict a key gives (1-4, n, u, w; capitals too), None for any other key."""
    return _BY_KEY.get(key.lower())


def percent_text(given: Verdict | Step) -> str:
    """The range an achievement covers, such as "> 50-85 %"; empty where the answer is none."""
    found = given if isinstance(given, Step) else _STEPS[given]
    if found.over is None:
        return ""
    return f"{'> ' if found.over else ''}{found.over}-{found.up_to} %"


def passes(verdict: Verdict | None) -> bool:
    """Whether a verdict is at least largely achieved, the threshold of the staged rule."""
    return verdict in (Verdict.FULLY, Verdict.LARGELY)


def is_achievement(verdict: Verdict | None) -> bool:
    """Whether a verdict says how far a criterion is achieved, or which level was picked."""
    return verdict in ACHIEVEMENTS or verdict in _RANKS


def is_open(verdict: Verdict | None) -> bool:
    """Whether the answer is still to be found out: unknown, withheld or unanswered."""
    return verdict in (None, Verdict.UNKNOWN, Verdict.WITHHELD)


def achievement(verdict: Verdict | None) -> int | None:
    """The place of an achievement on the scale, 0 (not achieved) to 3 (fully), else None."""
    return ACHIEVEMENTS.index(verdict) if verdict in ACHIEVEMENTS else None
