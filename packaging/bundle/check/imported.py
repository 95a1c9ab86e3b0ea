"""Imports all that sources of the program import anywhere, however late: run by the Python of a package.

Its argument is the folder of `app` and `ui` to read. Ends with 1 and names what is missing.
"""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path
from typing import Final

ELSEWHERE: Final = frozenset({"PySide6.QtDBus", "resource", "ui.privacy.linux"})
"""Modules that only other systems have; the program imports them there alone."""


def names(source: str) -> set[tuple[str, str]]:
    """List what a module imports: other modules, and what is taken out of them."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {(each.name, "") for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {(node.module, each.name) for each in node.names}
    return found


def problem(module: str, name: str) -> str:
    """Say why something can't be imported; nothing if it can."""
    try:
        found = importlib.import_module(module)
        if name and not hasattr(found, name):
            importlib.import_module(f"{module}.{name}")
    except Exception as why:  # noqa: BLE001 - whatever it is, the program would fail of it
        return f"{module} {name}: {type(why).__name__}: {why}"
    return ""


def main(root: Path) -> int:
    """Import everything; gives the exit code."""
    wanted = set()
    for part in ("app", "ui"):
        for path in sorted((root / part).rglob("*.py")):
            wanted |= names(path.read_text("utf-8"))
    wanted = {(module, name) for module, name in wanted if module not in ELSEWHERE}
    problems = [told for told in (problem(*each) for each in sorted(wanted)) if told]
    print(f"{len(wanted)} names", *problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
