--liquibase formatted sql

--changeset boxoffice:0007-accounts-without-password
ALTER TABLE accounts ALTER COLUMN password_hash DROP NOT NULL;
COMMENT ON COLUMN accounts.password_hash IS 'Argon2id in PHC format, with its parameters and salt; NULL: the account signs in by an identity only';
--rollback ALTER TABLE accounts ALTER COLUMN password_hash SET NOT NULL;

--changeset boxoffice:0007-identities
CREATE TABLE identities (
  id         uuid        PRIMARY KEY,
  account_id uuid        NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  issuer     text        NOT NULL,
  subject    text        NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 255),
  created_at timestamptz NOT NULL,
  CONSTRAINT identities_subject UNIQUE (issuer, subject)
);
COMMENT ON COLUMN identities.subject IS 'The person''s id at the issuer (OpenID Connect Core 1.0, section 2)';
CREATE INDEX identities_by_account ON identities (account_id, id);
--rollback DROP TABLE identities;

--changeset boxoffice:0007-identity-sign-ins
CREATE TABLE identity_sign_ins (
  id             uuid        PRIMARY KEY,
  state          text        NOT NULL,
  nonce          text        NOT NULL,
  code_challenge text        NOT NULL,
  redirect_uri   text        NOT NULL,
  created_at     timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL
);
COMMENT ON COLUMN identity_sign_ins.code_challenge IS 'SHA-256 of the code verifier, which only the client has (RFC 7636)';
CREATE INDEX identity_sign_ins_by_expiry ON identity_sign_ins (expires_at);
--rollback DROP TABLE identity_sign_ins;
