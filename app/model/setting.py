"""What a study is about: the organisation, what its site allows, rounds, cases and people."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from app.model.base import END, Keyed, Name, ParticipantRef, Thing, Utc, Value, Zone


class Organisation(Value, frozen=True, kw_only=True):
    """The organisation assessed, under the name the study gives it (usually a pseudonym)."""

    name: Name
    sector: str = ""
    description: str = ""


class Study(Value, frozen=True, kw_only=True):
    """One assessment of one organisation."""

    id: UUID
    title: Name
    organisation: Organisation
    purpose: str = ""
    about: Annotated[str, Meta(description="Where this study's content comes from, when it must be said.")] = ""
    language: Annotated[str, Meta(pattern=rf"^[a-z]{{2,3}}(-[A-Z]{{2}})?{END}")] = "en"
    zone: Zone = "UTC"
    created_at: Utc


class Permission(StrEnum):
    """What a site's policy says of something an assessor might do."""

    ALLOWED = "allowed"
    RESTRICTED = "restricted"
    FORBIDDEN = "forbidden"
    NOT_ASKED = "not_asked"


class SitePolicy(Value, frozen=True, kw_only=True):
    """What the site allows, and the classification marking its papers carry."""

    recording: Permission = Permission.NOT_ASKED
    photographs: Permission = Permission.NOT_ASKED
    laptops: Permission = Permission.NOT_ASKED
    removable_media: Permission = Permission.NOT_ASKED
    marking: Annotated[str, Meta(max_length=80, description="Printed on every page of a report.")] = ""
    conditions: str = ""


class Round(Keyed, frozen=True, kw_only=True):
    """One wave of data collection."""

    name: Name
    purpose: str = ""
    starts: date | None = None
    ends: date | None = None


class Case(Keyed, frozen=True, kw_only=True):
    """One ML project being assessed."""

    name: Name
    summary: str = ""
    ml_type: str = ""
    data_source: str = ""
    deployment: str = ""
    status: str = ""
    developed_by: str = ""


class Assessor(Keyed, frozen=True, kw_only=True):
    """A member of the team that assesses, by the name the study uses."""

    name: Name
    affiliation: str = ""


class Participant(Keyed, frozen=True, kw_only=True):
    """Somebody interviewed, by role and pseudonym; who it is stands apart, in an identity."""

    pseudonym: Name
    role: Name
    unit: str = ""
    broader_role: Annotated[
        str, Meta(max_length=200, description="What the role becomes in a report where too few hold it.")
    ] = ""


class Identity(Thing, frozen=True, kw_only=True):
    """Who a participant is; kept apart, never part of a report."""

    participant: ParticipantRef
    name: Name
    contact: str = ""
