--liquibase formatted sql

--changeset boxoffice:0018-traces
ALTER TABLE outbox ADD COLUMN traceparent text CHECK (length(traceparent) = 55);
COMMENT ON COLUMN outbox.traceparent IS 'The place of the change in its trace (W3C Trace Context); null without a recorded trace';
--rollback ALTER TABLE outbox DROP COLUMN traceparent;
