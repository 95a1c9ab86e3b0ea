"""The Interviews page: sources at the left, the notes of one in the middle, what rests on them beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QSplitter, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions.keys import new_source_key
from app.actions.session import finish
from app.actions.sources import change_head
from app.actions.things import add, remove
from app.analysis.citations import Citations
from app.analysis.guide import guide_for_next
from app.model.source import Attendance, FollowUpState, Part, Source, SourceKind, SourceStatus
from ui import settings
from ui.capture.mode import Capture
from ui.desk import same_tables
from ui.interviews.header import SourceHeader
from ui.interviews.listing import KIND_NAMES, first_key, items
from ui.interviews.panel import BesidePanel
from ui.interviews.passages import Passages
from ui.interviews.people import add_person
from ui.interviews.source_list import SourceList
from ui.interviews.whose import WhoseBar, choices, sides
from ui.notebook.notebook import Notebook
from ui.page import Page
from ui.widgets import EmptyState, Rule
from ui.widgets.actions import bind_key
from ui.widgets.focus import hand_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from app.actions.elsewhere import Deed
    from app.actions.unit import Changes
    from app.model.document import StudyDocument
    from ui.desk import Desk
    from ui.follow_ups import FollowUpsView
    from ui.reconcile import ReconcileView

_LIST, _PANE = 244, 300
_IDLE = 1_500  # ms after the last keystroke, when lists beside the notes follow
_TYPED = frozenset({"sources", "passages", "follow_ups", "versions", "codings"})  # what typing notes can touch
_ITEMS = frozenset({"rounds", "cases", "participants", "sources"})  # what the list of sources is made of
_LISTED = _ITEMS | {"follow_ups"}  # and with the count under it


class InterviewsPage(Page):
    """Lists, creates and removes sources, and writes their notes."""

    name = "interviews"
    title = "Interviews"
    icon = "messages-square"
    shows = frozenset(
        {"study", "rounds", "cases", "assessors", "participants", "guides", "sources", "passages", "codes", "codings"}
        | {"double_codings", "ballots", "versions", "shorthands", "follow_ups"}
        | {"answers", "findings", "challenges", "factors", "influences"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = SourceList(self)
        self.header = SourceHeader(self)
        self.notebook = Notebook(desk, self)
        self.beside = BesidePanel(desk, self)
        self.beside.setWindowTitle("Beside the notes")
        self.beside.hide()
        self.capture = Capture(desk, self.notebook, self)
        self.whose = WhoseBar(self)
        self.passages = Passages(desk, self.notebook, self.beside, self)
        self._current = ""
        self._listed: tuple[StudyDocument, str] | None = None  # what the list was made from
        self._beside: ReconcileView | None = None
        self._follow_ups: FollowUpsView | None = None
        self._catching_up = QTimer(self, singleShot=True, interval=_IDLE)
        self._catching_up.timeout.connect(self._catch_up)
        self._empty = self._make_empty()
        self._list_width = _LIST  # as it was before capture mode
        self._lay_out()
        self._connect()
        self._add_actions()
        hand_on(self, self.list.view)

    # Showing

    @property
    def source(self) -> Source | None:
        """The source shown, as the study holds it."""
        return next((each for each in self.desk.document.sources if each.key == self._current), None)

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the study as it stands; lists beside the notes follow a little later while these are typed."""
        document = self.desk.document
        if changes is not None and self.notebook.keeper.writing and changes.tables <= _TYPED:
            self._follow_typing(changes)
            return
        if changes is None or changes.tables & _LISTED:
            self._show_list()
        if self.source is None:
            self._current = first_key(items(document))
        self._stack.setCurrentWidget(self._work if document.sources else self._empty)
        self._show_source(changes)
        self._new.setEnabled(not self.desk.read_only)

    def show_thing(self, key: str) -> None:
        """Bring a source, a line of its notes or a passage into view; or a follow-up, by "follow-ups/" and its key."""
        part, _, follow_up = key.partition("/")
        if part == "follow-ups" and follow_up:
            self._show_follow_up(follow_up)
            return
        document = self.desk.seen
        passage = next((each for each in document.passages if each.key == key), None)
        owner = (
            passage.source
            if passage
            else next(
                (each.key for each in document.sources if key == each.key or any(e.key == key for e in each.entries)),
                "",
            )
        )
        if not owner:
            return
        self.list.filter.clear()
        self._choose(owner)
        self._show_notes()
        if key != owner:
            self.notebook.show_author("")
            self.notebook.editor.setFocus()
        if passage:
            self.passages.show_passage(key)
        elif key != owner:
            self.notebook.show_entry(key)

    def shown_thing(self) -> str:
        """Key of the source shown."""
        return self._current

    def context_panel(self) -> QWidget | None:
        """What rests on the passages, what is still to ask, and the guide; none before there is an interview."""
        return self.beside if self._stack.currentWidget() is self._work else None

    def leave(self) -> None:
        """Write down what is still only on screen."""
        self.header.commit()
        self.capture.settle()
        if self._beside is not None:
            self._beside.leave()
        if self._follow_ups is not None:
            self._follow_ups.commit()
        self.beside.card.commit()
        self.notebook.leave()

    def setting_changed(self, key: str) -> None:
        """Show notes in the size the settings say."""
        if key == settings.NOTES_ZOOM.key:
            self.notebook.editor.set_zoom(settings.NOTES_ZOOM.read())

    def unsaved(self) -> list[Deed]:
        """Give what is typed and not yet written."""
        return self.notebook.keeper.unsaved()

    def give_window_back(self) -> None:
        """Leave capture mode."""
        self.capture.set_on(False)

    def _follow_typing(self, changes: Changes) -> None:
        source = self.source
        if source is not None:
            self.notebook.refresh(source, changes)
            self.capture.show_source(source, soon=True)
            self._catching_up.start()

    def _catch_up(self) -> None:
        """Bring what stands beside the notes up to date, now that nobody types."""
        self._show_list()
        self._show_source()

    def _show_list(self) -> None:
        document, wanted, made = self.desk.document, self.list.filter.text(), self._listed
        if made is None or made[1] != wanted or not same_tables(made[0], document, _ITEMS):
            self._listed = (document, wanted)
            self.list.show_items(items(document, wanted), read_only=self.desk.read_only)
        self.list.show_follow_ups(sum(each.state is FollowUpState.OPEN for each in document.follow_ups))
        self.list.set_current(self._current)

    def _show_source(self, changes: Changes | None = None) -> None:
        source, document = self.source, self.desk.document
        if source is None:
            return
        self.list.set_current(source.key)
        self.notebook.refresh(source, changes)
        citation = Citations(document).source(source.key)
        self.header.show_source(document, source, citation, read_only=self.desk.read_only)
        self.beside.show_source(source, read_only=self.desk.read_only)
        self.whose.show_source(document, source, self.desk.study.who, self.notebook.author)
        self.capture.show_source(source)
        if self._beside is not None and self._middle.currentWidget() is self._beside:
            self._beside.refresh()
        if self._follow_ups is not None and self._middle.currentWidget() is self._follow_ups:
            self._follow_ups.refresh()

    def _choose(self, key: str) -> None:
        if key != self._current:
            self.leave()
            self._current = key
            self._show_notes()
            self._show_source()

    def _show_notes(self) -> None:
        if self._middle.currentWidget() is self.notebook:
            return
        self._show_middle(self.notebook)
        self.notebook.editor.setFocus()
        if self.source is not None:
            self.whose.show_source(self.desk.document, self.source, self.desk.study.who, self.notebook.author)

    def _show_author(self, author: str) -> None:
        self.notebook.show_author(author)
        self._show_notes()
        self._show_source()
        self.notebook.editor.setFocus()

    def _next_author(self) -> None:
        """Show the notes of the next one who took any, or may."""
        source = self.source
        if source is not None:
            authors = [key for key, _words in choices(self.desk.document, source, self.desk.study.who)]
            at = authors.index(self.notebook.author) if self.notebook.author in authors else -1
            self._show_author(authors[(at + 1) % len(authors)])

    def _reconcile(self) -> None:
        """Set two note-takers' notes side by side."""
        self.notebook.leave()
        source = self.source
        both = sides(source) if source is not None else None
        if source is None or both is None:
            self.desk.told.emit("One person took notes here: a second one's stand beside them under “My own notes”.")
            return
        if self._beside is None:
            from ui.reconcile import ReconcileView

            self._beside = ReconcileView(self.desk, self)
            self._beside.closed.connect(self._show_notes)
            self._beside.line_chosen.connect(self._show_line)
            self._middle.addWidget(self._beside)
        self._beside.show_notes(source.key, *both)
        self._show_middle(self._beside)

    def _show_follow_ups(self) -> None:
        """List the follow-ups of the whole study, or go back to the notes."""
        view = self._all_follow_ups()
        if self._middle.currentWidget() is view:
            self._show_notes()
            return
        self.leave()
        view.refresh()
        self._show_middle(view)

    def _show_follow_up(self, key: str) -> None:
        """Make one the current of all follow-ups."""
        view = self._all_follow_ups()
        if self._middle.currentWidget() is not view:
            self._show_follow_ups()
        view.show_follow_up(key)

    def _all_follow_ups(self) -> FollowUpsView:
        if self._follow_ups is None:
            from ui.follow_ups import FollowUpsView

            self._follow_ups = FollowUpsView(self.desk, self)
            self._follow_ups.closed.connect(self._show_notes)
            self._follow_ups.entry_chosen.connect(self.show_thing)
            self._middle.addWidget(self._follow_ups)
        return self._follow_ups

    def _show_middle(self, widget: QWidget) -> None:
        """Show something else in the place of the notes; what stands above them goes with them."""
        self._middle.setCurrentWidget(widget)
        of_notes = widget is not self._follow_ups
        for part in (self.header, self._rule):
            part.setVisible(of_notes and not self.capture.on)
        self.list.follow_ups.setChecked(not of_notes)
        if not of_notes:
            self.whose.hide()
        widget.setFocus()

    def _show_line(self, entry: str) -> None:
        self._show_notes()
        self.notebook.show_author("")
        self.notebook.show_entry(entry)
        self.notebook.editor.setFocus()

    # Doing

    def new_source(self, kind: str = SourceKind.INTERVIEW) -> None:
        """Make a new source in the last round, and go to its title."""
        document = self.desk.document
        if not document.rounds:
            self.desk.told.emit("An interview belongs to a round: add one on the Overview first.")
            self.go.emit("overview", "")
            return
        self.leave()
        key = new_source_key(document, SourceKind(kind))
        if self.desk.do(add, self._fresh(key, SourceKind(kind))) is not None:
            self.list.filter.clear()
            self._choose(key)
            self.header.title.setFocus()
            self.header.title.selectAll()

    def _fresh(self, key: str, kind: SourceKind) -> Source:
        document, who = self.desk.document, self.desk.study.who
        last = document.rounds[-1].key
        return Source(
            key=key,
            title=f"New {KIND_NAMES[kind].lower()}",
            kind=kind,
            round=last,
            zone=document.study.zone,
            guide=guide_for_next(document, last, kind),
            assessors=(Attendance(assessor=who, part=Part.INTERVIEWER),) if who else (),
        )

    def remove_source(self, key: str) -> None:
        """Remove a source with its notes; undo brings it back."""
        if self.desk.read_only:
            return
        self.leave()
        beside = self.list.neighbour(key)
        before, self._current = self._current, beside or self._current
        changes = self.desk.do(remove, "sources", key)
        if changes is None:
            self._current = before
        else:
            self.desk.told.emit(changes.label)
        self.refresh()

    def _edit(self, how: Callable[[Source], Source | None]) -> None:
        """Change the head of the source; its notes are written first, so that none of them is written over."""
        self.notebook.leave()
        source = self.source
        made = how(source) if source is not None else None
        if source is None or made is None:
            self.desk.told.emit("That could not be read: write times as 10:00-10:45, 10:00 or 45 min.")
            self._show_source()
        elif made == source:
            self._show_source()
        elif made.status is SourceStatus.FINISHED and source.status is not SourceStatus.FINISHED:
            if self.desk.do(finish, source.key) is None:
                self._show_source()
        else:
            self.desk.do(change_head, made)  # when it fails, what was typed stays where it was typed

    def _add_person(self, role: str) -> None:
        if key := add_person(self.desk, role):
            self.header.participants.add_picked(key)

    # Building

    def _make_empty(self) -> EmptyState:
        words = "Every conversation, meeting or document of the study, with the notes taken in it, line by line."
        empty = EmptyState("messages-square", "No interviews yet", words, "New interview", "Ctrl+N", self)
        empty.asked.connect(self.new_source)
        empty.button.setVisible(not self.desk.read_only)
        return empty

    def _lay_out(self) -> None:
        middle = QFrame(self)
        middle.setProperty("look", "surface")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._middle = QStackedWidget(middle)
        self._middle.addWidget(self.notebook)
        self._rule = Rule(middle)
        column.addWidget(self.header)
        column.addWidget(self._rule)
        column.addWidget(self.whose)
        column.addWidget(self._middle, 1)
        self._work = QSplitter(Qt.Orientation.Horizontal, self)
        for place, part in enumerate((self.list, self.capture.guide, middle, self.capture.asking)):
            self._work.addWidget(part)
            self._work.setStretchFactor(place, int(part is middle))
        self._work.setChildrenCollapsible(False)
        self._work.setHandleWidth(1)
        self._work.setSizes([_LIST, _PANE, 1000, _PANE])
        self.list.setMinimumWidth(168)
        middle.setMinimumWidth(470)
        whole = QWidget(self)
        self._stack = QStackedLayout(whole)
        self._stack.addWidget(self._work)
        self._stack.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.capture.bar)
        outer.addWidget(whole, 1)

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _key: self.notebook.editor.setFocus())
        self.list.new_asked.connect(self.new_source)
        self.list.remove_asked.connect(self.remove_source)
        self.list.filtered.connect(lambda _text: self._show_list())
        self.header.edited.connect(self._edit)
        self.header.person_added.connect(self._add_person)
        self.header.write_asked.connect(self.notebook.editor.setFocus)
        self.beside.entry_chosen.connect(self._show_line)
        self.beside.card.go.connect(self._go)
        self.beside.guide_asked.connect(self._ask_guide)
        self.passages.panel_asked.connect(self.panel_asked)
        self.notebook.state.connect(self.keeping)
        self.beside.history.line_chosen.connect(self._show_line)
        self.list.follow_ups_asked.connect(self._show_follow_ups)
        self.whose.chosen.connect(self._show_author)
        self.whose.reconcile_asked.connect(self._reconcile)
        self.capture.toggled.connect(self._toggle_capture)
        self.capture.lock_asked.connect(self.lock_asked)

    def _add_actions(self) -> None:
        self._new = self._action("New interview", "Ctrl+N", self.new_source)
        self._action("Filter interviews", "/", self._filter, within=self.list)
        self._action("Write notes", "Ctrl+Return", self.notebook.editor.setFocus)
        self._action("Go to the list of interviews", "Ctrl+Shift+L", self.list.view.setFocus)
        self._action("Go to the codes beside the notes", "Ctrl+Shift+K", self._go_to_codes)
        self._action("Follow-ups of the study", "Ctrl+Shift+T", self._show_follow_ups)
        self._action("Capture mode: the window for the notes alone", "F11", self._capture)
        self._action("Notes of the next note-taker", "Ctrl+Shift+M", self._next_author)
        self._action("Set two note-takers' notes side by side", "Ctrl+Shift+B", self._reconcile)
        self._action("Read-back sheets of the interview", "Ctrl+Shift+Y", self._read_back)

    def _capture(self) -> None:
        """Go into capture mode, or out of it."""
        if self.source is None:
            self.new_source()
        self._show_notes()
        self.capture.set_on(not self.capture.on)

    def _toggle_capture(self, on: bool) -> None:  # noqa: FBT001 - a signal's
        if on:
            self._list_width = self.list.width()
        for part in (self.list, self.header, self._rule):
            part.setVisible(not on)
        self.notebook.coder.set_capturing(on)
        self.whole_window.emit(on)
        if on:
            self._work.setSizes([0, _PANE, max(self.width() - 2 * _PANE, 470), _PANE])
        else:
            self._work.setSizes([self._list_width, 0, max(self._work.width() - self._list_width, 470), 0])

    def _go(self, page: str, key: str) -> None:
        """Lead to what rests on a passage; a question still to ask is on this page."""
        if page == self.name:
            self.show_thing(key)
        else:
            self.go.emit(page, key)

    def _ask_guide(self) -> None:
        """Go where a guide is chosen, or made."""
        if not self.header.ask_guide():
            self.go.emit("overview", "guides")

    def _read_back(self) -> None:
        if self.source is not None:
            self.go.emit("review", f"read-back:{self.source.key}")

    def _go_to_codes(self) -> None:
        self.panel_asked.emit()
        self.beside.show_tab("codes")
        self.beside.codes.view.setFocus()

    def _filter(self) -> None:
        self.list.filter.setFocus()
        self.list.filter.selectAll()

    def _action(self, text: str, key: str, then: Callable[[], object], within: QWidget | None = None) -> QAction:
        action = bind_key(within or self, text, key, then, within=True)
        if within is None:
            self.beside.addAction(action)  # which is in the panel of the window, not on the page
        return action
