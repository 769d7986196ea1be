--liquibase formatted sql

--changeset boxoffice:0006-failed-attempts
-- Unlogged: after a crash or a failover the table is empty, and no attempt must wait.
CREATE UNLOGGED TABLE failed_attempts (
  key          uuid        PRIMARY KEY,
  failures     integer     NOT NULL,
  retry_at     timestamptz NOT NULL,
  forgotten_at timestamptz NOT NULL
);
COMMENT ON COLUMN failed_attempts.key IS 'A hash of what failed together, such as an address and a network';
COMMENT ON COLUMN failed_attempts.retry_at IS 'When the next attempt is accepted';
COMMENT ON COLUMN failed_attempts.forgotten_at IS 'When the failures no longer count';
CREATE INDEX failed_attempts_by_age ON failed_attempts (forgotten_at);
--rollback DROP TABLE failed_attempts;

--changeset boxoffice:0006-second-factors
CREATE TABLE second_factors (
  account_id   uuid        PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  secret       text        NOT NULL,
  confirmed_at timestamptz,
  last_step    bigint      NOT NULL
);
COMMENT ON COLUMN second_factors.secret IS 'The key of the codes (RFC 6238), in Base32';
COMMENT ON COLUMN second_factors.confirmed_at IS 'NULL: pending, sign-in needs no code';
COMMENT ON COLUMN second_factors.last_step IS 'The time step of the last code that was accepted';
--rollback DROP TABLE second_factors;

--changeset boxoffice:0006-recovery-codes
CREATE TABLE recovery_codes (
  account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  hash       text NOT NULL,
  PRIMARY KEY (account_id, hash)
);
COMMENT ON COLUMN recovery_codes.hash IS 'SHA-256 of the code, which has 120 random bits';
--rollback DROP TABLE recovery_codes;
