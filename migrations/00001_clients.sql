-- +goose Up
CREATE TABLE clients (
    id         @key     NOT NULL PRIMARY KEY,
    name       TEXT     NOT NULL CHECK (name <> ''),
    name_key   @key     NOT NULL UNIQUE, -- the name in lower case: "Dupont" and "dupont" are one client
    notes      TEXT     NOT NULL,
    created_at @instant NOT NULL
);

CREATE TABLE sites (
    id         @key     NOT NULL PRIMARY KEY,
    client_id  @key     NOT NULL REFERENCES clients (id),
    name       TEXT     NOT NULL CHECK (name <> ''),
    name_key   @key     NOT NULL,
    address    TEXT     NOT NULL,
    networks   TEXT,
    created_at @instant NOT NULL,
    UNIQUE (client_id, id),
    UNIQUE (client_id, name_key)
);
