-- The first schema, as app/model/entities declared it then; never edited: later changes are migrations.

CREATE TABLE assessors (
    name VARCHAR NOT NULL,
    affiliation VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_assessors_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_assessors_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_assessors PRIMARY KEY (id),
    CONSTRAINT ck_assessors_name_not_empty CHECK (length(name) > 0),
    CONSTRAINT uq_assessors_key UNIQUE ("key")
);

CREATE TABLE audit (
    seq INTEGER NOT NULL,
    at VARCHAR(40) NOT NULL,
    who VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    sitting VARCHAR NOT NULL,
    merge_key VARCHAR NOT NULL,
    undoable BOOLEAN NOT NULL,
    undoes INTEGER,
    redoes INTEGER,
    "before" VARCHAR(64) NOT NULL,
    "after" VARCHAR(64) NOT NULL,
    previous VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (seq),
    CONSTRAINT ck_audit_undoes_the_past CHECK (undoes IS NULL OR undoes < seq),
    CONSTRAINT ck_audit_redoes_the_past CHECK (redoes IS NULL OR redoes < seq),
    CONSTRAINT ck_audit_one_direction CHECK (undoes IS NULL OR redoes IS NULL),
    CONSTRAINT uq_audit_hash UNIQUE (hash)
);

CREATE TABLE cases (
    name VARCHAR NOT NULL,
    summary VARCHAR NOT NULL,
    ml_type VARCHAR NOT NULL,
    data_source VARCHAR NOT NULL,
    deployment VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    developed_by VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_cases_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_cases_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_cases PRIMARY KEY (id),
    CONSTRAINT ck_cases_name_not_empty CHECK (length(name) > 0),
    CONSTRAINT uq_cases_key UNIQUE ("key")
);

CREATE TABLE factors (
    name VARCHAR NOT NULL,
    belongs_to VARCHAR(12) NOT NULL,
    tendency VARCHAR(11) NOT NULL,
    definition VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_factors_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_factors_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_factors PRIMARY KEY (id),
    CONSTRAINT ck_factors_name_not_empty CHECK (length(name) > 0),
    CONSTRAINT ck_factors_belongsto CHECK (belongs_to IN ('organisation', 'market', 'case')),
    CONSTRAINT ck_factors_tendency CHECK (tendency IN ('facilitates', 'inhibits')),
    CONSTRAINT uq_factors_key UNIQUE ("key")
);

CREATE TABLE guides (
    name VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_guides_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_guides_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_guides PRIMARY KEY (id),
    CONSTRAINT ck_guides_name_not_empty CHECK (length(name) > 0),
    CONSTRAINT uq_guides_key UNIQUE ("key")
);

CREATE TABLE holder (
    only INTEGER NOT NULL,
    who VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    process INTEGER NOT NULL,
    since VARCHAR(40) NOT NULL,
    CONSTRAINT pk_holder PRIMARY KEY (only),
    CONSTRAINT ck_holder_one_row CHECK (only = 1)
);

CREATE TABLE participants (
    pseudonym VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_participants_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_participants_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_participants PRIMARY KEY (id),
    CONSTRAINT ck_participants_pseudonym_not_empty CHECK (length(pseudonym) > 0),
    CONSTRAINT ck_participants_role_not_empty CHECK (length(role) > 0),
    CONSTRAINT uq_participants_key UNIQUE ("key")
);

