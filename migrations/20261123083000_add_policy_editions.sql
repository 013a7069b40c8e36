-- Which text of which law a project's figures were computed with, so that another one is offered and never taken
-- over unasked. Texts are kept once, by their fingerprint.

CREATE TABLE policy_editions (
    fingerprint TEXT NOT NULL PRIMARY KEY CHECK (length(fingerprint) = 64),
    policy      TEXT NOT NULL CHECK (json_valid(policy)),
    created_at  TEXT NOT NULL
);

-- `declined` is the text that was offered and not wanted, while the deal holds on to another one.
CREATE TABLE project_editions (
    project_id  TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    program     TEXT NOT NULL CHECK (length(program) > 0),
    from_day    TEXT NOT NULL CHECK (length(from_day) = 10),
    fingerprint TEXT NOT NULL REFERENCES policy_editions (fingerprint),
    declined    TEXT CHECK (declined IS NULL OR length(declined) = 64),
    updated_at  TEXT NOT NULL,
    PRIMARY KEY (project_id, program, from_day)
);
CREATE INDEX project_editions_fingerprint ON project_editions (fingerprint);
