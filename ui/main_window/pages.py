"""The pages of the rail, in the order of the workflow; each is imported when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.page import Page


@dataclass(frozen=True)
class PageEntry:
    """What the rail shows of a page before it is imported."""

    name: str
    title: str
    icon: str
    module: str
    type: str


PAGES: Final = (
    PageEntry("overview", "Overview", "layout-dashboard", "ui.overview.page", "OverviewPage"),
    PageEntry("interviews", "Interviews", "messages-square", "ui.interviews.page", "InterviewsPage"),
    PageEntry("codes", "Codes", "tags", "ui.codes.page", "CodesPage"),
    PageEntry("assess", "Assess", "clipboard-check", "ui.assess.page", "AssessPage"),
    PageEntry("results", "Results", "chart-column", "ui.results.page", "ResultsPage"),
    PageEntry("factors", "Factors", "scale", "ui.factors.page", "FactorsPage"),
    PageEntry("review", "Review", "user-check", "ui.review.page", "ReviewPage"),
    PageEntry("report", "Report", "file-text", "ui.report.page", "ReportPage"),
)


def make_page(entry: PageEntry, desk: Desk) -> Page:
    """Import a page and build it."""
    page_type = getattr(import_module(entry.module), entry.type)
    return cast("Page", page_type(desk))
