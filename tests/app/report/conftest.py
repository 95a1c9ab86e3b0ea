"""A study with everything a report can show, made from the shipped rubric, and ways to read a PDF back."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from app.model.assessment import (
    Answer,
    BelongsTo,
    Challenge,
    Confidence,
    Consensus,
    Factor,
    Finding,
    FrozenRubric,
    Influence,
    Override,
    Review,
    ReviewItem,
    ReviewVerdict,
    Strength,
    Tendency,
)
from app.model.disclosure import ReportSetup
from app.model.document import StudyDocument
from app.model.evidence import Evidence, Passage, Span, Stance, Weight
from app.model.setting import (
    Assessor,
    Case,
    Identity,
    Organisation,
    Participant,
    Permission,
    Round,
    SitePolicy,
    Study,
)
from app.model.source import (
    Attendance,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpState,
    Part,
    Source,
    SourceKind,
    SourceStatus,
)
from app.report.contents import PARTS
from app.report.snapshot import take
from app.report.told import tell
from app.rubric import library
from app.scoring.scale import Verdict
from tests.reports import build_report

MARKING = "CONFIDENTIAL - Example Works"
RUBRIC = "mlops-maturity"
DEMO = Path(__file__).parents[3] / "resources" / "demo" / "autocorp.json"


def empty_study(**changes):
    """A study nobody has worked on, as `changes` have it."""
    study = Study(
        id=UUID(int=7),
        title="MLOps at Example Works",
        organisation=Organisation(name="Example Works", sector="Pumps", description="Makes pumps."),
        purpose="Find out where to begin.",
        created_at=datetime(2023, 1, 2, tzinfo=UTC),
    )
    return msgspec.structs.replace(StudyDocument(format="fieldquill-study", version=1, study=study), **changes)


def frozen():
    return (FrozenRubric(key=RUBRIC, version="1.0", text=library.text(RUBRIC)),)


def entries(source, texts):
    kinds = list(EntryKind)
    return tuple(
        Entry(key=f"{source}-{n}", text=text, kind=kinds[n % 4], speaker="p1", uncertain=n == 2)
        for n, text in enumerate(texts, 1)
    )


def passage(source, number, text):
    return Passage(
        key=f"{source}-{number}",
        source=source,
        words=text,
        spans=(Span(entry=f"{source}-{number}", start=0, end=len(text)),),
    )


LINES = ("They run it by hand", "“We never look at the log”", "A dashboard hangs in the hall", "Odd that nobody asked")


def sources():
    both = (Attendance(assessor="a1", part=Part.INTERVIEWER), Attendance(assessor="a2", part=Part.OBSERVER))
    return (
        Source(
            key="i1",
            title="First talk",
            round="r1",
            status=SourceStatus.FINISHED,
            minutes="30-45",
            participants=("p2",),
        ),
        Source(
            key="i2",
            title="Second talk",
            round="r2",
            status=SourceStatus.FINISHED,
            started_at=datetime(2022, 10, 31, 23, 30, tzinfo=UTC),
            ended_at=datetime(2022, 11, 1, 0, 15, tzinfo=UTC),
            zone="Europe/Berlin",
            participants=("p1", "p3"),
            assessors=both,
            cases=("c1",),
            entries=entries("i2", LINES),
        ),
        Source(key="m1", title="Weekly call", kind=SourceKind.MEETING, round="r2", remark="for questions left open"),
    )


VERDICTS = {
    "c1": (Verdict.FULLY, Verdict.LARGELY, Verdict.FULLY, Verdict.LARGELY, Verdict.PARTIALLY, Verdict.NOT_ACHIEVED),
    "c2": (Verdict.FULLY, Verdict.UNKNOWN, Verdict.WITHHELD, Verdict.NOT_APPLICABLE),
    "c3": (Verdict.FULLY,),
}


def answers(rubric, case, **more):
    """Answers to all criteria of a rubric, verdicts taken in turn; each rests on a passage."""
    turn = VERDICTS[case]
    return [
        Answer(
            rubric=RUBRIC,
            criterion=criterion.id,
            case=case,
            round="r2",
            assessor="a1",
            verdict=turn[n % len(turn)],
            rationale=f"Because of {criterion.name} at {case}.",
            confidence=list(Confidence)[n % 3],
            evidence=(
                Evidence(passage=f"i2-{n % 4 + 1}", weight=list(Weight)[n % 3], stance=list(Stance)[n % 5 == 0]),
            ),
            **more,
        )
        for n, criterion in enumerate(rubric.criteria)
    ]


def full_study():
    rubric = library.load(RUBRIC)
    first, second, third = rubric.principles
    given = [answer for case in VERDICTS for answer in answers(rubric, case)]
    given.append(
        Answer(
            rubric=RUBRIC,
            criterion=rubric.criteria[0].id,
            case="c1",
            round="r2",
            assessor="a2",
            verdict=Verdict.PARTIALLY,
        )
    )
    given.append(
        Answer(
            rubric=RUBRIC,
            criterion=rubric.criteria[1].id,
            case="c1",
            round="r2",
            assessor="a2",
            verdict=Verdict.PARTIALLY,
        )
    )
    here = {"rubric": RUBRIC, "round": "r2"}
    support = (Evidence(passage="i2-1"), Evidence(passage="gone", stance=Stance.CONTRADICTS))
    return empty_study(
        site_policy=SitePolicy(recording=Permission.FORBIDDEN, marking=MARKING, conditions="Badges must be worn"),
        rubrics=frozen(),
        rounds=(
            Round(
                key="r1",
                name="Round 1",
                purpose="Get to know the firm",
                starts=date(2021, 9, 1),
                ends=date(2021, 11, 30),
            ),
            Round(key="r2", name="Round 2", purpose="Assess three cases"),
        ),
        cases=(
            Case(key="c1", name="Cracks", summary="Finds cracks", ml_type="Deep learning", data_source="Images"),
            Case(key="c2", name="Scratches", summary="Finds scratches", developed_by="A start-up"),
            Case(key="c3", name="Welds", summary="Sorts welds", deployment="On every line", status="In use"),
        ),
        assessors=(Assessor(key="a1", name="Assessor One"), Assessor(key="a2", name="Assessor Two")),
        participants=(
            Participant(key="p1", pseudonym="Kilo", role="ML engineer"),
            Participant(key="p2", pseudonym="Lima", role="IT manager"),
            Participant(key="p3", pseudonym="Mike", role="ML engineer"),
        ),
        identities=(Identity(participant="p1", name="Zacharias Canary", contact="canary@example.test"),),
        factors=(
            Factor(key="f1", name="Experience", belongs_to=BelongsTo.ORGANISATION, tendency=Tendency.FACILITATES),
            Factor(
                key="f2",
                name="Dirty surroundings",
                belongs_to=BelongsTo.CASE,
                tendency=Tendency.INHIBITS,
                definition="Oil and light.",
            ),
        ),
        sources=sources(),
        passages=(
            *(passage("i2", n, text) for n, text in enumerate(LINES, 1)),
            Passage(key="gone", source="m1", words="Words no longer there"),
        ),
        follow_ups=(
            FollowUp(key="q1", question="Who?", state=FollowUpState.ANSWERED),
            FollowUp(key="q2", question="When?"),
        ),
        answers=tuple(given),
        consensus=(
            Consensus(
                criterion=rubric.criteria[0].id, case="c1", verdict=Verdict.LARGELY, reason="The log shows it", **here
            ),
        ),
        overrides=(
            Override(
                principle=second.id,
                case="c1",
                level="high",
                assessor="a1",
                reason="Seen on site after the round",
                **here,
            ),
        ),
        findings=(
            Finding(
                principle=first.id, case="c1", text="Automated training, manual deployment", evidence=support, **here
            ),
            Finding(principle=second.id, case="c2", text="Nobody watches it", **here),
        ),
        challenges=(
            Challenge(
                key="h1",
                title="Stability of the surroundings",
                principle=first.id,
                text="Light changes.",
                evidence=support,
                **here,
            ),
            Challenge(key="h2", title="Labels are dear", principle=third.id, cases=("c2",), **here),
        ),
        influences=(
            Influence(factor="f1", round="r2", strength=Strength.SOMEWHAT_FACILITATES, memo="Two years of it"),
            Influence(factor="f2", round="r2", case="c1", strength=Strength.STRONGLY_INHIBITS, evidence=support),
            Influence(factor="f2", round="r2", case="c2", strength=Strength.NEUTRAL),
            Influence(factor="f1", round="r2", case="c3", strength=Strength.STRONGLY_FACILITATES),
        ),
        reviews=(
            Review(
                key="v1",
                reviewer="p3",
                round="r2",
                held_at=datetime(2022, 12, 5, tzinfo=UTC),
                remark="Read on paper.",
                items=(
                    ReviewItem(
                        rubric=RUBRIC,
                        principle=first.id,
                        case="c1",
                        verdict=ReviewVerdict.DISPUTED,
                        comment="Not so manual",
                        resolution="Kept, with a note",
                    ),
                    ReviewItem(rubric=RUBRIC, principle=third.id, case="c2", verdict=ReviewVerdict.CONFIRMED),
                ),
            ),
        ),
    )


class Printed:
    """A report read back."""

    def __init__(self, content):
        import pypdfium2

        self.content = content
        self.pdf = pypdfium2.PdfDocument(io.BytesIO(content))
        self.pages = [self._text(page) for page in self.pdf]
        self.text = "\n".join(self.pages)

    @staticmethod
    def _text(page):
        """The text of a page, words that were divided at a line's end whole again."""
        return page.get_textpage().get_text_range().replace("\ufffe", "").replace("\r\n", "\n")

    @property
    def flat(self):
        """The text with line ends as spaces, so that a sentence is found however it is set."""
        return " ".join(self.text.split())

    @property
    def bookmarks(self):
        return [(each.level, each.get_title()) for each in self.pdf.get_toc()]

    @property
    def contents(self):
        """Where the contents stand: on the cover, or on the page behind it where they are many."""
        return self.pages[1] if (0, "Contents") in self.bookmarks else self.pages[0]

    @property
    def body(self):
        """The pages behind the cover and the contents."""
        return self.pages[1 + ((0, "Contents") in self.bookmarks) :]

    def page_of(self, words):
        """The first page with some words but the cover and the contents."""
        return next(text for text in self.body if words in " ".join(text.split()))

    def boxes(self):
        """Every run of text with its page and place: page, left, bottom, right, top."""
        for number, page in enumerate(self.pdf):
            textpage = page.get_textpage()
            for index in range(textpage.count_rects()):
                yield (number, *textpage.get_rect(index))


