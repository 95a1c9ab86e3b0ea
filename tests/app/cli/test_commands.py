"""Every command, run in this process: what it prints, what it writes, and how it ends."""

import io
import json
import os
import re
import shutil
import sys

import click
import pytest

from app.actions import assess, ballots
from app.actions.open_study import OpenStudy
from app.cli.main import cli
from app.exchange.demo import DEMO_PASSPHRASE
from app.exchange.study_json import decode, encode, study_schema
from app.paths import RUBRICS
from app.rubric import library
from app.scoring.scale import Verdict
from app.version import VERSION
from tests.documents import content, example

PASSPHRASE = "correct horse battery"


def commands(group=cli, *before):
    yield before
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)
        else:
            yield (*before, name)


# In general


@pytest.mark.parametrize("command", list(commands()), ids=lambda words: " ".join(words) or "fieldquill")
def test_every_command_helps(run, command):
    ran = run(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: ")
    assert "Show this message and exit" in ran.out
    assert run(*command, "-h").out == ran.out


def test_the_version(run):
    assert run("--version").out == f"Fieldquill, version {VERSION}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["new"],
        ["new", "a.fieldquill"],
        ["score"],
        ["score", "--nonsense", "a.fieldquill"],
        ["score", "a.fieldquill", "--assessor", "ada", "--consensus"],
        ["compare", "a.fieldquill", "r1"],
        ["report", "a.fieldquill"],
        ["sheet", "a.fieldquill"],
        ["sheet", "a.fieldquill", "-o", "a.pdf", "--case", "c1"],
        ["sheet", "a.fieldquill", "-o", "a.pdf", "--rubric", "--interview", "i1"],
        ["sheet", "a.fieldquill", "-o", "a.pdf", "--rubric", "--guide", "g1"],
        ["sheet", "a.fieldquill", "-o", "a.pdf", "--page", "a5"],
        ["sheet", "a.fieldquill", "-o", "a.pdf", "--copies", "0"],
        ["sheet", "a.fieldquill", "-o", "b.fieldquill"],
        ["import", "a.json"],
        ["import", ".", "-o", "a.fieldquill"],
        ["rubrics", "nonsense"],
        ["verify", "."],
        ["score", "a.fieldquill", "--passphrase", "secret"],
        ["new", "a.fieldquill", "--title", "T", "--passphrase-file", "."],
    ],
    ids=" ".join,
)
def test_misuse(run, arguments, tmp_path):
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.err.startswith("Usage: ")
    assert ran.out == ""
    assert list(tmp_path.iterdir()) == []


def test_no_option_takes_a_passphrase():
    options = [option for words in commands() for option in _command(words).params]
    names = {name for option in options for name in option.opts if "pass" in name}
    assert names == {"--passphrase-file"}


def _command(words):
    found = cli
    for word in words:
        found = found.commands[word]
    return found


@pytest.mark.parametrize("command", ["score", "compare", "trace", "agreement", "verify", "export", "report", "sheet"])
def test_a_study_that_is_not_there(run, command, tmp_path):
    more = {"report": ["-o", "out"], "sheet": ["-o", "out"], "compare": ["r1", "r2"]}.get(command, [])
    assert run(command, tmp_path / "none.fieldquill", *more).failed().startswith("There is no file none.fieldquill")
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_revealed_is_told_by_no_command(run, study_path):
    """Whoever asks in a terminal has not said who they are."""
    with OpenStudy.open(study_path, PASSPHRASE) as study:
        study.do(ballots.begin, "small", ["c2"], "r1", ["ada", "bob"])
        study.work_as("bob")
        at = assess.Place("small", "alarms", "c2", "r1", "bob")
        study.do(assess.answer, at, Verdict.FULLY, "kanarienvogel")
    told = [run(command, study_path, "--json").out for command in ("score", "trace", "agreement")]
    assert "kanarienvogel" not in "".join(told)
    (case,) = (each for each in json.loads(told[0])["cases"] if each["case"] == "c2")
    assert all(principle["coverage"] == 0 for principle in case["principles"])
    assert "kanarienvogel" in run("export", study_path).out  # a whole study is whole


def test_agreement(run, study_path):
    assert "Ada and Bob, 1 source" in run("agreement", study_path).out
    assert len(json.loads(run("agreement", study_path, "--json").out)["double_codings"]) == 2


