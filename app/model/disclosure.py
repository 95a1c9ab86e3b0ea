"""What a report may show, and to whom: profiles, the names that stay inside, and how the report was last set up."""

from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta

from app.model.base import AssessorRef, Keyed, Name, Thing, Utc, Value


class Quotations(StrEnum):
    """Which word-for-word notes a report may print."""

    ALL = "all"
    RELEASED = "released"
    NONE = "none"


class Dates(StrEnum):
    """How exactly a report gives dates."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Profile(Keyed, frozen=True, kw_only=True):
    """What a report may show. One with the key of a built-in profile takes its place in this study."""

    name: Name
    quotations: Quotations = Quotations.RELEASED
    dates: Dates = Dates.MONTH
    assessor_names: bool = False
    organisation_name: bool = True
    case_names: bool = True
    site_names: bool = True
    product_names: bool = True
    vendor_names: bool = True
    smallest_group: Annotated[
        int, Meta(ge=1, le=20, description="A role with fewer holders than this is generalised.")
    ] = 1


class NameKind(StrEnum):
    """What a name is the name of."""

    ORGANISATION = "organisation"
    SITE = "site"
    PERSON = "person"
    PRODUCT = "product"
    VENDOR = "vendor"
    OTHER = "other"


class Pseudonym(Keyed, frozen=True, kw_only=True):
    """A real name, and what a report that hides it prints instead; kept apart, like identities."""

    kind: NameKind
    name: Name
    spellings: Annotated[str, Meta(description="Other ways it is written, one a line.")] = ""
    instead: Annotated[str, Meta(max_length=200, description="What is printed; cut out where it is empty.")] = ""


class Allowance(Thing, frozen=True, kw_only=True):
    """Words that the leak check stopped at and the team lets pass in reports of a profile, with the reason."""

    profile: Annotated[str, Meta(min_length=1, max_length=64)]
    text: Name
    reason: Annotated[str, Meta(min_length=1)]
    by: AssessorRef | None = None
    at: Utc | None = None


class Paper(StrEnum):
    """The paper a report is set for."""

    A4 = "a4"
    LETTER = "letter"


class Stage(StrEnum):
    """Whether a report may still change."""

    DRAFT = "draft"
    FINAL = "final"


class ReportFormat(StrEnum):
    """What a report is exported as."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"
    CSV = "csv"


class ReportSetup(Value, frozen=True, kw_only=True):
    """How the report of this study was last set up; `sections` is for `app.report.contents` to read."""

    profile: Annotated[str, Meta(max_length=64, description="Key of a profile; the internal one where empty.")] = ""
    paper: Paper = Paper.A4
    stage: Stage = Stage.DRAFT
    version: Annotated[str, Meta(max_length=40, description="The report's own: 1.2")] = ""
    recipient: Annotated[str, Meta(max_length=200, description="Whom the copies are for.")] = ""
    copies: Annotated[int, Meta(ge=1, le=99, description="How many numbered copies are made.")] = 1
    watermark: Annotated[str, Meta(max_length=40, description="Printed large and pale across every page.")] = ""
    protected: Annotated[bool, Meta(description="Whether the file asks for a passphrase; that itself is not kept.")] = (
        False
    )
    format: Annotated[ReportFormat, Meta(description="What it was last exported as.")] = ReportFormat.PDF
    sections: Annotated[
        str, Meta(description="Sections in their order, divided by spaces; one left out has - before it.")
    ] = ""


USUAL_SETUP: Final = ReportSetup()
