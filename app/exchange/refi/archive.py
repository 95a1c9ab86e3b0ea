"""Read a `.qdpx` archive: only names that are asked for, into memory, under caps; nothing is ever extracted."""

from __future__ import annotations

import contextlib
import io
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING, Final, Self

from app.exchange.refi.names import INSIDE, PROJECT_FILE, SOURCES, ExchangeFileError

if TYPE_CHECKING:
    from pathlib import Path

MOST_FILES: Final = 65_000
LARGEST_FILE: Final = 64 * 1024 * 1024  # bytes of one file, unpacked
LARGEST: Final = 256 * 1024 * 1024  # bytes of all files read
_DIRECTORY: Final = 16 * 1024 * 1024  # bytes of the list of names
_SMALL: Final = 1024 * 1024  # bytes, below which it does not matter how well a file is packed
_RATIO: Final = 200  # of unpacked to packed; text is packed to a tenth, and what repeats itself to a fiftieth
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError, OSError,
)  # fmt: skip


class _Guarded(io.FileIO):
    """A file that is not read in pieces larger than any honest archive needs."""

    most = _DIRECTORY

    def read(self, size: int | None = -1, /) -> bytes:
        """Read at most `size` bytes; a size that is too large is an archive's lie."""
        if size is not None and size > self.most:
            raise zipfile.BadZipFile("its list of names is too long")
        found = super().read(-1 if size is None else size)
        return found or b""


class Archive:
    """An open `.qdpx`, its names checked.

    Raises:
        ExchangeFileError: it can't be read, is no zip, or holds what no exchange file does.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._left = LARGEST
        self._closing = contextlib.ExitStack()
        try:
            self._file = self._closing.enter_context(_Guarded(path))
            self._zip = self._closing.enter_context(zipfile.ZipFile(self._file))
            self._file.most = LARGEST_FILE + _SMALL
            self._names = self._checked()
        except _BROKEN as problem:
            self._closing.close()
            raise self._broken(problem) from None
        except BaseException:
            self._closing.close()
            raise

    def __enter__(self) -> Self:
        """Use the archive in a `with` block that closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._closing.close()

    def project(self) -> bytes:
        """Read the project's XML, however its name is written.

        Raises:
            ExchangeFileError: there is none, or it can't be read.
        """
        listed = self._names.get(PROJECT_FILE)
        if listed is None:
            raise self._wrong("", f"it holds no {PROJECT_FILE}, so it is no REFI-QDA project")
        return self._read(*listed)

    def text(self, path: str, place: str) -> bytes | None:
        """Read one of the sources' files.

        Args:
            path: as the project names it, with or without `internal://` and the folder.
            place: where in the project, for errors.

        Returns:
            Its bytes; None where it is not in the archive.

        Raises:
            ExchangeFileError: it leads out of the archive, or can't be read.
        """
        name = path.strip().removeprefix(INSIDE).replace("\\", "/").casefold()
        if "://" in name:  # beside the archive, or on the computer it was written on
            return None
        if not _is_plain(name):
            raise self._wrong(place, "it names a file outside the archive")
        inside = name if name.startswith(f"{SOURCES}/") else f"{SOURCES}/{name}"
        listed = self._names.get(inside)
        return None if listed is None else self._read(*listed)

    def _checked(self) -> dict[str, tuple[int, zipfile.ZipInfo]]:
        """List what is in it, with its number, by names without capitals; all of it is looked at, not all is read."""
        infos = self._zip.infolist()
        if len(infos) > MOST_FILES:
            raise self._wrong("", f"it holds more than {MOST_FILES} files")
        found: dict[str, tuple[int, zipfile.ZipInfo]] = {}
        for number, info in enumerate(infos, 1):
            name = info.filename.replace("\\", "/").casefold()
            place = f"file {number}"
            if not _is_plain(name):
                raise self._wrong(place, "its name leads out of the archive")
            if stat.S_ISLNK(info.external_attr >> 16):
                raise self._wrong(place, "it is a link to another file")
            if name in found:
                raise self._wrong(place, "another file has the same name")
            found[name] = (number, info)
        return found

    def _read(self, number: int, info: zipfile.ZipInfo) -> bytes:
        place = f"file {number}"
        self._refuse_oversize(info, place)
        try:
            with self._zip.open(info) as packed:
                content = packed.read(min(LARGEST_FILE, self._left) + 1)
        except _BROKEN as problem:
            raise self._broken(problem, place) from None
        self._left -= len(content)
        if len(content) > LARGEST_FILE or self._left < 0:
            raise self._wrong(place, "it is larger than any project's")
        return content

    def _refuse_oversize(self, info: zipfile.ZipInfo, place: str) -> None:
        if info.flag_bits & _ENCRYPTED:
            raise self._wrong(place, "it is encrypted; export it again without a password")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise self._wrong(place, "it is packed in a way that exchange files are not")
        if info.file_size > min(LARGEST_FILE, self._left):
            raise self._wrong(place, "it is larger than any project's")
        if info.file_size > _SMALL and info.file_size > _RATIO * max(info.compress_size, 1):
            raise self._wrong(place, "it is packed so tightly that it can't be a text")

    def _broken(self, problem: Exception, place: str = "") -> ExchangeFileError:
        if isinstance(problem, OSError) and problem.errno is not None:
            return self._wrong("", f"it can't be read ({problem.strerror})")
        whole = "it is no zip archive, or a part of it is damaged or missing"
        return self._wrong(place, "it is damaged, or not what the archive says of it" if place else whole)

    def _wrong(self, place: str, problem: str) -> ExchangeFileError:
        return ExchangeFileError(self.name, place, problem)


def _is_plain(name: str) -> bool:
    """Whether a name stays within the archive on every system."""
    parts = name.removesuffix("/").split("/")
    return bool(name) and ":" not in name and "\0" not in name and not {"", ".."} & set(parts)
