"""While Ada and Ben answer independently, neither finds anything of the other's anywhere in the window."""

import pytest
from PySide6.QtCore import Qt

from app.actions import assess, ballots, links
from app.actions.evidence import mark_passage
from app.scoring.scale import Verdict
from app.search.jump import targets
from tests.ui.seen import CTRL, everywhere, find, on_page, told

CANARY = "kanarienvogel"


def as_(window, who):
    window.workspace.top.person_chosen.emit(who)


@pytest.fixture
def here(window):
    """Rubric, case and round that Assess shows first."""
    desk = window.workspace.desk
    return desk.assessment.rubric.id, desk.document.cases[0].key, desk.assessment.round.key


@pytest.fixture
def watched(window, here):
    """The window while Ben has answered for the first case, unseen, on a passage of his own; Ada works."""
    desk = window.workspace.desk
    rubric, case, in_round = here
    desk.study.do(ballots.begin, rubric, [case], in_round, ["ada", "ben"])
    as_(window, "ben")
    criterion = desk.assessment.rubric.criteria[0].id
    window.hidden = desk.do(mark_passage, "i1", "i1-4", 0, 24).key_of("passages")
    at = assess.Place(rubric, criterion, case, in_round, "ben")
    desk.do(assess.answer, at, Verdict.NOT_ACHIEVED, CANARY)
    desk.do(links.link, assess.owner(at), window.hidden, note=CANARY)
    window.at = at
    as_(window, "ada")
    return window


def differences(window):
    window.workspace.show_page("assess", "differences:")
    return window.workspace.page.parts.part


def test_no_page_tells(qtbot, watched):
    as_(watched, "ben")
    assert CANARY in on_page(qtbot, watched, "assess")  # else the test could not fail
    for who in ("ada", ""):
        as_(watched, who)
        assert CANARY not in everywhere(qtbot, watched)


def test_no_level_tells(qtbot, watched, here):
    """What the pages show is the same whatever Ben answers."""
    desk = watched.workspace.desk
    judged = desk.assessment.case(here[1])
    found = next(c for p in judged.principles for c in p.criteria if c.criterion.id == watched.at.criterion)
    assert all(each.assessor == "ada" for each in found.answers)
    everywhere(qtbot, watched, "report")  # pages show more once they are built
    before = everywhere(qtbot, watched, "report")
    as_(watched, "ben")
    desk.do(assess.answer, watched.at, Verdict.FULLY, "otherwise")
    as_(watched, "ada")
    after = everywhere(qtbot, watched, "report")
    assert _plain(before) == _plain(after)


def _plain(words):
    """Leave out what tells when something was saved."""
    return [line for line in words.splitlines() if "Saved" not in line]


def test_no_search_finds_it(qtbot, watched):
    as_(watched, "ben")
    assert len(find(qtbot, watched, CANARY)) == 1
    for who in ("ada", ""):
        as_(watched, who)
        assert find(qtbot, watched, CANARY) == []


def test_a_passage_that_only_a_hidden_answer_rests_on(qtbot, watched):
    desk = watched.workspace.desk
    assert watched.hidden not in {each.key for each in desk.seen.passages}
    watched.workspace.show_page("interviews", "i1")
    page = watched.workspace.page
    editor = page.notebook.editor
    painted = {mark.passage for at in range(len(editor.sheet.rows)) for mark in editor.marks_of(at)}
    listed = {card.key for card in page.beside.views["passages"].cards.cards}
    assert watched.hidden not in painted | listed
    assert watched.hidden not in {target.key for target in targets(desk.seen, [])}
    as_(watched, "ben")
    painted = {mark.passage for at in range(len(editor.sheet.rows)) for mark in editor.marks_of(at)}
    assert watched.hidden in painted


def test_the_page_shown_follows_the_reveal(watched, here):
    desk = watched.workspace.desk
    watched.workspace.show_page("interviews", "i1")
    editor = watched.workspace.page.notebook.editor
    for who in ("ben", "ada"):
        as_(watched, who)
        desk.do(ballots.done, *here)

    def painted():
        return {mark.passage for at in range(len(editor.sheet.rows)) for mark in editor.marks_of(at)}

    assert watched.hidden not in painted()
    desk.do(ballots.reveal, *here)
    assert watched.hidden in painted()


def test_no_evidence_is_offered(qtbot, watched):
    """Neither the panel beside the criteria, nor what rests on a passage, nor a warning, tells of it."""
    watched.workspace.show_page("assess", f"{watched.at.case}/{watched.at.criterion}")
    page = watched.workspace.page
    qtbot.waitUntil(lambda: not page._follow.isActive())
    assert watched.hidden not in told(watched)
    desk = watched.workspace.desk
    assert not desk.chain.is_used(watched.hidden)
    told_of = [each for each in desk.warnings if (each.case, each.criterion) == (watched.at.case, watched.at.criterion)]
    assert not [each for each in told_of if watched.hidden in str(each)]


def test_undo_neither_tells_nor_takes_it_away(qtbot, watched):
    before = watched.workspace.desk.document
    assert not watched.workspace._undo.isEnabled()
    watched.workspace.show_page("assess")
    qtbot.keyClick(watched, Qt.Key.Key_Z, CTRL)
    assert watched.workspace.desk.document is before
    as_(watched, "ben")
    assert watched.workspace._undo.isEnabled()


def test_the_palette_lists_no_undo_of_it(watched):
    assert watched.workspace.desk.study.undo_label == ""


def test_differences_say_only_that_nothing_is_revealed(qtbot, watched, here):
    part = differences(watched)
    part.show_thing(here[1])
    name = watched.workspace.desk.document.cases[0].name
    assert part.hidden.text() == f"Not revealed yet: {name}."
    assert all(each.case != here[1] for each in part._found)
    rows = part.levels.table.levels
    names = [rows.index(row, 0).data() for row in range(rows.rowCount())]
    assert "Ben" not in names
    assert all(CANARY not in str(cell) for table in part.tables() for row in table.rows for cell in row)


def test_the_report_is_made_of_what_is_seen(qtbot, watched):
    watched.workspace.show_page("report")
    page = watched.workspace.page
    qtbot.waitUntil(lambda: page._built is not None, timeout=20_000)
    assert all(CANARY not in each.rationale for each in page._built.document.answers)
    assert watched.hidden not in {each.key for each in page._built.document.passages}


def test_capture_mode_asks_as_if_it_were_not_there(watched):
    """What is still to ask leaves out what has evidence: not what has it in a hidden answer."""
    from app.analysis.still_to_ask import still_to_ask

    desk = watched.workspace.desk
    source = desk.document.sources[0].key
    seen, whole = (still_to_ask(document, source) for document in (desk.seen, desk.document))
    assert len(seen) >= len(whole)


def test_all_is_seen_once_it_is_revealed(qtbot, watched, here):
    desk = watched.workspace.desk
    for who in ("ben", "ada"):
        as_(watched, who)
        desk.do(ballots.done, *here)
    desk.do(ballots.reveal, *here)
    assert len(find(qtbot, watched, CANARY)) == 1
    assert watched.hidden in {each.key for each in desk.seen.passages}
    part = differences(watched)
    part.filter.set_value("all")
    part.refresh()
    assert part.hidden.text() == ""
