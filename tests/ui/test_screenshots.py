"""Pictures for people who look at the project: every page, light and dark, in two sizes."""

import pytest
from PySide6.QtGui import QImage

from ui.main_window.pages import PAGES
from ui.screenshots import PARTS, SIZES, main, take


@pytest.mark.slow
def test_every_page_is_drawn_light_and_dark_in_two_sizes(study_path, tmp_path, passphrase, monkeypatch):
    monkeypatch.setattr("ui.picture.STILL", 30)
    folder = tmp_path / "pictures"
    pages = (
        "start",
        *(entry.name for entry in PAGES),
        "capture",
        "follow-ups",
        "codes-by-principle",
        "codes-that-meet",
    )
    parts = [f"{page}-{key.rstrip(':')}" for page, keys in PARTS.items() for key in keys]
    assert take(study_path, folder, passphrase) == len(pages) * 2 * len(SIZES) + len(parts) * 2
    names = {path.name for path in folder.iterdir()}
    assert names == {
        *(f"{page}-{look}-{wide}.png" for page in pages for look in ("light", "dark") for wide, _high in SIZES),
        *(f"{part}-{look}-{SIZES[0][0]}.png" for part in parts for look in ("light", "dark")),
    }
    for page in pages:
        for wide, high in SIZES:
            light, dark = (QImage(str(folder / f"{page}-{look}-{wide}.png")) for look in ("light", "dark"))
            assert (light.width(), light.height()) == (wide, high)
            assert light.pixelColor(0, 0).lightness() > dark.pixelColor(0, 0).lightness()


def test_says_what_it_wants(capsys):
    assert main([]) == 2
    assert capsys.readouterr().err == "usage: python -m ui.screenshots STUDY FOLDER\n"


def test_a_study_that_is_not_there_is_one_line(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    assert main([str(tmp_path / "none.fieldquill"), str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.startswith("There is no file none.fieldquill")
