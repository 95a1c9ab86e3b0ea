"""How large a radar or a ladder is drawn on screen; what it shows, and where, is `app.analysis.radar`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.radar import LEAST_AXES

if TYPE_CHECKING:
    from app.analysis.radar import RadarValues

ROW = 44
"""Height of a ladder's row, in px."""


def drawn_height(values: RadarValues) -> int:
    """Tell how high values are drawn, in px."""
    if values.is_ladder:
        return ROW * len(values.axes) + 8
    return 220 if len(values.axes) <= LEAST_AXES else 268
