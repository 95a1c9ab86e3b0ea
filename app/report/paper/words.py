"""Every word that is printed on a sheet of its own accord, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.model.assessment import ReviewVerdict
from app.model.source import Part, SheetKind
from app.report.wording import DASH, covers
from app.scoring.offered import answers
from app.scoring.scale import Verdict, is_achievement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.rubric.structure import Principle, Rubric
    from app.scoring.scale import Step


class Marker(NamedTuple):
    """A sign at the start of a line of notes, and what it says of the line."""

    sign: str
    word: str


MARKERS: Final = (
    Marker('"', "quotation"),
    Marker("?", "uncertain"),
    Marker("!", "challenge"),
    Marker(">", "next step"),
    Marker("*", "own reflection"),
    Marker("@", "case or participant"),
    Marker("#", "code"),
)
MARKERS_HEAD: Final = "Markers for the start of a line"
NOTES: Final = "Notes"
LINE: Final = "Line"
TIME: Final = "Time"

KINDS: Final = {
    SheetKind.INTERVIEW: "Interview sheet",
    SheetKind.RUBRIC: "Rubric sheet",
    SheetKind.REVIEW: "Review pack",
    SheetKind.READ_BACK: "Read-back sheet",
}
SHEET: Final = "Sheet"
DAY: Final = "Day"
START: Final = "From"
END: Final = "To"
PLACE: Final = "Place"
INTERVIEW: Final = "Interview"
ROUND: Final = "Round"
CASES: Final = "Cases"
CASE: Final = "Case"
ASSESSOR: Final = "Assessor"
ASSESSORS: Final = "Assessors"
PARTICIPANTS: Final = f"Participants, by pseudonym and role {DASH} no names"
CONSENT: Final = "What the participants agreed to"
ALLOWED: Final = "What the site allowed"
PARTS: Final = {Part.INTERVIEWER: "interviewer", Part.OBSERVER: "observer"}

GENERAL: Final = "General"
ASKED: Final = "asked"
ANSWERED: Final = "answered"
CONTINUED: Final = "continued"

SCALE_HEAD: Final = "Cross one box for each criterion; leave all empty where nobody was asked"
EVIDENCE_IS: Final = "Evidence: "
REASON: Final = "Reason"
EVIDENCE: Final = "Evidence"
EVIDENCE_HEAD: Final = "Evidence: number of the interview sheet and of its line"
REVIEWER: Final = "Reviewed by"
ASKED_BY: Final = "Asked by"
BACK_BY: Final = "To be given back by"
HOW_HEAD: Final = "How to fill this in"
HOW: Final = (
    "Read each result, then cross one of the three boxes beside it. Leave all three empty where you can't tell.",
    "Say in the comment what is to be corrected, or what you dispute and why. The file takes as much as you write.",
    "Fill in the file in any PDF reader and save it, or print it and write by hand, also on the back.",
    "Then give it back to those who asked you: it sends nothing by itself.",
)
LEVELS_HEAD: Final = "Levels, from the lowest to the highest"
FINDING: Final = "Finding"
NO_FINDING: Final = "No finding is written yet."
WHY: Final = "Why this level"
LIMITS: Final = "What holds it back"
SET_BECAUSE: Final = "Set by the team: "
MOVED_ON: Final = "The study has moved on since this pack was prepared; what is asked about is what stands here."
COMMENT: Final = "Comment"
REMARK: Final = "Remark on the results as a whole"
VERDICTS: Final = {
    ReviewVerdict.CONFIRMED: ("Confirmed", "right as it stands"),
    ReviewVerdict.CORRECTED: ("Corrected", "but for what the comment says"),
    ReviewVerdict.DISPUTED: ("Disputed", "the comment says why"),
}
SAID_BY: Final = "Said by"
READ_BACK: Final = (
    "This is what we noted of what you said, numbered as in our notes. What stands in quotation marks we noted word "
    "for word; the rest is in our words. Where it says uncertain, we were not sure to have got it right."
)
READ_BACK_HOW: Final = "Cross “right” where it is, and write on the lines below what is to be changed or struck out."
RIGHT: Final = "right"
UNCERTAIN: Final = "uncertain"
ADDED: Final = "What I want to add"
READ: Final = "I have read what was noted of what I said. It is right as it stands here with my corrections."
SIGN_PLACE: Final = "Place and date"
SIGN: Final = "Signature"
SIGN_ASKED: Final = "Signature of who noted it"
_LETTERS: Final = {
    Verdict.NOT_ACHIEVED: "N",
    Verdict.PARTIALLY: "P",
    Verdict.LARGELY: "L",
    Verdict.FULLY: "F",
    Verdict.NOT_APPLICABLE: "n/a",
    Verdict.UNKNOWN: "?",
    Verdict.WITHHELD: "W",
}
_SHORT: Final = {
    Verdict.NOT_ACHIEVED: "not achieved",
    Verdict.PARTIALLY: "partially",
    Verdict.LARGELY: "largely",
    Verdict.FULLY: "fully",
    Verdict.NOT_APPLICABLE: "not applicable",
    Verdict.UNKNOWN: "unknown",
    Verdict.WITHHELD: "withheld",
}


class Box(NamedTuple):
    """A box to cross: the letters in it, what they stand for, and the percent of achievement it covers, if any."""

    letters: str
    word: str
    covers: str


def boxes(rubric: Rubric, principle: Principle) -> tuple[Box, ...]:
    """Give the boxes of a principle's criteria from the worst answer to the best, then those that don't say how far.

    Answers in a rubric's own words have its keys in the boxes, levels to pick their places.
    """
    offered = answers(rubric, principle)
    told = sorted((each for each in offered.steps if is_told(each)), key=lambda each: offered.rank(each.verdict) or 0)
    others = (each for each in offered.steps if not is_told(each))
    own = bool(rubric.answers) or rubric.rule == "choice"
    return (*(_own(each) if own else _box(each) for each in told), *(_box(each) for each in others))


def is_told(step: Step) -> bool:
    """Whether an answer says how far a criterion is achieved, or which level fits."""
    return is_achievement(step.verdict)


def page_of(number: int, page: int, pages: int) -> str:
    """Name a page of a sheet: "Sheet 7 · page 2 of 4"."""
    return f"{SHEET} {number} · page {page} of {pages}"


def minutes(number: int) -> str:
    """Give a budget of time; empty where there is none."""
    return f"{number} min" if number else ""


def result_of(number: int, results: int) -> str:
    """Count a result: "3 of 21"."""
    return f"{number} of {results}"


def more_criteria(number: int) -> str:
    """Say how many criteria are left out."""
    return f"and {number} more {'criterion' if number == 1 else 'criteria'}"


def continued(title: str) -> str:
    """Head what goes on on a new page."""
    return f"{title}, {CONTINUED}"


def sheets(kind: SheetKind, numbers: Sequence[int]) -> str:
    """Name sheets by their numbers: "Interview sheet 7", "Interview sheets 7 to 9"."""
    first, last = numbers[0], numbers[-1]
    return f"{KINDS[kind]} {first}" if first == last else f"{KINDS[kind]}s {first} to {last}"


def _own(step: Step) -> Box:
    """A box with a rubric's own answer: its key, or the levels it picks."""
    if step.points is None:
        return Box(step.short, step.label, "")
    return Box(step.key, step.short, covers(step))


def _box(step: Step) -> Box:
    return Box(_LETTERS[step.verdict], _SHORT[step.verdict], covers(step))
