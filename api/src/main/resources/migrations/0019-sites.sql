--liquibase formatted sql

--changeset boxoffice:0019-site
-- A database without a row belongs to a shop of one site: none of the triggers below is enabled then.
CREATE TABLE site (
  alone       boolean     PRIMARY KEY DEFAULT true CHECK (alone),
  name        text        NOT NULL CHECK (name ~ '^[a-z][a-z0-9_]{0,19}$'),
  peer        text        NOT NULL CHECK (peer ~ '^[a-z][a-z0-9_]{0,19}$' AND peer <> name),
  lost_at     timestamptz,
  lost_lsn    pg_lsn
);
COMMENT ON TABLE site IS 'One row: which of two sites this database belongs to';
COMMENT ON COLUMN site.alone IS 'Always true, so that there is one row at most';
COMMENT ON COLUMN site.lost_at IS 'When this site took the homes of its peer over; from then on it does not wait for the peer';
COMMENT ON COLUMN site.lost_lsn IS 'The peer must have confirmed the log up to here before this site receives its changes again';
--rollback DROP TABLE site;

--changeset boxoffice:0019-homes
ALTER TABLE concerts
  ADD COLUMN home  text   CHECK (home ~ '^[a-z][a-z0-9_]{0,19}$'),
  ADD COLUMN epoch bigint NOT NULL DEFAULT 1 CHECK (epoch > 0);
ALTER TABLE ticket_types
  ADD COLUMN home  text,
  ADD COLUMN epoch bigint NOT NULL DEFAULT 1 CHECK (epoch > 0);
ALTER TABLE purchases ADD COLUMN epoch bigint NOT NULL DEFAULT 1;
ALTER TABLE orders ADD COLUMN epoch bigint NOT NULL DEFAULT 1;
COMMENT ON COLUMN concerts.home IS 'The site that sells it; NULL: the shop has one site';
COMMENT ON COLUMN concerts.epoch IS 'Counts the moves of the home';
COMMENT ON COLUMN ticket_types.home IS 'The same as in concerts, because a sale locks this row and not that of the concert';
COMMENT ON COLUMN purchases.epoch IS 'The epoch of the concert when the sale last changed';
COMMENT ON COLUMN orders.epoch IS 'The epoch of the concert when the order last changed';
-- Makes the epoch part of a key, so that a move waits for all transactions that hold a share of the concert's key.
CREATE UNIQUE INDEX concerts_epoch ON concerts (id, epoch);
--rollback DROP INDEX concerts_epoch;
--rollback ALTER TABLE concerts DROP COLUMN home, DROP COLUMN epoch;
--rollback ALTER TABLE ticket_types DROP COLUMN home, DROP COLUMN epoch;
--rollback ALTER TABLE purchases DROP COLUMN epoch; ALTER TABLE orders DROP COLUMN epoch;

--changeset boxoffice:0019-home-moves
CREATE TABLE home_moves (
  concert_id uuid        NOT NULL,
  epoch      bigint      NOT NULL,
  from_site  text        NOT NULL,
  to_site    text        NOT NULL,
  reason     text        CHECK (char_length(reason) BETWEEN 1 AND 500),
  moved_at   timestamptz NOT NULL,
  PRIMARY KEY (concert_id, epoch, to_site)
);
COMMENT ON TABLE home_moves IS 'A row that is inserted moves the home of its concert, at both sites';
--rollback DROP TABLE home_moves;

--changeset boxoffice:0019-sold-here splitStatements:false
CREATE FUNCTION is_sold_here(concert uuid) RETURNS boolean LANGUAGE sql STABLE
RETURN NOT EXISTS (SELECT FROM site)
  OR EXISTS (SELECT FROM concerts c JOIN site s ON s.name = c.home WHERE c.id = concert);
--rollback DROP FUNCTION is_sold_here(uuid);

--changeset boxoffice:0019-homes-of-sales splitStatements:false
CREATE FUNCTION home_of_concert(concert uuid) RETURNS text LANGUAGE sql STABLE
RETURN (SELECT home FROM concerts WHERE id = concert);
CREATE FUNCTION home_of_purchase(purchase uuid) RETURNS text LANGUAGE sql STABLE
RETURN (SELECT c.home FROM purchases p JOIN concerts c ON c.id = p.concert_id WHERE p.id = purchase);
CREATE FUNCTION home_of_order(wanted uuid) RETURNS text LANGUAGE sql STABLE
RETURN (SELECT c.home FROM orders o JOIN concerts c ON c.id = o.concert_id WHERE o.id = wanted);
--rollback DROP FUNCTION home_of_concert(uuid), home_of_purchase(uuid), home_of_order(uuid);

