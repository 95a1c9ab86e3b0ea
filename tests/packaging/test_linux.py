"""What makes the Linux packages: what is frozen, what is left of ICU, how files are packed and what a desktop reads."""

import gzip
import lzma
import os
import shutil
import struct
import subprocess
import sys
import tarfile
from pathlib import Path
from types import SimpleNamespace

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st

from app.cli.main import cli
from bundle import deb, desktop, frozen, icu, manual, tarball
from bundle import early as early_start
from bundle.check.linux import started_by
from bundle.check.start import ratio_of
from bundle.staging import ROOT, stage_ours

SITE = "/home/x/site-packages"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="packages for Linux are made on Linux")


# What is frozen


def log(library="libxcb-icccm.so.4", by="PySide6/Qt/plugins/platforms/libqxcb.so"):
    return (
        "41 INFO: Processing standard module hook\n"
        f"51579 WARNING: Library not found: could not resolve '{library}', dependency of '{SITE}/{by}'.\n"
        "51580 INFO: Building PYZ\n"
    )


def test_a_build_without_a_library_that_the_screen_needs_is_refused():
    (line,) = frozen.missing(log(), SITE)
    assert "libxcb-icccm.so.4" in line
    assert "libqxcb.so" in line


@pytest.mark.parametrize("by", ["platforms/libqwayland.so", "printsupport/libcupsprintersupport.so"])
def test_so_is_one_without_a_library_of_another_plugin_that_is_kept(by):
    assert frozen.missing(log("libany.so.1", f"PySide6/Qt/plugins/{by}"), SITE)


@pytest.mark.parametrize("by", ["platformthemes/libqgtk3.so", "sqldrivers/libqsqlmysql.so", "platforms/libqeglfs.so"])
def test_what_a_plugin_lacks_that_is_left_out_is_no_matter(by):
    assert frozen.missing(log("libgtk-3.so.0", f"PySide6/Qt/plugins/{by}"), SITE) == []


def test_a_module_of_ours_that_is_not_found_is_refused_and_another_databases_is_not():
    said = '1 WARNING: Hidden import "ui.overview.page" not found!\n2 WARNING: Hidden import "MySQLdb" not found!\n'
    assert frozen.missing(said, SITE) == ['1 WARNING: Hidden import "ui.overview.page" not found!']


def as_frozen(shown, around):
    """Run what runs before the frozen program, whose folder of modules is /ours; gives what an expression is then."""
    hook = ROOT / "packaging" / "linux" / "start.py"
    frozen_so = "import os, runpy, sys; sys._MEIPASS = '/ours'; sys.path += ['/ours', '/theirs'];"
    words = f"{frozen_so} runpy.run_path({str(hook)!r}); print({shown})"
    return subprocess.run([sys.executable, "-c", words], env=around, check=True, capture_output=True, text=True).stdout


def test_the_frozen_program_takes_neither_libraries_nor_plugins_from_where_others_have_theirs():
    around = {"LD_LIBRARY_PATH": "/ours", "LD_LIBRARY_PATH_ORIG": "/theirs", "QT_PLUGIN_PATH": "/theirs"}
    around["QT_QPA_PLATFORM_PLUGIN_PATH"] = "/theirs"
    known = {"PATH": os.environ["PATH"], "LC_CTYPE": "C.UTF-8"}
    left = as_frozen("sorted(os.environ.items())", known | around)
    assert left == f"{sorted((known | {'LD_LIBRARY_PATH': '/theirs'}).items())}\n"


def test_the_frozen_program_looks_for_modules_where_its_own_are_first():
    looked = as_frozen("sys.path[0], sys.path.count('/ours'), sys.path[-1]", {"PATH": os.environ["PATH"]})
    assert looked == "/ours 1 /theirs\n"


def test_a_log_without_warnings_lacks_nothing():
    assert frozen.missing("1 INFO: PyInstaller: 6.22\n2 INFO: Building COLLECT\n", SITE) == []


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stage")
    stage_ours(folder)
    return folder


