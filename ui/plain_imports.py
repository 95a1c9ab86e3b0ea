"""Have Python import as it always does once Qt is loaded: imported before anything else of the window.

Qt for Python lays its own function in the place of Python's `__import__`, for `from __feature__ import snake_case`,
which nothing here says. It reads the source of every module that is imported from then on, to see whether that names
Qt, also where a thread imports beside the window: a twentieth of the start, and more where a page's libraries come in.
Source: shibokensupport/feature.py and loader.py of PySide6 6.11; `__orig_import__` is what stood there before.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - lays its function there

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
