-- +goose Up
CREATE TABLE schedules (
    id         @key     NOT NULL PRIMARY KEY,
    client_id  @key     NOT NULL,
    site_id    @key     NOT NULL,
    name       TEXT     NOT NULL,
    targets    TEXT,
    depth      TEXT     NOT NULL,
    spec       TEXT     NOT NULL,
    time_zone  TEXT     NOT NULL,
    enabled    BOOLEAN  NOT NULL,
    next_at    @instant,          -- none while enabled: to be worked out
    last_at    @instant,
    created_at @instant NOT NULL,
    UNIQUE (client_id, id),
    FOREIGN KEY (client_id, site_id) REFERENCES sites (client_id, id)
);
CREATE INDEX schedules_due ON schedules (next_at) WHERE enabled;

CREATE TABLE scans (
    id           @key     NOT NULL PRIMARY KEY,
    client_id    @key     NOT NULL,
    site_id      @key     NOT NULL,
    schedule_id  @key,
    targets      TEXT,
    depth        TEXT     NOT NULL,
    state        @key     NOT NULL,
    progress     TEXT,
    error        TEXT     NOT NULL,
    created_by   TEXT     NOT NULL,
    created_at   @instant NOT NULL,
    started_at   @instant,
    ended_at     @instant,
    job_id       BIGINT,            -- the queue's job that runs it
    runner       TEXT     NOT NULL, -- who runs it now: one at a time
    heartbeat_at @instant,          -- when its runner last gave a sign of life
    cancel_at    @instant,          -- when somebody asked to stop it
    UNIQUE (client_id, id),
    FOREIGN KEY (client_id, site_id) REFERENCES sites (client_id, id),
    FOREIGN KEY (client_id, schedule_id) REFERENCES schedules (client_id, id)
);
CREATE INDEX scans_list ON scans (client_id, created_at, id);
CREATE INDEX scans_schedule ON scans (client_id, schedule_id) WHERE schedule_id IS NOT NULL;
CREATE INDEX scans_running ON scans (heartbeat_at) WHERE state = 'running';

CREATE TABLE credentials (
    id        @key NOT NULL PRIMARY KEY,
    client_id @key NOT NULL REFERENCES clients (id),
    site_id   @key,
    name      TEXT NOT NULL,
    version   TEXT NOT NULL,
    "user"    TEXT NOT NULL,
    auth      TEXT NOT NULL,
    privacy   TEXT NOT NULL,
    ranges    TEXT,
    sealed    TEXT NOT NULL, -- the secrets, encrypted with a key that is not in the database
    FOREIGN KEY (client_id, site_id) REFERENCES sites (client_id, id)
);
CREATE INDEX credentials_client ON credentials (client_id, id);
