"""The style sheet, made from the palette: what Fusion draws in its own way and we want in ours."""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theme.tokens import Palette

# Properties that widgets set on themselves: look = "primary" | "quiet" | "link" | "place" (a field that looks like
# text until it is used), "pick" (a button that is such a field) | "segment"; state = "error".
_SHEET = Template("""
QLabel { background: transparent; }
QLabel[ink="muted"] { color: $text_muted; }
QLabel[ink="faint"] { color: $text_faint; }
QLabel[ink="accent"] { color: $accent; }
QLabel[ink="warning"] { color: $warning; }
QLabel[ink="danger"] { color: $danger; }

QFrame[look="rule"] { background: $line; border: 0; }
QFrame[look="surface"] { background: $surface; border: 0; }
QFrame[look="strip"] { background: $surface; border: 0; border-bottom: 1px solid $line; }
QFrame[look="card"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[look="sunken"] { background: $sunken; border: 0; }
QFrame[look="panel"] { background: $surface; border: 0; }
QFrame[look="rail"] { background: $sunken; border: 0; border-right: 1px solid $line; }
QFrame[look="top"] { background: $window; border: 0; border-bottom: 1px solid $line; }
QFrame[look="overlay"] { background: $surface; border: 1px solid $line_strong; border-radius: 8px; }
QFrame[look="bar"] { border: 0; border-bottom: 1px solid $line; background: $sunken; }
QFrame[look="bar"][kind="warning"] { background: $warning_soft; }
QFrame[look="bar"][kind="error"] { background: $danger_soft; }

QToolTip { background: $text; color: $surface; border: 0; padding: 4px 8px; }

QPushButton { background: $surface; color: $text; border: 1px solid $line_strong; border-radius: 4px;
    padding: 0 12px; min-height: 26px; outline: 0; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 1px solid $focus; }
QPushButton:disabled { color: $text_faint; border-color: $line; background: transparent; }
QPushButton[look="primary"] { background: $accent; color: $accent_text; border-color: $accent; font-weight: 500; }
QPushButton[look="primary"]:hover { background: $accent_strong; border-color: $accent_strong; }
QPushButton[look="primary"]:focus { border: 2px solid $text; padding: 0 11px; min-height: 24px; }
QPushButton[look="primary"]:disabled { background: $sunken; color: $text_faint; border-color: $line; }
QPushButton[look="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 0 4px; }
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { border-color: $focus; }
QPushButton[look="quiet"] { background: transparent; border-color: transparent; padding: 0 8px; }
QPushButton[look="quiet"]:hover { background: $hover; }
QPushButton[look="quiet"]:checked { background: $accent_soft; }
QPushButton[look="quiet"]:focus { border-color: $focus; }
QPushButton[look="pick"] { background: transparent; border-color: transparent; padding: 0 7px; text-align: left; }
QPushButton[look="pick"]:hover { background: $surface; border-color: $line_strong; }
QPushButton[look="pick"]:focus { background: $surface; border-color: $focus; }
QFrame[look="overlay"] QPushButton[look="pick"] { background: $surface; border-color: $line_strong; }
QFrame[look="overlay"] QPushButton[look="pick"]:focus { border-color: $focus; }
QPushButton[look="leader"] { text-align: left; min-height: 30px; }
QPushButton::menu-indicator { width: 0; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $line; }
QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border-color: $focus; }
QToolButton::menu-indicator { width: 0; image: none; }

QToolButton[look="facet"] { background: transparent; color: $text_muted; border: 0; border-radius: 0;
    border-bottom: 2px solid transparent; padding: 0 2px; margin: 0 10px 0 0; min-height: 32px; }
QToolButton[look="facet"]:hover { color: $text; border-bottom-color: $line_strong; }
QToolButton[look="facet"]:checked { color: $text; border-bottom-color: $accent; font-weight: 600; }
QToolButton[look="facet"]:focus { color: $accent; border-bottom-color: $focus; }
QToolButton[look="segment"] { background: $surface; color: $text_muted; border: 1px solid $line_strong;
    border-radius: 0; margin-left: -1px; padding: 0 10px; min-height: 24px; }
QToolButton[look="segment"]:hover { background: $hover; color: $text; }
QToolButton[look="segment"]:checked { background: $accent_soft; color: $text; font-weight: 600; }
QToolButton[look="segment"]:focus { border: 1px solid $focus; }
QToolButton[look="segment"]:disabled { color: $text_faint; }
QToolButton[look="segment"][end="first"] { border-top-left-radius: 4px;
    border-bottom-left-radius: 4px; margin-left: 0; }
QToolButton[look="segment"][end="last"] { border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QToolButton[look="segment"][end="only"] { border-radius: 4px; margin-left: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit { background: $surface; color: $text;
    border: 1px solid $line_strong; border-radius: 4px; selection-background-color: $selection;
    selection-color: $text; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $text_faint; }
QLineEdit[look="palette"], QLineEdit[look="palette"]:focus { border: 0; border-bottom: 1px solid $line;
    border-radius: 8px; background: $surface; min-height: 40px; padding: 0 12px; }
QLineEdit { padding: 0 5px; min-height: 26px; }
QComboBox, QDateEdit { padding: 0 7px; min-height: 26px; }
QPlainTextEdit, QTextEdit { padding: 3px 5px 2px 5px; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover { border-color: $text_faint; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus {
    border: 1px solid $focus; background: $surface; }
QLineEdit[look="place"], QPlainTextEdit[look="place"], QComboBox[look="place"] {
    background: transparent; border-color: transparent; }
QLineEdit[look="place"]:hover, QPlainTextEdit[look="place"]:hover, QComboBox[look="place"]:hover {
    border-color: $line_strong; background: $surface; }
QLineEdit[look="place"]:focus, QPlainTextEdit[look="place"]:focus, QComboBox[look="place"]:focus {
    border-color: $focus; background: $surface; }
QLineEdit[state="error"], QPlainTextEdit[state="error"] { border-color: $warning; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: transparent; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: none; }

QAbstractItemView { background: $surface; border: 0; outline: 0; selection-background-color: $accent_soft;
    selection-color: $text; alternate-background-color: $sunken; }
QComboBox QAbstractItemView { border: 1px solid $line_strong; padding: 4px 0; }
QHeaderView::section { background: $surface; color: $text_muted; border: 0; border-bottom: 1px solid $line;
    padding: 0 4px 0 12px; min-height: 28px; font-size: 12px; font-weight: 600; }
QTableView { gridline-color: $line; }

QMenu { background: $surface; border: 1px solid $line_strong; padding: 4px 0; }
QMenu::item { padding: 5px 24px 5px 12px; color: $text; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $text_faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }

QScrollArea, QScrollArea > QWidget > QWidget[look="page"] { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; margin: 3px; }
QScrollBar::handle:hover { background: $text_faint; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: $line; border: 0; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
""")


def style_sheet(palette: Palette) -> str:
    """Write the style sheet for one palette."""
    return _SHEET.substitute({name: str(value) for name, value in asdict(palette).items()})
