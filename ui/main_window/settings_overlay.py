"""The settings people are shown, made from their declarations; what is chosen counts at once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import settings
from ui.main_window.overlay import Overlay
from ui.privacy.capture import capture_sentence
from ui.theme import SMALL, SPACE, TITLE
from ui.widgets.buttons import IconButton
from ui.widgets.fields import SegmentField
from ui.widgets.form import LABEL, Field, FieldRow, make_editor
from ui.widgets.scrolling import reveal, scrolling
from ui.widgets.text import SectionLabel, TextLabel

if TYPE_CHECKING:
    from ui.settings import Setting
    from ui.widgets.fields import Editor

WIDTH = 520
_FEW = 3  # choices that stand side by side; more are a list
_FIELD = 180


class SettingsOverlay(Overlay):
    """Shows what is set, and keeps what is chosen."""

    changed = Signal(str)  # the setting's key; its value is kept by now

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Settings", WIDTH, parent)
        self._editors: dict[str, Editor] = {}
        self.close_button = IconButton("x", "Close", "Esc", self.card)
        self.close_button.clicked.connect(self.close_up)
        self._lay_out(capture_sentence(parent.window()), settings.forgotten())

    def editor(self, setting: Setting[Any]) -> QWidget:
        """Give the editor of a setting."""
        return cast("QWidget", self._editors[setting.key])

    def ask(self, key: str = "") -> None:
        """Show what is set; begin at the setting of a key, else at the first."""
        for setting in settings.SHOWN:
            self._editors[setting.key].set_value(str(setting.read()))
        at = next((place for place, setting in enumerate(settings.SHOWN) if setting.key == key), 0)
        self.open(self.stops()[at])
        reveal(self.stops()[at])

    def fit(self) -> None:
        """Be as high as all of it is, or as there is room for: then it scrolls."""
        super().fit()
        self.card.ensurePolished()
        edges = self._column.contentsMargins()
        inside = self.card.width() - 2 - edges.left() - edges.right()
        around = edges.top() + edges.bottom() + self._head.sizeHint().height() + self._column.spacing() + 2
        high = self._sheet.heightForWidth(inside)  # the card has an alignment, which ignores wrapping
        self._area.setFixedHeight(min(high, self.room - around))
        self.card.setFixedHeight(self._area.height() + around)

    def stops(self) -> list[QWidget]:
        """The settings, then the button."""
        editors = [self.editor(setting) for setting in settings.SHOWN]
        stops = [each.button(each.value() or "") if isinstance(each, SegmentField) else each for each in editors]
        return [*stops, self.close_button]

    def _keep(self, setting: Setting[Any], chosen: object) -> None:
        setting.write(next(value for value in setting.allowed if str(value) == chosen))
        self.changed.emit(setting.key)

    def _lay_out(self, about_capture: str, forgotten: str) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(TextLabel("Settings", TITLE, "semibold", parent=self.card), 1)
        self._head.addWidget(self.close_button)
        self._sheet = QWidget()
        self._sheet.setProperty("look", "page")
        self._area = scrolling(self._sheet, self.card)
        self._column = QVBoxLayout(self.card)
        self._column.setContentsMargins(SPACE[4], SPACE[3], SPACE[3], SPACE[4])
        self._column.setSpacing(SPACE[0])
        self._column.addLayout(self._head)
        self._column.addWidget(self._area)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        if forgotten:
            column.addWidget(TextLabel(forgotten, SMALL, ink="warning", wrap=True, parent=self._sheet))
        for group, found in groupby(settings.SHOWN, lambda setting: setting.group):
            column.addSpacing(SPACE[1])
            column.addWidget(SectionLabel(group, self._sheet))
            for setting in found:
                column.addWidget(self._row(setting))
                column.addLayout(self._help(setting.about))
            if group == settings.IDLE_MINUTES.group:
                column.addLayout(self._help(about_capture))

    def _row(self, setting: Setting[Any]) -> FieldRow:
        choices = tuple((str(value), words) for value, words in setting.choices)
        kind: Literal["segments", "choice"] = "segments" if len(choices) <= _FEW else "choice"
        editor = make_editor(Field(setting.key, setting.label, kind, choices=choices, width=_FIELD), self.card)
        editor.committed.connect(lambda value: self._keep(setting, value))
        widget = cast("QWidget", editor)
        widget.setProperty("look", "")  # with a frame, as what is beside it
        widget.setAccessibleDescription(setting.about)
        self._editors[setting.key] = editor
        return FieldRow(setting.label, widget, parent=self.card)

    def _help(self, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(LABEL + SPACE[1], 0, 0, SPACE[1])
        row.addWidget(TextLabel(text, SMALL, ink="muted", wrap=True, parent=self.card))
        return row
