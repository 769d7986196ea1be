--liquibase formatted sql

--changeset boxoffice:0027-gates
CREATE TABLE gates (
  name       text        PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9-]{0,39}$'),
  concert_id uuid        NOT NULL,
  changed_at timestamptz NOT NULL
);
COMMENT ON TABLE gates IS 'Entrances, each with a device that scans tickets';
COMMENT ON COLUMN gates.concert_id IS 'Whose tickets it admits. No reference: a concert that is deleted has sold no ticket';

CREATE TABLE concert_entry (
  concert_id uuid        PRIMARY KEY,
  opens_at   timestamptz NOT NULL,
  closes_at  timestamptz NOT NULL,
  re_entry   boolean     NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT concert_entry_window CHECK (opens_at < closes_at)
);
COMMENT ON TABLE concert_entry IS 'When gates let people in. Without a row: from 3 hours before the concert starts until 6 hours after it';
COMMENT ON COLUMN concert_entry.re_entry IS 'Whether a ticket that has left may enter again';
--rollback DROP TABLE gates, concert_entry;

--changeset boxoffice:0027-series
CREATE TABLE gate_series (
  gate          text        NOT NULL,
  series        bigint      NOT NULL CHECK (series > 0),
  last_sequence bigint      NOT NULL DEFAULT 0 CHECK (last_sequence >= 0),
  parked        integer     NOT NULL DEFAULT 0 CHECK (parked BETWEEN 0 AND 1000),
  changed_at    timestamptz NOT NULL,
  PRIMARY KEY (gate, series)
);
COMMENT ON TABLE gate_series IS 'How far the scans of each series are applied';
COMMENT ON COLUMN gate_series.parked IS 'How many rows of parked_scans it has';

CREATE TABLE parked_scans (
  gate       text        NOT NULL,
  series     bigint      NOT NULL,
  sequence   bigint      NOT NULL CHECK (sequence > 1),
  scan_id    uuid        NOT NULL,
  ticket_id  uuid,
  fault      text,
  direction  text        NOT NULL CHECK (direction IN ('in', 'out')),
  mode       text        NOT NULL CHECK (mode IN ('online', 'offline')),
  scanned_at timestamptz,
  judged_at  timestamptz NOT NULL,
  parked_at  timestamptz NOT NULL,
  PRIMARY KEY (gate, series, sequence),
  FOREIGN KEY (gate, series) REFERENCES gate_series (gate, series) ON DELETE CASCADE
);
CREATE INDEX parked_scans_by_time ON parked_scans (parked_at);
COMMENT ON TABLE parked_scans IS 'Scans that wait for an earlier one of their series';
--rollback DROP TABLE parked_scans, gate_series;

--changeset boxoffice:0027-series-go-up splitStatements:false
CREATE FUNCTION guard_gate_series() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a series of scans only goes up' USING ERRCODE = 'GA002';
END $$;
CREATE TRIGGER only_up BEFORE UPDATE ON gate_series
  FOR EACH ROW WHEN (NEW.last_sequence < OLD.last_sequence) EXECUTE FUNCTION guard_gate_series();
--rollback DROP TRIGGER only_up ON gate_series; DROP FUNCTION guard_gate_series();

--changeset boxoffice:0027-admissions
CREATE TABLE admissions (
  ticket_id         uuid        PRIMARY KEY,
  concert_id        uuid        NOT NULL,
  entries           integer     NOT NULL DEFAULT 0,
  exits             integer     NOT NULL DEFAULT 0 CHECK (exits >= 0),
  first_scan        uuid,
  first_admitted_at timestamptz,
  last_scan         uuid,
  last_gate         text,
  last_at           timestamptz,
  CONSTRAINT admissions_inside_once CHECK (entries - exits BETWEEN 0 AND 1),
  CONSTRAINT admissions_first CHECK ((entries > 0) = (first_scan IS NOT NULL)
    AND (entries > 0) = (first_admitted_at IS NOT NULL)),
  CONSTRAINT admissions_last CHECK ((entries > 0) = (last_scan IS NOT NULL)
    AND (entries > 0) = (last_gate IS NOT NULL) AND (entries > 0) = (last_at IS NOT NULL))
) WITH (fillfactor = 50);
COMMENT ON TABLE admissions IS 'One row for each ticket that was scanned: a ticket is inside if it has one entry more than exits';
COMMENT ON COLUMN admissions.first_scan IS 'The scan that admitted it first; NULL: it was never admitted';
COMMENT ON COLUMN admissions.last_scan IS 'The scan of its last entry or exit';
--rollback DROP TABLE admissions;

--changeset boxoffice:0027-first-admission splitStatements:false
CREATE FUNCTION guard_admission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the first admission of a ticket does not change' USING ERRCODE = 'GA002';
END $$;
CREATE TRIGGER only_first BEFORE UPDATE ON admissions
  FOR EACH ROW WHEN (NEW.entries < OLD.entries OR NEW.exits < OLD.exits
    OR (OLD.first_scan IS NOT NULL
        AND (NEW.first_scan, NEW.first_admitted_at) IS DISTINCT FROM (OLD.first_scan, OLD.first_admitted_at)))
  EXECUTE FUNCTION guard_admission();
--rollback DROP TRIGGER only_first ON admissions; DROP FUNCTION guard_admission();

--changeset boxoffice:0027-admitted-purchases splitStatements:false
-- Runs with the lock of the purchase, which an admission shares until its commit. A cancelled concert gives everything back.
CREATE FUNCTION guard_admitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM tickets t JOIN admissions a ON a.ticket_id = t.id
             WHERE t.purchase_id = NEW.id AND a.entries > 0)
     AND NOT EXISTS (SELECT FROM concerts c WHERE c.id = NEW.concert_id AND c.cancelled_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a ticket of this purchase was admitted' USING ERRCODE = 'GA001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER admitted_guard BEFORE UPDATE OF status ON purchases
  FOR EACH ROW WHEN (OLD.status = 'CONFIRMED' AND NEW.status = 'CANCELLED') EXECUTE FUNCTION guard_admitted();
--rollback DROP TRIGGER admitted_guard ON purchases; DROP FUNCTION guard_admitted();

--changeset boxoffice:0027-scan-conflicts
CREATE TABLE scan_conflicts (
  id         uuid        PRIMARY KEY,
  noted_at   timestamptz NOT NULL,
  concert_id uuid        NOT NULL,
  ticket_id  uuid,
  reason     text        NOT NULL,
  scan_id    uuid        NOT NULL,
  gate       text        NOT NULL,
  series     bigint      NOT NULL,
  sequence   bigint      NOT NULL,
  scanned_at timestamptz,
  judged_at  timestamptz NOT NULL,
  other_scan uuid,
  other_gate text,
  other_at   timestamptz
);
CREATE INDEX scan_conflicts_by_time ON scan_conflicts (noted_at);
COMMENT ON TABLE scan_conflicts IS 'Scans of gates without network that let a person in that the shop refuses';
COMMENT ON COLUMN scan_conflicts.other_scan IS 'The last entry or exit of the ticket before; NULL: there was none';
--rollback DROP TABLE scan_conflicts;
