"""What the method's codebook begins with; what deeds would do is tested beside the actions that do it."""

import msgspec

from app.analysis.codebook import (
    Delete,
    consequences,
    is_unused,
    method_codes,
    named,
    on_one_line,
    same_name,
)
from app.exchange.demo import demo_document
from app.model.assessment import BelongsTo, Factor, Tendency
from app.model.evidence import About, Code, DoubleCoding, Resolution, Theme
from app.rubric import library
from tests.documents import RUBRIC

replace = msgspec.structs.replace
SHIPPED = library.load("mlops-maturity")
FACTORS = demo_document().factors


def paths(codes):
    known = {code.key: code for code in codes}
    assert len(known) == len(codes)
    return [f"{known[code.parent].name} > {code.name}" if code.parent else code.name for code in codes]


def test_the_codebook_of_the_demonstration_is_the_method_s():
    """The two say the same, so that what is learnt on one is found in the other."""
    assert paths(method_codes([SHIPPED], FACTORS)) == paths(demo_document().codes)


def test_every_principle_has_procedures_and_challenges():
    for rubric in (SHIPPED, RUBRIC):
        codes = method_codes([rubric], ())
        for principle in rubric.principles:
            themes = {code.theme for code in codes if (code.rubric, code.principle) == (rubric.id, principle.id)}
            assert themes >= {Theme.PROCEDURE, Theme.CHALLENGE}


def test_every_code_says_what_it_is_for():
    codes = method_codes([SHIPPED], FACTORS)
    assert all(code.definition and code.use_when and code.colour and code.theme is not Theme.OTHER for code in codes)
    pointed_to = {code.avoid_when.rpartition(": ")[2].rstrip(".") for code in codes if ": " in code.avoid_when}
    assert pointed_to - {code.name for code in codes} == {"also a factor"}


def test_there_are_codes_for_factors_where_the_study_has_some():
    own = Factor(key="own", name="Own", belongs_to=BelongsTo.CASE, tendency=Tendency.INHIBITS, definition="Ours.")
    market = replace(own, key="tool-fit", belongs_to=BelongsTo.MARKET)
    assert not [code for code in method_codes([SHIPPED], ()) if code.theme is Theme.FACTOR]
    codes = [code for code in method_codes([SHIPPED], [market, own]) if code.theme is Theme.FACTOR]
    assert [(code.name, code.about) for code in codes] == [
        ("Factors", None),
        ("Fit of tools on the market", None),
        ("Own", About.CASE),
    ]
    assert (codes[-1].definition, codes[-1].factor) == ("Ours.", "own")


def test_names():
    assert on_one_line(" a\r\n b\t") == "a b"
    assert same_name("GROSSE  Namen") == same_name("große namen")
    assert named("x" * 50) == f"“{'x' * 39}…”"


def test_a_code_nobody_used():
    document = replace(demo_document(), codings=())
    assert consequences(document, Delete("ch-standards")) == "Deleting “Common standards” changes no passage."


def test_what_is_used_by_nothing():
    coded = demo_document()
    leaf = Code(key="new", name="New")
    whole = msgspec.structs.replace(coded, codes=(*coded.codes, leaf))
    assert is_unused(whole, "new")
    on = next(iter(coded.codings)).code
    above = next(code.parent for code in coded.codes if code.parent)
    assert not is_unused(whole, on)
    assert not is_unused(whole, above)
    settled = DoubleCoding(
        key="d", first="a", second="b", resolutions=(Resolution(entry="e", code="new", applies=True, reason="So."),)
    )
    assert not is_unused(msgspec.structs.replace(whole, double_codings=(settled,)), "new")
