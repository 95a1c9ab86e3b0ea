"""Read a review pack that an insider filled in: only its fields, and nothing that a reader of PDF made beside them.

The file comes from outside. It is read into memory up to a size, never run, and every way in which it is not the form
that was handed out is one sentence that names the file.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import zlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct

from app.analysis.reviews import Said, place_of
from app.errors import FieldquillError
from app.exchange.review_fields import LONGEST, Names, seal
from app.model.assessment import ReviewVerdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.model.assessment import Review
    from app.model.document import StudyDocument

MOST_BYTES: Final = 32 * 1024 * 1024
MOST_UNPACKED: Final = 128 * 1024 * 1024
MOST_FIELDS: Final = 20_000
_DEEPEST: Final = 8  # fields below fields
_PIECE: Final = 64 * 1024
_STREAM: Final = re.compile(rb"stream\r?\n")
_FORM: Final = re.compile(r"r([0-9]{1,9})-form")
_LANGUAGE: Final = re.compile("\x1b[A-Za-z-]{2,8}\x1b")  # ISO 32000-1, 7.9.2.2: what language the text goes on in
_VERDICTS: Final = {verdict.value: verdict for verdict in ReviewVerdict}
_ENDS: Final = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_UNKEPT: Final = re.compile("[\0-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class ReviewFormError(FieldquillError):
    """A file that is no filled review pack of this study; nothing was taken from it."""

    code = "review.form"


class Filled(Struct, frozen=True):
    """What stands in a filled form: the review's key, the pack's number, each result's answer in the review's order.

    `missing` counts the results whose boxes are not in the file, though every pack has them.
    """

    review: str
    sheet: str
    answers: tuple[Said, ...]
    remark: str = ""
    missing: int = 0

    @property
    def warning(self) -> str:
        """Say what is amiss with a file of which some is missing; empty where nothing is."""
        if not self.missing:
            return ""
        one = self.missing == 1
        what = f"The boxes of {'one result' if one else f'{self.missing} results'} are not in the file"
        return f"{what}: it was damaged or changed; compare it with what was handed back."

    @property
    def given(self) -> tuple[Said, ...]:
        """Those answers in which anything was filled in."""
        return tuple(each for each in self.answers if not each.is_empty)


def read_file(path: Path, document: StudyDocument) -> Filled:
    """Read a filled form from a file; see `read`.

    Raises:
        ReviewFormError: it can't be read, or is no form of this study.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise ReviewFormError(f"{path.name} could not be read ({problem.strerror}).") from None
    return read(content, document, name=path.name)


def read(content: bytes, document: StudyDocument, *, name: str = "The file") -> Filled:
    """Read what an insider filled in.

    Args:
        content: the PDF.
        document: the study whose review it is.
        name: of the file, for what is said when it is none.

    Raises:
        ReviewFormError: it is no PDF, is locked, has no fields left, or is a form of another study or of no review.
    """
    if len(content) > MOST_BYTES:
        raise ReviewFormError(f"{name} is larger than {MOST_BYTES // 1024**2} MB, so it was not read: no form is.")
    if _unpacked(content) > MOST_UNPACKED:
        raise ReviewFormError(f"{name} unpacks to more than any form does, so it was not read.")
    fields = _fields(content, name)
    review = _review(document, fields, name)
    names = Names(document.study.id, review.sheet)
    places = [place_of(item) for item in review.items]
    answers = tuple(
        Said(at, _verdict(fields, names.verdict(at), name), _text(fields, names.comment(at), name)) for at in places
    )
    missing = sum(names.verdict(at) not in fields for at in places)
    return Filled(review.key, review.sheet, answers, _text(fields, names.remark, name), missing)


# Which review it is


def _review(document: StudyDocument, fields: Mapping[str, _Field], name: str) -> Review:
    """Find the review whose fields these are; their names are made with the study's id, so that no other's fit."""
    newest_first = [(_fit(document, each, fields), each) for each in reversed(document.reviews) if each.sheet]
    fit, review = max(newest_first, key=lambda pair: pair[0], default=(0, None))
    if not fit or review is None:
        raise ReviewFormError(f"{name} {_stranger(document, fields)}, so nothing was read from it.")
    return review


def _fit(document: StudyDocument, review: Review, fields: Mapping[str, _Field]) -> int:
    return len(Names(document.study.id, review.sheet).places(review).keys() & fields.keys())


