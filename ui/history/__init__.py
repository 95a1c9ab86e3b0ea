"""What became of a source's notes after it: every later change, and the notes as they were typed."""

from ui.history.panel import HistoryPanel

__all__ = ["HistoryPanel"]
