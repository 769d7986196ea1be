--liquibase formatted sql

--changeset boxoffice:0024-changes-arrive splitStatements:false
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

--changeset boxoffice:0024-accounts-arrive splitStatements:false
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

--changeset boxoffice:0024-confirm-sale splitStatements:false
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

--changeset boxoffice:0024-heartbeats
CREATE TABLE site_heartbeats (
  site    text        PRIMARY KEY,
  beat_at timestamptz NOT NULL
);
COMMENT ON TABLE site_heartbeats IS 'Each site writes its own row, and sees by that of the other one how old its changes are';
--rollback DROP TABLE site_heartbeats;
