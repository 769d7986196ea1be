--liquibase formatted sql

--changeset boxoffice:0008-mail-delivery
ALTER TABLE mails
  ADD COLUMN state      text    NOT NULL DEFAULT 'KEPT'
                                CHECK (state IN ('KEPT', 'QUEUED', 'SENT', 'FAILED')),
  ADD COLUMN attempts   integer NOT NULL DEFAULT 0,
  ADD COLUMN due_at     timestamptz,
  ADD COLUMN expires_at timestamptz,
  ADD COLUMN sent_at    timestamptz,
  ADD COLUMN failure    text,
  ADD CONSTRAINT mails_due_while_queued CHECK ((state = 'QUEUED') = (due_at IS NOT NULL));
COMMENT ON COLUMN mails.due_at IS 'When the next attempt may begin; while a replica sends the mail, when its claim ends';
COMMENT ON COLUMN mails.expires_at IS 'When a queued mail is given up, such as at the end of its code';
COMMENT ON COLUMN mails.failure IS 'The last refusal, which can contain the address';
CREATE INDEX mails_by_due_time ON mails (due_at) WHERE due_at IS NOT NULL;
--rollback DROP INDEX mails_by_due_time;
--rollback ALTER TABLE mails DROP CONSTRAINT mails_due_while_queued, DROP COLUMN state, DROP COLUMN attempts, DROP COLUMN due_at, DROP COLUMN expires_at, DROP COLUMN sent_at, DROP COLUMN failure;
