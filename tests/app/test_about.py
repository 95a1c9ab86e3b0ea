"""What a copy of the program says of itself: from a package's files, or in a checkout from what is installed."""

import json
from importlib.metadata import PackageNotFoundError, PackagePath, distribution

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import about
from app.about import AboutDamaged, Build, NoSbom, Part
from app.version import VERSION

SBOM = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "components": [
        {"type": "library", "name": "zlib", "version": "1.3", "licenses": [{"license": {"id": "Zlib"}}]},
        {"name": "Qt", "version": "6.11", "licenses": [{"expression": "LGPL-3.0-only OR GPL-2.0-only"}], "purl": "x"},
        {"name": "fonts", "licenses": [{"license": {"name": "Two"}}, {"license": {"id": "OFL-1.1"}}]},
        {"name": "bare"},
        {"name": "pillow", "version": "13", "components": [{"name": "zlib", "version": "1.2", "components": []}]},
    ],
}


@pytest.fixture
def package(tmp_path):
    """The folder that a package keeps beside the program."""
    folder = tmp_path / "about"
    folder.mkdir()
    (folder / "sbom.cdx.json").write_text(json.dumps(SBOM), encoding="utf-8")
    (folder / "NOTICES.txt").write_text("\ufeff== zlib 1.3 ==\nThe text.\n", encoding="utf-8")
    build = {"version": "9.9", "commit": "a" * 12, "built": "2026-11-26", "platform": "windows-x64", "signed": False}
    (folder / "build.json").write_text(json.dumps(build), encoding="utf-8")
    return folder


def test_a_package_lists_its_parts_by_name_with_their_licences(package):
    assert about.parts(package) == (
        Part("bare", "", "not stated"),
        Part("fonts", "", "Two, OFL-1.1"),
        Part("pillow", "13", "not stated"),
        Part("zlib", "1.2", "not stated", "pillow"),
        Part("Qt", "6.11", "LGPL-3.0-only OR GPL-2.0-only"),
        Part("zlib", "1.3", "Zlib"),
    )
    assert about.is_package(package)
    assert json.loads(about.sbom(package)) == SBOM
    assert about.notices(package) == "== zlib 1.3 ==\nThe text.\n"


def test_a_package_says_how_it_was_built(package):
    build = about.build(package)
    assert about.told(build) == f"Version 9.9, built 2026-11-26 from {'a' * 12} for windows-x64, unsigned"


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (None, f"Version {VERSION}, from a checkout"),
        (Build("1"), "Version 1, unsigned"),
        (Build("1", commit="0123456789ab-changed"), "Version 1 from 0123456789ab-changed, unsigned"),
        (Build("1", signed=True), "Version 1, signed"),
    ],
)
def test_what_is_not_known_of_a_build_is_left_out(build, words):
    assert about.told(build) == words


@pytest.mark.parametrize("name", ["sbom.cdx.json", "build.json", "NOTICES.txt"])
@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe\x00", b"[]", b'{"components": [{"version": 3}]}'])
def test_a_file_that_is_missing_or_damaged_is_one_sentence(package, name, content):
    if content is None:
        (package / name).unlink()
    else:
        (package / name).write_bytes(content)
    if name == "NOTICES.txt" and content not in (None, b"\xff\xfe\x00"):
        assert about.notices(package) == content.decode()  # any text may be a notice
        return
    asked = {"sbom.cdx.json": (about.sbom, about.parts), "build.json": (about.build,), "NOTICES.txt": (about.notices,)}
    for ask in asked[name]:
        with pytest.raises(AboutDamaged) as caught:
            ask(package)
        assert caught.value.sentence == f"about/{name} of this package is missing or damaged; install Fieldquill again."


@given(st.binary(max_size=200))
def test_whatever_stands_in_the_file_is_parts_or_damage(content):
    try:
        parts = about.read_parts(content)
    except AboutDamaged:
        return
    assert all(part.licence for part in parts)


names = st.text("abcXYZ09-_. ", min_size=1, max_size=12).map(str.strip).filter(lambda name: name and name[0].isalnum())


