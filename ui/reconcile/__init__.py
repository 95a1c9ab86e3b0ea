"""Two note-takers' notes of one interview side by side, agreed line by line."""

from ui.reconcile.view import ReconcileView

__all__ = ["ReconcileView"]
