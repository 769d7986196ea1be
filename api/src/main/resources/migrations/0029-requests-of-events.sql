--liquibase formatted sql

--changeset boxoffice:0029-requests-of-events
ALTER TABLE outbox ADD COLUMN request_id text CHECK (length(request_id) <= 128);
COMMENT ON COLUMN outbox.request_id IS 'The id of the request that made the change, for log lines; null without one';
--rollback ALTER TABLE outbox DROP COLUMN request_id;
