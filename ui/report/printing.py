"""The report as it is printed: each copy made and checked as one that is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.version import VERSION
from ui.printing.job import Sheaf
from ui.report.builder import CHECK
from ui.report.renderer import PDFIUM

if TYPE_CHECKING:
    from app.model.disclosure import ReportSetup
    from app.model.document import StudyDocument
    from app.report.snapshot import AuditDigest

_TITLE: Final = "Report"


def report_sheaf(document: StudyDocument, setup: ReportSetup, pages: str, audit: AuditDigest) -> Sheaf:
    """Say how pages of every copy of a report are made, as it is set up, with what the audit trail says."""

    def make(copy: int) -> bytes:
        from app.report.release import printable
        from app.report.snapshot import today

        with PDFIUM, CHECK:  # what was made is read again
            return printable(document, setup, copy, version=VERSION, name=_TITLE, audit=audit, issued=today(document))

    return Sheaf(_TITLE, setup.paper, make, setup.copies, pages)
