"""The promises the project makes about itself: commands, folders, licences, budgets, silence."""

import ast
import functools
import importlib.metadata
import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

ROOT = Path(__file__).resolve().parents[1]
FONTS = sorted((ROOT / "resources/fonts").glob("*.ttf"))
ICONS = sorted((ROOT / "resources/icons").glob("*.svg"))
SOURCES = sorted(path for folder in ("app", "ui") for path in (ROOT / folder).rglob("*.py"))
SCRIPTS = [ROOT / ".ci/run", *sorted((ROOT / "packaging/setup").iterdir())]
PACKAGING = {f"dist-{name}" for name in ("linux", "windows", "macos", "check", "same")}
TARGETS = {"help", "run", "test", "nightly", "lint", "bench", "screenshots", "demo", "clean"} | PACKAGING


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


# What anybody can call


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_alone_lists_every_target():
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    shown = subprocess.run(["make"], cwd=ROOT, env=bare, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in shown.splitlines()} == TARGETS
    assert all(len(line.split()) > 3 for line in shown.splitlines()), "each target says what it is for"


def test_readme_begins_with_the_two_commands():
    first = re.search(r"```sh\n(.*?)```", text_of("README.md"), re.DOTALL)
    commands = [line.split("#")[0].split() for line in first[1].splitlines()]
    assert commands == [["make", "run"], ["make", "test"]]


def test_readme_lists_the_commands_the_program_has():
    program = Path(sys.executable).with_name("fieldquill")
    shown = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    has = set(re.findall(r"^  ([a-z]+)\b", shown.partition("Commands:")[2], re.MULTILINE))
    table = re.findall(r"^\| `fieldquill ([a-z]+)\b", text_of("README.md"), re.MULTILINE)
    assert set(table) == has


