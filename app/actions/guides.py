"""Make interview guides, and change, reorder and remove their questions."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.actions.errors import RefusedError
from app.actions.keys import next_key, numbered
from app.actions.reading import frozen_rubric
from app.model.source import Guide, Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.actions.audit import Row
    from app.actions.unit import Unit
    from app.model.document import StudyDocument
    from app.rubric.structure import Rubric

MINUTES = 45
LONGEST = 200  # code points of a name or a question
_MOST = 600  # minutes that one question can be given
_LABEL = 60


def guide_from_rubric(unit: Unit, rubric: str, *, name: str = "", minutes: int = MINUTES) -> str:
    """Make a guide of a rubric's interview questions, principle by principle, one for each criterion.

    Args:
        unit: the work.
        rubric: key of one of the study's rubrics.
        name: what the guide is called; the rubric's title when it is left out.
        minutes: how long the interview is to take, shared out among the questions.

    Raises:
        NotFoundError: the study has no such rubric.
        RefusedError: the name can't be kept.
    """
    content = frozen_rubric(unit, rubric)
    key = next_key(unit, "guides", "g", "")
    first = next_key(unit, "questions", key, "-")
    questions = tuple(_questions(rubric, content, first, minutes))
    called = _short(" ".join((name or content.title).split()), LONGEST)
    unit.add(Guide(key=key, name=called, questions=questions))
    return f"Make guide {_short(called, _LABEL)} from the rubric"


def rewrite(unit: Unit, guide: Guide) -> str:
    """Bring a guide's name and questions to be as `guide` says; questions are told apart by their keys.

    Interviews keep what they noted of questions that stay; of a removed one, that it was put goes with it.

    Raises:
        NotFoundError: the study no longer has the guide.
        RefusedError: a question can't be kept, or stands elsewhere already.
    """
    if len({question.key for question in guide.questions}) < len(guide.questions):
        raise RefusedError("A question stands in a guide once.")
    before = unit.rows("questions", guide_id=unit.id_of("guides", guide.key))
    done = len(unit.changes)
    unit.change(guide)
    asked = sum(change.table == "asked_questions" and change.after is None for change in unit.changes[done:])
    return _rewritten(before, guide, asked)


def remove_guide(unit: Unit, key: str) -> str:
    """Remove a guide with its questions; interviews that follow it stay, without one.

    Raises:
        NotFoundError: the study no longer has it.
    """
    row_id = unit.id_of("guides", key)
    name = unit.row("guides", row_id)["name"]
    followed = len(unit.rows("sources", guide_id=row_id))
    unit.delete("guides", row_id)
    return f"Remove guide {_short(name, _LABEL)}{_followed(followed)}"


def new_guide_key(document: StudyDocument) -> str:
    """Make a key for a new guide: g3 after g2."""
    return numbered("g", "", {guide.key for guide in document.guides})


def new_question_key(document: StudyDocument, guide: str) -> str:
    """Make a key for a new question of a guide: g1-7 after g1-6, and free in the whole study."""
    return numbered(guide, "-", {question.key for each in document.guides for question in each.questions})


def question_problem(text: str) -> str:
    """Say in one sentence why a question can't be kept, "" where it can."""
    if not text:
        return "A question needs its words."
    return f"A question has at most {LONGEST} characters; this one has {len(text)}." if len(text) > LONGEST else ""


def minutes_problem(minutes: int) -> str:
    """Say in one sentence why a question can't be given so many minutes, "" where it can."""
    return "" if 0 <= minutes <= _MOST else f"A question can be given 0 to {_MOST} minutes."


def shared_out(minutes: int, among: int) -> list[int]:
    """Share whole minutes out evenly.

    Each gets at least one until they run out, and none more than a question can have.
    """
    if minutes < among:
        return [1] * max(minutes, 0) + [0] * (among - max(minutes, 0))
    ends = [place * minutes // among for place in range(among + 1)] if among else []
    return [min(end - start, _MOST) for start, end in pairwise(ends)]


def _questions(key: str, rubric: Rubric, first: str, minutes: int) -> Iterator[Question]:
    stem, _, number = first.rpartition("-")
    asked = [(principle, criterion) for principle in rubric.principles for criterion in principle.criteria]
    shares = shared_out(minutes, len(asked))
    for place, ((principle, criterion), share) in enumerate(zip(asked, shares, strict=True), int(number)):
        yield Question(
            key=f"{stem}-{place}",
            text=_short(" ".join(criterion.question.split()), LONGEST),
            rubric=key,
            principle=principle.id,
            criterion=criterion.id,
            minutes=share,
        )


def _rewritten(before: list[Row], guide: Guide, asked: int) -> str:
    """Say what became of a guide."""
    was = {row["key"]: row["text"] for row in before}
    now = {question.key: question.text for question in guide.questions}
    gone, new = [key for key in was if key not in now], [key for key in now if key not in was]
    if len(gone) == 1 and not new:
        return f"Remove question {_short(was[gone[0]], _LABEL)}{_asked(asked)}"
    if len(new) == 1 and not gone:
        return f"Add question {_short(now[new[0]], _LABEL)}"
    if not gone and not new and list(was) != list(now):
        return f"Move a question of guide {_short(guide.name, _LABEL)}"
    return f"Change guide {_short(guide.name, _LABEL)}{_asked(asked)}"


def _asked(interviews: int) -> str:
    return f", put in {interviews} interview{'s' if interviews > 1 else ''}" if interviews else ""


def _followed(interviews: int) -> str:
    return f", which {interviews} interview{'s follow' if interviews > 1 else ' follows'}" if interviews else ""


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
