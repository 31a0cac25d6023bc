-- +goose Up
-- What is attached, once for each client: by the digest of the content.
CREATE TABLE attachment_files (
    client_id @key   NOT NULL REFERENCES clients (id),
    sha256    @key   NOT NULL, -- in hexadecimal
    size      BIGINT NOT NULL, -- bytes
    PRIMARY KEY (client_id, sha256)
);

-- The content itself, cut up: neither memory nor a row holds a whole file.
CREATE TABLE attachment_parts (
    client_id @key    NOT NULL,
    sha256    @key    NOT NULL,
    number    INTEGER NOT NULL, -- from 0
    content   @bytes  NOT NULL,
    PRIMARY KEY (client_id, sha256, number),
    FOREIGN KEY (client_id, sha256) REFERENCES attachment_files (client_id, sha256) ON DELETE CASCADE
);

CREATE UNIQUE INDEX interventions_own ON interventions (client_id, id);

-- What a file hangs on: one of these, or the client itself.
CREATE TABLE attachments (
    id              @key     NOT NULL PRIMARY KEY,
    client_id       @key     NOT NULL REFERENCES clients (id),
    asset_id        @key,
    contract_id     @key,
    financing_id    @key,
    licence_id      @key,
    intervention_id @key,
    name            TEXT     NOT NULL,
    title           TEXT     NOT NULL,
    kind            TEXT     NOT NULL,
    media_type      TEXT     NOT NULL,
    size            BIGINT   NOT NULL,
    sha256          @key     NOT NULL,
    uploaded_by     TEXT     NOT NULL,
    uploaded_at     @instant NOT NULL,
    UNIQUE (client_id, id),
    CHECK (CASE WHEN asset_id IS NULL THEN 0 ELSE 1 END + CASE WHEN contract_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN financing_id IS NULL THEN 0 ELSE 1 END + CASE WHEN licence_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN intervention_id IS NULL THEN 0 ELSE 1 END <= 1),
    FOREIGN KEY (client_id, sha256) REFERENCES attachment_files (client_id, sha256),
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id),
    FOREIGN KEY (client_id, contract_id) REFERENCES contracts (client_id, id) ON DELETE CASCADE,
    FOREIGN KEY (client_id, financing_id) REFERENCES financings (client_id, id) ON DELETE CASCADE,
    FOREIGN KEY (client_id, licence_id) REFERENCES licences (client_id, id) ON DELETE CASCADE,
    FOREIGN KEY (client_id, intervention_id) REFERENCES interventions (client_id, id) ON DELETE CASCADE
);
CREATE INDEX attachments_list ON attachments (client_id, uploaded_at, id);
CREATE INDEX attachments_file ON attachments (client_id, sha256);
CREATE INDEX attachments_asset ON attachments (client_id, asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX attachments_contract ON attachments (client_id, contract_id) WHERE contract_id IS NOT NULL;
CREATE INDEX attachments_financing ON attachments (client_id, financing_id) WHERE financing_id IS NOT NULL;
CREATE INDEX attachments_licence ON attachments (client_id, licence_id) WHERE licence_id IS NOT NULL;
CREATE INDEX attachments_intervention ON attachments (client_id, intervention_id) WHERE intervention_id IS NOT NULL;
