"""Text on paper: the only way words get into the report, so that none can be read as markup.

ReportLab's own paragraphs parse tags and would load a file named in one. Here a paragraph is made of runs, broken into
lines by our own hand, and no parser ever sees what people wrote. What cannot be printed is replaced or left out.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from app.report.fonts import REPLACEMENT, Face, font_of, has_glyph
from app.report.hyphens import language, usual
from app.report.lines import Frag, Rules, broken, drawn, line_said, rejoined, words_of
from app.report.pdf import Flowable
from app.report.style import BODY, TEXT_BODY, Colour, Style, pdf_colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.report.lines import Line, Piece
    from app.report.pdf import Canvas

LONGEST_WORD: Final = 1_000
LONGEST_TEXT: Final = 20_000
BREAK: Final = "\n"
RUNNING: Final = 60
"""Characters from which a paragraph is running text."""
_FUZZ: Final = 0.01
_LONG_WORD: Final = re.compile(rf"\S{{{LONGEST_WORD},}}")
_BREAKS: Final = re.compile(r"[ \t]*(?:\r\n|[\n\r\v\f\x85\u2028\u2029])[ \t]*")
_GAPS: Final = re.compile(r"\n{3,}")
_ESCAPED: Final = tuple(
    chr(byte) if 32 <= byte < 127 and chr(byte) not in "()\\" else f"\\{byte:03o}" for byte in range(256)
)
_DROPPED: Final = frozenset({"Cc", "Cf"})


class Run(NamedTuple):
    """A stretch of text set in one way; None takes what the paragraph has. `to` is a place in this document."""

    text: str
    face: Face | None = None
    colour: Colour | None = None
    to: str = ""


Words = str | Run
_Made = TypeVar("_Made", bound=Flowable)


class Text(Flowable):
    """A paragraph that knows its words, and tells the sheets which page they came to stand on.

    `ranged` sets its lines against the right edge: figures under each other are read by their places.
    """

    ranged: bool = False

    def __init__(self, frags: Sequence[Frag], style: Style, lines: Sequence[Line] = (), room: float = 0.0) -> None:
        super().__init__()
        self.frags = list(frags)
        self.style = style
        self._lines = list(lines)
        self._room = room
        self._usual = usual()

    @functools.cached_property
    def said(self) -> str:
        """The words, line ends included, as they are printed."""
        return "".join(frag.text or BREAK for frag in self.frags)

    @property
    def lines(self) -> Sequence[Line]:
        """The lines it was last broken into."""
        return self._lines

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break into lines that fit into a width."""
        if self._room != width:
            words = rejoined(self._lines) if self._lines else words_of(self.frags)
            wide = max((sum(word.width + word.space for word in line) for line in words), default=0.0)
            self._lines = broken(words, width, self._rules() if wide > width else Rules())
            self._room = width
        self.width, self.height = width, len(self._lines) * self.style.leading
        return self.width, self.height

    def _rules(self) -> Rules:
        """Even out lines of running text only: no headings, labels or names."""
        plain = self.style.face is Face.REGULAR and self.style.size <= BODY
        return Rules(language(self.said, self._usual), even=plain and len(self.said) >= RUNNING)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Split so that no line is alone; the first part goes on knowing all the words, so that none is read torn."""
        self.wrap(width, height)
        fits, total = int((height + _FUZZ) / self.style.leading), len(self._lines)
        if total <= fits:
            return [self]
        fits = min(fits, total - 2)
        if fits < 2:
            return []
        parts = [Text(self.frags, self.style, lines, width) for lines in (self._lines[:fits], self._lines[fits:])]
        for part in parts:
            part.ranged = self.ranged
        parts[0].said = self.said
        parts[1].said = BREAK.join(line_said(line) for line in self._lines[fits:])
        parts[0].spaceBefore, parts[0].spaceAfter = self.spaceBefore, 0.0
        parts[1].spaceBefore, parts[1].spaceAfter = 0.0, self.spaceAfter
        return [*parts]

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0.0) -> None:  # noqa: N802, N803 - its names
        """Draw the words, and note them; at once where they belong, for most of what is drawn are words."""
        pen = _Pen(canvas)
        for number, each in enumerate(self._lines):
            base = y + self.height - self.style.size - number * self.style.leading
            pen.line(each, x + self._room - each.width if each.leftward or self.ranged else x, base)
        pen.done()
        note(canvas, self.said)


class _Pen:
    """Draws lines in PDF's own words (ISO 32000-1, 9.4), and says only what changes from one stretch to the next."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.document = canvas._doc  # noqa: SLF001 - it has no other way in
        self.code = ["BT"]
        self.font = ""
        self.colour: Any = None

    def line(self, each: Line, x: float, base: float) -> None:
        """Draw a line from x on, on its base."""
        self.code.append(f"1 0 0 1 {x:.2f} {base:.2f} Tm")
        for piece in drawn(each):
            self._stretch(piece.frag, piece.text)
            if piece.frag.to:
                self._link(piece, x, base)
            x += piece.width

    def _stretch(self, frag: Frag, text: str) -> None:
        if self.colour is not frag.textColor:
            self.colour = frag.textColor
            red, green, blue = self.colour.rgb()
            self.code.append(f"{red:.3f} {green:.3f} {blue:.3f} rg")
        font = font_of(frag.fontName)
        for subset, letters in font.splitString(text, self.document):
            name = f"{font.getSubsetInternalName(subset, self.document)} {frag.fontSize:.2f} Tf"
            if name != self.font:
                self.font = name
                self.code.append(name)
            self.code.append(f"({''.join(map(_ESCAPED.__getitem__, letters))}) Tj")

    def _link(self, piece: Piece, x: float, base: float) -> None:
        size = piece.frag.fontSize
        box = (x, base - 0.25 * size, x + piece.width, base + size)
        self.canvas.sheets.link(self.canvas, piece.frag.to, box)

    def done(self) -> None:
        """Put what was drawn on the page."""
        self.canvas._code.append("\n".join([*self.code, "ET"]))  # noqa: SLF001 - it has no other way in


