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

--changeset boxoffice:0022-sales-arrive splitStatements:false
-- Replication has no search path, so the functions that it runs keep that of the migration.
CREATE FUNCTION note_conflict(
  subject uuid, kind text, concert uuid, lost jsonb, kept jsonb, announced boolean)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO conflicts (id, kind, concert_id, site, lost, kept, announced)
  SELECT subject, kind, concert, peer, lost, kept, announced FROM site
  ON CONFLICT (id) DO NOTHING;
$$;

-- Whether the other site had no right to change the sale: this site sells it, or sold it since.
CREATE FUNCTION is_late(concert uuid, row_epoch bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce((SELECT c.home = s.name OR row_epoch < c.epoch FROM concerts c, site s WHERE c.id = concert), false);

-- Of two versions of the personal columns, the one without the person wins; else the one with an account.
CREATE FUNCTION is_anonymous(email text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN email LIKE 'deleted-%@account.invalid';

CREATE FUNCTION purchase_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  late boolean := is_late(NEW.concert_id, NEW.epoch);
BEGIN
  IF pg_trigger_depth() > 1 OR NOT EXISTS (SELECT FROM site) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NOT late THEN
      RETURN NEW;
    END IF;
    PERFORM note_conflict(NEW.id, 'sale', NEW.concert_id,
      jsonb_build_object('type', 'purchase', 'quantity', NEW.quantity, 'epoch', NEW.epoch), '{}', false);
    RETURN NULL;
  END IF;
  IF late THEN
    IF NEW.status = 'CANCELLED' AND OLD.status <> 'CANCELLED' THEN
      PERFORM note_conflict(NEW.id, 'change-of-sale', NEW.concert_id,
        jsonb_build_object('type', 'purchase', 'status', NEW.status, 'epoch', NEW.epoch),
        jsonb_build_object('status', OLD.status, 'epoch', OLD.epoch), false);
    END IF;
    NEW.status := OLD.status;
    NEW.cancelled_at := OLD.cancelled_at;
    NEW.quantity := OLD.quantity;
    NEW.epoch := OLD.epoch;
  END IF;
  IF is_anonymous(OLD.email) AND NOT is_anonymous(NEW.email) THEN
    NEW.email := OLD.email;
    NEW.account_id := NULL;
  ELSIF NOT is_anonymous(NEW.email) THEN
    NEW.account_id := coalesce(NEW.account_id, OLD.account_id);
  END IF;
  IF OLD.idempotency_key IS NULL THEN
    NEW.idempotency_key := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE INSERT OR UPDATE ON purchases
  FOR EACH ROW EXECUTE FUNCTION purchase_arrives();
ALTER TABLE purchases ENABLE REPLICA TRIGGER site_arrival;

CREATE FUNCTION order_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  late boolean := is_late(NEW.concert_id, NEW.epoch);
BEGIN
  IF pg_trigger_depth() > 1 OR NOT EXISTS (SELECT FROM site) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NOT late THEN
      RETURN NEW;
    END IF;
    PERFORM note_conflict(NEW.id, 'sale', NEW.concert_id,
      jsonb_build_object('type', 'order', 'quantity', NEW.quantity, 'state', NEW.state, 'epoch', NEW.epoch),
      '{}', false);
    RETURN NULL;
  END IF;
  IF late THEN
    IF NEW.state <> OLD.state AND NEW.changed_at > OLD.changed_at THEN
      PERFORM note_conflict(NEW.id, 'change-of-sale', NEW.concert_id,
        jsonb_build_object('type', 'order', 'state', NEW.state, 'epoch', NEW.epoch),
        jsonb_build_object('state', OLD.state, 'epoch', OLD.epoch, 'changedAt', OLD.changed_at), false);
    END IF;
    NEW.state := OLD.state;
    NEW.changed_at := OLD.changed_at;
    NEW.expires_at := OLD.expires_at;
    NEW.quantity := OLD.quantity;
    NEW.epoch := OLD.epoch;
  END IF;
  IF is_anonymous(OLD.email) AND NOT is_anonymous(NEW.email) THEN
    NEW.email := OLD.email;
    NEW.account_id := NULL;
  ELSIF NOT is_anonymous(NEW.email) THEN
    NEW.account_id := coalesce(NEW.account_id, OLD.account_id);
  END IF;
  IF OLD.idempotency_key IS NULL THEN
    NEW.idempotency_key := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE INSERT OR UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION order_arrives();
ALTER TABLE orders ENABLE REPLICA TRIGGER site_arrival;

CREATE FUNCTION part_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  concert uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.concert_id ELSE NEW.concert_id END;
BEGIN
  IF EXISTS (SELECT FROM concerts c JOIN site s ON s.name = c.home WHERE c.id = concert) THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION part_arrives();
CREATE TRIGGER site_arrival BEFORE INSERT OR UPDATE OR DELETE ON payments FOR EACH ROW EXECUTE FUNCTION part_arrives();
CREATE TRIGGER site_arrival BEFORE INSERT ON order_changes FOR EACH ROW EXECUTE FUNCTION part_arrives();
CREATE TRIGGER site_arrival BEFORE INSERT OR UPDATE ON concert_cancellations FOR EACH ROW EXECUTE FUNCTION part_arrives();
ALTER TABLE tickets ENABLE REPLICA TRIGGER site_arrival;
ALTER TABLE payments ENABLE REPLICA TRIGGER site_arrival;
ALTER TABLE order_changes ENABLE REPLICA TRIGGER site_arrival;
ALTER TABLE concert_cancellations ENABLE REPLICA TRIGGER site_arrival;

CREATE FUNCTION stock_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  here text;
BEGIN
  SELECT name INTO here FROM site;
  IF TG_OP = 'DELETE' THEN
    IF OLD.home = here THEN
      RETURN NULL;
    END IF;
    RETURN OLD;
  END IF;
  IF here IS NULL OR pg_trigger_depth() > 1 THEN
    RETURN NEW;
  END IF;
  IF NEW.epoch < OLD.epoch OR (OLD.home = here AND NEW.epoch <= OLD.epoch) THEN
    RETURN NULL;
  END IF;
  IF NEW.cancelled_at IS NOT NULL THEN
    UPDATE concerts SET cancelled_at = NEW.cancelled_at, version = version + 1
      WHERE id = NEW.concert_id AND cancelled_at IS NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE UPDATE OR DELETE ON ticket_types
  FOR EACH ROW EXECUTE FUNCTION stock_arrives();
ALTER TABLE ticket_types ENABLE REPLICA TRIGGER site_arrival;

CREATE FUNCTION deletion_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF OLD.home = (SELECT name FROM site) THEN
    RETURN NULL;
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER site_arrival BEFORE DELETE ON concerts
  FOR EACH ROW EXECUTE FUNCTION deletion_arrives();
ALTER TABLE concerts ENABLE REPLICA TRIGGER site_arrival;

CREATE FUNCTION move_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT FROM home_moves
             WHERE concert_id = NEW.concert_id AND epoch = NEW.epoch AND to_site = NEW.to_site) THEN
    RETURN NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE INSERT ON home_moves
  FOR EACH ROW EXECUTE FUNCTION move_arrives();
ALTER TABLE home_moves ENABLE REPLICA TRIGGER site_arrival;
--rollback DROP FUNCTION purchase_arrives, order_arrives, part_arrives, stock_arrives, deletion_arrives, move_arrives CASCADE;
--rollback DROP FUNCTION note_conflict, is_late, is_anonymous;

--changeset boxoffice:0022-refusals splitStatements:false
-- Rows that are written again outside of replication are replicated.
CREATE FUNCTION announce_conflicts() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  found conflicts[];
BEGIN
  WITH taken AS (DELETE FROM conflicts c WHERE NOT announced RETURNING c)
  SELECT array_agg(c) INTO found FROM taken;
  IF found IS NULL THEN
    RETURN 0;
  END IF;
  INSERT INTO conflicts (id, kind, concert_id, site, noted_at, lost, kept, announced)
    SELECT id, kind, concert_id, site, noted_at, lost, kept, true FROM unnest(found);
  RETURN cardinality(found);
END $$;

-- Takes back at the site that lost what the other site refused.
CREATE FUNCTION conflict_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT FROM conflicts WHERE id = NEW.id) THEN
    RETURN NULL;
  END IF;
  IF NEW.kind = 'sale' THEN
    UPDATE purchases SET status = 'CANCELLED', cancelled_at = NEW.noted_at
      WHERE id = NEW.id AND status = 'CONFIRMED';
    UPDATE orders SET state = 'CANCELLED', changed_at = greatest(NEW.noted_at, changed_at)
      WHERE id = NEW.id AND concert_id = NEW.concert_id;
  ELSIF NEW.kind = 'change-of-sale' AND NEW.lost ->> 'type' = 'purchase' THEN
    UPDATE purchases
      SET status = NEW.kept ->> 'status', cancelled_at = NULL, epoch = (NEW.kept ->> 'epoch')::bigint
      WHERE id = NEW.id AND epoch = (NEW.lost ->> 'epoch')::bigint AND status = 'CANCELLED';
  ELSIF NEW.kind = 'change-of-sale' THEN
    UPDATE orders
      SET state = NEW.kept ->> 'state', changed_at = (NEW.kept ->> 'changedAt')::timestamptz,
          epoch = (NEW.kept ->> 'epoch')::bigint
      WHERE id = NEW.id AND concert_id = NEW.concert_id AND epoch = (NEW.lost ->> 'epoch')::bigint
        AND state = NEW.lost ->> 'state';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE INSERT ON conflicts
  FOR EACH ROW EXECUTE FUNCTION conflict_arrives();
