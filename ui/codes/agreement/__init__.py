"""How far two coders agree: they begin, code blind, and settle where they differ."""

from ui.codes.agreement.view import AgreementView

__all__ = ["AgreementView"]
