"""Whatever is typed, pasted, cut, marked, undone and redone: the study holds what the editor shows."""

import os
import random

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor

from app.model.source import EntryKind

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
PASTED = ("drift 🚨 alarm", "one\ntwo\n\nthree", "é\u0301", "👩‍🔬\n", " ")


class Person:
    """Does something at random, as a person might."""

    def __init__(self, qtbot, notebook, seed):
        self.dice = random.Random(seed)
        self.notebook = notebook
        self.editor = notebook.editor
        self.press = lambda key, held=NONE: qtbot.keyClick(notebook.editor, key, held)
        self.type = lambda text: qtbot.keyClicks(notebook.editor, text)
        self.deeds = [self.write] * 6 + [self.enter, self.erase, self.paste, self.cut, self.move, self.kind] * 2
        self.deeds += [self.back, self.forward, self.save] * 3 + [self.mark, self.lift, self.put, self.swap] * 2

    def act(self):
        deed = self.dice.choice(self.deeds)
        deed()
        return deed.__name__

    def write(self):
        self.type(self.dice.choice(("a", "b ", "drift ", "? ", '" ', "*", "! ", "dd ", "#monitoring ")))

    def enter(self):
        self.press(Qt.Key.Key_Return)

    def erase(self):
        for _ in range(self.dice.randrange(1, 4)):
            self.press(self.dice.choice((Qt.Key.Key_Backspace, Qt.Key.Key_Delete)))

    def paste(self):
        data = QMimeData()
        data.setText(self.dice.choice(PASTED))
        self.editor.insertFromMimeData(data)

    def cut(self):
        self.move(QTextCursor.MoveMode.KeepAnchor)
        self.press(Qt.Key.Key_Delete)

    def move(self, mode=QTextCursor.MoveMode.MoveAnchor):
        cursor = self.editor.textCursor()
        last = self.editor.document().characterCount() - 1
        cursor.setPosition(min(last, max(0, cursor.position() + self.dice.randrange(-12, 12))), mode)
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, mode)  # never between halves of a character
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, mode)
        self.editor.setTextCursor(cursor)

    def lift(self):
        self.move(QTextCursor.MoveMode.KeepAnchor)
        self.press(Qt.Key.Key_X, CTRL)

    def put(self):
        self.press(Qt.Key.Key_V, CTRL)

    def swap(self):
        self.press(self.dice.choice((Qt.Key.Key_Up, Qt.Key.Key_Down)), Qt.KeyboardModifier.AltModifier)

    def kind(self):
        kind = self.dice.choice(list(EntryKind))
        self.editor.change_lines(lambda line: replace(line, kind=kind))

    def back(self):
        self.press(Qt.Key.Key_Z, CTRL)

    def forward(self):
        self.press(Qt.Key.Key_Z, CTRL | SHIFT)

    def save(self):
        self.notebook.leave()

    def mark(self):
        self.press(Qt.Key.Key_E, CTRL)


def shown(notebook):
    lines = notebook.editor.toPlainText().split("\n")
    kinds = [notebook.editor.sheet.line(place).kind for place in range(len(lines))]
    return [(text, kind) for text, kind in zip(lines, kinds, strict=True) if text.strip()]


def held(desk, key):
    source = next(source for source in desk.document.sources if source.key == key)
    return [(entry.text, entry.kind) for entry in source.entries if entry.text.strip()]


def lying(notebook):
    """Where passages lie on screen, by the key of the line."""
    sheet = notebook.editor.sheet
    found = ((sheet.line(place).key, mark) for place in range(len(sheet.rows)) for mark in sheet.marks_of(place))
    return sorted((key, mark.passage, mark.start, mark.end, mark.whole) for key, mark in found)


def spans(desk, key):
    """Where the study says they lie."""
    own = (passage for passage in desk.document.passages if passage.source == key)
    return sorted((s.entry, passage.key, s.start, s.end, s.whole) for passage in own for s in passage.spans)


@pytest.mark.parametrize("seed", range(int(os.environ.get("FIELDQUILL_SEEDS", "12"))))
@pytest.mark.parametrize("key", ["i1", "i3"])
def test_the_study_holds_what_the_editor_shows(qtbot, desk, show_notebook, unsealed, key, seed):
    failures = []
    desk.failed.connect(failures.append)
    notebook = unsealed(show_notebook(desk, key))
    person = Person(qtbot, notebook, seed)
    begin = desk.document
    done = []
    for _ in range(60):
        done.append(person.act())
        assert [row.text for row in notebook.editor.sheet.rows] == notebook.editor.toPlainText().split("\n"), done
        numbers = [row.number for row in notebook.editor.sheet.rows]
        assert len(set(numbers)) == len(numbers), done
    notebook.leave()
    assert held(desk, key) == shown(notebook), done
    assert lying(notebook) == spans(desk, key), done
    assert [failure for failure in failures if "Select some words" not in failure] == [], done
    entries = {entry.key: entry.text for source in desk.document.sources for entry in source.entries}
    for passage in desk.document.passages:
        for span in passage.spans:
            assert 0 <= span.start < span.end <= len(entries[span.entry]), done
    while desk.study.undo_label:
        desk.undo()
    assert desk.document == begin
    assert held(desk, key) == shown(notebook)