ALTER TABLE conflicts ENABLE REPLICA TRIGGER site_arrival;
--rollback DROP FUNCTION conflict_arrives CASCADE; DROP FUNCTION announce_conflicts;

--changeset boxoffice:0022-changes-arrive splitStatements:false
CREATE FUNCTION note_concert_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- Begins with its time, as UUIDs of version 7 do.
  id uuid := encode(set_byte(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    6, 112 + (random() * 15)::integer), 'hex')::uuid;
BEGIN
  INSERT INTO concert_changes (id, concert_id, base, version, changed_at, site, title, artist, venue, starts_at,
                               sales_open_at, sales_close_at, max_per_purchase)
  SELECT id, NEW.id,
         (SELECT c.id FROM concert_changes c WHERE c.concert_id = NEW.id
          ORDER BY c.version DESC, c.changed_at DESC, c.site DESC LIMIT 1),
         NEW.version, clock_timestamp(), s.name, NEW.title, NEW.artist, NEW.venue, NEW.starts_at, NEW.sales_open_at,
         NEW.sales_close_at, NEW.max_per_purchase
  FROM site s;
  RETURN NULL;
END $$;
CREATE TRIGGER site_change AFTER UPDATE OF title, artist, venue, starts_at, sales_open_at, sales_close_at, max_per_purchase
  ON concerts FOR EACH ROW EXECUTE FUNCTION note_concert_change();
