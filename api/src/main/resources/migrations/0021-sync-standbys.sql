--liquibase formatted sql

--changeset boxoffice:0021-sync-standbys splitStatements:false
-- Only roles with pg_monitor see the standbys, as for standby_lag(). Without that right, the states of connected standbys are null,
-- and so is the answer, because 0 would be an alarm.
CREATE OR REPLACE FUNCTION sync_standbys() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (
  SELECT CASE WHEN NOT pg_is_in_recovery() AND (count(*) = 0 OR count(sync_state) > 0)
              THEN CAST(count(*) FILTER (WHERE sync_state IN ('sync', 'quorum')) AS integer) END
  FROM pg_stat_replication
);
--rollback DROP FUNCTION sync_standbys();

--changeset boxoffice:0021-sync-standbys-for-replicas-only
REVOKE ALL ON FUNCTION sync_standbys() FROM PUBLIC;
--rollback empty

--changeset boxoffice:0021-sync-standbys-wanted splitStatements:false
-- The forms are: empty, FIRST 2 (a, b, c), ANY 2 (a, b, c), 2 (a, b, c), and a list of names, of which the first one is waited for.
CREATE OR REPLACE FUNCTION sync_standbys_wanted() RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (
  SELECT CASE WHEN pg_is_in_recovery() THEN NULL
              WHEN names !~ '[^[:space:]]' THEN 0
              ELSE coalesce(CAST(substring(names FROM '(?i)^[[:space:]]*(?:(?:first|any)[[:space:]]+)?([0-9]+)[[:space:]]*[(]') AS integer), 1)
         END
  FROM current_setting('synchronous_standby_names') AS names
);
--rollback DROP FUNCTION sync_standbys_wanted();