def test_a_wrong_passphrase(run, study_path, monkeypatch):
    monkeypatch.setenv("FIELDQUILL_PASSPHRASE", "sesame sesame")
    assert run("score", study_path).failed() == "That passphrase does not open study.fieldquill."


# Passphrases


def test_a_passphrase_from_a_file(run, study_path, tmp_path, monkeypatch):
    monkeypatch.setenv("FIELDQUILL_PASSPHRASE", "not this one")
    file = tmp_path / "passphrase"
    for text in (PASSPHRASE, f"{PASSPHRASE}\n", f"{PASSPHRASE}\r\nsecond line", f"\ufeff{PASSPHRASE}\n"):
        file.write_bytes(text.encode())
        assert run("verify", study_path, "--passphrase-file", file).code == 0


def test_a_passphrase_file_that_cant_be_read(run, study_path, tmp_path):
    assert run("verify", study_path, "--passphrase-file", "none").failed() == "The passphrase file none can't be read."
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    assert run("verify", study_path, "--passphrase-file", "binary").failed().endswith("can't be read.")
    (tmp_path / "empty").write_bytes(b"")
    assert run("verify", study_path, "--passphrase-file", "empty").failed() == "The passphrase is empty."


def test_no_passphrase_at_all(run, study_path, monkeypatch):
    monkeypatch.delenv("FIELDQUILL_PASSPHRASE")
    assert run("verify", study_path).failed().startswith("No passphrase: give --passphrase-file")


def test_a_prompt_asks_on_stderr_and_twice_for_a_new_one(run, monkeypatch, tmp_path):
    monkeypatch.delenv("FIELDQUILL_PASSPHRASE")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    asked = []

    def prompt(text, **how):
        asked.append((text, how))
        return PASSPHRASE

    monkeypatch.setattr(click, "prompt", prompt)
    assert run("new", "a.fieldquill", "--title", "T").code == 0
    assert run("verify", "a.fieldquill").code == 0
    assert asked == [
        ("Passphrase", {"hide_input": True, "confirmation_prompt": True, "err": True}),
        ("Passphrase", {"hide_input": True, "confirmation_prompt": False, "err": True}),
    ]


def test_stopping_at_the_prompt(run, monkeypatch, study_path):
    monkeypatch.delenv("FIELDQUILL_PASSPHRASE")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: (_ for _ in ()).throw(click.Abort))
    assert run("verify", study_path).failed() == "Stopped."


def test_a_passphrase_in_no_encoding(run, study_path, monkeypatch):
    monkeypatch.setitem(os.environb, b"FIELDQUILL_PASSPHRASE", b"sesame \xff\xfe")
    assert "sesame" not in run("verify", study_path).failed()


# new, demo, import, export


def test_new(run, tmp_path):
    ran = run("new", "a.fieldquill", "--title", " A title ", "--organisation", "Works")
    assert (ran.code, ran.out, ran.err) == (0, "Made a.fieldquill.\n", "")
    with OpenStudy.open(tmp_path / "a.fieldquill", PASSPHRASE) as study:
        document = study.document
        assert (document.study.title, document.study.organisation.name) == ("A title", "Works")
        assert document.rubrics[0].text == library.text("mlops-maturity")
        assert [profile.key for profile in document.profiles] == ["internal", "client", "anonymised"]
        assert [found.key for found in document.rounds] == ["r1"]
    assert run("new", "a.fieldquill", "--title", "T").failed() == "a.fieldquill exists already; choose another name."
    assert run("verify", "a.fieldquill").out == "a.fieldquill is sound: 1 action accounted for.\n"
    assert run("score", "a.fieldquill").out == "The study has no cases yet.\n"


def test_new_that_is_refused(run, tmp_path):
    assert run("new", "a.fieldquill", "--title", " ").failed() == "A study needs a title."
    assert "longer than 200" in run("new", "a.fieldquill", "--title", "T" * 201).failed()
    assert "There is no rubric" in run("new", "a.fieldquill", "--title", "T", "--rubric", "none").failed()
    assert "choose another" in run("new", "none/a.fieldquill", "--title", "T").failed()
    os.environ["FIELDQUILL_PASSPHRASE"] = "short"
    assert "at least 8" in run("new", "a.fieldquill", "--title", "T").failed()
    assert list(tmp_path.iterdir()) == []


