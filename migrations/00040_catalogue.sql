-- +goose Up
CREATE TABLE catalogue (
    id         @key     NOT NULL PRIMARY KEY,
    label      TEXT     NOT NULL,
    category   TEXT     NOT NULL,
    source     TEXT     NOT NULL,
    seen_on    TEXT     NOT NULL,
    releases   TEXT     NOT NULL,
    updated_at @instant NOT NULL
);
