-- Codes and the chain of evidence: double coding, and what a link of evidence keeps; never edited: later changes are migrations.

CREATE TEMP TABLE old_codes AS SELECT * FROM main.codes;

DROP TABLE main.codes;

CREATE TABLE codes (
    name VARCHAR NOT NULL,
    parent_id VARCHAR(36),
    definition VARCHAR NOT NULL,
    use_when VARCHAR NOT NULL,
    avoid_when VARCHAR NOT NULL,
    colour VARCHAR NOT NULL,
    theme VARCHAR(9) NOT NULL,
    about VARCHAR(12),
    rubric_id VARCHAR(36),
    principle_id VARCHAR,
    factor_id VARCHAR(36),
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_codes_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_codes_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_codes PRIMARY KEY (id),
    CONSTRAINT ck_codes_name_not_empty CHECK (length(name) > 0),
    CONSTRAINT ck_codes_not_its_own_parent CHECK (parent_id <> id),
    CONSTRAINT ck_codes_part_has_rubric CHECK (principle_id IS NULL OR rubric_id IS NOT NULL),
    CONSTRAINT fk_codes_rubric_id_principle_id FOREIGN KEY(rubric_id, principle_id) REFERENCES rubric_principles (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_codes_parent_id FOREIGN KEY(parent_id) REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_codes_theme CHECK (theme IN ('procedure', 'tool', 'challenge', 'next_step', 'context', 'factor', 'other')),
    CONSTRAINT ck_codes_about CHECK (about IN ('case', 'organisation')),
    CONSTRAINT fk_codes_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_codes_factor_id FOREIGN KEY(factor_id) REFERENCES factors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_codes_key UNIQUE ("key")
);

CREATE INDEX ix_codes_factor_id ON codes (factor_id);

CREATE INDEX ix_codes_parent_id ON codes (parent_id);

CREATE INDEX ix_codes_rubric_id ON codes (rubric_id);

INSERT INTO codes ("name", "parent_id", "definition", "use_when", "avoid_when", "colour", "theme", "rubric_id", "principle_id", "factor_id", "key", "position", "id")
SELECT "name", "parent_id", "definition", "use_when", "avoid_when", "colour", "theme", "rubric_id", "principle_id", "factor_id", "key", "position", "id"
FROM temp.old_codes;

DROP TABLE temp.old_codes;

CREATE TEMP TABLE old_evidence AS SELECT * FROM main.evidence;

DROP TABLE main.evidence;

CREATE TABLE evidence (
    answer_id VARCHAR(36),
    finding_id VARCHAR(36),
    challenge_id VARCHAR(36),
    influence_id VARCHAR(36),
    passage_id VARCHAR(36) NOT NULL,
    weight VARCHAR(10) NOT NULL,
    stance VARCHAR(11) NOT NULL,
    reference VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_evidence_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_evidence PRIMARY KEY (id),
    CONSTRAINT ck_evidence_one_owner CHECK ((answer_id IS NOT NULL) + (finding_id IS NOT NULL) + (challenge_id IS NOT NULL) + (influence_id IS NOT NULL) = 1),
    CONSTRAINT uq_evidence_answer_id_passage_id UNIQUE (answer_id, passage_id),
    CONSTRAINT uq_evidence_finding_id_passage_id UNIQUE (finding_id, passage_id),
    CONSTRAINT uq_evidence_challenge_id_passage_id UNIQUE (challenge_id, passage_id),
    CONSTRAINT uq_evidence_influence_id_passage_id UNIQUE (influence_id, passage_id),
    CONSTRAINT fk_evidence_answer_id FOREIGN KEY(answer_id) REFERENCES answers (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_evidence_finding_id FOREIGN KEY(finding_id) REFERENCES findings (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_evidence_challenge_id FOREIGN KEY(challenge_id) REFERENCES challenges (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_evidence_influence_id FOREIGN KEY(influence_id) REFERENCES influences (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_evidence_passage_id FOREIGN KEY(passage_id) REFERENCES passages (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_evidence_weight CHECK (weight IN ('said', 'shown', 'documented')),
    CONSTRAINT ck_evidence_stance CHECK (stance IN ('supports', 'contradicts'))
);

CREATE INDEX ix_evidence_passage_id ON evidence (passage_id);

INSERT INTO evidence ("answer_id", "finding_id", "challenge_id", "influence_id", "passage_id", "weight", "stance", "reference", "position", "id", "note", "words")
SELECT "answer_id", "finding_id", "challenge_id", "influence_id", "passage_id", "weight", "stance", "reference", "position", "id", '', ''
FROM temp.old_evidence;

DROP TABLE temp.old_evidence;

CREATE TABLE double_codings (
    first_id VARCHAR(36) NOT NULL,
    second_id VARCHAR(36) NOT NULL,
    begun_at VARCHAR(40),
    first_done_at VARCHAR(40),
    second_done_at VARCHAR(40),
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_double_codings_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_double_codings_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_double_codings PRIMARY KEY (id),
    CONSTRAINT ck_double_codings_two_coders CHECK (first_id <> second_id),
    CONSTRAINT fk_double_codings_first_id FOREIGN KEY(first_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_double_codings_second_id FOREIGN KEY(second_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_double_codings_key UNIQUE ("key")
);

CREATE INDEX ix_double_codings_first_id ON double_codings (first_id);

CREATE INDEX ix_double_codings_second_id ON double_codings (second_id);

CREATE TABLE double_coding_sources (
    double_coding_id VARCHAR(36) NOT NULL,
    source_id VARCHAR(36) NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_double_coding_sources_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_double_coding_sources PRIMARY KEY (id),
    CONSTRAINT uq_double_coding_sources_double_coding_id_source_id UNIQUE (double_coding_id, source_id),
    CONSTRAINT fk_double_coding_sources_double_coding_id FOREIGN KEY(double_coding_id) REFERENCES double_codings (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_double_coding_sources_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_double_coding_sources_source_id ON double_coding_sources (source_id);

CREATE TABLE coded (
    double_coding_id VARCHAR(36) NOT NULL,
    coder_id VARCHAR(36) NOT NULL,
    entry_id VARCHAR(36) NOT NULL,
    code_id VARCHAR(36) NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_coded_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_coded PRIMARY KEY (id),
    CONSTRAINT uq_coded_double_coding_id_coder_id_entry_id_code_id UNIQUE (double_coding_id, coder_id, entry_id, code_id),
    CONSTRAINT fk_coded_double_coding_id FOREIGN KEY(double_coding_id) REFERENCES double_codings (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_coded_coder_id FOREIGN KEY(coder_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_coded_entry_id FOREIGN KEY(entry_id) REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_coded_code_id FOREIGN KEY(code_id) REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_coded_code_id ON coded (code_id);

CREATE INDEX ix_coded_coder_id ON coded (coder_id);

CREATE INDEX ix_coded_entry_id ON coded (entry_id);

CREATE TABLE resolutions (
    double_coding_id VARCHAR(36) NOT NULL,
    entry_id VARCHAR(36) NOT NULL,
    code_id VARCHAR(36) NOT NULL,
    applies BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    by_id VARCHAR(36),
    decided_at VARCHAR(40),
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_resolutions_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_resolutions PRIMARY KEY (id),
    CONSTRAINT uq_resolutions_double_coding_id_entry_id_code_id UNIQUE (double_coding_id, entry_id, code_id),
    CONSTRAINT ck_resolutions_reason_not_empty CHECK (length(reason) > 0),
    CONSTRAINT fk_resolutions_double_coding_id FOREIGN KEY(double_coding_id) REFERENCES double_codings (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_resolutions_entry_id FOREIGN KEY(entry_id) REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_resolutions_code_id FOREIGN KEY(code_id) REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_resolutions_by_id FOREIGN KEY(by_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_resolutions_by_id ON resolutions (by_id);

CREATE INDEX ix_resolutions_code_id ON resolutions (code_id);

CREATE INDEX ix_resolutions_entry_id ON resolutions (entry_id);
