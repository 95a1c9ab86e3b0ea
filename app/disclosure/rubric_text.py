"""Names within the YAML of a rubric: replaced where one stands, or else every byte of it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.disclosure.names import MARK

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXTS: Final = frozenset(
    {
        "title", "summary", "licence_note", "note", "url", "name", "short", "label", "description", "statement",
        "evidence", "question", "advice",
    }
)  # fmt: skip
_SHORT: Final = {
    ("levels", "name"): 24,
    ("principles", "short"): 24,
    ("answers", "short"): 12,
    ("answers", "label"): 80,
}
"""How long texts may be that stand in narrow places, by the list and the field."""
_OF_LEVELS: Final = "levels:"  # what a principle says of each level, by its id


def without_names(text: str, write: Callable[[str], str], holds_names: Callable[[str], bool]) -> str:
    """Replace names in the texts of a rubric or a mapping; ids and numbers stay, and so does a text without names.

    Text that is no YAML of fields is taken for words as any others.
    """
    if not holds_names(text):
        return text
    import yaml

    try:
        plain = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except yaml.YAMLError:
        plain = None
    if not isinstance(plain, dict):
        return write(text)
    written = _written(plain, "", write)
    return text if written == plain else str(yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=110))


def _written(value: Any, place: str, write: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_written(each, place, write) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: _field(each, place, name, write) for name, each in value.items()}


def _field(value: Any, place: str, name: str, write: Callable[[str], str]) -> Any:
    if not isinstance(value, str):
        return _written(value, name if isinstance(value, list) else f"{name}:", write)
    if name not in _TEXTS and place != _OF_LEVELS:
        return value
    written = write(value)
    fits = len(written) <= _SHORT.get((place, name), len(written))
    return written if fits else MARK