def test_import_and_export_give_the_document_back(run, tmp_path):
    (tmp_path / "in.json").write_bytes(encode(example()))
    ran = run("import", "in.json", "-o", "a.fieldquill")
    assert (ran.code, ran.out) == (0, "Made a.fieldquill from in.json.\n")
    exported = run("export", "a.fieldquill")
    assert exported.raw.endswith(b"}\n")
    assert content(decode(exported.raw, "stdout")) == content(example())
    ran = run("export", "a.fieldquill", "-o", "out.json")
    assert (ran.code, ran.out) == (0, "Wrote out.json. It is not encrypted.\n")
    assert (tmp_path / "out.json").read_bytes() == exported.raw
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.fieldquill", "in.json", "out.json"]


def test_import_that_is_refused(run, tmp_path):
    assert run("import", "none.json", "-o", "a.fieldquill").failed().startswith("none.json: it can't be read")
    (tmp_path / "bad.json").write_text('{"format": "fieldquill-study", "version": 1, "study": {"id": "x"}}')
    assert run("import", "bad.json", "-o", "a.fieldquill").failed().startswith("bad.json, $.study.id: ")
    (tmp_path / "good.json").write_bytes(encode(example()))
    (tmp_path / "there.fieldquill").write_text("something else")
    assert "exists already" in run("import", "good.json", "-o", "there.fieldquill").failed()
    assert (tmp_path / "there.fieldquill").read_text() == "something else"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.json", "good.json", "there.fieldquill"]


def test_what_comes_from_a_file_cant_take_over_the_terminal(run, tmp_path):
    raw = json.loads(encode(example()))
    raw["sources"][0]["round"] = "\x1b[2J\nr9\u202e"
    (tmp_path / "bad.json").write_text(json.dumps(raw))
    told = run("import", "bad.json", "-o", "a.fieldquill").failed()
    assert told.isprintable()
    assert '"' in told


def test_nothing_is_written_over_a_study(run, study_path, tmp_path):
    before = study_path.read_bytes()
    (tmp_path / "link.json").symlink_to(study_path)
    for command in ("export", "report", "sheet"):
        for output in (study_path, tmp_path / "link.json", tmp_path / "other.fieldquill"):
            assert run(command, study_path, "-o", output).code == 2
    assert study_path.read_bytes() == before


def test_an_export_that_cant_be_written(run, study_path):
    assert "choose another place" in run("export", study_path, "-o", "none/out.json").failed()


def test_output_that_nobody_takes(run, study_path, monkeypatch):
    class Gone(io.BytesIO):
        def write(self, _):
            raise BrokenPipeError(32, "Broken pipe")

    for command in ("export", "score"):
        monkeypatch.setattr(sys, "stdout", stdout := io.TextIOWrapper(Gone()))
        ran = run(command, study_path)
        assert (ran.code, ran.err) == (1, "")
        stdout.detach()


def test_output_that_finds_no_room(run, study_path, monkeypatch):
    class Full(io.BytesIO):
        def write(self, _):
            raise OSError(28, "No space left on device")

    stdout = io.TextIOWrapper(Full())
    monkeypatch.setattr(sys, "stdout", stdout)
    assert run("export", study_path).failed() == "It could not be read or written (No space left on device)."
    monkeypatch.undo()
    stdout.detach()


# score, report, verify


def test_score_as_json(run, study_path):
    ran = run("score", study_path, "--json")
    assert (ran.code, ran.err) == (0, "")
    scores = json.loads(ran.out)
    told = {key: scores[key] for key in ("rubric", "version", "round", "assessor")}
    assert told == {"rubric": "small", "version": "1.0", "round": "r1", "assessor": None}
    assert [case["case"] for case in scores["cases"]] == ["c1", "c2"]
    first, second = scores["cases"]
    assert first.keys() == {"case", "overall", "principles"}
    team = {"level": "mid", "at_most": "mid"}  # the first is set to mid
    overall = {"level": "mid", "at_most": "top", "limiting": "first", "team": team, "points": None}
    assert first["overall"] == overall
    assert [principle["principle"] for principle in first["principles"]] == ["first", "second"]
    assert first["principles"][0] == {
        "principle": "first",
        "level": "mid",  # by consensus: the assessors differ
        "at_most": "top",
        "team": "mid",
        "override": {"level": "mid", "assessor": "ada", "reason": "We saw it.", "lapsed": False, "changed": []},
        "coverage": 0.5,
        "points": None,
        "blocking": [{"criterion": "is-fast", "answer": "unanswered"}],
    }
    assert second["principles"][0]["coverage"] == 0
    assert second["principles"][0]["blocking"] == [{"criterion": "runs", "answer": "unanswered"}]