def test_every_module_is_frozen_also_those_that_are_imported_by_name(staged):
    from ui.main_window.pages import PAGES

    modules = set(frozen.modules(staged))
    assert {entry.module for entry in PAGES} <= modules
    assert {"app", "app.cli.main", "ui.command"} <= modules
    assert not any("migrations" in name for name in modules)


def test_every_file_is_frozen_as_a_module_or_copied(staged):
    copied = set(frozen.read_by_path(staged))
    names = {path.relative_to(staged) for path in staged.rglob("*") if path.is_file()}
    assert len(names - copied) == len(frozen.modules(staged))
    assert {path.suffix for path in names - copied} == {".py"}
    assert {"app/store/migrations/env.py", "rubrics/mlops-maturity.yaml"} <= {path.as_posix() for path in copied}


def test_what_the_start_imports_is_known_by_starting(staged):
    early = early_start.modules(staged)
    assert {"ui.main_window.window", "ui.start.page", "PySide6", "inspect"} <= early
    assert not {"app.cli.main", "sqlalchemy", "ui.main_window.workspace"} & early


def test_what_the_start_imports_of_python_lies_in_the_archive_but_what_is_in_python_itself(monkeypatch):
    known = SimpleNamespace(PY3_BASE_MODULES={"re", "os", "encodings"})
    monkeypatch.setitem(sys.modules, "PyInstaller.compat", known)
    packed = early_start.of_python({"re", "re._parser", "os", "encodings.utf_8", "json", "ui.command"})
    assert [name for name, _, _ in packed] == ["encodings.utf_8", "re", "re._parser"]
    assert {kind for _, _, kind in packed} == {"PYMODULE"}
    assert all(Path(path).name in ("utf_8.py", "__init__.py", "_parser.py") for _, path, _ in packed)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """A folder of libraries whose Qt for Python has its own modules beside it."""
    root = tmp_path_factory.mktemp("libraries")
    shutil.copytree(Path(shiboken6.__file__).parent, root / "shiboken6", ignore=shutil.ignore_patterns("__pycache__"))
    early_start.unpack_support(root)
    return root


def test_qt_takes_its_own_modules_from_beside_its_library_and_compiles_none(unpacked):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from PySide6.QtCore import QObject, Qt;"
        "QObject().setObjectName('x'); print(Qt.Key.Key_A.value, QObject.setObjectName.__doc__ is not None);"
        "[print(module.__file__) for name, module in sys.modules.items() if name.startswith('shibokensupport')]"
    )
    run = [sys.executable, "-c", code, str(unpacked)]
    said = subprocess.run(run, check=True, capture_output=True, text=True, timeout=60)
    first, *files = said.stdout.splitlines()
    assert (first, said.stderr) == ("65 True", "")
    assert files
    assert {Path(name).suffix for name in files} == {".pyc"}
    assert all(Path(name).is_relative_to(unpacked / early_start.UNPACKED) for name in files)


