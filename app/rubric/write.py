"""Write a rubric as YAML, the way the shipped ones are written: it reads back as the very same rubric."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct, to_builtins

from app.rubric.structure import Criterion, Level, Offer, Principle, Rubric, Source

WIDTH: Final = 110

_WORDS: Final = re.compile(r"\S+( \S+)*")  # what folding gives back as it was: words with single spaces
_PLAIN: Final = re.compile(r"[^\W\d_].*")  # begins with a letter, so it is no number, date or sign of YAML's
_SAYS_MORE: Final = re.compile(r": | #|:$")  # in a plain text these begin a value or a comment
_ODD: Final = re.compile(  # signs that YAML takes for line breaks, and those nobody would see
    "[^\\n\\x20-\\x7e\\xa1-\\u1fff\\u2010-\\u2027\\u2030-\\u205e\\u2070-\\ud7ff"
    "\\uf900-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010fffd]"
)
_WORDS_OF_YAML: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ESCAPED: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_LARGE: Final = 1e15
_ID: Final = re.compile(r"[a-z][a-z0-9_-]*")
_HEAD: Final = ("id", "version", "title", "summary", "licence", "licence_note", "language", "rule", "overall")
LISTS: Final[dict[str, type[Struct]]] = {
    "answers": Offer,
    "sources": Source,
    "levels": Level,
    "principles": Principle,
    "criteria": Criterion,
}
"""The lists of things in a rubric, and in its principles."""
_ORDER: Final[dict[str, Sequence[str]]] = {
    "": (*_HEAD, "answers", "sources", "levels", "principles"),
    **{name: thing.__struct_fields__ for name, thing in LISTS.items()},
}
"""The order of fields, by the list that the things stand in."""
_APART: Final = ("principles", "criteria")


Plain = dict[str, Any]
"""A rubric as plain values, sound or not: what YAML holds."""


def write_rubric(rubric: Rubric) -> str:
    """The YAML of a rubric: fields in our order, long texts folded at 110 characters, no anchors."""
    return write_plain({"language": rubric.language, **to_builtins(rubric)})


def write_plain(value: Plain) -> str:
    """The YAML of a rubric that may still lack things, or hold what does not belong there."""
    lines: list[str] = []
    for name in _in_order(value, _ORDER[""]):
        if lines and _is_list_of_things(value[name]):
            lines.append("")
        lines += _value(name, value[name], 0)
    return "\n".join(lines) + "\n"


def id_text(word: str) -> str:
    """An id as YAML takes it for text: in quotes where it is a word of YAML's own."""
    return word if _ID.fullmatch(word) and word not in _WORDS_OF_YAML else _quoted(word)


def _in_order(value: Plain, order: Sequence[str]) -> list[str]:
    """The names of fields: those known in their order, then the others; lists of things last."""
    known = [name for name in order if name in value]
    others = [name for name in value if name not in order]
    names = [*known, *others]
    return sorted(names, key=lambda name: _is_list_of_things(value[name]) and name != "criteria")


def _is_list_of_things(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(each, dict) and each for each in value)


def _value(name: str, value: Any, indent: int) -> Iterator[str]:
    start = f"{' ' * indent}{id_text(name)}:"
    if isinstance(value, str):
        yield from _field(start, value, indent)
    elif isinstance(value, dict) and value:
        yield start
        for inner in value:
            yield from _value(inner, value[inner], indent + 2)
    elif _is_list_of_things(value):
        yield start
        yield from _items(name, value, indent + 2)
    else:
        yield f"{start} {_inline(value)}"


def _items(name: str, things: Sequence[Plain], indent: int) -> Iterator[str]:
    """The entries of a list; those that take many lines are set apart."""
    for number, thing in enumerate(things):
        if number and name in _APART:
            yield ""
        lines = (
            line for field in _in_order(thing, _ORDER.get(name, ())) for line in _value(field, thing[field], indent + 2)
        )
        for place, line in enumerate(lines):
            yield line if place else f"{line[:indent]}- {line[indent + 2 :]}"


def _inline(value: Any) -> str:
    """What stands behind its name on one line: a number, a list of ids, or what does not belong in a rubric."""
    if isinstance(value, str):
        return id_text(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{id_text(str(name))}: {_inline(inner)}' for name, inner in value.items())}}}"
    return f"[{', '.join(map(_inline, value))}]" if isinstance(value, list | tuple) else str(value)


def _field(start: str, text: str, indent: int) -> Iterator[str]:
    """A field with its text: as it is where that is short and clear, else folded, line by line, or in quotes."""
    written = _quoted(text) if _is_cryptic(text) else text
    if len(start) + 1 + len(written) <= WIDTH or not _folds(text):
        yield from _lines(start, text, indent) if _keeps_lines(text) else (f"{start} {written}",)
        return
    yield f"{start} >-"
    yield from _folded(text.split(" "), " " * (indent + 2))


def _lines(start: str, text: str, indent: int) -> Iterator[str]:
    yield f"{start} |{'' if text.endswith(chr(10)) else '-'}"
    for line in text.removesuffix("\n").split("\n"):
        yield f"{' ' * (indent + 2)}{line}" if line else ""


def _folded(words: Iterable[str], margin: str) -> Iterator[str]:
    line = margin
    for word in words:
        if line != margin and len(line) + 1 + len(word) > WIDTH:
            yield line
            line = margin
        line += word if line == margin else f" {word}"
    yield line


def _folds(text: str) -> bool:
    return bool(_WORDS.fullmatch(text)) and not _ODD.search(text) and "\n" not in text and " " in text


def _keeps_lines(text: str) -> bool:
    """Whether a text of several lines can stand line by line: none is indented, empty at an end, or odd."""
    lines = text.removesuffix("\n").split("\n")
    return len(lines) > 1 and bool(lines[0] and lines[-1]) and not _ODD.search(text) and all(map(_is_even, lines))


def _is_even(line: str) -> bool:
    return line == line.strip()


def _is_cryptic(text: str) -> bool:
    """Whether YAML could take a plain text for something else."""
    if not (_PLAIN.fullmatch(text) and _WORDS.fullmatch(text)) or _ODD.search(text) or "\n" in text:
        return True
    return text.lower() in _WORDS_OF_YAML or bool(_SAYS_MORE.search(text))


def _quoted(text: str) -> str:
    return f'"{"".join(_ESCAPED.get(sign) or _escaped(sign) for sign in text)}"'


def _escaped(sign: str) -> str:
    if not _ODD.match(sign):
        return sign
    code = ord(sign)
    if 0xD800 <= code <= 0xDFFF:  # half a sign, which no file can hold
        return "\N{REPLACEMENT CHARACTER}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _number(value: float) -> str:
    """A number as YAML reads it: whole ones without a fraction, and never an exponent without one."""
    if abs(value) < _LARGE and value == int(value):
        return str(int(value))
    written = repr(value).replace("inf", ".inf")
    return written if "." in written else written.replace("e", ".0e")
