--liquibase formatted sql

--changeset boxoffice:0010-orders
CREATE TABLE orders (
  concert_id      uuid        NOT NULL,
  id              uuid        NOT NULL,
  ticket_type_id  uuid        NOT NULL,
  email           text        NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  quantity        integer     NOT NULL CHECK (quantity BETWEEN 1 AND 100),
  amount          bigint      NOT NULL CHECK (amount >= 0),
  currency        text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  state           text        NOT NULL CHECK (state IN ('HELD', 'PAYING', 'CONFIRMED', 'DECLINED', 'EXPIRED',
                                                        'CANCELLED', 'REFUNDING', 'REFUNDED')),
  idempotency_key text        CHECK (char_length(idempotency_key) BETWEEN 1 AND 255),
  account_id      uuid        REFERENCES accounts (id) ON DELETE SET NULL,
  created_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  changed_at      timestamptz NOT NULL,
  PRIMARY KEY (concert_id, id),
  CONSTRAINT orders_ticket_type
    FOREIGN KEY (concert_id, ticket_type_id) REFERENCES ticket_types (concert_id, id),
  CONSTRAINT orders_idempotency_key UNIQUE (idempotency_key, concert_id),
  CONSTRAINT orders_expiry CHECK (created_at < expires_at)
);
COMMENT ON TABLE orders IS 'HELD and PAYING orders hold stock';
COMMENT ON COLUMN orders.expires_at IS 'When a HELD order expires; a PAYING one has some time more';
CREATE INDEX orders_by_id ON orders (id);
CREATE INDEX orders_by_expiry ON orders (expires_at) WHERE state IN ('HELD', 'PAYING');
CREATE INDEX orders_by_account ON orders (account_id, id) WHERE account_id IS NOT NULL;
CREATE INDEX orders_refunding ON orders (changed_at) WHERE state = 'REFUNDING';
--rollback DROP TABLE orders;

--changeset boxoffice:0010-old-orders
CREATE INDEX orders_ended ON orders (changed_at)
  WHERE state IN ('DECLINED', 'EXPIRED', 'CANCELLED', 'REFUNDED');
--rollback DROP INDEX orders_ended;

--changeset boxoffice:0010-orders-of-an-address
CREATE INDEX orders_by_email ON orders (lower(email)) WHERE account_id IS NULL;
--rollback DROP INDEX orders_by_email;

--changeset boxoffice:0010-payments
CREATE TABLE payments (
  concert_id      uuid        NOT NULL,
  order_id        uuid        NOT NULL,
  token           text        CHECK (char_length(token) BETWEEN 1 AND 100),
  token_hash      text        NOT NULL,
  state           text        NOT NULL CHECK (state IN ('REQUESTED', 'SUCCEEDED', 'DECLINED')),
  charge_id       text        CHECK (char_length(charge_id) BETWEEN 1 AND 100),
  decline_reason  text        CHECK (char_length(decline_reason) BETWEEN 1 AND 100),
  requested_at    timestamptz NOT NULL,
  answered_at     timestamptz,
  next_attempt_at timestamptz,
  attempts        integer     NOT NULL,
  PRIMARY KEY (concert_id, order_id),
  FOREIGN KEY (concert_id, order_id) REFERENCES orders (concert_id, id) ON DELETE CASCADE,
  CONSTRAINT payments_answer CHECK ((state = 'REQUESTED') = (answered_at IS NULL)),
  CONSTRAINT payments_charge CHECK (state <> 'SUCCEEDED' OR charge_id IS NOT NULL)
);
COMMENT ON COLUMN payments.token IS 'What the partner charges; NULL once it has answered';
COMMENT ON COLUMN payments.token_hash IS 'SHA-256, to recognise a repeated request';
COMMENT ON COLUMN payments.next_attempt_at IS
  'When the reconciler asks the partner again, for the charge or its refund; NULL: nothing to ask';
CREATE INDEX payments_due ON payments (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
--rollback DROP TABLE payments;

--changeset boxoffice:0010-order-changes
CREATE TABLE order_changes (
  concert_id uuid        NOT NULL,
  order_id   uuid        NOT NULL,
  changed_at timestamptz NOT NULL,
  event      text        NOT NULL,
  from_state text        NOT NULL,
  to_state   text        NOT NULL
);
CREATE INDEX order_changes_by_order ON order_changes (concert_id, order_id, changed_at);
CREATE INDEX order_changes_by_age ON order_changes (changed_at);
--rollback DROP TABLE order_changes;

--changeset boxoffice:0010-paid-purchases
ALTER TABLE purchases ADD COLUMN paid boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN purchases.paid IS 'Whether an order with the same id paid for it';
--rollback ALTER TABLE purchases DROP COLUMN paid;

--changeset boxoffice:0010-key-of-a-concert
-- The key comes first, so that replicas of the release before this one find it by itself. An index that is created concurrently
-- would wait for the replicas that wait for this migration.
CREATE UNIQUE INDEX purchases_key_of_concert ON purchases (idempotency_key, concert_id);
ALTER TABLE purchases DROP CONSTRAINT purchases_idempotency_key;
--rollback ALTER TABLE purchases ADD CONSTRAINT purchases_idempotency_key UNIQUE (idempotency_key);
--rollback DROP INDEX purchases_key_of_concert;

--changeset boxoffice:0010-concert-of-a-ticket
ALTER TABLE tickets ADD COLUMN concert_id uuid;
COMMENT ON COLUMN tickets.concert_id IS 'NOT NULL one release later';
--rollback ALTER TABLE tickets DROP COLUMN concert_id;

--changeset boxoffice:0010-concert-of-new-tickets splitStatements:false
-- Replicas of the release before this one write tickets without their concert.
CREATE FUNCTION set_concert_of_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT concert_id INTO NEW.concert_id FROM purchases WHERE id = NEW.purchase_id;
  RETURN NEW;
END $$;
CREATE TRIGGER tickets_concert BEFORE INSERT ON tickets
  FOR EACH ROW WHEN (NEW.concert_id IS NULL) EXECUTE FUNCTION set_concert_of_ticket();
--rollback DROP TRIGGER tickets_concert ON tickets; DROP FUNCTION set_concert_of_ticket();

--changeset boxoffice:0010-concert-of-old-tickets splitStatements:false runInTransaction:false
-- In small transactions, because a shop may have millions of tickets.
DO $$
DECLARE
  last uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  LOOP
    WITH batch AS (
      SELECT id, purchase_id FROM tickets WHERE id > last ORDER BY id LIMIT 10000
    ), filled AS (
      UPDATE tickets t SET concert_id = p.concert_id
      FROM batch b JOIN purchases p ON p.id = b.purchase_id
      WHERE t.id = b.id AND t.concert_id IS NULL
    )
    SELECT max(id::text)::uuid INTO last FROM batch;
    COMMIT;
    EXIT WHEN last IS NULL;
  END LOOP;
END $$;
--rollback SELECT 1;
