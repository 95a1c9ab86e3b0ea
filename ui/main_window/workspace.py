"""The workspace of an open study: rail, top bar, messages, the page, and the panel beside it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.store.errors import Damaged, NotWritten
from ui import settings
from ui.collecting import put_aside, take_back
from ui.desk import Desk
from ui.main_window.commands import Command, commands_of
from ui.main_window.news import News
from ui.main_window.pages import PAGES, make_page
from ui.main_window.rail import Rail
from ui.main_window.sides import Sides
from ui.main_window.top_bar import TopBar
from ui.main_window.trouble import Trouble
from ui.widgets.actions import bind_in_window
from ui.widgets.messages import Bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.actions.open_study import OpenStudy
    from app.actions.unit import Changes
    from app.model.setting import Assessor
    from app.search.jump import Target
    from ui.find.overlay import FindOverlay
    from ui.main_window.overlay import Overlay
    from ui.page import Page

NARROW_BELOW = 1100
_SETTLED = 700  # ms after a page was built, when it has shown what it shows
_KEYED = 9  # assessors that have a key of their own
_ENTRIES = {entry.name: entry for entry in PAGES}


class Workspace(QWidget):
    """An open study, page by page; a page is built when it is first shown, and refreshed only for what it shows."""

    lock_asked = Signal()
    close_asked = Signal()
    moved = Signal(object)  # the OpenStudy, in another file, to go on with
    capturing = Signal(bool)  # a page has the window to itself, or has given it back
    setting_changed = Signal(str)  # the key of what was changed in the settings, and is kept by now

    def __init__(self, study: OpenStudy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = Desk(study, self)
        self.rail = Rail(self)
        self.top = TopBar(self)
        self.reading = Bar(self)
        self.trouble = Trouble(self)
        self.news = News(self)
        self._news_undoes = False
        self.stack = QStackedWidget(self)
        self.splitter = Sides(self.stack, self)
        self.panel = self.splitter.panel
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._failures = 0
        self._whole = False
        self._people: list[QAction] = []
        self._palette: Overlay | None = None
        self._finding: FindOverlay | None = None
        self._aside = QTimer(self, singleShot=True, interval=_SETTLED)
        self._aside.timeout.connect(put_aside)
        self._lay_out()
        self._add_actions()
        self._connect()
        self._begin()

    # Pages

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self.stack.currentWidget()
        return next((page for page in self._pages.values() if page is shown), None)

    def show_page(self, name: str, key: str = "") -> None:
        """Show a page, and on it the thing named `key`; an unknown page is the first one.

        What belongs to another rubric or round than those shown has their keys before its own: "own|r1|ml-p1/drift".
        """
        if key.count("|") == 2:
            rubric, in_round, key = key.split("|")
            self.desk.show(rubric, in_round)
        name = name if name in _ENTRIES else PAGES[0].name
        before = self.page
        if before is not None:
            self._uncover()
        if before is not None and before.name != name:
            before.leave()
            before.give_window_back()
        page = self._built(name)
        if name in self._stale:
            self._stale.discard(name)
            page.refresh()
        untouched = page.focusWidget() is None
        self.stack.setCurrentWidget(page)
        if untouched:
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # the stack gives the keyboard to what comes first on it
        self.splitter.show_page()
        self.rail.show_chosen(name)
        if key:
            page.show_thing(key)
        self._show_panel()
        inside: QWidget | None = page.focusWidget()
        (page if inside is None else inside).setFocus(Qt.FocusReason.OtherFocusReason)
        settings.PAGE.write(name)

    def leave(self) -> bool:
        """Let the page write down what is still only on screen; False where it could not."""
        failures = self._failures
        if self.page is not None:
            self.page.leave()
        return self._failures == failures

    def close_study(self) -> None:
        """Let the file go; what was on screen is written before, by `leave`."""
        settings.PANEL_WIDTH.write(self.splitter.panel_width)
        self._aside.stop()
        self.desk.study.close()
        take_back()

    def _built(self, name: str) -> Page:
        if name not in self._pages:
            page = make_page(_ENTRIES[name], self.desk)
            page.go.connect(self.show_page)
            page.panel_asked.connect(self.open_panel)
            page.panel_changed.connect(self._show_panel)
            page.whole_window.connect(self._give_window)
            page.lock_asked.connect(self.lock_asked)
            page.keeping.connect(self._keeping)
            self._pages[name] = page
            self.stack.addWidget(page)
            page.refresh()
            self._aside.start()
        return self._pages[name]

    def _give_window(self, whole: bool) -> None:  # noqa: FBT001 - a signal's
        """Give a page the window to itself: no rail, no bar at the top, no panel; messages stay."""
        self._whole = whole
        if whole:
            self.news.hide()  # somebody may look on who it was not said to
        self.rail.setVisible(not whole)
        self.top.setVisible(not whole)
        for action in self._pages_actions:
            action.setVisible(not whole)
        self._show_panel()
        self.capturing.emit(whole)

    # What pages and people tell

    def _changed(self, changes: Changes) -> None:
        for name, page in self._pages.items():
            if page.shows and not page.shows & changes.tables:
                continue
            if page is self.page:
                panel = page.context_panel()
                page.refresh(changes)
                if page.context_panel() is not panel:
                    self._show_panel()
            else:
                self._stale.add(name)
        if changes.tables & {"study", "assessors"}:
            self._choose_only_assessor()
            self._show_study()

    def _saved(self) -> None:
        self.top.saved.saved(datetime.now().astimezone())
        self.trouble.saved()
        self._show_undo()
        if self._news_undoes and self.news.text != self.desk.study.undo_label:
            self.news.hide()  # its button would take back something else

    def _keeping(self, state: str) -> None:
        if state == "waiting":
            self.top.saved.saving()
        elif state == "saved" and not self.desk.read_only:
            self.top.saved.saved(datetime.now().astimezone())

    def _failed(self, sentence: str) -> None:
        self._failures += 1
        if not self.desk.read_only:
            self.top.saved.not_saved()
        kept = self.page is not None and bool(self.page.unsaved())
        self.trouble.refused(sentence, cannot_write=isinstance(self.desk.problem, (NotWritten, Damaged)), kept=kept)

    def _told(self, sentence: str) -> None:
        self._news_undoes = can_undo = sentence == self.desk.study.undo_label
        self.news.tell(sentence, "info", "Undo" if can_undo else "", self._take_back if can_undo else None)

    def _show_study(self) -> None:
        document = self.desk.document
        self.top.title.setText(document.study.title)
        self.top.show_people(document.assessors, self.desk.study.who)
        self._offer_people(document.assessors)

    def _offer_people(self, people: Sequence[Assessor]) -> None:
        """Let each assessor say by key, or in the palette, that it is they who work."""
        wanted = [(person.key, f"Work as {person.name}") for person in people]
        if wanted == [(action.data(), action.text()) for action in self._people]:
            return
        for action in self._people:
            self.removeAction(action)
            action.deleteLater()
        self._people = []
        for place, (person, words) in enumerate(wanted, 1):
            action = bind_in_window(
                self, words, f"Ctrl+Alt+{place}" if place <= _KEYED else "", partial(self._work_as, person)
            )
            action.setData(person)
            self._people.append(action)

    def _show_undo(self) -> None:
        study = self.desk.study
        undo, redo = ("", "") if self.desk.read_only else (study.undo_label, study.redo_label)
        self.top.show_undo(undo, redo)
        self._undo.setEnabled(bool(undo))
        self._redo.setEnabled(bool(redo))

    def _work_as(self, assessor: str) -> None:
        self.leave()
        self.desk.study.work_as(assessor)
        self._show_study()
        self._show_undo()
        for name, page in self._pages.items():
            if page is self.page:
                page.refresh()
            else:
                self._stale.add(name)

    def _choose_only_assessor(self) -> None:
        """Where there is one assessor, that is who works; among several it must be said."""
        study = self.desk.study
        known = [assessor.key for assessor in study.document.assessors]
        if not study.read_only and study.who not in known:
            study.work_as(known[0] if len(known) == 1 else "")

    def _take_back(self) -> None:
        self.leave()
        self.desk.undo()

    def _do_again(self) -> None:
        self.leave()
        self.desk.redo()

    # The panel

    def toggle_panel(self) -> None:
        """Open or close the panel at the right."""
        self.splitter.toggle()

    def open_panel(self) -> None:
        """Open the panel at the right, if it is closed."""
        if not self.splitter.panel_open:
            self.toggle_panel()

    def _show_panel(self) -> None:
        content = self.page.context_panel() if self.page is not None else None
        self.panel.set_content(content)
        if content is not None:
            self.panel.set_title(content.windowTitle() or content.accessibleName())
        self.top.panel.setEnabled(content is not None)
        self.splitter.show_panel(content is not None and not self._whole)

    # Commands

    def commands(self) -> list[Command]:
        """List what can be done just now: on the page, then anywhere."""
        page = self.page
        here = list(commands_of(page.title, page)) if page is not None else []
        panel = page.context_panel() if page is not None else None
        known = {command.action for command in here}
        found = commands_of(page.title, panel) if page is not None and panel is not None else ()
        beside = [command for command in found if command.action not in known]
        own = [Command("Everywhere", action.text(), _key(action), action) for action in self.actions()]
        return here + beside + own

    def _show_commands(self) -> None:
        from ui.main_window.palette import CommandPalette
        from ui.main_window.setting_commands import setting_commands

        palette = CommandPalette(self, self._targets)
        palette.chosen.connect(self.show_page)
        self._replace_overlay(palette)
        palette.ask(self.commands(), setting_commands(palette, self._show_settings))

    def _targets(self) -> list[Target]:
        """List everything in the study that can be gone to by name; pages have commands of their own."""
        from app.search.jump import Target, targets
        from ui.overview.page import FACETS

        parts = [Target("overview", name, title, "Overview") for name, title in FACETS]
        pages = [(entry.name, entry.title) for entry in PAGES]
        case = str(getattr(self.page, "case", None) or "")
        return parts + [target for target in targets(self.desk.seen, pages, case) if target.key]

    def _find_in_study(self) -> None:
        """Look for words in the whole study; what is still being typed is among it."""
        from ui.find.overlay import FindOverlay

        self.leave()
        if self._finding is None:
            self._finding = FindOverlay(self.desk, self)
            self._finding.chosen.connect(self.show_page)
        if not self._finding.isVisible():
            self._uncover()
        self._finding.ask()

    def _show_keys(self) -> None:
        from ui.main_window.key_help import KeyHelp

        help_ = KeyHelp(self)
        self._replace_overlay(help_)
        help_.tell(self.commands())

    def _replace_overlay(self, overlay: Overlay) -> None:
        self._uncover()
        if self._palette is not None:
            self._palette.deleteLater()
        self._palette = overlay

    def _uncover(self) -> None:
        """Close what is laid over the window, a page's own too; what had the keyboard before gets it back."""
        from ui.main_window.overlay import overlay_in_use

        for overlay in (self._palette, self._finding, overlay_in_use()):
            if overlay is not None and overlay.isVisible():
                overlay.close_up()

    # The file as a whole

    def _save_copy(self) -> None:
        from ui.main_window.file_actions import save_copy, told

        if self.leave():
            told(lambda: save_copy(self.desk.study, self), self._told, self._failed)

    def _save_elsewhere(self) -> None:
        """Go on in another file; what could not be written here goes along."""
        from ui.main_window.elsewhere import SaveElsewhere

        asking = SaveElsewhere(self.desk.study, self.page.unsaved() if self.page is not None else [], self)
        asking.moved.connect(self.moved)
        self._replace_overlay(asking)
        asking.ask()

    def _export(self) -> None:
        from ui.main_window.file_actions import export_json, told

        if self.leave():
            told(lambda: export_json(self.desk.study, self), self._told, self._failed)

    def _change_passphrase(self) -> None:
        from ui.main_window.change_passphrase import ChangePassphrase

        asking = ChangePassphrase(self.desk.study, self)
        asking.changed.connect(self._told)
        self._replace_overlay(asking)
        asking.ask()

    # Paper

    def _print_interview_sheet(self) -> None:
        from ui.paper import print_interview_sheet

        if self.leave():
            print_interview_sheet(self.desk, self, getattr(getattr(self.page, "source", None), "key", None))

    def _print_rubric_sheet(self) -> None:
        from ui.paper import print_rubric_sheet

        if self.leave():
            print_rubric_sheet(self.desk, self, getattr(self.page, "case", None))

    # Settings

    def _show_settings(self, key: str = "") -> None:
        from ui.main_window.settings_overlay import SettingsOverlay

        asking = SettingsOverlay(self)
        asking.changed.connect(self._setting_changed)
        self._replace_overlay(asking)
        asking.ask(key)

    def _show_about(self) -> None:
        from ui.main_window.about_overlay import AboutOverlay

        about = AboutOverlay(self)
        self._replace_overlay(about)
        about.tell()

    def _setting_changed(self, key: str) -> None:
        settings.apply(key)
        for page in self._pages.values():
            page.setting_changed(key)
        self.setting_changed.emit(key)

    def _add_actions(self) -> None:
        self._pages_actions = [
            bind_in_window(self, f"Go to {entry.title}", f"Ctrl+{place}", partial(self.show_page, entry.name))
            for place, entry in enumerate(PAGES, 1)
        ]
        self._undo = bind_in_window(self, "Undo", "Ctrl+Z", self._take_back)
        self._redo = bind_in_window(self, "Do again", "Ctrl+Shift+Z", self._do_again)
        self.locking = bind_in_window(self, "Lock", "Ctrl+L", self.lock_asked.emit)
        self.locking.setShortcuts([QKeySequence("Ctrl+L"), QKeySequence("F12")])
        self.locking.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)  # while a menu is open, too
        bind_in_window(self, "Open or close the panel at the right", "F9", self.toggle_panel)
        bind_in_window(self, "Find in the study…", "Ctrl+Shift+F", self._find_in_study)
        bind_in_window(self, "Commands", "Ctrl+K", self._show_commands)
        bind_in_window(self, "Keys", "F1", self._show_keys)
        bind_in_window(self, "Print an interview sheet…", "Ctrl+Shift+I", self._print_interview_sheet)
        bind_in_window(self, "Print a rubric sheet…", "Ctrl+Shift+U", self._print_rubric_sheet)
        for text, key, then in (
            ("Save a copy…", "Ctrl+Shift+S", self._save_copy),
            ("Save the study elsewhere…", "Ctrl+Alt+S", self._save_elsewhere),
            ("Export as study JSON…", "Ctrl+Shift+E", self._export),
            ("Change the passphrase…", "Ctrl+Shift+P", self._change_passphrase),
            ("Settings…", "Ctrl+,", self._show_settings),
            ("About Fieldquill…", "Shift+F1", self._show_about),
            ("Close the study", "Ctrl+W", self.close_asked.emit),
        ):
            self.top.menu.addAction(bind_in_window(self, text, key, then))

    # Making it

    def _connect(self) -> None:
        self.desk.changed.connect(self._changed)
        self.desk.saved.connect(self._saved)
        self.desk.failed.connect(self._failed)
        self.desk.told.connect(self._told)
        self.trouble.elsewhere_asked.connect(self._save_elsewhere)
        self.rail.chosen.connect(self.show_page)
        self.rail.commands_asked.connect(self._show_commands)
        self.rail.keys_asked.connect(self._show_keys)
        self.top.undo.clicked.connect(self._take_back)
        self.top.redo.clicked.connect(self._do_again)
        self.top.lock.clicked.connect(self.lock_asked)
        self.top.panel.clicked.connect(self.toggle_panel)
        self.panel.closed.connect(self.toggle_panel)
        self.top.person_chosen.connect(self._work_as)
        self.top.assessor_asked.connect(lambda: self.show_page("overview", "assessors"))
        self.top.theme_chosen.connect(settings.choose_theme)

    def _begin(self) -> None:
        study = self.desk.study
        self._choose_only_assessor()
        self._show_study()
        self._show_undo()
        if study.read_only:
            self.top.saved.reading()
            name = study.path.name
            self.reading.tell(study.held_by or f"{name} is open for reading only; nothing can be changed.", "warning")

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        for part in (self.top, self.reading, self.trouble):
            column.addWidget(part)
        column.addWidget(self.splitter, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.news.raise_()  # over these, and under what is laid over the window

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of the rail out where the window is narrow."""
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < NARROW_BELOW)


def _key(action: QAction) -> str:
    return ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
