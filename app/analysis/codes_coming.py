"""Which of some codes made elsewhere a codebook has already, by their names and those above them; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.code_tree import from_the_top
from app.analysis.codebook import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.model.evidence import Code

_Path = tuple[str, ...]


def new_among(codes: Iterable[Code], standing: Iterable[Code]) -> tuple[str, ...]:
    """Name the codes that would be added if codes were taken in, by their keys.

    Args:
        codes: whose parents are among them.
        standing: those of the codebook.
    """
    known = set(_paths(standing).values())
    found = []
    for key, path in _paths(codes).items():
        if path not in known:
            known.add(path)
            found.append(key)
    return tuple(found)


def _paths(codes: Iterable[Code]) -> dict[str, _Path]:
    paths: dict[str, _Path] = {}
    for code in from_the_top(codes):
        above = paths[code.parent] if code.parent else ()
        paths[code.key] = (*above, same_name(code.name))
    return paths
