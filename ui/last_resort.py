"""What people see of a bug: that there was one, where in our files, and nothing of what they wrote."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.paths import ROOT
from app.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


def install(tell: Callable[[str, str, Callable[[], object]], object]) -> None:
    """Catch what nobody else did; an exception's own text stays untold, since it may quote a study.

    Args:
        tell: shows a sentence, with the words of a button and what it does.
    """

    def hook(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        report = report_of(problem, trace)
        if sys.stderr is not None:  # a program started without a terminal has none
            sys.stderr.write(f"{report}\n")
        tell(
            "Something went wrong inside Fieldquill. What was saved is safe; the last step may be missing.",
            "Copy a report for its makers",
            lambda: QApplication.clipboard().setText(report),
        )

    sys.excepthook = hook


def report_of(problem: BaseException, trace: TracebackType | None) -> str:
    """Write which kind of error it was and where it passed through, file by line; no values, no messages."""
    lines = [f"Fieldquill {VERSION}, Python {sys.version.split()[0]}, {sys.platform}: {type(problem).__name__}"]
    lines += [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return "\n".join(lines)


def _place(filename: str) -> str:
    """Name a file as it is in our folder, without the folders above, which may name a person."""
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
