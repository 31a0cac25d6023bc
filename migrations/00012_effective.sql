-- +goose Up
-- Since when two assets are one: when it was so, not when parc was told.
ALTER TABLE joins ADD COLUMN effective_at @instant;
