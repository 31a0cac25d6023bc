-- +goose Up
-- Addresses at which people's calendars are read without signing in.
CREATE TABLE calendars (
    id           @key     NOT NULL PRIMARY KEY,
    user_id      @key     NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    client_id    @key     REFERENCES clients (id), -- NULL: every client that the user may see
    name         TEXT     NOT NULL,
    lang         TEXT     NOT NULL,
    token_hash   @key     NOT NULL UNIQUE, -- SHA-256: the token itself is not kept
    created_at   @instant NOT NULL,
    last_used_at @instant
);
CREATE INDEX calendars_user ON calendars (user_id, id);
