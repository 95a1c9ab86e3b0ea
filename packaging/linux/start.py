"""Run before the program, as PyInstaller starts it."""

import gc
import os

# What the start makes is nearly all kept. Looking through it for garbage after every 700 new objects takes a
# twentieth of the start's time.
gc.set_threshold(10_000)

# Other programs that are started, a browser or a mail program, find their own libraries and not ours.
_found = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _found is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _found

# Desktops name folders of plugins for the Qt of the system, which is another one than ours, though its plugins may fit.
for _name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH"):
    os.environ.pop(_name, None)
