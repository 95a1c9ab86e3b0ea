"""What makes the Windows packages: inputs are what they should be, lists are whole, bytes are the same again."""

import dis
import hashlib
import io
import marshal
import os
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.paths import portable_folder
from app.report.typeface import unpacked
from bundle import compiler, embed, frozen, launcher, nsis, portable, signing, slack

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "packaging" / "windows"
NAMES = st.from_regex(r"[A-Za-z0-9_.$-]{1,8}", fullmatch=True).filter(lambda name: name.strip("."))
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=4).map(lambda parts: PurePosixPath(*parts)), unique=True)


# Inputs


def test_every_file_of_cpython_that_is_used_is_pinned():
    inputs = embed.tomllib.loads(embed.INPUTS.read_text("utf-8"))
    assert set(inputs["python"]["files"]) == {*embed.PARTS, embed.COMPILER}
    embed.require_sum(DATA / inputs["roots"]["file"], inputs["roots"]["sha256"])


def test_nothing_of_cpython_that_reaches_out_is_used():
    assert not [name for name in embed.PARTS if re.search(r"ssl|crypto|winsound|sqlite|_wmi", name)]


def test_a_file_that_was_tampered_with_is_named_and_refused(tmp_path):
    path = tmp_path / "python313.dll"
    path.write_bytes(b"good")
    embed.require_sum(path, hashlib.sha256(b"good").hexdigest())
    path.write_bytes(b"evil")
    with pytest.raises(embed.Refused, match=r"^python313\.dll is not the file it should be \(SHA-256 [0-9a-f]{64}\)"):
        embed.require_sum(path, hashlib.sha256(b"good").hexdigest())
    with pytest.raises(embed.Refused, match=r"^gone\.dll is missing"):
        embed.require_sum(tmp_path / "gone.dll", "0" * 64)


def supply(tmp_path, monkeypatch, names):
    archive = tmp_path / "python-3.13.9-embed-amd64.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name in names:
            file.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6)), name)
    monkeypatch.setenv(embed.SUPPLIED, str(archive))
    return archive


def test_a_supplied_python_without_a_sum_is_refused(tmp_path, monkeypatch):
    supply(tmp_path, monkeypatch, embed.PARTS)
    with pytest.raises(embed.Refused, match=r"^python-3\.13\.9-embed-amd64\.zip needs its SHA-256 in"):
        embed.fetch(tmp_path / "python")


def test_a_supplied_python_of_another_sum_is_refused(tmp_path, monkeypatch):
    supply(tmp_path, monkeypatch, embed.PARTS)
    monkeypatch.setenv(f"{embed.SUPPLIED}_SHA256", "0" * 64)
    with pytest.raises(embed.Refused, match=r"^python-3\.13\.9-embed-amd64\.zip is not the file it should be"):
        embed.fetch(tmp_path / "python")


def test_another_zip_than_python_is_refused(tmp_path, monkeypatch):
    archive = supply(tmp_path, monkeypatch, ["readme.txt"])
    monkeypatch.setenv(f"{embed.SUPPLIED}_SHA256", embed.sha256(archive).upper())
    with pytest.raises(embed.Refused, match=r"^python-3\.13\.9-embed-amd64\.zip holds no LICENSE\.txt"):
        embed.fetch(tmp_path / "python")


@pytest.mark.skipif(not any(Path(folder, "osslsigncode").exists() for folder in os.get_exec_path()), reason="no tool")
def test_a_program_that_nobody_signed_is_refused(tmp_path, monkeypatch):
    archive = supply(tmp_path, monkeypatch, [*embed.PARTS, embed.COMPILER])
    archive.with_name(archive.name + ".sha256").write_text(f"{embed.sha256(archive)}  {archive.name}\n")
    with pytest.raises(embed.Refused, match=r"^_asyncio\.pyd is not as the Python Software Foundation signed it"):
        embed.fetch(tmp_path / "python")


# Bytecode


def test_bytecode_is_of_the_kind_that_is_never_compared_and_names_no_folder_of_the_builder():
    made = compiler.bytecode(b'"""Says so."""\nassert True\nX = 1\n', "app/x.py")
    assert made[4:8] == b"\x01\0\0\0"
    code = marshal.loads(made[16:])
    assert code.co_filename == "app/x.py"
    assert code.co_consts[0] == "Says so."


SOURCE = (
    b'"""M."""\nfrom __future__ import annotations\ndef f(x):\n    "D"\n    assert x\n    return x\nclass C:\n    "C"\n'
)