def test_trace(run, study_path):
    ran = run("trace", study_path)
    assert (ran.code, ran.err) == (0, "")
    assert "- I1 lines 1-2, shown (the chart): canary" in ran.out
    assert "\nTwo: Low overall" in ran.out
    one = run("trace", study_path, "--case", "c1", "--json")
    assert [case["case"] for case in json.loads(one.out)["cases"]] == ["c1"]
    sentence = run("trace", study_path, "--case", "c9").failed()
    assert sentence == 'Nothing was traced: the study has no case "c9"; its cases: c1 and c2.'


def test_score_as_a_table(run, study_path):
    lines = run("score", study_path).out.splitlines()
    assert lines[0].split("  ")[0] == "Case"
    assert lines[1].startswith("Canary one  Middle, at most Top")
    assert any(line.startswith("Canary one: ") for line in lines[3:])


def test_a_study_in_which_nothing_applies(run, tmp_path):
    raw = json.loads(encode(example()))
    raw["cases"] = raw["cases"][:1]
    criteria = ["runs", "is-fast", "seen", "alarms"]
    keep = {
        "rubric": "small",
        "case": "c1",
        "round": "r1",
        "assessor": "ada",
        "verdict": "not_applicable",
        "rationale": "-",
    }
    raw["answers"] = [{**keep, "criterion": criterion} for criterion in criteria]
    raw["consensus"] = []
    (tmp_path / "in.json").write_text(json.dumps(raw))
    assert run("import", "in.json", "-o", "a.fieldquill").code == 0
    assert "Not rated" in run("score", "a.fieldquill").out
    (case,) = json.loads(run("score", "a.fieldquill", "--json").out)["cases"]
    nothing = {"level": None, "at_most": None, "limiting": None, "team": None, "points": None}
    assert case["overall"] == nothing


def test_report(run, study_path, tmp_path):
    ran = run("report", study_path, "-o", "out.pdf", "--copies", 1)
    assert (ran.code, ran.out, ran.err) == (0, "Wrote out.pdf.\n", "")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_an_unknown_profile_is_refused(run, study_path, tmp_path):
    told = run("report", study_path, "-o", "out.pdf", "--profile", "nonsense").failed()
    assert told.startswith("Nothing was written: ")
    assert not (tmp_path / "out.pdf").exists()


def test_verify_says_where_it_breaks(run, study_path):
    import sqlcipher3.dbapi2 as sqlcipher

    connection = sqlcipher.connect(str(study_path), isolation_level=None)
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    connection.execute("UPDATE cases SET name = 'x' WHERE key = 'c1'")
    ran = run("verify", study_path)
    assert ran.failed() == "study.fieldquill is not sound: 1 problem."
    assert ran.out == "Case c1 was changed past the program: the audit trail knows nothing of it.\n"
    connection.execute("UPDATE audit SET label = 'x'")
    connection.close()
    assert run("verify", study_path).failed() == "study.fieldquill is not sound: 2 problems."


def test_reading_commands_get_along_with_an_open_window(run, study, study_path):
    assert run("verify", study_path).code == 0
    assert run("score", study_path).code == 0
    assert not study.read_only


def test_reading_commands_leave_the_file_as_it_is(run, study_path, tmp_path):
    before = study_path.read_bytes()
    for command in (["score"], ["verify"], ["export"]):
        assert run(*command, study_path).code == 0
    assert study_path.read_bytes() == before
    assert [path.name for path in study_path.parent.iterdir()] == [study_path.name]


# rubrics, schema


