"""How the data was gathered and how levels follow from it: cases, rounds, rules of the site, scale and rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from app.analysis.answer_agreement import answer_agreement
from app.analysis.ballots import ballots_in, is_secret
from app.analysis.blind import is_blind
from app.analysis.history import changed_after
from app.analysis.reconciling import reconciled
from app.analysis.session import completion, gap_text
from app.model.setting import Permission
from app.model.source import SourceKind
from app.report.blocks import NEW_PAGE, Section, captioned, labelled, level, nothing, verdict_word, whole
from app.report.fonts import REPLACEMENT, Face
from app.report.grid import Cell, Grid, Row, shares, table
from app.report.marks import Marked, answer_mark
from app.report.reader import left_out
from app.report.sections.review import insiders, unresolved_text
from app.report.sections.summary import about_text
from app.report.style import (
    COLUMN,
    GUTTER,
    HEIGHT,
    INK,
    LINE,
    SMALL,
    TEXT,
    TEXT_BODY,
    TEXT_LABEL,
    TEXT_NOTE,
    TEXT_SMALL,
    TEXT_SMALL_STRONG,
    WIDTH,
)
from app.report.text import Run, paragraph
from app.report.wording import SOURCES, TIMES, capital, count, covers, listed, minus, sentence, site_rules
from app.rubric.reading import rule_text
from app.scoring.offered import answers
from app.scoring.scale import rank_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.analysis.assessment import Assessment
    from app.analysis.collection import OtherSource, RoundData
    from app.model.assessment import Ballot
    from app.model.document import StudyDocument
    from app.model.setting import Case, SitePolicy
    from app.report.material import Material
    from app.report.pdf import Flowable
    from app.rubric.structure import Rubric

_CASE_COLUMNS: Final = (
    ("What it does", ("summary",), 48),
    ("Learning and data", ("ml_type", "data_source"), 40),
    ("Deployment and status", ("deployment", "status"), 52),
    ("Developed by", ("developed_by",), 22),
)


_NAME: Final = 22  # share of the names of cases beside those above
_NAME_WIDE: Final = 38
_LONG_NAME: Final = 24
_ACROSS: Final = 4  # answers set side by side
_LEVELS_ACROSS: Final = 3


def sections(material: Material) -> list[Section]:
    """Make the section."""
    return [Section("method", "Method", lambda: _flow(material), NEW_PAGE if material.answered else HEIGHT / 2)]


def _flow(material: Material) -> list[Flowable]:
    return [
        *_purpose(material),
        *_gathering(material),
        *_cases(material),
        *_rounds(material),
        *_site(material),
        *_left_out(material),
        *_levels(material),
    ]


def _purpose(material: Material) -> Iterator[Flowable]:
    study = material.document.study
    if study.purpose:
        yield labelled("Purpose", paragraph(study.purpose), before=0)
    if study.organisation.description:
        yield labelled("Organisation", paragraph(study.organisation.description))
    if study.about and not about_text(material):
        yield labelled("About this study", paragraph(study.about))


def _gathering(material: Material) -> Iterator[Flowable]:
    """Tell how data was gathered, noted, coded and checked, as far as there is something to tell."""
    document = material.document
    told = {
        "How data was gathered": (_amount(material), _questions(material)),
        "Notes": (
            _recording(document.site_policy),
            _paper(material),
            _pairs(material),
            _completion(document),
            _changes(document),
        ),
        "Consent": (
            _told("People agreed to", [each.consent for each in document.sources]),
            _told("The site allowed in it", [each.allowed for each in document.sources]),
        ),
        "Coding": (_coding(document), _double_coding(material)),
        "Review": (_review(material), unresolved_text(material)),
    }
    for label, sentences in told.items():
        if words := " ".join(filter(None, sentences)):
            yield labelled(label, paragraph(words))


def _amount(material: Material) -> str:
    collected = material.collection
    if not collected.interviews and not collected.other:
        return "No data has been gathered yet."
    what = listed(
        ([count(collected.interviews, "interview")] if collected.interviews else [])
        + ([count(collected.other, "other source" if collected.interviews else "source")] if collected.other else [])
    )
    rounds = f" in {count(len(collected.rounds), 'round')}" if len(collected.rounds) > 1 else ""
    were = "was" if collected.passages == 1 else "were"
    marked = f", in which {count(collected.passages, 'passage')} {were} marked" if collected.passages else ""
    notes = f" Their notes run to {count(collected.lines, 'line')}{marked}." if collected.lines else ""
    return f"Data comes from {what}{rounds}.{notes}"


def _recording(policy: SitePolicy) -> str:
    if policy.recording is Permission.FORBIDDEN:
        return "The site forbids recording, so interviews were written down in detailed notes."
    if policy.recording is Permission.RESTRICTED:
        return "The site restricts recording; this study rests on written notes."
    return ""


def _paper(material: Material) -> str:
    """Say how many interviews were written by hand."""
    sheets = material.collection.on_paper
    if not sheets:
        return ""
    were = "was" if sheets == 1 else "were"
    return f"{count(sheets, 'interview')} {were} written on paper and typed in afterwards."


def _pairs(material: Material) -> str:
    """Say how many interviews a second assessor took part in, to observe and write."""
    pairs, total = material.collection.two_assessors, material.collection.interviews
    if not pairs:
        return ""
    which = "every interview" if pairs == total else f"{pairs} of {total} interviews"
    return f"At least two assessors took part in {which}, so that one could only observe and write."


def _completion(document: StudyDocument) -> str:
    """Say how soon after the interviews their notes were complete."""
    data = completion(document)
    if data.median is None or data.longest is None:
        return ""
    if data.known == 1:
        day = "the same day" if data.same_day else "on a later day"
        return f"The notes of 1 interview were completed {day}, {gap_text(data.longest)} after it."
    gaps = (
        f"in the median {gap_text(data.median)} after the interview and at the latest {gap_text(data.longest)} after it"
    )
    if data.same_day == data.known:
        return f"The notes of {data.known} interviews were completed the same day, {gaps}."
    return (
        f"The notes of {data.known} interviews were completed, {data.same_day or 'none'} of them the same day, {gaps}."
    )


def _changes(document: StudyDocument) -> str:
    """Say how many interviews' notes two people's were made one of, and how many lines were changed later."""
    pairs = sum(reconciled(source) for source in document.sources)
    made = (
        f"Of {count(pairs, 'interview')} two assessors took notes, which were reconciled line by line." if pairs else ""
    )
    counts = [changed_after(document, source) for source in document.sources]
    changed, sealed = sum(lines for lines, _ in counts), sum(lines for _, lines in counts)
    if not changed:
        return made
    were = "was" if changed == 1 else "were"
    after = f", {sealed} of them after the notes were finished, each for a reason that is kept" if sealed else ""
    return f"{made} {count(changed, 'line')} {were} changed after the interview{after}.".strip()


def _questions(material: Material) -> str:
    asked = material.document.follow_ups
    if not asked:
        return ""
    answered = sum(each.state == "answered" for each in asked)
    return f"Uncertain statements led to {count(len(asked), 'follow-up question')}, {answered} of them answered."


def _told(opening: str, texts: Iterable[str]) -> str:
    """Tell what was noted of several sources, each text once with how often: "People agreed to: notes only."."""
    counts = Counter(text for each in texts if (text := each.strip()))
    parts = [f"{text} ({number}{TIMES})" if number > 1 else text for text, number in counts.items()]
    return sentence(f"{opening}: {'; '.join(parts)}") if parts else ""


def _coding(document: StudyDocument) -> str:
    """Say how many passages carry codes, and of how large a codebook."""
    coded = {each.passage for each in document.codings}
    if not coded:
        return ""
    were = "was" if len(coded) == 1 else "were"
    return f"{count(len(coded), 'passage')} {were} coded with a codebook of {count(len(document.codes), 'code')}."


def _double_coding(material: Material) -> str:
    """Say which sources two assessors coded, each without the other, and what became of what they differed on."""
    done = [each for each in material.document.double_codings if not is_blind(each)]
    if not done:
        return ""
    sources = dict.fromkeys(source for each in done for source in each.sources)
    which = listed([material.citations.source(key) for key in sources])
    resolved = sum(len(each.resolutions) for each in done)
    since = f" and agreed on {count(resolved, 'difference')} since" if resolved else ""
    return f"Two assessors coded {which} independently{since}."


def _review(material: Material) -> str:
    """Say who checked the results: nobody does who has not answered yet."""
    given = [each for each in material.reviewed.reviews if each.tally.unanswered < max(each.tally.results, 1)]
    roles = insiders(given)
    if not roles:
        return ""
    who = "an insider" if len(roles) == 1 else "insiders"
    return f"Afterwards the results were checked by {who} ({listed(roles)})."


def _cases(material: Material) -> list[Flowable]:
    cases = material.document.cases
    if not cases:
        return [nothing("No case has been chosen yet.")]
    used = [each for each in _CASE_COLUMNS if any(getattr(case, field) for case in cases for field in each[1])]
    names = _NAME_WIDE if any(len(case.name) > _LONG_NAME for case in cases) else _NAME
    columns = shares(WIDTH, names, *(share for *_, share in used))
    rows = [
        Row([Cell([paragraph(case.name, style=TEXT_SMALL_STRONG)]), *(_facts(case, fields) for _, fields, _ in used)])
        for case in cases
    ]
    return captioned(material, "Cases examined", table(columns, ["Case", *(head for head, *_ in used)], rows))


def _facts(case: Case, fields: Sequence[str]) -> Cell:
    texts = (getattr(case, field) for field in fields)
    return Cell([paragraph(text, style=TEXT_SMALL) for text in texts if text])


def _rounds(material: Material) -> list[Flowable]:
    rounds = material.collection.rounds
    if not rounds:
        return []
    rows = [row for each in rounds for row in _round_rows(each)]
    return captioned(material, "Data collection", Grid([COLUMN, TEXT], rows, gap=GUTTER, closed=True))


def _round_rows(data: RoundData) -> Iterator[Row]:
    name = [Run(data.round.name, Face.SEMIBOLD)]
    if data.round.purpose:
        name.append(Run(f": {data.round.purpose}"))
    yield Row([Cell([paragraph(*name, style=TEXT_SMALL)], span=2)], LINE, INK, above=4.4, keep=True)
    facts = list(_round_facts(data))
    for number, (label, text) in enumerate(facts, 1):
        cells = [Cell([paragraph(label, style=TEXT_LABEL)]), Cell([paragraph(text, style=TEXT_SMALL)])]
        yield Row(cells, keep=number < len(facts))


def _round_facts(data: RoundData) -> Iterator[tuple[str, str]]:
    if data.timeline:
        yield "Timeline", data.timeline
    roles = ", ".join(f"{each.count}{TIMES} {each.role}" if each.count > 1 else each.role for each in data.roles)
    minutes = f" ({data.minutes} min)" if data.minutes else ""
    planned = f"; {data.planned} more planned" if data.planned else ""
    held = f"{count(data.interviews, 'interview')}{minutes}{planned}"
    yield "Primary sources", f"{held}\n{roles}" if roles else held
    for kind in SourceKind:
        if sources := [each for each in data.other if each.kind is kind]:
            number = sum(each.count for each in sources)
            titles = "; ".join(_other(each) for each in sources)
            yield "Informal sources", f"{count(number, SOURCES[kind])}\n{titles}"


def _other(source: OtherSource) -> str:
    times = f" ({source.count}{TIMES})" if source.count > 1 else ""
    return f"{source.title}{times}{f': {source.remark}' if source.remark else ''}"


def _site(material: Material) -> list[Flowable]:
    policy = material.document.site_policy
    marking = f" Papers are marked “{policy.marking}”." if policy.marking else " The site asks for no marking."
    text = f"{capital(site_rules(policy))}.{marking}"
    return whole(labelled("Rules of the site", paragraph(text), *_conditions(policy), before=18))


def _conditions(policy: SitePolicy) -> list[Flowable]:
    return [paragraph(sentence(policy.conditions), before=3)] if policy.conditions else []


def _left_out(material: Material) -> list[Flowable]:
    """Say what the report's profile leaves out, in every one that is made for others."""
    sentences = left_out(material.profile)
    return whole(labelled("What this report leaves out", paragraph(" ".join(sentences)))) if sentences else []


