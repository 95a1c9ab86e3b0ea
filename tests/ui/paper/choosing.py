"""Using the file chooser that is about to open, as a person does."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui.widgets.files import FileDialog


def answer(then):
    """Do something with the file chooser as soon as it is open."""

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, FileDialog) and dialog.isActiveWindow():
            then(dialog)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def choose(qtbot, path, before=lambda: None):
    """Type a path into the file chooser that is about to open, and take it."""

    def typed(dialog):
        before()
        dialog.chooser.path.selectAll()
        qtbot.keyClicks(dialog.chooser.path, str(path))
        qtbot.keyClick(dialog.chooser.path, Qt.Key.Key_Return)
        qtbot.keyClick(dialog.chooser.name, Qt.Key.Key_Return)

    answer(typed)
