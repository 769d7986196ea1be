--liquibase formatted sql

--changeset boxoffice:0011-cancelled-concerts
ALTER TABLE concerts ADD COLUMN cancelled_at timestamptz;
ALTER TABLE ticket_types ADD COLUMN cancelled_at timestamptz;
COMMENT ON COLUMN ticket_types.cancelled_at IS
  'The same as in concerts: a sale that waits for this row sees its newest version, but not that of another row';
--rollback ALTER TABLE concerts DROP COLUMN cancelled_at; ALTER TABLE ticket_types DROP COLUMN cancelled_at;

--changeset boxoffice:0011-concert-cancellations
CREATE TABLE concert_cancellations (
  concert_id     uuid        PRIMARY KEY REFERENCES concerts (id),
  reason         text        CHECK (char_length(reason) BETWEEN 1 AND 500),
  after_order    uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  after_purchase uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  swept_at       timestamptz,
  completed_at   timestamptz
);
COMMENT ON TABLE concert_cancellations IS 'How far the orders and purchases of cancelled concerts are given back';
COMMENT ON COLUMN concert_cancellations.after_order IS 'The last order that was given back';
COMMENT ON COLUMN concert_cancellations.after_purchase IS 'The last purchase that was given back';
COMMENT ON COLUMN concert_cancellations.swept_at IS 'When the last of them was reached; the partner still returns money';
CREATE INDEX concert_cancellations_open ON concert_cancellations (concert_id) WHERE completed_at IS NULL;
--rollback DROP TABLE concert_cancellations;
