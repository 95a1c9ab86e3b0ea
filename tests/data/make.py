"""Write the study file of today's schema version, and what it holds; once, while that version is new."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from app.actions import assess, notes, setting, things
from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.exchange.study_json import write_study
from app.model.disclosure import ReportFormat
from app.model.setting import Case
from app.model.source import Entry
from app.scoring.scale import Verdict
from app.store.opening import SCHEMA_VERSION
from tests.documents import example

PASSPHRASE = "correct horse battery"
HERE = Path(__file__).parent


def clock():
    return datetime(2026, 11, 23, 12, tzinfo=UTC)


def main():
    path = HERE / f"schema-{SCHEMA_VERSION}.fieldquill"
    path.unlink(missing_ok=True)
    import_document(path, PASSPHRASE, example(), clock=clock)
    with OpenStudy.open(path, PASSPHRASE, clock=clock) as study:
        study.do(things.add, Case(key="c3", name="Three"))
        study.do(notes.write, "i1", [notes.SetEntry(Entry(key="i1-1", text="Now the canary is silent \U0001f424"))])
        study.do(assess.answer, assess.Place("small", "alarms", "c3", "r1", "ada"), Verdict.WITHHELD)
        study.do(setting.change_report_setup, replace(study.document.report, format=ReportFormat.WORD))
        study.do(things.remove, "cases", "c2")
        study.undo()
        write_study(study.document, path.with_suffix(".json"))


if __name__ == "__main__":
    main()
