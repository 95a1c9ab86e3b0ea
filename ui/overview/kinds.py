"""The kinds of thing the Overview edits, declared: cases, rounds, assessors, participants, guides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.analysis.collection import day_text
from app.analysis.todo import count
from app.model.setting import Assessor, Case, Participant, Round
from app.model.source import Guide
from ui.overview.things_facet import ThingsSpec
from ui.widgets.form import Field

if TYPE_CHECKING:
    from app.model.document import StudyDocument


def _case_row(case: Case) -> tuple[str, str]:
    return case.name, case.ml_type


def _round_row(of: Round) -> tuple[str, str]:
    days = [day_text(day) for day in (of.starts, of.ends) if day]
    return of.name, " to ".join(days)


def _assessor_row(assessor: Assessor) -> tuple[str, str]:
    return assessor.name, assessor.affiliation


def _participant_row(participant: Participant) -> tuple[str, str]:
    return participant.pseudonym, participant.role


def _guide_row(guide: Guide) -> tuple[str, str]:
    return guide.name, count(len(guide.questions), "question", "questions")


def _pseudonym(document: StudyDocument) -> dict[str, str]:
    taken = {person.pseudonym for person in document.participants}
    return {"pseudonym": next(name for number in range(1, len(taken) + 2) if (name := f"P{number}") not in taken)}


CASES: Final = ThingsSpec(
    table="cases",
    word="case",
    title="Cases",
    type=Case,
    fields=(
        Field("name", "Name", hint="What the project is called in the study", required=True),
        Field("summary", "Summary", "text", hint="What it does, for whom", lines=1),
        Field("ml_type", "Type of ML", "text", lines=1, hint="Computer vision, forecasting, language"),
        Field("data_source", "Data", "text", lines=1, hint="Where its data comes from"),
        Field("deployment", "Deployment", "text", lines=1, hint="Where and how it runs"),
        Field("status", "Status", "text", lines=1, hint="Pilot, in production since"),
        Field("developed_by", "Developed by", "text", lines=1, hint="In-house, or by whom"),
    ),
    row=_case_row,
    named_by="name",
    empty=("folder-open", "No cases yet", "A case is one machine-learning project, assessed on its own."),
)
ROUNDS: Final = ThingsSpec(
    table="rounds",
    word="round",
    title="Rounds",
    type=Round,
    fields=(
        Field("name", "Name", hint="Round 1", required=True),
        Field("purpose", "Purpose", "text", hint="What this round is to find out", lines=1),
        Field("starts", "Starts", "date", width=160),
        Field("ends", "Ends", "date", width=160),
    ),
    row=_round_row,
    named_by="name",
    empty=("calendar", "No rounds yet", "A round is one wave of interviews. Cases are assessed again in each."),
)
ASSESSORS: Final = ThingsSpec(
    table="assessors",
    word="assessor",
    title="Assessors",
    type=Assessor,
    fields=(
        Field("name", "Name", hint="As the study calls them", required=True),
        Field("affiliation", "Affiliation", hint="University, consultancy, department"),
    ),
    row=_assessor_row,
    named_by="name",
    empty=("users", "No assessors yet", "Assessors write notes and answer criteria; every answer is somebody's."),
)
PARTICIPANTS: Final = ThingsSpec(
    table="participants",
    word="participant",
    title="Participants",
    type=Participant,
    fields=(
        Field("pseudonym", "Pseudonym", hint="P1", required=True, width=160),
        Field("role", "Role", hint="ML engineer", required=True),
        Field("unit", "Unit", hint="Department or team"),
    ),
    row=_participant_row,
    named_by="pseudonym",
    empty=("user", "No participants yet", "Whom you interview, by role and pseudonym. Who it is stays apart."),
    draft=_pseudonym,
)
GUIDES: Final = ThingsSpec(
    table="guides",
    word="guide",
    title="Guides",
    type=Guide,
    fields=(Field("name", "Name", hint="Round 1", required=True),),
    row=_guide_row,
    named_by="name",
    empty=("list-tree", "No guide yet", "A guide leads an interview: its questions in order, tied to principles."),
)
