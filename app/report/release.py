"""The gate through which a report leaves: it is made, read, finished, read again, and only then written.

A report for others is read string by string for names that stay inside before anything of it is on the medium, and the
finished file is read back as a stranger would. Everything up to the last step happens in memory.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.disclosure.printed import FILE_NAME, Printed
from app.disclosure.profiles import is_for_others
from app.errors import FieldquillError
from app.model.disclosure import ReportFormat
from app.report.save import write_files
from app.report.snapshot import take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from app.disclosure.check import Leak
    from app.model.disclosure import Profile, ReportSetup
    from app.model.document import StudyDocument
    from app.report.snapshot import AuditDigest, Snapshot

    Tell = Callable[[str, int, int], bool]

FORMATS: Final = tuple(f".{each}" for each in ReportFormat)
"""What a report can be written as, by its file's ending; `.csv` makes a folder."""

_STEPS: Final = 4  # of a copy
_NAMED: Final = 3


class LeaksError(FieldquillError):
    """A report, or what `of` calls it, that would tell others what stays inside; nothing was written.

    `leaks` has the places and words; `told` says where, for those who wanted something else than to write it.
    """

    code = "report.leaks"

    def __init__(self, leaks: tuple[Leak, ...], of: str = "report") -> None:
        places = list(dict.fromkeys(map(place_words, leaks)))
        more = " and elsewhere" if len(places) > _NAMED else ""
        count = "1 place" if len(leaks) == 1 else f"{len(leaks)} places"
        remedy = (
            "give the file another name"
            if all(leak.place == FILE_NAME for leak in leaks)
            else "replace, cut or allow each"
        )
        self.told = (
            f"at {count} the {of} would tell what its profile keeps inside "
            f"({', '.join(places[:_NAMED])}{more}); {remedy}, then try again."
        )
        super().__init__(f"Nothing was written: {self.told}")
        self.leaks = leaks


class CancelledError(FieldquillError):
    """A report that somebody stopped; nothing was written."""

    code = "report.cancelled"


class ReportFormatError(FieldquillError):
    """A report that can't be written in the way that was asked for."""

    code = "report.format"


def place_words(leak: Leak) -> str:
    """Say where a leak is without any word of the study: "page 3", "section 4", "bookmark"."""
    return f"page {leak.page}" if leak.page else leak.place[:1].lower() + leak.place[1:]


def _go_on(_what: str, _done: int, _of: int) -> bool:
    return True


def release(
    document: StudyDocument,
    setup: ReportSetup | None,
    path: Path,
    *,
    version: str,
    audit: AuditDigest | None = None,
    issued: date | None = None,
    passphrase: str = "",
    tell: Tell = _go_on,
) -> tuple[Path, ...]:
    """Write a report, all copies or none, in the format of the path's ending.

    Args:
        document: the study, whole and not disclosed.
        setup: profile, paper, copies; as the study last had them where it is None.
        path: the file; several copies get a number before its ending, and `.csv` a folder `NAME-tables`.
        version: Fieldquill's own.
        audit: what the audit trail says of itself.
        issued: the day it is made on, told on the cover as exactly as the profile has it.
        passphrase: what a PDF opens with; none where it is empty.
        tell: is told what is being done, how many pieces are done and of how many; stops it by giving False.

    Returns:
        The files that were written.

    Raises:
        LeaksError: the report is for others and would tell what stays inside.
        CancelledError: it was stopped.
        ReportFormatError: there is no such format, or it can't be protected.
        ReportNotSavedError: it could not be written.
        UnknownProfileError: there is no such profile.
    """
    setup = setup or document.report
    form = _form(path, setup, passphrase)
    snapshot = take(document, setup, version=version, audit=audit, issued=issued)
    job = _Job(document, snapshot.profile, passphrase, tell, _STEPS * setup.copies)
    files: dict[Path, bytes] = {}
    for copy in range(1, setup.copies + 1):
        files |= job.one(form, replace(snapshot, copy=copy), _copy_path(path, copy, setup.copies))
    return _write(files, path.parent, job)


def printable(
    document: StudyDocument,
    setup: ReportSetup,
    copy: int,
    *,
    version: str,
    name: str,
    audit: AuditDigest | None = None,
    issued: date | None = None,
) -> bytes:
    """Make a copy to be printed, in memory: the PDF that `release` would write, read as that is for what stays inside.

    Args:
        document: the study, whole and not disclosed.
        setup: profile, paper, copies.
        copy: which of the copies, from 1.
        version: Fieldquill's own.
        name: what the printer is told that it is, which must not tell anything either.
        audit: what the audit trail says of itself.
        issued: the day it is made on.

    Raises:
        LeaksError: the report is for others and would tell what stays inside.
        UnknownProfileError: there is no such profile.
    """
    snapshot = take(document, setup, version=version, copy=copy, audit=audit, issued=issued)
    job = _Job(document, snapshot.profile, "", _go_on, _STEPS)
    (content,) = job.one(_FORMS[".pdf"], snapshot, Path(name)).values()
    return content


