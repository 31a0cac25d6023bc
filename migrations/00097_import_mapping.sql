-- +goose Up
-- Which column went where: what a client's next file of the same headings begins with.
ALTER TABLE imports ADD COLUMN mapping TEXT;
