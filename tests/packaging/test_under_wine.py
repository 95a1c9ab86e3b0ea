"""What the check of the Windows packages works out by itself: names, traces, stand-ins, pictures, imports."""

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pikepdf
import pytest
from PIL import Image

from bundle.check import corners, imported, stubs, use
from bundle.check.outcome import Checks
from bundle.check.screen import changed_rows
from bundle.check.traces import Traces, below, differing, read
from bundle.check.wine import windows_name, without_wines

REGISTRY = r"""WINE REGISTRY Version 2
;; All keys relative to \\User\\S-1-5-21-0-0-0-1000

#arch=win64

[Software\\Classes\\.fieldquill] 1794998000
#time=1dd5e8ea6d1a6b0
@="Fieldquill.Study"

[Software\\Fieldquill]
"Folder"="C:\\Gr\xfc\x00dfe"
"Size"=hex:01,02,\
  03
"""


def test_a_check_is_told_and_a_failed_one_kept(capsys):
    checks = Checks()
    assert checks.that("it starts", True, "1.0 s")
    assert not checks.that("it ends", False)
    checks.not_run("it flies", "no wings here")
    assert capsys.readouterr().out == "ok     it starts: 1.0 s\nFAILED it ends\nnot run: it flies: no wings here\n"
    assert (checks.passed, checks.failed, checks.unseen) == (1, ["it ends"], ["it flies: no wings here"])


def test_paths_have_their_names_in_windows():
    drive = Path("/prefix/drive_c")
    assert windows_name(drive / "users" / "Grüße", drive) == r"C:\users\Grüße"
    assert windows_name(Path("/tmp/a b"), drive) == r"Z:\tmp\a b"


def test_what_wine_says_is_not_what_a_program_says():
    assert without_wines("wine: Read access denied\r\nMade it.\r\n") == "Made it."


def test_the_registry_is_read_with_its_letters():
    keys = read(REGISTRY, "HKCU")
    assert keys["HKCU/Software/Classes/.fieldquill"] == {'@="Fieldquill.Study"'}
    assert r'"Folder"="C:\\Grüße"' in keys["HKCU/Software/Fieldquill"]
    assert len(keys) == 2


def test_what_was_left_changed_or_taken_is_found_and_wines_own_is_not(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "a").write_text("1")
    (tmp_path / "gone").write_text("1")
    before = Traces(below(tmp_path, "C:"), {"HKCU/Software/A": frozenset({"1"})})
    (tmp_path / "gone").unlink()
    (tmp_path / "kept" / "a").write_text("12")
    (tmp_path / "new").mkdir()
    keys = {"HKCU/Software/A": frozenset({"2"}), "HKCU/Software/Wine/Fonts": frozenset({"1"})}
    after = Traces(below(tmp_path, "C:"), keys)
    assert differing(before, after) == ["C:/gone", "C:/kept/a", "C:/new", "HKCU/Software/A"]
    assert differing(after, after) == []


def test_a_key_that_holds_nothing_is_no_trace_but_one_that_held_something_is():
    none, bare, full = {}, {"HKCU/A": frozenset()}, {"HKCU/A": frozenset({"1"})}
    assert differing(Traces({}, none), Traces({}, bare)) == []
    assert differing(Traces({}, full), Traces({}, bare)) == ["HKCU/A"]
    assert differing(Traces({}, none), Traces({}, full)) == ["HKCU/A"]


def test_the_command_that_removes_is_taken_from_the_registry():
    entry = frozenset({r'"QuietUninstallString"="\"C:\\Gr üße\\uninstall-fieldquill.exe\" /S"', '"Publisher"="x"'})
    assert corners.uninstaller(entry) == ["C:/Gr üße/uninstall-fieldquill.exe", "/S"]
    with pytest.raises(IndexError):
        corners.uninstaller(frozenset())[1]


def test_a_folder_with_a_space_reaches_the_installer_without_quotes():
    assert corners.into(r"C:\a b\c") == ["/D=C:\\a", "b\\c"]


