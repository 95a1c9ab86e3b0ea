"""Small parts that every page is made of."""

from ui.widgets.buttons import IconButton, SegmentedControl, TextButton, with_key
from ui.widgets.fields import ChoiceField, DateField, LineField, SegmentField, TextField
from ui.widgets.files import FileChooser, ask_file_to_open, ask_file_to_save, ask_folder
from ui.widgets.form import Field, FieldRow, Form
from ui.widgets.level import LevelBadge, level_shape, level_text, level_width, paint_level
from ui.widgets.messages import Bar, EmptyState, Picture, SavedIndicator
from ui.widgets.panel import ContextPanel
from ui.widgets.text import ElidedLabel, Rule, SectionLabel, TextLabel
from ui.widgets.things import Row, RowDelegate, RowModel, RowView, ThingList, is_selected, paint_row_ground, row_width

__all__ = [
    "Bar",
    "ChoiceField",
    "ContextPanel",
    "DateField",
    "ElidedLabel",
    "EmptyState",
    "Field",
    "FieldRow",
    "FileChooser",
    "Form",
    "IconButton",
    "LevelBadge",
    "LineField",
    "Picture",
    "Row",
    "RowDelegate",
    "RowModel",
    "RowView",
    "Rule",
    "SavedIndicator",
    "SectionLabel",
    "SegmentField",
    "SegmentedControl",
    "TextButton",
    "TextField",
    "TextLabel",
    "ThingList",
    "ask_file_to_open",
    "ask_file_to_save",
    "ask_folder",
    "is_selected",
    "level_shape",
    "level_text",
    "level_width",
    "paint_level",
    "paint_row_ground",
    "row_width",
    "with_key",
]
