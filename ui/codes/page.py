"""The Codes page: the codebook at the left, what was found with it in the middle, the code chosen beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from app.actions.codebook import change_code
from app.analysis.guide import rubrics_of
from ui.codes.ask_bar import AskBar
from ui.codes.deeds import Deeds
from ui.codes.middle import ACTIONS, Middle
from ui.codes.names import Names
from ui.codes.panel import CodePanel
from ui.codes.projects import Projects
from ui.codes.transfers import Transfers
from ui.codes.tree_view import CodeTree
from ui.page import Page
from ui.widgets import Bar, EmptyState, TextButton, with_key
from ui.widgets.actions import bind_key
from ui.widgets.stacks import turn_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction, QShowEvent

    from app.actions.unit import Changes
    from app.analysis.coding import CodingIndex, Found
    from app.model.evidence import Code
    from app.rubric.structure import Rubric
    from ui.desk import Desk

    _Command = tuple[str, str, Callable[[], object]]  # what it does, its key, does it

_LEAST_TREE, _MOST_TREE = 256, 360


class CodesPage(Page):
    """Keeps the codebook, and finds what is coded with it."""

    name = "codes"
    title = "Codes"
    icon = "tags"
    shows = frozenset(
        {"codes", "codings", "passages", "sources", "cases", "rounds", "assessors", "participants", "factors"}
        | {"rubrics", "double_codings", "answers", "ballots", "findings", "challenges"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.bar = Bar(self)
        self.ask = AskBar(self)
        self.tree = CodeTree(self)
        self.middle = Middle(desk, self)
        self.panel = CodePanel(self)
        self.panel.hide()
        self.deeds = Deeds(desk, self.ask, self)
        self.files = Transfers(desk, self.bar, self.ask, self)
        self.projects = Projects(desk, self.bar, self.ask, self.files, self)
        self._parted = False
        self._index = desk.index
        self._names = Names(self._index)
        self._rubrics: tuple[object, dict[str, Rubric]] = ((), {})
        self._empty = self._make_empty()
        self._lay_out()
        self._connect()
        self._add_keys()

    # Showing

    @property
    def index(self) -> CodingIndex:
        """What is coded, as whoever is working may see it."""
        return self._index

    def refresh(self, changes: Changes | None = None) -> None:  # noqa: ARG002 - one look at the study serves all
        """Show the study as it stands."""
        document, index = self.desk.seen, self.desk.index
        if index is not self._index:
            self._index, self._names = index, Names(index)
        self._show_tree()
        self._show_work(begun=bool(document.codes))
        if not self.tree.selected and document.codes:
            self.tree.select([self._index.tree[0]])
        self.middle.passages.show_codes(self.tree.selected)
        self.middle.show_index(self._index, self._names)
        self._show_code()
        self.panel.set_read_only(self.desk.read_only)
        for part in self._beginning:
            part.setEnabled(not self.desk.read_only)
        for action in (*self._taking_in, *self.middle.passages.changing):
            action.setEnabled(not self.desk.read_only)

    def _show_work(self, *, begun: bool) -> None:
        """Show the codebook, or how to begin one; the focus goes along from one to the other."""
        wanted = self.tree.view if begun else self._start
        self.setFocusProxy(wanted)
        turn_to(self._stack, self._work if begun else self._empty, wanted)

    def show_thing(self, key: str) -> None:
        """Bring a code, or a passage, into view."""
        if key in self._index.codes:
            self._choose(key)
            self.tree.view.setFocus()
        elif self._index.codings_of(key):
            self.middle.show_part("passages")
            self.middle.passages.show_only(self._index.citations.passage(key), [key])
            self.middle.passages.list.set_current(key)

    def shown_thing(self) -> str:
        """Key of the code chosen."""
        return self.tree.current

    def context_panel(self) -> QWidget | None:
        """What the code chosen means and is tied to; none while there is no code."""
        return self.panel if self._stack.currentWidget() is self._work else None

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.panel.commit()

    def showEvent(self, event: QShowEvent) -> None:
        """Share the width out when it is known, the first time."""
        super().showEvent(event)
        if not self._parted:
            self._parted = True
            tree = min(max(self.width() // 4, _LEAST_TREE), _MOST_TREE)
            self._work.setSizes([tree, self.width() - tree])

    def give_window_back(self) -> None:
        """Let go of what was asked in passing; it is asked again where it is wanted."""
        if self.ask.isVisible():
            self.ask.keep()

    def _show_tree(self) -> None:
        below = self.middle.passages.below.isChecked()
        self.tree.show_codes(self._index, below=below, read_only=self.desk.read_only)

    def _narrow(self) -> None:
        """Show what of the codebook has the words typed; what is chosen of it then is shown, too."""
        before = self.tree.selected
        self._show_tree()
        if self.tree.selected != before:
            self._chose()

    def _chose(self) -> None:
        self.panel.commit()
        self.middle.passages.show_codes(self.tree.selected)
        self._show_code()

    def _show_code(self) -> None:
        current = self.tree.current or next(iter(self.tree.selected), "")
        self.panel.show_code(self._index.codes.get(current), self._index, self._rubrics_now(), self._names)

    def _rubrics_now(self) -> dict[str, Rubric]:
        """The study's rubrics, decoded once."""
        frozen = self.desk.document.rubrics
        if self._rubrics[0] is not frozen:
            self._rubrics = (frozen, rubrics_of(self.desk.document))
        return self._rubrics[1]

    # Doing

    def _change(self, code: Code) -> None:
        if self.desk.do(change_code, code) is None:
            self._show_code()

    def _choose(self, key: str) -> None:
        """Choose a code in the tree, whatever that was narrowed to."""
        self.tree.filter.clear()
        self.tree.select([key])
        self._chose()

    def _open(self, passage: str) -> None:
        self.go.emit("interviews", passage)

    def _pin(self, code: str, sign: str) -> None:
        self.middle.show_part("passages")
        self.middle.passages.keep(code, "all" if sign == "all" else "none")

    def _chosen_passages(self) -> list[Found]:
        return [self._index.found(key) for key in self.middle.passages.list.selected]

    def _show_part(self, name: str) -> None:
        """Show one of the parts; the same key leads back to the passages."""
        self.middle.show_part("passages" if self.middle.shown == name else name)
        self.middle.focus_part()

    def _split(self, code: str) -> None:
        chosen = [found.passage for found in self._chosen_passages()]
        here = set(self._index.passages(code, below=False))
        self.deeds.ask_split(code, [key for key in chosen if key in here], self._names)

    def _split_here(self) -> None:
        """Split the passages selected off the code chosen in the tree."""
        if self.tree.current:
            self._split(self.tree.current)

    # Making it

    def _lay_out(self) -> None:
        self._work = QSplitter(Qt.Orientation.Horizontal, self)
        side = QFrame(self)
        side.setProperty("look", "surface")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree)
        centre = QFrame(self)
        centre.setProperty("look", "surface")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.middle)
        for place, part in enumerate((side, centre)):
            self._work.addWidget(part)
            self._work.setStretchFactor(place, place)
        self._work.setChildrenCollapsible(False)
        self._work.setHandleWidth(1)
        side.setMinimumWidth(180)
        centre.setMinimumWidth(self.middle.least)
        below = QWidget(self)
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self._work)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.ask):
            column.addWidget(widget)
        column.addWidget(below, 1)

    def _make_empty(self) -> QWidget:
        """Say what codes are for, with the three ways to begin."""
        page = QWidget(self)
        self._empty_words = EmptyState(
            "tags",
            "No codes yet",
            "A code is a label put on what people said, to find it again and to count it. The method brings a codebook "
            "to start with: procedures, tools, challenges, next steps, context and factors.",
            "Start from the method",
            "Ctrl+Shift+N",
            page,
        )
        self._start = self._empty_words.button
        new = TextButton("New code", "quiet", "plus", parent=page)
        new.clicked.connect(lambda _checked=False: self._begin())
        bring = TextButton("Import a codebook\u2026", "quiet", "upload", "Ctrl+O", page)
        bring.clicked.connect(lambda _checked=False: self.files.import_codebook())
        self._beginning = (self._start, new, bring)
        self._empty_words.add_beside(new, bring)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._empty_words)
        return page

    def _begin(self) -> None:
        """Make a new code, the first one too."""
        self._stack.setCurrentWidget(self._work)
        self.tree.begin_new()

    def _connect(self) -> None:
        tree, passages, deeds = self.tree, self.middle.passages, self.deeds
        tree.chosen.connect(self._chose)
        tree.filter.textChanged.connect(lambda _text: self._narrow())
        tree.renamed.connect(deeds.rename)
        tree.made.connect(deeds.make)
        tree.moved.connect(deeds.move)
        tree.merge_asked.connect(lambda keys, into: deeds.ask_merge(keys, into, self._names))
        tree.delete_asked.connect(deeds.ask_delete)
        tree.split_asked.connect(self._split)
        tree.pinned.connect(self._pin)
        deeds.made.connect(self._choose)
        passages.below_changed.connect(lambda _below: self._show_tree())
        passages.terms_changed.connect(lambda: tree.select([]))
        passages.take_off_asked.connect(lambda: deeds.take_off(self._chosen_passages(), passages.codes))
        passages.put_asked.connect(lambda: deeds.put(self._chosen_passages(), self._names))
        passages.recode_asked.connect(lambda: deeds.recode(self._chosen_passages(), passages.codes, self._names))
        passages.split_asked.connect(self._split_here)
        self.middle.opened.connect(self._open)
        self.middle.go.connect(self.go)
        self.middle.export.clicked.connect(lambda _checked=False: self._export(".xlsx"))
        self.panel.changed.connect(self._change)
        self._empty_words.asked.connect(deeds.start)

    def _add_keys(self) -> None:
        self.middle.bar.add_keys(self)
        for place, (name, text) in enumerate(ACTIONS.items(), 1):
            self._key(text, f"Alt+{place}", partial(self._show_part, name))
            self.middle.bar.button(name).setToolTip(with_key(text, f"Alt+{place}"))
        self._key("Go to the codes", "Ctrl+Shift+L", self.tree.view.setFocus)
        self._key("Go to what was found", "Ctrl+Return", self.middle.focus_part)
        self._key("What the code means", "Ctrl+D", self._into_panel)
        self._key("Export what is shown as XLSX\u2026", "Ctrl+S", partial(self._export, ".xlsx"))
        self._key("Export what is shown as CSV\u2026", "Ctrl+Alt+C", partial(self._export, ".csv"))
        self._fill_menu()
        bind_key(self.tree, "Filter codes", "/", self.tree.filter.setFocus, within=True)

    def _fill_menu(self) -> None:
        """Put what is done with the codebook as a whole into the menu, and among the commands."""
        files, projects = self.files, self.projects
        taking_in: list[_Command] = [
            ("Start the codebook from the method", "Ctrl+Shift+N", self.deeds.start),
            ("Import a codebook (QDC, CSV)\u2026", "Ctrl+O", files.import_codebook),
            ("Import a REFI-QDA project\u2026", "Ctrl+Shift+O", projects.bring_in),
        ]
        giving_out: list[_Command] = [
            ("Export the codebook as QDC\u2026", "", partial(files.export_codebook, ".qdc")),
            ("Export the codebook as CSV\u2026", "", partial(files.export_codebook, ".csv")),
            ("Export as a REFI-QDA project\u2026", "Ctrl+Shift+X", projects.export),
        ]
        self._taking_in = [self._key(*each) for each in taking_in]
        self.tree.menu.addActions(self._taking_in)
        self.tree.menu.addSeparator()
        self.tree.menu.addActions([self._key(*each) for each in giving_out])

    def _export(self, ending: str) -> None:
        name = f"{self.desk.study.path.stem}-{self.middle.shown}"
        tables = self.middle.tables()
        if tables is None:
            self.bar.tell("There is nothing to export here yet.")
        else:
            self.files.export_tables(tables, name, ending)

    def _into_panel(self) -> None:
        self.panel_asked.emit()
        self.panel.form.editor("definition").setFocus()

    def _key(self, text: str, key: str, then: Callable[[], object]) -> QAction:
        return bind_key(self, text, [key] if key else [], then, within=bool(key))
