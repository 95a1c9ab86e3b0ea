"""The report page: shows the report as it will be printed, sets it up, settles its leaks, and lets it out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.actions.audit_digest import audit_digest
from ui.page import Page
from ui.report.builder import Built, ReportBuilder
from ui.report.leaks import Hit, hits, marks, open_hits, sought
from ui.report.leaks_panel import LeaksPanel
from ui.report.output import Output
from ui.report.pages_view import PagesView
from ui.report.renderer import Preview, Renderer
from ui.report.setup import Setup
from ui.report.side import Side
from ui.report.tools import Tools
from ui.widgets.actions import bind_key
from ui.widgets.focus import hand_on
from ui.widgets.messages import Bar, EmptyState
from ui.widgets.text import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from app.actions.unit import Changes
    from ui.desk import Desk
    from ui.lane import Lane
    from ui.report.marks import Share
    from ui.report.renderer import Words

_LEAKS = "leaks"
_AT = "@"  # between the parts of what is shown


class ReportPage(Page):
    """Shows and lets out the report. It is built only while somebody can see it, and never in the window's thread."""

    name = "report"
    title = "Report"
    icon = "file-text"
    shows = frozenset()  # everything can be in the report

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setup = Setup(desk, self)
        self.bar = Bar(self)
        self.side = Side(desk, self.setup, self)
        self.tools = Tools(self)
        self.output = Output(desk, self.setup, self.bar, self)
        self.view = PagesView(self)
        self.panel = LeaksPanel(desk, self.setup, self)
        self.panel.hide()  # until the window takes it beside the page
        self.builder = ReportBuilder(partial(audit_digest, desk.study, check=False), self)
        self.renderer = Renderer(self)
        self._built: Built | None = None
        self._hits: tuple[Hit, ...] = ()
        self._boxes: Mapping[Words, tuple[Share, ...]] = {}
        self._page_before = 0
        self._lay_out()
        self._connect()
        self._add_actions()
        hand_on(self, self.view)

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands, as soon as it is set."""
        if not self._has_report():
            self.builder.cancel()
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self._paper)
        self.side.refresh()
        self.output.refresh()
        self._show_hits()
        if self.isVisible():
            self._build(soon=changes is not None)

    def context_panel(self) -> QWidget | None:
        """What the leak check found."""
        return self.panel if self._has_report() else None

    def show_thing(self, key: str) -> None:
        """Show a tab by name ("names"), one thing of it ("names/key"), the leaks ("leaks"), or what was shown."""
        name, _, thing = key.partition("/")
        if _AT in key:
            self._come_back(*key.split(_AT))
        elif name == _LEAKS:
            self._ask_leaks()
        elif name and self._has_report():
            self.side.begin(name, thing)

    def shown_thing(self) -> str:
        """Give the tab that is shown, the page that is read, from 1, and the zoom in percent (0 where it fits)."""
        zoom = 0 if self.view.fits else round(self.view.zoom * 100)
        return _AT.join((self.side.tab, str(self.view.page + 1), str(zoom)))

    def save(self) -> None:
        """Ask how and where to write the report."""
        if self._has_report():
            self.output.export()

    def save_to(self, path: Path, passphrase: str = "") -> None:
        """Write the report to a file, in the format of its ending."""
        self.output.write(path, passphrase)

    def print(self) -> None:
        """Ask on which printer to print."""
        if self._has_report():
            self.output.print()

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.side.leave()

    def showEvent(self, event: QShowEvent) -> None:
        """Build the report, if the study has changed since it was."""
        super().showEvent(event)
        if self._has_report():
            self._build(soon=False)

    # Building it

    def _has_report(self) -> bool:
        return bool(self.desk.document.cases and self.desk.document.rubrics)

    def _build(self, *, soon: bool) -> None:
        document, setup, built = self.desk.study.revealed, self.setup.value, self._built
        if built is None or built.document is not document or built.setup != setup:
            self.builder.ask(document, setup, soon=soon)
        elif self.builder.busy:
            self.builder.cancel()

    def _cancel(self) -> None:
        self.builder.cancel()
        words = "The report shown is older than the study." if self._built else "No report was made."
        self.bar.tell(words, "warning", "Make it now", lambda: self._build(soon=False))

    def _show_built(self, built: Built) -> None:
        self._built = built
        self._hits, self._boxes = hits(built.leaks), {}
        self.view.show_marks(())  # they belong to pages that go
        self.renderer.open(built.content, sought(self._hits))
        self._show_hits()

    def _show_preview(self, preview: Preview) -> None:
        built = self._built
        self.view.show_preview(preview, built.pages if built else ())
        self.view.show_marks(marks(self._hits, self._boxes))
        self._return()
        self.side.outline.show_items(preview.outline)
        self.side.show_size(len(preview.sizes), len(built.content) if built else 0)
        self._show_page()

    def _failed(self, sentence: str) -> None:
        self.bar.tell(sentence, "error", "Try again", lambda: self._build(soon=False))

    def _show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.tools.show_working(working=busy)
        self.panel.show_checking(checking=busy)
        self._show_hits()

    # Its leaks

    def _show_hits(self) -> None:
        count = len(open_hits(self._hits))
        checked = self._built is not None and not self.builder.busy
        self.side.show_leaks(count, checked=checked)
        self.output.open_leaks = 0 if self.builder.busy else count  # what is written is checked anew anyway
        self.panel.show_hits(self._hits, checked=self._built is not None)
        self.view.point_out(self.panel.list.current_key())

    def _place(self, boxes: Mapping[Words, tuple[Share, ...]]) -> None:
        self._boxes = boxes
        self.view.show_marks(marks(self._hits, boxes))

    def _ask_leaks(self) -> None:
        self.panel_asked.emit()
        self.panel.take_up()

    def _point_at(self, key: str, _page: int) -> None:
        self.panel_asked.emit()
        self.panel.point_at(key)
        self.view.point_out(key)
        self.panel.take_up()

    def _go_to_hit(self, key: str, page: int) -> None:
        self.view.point_out(key)
        if page > 0:
            down = self.view.mark_place(key, page - 1)
            self.view.go_to(page - 1, max(down - 0.2, 0.0))

    def _step(self, way: int) -> None:
        self.panel_asked.emit()
        self.panel.step(way)
        self.panel.take_up()  # its fixes are single letters: they must not go into a field

    # Going about

    def _come_back(self, tab: str, page: str, zoom: str) -> None:
        """Show a tab, and a page at a zoom as soon as there are pages."""
        self.side.show_tab(tab)
        if int(zoom):
            self.view.set_zoom(int(zoom) / 100)
        self._page_before = int(page) - 1
        if self.view.page_count:
            self._return()

    def _return(self) -> None:
        """Go to the page that was read before the study went on in another file, once."""
        page, self._page_before = self._page_before, 0
        if page:
            self.view.go_to(page)

    def _show_page(self) -> None:
        self.tools.show_page(self.view.page, self.view.page_count)
        self.side.outline.follow(self.view.place)

    def _go_to(self, page: int, down: float = 0.0) -> None:
        self.view.go_to(page, down)
        self.view.setFocus()

    def _ask_page(self) -> None:
        self.tools.page.setFocus()
        self.tools.page.selectAll()

    def _show_writing(self, busy: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.side.save.setEnabled(not busy)
        self.side.print.setEnabled(not busy)

    # Making it

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.bar, self.tools, self.output):
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

    def _connect(self) -> None:
        self.setup.changed.connect(self.refresh)
        self.builder.built.connect(self._show_built)
        self.builder.failed.connect(self._failed)
        self.builder.busy_changed.connect(self._show_busy)
        self.renderer.opened.connect(self._show_preview)
        self.renderer.painted.connect(self.view.take)
        self.renderer.found.connect(self._place)
        self._connect_parts()
        self._empty.asked.connect(lambda: self.go.emit("overview", "cases"))
        lanes = (self.builder.lane, self.renderer, self.output)
        if (program := QCoreApplication.instance()) is not None:
            program.aboutToQuit.connect(partial(_end, *lanes))
        self.destroyed.connect(partial(_end, *lanes))

    def _connect_parts(self) -> None:
        self.view.wanted.connect(self.renderer.ask)
        self.view.moved.connect(self._show_page)
        self.view.zoom_changed.connect(self.tools.show_zoom)
        self.view.mark_used.connect(self._point_at)
        self.side.save.clicked.connect(self.save)
        self.side.print.clicked.connect(self.print)
        self.side.leaks_asked.connect(self._ask_leaks)
        self.side.go.connect(self.go)
        self.side.outline.picked.connect(self._go_to)
        self.output.leaks_asked.connect(self._ask_leaks)
        self.output.left.connect(self.view.setFocus)
        self.output.busy_changed.connect(self._show_writing)
        self.panel.place_asked.connect(self._go_to_hit)
        self.panel.name_asked.connect(partial(self.side.begin, "names"))
        self.panel.list.current.connect(self.view.point_out)
        self.panel.empty.asked.connect(lambda: self.side.begin("names"))
        self.tools.page.asked.connect(self._go_to)
        self.tools.zoom_asked.connect(self.view.zoom_by)
        self.tools.fit_asked.connect(self.view.fit_width)
        self.tools.cancel_asked.connect(self._cancel)

    def _add_actions(self) -> None:
        self.side.bar.add_keys(self)
        self._action("Export the report", ["Ctrl+S"], self.save)
        self._action("Print the report", ["Ctrl+P"], self.print)
        self._action("Next leak", ["F8"], lambda: self._step(1))
        self._action("Leak before", ["Shift+F8"], lambda: self._step(-1))
        self._action("Make the report anew", ["F5"], self._again)
        self._action("Go to a page of the report", ["Ctrl+G"], self._ask_page)
        self._action("Show the report larger", ["Ctrl++", "Ctrl+="], lambda: self.view.zoom_by(1))
        self._action("Show the report smaller", ["Ctrl+-"], lambda: self.view.zoom_by(-1))
        self._action("Fit the report to the width", ["Ctrl+0"], self.view.fit_width)

    def _action(self, text: str, keys: list[str], then: Callable[[], object]) -> None:
        self.panel.addAction(bind_key(self, text, keys, then, within=True))  # the panel stands outside the page

    def _again(self) -> None:
        if self._has_report():
            self._built = None
            self._build(soon=False)


def _end(builder: Lane, renderer: Renderer, output: Output, _page: object = None) -> None:
    """Leave no thread behind, whoever takes the page away; what is to be written is written first."""
    builder.stop()
    renderer.stop()
    output.finish()


def _no_cases(parent: QWidget) -> EmptyState:
    return EmptyState(
        "file-text",
        "Nothing to report yet",
        "Here the study becomes a printed report: levels, reasons, evidence, next steps. The first step is a case: "
        "a project to be assessed.",
        "Add a case",
        parent=parent,
    )
