-- Every state a person's own program was in, so that an earlier one can be looked at and brought back.

CREATE TABLE custom_policy_versions (
    policy_id  TEXT   NOT NULL REFERENCES custom_policies (id) ON DELETE CASCADE,
    version    BIGINT NOT NULL CHECK (version >= 1),
    name       TEXT   NOT NULL CHECK (length(trim(name)) > 0),
    policy     TEXT   NOT NULL CHECK (json_valid(policy)),
    author     TEXT   NOT NULL,
    created_at TEXT   NOT NULL,
    PRIMARY KEY (policy_id, version)
);

-- What is there already is the version it says it is; earlier ones were never kept.
INSERT INTO custom_policy_versions (policy_id, version, name, policy, author, created_at)
    SELECT c.id, c.version, c.name, c.policy, u.full_name, c.updated_at
    FROM custom_policies c JOIN users u ON u.id = c.user_id;