--changeset boxoffice:0019-require-home splitStatements:false
-- The share of the concert's key lasts until the commit, so that no move of the home happens in between.
CREATE FUNCTION require_home(concert uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  here site;
  found_home text;
  found_epoch bigint;
BEGIN
  SELECT * INTO here FROM site;
  SELECT home, epoch INTO found_home, found_epoch FROM concerts WHERE id = concert FOR KEY SHARE;
  IF found_home IS DISTINCT FROM here.name THEN
    RAISE EXCEPTION 'another site sells this concert' USING ERRCODE = 'SH001';
  END IF;
  -- A sale is confirmed when the other site has it too, or when there is no other site any more.
  PERFORM set_config('synchronous_commit', CASE WHEN here.lost_at IS NULL THEN 'on' ELSE 'local' END, true);
  RETURN found_epoch;
END $$;
--rollback DROP FUNCTION require_home(uuid);

--changeset boxoffice:0019-guards splitStatements:false
CREATE FUNCTION guard_sale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.epoch := require_home(NEW.concert_id);
  RETURN NEW;
END $$;

CREATE FUNCTION guard_part_of_sale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require_home(NEW.concert_id);
  RETURN NEW;
END $$;

CREATE FUNCTION guard_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require_home(OLD.concert_id);
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_concert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM require_home(OLD.id);
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION give_home() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT name INTO NEW.home FROM site;
  RETURN NEW;
END $$;

CREATE FUNCTION copy_home() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT s.name, coalesce(c.epoch, NEW.epoch) INTO NEW.home, NEW.epoch
    FROM site s LEFT JOIN concerts c ON c.id = NEW.concert_id;
  RETURN NEW;
END $$;

-- set_up_site enables these triggers.
CREATE TRIGGER site_guard BEFORE INSERT OR UPDATE OF status, quantity ON purchases
  FOR EACH ROW EXECUTE FUNCTION guard_sale();
CREATE TRIGGER site_guard BEFORE INSERT OR UPDATE OF state, quantity ON orders
  FOR EACH ROW EXECUTE FUNCTION guard_sale();
CREATE TRIGGER site_guard BEFORE INSERT OR UPDATE ON payments
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_sale();
CREATE TRIGGER site_guard BEFORE UPDATE OF available, capacity, cancelled_at OR DELETE ON ticket_types
  FOR EACH ROW EXECUTE FUNCTION guard_stock();
CREATE TRIGGER site_guard BEFORE UPDATE OF cancelled_at OR DELETE ON concerts
  FOR EACH ROW EXECUTE FUNCTION guard_concert();
CREATE TRIGGER site_home BEFORE INSERT ON concerts
  FOR EACH ROW EXECUTE FUNCTION give_home();
CREATE TRIGGER site_home BEFORE INSERT ON ticket_types
  FOR EACH ROW EXECUTE FUNCTION copy_home();
ALTER TABLE purchases DISABLE TRIGGER site_guard;
ALTER TABLE orders DISABLE TRIGGER site_guard;
ALTER TABLE payments DISABLE TRIGGER site_guard;
ALTER TABLE ticket_types DISABLE TRIGGER site_guard;
ALTER TABLE concerts DISABLE TRIGGER site_guard;
ALTER TABLE concerts DISABLE TRIGGER site_home;
ALTER TABLE ticket_types DISABLE TRIGGER site_home;
--rollback DROP TRIGGER site_guard ON purchases; DROP TRIGGER site_guard ON orders;
--rollback DROP TRIGGER site_guard ON payments;
--rollback DROP TRIGGER site_guard ON ticket_types; DROP TRIGGER site_guard ON concerts;
--rollback DROP TRIGGER site_home ON concerts; DROP TRIGGER site_home ON ticket_types;
--rollback DROP FUNCTION guard_sale(), guard_part_of_sale(), guard_stock(), guard_concert(), give_home(), copy_home();

--changeset boxoffice:0019-move-home splitStatements:false
-- Replication runs it too, and has no search path.
CREATE FUNCTION apply_home_move() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE ticket_types SET home = NEW.to_site, epoch = NEW.epoch
    WHERE concert_id = NEW.concert_id AND epoch < NEW.epoch;
  UPDATE concerts SET home = NEW.to_site, epoch = NEW.epoch
    WHERE id = NEW.concert_id AND epoch < NEW.epoch;
  RETURN NULL;
END $$;
CREATE TRIGGER site_move AFTER INSERT ON home_moves
  FOR EACH ROW EXECUTE FUNCTION apply_home_move();
ALTER TABLE home_moves ENABLE ALWAYS TRIGGER site_move;

-- Sales lock the stock first and the concert last; so does a move.
CREATE FUNCTION move_home(concert uuid, to_site text, reason text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  old_home text;
  old_epoch bigint;
BEGIN
  PERFORM FROM ticket_types WHERE concert_id = concert ORDER BY id FOR UPDATE;
  SELECT home, epoch INTO old_home, old_epoch FROM concerts WHERE id = concert FOR UPDATE;
  IF old_home IS NULL OR old_home = to_site THEN
    RETURN old_epoch;
  END IF;
  INSERT INTO home_moves (concert_id, epoch, from_site, to_site, reason, moved_at)
    VALUES (concert, old_epoch + 1, old_home, to_site, reason, clock_timestamp());
  RETURN old_epoch + 1;
END $$;
--rollback DROP FUNCTION move_home(uuid, text, text); DROP TRIGGER site_move ON home_moves; DROP FUNCTION apply_home_move();

--changeset boxoffice:0019-set-up-site splitStatements:false
-- Run by the owner of the tables, once at each site.
CREATE FUNCTION set_up_site(here text, there text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  guarded record;
BEGIN
  INSERT INTO site (name, peer) VALUES (here, there);
  FOR guarded IN
    SELECT c.relname AS relation, t.tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname IN ('site_guard', 'site_home') AND c.relnamespace = current_schema()::regnamespace
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE TRIGGER %I', guarded.relation, guarded.name);
  END LOOP;
  UPDATE ticket_types SET home = here WHERE home IS NULL;
  UPDATE concerts SET home = here WHERE home IS NULL;
END $$;
REVOKE EXECUTE ON FUNCTION set_up_site(text, text) FROM PUBLIC;
--rollback DROP FUNCTION set_up_site(text, text);
