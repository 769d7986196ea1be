--liquibase formatted sql

--changeset boxoffice:0028-scans
CREATE TABLE scans (
  scan_id    uuid        NOT NULL,
  gate       text        NOT NULL,
  series     bigint      NOT NULL,
  sequence   bigint      NOT NULL,
  concert_id uuid        NOT NULL,
  ticket_id  uuid,
  direction  text        NOT NULL CHECK (direction IN ('in', 'out')),
  mode       text        NOT NULL CHECK (mode IN ('online', 'offline')),
  scanned_at timestamptz,
  judged_at  timestamptz NOT NULL,
  applied_at timestamptz NOT NULL,
  outcome    text        NOT NULL CHECK (outcome IN ('admitted', 'left', 'refused')),
  reason     text,
  CONSTRAINT scans_reason CHECK ((outcome = 'refused') = (reason IS NOT NULL)),
  CONSTRAINT scans_judged CHECK (judged_at <= applied_at)
) PARTITION BY RANGE (applied_at);
CREATE INDEX scans_by_position ON scans (gate, series, sequence);
CREATE INDEX scans_by_time ON scans USING brin (applied_at);
COMMENT ON TABLE scans IS 'What each scan did. One partition for each day (UTC), which retention drops';
COMMENT ON COLUMN scans.concert_id IS 'That of the gate';
COMMENT ON COLUMN scans.scanned_at IS 'By the clock of the device';
COMMENT ON COLUMN scans.judged_at IS 'By the clock of the shop: when an offline scan was read, when an online one was received';

-- Holds the scans of a day without a partition, so that none is lost. create_scan_days moves them.
CREATE TABLE scans_of_other_days PARTITION OF scans DEFAULT;
--rollback DROP TABLE scans;

--changeset boxoffice:0028-days splitStatements:false
-- The replicas do not own the tables. These functions let them create and drop days of scans, and nothing else.
-- Writing scans does not wait while a day is created: ATTACH takes no lock that an INSERT into the other days needs.
CREATE FUNCTION create_scan_days(last_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
  day date := (now() AT TIME ZONE 'UTC')::date;
  name text;
  bounds text[];
  created integer := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('scan_days')) THEN
    RETURN 0;
  END IF;
  WHILE day <= least(last_day, (now() AT TIME ZONE 'UTC')::date + 31) LOOP
    name := 'scans_' || to_char(day, 'YYYYMMDD');
    IF to_regclass('public.' || name) IS NULL THEN
      bounds := ARRAY[day || ' 00:00:00+00', day + 1 || ' 00:00:00+00'];
      LOCK TABLE public.scans_of_other_days IN ACCESS EXCLUSIVE MODE;
      EXECUTE format('CREATE TABLE public.%I (LIKE public.scans INCLUDING ALL)', name);
      EXECUTE format('WITH moved AS (DELETE FROM public.scans_of_other_days
        WHERE applied_at >= %L AND applied_at < %L RETURNING *) INSERT INTO public.%I SELECT * FROM moved',
        bounds[1], bounds[2], name);
      EXECUTE format('ALTER TABLE public.scans ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
        name, bounds[1], bounds[2]);
      created := created + 1;
    END IF;
    day := day + 1;
  END LOOP;
  RETURN created;
END $$;

-- Drops one day in each call, because scans wait while it runs; it gives up if it waits for them for half a second.
CREATE FUNCTION drop_scan_day(before_day date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
  name text;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('scan_days')) THEN
    RETURN 0;
  END IF;
  SELECT c.relname INTO name
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.scans'::regclass AND c.relname ~ '^scans_[0-9]{8}$'
      AND to_date(substr(c.relname, 7), 'YYYYMMDD') < before_day
    ORDER BY c.relname LIMIT 1;
  IF name IS NULL THEN
    RETURN 0;
  END IF;
  EXECUTE format('DROP TABLE public.%I', name);
  RETURN 1;
END $$;
REVOKE EXECUTE ON FUNCTION create_scan_days(date), drop_scan_day(date) FROM PUBLIC;
--rollback DROP FUNCTION create_scan_days(date), drop_scan_day(date);

--changeset boxoffice:0028-attendance splitStatements:false
CREATE TABLE attendance_minutes (
  concert_id     uuid        NOT NULL,
  gate           text        NOT NULL,
  minute         timestamptz NOT NULL,
  admitted_count integer     NOT NULL CHECK (admitted_count >= 0),
  left_count     integer     NOT NULL CHECK (left_count >= 0),
  refused_count  integer     NOT NULL CHECK (refused_count >= 0),
  PRIMARY KEY (concert_id, gate, minute)
);
CREATE INDEX attendance_minutes_by_time ON attendance_minutes (minute);
COMMENT ON TABLE attendance_minutes IS 'Counts the scans of each minute of judged_at; a trigger of scans writes it in the same transaction';

CREATE FUNCTION count_scans() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO attendance_minutes AS counted
    (concert_id, gate, minute, admitted_count, left_count, refused_count)
  SELECT concert_id, gate, date_bin('1 minute', judged_at, 'epoch'),
         count(*) FILTER (WHERE outcome = 'admitted'), count(*) FILTER (WHERE outcome = 'left'),
         count(*) FILTER (WHERE outcome = 'refused')
  FROM added GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (concert_id, gate, minute) DO UPDATE
    SET admitted_count = counted.admitted_count + excluded.admitted_count,
        left_count = counted.left_count + excluded.left_count,
        refused_count = counted.refused_count + excluded.refused_count;
  RETURN NULL;
END $$;
CREATE TRIGGER attendance AFTER INSERT ON scans
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_scans();
--rollback DROP TRIGGER attendance ON scans; DROP FUNCTION count_scans(); DROP TABLE attendance_minutes;
