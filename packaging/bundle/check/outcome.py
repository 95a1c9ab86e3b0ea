"""What came of a program that was run, and of a check: each is printed when it is known, those that failed are kept."""

from __future__ import annotations

from typing import NamedTuple


class Ran(NamedTuple):
    """How a program ended: its exit code, and all it printed."""

    code: int
    said: str


class Checks:
    """Takes down one check after the other."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.unseen: list[str] = []
        self.passed = 0

    def that(self, name: str, ok: bool, figure: str = "") -> bool:  # noqa: FBT001 - reads as a sentence
        """Say whether something holds, with what was measured; gives it back."""
        told = f"{name}: {figure}" if figure else name
        print(f"{'ok' if ok else 'FAILED':<6} {told}", flush=True)
        if ok:
            self.passed += 1
        else:
            self.failed.append(told)
        return ok

    def not_run(self, name: str, why: str) -> None:
        """Say that something can't be checked on this machine, and why; that is no failure."""
        told = f"{name}: {why}"
        print(f"not run: {told}", flush=True)
        self.unseen.append(told)
