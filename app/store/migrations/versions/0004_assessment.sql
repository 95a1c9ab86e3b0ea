-- Assessment by several people and rubrics: ballots, dissent, targets, next steps, drafts and mappings of rubrics, and what an override rests on; never edited: later changes are migrations.

CREATE TEMP TABLE old_answers AS SELECT * FROM main.answers;

DROP TABLE main.answers;

CREATE TABLE answers (
    rubric_id VARCHAR(36) NOT NULL,
    criterion_id VARCHAR NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    assessor_id VARCHAR(36) NOT NULL,
    verdict VARCHAR(14),
    rationale VARCHAR NOT NULL,
    confidence VARCHAR(6),
    answered_at VARCHAR(40),
    id VARCHAR(36) NOT NULL CONSTRAINT ck_answers_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_answers PRIMARY KEY (id),
    CONSTRAINT uq_answers_case_id_round_id_criterion_id_assessor_id UNIQUE (case_id, round_id, criterion_id, assessor_id),
    CONSTRAINT ck_answers_not_applicable_has_reason CHECK (verdict <> 'not_applicable' OR length(trim(rationale)) > 0),
    CONSTRAINT fk_answers_rubric_id_criterion_id FOREIGN KEY(rubric_id, criterion_id) REFERENCES rubric_criteria (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_answers_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_answers_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_answers_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_answers_assessor_id FOREIGN KEY(assessor_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_answers_verdict CHECK (verdict IN ('fully', 'largely', 'partially', 'not', 'not_applicable', 'unknown', 'withheld', 'level-0', 'level-1', 'level-2', 'level-3', 'level-4', 'level-5', 'level-6', 'level-7', 'level-8', 'level-9')),
    CONSTRAINT ck_answers_confidence CHECK (confidence IN ('low', 'medium', 'high'))
);

CREATE INDEX ix_answers_assessor_id ON answers (assessor_id);

CREATE INDEX ix_answers_round_id ON answers (round_id);

CREATE INDEX ix_answers_rubric_id ON answers (rubric_id);

INSERT INTO answers ("rubric_id", "criterion_id", "case_id", "round_id", "assessor_id", "verdict", "rationale", "confidence", "answered_at", "id")
SELECT "rubric_id", "criterion_id", "case_id", "round_id", "assessor_id", "verdict", "rationale", "confidence", "answered_at", "id"
FROM temp.old_answers;

DROP TABLE temp.old_answers;

CREATE TEMP TABLE old_consensus AS SELECT * FROM main.consensus;

DROP TABLE main.consensus;

CREATE TABLE consensus (
    rubric_id VARCHAR(36) NOT NULL,
    criterion_id VARCHAR NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    verdict VARCHAR(14) NOT NULL,
    reason VARCHAR NOT NULL,
    agreed_at VARCHAR(40),
    id VARCHAR(36) NOT NULL CONSTRAINT ck_consensus_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_consensus PRIMARY KEY (id),
    CONSTRAINT uq_consensus_case_id_round_id_criterion_id UNIQUE (case_id, round_id, criterion_id),
    CONSTRAINT ck_consensus_reason_not_empty CHECK (length(reason) > 0),
    CONSTRAINT fk_consensus_rubric_id_criterion_id FOREIGN KEY(rubric_id, criterion_id) REFERENCES rubric_criteria (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_consensus_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_consensus_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_consensus_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_consensus_verdict CHECK (verdict IN ('fully', 'largely', 'partially', 'not', 'not_applicable', 'unknown', 'withheld', 'level-0', 'level-1', 'level-2', 'level-3', 'level-4', 'level-5', 'level-6', 'level-7', 'level-8', 'level-9'))
);

CREATE INDEX ix_consensus_round_id ON consensus (round_id);

CREATE INDEX ix_consensus_rubric_id ON consensus (rubric_id);

INSERT INTO consensus ("rubric_id", "criterion_id", "case_id", "round_id", "verdict", "reason", "agreed_at", "id")
SELECT "rubric_id", "criterion_id", "case_id", "round_id", "verdict", "reason", "agreed_at", "id"
FROM temp.old_consensus;

DROP TABLE temp.old_consensus;

CREATE TEMP TABLE old_overrides AS SELECT * FROM main.overrides;

DROP TABLE main.overrides;

CREATE TABLE overrides (
    rubric_id VARCHAR(36) NOT NULL,
    principle_id VARCHAR NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    level_id VARCHAR NOT NULL,
    assessor_id VARCHAR(36) NOT NULL,
    reason VARCHAR NOT NULL,
    set_at VARCHAR(40),
    basis VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_overrides_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_overrides PRIMARY KEY (id),
    CONSTRAINT uq_overrides_case_id_round_id_principle_id UNIQUE (case_id, round_id, principle_id),
    CONSTRAINT ck_overrides_reason_not_empty CHECK (length(reason) > 0),
    CONSTRAINT fk_overrides_rubric_id_principle_id FOREIGN KEY(rubric_id, principle_id) REFERENCES rubric_principles (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_overrides_rubric_id_level_id FOREIGN KEY(rubric_id, level_id) REFERENCES rubric_levels (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_overrides_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_overrides_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_overrides_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_overrides_assessor_id FOREIGN KEY(assessor_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_overrides_assessor_id ON overrides (assessor_id);

CREATE INDEX ix_overrides_round_id ON overrides (round_id);

CREATE INDEX ix_overrides_rubric_id ON overrides (rubric_id);

INSERT INTO overrides ("rubric_id", "principle_id", "case_id", "round_id", "level_id", "assessor_id", "reason", "set_at", "id", "basis")
SELECT "rubric_id", "principle_id", "case_id", "round_id", "level_id", "assessor_id", "reason", "set_at", "id", ''
FROM temp.old_overrides;

DROP TABLE temp.old_overrides;

CREATE TABLE dissents (
    consensus_id VARCHAR(36) NOT NULL,
    assessor_id VARCHAR(36) NOT NULL,
    reason VARCHAR NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_dissents_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_dissents PRIMARY KEY (id),
    CONSTRAINT uq_dissents_consensus_id_assessor_id UNIQUE (consensus_id, assessor_id),
    CONSTRAINT ck_dissents_reason_not_empty CHECK (length(reason) > 0),
    CONSTRAINT fk_dissents_consensus_id FOREIGN KEY(consensus_id) REFERENCES consensus (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_dissents_assessor_id FOREIGN KEY(assessor_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_dissents_assessor_id ON dissents (assessor_id);

CREATE TABLE ballots (
    rubric_id VARCHAR(36) NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    begun_at VARCHAR(40),
    revealed_at VARCHAR(40),
    id VARCHAR(36) NOT NULL CONSTRAINT ck_ballots_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_ballots PRIMARY KEY (id),
    CONSTRAINT uq_ballots_case_id_round_id_rubric_id UNIQUE (case_id, round_id, rubric_id),
    CONSTRAINT fk_ballots_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_ballots_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_ballots_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_ballots_round_id ON ballots (round_id);

CREATE INDEX ix_ballots_rubric_id ON ballots (rubric_id);

CREATE TABLE ballot_members (
    ballot_id VARCHAR(36) NOT NULL,
    assessor_id VARCHAR(36) NOT NULL,
    done_at VARCHAR(40),
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_ballot_members_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_ballot_members PRIMARY KEY (id),
    CONSTRAINT uq_ballot_members_ballot_id_assessor_id UNIQUE (ballot_id, assessor_id),
    CONSTRAINT fk_ballot_members_ballot_id FOREIGN KEY(ballot_id) REFERENCES ballots (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_ballot_members_assessor_id FOREIGN KEY(assessor_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_ballot_members_assessor_id ON ballot_members (assessor_id);

CREATE TABLE targets (
    rubric_id VARCHAR(36) NOT NULL,
    principle_id VARCHAR NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    level_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_targets_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_targets PRIMARY KEY (id),
    CONSTRAINT uq_targets_case_id_principle_id UNIQUE (case_id, principle_id),
    CONSTRAINT fk_targets_rubric_id_principle_id FOREIGN KEY(rubric_id, principle_id) REFERENCES rubric_principles (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_targets_rubric_id_level_id FOREIGN KEY(rubric_id, level_id) REFERENCES rubric_levels (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_targets_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_targets_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_targets_rubric_id ON targets (rubric_id);

CREATE TABLE next_steps (
    rubric_id VARCHAR(36) NOT NULL,
    criterion_id VARCHAR NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    verdict VARCHAR(14) NOT NULL,
    text VARCHAR NOT NULL,
    effort VARCHAR(6),
    owner VARCHAR NOT NULL,
    horizon VARCHAR(9),
    progress VARCHAR(9) NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_next_steps_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_next_steps_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_next_steps PRIMARY KEY (id),
    CONSTRAINT fk_next_steps_rubric_id_criterion_id FOREIGN KEY(rubric_id, criterion_id) REFERENCES rubric_criteria (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_next_steps_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_next_steps_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_next_steps_verdict CHECK (verdict IN ('fully', 'largely', 'partially', 'not', 'not_applicable', 'unknown', 'withheld', 'level-0', 'level-1', 'level-2', 'level-3', 'level-4', 'level-5', 'level-6', 'level-7', 'level-8', 'level-9')),
    CONSTRAINT ck_next_steps_effort CHECK (effort IN ('small', 'medium', 'large')),
    CONSTRAINT ck_next_steps_horizon CHECK (horizon IN ('quarter', 'half_year', 'year', 'later')),
    CONSTRAINT ck_next_steps_progress CHECK (progress IN ('planned', 'under_way', 'done', 'dropped')),
    CONSTRAINT uq_next_steps_key UNIQUE ("key")
);

CREATE INDEX ix_next_steps_case_id ON next_steps (case_id);

CREATE INDEX ix_next_steps_rubric_id ON next_steps (rubric_id);

CREATE TABLE mappings (
    text VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_mappings_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_mappings_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_mappings PRIMARY KEY (id),
    CONSTRAINT ck_mappings_text_not_empty CHECK (length(text) > 0),
    CONSTRAINT uq_mappings_key UNIQUE ("key")
);

CREATE TABLE drafts (
    title VARCHAR NOT NULL,
    based_on VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_drafts_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_drafts_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_drafts PRIMARY KEY (id),
    CONSTRAINT ck_drafts_title_not_empty CHECK (length(title) > 0),
    CONSTRAINT uq_drafts_key UNIQUE ("key")
);