def leaks(
    document: StudyDocument, setup: ReportSetup | None = None, *, version: str, audit: AuditDigest | None = None
) -> tuple[Leak, ...]:
    """Find what a report would tell that stays inside, allowed ones included; nothing is written.

    Raises:
        UnknownProfileError: there is no such profile.
    """
    from app.disclosure.check import check
    from app.report.build import make_report

    snapshot = take(document, setup, version=version, audit=audit)
    return check(make_report(snapshot).printed, document, snapshot.profile)


@dataclass
class _Made:
    """Files of one copy by their places, and every string they were made with."""

    files: dict[Path, bytes]
    printed: Iterable[Printed]


@dataclass(frozen=True)
class _Form:
    """A format: how a copy is made, finished once it was found clean, and read back."""

    make: Callable[[Snapshot, Path, Callable[[str], object]], _Made]
    read: Callable[[bytes, str], Iterable[Printed]]
    finish: Callable[[bytes, str], bytes] = lambda content, _passphrase: content


@dataclass
class _Job:
    """A release under way."""

    document: StudyDocument
    profile: Profile
    passphrase: str
    tell: Tell
    steps: int
    done: int = 0
    of: str = ""

    def one(self, form: _Form, snapshot: Snapshot, path: Path) -> dict[Path, bytes]:
        """Make one copy, in memory."""
        self.of = f"Copy {snapshot.copy} of {snapshot.setup.copies}: " if snapshot.setup.copies > 1 else ""
        self.say("setting the pages")
        made = form.make(snapshot, path, self.say)
        self.step("reading it for what stays inside")
        names = dict.fromkeys(name for each in made.files for name in _names(each, path))
        printed = (*made.printed, *(Printed(name, 0, FILE_NAME) for name in names))
        self.require_clean(printed)
        self.step("finishing the file")
        files = {place: form.finish(content, self.passphrase) for place, content in made.files.items()}
        self.step("reading the finished file")
        if is_for_others(self.profile):
            read = [each for content in files.values() for each in form.read(content, self.passphrase)]
            self.require_clean(read, _Known(printed))
        self.step("keeping it for writing")
        return files

    def step(self, what: str) -> None:
        """Say that a piece is done, and what comes next."""
        self.done += 1
        self.say(what)

    def say(self, what: str) -> None:
        """Say what is being done.

        Raises:
            CancelledError: it is to stop.
        """
        words = f"{self.of}{what}"
        if not self.tell(words[:1].upper() + words[1:], self.done, self.steps):
            raise CancelledError("The report was stopped; nothing was written, and what stood there still does.")

    def require_clean(self, printed: Iterable[Printed], known: _Known | None = None) -> None:
        """Read strings for what stays inside; what was `known` before need not be read as anything but a name again.

        Raises:
            LeaksError: the report is for others, and something is there.
        """
        if not is_for_others(self.profile):
            return
        from app.disclosure.check import check, open_leaks

        printed = tuple(printed)
        found = (*open_leaks(check(printed, self.document, self.profile)), *_keys_told(printed, self.document))
        if known is not None:
            found = tuple(leak for leak in found if not known.explains(leak))
        if found:
            raise LeaksError(found)


class _Known:
    """The strings a report was made with, read already: what a page makes of two that stand beside each other is new.

    Words of two cells may together be much like a name, and an address that was let pass is torn where a line ends.
    """

    def __init__(self, printed: Iterable[Printed]) -> None:
        texts = [each.text for each in printed]
        self._words = frozenset(word for text in texts for word in text.split())
        self._letters = "\n".join(map(_letters, texts))

    def explains(self, leak: Leak) -> bool:
        """Whether what was found is nothing but them; a name is a name however it came about."""
        from app.disclosure.check import LeakKind

        if leak.kind is LeakKind.NAME:
            return False
        near = leak.kind is LeakKind.NEAR and self._words.issuperset(leak.text.split())
        return near or _letters(leak.text) in self._letters


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _names(path: Path, asked: Path) -> tuple[str, ...]:
    """Give the names that a file gets, its folder's where that is made, too."""
    return (path.name,) if path.parent == asked.parent else (path.parent.name, path.name)


def _keys_told(printed: Iterable[Printed], document: StudyDocument) -> Iterator[Leak]:
    """Find keys of cases, sources and people among the names inside a file: a key may be made of a real name."""
    from app.disclosure.check import Leak, LeakKind
    from app.report.reread import INSIDE

    keys = {each.key for each in (*document.cases, *document.sources, *document.participants) if len(each.key) > 2}
    for text, page, place in printed:
        if place == INSIDE and any(text == key or text.endswith(f"-{key}") for key in keys):
            yield Leak(
                text=text,
                kind=LeakKind.NAME,
                name="",
                pseudonym="",
                page=page,
                place=place,
                before="",
                after="",
                allowed="",
            )


