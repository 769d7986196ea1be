--liquibase formatted sql

--changeset boxoffice:0014-outbox
CREATE TABLE outbox (
  position bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id       uuid        NOT NULL,
  type     text        NOT NULL,
  subject  uuid        NOT NULL,
  key      uuid        NOT NULL,
  time     timestamptz NOT NULL,
  data     json        NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
COMMENT ON TABLE outbox IS 'Events that are not published; the relay deletes a row when the transport has confirmed it';
COMMENT ON COLUMN outbox.position IS 'The order of publication; rows of one subject are written under the lock of its row';
COMMENT ON COLUMN outbox.key IS 'The partition key: the id of the concert or account';
--rollback DROP TABLE outbox;
