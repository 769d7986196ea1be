--liquibase formatted sql

--changeset boxoffice:0003-rate-limits
-- Unlogged: after a crash or a failover the table is empty, and every client has a whole quota.
CREATE UNLOGGED TABLE rate_limits (
  key      uuid        PRIMARY KEY,
  whole_at timestamptz NOT NULL,
  accepted boolean     NOT NULL
);
COMMENT ON COLUMN rate_limits.key IS 'A hash of the policy and of the address or account';
COMMENT ON COLUMN rate_limits.whole_at IS 'When the whole quota is available again';
COMMENT ON COLUMN rate_limits.accepted IS 'Whether the last request was accepted';
--rollback DROP TABLE rate_limits;