ALTER TABLE concerts DISABLE TRIGGER site_change;

-- The highest version wins, then the latest time, then the greatest name of a site. What the winner does not build on has lost.
CREATE FUNCTION apply_concert_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  winner concert_changes;
BEGIN
  SELECT * INTO winner FROM concert_changes WHERE concert_id = NEW.concert_id
    ORDER BY version DESC, changed_at DESC, site DESC LIMIT 1;
  UPDATE concerts c
    SET title = winner.title, artist = winner.artist, venue = winner.venue, starts_at = winner.starts_at,
        sales_open_at = winner.sales_open_at, sales_close_at = winner.sales_close_at,
        max_per_purchase = winner.max_per_purchase, version = greatest(c.version, winner.version)
    WHERE c.id = NEW.concert_id;
  WITH RECURSIVE kept AS (
    SELECT winner.id, winner.base
    UNION ALL
    SELECT c.id, c.base FROM kept JOIN concert_changes c ON c.id = kept.base
  ), found_again AS (
    DELETE FROM conflicts WHERE kind = 'catalogue' AND id IN (SELECT id FROM kept)
  )
  INSERT INTO conflicts (id, kind, concert_id, site, noted_at, lost, kept)
  SELECT c.id, 'catalogue', c.concert_id, c.site, c.changed_at,
         to_jsonb(c) - ARRAY['id', 'concert_id', 'base', 'site', 'changed_at'],
         to_jsonb(winner) - ARRAY['id', 'concert_id', 'base', 'changed_at']
  FROM concert_changes c
  WHERE c.concert_id = NEW.concert_id AND c.id NOT IN (SELECT id FROM kept)
  ON CONFLICT (id) DO UPDATE SET kept = excluded.kept;
  RETURN NULL;
END $$;
CREATE TRIGGER site_arrival AFTER INSERT ON concert_changes
  FOR EACH ROW EXECUTE FUNCTION apply_concert_change();
ALTER TABLE concert_changes ENABLE REPLICA TRIGGER site_arrival;
--rollback DROP FUNCTION note_concert_change CASCADE; DROP FUNCTION apply_concert_change CASCADE;

--changeset boxoffice:0022-accounts-arrive splitStatements:false
CREATE FUNCTION note_account_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER site_change BEFORE UPDATE ON accounts
  FOR EACH ROW EXECUTE FUNCTION note_account_change();
ALTER TABLE accounts DISABLE TRIGGER site_change;

