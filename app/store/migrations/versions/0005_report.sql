-- What a report may show: pseudonyms, allowances, how it was set up, and what a review was shown; never edited: later changes are migrations.

CREATE TEMP TABLE old_participants AS SELECT * FROM main.participants;

DROP TABLE main.participants;

CREATE TABLE participants (
    pseudonym VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    broader_role VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_participants_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_participants_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_participants PRIMARY KEY (id),
    CONSTRAINT ck_participants_pseudonym_not_empty CHECK (length(pseudonym) > 0),
    CONSTRAINT ck_participants_role_not_empty CHECK (length(role) > 0),
    CONSTRAINT uq_participants_key UNIQUE ("key")
);

INSERT INTO participants ("pseudonym", "role", "unit", "key", "position", "id", "broader_role")
SELECT "pseudonym", "role", "unit", "key", "position", "id", ''
FROM temp.old_participants;

DROP TABLE temp.old_participants;

CREATE TEMP TABLE old_sheets AS SELECT * FROM main.sheets;

DROP TABLE main.sheets;

CREATE TABLE sheets (
    number INTEGER NOT NULL,
    kind VARCHAR(9) NOT NULL,
    printed_at VARCHAR(40),
    source_id VARCHAR(36),
    case_id VARCHAR(36),
    participant_id VARCHAR(36),
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_sheets_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_sheets_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_sheets PRIMARY KEY (id),
    CONSTRAINT uq_sheets_number UNIQUE (number),
    CONSTRAINT ck_sheets_sheetkind CHECK (kind IN ('interview', 'rubric', 'review', 'read_back')),
    CONSTRAINT fk_sheets_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_sheets_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_sheets_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_sheets_key UNIQUE ("key")
);

CREATE INDEX ix_sheets_case_id ON sheets (case_id);

CREATE INDEX ix_sheets_participant_id ON sheets (participant_id);

CREATE INDEX ix_sheets_source_id ON sheets (source_id);

INSERT INTO sheets ("number", "kind", "printed_at", "source_id", "case_id", "key", "position", "id", "participant_id")
SELECT "number", "kind", "printed_at", "source_id", "case_id", "key", "position", "id", NULL
FROM temp.old_sheets;

DROP TABLE temp.old_sheets;

CREATE TEMP TABLE old_reviews AS SELECT * FROM main.reviews;

DROP TABLE main.reviews;

