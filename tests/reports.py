"""The report of a study as bytes, for tests that look at the PDF alone."""

from app.report.build import make_report
from app.report.snapshot import take


def build_report(document, setup=None, *, version):
    """Set a study as a report, as `setup` says or as the study last had it."""
    return make_report(take(document, setup, version=version)).content