-- Of two accounts with one address, the earlier one keeps it. The other one keeps its rows and cannot be signed in to.
CREATE FUNCTION account_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  other accounts;
BEGIN
  IF pg_trigger_depth() > 1 OR NOT EXISTS (SELECT FROM site) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (coalesce(NEW.changed_at, '-infinity'), NEW::text) < (coalesce(OLD.changed_at, '-infinity'), OLD::text) THEN
      RETURN NULL;
    END IF;
    IF OLD.email_key LIKE 'conflict:%' THEN
      NEW.email_key := OLD.email_key;
      NEW.password_hash := NULL;
    END IF;
  END IF;
  SELECT * INTO other FROM accounts WHERE email_key = NEW.email_key AND id <> NEW.id;
  IF FOUND AND (other.created_at, other.id) < (NEW.created_at, NEW.id) THEN
    NEW.email_key := 'conflict:' || NEW.id;
    NEW.password_hash := NULL;
    PERFORM note_conflict(NEW.id, 'account', NULL, '{}', jsonb_build_object('account', other.id), true);
  ELSIF FOUND THEN
    UPDATE accounts SET email_key = 'conflict:' || id, password_hash = NULL WHERE id = other.id;
    INSERT INTO conflicts (id, kind, site, lost, kept)
      SELECT other.id, 'account', name, '{}', jsonb_build_object('account', NEW.id) FROM site
      ON CONFLICT (id) DO NOTHING;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE INSERT OR UPDATE ON accounts
  FOR EACH ROW EXECUTE FUNCTION account_arrives();
ALTER TABLE accounts ENABLE REPLICA TRIGGER site_arrival;

CREATE FUNCTION identity_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  other identities;
BEGIN
  SELECT * INTO other FROM identities WHERE issuer = NEW.issuer AND subject = NEW.subject AND id <> NEW.id;
  IF FOUND AND (other.created_at, other.id) < (NEW.created_at, NEW.id) THEN
    RETURN NULL;
  END IF;
  DELETE FROM identities WHERE id = other.id;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE INSERT ON identities
  FOR EACH ROW EXECUTE FUNCTION identity_arrives();
ALTER TABLE identities ENABLE REPLICA TRIGGER site_arrival;

CREATE FUNCTION factor_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  other second_factors;
BEGIN
  SELECT * INTO other FROM second_factors WHERE account_id = NEW.account_id;
  IF FOUND AND other.secret < NEW.secret THEN
    RETURN NULL;
  END IF;
  DELETE FROM second_factors WHERE account_id = NEW.account_id;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE INSERT ON second_factors
  FOR EACH ROW EXECUTE FUNCTION factor_arrives();
ALTER TABLE second_factors ENABLE REPLICA TRIGGER site_arrival;

CREATE FUNCTION key_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  other signing_keys;
BEGIN
  SELECT * INTO other FROM signing_keys WHERE number = NEW.number;
  IF FOUND AND (other.signs_from, other.jwk) <= (NEW.signs_from, NEW.jwk) THEN
    RETURN NULL;
  END IF;
  DELETE FROM signing_keys WHERE number = NEW.number;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE INSERT ON signing_keys
  FOR EACH ROW EXECUTE FUNCTION key_arrives();
ALTER TABLE signing_keys ENABLE REPLICA TRIGGER site_arrival;
--rollback DROP FUNCTION note_account_change, account_arrives, identity_arrives, factor_arrives, key_arrives CASCADE;

--changeset boxoffice:0022-confirm-sale splitStatements:false
-- Lets a transaction that found an earlier sale wait for the other site as the sale itself does: after a crash, or when its session
-- was ended, a sale is here and perhaps not there.
CREATE FUNCTION confirm_sale(concert uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  found_epoch bigint := require_home(concert);
BEGIN
  PERFORM pg_logical_emit_message(true, 'boxoffice', ''); -- A commit that wrote nothing waits for nothing.
  RETURN found_epoch;
END $$;
--rollback DROP FUNCTION confirm_sale(uuid);

--changeset boxoffice:0022-heartbeats
CREATE TABLE site_heartbeats (
  site    text        PRIMARY KEY,
  beat_at timestamptz NOT NULL
);
COMMENT ON TABLE site_heartbeats IS 'Each site writes its own row, and sees by that of the other one how old its changes are';
--rollback DROP TABLE site_heartbeats;

--changeset boxoffice:0022-homes-of-sites splitStatements:false
CREATE FUNCTION homes_of_sites() RETURNS TABLE (site text, concerts bigint) LANGUAGE sql STABLE AS $$
  SELECT s.name, (SELECT count(*) FROM concerts WHERE home = s.name) FROM site s
  UNION ALL
  SELECT s.peer, (SELECT count(*) FROM concerts WHERE home = s.peer) FROM site s;
$$;
--rollback DROP FUNCTION homes_of_sites();

--changeset boxoffice:0022-publications splitStatements:false
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

--changeset boxoffice:0022-take-over splitStatements:false
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
