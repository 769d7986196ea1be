--liquibase formatted sql

--changeset boxoffice:0017-reports
CREATE TABLE reports (
  id              uuid        PRIMARY KEY,
  concert_id      uuid        NOT NULL,
  idempotency_key text        UNIQUE,
  state           text        NOT NULL CHECK (state IN ('QUEUED', 'DONE', 'FAILED')),
  statement       text        CHECK (length(statement) <= 8000),
  failure         text,
  created_at      timestamptz NOT NULL,
  done_at         timestamptz,
  attempts        smallint    NOT NULL DEFAULT 0,
  due_at          timestamptz NOT NULL,
  CHECK ((state = 'DONE') = (statement IS NOT NULL)),
  CHECK (state <> 'FAILED' OR failure IS NOT NULL),
  CHECK ((state = 'QUEUED') = (done_at IS NULL))
);
CREATE INDEX reports_due ON reports (due_at) WHERE state = 'QUEUED';
CREATE INDEX reports_created ON reports (created_at);
COMMENT ON TABLE reports IS 'Reports that operators asked for, and the jobs that make them';
COMMENT ON COLUMN reports.statement IS 'What the report partner signed (JWS)';
COMMENT ON COLUMN reports.failure IS 'Why it failed, or why the last attempt did';
COMMENT ON COLUMN reports.attempts IS 'The attempts in sequence that did not reach the partner''s queue';
COMMENT ON COLUMN reports.due_at IS 'When any replica may ask the partner; while one asks, its lease ends then';
--rollback DROP TABLE reports;
