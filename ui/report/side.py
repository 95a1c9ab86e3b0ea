"""The column beside the preview: for whom the report is, writing it, and all it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.analysis.todo import count
from app.disclosure.profiles import profiles
from ui.overview.facet import Facet, FacetBar
from ui.report.cover_tab import CoverTab
from ui.report.leaks import to_settle
from ui.report.names_tab import NamesTab
from ui.report.outline import Outline
from ui.report.profile_tab import ProfileTab
from ui.report.sections_tab import SectionsTab
from ui.theme import BODY, DISPLAY, SPACE
from ui.widgets.buttons import TextButton
from ui.widgets.fields import ChoiceField
from ui.widgets.roomy import Roomy
from ui.widgets.text import Rule, TextLabel

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.report.setup import Setup

WIDTH: Final = 336
CONTENTS: Final = "contents"
_TABS: Final = (
    (CONTENTS, "Contents"),
    ("sections", "Sections"),
    ("names", "Names"),
    ("profile", "Profile"),
    ("cover", "Cover"),
)
SETTLED: Final = "No leaks"
UNCHECKED: Final = "Not checked yet"


class Side(QFrame):
    """Title, profile, the buttons that write, and under them one of five tabs; Ctrl+Tab goes on."""

    leaks_asked = Signal()
    go = Signal(str, str)

    def __init__(self, desk: Desk, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._setup = desk, setup
        self.setFixedWidth(WIDTH)
        self.about = TextLabel("", BODY, ink="muted", parent=self)
        self.profile = ChoiceField("For whom", (), self)
        self.leaks = TextButton("", "link", parent=self)
        self.save = TextButton("Export…", "primary", "download", "Ctrl+S", self)
        self.print = TextButton("Print…", "plain", "printer", "Ctrl+P", self)
        self.bar = FacetBar(_TABS, self)
        self.bar.setFixedHeight(36)
        self.outline = Outline(self)
        self.sections = SectionsTab(desk, setup, self)
        self.names = NamesTab(desk, self)
        self.made_of = ProfileTab(desk, setup, self)
        self.cover = CoverTab(desk, setup, self)
        self._tabs: dict[str, QWidget] = dict(
            zip(dict(_TABS), (self.outline, self.sections, self.names, self.made_of, self.cover), strict=True)
        )
        self.tab = CONTENTS
        self._named: list[tuple[str, str]] = []
        self._lay_out()
        self.profile.committed.connect(lambda key: setup.change(profile=key))
        self.leaks.clicked.connect(self.leaks_asked)
        self.names.go.connect(self.go)
        self.bar.chosen.connect(self.show_tab)
        self.bar.show_chosen(CONTENTS)

    def refresh(self) -> None:
        """Show how the report is set up."""
        named = [(each.key, each.name) for each in profiles(self._desk.document)]
        if named != self._named:  # else a list that is open would close
            self._named = named
            self.profile.set_choices(named)
        self.profile.set_value(None if self._setup.lost else self._setup.profile.key)
        self.bar.show_count("names", len(self._desk.document.pseudonyms))
        self._refresh_tab()

    def show_tab(self, name: str) -> None:
        """Show one of the tabs."""
        if name not in self._tabs:
            return
        self.leave()
        self.tab = name
        self.bar.show_chosen(name)
        self._refresh_tab()
        self._stack.setCurrentIndex(list(self._tabs).index(name))

    def begin(self, name: str, key: str = "") -> None:
        """Show a tab, and take it up."""
        self.show_tab(name)
        tab = self._tabs[self.tab]
        if isinstance(tab, Facet):
            tab.show_thing(key)
            tab.begin()
        else:
            tab.setFocus()

    def leave(self) -> None:
        """Write down what is still only on screen."""
        tab = self._tabs[self.tab]
        if isinstance(tab, Facet):
            tab.leave()

    def show_size(self, pages: int, size: int) -> None:
        """Say how long the report is; `size` in bytes."""
        self.about.setText(f"{count(pages, 'page', 'pages')}, {max(round(size / 1000), 1)} kB" if pages else "")

    def show_leaks(self, leaks: int, *, checked: bool) -> None:
        """Say how many leaks are open; where they stop it, the button that writes leads to them.

        Args:
            leaks: how many.
            checked: whether the study is checked as it stands; where it is not, no leak found means nothing.
        """
        stopped = bool(leaks) and self._setup.for_others
        self.leaks.setText(to_settle(leaks) if leaks else SETTLED if checked else UNCHECKED)
        self.leaks.set_icon("triangle-alert" if leaks else "shield-check" if checked else "circle-help")
        self.leaks.setVisible(not stopped)  # the button below says it
        self.save.setText(to_settle(leaks) if stopped else "Export…")
        self.save.set_icon("triangle-alert" if stopped else "download")
        self.save.setAccessibleName(f"Export the report: {to_settle(leaks)}" if stopped else "Export the report")

    def _refresh_tab(self) -> None:
        tab = self._tabs[self.tab]
        if isinstance(tab, Facet):
            tab.refresh()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(SPACE[3], SPACE[3], SPACE[3], SPACE[1])
        head.setSpacing(2)
        head.addWidget(TextLabel("Report", DISPLAY, "semibold", parent=self))
        head.addWidget(self.about)
        head.addSpacing(SPACE[1])
        whom = QHBoxLayout()
        whom.setSpacing(SPACE[0])
        whom.addWidget(TextLabel("For", BODY, ink="muted", parent=self))
        whom.addWidget(self.profile, 1)
        whom.addWidget(self.leaks)
        head.addLayout(whom)
        head.addSpacing(SPACE[1])
        write = QHBoxLayout()
        write.setSpacing(SPACE[1])
        write.addWidget(self.save)
        write.addWidget(self.print)
        write.addStretch(1)
        head.addLayout(write)
        self._stack = QStackedWidget(self)
        for tab in self._tabs.values():
            room = Roomy(self._stack)  # a low window scrolls the tab, not the page with its buttons
            room.set_thing(tab)
            self._stack.addWidget(room)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(SPACE[1], 0, SPACE[1], 0)
        tabs.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(tabs)
        column.addWidget(Rule(self))
        column.addWidget(self._stack, 1)
