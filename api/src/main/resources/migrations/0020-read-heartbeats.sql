--liquibase formatted sql

--changeset boxoffice:0020-read-heartbeats
CREATE TABLE read_heartbeats (
  replica uuid PRIMARY KEY,
  sent_nanos bigint NOT NULL,
  sent_at timestamptz NOT NULL
);
COMMENT ON TABLE read_heartbeats IS 'Shows each replica with READ_DATABASE_URL how old the data of a standby are';
COMMENT ON COLUMN read_heartbeats.replica IS 'A random id for each start of a replica';
COMMENT ON COLUMN read_heartbeats.sent_nanos IS 'The monotonic clock of this replica, in nanoseconds; no other replica can use it';
COMMENT ON COLUMN read_heartbeats.sent_at IS 'For the deletion of old rows';
--rollback DROP TABLE read_heartbeats;
