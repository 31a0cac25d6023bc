-- +goose Up
CREATE TABLE coverages (
    id         @key     NOT NULL PRIMARY KEY,
    client_id  @key     NOT NULL,
    asset_id   @key     NOT NULL,
    kind       TEXT     NOT NULL,
    level      TEXT     NOT NULL,
    start      TEXT,
    "end"      TEXT,
    source     TEXT     NOT NULL,
    fetched_at @instant NOT NULL,
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id)
);
CREATE INDEX coverages_asset ON coverages (client_id, asset_id);

CREATE TABLE financings (
    id                  @key     NOT NULL PRIMARY KEY,
    client_id           @key     NOT NULL REFERENCES clients (id),
    kind                TEXT     NOT NULL,
    supplier            TEXT     NOT NULL,
    lessor              TEXT     NOT NULL,
    reference           TEXT     NOT NULL,
    start               TEXT,
    months              INTEGER  NOT NULL,
    period_months       INTEGER  NOT NULL,
    arrears             BOOLEAN  NOT NULL,
    price_minor         BIGINT   NOT NULL,
    price_currency      TEXT     NOT NULL,
    instalment_minor    BIGINT   NOT NULL,
    instalment_currency TEXT     NOT NULL,
    residual_minor      BIGINT   NOT NULL,
    residual_currency   TEXT     NOT NULL,
    notice_months       INTEGER  NOT NULL,
    vat_permille        INTEGER  NOT NULL,
    notes               TEXT     NOT NULL,
    created_at          @instant NOT NULL,
    UNIQUE (client_id, id)
);
CREATE TABLE financing_assets (
    client_id    @key NOT NULL,
    financing_id @key NOT NULL,
    asset_id     @key NOT NULL,
    PRIMARY KEY (client_id, financing_id, asset_id),
    FOREIGN KEY (client_id, financing_id) REFERENCES financings (client_id, id) ON DELETE CASCADE,
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id)
);
CREATE INDEX financing_assets_asset ON financing_assets (client_id, asset_id);

CREATE TABLE licences (
    id                  @key     NOT NULL PRIMARY KEY,
    client_id           @key     NOT NULL REFERENCES clients (id),
    publisher           TEXT     NOT NULL,
    product             TEXT     NOT NULL,
    edition             TEXT     NOT NULL,
    metric              TEXT     NOT NULL,
    quantity            INTEGER  NOT NULL,
    kind                TEXT     NOT NULL,
    start               TEXT,
    "end"               TEXT,
    renews              BOOLEAN  NOT NULL,
    unit_price_minor    BIGINT   NOT NULL,
    unit_price_currency TEXT     NOT NULL,
    per_months          INTEGER  NOT NULL,
    supplier            TEXT     NOT NULL,
    reference           TEXT     NOT NULL,
    created_at          @instant NOT NULL,
    UNIQUE (client_id, id)
);
CREATE TABLE licence_assets (
    client_id  @key NOT NULL,
    licence_id @key NOT NULL,
    asset_id   @key NOT NULL,
    PRIMARY KEY (client_id, licence_id, asset_id),
    FOREIGN KEY (client_id, licence_id) REFERENCES licences (client_id, id) ON DELETE CASCADE,
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id)
);
CREATE INDEX licence_assets_asset ON licence_assets (client_id, asset_id);

CREATE TABLE contracts (
    id             @key     NOT NULL PRIMARY KEY,
    client_id      @key     NOT NULL REFERENCES clients (id),
    kind           TEXT     NOT NULL,
    party          TEXT     NOT NULL,
    reference      TEXT     NOT NULL,
    title          TEXT     NOT NULL,
    start          TEXT,
    months         INTEGER  NOT NULL,
    tacit_months   INTEGER  NOT NULL,
    notice_months  INTEGER  NOT NULL,
    price_minor    BIGINT   NOT NULL,
    price_currency TEXT     NOT NULL,
    price_months   INTEGER  NOT NULL,
    support_levels TEXT,
    notes          TEXT     NOT NULL,
    created_at     @instant NOT NULL,
    UNIQUE (client_id, id)
);
CREATE TABLE contract_assets (
    client_id   @key NOT NULL,
    contract_id @key NOT NULL,
    asset_id    @key NOT NULL,
    PRIMARY KEY (client_id, contract_id, asset_id),
    FOREIGN KEY (client_id, contract_id) REFERENCES contracts (client_id, id) ON DELETE CASCADE,
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id)
);
CREATE INDEX contract_assets_asset ON contract_assets (client_id, asset_id);
CREATE INDEX coverages_client ON coverages (client_id, id);
