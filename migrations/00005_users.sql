-- +goose Up
CREATE TABLE users (
    id            @key     NOT NULL PRIMARY KEY,
    login         TEXT     NOT NULL CHECK (login <> ''),
    login_key     @key     NOT NULL UNIQUE,
    name          TEXT     NOT NULL,
    role          TEXT     NOT NULL,
    clients       TEXT,
    password_hash TEXT     NOT NULL,
    must_change   BOOLEAN  NOT NULL,
    disabled      BOOLEAN  NOT NULL,
    created_at    @instant NOT NULL
);

CREATE TABLE sessions (
    token_hash @key     NOT NULL PRIMARY KEY,
    user_id    @key     NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at @instant NOT NULL,
    expires_at @instant NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
