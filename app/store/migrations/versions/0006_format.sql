-- What a report was last exported as; never edited: later changes are migrations.

CREATE TEMP TABLE old_report_setup AS SELECT * FROM main.report_setup;

DROP TABLE main.report_setup;

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
    format VARCHAR(4) NOT NULL,
    sections VARCHAR NOT NULL,
    id VARCHAR(36) NOT NULL CONSTRAINT ck_report_setup_id_is_uuid CHECK (length(id) = 36),
    CONSTRAINT pk_report_setup PRIMARY KEY (id),
    CONSTRAINT ck_report_setup_one_row CHECK (only = 1),
    CONSTRAINT uq_report_setup_only UNIQUE (only),
    CONSTRAINT ck_report_setup_paper CHECK (paper IN ('a4', 'letter')),
    CONSTRAINT ck_report_setup_stage CHECK (stage IN ('draft', 'final')),
    CONSTRAINT ck_report_setup_reportformat CHECK (format IN ('pdf', 'docx', 'xlsx', 'csv'))
);

INSERT INTO report_setup ("only", "profile", "paper", "stage", "version", "recipient", "copies", "watermark", "protected", "sections", "id", "format")
SELECT "only", "profile", "paper", "stage", "version", "recipient", "copies", "watermark", "protected", "sections", "id", 'pdf'
FROM temp.old_report_setup;

DROP TABLE temp.old_report_setup;
