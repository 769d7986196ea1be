--liquibase formatted sql

--changeset boxoffice:0009-address-changes
CREATE TABLE address_changes (
  account_id uuid        PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  hash       text        NOT NULL,
  email      text        NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  email_key  text        NOT NULL,
  expires_at timestamptz NOT NULL
);
COMMENT ON TABLE address_changes IS 'The address that an account wants to have, until the code of its mail confirms it';
COMMENT ON COLUMN address_changes.hash IS 'SHA-256 of the one-time code, which only the mail contains';
CREATE INDEX address_changes_by_expiry ON address_changes (expires_at);
--rollback DROP TABLE address_changes;
