-- A name a person gave to a point in a deal's history, and the register of packs handed out from one.

CREATE TABLE named_versions (
    id          TEXT NOT NULL PRIMARY KEY,
    project_id  TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    revision_id TEXT NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
    name        TEXT NOT NULL CHECK (length(trim(name)) > 0),
    author      TEXT NOT NULL,
    created_at  TEXT NOT NULL
);
CREATE UNIQUE INDEX named_versions_project_name ON named_versions (project_id, name COLLATE NOCASE);
CREATE INDEX named_versions_revision ON named_versions (revision_id);

CREATE TABLE packs (
    id          TEXT   NOT NULL PRIMARY KEY,
    project_id  TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    revision_id TEXT   NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
    reader      TEXT   NOT NULL CHECK (length(reader) > 0),
    format      TEXT   NOT NULL CHECK (format IN ('pdf', 'xlsx')),
    file_name   TEXT   NOT NULL,
    size_bytes  BIGINT NOT NULL CHECK (size_bytes > 0),
    sha256      TEXT   NOT NULL CHECK (length(sha256) = 64),
    author      TEXT   NOT NULL,
    created_at  TEXT   NOT NULL
);
CREATE INDEX packs_project ON packs (project_id, created_at);
CREATE INDEX packs_revision ON packs (revision_id);
CREATE INDEX packs_sha256 ON packs (sha256);
