-- +goose Up
ALTER TABLE financings ADD COLUMN signed_on TEXT;
ALTER TABLE financings ADD COLUMN rate_bps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE financings ADD COLUMN tacit_months INTEGER NOT NULL DEFAULT 0;
ALTER TABLE financings ADD COLUMN notice_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE financings ADD COLUMN return_terms TEXT NOT NULL DEFAULT '';
ALTER TABLE financings ADD COLUMN return_cost_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE financings ADD COLUMN return_cost_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE financings ADD COLUMN in_service TEXT;
ALTER TABLE financings ADD COLUMN method TEXT NOT NULL DEFAULT '';
ALTER TABLE financings ADD COLUMN life_months INTEGER NOT NULL DEFAULT 0;
ALTER TABLE licences ADD COLUMN vat_permille INTEGER NOT NULL DEFAULT 200;
ALTER TABLE licences ADD COLUMN pack_size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE licences ADD COLUMN tacit_months INTEGER NOT NULL DEFAULT 0;
ALTER TABLE licences ADD COLUMN notice_months INTEGER NOT NULL DEFAULT 0;
ALTER TABLE licences ADD COLUMN maintenance_end TEXT;
ALTER TABLE licences ADD COLUMN assigned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE licences ADD COLUMN active INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN vat_permille INTEGER NOT NULL DEFAULT 200;
ALTER TABLE contracts ADD COLUMN index_name TEXT NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN index_bps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN notice_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN notice_form TEXT NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN services TEXT;
ALTER TABLE contracts ADD COLUMN site_ids TEXT;
ALTER TABLE contracts ADD COLUMN levels TEXT;
ALTER TABLE contracts ADD COLUMN insurer TEXT NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN policy TEXT NOT NULL DEFAULT '';
ALTER TABLE contracts ADD COLUMN insured_until TEXT;
ALTER TABLE contracts ADD COLUMN insured_up_to_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE contracts ADD COLUMN insured_up_to_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE contracts DROP COLUMN support_levels;

CREATE TABLE interventions (
    id             @key     NOT NULL PRIMARY KEY,
    client_id      @key     NOT NULL REFERENCES clients (id),
    asset_id       TEXT     NOT NULL,
    contract_id    TEXT     NOT NULL,
    level          INTEGER  NOT NULL,
    kind           TEXT     NOT NULL,
    summary        TEXT     NOT NULL,
    opened_at      @instant NOT NULL,
    responded_at   @instant,
    resolved_at    @instant,
    paused_minutes INTEGER  NOT NULL,
    work_minutes   INTEGER  NOT NULL,
    cost_minor     BIGINT   NOT NULL,
    cost_currency  TEXT     NOT NULL,
    "by"           TEXT     NOT NULL,
    created_at     @instant NOT NULL
);
CREATE INDEX interventions_client ON interventions (client_id, opened_at, id);
CREATE INDEX interventions_asset ON interventions (client_id, asset_id);

CREATE TABLE policies (
    client_id          TEXT     NOT NULL PRIMARY KEY,
    life_months        TEXT,
    inflation          TEXT,
    risk_cost          TEXT,
    method             TEXT     NOT NULL,
    depreciate_over    INTEGER  NOT NULL,
    threshold_minor    BIGINT   NOT NULL,
    threshold_currency TEXT     NOT NULL,
    year_end_month     INTEGER  NOT NULL,
    vat_permille       INTEGER  NOT NULL,
    discount_bps       INTEGER  NOT NULL,
    notice_warn_days   INTEGER  NOT NULL,
    updated_at         @instant NOT NULL
);

CREATE TABLE prices (
    id              @key     NOT NULL PRIMARY KEY,
    client_id       TEXT     NOT NULL,
    class           TEXT     NOT NULL,
    vendor          TEXT     NOT NULL,
    model           TEXT     NOT NULL,
    amount_minor    BIGINT   NOT NULL,
    amount_currency TEXT     NOT NULL,
    day             TEXT     NOT NULL,
    source          TEXT     NOT NULL,
    reference       TEXT     NOT NULL,
    created_at      @instant NOT NULL
);
CREATE INDEX prices_client ON prices (client_id, class, day);

CREATE TABLE scenarios (
    id           @key     NOT NULL PRIMARY KEY,
    client_id    @key     NOT NULL REFERENCES clients (id),
    name         TEXT     NOT NULL,
    "from"       INTEGER  NOT NULL,
    years        INTEGER  NOT NULL,
    caps         TEXT,
    life_months  TEXT,
    "first"      TEXT,
    lease        TEXT,
    lease_months INTEGER  NOT NULL,
    lease_bps    INTEGER  NOT NULL,
    pinned       TEXT,
    lots         TEXT,
    notes        TEXT     NOT NULL,
    created_at   @instant NOT NULL,
    UNIQUE (client_id, name)
);
