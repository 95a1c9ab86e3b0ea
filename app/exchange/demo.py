"""The demonstration: the AutoCorp study, made into a study file like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.actions.create import import_document
from app.exchange.study_json import read_study
from app.paths import RESOURCES

if TYPE_CHECKING:
    from pathlib import Path

    from app.model.document import StudyDocument

DEMO_PASSPHRASE = "autocorp demonstration"  # noqa: S105 - the demonstration holds nothing secret
DEMO_NAME = "autocorp.fieldquill"


def demo_document() -> StudyDocument:
    """Read the AutoCorp study that comes with the product."""
    return read_study(RESOURCES / "demo" / "autocorp.json")


def create_demo(path: Path, passphrase: str = DEMO_PASSPHRASE) -> None:
    """Make a study file that holds the AutoCorp study.

    Raises:
        StoreError: the file can't be made (see `app.store.opening.create`).
    """
    import_document(path, passphrase, demo_document())
