"""Make a frozen program start sooner: what its start imports is stored as it is, and nothing is compiled then.

Qt for Python carries Python modules of its own as sources packed into a library, and compiles them at every start, a
fifteenth of the start's time. Where they lie in a folder beside that library, it takes them from there.
Source: find_incarnated_files in signature_bootstrap.py of shiboken6 6.11; SBK_EMBED=0 unpacks them the same way.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from bundle.staging import files_below

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

UNPACKED: Final = "shiboken6/files.dir"
"""Where Qt for Python looks for its modules, inside the folder of libraries."""
_START: Final = """
import sys
from ui.command import window
from ui.application import main
main(["--measure-start"])
print(*sorted(sys.modules))
"""
_PACKED: Final = """
import sys
import PySide6.QtCore
packed = sys.modules["shibokensupport"].__loader__.zfile
names = [name for name in packed.namelist() if name.startswith("shibokensupport/") and name.endswith(".py")]
"""
_NAME: Final = f"{_PACKED}print(*names)"
_UNPACK: Final = f"""{_PACKED}
from pathlib import Path
from py_compile import PycInvalidationMode, compile
packed.extractall(sys.argv[1], names)
for name in names:
    path = Path(sys.argv[1], name)
    compile(path, f"{{path}}c", name, doraise=True, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    path.unlink()
"""
_LOOSE, _TIGHT = 0, 9  # levels of zlib


def modules(stage: Path) -> frozenset[str]:
    """Name the modules that are imported until the window is shown, by showing it; `stage` holds ours."""
    return frozenset(_ask(_START, folder=stage).split())


def store_loosely(names: Collection[str]) -> None:
    """Have PyInstaller pack some modules without making them smaller, as unpacking takes time; all others tightly.

    All of them stored like this would make what is installed a tenth larger.
    """
    from PyInstaller.archive.writers import ZlibArchiveWriter  # noqa: PLC0415 - only the packages' environment has it

    class Writer(ZlibArchiveWriter):  # type: ignore[misc]
        """Packs each module by its name."""

        @classmethod
        def _write_entry(cls, file: Any, entry: tuple[str, str, str], code: Any) -> Any:
            cls._COMPRESSION_LEVEL = _LOOSE if entry[0] in names else _TIGHT
            return super()._write_entry(file, entry, code)

    from PyInstaller.building import api  # noqa: PLC0415

    api.ZlibArchiveWriter = Writer


def of_python(names: Collection[str]) -> list[tuple[str, str, str]]:
    """List what is imported of the modules that PyInstaller keeps beside its archive, to lie in the archive, too.

    It needs some of them before it can read the archive, and keeps all in a ZIP. Python reads each module of a ZIP
    twice, once to see where it is.

    Args:
        names: the modules that are imported.

    Returns:
        Entries as PyInstaller wants them: name, path and kind.
    """
    from PyInstaller.compat import PY3_BASE_MODULES  # noqa: PLC0415

    beside = sorted(name for name in names if name.partition(".")[0] in PY3_BASE_MODULES)
    found = ((name, find_spec(name)) for name in beside)
    sources = ((name, spec.origin) for name, spec in found if spec is not None and spec.origin is not None)
    return [(name, path, "PYMODULE") for name, path in sources if path.endswith(".py")]  # others are in Python itself


def support() -> list[str]:
    """List the modules that Qt for Python packs into a library, as they lie in the package."""
    return [f"{UNPACKED}/{name}" for name in _ask(_NAME).split()]


def unpack_support(root: Path) -> None:
    """Lay the modules that Qt for Python packs into a library beside it, compiled; `root` holds libraries."""
    _ask(_UNPACK, root / UNPACKED)
    if not list(files_below(root / UNPACKED)):
        raise SystemExit("Qt for Python packs no modules into its library any more; bundle.early is to be looked at.")


def _ask(code: str, *words: str | Path, folder: Path | None = None) -> str:
    """Run Python with the packages' environment, always the same way; gives the last line it printed."""
    with TemporaryDirectory() as home:
        known = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_", "QT_"))}
        settings = {
            "HOME": home,
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONNODEBUGRANGES": "1",
            "QT_QPA_PLATFORM": "offscreen",
        }
        run = [sys.executable, "-c", code, *words]
        done = subprocess.run(run, check=True, cwd=folder, env=known | settings, stdout=subprocess.PIPE, text=True)
    return done.stdout.rstrip("\n").rpartition("\n")[2]