def _levels(material: Material) -> list[Flowable]:
    if material.assessment is None:
        return []
    rubric = material.assessment.rubric
    return [
        *whole(labelled("How levels are derived", *_rule(rubric), before=16)),
        *whole(labelled("Answers", _scale(rubric))),
        *whole(labelled("Evidence", *_reading(material))),
        *_agreement(material, material.assessment),
    ]


def _agreement(material: Material, assessment: Assessment) -> list[Flowable]:
    """Say how far assessors agreed before they talked, where two or more have answered the same."""
    found = answer_agreement(material.document, assessment)
    measure = found.overall.measure
    if not measure.pairs:
        return []
    ballots = ballots_in(material.document, assessment.rubric.id, assessment.round.key if assessment.round else "")
    apart = [each.case.name for each in assessment.cases if _is_revealed(ballots.get(each.case.key))]
    figure = "" if measure.alpha is None else minus(f"{measure.alpha:.2f}")
    alpha = f" Krippendorff\u2019s alpha for ordinal data is {figure}." if figure else ""
    sentences = (
        f"{count(len(found.assessors), 'assessor')} answered.",
        f"For {listed(apart)} each answered without seeing the others\u2019 answers." if apart else "",
        f"{measure.words}{alpha}",
        "Answers that do not say how far a criterion is met are not compared.",
    )
    return whole(labelled("Assessors\u2019 agreement", paragraph(" ".join(filter(None, sentences)))))


