"""The panel of the leak check: what it stopped at, where that stands, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.actions.disclosure import add_spelling, allow, cut, disallow, pseudonymise
from app.model.disclosure import NameKind
from ui.notebook.cards import CardView
from ui.report.leaks import ALLOW, CUT, DISALLOW, NAME, REPLACE, SPELLING, Hit, cards, open_hits, to_settle
from ui.report.names_tab import KINDS
from ui.theme import SMALL, SPACE, TITLE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import TextButton
from ui.widgets.fields import ChoiceField, LineField, TextField
from ui.widgets.focus import on_escape
from ui.widgets.messages import EmptyState
from ui.widgets.text import Rule, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.desk import Desk
    from ui.report.setup import Setup

_CLEAN: Final = (
    "No name that stays inside stands in what would be printed, and nobody's address or number. "
    "The names to look for are those of the tab Names."
)
_WAITING: Final = "Every word that would be printed is looked through as soon as the report is made."


class FixForm(QFrame):
    """Asks in place what to print instead of words, or why they may stand. Escape lets it be."""

    replaced = Signal(str, object)  # what is printed instead, of which kind it is
    allowed = Signal(str)  # the reason
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_escape(self, self.left.emit)
        self.setProperty("look", "sunken")
        self.title = TextLabel("", weight="semibold", wrap=True, parent=self)
        self.instead = LineField("What is printed instead", "Such as Site A; nothing cuts it out", parent=self)
        self.kind = ChoiceField("What it is the name of", KINDS, self)
        self.reason = TextField("Why it may be printed", "Why it may be printed", lines=2, most=5, parent=self)
        self.done = TextButton("", "primary", key="Ctrl+Return", parent=self)
        self.cancel = TextButton("Leave it", "quiet", key="Esc", parent=self)
        for field in (self.instead, self.kind, self.reason):
            field.setProperty("look", "")
        self._lay_out()
        self.done.clicked.connect(self._give)
        self.cancel.clicked.connect(self.left)
        self.instead.returnPressed.connect(self._give)
        bind_key(self, "Settle the leak", "Ctrl+Return", self._give, within=True)
        self.hide()

    def ask_instead(self, hit: Hit, kind: NameKind) -> None:
        """Ask what to print instead; `kind` is what kind of name they seem to be."""
        self._begin(f"Instead of “{hit.text}” print", "Replace", allowing=False)
        self.kind.set_value(kind)
        self.instead.set_value("")
        self.instead.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_reason(self, hit: Hit) -> None:
        """Ask why the words may be printed."""
        self._begin(f"Let “{hit.text}” stand", "Allow", allowing=True)
        self.reason.set_value("")
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, title: str, verb: str, *, allowing: bool) -> None:
        self.title.setText(title)
        self.done.setText(verb)
        self.reason.setVisible(allowing)
        self.instead.setVisible(not allowing)
        self.kind.setVisible(not allowing)
        self.show()

    def _give(self) -> None:
        if self.reason.isVisibleTo(self):
            self.allowed.emit(str(self.reason.value()))
        else:
            self.replaced.emit(str(self.instead.value()), self.kind.value())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.done)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        column.setSpacing(SPACE[1])
        for part in (self.title, self.instead, self.kind, self.reason):
            column.addWidget(part)
        column.addLayout(row)


class LeaksPanel(QWidget):
    """Lists hits as cards; R replaces, X cuts, A allows, Del takes an allowance back, Enter goes to the next place."""

    place_asked = Signal(str, int)  # key of the hit, page from 1 (0 for none)
    name_asked = Signal(str)  # key of a name to show

    def __init__(self, desk: Desk, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._setup = desk, setup
        self._hits: dict[str, Hit] = {}
        self._at: dict[str, int] = {}
        self.setWindowTitle("Leak check")
        self.setAccessibleName("Leak check")
        self.title = TextLabel("", TITLE, "semibold", wrap=True, parent=self)
        self.note = TextLabel("", SMALL, ink="muted", wrap=True, parent=self)
        self.list = CardView("Leaks", self)
        self.fix = FixForm(self)
        self.empty = EmptyState("shield-check", "No leaks", _CLEAN, "Go to the names", parent=self)
        self._waiting = EmptyState("circle-help", "Not checked yet", _WAITING, parent=self)
        self._lay_out()
        self._connect()

    def show_hits(self, found: Sequence[Hit], *, checked: bool) -> None:
        """Show what was found, if it was ever looked for; the current hit stays current, or its neighbour is."""
        self._hits = {hit.key: hit for hit in found}
        self._say()
        self.list.show_listed(cards(found, writable=not self._desk.read_only, listed=self._listed()))
        if not found:
            self.fix.hide()
        self._stack.setCurrentWidget(self._full if found else self.empty if checked else self._waiting)

    def show_checking(self, *, checking: bool) -> None:
        """Say that the report is being checked anew."""
        self._checking = checking
        self._say()

    @property
    def hit(self) -> Hit | None:
        """The current one."""
        return self._hits.get(self.list.current_key())

    def point_at(self, key: str) -> None:
        """Make a hit the current one."""
        self.list.set_current(key)

    def take_up(self) -> None:
        """Give the keyboard to the list."""
        if self._stack.currentWidget() is self._full:
            if not self.list.current_key() and self._hits:
                self.list.set_current(next(iter(self._hits)))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stack.currentWidget() is self.empty:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, way: int) -> None:
        """Go to the next place (1) or the one before (-1), over all open hits."""
        places = [(hit.key, page) for hit in open_hits(self._hits.values()) for page in hit.pages or (0,)]
        if not places:
            return
        here = (self.list.current_key(), self._at.get(self.list.current_key(), -1))
        at = (places.index(here) + way) % len(places) if here in places else (0 if way > 0 else -1)
        key, page = places[at]
        self._at[key] = page
        self.list.set_current(key)
        self.place_asked.emit(key, page)

    _checking = False

    def _say(self) -> None:
        count = len(open_hits(self._hits.values()))
        name = self._setup.profile.name
        self.title.setText(to_settle(count) if count else "All settled")
        stops = f"Nothing of the {name} report is written while one is open."
        warns = f"The {name} report is written all the same."
        words = "Being checked anew…" if self._checking else stops if self._setup.for_others else warns
        self.note.setText(words if count or self._checking else f"Nothing stops the {name} report.")

    def _use(self, key: str, spot: str) -> None:
        hit = self._hits.get(key)
        if hit is None:
            return
        fixes = {
            REPLACE: self._replace,
            SPELLING: self._replace,
            NAME: self._replace,
            CUT: self._cut,
            ALLOW: self._allow,
            DISALLOW: self._disallow,
        }
        if spot in fixes:
            self.list.set_current(key)
            fixes[spot]()
        else:
            self._go_on(hit)

    def _go_on(self, hit: Hit) -> None:
        """Go to the next page the current hit stands on."""
        pages = hit.pages or (0,)
        before = self._at.get(hit.key)
        page = pages[(pages.index(before) + 1) % len(pages)] if before in pages else pages[0]
        self._at[hit.key] = page
        self.place_asked.emit(hit.key, page)

    def _open_hit(self) -> Hit | None:
        hit = self.hit
        return hit if hit is not None and not hit.allowed and not self._desk.read_only else None

    def _replace(self) -> None:
        hit = self._open_hit()
        if hit is None:
            return
        if hit.text.casefold() in (listed := self._listed()):
            self.name_asked.emit(listed[hit.text.casefold()])
        elif hit.pseudonym:
            self._desk.do_and_tell(add_spelling, hit.pseudonym, hit.text)
        else:
            named = hit.leaks[0].name.casefold()
            own = named == self._desk.document.study.organisation.name.casefold()
            self.fix.ask_instead(hit, NameKind.ORGANISATION if own else hit.name_kind)

    def _listed(self) -> dict[str, str]:
        """Give the key of the name that each name and spelling of the study belongs to, folded."""
        names = self._desk.document.pseudonyms
        return {
            text.strip().casefold(): each.key for each in names for text in (each.name, *each.spellings.splitlines())
        }

    def _cut(self) -> None:
        hit = self._open_hit()
        if hit is not None and hit.text.casefold() not in self._listed():
            self._desk.do_and_tell(cut, hit.text)

    def _allow(self) -> None:
        if (hit := self._open_hit()) is not None:
            self.fix.ask_reason(hit)

    def _disallow(self) -> None:
        hit = self.hit
        if hit is not None and hit.allowed and not self._desk.read_only:
            self._desk.do_and_tell(disallow, self._setup.profile.key, self._allowance(hit))

    def _allowance(self, hit: Hit) -> str:
        """Give the words as they were allowed: the check finds them in other spellings, too."""
        folded = hit.text.casefold()
        mine = [each.text for each in self._desk.document.allowances if each.profile == self._setup.profile.key]
        return next((text for text in mine if text.casefold() == folded), hit.text)

    def _replaced(self, instead: str, kind: object) -> None:
        hit = self._open_hit()
        if hit is not None and self._desk.do_and_tell(pseudonymise, hit.text, kind, instead) is not None:  # type: ignore[arg-type]
            self._fixed()

    def _allowed(self, reason: str) -> None:
        hit, who = self._open_hit(), self._desk.study.who or None
        if hit is None:
            return
        if self._desk.do_and_tell(allow, self._setup.profile.key, hit.text, reason, who) is not None:
            self._fixed()

    def _fixed(self) -> None:
        self.fix.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _came(self, _key: str) -> None:
        if self.fix.isVisible():
            self.fix.hide()

    def _connect(self) -> None:
        self.list.used.connect(self._use)
        self.list.current.connect(self._came)
        self.list.activated.connect(lambda index: self._use(str(index.data(int(Qt.ItemDataRole.UserRole))), ""))
        self.fix.replaced.connect(self._replaced)
        self.fix.allowed.connect(self._allowed)
        self.fix.left.connect(self._fixed)
        bind_key(self.list, "Replace the leak, or take it for the name it is near to", "R", self._replace)
        bind_key(self.list, "Cut the leak out", "X", self._cut)
        bind_key(self.list, "Allow the leak, and say why", "A", self._allow)
        bind_key(self.list, "Take back what was allowed", "Del", self._disallow)

    def _lay_out(self) -> None:
        self._full = QWidget(self)
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(SPACE[3], SPACE[1], SPACE[3], SPACE[2])
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.note)
        column.addLayout(head)
        column.addWidget(Rule(self))
        column.addWidget(self.list, 1)
        column.addWidget(self.fix)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._full)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._waiting)
