"""Write a rubric as YAML, the way the shipped ones are written: it reads back as the very same rubric."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from msgspec import Struct

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
_HEAD: Final = ("id", "version", "title", "summary", "licence", "licence_note", "language", "rule", "overall")


def write_rubric(rubric: Rubric) -> str:
    """The YAML of a sound rubric: fields in our order, long texts folded at 110 characters, no anchors."""
    groups = [
        list(_fields(rubric, _HEAD, 0)),
        _list_of("answers", rubric.answers, Offer),
        _list_of("sources", rubric.sources, Source),
        _list_of("levels", rubric.levels, Level),
        _principles(rubric),
    ]
    return "\n\n".join("\n".join(group) for group in groups if group) + "\n"


def _list_of(name: str, parts: Iterable[Struct], of: type[Struct]) -> list[str]:
    lines = list(chain.from_iterable(_item(_fields(part, of.__struct_fields__, 4), 2) for part in parts))
    return [f"{name}:", *lines] if lines else []


def _principles(rubric: Rubric) -> list[str]:
    items = ("\n".join(_item(_principle(principle), 2)) for principle in rubric.principles)
    return ["principles:", "\n\n".join(items)]


def _principle(principle: Principle) -> Iterator[str]:
    yield from _fields(principle, ("id", "name", "short", "description"), 4)
    if principle.levels:
        yield "    levels:"
        for level, described in principle.levels.items():
            yield from _field(_quoted(level) if _is_cryptic(level) else level, described, 6)
    yield "    criteria:"
    yield "\n\n".join("\n".join(_item(_criterion(criterion), 6)) for criterion in principle.criteria)


def _criterion(criterion: Criterion) -> Iterator[str]:
    yield from _fields(criterion, ("id", "level", "statement", "evidence", "question", "advice"), 8)
    if criterion.sources:
        listed = ", ".join(_quoted(source) if _is_cryptic(source) else source for source in criterion.sources)
        yield f"        sources: [{listed}]"


def _item(lines: Iterable[str], indent: int) -> Iterator[str]:
    """Put the sign of an entry of a list before the first of its lines."""
    for place, line in enumerate(lines):
        yield line if place else f"{line[:indent]}- {line[indent + 2 :]}"


def _fields(part: Struct, names: Iterable[str], indent: int) -> Iterator[str]:
    """The fields of a part that hold something, in the order given."""
    for name in names:
        value = getattr(part, name)
        if isinstance(value, str):
            yield from _field(name, value, indent) if value else ()
        elif value is not None:
            yield f"{' ' * indent}{name}: {_number(value)}"


def _field(name: str, text: str, indent: int) -> Iterator[str]:
    """A field with its text: as it is where that is short and clear, else folded, line by line, or in quotes."""
    start = f"{' ' * indent}{name}:"
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
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _number(value: float) -> str:
    """A number as YAML reads it: whole ones without a fraction, and never an exponent without one."""
    if abs(value) < _LARGE and value == int(value):
        return str(int(value))
    written = repr(value).replace("inf", ".inf")
    return written if "." in written else written.replace("e", ".0e")
