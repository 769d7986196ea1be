--liquibase formatted sql

--changeset boxoffice:0005-mails
CREATE TABLE mails (
  id         uuid        PRIMARY KEY,
  recipient  text        NOT NULL CHECK (char_length(recipient) BETWEEN 3 AND 254),
  kind       text        NOT NULL,
  subject    text        NOT NULL,
  body       text        NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX mails_by_recipient ON mails (recipient, id);
CREATE INDEX mails_by_age ON mails (created_at);
--rollback DROP TABLE mails;

--changeset boxoffice:0005-accounts
CREATE TABLE accounts (
  id            uuid        PRIMARY KEY,
  email         text        NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  email_key     text        NOT NULL CONSTRAINT accounts_email_key UNIQUE,
  name          text        CHECK (char_length(name) BETWEEN 1 AND 100),
  role          text        NOT NULL CHECK (role IN ('BUYER', 'OPERATOR')),
  password_hash text        NOT NULL,
  created_at    timestamptz NOT NULL
);
COMMENT ON COLUMN accounts.email_key IS 'The address in the form that is compared: one account per key';
COMMENT ON COLUMN accounts.password_hash IS 'Argon2id in PHC format, with its parameters and salt';
--rollback DROP TABLE accounts;

--changeset boxoffice:0005-account-codes
CREATE TABLE account_codes (
  hash       text        PRIMARY KEY,
  purpose    text        NOT NULL CHECK (purpose IN ('VERIFICATION', 'PASSWORD_RESET')),
  email      text        NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
  email_key  text        NOT NULL,
  expires_at timestamptz NOT NULL
);
COMMENT ON COLUMN account_codes.hash IS 'SHA-256 of the one-time code, which only the mail contains';
CREATE INDEX account_codes_by_email ON account_codes (email_key);
CREATE INDEX account_codes_by_expiry ON account_codes (expires_at);
--rollback DROP TABLE account_codes;

--changeset boxoffice:0005-sessions
CREATE TABLE sessions (
  id         uuid        PRIMARY KEY,
  account_id uuid        REFERENCES accounts (id) ON DELETE SET NULL,
  secret     text        NOT NULL,
  generation integer     NOT NULL,
  rotated_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
COMMENT ON COLUMN sessions.account_id IS 'NULL: the account is deleted, and the session is revoked';
COMMENT ON COLUMN sessions.generation IS 'How often the refresh token was replaced';
CREATE INDEX sessions_by_account ON sessions (account_id, id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_revocation ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
--rollback DROP TABLE sessions;

--changeset boxoffice:0005-signing-keys
CREATE TABLE signing_keys (
  number     integer     PRIMARY KEY,
  jwk        text        NOT NULL,
  signs_from timestamptz NOT NULL
);
COMMENT ON COLUMN signing_keys.jwk IS 'RFC 7517, with the private key';
--rollback DROP TABLE signing_keys;

--changeset boxoffice:0005-purchases-account
ALTER TABLE purchases ADD COLUMN account_id uuid;
COMMENT ON COLUMN purchases.account_id IS 'NULL: the id of the purchase alone gives access to it';
CREATE INDEX purchases_by_account ON purchases (account_id, id) WHERE account_id IS NOT NULL;
--rollback ALTER TABLE purchases DROP COLUMN account_id;
