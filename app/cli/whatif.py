"""The `whatif` command's output: a case's levels as they are and as they would be, and the fewest criteria beyond."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.analysis.assessment import assess
from app.analysis.gaps import verdicts_of
from app.analysis.overview import joined, team_level, team_overall
from app.cli.known import UnknownKeyError, require, require_rubric
from app.cli.score import beside, bounds, level_text, override_of, points
from app.cli.terminal import columns, printable
from app.scoring.explain import points_text
from app.scoring.offered import answers_to
from app.scoring.scale import PICKS, is_achievement
from app.scoring.whatif import WHY_EXACT, smallest_overall, smallest_set, what_if

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.analysis.assessment import Assessment, JudgedCase
    from app.model.document import StudyDocument
    from app.rubric.structure import Rubric
    from app.scoring.result import CaseScore, Overall, PrincipleScore
    from app.scoring.scale import Verdict
    from app.scoring.whatif import Improvements


WIDTH: Final = 100
"""Columns of the text."""

_UNDONE: Final = "Nothing was worked out"


@dataclass(frozen=True)
class WhatIf:
    """A case as it is and, in `after`, with some answers changed."""

    assessment: Assessment
    judged: JudgedCase
    changes: dict[str, Verdict]
    after: CaseScore

    @property
    def rubric(self) -> Rubric:
        """What it is scored against."""
        return self.assessment.rubric

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The answers as changed."""
        return {**verdicts_of(self.judged.principles), **self.changes}


def look(
    document: StudyDocument,
    case: str,
    changes: Iterable[str] = (),
    rubric: str | None = None,
    in_round: str | None = None,
) -> WhatIf:
    """Score a case as if some criteria were answered otherwise.

    Args:
        document: the study, as who asks may see it.
        case: key.
        changes: each "criterion=answer"; an answer by its word, its key, or a level's id.
        rubric: key of one of the study's rubrics; by default its first.
        in_round: key of a round; by default the last with answers.

    Raises:
        UnknownKeyError: one of these is not there; the sentence says what is.
    """
    require_rubric(document, _UNDONE)
    for table, key in (("rubrics", rubric), ("rounds", in_round), ("cases", case)):
        require(document, table, key, _UNDONE)
    assessment = assess(document, rubric, in_round)
    judged = assessment.case(case)
    changed = _changes(assessment.rubric, changes)
    after = what_if(assessment.rubric, verdicts_of(judged.principles), changed)
    return WhatIf(assessment, judged, changed, after)


def as_json(found: WhatIf) -> str:
    """Write it as JSON; keys are those of the study JSON and of the rubric, `team` is the level it stands by now."""
    case = found.judged
    plain = {
        "case": case.case.key,
        "rubric": found.rubric.id,
        "round": found.assessment.round.key if found.assessment.round else None,
        "set": {key: str(verdict) for key, verdict in found.changes.items()},
        "principles": [
            {
                "principle": new.principle,
                **_moved(found, old.score, new),
                "team": old.level,
                "override": override_of(old),
            }
            for old, new in zip(case.principles, found.after.principles, strict=True)
        ],
        "overall": {
            **_moved(found, case.score.overall, found.after.overall),
            "team": bounds(case.team) if case.team else None,
        },
    }
    return json.dumps(plain, indent=2, ensure_ascii=False)


def as_table(found: WhatIf) -> str:
    """Write levels before and after as a table, then what it takes to the next level from there."""
    rubric, before = found.rubric, found.judged.score
    rows = [("Principle", "Now", "Then")]
    for old, new in zip(found.judged.principles, found.after.principles, strict=True):
        now = beside(_counted(rubric, old.score), team_level(rubric, old))
        rows.append((old.principle.short, now, _counted(rubric, new)))
    if rubric.overall != "none":
        now = beside(_counted(rubric, before.overall), team_overall(rubric, found.judged))
        rows.append(("Overall", now, _counted(rubric, found.after.overall)))
    return "\n".join([_about(found), "", *columns(rows), "", *_beyond(found)])


def _moved(found: WhatIf, old: PrincipleScore | Overall, new: PrincipleScore | Overall) -> dict[str, Any]:
    counted = {"before": points(old.points), "after": points(new.points)} if found.rubric.counts_points else None
    return {"before": bounds(old), "after": bounds(new), "next": _next(found, new), "points": counted}


def _counted(rubric: Rubric, score: PrincipleScore | Overall) -> str:
    """Name a derived level with its points, where they count: "Basic: 3.5 of 7 points"."""
    return ": ".join(filter(None, (level_text(rubric, score), points_text(rubric, score.points))))


