"""What an interview guide comes to, and guides with a question more, less, changed or elsewhere; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.analysis.todo import count
from app.model.source import SourceKind
from app.rubric.load import decode_frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.model.document import StudyDocument
    from app.model.source import Guide, Question, Source
    from app.rubric.structure import Rubric


def summary(guide: Guide) -> str:
    """Say how much a guide asks and how long that takes: "12 questions, 45 min"."""
    questions = count(len(guide.questions), "question", "questions")
    minutes = sum(question.minutes for question in guide.questions)
    return f"{questions}, {minutes} min" if minutes else questions


def followed_by(document: StudyDocument, guide: str) -> int:
    """Count the interviews and other sources that follow a guide."""
    return sum(source.guide == guide for source in document.sources)


def guide_of(document: StudyDocument, source: Source) -> Guide | None:
    """Give the guide a source follows; None for none."""
    return next((guide for guide in document.guides if guide.key == source.guide), None)


def guide_for_next(document: StudyDocument, in_round: str, kind: SourceKind) -> str | None:
    """Name the guide a new source begins with: that of the last of its kind in the round, else the only one there is.

    Other sources than interviews follow none before one of them did.
    """
    before = [source.guide for source in document.sources if source.round == in_round and source.kind is kind]
    if before:
        return before[-1]
    return document.guides[0].key if kind is SourceKind.INTERVIEW and len(document.guides) == 1 else None


def rubrics_of(document: StudyDocument) -> dict[str, Rubric]:
    """Give what the study's rubrics say, by their keys."""
    return {each.key: decode_frozen(each.text, each.key) for each in document.rubrics}


def principle_of(question: Question, rubrics: Mapping[str, Rubric]) -> str | None:
    """Give the principle a question gets at, be it only through its criterion; None where it is tied to none."""
    rubric = rubrics.get(question.rubric or "")
    if question.principle is not None or question.criterion is None or rubric is None:
        return question.principle
    return rubric.principle_of(question.criterion).id


def with_question(guide: Guide, question: Question, at: int) -> Guide:
    """Give the guide with one question more, which stands at place `at`, from 0."""
    place = min(max(at, 0), len(guide.questions))
    return replace(guide, questions=(*guide.questions[:place], question, *guide.questions[place:]))


def without_question(guide: Guide, key: str) -> Guide:
    """Give the guide without one question."""
    return replace(guide, questions=tuple(each for each in guide.questions if each.key != key))


def with_changed(guide: Guide, question: Question) -> Guide:
    """Give the guide with a question as it is now, found by its key."""
    return replace(guide, questions=tuple(question if each.key == question.key else each for each in guide.questions))


def with_moved(guide: Guide, key: str, to: int) -> Guide:
    """Give the guide with one question at place `to`, from 0; the others keep their order."""
    moved = next((each for each in guide.questions if each.key == key), None)
    return guide if moved is None else with_question(without_question(guide, key), moved, to)


def tied(question: Question, rubric: str | None, principle: str | None, rubrics: Mapping[str, Rubric]) -> Question:
    """Give the question tied to another principle, or to none; a criterion of another principle is let go."""
    if principle is None:
        return replace(question, rubric=None, principle=None, criterion=None)
    stays = question.rubric == rubric and principle_of(question, rubrics) == principle
    return replace(question, rubric=rubric, principle=principle, criterion=question.criterion if stays else None)
