"""What every page must bear: an empty study, another theme, a study that changes behind it."""

import pytest

from app.actions.create import create_study
from ui.application import open_window
from ui.main_window.pages import PAGES
from ui.theme import Choice, theme

NAMES = [entry.name for entry in PAGES]


@pytest.fixture(scope="module")
def empty_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "empty.fieldquill"
    create_study(path, "correct horse battery", title="Review", rubric="mlops-maturity", organisation="Nordwerk")
    return path


@pytest.fixture
def empty(show, empty_template, tmp_path, passphrase):
    path = tmp_path / "empty.fieldquill"
    path.write_bytes(empty_template.read_bytes())
    window = show(open_window(path, passphrase))
    yield window
    window.close()


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_study_is_shown_on_every_page(empty, name):
    empty.workspace.show_page(name)
    assert not empty.grab().isNull()


@pytest.mark.parametrize("name", NAMES)
def test_every_page_changes_with_the_theme(window, name):
    window.workspace.show_page(name)
    theme().choose(Choice.LIGHT)
    light = window.grab().toImage()
    theme().choose(Choice.DARK)
    dark = window.grab().toImage()
    assert light.pixelColor(0, 0).lightness() > 200 > dark.pixelColor(0, 0).lightness()
    assert light != dark


@pytest.mark.parametrize("name", NAMES)
def test_every_page_bears_that_all_cases_go_and_come_back(qtbot, window, name):
    from app.actions.things import remove

    workspace = window.workspace
    workspace.show_page(name)
    for case in workspace.desk.document.cases:
        workspace.desk.do(remove, "cases", case.key)
    assert not window.grab().isNull()
    workspace.desk.undo()
    workspace.desk.undo()
    assert len(workspace.desk.document.cases) == 2
    assert not window.grab().isNull()
