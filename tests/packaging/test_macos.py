"""What can be said of the package for macOS without a Mac: its files are well-formed and agree with the lists."""

import plistlib
import struct
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.version import VERSION
from bundle import macos
from bundle.icons import MAC_SIZES, draw_icns

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "packaging/macos/fieldquill.spec"
ASKING = ("Microphone", "Camera", "ScreenCapture", "SpeechRecognition", "LocalNetwork", "Bluetooth", "Location")


@pytest.fixture
def information():
    return macos.information()


def test_the_version_is_the_programs(information):
    assert information["CFBundleShortVersionString"] == information["CFBundleVersion"] == VERSION


def test_nothing_is_asked_of_macos(information):
    assert [key for key in information if key.startswith("NS") and key.endswith("UsageDescription")] == []
    assert [key for key in information if any(word in key for word in ASKING)] == []
    assert information["NSHighResolutionCapable"] is True


def test_a_study_is_a_kind_of_file_of_its_own(information):
    (kind,) = information["CFBundleDocumentTypes"]
    (declared,) = information["UTExportedTypeDeclarations"]
    assert kind["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert kind["LSHandlerRank"] == "Owner"
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["fieldquill"]
    assert kind["CFBundleTypeIconFile"] == macos.ICON.name


def test_the_hardened_runtime_is_loosened_in_one_point_and_no_device_is_asked_for():
    assert plistlib.loads(macos.ENTITLEMENTS.read_bytes()) == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True
    }


def test_the_spec_compiles_and_asks_macos_for_what_it_has():
    code = compile(SPEC.read_text("utf-8"), str(SPEC), "exec")
    used = {name for name in code.co_names if name.islower() or name.isupper()}
    for name in ("STAGE", "ENTRY", "ICON", "ENTITLEMENTS", "kept", "kept_modules", "read_by_path", "identity"):
        assert name in used
        assert hasattr(macos, name)


def test_files_that_are_not_wanted_are_left_out():
    entries = [
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", f"{macos.SITE}/x", "BINARY"),
        ("PySide6/Qt/plugins/tls/libqsecuretransportbackend.dylib", f"{macos.SITE}/x", "BINARY"),
        ("libssl.3.dylib", "/opt/lib/libssl.3.dylib", "BINARY"),
        ("libffi.8.dylib", "/opt/lib/libffi.8.dylib", "BINARY"),
    ]
    assert [entry[0].rpartition("/")[2] for entry in macos.kept(entries)] == ["libqcocoa.dylib", "libffi.8.dylib"]


def test_it_is_not_made_elsewhere(monkeypatch):
    monkeypatch.setattr("platform.system", lambda: "Linux")
    with pytest.raises(SystemExit, match="made on macOS"):
        macos.main()


def test_the_icon_has_every_size_as_macos_expects_it(tmp_path, qapp):
    draw_icns(ROOT / "resources/icons/fieldquill.svg", tmp_path / "a.icns")
    content = (tmp_path / "a.icns").read_bytes()
    assert content[:8] == b"icns" + struct.pack(">I", len(content))
    found, place = {}, 8
    while place < len(content):
        name, length = struct.unpack(">4sI", content[place : place + 8])
        found[name.decode()] = Image.open(BytesIO(content[place + 8 : place + length])).size
        place += length
    assert place == len(content)
    assert found == {name: (size, size) for name, size in MAC_SIZES}
    assert Image.open(BytesIO(content)).size == (1024, 1024)
