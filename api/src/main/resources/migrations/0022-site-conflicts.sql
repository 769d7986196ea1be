--liquibase formatted sql

--changeset boxoffice:0022-conflicts
CREATE TABLE conflicts (
  id         uuid        PRIMARY KEY,
  kind       text        NOT NULL CHECK (kind IN ('sale', 'change-of-sale', 'catalogue', 'account')),
  concert_id uuid,
  site       text        NOT NULL,
  noted_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  lost       jsonb       NOT NULL,
  kept       jsonb       NOT NULL DEFAULT '{}',
  announced  boolean     NOT NULL DEFAULT true
);
COMMENT ON TABLE conflicts IS 'Changes of one site that the other one did not accept';
COMMENT ON COLUMN conflicts.id IS 'That of the purchase, the order, the change of a concert, or the account that lost';
COMMENT ON COLUMN conflicts.site IS 'The site whose change lost';
COMMENT ON COLUMN conflicts.announced IS 'Whether the other site gets this row: what is noted during replication is not replicated';
CREATE INDEX conflicts_not_announced ON conflicts (id) WHERE NOT announced;
--rollback DROP TABLE conflicts;

--changeset boxoffice:0022-concert-changes
CREATE TABLE concert_changes (
  id               uuid        PRIMARY KEY,
  concert_id       uuid        NOT NULL,
  base             uuid,
  version          bigint      NOT NULL,
  changed_at       timestamptz NOT NULL,
  site             text        NOT NULL,
  title            text        NOT NULL,
  artist           text        NOT NULL,
  venue            text        NOT NULL,
  starts_at        timestamptz NOT NULL,
  sales_open_at    timestamptz NOT NULL,
  sales_close_at   timestamptz,
  max_per_purchase integer     NOT NULL
);
COMMENT ON TABLE concert_changes IS 'What each site made of a concert; a row that is replicated changes the concert, unless it loses';
COMMENT ON COLUMN concert_changes.base IS 'The change that it followed; NULL: the concert as it was created';
CREATE INDEX concert_changes_order ON concert_changes (concert_id, version, changed_at, site);
ALTER TABLE accounts ADD COLUMN changed_at timestamptz;
COMMENT ON COLUMN accounts.changed_at IS 'Written with two sites only: the later change wins';
--rollback DROP TABLE concert_changes; ALTER TABLE accounts DROP COLUMN changed_at;
