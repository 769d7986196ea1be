--liquibase formatted sql

--changeset boxoffice:0002-simulation-settings
CREATE TABLE simulation_settings (
  one        boolean     PRIMARY KEY DEFAULT true CHECK (one),
  version    bigint      NOT NULL CHECK (version >= 0),
  setting    jsonb,
  changed_at timestamptz NOT NULL,
  changed_by text        CHECK (char_length(changed_by) BETWEEN 1 AND 400),
  reason     text        CHECK (char_length(reason) BETWEEN 1 AND 500),
  expires_at timestamptz,
  fallback   jsonb,
  CONSTRAINT simulation_settings_fallback CHECK (fallback IS NULL OR expires_at IS NOT NULL)
);
COMMENT ON TABLE simulation_settings IS 'One row: what every replica follows';
COMMENT ON COLUMN simulation_settings.setting IS 'NULL: as the environment of the service says';
COMMENT ON COLUMN simulation_settings.fallback IS
  'What takes its place at expires_at; NULL: as the environment of the service says';
INSERT INTO simulation_settings (version, changed_at) VALUES (0, now());
--rollback DROP TABLE simulation_settings;

--changeset boxoffice:0002-simulation-changes
CREATE TABLE simulation_changes (
  version    bigint      PRIMARY KEY,
  changed_at timestamptz NOT NULL,
  changed_by text        NOT NULL,
  reason     text,
  expires_at timestamptz,
  changes    jsonb       NOT NULL
);
COMMENT ON COLUMN simulation_changes.changes IS 'An array of {path, before, after}';
--rollback DROP TABLE simulation_changes;
