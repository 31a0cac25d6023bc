-- +goose Up
CREATE TABLE reports (
    id         @key     NOT NULL PRIMARY KEY,
    client_id  @key     NOT NULL REFERENCES clients (id),
    kind       TEXT     NOT NULL,
    day        TEXT     NOT NULL,
    "from"     TEXT,
    "to"       TEXT,
    digest     @key     NOT NULL, -- SHA-256 of the content
    size       INTEGER  NOT NULL, -- bytes of frozen
    frozen     @bytes   NOT NULL, -- the content and whose name it bears, packed
    created_by TEXT     NOT NULL,
    created_at @instant NOT NULL,
    UNIQUE (client_id, id),
    UNIQUE (client_id, digest)
);
CREATE INDEX reports_list ON reports (client_id, created_at, id);

CREATE TABLE saved_reports (
    id             @key     NOT NULL PRIMARY KEY,
    client_id      @key     NOT NULL REFERENCES clients (id),
    name           TEXT     NOT NULL,
    kind           TEXT     NOT NULL,
    lang           TEXT     NOT NULL,
    format         TEXT     NOT NULL,
    recipients     TEXT,
    spec           TEXT     NOT NULL,
    time_zone      TEXT     NOT NULL,
    enabled        BOOLEAN  NOT NULL,
    attempts       INTEGER  NOT NULL, -- of the run that is under way
    next_at        @instant,
    last_at        @instant,
    last_report_id TEXT     NOT NULL,
    last_error     TEXT     NOT NULL,
    created_at     @instant NOT NULL,
    UNIQUE (client_id, id)
);
CREATE INDEX saved_reports_due ON saved_reports (next_at) WHERE enabled;

CREATE TABLE settings (
    name       @key     NOT NULL PRIMARY KEY,
    value      TEXT     NOT NULL,
    sealed     TEXT     NOT NULL, -- secrets, encrypted with a key that is not in the database
    updated_at @instant NOT NULL
);
