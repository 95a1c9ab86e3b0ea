"""What a package says of itself: parts with their licences, every text once, and a stop where something is unknown."""

import tomllib
from email.message import Message
from pathlib import Path

import pytest

from bundle import distributions, notices, parts, shipped
from bundle.distributions import Distribution, Unclear, licence_of, needed, texts_of, wheel_of
from bundle.parts import LICENCES, Part, parts_of, stated

ROOT = Path(__file__).resolve().parents[2]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
LOCKED = {entry["name"]: entry for entry in LOCK["package"]}


def wheel(name, ending):
    return next(each for each in LOCKED[name]["wheels"] if each["url"].endswith(ending))


@pytest.fixture
def site(tmp_path):
    """A folder of installed distributions: click, and sqlcipher3 for Windows."""
    folder = tmp_path / "site"
    for name, tag, more in (
        ("click", "py3-none-any", "License-Expression: BSD-3-Clause\nLicense-File: LICENSE.txt\n"),
        (
            "sqlcipher3",
            "cp313-cp313-win_amd64",
            "Requires-Dist: click\nRequires-Dist: x; sys_platform == 'sunos5'\n",
        ),
    ):
        version = LOCKED[name]["version"]
        about = folder / f"{name}-{version}.dist-info"
        (about / "licenses").mkdir(parents=True)
        (about / "METADATA").write_text(
            f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{more}\nAll about it\n"
        )
        (about / "WHEEL").write_text(f"Wheel-Version: 1.0\nTag: {tag}\n")
        (about / "licenses" / "LICENSE.txt").write_text(f"{name} may be used.  \r\nBy all.")
        (about / "RECORD").write_text(f"{name}/__init__.py,sha256=x,1\n{about.name}/METADATA,,\n../../bin/{name},,\n")
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("")
    return folder


@pytest.fixture
def root(tmp_path, site, monkeypatch):
    """The folder of ours in a package for Windows that is made of those."""
    monkeypatch.setattr(distributions, "IMPORTS", {"sqlcipher3": "sqlcipher3"})
    folder = tmp_path / "package" / "lib"
    for name in ("click", "sqlcipher3"):
        (folder / "site" / name).mkdir(parents=True)
    return folder


def made(root, site, **changes):
    return parts_of(root, **{"system": "windows", "site": site, "python": "3.13.2", **changes})


def distribution(**metadata):
    about = Message()
    for name, value in metadata.items():
        about[name.replace("_", "-")] = value
    return Distribution("thing", "1.0", Path("thing-1.0.dist-info"), about, ())


# Licences


def test_a_licence_is_what_the_distribution_says_in_the_words_of_spdx():
    assert licence_of(distribution(License_Expression="MIT AND Zlib"), {}) == "MIT AND Zlib"
    assert licence_of(distribution(License="MIT"), {}) == "MIT"


def test_a_licence_that_is_stated_stands_for_one_that_is_told_in_other_words():
    assert licence_of(distribution(License="see the file, and mail us"), {"thing": "Zlib"}) == "Zlib"


@pytest.mark.parametrize("metadata", [{}, {"License": "BSD, or so"}, {"License": "MIT, Zlib"}])
def test_a_licence_nobody_knows_stops_the_build(metadata):
    with pytest.raises(Unclear, match=r"thing 1\.0 is unknown"):
        licence_of(distribution(**metadata), {})


def test_every_licence_that_is_stated_is_one_expression():
    values = {*stated()["licences"].values(), *stated()["debian"].values()}
    values |= {each["licence"] for kind in ("part", "ours") for each in stated()[kind]}
    assert [value for value in values if not distributions._SPDX.fullmatch(value)] == []


def test_every_text_that_is_stated_is_there():
    names = {name for each in stated()["part"] for name in each.get("texts", ()) if not name.startswith("site:")}
    assert [name for name in names if not (LICENCES / name).is_file()] == []
    assert [name for each in stated()["ours"] for name in each["texts"] if not (ROOT / name).is_file()] == []


def test_only_versions_that_are_locked_are_stated():
    hosts = {each["in"] for each in stated()["part"] if "==" in each["in"] and not each["in"].startswith("cpython")}
    locked = {f"{entry['name']}=={entry['version']}" for entry in LOCK["package"] if "version" in entry}
    assert hosts <= locked, "a library was updated: look into it anew and say in parts.toml what is inside it"


# Distributions