@pytest.mark.parametrize("row", ["\t[   1] sin\n", "\t[   1] +base[   2]  00a1 sin\n"])
def test_exported_names_are_read_as_any_objdump_has_them(row):
    words = f"[Ordinal/Name Pointer] Table\n\t[   0] _errno\n{row}\nThe Interpreted Relocations\n\t[   9] no\n"
    assert stubs.exported(words) == ["_errno", "sin"]


def test_what_the_stand_in_does_itself_is_what_its_source_defines():
    ours = stubs.own((stubs.SOURCES / "ucrtbase.c").read_text("ascii"))
    assert {"crealf", "cpow", "cexpl"} <= ours
    assert len(ours) == 36
    assert stubs.forwarding(["cpow", "sin"], ours).splitlines()[2:] == ['"cpow" = own_cpow', '"sin" = "ucrtwine.sin"']


def test_pictures_are_compared_by_what_differs_clearly(tmp_path):
    paths = [tmp_path / f"{number}.png" for number in range(3)]
    for path, size in zip(paths, ((10, 10), (10, 10), (10, 9)), strict=True):
        Image.new("RGB", size, "white").save(path)
    assert use.unlike(*paths[:2]) == 0
    assert use.unlike(*paths[1:]) == 1
    with Image.open(paths[1]) as picture:
        picture.putpixel((1, 1), (255, 255, 203))
        picture.putpixel((1, 2), (255, 255, 204))
        picture.save(paths[1])
    assert use.unlike(*paths[:2]) == 0.01


def test_rows_that_changed_are_counted():
    white, mark = bytes([255] * 6), bytes([255] * 3 + [0] * 3)
    assert changed_rows(white * 4, white * 4, 2) == 0
    assert changed_rows(white * 4, white + mark + white + mark, 2) == 2
    assert changed_rows(white, white * 4, 2) == 4


def pdf(words, **how):
    made, target = pikepdf.new(), io.BytesIO()
    made.Root.Words = pikepdf.Stream(made, words)
    made.save(target, static_id=True, **how)
    return target.getvalue()


def workbook(level, **parts):
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=level) as archive:
        for name, words in parts.items():
            archive.writestr(ZipInfo(name), words * 99, compresslevel=level)
    return target.getvalue()


def test_reports_are_the_same_by_bytes_or_by_what_they_say():
    plain, packed = pdf(b"same " * 50, compress_streams=False), pdf(b"same " * 50, compress_streams=True)
    assert use.likeness(plain, plain) == (True, f"{len(plain)} B, all of them")
    assert use.likeness(plain, packed) == (True, f"{len(plain)} and {len(packed)} B; unpacked, 0 of 3 parts differ")
    same, told = use.likeness(plain, pdf(b"other", compress_streams=False))
    assert not same
    assert told.endswith("unpacked, 1 of 3 parts differ")


def test_workbooks_are_the_same_by_their_parts():
    assert use.likeness(workbook(1, a="1"), workbook(0, a="1"))[0]
    assert not use.likeness(workbook(1, a="1"), workbook(1, a="2"))[0]
    assert not use.likeness(workbook(1, a="1"), workbook(1, a="1", b="1"))[0]


def test_all_imports_are_found_however_late(tmp_path, capsys):
    source = "import a.b\nfrom . import near\nif True:\n    def f():\n        from c import d\n"
    assert imported.names(source) == {("a.b", ""), ("c", "d")}
    for part in ("app", "ui"):
        (tmp_path / part).mkdir()
    (tmp_path / "app" / "one.py").write_text("import json, resource\nfrom os import path\n", "utf-8")
    assert imported.main(tmp_path) == 0
    (tmp_path / "ui" / "two.py").write_text("def f():\n    import no_such_module\n", "utf-8")
    assert imported.main(tmp_path) == 1
    assert "no_such_module : ModuleNotFoundError" in capsys.readouterr().out
