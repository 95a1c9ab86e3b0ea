"""How the report is set up: read and changed by every part of the page, kept in the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from app.actions.setting import change_report_setup
from app.disclosure.profiles import INTERNAL, SAFEST, find_profile, is_for_others, profiles

if TYPE_CHECKING:
    from app.model.disclosure import Profile, ReportSetup
    from ui.desk import Desk


class Setup(QObject):
    """The report's setup. Where the study may only be read, another one holds for this window, and is not kept."""

    changed = Signal()  # only where it is not kept: else the desk tells

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._own: ReportSetup | None = None

    @property
    def value(self) -> ReportSetup:
        """The setup as it stands; where its profile has gone it shows the least, until another is chosen."""
        setup = self._kept
        return replace(setup, profile=SAFEST) if self.lost else replace(setup, profile=setup.profile or INTERNAL)

    @property
    def lost(self) -> bool:
        """Whether the profile that was chosen has gone, so that nothing leaves before another is."""
        chosen = self._kept.profile
        return bool(chosen) and chosen not in {profile.key for profile in profiles(self._desk.document)}

    @property
    def profile(self) -> Profile:
        """The profile the report is made under."""
        return find_profile(self._desk.document, self.value.profile)

    @property
    def for_others(self) -> bool:
        """Whether a leak stops it from being written."""
        return is_for_others(self.profile)

    def change(self, **fields: object) -> None:
        """Set some of it anew."""
        shown = self._kept if self.lost else self.value  # a profile that has gone is not given up unasked
        if replace(shown, **fields) == shown:
            return
        made = replace(self._kept, **fields)
        if self._desk.read_only:
            self._own = made
            self.changed.emit()
        else:
            self._desk.do(change_report_setup, made)

    @property
    def _kept(self) -> ReportSetup:
        return self._own or self._desk.document.report