def report(document, version="9.8.7"):
    return Printed(build_report(document, version=version))


@pytest.fixture(scope="session")
def study():
    return full_study()


@pytest.fixture(scope="session")
def printed(study):
    return report(study)


@pytest.fixture(scope="session")
def make_report():
    return report


@pytest.fixture(scope="session")
def read():
    """Read a PDF back."""
    return Printed


@pytest.fixture(scope="session")
def make_empty():
    return empty_study


@pytest.fixture(scope="session")
def rubrics():
    return frozen()


@pytest.fixture(scope="session")
def autocorp():
    """The demonstration study, its rubric filled in as an import does."""
    document = msgspec.json.decode(DEMO.read_bytes(), type=StudyDocument)
    filled = (msgspec.structs.replace(r, text=r.text or library.text(r.key)) for r in document.rubrics)
    return msgspec.structs.replace(document, rubrics=tuple(filled))


def only(document, *names, version="1"):
    """A report of some parts alone, read back."""
    chosen = " ".join(f"{'' if part.name in names else '-'}{part.name}" for part in PARTS)
    return Printed(build_report(document, ReportSetup(sections=chosen), version=version))


@pytest.fixture(scope="session")
def make_only():
    return only


@pytest.fixture(scope="session")
def snapshot(autocorp):
    """The demonstration as its report shows it, for the team."""
    return take(autocorp, version="9.8.7")


@pytest.fixture(scope="session")
def told(snapshot):
    return tell(snapshot)
