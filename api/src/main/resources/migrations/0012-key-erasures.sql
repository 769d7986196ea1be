--liquibase formatted sql

--changeset boxoffice:0012-key-erasures
CREATE TABLE key_erasures (
  name      text PRIMARY KEY CHECK (name IN ('purchases', 'orders')),
  erased_to uuid NOT NULL
);
COMMENT ON TABLE key_erasures IS 'One row for each table with idempotency keys: how far its old keys are erased';
COMMENT ON COLUMN key_erasures.erased_to IS 'Rows up to this id have no key; ids begin with their time';
INSERT INTO key_erasures (name, erased_to) VALUES
  ('purchases', '00000000-0000-0000-0000-000000000000'),
  ('orders', '00000000-0000-0000-0000-000000000000');
--rollback DROP TABLE key_erasures;
