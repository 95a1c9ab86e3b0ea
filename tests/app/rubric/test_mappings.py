"""The shipped mappings: they fit the rubrics they name, and what they propose to a published case makes sense."""

import json

import jsonschema
import pytest

from app.errors import FieldquillError
from app.paths import RUBRICS
from app.rubric import library
from app.rubric.document import read_document
from app.rubric.load import decode_frozen, decode_rubric, further_key
from app.rubric.mapping_checks import problems_between
from app.rubric.schema import mapping_schema
from app.scoring.propose import propose
from app.scoring.scale import PICKS, Verdict

F, L, P, N, U = Verdict.FULLY, Verdict.LARGELY, Verdict.PARTIALLY, Verdict.NOT_ACHIEVED, Verdict.UNKNOWN
MATURITY = library.load("mlops-maturity")


def proposed(target_id, verdicts):
    target = library.load(target_id)
    mapping = library.mapping_between(MATURITY, target)
    return {each.criterion: each.verdict for each in propose(MATURITY, verdicts, target, mapping)}


def test_the_maturity_rubric_is_mapped_to_four_others():
    assert library.mappings() == [
        "mlops-maturity-to-google-mlops-levels",
        "mlops-maturity-to-microsoft-mlops-maturity",
        "mlops-maturity-to-ml-test-score",
        "mlops-maturity-to-mlops-principles",
    ]
    assert not set(library.mappings()) & set(library.shipped())


@pytest.mark.parametrize("mapping_id", library.mappings())
def test_a_shipped_mapping_fits_its_rubrics_and_is_named_like_its_file(mapping_id):
    mapping = library.mapping(mapping_id)
    assert mapping.id == mapping_id == f"{mapping.source}-to-{mapping.target}"
    assert list(problems_between(mapping, library.load(mapping.source), library.load(mapping.target))) == []
    assert library.mapping(mapping_id) is mapping
    assert mapping.licence == "Apache-2.0"


@pytest.mark.parametrize("mapping_id", library.mappings())
def test_every_entry_says_why_in_its_own_words(mapping_id):
    mapping = library.mapping(mapping_id)
    notes = [entry.note for entry in mapping.entries]
    assert all(note.endswith(".") for note in notes)
    assert len(set(notes)) == len(notes)
    order = [criterion.id for criterion in library.load(mapping.target).criteria]
    places = [order.index(entry.to) for entry in mapping.entries]
    assert places == sorted(places)


@pytest.mark.parametrize("mapping_id", ["nothing", "mlops-maturity", "../ml-test-score", ""])
def test_a_mapping_that_is_not_shipped_is_an_expected_error(mapping_id):
    with pytest.raises(FieldquillError) as caught:
        library.mapping(mapping_id)
    assert caught.value.code == "rubric.unknown"
    assert caught.value.sentence.startswith(f'There is no mapping "{mapping_id}" here; there is mlops-maturity-to-')


def test_what_leads_from_one_rubric_to_another_is_found():
    score = library.load("ml-test-score")
    assert library.mapping_between(MATURITY, score) is library.mapping("mlops-maturity-to-ml-test-score")
    assert library.mapping_between(score, MATURITY) is None
    text = (RUBRICS / "ml-test-score.yaml").read_text(encoding="utf-8").replace('version: "1.0"', 'version: "1.1"')
    newer = decode_rubric(text, "newer.yaml")
    assert library.mapping_between(MATURITY, newer) is None
    same = library.mapping_between(score, newer)
    assert (same.source_version, same.target_version, len(same.entries)) == ("1.0", "1.1", 28)
    assert library.mapping_between(score, decode_rubric(otherwise(text), "other.yaml")) is None


def test_a_rubric_that_a_study_keeps_beside_another_version_is_still_itself():
    score = library.load("ml-test-score")
    text = (RUBRICS / "mlops-maturity.yaml").read_text(encoding="utf-8")
    kept = decode_frozen(text, further_key(MATURITY))
    assert kept.id == "mlops-maturity-1.0"
    mapping = library.mapping("mlops-maturity-to-ml-test-score")
    assert library.mapping_between(kept, score) is mapping
    assert propose(kept, {"input-validation": F}, score, mapping) == propose(
        MATURITY, {"input-validation": F}, score, mapping
    )
    assert len(library.mapping_between(MATURITY, kept).entries) == len(MATURITY.criteria)


def otherwise(text):
    """A rubric in which every statement is another, however its lines are folded."""
    lines = iter(text.splitlines())
    kept = []
    for line in lines:
        kept.append(line)
        if line.strip() == "statement: >-":
            kept.append("          Otherwise.")
            for folded in lines:
                if folded.strip() == "evidence: >-":
                    kept.append(folded)
                    break
    return "\n".join(kept)


def test_nothing_is_proposed_to_a_case_nobody_has_answered():
    for target in ("google-mlops-levels", "ml-test-score", "mlops-principles", "microsoft-mlops-maturity"):
        assert proposed(target, {}) == {}


def test_a_case_that_meets_everything_is_proposed_as_much_as_its_answers_show():
    everything = {each.id: F for each in MATURITY.criteria}
    score = proposed("ml-test-score", everything)
    assert score["validation-before-serving"] == F
    assert score["model-rollback"] == P  # nobody asked whether it is exercised
    assert proposed("microsoft-mlops-maturity", everything) == {"making-models": PICKS[4], "releasing-models": PICKS[4]}
    assert set(proposed("google-mlops-levels", everything).values()) == {F, L}


def test_a_case_of_manual_work_is_proposed_none_of_it():
    nothing = {each.id: N for each in MATURITY.criteria}
    for target in ("google-mlops-levels", "ml-test-score", "mlops-principles"):
        assert set(proposed(target, nothing).values()) == {N}
    assert proposed("microsoft-mlops-maturity", nothing) == {"making-models": PICKS[0], "releasing-models": PICKS[0]}


def test_a_case_in_between_keeps_what_is_open_open():
    verdicts = {
        "repeatable-pipeline": L,
        "automated-training": F,
        "tracked-runs": F,
        "versioned-code": F,
        "versioned-models": F,
        "monitoring-triggered-retraining": P,
        "routine-deployment": L,
        "integration-tests": P,
        "enforced-release-gate": P,
        "automated-model-testing": F,
        "model-rollback": U,
        "sampled-correctness": L,
    }
    assert proposed("microsoft-mlops-maturity", verdicts) == {"making-models": PICKS[3], "releasing-models": PICKS[1]}
    assert proposed("ml-test-score", verdicts) == {"validation-before-serving": P, "prediction-quality": P}
    google = proposed("google-mlops-levels", verdicts)
    assert google["orchestrated-experiments"] == L
    assert "predecessor-and-metrics" not in google


@pytest.mark.parametrize("path", sorted((RUBRICS / "mappings").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_mapping_fits_the_schema(path):
    text = path.read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 120
    jsonschema.validate(read_document(text, path.name).value, json.loads(mapping_schema()))


def test_the_schema_file_is_the_one_made_from_the_code():
    assert (RUBRICS / "mapping.schema.json").read_text(encoding="utf-8") == mapping_schema()


def test_the_schema_describes_every_field():
    definitions = json.loads(mapping_schema())["$defs"]
    assert set(definitions) == {"RubricMapping", "MappingEntry", "Given"}
    for name in ("RubricMapping", "MappingEntry"):
        assert definitions[name]["description"]
        for field, schema in definitions[name]["properties"].items():
            assert schema["description"], f"{name}.{field}"
