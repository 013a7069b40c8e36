PRAGMA application_id = 1380144464; -- "RCUP": lets the store tell its own files from others

-- People, projects, the history of each deal, and what is derived from it.
-- Identifiers are UUID text; times are RFC 3339 text in UTC with milliseconds, so that text order is
-- time order; money is an integer of minor units beside its currency; structured values are JSON
-- that the database itself refuses when it is not well formed.

CREATE TABLE users (
    id              TEXT    NOT NULL PRIMARY KEY,
    full_name       TEXT    NOT NULL CHECK (length(trim(full_name)) > 0),
    email           TEXT    UNIQUE,
    -- NULL for a local profile: there the key of the database is the lock.
    hashed_password TEXT,
    organization    TEXT,
    role            TEXT    NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'admin')),
    is_active       INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
    is_verified     INTEGER NOT NULL DEFAULT 0 CHECK (is_verified IN (0, 1)),
    version         BIGINT  NOT NULL DEFAULT 1 CHECK (version >= 1),
    created_at      TEXT    NOT NULL,
    updated_at      TEXT    NOT NULL
);

-- `document` is the only truth about a deal. title, status, currency, budget_minor, profile and
-- search_text are copies taken from it (and from name and description) in the same transaction.
CREATE TABLE projects (
    id             TEXT    NOT NULL PRIMARY KEY,
    user_id        TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name           TEXT    NOT NULL CHECK (length(trim(name)) > 0),
    description    TEXT    NOT NULL DEFAULT '',
    document       TEXT    NOT NULL CHECK (json_valid(document)),
    document_hash  TEXT    NOT NULL CHECK (length(document_hash) = 64),
    head_seq       BIGINT  NOT NULL CHECK (head_seq >= 1),
    last_seq       BIGINT  NOT NULL CHECK (last_seq >= head_seq),
    title          TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    currency       TEXT    NOT NULL,
    budget_minor   BIGINT,
    profile        TEXT    NOT NULL CHECK (json_valid(profile)),
    search_text    TEXT    NOT NULL,
    version        BIGINT  NOT NULL DEFAULT 1 CHECK (version >= 1),
    created_at     TEXT    NOT NULL,
    updated_at     TEXT    NOT NULL,
    deleted_at     TEXT
);
-- One name per person among the projects that are not in the bin.
CREATE UNIQUE INDEX projects_user_name ON projects (user_id, name COLLATE NOCASE) WHERE deleted_at IS NULL;
CREATE INDEX projects_user_updated ON projects (user_id, updated_at);
CREATE INDEX projects_created ON projects (created_at);
CREATE INDEX projects_deleted ON projects (deleted_at) WHERE deleted_at IS NOT NULL;

-- A revision holds either the whole document (`base`) or the change from its parent (`patch`);
-- `depth` counts the patches back to the nearest base, `hash` proves the reconstruction.
CREATE TABLE revisions (
    id         TEXT   NOT NULL PRIMARY KEY,
    project_id TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    seq        BIGINT NOT NULL CHECK (seq >= 1),
    parent_seq BIGINT CHECK (parent_seq < seq),
    kind       TEXT   NOT NULL CHECK (kind IN ('created', 'saved', 'restored')),
    base       TEXT   CHECK (base IS NULL OR json_valid(base)),
    patch      TEXT   CHECK (patch IS NULL OR json_valid(patch)),
    depth      BIGINT NOT NULL CHECK (depth >= 0),
    hash       TEXT   NOT NULL CHECK (length(hash) = 64),
    author     TEXT   NOT NULL,
    summary    TEXT   NOT NULL,
    created_at TEXT   NOT NULL,
    UNIQUE (project_id, seq),
    -- No cascade along the chain: it would recurse once per revision. All go with their project at once.
    FOREIGN KEY (project_id, parent_seq) REFERENCES revisions (project_id, seq),
    CHECK ((base IS NULL) <> (patch IS NULL)),
    CHECK ((base IS NULL) = (depth > 0))
);
CREATE INDEX revisions_parent ON revisions (project_id, parent_seq);
CREATE INDEX revisions_created ON revisions (created_at);

