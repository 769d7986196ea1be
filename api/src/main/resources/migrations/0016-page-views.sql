--liquibase formatted sql

--changeset boxoffice:0016-page-views
CREATE TABLE page_views (
  concert_id uuid        NOT NULL,
  viewed_at  timestamptz NOT NULL
);
CREATE INDEX page_views_viewed ON page_views USING brin (viewed_at);
COMMENT ON TABLE page_views IS 'Views of the pages of concerts. No key and no reference: a row is written once and never changed, and a concert that is deleted meanwhile must not fail the batch';
--rollback DROP TABLE page_views;
