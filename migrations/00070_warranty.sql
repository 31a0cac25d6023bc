-- +goose Up
CREATE TABLE maker_keys (
    maker      TEXT     NOT NULL PRIMARY KEY,
    login      TEXT     NOT NULL,
    sealed     TEXT     NOT NULL,
    updated_at @instant NOT NULL
);
CREATE TABLE warranty_lookups (
    client_id @key     NOT NULL,
    asset_id  @key     NOT NULL,
    maker     TEXT     NOT NULL,
    serial    TEXT     NOT NULL,
    asked_at  @instant NOT NULL,
    unknown   BOOLEAN  NOT NULL,
    shipped   TEXT,
    PRIMARY KEY (asset_id, maker),
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id) ON DELETE CASCADE
);
CREATE INDEX warranty_lookups_client ON warranty_lookups (client_id);
