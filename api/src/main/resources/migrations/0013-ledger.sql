--liquibase formatted sql

--changeset boxoffice:0013-ledger-comparison
CREATE TABLE ledger_comparison (
  id             integer     PRIMARY KEY CHECK (id = 1),
  claim          uuid,
  claimed_until  timestamptz,
  attempted_at   timestamptz,
  compared_until timestamptz,
  compared_at    timestamptz NOT NULL,
  full_at        timestamptz NOT NULL,
  has_full       boolean     NOT NULL
);
COMMENT ON TABLE ledger_comparison IS 'One row: how far the payment partner''s ledger is compared';
COMMENT ON COLUMN ledger_comparison.claim IS 'The run that compares until claimed_until; NULL: none';
COMMENT ON COLUMN ledger_comparison.compared_until IS 'Charges of the partner before this time are compared';
COMMENT ON COLUMN ledger_comparison.compared_at IS 'When a comparison ended last, or when the first one began';
COMMENT ON COLUMN ledger_comparison.full_at IS 'The same of a full comparison';
COMMENT ON COLUMN ledger_comparison.has_full IS 'Whether a full comparison has ended';
--rollback DROP TABLE ledger_comparison;

--changeset boxoffice:0013-ledger-differences
CREATE TABLE ledger_differences (
  id               uuid        PRIMARY KEY,
  kind             text        NOT NULL,
  order_id         uuid        NOT NULL,
  charge_id        text        NOT NULL,
  shop_amount      bigint,
  shop_currency    text,
  partner_amount   bigint,
  partner_currency text,
  found_at         timestamptz NOT NULL,
  UNIQUE (order_id, kind, charge_id)
);
COMMENT ON TABLE ledger_differences IS 'Where the shop''s money and the payment partner''s ledger differ; a comparison deletes what is settled';
COMMENT ON COLUMN ledger_differences.charge_id IS 'Empty: the shop knows no charge of the order';
--rollback DROP TABLE ledger_differences;