def test_the_modules_beside_qts_library_are_those_inside_it(unpacked):
    folder = unpacked / early_start.UNPACKED
    laid = {path.relative_to(unpacked).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert laid == {f"{name}c" for name in early_start.support()}


def test_a_library_of_the_system_is_kept_only_where_others_lack_it():
    def kept(name):
        return bool(frozen.kept([(name, f"/lib/x86_64-linux-gnu/{name}", "BINARY")]))

    assert kept("libxcb-cursor.so.0")
    assert not kept("libstdc++.so.6")
    assert not kept("libfontconfig.so.1")


def test_links_and_what_is_forbidden_are_left_out():
    site = frozen.SITE
    entries = [
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
        ("PySide6/Qt/lib/libQt6Core.so.6", f"{site}/PySide6/Qt/lib/libQt6Core.so.6", "BINARY"),
        ("PySide6/QtNetwork.abi3.so", f"{site}/PySide6/QtNetwork.abi3.so", "EXTENSION"),
        ("lib-dynload/_ssl.so", "/opt/python/lib-dynload/_ssl.so", "EXTENSION"),
    ]
    assert frozen.kept(entries) == entries[1:2]


def test_nothing_of_pyinstallers_runs_before_the_program_but_its_loader():
    entries = [
        (name, "", "PYSOURCE") for name in ("pyiboot01_bootstrap", "start", "pyi_rth_pyside6", "fieldquill_start")
    ]
    assert [name for name, _, _ in frozen.kept_scripts(entries)] == ["pyiboot01_bootstrap", "start", "fieldquill_start"]


# What is left of ICU's data

HEADER = struct.pack("<HBB", 32, 0xDA, 0x27) + bytes(8) + b"CmnD" + bytes(16)
items = st.lists(
    st.builds(icu.Item, st.from_regex(r"icudt73l/[a-z]{1,8}\.(res|icu)", fullmatch=True), st.binary(max_size=40)),
    min_size=1,
    unique_by=lambda item: item.name,
).map(sorted)


@given(items)
def test_icus_data_is_the_same_after_it_was_taken_apart(items):
    header, found = icu.unpack(icu.pack(HEADER, items))
    assert header == HEADER
    assert [item.name for item in found] == [item.name for item in items]
    for item, again in zip(items, found, strict=True):
        assert again.data[: len(item.data)] == item.data
        assert len(again.data) - len(item.data) < 16
        assert not any(again.data[len(item.data) :])


@given(items)
def test_every_part_of_icus_data_begins_where_a_processor_likes_it(items):
    data = icu.pack(HEADER, items)
    count = struct.unpack_from("<I", data, len(HEADER))[0]
    places = [struct.unpack_from("<II", data, len(HEADER) + 4 + 8 * index)[1] for index in range(count)]
    assert all((len(HEADER) + place) % 16 == 0 for place in places)


def test_other_data_is_not_taken_for_icus():
    with pytest.raises(ValueError, match="not ICU"):
        icu.unpack(HEADER.replace(b"CmnD", b"ResB") + bytes(8))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("coll/de.res", True), ("coll/ucadata.icu", True), ("root.res", True), ("res_index.res", True),
        ("pool.res", True), ("cnvalias.icu", True), ("nfkc.nrm", True), ("supplementalData.res", True),
        ("de.res", False), ("zh_Hant.res", False), ("curr/de.res", False), ("brkitr/cjdict.dict", False),
        ("gb18030.cnv", False),
    ],
)  # fmt: skip
def test_words_can_still_be_sorted_and_currencies_are_gone(name, kept):
    assert icu.is_kept(f"icudt73l/{name}") is kept


# How files are packed


def filled(folder, when):
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "words ä.txt").write_text("words", "utf-8")
    (folder / "program").write_bytes(b"\x7fELF")
    (folder / "program").chmod(0o755)
    (folder / "link").symlink_to("program")
    os.utime(folder / "program", (when, when))
    return folder


