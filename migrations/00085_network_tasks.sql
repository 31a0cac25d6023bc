-- +goose Up
ALTER TABLE enrolments ADD COLUMN network BOOLEAN NOT NULL DEFAULT FALSE; -- its agents may be asked to look at the site's networks
ALTER TABLE enrolments ADD COLUMN asked_at @instant; -- when one of them was last asked to
ALTER TABLE enrolments ADD COLUMN asked_with TEXT; -- the ids of the credentials it was given, in the order of their numbers
CREATE UNIQUE INDEX enrolments_own ON enrolments (client_id, id);
CREATE TABLE network_finds (
    client_id     @key     NOT NULL REFERENCES clients (id),
    enrolment_id  @key     NOT NULL,
    address       @key     NOT NULL,
    port          INTEGER  NOT NULL,
    credential_id TEXT     NOT NULL,
    found_at      @instant NOT NULL,
    PRIMARY KEY (enrolment_id, address),
    FOREIGN KEY (client_id, enrolment_id) REFERENCES enrolments (client_id, id)
);
CREATE INDEX network_finds_client ON network_finds (client_id);
