"""Run before the program, as PyInstaller starts it."""

import gc
import os
import sys

# What the start makes is nearly all kept. Looking through it for garbage after every 700 new objects takes a
# twentieth of the start's time.
gc.set_threshold(10_000)

# Modules are looked for where nearly all of them are before where a few are.
sys.path.remove(sys._MEIPASS)  # type: ignore[attr-defined] # noqa: SLF001 - PyInstaller's name for it
sys.path.insert(0, sys._MEIPASS)  # type: ignore[attr-defined] # noqa: SLF001

# Other programs that are started, a browser or a mail program, find their own libraries and not ours.
_found = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _found is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _found

# Desktops name folders of plugins for the Qt of the system, which is another one than ours, though its plugins may fit.
for _name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH"):
    os.environ.pop(_name, None)