@given(st.lists(names, min_size=1, max_size=6, unique_by=str.casefold), st.data())
def test_a_licence_is_found_under_its_own_heading(found, data):
    """Not where its name is part of another's, or somewhere in a text."""
    notices = "".join(f"=====\n== {name} 1.0 (MIT)\n=====\nas said of {' '.join(found)}\n\n" for name in found)
    wanted = data.draw(st.sampled_from(found))
    line = notices[about.place_of(Part(wanted, "1.0", "MIT"), notices) :].splitlines()[0]
    assert line == f"== {wanted} 1.0 (MIT)"


def test_a_licence_that_is_not_there_is_nowhere():
    numpy = Part("numpy", "2.4", "BSD-3-Clause")
    assert about.place_of(numpy, "== numpy-quaddtype 1\nabout numpy\n") == -1
    assert about.place_of(numpy, "x\nNumPy 2.0\n") == 2


def test_of_several_lines_that_begin_with_a_name_the_closest_is_meant():
    notices = (
        "zlib, says the opening\nzlib 1.3.1 (Zlib)\nzlib 1.3 (Zlib)\nzlib 1.3, in pillow (Zlib)\nlibpng 2 (libpng)\n"
    )
    found = [
        notices[about.place_of(part, notices) :].splitlines()[0]
        for part in (
            Part("zlib", "1.3", "Zlib"),
            Part("zlib", "1.3", "Zlib", "pillow"),
            Part("zlib", "1.3", "Zlib", "lxml"),
            Part("zlib", "9", "Zlib"),
            Part("libpng", "", "libpng"),
        )
    ]
    assert found == [
        "zlib 1.3 (Zlib)",
        "zlib 1.3, in pillow (Zlib)",
        "zlib 1.3 (Zlib)",
        "zlib, says the opening",
        "libpng 2 (libpng)",
    ]


# A checkout


def test_a_checkout_has_no_sbom_and_says_so(tmp_path):
    assert about.build(tmp_path / "about") is None
    with pytest.raises(NoSbom, match="This is a checkout"):
        about.sbom(tmp_path / "about")


def test_a_checkout_lists_what_is_installed_for_it(tmp_path):
    parts = {part.name: part for part in about.parts(tmp_path / "about")}
    assert {"fieldquill", "Python", "sqlcipher3", "reportlab", "pillow"} <= parts.keys(), "what is needed by the needed"
    assert not {"pytest", "mypy"} & parts.keys(), "what the tests need is no part"
    assert parts["fieldquill"] == Part("fieldquill", distribution("fieldquill").version, "Apache-2.0")
    assert parts["click"].version == distribution("click").version


def test_a_checkout_puts_the_licences_together(tmp_path):
    notices = about.notices(tmp_path / "about")
    assert "Permission is hereby granted" in notices
    parts = {part.name: part for part in about.installed_parts() if part.name != "Python"}
    assert notices[about.place_of(parts["msgspec"], notices) :].startswith("msgspec ")
    assert all(about.place_of(part, notices) >= 0 for part in parts.values())


def test_what_is_not_installed_is_no_part(monkeypatch):
    def nothing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.distribution", nothing)
    assert [part.name for part in about.installed_parts()] == ["Python"]
    assert about.installed_notices() == ""


class Metadata(dict):
    def get_all(self, name):
        return self.get(name)


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ({"License-Expression": ["MIT"], "License": ["other"]}, "MIT"),
        ({"License": ["BSD-3-Clause"]}, "BSD-3-Clause"),
        (
            {"License": ["Copyright\nall of it"], "Classifier": ["License :: OSI Approved :: MIT License"]},
            "MIT License",
        ),
        ({"License": ["x" * 81]}, "not stated"),
        ({}, "not stated"),
    ],
)
def test_a_licence_is_named_by_what_the_metadata_says(said, licence):
    assert about.licence_of(Metadata(said)) == licence


def test_a_distribution_without_texts_says_so(tmp_path, monkeypatch):
    class Bare:
        name, version, requires, metadata = "fieldquill", "1", ["not-there; extra == 'x'", ""], Metadata()
        files = (PackagePath("LICENSE"), PackagePath("licence.py"))

        def locate_file(self, _path):
            return tmp_path / "gone"

    monkeypatch.setattr("importlib.metadata.distribution", lambda _name: Bare())
    assert "It comes without a text." in about.installed_notices()
