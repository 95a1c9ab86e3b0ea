"""The `compare` command's output: two rounds of a study compared, as lines of text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.analysis.blind import seen_by
from app.analysis.citations import Citations
from app.analysis.compare import compare, named
from app.analysis.standing import short_name
from app.cli.known import require
from app.cli.score import points
from app.cli.terminal import printable
from app.errors import FieldquillError
from app.scoring.explain import points_text
from app.scoring.offered import answers_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.analysis.compare import AnswerMove, ComparedCase, Comparison, Move
    from app.analysis.rounds import Said
    from app.analysis.standing import Stand
    from app.model.document import StudyDocument
    from app.rubric.structure import Rubric

_UNDONE = "Nothing was compared"
_ARROW = "->"


class NotComparableError(FieldquillError):
    """Two rounds that can't be compared like with like."""

    code = "compare.not-comparable"


def compared(document: StudyDocument, then: str, now: str, rubric: str | None = None) -> tuple[Comparison, Rubric]:
    """Compare two rounds, as somebody may see them who has not said who they are; with the rubric they are told in.

    Raises:
        UnknownKeyError: the study has no such round or rubric.
        NotComparableError: they can't be compared; it says why.
    """
    for table, key in (("rounds", then), ("rounds", now), ("rubrics", rubric)):
        require(document, table, key, _UNDONE)
    found = compare(seen_by(document, ""), then, now, rubric)
    if found.rubric is None:
        raise NotComparableError(f"{_UNDONE}: {found.why_not}")
    return found, found.rubric


# As JSON


def as_json(found: Comparison, rubric: Rubric) -> str:
    """Write it as JSON; keys are those of the study JSON and of the rubric, evidence is passages' keys."""
    plain = {
        "then": found.then.key,
        "now": found.now.key,
        "rubric": rubric.id,
        "version": rubric.version,
        "through": found.through or None,
        "counts": {str(change): number for change, number in found.counts.items()},
        "cases": [_case(rubric, each) for each in found.cases],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False)


def _case(rubric: Rubric, case: ComparedCase) -> dict[str, Any]:
    return {
        "case": case.case.key,
        "change": str(case.whole),
        "overall": _move(rubric, case.overall) if case.overall else None,
        "principles": [{"principle": move.part, **_move(rubric, move)} for move in case.principles],
        "answers": [_answer(each) for each in case.answers],
    }


def _move(rubric: Rubric, move: Move) -> dict[str, Any]:
    return {"change": str(move.change), "then": _stand(rubric, move.then), "now": _stand(rubric, move.now)}


def _stand(rubric: Rubric, stand: Stand) -> dict[str, Any] | None:
    if not stand.assessed:
        return None

    def level(rank: int | None) -> str | None:
        return None if rank is None else rubric.levels[rank].id

    return {
        "level": level(stand.derived_low),
        "at_most": level(stand.derived_high),
        "team": level(stand.low),
        "points": points(stand.points),
    }


def _answer(move: AnswerMove) -> dict[str, Any]:
    return {
        "principle": move.principle,
        "criterion": move.criterion,
        "change": str(move.change),
        "then": _said(move.then),
        "now": _said(move.now),
    }


def _said(said: Said | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {"answer": str(said.verdict), "evidence": list(said.evidence), "criteria": list(said.criteria)}


# As text


def as_text(document: StudyDocument, found: Comparison, rubric: Rubric) -> str:
    """Write it as lines to read in a terminal: what changed of each case, and the answers behind it."""
    head = f"{found.then.name} {_ARROW} {found.now.name}, {named(rubric)}: {found.words}"
    citations = Citations(document)
    lines = [head, *([found.through] if found.through else [])]
    for case in found.cases:
        lines += ["", *_tell_case(rubric, citations, case)]
    return "\n".join(printable(line) for line in lines)


def _tell_case(rubric: Rubric, citations: Citations, case: ComparedCase) -> Iterator[str]:
    yield case.case.name if case.in_both else f"{case.case.name}: {case.whole}"
    names = [short_name(rubric, move.part) for move in case.moves]
    width = max(map(len, names))
    for name, move in zip(names, case.moves, strict=True):
        yield f"  {name.ljust(width)}  {_levels(rubric, move)}  ({move.change})"
    for answer in case.answers if case.in_both else ():
        yield f"  {_tell_answer(rubric, citations, answer)}"


def _levels(rubric: Rubric, move: Move) -> str:
    return f" {_ARROW} ".join(_level(rubric, stand) for stand in (move.then, move.now))


def _level(rubric: Rubric, stand: Stand) -> str:
    """Name a level, with the points where they count, and the derived level where the team set another."""
    words = stand.words(rubric)
    notes = [points_text(rubric, stand.points)] if stand.assessed and stand.points else []
    if stand.overridden:
        notes.append(f"derived: {stand.derived_words(rubric)}")
    return f"{words} [{'; '.join(notes)}]" if notes else words


def _tell_answer(rubric: Rubric, citations: Citations, move: AnswerMove) -> str:
    words = move.words(answers_to(rubric, move.criterion))
    sides = []
    for said, told in zip((move.then, move.now), words, strict=True):
        where = ", ".join(citations.passage(key) for key in said.evidence) if said else ""
        sides.append(f"{told} [{where}]" if where else told)
    return f"- {rubric.criterion(move.criterion).name}: {f' {_ARROW} '.join(sides)}  ({move.change})"
