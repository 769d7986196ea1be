--liquibase formatted sql

--changeset boxoffice:0015-consumers
CREATE TABLE consumers (
  name    text        PRIMARY KEY,
  types   text[]      NOT NULL,
  seen_at timestamptz NOT NULL
);
COMMENT ON TABLE consumers IS 'The consumers of the PostgreSQL transport';
COMMENT ON COLUMN consumers.seen_at IS 'When a subscription last said that it runs';
--rollback DROP TABLE consumers;

--changeset boxoffice:0015-deliveries
CREATE TABLE deliveries (
  consumer     text        NOT NULL REFERENCES consumers,
  partition    smallint    NOT NULL,
  position     bigint      GENERATED ALWAYS AS IDENTITY,
  key          uuid        NOT NULL,
  event        text        NOT NULL,
  published_at timestamptz NOT NULL,
  attempts     smallint    NOT NULL DEFAULT 0,
  due_at       timestamptz,
  PRIMARY KEY (consumer, partition, position)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
CREATE INDEX deliveries_delayed ON deliveries (consumer, partition, key, position) WHERE due_at IS NOT NULL;
COMMENT ON TABLE deliveries IS 'Events that wait for a consumer; a row is deleted when the consumer is done';
COMMENT ON COLUMN deliveries.position IS 'The order of publication';
COMMENT ON COLUMN deliveries.event IS 'CloudEvents 1.0 in structured mode';
COMMENT ON COLUMN deliveries.due_at IS 'When a delivery that failed is tried again; NULL: it has not failed';
--rollback DROP TABLE deliveries;

--changeset boxoffice:0015-dead-letters
CREATE TABLE dead_letters (
  id         uuid        PRIMARY KEY,
  consumer   text        NOT NULL,
  event      text        NOT NULL,
  failure    text        NOT NULL,
  deliveries smallint    NOT NULL,
  failed_at  timestamptz NOT NULL
);
COMMENT ON TABLE dead_letters IS 'Deliveries that failed for good, until an operator replays or drops them';
--rollback DROP TABLE dead_letters;

--changeset boxoffice:0015-inbox
CREATE TABLE inbox (
  consumer    text        NOT NULL,
  message_id  uuid        NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (consumer, message_id)
);
CREATE INDEX inbox_received ON inbox USING brin (received_at);
COMMENT ON TABLE inbox IS 'Events whose effect is committed, so that a repeated delivery has none';
--rollback DROP TABLE inbox;
