"""A profile hides the names it says, each with all its spellings, and roles that too few hold."""

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from app.disclosure.common import is_common
from app.disclosure.names import MARK, Hidden, hidden_names, replaced_names
from app.disclosure.profiles import STANDARD_PROFILES, UnknownProfileError, find_profile
from app.disclosure.roles import generalised
from app.disclosure.shapes import shapes
from app.model.disclosure import NameKind, Profile, Pseudonym
from app.model.setting import Assessor, Case, Identity, Participant
from tests.documents import documents, example

OPEN = Profile(key="own", name="Own", assessor_names=True)


def study(**fields):
    return replace(replace(example(), pseudonyms=(), identities=()), **fields)


def hidden(document, profile=OPEN):
    return {each.name: each.instead for each in hidden_names(document, profile)}


def test_under_the_internal_profile_only_identities_are_looked_for_and_none_is_replaced():
    internal = find_profile(example(), "internal")
    assert hidden(example(), internal) == {"Canary Person": "engineer"}
    assert replaced_names(example(), internal) == ()
    assert replaced_names(example(), OPEN) == hidden_names(example(), OPEN)


def test_names_of_hidden_kinds_are_hidden_as_they_are_listed():
    listed = tuple(Pseudonym(key=kind.value, kind=kind, name=f"Real {kind}") for kind in NameKind)
    document = study(pseudonyms=(replace(listed[0], instead="the firm"), *listed[1:]))
    assert hidden(document) == {"Real person": MARK, "Real other": MARK}
    closed = replace(OPEN, site_names=False, product_names=False, vendor_names=False, organisation_name=False)
    assert hidden(document, closed) == {
        "Canary Works": "the organisation",
        "Real organisation": "the firm",
        **{f"Real {kind}": MARK for kind in ("site", "person", "product", "vendor", "other")},
    }


def test_the_organisation_is_hidden_as_the_name_it_is_listed_under():
    closed = replace(OPEN, organisation_name=False)
    listed = Pseudonym(key="o", kind=NameKind.ORGANISATION, name="CW Ltd", spellings="canary-works\n\n--", instead="us")
    (found,) = hidden_names(study(pseudonyms=(listed,)), closed)
    assert found == Hidden("Canary Works", "us", ("CW Ltd", "canary-works"), pseudonym="o")


def test_an_organisation_is_also_called_without_its_legal_form():
    closed = replace(OPEN, organisation_name=False)
    named = replace(example().study, organisation=replace(example().study.organisation, name="Krupp GmbH & Co. KG"))
    (found,) = hidden_names(study(study=named), closed)
    assert found.spellings == ("Krupp",)
    listed = Pseudonym(key="o", kind=NameKind.ORGANISATION, name="Rival, Inc.", instead="a rival")
    assert hidden_names(study(pseudonyms=(listed,)), closed)[1].spellings == ("Rival",)


def test_a_person_is_printed_as_their_role_or_as_they_are_listed():
    who = Identity(participant="p1", name="Ada Byron", contact="ada@x.example, adabyron@y.example; +44 20 7946 0958, 3")
    listed = Pseudonym(key="ada", kind=NameKind.PERSON, name="Ada Byron", spellings="Lady A.")
    assert hidden(replace(study(), identities=(who,))) == {"Ada Byron": "engineer"}
    (found,) = hidden_names(replace(study(), identities=(who,), pseudonyms=(listed,)), OPEN)
    assert (found.instead, found.spellings, found.person) == (MARK, ("Ada Byron", "Lady A."), True)
    assert found.contacts == ("ada@x.example", "adabyron@y.example", "adabyron", "+44 20 7946 0958")
    few = replace(OPEN, smallest_group=2)
    assert hidden(replace(study(), identities=(who,)), few)["Ada Byron"] == "Participant"
    assert hidden(replace(study(participants=()), identities=(who,)))["Ada Byron"] == "Participant"


def test_assessors_and_cases_are_numbered_and_nobody_gets_the_number_of_another():
    names = ("Ada", "Assessor 1", "Bob")
    assessors = tuple(Assessor(key=name[0].lower() + name[-1].lower(), name=name) for name in names)
    document = study(assessors=assessors, cases=(Case(key="x", name="Case 2"), Case(key="y", name="Weld"), CASE))
    closed = replace(OPEN, assessor_names=False, case_names=False)
    assert hidden(document, closed) == {"Ada": "Assessor 2", "Bob": "Assessor 3", "Weld": "Case 1", "Mine": "Case 3"}


CASE = Case(key="z", name="Mine")


def people(*roles):
    return tuple(
        Participant(key=f"p{number}", pseudonym=f"{role} {number}", role=role, unit="IT", broader_role=broader)
        for number, (role, broader) in enumerate(roles, 1)
    )


def test_roles_that_too_few_hold_become_broader_ones_that_enough_hold():
    held = people(
        ("engineer", ""), ("Engineer ", ""), ("head of data", "manager"), ("head of IT", "Manager"), ("cook", "staff")
    )
    shown = generalised(study(participants=held), replace(OPEN, smallest_group=2))
    assert {key: (each.pseudonym, each.role, each.unit) for key, each in shown.items()} == {
        "p3": ("Participant 3", "manager", ""),
        "p4": ("Participant 4", "Manager", ""),
        "p5": ("Participant 5", "Participant", ""),
    }
    assert generalised(study(participants=held), OPEN) == {}


def test_pseudonyms_that_tell_a_role_too_few_hold_are_hidden():
    document = study(participants=people(("engineer", ""), ("engineer", ""), ("cook", "")))
    assert hidden(document, replace(OPEN, smallest_group=2)) == {"cook 3": "Participant 3"}


def test_a_name_without_letters_is_none():
    assert hidden(replace(study(), identities=(Identity(participant="p1", name="…"),))) == {}


@pytest.mark.parametrize("name", ["Mr. X", "Assessor A", "Unit 4", "Dr.", ","])
def test_what_is_no_surname_is_not_looked_for_by_itself(name):
    assert all(not shape.part for shape in shapes(Hidden(name, "x", person=True)))


def test_short_first_names_and_those_that_are_words_are_not_looked_for_by_themselves():
    parts = {shape.letters for shape in shapes(Hidden("Jo Mark Xaver Dunkel", "x", person=True)) if shape.part}
    assert parts == {"xaver", "dunkel"}


def test_a_telephone_number_of_a_few_digits_is_not_looked_for():
    assert {shape.letters for shape in shapes(Hidden("X", "y", contacts=("12-34", "4711 0815")))} == {"x", "47110815"}


def test_a_profile_that_nobody_defined_is_named_with_those_there_are():
    with pytest.raises(UnknownProfileError, match='no profile "secret"; there are internal, client, anonymised'):
        find_profile(example(), "secret")


def test_words_of_every_day_are_known():
    assert all(map(is_common, ("the", "smith", "engineer", "klein")))
    assert not is_common("dunkelfeld")


@given(documents())
def test_under_every_profile_something_stands_for_every_name(document):
    for profile in STANDARD_PROFILES:
        for each in hidden_names(document, profile):
            assert each.instead
            assert list(shapes(each))
    assert msgspec.structs.asdict(document)
