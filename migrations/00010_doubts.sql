-- +goose Up
-- The review that must tell which asset this is: it holds records kept apart.
ALTER TABLE assets ADD COLUMN doubt TEXT NOT NULL DEFAULT '';
CREATE INDEX assets_doubt ON assets (client_id, doubt) WHERE doubt <> '';
