-- The notebook: sessions, authors, versions, originals, paper sheets, shorthand, search; never edited: later changes are migrations.

CREATE TEMP TABLE old_sources AS SELECT * FROM main.sources;

DROP TABLE main.sources;

CREATE TABLE sources (
    title VARCHAR NOT NULL,
    kind VARCHAR(11) NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    status VARCHAR(8) NOT NULL,
    started_at VARCHAR(40),
    ended_at VARCHAR(40),
    minutes VARCHAR NOT NULL,
    zone VARCHAR(64) NOT NULL,
    place VARCHAR NOT NULL,
    consent VARCHAR NOT NULL,
    allowed VARCHAR NOT NULL,
    remark VARCHAR NOT NULL,
    planned INTEGER NOT NULL,
    clock VARCHAR(7) NOT NULL,
    paused_at VARCHAR(40),
    paused INTEGER NOT NULL,
    finished_at VARCHAR(40),
    finished_by_id VARCHAR(36),
    sheet VARCHAR NOT NULL,
    guide_id VARCHAR(36),
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_sources_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_sources_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_sources PRIMARY KEY (id),
    CONSTRAINT ck_sources_title_not_empty CHECK (length(title) > 0),
    CONSTRAINT ck_sources_ends_after_it_starts CHECK (substr(ended_at, 1, 19) >= substr(started_at, 1, 19)),
    CONSTRAINT ck_sources_no_end_without_start CHECK (ended_at IS NULL OR started_at IS NOT NULL),
    CONSTRAINT ck_sources_clock_has_start CHECK (clock = 'stopped' OR started_at IS NOT NULL),
    CONSTRAINT ck_sources_paused_since CHECK ((clock = 'paused') = (paused_at IS NOT NULL)),
    CONSTRAINT ck_sources_sourcekind CHECK (kind IN ('interview', 'meeting', 'observation', 'document')),
    CONSTRAINT fk_sources_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_sources_sourcestatus CHECK (status IN ('planned', 'open', 'finished')),
    CONSTRAINT ck_sources_clock CHECK (clock IN ('stopped', 'running', 'paused')),
    CONSTRAINT fk_sources_finished_by_id FOREIGN KEY(finished_by_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_sources_guide_id FOREIGN KEY(guide_id) REFERENCES guides (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_sources_key UNIQUE ("key")
);

CREATE INDEX ix_sources_finished_by_id ON sources (finished_by_id);

CREATE INDEX ix_sources_guide_id ON sources (guide_id);

CREATE INDEX ix_sources_round_id ON sources (round_id);

INSERT INTO sources ("title", "kind", "round_id", "status", "started_at", "ended_at", "minutes", "zone", "place", "consent", "remark", "guide_id", "key", "position", "id", "allowed", "planned", "clock", "paused", "sheet")
SELECT "title", "kind", "round_id", "status", "started_at", "ended_at", "minutes", "zone", "place", "consent", "remark", "guide_id", "key", "position", "id", '', 0, 'stopped', 0, ''
FROM temp.old_sources;

DROP TABLE temp.old_sources;

CREATE TEMP TABLE old_entries AS SELECT * FROM main.entries;

DROP TABLE main.entries;

CREATE TABLE entries (
    source_id VARCHAR(36) NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR(11) NOT NULL,
    at VARCHAR(40),
    speaker_id VARCHAR,
    uncertain BOOLEAN NOT NULL,
    released BOOLEAN NOT NULL,
    author_id VARCHAR(36),
    flag VARCHAR(9),
    case_id VARCHAR(36),
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_entries_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_entries_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_entries PRIMARY KEY (id),
    CONSTRAINT uq_entries_source_id_id UNIQUE (source_id, id),
    CONSTRAINT fk_entries_source_id_speaker_id FOREIGN KEY(source_id, speaker_id) REFERENCES source_participants (source_id, participant_id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_entries_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_entries_entrykind CHECK (kind IN ('paraphrase', 'quotation', 'observation', 'reflection', 'question')),
    CONSTRAINT fk_entries_author_id FOREIGN KEY(author_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_entries_flag CHECK (flag IN ('challenge', 'next_step')),
    CONSTRAINT fk_entries_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_entries_key UNIQUE ("key")
);

CREATE INDEX ix_entries_author_id ON entries (author_id);

CREATE INDEX ix_entries_case_id ON entries (case_id);

CREATE INDEX ix_entries_order ON entries (source_id, position);

CREATE INDEX ix_entries_speaker_id ON entries (speaker_id);

INSERT INTO entries ("source_id", "text", "kind", "at", "speaker_id", "uncertain", "released", "key", "position", "id")
SELECT "source_id", "text", "kind", "at", "speaker_id", "uncertain", "released", "key", "position", "id"
FROM temp.old_entries;

DROP TABLE temp.old_entries;

CREATE TEMP TABLE old_spans AS SELECT * FROM main.spans;

DROP TABLE main.spans;

CREATE TABLE spans (
    source_id VARCHAR(36) NOT NULL,
    passage_id VARCHAR NOT NULL,
    entry_id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    whole BOOLEAN NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_spans_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_spans PRIMARY KEY (id),
    CONSTRAINT ck_spans_not_empty CHECK (start >= 0 AND start < end),
    CONSTRAINT uq_spans_passage_id_entry_id_start UNIQUE (passage_id, entry_id, start),
    CONSTRAINT fk_spans_source_id_passage_id FOREIGN KEY(source_id, passage_id) REFERENCES passages (source_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_spans_source_id_entry_id FOREIGN KEY(source_id, entry_id) REFERENCES entries (source_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_spans_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_spans_entry_id ON spans (entry_id);

CREATE INDEX ix_spans_source_id ON spans (source_id);

INSERT INTO spans ("source_id", "passage_id", "entry_id", "start", "end", "position", "id", "whole")
SELECT "source_id", "passage_id", "entry_id", "start", "end", "position", "id", 0
FROM temp.old_spans;

DROP TABLE temp.old_spans;

CREATE TEMP TABLE old_follow_ups AS SELECT * FROM main.follow_ups;

DROP TABLE main.follow_ups;

CREATE TABLE follow_ups (
    question VARCHAR NOT NULL,
    state VARCHAR(8) NOT NULL,
    entry_id VARCHAR(36),
    rubric_id VARCHAR(36),
    criterion_id VARCHAR,
    case_id VARCHAR(36),
    participant_id VARCHAR(36),
    asked_at VARCHAR(40),
    answered_in_id VARCHAR(36),
    answer_id VARCHAR(36),
    resolution VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_follow_ups_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_follow_ups_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_follow_ups PRIMARY KEY (id),
    CONSTRAINT ck_follow_ups_question_not_empty CHECK (length(question) > 0),
    CONSTRAINT ck_follow_ups_part_has_rubric CHECK (criterion_id IS NULL OR rubric_id IS NOT NULL),
    CONSTRAINT ck_follow_ups_answer_is_told CHECK (state <> 'answered' OR resolution <> '' OR answered_in_id IS NOT NULL OR answer_id IS NOT NULL),
    CONSTRAINT fk_follow_ups_rubric_id_criterion_id FOREIGN KEY(rubric_id, criterion_id) REFERENCES rubric_criteria (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_follow_ups_followupstate CHECK (state IN ('open', 'asked', 'answered', 'dropped')),
    CONSTRAINT fk_follow_ups_entry_id FOREIGN KEY(entry_id) REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_follow_ups_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_follow_ups_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_follow_ups_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_follow_ups_answered_in_id FOREIGN KEY(answered_in_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_follow_ups_answer_id FOREIGN KEY(answer_id) REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_follow_ups_key UNIQUE ("key")
);

CREATE INDEX ix_follow_ups_answer_id ON follow_ups (answer_id);

CREATE INDEX ix_follow_ups_answered_in_id ON follow_ups (answered_in_id);

CREATE INDEX ix_follow_ups_case_id ON follow_ups (case_id);

CREATE INDEX ix_follow_ups_entry_id ON follow_ups (entry_id);

CREATE INDEX ix_follow_ups_participant_id ON follow_ups (participant_id);

CREATE INDEX ix_follow_ups_rubric_id ON follow_ups (rubric_id);

INSERT INTO follow_ups ("question", "state", "entry_id", "rubric_id", "criterion_id", "case_id", "participant_id", "answered_in_id", "resolution", "key", "position", "id")
SELECT "question", "state", "entry_id", "rubric_id", "criterion_id", "case_id", "participant_id", "answered_in_id", "resolution", "key", "position", "id"
FROM temp.old_follow_ups;

DROP TABLE temp.old_follow_ups;

CREATE TABLE asked_questions (
    source_id VARCHAR(36) NOT NULL,
    question_id VARCHAR(36) NOT NULL,
    at VARCHAR(40),
    answered BOOLEAN NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_asked_questions_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_asked_questions PRIMARY KEY (id),
    CONSTRAINT uq_asked_questions_source_id_question_id UNIQUE (source_id, question_id),
    CONSTRAINT fk_asked_questions_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_asked_questions_question_id FOREIGN KEY(question_id) REFERENCES questions (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_asked_questions_question_id ON asked_questions (question_id);

CREATE TABLE originals (
    source_id VARCHAR(36) NOT NULL,
    author_id VARCHAR(36) NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR(11) NOT NULL,
    at VARCHAR(40),
    speaker_id VARCHAR,
    uncertain BOOLEAN NOT NULL,
    flag VARCHAR(9),
    case_id VARCHAR(36),
    fate VARCHAR(8) NOT NULL,
    entry_id VARCHAR(36),
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_originals_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_originals_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_originals PRIMARY KEY (id),
    CONSTRAINT fk_originals_source_id_speaker_id FOREIGN KEY(source_id, speaker_id) REFERENCES source_participants (source_id, participant_id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_originals_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_originals_author_id FOREIGN KEY(author_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_originals_entrykind CHECK (kind IN ('paraphrase', 'quotation', 'observation', 'reflection', 'question')),
    CONSTRAINT ck_originals_flag CHECK (flag IN ('challenge', 'next_step')),
    CONSTRAINT fk_originals_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_originals_fate CHECK (fate IN ('open', 'taken', 'edited', 'left_out')),
    CONSTRAINT fk_originals_entry_id FOREIGN KEY(entry_id) REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_originals_key UNIQUE ("key")
);

CREATE INDEX ix_originals_author_id ON originals (author_id);

CREATE INDEX ix_originals_case_id ON originals (case_id);

CREATE INDEX ix_originals_entry_id ON originals (entry_id);

CREATE INDEX ix_originals_order ON originals (source_id, position);

CREATE INDEX ix_originals_speaker_id ON originals (speaker_id);

CREATE TABLE versions (
    source_id VARCHAR(36) NOT NULL,
    line VARCHAR NOT NULL,
    sitting VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR(11) NOT NULL,
    speaker_id VARCHAR(36),
    noted_at VARCHAR(40),
    below VARCHAR NOT NULL,
    until VARCHAR(40) NOT NULL,
    by_id VARCHAR(36),
    reason VARCHAR NOT NULL,
    added BOOLEAN NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_versions_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_versions PRIMARY KEY (id),
    CONSTRAINT uq_versions_source_id_line_sitting UNIQUE (source_id, line, sitting),
    CONSTRAINT fk_versions_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_versions_entrykind CHECK (kind IN ('paraphrase', 'quotation', 'observation', 'reflection', 'question')),
    CONSTRAINT fk_versions_speaker_id FOREIGN KEY(speaker_id) REFERENCES participants (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_versions_by_id FOREIGN KEY(by_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_versions_by_id ON versions (by_id);

CREATE INDEX ix_versions_speaker_id ON versions (speaker_id);

CREATE TABLE sheets (
    number INTEGER NOT NULL,
    kind VARCHAR(9) NOT NULL,
    printed_at VARCHAR(40),
    source_id VARCHAR(36),
    case_id VARCHAR(36),
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_sheets_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_sheets_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_sheets PRIMARY KEY (id),
    CONSTRAINT uq_sheets_number UNIQUE (number),
    CONSTRAINT ck_sheets_sheetkind CHECK (kind IN ('interview', 'rubric')),
    CONSTRAINT fk_sheets_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_sheets_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_sheets_key UNIQUE ("key")
);

CREATE INDEX ix_sheets_case_id ON sheets (case_id);

CREATE INDEX ix_sheets_source_id ON sheets (source_id);

CREATE TABLE shorthands (
    short VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    assessor_id VARCHAR(36),
    id VARCHAR(36) NOT NULL CONSTRAINT ck_shorthands_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_shorthands PRIMARY KEY (id),
    CONSTRAINT ck_shorthands_short_not_empty CHECK (length(short) > 0),
    CONSTRAINT ck_shorthands_words_not_empty CHECK (length(words) > 0),
    CONSTRAINT uq_shorthands_short_assessor_id UNIQUE (short, assessor_id),
    CONSTRAINT fk_shorthands_assessor_id FOREIGN KEY(assessor_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_shorthands_assessor_id ON shorthands (assessor_id);

CREATE TABLE search_rows (
    id INTEGER NOT NULL PRIMARY KEY,
    "table" VARCHAR(64) NOT NULL,
    row VARCHAR(36) NOT NULL UNIQUE
);

CREATE VIRTUAL TABLE search_texts USING fts5(
    text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
);