@pytest.mark.parametrize(("name", "kept"), [("site/numpy/x.py", False), ("ui/x.py", True)])
def test_long_docstrings_are_cut_and_nothing_else_is(name, kept):
    code, scope = marshal.loads(compiler.bytecode(SOURCE, name)[16:]), {}
    exec(code, scope)
    assert scope["f"](1) == 1
    assert [scope["__doc__"], scope["f"].__doc__, scope["C"].__doc__] == (["M.", "D", "C"] if kept else ["."] * 3)
    assert any(step.opname == "RAISE_VARARGS" for step in dis.get_instructions(scope["f"])), "assertions stay"
    assert code.co_filename == name.removeprefix("site/")


def test_only_what_alembic_reads_itself_keeps_its_source(tmp_path):
    for name in ("app/a.py", "app/store/migrations/env.py", "site/b/__init__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("X = 1\n")
    run = subprocess.run([sys.executable, compiler.__file__, "."], cwd=tmp_path, check=True, capture_output=True)
    assert run.stdout == b""
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.py*")) == [
        "app/a.pyc",
        f"app/store/migrations/__pycache__/env.{sys.implementation.cache_tag}.pyc",
        "app/store/migrations/env.py",
        "site/b/__init__.pyc",
    ]


# What is loosened


@pytest.mark.parametrize("font", sorted((ROOT / "resources/fonts").glob("*.woff")), ids=lambda path: path.stem)
def test_a_loosened_font_says_what_it_said(font, tmp_path):
    copy = tmp_path / font.name
    copy.write_bytes(font.read_bytes())
    slack.loosen_font(copy)
    assert unpacked(copy.read_bytes()) == unpacked(font.read_bytes())
    assert len(copy.read_bytes()) == struct.unpack_from(">I", copy.read_bytes(), 8)[0]


def test_no_other_file_is_taken_for_a_font(tmp_path):
    path = tmp_path / "x.woff"
    path.write_bytes(b"\0\1\0\0" + bytes(60))
    with pytest.raises(ValueError, match=r"x\.woff is not a WOFF font"):
        slack.loosen_font(path)


def test_a_loosened_library_holds_the_same_modules_stored(tmp_path):
    path = tmp_path / "python313.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("os.pyc", "smtplib.pyc", "unittest/case.pyc", "json/__init__.pyc", "sslish.pyc"):
            file.writestr(name, name * 9)
    slack.loosen_library(path)
    first = path.read_bytes()
    with zipfile.ZipFile(path) as file:
        assert {entry.filename: file.read(entry) for entry in file.infolist()} == {
            name: (name * 9).encode() for name in ("json/__init__.pyc", "os.pyc", "sslish.pyc")
        }
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in file.infolist())
    slack.loosen_library(path)
    assert path.read_bytes() == first


# The installer


@given(PATHS)
def test_what_is_laid_down_is_taken_away_and_nothing_else(paths):
    paths = sorted(paths)
    laid, folder = [], None
    for line in nsis.installed(paths).splitlines():
        word, _, rest = line.partition(" ")
        if word == "SetOutPath":
            folder = rest.strip('"')
        else:
            assert word == "File"
            laid.append(f"{folder}\\{rest.strip(chr(34)).rpartition('/')[2]}")
    lines = [line.partition(" ") for line in nsis.removed(paths).splitlines()]
    assert [rest.strip('"') for word, _, rest in lines if word == "Delete"] == laid
    folders = [rest.strip('"') for word, _, rest in lines if word == "RMDir"]
    assert {word for word, _, _ in lines} <= {"Delete", "RMDir"}, "never a folder with what is in it"
    assert "$INSTDIR" not in folders
    for place, inner in enumerate(folders):
        assert not any(inner.startswith(outer + "\\") for outer in folders[:place]), "inner folders go first"


@given(PATHS)
def test_every_file_that_would_lie_over_another_is_asked_for_and_no_folder_is(paths):
    lines = nsis.claimed(paths).splitlines()
    assert lines[1::2] == ["IfFileExists $2 taken"] * len(paths)
    assert lines[::2] == [f'StrCpy $2 "{nsis._place(path)}"' for path in paths]


@given(PATHS)
def test_every_folder_is_looked_at_after_the_one_it_lies_in(paths):
    looked = [re.fullmatch(r'!insertmacro Look "(.+)"', line)[1] for line in nsis.opened(paths).splitlines()]
    removed = [line.partition(" ")[2].strip('"') for line in nsis.removed(paths).splitlines() if line[:5] == "RMDir"]
    assert sorted(looked) == sorted(removed)
    for place, inner in enumerate(looked):
        assert not any(outer.startswith(inner + "\\") for outer in looked[:place])


def function(name):
    """Give what a function of the installer does, one line each."""
    script = (DATA / "installer.nsi").read_text("utf-8")
    body = script.partition(f"\nFunction {name}\n")[2].partition("\nFunctionEnd")[0]
    return [line.strip() for line in body.splitlines()]


