--liquibase formatted sql

--changeset boxoffice:0017-concert-version
ALTER TABLE concerts ADD COLUMN version bigint NOT NULL DEFAULT 1 CHECK (version > 0);
COMMENT ON COLUMN concerts.version IS 'Counts the changes, so that a partner finds out which of two is the newer one';
--rollback ALTER TABLE concerts DROP COLUMN version;
