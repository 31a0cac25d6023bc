-- +goose Up
CREATE TABLE client_settings (
    client_id      @key     NOT NULL PRIMARY KEY REFERENCES clients (id),
    missing_days   TEXT,
    leave_personal BOOLEAN  NOT NULL,
    personal_days  INTEGER  NOT NULL,
    updated_at     @instant NOT NULL
);
