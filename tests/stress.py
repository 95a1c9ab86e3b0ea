"""A study as large as any will be: twelve cases, three hundred interviews, long names, notes in five scripts."""

# ruff: noqa: RUF001

import itertools
import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

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
    Strength,
    Tendency,
)
from app.model.document import StudyDocument
from app.model.evidence import Evidence, Passage, Span, Stance, Weight
from app.model.setting import Assessor, Case, Organisation, Participant, Round, SitePolicy, Study
from app.model.source import Attendance, Entry, EntryKind, Part, Source, SourceKind, SourceStatus
from app.rubric import library
from app.scoring.scale import Verdict

RUBRIC = "mlops-maturity"
LONGEST_NAME = 100
GIVEN = (Verdict.FULLY, Verdict.LARGELY, Verdict.PARTIALLY, Verdict.NOT_ACHIEVED, Verdict.UNKNOWN, Verdict.WITHHELD)

NAMES = (
    "Inspection of painted parts in plant number {0} before they are packed",
    "Qualitätsprüfung der Schweißnahtdatenerfassung im Karosseriebauwerk {0} mit Oberflächenbegutachtung",
    "Прогнозирование остаточного ресурса подшипников насосных агрегатов на линии {0}",
    "זיהוי פגמים בחלקים צבועים בקו הייצור {0} לפני האריזה",
    "الكشف عن عيوب الطلاء في خط الإنتاج {0} قبل التعبئة والشحن",
    "第{0}工厂喷漆零件包装前的表面缺陷检测与追溯系统",
)
SENTENCES = (
    "Training runs by hand once a month, and nobody but the engineer who built it knows which data it was made with.",
    (
        "Die Bereitstellung erfolgt über ein Freigabeverfahren, das der Instandhaltungsverantwortliche dokumentiert; "
        "Rückverfolgbarkeitsanforderungen werden dabei nicht berücksichtigt."
    ),
    "Модель переобучается вручную, а журнал изменений ведётся в общей таблице, которую никто не проверяет.",
    "המודל מאומן מחדש באופן ידני, ואיש אינו בודק את יומן השינויים של MLflow גרסה 2.3 אחרי ההתקנה.",
    "يُعاد تدريب النموذج يدويًا كل شهر، ولا أحد يراجع سجل التغييرات في MLflow 2.3 بعد التثبيت.",
    "模型每月手动重新训练一次,没有人检查变更日志;数据版本记录在共享表格中,无法追溯到具体的训练批次。",
    "モデルは毎月手作業で再学習され、変更履歴を確認する担当者はいない。",
    "See https://intranet.example.test/confluence/display/MLOPS/Deployment+procedure+for+line+controllers#rollback",
)


def name(number, longest=LONGEST_NAME):
    """A name that is as long as any, in one script after another."""
    text = NAMES[number % len(NAMES)].format(number + 1)
    return (text if len(text) > longest - 12 else f"{text} – {text}")[:longest].strip()