def test_rubrics(run, tmp_path):
    listed = run("rubrics", "list").out
    assert all(key in listed for key in library.shipped())
    assert run("rubrics", "show", "mlops-maturity").raw == (RUBRICS / "mlops-maturity.yaml").read_bytes()
    assert "There is no rubric" in run("rubrics", "show", "none").failed()
    copy = shutil.copyfile(RUBRICS / "mlops-maturity.yaml", tmp_path / "own.yaml")
    assert run("rubrics", "check", copy).out.startswith("own.yaml is a rubric: 3 principles, ")
    copy.write_text("id: [")
    assert run("rubrics", "check", copy).failed().startswith("own.yaml")
    assert run("rubrics", "check", "none.yaml").failed() == (
        "none.yaml could not be read or written (No such file or directory)."
    )


def test_the_schema(run):
    assert run("schema").out == study_schema()


# The window


def test_the_window_opens(run, study_path, tmp_path):
    opened = []

    def window(study, passphrase, picture=None):
        opened.append((study, passphrase))
        return 0

    (tmp_path / "file").write_text("x")
    for arguments in ([], [study_path], ["x.fieldquill"], ["./x"], ["file"]):
        assert run(*arguments, window=window).code == 0
    assert [study and study.name for study, _ in opened] == [None, study_path.name, "x.fieldquill", "x", "file"]
    assert {passphrase for _, passphrase in opened} == {None}
    assert run(study_path, window=lambda *_: 3).code == 3


def test_a_picture_of_the_window_is_for_where_nobody_is(run, study_path, monkeypatch):
    opened = []
    window = lambda *found: opened.append(found) or 0  # noqa: E731
    assert run("open", study_path, "--picture", "a.png", window=window).code == 0
    assert run("open", "--picture", "b.png", window=window).code == 0
    assert [(study and study.name, passphrase, picture.name) for study, passphrase, picture in opened] == [
        (study_path.name, PASSPHRASE, "a.png"),
        (None, None, "b.png"),
    ]
    monkeypatch.delenv("FIELDQUILL_PASSPHRASE")
    assert run("open", study_path, "--picture", "a.png", window=window).failed().startswith("No passphrase")
    assert run("open", study_path, window=window).code == 0, "in the window it is asked for"


@pytest.mark.parametrize("name", ["other.fieldquill", "study.fieldquill"])
def test_a_picture_is_not_written_over_a_study(run, study_path, name):
    before = study_path.read_bytes()
    ran = run("open", study_path, "--picture", study_path.with_name(name), window=lambda *_: 0)
    assert ran.code == 2
    assert "is a study's name" in ran.err
    assert study_path.read_bytes() == before


def test_about_lists_version_and_parts(run):
    shown = run("about").out
    assert shown.startswith(f"Fieldquill. Version {VERSION}, from a checkout.\n")
    assert re.search(r"^sqlcipher3 +\d", shown, re.MULTILINE)
    assert run("about", "--sbom").failed() == (
        "This is a checkout, which has no SBOM; every package of Fieldquill has one."
    )


def test_a_program_without_a_terminal_asks_for_no_passphrase(run, study_path, monkeypatch):
    monkeypatch.delenv("FIELDQUILL_PASSPHRASE")
    monkeypatch.setattr(sys, "stdin", None)
    assert run("score", study_path).failed().startswith("No passphrase")


def test_without_a_window(run, study_path):
    assert run().failed() == "This installation has no window."
    assert run(study_path).failed() == "This installation has no window."


def test_the_demonstration_opens_in_the_window(run, monkeypatch, tmp_path):
    from app.exchange import demo

    monkeypatch.delenv("FIELDQUILL_PASSPHRASE")
    monkeypatch.setattr(demo, "demo_document", example)
    opened = []
    window = lambda *found: opened.append(found) or 0  # noqa: E731
    assert run("demo", "--open", window=window).out == "Made autocorp.fieldquill.\n"
    assert run("demo", "--open", window=window).out == ""
    assert [(study.name, passphrase) for study, passphrase, _picture in opened] == [
        ("autocorp.fieldquill", DEMO_PASSPHRASE)
    ] * 2
    assert "exists already" in run("demo").failed()
    assert run("demo", "b.fieldquill", window=window).out == "Made b.fieldquill.\n"
    assert len(opened) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["autocorp.fieldquill", "b.fieldquill"]
