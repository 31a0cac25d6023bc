-- +goose Up
-- What an import did, in numbers, and what became of it when it was taken back.
ALTER TABLE imports ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN reviewed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN coverages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN purchases INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN undone TEXT;
-- What an import made besides records, coverages and purchases. What a person
-- changes since is the person's: then import_id is NULL again.
ALTER TABLE sites ADD COLUMN import_id @key;
ALTER TABLE joins ADD COLUMN import_id @key;
ALTER TABLE reviews ADD COLUMN import_id @key;
-- The record of which an asset was made.
ALTER TABLE observations ADD COLUMN made BOOLEAN NOT NULL DEFAULT FALSE;
