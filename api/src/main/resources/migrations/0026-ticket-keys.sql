--liquibase formatted sql

--changeset boxoffice:0026-ticket-keys
CREATE TABLE ticket_keys (
  number     integer     PRIMARY KEY CHECK (number BETWEEN 1 AND 65535),
  jwk        text        NOT NULL,
  signs_from timestamptz NOT NULL
);
COMMENT ON TABLE ticket_keys IS 'The keys that sign ticket codes';
COMMENT ON COLUMN ticket_keys.number IS 'Stands in two bytes of each code. Of two sites, one creates odd numbers and the other one even ones';
COMMENT ON COLUMN ticket_keys.jwk IS 'RFC 8037, with the private key until the next key has signed for a day';
--rollback DROP TABLE ticket_keys;

--changeset boxoffice:0026-ticket-keys-arrive splitStatements:false
-- Two keys have one number only if both sites were shops of one site before: the one that signs earlier is kept, as in signing_keys.
CREATE FUNCTION ticket_key_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  other ticket_keys;
BEGIN
  SELECT * INTO other FROM ticket_keys WHERE number = NEW.number;
  IF FOUND AND (other.signs_from, other.jwk) <= (NEW.signs_from, NEW.jwk) THEN
    RETURN NULL;
  END IF;
  DELETE FROM ticket_keys WHERE number = NEW.number;
  RETURN NEW;
END $$;
CREATE TRIGGER site_arrival BEFORE INSERT ON ticket_keys
  FOR EACH ROW EXECUTE FUNCTION ticket_key_arrives();
ALTER TABLE ticket_keys ENABLE REPLICA TRIGGER site_arrival;
--rollback DROP FUNCTION ticket_key_arrives CASCADE;

--changeset boxoffice:0026-publications splitStatements:false
-- Run by the owner of the tables.
CREATE OR REPLACE FUNCTION publish_site() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  CREATE PUBLICATION boxoffice_rows FOR TABLE
    ticket_types, purchases, tickets, orders, payments, concert_cancellations,
    accounts, second_factors, recovery_codes, identities, site_heartbeats;
  -- Concerts change by the rows of concert_changes, home_moves and ticket_types. Each site erases private parts of keys itself.
  CREATE PUBLICATION boxoffice_additions FOR TABLE
    concerts, concert_changes, home_moves, conflicts, signing_keys, ticket_keys
    WITH (publish = 'insert, delete');
  CREATE PUBLICATION boxoffice_history FOR TABLE order_changes WITH (publish = 'insert');
END $$;
--rollback empty
