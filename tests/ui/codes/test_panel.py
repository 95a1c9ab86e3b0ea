"""The code chosen, beside the page: what is written there is kept, one step each."""

from PySide6.QtCore import Qt

from app.model.evidence import About, Theme

KEYS = Qt.Key


def code(desk, key):
    return next(each for each in desk.document.codes if each.key == key)


def choose(page, key):
    page.tree.view.setCurrentIndex(page.tree.model.index_of(key))


def pick(field, value):
    field.setCurrentIndex(field._keys.index(value))
    field.activated.emit(field.currentIndex())


def test_what_a_code_means_is_kept_when_it_is_left(qtbot, page, desk):
    choose(page, "tools")
    field = page.panel.form.editor("definition")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Whatever is bought.")
    choose(page, "dashboards")
    assert code(desk, "tools").definition == "Whatever is bought."
    assert page.panel.form.editor("definition").toPlainText() == ""
    desk.undo()
    assert code(desk, "tools").definition == "What is used."


def test_what_is_being_typed_is_kept_when_the_page_is_left(qtbot, page, desk):
    choose(page, "tools")
    qtbot.keyClicks(page.panel.form.editor("avoid_when"), "Methods.")
    page.leave()
    assert code(desk, "tools").avoid_when == "Methods."


def test_a_name_that_is_taken_goes_back(qtbot, page, desk, heard):
    choose(page, "deployment")
    field = page.panel.form.editor("name")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Training")
    qtbot.keyClick(field, KEYS.Key_Return)
    assert len(heard) == 1
    assert code(desk, "deployment").name == "Deployment"
    assert field.toPlainText() == "Deployment"


def test_a_colour_is_chosen_by_key_and_by_click(qtbot, page, desk):
    choose(page, "tools")
    colour = page.panel.colour
    colour.setFocus()
    assert colour.accessibleName() == "Colour: Green"
    qtbot.keyClick(colour, KEYS.Key_Right)
    assert colour.accessibleName() == "Colour: Moss"
    assert code(desk, "tools").colour == "#178a63"
    qtbot.keyClick(colour, KEYS.Key_Space)
    assert code(desk, "tools").colour == "#64863a"
    qtbot.mouseClick(colour, Qt.MouseButton.LeftButton, pos=colour.spot(0).center().toPoint())
    assert code(desk, "tools").colour == ""
    desk.undo()
    desk.undo()
    assert colour.value() == "#178a63"


def test_a_colour_given_elsewhere_is_offered_too(page):
    page.panel.colour.set_value("#123456")
    assert page.panel.colour.accessibleName() == "Colour: As it is"
    page.panel.colour.set_value("")
    assert page.panel.colour.accessibleName() == "Colour: No colour"


def test_what_a_code_is_tied_to_is_chosen(page, desk):
    choose(page, "tools")
    panel = page.panel
    pick(panel.theme, Theme.TOOL)
    pick(panel.about, About.ORGANISATION)
    pick(panel.principle, ("mlops-maturity", "monitoring-feedback"))
    made = code(desk, "tools")
    assert (made.theme, made.about, made.rubric, made.principle) == (
        Theme.TOOL,
        About.ORGANISATION,
        "mlops-maturity",
        "monitoring-feedback",
    )
    pick(panel.principle, "")
    pick(panel.about, "")
    made = code(desk, "tools")
    assert (made.about, made.rubric, made.principle) == (None, None, None)


def test_who_used_a_code_is_counted(page):
    choose(page, "training")
    assert page.panel.used.text() == "Ada: 2 passages\nBen: 1 passage"
    assert page.panel.path.text() == "Procedures"
    choose(page, "procedures")
    assert page.panel.used.text() == "No passage itself; 3 passages have codes below it."
    assert not page.panel.path.isVisible()


def test_the_key_leads_into_the_panel_and_back(qtbot, page):
    with qtbot.waitSignal(page.panel_asked):
        qtbot.keyClick(page.tree.view, KEYS.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.panel.form.editor("definition").hasFocus)