def test_what_is_needed_is_found_through_others_and_only_on_its_system(root, site):
    assert [each.name for each in needed(site, "windows", "3.13.2")] == ["click", "sqlcipher3"]


def test_what_is_needed_and_not_there_stops_the_build(root, site):
    for path in (site / f"click-{LOCKED['click']['version']}.dist-info").iterdir():
        path.rename(site / path.name)
    (site / f"click-{LOCKED['click']['version']}.dist-info").rmdir()
    with pytest.raises(Unclear, match="click is needed"):
        needed(site, "windows", "3.13.2")


def test_a_wheel_is_the_locked_one_with_the_tags_of_what_is_installed(root, site):
    click, sqlcipher = needed(site, "windows", "3.13.2")
    pinned = wheel("sqlcipher3", "cp313-cp313-win_amd64.whl")
    assert wheel_of(sqlcipher) == (pinned["url"], pinned["hash"].removeprefix("sha256:"))
    assert wheel_of(click).url.endswith("py3-none-any.whl")
    assert texts_of(click) == ["click may be used.  \nBy all."]


# Parts


def test_the_parts_name_what_is_inside_others(root, site):
    found = {part.name: part for part in made(root, site)}
    assert {"CPython", "click", "sqlcipher3", "IBM Plex Sans", "Lucide"} <= set(found)
    assert {each.name for each in found["sqlcipher3"].inside} == {"SQLCipher", "SQLite", "OpenSSL"}
    assert found["sqlcipher3"].needs == ("click",)


def test_a_distribution_that_is_not_in_the_package_is_no_part(root, site):
    (root / "site" / "click").rmdir()
    assert "click" not in {part.name for part in made(root, site)}
    assert shipped.distributions(root, site, "windows") == {"sqlcipher3"}


def test_a_version_nobody_looked_into_stops_the_build(root, site, monkeypatch):
    known = {
        **stated(),
        "part": [{**each, "in": each["in"].replace("sqlcipher3==", "sqlcipher3==9")} for each in stated()["part"]],
    }
    monkeypatch.setattr(parts, "stated", lambda: known)
    with pytest.raises(Unclear, match=r"not inside sqlcipher3 0\.6\.4"):
        made(root, site)


# Notices


def listed(*found):
    return [Part(name, "1.0", "MIT", f"pkg:generic/{name}@1.0", (text,)) for name, text in found]


def test_a_text_is_given_once_below_all_who_use_it():
    (_, both, one) = notices._texts(listed(("a", "Use it.\r\nFreely."), ("b", "Use  it. Freely."), ("c", "Don't.")))
    assert both.users == ["a 1.0 (MIT)", "b 1.0 (MIT)"]
    assert both.text == "Use it.\nFreely.\n"
    assert one.users == ["c 1.0 (MIT)"]


def test_what_is_inside_a_part_says_so():
    (inner,) = listed(("inner", "Text."))
    outer = Part("outer", "2.0", "Zlib", "pkg:generic/outer@2.0", inside=(inner,))
    (_, found) = notices._texts([outer])
    assert found.users == ["inner 1.0, in outer (MIT)"]


@pytest.mark.parametrize("system", ["linux", "windows", "macos"])
def test_the_notices_do_what_the_licence_of_qt_asks_for(system):
    text = " ".join(
        notices.notices([Part("pyside6-essentials", "6.11.3", "LGPL-3.0-only", "pkg:pypi/x@1")], system).split()
    )
    for words in (
        "uses Qt 6.11.3",
        "GNU Lesser General Public License, version 3",
        "You may replace Qt",
        "reverse engineering Fieldquill to debug such changes",
        "https://download.qt.io/official_releases/qt/6.11/6.11.3/",
        "for three years",
    ):
        assert words in text
    assert ("lib\\site\\PySide6" in text) == (system == "windows")


def test_the_notices_credit_what_every_rubric_is_after():
    text = " ".join(notices._rubrics().split())
    for words in ("CC BY 4.0", "IEEE", "Kreuzberger", "Microsoft", "Google Cloud"):
        assert words in text


@pytest.mark.parametrize(
    ("licence", "does"),
    [
        ("MIT", False),
        ("LGPL-3.0-only", False),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", False),
        ("GPL-2.0-or-later OR MPL-1.1", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("GPL-3.0-or-later", True),
        ("GPL-3.0-only OR GPL-2.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("MIT AND GPL-3.0-or-later", True),
    ],
)
def test_a_licence_that_would_bind_the_whole_package_is_known(licence, does):
    assert parts.binds(licence) is does
