"""Change the study's own particulars, the site's policy, and how its report is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.actions.values import cell, checked
from app.model.disclosure import ReportSetup
from app.model.setting import Organisation, SitePolicy, Study

if TYPE_CHECKING:
    from app.actions.audit import Row
    from app.actions.unit import Unit

_SET_UP: Final = {
    "profile": "Change the report's profile",
    "paper": "Change the report's paper",
    "stage": "Change whether the report is a draft",
    "version": "Change the report's version",
    "recipient": "Change whom the report is for",
    "copies": "Change the number of copies of the report",
    "watermark": "Change the report's watermark",
    "protected": "Change whether the report is protected",
    "format": "Remember the format the report was exported in",
    "sections": "Change the report's sections",
}


def change_study(unit: Unit, study: Study) -> str:
    """Change title, organisation, purpose, language or zone; its id stays.

    Raises:
        RefusedError: a value can't be kept.
    """
    unit.update("study", unit.rows("study")[0]["id"], study_row(checked(study)))
    return "Change the study's particulars"


def change_policy(unit: Unit, policy: SitePolicy) -> str:
    """Change what the site allows and the marking of its papers.

    Raises:
        RefusedError: a value can't be kept.
    """
    unit.update("site_policy", unit.rows("site_policy")[0]["id"], policy_row(checked(policy)))
    return "Change the site policy"


def change_report_setup(unit: Unit, setup: ReportSetup) -> str:
    """Keep how the report is set up.

    Raises:
        RefusedError: a value can't be kept.
    """
    kept, made = unit.rows("report_setup")[0], setup_row(checked(setup))
    unit.update("report_setup", kept["id"], made)
    changed = [name for name, value in made.items() if kept[name] != value]
    return _SET_UP[changed[0]] if len(changed) == 1 else "Set up the report"


def study_row(study: Study) -> Row:
    """Give the columns a study's particulars are kept in, without its id."""
    own = {name: cell(getattr(study, name)) for name in Study.__struct_fields__ if name not in {"id", "organisation"}}
    organisation = {
        f"organisation_{name}": getattr(study.organisation, name) for name in Organisation.__struct_fields__
    }
    return {**own, **organisation}


def policy_row(policy: SitePolicy) -> Row:
    """Give the columns a site policy is kept in."""
    return {name: cell(getattr(policy, name)) for name in SitePolicy.__struct_fields__}


def setup_row(setup: ReportSetup) -> Row:
    """Give the columns a report's setup is kept in."""
    return {name: cell(getattr(setup, name)) for name in ReportSetup.__struct_fields__}
