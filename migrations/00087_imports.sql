-- +goose Up
CREATE TABLE imports (
    id         @key     NOT NULL PRIMARY KEY,
    client_id  @key     NOT NULL REFERENCES clients (id),
    site_id    @key     NOT NULL,
    name       TEXT     NOT NULL, -- of the file
    digest     TEXT     NOT NULL, -- SHA-256 of the file, in hexadecimal
    row_count  INTEGER  NOT NULL,
    created    INTEGER  NOT NULL,
    updated    INTEGER  NOT NULL,
    "by"       TEXT     NOT NULL,
    at         @instant NOT NULL,
    undone_at  @instant,
    undone_by  TEXT     NOT NULL,
    UNIQUE (client_id, id),
    FOREIGN KEY (client_id, site_id) REFERENCES sites (client_id, id)
);
CREATE INDEX imports_client ON imports (client_id, at, id);
-- What an import brought, so that it can be taken back.
ALTER TABLE observations ADD COLUMN import_id @key;
ALTER TABLE coverages ADD COLUMN import_id @key;
ALTER TABLE financings ADD COLUMN import_id @key;
CREATE INDEX observations_import ON observations (client_id, import_id) WHERE import_id IS NOT NULL;