def test_readme_lists_the_signs_that_begin_a_line():
    from app.report.paper.words import MARKERS

    table = text_of("README.md").partition("| typed | makes the line |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(.)`", table, re.MULTILINE)) == {marker.sign for marker in MARKERS}


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")), ids=name_of)
def test_links_between_documents_lead_somewhere(page):
    targets = re.findall(r"\]\((?![a-z]+:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.skipif(os.name == "nt", reason="the scripts are for POSIX systems")
@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_shell_scripts_can_be_run(script):
    assert script.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert os.access(script, os.X_OK)
    subprocess.run(["sh", "-n", script], check=True)


# What lies where

TOP_LEVEL = {
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "app",
    "packaging",
    "pyproject.toml",
    "resources",
    "rubrics",
    "tests",
    "ui",
    "uv.lock",
}


def test_the_top_level_is_fixed():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    asked = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode:
        pytest.skip("git can't read this checkout")
    entries = {name.split("/")[0] for name in asked.stdout.split("\0") if name}
    assert {name for name in entries if not name.startswith(".")} <= TOP_LEVEL


def test_the_licence_names_no_invented_holder():
    text = text_of("LICENSE")
    assert "Apache License" in text
    assert re.findall(r"^ +Copyright (.*)$", text, re.MULTILINE) == ["2026 The Fieldquill authors"]


# What the program never does: open the network, record sound, pictures or the screen

SILENT_MODULES = """
    aiohttp asyncore cv2 ftplib http httplib2 httpx imaplib mss nntplib paramiko poplib pyaudio pyautogui
    pynput pyscreenshot requests sentry_sdk smtplib socket socketserver sounddevice soundcard ssl telnetlib
    urllib.request urllib3 webbrowser websockets wsgiref xmlrpc PIL.ImageGrab
    PySide6.QtBluetooth PySide6.QtHttpServer PySide6.QtMultimedia PySide6.QtMultimediaWidgets
    PySide6.QtNetwork PySide6.QtNetworkAuth PySide6.QtNfc PySide6.QtPositioning PySide6.QtSerialPort
    PySide6.QtTextToSpeech PySide6.QtWebChannel PySide6.QtWebEngineCore PySide6.QtWebEngineQuick
    PySide6.QtWebEngineWidgets PySide6.QtWebSockets PySide6.QtWebView
"""
SILENT_NAMES = """
    QAudioInput QAudioSource QCamera QMediaCaptureSession QMediaRecorder QNetworkAccessManager QScreenCapture
    QTcpServer QTcpSocket QUdpSocket QWindowCapture create_connection grabWindow open_connection start_server
"""


def imports_in(tree):
    """Yields each module a source imports, also from inside functions and by its name as text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in {"import_module", "__import__"}:
                yield str(node.args[0].value)


@functools.cache
def trees():
    """Give every source of ours by its name, parsed."""
    return {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def loud_parts(tree):
    """Lists what of a source could open the network or record."""
    modules = tuple(f"{name}." for name in SILENT_MODULES.split())
    loud = [name for name in imports_in(tree) if f"{name}.".startswith(modules)]
    for node in ast.walk(tree):
        used = getattr(node, "attr", getattr(node, "id", getattr(node, "name", "")))
        loud += [used] if used in SILENT_NAMES.split() else []
    return loud


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "def f():\n    import urllib.request as u",
        "from urllib import request",
        "from PySide6 import QtNetwork",
        "from PySide6.QtMultimedia import QAudioSource",
        "import importlib\nimportlib.import_module('http.client')",
        "screen.grabWindow(0)",
    ],
)
def test_the_check_finds_what_it_looks_for(source):
    assert loud_parts(ast.parse(source))


@pytest.mark.parametrize("source", ["import urllib.parse", "widget.grab()", "from app import http_words"])
def test_the_check_lets_harmless_code_pass(source):
    assert loud_parts(ast.parse(source)) == []


def test_no_source_opens_the_network_or_records():
    found = {name: loud_parts(tree) for name, tree in trees().items()}
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_the_toolkit_parts_that_could_record_are_not_installed():
    for package in ("PySide6", "PySide6-Addons"):
        with pytest.raises(importlib.metadata.PackageNotFoundError):
            importlib.metadata.version(package)
    assert importlib.util.find_spec("PySide6.QtMultimedia") is None


# How the code is written


def functions_in(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length_of(function):
    """Counts the lines of a function from `def` to its end, without its docstring."""
    first = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    docstring = first.end_lineno - first.lineno + 1 if documented else 0
    return function.end_lineno - function.lineno + 1 - docstring


def test_functions_are_short():
    lengths = {
        f"{name}:{function.lineno} {function.name}": length_of(function)
        for name, tree in trees().items()
        for function in functions_in(tree)
    }
    longest = sorted(lengths.items(), key=lambda item: -item[1])[: max(5, len(lengths) // 20)]
    assert [item for item in longest if item[1] > 80] == []
    assert statistics.median(lengths.values()) <= 8
    assert statistics.quantiles(lengths.values(), n=20)[-1] <= 40, longest


def test_files_are_short():
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > 500} == {}


def test_each_module_says_what_it_is_for():
    assert [name for name, tree in trees().items() if not ast.get_docstring(tree)] == []


# Fonts and icons


@pytest.mark.parametrize(
    ("folder", "licence", "words"),
    [
        ("resources/fonts", "OFL-LICENSE.txt", "SIL OPEN FONT LICENSE Version 1.1"),
        ("resources/icons", "ISC-LICENSE.txt", "ISC License"),
    ],
)
def test_borrowed_resources_keep_their_licence(folder, licence, words):
    assert words in text_of(f"{folder}/{licence}")
    assert (ROOT / folder / "README.md").is_file()


SAMPLES = {
    "Latin": "The quick brown fox, Ærøskøbing, Łódź, Žižkov, Szczęście, İstanbul, Größe, ẞ, Țara Ștefan",
    "Greek": "Ταχίστη αλώπηξ βαφής ψημένη γη, ΐ ΰ Ά Έ Ή Ί Ό Ύ Ώ ς",
    "Cyrillic": "Съешь ещё этих мягких французских булок, Їжак, Ґудзик, Ђорђе, Ўладзімір",
    "signs": "0123456789 – — … “”„‘’«» § ± ≤ ≥ ≠ × % ‰ € £ → ← ↑ ↓ ✓ • · №",  # noqa: RUF001
}


@pytest.mark.parametrize("font", FONTS, ids=name_of)
def test_fonts_cover_what_people_write(font):
    glyphs = TTFontFile(str(font)).charToGlyph
    missing = {script: {char for char in text if ord(char) not in glyphs} for script, text in SAMPLES.items()}
    assert {script: chars for script, chars in missing.items() if chars} == {}


@pytest.mark.parametrize("font", FONTS, ids=name_of)
def test_digits_are_tabular(font):
    widths = TTFontFile(str(font)).charWidths
    assert len({widths[ord(digit)] for digit in "0123456789"}) == 1


@pytest.mark.gui
def test_the_fonts_are_one_family_with_true_weights(qapp):
    from PySide6.QtGui import QFontDatabase

    known = [QFontDatabase.addApplicationFont(str(font)) for font in FONTS]
    assert len(known) == 5
    assert all("IBM Plex Sans" in QFontDatabase.applicationFontFamilies(number) for number in known)
    styles = QFontDatabase.styles("IBM Plex Sans")
    assert {QFontDatabase.weight("IBM Plex Sans", style) for style in styles} == {400, 500, 600}


@pytest.mark.parametrize("icon", ICONS, ids=lambda path: path.stem)
def test_icons_can_be_recoloured(icon):
    drawing = ET.parse(icon).getroot()
    if icon.stem == "fieldquill":
        return
    assert drawing.get("viewBox") == "0 0 24 24"
    assert drawing.get("stroke") == "currentColor"
    others = {node.get(kind) for node in drawing.iter() for kind in ("stroke", "fill")}
    assert others <= {None, "none", "currentColor"}