def test_nothing_is_removed_before_all_folders_were_looked_at_for_links():
    script = (DATA / "installer.nsi").read_text("utf-8")
    section = script.partition('Section "un.Fieldquill" Removed')[2].partition("SectionEnd")[0]
    assert section.index("Call un.FindStranger") < section.index('Refuse "un." 4') < section.index("remove.nsh")
    installing = script.partition('Section "Fieldquill" Program')[2].partition("SectionEnd")[0]
    order = ["Call CheckFolder", "Call Refuse", "Call RemoveOld", "Call SetAside", "install.nsh"]
    places = [installing.index(step) for step in order]
    assert places == sorted(places)
    assert "Call FindStranger" in function("CheckFolder")


def test_an_administrator_is_handed_on_all_that_setup_was_given():
    assert function("BecomeAdmin")[-11:-5] == [
        'StrCpy $1 "/ALLUSERS$Wishes"',
        '${If} $Given != ""',
        'StrCpy $1 "$1 /D=$Given"',
        "${EndIf}",
        "ClearErrors",
        'ExecShell "runas" "$EXEPATH" "$1"',
    ]
    assert 'StrCpy $Wishes " /DESKTOP"' in function(".onInit")
    assert function("un.BecomeAdmin")[-4:-2] == ["${GetParameters} $1", 'ExecShell "runas" "$INSTDIR\\${REMOVER}" "$1"']


def test_what_is_run_as_an_earlier_version_has_a_name_of_its_own():
    script = (DATA / "installer.nsi").read_text("utf-8")
    assert '!define REMOVER "uninstall-fieldquill.exe"' in script
    assert "\\uninstall.exe" not in script.lower(), "many programs have one, and it would be run"
    assert re.findall(r"(?:WriteUninstaller|ExecWait) .*", script) == [
        'WriteUninstaller "$INSTDIR\\${REMOVER}" ; first, so that what is left of a power cut can be removed',
        "ExecWait '\"$0\\${REMOVER}\" /S /UPGRADE _?=$0' $1",
    ]


def test_no_file_is_left_out_in_silence_and_half_a_program_is_taken_away():
    script = (DATA / "installer.nsi").read_text("utf-8")
    assert "\nAllowSkipFiles off" in script
    failed = script.partition("Function .onInstFailed\n")[2].partition("FunctionEnd")[0]
    assert "remove.nsh" in failed
    assert "Unregister" in failed
    assert "Refuse" in failed


def test_a_dollar_in_a_name_is_no_variable():
    assert nsis.installed([PurePosixPath("a/$b")]) == 'SetOutPath "$INSTDIR\\a"\nFile "${TREE}/a/$$b"\n'


def test_the_script_removes_no_folder_with_what_is_in_it():
    script = (DATA / "installer.nsi").read_text("utf-8")
    assert not re.search(r"RMDir\s+/r", script, re.IGNORECASE)
    assert "RequestExecutionLevel user" in script


@pytest.mark.parametrize(
    ("words", "numbers"), [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("1.2.3.dev4", "1.2.3.0"), ("1.2.3.4", "1.2.3.4")]
)
def test_windows_gets_a_version_as_four_numbers(words, numbers):
    assert nsis.numbers(words) == numbers


def test_each_launcher_says_what_it_is():
    window, terminal = (launcher.header(each, "1.2.3") for each in launcher.LAUNCHERS)
    assert '#define VERSION_NUMBERS 1,2,3,0\n#define VERSION_TEXT "1.2.3"\n' in window
    assert '"Fieldquill.exe"' in window
    assert '"fieldquill-cli.exe"' in terminal


# The portable ZIP and signing


def test_the_program_lies_in_a_folder_of_the_name_that_is_looked_for_where_it_is_portable(tmp_path):
    assert frozen.LIB == "lib"
    assert 'emptied(TREE) / "lib"' in (ROOT / "packaging" / "bundle" / "windows.py").read_text("utf-8")
    (tmp_path / portable.PORTABLE).touch()
    assert portable_folder(tmp_path / frozen.LIB) == tmp_path


def test_a_zip_has_the_same_bytes_whoever_makes_it(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000001")

    def made(name, mode):
        path = tmp_path / name / "tree" / "a" / "b.txt"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"words")
        path.chmod(mode)
        target = tmp_path / name / "x.zip"
        portable.pack(tmp_path / name / "tree", target)
        return target.read_bytes()

    first = made("one", 0o600)
    assert made("other", 0o755) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        (top,) = {name.partition("/")[0] for name in archive.namelist()}
        assert archive.namelist() == [f"{top}/a/b.txt", f"{top}/portable.txt"]
    assert portable.moment(0) == (1980, 1, 1, 0, 0, 0)
    assert portable.moment(1_700_000_001)[-1] % 2 == 0


def test_without_a_certificate_the_build_says_unsigned_aloud(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv(signing.CERTIFICATE, raising=False)
    signing.sign(tmp_path / "Fieldquill.exe")
    assert capsys.readouterr().err.startswith("UNSIGNED: Fieldquill.exe;")