def _is_revealed(ballot: Ballot | None) -> bool:
    return ballot is not None and not is_secret(ballot)


def _rule(rubric: Rubric) -> list[Flowable]:
    levels = [level(rubric, each.id, each.id, TEXT_BODY) for each in rubric.levels]
    return [
        paragraph(
            f"{rubric.title}, version {rubric.version}, has {count(len(rubric.criteria), 'criterion', 'criteria')} on "
            f"{count(len(rubric.principles), 'principle')}. {rule_text(rubric)}"
        ),
        paragraph(
            "Nobody types a level in. Where answers are unknown or withheld, the level is given with the one at most "
            "reached; the overall level always with the principle that limits it.",
            before=4,
        ),
        _in_lines([Cell([each]) for each in levels], min(len(levels), _LEVELS_ACROSS)),
    ]


def _scale(rubric: Rubric) -> Flowable:
    """Set the answers that the rubric offers, in its words; where levels are picked, those that are no pick."""
    offered = answers(rubric, rubric.principles[0])
    cells = []
    for each in offered.steps:
        if rank_of(each.verdict) is not None:
            continue
        covered = covers(each)
        name = verdict_word(offered, each.verdict) if covered and not each.points else each.label
        words = paragraph(name, Run(f"\n{covered}" if covered else ""), style=TEXT_SMALL)
        cells.append(Cell([Marked(answer_mark(offered, each.verdict), words, size=SMALL)]))
    if rubric.rule == "choice":
        cells = [Cell([paragraph("The level whose description fits best", style=TEXT_SMALL)]), *cells]
    return _in_lines(cells, _ACROSS)


def _in_lines(cells: Sequence[Cell], across: int) -> Flowable:
    """Set cells side by side, so many in a line."""
    lines = [cells[place : place + across] for place in range(0, len(cells), across)]
    rows = [Row([*line, *(Cell() for _ in range(across - len(line)))], rule=0, above=2) for line in lines]
    return Grid(shares(TEXT, *(1.0 for _ in range(across))), rows, gap=9, before=2)


def _reading(material: Material) -> list[Flowable]:
    text = [
        paragraph(
            "“I7 line 12” is line 12 of the notes of the seventh interview; M, O and D are meetings, observations and "
            "documents. ",
            "Evidence is ",
            Run("said", Face.SEMIBOLD),
            " by somebody, ",
            Run("shown", Face.SEMIBOLD),
            " to the assessors, or ",
            Run("documented", Face.SEMIBOLD),
            "; “contradicts” marks what speaks against a judgement, with the reason why it stands. Only words in "
            "quotation marks were said word for word.",
        )
    ]
    if material.has_unprintable:
        note = f"{REPLACEMENT} stands for a character that the typeface of this report does not have."
        text.append(paragraph(note, style=TEXT_NOTE, before=3))
    return text
