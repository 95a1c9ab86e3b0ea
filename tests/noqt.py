"""A pytest plugin (`-p tests.noqt -p no:pytest-qt`): runs the core's tests as if no Qt were installed.

Importing Qt or the charts of the screen then fails as it does on a machine without them, wherever the import
is hidden: in a function, behind a condition, or in a package of somebody else.
"""

import sys
from importlib.abc import MetaPathFinder

ABSENT = frozenset({"PySide6", "pyqtgraph", "pytestqt", "shiboken6", "ui"})


class AbsentFinder(MetaPathFinder):
    """Finds nothing for the absent packages, with a sentence that says who hides them."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname.partition(".")[0] in ABSENT:
            sentence = f"No module named {fullname!r} (hidden by tests/noqt.py)"
            raise ModuleNotFoundError(sentence, name=fullname)


def pytest_addoption(parser):
    """Declares pytest-qt's settings, which pyproject.toml makes and pytest alone does not know."""
    for name in ("qt_api", "qt_log_level_fail"):
        parser.addini(name, "a setting of pytest-qt, unused without Qt")


def pytest_configure(config):
    early = sorted(name for name in ABSENT if name in sys.modules)
    if early:
        raise RuntimeError(f"imported before tests/noqt.py could hide them: {', '.join(early)}")
    sys.meta_path.insert(0, AbsentFinder())


def pytest_report_header(config):
    return f"without: {', '.join(sorted(ABSENT))}"
