"""Finding: in the notes that are shown, and in the whole study."""

from ui.find.bar import FindBar
from ui.find.notes import NotesPlaces

__all__ = ["FindBar", "NotesPlaces"]
