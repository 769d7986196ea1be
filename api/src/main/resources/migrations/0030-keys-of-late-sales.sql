--liquibase formatted sql

--changeset boxoffice:0030-sale-keys-arrive splitStatements:false
-- A buyer whose sale was never confirmed at a lost site repeats it at the other one, with the same key. The sale of the newer
-- epoch keeps the key; the other site refuses the older one. Two rows with one key would end the replication at their index.
CREATE FUNCTION sale_key_arrives() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.idempotency_key IS NOT NULL AND EXISTS (SELECT FROM site) THEN
    EXECUTE format(
      'UPDATE %I.%I SET idempotency_key = NULL WHERE idempotency_key = $1 AND concert_id = $2 AND epoch < $3',
      TG_TABLE_SCHEMA, TG_TABLE_NAME)
      USING NEW.idempotency_key, NEW.concert_id, NEW.epoch;
  END IF;
  RETURN NEW;
END $$;
-- The name puts them after site_arrival, which drops the rows that are refused.
CREATE TRIGGER site_key BEFORE INSERT ON purchases FOR EACH ROW EXECUTE FUNCTION sale_key_arrives();
CREATE TRIGGER site_key BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION sale_key_arrives();
ALTER TABLE purchases ENABLE REPLICA TRIGGER site_key;
ALTER TABLE orders ENABLE REPLICA TRIGGER site_key;
--rollback DROP FUNCTION sale_key_arrives CASCADE;
