-- +goose Up
ALTER TABLE joins ADD COLUMN kind TEXT NOT NULL DEFAULT 'merge';
ALTER TABLE joins ADD COLUMN undone_by TEXT NOT NULL DEFAULT '';
CREATE INDEX joins_list ON joins (client_id, at, id);
