"""Why a sheet can't be printed."""

from __future__ import annotations

from app.errors import FieldquillError


class SheetNotSetError(FieldquillError):
    """A sheet that is to be of something the study does not hold."""

    code = "paper.not-set"


class SheetNotSavedError(FieldquillError):
    """A sheet that has a number but not its file."""

    code = "paper.not-saved"
