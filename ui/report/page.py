"""The report page: shows the PDF as it will be printed, makes it anew after a change, and saves it."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.disclosure.profiles import INTERNAL
from ui.lane import Lane
from ui.page import Page
from ui.report.builder import Built, ReportBuilder, build
from ui.report.pages_view import PagesView
from ui.report.renderer import Preview, Renderer
from ui.report.side import Side
from ui.report.tools import Tools
from ui.widgets.actions import bind_key
from ui.widgets.files import ask_file_to_save
from ui.widgets.messages import Bar, EmptyState
from ui.widgets.text import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from app.actions.unit import Changes
    from ui.desk import Desk


class ReportPage(Page):
    """Shows and saves the report. It is built only while somebody can see it, and never in the window's thread."""

    name = "report"
    title = "Report"
    icon = "file-text"
    shows = frozenset()  # everything can be in the report

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.bar = Bar(self)
        self.side = Side(self)
        self.tools = Tools(self)
        self.view = PagesView(self)
        self.builder = ReportBuilder(self)
        self.renderer = Renderer(self)
        self._writer = Lane("report writer")
        self._built: Built | None = None
        self._save_to: Path | None = None  # chosen while the report was still being built
        self._lay_out()
        self._connect()
        self._add_actions()
        self.setFocusProxy(self.view)
        self._order_tabs()

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands, as soon as it is set."""
        if not (self.desk.document.cases and self.desk.document.rubrics):
            self.builder.cancel()
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self._paper)
        if self.isVisible():
            self._build(soon=changes is not None)

    def save(self) -> None:
        """Ask where, and save the report there."""
        if not self._has_report():
            return
        study = Path(self.desk.study.path)
        path = ask_file_to_save(self, "Save the report as PDF", f"{study.stem}.pdf", ".pdf", study.parent)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save the report in a file; once it is built, where it is not yet."""
        if self.builder.busy or self._built is None:
            self._save_to = path
            return
        content = self._built.content
        self._write(path, lambda: content)

    def leave(self) -> None:
        """Save what is still to be saved, even if nobody waits for the preview."""
        if self._save_to is not None:
            path, self._save_to = self._save_to, None
            document, profile = self.desk.study.revealed, self._profile
            self._write(path, lambda: build(document, profile).content)

    def showEvent(self, event: QShowEvent) -> None:
        """Build the report, if the study has changed since it was."""
        super().showEvent(event)
        if self._has_report():
            self._build(soon=False)

    # Building it

    def _has_report(self) -> bool:
        return self._stack.currentWidget() is self._paper

    @property
    def _profile(self) -> str:
        return self.side.profile.value() or INTERNAL

    def _build(self, *, soon: bool) -> None:
        if self._built is None or self._built.document is not self.desk.study.revealed:
            self.builder.ask(self.desk.study.revealed, self._profile, soon=soon)
        elif self.builder.busy:
            self.builder.cancel()

    def _cancel(self) -> None:
        self.builder.cancel()
        self._save_to = None
        words = "The report shown is older than the study." if self._built else "No report was made."
        self.bar.tell(words, "warning", "Make it now", lambda: self._build(soon=False))

    def _show_built(self, built: Built) -> None:
        self._built = built
        self.renderer.open(built.content)

    def _show_preview(self, preview: Preview) -> None:
        self.view.show_preview(preview)
        self.side.outline.show_items(preview.outline)
        self.side.show_size(len(preview.sizes), len(self._built.content) if self._built else 0)
        self._show_page()
        if self._save_to is not None:
            path, self._save_to = self._save_to, None
            self.save_to(path)

    def _failed(self, sentence: str) -> None:
        self._save_to = None
        self.bar.tell(sentence, "error", "Try again", lambda: self._build(soon=False))

    # Saving it

    def _write(self, path: Path, content: Callable[[], bytes]) -> None:
        from app.report.save import write_file

        self._writer.ask(lambda: write_file(path, content()), lambda _done: self._saved(path), self._not_saved)

    def _saved(self, path: Path) -> None:
        count = self.view.page_count
        self.bar.tell(f"Saved {path.name}: {count} {'page' if count == 1 else 'pages'}.")

    def _not_saved(self, sentence: str) -> None:
        self.bar.tell(sentence or "The report was not saved.", "error", "Choose another place", self.save)

    def _quit(self) -> None:
        _end(self.builder.lane, self.renderer, self._writer)

    # Going about

    def _show_page(self) -> None:
        self.tools.show_page(self.view.page, self.view.page_count)
        self.side.outline.follow(self.view.place)

    def _go_to(self, page: int, down: float = 0.0) -> None:
        self.view.go_to(page, down)
        self.view.setFocus()

    def _ask_page(self) -> None:
        self.tools.page.setFocus()
        self.tools.page.selectAll()

    # Making it

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.bar, self.tools, Rule(self)):
            right.addWidget(widget)
        right.addWidget(self.view, 1)
        self._paper = QWidget(self)
        row = QHBoxLayout(self._paper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(Rule(self, upright=True))
        row.addLayout(right, 1)
        self._empty = _no_cases(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._paper)
        self._stack.addWidget(self._empty)

    def _order_tabs(self) -> None:
        """Start with the pages; then down the column, then along the tools."""
        side, tools = self.side, self.tools
        column = (self.view, side.profile.button(INTERNAL), side.save, side.outline)
        stops = (*column, tools.page, tools.cancel, tools.zoom_out, tools.zoom_in, tools.fit)
        for first, second in pairwise(stops):
            self.setTabOrder(first, second)

    def _connect(self) -> None:
        self.builder.built.connect(self._show_built)
        self.builder.failed.connect(self._failed)
        self.builder.busy_changed.connect(lambda busy: self.tools.show_working(working=busy))
        self.renderer.opened.connect(self._show_preview)
        self.renderer.painted.connect(self.view.take)
        self.view.wanted.connect(self.renderer.ask)
        self.view.moved.connect(self._show_page)
        self.view.zoom_changed.connect(self.tools.show_zoom)
        self.side.save.clicked.connect(self.save)
        self.side.outline.picked.connect(self._go_to)
        self.tools.page.asked.connect(self._go_to)
        self.tools.zoom_asked.connect(self.view.zoom_by)
        self.tools.fit_asked.connect(self.view.fit_width)
        self.tools.cancel_asked.connect(self._cancel)
        self._empty.asked.connect(lambda: self.go.emit("overview", ""))
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(self._quit)
        self.destroyed.connect(partial(_end, self.builder.lane, self.renderer, self._writer))

    def _add_actions(self) -> None:
        self._action("Save the report as PDF", ["Ctrl+S"], self.save)
        self._action("Make the report anew", ["F5"], self._again)
        self._action("Go to a page of the report", ["Ctrl+G"], self._ask_page)
        self._action("Show the report larger", ["Ctrl++", "Ctrl+="], lambda: self.view.zoom_by(1))
        self._action("Show the report smaller", ["Ctrl+-"], lambda: self.view.zoom_by(-1))
        self._action("Fit the report to the width", ["Ctrl+0"], self.view.fit_width)

    def _action(self, text: str, keys: list[str], then: Callable[[], object]) -> None:
        bind_key(self, text, keys, then, within=True)

    def _again(self) -> None:
        if self._has_report():
            self._built = None
            self._build(soon=False)


def _end(builder: Lane, renderer: Renderer, writer: Lane, _page: object = None) -> None:
    """Leave no thread behind, whoever takes the page away; what is to be saved is saved first."""
    builder.stop()
    renderer.stop()
    writer.finish()


def _no_cases(parent: QWidget) -> EmptyState:
    return EmptyState(
        "file-text",
        "Nothing to report yet",
        "Here the study becomes a printed report: levels, reasons, evidence, next steps. The first step is a case: "
        "a project to be assessed.",
        "Add a case",
        parent=parent,
    )
