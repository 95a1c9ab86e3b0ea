"""Check all packages in `dist`; ends with 1 if one is not as it should be."""

from __future__ import annotations

import importlib
import os
import sys
import time
from typing import Final

from bundle.check.outcome import Checks

PARTS: Final = ("contents", "linux", "windows", "start")
"""What is checked, in this order; each is a module with a function `run(checks)`."""

TWICE: Final = "FIELDQUILL_CHECK_TWICE"
"""Set to anything, it has all packages made again elsewhere and compared as well (many minutes)."""


def main(wanted: list[str]) -> int:
    """Run the parts named, or all."""
    checks, begun = Checks(), time.monotonic()
    for part in wanted or (*PARTS, *(("same",) if os.environ.get(TWICE) else ())):
        print(f"== {part}", flush=True)
        importlib.import_module(f"bundle.check.{part}").run(checks)
    took = time.monotonic() - begun
    counts = f"{checks.passed} checks hold, {len(checks.failed)} do not, {len(checks.unseen)} could not be run"
    print(f"== {counts}; {took / 60:.1f} min")
    for told in (*(f"not run: {each}" for each in checks.unseen), *(f"FAILED {each}" for each in checks.failed)):
        print(told)
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
