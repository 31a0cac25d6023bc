-- +goose Up
CREATE TABLE licence_keys (
    id         @key     NOT NULL PRIMARY KEY,
    client_id  @key     NOT NULL REFERENCES clients (id),
    mark       @key     NOT NULL, -- keyed digest: the same key found again is known by it
    tail       TEXT     NOT NULL, -- the last characters, where they are shown
    sealed     TEXT     NOT NULL, -- encrypted for this row and this client
    created_at @instant NOT NULL,
    told_at    @instant NOT NULL, -- when a machine last told it, to the day
    UNIQUE (client_id, mark)
);
