--liquibase formatted sql

--changeset boxoffice:0001-concerts
CREATE TABLE concerts (
  id               uuid        PRIMARY KEY,
  title            text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  artist           text        NOT NULL CHECK (char_length(artist) BETWEEN 1 AND 200),
  venue            text        NOT NULL CHECK (char_length(venue) BETWEEN 1 AND 200),
  starts_at        timestamptz NOT NULL,
  sales_open_at    timestamptz NOT NULL,
  sales_close_at   timestamptz,
  max_per_purchase integer     NOT NULL CHECK (max_per_purchase BETWEEN 1 AND 100),
  created_at       timestamptz NOT NULL,
  CONSTRAINT concerts_sales_window
    CHECK (sales_open_at < coalesce(sales_close_at, starts_at) AND sales_close_at <= starts_at)
);
COMMENT ON COLUMN concerts.sales_close_at IS 'NULL: sold until the concert starts';
--rollback DROP TABLE concerts;

--changeset boxoffice:0001-ticket-types
CREATE TABLE ticket_types (
  id             uuid     PRIMARY KEY,
  concert_id     uuid     NOT NULL REFERENCES concerts (id),
  position       smallint NOT NULL,
  name           text     NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  price_amount   bigint   NOT NULL CHECK (price_amount BETWEEN 0 AND 1000000000),
  price_currency text     NOT NULL CHECK (price_currency ~ '^[A-Z]{3}$'),
  capacity       integer  NOT NULL CHECK (capacity BETWEEN 1 AND 1000000),
  available      integer  NOT NULL,
  CONSTRAINT ticket_types_stock CHECK (available BETWEEN 0 AND capacity),
  CONSTRAINT ticket_types_of_concert UNIQUE (concert_id, id),
  CONSTRAINT ticket_types_name UNIQUE (concert_id, name)
);
COMMENT ON TABLE ticket_types IS
  'For each row, always: capacity = available + tickets of its CONFIRMED purchases';
--rollback DROP TABLE ticket_types;

--changeset boxoffice:0001-purchases
CREATE TABLE purchases (
  id              uuid        PRIMARY KEY,
  concert_id      uuid        NOT NULL,
  ticket_type_id  uuid        NOT NULL,
  email           text        NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  quantity        integer     NOT NULL CHECK (quantity BETWEEN 1 AND 100),
  status          text        NOT NULL CHECK (status IN ('CONFIRMED', 'CANCELLED')),
  idempotency_key text        CHECK (char_length(idempotency_key) BETWEEN 1 AND 255),
  created_at      timestamptz NOT NULL,
  cancelled_at    timestamptz,
  CONSTRAINT purchases_ticket_type
    FOREIGN KEY (concert_id, ticket_type_id) REFERENCES ticket_types (concert_id, id),
  CONSTRAINT purchases_idempotency_key UNIQUE (idempotency_key),
  CONSTRAINT purchases_cancelled CHECK ((status = 'CANCELLED') = (cancelled_at IS NOT NULL))
);
CREATE INDEX purchases_by_concert ON purchases (concert_id, id);
CREATE INDEX purchases_by_email ON purchases (lower(email), id);
--rollback DROP TABLE purchases;

--changeset boxoffice:0001-tickets
CREATE TABLE tickets (
  id          uuid PRIMARY KEY,
  purchase_id uuid NOT NULL REFERENCES purchases (id)
);
CREATE INDEX tickets_by_purchase ON tickets (purchase_id);
--rollback DROP TABLE tickets;
