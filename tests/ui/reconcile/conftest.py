"""An interview that Ada and Ben both took notes of, in a real encrypted study, and the view of it."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from app.model.document import StudyDocument
from app.model.source import Attendance, Entry, EntryKind, Flag, Original, Part
from tests.keys import make_quickly
from ui.reconcile import ReconcileView

replace = msgspec.structs.replace
BEGAN = datetime(2024, 5, 15, 9, 0, tzinfo=UTC)
QUOTE, SEEN = EntryKind.QUOTATION, EntryKind.OBSERVATION

# When (minutes after the beginning), Ada's line, Ben's line; what is alike but for blanks and case is so marked.
LINES = (
    (3, "Supplier trains the model and hands over a file.", "The supplier trains the model, hands over a file"),
    (6, "We do not see their training data.", "we do not see  their training data."),  # alike
    (9, "Users call when a part is sorted out wrongly.", "Operators phone when a part is sorted out wrongly"),
    (12, "Versions are numbered by the supplier, sometimes with a note.", None),
    (14, None, "Nobody at the plant can roll back to an older file."),
    (17, "Roll-out takes a morning: one line after the other.", "roll-out takes a morning: one line after the other."),
)
ALIKE = (1, 5)


def at(minutes):
    return BEGAN + timedelta(minutes=minutes)


def _ada(number, minutes, text):
    kind = QUOTE if number == 1 else EntryKind.PARAPHRASE
    return Entry(key=f"i2-{number}", text=text, kind=kind, at=at(minutes), speaker="p2", author="ada")


def _ben(number, minutes, text):
    return Original(key=f"i2-o{number}", author="ben", text=text, at=at(minutes) + timedelta(seconds=40), speaker="p2")


def with_two_note_takers(document: StudyDocument) -> StudyDocument:
    """Give the interview of the small study that is still open a second note-taker."""
    entries = [_ada(n, m, ada) for n, (m, ada) in enumerate(((m, a) for m, a, _b in LINES if a), 1)]
    originals = [_ben(n, m, ben) for n, (m, ben) in enumerate(((m, b) for m, _a, b in LINES if b), 1)]
    originals[3] = replace(originals[3], flag=Flag.CHALLENGE, uncertain=True, kind=SEEN)
    team = tuple(Attendance(assessor=who, part=Part.INTERVIEWER) for who in ("ada", "ben"))
    return _with(document, "i2", entries=tuple(entries), originals=tuple(originals), assessors=team)


def _with(document, key, **fields):
    sources = tuple(replace(each, **fields) if each.key == key else each for each in document.sources)
    return replace(document, sources=sources)


@pytest.fixture(scope="session")
def template(tmp_path_factory, small):
    """An encrypted study file with both people's notes in it, made once; tests get copies."""
    path = tmp_path_factory.mktemp("two") / "two.fieldquill"
    return make_quickly(path, "correct horse battery", with_two_note_takers(small))


@pytest.fixture
def show_view(show, qtbot):
    def shown(desk, between=("ada", "ben"), source="i2", size=(1000, 700)):
        view = ReconcileView(desk)
        desk.changed.connect(view.refresh)
        view.show_notes(source, *between)
        show(view, *size)
        view.setFocus()
        qtbot.waitUntil(lambda: view.focusProxy().hasFocus())
        return view

    return shown


@pytest.fixture
def view(desk, show_view):
    return show_view(desk)