def _changes(rubric: Rubric, texts: Iterable[str]) -> dict[str, Verdict]:
    changed: dict[str, Verdict] = {}
    for criterion, verdict in (_change(rubric, each) for each in texts):
        if changed.setdefault(criterion, verdict) is not verdict:
            raise UnknownKeyError(f'{_UNDONE}: "{criterion}" is set to two answers; name one.')
    return changed


def _change(rubric: Rubric, text: str) -> tuple[str, Verdict]:
    criterion, _, answer = text.partition("=")
    known = [each.id for each in rubric.criteria]
    if criterion not in known:
        raise UnknownKeyError(
            f'{_UNDONE}: rubric "{rubric.id}" has no criterion "{criterion}"; its criteria: {joined(known)}.'
        )
    return criterion, _answer(rubric, criterion, answer.strip())


def _answer(rubric: Rubric, criterion: str, answer: str) -> Verdict:
    """Find an answer by a level's id, by its own word or key, or by the word that is kept for it."""
    offered, wish = answers_to(rubric, criterion), answer.casefold()
    names: dict[str, Verdict] = {}
    if rubric.rule == "choice":
        names = {level.id: offered.step(PICKS[rank]).verdict for rank, level in enumerate(rubric.levels)}
    for step in offered.steps:
        for name in (str(step.verdict), step.key, step.short, step.label):
            names.setdefault(name.casefold(), step.verdict)
    if wish in names:
        return names[wish]
    told = joined([f"{_name(rubric, step.verdict)} ({step.key})" for step in offered.steps])
    raise UnknownKeyError(f'{_UNDONE}: "{criterion}" can be answered {told}; found "{answer}".')


def _name(rubric: Rubric, verdict: Verdict) -> str:
    """Name an answer as it may be typed."""
    picked = rubric.rule == "choice" and is_achievement(verdict)
    return rubric.levels[PICKS.index(verdict)].id if picked else str(verdict)


def _about(found: WhatIf) -> str:
    rubric = found.rubric
    where = f", {found.assessment.round.name}" if found.assessment.round else ""
    told = [
        f"{rubric.criterion(key).name} were {_lower(answers_to(rubric, key).label(verdict))}"
        for key, verdict in found.changes.items()
    ]
    as_if = f", as if {joined(told)}" if told else ""
    return printable(f"{found.judged.case.name}{where}{as_if}")


def _beyond(found: WhatIf) -> Iterator[str]:
    """Say what it takes to the next level from there, principle by principle and overall, and why no less will do."""
    rubric = found.rubric
    named: list[tuple[str, PrincipleScore | Overall]] = [
        (rubric.principle(score.principle).short, score) for score in found.after.principles
    ]
    above = [(name, score, level) for name, score in (*named, ("Overall", found.after.overall))
             if (level := _above(rubric, score)) is not None]  # fmt: skip
    if not above:
        rated = any(score.level for _, score in named)
        yield "No level is above these." if rated else "Nothing is rated, so no level is next."
        return
    yield f"To the next level from there. {WHY_EXACT[rubric.rule]}"
    for name, score, level in above:
        words = f"{name}, to {rubric.level(level).name}: {_needs(rubric, _smallest(found, score, level))}"
        yield textwrap.fill(printable(words), WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _needs(rubric: Rubric, needed: Improvements | None) -> str:
    if needed is None:
        return "not even the best answers reach it"
    if rubric.rule == "choice":
        return joined([f"{key}={_name(rubric, verdict)}" for key, verdict in needed])
    return joined([key for key, _ in needed])


def _above(rubric: Rubric, score: PrincipleScore | Overall) -> str | None:
    """Name the level above; None on the top and where not rated."""
    if score.level is None or score.level == rubric.levels[-1].id:
        return None
    return rubric.levels[rubric.rank(score.level) + 1].id


def _smallest(found: WhatIf, score: PrincipleScore | Overall, level: str) -> Improvements | None:
    principle = getattr(score, "principle", None)
    if principle is None:
        return smallest_overall(found.rubric, found.verdicts, level)
    return smallest_set(found.rubric, found.rubric.principle(principle), found.verdicts, level)


def _next(found: WhatIf, score: PrincipleScore | Overall) -> dict[str, Any] | None:
    level = _above(found.rubric, score)
    if level is None:
        return None
    needed = _smallest(found, score, level)
    criteria = None if needed is None else [{"criterion": key, "answer": str(verdict)} for key, verdict in needed]
    return {"level": level, "criteria": criteria}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