CREATE TABLE profiles (
    name VARCHAR NOT NULL,
    quotations VARCHAR(8) NOT NULL,
    dates VARCHAR(5) NOT NULL,
    assessor_names BOOLEAN NOT NULL,
    organisation_name BOOLEAN NOT NULL,
    case_names BOOLEAN NOT NULL,
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

CREATE TABLE rounds (
    name VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    starts VARCHAR(10),
    ends VARCHAR(10),
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_rounds_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_rounds_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_rounds PRIMARY KEY (id),
    CONSTRAINT ck_rounds_name_not_empty CHECK (length(name) > 0),
    CONSTRAINT ck_rounds_ends_after_it_starts CHECK (ends >= starts),
    CONSTRAINT uq_rounds_key UNIQUE ("key")
);

CREATE TABLE rubrics (
    "key" VARCHAR NOT NULL,
    position DOUBLE NOT NULL,
    version VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_rubrics_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_rubrics PRIMARY KEY (id),
    CONSTRAINT ck_rubrics_text_not_empty CHECK (length(text) > 0),
    CONSTRAINT ck_rubrics_version_not_empty CHECK (length(version) > 0),
    CONSTRAINT uq_rubrics_key UNIQUE ("key")
);

CREATE TABLE site_policy (
    only INTEGER NOT NULL,
    recording VARCHAR(10) NOT NULL,
    photographs VARCHAR(10) NOT NULL,
    laptops VARCHAR(10) NOT NULL,
    removable_media VARCHAR(10) NOT NULL,
    marking VARCHAR NOT NULL,
    conditions VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_site_policy_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_site_policy PRIMARY KEY (id),
    CONSTRAINT ck_site_policy_one_row CHECK (only = 1),
    CONSTRAINT uq_site_policy_only UNIQUE (only),
    CONSTRAINT ck_site_policy_permission CHECK (recording IN ('allowed', 'restricted', 'forbidden', 'not_asked')),
    CONSTRAINT ck_site_policy_permission CHECK (photographs IN ('allowed', 'restricted', 'forbidden', 'not_asked')),
    CONSTRAINT ck_site_policy_permission CHECK (laptops IN ('allowed', 'restricted', 'forbidden', 'not_asked')),
    CONSTRAINT ck_site_policy_permission CHECK (removable_media IN ('allowed', 'restricted', 'forbidden', 'not_asked'))
);

CREATE TABLE study (
    only INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    organisation_name VARCHAR NOT NULL,
    organisation_sector VARCHAR NOT NULL,
    organisation_description VARCHAR NOT NULL,
    purpose VARCHAR NOT NULL,
    about VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    zone VARCHAR(64) NOT NULL,
    created_at VARCHAR(40) NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_study_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_study PRIMARY KEY (id),
    CONSTRAINT ck_study_one_row CHECK (only = 1),
    CONSTRAINT ck_study_title_not_empty CHECK (length(title) > 0),
    CONSTRAINT ck_study_organisation_name_not_empty CHECK (length(organisation_name) > 0),
    CONSTRAINT uq_study_only UNIQUE (only)
);

CREATE TABLE audit_changes (
    seq INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    "table" VARCHAR(64) NOT NULL,
    "row" VARCHAR(64) NOT NULL,
    "before" VARCHAR(64),
    "after" VARCHAR(64),
    row_before VARCHAR,
    row_after VARCHAR,
    CONSTRAINT pk_audit_changes PRIMARY KEY (seq, ordinal),
    CONSTRAINT fk_audit_changes_seq FOREIGN KEY(seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_audit_changes_row ON audit_changes ("row");

CREATE TABLE identities (
    participant_id VARCHAR(36) NOT NULL,
    name VARCHAR NOT NULL,
    contact VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_identities_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_identities PRIMARY KEY (id),
    CONSTRAINT ck_identities_name_not_empty CHECK (length(name) > 0),
    CONSTRAINT uq_identities_participant_id UNIQUE (participant_id),
    CONSTRAINT fk_identities_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE influences (
    factor_id VARCHAR(36) NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    case_id VARCHAR(36),
    strength VARCHAR(20) NOT NULL,
    memo VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_influences_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_influences PRIMARY KEY (id),
    CONSTRAINT uq_influences_factor_id_round_id_case_id UNIQUE (factor_id, round_id, case_id),
    CONSTRAINT fk_influences_factor_id FOREIGN KEY(factor_id) REFERENCES factors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_influences_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_influences_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_influences_strength CHECK (strength IN ('strongly_facilitates', 'somewhat_facilitates', 'neutral', 'somewhat_inhibits', 'strongly_inhibits', 'not_applicable', 'unknown'))
);

CREATE INDEX ix_influences_case_id ON influences (case_id);

CREATE INDEX ix_influences_round_id ON influences (round_id);

CREATE UNIQUE INDEX uq_influences_organisation ON influences (factor_id, round_id) WHERE case_id IS NULL;

CREATE TABLE reviews (
    reviewer_id VARCHAR(36) NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    held_at VARCHAR(40),
    remark VARCHAR NOT NULL,
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

CREATE TABLE rubric_levels (
    rubric_id VARCHAR(36) NOT NULL,
    "key" VARCHAR NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_rubric_levels_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_rubric_levels PRIMARY KEY (id),
    CONSTRAINT uq_rubric_levels_rubric_id_key UNIQUE (rubric_id, "key"),
    CONSTRAINT uq_rubric_levels_rubric_id_id UNIQUE (rubric_id, id),
    CONSTRAINT fk_rubric_levels_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE rubric_principles (
    rubric_id VARCHAR(36) NOT NULL,
    "key" VARCHAR NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_rubric_principles_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_rubric_principles PRIMARY KEY (id),
    CONSTRAINT uq_rubric_principles_rubric_id_key UNIQUE (rubric_id, "key"),
    CONSTRAINT uq_rubric_principles_rubric_id_id UNIQUE (rubric_id, id),
    CONSTRAINT fk_rubric_principles_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED
);

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
    remark VARCHAR NOT NULL,
    guide_id VARCHAR(36),
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_sources_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_sources_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_sources PRIMARY KEY (id),
    CONSTRAINT ck_sources_title_not_empty CHECK (length(title) > 0),
    CONSTRAINT ck_sources_ends_after_it_starts CHECK (substr(ended_at, 1, 19) >= substr(started_at, 1, 19)),
    CONSTRAINT ck_sources_no_end_without_start CHECK (ended_at IS NULL OR started_at IS NOT NULL),
    CONSTRAINT ck_sources_sourcekind CHECK (kind IN ('interview', 'meeting', 'observation', 'document')),
    CONSTRAINT fk_sources_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_sources_sourcestatus CHECK (status IN ('planned', 'open', 'finished')),
    CONSTRAINT fk_sources_guide_id FOREIGN KEY(guide_id) REFERENCES guides (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_sources_key UNIQUE ("key")
);

CREATE INDEX ix_sources_guide_id ON sources (guide_id);

CREATE INDEX ix_sources_round_id ON sources (round_id);

CREATE TABLE challenges (
    title VARCHAR NOT NULL,
    rubric_id VARCHAR(36) NOT NULL,
    principle_id VARCHAR NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    text VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_challenges_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_challenges_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_challenges PRIMARY KEY (id),
    CONSTRAINT ck_challenges_title_not_empty CHECK (length(title) > 0),
    CONSTRAINT fk_challenges_rubric_id_principle_id FOREIGN KEY(rubric_id, principle_id) REFERENCES rubric_principles (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_challenges_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_challenges_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_challenges_key UNIQUE ("key")
);

CREATE INDEX ix_challenges_round_id ON challenges (round_id);

CREATE INDEX ix_challenges_rubric_id ON challenges (rubric_id);

CREATE TABLE codes (
    name VARCHAR NOT NULL,
    parent_id VARCHAR(36),
    definition VARCHAR NOT NULL,
    use_when VARCHAR NOT NULL,
    avoid_when VARCHAR NOT NULL,
    colour VARCHAR NOT NULL,
    theme VARCHAR(9) NOT NULL,
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
    CONSTRAINT fk_codes_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_codes_factor_id FOREIGN KEY(factor_id) REFERENCES factors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_codes_key UNIQUE ("key")
);

CREATE INDEX ix_codes_factor_id ON codes (factor_id);

CREATE INDEX ix_codes_parent_id ON codes (parent_id);

CREATE INDEX ix_codes_rubric_id ON codes (rubric_id);

CREATE TABLE findings (
    rubric_id VARCHAR(36) NOT NULL,
    principle_id VARCHAR NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    text VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_findings_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_findings PRIMARY KEY (id),
    CONSTRAINT uq_findings_case_id_round_id_principle_id UNIQUE (case_id, round_id, principle_id),
    CONSTRAINT ck_findings_text_not_empty CHECK (length(text) > 0),
    CONSTRAINT fk_findings_rubric_id_principle_id FOREIGN KEY(rubric_id, principle_id) REFERENCES rubric_principles (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_findings_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_findings_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_findings_round_id FOREIGN KEY(round_id) REFERENCES rounds (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_findings_round_id ON findings (round_id);

CREATE INDEX ix_findings_rubric_id ON findings (rubric_id);

CREATE TABLE overrides (
    rubric_id VARCHAR(36) NOT NULL,
    principle_id VARCHAR NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    round_id VARCHAR(36) NOT NULL,
    level_id VARCHAR NOT NULL,
    assessor_id VARCHAR(36) NOT NULL,
    reason VARCHAR NOT NULL,
    set_at VARCHAR(40),
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

CREATE TABLE passages (
    source_id VARCHAR(36) NOT NULL,
    words VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_passages_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_passages_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_passages PRIMARY KEY (id),
    CONSTRAINT ck_passages_words_not_empty CHECK (length(words) > 0),
    CONSTRAINT uq_passages_source_id_id UNIQUE (source_id, id),
    CONSTRAINT fk_passages_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_passages_key UNIQUE ("key")
);

CREATE TABLE review_items (
    review_id VARCHAR(36) NOT NULL,
    rubric_id VARCHAR(36) NOT NULL,
    principle_id VARCHAR NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    verdict VARCHAR(9) NOT NULL,
    comment VARCHAR NOT NULL,
    resolution VARCHAR NOT NULL,
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

CREATE TABLE rubric_criteria (
    rubric_id VARCHAR(36) NOT NULL,
    principle_id VARCHAR(36) NOT NULL,
    "key" VARCHAR NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_rubric_criteria_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_rubric_criteria PRIMARY KEY (id),
    CONSTRAINT uq_rubric_criteria_rubric_id_key UNIQUE (rubric_id, "key"),
    CONSTRAINT uq_rubric_criteria_rubric_id_id UNIQUE (rubric_id, id),
    CONSTRAINT fk_rubric_criteria_rubric_id_principle_id FOREIGN KEY(rubric_id, principle_id) REFERENCES rubric_principles (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_rubric_criteria_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_rubric_criteria_principle_id ON rubric_criteria (principle_id);

CREATE TABLE source_assessors (
    source_id VARCHAR(36) NOT NULL,
    assessor_id VARCHAR(36) NOT NULL,
    part VARCHAR(11) NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_source_assessors_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_source_assessors PRIMARY KEY (id),
    CONSTRAINT uq_source_assessors_source_id_assessor_id UNIQUE (source_id, assessor_id),
    CONSTRAINT fk_source_assessors_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_source_assessors_assessor_id FOREIGN KEY(assessor_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_source_assessors_part CHECK (part IN ('interviewer', 'observer'))
);

CREATE INDEX ix_source_assessors_assessor_id ON source_assessors (assessor_id);

CREATE TABLE source_cases (
    source_id VARCHAR(36) NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_source_cases_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_source_cases PRIMARY KEY (id),
    CONSTRAINT uq_source_cases_source_id_case_id UNIQUE (source_id, case_id),
    CONSTRAINT fk_source_cases_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_source_cases_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_source_cases_case_id ON source_cases (case_id);

CREATE TABLE source_participants (
    source_id VARCHAR(36) NOT NULL,
    participant_id VARCHAR(36) NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_source_participants_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_source_participants PRIMARY KEY (id),
    CONSTRAINT uq_source_participants_source_id_participant_id UNIQUE (source_id, participant_id),
    CONSTRAINT fk_source_participants_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_source_participants_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_source_participants_participant_id ON source_participants (participant_id);

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
    CONSTRAINT ck_answers_verdict CHECK (verdict IN ('fully', 'largely', 'partially', 'not', 'not_applicable', 'unknown', 'withheld')),
    CONSTRAINT ck_answers_confidence CHECK (confidence IN ('low', 'medium', 'high'))
);

CREATE INDEX ix_answers_assessor_id ON answers (assessor_id);

CREATE INDEX ix_answers_round_id ON answers (round_id);

CREATE INDEX ix_answers_rubric_id ON answers (rubric_id);

CREATE TABLE challenge_cases (
    challenge_id VARCHAR(36) NOT NULL,
    case_id VARCHAR(36) NOT NULL,
    position DOUBLE NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_challenge_cases_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_challenge_cases PRIMARY KEY (id),
    CONSTRAINT uq_challenge_cases_challenge_id_case_id UNIQUE (challenge_id, case_id),
    CONSTRAINT fk_challenge_cases_challenge_id FOREIGN KEY(challenge_id) REFERENCES challenges (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_challenge_cases_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_challenge_cases_case_id ON challenge_cases (case_id);

CREATE TABLE codings (
    passage_id VARCHAR(36) NOT NULL,
    code_id VARCHAR(36) NOT NULL,
    assessor_id VARCHAR(36) NOT NULL,
    case_id VARCHAR(36),
    memo VARCHAR NOT NULL,
    made_at VARCHAR(40),
    id VARCHAR(36) NOT NULL CONSTRAINT ck_codings_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_codings PRIMARY KEY (id),
    CONSTRAINT uq_codings_passage_id_code_id_assessor_id UNIQUE (passage_id, code_id, assessor_id),
    CONSTRAINT fk_codings_passage_id FOREIGN KEY(passage_id) REFERENCES passages (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_codings_code_id FOREIGN KEY(code_id) REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_codings_assessor_id FOREIGN KEY(assessor_id) REFERENCES assessors (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_codings_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_codings_assessor_id ON codings (assessor_id);

CREATE INDEX ix_codings_case_id ON codings (case_id);

CREATE INDEX ix_codings_code_id ON codings (code_id);

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
    CONSTRAINT ck_consensus_verdict CHECK (verdict IN ('fully', 'largely', 'partially', 'not', 'not_applicable', 'unknown', 'withheld'))
);

CREATE INDEX ix_consensus_round_id ON consensus (round_id);

CREATE INDEX ix_consensus_rubric_id ON consensus (rubric_id);

CREATE TABLE entries (
    source_id VARCHAR(36) NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR(11) NOT NULL,
    at VARCHAR(40),
    speaker_id VARCHAR,
    uncertain BOOLEAN NOT NULL,
    released BOOLEAN NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_entries_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_entries_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_entries PRIMARY KEY (id),
    CONSTRAINT uq_entries_source_id_id UNIQUE (source_id, id),
    CONSTRAINT fk_entries_source_id_speaker_id FOREIGN KEY(source_id, speaker_id) REFERENCES source_participants (source_id, participant_id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_entries_source_id FOREIGN KEY(source_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_entries_entrykind CHECK (kind IN ('paraphrase', 'quotation', 'observation', 'reflection')),
    CONSTRAINT uq_entries_key UNIQUE ("key")
);

CREATE INDEX ix_entries_order ON entries (source_id, position);

CREATE INDEX ix_entries_speaker_id ON entries (speaker_id);

CREATE TABLE questions (
    guide_id VARCHAR(36) NOT NULL,
    text VARCHAR NOT NULL,
    rubric_id VARCHAR(36),
    principle_id VARCHAR,
    criterion_id VARCHAR,
    minutes INTEGER NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_questions_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_questions_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_questions PRIMARY KEY (id),
    CONSTRAINT ck_questions_text_not_empty CHECK (length(text) > 0),
    CONSTRAINT ck_questions_minutes_in_range CHECK (minutes BETWEEN 0 AND 600),
    CONSTRAINT ck_questions_part_has_rubric CHECK (rubric_id IS NOT NULL OR (principle_id IS NULL AND criterion_id IS NULL)),
    CONSTRAINT fk_questions_rubric_id_principle_id FOREIGN KEY(rubric_id, principle_id) REFERENCES rubric_principles (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_questions_rubric_id_criterion_id FOREIGN KEY(rubric_id, criterion_id) REFERENCES rubric_criteria (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_questions_guide_id FOREIGN KEY(guide_id) REFERENCES guides (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_questions_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_questions_key UNIQUE ("key")
);

CREATE INDEX ix_questions_guide_id ON questions (guide_id);

CREATE INDEX ix_questions_rubric_id ON questions (rubric_id);

CREATE TABLE evidence (
    answer_id VARCHAR(36),
    finding_id VARCHAR(36),
    challenge_id VARCHAR(36),
    influence_id VARCHAR(36),
    passage_id VARCHAR(36) NOT NULL,
    weight VARCHAR(10) NOT NULL,
    stance VARCHAR(11) NOT NULL,
    reference VARCHAR NOT NULL,
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

CREATE TABLE follow_ups (
    question VARCHAR NOT NULL,
    state VARCHAR(8) NOT NULL,
    entry_id VARCHAR(36),
    rubric_id VARCHAR(36),
    criterion_id VARCHAR,
    case_id VARCHAR(36),
    participant_id VARCHAR(36),
    answered_in_id VARCHAR(36),
    resolution VARCHAR NOT NULL,
    "key" VARCHAR(64) NOT NULL CONSTRAINT ck_follow_ups_key_is_plain CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9.-]*'),
    position FLOAT NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_follow_ups_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_follow_ups PRIMARY KEY (id),
    CONSTRAINT ck_follow_ups_question_not_empty CHECK (length(question) > 0),
    CONSTRAINT ck_follow_ups_part_has_rubric CHECK (criterion_id IS NULL OR rubric_id IS NOT NULL),
    CONSTRAINT ck_follow_ups_answer_is_told CHECK (state <> 'answered' OR resolution <> '' OR answered_in_id IS NOT NULL),
    CONSTRAINT fk_follow_ups_rubric_id_criterion_id FOREIGN KEY(rubric_id, criterion_id) REFERENCES rubric_criteria (rubric_id, id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_follow_ups_followupstate CHECK (state IN ('open', 'asked', 'answered', 'dropped')),
    CONSTRAINT fk_follow_ups_entry_id FOREIGN KEY(entry_id) REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_follow_ups_rubric_id FOREIGN KEY(rubric_id) REFERENCES rubrics (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_follow_ups_case_id FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_follow_ups_participant_id FOREIGN KEY(participant_id) REFERENCES participants (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_follow_ups_answered_in_id FOREIGN KEY(answered_in_id) REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_follow_ups_key UNIQUE ("key")
);

CREATE INDEX ix_follow_ups_answered_in_id ON follow_ups (answered_in_id);

CREATE INDEX ix_follow_ups_case_id ON follow_ups (case_id);

CREATE INDEX ix_follow_ups_entry_id ON follow_ups (entry_id);

CREATE INDEX ix_follow_ups_participant_id ON follow_ups (participant_id);

CREATE INDEX ix_follow_ups_rubric_id ON follow_ups (rubric_id);

CREATE TABLE spans (
    source_id VARCHAR(36) NOT NULL,
    passage_id VARCHAR NOT NULL,
    entry_id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
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
