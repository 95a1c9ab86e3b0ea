"""What the `about` command prints: which copy of the program this is, and what it is made of."""

from __future__ import annotations

from app import about
from app.cli.terminal import columns, printable


def as_text() -> str:
    """Write version, build and parts, each with version and licence.

    Raises:
        AboutDamaged: a file of the package that says it is missing or damaged.
    """
    parts = about.parts()
    head = (f"Fieldquill. {about.told(about.build())}.", about.WHAT, about.OFFLINE, about.TERMS)
    rows = [("  " * bool(part.inside) + part.name, part.version, part.licence) for part in parts]
    table = columns([("Part", "Version", "Licence"), *([printable(cell) for cell in row] for row in rows)])
    return "\n".join([*head, "", *table])
