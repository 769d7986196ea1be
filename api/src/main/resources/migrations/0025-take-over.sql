--liquibase formatted sql

--changeset boxoffice:0025-homes-of-sites splitStatements:false
CREATE FUNCTION homes_of_sites() RETURNS TABLE (site text, concerts bigint) LANGUAGE sql STABLE AS $$
  SELECT s.name, (SELECT count(*) FROM concerts WHERE home = s.name) FROM site s
  UNION ALL
  SELECT s.peer, (SELECT count(*) FROM concerts WHERE home = s.peer) FROM site s;
$$;
--rollback DROP FUNCTION homes_of_sites();

--changeset boxoffice:0025-publications splitStatements:false
CREATE OR REPLACE FUNCTION set_up_site(here text, there text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  guarded record;
BEGIN
  INSERT INTO site (name, peer) VALUES (here, there);
  FOR guarded IN
    SELECT c.relname AS relation, t.tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname IN ('site_guard', 'site_home', 'site_change') AND c.relnamespace = current_schema()::regnamespace
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE TRIGGER %I', guarded.relation, guarded.name);
  END LOOP;
  UPDATE ticket_types SET home = here WHERE home IS NULL;
  UPDATE concerts SET home = here WHERE home IS NULL;
END $$;

-- Run by the owner of the tables.
CREATE FUNCTION publish_site() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  CREATE PUBLICATION boxoffice_rows FOR TABLE
    ticket_types, purchases, tickets, orders, payments, concert_cancellations,
    accounts, second_factors, recovery_codes, identities, site_heartbeats;
  -- Concerts change by the rows of concert_changes, home_moves and ticket_types.
  CREATE PUBLICATION boxoffice_additions FOR TABLE
    concerts, concert_changes, home_moves, conflicts, signing_keys
    WITH (publish = 'insert, delete');
  CREATE PUBLICATION boxoffice_history FOR TABLE order_changes WITH (publish = 'insert');
END $$;
REVOKE EXECUTE ON FUNCTION publish_site() FROM PUBLIC;
--rollback DROP FUNCTION publish_site();

--changeset boxoffice:0025-take-over splitStatements:false
-- These three functions act on this site's subscription with the rights of its owner, who also owns the tables.
CREATE FUNCTION stop_listening() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  EXECUTE format('ALTER SUBSCRIPTION %I DISABLE', (SELECT 'boxoffice_' || name FROM public.site));
END $$;

-- Ends the process that applies the other site's changes; returns how many there still were.
CREATE FUNCTION end_listener() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(pg_terminate_backend(s.pid)) FROM pg_stat_subscription s JOIN public.site ON s.subname = 'boxoffice_' || name
  WHERE s.pid IS NOT NULL;
$$;

-- Receives the changes of a site that was lost only after it has confirmed the new homes: from then on it sells nothing more
-- under the old epochs, and no commit waits there that this would acknowledge.
CREATE FUNCTION listen_again() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  here public.site;
BEGIN
  SELECT * INTO here FROM public.site FOR UPDATE;
  IF here.lost_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_replication_slots
    WHERE slot_name = 'boxoffice_' || here.peer AND database = current_database() AND confirmed_flush_lsn >= here.lost_lsn)
  THEN
    RETURN false;
  END IF;
  EXECUTE format('ALTER SUBSCRIPTION %I ENABLE', 'boxoffice_' || here.name);
  UPDATE public.site SET lost_at = NULL, lost_lsn = NULL;
  RETURN true;
END $$;
REVOKE EXECUTE ON FUNCTION stop_listening(), end_listener(), listen_again() FROM PUBLIC;

-- Moves some homes of the other site here; 0 when none is left. Its process that applies changes must have ended before.
CREATE FUNCTION take_over(reason text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  here site;
  concert uuid;
  moved bigint := 0;
BEGIN
  UPDATE site SET lost_at = coalesce(lost_at, clock_timestamp()) RETURNING * INTO here;
  PERFORM set_config('synchronous_commit', 'local', true);
  FOR concert IN SELECT id FROM concerts WHERE home = here.peer ORDER BY id LIMIT 500 LOOP
    PERFORM move_home(concert, here.name, reason);
    UPDATE ticket_types t
      SET available = greatest(0, capacity - (
        SELECT coalesce(sum(quantity), 0) FROM (
          SELECT quantity FROM purchases
            WHERE concert_id = concert AND ticket_type_id = t.id AND status = 'CONFIRMED'
          UNION ALL
          SELECT quantity FROM orders
            WHERE concert_id = concert AND ticket_type_id = t.id AND state IN ('HELD', 'PAYING')) taken))
      WHERE concert_id = concert;
    moved := moved + 1;
  END LOOP;
  RETURN moved;
END $$;

-- A commit that waits for a site that was taken over is complete: it is here, and this site is the only one. At a site that
-- may have been taken over itself, such a commit must not be confirmed: its session ends, and its client has no answer.
CREATE FUNCTION release_waits(longest interval) RETURNS bigint LANGUAGE sql AS $$
  SELECT count(CASE WHEN s.lost_at IS NULL THEN pg_terminate_backend(a.pid) ELSE pg_cancel_backend(a.pid) END)
  FROM pg_stat_activity a, site s
  WHERE a.datname = current_database() AND a.usename = current_user AND a.wait_event = 'SyncRep'
    AND (s.lost_at IS NOT NULL OR a.query_start < clock_timestamp() - longest);
$$;
--rollback DROP FUNCTION take_over, release_waits, stop_listening, end_listener, listen_again;
