"""What every page of the workflow is to the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.actions.elsewhere import Deed
    from app.actions.unit import Changes
    from ui.desk import Desk


class Page(QWidget):
    """One page of the rail.

    A page builds its widgets when it is first shown, fills them in `refresh`, and keeps selection, scroll and
    filter when it is shown again. It emits `go` with a page's name and a thing's key to lead elsewhere.
    """

    name: ClassVar[str]  # "interviews": stable, for settings and `go`
    title: ClassVar[str]  # "Interviews": on the rail
    icon: ClassVar[str]  # a file name in resources/icons without its ending
    shows: ClassVar[frozenset[str]]  # the kinds of thing (Changes.tables) this page refreshes for; empty: all

    panel_asked = Signal()  # what the context panel shows was asked for: open it
    panel_changed = Signal()  # `context_panel` gives another one now; after `refresh` the window looks by itself
    go = Signal(str, str)  # page name, key of a thing to show there ("" for none)
    whole_window = Signal(bool)  # it wants the window to itself, or gives it back
    lock_asked = Signal()
    keeping = Signal(str)  # what is typed on it is "saved", "waiting" to be written, or "failed" to be

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setObjectName(self.name)

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands; `changes` is None when the page is first shown."""
        raise NotImplementedError

    def show_thing(self, key: str) -> None:
        """Bring the thing named `key` into view, when somebody was led here."""

    def shown_thing(self) -> str:
        """Key of the thing that is shown, for `show_thing`; "" for none."""
        return ""

    def context_panel(self) -> QWidget | None:
        """The widget for the panel at the right (evidence, why, history), or None when the page has none."""
        return None

    def give_window_back(self) -> None:
        """Go back among rail and bars, where the page had the window to itself."""

    def setting_changed(self, key: str) -> None:
        """Take note of another value of a setting, by its key."""

    def unsaved(self) -> list[Deed]:
        """Give what is still only on screen, as actions for another file: its own can't be written."""
        return []

    def leave(self) -> None:
        """Write down what is still only on screen; called before another page, a lock, or closing."""
