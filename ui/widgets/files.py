"""Choosing a file, in our own dialog: Qt's and the systems' write the folders they were in to disk, in the clear."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.places import home, starting_places, studies_folder, typed
from ui.theme import SPACE, TITLE
from ui.widgets.actions import bind_key
from ui.widgets.buttons import IconButton, TextButton
from ui.widgets.roomy import room_on_screen
from ui.widgets.text import TextLabel
from ui.widgets.things import KEY, Row, RowModel, RowView

Aim = Literal["open", "save", "folder"]
_VERBS: dict[Aim, str] = {"open": "Open", "save": "Save", "folder": "Use this folder"}


class FileChooser(QWidget):
    """Choose a file of some kinds, by their endings: one to open, one to be made, or the folder for one.

    A path typed into the line at the top leads there; Enter in the list opens a folder or takes a file.
    """

    chosen = Signal(object)  # Path
    cancelled = Signal()

    def __init__(self, ending: str | tuple[str, ...], aim: Aim = "open", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._endings = (ending,) if isinstance(ending, str) else ending
        self._ending, self._aim = self._endings[0], aim
        self._folder = home()
        self._model = RowModel(self)
        self.path = QLineEdit(self)
        self.path.setAccessibleName("Folder, or the whole path of a file")
        self.up = IconButton("arrow-up", "The folder above", "Alt+Up", self)
        self.view = RowView("Folders and files", self)
        self.view.setModel(self._model)
        self.name = QLineEdit(self)
        self.name.setAccessibleName("File name")
        self.name.setVisible(aim == "save")
        self.problem = TextLabel("", ink="warning", wrap=True, parent=self)
        self.take = TextButton(_VERBS[aim], "primary", parent=self)
        self.cancel = TextButton("Cancel", "quiet", parent=self)
        self._lay_out()
        self._connect()

    def start(self, folder: Path | None = None, name: str = "") -> None:
        """Show a folder, by default the studies'; `name` is suggested for the file."""
        folder = folder or studies_folder()
        self.name.setText(name)
        self.show_folder(folder if folder.is_dir() else home())
        (self.name if self._aim == "save" else self.view).setFocus()
        if self._aim == "save":
            self.name.setSelection(0, len(name.removesuffix(self._ending)))

    def show_folder(self, folder: Path) -> None:
        """List a folder: folders first, then files of the kind asked for."""
        try:
            here = sorted(folder.iterdir(), key=lambda path: path.name.casefold())
        except OSError as problem:
            self.tell(f"{folder.name or folder} can't be read: {problem.strerror}.")
            return
        self._folder = folder
        self.path.setText(str(folder))
        self.problem.hide()
        folders = [path for path in here if not path.name.startswith(".") and _is_folder(path)]
        files = [path for path in here if path.suffix.lower() in self._endings and not path.name.startswith(".")]
        files = [] if self._aim == "folder" else files
        rows = [Row(str(path), path.name, icon="folder-open") for path in folders]
        rows += [Row(str(path), path.name, icon="file-lock" if self._aim == "open" else "file-text") for path in files]
        self._model.set_rows(rows)
        if rows:
            self.view.setCurrentIndex(self._model.index(len(folders) if files and self._aim == "open" else 0))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE[0])
        row.addWidget(self.path, 1)
        row.addWidget(self.up)
        places = QHBoxLayout()
        places.setSpacing(0)
        for name, folder in starting_places():
            button = TextButton(name, "link", parent=self)
            button.clicked.connect(lambda _checked=False, folder=folder: self.show_folder(folder))
            places.addWidget(button)
        places.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.name, 1)
        foot.addStretch(0 if self._aim == "save" else 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        column.addLayout(places)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        column.addWidget(self.problem)
        column.addLayout(foot)
        self.problem.hide()

    def _connect(self) -> None:
        self.path.returnPressed.connect(self._go_to_path)
        self.view.activated.connect(self._activate)
        self.view.clicked.connect(self._point_at)
        self.name.returnPressed.connect(self._take)
        self.take.clicked.connect(self._take)
        self.cancel.clicked.connect(self.cancelled)
        self.up.clicked.connect(self._go_up)
        bind_key(self.view, "The folder above", ("Alt+Up", "Backspace"), self._go_up)

    def _go_up(self) -> None:
        self.show_folder(self._folder.parent)

    def _go_to_path(self) -> None:
        path = typed(self.path.text(), self._folder)
        if path.is_dir():
            self.show_folder(path)
            self.view.setFocus()
        elif self._aim == "save" and path.parent.is_dir():
            self.show_folder(path.parent)
            self.name.setText(path.name)
            self.name.setFocus()
        else:
            self._use(path)

    def _activate(self, index: QModelIndex) -> None:
        path = Path(str(index.data(KEY)))
        if path.is_dir():
            self.show_folder(path)
        else:
            self._use(path)

    def _point_at(self, index: QModelIndex) -> None:
        path = Path(str(index.data(KEY)))
        if self._aim == "save" and not path.is_dir():
            self.name.setText(path.name)

    def _take(self) -> None:
        name = self.name.text().strip()
        if self._aim == "folder":
            self.chosen.emit(self._folder)
        elif self._aim == "save":
            if name:
                self._use(self._folder / (name if name.lower().endswith(self._endings) else name + self._ending))
        elif self.view.currentIndex().isValid():
            self._activate(self.view.currentIndex())

    def _use(self, path: Path) -> None:
        if self._aim == "open" and not path.is_file():
            self.tell(f"There is no file {path.name or path} there.")
            return
        self.chosen.emit(path)

    def tell(self, sentence: str) -> None:
        """Say why what was chosen will not do."""
        self.problem.setText(sentence)
        self.problem.show()


class FileDialog(QDialog):
    """A `FileChooser` in a window of its own, for pages that need a file in passing."""

    def __init__(self, title: str, ending: str | tuple[str, ...], aim: Aim, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(QSize(560, 460).boundedTo(room_on_screen(self)))
        self.chooser = FileChooser(ending, aim, self)
        self.chooser.chosen.connect(self._chose)
        self.chooser.cancelled.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
        column.addWidget(TextLabel(title, TITLE, "semibold", parent=self))
        column.addWidget(self.chooser)

    def _chose(self, path: Path) -> None:
        self.path = path
        self.accept()


def ask_file_to_save(
    parent: QWidget, title: str, name: str, ending: str | tuple[str, ...], folder: Path | None = None
) -> Path | None:
    """Ask where to write a file; None when it was cancelled. A file that exists is not asked about again.

    Of several endings any may be typed; a name without one of them gets the first.
    """
    return _ask(FileDialog(title, ending, "save", parent), folder or home(), name)


def ask_file_to_open(parent: QWidget, title: str, endings: tuple[str, ...], folder: Path | None = None) -> Path | None:
    """Ask for a file with one of some endings; None when it was cancelled."""
    return _ask(FileDialog(title, endings, "open", parent), folder or home(), "")


def ask_folder(parent: QWidget, title: str, folder: Path | None = None) -> Path | None:
    """Ask for a folder; None when it was cancelled."""
    return _ask(FileDialog(title, "", "folder", parent), folder, "")


def _ask(dialog: FileDialog, folder: Path | None, name: str) -> Path | None:
    dialog.chooser.start(folder, name)
    dialog.exec()
    dialog.deleteLater()
    return dialog.path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