def _write(files: dict[Path, bytes], into: Path, job: _Job) -> tuple[Path, ...]:
    """Write all files or none; a folder of tables that was made for nothing is removed again."""
    made = [folder for folder in {path.parent for path in files} if folder.parent == into and not folder.exists()]
    for folder in made:
        with contextlib.suppress(OSError):
            folder.mkdir()
    try:
        write_files(files)
    except FieldquillError:
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
    _clear(files)
    job.tell("Written", job.steps, job.steps)
    return tuple(files)


def _clear(files: dict[Path, bytes]) -> None:
    """Remove tables of an earlier report from a folder of tables, so that no old number stands among new ones."""
    from app.report.tables import TABLE_FILE

    for folder in {path.parent for path in files if TABLE_FILE.fullmatch(path.name)}:
        for old in folder.iterdir():
            if TABLE_FILE.fullmatch(old.name) and old not in files:
                with contextlib.suppress(OSError):  # the report is written; what is left of an older one is no failure
                    old.unlink(missing_ok=True)


# Formats


def _form(path: Path, setup: ReportSetup, passphrase: str) -> _Form:
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        listed = f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
        raise ReportFormatError(
            f'Nothing was written: "{path.name}" says no format; name a file that ends in {listed}.'
        )
    if (passphrase or setup.protected) and suffix != ".pdf":
        raise ReportFormatError("Nothing was written: only a PDF can be protected; choose one, or no protection.")
    if setup.protected and not passphrase:
        raise ReportFormatError("Nothing was written: the report is to be protected, and no passphrase was given.")
    return _FORMS[suffix]


def free_path(path: Path) -> Path:
    """Number the name of a report where one is there already, in one copy or several: somebody may have edited it."""
    ending = r"-tables" if path.suffix == ".csv" else re.escape(path.suffix)
    report = re.compile(rf"(.+?)(?:-copy-\d+)?{ending}")
    try:
        taken = {found[1] for each in path.parent.iterdir() if (found := report.fullmatch(each.name))}
    except OSError:
        return path
    names = (path.stem, *(f"{path.stem}-{number}" for number in range(2, len(taken) + 2)))
    return path.with_stem(next(name for name in names if name not in taken))


def _copy_path(path: Path, copy: int, copies: int) -> Path:
    return path.with_name(f"{path.stem}-copy-{copy}{path.suffix}") if copies > 1 else path


def _make_pdf(snapshot: Snapshot, path: Path, step: Callable[[str], object]) -> _Made:
    from app.report.build import make_report

    report = make_report(snapshot, step)
    return _Made({path: report.content}, report.printed)


def _finish_pdf(content: bytes, passphrase: str) -> bytes:
    from app.report.archive import archived
    from app.report.protect import protect

    finished = archived(content, claim=not passphrase)
    return protect(finished, passphrase) if passphrase else finished


def _read_pdf(content: bytes, passphrase: str) -> Iterable[Printed]:
    from app.report.reread import pdf_strings

    return pdf_strings(content, passphrase)


def _make_docx(snapshot: Snapshot, path: Path, step: Callable[[str], object]) -> _Made:
    from app.report.docx import make_docx
    from app.report.told import tell

    told = tell(snapshot, step)
    return _Made({path: make_docx(told)}, told.printed())


def _make_xlsx(snapshot: Snapshot, path: Path, step: Callable[[str], object]) -> _Made:
    from app.report.tables import make_xlsx
    from app.report.told import tell

    told = tell(snapshot, step)
    return _Made({path: make_xlsx(told)}, told.printed())


def _read_office(content: bytes, _passphrase: str) -> Iterable[Printed]:
    from app.report.reread import office_strings

    return office_strings(content)


def _make_csv(snapshot: Snapshot, path: Path, step: Callable[[str], object]) -> _Made:
    from app.report.tables import csv_files
    from app.report.told import tell

    told = tell(snapshot, step)
    folder = path.with_name(f"{path.stem}-tables")
    return _Made({folder / name: content for name, content in csv_files(told).items()}, told.printed())


def _read_csv(content: bytes, _passphrase: str) -> Iterable[Printed]:
    from app.report.reread import csv_strings

    return csv_strings(content)


_FORMS: Final = {
    ".pdf": _Form(_make_pdf, _read_pdf, _finish_pdf),
    ".docx": _Form(_make_docx, _read_office),
    ".xlsx": _Form(_make_xlsx, _read_office),
    ".csv": _Form(_make_csv, _read_csv),
}
