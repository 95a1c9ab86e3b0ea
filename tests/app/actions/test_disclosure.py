"""Settling leaks and keeping profiles: each is one step that can be taken back."""

from datetime import UTC, datetime

import msgspec
import pytest

from app.actions import disclosure, setting
from app.actions.errors import NotFoundError, RefusedError
from app.disclosure.profiles import STANDARD_PROFILES, find_profile
from app.model.disclosure import Dates, NameKind, Profile, Pseudonym
from tests.app.actions.test_guides import check_undo

replace = msgspec.structs.replace


def names(study):
    return [(each.kind, each.name, each.spellings, each.instead) for each in study.document.pseudonyms]


def last(study):
    return study.document.pseudonyms[-1]


def test_a_name_is_replaced_by_other_words_and_its_key_does_not_tell_it(study):
    before = names(study)
    changes = check_undo(study, disclosure.pseudonymise, " Eagle \n Works ", NameKind.SITE, " Site A ")
    assert changes.label == "Replace Eagle Works in reports"
    assert names(study) == [*before, (NameKind.SITE, "Eagle Works", "", "Site A")]
    assert last(study).key.startswith("name-")
    check_undo(study, disclosure.pseudonymise, "Falcon", NameKind.PERSON, "Somebody")
    assert last(study).key != study.document.pseudonyms[-2].key


def test_words_are_cut_out(study):
    assert check_undo(study, disclosure.cut, "ada@example.org").label == "Cut ada@example.org out of reports"
    assert names(study)[-1] == (NameKind.OTHER, "ada@example.org", "", "")


def test_another_spelling_is_added_after_those_there_are(study):
    study.do(disclosure.pseudonymise, "Eagle", NameKind.SITE, "Site A")
    key = last(study).key
    label = check_undo(study, disclosure.add_spelling, key, "Eagel").label
    assert label == "Take Eagel for Eagle"
    check_undo(study, disclosure.add_spelling, key, "Eagles'\nnest")
    assert last(study) == Pseudonym(
        id=last(study).id, key=key, kind="site", name="Eagle", spellings="Eagel\nEagles' nest", instead="Site A"
    )


@pytest.mark.parametrize("text", ["", " \n ", "EAGLE", "eagel", "Eagle\0"])
def test_a_name_is_refused_that_is_none_or_is_there_already(study, text):
    study.do(disclosure.pseudonymise, "Eagle", NameKind.SITE, "Site A")
    study.do(disclosure.add_spelling, last(study).key, "Eagel")
    before = study.document
    for action, more in (
        (disclosure.pseudonymise, (text, NameKind.SITE, "x")),
        (disclosure.cut, (text,)),
        (disclosure.add_spelling, (last(study).key, text)),
    ):
        with pytest.raises(RefusedError):
            study.do(action, *more)
    assert study.document == before


def test_a_spelling_of_a_name_that_has_gone_is_refused(study):
    with pytest.raises(NotFoundError):
        study.do(disclosure.add_spelling, "no-such", "Eagle")


def test_words_are_allowed_for_a_reason_and_stopped_at_again(study):
    before = study.document.allowances
    changes = check_undo(study, disclosure.allow, "client", "Eagle\nWorks", " It is their own name. ", "ada")
    assert changes.label == "Allow Eagle Works"
    [made] = [each for each in study.document.allowances if each not in before]
    assert (made.profile, made.text, made.reason, made.by) == ("client", "Eagle Works", "It is their own name.", "ada")
    assert datetime(2020, 1, 1, tzinfo=UTC) < made.at
    check_undo(study, disclosure.allow, "client", "Eagle Works", "Agreed.", "")
    [again] = [each for each in study.document.allowances if each not in before]
    assert (again.id, again.reason, again.by) == (made.id, "Agreed.", None)
    assert check_undo(study, disclosure.disallow, "client", "Eagle Works").label == "Allow Eagle Works no more"
    assert study.document.allowances == before


def test_what_is_not_allowed_can_t_be_disallowed_and_nothing_is_allowed_without_a_reason(study):
    with pytest.raises(NotFoundError):
        study.do(disclosure.disallow, "client", "Eagle")
    with pytest.raises(RefusedError):
        study.do(disclosure.allow, "client", "Eagle", " ", "ada")
    with pytest.raises(NotFoundError):
        study.do(disclosure.allow, "client", "Eagle", "Agreed.", "nobody")


def test_a_profile_of_the_study_s_own_is_added_changed_and_removed(study):
    made = Profile(key="board", name="Board", dates=Dates.YEAR)
    assert check_undo(study, disclosure.add_profile, made).label == "Add profile Board"
    assert study.document.report.profile == "board"
    study.do(disclosure.allow, "board", "Eagle", "Agreed.", None)
    kept = find_profile(study.document, "board")
    assert check_undo(study, disclosure.change_profile, replace(kept, smallest_group=4)).label == "Change profile Board"
    assert find_profile(study.document, "board").smallest_group == 4
    assert check_undo(study, disclosure.remove_profile, "board").label == "Remove profile Board"
    assert study.document.report.profile == "anonymised"
    assert "board" not in {each.profile for each in study.document.allowances}


def test_a_profile_the_report_is_not_set_up_with_leaves_the_setup_alone(study):
    study.do(disclosure.add_profile, Profile(key="board", name="Board"))
    study.do(setting.change_report_setup, replace(study.document.report, profile="client"))
    check_undo(study, disclosure.remove_profile, "board")
    assert study.document.report.profile == "client"


def test_a_built_in_profile_is_kept_once_it_is_changed_and_comes_back_to_the_usual(study):
    usual = STANDARD_PROFILES[2]
    check_undo(study, disclosure.change_profile, replace(usual, dates=Dates.DAY))
    check_undo(study, disclosure.change_profile, replace(usual, dates=Dates.MONTH))
    assert find_profile(study.document, usual.key).dates is Dates.MONTH
    label = check_undo(study, disclosure.remove_profile, usual.key).label
    assert label == "Bring profile Anonymised back to the usual"
    assert find_profile(study.document, usual.key) == usual


@pytest.mark.parametrize("key", ["client", "board"])
def test_a_profile_of_a_key_there_is_is_refused(study, key):
    study.do(disclosure.add_profile, Profile(key="board", name="Board"))
    with pytest.raises(RefusedError):
        study.do(disclosure.add_profile, Profile(key=key, name="Another"))


def test_a_profile_that_has_gone_is_neither_changed_nor_removed(study):
    with pytest.raises(NotFoundError):
        study.do(disclosure.change_profile, Profile(key="no-such", name="Gone"))
    with pytest.raises(NotFoundError):
        study.do(disclosure.remove_profile, "no-such")
