"""Make the disk image for macOS on Apple silicon. It needs a Mac; it was never run on one (packaging/README.md)."""

from __future__ import annotations

import os
import platform
import plistlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bundle import frozen
from bundle.frozen import ENTRY, SITE
from bundle.icons import draw_icns
from bundle.recipe import is_forbidden, wanted
from bundle.staging import BUILD, DIST, ROOT, emptied, epoch, stage_ours, version, write_sums

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bundle.frozen import Entry

DATA: Final = ROOT / "packaging" / "macos"
ENTITLEMENTS: Final = DATA / "entitlements.plist"
WORK: Final = BUILD / "macos"
STAGE: Final = WORK / "stage"
ICON: Final = WORK / "fieldquill.icns"
IDENTITY: Final = "FIELDQUILL_APPLE_IDENTITY"
"""Names the "Developer ID Application" in the keychain that signs; without it, the program is signed by nobody."""

NOTARY: Final = "FIELDQUILL_APPLE_NOTARY"
"""Names the keychain profile (`xcrun notarytool store-credentials`) that has Apple look over the image."""

_START: Final = '"""The program."""\n\nfrom ui.command import window\n\nwindow()\n'


def main() -> None:
    """Make the disk image in `dist`."""
    if platform.system() != "Darwin":
        raise SystemExit("The package for macOS is made on macOS; nothing was made.")
    if identity() is None:
        print(f"unsigned: {IDENTITY} names no identity, so macOS will ask before it opens this copy")
    from bundle.about import lay_beside  # noqa: PLC0415 - needs what only the packages' environment has

    program = freeze()
    describe(program)
    DIST.mkdir(exist_ok=True)
    image = DIST / f"fieldquill-{version()}-macos-arm64.dmg"
    pack(program, image)
    notarise(image)
    lay_beside(program / "Contents" / "Resources", image)
    write_sums()


def information() -> dict[str, Any]:
    """Give Info.plist, with the version."""
    content: dict[str, Any] = plistlib.loads((DATA / "Info.plist").read_bytes())
    return {**content, "CFBundleShortVersionString": version(), "CFBundleVersion": version()}


def identity() -> str | None:
    """Say who signs; None is nobody."""
    return os.environ.get(IDENTITY) or None


def freeze() -> Path:
    """Freeze the program anew; gives the .app."""
    stage_ours(emptied(STAGE))
    (STAGE / ENTRY).write_text(_START, "utf-8")
    draw_icns(ROOT / "resources" / "icons" / "fieldquill.svg", ICON)
    words: list[str | Path] = ["--noconfirm", "--clean", "--distpath", WORK / "frozen", "--workpath", WORK / "work"]
    settings = {"PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT / "packaging"), "SOURCE_DATE_EPOCH": str(epoch())}
    _run(sys.executable, "-m", "PyInstaller", *words, DATA / "fieldquill.spec", settings=settings)
    return WORK / "frozen" / "Fieldquill.app"


def describe(program: Path) -> None:
    """Put in what the package says of itself, where the program looks for it, and sign anew what that changed."""
    from bundle.about import FOLDER, write_about  # noqa: PLC0415 - needs what only the packages' environment has

    contents = program / "Contents"
    signed = identity() is not None
    write_about(contents / "Resources", system="macos", site=SITE, python=platform.python_version(), signed=signed)
    (contents / "Frameworks" / FOLDER).symlink_to(f"../Resources/{FOLDER}")
    hardened = ("--options", "runtime", "--timestamp", "--entitlements", ENTITLEMENTS) if signed else ()
    _run("codesign", "--force", *hardened, "--sign", identity() or "-", program)
    _run("codesign", "--verify", "--deep", "--strict", program)


def pack(program: Path, image: Path) -> None:
    """Pack the program beside a link to where programs are put."""
    folder = emptied(WORK / "image")
    _run("ditto", program, folder / program.name)
    (folder / "Applications").symlink_to("/Applications")
    image.unlink(missing_ok=True)
    _run("hdiutil", "create", "-volname", "Fieldquill", "-srcfolder", folder, "-fs", "HFS+", "-format", "ULMO", image)
    print(f"{image.name}: {image.stat().st_size / 1e6:.1f} MB")


def notarise(image: Path) -> None:
    """Sign the image and have Apple look it over, if both are set up."""
    who, profile = identity(), os.environ.get(NOTARY)
    if who is None or not profile:
        print(f"not notarised: that needs {IDENTITY} and {NOTARY}")
        return
    _run("codesign", "--timestamp", "--sign", who, image)
    _run("xcrun", "notarytool", "submit", "--keychain-profile", profile, "--wait", image)
    _run("xcrun", "stapler", "staple", image)


def read_by_path() -> list[tuple[str, str]]:
    """List the files that the program reads as files and PyInstaller does not find, each with the folder it goes to."""
    ours = [(str(STAGE / path), str(path.parent)) for path in frozen.read_by_path(STAGE)]
    return ours + [(str(SITE / name), str(Path(name).parent)) for name in frozen.LAID]


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """Leave out files that the recipe does not want."""
    return [entry for entry in entries if _is_kept(entry[0], entry[1])]


def kept_modules(entries: Iterable[Entry]) -> list[Entry]:
    """Leave out modules whose source the recipe does not want."""
    return [entry for entry in entries if wanted(entry[1].removeprefix(f"{SITE}/"), "macos")]


def _is_kept(place: str, source: str) -> bool:
    """Whether one file goes into the program."""
    return wanted(place, "macos") if source.startswith(f"{SITE}/") else not is_forbidden(place)


def _run(*words: str | Path, settings: dict[str, str] | None = None) -> None:
    """Run a tool that must not fail."""
    subprocess.run([str(word) for word in words], check=True, env={**os.environ, **(settings or {})})


if __name__ == "__main__":
    main()