CREATE TABLE reviews (
    reviewer_id VARCHAR(36) NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    held_at VARCHAR(40),
    remark VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_reviews_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_reviews_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_reviews PRIMARY KEY (id),
    CONSTRAINT fk_reviews_reviewer_id FOREIGN KEY(reviewer_id) REFERENCES participants (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_reviews_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_reviews_key UNIQUE ("key")
);

CREATE INDEX ix_reviews_reviewer_id ON reviews (reviewer_id);

CREATE INDEX ix_reviews_round_id ON reviews (round_id);

INSERT INTO reviews ("reviewer_id", "round_id", "held_at", "remark", "key", "position", "id", "sheet")
SELECT "reviewer_id", "round_id", "held_at", "remark", "key", "position", "id", ''
FROM temp.old_reviews;

DROP TABLE temp.old_reviews;

CREATE TEMP TABLE old_review_items AS SELECT * FROM main.review_items;

DROP TABLE main.review_items;

CREATE TABLE review_items (
    review_id VARCHAR(36) NOT NULL,
    rubric_id VARCHAR(36) NOT NULL,
    principle_id VARCHAR NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    verdict VARCHAR(9),
    comment VARCHAR NOT NULL,
    resolution VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    finding VARCHAR NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_review_items_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_review_items PRIMARY KEY (id),
    CONSTRAINT uq_review_items_review_id_case_id_principle_id UNIQUE (review_id, case_id, principle_id),
    CONSTRAINT fk_review_items_rubric_id_principle_id FOREIGN KEY(rubric_id, principle_id) REFERENCES rubric_principles (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_review_items_review_id FOREIGN KEY(review_id) REFERENCES reviews (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_review_items_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_review_items_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_review_items_reviewverdict CHECK (verdict IN ('confirmed', 'corrected', 'disputed'))
);

CREATE INDEX ix_review_items_case_id ON review_items (case_id);

CREATE INDEX ix_review_items_rubric_id ON review_items (rubric_id);

INSERT INTO review_items ("review_id", "rubric_id", "principle_id", "case_id", "verdict", "comment", "resolution", "position", "id", "level", "finding")
SELECT "review_id", "rubric_id", "principle_id", "case_id", "verdict", "comment", "resolution", "position", "id", '', ''
FROM temp.old_review_items;

DROP TABLE temp.old_review_items;

CREATE TEMP TABLE old_profiles AS SELECT * FROM main.profiles;

DROP TABLE main.profiles;

CREATE TABLE profiles (
    name VARCHAR NOT NULL,
    quotations VARCHAR(8) NOT NULL,
    dates VARCHAR(5) NOT NULL,
    assessor_names BOOLEAN NOT NULL,
    organisation_name BOOLEAN NOT NULL,
    case_names BOOLEAN NOT NULL,
    site_names BOOLEAN NOT NULL,
    product_names BOOLEAN NOT NULL,
    vendor_names BOOLEAN NOT NULL,
    smallest_group INTEGER NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_profiles_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_profiles_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_profiles PRIMARY KEY (id),
    CONSTRAINT ck_profiles_name_not_empty CHECK (length(name) > 0),
    CONSTRAINT ck_profiles_group_in_range CHECK (smallest_group BETWEEN 1 AND 20),
    CONSTRAINT ck_profiles_quotations CHECK (quotations IN ('all', 'released', 'none')),
    CONSTRAINT ck_profiles_dates CHECK (dates IN ('day', 'month', 'year')),
    CONSTRAINT uq_profiles_key UNIQUE ("key")
);

INSERT INTO profiles ("name", "quotations", "dates", "assessor_names", "organisation_name", "case_names", "smallest_group", "key", "position", "id", "site_names", "product_names", "vendor_names")
SELECT "name", "quotations", "dates", "assessor_names", "organisation_name", "case_names", "smallest_group", "key", "position", "id", CASE WHEN key = 'anonymised' THEN 0 ELSE 1 END, CASE WHEN key IN ('client', 'anonymised') THEN 0 ELSE 1 END, CASE WHEN key IN ('client', 'anonymised') THEN 0 ELSE 1 END
FROM temp.old_profiles;

DROP TABLE temp.old_profiles;

CREATE TABLE pseudonyms (
    kind VARCHAR(12) NOT NULL,
    name VARCHAR NOT NULL,
    spellings VARCHAR NOT NULL,
    "instead" VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_pseudonyms_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_pseudonyms_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_pseudonyms PRIMARY KEY (id),
    CONSTRAINT ck_pseudonyms_name_not_empty CHECK (length(name) > 0),
    CONSTRAINT ck_pseudonyms_namekind CHECK (kind IN ('organisation', 'site', 'person', 'product', 'vendor', 'other')),
    CONSTRAINT uq_pseudonyms_key UNIQUE ("key")
);

CREATE TABLE allowances (
    profile VARCHAR(64) NOT NULL,
    text VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    by_id VARCHAR(36),
    at VARCHAR(40),
    id VARCHAR(36) NOT NULL CONSTRAINT ck_allowances_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_allowances PRIMARY KEY (id),
    CONSTRAINT ck_allowances_text_not_empty CHECK (length(text) > 0),
    CONSTRAINT ck_allowances_reason_not_empty CHECK (length(reason) > 0),
    CONSTRAINT uq_allowances_profile_text UNIQUE (profile, text),
    CONSTRAINT fk_allowances_by_id FOREIGN KEY(by_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_allowances_by_id ON allowances (by_id);

CREATE TABLE report_setup (
    only INTEGER NOT NULL,
    profile VARCHAR NOT NULL,
    paper VARCHAR(6) NOT NULL,
    stage VARCHAR(5) NOT NULL,
    version VARCHAR NOT NULL,
    recipient VARCHAR NOT NULL,
    copies INTEGER NOT NULL,
    watermark VARCHAR NOT NULL,
    protected BOOLEAN NOT NULL,
    sections VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_report_setup_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_report_setup PRIMARY KEY (id),
    CONSTRAINT ck_report_setup_one_row CHECK (only = 1),
    CONSTRAINT uq_report_setup_only UNIQUE (only),
    CONSTRAINT ck_report_setup_paper CHECK (paper IN ('a4', 'letter')),
    CONSTRAINT ck_report_setup_stage CHECK (stage IN ('draft', 'final'))
);

INSERT INTO report_setup (only, profile, paper, stage, version, recipient, copies, watermark, protected, sections, id)
SELECT 1, '', 'a4', 'draft', '', '', 1, '', 0, '', id FROM study;
