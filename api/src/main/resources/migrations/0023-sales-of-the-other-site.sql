--liquibase formatted sql

--changeset boxoffice:0023-sales-arrive splitStatements:false
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

--changeset boxoffice:0023-refusals splitStatements:false
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
