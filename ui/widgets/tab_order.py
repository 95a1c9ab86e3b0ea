"""The order in which Tab goes through widgets that are made later than their neighbours."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def tab_before(parts: Sequence[QWidget], stays: QWidget) -> None:
    """Let Tab come to widgets, one by one, just before one that has its place already."""
    for first, second in pairwise((stays, *parts, stays)):
        if first is not second:
            QWidget.setTabOrder(first, second)
