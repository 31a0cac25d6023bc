-- +goose Up
CREATE TABLE assets (
    id         @key     NOT NULL PRIMARY KEY,
    client_id  @key     NOT NULL,
    site_id    @key     NOT NULL,
    parent_id  @key,
    state      @key     NOT NULL,
    class      @key     NOT NULL,
    vendor     TEXT     NOT NULL,
    model      TEXT     NOT NULL,
    version    TEXT     NOT NULL,
    serial     TEXT     NOT NULL,
    uuid       TEXT     NOT NULL,
    hostname   TEXT     NOT NULL,
    address    TEXT     NOT NULL,
    os_name    TEXT     NOT NULL,
    os_version TEXT     NOT NULL,
    os_build   TEXT     NOT NULL,
    first_seen @instant NOT NULL,
    last_seen  @instant NOT NULL,
    updated_at @instant NOT NULL,
    sort_key   @key     NOT NULL, -- where the asset stands in lists
    search     TEXT     NOT NULL, -- what a search by text looks into, in lower case
    "values"   TEXT,
    known_by   TEXT,              -- the identifiers, each with when it was first and last seen
    details    TEXT,              -- last: it is long, and lists do not read it
    UNIQUE (client_id, id),
    FOREIGN KEY (client_id, site_id) REFERENCES sites (client_id, id),
    -- A part may be written before the whole within one transaction.
    FOREIGN KEY (client_id, parent_id) REFERENCES assets (client_id, id) DEFERRABLE INITIALLY DEFERRED
) @roomy;
CREATE INDEX assets_list ON assets (client_id, sort_key, id);
CREATE INDEX assets_count ON assets (client_id, class, state, site_id);
CREATE INDEX assets_parent ON assets (client_id, parent_id) WHERE parent_id IS NOT NULL;

-- By which an asset is found: what assets.known_by tells, turned round. There is
-- one for every address of every network card, so it is kept to what looking up
-- needs: no times, which move with every scan, and no foreign key, which would want
-- an index as large again. A row without its asset finds nothing: assets are read
-- with their client.
CREATE TABLE identifiers (
    client_id @key NOT NULL,
    kind      @key NOT NULL,
    value     @key NOT NULL,
    asset_id  @key NOT NULL,
    PRIMARY KEY (client_id, kind, value, asset_id)
);

CREATE TABLE sightings (
    client_id @key     NOT NULL,
    asset_id  @key     NOT NULL,
    source    @key     NOT NULL,
    ref       @key     NOT NULL,
    address   TEXT     NOT NULL,
    scan_id   TEXT     NOT NULL,
    first_at  @instant NOT NULL,
    at        @instant NOT NULL,
    PRIMARY KEY (client_id, asset_id, source, ref),
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id) ON DELETE CASCADE
);

CREATE TABLE changes (
    id        @key     NOT NULL PRIMARY KEY,
    client_id @key     NOT NULL,
    asset_id  @key     NOT NULL,
    origin_id @key     NOT NULL, -- the asset it was written for, before that asset joined another
    at        @instant NOT NULL,
    actor     TEXT     NOT NULL,
    field     @key     NOT NULL,
    old       TEXT     NOT NULL,
    new       TEXT     NOT NULL,
    because   TEXT     NOT NULL,
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id)
);
CREATE INDEX changes_asset ON changes (client_id, asset_id, at, id);
CREATE INDEX changes_time ON changes (client_id, at);

CREATE TABLE observations (
    id          @key     NOT NULL PRIMARY KEY,
    client_id   @key     NOT NULL,
    site_id     @key     NOT NULL,
    asset_id    @key,              -- none: a person has to decide first
    origin_id   @key,              -- the asset it was placed on, before that asset joined another
    scan_id     TEXT     NOT NULL,
    at          @instant NOT NULL, -- when it was so
    recorded_at @instant NOT NULL, -- when parc was told
    source      @key     NOT NULL,
    ref         TEXT     NOT NULL,
    address     TEXT     NOT NULL,
    facts       TEXT,
    details     TEXT,
    FOREIGN KEY (client_id, site_id) REFERENCES sites (client_id, id),
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id)
);
CREATE INDEX observations_asset ON observations (client_id, asset_id, at);

CREATE TABLE reviews (
    id         @key     NOT NULL PRIMARY KEY,
    client_id  @key     NOT NULL REFERENCES clients (id),
    at         @instant NOT NULL,
    kind       @key     NOT NULL,
    reason     TEXT     NOT NULL,
    evidence   TEXT,
    decided_at @instant,
    decided_by TEXT     NOT NULL,
    resolution TEXT     NOT NULL,
    UNIQUE (client_id, id)
);
CREATE INDEX reviews_list ON reviews (client_id, at, id);
CREATE INDEX reviews_open ON reviews (client_id, at, id) WHERE decided_at IS NULL;

CREATE TABLE review_assets (
    client_id @key NOT NULL,
    review_id @key NOT NULL,
    asset_id  @key NOT NULL,
    PRIMARY KEY (client_id, asset_id, review_id),
    FOREIGN KEY (client_id, review_id) REFERENCES reviews (client_id, id) ON DELETE CASCADE,
    FOREIGN KEY (client_id, asset_id) REFERENCES assets (client_id, id) ON DELETE CASCADE
);
CREATE INDEX review_assets_review ON review_assets (client_id, review_id);

-- Two assets that a person has told apart.
CREATE TABLE aparts (
    client_id @key     NOT NULL,
    one_id    @key     NOT NULL,
    other_id  @key     NOT NULL,
    at        @instant NOT NULL,
    actor     TEXT     NOT NULL,
    PRIMARY KEY (client_id, one_id, other_id),
    CHECK (one_id < other_id),
    FOREIGN KEY (client_id, one_id) REFERENCES assets (client_id, id) ON DELETE CASCADE,
    FOREIGN KEY (client_id, other_id) REFERENCES assets (client_id, id) ON DELETE CASCADE
);
CREATE INDEX aparts_other ON aparts (client_id, other_id);

-- Assets that turned out to be one: what an undo needs.
CREATE TABLE joins (
    id         @key     NOT NULL PRIMARY KEY,
    client_id  @key     NOT NULL REFERENCES clients (id),
    into_id    @key     NOT NULL,
    from_id    @key     NOT NULL,
    from_asset TEXT,              -- the asset as it was, whole
    into_asset TEXT,
    moved      TEXT,              -- the coverages, financings and so on that went with it
    because    TEXT     NOT NULL,
    actor      TEXT     NOT NULL,
    at         @instant NOT NULL,
    undone_at  @instant
);
CREATE INDEX joins_into ON joins (client_id, into_id);
CREATE INDEX joins_from ON joins (client_id, from_id);