def note(canvas: Canvas, text: str) -> None:
    """Note a string that was drawn, for the leak check to read; a sheet that is written on by hand keeps none."""
    sheets = getattr(canvas, "sheets", None)
    if sheets is not None and text:
        sheets.note(text, canvas.getPageNumber())


class _Printable(dict[int, str | None]):
    """What each code point is printed as, found out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        known = has_glyph(code) and unicodedata.category(character) not in _DROPPED
        if character == BREAK or known:
            printed: str | None = character
        elif character == "\t":
            printed = " "
        else:
            printed = _substitute(character)
        self[code] = printed
        return printed


def _substitute(character: str) -> str | None:
    kind = unicodedata.category(character)
    if kind in _DROPPED:
        return None
    if kind.startswith("Z"):
        return " "
    plain = unicodedata.normalize("NFKC", character)
    printable = plain != character and all(has_glyph(ord(part)) for part in plain)
    return plain if printable else REPLACEMENT


_PRINTABLE: Final = _Printable()


def clean(text: str) -> str:
    """Return text as it can be printed.

    Control and format characters go, line ends become one kind, a character without a glyph and a lone surrogate
    become the replacement character, and words and texts of absurd length are cut with a mark that says so.
    """
    if len(text) > LONGEST_TEXT:
        text = f"{text[:LONGEST_TEXT].rstrip()} {_cut_mark(len(text) - LONGEST_TEXT)}"
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _GAPS.sub("\n\n", _BREAKS.sub("\n", text)))
        text = text.translate(_PRINTABLE)
    if len(text) >= LONGEST_WORD:
        text = _LONG_WORD.sub(_shorter_word, text)
    return text.strip()


def unprintable(text: str) -> bool:
    """Whether a text has characters that are printed as the replacement character."""
    return not text.isascii() and any(_PRINTABLE[ord(each)] == REPLACEMENT for each in set(text))


def line(text: str) -> str:
    """Return text as it can be printed in one line."""
    return " ".join(clean(text).split())


def paragraph(*words: Words, style: Style = TEXT_BODY, before: float = 0, after: float = 0) -> Flowable:
    """Set words as one paragraph; a line end in them is kept."""
    pieces = [frag for run in words for frag in _frags(run, style)] or list(_frags(" ", style))
    made = Text(pieces, style)
    made.spaceBefore, made.spaceAfter = before, after
    return made


def of_drawing(made: _Made) -> _Made:
    """Mark what explains a drawing, such as a legend: formats that have a table in its place leave it out."""
    made.of_drawing = True
    return made


def divided(item: Flowable, width: float, height: float) -> list[Flowable]:
    """Split a flowable so that its first part fits into a height; empty where it cannot be."""
    return item.split(width, height)


def _shorter_word(match: re.Match[str]) -> str:
    word = match.group()
    if len(word) == LONGEST_WORD:
        return word
    return f"{word[:LONGEST_WORD]} {_cut_mark(len(word) - LONGEST_WORD)}"


def _cut_mark(characters: int) -> str:
    return f"[… {characters:,} more characters]"


def _frags(words: Words, style: Style) -> Iterator[Any]:
    run = words if isinstance(words, Run) else Run(words)
    font, colour = (run.face or style.face).value, pdf_colour(run.colour or style.colour)
    for number, part in enumerate(_kept_ends(run.text).split(BREAK)):
        if number:
            yield Frag("", font, style.size, colour)
        if part:
            yield Frag(part, font, style.size, colour, run.to)


def _kept_ends(text: str) -> str:
    """Clean text, keeping a space or line end at either end, which parts it from the run beside it."""
    inner = clean(text)
    before, after = (end if end in {" ", BREAK} else "" for end in (text[:1], text[-1:]))
    return f"{before}{inner}{after}" if inner else before