def test_a_folder_is_packed_to_the_same_bytes_wherever_and_whenever(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    tarball.pack(filled(tmp_path / "one", 1), "x", tmp_path / "1.tar.xz")
    tarball.pack(filled(tmp_path / "other", 2), "x", tmp_path / "2.tar.xz")
    packed = (tmp_path / "1.tar.xz").read_bytes()
    assert packed == (tmp_path / "2.tar.xz").read_bytes()
    with lzma.open(tmp_path / "1.tar.xz") as unpacked, tarfile.open(fileobj=unpacked) as tar:
        entries = tar.getmembers()
        assert [entry.name for entry in entries] == ["x", "x/b", "x/b/words ä.txt", "x/link", "x/program"]
        assert {(entry.uid, entry.gid, entry.mtime) for entry in entries} == {(0, 0, 1700000000)}


def test_a_deb_is_what_dpkg_reads(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    about = tmp_path / "about"
    about.mkdir()
    (about / "control").write_text(deb.control(["libc6 (>= 2.35)", "zlib1g"], ["libcups2"], 123), "utf-8")
    for name, folder in (("control", about), ("data", filled(tmp_path / "tree", 1))):
        tarball.pack(folder, ".", tmp_path / f"{name}.tar.xz")
    parts = {f"{name}.tar.xz": (tmp_path / f"{name}.tar.xz").read_bytes() for name in ("control", "data")}
    made = tmp_path / "x.deb"
    made.write_bytes(deb.archived({"debian-binary": b"2.0\n"} | parts))
    if not shutil.which("dpkg-deb"):
        pytest.skip("dpkg-deb is not installed")

    def field(name):
        return subprocess.run(["dpkg-deb", "-f", made, name], capture_output=True, text=True, check=True).stdout.strip()

    assert field("Depends") == "libc6 (>= 2.35), zlib1g"
    assert field("Recommends") == "libcups2"
    assert field("Installed-Size") == "123"
    listed = subprocess.run(["dpkg-deb", "-c", made], capture_output=True, text=True, check=True).stdout
    assert "./program" in listed


@given(st.dictionaries(st.from_regex(r"[a-z.]{1,15}", fullmatch=True), st.binary(max_size=9), max_size=4))
def test_every_part_of_a_deb_begins_at_an_even_place(contents):
    packed = deb.archived(contents)
    assert len(packed) % 2 == 0
    place, found = 8, {}
    while place < len(packed):
        name, size = packed[place : place + 16].decode().strip(), int(packed[place + 48 : place + 58])
        assert packed[place + 58 : place + 60] == b"`\n"
        found[name] = packed[place + 60 : place + 60 + size]
        place += 60 + size + size % 2
    assert found == contents


def test_what_a_deb_needs_is_read_by_its_field():
    said = "shlibs:Recommends=libcups2 (>= 1.4.0)\nshlibs:Depends=zlib1g, libc6 (>= 2.35)\n"
    assert deb.dependencies(said, "Depends") == ["libc6 (>= 2.35)", "zlib1g"]
    assert deb.dependencies(said, "Recommends") == ["libcups2 (>= 1.4.0)"]
    assert deb.dependencies("", "Depends") == []


# What a desktop reads


def test_the_manual_names_every_command_and_option():
    text = manual.page(cli, name="fieldquill", version="1.2", date="2026-11-26")
    read = text.replace("\\-", "-")
    for name, command in cli.commands.items():
        assert (f'.SS "fieldquill {name}"' in read) is not command.hidden
        for parameter in command.params if not command.hidden else ():
            assert all(option in read for option in parameter.opts if option.startswith("--"))
    assert "1.2" in text.splitlines()[0]


@given(st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="\\-`"), min_size=1))
def test_words_are_no_commands_of_the_manual(words):
    said = manual.plain(words)
    assert said[0] not in ".'"
    assert words in said


def test_a_compressed_text_has_no_date():
    assert desktop.packed("words") == desktop.packed("words")
    assert gzip.decompress(desktop.packed("wörds")).decode() == "wörds"
    assert desktop.packed("words")[4:8] == bytes(4)


def test_the_menu_entry_is_named_as_the_window_names_itself():
    entry = (desktop.DATA / "fieldquill.desktop").read_text("utf-8")
    assert 'setDesktopFileName("fieldquill")' in (ROOT / "ui" / "application.py").read_text("utf-8")
    assert "StartupWMClass=fieldquill\n" in entry
    assert "MimeType=application/x-fieldquill;\n" in entry
    assert started_by(entry) == ["fieldquill-gui"]


