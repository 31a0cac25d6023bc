-- +goose Up
CREATE TABLE enrolments (
    id           @key     NOT NULL PRIMARY KEY,
    client_id    @key     NOT NULL REFERENCES clients (id),
    site_id      @key     NOT NULL,
    name         TEXT     NOT NULL,
    token_hash   @key     NOT NULL UNIQUE, -- SHA-256: the token itself is not kept
    created_at   @instant NOT NULL,
    last_used_at @instant,
    revoked_at   @instant,
    FOREIGN KEY (client_id, site_id) REFERENCES sites (client_id, id)
);
CREATE INDEX enrolments_client ON enrolments (client_id, id);
CREATE TABLE agents (
    client_id    @key     NOT NULL REFERENCES clients (id),
    device       @key     NOT NULL,
    site_id      TEXT     NOT NULL,
    enrolment_id TEXT     NOT NULL,
    program      TEXT     NOT NULL,
    tag          TEXT     NOT NULL,
    zone         INTEGER, -- minutes east of UTC, as its last whole inventory told
    taken        TEXT,    -- digests of the last messages taken in
    last_contact @instant NOT NULL,
    last_full    @instant,
    last_partial @instant,
    last_error   TEXT     NOT NULL,
    PRIMARY KEY (client_id, device)
);