-- A scenario is a branch: a revision of its project and a patch on it, with what came out of it.
CREATE TABLE scenarios (
    id                 TEXT   NOT NULL PRIMARY KEY,
    project_id         TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    revision_id        TEXT   NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
    name               TEXT   NOT NULL CHECK (length(trim(name)) > 0),
    scenario_type      TEXT   NOT NULL CHECK (scenario_type IN ('template', 'optimized', 'custom')),
    template_name      TEXT,
    patch              TEXT   NOT NULL CHECK (json_valid(patch)),
    capital_stack      TEXT   NOT NULL CHECK (json_valid(capital_stack)),
    evaluation_results TEXT   CHECK (evaluation_results IS NULL OR json_valid(evaluation_results)),
    rank               BIGINT CHECK (rank >= 1),
    -- hundredths of a point: 8725 is a score of 87.25
    score_hundredths   BIGINT CHECK (score_hundredths BETWEEN 0 AND 10000),
    version            BIGINT NOT NULL DEFAULT 1 CHECK (version >= 1),
    created_at         TEXT   NOT NULL,
    updated_at         TEXT   NOT NULL,
    CHECK ((scenario_type = 'template') = (template_name IS NOT NULL))
);
CREATE UNIQUE INDEX scenarios_project_name ON scenarios (project_id, name COLLATE NOCASE);
CREATE INDEX scenarios_type ON scenarios (scenario_type);
CREATE INDEX scenarios_revision ON scenarios (revision_id);

CREATE TABLE waterfall_structures (
    id         TEXT    NOT NULL PRIMARY KEY,
    project_id TEXT    NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name       TEXT    NOT NULL CHECK (length(trim(name)) > 0),
    structure  TEXT    NOT NULL CHECK (json_valid(structure)),
    is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
    version    BIGINT  NOT NULL DEFAULT 1 CHECK (version >= 1),
    created_at TEXT    NOT NULL,
    updated_at TEXT    NOT NULL
);
CREATE UNIQUE INDEX waterfall_structures_project_name ON waterfall_structures (project_id, name COLLATE NOCASE);
CREATE UNIQUE INDEX waterfall_structures_default ON waterfall_structures (project_id) WHERE is_default = 1;

CREATE TABLE jobs (
    id           TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    project_id   TEXT   REFERENCES projects (id) ON DELETE CASCADE,
    job_type     TEXT   NOT NULL,
    input_hash   TEXT   NOT NULL,
    status       TEXT   NOT NULL DEFAULT 'pending'
                 CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
    progress     BIGINT NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    total_steps  BIGINT CHECK (total_steps >= 0),
    current_step BIGINT NOT NULL DEFAULT 0 CHECK (current_step >= 0),
    result       TEXT   CHECK (result IS NULL OR json_valid(result)),
    error        TEXT,
    created_at   TEXT   NOT NULL,
    started_at   TEXT,
    completed_at TEXT,
    CHECK ((status = 'completed') = (result IS NOT NULL)),
    CHECK ((status = 'failed') = (error IS NOT NULL))
);
CREATE INDEX jobs_user ON jobs (user_id);
CREATE INDEX jobs_project ON jobs (project_id);
CREATE INDEX jobs_status ON jobs (status);
CREATE INDEX jobs_created ON jobs (created_at);
CREATE INDEX jobs_input ON jobs (job_type, input_hash);

CREATE TABLE custom_policies (
    id         TEXT    NOT NULL PRIMARY KEY,
    user_id    TEXT    NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT    NOT NULL CHECK (length(trim(name)) > 0),
    policy     TEXT    NOT NULL CHECK (json_valid(policy)),
    is_public  INTEGER NOT NULL DEFAULT 0 CHECK (is_public IN (0, 1)),
    version    BIGINT  NOT NULL DEFAULT 1 CHECK (version >= 1),
    created_at TEXT    NOT NULL,
    updated_at TEXT    NOT NULL
);
CREATE UNIQUE INDEX custom_policies_user_name ON custom_policies (user_id, name COLLATE NOCASE);

-- Scope is empty for the whole installation, a user's id for that person's own choice.
CREATE TABLE settings (
    scope      TEXT NOT NULL,
    key        TEXT NOT NULL CHECK (length(key) > 0),
    value      TEXT NOT NULL CHECK (json_valid(value)),
    updated_at TEXT NOT NULL,
    PRIMARY KEY (scope, key)
);

-- Every write appends its change here in the transaction that makes it. No foreign keys: the log
-- outlives what it speaks of.
CREATE TABLE change_log (
    seq        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at         TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    entity     TEXT    NOT NULL,
    entity_id  TEXT    NOT NULL,
    project_id TEXT,
    action     TEXT    NOT NULL,
    detail     TEXT    NOT NULL CHECK (json_valid(detail))
);
CREATE INDEX change_log_entity ON change_log (entity, entity_id);
CREATE INDEX change_log_project ON change_log (project_id, seq);
