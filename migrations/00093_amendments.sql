-- +goose Up
ALTER TABLE financings ADD COLUMN first_instalment_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE financings ADD COLUMN first_instalment_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE financings ADD COLUMN deposit_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE financings ADD COLUMN deposit_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE financings ADD COLUMN premium_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE financings ADD COLUMN premium_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE financings ADD COLUMN index_bps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE financings ADD COLUMN exit_permille INTEGER NOT NULL DEFAULT 0;
ALTER TABLE financings ADD COLUMN must_insure BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE financings ADD COLUMN insured_until TEXT;
ALTER TABLE financings ADD COLUMN option_from TEXT;
ALTER TABLE financings ADD COLUMN option_until TEXT;

CREATE TABLE amendments (
    id                  @key     NOT NULL PRIMARY KEY,
    client_id           @key     NOT NULL,
    financing_id        @key     NOT NULL,
    place               INTEGER  NOT NULL, -- in the order of their days
    day                 TEXT     NOT NULL,
    signed_on           TEXT,
    term                TEXT     NOT NULL, -- co-terminous, restart, own
    months              INTEGER  NOT NULL,
    instalment_minor    BIGINT   NOT NULL,
    instalment_currency TEXT     NOT NULL, -- '' leaves the rent as it is
    notes               TEXT     NOT NULL,
    UNIQUE (client_id, id),
    FOREIGN KEY (client_id, financing_id) REFERENCES financings (client_id, id) ON DELETE CASCADE
);
CREATE INDEX amendments_financing ON amendments (client_id, financing_id);

-- What comes in with an amendment.
CREATE TABLE amendment_assets (
    client_id    @key NOT NULL,
    amendment_id @key NOT NULL,
    asset_id     @key NOT NULL,
    PRIMARY KEY (client_id, amendment_id, asset_id),
    FOREIGN KEY (client_id, amendment_id) REFERENCES amendments (client_id, id) ON DELETE CASCADE,
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id)
);
CREATE INDEX amendment_assets_asset ON amendment_assets (client_id, asset_id);

-- What goes back with an amendment.
CREATE TABLE amendment_returns (
    client_id    @key NOT NULL,
    amendment_id @key NOT NULL,
    asset_id     @key NOT NULL,
    PRIMARY KEY (client_id, amendment_id, asset_id),
    FOREIGN KEY (client_id, amendment_id) REFERENCES amendments (client_id, id) ON DELETE CASCADE,
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id)
);
CREATE INDEX amendment_returns_asset ON amendment_returns (client_id, asset_id);
