-- +goose Up
-- Who is written to of what ends for a client.
CREATE TABLE alert_plans (
    client_id  @key     NOT NULL PRIMARY KEY REFERENCES clients (id),
    recipients TEXT     NOT NULL, -- mail addresses
    lang       TEXT     NOT NULL,
    updated_at @instant NOT NULL
);
-- What became of an alert; what it is about is computed, never stored.
CREATE TABLE deadlines (
    client_id     @key     NOT NULL REFERENCES clients (id),
    event         @key     NOT NULL, -- the key of the event
    day           TEXT     NOT NULL, -- of the event: another day begins anew
    acknowledged  BOOLEAN  NOT NULL,
    snoozed_until TEXT,
    sent_on       TEXT,
    said_by       TEXT     NOT NULL,
    said_at       @instant,
    PRIMARY KEY (client_id, event)
);
