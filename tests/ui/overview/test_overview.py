"""The Overview used as somebody setting up a study does."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions import assess
from app.actions.create import create_study
from app.actions.guides import remove_guide
from app.actions.overrides import Place, set_override
from app.actions.things import remove
from app.model.setting import Permission
from app.scoring.scale import Verdict
from ui.application import open_window
from ui.overview.cases_state import CasesModel
from ui.overview.facet import FacetBar
from ui.overview.page import FACETS
from ui.widgets.things import ROW_ROLE

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return


def type_over(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, ENTER, CTRL)


def focused():
    return QApplication.focusWidget()


def test_the_state_is_told_at_one_look(page):
    names = page.strip.accessibleName()
    assert "of 62 criteria answered, Round 1" in names
    assert "2 of 2 interviews held Round 1, May 2024" in names
    assert "0 of 1 interview held Round 2" in names
    assert "1 open question still to ask" in names
    table = page.cases.model()
    assert [table.index(row, 0).data() for row in range(table.rowCount())] == ["Paint inspection", "Part sorting"]
    assert table.index(0, 1).data().startswith("Moderate")
    assert table.index(1, 2).data().startswith("Low, at most High")


def test_what_the_team_set_is_seen_beside_the_derived_level(page, window, qtbot):
    desk = window.workspace.desk
    before = page.cases.grab().toImage()
    place = Place(rubric="mlops-maturity", principle="traceability", case="paint", round="r1")
    assert desk.do(set_override, place, "low", "Seen on site.") is not None
    table = page.cases.model()
    assert table.index(0, 4).data().endswith("set to Low by the team")
    shown = page.cases.grab().toImage()
    assert shown != before
    answer = next(each for each in desk.document.answers if each.case == "paint" and each.verdict == "fully")
    rubric = desk.assessment.rubric
    traced = next(each for each in rubric.principle("traceability").criteria)
    desk.do(assess.answer, assess.Place(rubric.id, traced.id, "paint", "r1", answer.assessor), Verdict.WITHHELD)
    assert table.index(0, 4).data().endswith("but that has lapsed")
    assert page.cases.grab().toImage() != shown


def test_what_to_do_next_leads_there(qtbot, window, page):
    model = page.next.model()
    todo = [model.index(row).data() for row in range(model.rowCount())]
    assert todo[:3] == ["Hold 1 planned interview", "Finish the notes of 1 interview", "Ask 1 open question"]
    answers = next(row for row, text in enumerate(todo) if text.endswith("unanswered"))
    page.next.setCurrentIndex(model.index(answers))
    with qtbot.waitSignal(page.go) as led:
        qtbot.keyClick(page.next, ENTER)
    assert led.args == ["assess", "paint"]


def test_a_case_leads_to_its_answers(qtbot, page):
    rect = page.cases.visualRect(page.cases.model().index(1, 0))
    with qtbot.waitSignal(page.go) as led:
        qtbot.mouseClick(page.cases.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert led.args == ["assess", "sorting"]


def test_title_and_organisation_are_edited_in_place(qtbot, page, document):
    facet = page.facet("study")
    type_over(qtbot, facet.names.editor("title"), "Autumn review")
    type_over(qtbot, facet.names.editor("organisation"), "Suedwerk")
    type_over(qtbot, facet.texts.editor("purpose"), "To see what changed.")
    study = document().study
    assert (study.title, study.organisation.name, study.purpose) == (
        "Autumn review",
        "Suedwerk",
        "To see what changed.",
    )
    assert study.organisation.sector == "Machine building"


def test_a_zone_that_is_none_goes_back(qtbot, page, document):
    field = page.facet("study").names.editor("zone")
    type_over(qtbot, field, "Mars/Olympus")
    assert field.text() == "Europe/Berlin"
    type_over(qtbot, field, "Europe/Vienna")
    assert document().study.zone == "Europe/Vienna"


def test_permissions_are_chosen_by_click_and_by_key(qtbot, page, document):
    facet = page.facet("policy")
    recording = facet.permissions.editor("recording")
    assert recording.value() == "forbidden"
    qtbot.mouseClick(recording.button("restricted"), Qt.MouseButton.LeftButton)
    assert document().site_policy.recording is Permission.RESTRICTED
    recording.button("restricted").setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Left)
    assert document().site_policy.recording is Permission.ALLOWED
    type_over(qtbot, facet.papers.editor("marking"), "Secret")
    assert document().site_policy.marking == "Secret"


def test_a_marking_is_at_most_80_characters(qtbot, page, document):
    type_over(qtbot, page.facet("policy").papers.editor("marking"), "x" * 100)
    assert len(document().site_policy.marking) == 80


def test_a_case_is_added_with_the_keyboard_alone(qtbot, page, document):
    facet = page.facet("cases")
    facet.list.view.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Insert)
    assert focused() is facet.form.editor("name")
    qtbot.keyClicks(focused(), "Weld check")
    qtbot.keyClick(focused(), ENTER)
    made = document().cases[-1]
    assert (made.name, made.key) == ("Weld check", "weld-check")
    assert facet.list.current == "weld-check"
    assert focused() is facet.form.editor("summary")
    qtbot.keyClicks(focused(), "Looks at welds.")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert document().cases[-1].summary == "Looks at welds."


@pytest.mark.parametrize("way", ["escape", "choose another", "leave"])
def test_a_new_case_without_a_name_is_none(qtbot, window, page, document, way):
    facet = page.facet("cases")
    facet.add()
    if way == "escape":
        qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    elif way == "choose another":
        facet.list.set_current("paint")
    else:
        window.workspace.show_page("results")
    qtbot.waitUntil(lambda: facet.list.view.model().rowCount() == 2)
    assert len(document().cases) == 2
    assert facet.form.editor("name").text() == facet.current.name


def test_cases_are_moved_by_key(qtbot, page, document):
    facet = page.facet("cases")
    facet.list.view.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Down, ALT)
    assert [case.key for case in document().cases] == ["sorting", "paint"]
    assert facet.list.current == "paint"


def test_a_removed_case_is_one_undo_away(qtbot, window, page, document):
    before = document()
    facet = page.facet("cases")
    facet.list.view.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Delete)
    assert [case.key for case in document().cases] == ["sorting"]
    news = window.workspace.news
    assert news.text.startswith("Remove case Paint inspection")
    qtbot.mouseClick(news._button, Qt.MouseButton.LeftButton)
    assert document().cases == before.cases
    assert document().answers == before.answers


def test_every_case_can_be_removed_and_a_first_added_again(qtbot, page, document):
    facet = page.facet("cases")
    facet.list.view.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Delete)
    qtbot.keyClick(facet.list.view, Qt.Key.Key_Delete)
    assert document().cases == ()
    assert facet.empty.isVisible()
    assert page.no_cases.isVisible()
    qtbot.mouseClick(facet.empty.button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(focused(), "Only one")
    qtbot.keyClick(focused(), ENTER)
    assert [case.name for case in document().cases] == ["Only one"]
    assert page.cases.isVisible()


def test_a_round_gets_its_days(qtbot, page, document):
    facet = page.facet("rounds")
    facet.list.set_current("r2")
    type_over(qtbot, facet.form.editor("ends"), "2.12.2024")
    qtbot.keyClick(focused(), ENTER)
    assert document().rounds[1].ends.isoformat() == "2024-12-02"


def test_a_round_that_ends_before_it_starts_is_refused_and_goes_back(qtbot, window, page, document):
    facet = page.facet("rounds")
    facet.list.set_current("r2")
    ends = facet.form.editor("ends")
    type_over(qtbot, ends, "2023-01-01")
    qtbot.keyClick(focused(), ENTER)
    assert document().rounds[1].ends is None
    assert window.workspace.trouble.isVisible()
    assert ends.text() == ""


def test_a_participant_gets_a_free_pseudonym(qtbot, page, document):
    facet = page.facet("participants")
    facet.add()
    assert facet.form.editor("pseudonym").text() == "P4"
    assert focused() is facet.form.editor("role")
    qtbot.keyClicks(focused(), "Line operator")
    qtbot.keyClick(focused(), ENTER)
    made = document().participants[-1]
    assert (made.key, made.pseudonym, made.role) == ("p4", "P4", "Line operator")


def test_who_a_participant_is_shows_only_when_asked_for(qtbot, window, page, document):
    facet = page.facet("participants")
    assert not facet.identity.isVisible()
    qtbot.mouseClick(facet.reveal, Qt.MouseButton.LeftButton)
    name = facet.identity.editor("name")
    assert focused() is name
    qtbot.keyClicks(name, "Grace H.")
    qtbot.keyClick(name, ENTER)
    assert [(each.participant, each.name) for each in document().identities] == [("p1", "Grace H.")]
    facet.list.set_current("p2")
    assert not facet.identity.isVisible()
    qtbot.mouseClick(facet.reveal, Qt.MouseButton.LeftButton)
    assert name.text() == ""
    facet.list.set_current("p1")
    qtbot.mouseClick(facet.reveal, Qt.MouseButton.LeftButton)
    assert name.text() == "Grace H."
    type_over(qtbot, facet.identity.editor("contact"), "Hall 2")
    qtbot.keyClick(focused(), ENTER)
    assert document().identities[0].contact == "Hall 2"
    name.selectAll()
    qtbot.keyClick(name, Qt.Key.Key_Delete)
    qtbot.keyClick(name, ENTER)
    assert document().identities == ()
    window.workspace.show_page("results")
    window.workspace.show_page("overview")
    assert not facet.identity.isVisible()


def test_ctrl_tab_goes_through_the_parts(qtbot, window, page):
    page.setFocus()
    seen = []
    for _ in FACETS:
        seen.append(page._shown)
        qtbot.keyClick(focused(), Qt.Key.Key_Tab, CTRL)
    assert seen == [name for name, _title in FACETS]
    assert page._shown == seen[0]


def test_an_undo_shows_on_the_page(qtbot, window, page):
    field = page.facet("study").names.editor("title")
    type_over(qtbot, field, "Autumn review")
    qtbot.keyClick(field, ENTER)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert field.text() == "Nordwerk, spring review"


def test_reading_alone_changes_nothing(qtbot, show, study_path, passphrase):
    from app.actions.open_study import OpenStudy
    from ui.desk import Desk
    from ui.overview.page import OverviewPage

    with OpenStudy.open(study_path, passphrase, read_only=True) as study:
        page = show(OverviewPage(Desk(study)))
        page.refresh()
        for name, _title in FACETS:
            facet = page.facet(name)
            if hasattr(facet, "list"):
                assert not facet.list._buttons["add"].isVisible()
                facet.add()
        before = study.document
        qtbot.keyClicks(page.facet("study").names.editor("title"), "x")
        assert study.document == before


def test_facets_leave_their_counts_out_where_names_would_be_cut(qtbot, show):
    bar = FacetBar((("passages", "Passages"), ("second", "Second coder")))
    bar.show_count("passages", 129)
    show(bar, 400, 40)
    assert bar.button("passages").text() == "Passages 129"
    bar.resize(bar.button("passages").sizeHint().width() + bar.button("second").sizeHint().width() - 4, 40)
    qtbot.waitUntil(lambda: bar.button("passages").text() == "Passages")
    assert [bar.button(name).text() for name in ("passages", "second")] == ["Passages", "Second coder"]
    bar.resize(400, 40)
    qtbot.waitUntil(lambda: bar.button("passages").text() == "Passages 129")
    bar.show_count("passages", 0)
    assert bar.button("passages").text() == "Passages"


def test_the_first_case_of_a_new_study_is_named_in_a_small_window(qtbot, show, tmp_path, passphrase, monkeypatch):
    path = tmp_path / "new.fieldquill"
    create_study(path, passphrase, title="New", rubric="mlops-maturity")
    window = show(open_window(), 1093, 614)
    window.open_path(path, passphrase)
    qtbot.waitUntil(window.workspace.page.no_cases.isVisible)
    page = window.workspace.page
    qtbot.mouseClick(page.no_cases.button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(focused(), "Crack finder")
    qtbot.keyClick(focused(), ENTER)
    assert page.cases.isVisible()
    assert page.cases.model().index(0, 0).data() == "Crack finder"
    assert page.cases.columnWidth(0) >= 100
    monkeypatch.setattr(
        "ui.overview.cases_state.paint_level", lambda *_: pytest.fail("a level, though nothing is known")
    )
    page.cases.grab()
    window.close()


def test_whoever_is_told_to_make_a_guide_finds_both_ways_to_one(qtbot, window, page):
    desk = window.workspace.desk
    for source in desk.document.sources:
        desk.do(remove, "sources", source.key)
    desk.do(remove_guide, desk.document.guides[0].key)
    at = next(place for place, each in enumerate(page._todos) if each.key == "guides")
    page.next.setFocus()
    page.next.setCurrentIndex(page.next.model().index(at))
    qtbot.keyClick(page.next, ENTER)
    assert focused().text() == "Make one from the rubric"
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert desk.document.guides[0].questions


def test_one_person_after_another_is_added_without_leaving_the_form(qtbot, page, document):
    facet = page.facet("participants")
    before = len(document().participants)
    facet.list.view.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Insert)
    for role in ("Data engineer", "Product owner"):
        qtbot.keyClicks(focused(), role)
        qtbot.keyClick(focused(), ENTER)
        assert focused() is facet.form.editor("unit")
        qtbot.keyClick(focused(), Qt.Key.Key_Insert)
        assert focused() is facet.form.editor("role")
        assert focused().text() == ""
    assert [each.role for each in document().participants[before:]] == ["Data engineer", "Product owner"]


def test_a_name_that_is_cut_short_is_told_in_full_when_pointed_at(page):
    table = page.cases.model()
    tip = Qt.ItemDataRole.ToolTipRole
    assert table.index(0, 0).data(tip) == "Paint inspection"
    across = Qt.Orientation.Horizontal
    assert table.headerData(2, across, tip) == page.desk.assessment.rubric.principles[0].name


def test_what_a_rubric_writes_is_told_as_it_was_written(page, dressed):
    assessment = page.desk.assessment
    rubric = assessment.rubric
    first = replace(rubric.principles[0], name="<b>Bold</b>")
    levels = tuple(replace(level, name=f"<i>{level.name}</i>") for level in rubric.levels)
    written = replace(rubric, principles=(first, *rubric.principles[1:]), levels=levels)
    table, asks = CasesModel(), Qt.ItemDataRole.ToolTipRole
    table.show_assessment(replace(assessment, rubric=written))
    assert table.headerData(2, Qt.Orientation.Horizontal, asks) == "<qt>&lt;b&gt;Bold&lt;/b&gt;</qt>"
    told = [table.index(row, 2).data(asks) for row in range(table.rowCount())]
    assert any(words.startswith("<qt>&lt;i&gt;") for words in told)
    assert not any("<i>" in words for words in told)


def test_what_is_below_does_not_move_when_something_to_do_is_done(window, page):
    desk, before = window.workspace.desk, page.next.height()
    lines = page.next.model().rowCount()
    for source in desk.document.sources:
        desk.do(remove, "sources", source.key)
    for case in desk.document.cases[1:]:
        desk.do(remove, "cases", case.key)
    assert page.next.model().rowCount() < lines
    assert page.next.height() == before


def test_who_a_participant_is_can_be_said_and_then_be_shown(qtbot, page, document):
    facet = page.facet("participants")
    known = {each.participant for each in document().identities}
    stranger = next(each.key for each in document().participants if each.key not in known)
    facet.list.set_current(stranger)
    assert facet.reveal.text() == "Say who this is"
    qtbot.mouseClick(facet.reveal, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(focused(), "Somebody")
    qtbot.keyClick(focused(), ENTER)
    assert any(each.participant == stranger for each in document().identities)
    page.show_facet("cases")
    page.show_facet("participants")
    assert facet.reveal.text() == "Show who this is"


def test_the_days_of_a_round_are_told_as_days_are_everywhere(page):
    model = page.facet("rounds").list.view.model()
    details = [model.index(row).data(ROW_ROLE).detail for row in range(model.rowCount())]
    assert details[0] == "13 May 2024 to 24 May 2024"
