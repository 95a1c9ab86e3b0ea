"""The column beside the preview: for whom the report is, saving it, and its contents."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.disclosure.profiles import INTERNAL
from ui.report.outline import Outline
from ui.theme import BODY, DISPLAY, SMALL, SPACE
from ui.widgets.buttons import SegmentedControl, TextButton
from ui.widgets.text import SectionLabel, TextLabel

WIDTH = 288
_COMING = ("client", "anonymised")
_WHY = "Client and anonymised reports come with the disclosure check, which this version does not have yet."


class Side(QFrame):
    """Title, profile, the button that saves, and the outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.about = TextLabel("", BODY, ink="muted", parent=self)
        options = [(key, key.capitalize()) for key in (INTERNAL, *_COMING)]
        self.profile = SegmentedControl("For whom", options, self)
        self.save = TextButton("Save as PDF…", "primary", "download", "Ctrl+S", self)
        self.outline = Outline(self)
        self._choose_profile()
        self._lay_out()

    def show_size(self, pages: int, size: int) -> None:
        """Say how long the report is; `size` in bytes."""
        noun = "page" if pages == 1 else "pages"
        self.about.setText(f"{pages} {noun}, {max(round(size / 1000), 1)} kB" if pages else "")

    def _choose_profile(self) -> None:
        self.profile.set_value(INTERNAL)
        for key in _COMING:
            self.profile.button(key).setEnabled(False)
            self.profile.button(key).setToolTip(_WHY)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE[4], 0, 0)
        column.setSpacing(SPACE[0])
        head = QVBoxLayout()
        head.setContentsMargins(SPACE[3], 0, SPACE[3], 0)
        head.setSpacing(2)
        head.addWidget(TextLabel("Report", DISPLAY, "semibold", parent=self))
        head.addWidget(self.about)
        head.addSpacing(SPACE[3])
        head.addWidget(SectionLabel("For whom", self))
        head.addSpacing(SPACE[0])
        head.addWidget(self.profile)
        head.addSpacing(SPACE[0])
        head.addWidget(TextLabel(_WHY, SMALL, ink="muted", wrap=True, parent=self))
        head.addSpacing(SPACE[3])
        head.addWidget(self.save)
        column.addLayout(head)
        column.addSpacing(SPACE[4])
        contents = SectionLabel("Contents", self)
        contents.setContentsMargins(SPACE[3], 0, 0, 0)
        column.addWidget(contents)
        column.addWidget(self.outline, 1)