@pytest.mark.parametrize("name", ["plain", "zwei Wörter", "100% $HOME `id`", 'ein "Zitat"', "back\\slash", "it's"])
def test_a_menu_entry_leads_to_the_program_whatever_its_folder_is_called(tmp_path, name):
    program = tmp_path / name
    for path in ("applications/fieldquill.desktop", "mime/packages/fieldquill.xml"):
        (program / "share" / path).parent.mkdir(parents=True)
        shutil.copy(desktop.DATA / path.rpartition("/")[2], program / "share" / path)
    script = shutil.copy(desktop.DATA / "install-for-me", program)
    around = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    subprocess.run(["sh", script], check=True, env=around, capture_output=True)
    entry = tmp_path / ".local" / "share" / "applications" / "fieldquill.desktop"
    assert started_by(entry.read_text("utf-8")) == [f"{program}/fieldquill-gui"]
    words = ["sh", "install-for-me", "--remove"]
    subprocess.run(words, check=True, env=around, cwd=program, capture_output=True)
    left = [path for path in (tmp_path / ".local").rglob("*") if "fieldquill" in path.name]
    assert left == []


def test_of_the_folders_for_a_menu_entry_those_go_that_were_made_and_are_empty(tmp_path):
    program, data = tmp_path / "program", tmp_path / "data"
    for size in ("16x16", "32x32", "48x48"):
        (program / "share" / "icons" / "hicolor" / size / "apps").mkdir(parents=True)
        (program / "share" / "icons" / "hicolor" / size / "apps" / "fieldquill.png").touch()
    (program / "share" / "applications").mkdir()
    shutil.copy(desktop.DATA / "fieldquill.desktop", program / "share" / "applications")
    script = shutil.copy(desktop.DATA / "install-for-me", program)
    (data / "icons" / "hicolor" / "16x16" / "apps").mkdir(parents=True)  # was there before, and empty
    around = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(data), "PATH": os.environ["PATH"]}
    for _ in range(2):  # the second time, all folders are there
        subprocess.run(["sh", script], check=True, env=around, capture_output=True)
    (data / "icons" / "hicolor" / "32x32" / "apps" / "another.png").touch()
    subprocess.run(["sh", script, "--remove"], check=True, env=around, capture_output=True)
    found = {
        path.relative_to(data / "icons" / "hicolor").as_posix() for path in (data / "icons" / "hicolor").rglob("*")
    }
    assert found == {"16x16", "16x16/apps", "32x32", "32x32/apps", "32x32/apps/another.png"}
    assert not [path for path in data.rglob("*") if "fieldquill" in path.name]
    subprocess.run(["sh", script, "--remove"], check=True, env=around, capture_output=True)


@pytest.mark.parametrize("name", ["a\nExec=b", "a\n", "a\tb"])
def test_a_folder_that_a_menu_entry_can_t_name_is_refused(tmp_path, name):
    folder = tmp_path / name
    shutil.copytree(desktop.DATA, folder / "share" / "applications")
    (tmp_path / "a").mkdir()  # a name without its line break must not be taken for it
    script = shutil.copy(desktop.DATA / "install-for-me", folder)
    around = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    ran = subprocess.run(["sh", script], check=False, env=around, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr[:12]) == (1, "A menu entry")
    assert not (tmp_path / ".local").exists()


def test_the_debian_package_says_what_it_is_made_of_without_what_it_leaves_to_debian(tmp_path, monkeypatch):
    program, seen = tmp_path / "program", []
    for name in ("lib/libffi.so.8", "lib/libxkbcommon.so.0", "lib/app/x.py"):
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).write_bytes(b"")
    for name in ("WORK", "TREE", "DIST"):
        monkeypatch.setattr(deb, name, tmp_path / "work" / name)
    deb.DIST.mkdir(parents=True)
    monkeypatch.setattr(deb.desktop, "lay_out", lambda share: None)
    monkeypatch.setattr(deb, "_linked", lambda tree: ([], []))
    deb.make(program, lambda folder: seen.extend(sorted(path.name for path in (folder / "lib").iterdir())))
    assert seen == ["app"]
    assert (program / "lib" / "libffi.so.8").is_file(), "the archive carries it"


# How fast it starts


@given(st.floats(0.01, 10), st.lists(st.floats(0.01, 10), min_size=1, max_size=9))
def test_twice_as_long_is_twice_as_long_however_busy_the_machine_was(times, others):
    assert ratio_of([(each * times, each) for each in others]) == pytest.approx(times)