def stress_study(*, cases=12, interviews=300, passages=5_000, seed=1):
    """Make the study; each of its passages is evidence of something."""
    chance = random.Random(seed)
    rubric = library.load(RUBRIC)
    lines = -(-passages // interviews)
    sources = tuple(_source(number, lines, cases, chance) for number in range(interviews))
    marked = tuple(_passage(source, entry) for source in sources for entry in source.entries)[:passages]
    left = [passage.key for passage in marked]
    taken = itertools.cycle(left)
    share = max(len(left) // (cases * (len(rubric.criteria) + len(rubric.principles))), 1)

    def evidence(count=share):
        keys = dict.fromkeys(next(taken) for _ in range(count))
        return tuple(
            Evidence(
                passage=key,
                weight=chance.choice(list(Weight)),
                stance=chance.choice([*[Stance.SUPPORTS] * 5, Stance.CONTRADICTS]),
                note=chance.choice(["", "", "", SENTENCES[1][:60]]),
            )
            for key in keys
        )

    here = {"rubric": RUBRIC, "round": "r2"}
    keys = [f"c{number}" for number in range(cases)]
    answers = [
        Answer(
            criterion=criterion.id,
            case=case,
            assessor=("a1", "a2")[place % 2],
            verdict=chance.choice(GIVEN),
            rationale=" ".join(chance.sample(SENTENCES, 2)),
            confidence=chance.choice(list(Confidence)),
            evidence=evidence(),
            **here,
        )
        for case in keys
        for place, criterion in enumerate(rubric.criteria)
    ]
    answers += [
        Answer(criterion=each.id, case=keys[0], assessor="a3", verdict=Verdict.PARTIALLY, **here)
        for each in rubric.criteria[:5]
    ]
    return StudyDocument(
        format="fieldquill-study",
        version=1,
        study=Study(
            id=UUID(int=11),
            title=name(0),
            organisation=Organisation(name=name(1), sector=name(2), description=" ".join(SENTENCES)),
            purpose=" ".join(SENTENCES[:4]),
            created_at=datetime(2024, 1, 2, tzinfo=UTC),
        ),
        site_policy=SitePolicy(marking="Confidential – for Example Works only", conditions=" ".join(SENTENCES[:3])),
        rubrics=(FrozenRubric(key=RUBRIC, version="1.0", text=library.text(RUBRIC)),),
        rounds=(Round(key="r1", name=name(3)[:60], starts=date(2023, 1, 1)), Round(key="r2", name=name(1)[:60])),
        cases=tuple(
            Case(
                key=key,
                name=name(number),
                summary=SENTENCES[number % 8],
                ml_type=name(number + 1),
                data_source=name(number + 2),
                developed_by=name(number + 3),
                deployment=SENTENCES[(number + 1) % 8],
                status=name(number + 4)[:40],
            )
            for number, key in enumerate(keys)
        ),
        assessors=tuple(Assessor(key=f"a{number}", name=name(number)[:60]) for number in range(1, 4)),
        participants=tuple(
            Participant(key=f"p{number}", pseudonym=f"P{number}", role=name(number % 12)) for number in range(60)
        ),
        factors=tuple(
            Factor(
                key=f"f{number}",
                name=name(number),
                belongs_to=list(BelongsTo)[number % 2],
                tendency=list(Tendency)[number % 2],
                definition=SENTENCES[number % 8],
            )
            for number in range(16)
        ),
        sources=sources,
        passages=marked,
        answers=tuple(answers),
        consensus=tuple(
            Consensus(criterion=each.id, case=keys[0], verdict=Verdict.LARGELY, reason=SENTENCES[1], **here)
            for each in rubric.criteria[:3]
        ),
        overrides=(
            Override(
                principle=rubric.principles[1].id,
                case=keys[0],
                level="high",
                assessor="a1",
                reason=SENTENCES[0],
                **here,
            ),
        ),
        findings=tuple(
            Finding(
                principle=principle.id,
                case=case,
                text=" ".join(chance.sample(SENTENCES, 2)),
                evidence=evidence(),
                **here,
            )
            for principle in rubric.principles
            for case in keys
        ),
        challenges=tuple(
            Challenge(
                key=f"h{number}",
                title=name(number),
                principle=rubric.principles[number % 3].id,
                text=" ".join(SENTENCES),
                evidence=evidence(6),
                **here,
            )
            for number in range(9)
        ),
        influences=tuple(
            Influence(
                factor=f"f{number}",
                round="r2",
                case=case,
                strength=chance.choice(list(Strength)),
                memo=chance.choice(SENTENCES),
                evidence=evidence(1),
            )
            for number in range(16)
            for case in ([""] if list(BelongsTo)[number % 2] is BelongsTo.ORGANISATION else keys)
            if case or number
        ),
    )


def _source(number, lines, cases, chance):
    begun = datetime(2024, 3, 1, 8, tzinfo=UTC) + timedelta(days=number // 4, hours=number % 4)
    return Source(
        key=f"i{number}",
        title=name(number),
        kind=SourceKind.MEETING if number % 9 == 8 else SourceKind.INTERVIEW,
        round="r2",
        status=SourceStatus.FINISHED,
        started_at=begun,
        ended_at=begun + timedelta(minutes=45),
        zone="Europe/Berlin",
        participants=(f"p{number % 60}", f"p{(number + 7) % 60}") if number % 3 else (f"p{number % 60}",),
        assessors=(Attendance(assessor="a1", part=Part.INTERVIEWER), Attendance(assessor="a2", part=Part.OBSERVER)),
        cases=(f"c{number % cases}",),
        remark=SENTENCES[number % 8] if number % 10 == 0 else "",
        entries=tuple(
            Entry(
                key=f"i{number}-{line}",
                text=chance.choice(SENTENCES),
                kind=chance.choice([EntryKind.PARAPHRASE, EntryKind.QUOTATION, EntryKind.OBSERVATION]),
                speaker=f"p{number % 60}",
                released=True,
            )
            for line in range(lines)
        ),
    )


def _passage(source, entry):
    return Passage(
        key=f"p-{entry.key}",
        source=source.key,
        words=entry.text,
        spans=(Span(entry=entry.key, start=0, end=len(entry.text)),),
    )
