"""Where the product's own files are: `app`, `ui`, `resources` and `rubrics` always stay siblings."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
RUBRICS: Final = ROOT / "rubrics"
RESOURCES: Final = ROOT / "resources"
ABOUT: Final = ROOT / "about"  # in packages alone
PORTABLE: Final = "portable.txt"
_PACKAGED: Final = "lib"  # what packages call the folder that is ROOT


def portable_folder(root: Path = ROOT) -> Path | None:
    """Give the folder that a portable program keeps everything in; None where it was installed like others.

    A program is portable where a file named portable.txt lies beside it: in `root`, or, as packages put the launcher
    there, in the folder above. The folder above a checkout is anybody's, and other programs know files of that name.
    """
    folders = (root, root.parent) if root.name == _PACKAGED else (root,)
    return next((folder for folder in folders if (folder / PORTABLE).is_file()), None)
