"""Leaks as a person settles them: shown in the panel and beside the page, replaced, cut, allowed, and taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.actions import things
from app.disclosure.check import Leak, LeakKind
from app.model.disclosure import NameKind, Pseudonym
from tests.ui.tabbing import missed
from ui.report.leaks import cards, hits, marks, open_hits, sought
from ui.report.page import ReportPage

KIND = LeakKind


def leak(text, kind=KIND.NAME, name="", page=1, allowed="", pseudonym="", place="Cover", before="", after=""):
    return Leak(
        text=text,
        kind=kind,
        name=name,
        pseudonym=pseudonym,
        page=page,
        place=place,
        before=before,
        after=after,
        allowed=allowed,
    )


# What is made of them


def test_the_same_words_are_one_hit_wherever_they_stand():
    found = hits(
        [
            leak("Nordwerk", page=3),
            leak("NORDWERK", page=1),
            leak("Nordwerk", page=0, place="Bookmark"),
            leak("nordwerk", KIND.HOST, page=1),
            leak("Nordwerk", page=2, allowed="Agreed."),
        ]
    )
    assert [(hit.text, hit.pages, hit.allowed) for hit in found] == [
        ("Nordwerk", (1, 3), ""),
        ("nordwerk", (1,), ""),
        ("Nordwerk", (2,), "Agreed."),
    ]
    assert [hit.text for hit in open_hits(found)] == ["Nordwerk", "nordwerk"]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (leak("a@b.org", KIND.EMAIL), "E-mail address"),
        (leak("+49 30 1", KIND.TELEPHONE), "Telephone number"),
        (leak("Hofweg 1", KIND.ADDRESS), "Address"),
        (leak("srv01.local", KIND.HOST), "Name of a computer"),
        (leak("Nordwrek", KIND.NEAR, "Nordwerk"), "Nearly “Nordwerk”"),
        (leak("Nordwerks", KIND.NAME, "Nordwerk"), "Name “Nordwerk”"),
        (leak("Nordwerk", KIND.NAME, "Nordwerk"), "Name"),
    ],
)
def test_it_says_what_they_are(made, words):
    [hit] = hits([made])
    assert hit.kind_words == words


def test_a_card_tells_words_context_and_pages():
    [card] = cards(
        hits([leak("Eagle", page=page, before="at ", after=" Works") for page in range(1, 10)]), writable=True
    )
    assert card.text == "Eagle"
    assert card.feet == ("“at Eagle Works”", "Pages 1, 2, 3, 4, 5, 6 and 3 more")
    assert [spot.words for spot in card.choices] == ["Replace…", "Cut", "Allow…"]
    [card] = cards(hits([leak("Eagle", page=0, place="Title of the file")]), writable=False)
    assert (card.feet, card.choices) == (("Title of the file",), ())


def test_context_that_is_quoted_is_quoted_once():
    [card] = cards(hits([leak("Eagle", before="“at ", after=" Works”")]), writable=True)
    assert card.feet[0] == "“at Eagle Works”"


def test_context_is_cut_between_words_and_a_listed_name_is_opened_not_added():
    before, after = "tly from the far north of the country at ", " and back to where it came from, at onc"
    [card] = cards(hits([leak("Eagle", before=before, after=after)]), writable=True, listed={"eagle"})
    assert card.feet[0] == "“… from the far north of the country at Eagle and back to where it came from, at …”"
    assert [spot.words for spot in card.choices] == ["Open the name", "Allow…"]


def test_a_mark_stands_on_every_page_and_knows_where_the_words_are():
    found = hits([leak("Eagle", page=2), leak("EAGLE", page=2), leak("Eagle", page=0), leak("x", allowed="Yes.")])
    assert sought(found) == [(1, "Eagle"), (1, "EAGLE")]
    box, other = (0.1, 0.5, 0.2, 0.6), (0.1, 0.2, 0.2, 0.3)
    [mark] = marks(found, {(1, "Eagle"): (box,), (1, "EAGLE"): (other, box)})
    assert (mark.page, mark.boxes, mark.down) == (1, (other, box), 0.2)
    assert marks(found, {})[0].down < 0.1


# On the page


@pytest.fixture
def told(monkeypatch):
    """The leaks the check finds from now on; it leaves out what the study has settled meanwhile."""
    found = []

    def check(_printed, document, profile):
        names = {text.casefold() for each in document.pseudonyms for text in (each.name, *each.spellings.splitlines())}
        reasons = {each.text: each.reason for each in document.allowances if each.profile == profile.key}
        return tuple(
            each._replace(allowed=reasons.get(each.text, "")) for each in found if each.text.casefold() not in names
        )

    monkeypatch.setattr("app.disclosure.check.check", check)
    return found


@pytest.fixture
def window_of(show_with_panel, desk, qtbot, told):
    """The page with its panel beside it, a client report in which the leaks given were found."""

    def shown(*leaks, profile="client"):
        told.extend(leaks)
        page = show_with_panel(ReportPage, desk, 960, 320)
        page.setup.change(profile=profile)
        qtbot.waitUntil(lambda: built(page) and page._built.setup.profile == profile, timeout=20_000)
        return page

    return shown


def built(page):
    return page._built is not None and not page.builder.busy and not page.renderer.lane.busy


@pytest.fixture
def rebuilt(qtbot):
    """Wait until the page is built for the study as it stands."""

    def wait(page):
        qtbot.waitUntil(lambda: built(page) and page._built.document is page.desk.study.revealed, timeout=20_000)

    return wait


def key_of(page, text):
    return next(hit.key for hit in page._hits if hit.text == text)


def come_to(page, text):
    page.panel.list.setFocus()
    page.panel.list.set_current(key_of(page, text))


def test_open_leaks_are_counted_and_stop_a_report_for_others(window_of, qtbot):
    page = window_of(leak("Nordwerk"), leak("Eagle", page=2), leak("Eagle", page=3))
    assert page.panel.title.text() == "2 leaks to settle"
    assert page.side.save.text() == "2 leaks to settle"
    assert not page.side.leaks.isVisible()  # not said twice
    with qtbot.waitSignal(page.panel_asked):
        qtbot.keyClick(page.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.bar.text == "Nothing was written: there are 2 leaks to settle in the Client report."
    assert not page.output.export_strip.isVisible()
    assert page.panel.list.hasFocus()
    page.print()
    assert page.bar.text.startswith("Nothing was printed: there are 2 leaks")


def test_an_internal_report_is_only_warned_of(window_of, qtbot):
    page = window_of(leak("Nordwerk"), profile="internal")
    assert page.side.leaks.text() == "1 leak to settle"
    assert page.side.leaks.isVisible()
    assert page.side.save.text() == "Export…"
    assert "all the same" in page.panel.note.text()
    qtbot.mouseClick(page.side.save, Qt.MouseButton.LeftButton)
    assert page.output.export_strip.isVisible()


def test_a_mark_leads_to_its_leak_and_a_leak_to_its_page(window_of, qtbot):
    page = window_of(leak("Nordwerk", page=1), leak("Method", page=3))
    assert page.view.mark_place(key_of(page, "Nordwerk"), 0) > 0.035  # found on the page
    spot = page.view.mark_point(key_of(page, "Nordwerk"), 0)
    qtbot.mouseMove(page.view.viewport(), spot)
    with qtbot.waitSignal(page.panel_asked):
        qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.panel.hit.text == "Nordwerk"
    qtbot.keyClick(page.panel.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.panel.list, Qt.Key.Key_Return)
    assert page.view.page == 2


def test_f8_goes_from_place_to_place(window_of, qtbot):
    page = window_of(leak("Nordwerk", page=1), leak("Nordwerk", page=4), leak("Method", page=3))
    seen = []
    page.tools.page.setFocus()
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
        assert page.panel.list.hasFocus()  # where the fixes are single letters
        seen.append((page.panel.hit.text, page.view.page + 1))
    assert seen == [("Nordwerk", 1), ("Nordwerk", 4), ("Method", 3), ("Nordwerk", 1)]
    qtbot.keyClick(page.panel.list, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.panel.hit.text == "Method"


def test_enter_goes_through_all_pages_of_a_leak(window_of, qtbot):
    page = window_of(leak("Nordwerk", page=2), leak("Nordwerk", page=5))
    come_to(page, "Nordwerk")
    seen = []
    for _ in range(3):
        qtbot.keyClick(page.panel.list, Qt.Key.Key_Return)
        seen.append(page.view.page + 1)
    assert seen == [2, 5, 2]


def test_a_leak_is_replaced_in_place(window_of, rebuilt, desk, qtbot):
    page = window_of(leak("Eagle Works", page=2), leak("Method", page=3))
    come_to(page, "Eagle Works")
    qtbot.keyClick(page.panel.list, Qt.Key.Key_R)
    fix = page.panel.fix
    assert fix.title.text() == "Instead of “Eagle Works” print"
    qtbot.keyClicks(fix.instead, "Site A")
    fix.kind.set_value(NameKind.SITE)
    qtbot.keyClick(fix.instead, Qt.Key.Key_Return)
    made = desk.document.pseudonyms[-1]
    assert (made.name, made.kind, made.instead) == ("Eagle Works", NameKind.SITE, "Site A")
    assert not fix.isVisible()
    rebuilt(page)
    assert page.side.leaks.text() == "1 leak to settle"
    assert page.panel.hit.text == "Method"
    desk.undo()
    rebuilt(page)
    assert page.side.leaks.text() == "2 leaks to settle"


def test_words_near_the_organisation_s_name_seem_to_be_of_an_organisation(window_of, desk, qtbot):
    page = window_of(leak("Nordwrek", KIND.NEAR, desk.document.study.organisation.name))
    come_to(page, "Nordwrek")
    qtbot.keyClick(page.panel.list, Qt.Key.Key_R)
    assert page.panel.fix.kind.value() is NameKind.ORGANISATION


def test_while_it_is_built_anew_an_older_check_stops_nothing(window_of, desk, qtbot, held):
    held.set()
    page = window_of(leak("Nordwerk"))
    held.clear()
    qtbot.keyClick(page.view, Qt.Key.Key_F5)
    page.save()
    assert page.output.export_strip.isVisible()
    held.set()
    qtbot.waitUntil(lambda: built(page), timeout=20_000)
    page.save()
    assert page.bar.text.startswith("Nothing was written")


def test_words_near_a_name_become_another_spelling_of_it(window_of, rebuilt, desk, qtbot):
    desk.do(things.add, Pseudonym(key="n1", kind=NameKind.SITE, name="Nordwerk", instead="Site A"))
    page = window_of(leak("Nordwrek", KIND.NEAR, "Nordwerk", pseudonym="n1"))
    view = page.panel.list
    point = view.spot_point(key_of(page, "Nordwrek"), "spelling").toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert desk.document.pseudonyms[-1].spellings == "Nordwrek"
    rebuilt(page)
    assert page.side.leaks.text() == "No leaks"
    assert page.panel.empty.isVisible()


def test_a_name_that_is_known_but_not_replaced_is_opened(window_of, desk, qtbot, monkeypatch):
    desk.do(things.add, Pseudonym(key="n1", kind=NameKind.SITE, name="Works", spellings="Werk", instead="Site A"))
    desk.do(things.add, Pseudonym(key="n2", kind=NameKind.SITE, name="Hall"))
    page = window_of()
    found = (leak("WERK", name="Works", pseudonym="n1"),)
    monkeypatch.setattr("app.disclosure.check.check", lambda *_: found)
    qtbot.keyClick(page.view, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: built(page) and page._hits != (), timeout=20_000)
    before = desk.document
    come_to(page, "WERK")
    qtbot.keyClick(page.panel.list, Qt.Key.Key_X)
    qtbot.keyClick(page.panel.list, Qt.Key.Key_R)
    assert desk.document is before
    assert page.side.names.current.key == "n1"


def test_a_leak_is_cut(window_of, rebuilt, desk, qtbot):
    page = window_of(leak("ada@example.org", KIND.EMAIL))
    come_to(page, "ada@example.org")
    qtbot.keyClick(page.panel.list, Qt.Key.Key_X)
    made = desk.document.pseudonyms[-1]
    assert (made.name, made.kind, made.instead) == ("ada@example.org", NameKind.OTHER, "")
    rebuilt(page)
    assert page.side.save.text() == "Export…"


def test_a_leak_is_allowed_with_a_reason_and_stopped_at_again(window_of, rebuilt, desk, qtbot):
    page = window_of(leak("Nordwerk"))
    come_to(page, "Nordwerk")
    qtbot.keyClick(page.panel.list, Qt.Key.Key_A)
    fix = page.panel.fix
    assert fix.reason.hasFocus()
    with qtbot.waitSignal(desk.failed):
        qtbot.keyClick(fix.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert fix.isVisible()
    qtbot.keyClicks(fix.reason, "It is their own report.")
    qtbot.mouseClick(fix.done, Qt.MouseButton.LeftButton)
    [made] = [each for each in desk.document.allowances if each.text == "Nordwerk"]
    assert (made.profile, made.reason, made.by) == ("client", "It is their own report.", "ada")
    rebuilt(page)
    assert page.panel.title.text() == "All settled"
    assert "Allowed: It is their own report." in page.panel.list.cards.cards[-1].feet
    come_to(page, "Nordwerk")
    qtbot.keyClick(page.panel.list, Qt.Key.Key_Delete)
    assert made not in desk.document.allowances
    rebuilt(page)
    assert page.panel.title.text() == "1 leak to settle"


def test_escape_leaves_a_leak_as_it_is(window_of, desk, qtbot):
    page = window_of(leak("Nordwerk"))
    before = desk.document
    come_to(page, "Nordwerk")
    for key in (Qt.Key.Key_A, Qt.Key.Key_R):
        qtbot.keyClick(page.panel.list, key)
        assert page.panel.fix.isVisible()
        qtbot.keyClick(page.panel.fix.focusWidget(), Qt.Key.Key_Escape)
        assert not page.panel.fix.isVisible()
        assert page.panel.list.hasFocus()
    assert desk.document is before


def test_while_it_is_checked_anew_the_panel_says_so(window_of, qtbot):
    page = window_of(leak("Nordwerk"))
    page.builder.busy_changed.emit(True)
    assert page.panel.note.text() == "Being checked anew…"
    page.builder.busy_changed.emit(False)
    assert page.panel.note.text() == "Nothing of the Client report is written while one is open."


def test_before_it_was_checked_nobody_says_there_is_no_leak(desk, show_with_panel, qtbot, held):
    page = show_with_panel(ReportPage, desk, 960, 320)
    page.show_thing("leaks")
    assert page.side.leaks.text() == "Not checked yet"
    assert not page.panel.empty.isVisible()
    page.tools.cancel_asked.emit()
    assert page.side.leaks.text() == "Not checked yet"
    page.refresh()
    held.set()
    qtbot.waitUntil(lambda: built(page), timeout=20_000)
    assert page.side.leaks.text() == "No leaks"
    assert page.panel.empty.isVisible()


def test_without_leaks_it_leads_to_the_names(window_of, qtbot):
    page = window_of()
    page.show_thing("leaks")
    assert page.panel.empty.button.hasFocus()
    qtbot.mouseClick(page.panel.empty.button, Qt.MouseButton.LeftButton)
    assert page.side.tab == "names"


def test_tab_comes_to_everything_of_the_panel(window_of, qtbot):
    page = window_of(leak("Nordwerk"))
    come_to(page, "Nordwerk")
    qtbot.keyClick(page.panel.list, Qt.Key.Key_A)
    assert missed(qtbot, page.panel.window(), page.panel.list) == []