def _stranger(document: StudyDocument, fields: Mapping[str, _Field]) -> str:
    """Say what a form is that no review of the study has."""
    seals = ((found.group(1), field.value) for key, field in fields.items() if (found := _FORM.fullmatch(key)))
    sheet, value = next(seals, ("", ""))
    if not sheet:
        return "is a form, but no review pack"
    if value == seal(document.study.id):
        return f"is review pack {sheet}, but the study no longer has that review"
    return "is a review pack of another study"


# What stands in it


def _verdict(fields: Mapping[str, _Field], key: str, name: str) -> ReviewVerdict | None:
    """Read which box is crossed: what the field says, or else what its boxes show."""
    field = fields.get(key, _NOTHING)
    if field.value in _VERDICTS:
        return _VERDICTS[field.value]
    crossed = [_VERDICTS[each] for each in dict.fromkeys(field.crossed) if each in _VERDICTS]
    if len(crossed) > 1:
        raise ReviewFormError(f"{name} has several boxes crossed beside one result: leave one, then read it again.")
    return crossed[0] if crossed else None


def _text(fields: Mapping[str, _Field], key: str, name: str) -> str:
    """Read what was written, line ends as they are in a study, and without what no study can keep."""
    written = _LANGUAGE.sub("", fields.get(key, _NOTHING).value)
    text = _UNKEPT.sub("", _ENDS.sub("\n", written)).strip()
    if len(text) > LONGEST:
        raise ReviewFormError(
            f"{name} has a text of {len(text):,} characters, and at most {LONGEST:,} are taken in: shorten it."
        )
    return text


# Its fields


def _unpacked(content: bytes) -> int:
    """Measure what the streams of a file unpack to, in bytes, as far as that is allowed: a small file can be huge."""
    total = 0
    for found in _STREAM.finditer(content):
        unpacking = zlib.decompressobj()
        with contextlib.suppress(zlib.error):  # it is packed in another way, or not at all
            for start in range(found.end(), len(content), _PIECE):
                total += len(unpacking.decompress(content[start : start + _PIECE], MOST_UNPACKED + 1))
                if unpacking.eof or total > MOST_UNPACKED:
                    break
    return total


class _Field(NamedTuple):
    """What a field holds as plain words, and which of its boxes are shown as crossed."""

    value: str = ""
    crossed: tuple[str, ...] = ()


_NOTHING: Final = _Field()


def _fields(content: bytes, name: str) -> dict[str, _Field]:
    """Read the fields of a PDF, by their full names."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            form = pdf.Root.get("/AcroForm")
            is_other = form is not None and "/XFA" in form
            found = dict(itertools.islice(_walk(form.get("/Fields")), MOST_FIELDS)) if form is not None else {}
    except pikepdf.PasswordError:
        raise ReviewFormError(f"{name} asks for a password: save it without one, then read it again.") from None
    except (pikepdf.PdfError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):
        raise ReviewFormError(f"{name} is no PDF, or a damaged one, so nothing was read from it.") from None
    if is_other:
        raise ReviewFormError(f"{name} was made another kind of form (XFA): fill in the pack as it was given out.")
    if not found:
        raise ReviewFormError(
            f"{name} has no fields to read: it was printed to a file, or is no form; type in what stands in it instead."
        )
    return found


def _walk(fields: Any, above: str = "", depth: int = 0) -> Iterator[tuple[str, _Field]]:
    """Go through fields and those below them; a field's name is that of all above it and its own."""
    for each in fields if fields is not None and depth < _DEEPEST else ():
        key = ".".join(filter(None, (above, str(each.get("/T", "")))))
        kids = each.get("/Kids")
        if kids is not None and any("/T" in kid for kid in kids):
            yield from _walk(kids, key, depth + 1)
        else:
            yield key, _Field(_plain(each), tuple(_state(box) for box in (kids if kids is not None else (each,))))


def _plain(field: Any) -> str:
    """Give a value as words: a string, a name without its stroke, or a stream of text; a number picks an option."""
    value = field.get("/V")
    options = field.get("/Opt")
    words = _words(value)
    if options is not None and words.isdecimal() and int(words) < len(options):
        return _words(options[int(words)])
    return words


def _words(value: Any) -> str:
    from pikepdf import Name, Stream, String

    if isinstance(value, Stream):
        return str(String(value.read_bytes()))
    if isinstance(value, Name):
        return str(value).removeprefix("/")
    return str(value) if isinstance(value, String) else ""


def _state(box: Any) -> str:
    return _words(box.get("/AS"))
