-- A job outlives the program that began it: it holds what it runs on, where it stands in the queue, how long it has
-- run, and the state from which it goes on.

ALTER TABLE jobs ADD COLUMN kernel     TEXT   NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN request    TEXT   NOT NULL DEFAULT '{}' CHECK (json_valid(request));
-- Everything the computation reads; let go of when nobody will run it any more.
ALTER TABLE jobs ADD COLUMN input      TEXT   CHECK (input IS NULL OR json_valid(input));
ALTER TABLE jobs ADD COLUMN position   BIGINT NOT NULL DEFAULT 0;
-- A pending job with this is paused; a running one with it is about to be.
ALTER TABLE jobs ADD COLUMN paused_at  TEXT;
ALTER TABLE jobs ADD COLUMN elapsed_ms BIGINT NOT NULL DEFAULT 0 CHECK (elapsed_ms >= 0);
ALTER TABLE jobs ADD COLUMN limit_ms   BIGINT CHECK (limit_ms > 0);
ALTER TABLE jobs ADD COLUMN remarks    TEXT   NOT NULL DEFAULT '[]' CHECK (json_valid(remarks));

-- Earlier programs kept no input, so nothing of theirs that had not ended can be run.
UPDATE jobs SET status = 'failed', error = 'interrupted', completed_at = coalesce(started_at, created_at)
    WHERE status IN ('pending', 'running');

CREATE UNIQUE INDEX jobs_waiting_input ON jobs (job_type, input_hash) WHERE status IN ('pending', 'running');

-- The latest state of a job, in pieces, so that what did not change since is not written again.
CREATE TABLE job_checkpoints (
    job_id     TEXT   NOT NULL PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    kernel     TEXT   NOT NULL,
    size_bytes BIGINT NOT NULL CHECK (size_bytes >= 0),
    sha256     TEXT   NOT NULL CHECK (length(sha256) = 64),
    created_at TEXT   NOT NULL
);

CREATE TABLE job_checkpoint_pieces (
    job_id TEXT   NOT NULL REFERENCES job_checkpoints (job_id) ON DELETE CASCADE,
    piece  BIGINT NOT NULL CHECK (piece >= 0),
    sha256 TEXT   NOT NULL CHECK (length(sha256) = 64),
    state  BLOB   NOT NULL,
    PRIMARY KEY (job_id, piece)
);
