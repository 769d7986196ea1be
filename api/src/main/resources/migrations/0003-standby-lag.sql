--liquibase formatted sql

--changeset boxoffice:0003-standby-lag splitStatements:false
-- Only roles with pg_monitor see the standbys. The function runs with the rights of the role that migrates, so the role of the
-- replicas needs none. A standby that has caught up and is idle reports no lag, which counts as 0.
CREATE OR REPLACE FUNCTION standby_lag() RETURNS interval
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (
  SELECT max(CASE state WHEN 'streaming' THEN coalesce(replay_lag, interval '0')
                        WHEN 'catchup' THEN replay_lag END)
  FROM pg_stat_replication
);

--changeset boxoffice:0003-standby-lag-for-replicas-only
REVOKE ALL ON FUNCTION standby_lag() FROM PUBLIC;
