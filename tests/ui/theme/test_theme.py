"""The theme follows the system, or what was chosen, and takes everything on screen with it."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette

from app.paths import RESOURCES
from ui.theme import BODY, Choice, theme
from ui.theme.icons import drawing
from ui.theme.tokens import DARK, LIGHT
from ui.widgets import LevelBadge, TextLabel


@pytest.fixture
def system(monkeypatch, qapp):
    """Say what the system's scheme is, as a desktop does."""

    class Hints:
        scheme = Qt.ColorScheme.Unknown

        def colorScheme(self):  # noqa: N802
            return self.scheme

        def setColorScheme(self, scheme):  # noqa: N802
            pass

    hints, real = Hints(), qapp.styleHints()
    monkeypatch.setattr("ui.theme.current.QGuiApplication.styleHints", lambda *_: hints)

    def become(scheme):
        hints.scheme = scheme
        real.colorSchemeChanged.emit(scheme)

    yield become
    become(Qt.ColorScheme.Unknown)


def test_follows_the_system(qtbot, system, qapp):
    with qtbot.waitSignal(theme().changed):
        system(Qt.ColorScheme.Dark)
    assert theme().palette is DARK
    assert theme().dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    with qtbot.waitSignal(theme().changed):
        system(Qt.ColorScheme.Light)
    assert theme().palette is LIGHT


def test_stays_as_chosen_whatever_the_system_does(qtbot, system):
    theme().choose(Choice.LIGHT)
    with qtbot.assertNotEmitted(theme().changed):
        system(Qt.ColorScheme.Dark)
    assert not theme().dark


def test_a_shown_widget_changes_with_it(qtbot, show):
    label = show(TextLabel("words", ink="muted"), 200, 40)
    before = label.grab().toImage()
    theme().choose(Choice.DARK)
    qtbot.waitUntil(lambda: label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.text_muted))
    assert label.grab().toImage() != before


def test_a_painted_widget_changes_with_it(qtbot, show):
    badge = show(LevelBadge("High", 2, 3), 100, 22)
    before = badge.grab().toImage()
    theme().choose(Choice.DARK)
    assert badge.grab().toImage() != before


def test_has_true_weights(dressed):
    for weight, style in (("regular", "Regular"), ("medium", "Medium"), ("semibold", "SemiBold")):
        info = QFontInfo(theme().font(BODY, weight))
        assert (info.family(), info.styleName()) == ("IBM Plex Sans", style)


def test_no_kind_of_widget_keeps_the_desktops_own_font(qapp, dressed):
    for kind in ("QAbstractItemView", "QMenu", "QTipLabel"):
        qapp.setFont(QFont("Segoe UI", 9), kind)
    theme().choose(Choice.DARK)
    for kind in ("QAbstractItemView", "QMenu", "QTipLabel"):
        assert (qapp.font(kind).family(), qapp.font(kind).pixelSize()) == ("IBM Plex Sans", BODY)


def test_digits_are_as_wide_as_each_other(dressed):
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme().font(BODY))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_anew_for_every_pixel_ratio(monkeypatch, ratio):
    monkeypatch.setattr("ui.theme.icons.ratios", lambda: [1.0, ratio])
    theme()._icons.clear()
    pixmap = theme().icon("lock", "#ff0000").pixmap(QSize(16, 16), ratio)
    theme()._icons.clear()
    assert pixmap.size() == QSize(round(16 * ratio), round(16 * ratio))
    image = pixmap.toImage()
    inks = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#ff0000"}


def test_icons_are_kept(dressed):
    assert theme().icon("lock").cacheKey() == theme().icon("lock").cacheKey()


@pytest.mark.parametrize("file", sorted((RESOURCES / "icons").glob("*.svg")), ids=lambda file: file.stem)
def test_every_icon_can_be_drawn(file, dressed):
    assert drawing(file.stem, "#000000").isValid()
