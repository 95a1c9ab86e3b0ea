"""Where the product's own files are: `app`, `ui`, `resources` and `rubrics` always stay siblings."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
RUBRICS: Final = ROOT / "rubrics"
RESOURCES: Final = ROOT / "resources"
